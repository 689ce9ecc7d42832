//! The arithmetic of a score as data, a line a step: partial credit, criticals of sections, sections, bonus, criticals of
//! the whole, grades. Knows how nothing of it is computed.

use crate::scorecard::Purpose;
use crate::truth::{Truth, Verdict, VerdictSet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The arithmetic of a score, in the order in which it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreTrace {
    /// The scorecard's name.
    pub scorecard: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// What it may be used for.
    pub purpose: Purpose,
    /// The hash of its meaning.
    pub hash: String,
    /// Sections with their entries and criticals.
    pub sections: Vec<SectionLine>,
    /// Points of all sections together.
    pub points: PointsRange,
    /// What is earned over and above them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bonus: Vec<EntryLine>,
    /// The score with the bonus, at most 100 %, before criticals of the whole; told where there are such criticals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_criticals: Option<ScoreResult>,
    /// What criticals of the whole did.
    pub criticals: Vec<CriticalLine>,
    /// What it comes to.
    pub result: ScoreResult,
    /// Grades still possible, best first; one if it can be told, none if there are no grades or no score.
    pub grades: Vec<String>,
    /// Recognised words without confidences were counted as heard, as this purpose allows.
    pub trusted_unrated_words: bool,
}

/// A section's lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionLine {
    /// Its title.
    pub title: String,
    /// Does it count? None where it always does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applies: Option<SectionCondition>,
    /// One line a criterion.
    pub entries: Vec<EntryLine>,
    /// What criticals of the section did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criticals: Vec<CriticalLine>,
    /// Its points, criticals and `applies when` taken in.
    pub points: PointsRange,
}

/// Whether a section counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionCondition {
    /// The name under which the trace holds its derivation.
    pub criterion: String,
    /// Does it count?
    pub value: Truth,
}

/// A criterion's line: every way in which it can still fall, with the points of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryLine {
    /// The criterion's name.
    pub criterion: String,
    /// What it is called: its label, else its title.
    pub title: String,
    /// The verdicts still possible.
    pub verdicts: VerdictSet,
    /// The ways still open, in the order of the verdicts; of a bonus, with no points possible.
    pub ways: Vec<Way>,
}

/// One way in which a criterion can still fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// The verdict.
    pub verdict: Verdict,
    /// Of partly met with several steps: which, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<u8>,
    /// Points earned, in thousandths of a point.
    pub earned: i64,
    /// Points possible, in thousandths of a point.
    pub possible: i64,
}

/// What a critical did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriticalLine {
    /// The criterion's name.
    pub criterion: String,
    /// What it is called: its label, else its title.
    pub title: String,
    /// The verdicts still possible.
    pub verdicts: VerdictSet,
    /// What the score, or the section, is at most if not met, in thousandths of a per cent.
    pub score: i64,
    /// Did it strike?
    pub struck: Truth,
}

/// A sum of points, from the least to the greatest over every way still open: each of the two sums for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsRange {
    /// Points earned: least and greatest.
    pub earned: (Fraction, Fraction),
    /// Points possible, in thousandths of a point: least and greatest.
    pub possible: (i64, i64),
}

/// Points as an exact ratio in lowest terms. A share of points need not be a whole number of thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fraction {
    /// Numerator, in points.
    pub numerator: i64,
    /// Denominator, at least 1.
    pub denominator: i64,
}

/// An exact ratio in lowest terms: per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Percent {
    /// Numerator.
    pub numerator: i64,
    /// Denominator, at least 1.
    pub denominator: i64,
}

/// What a score comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScoreResult {
    /// Exactly this.
    Exact(Percent),
    /// Between these, whichever way open verdicts fall; criticals in doubt are told apart.
    Between {
        /// Least, if no critical in doubt strikes.
        least: Percent,
        /// Greatest.
        greatest: Percent,
        /// What it is instead if a critical in doubt strikes.
        if_critical: Option<Percent>,
        /// It may also be that no points are left to count.
        maybe_no_score: bool,
    },
    /// No points are left to count.
    NoScore,
}
