//! Criteria: their parameters and clauses.

use super::attributes::known_if;
use super::instances::Chosen;
use super::names::shown;
use super::{Checker, Context, messages};
use crate::checked::{
    Condition, ConditionKind, Criterion, Element, Moments, MomentsKind, Partly, PartlyStep, Pattern, Whenever,
};
use grille_evidence::executable::CriterionKind;
use grille_evidence::truth::MOST_STEPS;
use grille_evidence::value::Dimension;
use grille_grammar::ast::{self, Clause, ClauseKind, Parameter, Quantity, Unit};
use grille_grammar::source::Span;

/// Types that a parameter can have.
const PARAMETER_TYPES: [&str; 7] = ["duration", "share", "count", "rate", "level", "frequency", "semitones"];

impl Checker<'_> {
    pub(crate) fn criterion(
        &mut self,
        criterion: &ast::Criterion,
        module: usize,
        chosen: Option<Chosen>,
    ) -> Option<Criterion> {
        self.size = 0;
        let name = shown(self.modules, module, &criterion.name.text);
        let title = criterion.title.as_ref().map_or_else(|| criterion.name.text.clone(), |t| t.text.clone());
        let mut sound = chosen.is_some();
        let (parameters, shown) = chosen.map_or_else(Default::default, |c| (c.quantities, c.shown));
        let cx = Context { module, parameters, ..Context::default() };
        let mut checked = bare(name, title, criterion.span);
        checked.parameters = shown;
        let mut applied = cx.clone();
        for clause in &criterion.clauses {
            if let ClauseKind::AppliesWhen(condition) = &clause.kind {
                applied.known.extend(known_if(condition, true));
            }
        }
        for clause in &criterion.clauses {
            let cx = if matches!(clause.kind, ClauseKind::AppliesWhen(_)) { &cx } else { &applied };
            sound &= self.clause(clause, &mut checked, cx).is_some();
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
        sound &= self.falling_steps(criterion, &checked).is_some();
        sound.then_some(checked)
    }

    /// Several steps of partly met say what each is worth, and each is worth less than the one before it.
    fn falling_steps(&mut self, criterion: &ast::Criterion, checked: &Criterion) -> Option<()> {
        let steps = criterion.clauses.iter().filter(|c| is_step(&c.kind)).map(|c| c.span);
        let steps: Vec<(Span, Option<i64>)> = steps.zip(checked.partly.iter().map(|s| s.worth)).collect();
        if let Some((span, _)) = steps.get(MOST_STEPS) {
            let what = format!("there are more than {MOST_STEPS} steps of partly met");
            self.report(messages::unfit_steps(&what, "take the last ones out", *span));
            return None;
        }
        let mut sound = Some(());
        if let [_, _, ..] = steps.as_slice() {
            for (span, _) in steps.iter().filter(|(_, worth)| worth.is_none()) {
                let what = "one of several steps of partly met does not say what it is worth";
                self.report(messages::unfit_steps(what, "write for instance `partly met 50 % when …`", *span));
                sound = None;
            }
        }
        for pair in steps.windows(2) {
            if let [(_, Some(before)), (span, Some(after))] = pair
                && after >= before
            {
                let what = "this step of partly met is worth no less than the one before it";
                let help = "the first step that holds counts, so write the one that is worth most first";
                self.report(messages::unfit_steps(what, help, *span));
                sound = None;
            }
        }
        sound
    }

    pub(crate) fn parameter_value(&mut self, parameter: &Parameter) -> Option<Quantity> {
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
        self.of_type(&parameter.ty.text, value).map(|()| value.clone())
    }

    /// Is the quantity one of this type? Reports where it is not.
    pub(crate) fn of_type(&mut self, ty: &str, value: &Quantity) -> Option<()> {
        let bound = ast::Bound::Literal(value.clone());
        let cx = Context::default();
        match ty {
            "duration" => self.duration(&bound, &cx).map(|_| ()),
            "share" => self.share(value).map(|_| ()),
            "count" => self.count(&bound, &cx).map(|_| ()),
            other => self.fits_dimension(value, other).then_some(()),
        }
    }

    /// Is the value of one of the dimensions that a type names?
    fn fits_dimension(&mut self, value: &Quantity, ty: &str) -> bool {
        let (allowed, what, help): (&[Dimension], _, _) = match ty {
            "rate" => (
                &[Dimension::WordRate, Dimension::SyllableRate, Dimension::PerMinute],
                "a rate",
                "write it as `180 words/min` or `2 per min`",
            ),
            "level" => (&[Dimension::Level, Dimension::LevelDifference], "a level", "write it as `-20 dBFS` or `6 dB`"),
            "frequency" => (&[Dimension::Frequency], "a frequency", "write it as `200 Hz`"),
            _ => (&[Dimension::PitchDifference], "a difference of pitch", "write it as `3 semitones`"),
        };
        let fits = self.number(value).is_some_and(|v| allowed.contains(&v.dimension));
        if !fits {
            self.unfit_unit(value, what, help);
        }
        fits
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
                let worth = self.worth(worth.as_ref());
                let partly = Partly::When(self.condition(condition, cx)?);
                into.partly.push(PartlyStep { partly, worth: worth? });
            }
            ClauseKind::PartlyMetOfThem { worth, share } => {
                let worth = self.worth(worth.as_ref());
                let partly = Partly::OfThem(self.share(share)?);
                into.partly.push(PartlyStep { partly, worth: worth? });
            }
            ClauseKind::Whenever { trigger, once_per, expect } => {
                let trigger = self.moments(trigger, cx);
                let spoken = trigger.as_ref().and_then(|t| self.spoken(t, None));
                let period = once_per.as_ref().map(|d| self.positive_duration(d, "a window", cx));
                let occasion_events = trigger.as_ref().and_then(|t| self.event_kinds(t, cx));
                let inside = Context { occasion: true, spoken, occasion_events, ..cx.clone() };
                let expect = self.condition(expect, &inside);
                if period == Some(None) {
                    return None;
                }
                into.whenever = Some(Whenever { trigger: trigger?, once_per: period.flatten(), expect: expect? });
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

/// A criterion without clauses.
pub(crate) fn bare(name: String, title: String, span: Span) -> Criterion {
    Criterion {
        name,
        title,
        coaching: None,
        kind: CriterionKind::Declared,
        parameters: Vec::new(),
        span,
        applies: None,
        whenever: None,
        not_met: None,
        met: None,
        partly: Vec::new(),
        excused: None,
    }
}

fn is_step(kind: &ClauseKind) -> bool {
    matches!(kind, ClauseKind::PartlyMetWhen { .. } | ClauseKind::PartlyMetOfThem { .. })
}

fn unguarded_words(moments: &Moments) -> Option<Span> {
    match &moments.kind {
        MomentsKind::Says(says) if !says.unless_negated && can_be_denied(&says.pattern) => Some(moments.span),
        MomentsKind::Filter(base, _) => unguarded_words(base),
        _ => None,
    }
}

/// Does it look for words? A number that is denied is said all the same.
fn can_be_denied(pattern: &Pattern) -> bool {
    fn has_words(elements: &[Element]) -> bool {
        elements.iter().any(|element| match element {
            Element::Exact(_) | Element::Prefix(_) | Element::Stem(_) | Element::Sound(_) => true,
            Element::AnyWord | Element::Class(_) | Element::Gap(_) => false,
            Element::OneOf(alternatives) => alternatives.iter().any(|alternative| has_words(alternative)),
            Element::Optional(inner) => has_words(inner),
        })
    }
    pattern.parts.iter().flat_map(|part| &part.phrases).any(|phrase| has_words(&phrase.elements))
}
