//! Text to syntax tree and diagnostics. The only crate that knows pest; it knows nothing of calls or of meaning.

pub mod ast;
pub mod decode;
pub mod diagnostic;
pub mod format;
pub mod keywords;
pub mod parse;
pub mod source;

pub use decode::decode;
pub use format::format;
pub use parse::{Parse, parse};
