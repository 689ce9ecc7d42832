//! What a test in the language expects of a call that it makes up: checked by the compiler, held against what
//! happens by the runtime. Knows no file: it names one, and somebody else reads it.

use crate::call::Call;
use crate::trace::ReasonCode;
use crate::truth::Verdict;

/// A test: a call and what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestCase {
    /// Its name.
    pub name: String,
    /// The call.
    pub call: TestCall,
    /// What is expected, in the order written.
    pub expectations: Vec<Expectation>,
}

/// The call of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestCall {
    /// Written out in the test.
    Written(Box<Call>),
    /// In a file, to be read by who runs the test.
    File(CallFile),
}

/// A call in a file, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFile {
    /// Where the file is, as it was located from the file of the test.
    pub path: String,
    /// From where to where, in milliseconds from the start of the recording; none: the whole call.
    pub window: Option<(i32, i32)>,
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
