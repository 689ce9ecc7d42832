//! Which moments of a set can matter to one moment: a stretch of the set's order, found by halving, so that dense
//! sets cost no more than what lies near. Leaves out only what the exact test would refuse.

use super::relation::Relation;
use crate::plan::Side;
use grille_evidence::moment::Moment;

/// Moments in their order with what is needed to look into a part of them.
#[derive(Debug, Clone, Copy)]
pub struct Others<'a> {
    moments: &'a [Moment],
    /// The longest that one of them can be, in milliseconds.
    longest: i64,
    /// The most that a start can differ from what is given, in milliseconds.
    slack: i64,
}

impl<'a> Others<'a> {
    /// Of moments in their order.
    #[must_use]
    pub fn of(moments: &'a [Moment]) -> Others<'a> {
        let most = |measure: fn(&Moment) -> i64| moments.iter().map(measure).max().unwrap_or(0).max(0);
        let longest = most(|m| i64::from(m.end_hi.max(m.end)) - i64::from(m.start_lo.min(m.start)));
        let slack = most(|m| i64::from(m.start_hi.max(m.start)) - i64::from(m.start_lo.min(m.start)));
        Others { moments, longest, slack }
    }

    /// Those whose given start lies in `[from, to]`.
    fn starting(&self, from: i64, to: i64) -> &'a [Moment] {
        let moments = self.moments;
        let begin = moments.partition_point(|m| i64::from(m.start) < from);
        let end = moments.partition_point(|m| i64::from(m.start) <= to);
        moments.get(begin..end).unwrap_or_default()
    }

    /// Those that may lie so to `a`.
    #[must_use]
    pub fn candidates(&self, relation: Relation, a: &Moment) -> &'a [Moment] {
        match relation {
            Relation::Beside(side, within) => self.on_side(side, a, within),
            Relation::Ended => self.on_side(Side::After, a, None),
            Relation::Around | Relation::Holding | Relation::Meeting | Relation::Sharing | Relation::Interrupted(_) => {
                self.near(a)
            }
        }
    }

    fn on_side(&self, side: Side, a: &Moment, within: Option<i32>) -> &'a [Moment] {
        let within = within.map_or(i64::from(i32::MAX), i64::from);
        let (first, last) = (i64::from(a.start_lo.min(a.start)), i64::from(a.end_hi.max(a.end)));
        match side {
            Side::After => {
                let latest = i64::from(a.start_hi.max(a.start)) + self.slack;
                self.starting(first - within - self.longest - self.slack, latest)
            }
            Side::Before => self.starting(first - self.slack, last + within + self.slack),
        }
    }

    /// Those that may share something with `a`.
    fn near(&self, a: &Moment) -> &'a [Moment] {
        let (first, last) = (i64::from(a.start_lo.min(a.start)), i64::from(a.end_hi.max(a.end)));
        self.starting(first - self.longest - self.slack, last + self.slack)
    }
}
