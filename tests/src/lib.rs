//! What tests, fuzz targets and benches share: choices made from bytes, random criteria, calls and files, and
//! the promises that they are held to.

pub mod bodies;
pub mod calls;
pub mod choices;
pub mod criteria;
pub mod files;
pub mod layout;
pub mod phrases;
pub mod programs;
pub mod shapes;
pub mod values;
