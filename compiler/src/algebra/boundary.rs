//! Where a window of the conversation ends or begins: one time, or two between which it lies, where turns are counted
//! and it cannot be told which is the last that counts.

use super::order::extent_millis;
use super::source;
use crate::plan::{Edge, Extent};
use grille_evidence::call::Role;
use grille_evidence::facts::CallFacts;
use grille_evidence::moment::{Moment, MomentSet};

/// One of the times of a moment.
type Time = fn(&Moment) -> i32;

/// The earliest and the latest that the boundary of a window can be, in milliseconds.
#[must_use]
pub fn boundary(edge: Edge, extent: Extent, facts: &CallFacts) -> (i64, i64) {
    let conversation = &facts.conversation;
    if let Extent::Turns { count, role } = extent {
        return turns(edge, count, role, facts);
    }
    let at = match edge {
        Edge::First => i64::from(conversation.start_ms) + extent_millis(extent, conversation, false),
        Edge::StartingFirst => i64::from(conversation.start_ms) + extent_millis(extent, conversation, true),
        Edge::Last => i64::from(conversation.end_ms) - extent_millis(extent, conversation, false),
    };
    (at, at)
}

/// The end of the `count`-th turn of a role, or the start of the `count`-th from the end; with fewer turns, the far end
/// of the conversation.
fn turns(edge: Edge, count: u32, role: Role, facts: &CallFacts) -> (i64, i64) {
    let (start, end) = (i64::from(facts.conversation.start_ms), i64::from(facts.conversation.end_ms));
    let set = source::turns(facts, role);
    if !set.dark.is_empty() {
        return (start, end);
    }
    let count = count as usize;
    let few = set.sure().count() < count;
    let candidates = candidates(&set, count, edge == Edge::Last);
    let (lo, hi): (Time, Time) =
        if edge == Edge::Last { (|m| m.start_lo, |m| m.start_hi) } else { (|m| m.end_lo, |m| m.end_hi) };
    let earliest = candidates.iter().map(|m| i64::from(lo(m))).min();
    let latest = candidates.iter().map(|m| i64::from(hi(m))).max();
    match (earliest, latest) {
        (Some(earliest), Some(latest)) if edge == Edge::Last => (if few { start } else { earliest }, latest),
        (Some(earliest), Some(latest)) => (earliest, if few { end } else { latest }),
        _ if edge == Edge::Last => (start, start),
        _ => (end, end),
    }
}

/// Those that may be the `count`-th by their start, from the other end if `backwards`.
fn candidates(set: &MomentSet, count: usize, backwards: bool) -> Vec<&Moment> {
    let key = |start: i32| if backwards { -i64::from(start) } else { i64::from(start) };
    let (near, far): (Time, Time) =
        if backwards { (|m| m.start_hi, |m| m.start_lo) } else { (|m| m.start_lo, |m| m.start_hi) };
    let mut sure: Vec<i64> = set.sure().map(|m| key(far(m))).collect();
    let mut all: Vec<i64> = set.moments.iter().map(|m| key(near(m))).collect();
    sure.sort_unstable();
    all.sort_unstable();
    let may_be = |m: &&Moment| {
        let surely_before = sure.partition_point(|other| *other < key(near(m)));
        let at_most_before = all.partition_point(|other| *other <= key(far(m)));
        surely_before < count && count <= at_most_before
    };
    set.moments.iter().filter(may_be).collect()
}
