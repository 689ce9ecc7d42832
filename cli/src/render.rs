//! From values to text for people, and findings for programs. Knows nothing of files or arguments.

pub mod diagnostics;
pub mod doubts;
pub mod excerpt;
pub mod failure;
pub mod findings;
mod header;
pub mod ink;
pub mod measured;
pub mod quote;
pub mod reasons;
pub mod report;
pub mod say;
pub mod scores;
pub mod survey;
pub mod table;
pub mod trace;
pub mod untold;
