//! Margins and nearest misses of windows, lengths and relations: the least excess over the edge, over moments that
//! fail only that test (language, section 12).

use super::{Explainer, cite, fields, nearest};
use crate::algebra::answers::Answers;
use crate::algebra::boundary::boundary;
use crate::algebra::filter::each_passes;
use crate::algebra::floor::Floor;
use crate::algebra::relation::Relation;
use crate::algebra::{event, words};
use crate::plan::event::FieldName;
use crate::plan::{Edge, Extent, FilterOp, LengthBound, NodeId, Side};
use grille_evidence::call::TimeOrigin;
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::trace::{Amount, AmountUnit, Reason, ReasonCode};
use grille_evidence::truth::Truth;
use std::cmp::Reverse;

impl Explainer<'_> {
    /// How far inside a window the best moment lies.
    pub(crate) fn margin(&self, filter: &FilterOp, set: &MomentSet) -> Option<Amount> {
        let FilterOp::Window { edge, extent } = filter else { return None };
        set.sure().map(|m| -self.excess(*edge, *extent, m)).max().map(cite::millis)
    }

    /// Milliseconds past the edge; negative inside. Where the edge is known within bounds: past the far one, or inside
    /// the near one.
    fn excess(&self, edge: Edge, extent: Extent, m: &Moment) -> i64 {
        let (lo, hi) = boundary(edge, extent, self.facts);
        let past = |at: i64| match edge {
            Edge::First => i64::from(m.end) - at,
            Edge::StartingFirst => i64::from(m.start) - at + 1,
            Edge::Last => at - i64::from(m.start),
        };
        let (near, far) = if edge == Edge::Last { (hi, lo) } else { (lo, hi) };
        if past(far) > 0 { past(far) } else { past(near) }
    }

    /// Why none of `base` surely passes.
    pub(crate) fn why_not_passed(
        &self,
        filter: &FilterOp,
        base_id: NodeId,
        base: &MomentSet,
        right: Option<&MomentSet>,
    ) -> Vec<Reason> {
        let told = each_passes(filter, base, right, self.facts);
        let pairs = || base.moments.iter().zip(&told);
        let unsure = pairs().find(|(_, told)| **told == Truth::CannotTell).map(|(m, _)| m);
        let right_is_dark = right.is_some_and(|r| !r.dark.is_empty() || r.moments.iter().any(|m| !m.is_sure()));
        if let Some(moment) = unsure {
            let code = match filter.right().filter(|_| right_is_dark) {
                Some(other) => match (Relation::of(filter), right) {
                    (Some((relation, _)), Some(others)) => {
                        return self.doubt_beside(base_id, moment, other, others, relation).into_iter().collect();
                    }
                    _ => self.doubt_about(other),
                },
                None => self.unsure_of(filter, moment),
            };
            return vec![self.reason(code, base_id, None, Some(self.evidence(moment)))];
        }
        let failing = pairs().filter(|(_, told)| **told == Truth::No);
        let misses = failing.filter_map(|(m, _)| self.miss(filter, m, right));
        let nearest = misses.min_by_key(|(_, by, m)| (by.unwrap_or(i64::MAX), m.key()));
        nearest.map(|miss| self.missed(filter, base_id, miss)).into_iter().collect()
    }

    /// Of moments that all fail a test, the one that fails it by most; the first of equals.
    pub(crate) fn greatest_shortfall(
        &self,
        filter: &FilterOp,
        base_id: NodeId,
        failing: &MomentSet,
        right: Option<&MomentSet>,
    ) -> Vec<Reason> {
        let misses = failing.moments.iter().filter_map(|m| self.miss(filter, m, right));
        let worst = misses.min_by_key(|(_, by, m)| (Reverse(by.unwrap_or(i64::MAX)), m.key()));
        worst.map(|miss| self.missed(filter, base_id, miss)).into_iter().collect()
    }

    fn missed(&self, filter: &FilterOp, base: NodeId, (code, by, m): (ReasonCode, Option<i64>, Moment)) -> Reason {
        let unit = match filter {
            FilterOp::Words { .. } => AmountUnit::Words,
            FilterOp::Field(test) => fields::unit(test),
            _ => AmountUnit::Milliseconds,
        };
        self.reason(code, base, by.map(|value| Amount { value, unit }), Some(self.evidence(&m)))
    }

    /// Why it cannot be told whether a moment passes, where this hangs on no other moment.
    fn unsure_of(&self, filter: &FilterOp, moment: &Moment) -> ReasonCode {
        let FilterOp::Field(test) = filter else {
            let exact = moment.start_lo == moment.start_hi && moment.end_lo == moment.end_hi;
            let measured = self.facts.source.times == TimeOrigin::Measured && exact;
            return if measured { ReasonCode::NotHeard } else { ReasonCode::TimesUnsure };
        };
        let said = self.facts.event(moment).is_some_and(|event| event::given(event, &test.field));
        match event::carried(&test.field, moment, self.facts) {
            _ if said && matches!(test.field, FieldName::Own(..)) => ReasonCode::Unfit,
            _ if said => ReasonCode::RolesUnknown,
            true => ReasonCode::Missing,
            false => ReasonCode::NotCarried,
        }
    }

    /// A window after a moment that the end of the conversation cut short: how much of it was left.
    pub(crate) fn cut_by_end(&self, filter: &FilterOp, base_id: NodeId, base: &MomentSet) -> Option<Reason> {
        let within = match filter {
            FilterOp::Relation { side: Side::Before, within: Some(within), .. }
            | FilterOp::Answered { within, .. }
            | FilterOp::LeftOpen { millis: within } => within,
            _ => return None,
        };
        let end = i64::from(self.facts.conversation.end_ms);
        let cut = base.moments.iter().find(|m| i64::from(m.end) + i64::from(*within) > end)?;
        let left = cite::millis(end - i64::from(cut.end));
        Some(self.reason(ReasonCode::CutByEnd, base_id, Some(left), Some(self.evidence(cut))))
    }

    fn miss(
        &self,
        filter: &FilterOp,
        m: &Moment,
        right: Option<&MomentSet>,
    ) -> Option<(ReasonCode, Option<i64>, Moment)> {
        let length = i64::from(m.end) - i64::from(m.start);
        let (code, by) = match filter {
            FilterOp::Window { edge, extent } => {
                let code = if *edge == Edge::Last { ReasonCode::Early } else { ReasonCode::Late };
                (code, Some(self.excess(*edge, *extent, m)))
            }
            FilterOp::Length { bound: LengthBound::AtLeast(d) } => (ReasonCode::TooShort, Some(i64::from(*d) - length)),
            FilterOp::Length { bound: LengthBound::LongerThan(d) } => {
                (ReasonCode::TooShort, Some(i64::from(*d) - length + 1))
            }
            FilterOp::Length { bound: LengthBound::ShorterThan(d) } => {
                (ReasonCode::TooLong, Some(length - i64::from(*d) + 1))
            }
            FilterOp::Answered { within, with, negated } => {
                let answers = Answers::new(self.facts, *within, right.filter(|_| with.is_some()));
                return Some(unanswered(&answers, *within, *negated, m));
            }
            FilterOp::LeftOpen { millis } => {
                let next = Floor::new(self.facts, *millis).next_word(m)?;
                (ReasonCode::Resumed, Some(i64::from(m.end) + i64::from(*millis) - i64::from(next.start)))
            }
            FilterOp::Words { most, .. } => (ReasonCode::TooFar, Some(words::excess(self.facts, m, right?, *most)?)),
            FilterOp::Field(test) => fields::miss(test, self.facts.event(m)),
            FilterOp::Relation { .. } | FilterOp::Placed { .. } => nearest::miss(filter, m, right?)?,
        };
        Some((code, by, *m))
    }
}

/// Why a moment is not answered in time and as wanted; or by what it is, where it should not be.
fn unanswered(answers: &Answers<'_>, within: i32, negated: bool, m: &Moment) -> (ReasonCode, Option<i64>, Moment) {
    if let Some(answer) = answers.first(m) {
        let code = if negated { ReasonCode::Answered } else { ReasonCode::AnsweredOtherwise };
        return (code, None, *answer);
    }
    if let Some(late) = answers.late(m) {
        let by = i64::from(late.start) - i64::from(m.end) - i64::from(within);
        return (ReasonCode::Late, Some(by), *late);
    }
    match answers.next_turn(m) {
        Some(next) if i64::from(next.start) - i64::from(m.end) <= i64::from(within) => {
            (ReasonCode::Resumed, None, *next)
        }
        _ => (ReasonCode::NeverAnswered, None, *m),
    }
}
