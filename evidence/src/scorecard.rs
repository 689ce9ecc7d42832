//! What a scorecard counts, checked and in plain data: made by the compiler, added up by the runtime, re-checked by
//! the verifier. All numbers exact: points in thousandths, shares in thousandths of a per cent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Points over and above those of the sections; the score is at most 100 %.
    pub bonus: Vec<EntrySpec>,
    /// What takes the whole score down.
    pub criticals: Vec<CriticalSpec>,
    /// Grades from the best down; the last one's `from` is 0. Empty if it has none.
    pub grades: Vec<GradeSpec>,
    /// The hash of its meaning.
    pub hash: String,
}

/// Of a section with a critical that takes it to a share: the most different sums that its points may add up to.
pub const MOST_SUMS: usize = 4096;

/// The most ways in which the criteria of [`ScorecardSpec::shared`] may fall together.
pub const MOST_JOINT_WAYS: usize = 4096;

impl ScorecardSpec {
    /// Criteria that bear on a section with a condition or a critical, and on something outside of it, too: the points
    /// of the two do not move apart.
    #[must_use]
    pub fn shared(&self) -> Vec<usize> {
        let mut homes: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut bound: BTreeSet<usize> = BTreeSet::new();
        for (number, section) in self.sections.iter().enumerate() {
            for criterion in section.criteria() {
                homes.entry(criterion).or_default().insert(if section.is_plain() { usize::MAX } else { number });
                if !section.is_plain() {
                    bound.insert(criterion);
                }
            }
        }
        for entry in &self.bonus {
            homes.entry(entry.criterion).or_default().insert(usize::MAX);
        }
        homes.iter().filter(|(c, homes)| homes.len() > 1 && bound.contains(c)).map(|(c, _)| *c).collect()
    }

    /// Every criterion that it looks at, conditions of sections included; one that it names twice comes twice.
    pub fn criteria(&self) -> impl Iterator<Item = usize> {
        let sections = self.sections.iter().flat_map(SectionSpec::criteria);
        let bonus = self.bonus.iter().map(|entry| entry.criterion);
        sections.chain(bonus).chain(self.criticals.iter().map(|critical| critical.criterion))
    }
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionSpec {
    /// Its title.
    pub title: String,
    /// What must be so for it to count: index of the criterion that holds the condition. It counts where that is met
    /// and leaves both sums where it is not applicable.
    pub applies: Option<usize>,
    /// What it counts.
    pub entries: Vec<EntrySpec>,
    /// What takes the section down: its earned points to a share of its possible ones.
    pub criticals: Vec<CriticalSpec>,
}

impl SectionSpec {
    /// Every criterion that it looks at, its condition included.
    pub fn criteria(&self) -> impl Iterator<Item = usize> {
        let entries = self.entries.iter().map(|entry| entry.criterion);
        self.applies.into_iter().chain(entries).chain(self.criticals.iter().map(|critical| critical.criterion))
    }

    /// Its points are those of its entries, each for itself: it has no condition and no critical.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.applies.is_none() && self.criticals.is_empty()
    }
}

/// A criterion that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntrySpec {
    /// The criterion: index into the program's criteria.
    pub criterion: usize,
    /// Points when met.
    pub points: Points,
    /// Points when partly met, one for each step of the criterion; none where it cannot be.
    pub partly: Vec<Points>,
}

/// A criterion that, not met, takes the whole score, or its section, to a share.
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
