//! Labels of moments: what they are drawn from, joined by union through every operator and name.

use super::Checker;
use crate::checked::labels::Labels;
use crate::checked::{Condition, ConditionKind, Criterion, Filter, Moments, MomentsKind, Partly};
use crate::plan::measure::Voice;

impl Checker<'_> {
    /// What moments are drawn from.
    pub(crate) fn labels(&self, moments: &Moments) -> Labels {
        match &moments.kind {
            MomentsKind::Named(index) => self.program.moments.get(*index).map_or(Labels::NONE, |m| m.labels),
            MomentsKind::Says(says) => Labels::WORDS.with(Labels::of(says.role)),
            MomentsKind::Turn(role) | MomentsKind::Question(role) | MomentsKind::ResponseGap(role) => {
                Labels::WORDS.with(Labels::of(*role))
            }
            MomentsKind::Interrupts(one, other, _) => Labels::WORDS.with(Labels::of(*one)).with(Labels::of(*other)),
            MomentsKind::SpeechActivity(Voice::Both) => Labels::VOICE.with(Labels::BOTH),
            MomentsKind::SpeechActivity(Voice::Of(role)) => Labels::VOICE.with(Labels::of(*role)),
            MomentsKind::Silence | MomentsKind::Overlap => Labels::WORDS,
            MomentsKind::Event(_) | MomentsKind::It | MomentsKind::Conversation => Labels::NONE,
            MomentsKind::Filter(base, filter) => self.labels(base).with(self.filter_labels(filter)),
            MomentsKind::Union(parts) => parts.iter().map(|p| self.labels(p)).collect(),
            MomentsKind::Except(left, right)
            | MomentsKind::Minus(left, right)
            | MomentsKind::Phase(left, right, _)
            | MomentsKind::Then(left, _, right) => self.labels(left).with(self.labels(right)),
            MomentsKind::Ordinal(_, base) => self.labels(base),
        }
    }

    fn filter_labels(&self, filter: &Filter) -> Labels {
        match filter {
            Filter::Relation { right, .. } | Filter::Words { right, .. } | Filter::Placed(_, right) => {
                self.labels(right)
            }
            Filter::Answered { with: Some(with), .. } => self.labels(with),
            Filter::Answered { with: None, .. } | Filter::LeftOpen(_) => Labels::WORDS.with(Labels::BOTH),
            Filter::Window(..) | Filter::Length(_) | Filter::Field(_) => Labels::NONE,
        }
    }

    /// What a condition is drawn from.
    pub(crate) fn condition_labels(&self, condition: &Condition) -> Labels {
        match &condition.kind {
            ConditionKind::Any(base) | ConditionKind::No(base) | ConditionKind::Count(base, _) => self.labels(base),
            ConditionKind::Every(base, filter) => self.labels(base).with(self.filter_labels(filter)),
            ConditionKind::InOrder(members) => members.iter().map(|m| self.labels(m)).collect(),
            ConditionKind::OnlyAfter(left, right) => self.labels(left).with(self.labels(right)),
            ConditionKind::Compare(_, left, right) => left.labels.with(right.labels),
            ConditionKind::Attribute(..) => Labels::NONE,
            ConditionKind::And(parts) | ConditionKind::Or(parts) => {
                parts.iter().map(|p| self.condition_labels(p)).collect()
            }
            ConditionKind::Not(inner) => self.condition_labels(inner),
        }
    }

    /// What a criterion is drawn from, all its clauses together.
    pub(crate) fn criterion_labels(&self, criterion: &Criterion) -> Labels {
        let steps = criterion.partly.iter().filter_map(|step| match &step.partly {
            Partly::When(condition) => Some(condition),
            Partly::OfThem(_) => None,
        });
        let clauses = [&criterion.applies, &criterion.not_met, &criterion.met, &criterion.excused];
        let own = clauses.into_iter().flatten().chain(steps).map(|c| self.condition_labels(c));
        let occasions =
            criterion.whenever.iter().map(|w| self.labels(&w.trigger).with(self.condition_labels(&w.expect)));
        own.chain(occasions).collect()
    }
}
