//! Attributes of calls: what files declare, which declaration a name means, and what tests give. Knows nothing of what is
//! asked of them.

mod asked;

pub(crate) use asked::known_if;

use super::names::nearest;
use super::{Checker, Context, messages};
use crate::load::LoadedModule;
use crate::plan::attribute::Attribute;
use grille_evidence::attribute::{AttributeType, AttributeValue, MOST_ATTRIBUTES, Reading, plain};
use grille_grammar::ast::{DeclaredAttribute, DeclaredType, Ident, Item, Written};
use grille_grammar::source::Span;
use std::collections::BTreeMap;

/// The types by their names.
const TYPES: [(&str, AttributeType); 6] = [
    ("boolean", AttributeType::Boolean),
    ("count", AttributeType::Count),
    ("date", AttributeType::Date),
    ("duration", AttributeType::Duration),
    ("share", AttributeType::Share),
    ("text", AttributeType::Text),
];

/// What each module declares: by name, which attribute of the program, and where.
pub(crate) type Declarations = Vec<BTreeMap<String, (usize, Span)>>;

impl Checker<'_> {
    /// Reads the declarations of all modules. Two of one name must say the same.
    pub(crate) fn declare_attributes(&mut self) {
        let modules = self.modules;
        for module in modules {
            let mut declared = BTreeMap::new();
            for line in declarations(module) {
                self.declare(line, &mut declared);
            }
            self.attributes.push(declared);
        }
        if self.program.attributes.len() > MOST_ATTRIBUTES {
            let last = self.attributes.iter().flat_map(BTreeMap::values).map(|(_, span)| *span).max();
            let what = format!("more than {MOST_ATTRIBUTES} attributes are declared");
            let help = "declare those that criteria ask for";
            self.findings.extend(last.map(|span| messages::unfit_attribute(&what, help, span)));
        }
    }

    fn declare(&mut self, line: &DeclaredAttribute, declared: &mut BTreeMap<String, (usize, Span)>) {
        let name = &line.name;
        if self.guard_mood(&name.text, name.span).is_none() {
            return;
        }
        if let Some((_, first)) = declared.get(&name.text) {
            self.report(messages::declared_twice(&name.text, *first, name.span));
            return;
        }
        let Some(ty) = self.attribute_type(&line.ty) else { return };
        let attribute = Attribute { name: name.text.clone(), ty, optional: line.optional };
        let known = self.program.attributes.iter().position(|other| other.name == attribute.name);
        let index = match known {
            Some(index) if self.program.attributes.get(index) == Some(&attribute) => index,
            Some(index) => {
                let others = self.attributes.iter().flat_map(BTreeMap::values);
                let first = others.filter(|(other, _)| *other == index).map(|(_, span)| *span).next();
                self.report(messages::attribute_twice(
                    &format!("`{}` is declared in two ways", name.text),
                    first,
                    line.span,
                ));
                return;
            }
            None => {
                self.program.attributes.push(attribute);
                self.program.attributes.len() - 1
            }
        };
        declared.insert(name.text.clone(), (index, line.span));
    }

    pub(super) fn attribute_type(&mut self, ty: &DeclaredType) -> Option<AttributeType> {
        match ty {
            DeclaredType::Named(name) => {
                let known = TYPES.iter().find(|(word, _)| *word == name.text).map(|(_, ty)| ty.clone());
                if known.is_none() {
                    let words: Vec<&str> = TYPES.iter().map(|(word, _)| *word).collect();
                    let near = nearest(&name.text, words.iter().copied());
                    let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                    let help = format!("{near}types are `{}` and `one of (…)`", words.join("`, `"));
                    let what = format!("`{}` is no type of an attribute", name.text);
                    self.report(messages::unfit_attribute(&what, &help, name.span));
                }
                known
            }
            DeclaredType::OneOf(values) => {
                let mut names: Vec<String> = Vec::new();
                for value in values {
                    let Some(text) = text_of(value) else {
                        let help = "write words, or texts in quotes: `one of (support, \"second line\")`";
                        self.report(messages::unfit_attribute("a list holds words", help, value.span()));
                        return None;
                    };
                    self.guard_mood(&text, value.span())?;
                    if text.is_empty() || names.contains(&text) {
                        let help = "capitals, hyphens and blanks make no difference; name each value once";
                        let what = format!("`{text}` stands twice in this list, or says nothing");
                        self.report(messages::unfit_attribute(&what, help, value.span()));
                        return None;
                    }
                    names.push(text);
                }
                Some(AttributeType::OneOf(names))
            }
        }
    }

    /// The attribute that a name means here, and the module that declares it: this one, else one that it uses.
    pub(crate) fn attribute_named(&mut self, name: &Ident, module: usize) -> Option<(usize, usize)> {
        let used = self.modules.get(module).into_iter().flat_map(|m| m.uses.values().copied());
        let scopes: Vec<_> =
            std::iter::once(module).chain(used).filter_map(|m| Some((m, self.attributes.get(m)?))).collect();
        let found = scopes.iter().find_map(|(m, scope)| Some((*m, scope.get(&name.text)?.0)));
        if found.is_none() {
            let near = nearest(&name.text, scopes.iter().flat_map(|(_, scope)| scope.keys()).map(String::as_str));
            let finding = messages::unknown_attribute(&name.text, near, name.span);
            self.report(finding);
        }
        found
    }

    /// A line of a test's call. In quotes stands what the call file has, whether it fits or not.
    pub(crate) fn given_attribute(
        &mut self,
        name: &Ident,
        value: Option<&Written>,
        negated: bool,
        module: usize,
    ) -> Option<AttributeValue> {
        let (_, index) = self.attribute_named(name, module)?;
        let attribute = self.program.attributes.get(index)?.clone();
        let cx = Context { module, ..Context::default() };
        match (value, &attribute.ty) {
            (None, AttributeType::Boolean) => Some(AttributeValue::Boolean(!negated)),
            (Some(Written::Text(text)), _) if !negated => Some(AttributeValue::Text(text.text.clone())),
            (Some(value), ty) if !negated && *ty != AttributeType::Boolean => {
                let reading = self.reading(&Shown::of(&attribute), value, &cx)?;
                Some(value_given(ty, &reading, value))
            }
            _ => {
                let what = format!("`call.{}` is {}", name.text, attribute.ty.words());
                self.report(messages::unlike_attribute(&what, &Shown::of(&attribute).example(), name.span));
                None
            }
        }
    }
}

fn declarations(module: &LoadedModule) -> impl Iterator<Item = &DeclaredAttribute> {
    let blocks = module.ast.items.iter().filter_map(|item| match item {
        Item::Attributes(attributes) => Some(attributes),
        _ => None,
    });
    blocks.flat_map(|attributes| &attributes.declared)
}

fn text_of(value: &Written) -> Option<String> {
    match value {
        Written::Word(value) | Written::Text(value) => Some(plain(&value.text)),
        Written::Quantity(_) | Written::Day(_) => None,
    }
}

fn text_as_written(value: &Written) -> String {
    match value {
        Written::Word(value) | Written::Text(value) | Written::Day(value) => value.text.clone(),
        Written::Quantity(quantity) => (quantity.thousandths / 1000).to_string(),
    }
}

/// What is asked, as criteria write it, and its type.
pub(crate) struct Shown<'a> {
    /// `call.wait`, `where length`.
    pub text: String,
    /// Its type.
    pub ty: &'a AttributeType,
}

impl Shown<'_> {
    fn of(attribute: &Attribute) -> Shown<'_> {
        Shown { text: format!("call.{}", attribute.name), ty: &attribute.ty }
    }

    /// What can be asked of it.
    pub(crate) fn example(&self) -> String {
        let text = &self.text;
        match self.ty {
            AttributeType::Boolean if text.starts_with("where ") => format!("write `{text} is true`"),
            AttributeType::Boolean => format!("write `{text}` or `not {text}`"),
            AttributeType::Text => format!("write `{text} is \"…\"`"),
            AttributeType::Date => format!("write for instance `{text} before {}`", "2026-01-01"),
            AttributeType::Duration => format!("write for instance `{text} <= 30 s`"),
            AttributeType::Count => format!("write for instance `{text} >= 2`"),
            AttributeType::Share => format!("write for instance `{text} >= 50 %`"),
            AttributeType::OneOf(names) => {
                format!("write for instance `{text} is {}`", names.first().map_or("…", String::as_str))
            }
        }
    }
}

/// A value of a test's call as a call's file gives it.
pub(crate) fn value_given(ty: &AttributeType, reading: &Reading, value: &Written) -> AttributeValue {
    match (ty, reading) {
        (AttributeType::Duration, Reading::Number(ms)) => AttributeValue::Duration { duration_ms: *ms },
        (AttributeType::Share, Reading::Number(share)) => AttributeValue::Share { share_thousandths: *share },
        (AttributeType::Count, Reading::Number(count)) => AttributeValue::Count(*count),
        (_, Reading::Boolean(value)) => AttributeValue::Boolean(*value),
        _ => AttributeValue::Text(text_as_written(value)),
    }
}
