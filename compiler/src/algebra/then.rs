//! `then`: from one moment to another that it precedes, for every such pair. Costs what it lists, not what it looks at.

use super::finder::Finder;
use super::is_past_limit;
use super::order::{clamp, is_exact, precedes};
use super::sweep::{NOBODY, Point, Question, highest};
use super::zones::Reaches;
use grille_evidence::moment::{Edges, Moment, MomentSet, NO_WORD, Origin, Zone};
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
        edges: Edges::default(),
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
    set: &'a [Moment],
    timed: Finder,
    /// Of each speaker, all words, and those without exact times.
    worded: BTreeMap<Origin, [Finder; 2]>,
}

impl<'a> Followers<'a> {
    fn of(set: &'a MomentSet) -> Followers<'a> {
        let all = || set.moments.iter().enumerate();
        let timed = Finder::of(all(), |m| m.start_lo, |m| (m.start_hi, m.end_hi));
        let mut speakers: BTreeMap<Origin, Vec<(usize, &Moment)>> = BTreeMap::new();
        for (place, m) in all().filter(|(_, m)| m.words().is_some()) {
            speakers.entry(m.origin).or_default().push((place, m));
        }
        let worded = |own: Vec<(usize, &Moment)>| Finder::of(own.into_iter(), first, |m| (-m.start_lo, 0));
        let both = |(origin, own): (Origin, Vec<(usize, &'a Moment)>)| {
            let inexact = own.iter().copied().filter(|(_, m)| !is_exact(m)).collect();
            (origin, [worded(own), worded(inexact)])
        };
        Followers { set: &set.moments, timed, worded: speakers.into_iter().map(both).collect() }
    }

    /// Those that may follow `a` and start at most so much after it, each once and in order.
    fn of_one(&self, a: &Moment, reach: i64) -> impl Iterator<Item = &'a Moment> {
        let latest = clamp(i64::from(a.end_hi) + reach);
        let at = |place: &usize| self.set.get(*place);
        let mut found = self.timed.find(i32::MIN, latest, (a.start_lo, a.end_lo));
        if let Some(([all, inexact], (_, last))) = self.worded.get(&a.origin).zip(a.words()) {
            let by_time = |b: &Moment| b.words().is_none() || (is_exact(a) && is_exact(b));
            found.retain(|place| at(place).is_some_and(|b| b.origin != a.origin || by_time(b)));
            let own = if is_exact(a) { inexact } else { all };
            let after = i32::try_from(last).unwrap_or(i32::MAX).saturating_add(1);
            found.extend(own.find(after, i32::MAX, (latest.saturating_neg().saturating_sub(1), -1)));
        }
        found.sort_unstable();
        let set = self.set;
        found.into_iter().filter_map(move |place| set.get(place))
    }
}

fn first(m: &Moment) -> i32 {
    i32::try_from(m.first).unwrap_or(i32::MAX)
}
