//! A score in words: as few digits as do not mislead. Knows nothing of how it came about.

use crate::score::grades::exact;
use crate::score::interval::Exact;
use crate::score::outcome::share;
use grille_evidence::scorecard::GradeSpec;
use grille_evidence::trace::ScoreResult;
use num_traits::Signed;

/// The most decimals that are ever shown.
const MOST_DECIMALS: u32 = 12;

/// A score as it is shown: `60 %`, `71.4 %`, `71–83 %`, `0 %, or 71–83 %`, `no score`.
///
/// One decimal at most, half to even, none where it is zero; but more where rounding would carry the number over the
/// edge of a grade, to 0 or to 100 without being that, or make two ends of an interval look alike.
#[must_use]
pub fn show(result: &ScoreResult, grades: &[GradeSpec]) -> String {
    match result {
        ScoreResult::NoScore => "no score".to_string(),
        ScoreResult::Exact(percent) => format!("{} %", one(exact(*percent), grades)),
        ScoreResult::Between { least, greatest, if_critical, maybe_no_score } => {
            let mut cases = Vec::new();
            if *maybe_no_score {
                cases.push("no score".to_string());
            }
            if let Some(percent) = if_critical {
                cases.push(format!("{} %", one(exact(*percent), grades)));
            }
            cases.push(between(exact(*least), exact(*greatest), grades));
            cases.join(", or ")
        }
    }
}

fn between(least: Exact, greatest: Exact, grades: &[GradeSpec]) -> String {
    if least == greatest {
        return format!("{} %", one(least, grades));
    }
    let (from, to) = (decimals(least, grades), decimals(greatest, grades));
    let alike = |places: &u32| rounded(least, *places) == rounded(greatest, *places);
    let apart = (1..=MOST_DECIMALS).find(|places| !alike(places)).unwrap_or(MOST_DECIMALS);
    format!("{}–{} %", text(least, from.max(apart)), text(greatest, to.max(apart)))
}

fn one(score: Exact, grades: &[GradeSpec]) -> String {
    text(score, decimals(score, grades))
}

/// How many decimals keep the number on its side of every edge.
fn decimals(score: Exact, grades: &[GradeSpec]) -> u32 {
    let keeps = |places: &u32| {
        let shown = rounded(score, *places);
        let sides = |edge: Exact| score.cmp(&edge) == shown.cmp(&edge);
        sides(share(0))
            && sides(share(100_000))
            && grades.iter().all(|g| (score >= share(g.from.0)) == (shown >= share(g.from.0)))
    };
    (1..=MOST_DECIMALS).find(keeps).unwrap_or(MOST_DECIMALS)
}

/// The nearest number with so many decimals, half to even.
fn rounded(score: Exact, places: u32) -> Exact {
    let unit = 10i128.pow(places.min(MOST_DECIMALS));
    let scaled = score * Exact::from_integer(unit);
    let down = scaled.floor();
    let half = (scaled - down) - Exact::new(1, 2);
    let odd = down.to_integer() % 2 != 0;
    let up = half.is_positive() || half == Exact::from_integer(0) && odd;
    Exact::new(down.to_integer() + i128::from(up), unit)
}

/// The rounded number in digits, without zeros at its end.
fn text(score: Exact, places: u32) -> String {
    let unit = 10i128.pow(places.min(MOST_DECIMALS));
    let number = (rounded(score, places) * Exact::from_integer(unit)).to_integer();
    let (whole, rest) = (number / unit, number.abs() % unit);
    let digits = format!("{rest:0width$}", width = places as usize);
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() { whole.to_string() } else { format!("{whole}.{digits}") }
}
