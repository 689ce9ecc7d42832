//! `then`: from one moment to another that it precedes, for every such pair. Costs what it lists, not what it looks at.

use super::is_past_limit;
use super::order::{clamp, is_exact, precedes};
use super::sweep::{NOBODY, Point, Question, highest};
use super::work;
use super::zones::Reaches;
use grille_evidence::moment::{Moment, MomentSet, NO_WORD, Origin, Zone};
use grille_evidence::truth::Truth;
use std::collections::BTreeMap;

/// `[a.start, b.end)` for every pair in which `a` precedes `b` with a gap of at most `within`. Past the limit
/// not all of them are listed.
#[must_use]
pub fn then(left: &MomentSet, right: &MomentSet, within: Option<i32>) -> MomentSet {
    let reach = within.map_or(i64::from(i32::MAX), i64::from);
    let followers = Followers::of(right);
    let mut moments = Vec::new();
    for a in &left.moments {
        for b in followers.of_one(a, reach) {
            let told = precedes(a, b, within);
            if told != Truth::No {
                moments.push(joined(a, b).sure_if(told == Truth::Yes));
            }
        }
        // Past the limit nothing of it counts any more, so the rest need not be listed.
        if is_past_limit(&mut moments) {
            break;
        }
    }
    let mut dark = ends_of_hidden(left, right, reach);
    dark.extend(starts_of_hidden(left, right, reach));
    MomentSet::new(moments, dark)
}

fn joined(a: &Moment, b: &Moment) -> Moment {
    Moment {
        start: a.start,
        end: b.end,
        origin: Origin::SEQUENCE,
        first: NO_WORD,
        last: NO_WORD,
        first_lo: NO_WORD,
        last_hi: NO_WORD,
        start_lo: a.start_lo,
        start_hi: a.start_hi,
        end_lo: b.end_lo,
        end_hi: b.end_hi,
        sure: a.sure & b.sure,
    }
}

/// From where the left is dark to the last end that can be reached from there.
fn ends_of_hidden(left: &MomentSet, right: &MomentSet, reach: i64) -> Vec<Zone> {
    if left.dark.is_empty() {
        return Vec::new();
    }
    let listed = right.moments.iter().map(|b| (b.start_lo, b.end_hi));
    let reaches = Reaches::of(listed.chain(right.dark.iter().copied()));
    let end = |zone: &Zone| reaches.latest_end(i64::from(zone.1) + reach + 1).map_or(zone.0, |end| end.max(zone.0));
    left.dark.iter().map(|zone| (zone.0, end(zone))).collect()
}

/// From the first start from which it can be reached to where the right is dark.
fn starts_of_hidden(left: &MomentSet, right: &MomentSet, reach: i64) -> Vec<Zone> {
    if right.dark.is_empty() {
        return Vec::new();
    }
    let point = |a: &Moment| Point {
        key: -i64::from(a.end_lo),
        place: i64::from(a.end_hi),
        height: -i64::from(a.start_lo),
        owner: NOBODY,
    };
    let question = |zone: &Zone| Question {
        past: -i64::from(zone.1),
        from: i64::from(zone.0) - reach,
        to: i64::MAX,
        not_of: NOBODY,
    };
    let points: Vec<Point> = left.moments.iter().map(point).collect();
    let questions: Vec<Question> = right.dark.iter().map(question).collect();
    let starts = highest(&points, &questions).into_iter();
    let starts = starts.map(|found| found.and_then(|height| i32::try_from(-height).ok()));
    right
        .dark
        .iter()
        .zip(starts)
        .map(|(zone, start)| (start.map_or(zone.1, |start| start.min(zone.1)), zone.1))
        .collect()
}

/// Who may follow: of strangers and of exact times by time, of one speaker's words otherwise by the words.
struct Followers<'a> {
    timed: Finder<'a>,
    /// Of each speaker, all words, and those without exact times.
    worded: BTreeMap<Origin, [Finder<'a>; 2]>,
    /// Of each speaker, all words, and those of which it is not known how far they reach: these are compared one by one.
    open: BTreeMap<Origin, [Vec<&'a Moment>; 2]>,
}

impl<'a> Followers<'a> {
    fn of(set: &'a MomentSet) -> Followers<'a> {
        let timed = Finder::of(set.moments.iter().collect(), |m| m.start_lo, |m| (m.start_hi, m.end_hi));
        let mut speakers: BTreeMap<Origin, Vec<&Moment>> = BTreeMap::new();
        for m in set.moments.iter().filter(|m| m.words().is_some()) {
            speakers.entry(m.origin).or_default().push(m);
        }
        let unknown = |own: &Vec<&'a Moment>| own.iter().copied().filter(|m| m.is_open()).collect();
        let open = speakers.iter().map(|(origin, own)| (*origin, [own.clone(), unknown(own)])).collect();
        speakers.values_mut().for_each(|own| own.retain(|m| !m.is_open()));
        let worded = |moments: Vec<&'a Moment>| Finder::of(moments, first, |m| (-m.start_lo, 0));
        let both = |(origin, moments): (Origin, Vec<&'a Moment>)| {
            let inexact = moments.iter().copied().filter(|m| !is_exact(m)).collect();
            (origin, [worded(moments), worded(inexact)])
        };
        Followers { timed, worded: speakers.into_iter().map(both).collect(), open }
    }

    /// Those that may follow `a` and start at most so much after it, each once and in order.
    fn of_one(&self, a: &Moment, reach: i64) -> Vec<&'a Moment> {
        let latest = clamp(i64::from(a.end_hi) + reach);
        let mut found = self.timed.find(i32::MIN, latest, (a.start_lo, a.end_lo));
        let known = a.words().filter(|_| !a.is_open());
        if let Some(([all, inexact], (_, last))) = self.worded.get(&a.origin).zip(known) {
            let by_time = |b: &Moment| b.words().is_none() || (is_exact(a) && is_exact(b));
            found.retain(|b| b.origin != a.origin || by_time(b));
            let own = if is_exact(a) { inexact } else { all };
            let after = i32::try_from(last).unwrap_or(i32::MAX).saturating_add(1);
            found.extend(own.find(after, i32::MAX, (latest.saturating_neg().saturating_sub(1), -1)));
        }
        if let Some([all, open]) = self.open.get(&a.origin).filter(|_| a.words().is_some()) {
            let either = |b: &Moment| a.is_open() || b.is_open();
            found.retain(|b| b.origin != a.origin || b.words().is_none() || !either(b));
            let own = if a.is_open() { all } else { open };
            found.extend(own.iter().inspect(|_| work::step()).filter(|b| b.start_lo <= latest));
        }
        found.sort_by_key(|b| b.key());
        found
    }
}

fn first(m: &Moment) -> i32 {
    i32::try_from(m.first).unwrap_or(i32::MAX)
}

/// Moments by a key, in a tree whose nodes know the greatest of two measures below them.
struct Finder<'a> {
    sorted: Vec<(i32, &'a Moment)>,
    leaves: usize,
    greatest: Vec<(i32, i32)>,
}

const NONE: (i32, i32) = (i32::MIN, i32::MIN);

impl<'a> Finder<'a> {
    fn of(moments: Vec<&'a Moment>, key: fn(&Moment) -> i32, measures: fn(&Moment) -> (i32, i32)) -> Finder<'a> {
        let mut sorted: Vec<(i32, &Moment)> = moments.into_iter().map(|m| (key(m), m)).collect();
        sorted.sort_by_key(|(key, _)| *key);
        let leaves = sorted.len().next_power_of_two();
        let mut greatest = vec![NONE; leaves];
        greatest.extend(sorted.iter().map(|(_, m)| measures(m)));
        greatest.resize(2 * leaves, NONE);
        let mut tree = Finder { sorted, leaves, greatest };
        for node in (1..leaves).rev() {
            let (left, right) = (tree.at(2 * node), tree.at(2 * node + 1));
            if let Some(slot) = tree.greatest.get_mut(node) {
                *slot = (left.0.max(right.0), left.1.max(right.1));
            }
        }
        tree
    }

    fn at(&self, node: usize) -> (i32, i32) {
        self.greatest.get(node).copied().unwrap_or(NONE)
    }

    /// Those with a key in `[from, to]` and both measures above these.
    fn find(&self, from: i32, to: i32, above: (i32, i32)) -> Vec<&'a Moment> {
        let from = self.sorted.partition_point(|(key, _)| *key < from);
        let to = self.sorted.partition_point(|(key, _)| *key <= to);
        let mut found = Vec::new();
        let mut open = vec![(1, 0, self.leaves)];
        while let Some((node, start, size)) = open.pop() {
            work::step();
            let measures = self.at(node);
            if start >= to || start + size <= from || measures.0 <= above.0 || measures.1 <= above.1 {
                continue;
            }
            if size == 1 {
                found.extend(self.sorted.get(start).map(|(_, m)| *m));
            } else {
                let half = size / 2;
                open.push((2 * node + 1, start + half, half));
                open.push((2 * node, start, half));
            }
        }
        found
    }
}
