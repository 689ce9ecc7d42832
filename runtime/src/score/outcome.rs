//! From the choices still possible to what the score comes to, criticals told apart. Knows no trace lines and no grades.

use crate::score::choices::{Choice, Choices};
use crate::score::interval::{Exact, Interval, can_be_empty, percents};
use crate::score::worlds::World;
use grille_evidence::trace::{Percent, ScoreResult};
use std::collections::BTreeSet;

/// What the score comes to, given the lowest critical that strikes whichever way anything falls.
///
/// Cases are told apart by the lowest critical that strikes in doubt. Where no critical in doubt strikes, the scores
/// are an interval. Where one does, the score is at most its share. If the lowest such case gives one single score,
/// this is told apart, and the interval holds all other scores; if not, the interval holds every case.
pub fn result(worlds: &[World], sure: Option<i64>) -> ScoreResult {
    let doubtful: BTreeSet<i64> = worlds.iter().flat_map(|w| &w.parts).flat_map(caps).collect();
    let over = |scores: &dyn Fn(&World) -> Option<Interval>| worlds.iter().filter_map(scores).reduce(Interval::hull);
    let mut rest = over(&|world| scores(&allowing(&world.parts, None), sure));
    let mut apart = None;
    for (number, cap) in doubtful.iter().enumerate() {
        let Some(struck) = over(&|world| scores_struck(&world.parts, *cap, sure)) else { continue };
        if number == 0 && struck.least == struck.greatest && rest.is_some() {
            apart = Some(struck.least);
        } else if apart != Some(struck.least) || struck.least != struck.greatest {
            rest = Some(rest.map_or(struck, |rest| rest.hull(struck)));
        }
    }
    told(rest, apart, worlds.iter().any(|world| can_be_empty(&every(&world.parts))))
}

fn every(parts: &[Choices]) -> Vec<Vec<Choice>> {
    parts.iter().map(|choices| choices.iter().copied().collect()).collect()
}

fn told(rest: Option<Interval>, apart: Option<Exact>, maybe_no_score: bool) -> ScoreResult {
    let Some(Interval { least, greatest }) = rest else { return ScoreResult::NoScore };
    let apart = apart.filter(|apart| least != greatest || *apart != least);
    if least == greatest && apart.is_none() && !maybe_no_score {
        return ScoreResult::Exact(percent(least));
    }
    ScoreResult::Between {
        least: percent(least),
        greatest: percent(greatest),
        if_critical: apart.map(percent),
        maybe_no_score,
    }
}

fn caps(choices: &Choices) -> impl Iterator<Item = i64> {
    choices.iter().filter_map(|choice| choice.cap)
}

/// The choices in which nothing in doubt strikes below a cap; with none, nothing in doubt strikes at all.
fn allowing(parts: &[Choices], above: Option<i64>) -> Vec<Vec<Choice>> {
    let allowed = |choice: &Choice| choice.cap.is_none_or(|cap| above.is_some_and(|above| cap >= above));
    parts.iter().map(|choices| choices.iter().copied().filter(allowed).collect()).collect()
}

/// The scores of parts, none of which is left without a way.
fn scores(parts: &[Vec<Choice>], cap: Option<i64>) -> Option<Interval> {
    if parts.iter().any(Vec::is_empty) {
        return None;
    }
    let scores = percents(parts)?;
    Some(cap.map_or(scores, |cap| scores.capped(share(cap))))
}

/// The scores where the lowest critical in doubt that strikes has this cap: each part that can strike so is made to,
/// one after the other.
fn scores_struck(parts: &[Choices], cap: i64, sure: Option<i64>) -> Option<Interval> {
    let allowed = allowing(parts, Some(cap));
    let strikes = |choice: &Choice| choice.cap == Some(cap);
    let of_one = |number: usize| {
        let forced = allowed
            .iter()
            .enumerate()
            .map(|(at, choices)| choices.iter().copied().filter(|choice| at != number || strikes(choice)).collect());
        scores(&forced.collect::<Vec<_>>(), Some(sure.map_or(cap, |sure| sure.min(cap))))
    };
    let strikers = parts.iter().enumerate().filter(|(_, choices)| choices.iter().any(strikes)).map(|(at, _)| at);
    strikers.filter_map(of_one).reduce(Interval::hull)
}

/// A share in thousandths of a per cent, as per cent.
pub fn share(thousandths: i64) -> Exact {
    Exact::new(i128::from(thousandths), 1000)
}

/// For the trace. Points are bounded by the checker far below what would not fit.
pub fn percent(exact: Exact) -> Percent {
    let fit = |number: &i128| i64::try_from(*number).unwrap_or(i64::MAX);
    Percent { numerator: fit(exact.numer()), denominator: fit(exact.denom()).max(1) }
}
