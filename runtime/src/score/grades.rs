//! Which grades are still possible. Knows no verdicts: choices and what the score comes to are given.

use crate::score::choices::{Choices, Tally};
use crate::score::interval::Exact;
use crate::score::outcome::share;
use grille_evidence::scorecard::GradeSpec;
use grille_evidence::trace::{Percent, ScoreResult};
use std::collections::BTreeSet;

/// The most different sums of points that are listed one by one.
pub const LISTED_SUMS: usize = 4096;

/// The grades still possible, best first. Where all scores lie in one grade, that; else sums of points are listed one
/// by one (equal ones once), if there are at most [`LISTED_SUMS`] of them, and a grade is named if one of them falls
/// into it. Where there are more, every grade is named that the interval of scores, or the score told apart, touches:
/// never too few, maybe too many.
pub fn possible(grades: &[GradeSpec], criteria: &[Choices], result: &ScoreResult) -> Vec<String> {
    let touched = touched(grades, result);
    let listed = if touched.len() > 1 { listed(criteria) } else { None };
    let told = match listed {
        Some(scores) => scores.iter().filter_map(|score| of(grades, *score)).collect(),
        None => touched,
    };
    grades.iter().enumerate().filter(|(number, _)| told.contains(number)).map(|(_, grade)| grade.name.clone()).collect()
}

/// Every score in per cent that can be reached; none if there are too many sums.
pub fn listed(criteria: &[Choices]) -> Option<BTreeSet<Exact>> {
    let mut sums: BTreeSet<(Tally, Option<i64>)> = BTreeSet::from([(Tally::default(), None)]);
    for choices in criteria {
        let mut next = BTreeSet::new();
        for (tally, cap) in &sums {
            next.extend(choices.iter().map(|choice| (tally.plus(choice.tally), lower(*cap, choice.cap))));
            if next.len() > LISTED_SUMS {
                return None;
            }
        }
        sums = next;
    }
    Some(sums.into_iter().filter_map(|(tally, cap)| score(tally, cap)).collect())
}

fn score(tally: Tally, cap: Option<i64>) -> Option<Exact> {
    let earned = (tally.possible > 0).then(|| Exact::new(tally.earned * 100, tally.possible))?;
    Some(cap.map_or(earned, |cap| earned.min(share(cap))))
}

/// The lower of two caps, where none is no cap.
fn lower(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    one.into_iter().chain(other).min()
}

/// The grade of a score, by number.
fn of(grades: &[GradeSpec], score: Exact) -> Option<usize> {
    grades.iter().position(|grade| score >= share(grade.from.0))
}

fn touched(grades: &[GradeSpec], result: &ScoreResult) -> BTreeSet<usize> {
    let grade = |percent: &Percent| of(grades, exact(*percent));
    match result {
        ScoreResult::NoScore => BTreeSet::new(),
        ScoreResult::Exact(percent) => grade(percent).into_iter().collect(),
        ScoreResult::Between { least, greatest, if_critical, .. } => {
            let apart = if_critical.as_ref().and_then(grade);
            match (grade(greatest), grade(least)) {
                (Some(best), Some(worst)) => (best..=worst).chain(apart).collect(),
                (best, _) => best.into_iter().flat_map(|best| best..grades.len()).chain(apart).collect(),
            }
        }
    }
}

/// A per cent of the trace, to compute with.
pub fn exact(percent: Percent) -> Exact {
    Exact::new(i128::from(percent.numerator), i128::from(percent.denominator.max(1)))
}
