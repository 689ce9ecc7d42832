//! Criteria: their parameters and clauses.

use super::names::{Declared, shown};
use super::{Checker, Context, messages};
use crate::checked::{Condition, ConditionKind, Criterion, Moments, MomentsKind, Partly};
use grille_grammar::ast::{self, Clause, ClauseKind, Item, Parameter, Quantity, Unit};
use grille_grammar::source::Span;

/// Types that a parameter can have.
const PARAMETER_TYPES: [&str; 3] = ["duration", "share", "count"];

impl Checker<'_> {
    /// A criterion: index into the program's; checked once.
    pub(crate) fn named_criterion(&mut self, declared: Declared) -> Option<usize> {
        if let Some(known) = self.criteria.get(&declared) {
            return *known;
        }
        let Some(Item::Criterion(criterion)) = self.item(declared) else { return None };
        self.guard_name(&criterion.name.text, criterion.name.span);
        if let Some(title) = &criterion.title {
            self.guard_name(&title.text, title.span);
        }
        let index = self.criterion(criterion, declared.module).map(|checked| {
            self.program.criteria.push(checked);
            self.program.criteria.len() - 1
        });
        self.criteria.insert(declared, index);
        index
    }

    fn criterion(&mut self, criterion: &ast::Criterion, module: usize) -> Option<Criterion> {
        let name = shown(self.modules, module, &criterion.name.text);
        let title = criterion.title.as_ref().map_or_else(|| criterion.name.text.clone(), |t| t.text.clone());
        let mut cx = Context { module, ..Context::default() };
        let mut sound = true;
        for parameter in &criterion.parameters {
            match self.parameter_value(parameter) {
                Some(value) => drop(cx.parameters.insert(parameter.name.text.clone(), value)),
                None => sound = false,
            }
        }
        let mut checked = Criterion {
            name,
            title,
            coaching: None,
            span: criterion.span,
            applies: None,
            whenever: None,
            not_met: None,
            met: None,
            partly: None,
            partly_worth: None,
            excused: None,
        };
        for clause in &criterion.clauses {
            sound &= self.clause(clause, &mut checked, &cx).is_some();
        }
        let decides = criterion.clauses.iter().any(|c| {
            matches!(c.kind, ClauseKind::MetWhen(_) | ClauseKind::NotMetWhen(_) | ClauseKind::Whenever { .. })
        });
        if !decides {
            self.report(messages::nothing_decides(
                &criterion.name.text,
                "never says when it is met or not met",
                criterion.name.span,
            ));
            sound = false;
        }
        sound.then_some(checked)
    }

    fn parameter_value(&mut self, parameter: &Parameter) -> Option<Quantity> {
        let name = &parameter.name.text;
        if !PARAMETER_TYPES.contains(&parameter.ty.text.as_str()) {
            let what = format!("has a type that is not known: `{}`", parameter.ty.text);
            self.report(messages::unfit_parameter(name, &what, parameter.ty.span));
            return None;
        }
        let Some(value) = &parameter.default else {
            self.report(messages::unfit_parameter(name, "has no value", parameter.span));
            return None;
        };
        let bound = ast::Bound::Literal(value.clone());
        let cx = Context::default();
        let fits = match parameter.ty.text.as_str() {
            "duration" => self.duration(&bound, &cx).is_some(),
            "share" => self.share(value).is_some(),
            _ => self.count(&bound, &cx).is_some(),
        };
        fits.then(|| value.clone())
    }

    fn clause(&mut self, clause: &Clause, into: &mut Criterion, cx: &Context) -> Option<()> {
        match &clause.kind {
            ClauseKind::AppliesWhen(e) => into.applies = Some(self.condition(e, cx)?),
            ClauseKind::ExcusedWhen(e) => into.excused = Some(self.condition(e, cx)?),
            ClauseKind::MetWhen(e) => into.met = Some(self.condition(e, cx)?),
            ClauseKind::NotMetWhen(e) => {
                let condition = self.condition(e, cx)?;
                self.prohibition(&condition);
                into.not_met = Some(condition);
            }
            ClauseKind::PartlyMetWhen { worth, condition } => {
                into.partly_worth = self.worth(worth.as_ref())?;
                self.one_partly(into, clause.span)?;
                into.partly = Some(Partly::When(self.condition(condition, cx)?));
            }
            ClauseKind::PartlyMetOfThem { worth, share } => {
                into.partly_worth = self.worth(worth.as_ref())?;
                self.one_partly(into, clause.span)?;
                into.partly = Some(Partly::OfThem(self.share(share)?));
            }
            ClauseKind::Whenever { trigger, expect } => {
                let trigger = self.moments(trigger, cx);
                let spoken = trigger.as_ref().and_then(|t| self.spoken(t, None));
                let inside = Context { occasion: true, spoken, ..cx.clone() };
                let expect = self.condition(expect, &inside);
                into.whenever = Some((trigger?, expect?));
            }
            ClauseKind::Coaching(text) => into.coaching = Some(text.text.clone()),
        }
        Some(())
    }

    #[allow(clippy::option_option)]
    fn worth(&mut self, worth: Option<&Quantity>) -> Option<Option<i64>> {
        match worth {
            None => Some(None),
            Some(quantity) if quantity.unit == Unit::Percent => self.share(quantity).map(Some),
            Some(quantity) => {
                self.unfit_unit(
                    quantity,
                    "a share",
                    "write what partly met is worth in per cent: `partly met 50 % when …`",
                );
                None
            }
        }
    }

    fn one_partly(&mut self, criterion: &Criterion, span: Span) -> Option<()> {
        if criterion.partly.is_none() {
            return Some(());
        }
        let what = "says twice when it is partly met, and only one step is possible so far";
        self.report(messages::nothing_decides(&criterion.name, what, span));
        None
    }

    /// A prohibition that also strikes who denies: worth a second look.
    fn prohibition(&mut self, condition: &Condition) {
        if let ConditionKind::Any(moments) = &condition.kind
            && let Some(span) = unguarded_words(moments)
        {
            let end = Span { start: span.end, ..span };
            self.report(messages::prohibition_without_negation(span, end));
        }
    }
}

fn unguarded_words(moments: &Moments) -> Option<Span> {
    match &moments.kind {
        MomentsKind::Says(says) if !says.unless_negated => Some(moments.span),
        MomentsKind::Filter(base, _) => unguarded_words(base),
        _ => None,
    }
}
