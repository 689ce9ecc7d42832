//! What each criterion can still contribute: one variable a criterion, however often the scorecard names it, so that
//! its entries and criticals move together. Knows no arithmetic of scores.

use grille_evidence::outcome::Evaluation;
use grille_evidence::scorecard::{EntrySpec, ScorecardSpec};
use grille_evidence::truth::{Truth, Verdict, VerdictSet};
use std::collections::{BTreeMap, BTreeSet};

/// Points of one choice, or of a sum of choices, in thousandths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Tally {
    /// Points earned.
    pub earned: i128,
    /// Points possible.
    pub possible: i128,
}

impl Tally {
    /// Both sums.
    #[must_use]
    pub fn plus(self, other: Tally) -> Tally {
        Tally { earned: self.earned + other.earned, possible: self.possible + other.possible }
    }
}

/// One way in which a criterion can still fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// What it contributes over all its entries.
    pub tally: Tally,
    /// The least score of its criticals, in thousandths of a per cent, if it strikes any.
    pub cap: Option<i64>,
}

/// The ways in which a criterion can still fall; never empty.
pub type Choices = BTreeSet<Choice>;

/// The criteria that a scorecard names, each with the ways in which it can still fall.
pub fn all(spec: &ScorecardSpec, evaluation: &Evaluation) -> Vec<Choices> {
    let mut entries: BTreeMap<usize, Vec<&EntrySpec>> = BTreeMap::new();
    for entry in spec.sections.iter().flat_map(|section| &section.entries) {
        entries.entry(entry.criterion).or_default().push(entry);
    }
    let mut caps: BTreeMap<usize, i64> = BTreeMap::new();
    for critical in &spec.criticals {
        let cap = caps.entry(critical.criterion).or_insert(critical.score.0);
        *cap = (*cap).min(critical.score.0);
        entries.entry(critical.criterion).or_default();
    }
    let choices = |(criterion, entries): (&usize, &Vec<&EntrySpec>)| {
        let choice = |verdict| Choice {
            tally: entries.iter().map(|entry| tally(entry, verdict)).fold(Tally::default(), Tally::plus),
            cap: caps.get(criterion).copied().filter(|_| verdict == Verdict::NotMet),
        };
        verdicts(evaluation, *criterion).iter().map(choice).collect()
    };
    entries.iter().map(choices).collect()
}

/// The verdicts still possible of a criterion. A criterion that was not evaluated can be anything.
pub fn verdicts(evaluation: &Evaluation, criterion: usize) -> VerdictSet {
    let possible = evaluation.criteria.get(criterion).map(|outcome| outcome.verdicts).unwrap_or_default();
    if possible == VerdictSet::EMPTY { Verdict::ALL.into_iter().collect() } else { possible }
}

/// More points than any checked scorecard gives, in thousandths: a billion points. Sums of these stay exact.
const MOST_POINTS: i64 = 1_000_000_000_000;

/// What an entry contributes if its criterion falls so.
pub fn tally(entry: &EntrySpec, verdict: Verdict) -> Tally {
    let possible = i128::from(entry.points.0.clamp(0, MOST_POINTS));
    match verdict {
        Verdict::Met => Tally { earned: possible, possible },
        Verdict::PartlyMet => {
            let partly = entry.partly.map_or(0, |points| i128::from(points.0));
            Tally { earned: partly.clamp(0, possible), possible }
        }
        Verdict::NotMet => Tally { earned: 0, possible },
        Verdict::NotApplicable => Tally::default(),
    }
}

/// Does a critical of this criterion strike?
pub fn struck(verdicts: VerdictSet) -> Truth {
    match (verdicts.contains(Verdict::NotMet), verdicts.told()) {
        (true, Some(_)) => Truth::Yes,
        (true, None) => Truth::CannotTell,
        (false, _) => Truth::No,
    }
}
