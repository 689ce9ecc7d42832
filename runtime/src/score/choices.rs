//! What each criterion can still contribute: one variable a criterion, however often the scorecard names it, so that
//! its entries and criticals move together. Knows no arithmetic of scores.

use grille_evidence::outcome::Evaluation;
use grille_evidence::scorecard::{CriticalSpec, EntrySpec, ScorecardSpec};
use grille_evidence::truth::{MOST_STEPS, Truth, Verdict, VerdictSet};
use std::collections::BTreeSet;

/// Points of one choice, or of a sum of choices, in [`UNIT`]s of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Tally {
    /// Points possible.
    pub possible: i128,
    /// Points earned.
    pub earned: i128,
}

/// So many make a thousandth of a point: a share of points in thousandths of a per cent is a whole number of them.
pub const UNIT: i128 = 100_000;

impl Tally {
    /// Both sums.
    #[must_use]
    pub fn plus(self, other: Tally) -> Tally {
        Tally { earned: self.earned + other.earned, possible: self.possible + other.possible }
    }

    /// At most this share, in thousandths of a per cent, of what is possible.
    #[must_use]
    pub fn at_most(self, share: i64) -> Tally {
        Tally { earned: self.earned.min(self.possible / UNIT * i128::from(share)), ..self }
    }
}

/// One way in which something that falls by itself can still fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// What it contributes.
    pub tally: Tally,
    /// The least score of the criticals in doubt that strike then, in thousandths of a per cent, if any does.
    pub cap: Option<i64>,
}

/// The ways in which something can still fall; never empty.
pub type Choices = BTreeSet<Choice>;

/// How a criterion falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fall {
    /// The verdict.
    pub verdict: Verdict,
    /// The step of partly met; 0 for any other verdict.
    pub step: usize,
}

/// The verdicts still possible of a criterion. A criterion that was not evaluated can be anything.
pub fn verdicts(evaluation: &Evaluation, criterion: usize) -> VerdictSet {
    let possible = evaluation.criteria.get(criterion).map(|outcome| outcome.verdicts).unwrap_or_default();
    if possible == VerdictSet::EMPTY { Verdict::ALL.into_iter().collect() } else { possible }
}

/// The ways in which a criterion can still fall, in the order of the verdicts.
pub fn falls(evaluation: &Evaluation, criterion: usize) -> Vec<Fall> {
    let told = evaluation.criteria.get(criterion).map(|outcome| outcome.steps).unwrap_or_default();
    let known = evaluation.criteria.get(criterion).is_some_and(|outcome| outcome.verdicts != VerdictSet::EMPTY);
    let steps: Vec<usize> = match (known, told.iter().collect::<Vec<_>>()) {
        (true, none) if none.is_empty() => vec![0],
        (true, steps) => steps,
        (false, _) => (0..MOST_STEPS).collect(),
    };
    let of = |verdict: Verdict| match verdict {
        Verdict::PartlyMet => steps.iter().map(|step| Fall { verdict, step: *step }).collect(),
        _ => vec![Fall { verdict, step: 0 }],
    };
    verdicts(evaluation, criterion).iter().flat_map(of).collect()
}

/// More points than any checked scorecard gives to one criterion, in thousandths. Products of sums of these stay exact.
const MOST_POINTS: i64 = 1_000_000_000;

/// What an entry contributes if its criterion falls so.
pub fn tally(entry: &EntrySpec, fall: Fall) -> Tally {
    let whole = |points: i64| i128::from(points) * UNIT;
    let possible = whole(entry.points.0.clamp(0, MOST_POINTS));
    let partly = entry.partly.get(fall.step).or(entry.partly.last()).map_or(0, |points| whole(points.0));
    match fall.verdict {
        Verdict::Met => Tally { earned: possible, possible },
        Verdict::PartlyMet => Tally { earned: partly.clamp(0, possible), possible },
        Verdict::NotMet => Tally { earned: 0, possible },
        Verdict::NotApplicable => Tally::default(),
    }
}

/// What a bonus contributes if its criterion falls so: points earned, none possible.
pub fn bonus(entry: &EntrySpec, fall: Fall) -> Tally {
    Tally { possible: 0, ..tally(entry, fall) }
}

/// Does a critical of this criterion strike?
pub fn struck(verdicts: VerdictSet) -> Truth {
    match (verdicts.contains(Verdict::NotMet), verdicts.told()) {
        (true, Some(_)) => Truth::Yes,
        (true, None) => Truth::CannotTell,
        (false, _) => Truth::No,
    }
}

/// The lowest of the criticals of a criterion, if it falls so that they strike.
pub fn cap(criticals: &[CriticalSpec], criterion: usize, fall: Fall) -> Option<i64> {
    let own = criticals.iter().filter(|critical| critical.criterion == criterion && fall.verdict == Verdict::NotMet);
    own.map(|critical| critical.score.0).min()
}

/// The lowest of the criticals of the whole that strike whichever way anything falls.
pub fn sure_cap(spec: &ScorecardSpec, evaluation: &Evaluation) -> Option<i64> {
    let sure = |critical: &&CriticalSpec| struck(verdicts(evaluation, critical.criterion)) == Truth::Yes;
    spec.criticals.iter().filter(sure).map(|critical| critical.score.0).min()
}

/// The lower of two caps, where none is no cap.
pub fn lower(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    one.into_iter().chain(other).min()
}
