//! Measures without their guard: a value over nothing cannot be told, so what it is measured over must be asked for
//! first. Two patterns are the same if their words are: within one file a name means one thing.

use super::{Checker, messages};
use crate::checked::value::{Sample, Value, ValueKind};
use crate::checked::{Condition, ConditionKind, Criterion, Moments, MomentsKind, Partly};
use grille_grammar::source::Span;

impl Checker<'_> {
    /// Warns of measures of a criterion that have nothing to measure where nothing guards them.
    pub(crate) fn unguarded(&mut self, criterion: &Criterion) {
        let mut guards: Vec<String> = Vec::new();
        criterion.applies.iter().for_each(|c| self.present(c, &mut guards));
        if let Some(whenever) = &criterion.whenever {
            guards.push(self.key(&whenever.trigger));
        }
        let steps = criterion.partly.iter().filter_map(|step| match &step.partly {
            Partly::When(condition) => Some(condition),
            Partly::OfThem(_) => None,
        });
        let expect = criterion.whenever.as_ref().map(|w| &w.expect);
        let clauses = [criterion.not_met.as_ref(), criterion.met.as_ref(), criterion.excused.as_ref(), expect];
        for clause in clauses.into_iter().flatten().chain(steps) {
            self.look_into(clause, &guards);
        }
    }

    fn look_into(&mut self, condition: &Condition, guards: &[String]) {
        let mut inner = guards.to_vec();
        match &condition.kind {
            ConditionKind::Compare(_, left, right) => {
                self.value_unguarded(left, guards);
                self.value_unguarded(right, guards);
            }
            ConditionKind::And(parts) => {
                parts.iter().for_each(|p| self.present(p, &mut inner));
                parts.iter().for_each(|p| self.look_into(p, &inner));
            }
            ConditionKind::Or(parts) => {
                parts.iter().for_each(|p| self.absent(p, &mut inner));
                parts.iter().for_each(|p| self.look_into(p, &inner));
            }
            ConditionKind::Not(part) => self.look_into(part, guards),
            ConditionKind::Any(_)
            | ConditionKind::No(_)
            | ConditionKind::Every(..)
            | ConditionKind::Count(..)
            | ConditionKind::InOrder(_)
            | ConditionKind::Attribute(..)
            | ConditionKind::OnlyAfter(..) => {}
        }
    }

    /// What is surely there where the condition holds.
    fn present(&self, condition: &Condition, into: &mut Vec<String>) {
        match &condition.kind {
            ConditionKind::Any(moments) => into.push(self.key(moments)),
            ConditionKind::Count(moments, bounds) if bounds.least > 0 && !bounds.outside => {
                into.push(self.key(moments));
            }
            ConditionKind::And(parts) => parts.iter().for_each(|p| self.present(p, into)),
            ConditionKind::Not(inner) => self.absent(inner, into),
            _ => {}
        }
    }

    /// What is surely there where the condition does not hold.
    fn absent(&self, condition: &Condition, into: &mut Vec<String>) {
        match &condition.kind {
            ConditionKind::No(moments) => into.push(self.key(moments)),
            ConditionKind::Or(parts) => parts.iter().for_each(|p| self.absent(p, into)),
            ConditionKind::Not(inner) => self.present(inner, into),
            _ => {}
        }
    }

    fn value_unguarded(&mut self, value: &Value, guards: &[String]) {
        match &value.kind {
            ValueKind::Aggregate(_, Sample::Lengths(over))
            | ValueKind::Aggregate(_, Sample::Levels(_, Some(over)) | Sample::Pitches(_, Some(over)))
            | ValueKind::Share(_, over)
            | ValueKind::SpeechRate(_, Some(over)) => self.must_be_guarded(over, value.span, guards),
            ValueKind::PerMinute(of) | ValueKind::PercentOf(_, of) | ValueKind::Relative(of, _) => {
                self.value_unguarded(of, guards);
            }
            ValueKind::Constant(_)
            | ValueKind::Attribute(_)
            | ValueKind::Count(_)
            | ValueKind::Total(_)
            | ValueKind::TalkShare(_)
            | ValueKind::SpeechRate(_, None)
            | ValueKind::Aggregate(..) => {}
        }
    }

    fn must_be_guarded(&mut self, over: &Moments, span: Span, guards: &[String]) {
        let key = self.key(over);
        if matches!(over.kind, MomentsKind::Conversation | MomentsKind::It) || guards.contains(&key) {
            return;
        }
        let words = self.words(span).to_owned();
        self.report(messages::unguarded_measure(&words, &key, span));
    }

    /// The words of a pattern, without blanks and parentheses that mean nothing.
    fn key(&self, moments: &Moments) -> String {
        match &moments.kind {
            MomentsKind::ResponseGap(role) => format!("response gap of {}", role.words()),
            _ => self.words(moments.span).split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }
}
