//! Margins and nearest misses of windows, lengths and relations: the least excess over the edge, over moments that
//! fail only that test (language, section 12).

use super::{Explainer, cite, nearest};
use crate::algebra::filter::passes;
use crate::algebra::order::extent_millis;
use crate::algebra::window::Others;
use crate::plan::{Edge, Extent, FilterOp, LengthBound, NodeId, Side};
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::trace::{Amount, Reason, ReasonCode};
use grille_evidence::truth::Truth;

impl Explainer<'_> {
    /// How far inside a window the best moment lies.
    pub(crate) fn margin(&self, filter: &FilterOp, set: &MomentSet) -> Option<Amount> {
        let FilterOp::Window { edge, extent } = filter else { return None };
        set.sure().map(|m| -self.excess(*edge, *extent, m)).max().map(cite::millis)
    }

    /// Milliseconds past the edge; negative inside.
    fn excess(&self, edge: Edge, extent: Extent, m: &Moment) -> i64 {
        let conversation = &self.facts.conversation;
        let (start, end) = (i64::from(conversation.start_ms), i64::from(conversation.end_ms));
        let length = extent_millis(extent, conversation, edge == Edge::StartingFirst);
        match edge {
            Edge::First => i64::from(m.end) - (start + length),
            Edge::StartingFirst => i64::from(m.start) - (start + length) + 1,
            Edge::Last => (end - length) - i64::from(m.start),
        }
    }

    /// Why none of `base` surely passes.
    pub(crate) fn why_not_passed(
        &self,
        filter: &FilterOp,
        base_id: NodeId,
        base: &MomentSet,
        right: Option<&MomentSet>,
    ) -> Vec<Reason> {
        let others = right.map(Others::of);
        let told = |m: &Moment| passes(filter, m, others.as_ref(), self.facts);
        let unsure = base.moments.iter().find(|m| told(m) == Truth::CannotTell);
        let right_is_dark = right.is_some_and(|r| !r.dark.is_empty() || r.moments.iter().any(|m| !m.is_sure()));
        if let Some(moment) = unsure {
            let code = match filter.right().filter(|_| right_is_dark) {
                Some(right) => self.doubt_about(right),
                None => ReasonCode::TimesUnsure,
            };
            return vec![self.reason(code, base_id, None, Some(self.evidence(moment)))];
        }
        let failing = base.moments.iter().filter(|m| told(m) == Truth::No);
        let misses = failing.filter_map(|m| self.miss(filter, m, right));
        let nearest = misses.min_by_key(|(_, by, m)| (by.unwrap_or(i64::MAX), m.key()));
        let reason =
            nearest.map(|(code, by, m)| self.reason(code, base_id, by.map(cite::millis), Some(self.evidence(&m))));
        reason.into_iter().collect()
    }

    /// A window after a moment that the end of the conversation cut short: how much of it was left.
    pub(crate) fn cut_by_end(&self, filter: &FilterOp, base_id: NodeId, base: &MomentSet) -> Option<Reason> {
        let FilterOp::Relation { side: Side::Before, within: Some(within), .. } = filter else { return None };
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
            FilterOp::Relation { .. } | FilterOp::Placed { .. } => nearest::miss(filter, m, right?)?,
        };
        Some((code, by, *m))
    }
}
