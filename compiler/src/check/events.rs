//! What may be asked of events: which fields those of a kind have, and what can stand in each. Knows nothing of calls.

use super::names::nearest;
use super::{Checker, Context, messages};
use crate::checked::{EventName, Filter, Moments, MomentsKind};
use crate::plan::event::{FieldName, FieldTest, Wanted};
use grille_evidence::attribute::plain;
use grille_evidence::call::{EventKind, Role};
use grille_evidence::event::{EventField, TransferKind};
use grille_grammar::ast::{self, FieldValue, Ident, Written};
use grille_grammar::source::Span;

impl Checker<'_> {
    /// A test on what the events of `base` say of themselves.
    pub(crate) fn field_filter(
        &mut self,
        (field, test, negated): (&Ident, &ast::FieldTest, bool),
        base: &Moments,
        span: Span,
        cx: &Context,
    ) -> Option<Filter> {
        let Some(kinds) = self.event_kinds(base, cx) else {
            self.report(messages::no_event(self.words(span), span));
            return None;
        };
        let own: Vec<String> = kinds.iter().filter_map(own_name).collect();
        if own.len() == kinds.len() {
            return self.own_field_filter(&own, (field, test, negated), cx);
        }
        let kinds: Vec<EventKind> = kinds.iter().filter_map(known_kind).collect();
        if let (Some(name), Some(kind)) = (own.first(), kinds.first()) {
            let either = format!("{}` or `{name}", kind.words());
            self.report(messages::unknown_field(&field.text, &either, &[], None, field.span));
            return None;
        }
        let field = self.field_of(&kinds, field)?;
        let wanted = match test {
            ast::FieldTest::Given => Wanted::Given,
            ast::FieldTest::Is(values) => match values.as_slice() {
                [Written::Word(value) | Written::Text(value)] => self.wanted(field, value)?,
                _ => return self.plain_field(field, span),
            },
            ast::FieldTest::Order(..) => return self.plain_field(field, span),
        };
        Some(Filter::Field(FieldTest { field: FieldName::Known(field), wanted, negated }))
    }

    /// The kinds of events that moments can be; none where they can be something else.
    pub(crate) fn event_kinds(&self, moments: &Moments, cx: &Context) -> Option<Vec<EventName>> {
        match &moments.kind {
            MomentsKind::Event(name) => Some(vec![name.clone()]),
            MomentsKind::Named(index) => self.event_kinds(&self.program.moments.get(*index)?.value, cx),
            MomentsKind::It => cx.occasion_events.clone(),
            MomentsKind::Filter(base, _) | MomentsKind::Ordinal(_, base) | MomentsKind::Except(base, _) => {
                self.event_kinds(base, cx)
            }
            MomentsKind::Union(parts) => {
                let kinds: Option<Vec<_>> = parts.iter().map(|part| self.event_kinds(part, cx)).collect();
                Some(kinds?.concat())
            }
            _ => None,
        }
    }

    /// Fields of the kinds that every call can hold are one text.
    fn plain_field(&mut self, field: EventField, span: Span) -> Option<Filter> {
        let (words, help) = (self.words(span).to_owned(), format!("write `where {} is \"…\"`", field.words()));
        self.report(messages::unknown_choice(&words, None, &help, span));
        None
    }

    /// The field that events of all these kinds have under this name.
    pub(crate) fn field_of(&mut self, kinds: &[EventKind], name: &Ident) -> Option<EventField> {
        let has = |field: &EventField| kinds.iter().all(|kind| EventField::of(*kind).contains(field));
        let known: Vec<EventField> = EventField::ALL.into_iter().filter(has).collect();
        let found = known.iter().find(|field| field.words() == name.text);
        if found.is_none() {
            let near = nearest(&name.text, known.iter().map(|field| field.words()));
            let words: Vec<&str> = known.iter().map(|field| field.words()).collect();
            let kind = kinds.first().map_or("event", |kind| kind.words());
            self.report(messages::unknown_field(&name.text, kind, &words, near, name.span));
        }
        found.copied()
    }

    /// What a field must hold, if it can hold it.
    pub(crate) fn wanted(&mut self, field: EventField, value: &FieldValue) -> Option<Wanted> {
        match field {
            EventField::By => {
                let role = Role::ALL.into_iter().find(|role| role.words() == value.text);
                self.on_the_list(value, role.map(Wanted::Role), &Role::ALL.map(Role::words))
            }
            EventField::Kind => {
                let kind = TransferKind::ALL.into_iter().find(|kind| kind.words() == value.text);
                self.on_the_list(value, kind.map(Wanted::Kind), &TransferKind::ALL.map(TransferKind::words))
            }
            EventField::Digits => {
                let pressed = |c: char| c.is_ascii_digit() || matches!(c, '*' | '#' | 'A'..='D');
                if value.text.is_empty() || !value.text.chars().all(pressed) {
                    let help = "keys are `0` to `9`, `*`, `#` and `A` to `D`, in quotes: `where digits is \"1\"`";
                    self.report(messages::unknown_choice(&value.text, None, help, value.span));
                    return None;
                }
                Some(Wanted::Text(value.text.clone()))
            }
            EventField::To | EventField::Reason => {
                let text = plain(&value.text);
                if text.is_empty() {
                    let help = "write what stands there; that anything does is `where … is given`";
                    self.report(messages::unknown_choice(&value.text, None, help, value.span));
                    return None;
                }
                Some(Wanted::Text(text))
            }
        }
    }

    fn on_the_list(&mut self, value: &FieldValue, found: Option<Wanted>, list: &[&str]) -> Option<Wanted> {
        if found.is_none() {
            let near = nearest(&value.text, list.iter().copied());
            let help = format!("it is one of `{}`", list.join("`, `"));
            self.report(messages::unknown_choice(&value.text, near, &help, value.span));
        }
        found
    }
}

fn own_name(name: &EventName) -> Option<String> {
    match name {
        EventName::Own(name) => Some(name.clone()),
        EventName::Known(_) => None,
    }
}

fn known_kind(name: &EventName) -> Option<EventKind> {
    match name {
        EventName::Known(kind) => Some(*kind),
        EventName::Own(_) => None,
    }
}
