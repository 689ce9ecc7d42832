//! `phase`: the one stretch from the first of some moments to the first later one of others. Knows time only.

use super::combine::pick;
use super::order::precedes;
use crate::plan::Pick;
use grille_evidence::moment::{EdgeWord, Edges, Moment, MomentSet, NO_WORD, Origin, Zone};
use grille_evidence::truth::Truth;

/// From the start of the first of `from` to the start of the first of `to` that it precedes; where none is, to the end
/// of the conversation if `or_end`, else there is no phase. It is sure if it surely begins there and surely ends
/// somewhere. What cannot be told is listed as maybe, and may lie anywhere between the earliest start and the latest end.
#[must_use]
pub fn phase(from: &MomentSet, to: &MomentSet, or_end: bool, whole: Zone) -> MomentSet {
    let first = pick(Pick::First(1), from);
    let Some(earliest) = starts(&first).min() else { return MomentSet::default() };
    let told = match first.moments.as_slice() {
        [a] if a.is_sure() => Some(a),
        _ => None,
    };
    let next = match first.moments.first() {
        Some(a) => pick(Pick::First(1), &later(a, to)),
        None => MomentSet::default(),
    };
    let known = match (told, next.moments.as_slice()) {
        (Some(a), [b]) if b.is_sure() => Some(between(a, b)),
        (Some(a), []) if next.dark.is_empty() && or_end => Some(until(a, whole.1)),
        (Some(_), []) if next.dark.is_empty() => return MomentSet::default(),
        (Some(a), _) => ending_somewhere(a, &later(a, to), or_end, whole),
        _ => None,
    };
    if let Some(phase) = known {
        return MomentSet { moments: vec![phase], dark: Vec::new() };
    }
    let latest = match (told, next.sure().map(|b| b.start_hi).min()) {
        (Some(_), Some(end)) => Some(end),
        _ if or_end => Some(whole.1),
        (Some(_), None) => ends(&next).max(),
        (None, _) => ends(to).max(),
    };
    let Some(latest) = latest else { return MomentSet::default() };
    let listed = first.moments.first().and_then(|a| match next.moments.first() {
        Some(b) => Some(between(a, b)),
        None => or_end.then(|| until(a, whole.1)),
    });
    MomentSet::new(listed.map(|m| m.sure_if(false)).into_iter().collect(), vec![(earliest, latest)])
}

/// Those that `a` precedes, and where others could hide that it does.
fn later(a: &Moment, to: &MomentSet) -> MomentSet {
    let told = to.moments.iter().map(|b| (b, precedes(a, b, None)));
    let moments = told.filter(|(_, told)| *told != Truth::No).map(|(b, told)| b.sure_if(told == Truth::Yes)).collect();
    MomentSet { moments, dark: to.dark.iter().filter(|zone| zone.1 > a.end_lo).copied().collect() }
}

fn starts(set: &MomentSet) -> impl Iterator<Item = i32> {
    set.moments.iter().map(|m| m.start_lo).chain(set.dark.iter().map(|zone| zone.0))
}

fn ends(set: &MomentSet) -> impl Iterator<Item = i32> {
    set.moments.iter().map(|m| m.start_hi).chain(set.dark.iter().map(|zone| zone.1))
}

fn between(a: &Moment, b: &Moment) -> Moment {
    let phase = until(a, b.start);
    let edges = Edges { next: edge(b), ..phase.edges };
    Moment { end_lo: b.start_lo.min(phase.end), end_hi: b.start_hi.max(phase.end), edges, ..phase }
}

/// A phase that surely begins and surely ends, though it is not known where: at the earliest that may end it, at the latest
/// at the first that surely does.
fn ending_somewhere(a: &Moment, ends: &MomentSet, or_end: bool, whole: Zone) -> Option<Moment> {
    let surely = ends.sure().min_by_key(|b| b.start_hi);
    let latest = surely.map(|b| b.start_hi).or(or_end.then_some(whole.1))?;
    let earliest = starts(ends).min().unwrap_or(latest).min(latest);
    let phase = until(a, surely.map_or(whole.1, |b| b.start));
    let end_lo = earliest.max(a.start_lo.saturating_add(1)).min(phase.end);
    Some(Moment { end_lo, end_hi: latest.max(phase.end), ..phase })
}

/// A phase lasts a millisecond at least.
fn until(a: &Moment, end: i32) -> Moment {
    let end = end.max(a.start.saturating_add(1));
    let edges = Edges { first: edge(a), next: None };
    Moment { end, end_lo: end, end_hi: end, origin: Origin::PHASE, first: NO_WORD, last: NO_WORD, edges, ..*a }
}

/// The word that a moment surely begins with.
fn edge(m: &Moment) -> Option<EdgeWord> {
    let first = m.words().filter(|_| !m.is_open())?.0;
    m.origin.as_speaker().map(|_| EdgeWord { speaker: m.origin, word: first })
}
