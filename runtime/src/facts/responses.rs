//! Response gaps: how long it takes until another takes the turn. Must not know roles, questions or tokens.
//!
//! For each turn `T` of `S`: let `e` be the latest end of all words, of anyone and back-channels too, that start before
//! `T` does. If `e` lies before `T`'s start and a turn of someone other than `S` ends at `e`, then `[e, T.start)` is a
//! response gap of `S`: nobody speaks in it, and `T` is the next turn of all. So there is none after a back-channel or
//! after `S`'s own words, and none where turns touch or overlap. It is at least 1 ms long; it is sure unless, times
//! being spread, the turns might overlap.

use super::times::Placed;
use grille_evidence::facts::{Stretch, WordFacts};
use grille_evidence::moment::{Moment, MomentSet, Origin};

/// The end of a turn: when, whose, and its bounds.
type TurnEnd = (i32, u32, i32, i32);

/// The response gaps of all speakers, in order.
pub(super) fn gaps(all: &[Placed<'_>], words: &[WordFacts], turns: &[Stretch]) -> Vec<Moment> {
    let ends_by_start = ends_by_start(all);
    let mut ends: Vec<TurnEnd> = turns.iter().map(|turn| turn_end(turn, words)).collect();
    ends.sort_unstable();
    let gap = |turn: &Stretch| {
        let before = ends_by_start.partition_point(|(start, _)| *start < turn.start);
        let (_, end) = *ends_by_start.get(before.checked_sub(1)?)?;
        let asked = other_end(&ends, end, turn.speaker)?;
        let first = words.get(turn.first as usize)?;
        (end < turn.start).then(|| moment(&asked, first))
    };
    MomentSet::new(turns.iter().filter_map(gap).collect(), Vec::new()).moments
}

/// The starts of all words, ascending, each with the latest end of all words up to it.
fn ends_by_start(all: &[Placed<'_>]) -> Vec<(i32, i32)> {
    let mut spans: Vec<(i32, i32)> = all.iter().map(|p| (p.facts.start, p.facts.end)).collect();
    spans.sort_unstable();
    let mut latest = 0;
    for (_, end) in &mut spans {
        latest = latest.max(*end);
        *end = latest;
    }
    spans
}

fn turn_end(turn: &Stretch, words: &[WordFacts]) -> TurnEnd {
    let own = words.get(turn.first as usize..=turn.last as usize).unwrap_or_default();
    let lo = own.iter().map(|w| w.end_lo).max().unwrap_or(turn.end);
    let hi = own.iter().map(|w| w.end_hi).max().unwrap_or(turn.end);
    (turn.end, turn.speaker, lo, hi)
}

/// A turn of someone else that ends then.
fn other_end(ends: &[TurnEnd], end: i32, speaker: u32) -> Option<TurnEnd> {
    let from = ends.partition_point(|e| e.0 < end);
    let to = ends.partition_point(|e| e.0 <= end);
    let then = ends.get(from..to)?;
    [then.first()?, then.last()?].into_iter().find(|e| e.1 != speaker).copied()
}

fn moment(&(end, _, end_lo, end_hi): &TurnEnd, first: &WordFacts) -> Moment {
    let whole = Moment::exact(end, first.start, Origin::speaker(first.speaker as usize));
    let bounds = Moment { start_lo: end_lo, start_hi: end_hi, end_lo: first.start_lo, end_hi: first.start_hi, ..whole };
    bounds.sure_if(end_hi < first.start_lo)
}
