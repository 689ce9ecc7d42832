//! What tests, fuzz targets and benches share: choices made from bytes, random criteria and calls, and the promises
//! that both are held to.

pub mod bodies;
pub mod calls;
pub mod choices;
pub mod criteria;
pub mod layout;
pub mod programs;
pub mod values;
