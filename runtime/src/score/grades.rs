//! Which grades are still possible. Knows no verdicts: choices and what the score comes to are given.

use crate::score::choices::{Choice, Tally};
use crate::score::interval::Exact;
use crate::score::outcome::share;
use crate::score::worlds::{World, together};
use grille_evidence::scorecard::GradeSpec;
use grille_evidence::trace::{Percent, ScoreResult};
use std::collections::BTreeSet;

/// The most different sums of points that are listed one by one.
pub const LISTED_SUMS: usize = 4096;

/// The grades still possible, best first. Where all scores lie in one grade, that; else sums of points are listed one
/// by one (equal ones once), if there are at most [`LISTED_SUMS`] of them, and a grade is named if one of them falls
/// into it. Where there are more, every grade is named that the interval of scores, or the score told apart, touches:
/// never too few, maybe too many.
pub fn possible(grades: &[GradeSpec], worlds: &[World], sure: Option<i64>, result: &ScoreResult) -> Vec<String> {
    let touched = touched(grades, result);
    let listed = if touched.len() > 1 { listed(worlds, sure) } else { None };
    let told = match listed {
        Some(scores) => scores.iter().filter_map(|score| of(grades, *score)).collect(),
        None => touched,
    };
    grades.iter().enumerate().filter(|(number, _)| told.contains(number)).map(|(_, grade)| grade.name.clone()).collect()
}

/// Every score in per cent that can be reached; none if there are too many sums.
pub fn listed(worlds: &[World], sure: Option<i64>) -> Option<BTreeSet<Exact>> {
    let mut scores = BTreeSet::new();
    for world in worlds {
        let mut sums = BTreeSet::from([Choice { tally: Tally::default(), cap: sure }]);
        for choices in &world.parts {
            if choices.len() > LISTED_SUMS {
                return None;
            }
            let mut next = BTreeSet::new();
            for sum in &sums {
                next.extend(choices.iter().map(|choice| together(*sum, *choice)));
                if next.len() > LISTED_SUMS {
                    return None;
                }
            }
            sums = next;
        }
        scores.extend(sums.into_iter().filter_map(score));
    }
    Some(scores)
}

fn score(sum: Choice) -> Option<Exact> {
    let tally = sum.tally;
    let earned = (tally.possible > 0).then(|| Exact::new(tally.earned.min(tally.possible) * 100, tally.possible))?;
    Some(sum.cap.map_or(earned, |cap| earned.min(share(cap))))
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
