//! The contract: call facts in, verdicts and traces out. What compiler, runtime and verifier all know, and no more:
//! nothing here reads a file, evaluates a criterion or adds up points.

pub mod attribute;
pub mod call;
pub mod date;
pub mod event;
pub mod executable;
pub mod expectation;
pub mod facts;
pub mod locale;
pub mod moment;
pub mod outcome;
pub mod rational;
pub mod scorecard;
pub mod trace;
pub mod truth;
pub mod value;
