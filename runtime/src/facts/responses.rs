//! Response gaps: how long it takes until another takes the turn. Must not know roles, questions or tokens.
//!
//! For each run of `S` with which a turn begins: let `e` be the latest end of all words, of anyone and back-channels
//! too, that start before it does. If `e` lies before its start and a turn of someone other than `S` ends at `e`, then
//! the time between is a response gap of `S`: nobody speaks in it, and the turn is the next of all. So there is none
//! after a back-channel or after `S`'s own words, and none where turns touch or overlap. It is at least 1 ms long; it
//! is sure if both turns surely are and, times being spread, surely do not overlap.

use super::runs::Run;
use super::steps::step;
use super::stretches::Placed;
use super::times;
use grille_evidence::moment::{Moment, MomentSet, Origin};
use grille_evidence::truth::Truth;
use std::collections::BTreeMap;

/// The surest ends of turns at one time, of two speakers.
type Ends<'a> = Vec<(&'a Run, Truth)>;

/// The response gaps of all speakers, in order.
pub(super) fn gaps(all: &[times::Placed<'_>], runs: &[Placed]) -> Vec<Moment> {
    let ends_by_start = ends_by_start(all);
    let ends = turn_ends(runs);
    let gap = |place: &Placed| {
        let run = &place.run;
        let before = ends_by_start.partition_point(|(start, _)| *start < run.start);
        let (_, end) = *ends_by_start.get(before.checked_sub(1)?)?;
        let (asked, told) = ends.get(&end)?.iter().find(|(other, _)| {
            step();
            other.speaker != run.speaker
        })?;
        (end < run.start).then(|| moment(asked, run, told.and(place.begins) == Truth::Yes))
    };
    let begun = runs.iter().filter(|place| place.begins != Truth::No);
    MomentSet::new(begun.filter_map(gap).collect(), Vec::new()).moments
}

/// The starts of all words, ascending, each with the latest end of all words up to it.
fn ends_by_start(all: &[times::Placed<'_>]) -> Vec<(i32, i32)> {
    let mut spans: Vec<(i32, i32)> = all.iter().map(|p| (p.facts.start, p.facts.end)).collect();
    spans.sort_unstable();
    let mut latest = 0;
    for (_, end) in &mut spans {
        latest = latest.max(*end);
        *end = latest;
    }
    spans
}

fn turn_ends(runs: &[Placed]) -> BTreeMap<i32, Ends<'_>> {
    let mut ended: Vec<&Placed> = runs.iter().filter(|place| place.ends != Truth::No).collect();
    ended.sort_by_key(|place| (place.run.end, std::cmp::Reverse(place.ends), place.run.speaker));
    let mut ends: BTreeMap<i32, Ends<'_>> = BTreeMap::new();
    for place in ended {
        let known = ends.entry(place.run.end).or_default();
        step();
        if known.len() < 2 && known.iter().all(|(run, _)| run.speaker != place.run.speaker) {
            known.push((&place.run, place.ends));
        }
    }
    ends
}

fn moment(asked: &Run, next: &Run, sure: bool) -> Moment {
    let whole = Moment::exact(asked.end, next.start, Origin(next.speaker));
    let (end_lo, end_hi) = (next.start_lo, next.start_hi);
    let bounds = Moment { start_lo: asked.end_lo, start_hi: asked.end_hi, end_lo, end_hi, ..whole };
    bounds.sure_if(sure && asked.end_hi < next.start_lo)
}
