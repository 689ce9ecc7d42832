//! Machine code from a plan, by Cranelift. What is compiled: a matcher for each group of phrases, and for each
//! criterion the flow of its conditions. What is called from it: the algebra of moments, where sets are not empty.
//! It must agree with the interpreter byte for byte. The only place with `unsafe`.
//!
//! | file | holds |
//! |---|---|
//! | `masks.rs` | phrases as bit masks: a group of automata of at most 64 positions together |
//! | `lookup.rs` | which positions a symbol stands for, as a table without collisions |
//! | `matcher.rs` | Cranelift code that runs such a group from one token |
//! | `passing.rs` | its part that passes over what does not count in a phrase |
//! | `flow.rs` | Cranelift code for a criterion's conditions |
//! | `layout.rs` | the memory that machine code reads and writes, field by field |
//! | `run.rs` | one evaluation: the state behind the layout, and the functions that machine code calls |
//! | `program.rs` | putting it together, and listing it for people |

pub mod flow;
pub mod layout;
pub mod lookup;
pub mod masks;
pub mod matcher;
pub mod passing;
pub mod program;
pub mod run;

pub use program::MachineProgram;
