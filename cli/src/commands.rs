//! One file a command.

pub mod check;
pub mod dump;
pub mod explain;
pub mod fmt;
pub mod inspect;
pub mod score;
pub mod test;
