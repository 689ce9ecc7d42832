//! The lines of a score's trace: what each criterion can still earn, what criticals did, sums of points. Decides no score.

use super::choices::{Choices, Tally, UNIT, bonus, falls, struck, tally, verdicts};
use super::interval::Exact;
use super::worlds::World;
use grille_evidence::executable::CriterionInfo;
use grille_evidence::outcome::Evaluation;
use grille_evidence::scorecard::{CriticalSpec, EntrySpec, ScorecardSpec, SectionSpec};
use grille_evidence::trace::{CriticalLine, EntryLine, Fraction, PointsRange, SectionCondition, SectionLine, Way};
use grille_evidence::truth::{Truth, Verdict};

/// What the lines are made from.
pub struct Lines<'a> {
    /// The criteria of the program.
    pub criteria: &'a [CriterionInfo],
    /// What they came to.
    pub evaluation: &'a Evaluation,
}

impl Lines<'_> {
    fn name(&self, criterion: usize) -> String {
        self.criteria.get(criterion).map_or(String::new(), |info| info.name.clone())
    }

    fn title(&self, criterion: usize) -> String {
        self.criteria.get(criterion).map_or(String::new(), |info| info.title.clone())
    }

    /// A section: its number and what can come of it in each world.
    pub fn section(&self, section: &SectionSpec, number: usize, worlds: &[World]) -> SectionLine {
        let applies = section
            .applies
            .map(|criterion| SectionCondition { criterion: self.name(criterion), value: self.counts(criterion) });
        let counts = applies.as_ref().map_or(Truth::Yes, |applies| applies.value);
        SectionLine {
            title: section.title.clone(),
            entries: section.entries.iter().map(|entry| self.entry(entry, false)).collect(),
            criticals: section.criticals.iter().map(|critical| self.critical(critical, counts)).collect(),
            points: range(worlds.iter().filter_map(|world| world.sections.get(number)).map(ends)),
            applies,
        }
    }

    /// Does a section with this condition count?
    fn counts(&self, criterion: usize) -> Truth {
        let verdicts = verdicts(self.evaluation, criterion);
        match (verdicts.contains(Verdict::NotApplicable), verdicts.told()) {
            (true, Some(_)) => Truth::No,
            (true, None) => Truth::CannotTell,
            (false, _) => Truth::Yes,
        }
    }

    /// A criterion that gives points.
    pub fn entry(&self, entry: &EntrySpec, over: bool) -> EntryLine {
        let several = entry.partly.len() > 1;
        let fit = |units: i128| i64::try_from(units / UNIT).unwrap_or(i64::MAX);
        let mut ways: Vec<Way> = Vec::new();
        for fall in falls(self.evaluation, entry.criterion) {
            let tally = if over { bonus(entry, fall) } else { tally(entry, fall) };
            let step = u8::try_from(fall.step + 1).ok().filter(|_| several && fall.verdict == Verdict::PartlyMet);
            let way = Way { verdict: fall.verdict, step, earned: fit(tally.earned), possible: fit(tally.possible) };
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        EntryLine {
            criterion: self.name(entry.criterion),
            title: self.title(entry.criterion),
            verdicts: verdicts(self.evaluation, entry.criterion),
            ways,
        }
    }

    /// A critical; in a section that does not count, it does not strike.
    pub fn critical(&self, critical: &CriticalSpec, counts: Truth) -> CriticalLine {
        let verdicts = verdicts(self.evaluation, critical.criterion);
        CriticalLine {
            criterion: self.name(critical.criterion),
            title: self.title(critical.criterion),
            verdicts,
            score: critical.score.0,
            struck: struck(verdicts).and(counts),
        }
    }
}

/// Points of all sections together.
pub fn points(spec: &ScorecardSpec, worlds: &[World]) -> PointsRange {
    let of_world = |world: &World| {
        let sums = world.sections.iter().take(spec.sections.len()).map(ends);
        sums.reduce(|a, b| (a.0.plus(b.0), a.1.plus(b.1))).unwrap_or_default()
    };
    range(worlds.iter().map(of_world))
}

/// The least and the greatest of both sums, each for itself.
fn ends(choices: &Choices) -> (Tally, Tally) {
    let of = |pick: fn(Tally, Tally) -> Tally| choices.iter().map(|c| c.tally).reduce(pick).unwrap_or_default();
    (of(least), of(most))
}

fn least(a: Tally, b: Tally) -> Tally {
    Tally { earned: a.earned.min(b.earned), possible: a.possible.min(b.possible) }
}

fn most(a: Tally, b: Tally) -> Tally {
    Tally { earned: a.earned.max(b.earned), possible: a.possible.max(b.possible) }
}

fn range(ends: impl Iterator<Item = (Tally, Tally)>) -> PointsRange {
    let (low, high) = ends.reduce(|a, b| (least(a.0, b.0), most(a.1, b.1))).unwrap_or_default();
    let fit = |units: i128| i64::try_from(units / UNIT).unwrap_or(i64::MAX);
    PointsRange {
        earned: (fraction(low.earned), fraction(high.earned)),
        possible: (fit(low.possible), fit(high.possible)),
    }
}

fn fraction(units: i128) -> Fraction {
    let exact = Exact::new(units, UNIT * 1000);
    let fit = |number: &i128| i64::try_from(*number).unwrap_or(i64::MAX);
    Fraction { numerator: fit(exact.numer()), denominator: fit(exact.denom()).max(1) }
}
