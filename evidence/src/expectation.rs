//! What a test in the language expects of a call that it makes up: checked by the compiler, held against what
//! happens by the runtime.

use crate::call::Call;
use crate::trace::ReasonCode;
use crate::truth::Verdict;

/// A test: a call and what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestCase {
    /// Its name.
    pub name: String,
    /// The call.
    pub call: Call,
    /// What is expected, in the order written.
    pub expectations: Vec<Expectation>,
}

/// One expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// A criterion's verdict (none: cannot tell) and perhaps a reason.
    Verdict {
        /// Index into the program's criteria.
        criterion: usize,
        /// The verdict.
        verdict: Option<Verdict>,
        /// Why.
        because: Option<Because>,
    },
    /// A scorecard's score, in thousandths of a per cent: its least and greatest.
    Score {
        /// Index into the program's scorecards.
        scorecard: usize,
        /// Least.
        least: i64,
        /// Greatest.
        greatest: i64,
    },
    /// No score, by the scorecard at this index.
    NoScore(usize),
    /// A grade, by the scorecard at this index.
    Grade(usize, String),
}

/// A reason that the trace must give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The declared name that it must be about, if that is said.
    pub about: Option<String>,
    /// The code.
    pub code: ReasonCode,
    /// By how much, in milliseconds or in number, if that is said.
    pub by: Option<i64>,
}
