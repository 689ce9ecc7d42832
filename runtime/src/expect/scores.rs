//! Scores, grades and points held against what a test expects. Must not know criteria.

use crate::score::show;
use grille_evidence::expectation::{Expectation, ExpectedScore};
use grille_evidence::scorecard::GradeSpec;
use grille_evidence::trace::{Percent, ScoreResult, ScoreTrace};

/// What is wrong with a score, in plain words; none if it is as expected.
pub(super) fn missed(expectation: &Expectation, score: &ScoreTrace, grades: &[GradeSpec]) -> Option<String> {
    let name = &score.scorecard;
    match expectation {
        Expectation::Score { score: expected, .. } => {
            let shown = show(&score.result, grades);
            let kept = fits(expected, &score.result, grades);
            (!kept).then(|| format!("`{name}` should have {}, and has {}", words(expected), scored(&shown)))
        }
        Expectation::Grade(_, wanted) => {
            let (mut wanted, mut got) = (wanted.clone(), score.grades.clone());
            wanted.sort();
            got.sort();
            let got_words = if score.grades.is_empty() { "none".to_owned() } else { score.grades.join(" or ") };
            (wanted != got)
                .then(|| format!("`{name}` should have the grade {}, and has {got_words}", wanted.join(" or ")))
        }
        Expectation::Points { earned, possible, .. } => {
            let got = points(score);
            let shown = match got {
                Some((a, b)) => format!("{} of {}", thousandths(a), thousandths(b)),
                None => "points that cannot be told".to_owned(),
            };
            let wanted = format!("{} of {} points", thousandths(*earned), thousandths(*possible));
            (got != Some((*earned, *possible))).then(|| format!("`{name}` should have {wanted}, and has {shown}"))
        }
        Expectation::Verdict { .. } => None,
    }
}

fn scored(shown: &str) -> String {
    if shown == "no score" { shown.to_owned() } else { format!("a score of {shown}") }
}

/// Points of all sections together, in thousandths, if they can be told; a share that is no whole number of these is none.
fn points(score: &ScoreTrace) -> Option<(i64, i64)> {
    let ((earned, most), (possible, greatest)) = (score.points.earned, score.points.possible);
    if earned != most || possible != greatest {
        return None;
    }
    let thousandths = earned.numerator.checked_mul(1000)?;
    (thousandths % earned.denominator.max(1) == 0).then(|| (thousandths / earned.denominator.max(1), possible))
}

fn fits(expected: &ExpectedScore, result: &ScoreResult, grades: &[GradeSpec]) -> bool {
    let is = |percent: Percent, wanted: i64| is(percent, wanted, grades);
    match (result, expected.between) {
        (ScoreResult::NoScore, between) => expected.maybe_none && between.is_none(),
        (ScoreResult::Exact(percent), Some((least, greatest))) => {
            !expected.maybe_none && expected.if_critical.is_none() && is(*percent, least) && is(*percent, greatest)
        }
        (ScoreResult::Between { least, greatest, if_critical, maybe_no_score }, Some(wanted)) => {
            let apart = match (expected.if_critical, if_critical) {
                (Some(wanted), Some(critical)) => is(*critical, wanted),
                (None, None) => true,
                // Without a word on criticals, from the least of all to the greatest of all.
                (None, Some(critical)) => {
                    return !expected.maybe_none && is(*critical, wanted.0) && is(*greatest, wanted.1);
                }
                (Some(_), None) => false,
            };
            apart && expected.maybe_none == *maybe_no_score && is(*least, wanted.0) && is(*greatest, wanted.1)
        }
        (_, None) => false,
    }
}

/// Is the ratio this many thousandths of a per cent, at the digits written (one decimal at least), and on the same side
/// of 0, of 100 and of every edge of a grade?
fn is(percent: Percent, wanted: i64, grades: &[GradeSpec]) -> bool {
    let unit: i64 = [100, 10].into_iter().find(|unit| wanted % unit == 0).unwrap_or(1);
    let (numerator, denominator) = (i128::from(percent.numerator) * 1000, i128::from(percent.denominator).max(1));
    let rounded = half_even(numerator, denominator * i128::from(unit)) * i128::from(unit);
    let exact = |edge: i64| numerator.cmp(&(i128::from(edge) * denominator));
    let same_side = |edge: i64| (exact(edge).is_ge()) == (wanted >= edge);
    let edges = grades.iter().map(|grade| grade.from.0);
    rounded == i128::from(wanted)
        && edges.into_iter().all(same_side)
        && [0, 100_000].into_iter().all(|edge| exact(edge) == wanted.cmp(&edge))
}

fn half_even(value: i128, by: i128) -> i128 {
    let (whole, rest) = (value.div_euclid(by), value.rem_euclid(by));
    match (rest * 2).cmp(&by) {
        std::cmp::Ordering::Less => whole,
        std::cmp::Ordering::Greater => whole + 1,
        std::cmp::Ordering::Equal => whole + (whole & 1),
    }
}

fn words(expected: &ExpectedScore) -> String {
    let mut cases = Vec::new();
    if expected.maybe_none {
        cases.push("no score".to_owned());
    }
    cases.extend(expected.if_critical.map(|critical| format!("a score of {} %", thousandths(critical))));
    cases.extend(expected.between.map(|(least, greatest)| {
        if least == greatest {
            format!("a score of {} %", thousandths(least))
        } else {
            format!("a score between {} % and {} %", thousandths(least), thousandths(greatest))
        }
    }));
    cases.join(" or ")
}

/// A number in thousandths, as short as it can be written.
pub(super) fn thousandths(value: i64) -> String {
    let (whole, rest) = (value / 1000, value % 1000);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}").trim_end_matches('0').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::is;
    use grille_evidence::scorecard::{GradeSpec, Share};
    use grille_evidence::trace::Percent;

    #[test]
    fn a_score_is_compared_at_the_digits_written_and_never_over_an_edge() {
        let five_sixths = Percent { numerator: 250, denominator: 3 };
        assert!(is(five_sixths, 83_300, &[]) && is(five_sixths, 83_330, &[]) && is(five_sixths, 83_333, &[]));
        assert!(!is(five_sixths, 83_000, &[]) && !is(five_sixths, 83_340, &[]) && !is(five_sixths, 83_400, &[]));
        let almost = Percent { numerator: 69_970, denominator: 1000 };
        let grades = [GradeSpec { name: "good".to_owned(), from: Share(70_000) }];
        assert!(is(almost, 70_000, &[]) && !is(almost, 70_000, &grades) && is(almost, 69_970, &grades));
        let nearly_all = Percent { numerator: 99_999, denominator: 1000 };
        assert!(!is(nearly_all, 100_000, &[]) && is(nearly_all, 99_999, &[]));
    }
}
