//! Kinds of events that files declare: their fields, what is asked of these, and what tests give. Knows nothing of the kinds
//! that every call can hold.

use super::attributes::{Shown, value_given};
use super::names::{Declared, Kind, nearest};
use super::{Checker, Context, messages};
use crate::checked::{EventName, Filter, OwnKind};
use crate::plan::event::{FieldName, FieldTest, Wanted};
use grille_evidence::attribute::{AttributeType, AttributeValue, Attributes, Reading};
use grille_evidence::call::Call;
use grille_evidence::event::OwnEvent;
use grille_grammar::ast::{self, Comparison, EventDef, Ident, Item, Path, Written};
use grille_grammar::source::Span;

impl Checker<'_> {
    /// Reads the declarations of all modules. Two of one name must say the same.
    pub(crate) fn declare_events(&mut self) {
        let modules = self.modules;
        let mut places: Vec<Span> = Vec::new();
        for definition in modules.iter().flat_map(|m| &m.ast.items).filter_map(definition) {
            let Some(kind) = self.own_kind(definition) else { continue };
            match self.program.event_kinds.iter().position(|known| known.name == kind.name) {
                None => {
                    self.program.event_kinds.push(kind);
                    places.push(definition.name.span);
                }
                Some(at) if self.program.event_kinds.get(at) != Some(&kind) => {
                    let what = format!("`{}` is declared in two ways", definition.name.text);
                    let first = places.get(at).copied();
                    self.report(messages::attribute_twice(&what, first, definition.name.span));
                }
                Some(_) => {}
            }
        }
    }

    fn own_kind(&mut self, definition: &EventDef) -> Option<OwnKind> {
        self.guard_mood(&definition.name.text, definition.name.span)?;
        let mut fields: Vec<(String, AttributeType)> = Vec::new();
        for line in &definition.fields {
            let name = &line.name;
            self.guard_mood(&name.text, name.span)?;
            if let Some(first) = definition.fields.iter().find(|l| l.name.text == name.text && l.span != line.span) {
                self.report(messages::declared_twice(
                    &name.text,
                    first.name.span.min(name.span),
                    name.span.max(first.name.span),
                ));
                return None;
            }
            if line.optional {
                let help = "take `or unknown` away: what an event does not say cannot be told, and `where … is given` asks for it";
                self.report(messages::unfit_attribute("every field of an event may be unknown", help, line.span));
                return None;
            }
            fields.push((name.text.clone(), self.attribute_type(&line.ty)?));
        }
        Some(OwnKind { name: definition.name.text.clone(), fields })
    }

    /// The declared kind that a name means, where it means one.
    pub(crate) fn own_event(&mut self, declared: Declared) -> Option<EventName> {
        let definition = definition(self.item(declared)?)?;
        let known = self.program.event_kinds.iter().any(|kind| kind.name == definition.name.text);
        known.then(|| EventName::Own(definition.name.text.clone()))
    }

    /// A test on a field of events of these kinds.
    pub(crate) fn own_field_filter(
        &mut self,
        kinds: &[String],
        (field, test, negated): (&Ident, &ast::FieldTest, bool),
        cx: &Context,
    ) -> Option<Filter> {
        let ty = self.own_field(kinds, field)?;
        let shown = Shown { text: format!("where {}", field.text), ty: &ty };
        let wanted = match test {
            ast::FieldTest::Given => Wanted::Given,
            ast::FieldTest::Is(values) => {
                let readings: Vec<Option<Reading>> = values.iter().map(|v| self.own_reading(&shown, v, cx)).collect();
                Wanted::OneOf(readings.into_iter().collect::<Option<_>>()?)
            }
            ast::FieldTest::Order(operator, value) => self.own_order(&shown, *operator, value, field.span, cx)?,
        };
        let field = FieldName::Own(field.text.clone(), ty.clone());
        Some(Filter::Field(FieldTest { field, wanted, negated }))
    }

    /// The type of a field that events of all these kinds have, all with one type.
    fn own_field(&mut self, kinds: &[String], name: &Ident) -> Option<AttributeType> {
        let all = &self.program.event_kinds;
        let of = |kind: &String| all.iter().find(|known| known.name == *kind).map_or(&[][..], |known| &known.fields);
        let (first, others) = kinds.split_first()?;
        let shared: Vec<&(String, AttributeType)> =
            of(first).iter().filter(|field| others.iter().all(|kind| of(kind).contains(field))).collect();
        if let Some((_, ty)) = shared.iter().find(|(known, _)| *known == name.text) {
            return Some(ty.clone());
        }
        let words: Vec<&str> = shared.iter().map(|(known, _)| known.as_str()).collect();
        let near = nearest(&name.text, words.iter().copied());
        let finding = messages::unknown_field(&name.text, first, &words, near, name.span);
        self.report(finding);
        None
    }

    /// A value that a field is asked for. Truths are words here.
    fn own_reading(&mut self, shown: &Shown<'_>, value: &Written, cx: &Context) -> Option<Reading> {
        match (shown.ty, value) {
            (AttributeType::Boolean, Written::Word(word)) if matches!(word.text.as_str(), "true" | "false") => {
                Some(Reading::Boolean(word.text == "true"))
            }
            _ => self.reading(shown, value, cx),
        }
    }

    fn own_order(
        &mut self,
        shown: &Shown<'_>,
        operator: Comparison,
        value: &Written,
        span: Span,
        cx: &Context,
    ) -> Option<Wanted> {
        if !shown.ty.dimension().is_ordered() {
            let what = format!("`{}` is {}, and has no order", shown.text, shown.ty.words());
            self.report(messages::unlike_attribute(&what, &shown.example(), span));
            return None;
        }
        let Reading::Number(number) = self.reading(shown, value, cx)? else { return None };
        Some(match operator {
            Comparison::Less => Wanted::Between(None, Some(number.saturating_sub(1))),
            Comparison::LessOrEqual => Wanted::Between(None, Some(number)),
            Comparison::Greater => Wanted::Between(Some(number.saturating_add(1)), None),
            _ => Wanted::Between(Some(number), None),
        })
    }

    /// An event of a test's call.
    pub(crate) fn given_own_event(
        &mut self,
        event: &Path,
        (start_ms, end_ms): (i32, Option<i32>),
        fields: &[(Ident, Written)],
        call: &mut Call,
        module: usize,
    ) -> Option<()> {
        let kind = self.own_kind_named(event, module)?;
        let mut given = Attributes::new();
        for (field, value) in fields {
            let value = self.given_own_field(&kind, field, value, module)?;
            if given.insert(field.text.clone(), value).is_some() {
                let what = format!("`{}` is given twice", field.text);
                self.report(messages::attribute_twice(&what, None, field.span));
                return None;
            }
        }
        call.own_events.push(OwnEvent { kind, start_ms, end_ms, fields: given });
        Some(())
    }

    fn given_own_field(
        &mut self,
        kind: &String,
        field: &Ident,
        value: &Written,
        module: usize,
    ) -> Option<AttributeValue> {
        let ty = self.own_field(std::slice::from_ref(kind), field)?;
        let shown = Shown { text: format!("where {}", field.text), ty: &ty };
        if let Written::Text(text) = value {
            return Some(AttributeValue::Text(text.text.clone()));
        }
        let reading = self.own_reading(&shown, value, &Context { module, ..Context::default() })?;
        Some(value_given(&ty, &reading, value))
    }

    /// The declared kind that a line of a test's call names.
    pub(crate) fn own_kind_named(&mut self, event: &Path, module: usize) -> Option<String> {
        let cx = Context { module, ..Context::default() };
        let declared = match self.scopes.resolve(self.modules, cx.module, event) {
            Ok(declared) => declared,
            Err(finding) => {
                let known = grille_evidence::call::EventKind::ALL.map(|kind| kind.words());
                let near = nearest(&event.text(), known.into_iter());
                let finding =
                    near.map_or(finding, |near| messages::unknown_name(&event.text(), Some(near), event.span));
                self.report(finding);
                return None;
            }
        };
        if declared.kind != Kind::Event {
            let help = "declare a kind of events of your own: `event crm_note { category: text }`";
            let what = declared.kind.words();
            self.report(messages::wrong_kind(&event.text(), what, "a kind of events", help, event.span));
            return None;
        }
        match self.own_event(declared)? {
            EventName::Own(name) => Some(name),
            EventName::Known(_) => None,
        }
    }

    /// A field of a declared kind that the source of a test's call does not carry.
    pub(crate) fn own_field_not_carried(&mut self, kind: &String, field: &Ident, call: &mut Call) -> Option<()> {
        self.own_field(std::slice::from_ref(kind), field)?;
        if let Some(carried) = call.source.own_events.get_mut(kind) {
            carried.retain(|known| *known != field.text);
        }
        Some(())
    }
}

fn definition(item: &Item) -> Option<&EventDef> {
    match item {
        Item::Event(definition) => Some(definition),
        _ => None,
    }
}
