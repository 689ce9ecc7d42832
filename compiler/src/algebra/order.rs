//! Comparisons of moments whose times may be known only within bounds: yes, no, or cannot tell.

use crate::plan::{Extent, Side};
use grille_evidence::facts::Conversation;
use grille_evidence::moment::{EdgeWord, Moment, Origin, Zone};
use grille_evidence::truth::Truth;

/// Is a value that lies in `[lo, hi]` at most `bound`?
#[must_use]
pub fn at_most(lo: i64, hi: i64, bound: i64) -> Truth {
    if hi <= bound {
        Truth::Yes
    } else if lo > bound {
        Truth::No
    } else {
        Truth::CannotTell
    }
}

fn earlier(a: (i32, i32), b: (i32, i32)) -> Truth {
    if a.1 < b.0 {
        Truth::Yes
    } else if a.0 >= b.1 {
        Truth::No
    } else {
        Truth::CannotTell
    }
}

/// Both of one speaker, with words: does the first stand before the second, and do they share one? Where it is not known
/// how far they reach, this may not be told.
fn word_order(b: &Moment, a: &Moment) -> Option<(Truth, Truth)> {
    let ((b_first, b_last), (a_first, a_last)) = (b.words()?, a.words()?);
    if b.origin != a.origin {
        return None;
    }
    let before = told(b.last_hi < a.first_lo, b_last < a_first);
    let share = told(a_first <= b_last && b_first <= a_last, a.first_lo <= b.last_hi && b.first_lo <= a.last_hi);
    Some((before, share))
}

/// Yes if surely so, no if it may not be.
fn told(sure: bool, may: bool) -> Truth {
    match (sure, may) {
        (true, _) => Truth::Yes,
        (false, true) => Truth::CannotTell,
        (false, false) => Truth::No,
    }
}

/// What the words tell of two moments of one speaker, if their times are not exact; where it is not known how far they
/// reach, only what words and times tell alike.
fn settle(a: &Moment, b: &Moment, by_words: Option<Truth>, by_times: impl FnOnce() -> Truth) -> Truth {
    match by_words {
        Some(words) if a.is_open() || b.is_open() => {
            if by_times() == words {
                words
            } else {
                Truth::CannotTell
            }
        }
        Some(words) if !(is_exact(a) && is_exact(b)) => words,
        _ => by_times(),
    }
}

fn starts(m: &Moment) -> (i32, i32) {
    (m.start_lo, m.start_hi)
}

fn ends(m: &Moment) -> (i32, i32) {
    (m.end_lo, m.end_hi)
}

/// Are its times known, and how far it reaches?
#[must_use]
pub fn is_exact(m: &Moment) -> bool {
    m.start_lo == m.start_hi && m.end_lo == m.end_hi && !m.is_open()
}

/// *b precedes a*: it starts and ends earlier and shares no word with it, the gap at most `within` (language, section 4).
#[must_use]
pub fn precedes(b: &Moment, a: &Moment, within: Option<i32>) -> Truth {
    let order = match word_order(b, a) {
        Some((Truth::No, _)) => Truth::No,
        words => settle(a, b, words.map(|(before, _)| before), || {
            earlier(starts(b), starts(a)).and(earlier(ends(b), ends(a)))
        }),
    };
    order.and(gap_at_most(b, a, within))
}

fn gap_at_most(b: &Moment, a: &Moment, within: Option<i32>) -> Truth {
    let Some(within) = within else { return Truth::Yes };
    let lo = i64::from(a.start_lo) - i64::from(b.end_hi);
    let hi = i64::from(a.start_hi) - i64::from(b.end_lo);
    at_most(lo, hi, i64::from(within))
}

/// Is `b` on the given side of `a`, near enough?
#[must_use]
pub fn related(side: Side, a: &Moment, b: &Moment, within: Option<i32>) -> Truth {
    match side {
        Side::After => precedes(b, a, within),
        Side::Before => precedes(a, b, within),
    }
}

/// Does `a` lie inside `b`? Of one speaker's words whose times are not exact, the words tell.
#[must_use]
pub fn inside(a: &Moment, b: &Moment) -> Truth {
    if b.origin == Origin::PHASE {
        return reaches_no_less(a, b).and(ends_by(a, b));
    }
    settle(a, b, inside_by_words(a, b), || {
        let starts =
            at_most(i64::from(b.start_lo) - i64::from(a.start_hi), i64::from(b.start_hi) - i64::from(a.start_lo), 0);
        let ends = at_most(i64::from(a.end_lo) - i64::from(b.end_hi), i64::from(a.end_hi) - i64::from(b.end_lo), 0);
        starts.and(ends)
    })
}

fn inside_by_words(a: &Moment, b: &Moment) -> Option<Truth> {
    let ((a_first, a_last), (b_first, b_last)) = (a.words()?, b.words()?);
    let sure = b_first <= a.first_lo && a.last_hi <= b_last;
    let may = b.first_lo <= a_first && a_last <= b.last_hi;
    (a.origin == b.origin).then(|| told(sure, may))
}

/// Do two moments share a millisecond? Of one speaker's words whose times are not exact, the words tell.
#[must_use]
pub fn meets(a: &Moment, b: &Moment) -> Truth {
    match (a.origin == Origin::PHASE, b.origin == Origin::PHASE) {
        (false, true) => return goes_past_start(a, b).and(begins_before_end(a, b)),
        (true, false) => return goes_past_start(b, a).and(begins_before_end(b, a)),
        _ => {}
    }
    settle(a, b, word_order(a, b).map(|(_, overlap)| overlap), || share_time(a, b))
}

/// The words that a moment holds, and may hold, if a phase has a word of the same speaker at this edge and times do not
/// tell.
fn beside(m: &Moment, edge: Option<EdgeWord>, told_by_times: bool) -> Option<(u32, (u32, u32))> {
    let edge = edge.filter(|edge| edge.speaker == m.origin && !told_by_times)?;
    m.words().map(|words| (edge.word, words))
}

/// Does a moment begin with the phase or later?
fn reaches_no_less(m: &Moment, phase: &Moment) -> Truth {
    let exact = m.start_lo == m.start_hi && phase.start_lo == phase.start_hi;
    match beside(m, phase.edges.first, exact) {
        Some((word, (first, _))) => told(m.first_lo >= word, first >= word),
        None => at_most(
            i64::from(phase.start_lo) - i64::from(m.start_hi),
            i64::from(phase.start_hi) - i64::from(m.start_lo),
            0,
        ),
    }
}

/// Does a moment end with the phase or earlier?
fn ends_by(m: &Moment, phase: &Moment) -> Truth {
    let exact = m.end_lo == m.end_hi && phase.end_lo == phase.end_hi;
    match beside(m, phase.edges.next, exact) {
        Some((word, (_, last))) => told(m.last_hi < word, last < word),
        None => {
            at_most(i64::from(m.end_lo) - i64::from(phase.end_hi), i64::from(m.end_hi) - i64::from(phase.end_lo), 0)
        }
    }
}

/// Does a moment end after the phase begins?
fn goes_past_start(m: &Moment, phase: &Moment) -> Truth {
    let exact = m.end_lo == m.end_hi && phase.start_lo == phase.start_hi;
    match beside(m, phase.edges.first, exact) {
        Some((word, (_, last))) => told(last >= word, m.last_hi >= word),
        None => earlier(starts(phase), ends(m)),
    }
}

/// Does a moment begin before the phase ends?
fn begins_before_end(m: &Moment, phase: &Moment) -> Truth {
    let exact = m.start_lo == m.start_hi && phase.end_lo == phase.end_hi;
    match beside(m, phase.edges.next, exact) {
        Some((word, (first, _))) => told(first < word, m.first_lo < word),
        None => earlier(starts(m), ends(phase)),
    }
}

fn share_time(a: &Moment, b: &Moment) -> Truth {
    if a.start_hi.max(b.start_hi) < a.end_lo.min(b.end_lo) {
        Truth::Yes
    } else if a.start_lo.max(b.start_lo) >= a.end_hi.min(b.end_hi) {
        Truth::No
    } else {
        Truth::CannotTell
    }
}

/// Does `b` end before `a` starts?
#[must_use]
pub fn ended_before(b: &Moment, a: &Moment) -> Truth {
    settle(a, b, word_order(b, a).map(|(before, _)| before), || {
        at_most(i64::from(b.end_lo) - i64::from(a.start_hi), i64::from(b.end_hi) - i64::from(a.start_lo), 0)
    })
}

/// Do two moments share a word, or, where they have none, a millisecond?
#[must_use]
pub fn share(a: &Moment, b: &Moment) -> Truth {
    if let Some((_, overlap)) = word_order(a, b) {
        return overlap;
    }
    if a.words().is_some() && b.words().is_some() {
        return Truth::No;
    }
    share_time(a, b)
}

/// Does `a` surely come before `b` in the order of moments?
#[must_use]
pub fn surely_before(a: &Moment, b: &Moment) -> bool {
    let by_key = a.key() < b.key();
    let known = word_order(a, b).is_some() || (is_exact(a) && is_exact(b));
    if known && !a.is_open() && !b.is_open() { by_key } else { a.start_hi < b.start_lo }
}

/// Does `x` begin strictly inside `y`, of another, and share at least so many milliseconds with it?
#[must_use]
pub fn interrupts(x: &Moment, y: &Moment, least: i32) -> Truth {
    if x.origin == y.origin {
        return Truth::No;
    }
    let shared_lo = i64::from(x.end_lo.min(y.end_lo)) - i64::from(x.start_hi);
    let shared_hi = i64::from(x.end_hi.min(y.end_hi)) - i64::from(x.start_lo);
    let enough = at_most(-shared_hi, -shared_lo, -i64::from(least));
    earlier(starts(y), starts(x)).and(earlier(starts(x), ends(y))).and(enough)
}

/// Does the moment overlap the zone?
#[must_use]
pub fn touches(m: &Moment, zone: Zone) -> bool {
    zone.0 < m.end_hi && m.start_lo < zone.1
}

/// A part of the conversation in milliseconds: rounded down, or up where the bound is not reached. Of turns, at most.
#[must_use]
pub fn extent_millis(extent: Extent, conversation: &Conversation, round_up: bool) -> i64 {
    match extent {
        Extent::Turns { .. } => i64::from(conversation.end_ms) - i64::from(conversation.start_ms),
        Extent::Millis(millis) => i64::from(millis),
        Extent::Share(share) => {
            let length = i64::from(conversation.end_ms) - i64::from(conversation.start_ms);
            let product = share * length;
            let down = product.div_euclid(100_000);
            down + i64::from(round_up && product.rem_euclid(100_000) != 0)
        }
    }
}

/// A bound on the clock, kept inside it.
#[must_use]
pub fn clamp(millis: i64) -> i32 {
    i32::try_from(millis.clamp(i64::from(i32::MIN), i64::from(i32::MAX))).unwrap_or(i32::MAX)
}
