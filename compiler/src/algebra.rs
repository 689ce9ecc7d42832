//! The algebra of moments: the operations of the language on finite sets of moments, with what is sure, what is
//! maybe and where more may hide. The interpreter is built of it, and machine code calls it where sets are not
//! empty. Knows nothing of plans' shapes beyond single operations, and nothing of phrases.

pub mod aggregate;
pub mod attribute;
pub mod boundary;
pub mod combine;
pub mod cover;
pub mod event;
pub mod filter;
pub mod fold;
pub mod many;
pub mod measure;
pub mod minus;
pub mod occasions;
pub mod order;
pub mod phase;
pub mod ranks;
pub mod relation;
pub mod sound;
pub mod source;
pub mod sweep;
pub mod talk;
pub mod then;
pub mod window;
pub mod words;
mod work;
pub mod zones;

/// More moments than this in one pattern and call, and the pattern is wholly dark.
pub const MOST_MOMENTS: usize = 65_536;

#[cfg(test)]
mod laws;
