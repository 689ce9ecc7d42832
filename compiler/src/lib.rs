//! Syntax tree to checked program to plan to interpreter or Cranelift code. Knows nothing of recordings, transcripts
//! or scores, and never imports the runtime; reads no file, no clock and no environment.

pub mod algebra;
pub mod check;
pub mod checked;
pub mod cost;
pub mod coverage;
pub mod deep;
pub mod engine;
pub mod expect;
pub mod explain;
pub mod interpret;
pub mod jit;
pub mod lint;
pub mod load;
pub mod mutate;
pub mod phrases;
pub mod plan;
