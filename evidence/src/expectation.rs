//! What a test in the language expects of a call that it makes up: checked by the compiler, held against what
//! happens by the runtime. Knows no file: it names one, and somebody else reads it.

use crate::call::Call;
use crate::trace::{Amount, AmountUnit, ReasonCode};
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
    /// A criterion's verdict (none: cannot tell), and perhaps a reason and a margin.
    Verdict {
        /// Index into the program's criteria.
        criterion: usize,
        /// The verdict.
        verdict: Option<Verdict>,
        /// Why.
        because: Option<Because>,
        /// How far from the edge.
        margin: Option<Margin>,
    },
    /// A scorecard's score.
    Score {
        /// Index into the program's scorecards.
        scorecard: usize,
        /// What it must come to.
        score: ExpectedScore,
    },
    /// A grade, by the scorecard at this index; several where it cannot be told.
    Grade(usize, Vec<String>),
    /// Points by the scorecard at this index: earned and possible, in thousandths of a point.
    Points {
        /// Index into the program's scorecards.
        scorecard: usize,
        /// Earned.
        earned: i64,
        /// Possible.
        possible: i64,
    },
}

impl Expectation {
    /// The scorecard that it is about, if it is about one.
    #[must_use]
    pub fn scorecard(&self) -> Option<usize> {
        match self {
            Expectation::Verdict { .. } => None,
            Expectation::Score { scorecard, .. }
            | Expectation::Grade(scorecard, _)
            | Expectation::Points { scorecard, .. } => Some(*scorecard),
        }
    }
}

/// What a score must come to, in thousandths of a per cent, at the digits that were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedScore {
    /// The least and the greatest, if there is a score; equal where there is one.
    pub between: Option<(i64, i64)>,
    /// What it is instead if a critical in doubt strikes.
    pub if_critical: Option<i64>,
    /// There may be no score; if nothing else is expected, there is none.
    pub maybe_none: bool,
}

/// A margin that what decided must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Margin {
    /// The declared name whose margin it is, if that is said.
    pub about: Option<String>,
    /// At least so much.
    pub least: Option<i64>,
    /// At most so much.
    pub most: Option<i64>,
    /// In what.
    pub unit: AmountUnit,
}

/// A reason that the trace must give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The declared name that it must be about, if that is said.
    pub about: Option<String>,
    /// The code.
    pub code: ReasonCode,
    /// By how much, if that is said.
    pub by: Option<Amount>,
}
