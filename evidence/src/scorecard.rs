//! What a scorecard counts, checked and in plain data: made by the compiler, added up by the runtime, re-checked by
//! the verifier. All numbers exact: points in thousandths, shares in thousandths of a per cent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The closed list of purposes that criteria may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To prepare coaching and training.
    Training,
    /// To evaluate, within what was consulted on.
    Evaluation,
    /// To know the quality of a service, not of a person.
    ServiceQuality,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Purpose; 3] = [Purpose::Training, Purpose::Evaluation, Purpose::ServiceQuality];

    /// As it is written in a scorecard.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Purpose::Training => "training",
            Purpose::Evaluation => "evaluation",
            Purpose::ServiceQuality => "service_quality",
        }
    }
}

/// Points in thousandths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Points(pub i64);

/// A share in thousandths of a per cent: 90 % is 90 000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Share(pub i64);

/// A checked scorecard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScorecardSpec {
    /// Its name.
    pub name: String,
    /// Its title; its name if it has none.
    pub title: String,
    /// Its version as written.
    pub version: String,
    /// What it may be used for.
    pub purpose: Purpose,
    /// Sections in order.
    pub sections: Vec<SectionSpec>,
    /// What takes the whole score down.
    pub criticals: Vec<CriticalSpec>,
    /// Grades from the best down; the last one's `from` is 0. Empty if it has none.
    pub grades: Vec<GradeSpec>,
    /// The hash of its meaning.
    pub hash: String,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionSpec {
    /// Its title.
    pub title: String,
    /// What it counts.
    pub entries: Vec<EntrySpec>,
}

/// A criterion that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntrySpec {
    /// The criterion: index into the program's criteria.
    pub criterion: usize,
    /// Points when met.
    pub points: Points,
    /// Points when partly met; none where it cannot be.
    pub partly: Option<Points>,
}

/// A criterion that, not met, takes the whole score to a share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriticalSpec {
    /// The criterion: index into the program's criteria.
    pub criterion: usize,
    /// What the score becomes (never more than it was).
    pub score: Share,
}

/// A grade: from this share up to the next grade above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeSpec {
    /// Its name.
    pub name: String,
    /// From here.
    pub from: Share,
}
