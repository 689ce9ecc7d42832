//! Attributes of calls: what files declare, which declaration a name means, and whether a value fits its type. One
//! that may be unknown is asked only where it is known to be there.

use super::names::nearest;
use super::{Checker, Context, messages};
use crate::checked::ConditionKind;
use crate::load::LoadedModule;
use crate::plan::attribute::{Attribute, AttributeId, AttributeTest, WantedValue};
use grille_evidence::attribute::{AttributeType, AttributeValue, MOST_ATTRIBUTES, Reading, plain};
use grille_grammar::ast::{
    self, Bound, Comparison, DeclaredAttribute, DeclaredType, Expr, ExprKind, Ident, Item, Written,
};
use grille_grammar::source::Span;
use std::collections::{BTreeMap, BTreeSet};

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
        self.guard_name(&name.text, name.span);
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

    fn attribute_type(&mut self, ty: &DeclaredType) -> Option<AttributeType> {
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
                    self.guard_name(&text, value.span());
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

    /// The attribute that a name means here: of this file, else of a file that it uses.
    pub(crate) fn attribute_named(&mut self, name: &Ident, module: usize) -> Option<usize> {
        let used = self.modules.get(module).into_iter().flat_map(|m| m.uses.values().copied());
        let scopes: Vec<_> = std::iter::once(module).chain(used).filter_map(|m| self.attributes.get(m)).collect();
        let found = scopes.iter().find_map(|scope| scope.get(&name.text)).map(|(index, _)| *index);
        if found.is_none() {
            let near = nearest(&name.text, scopes.iter().flat_map(|scope| scope.keys()).map(String::as_str));
            let finding = messages::unknown_attribute(&name.text, near, name.span);
            self.report(finding);
        }
        found
    }

    /// `call.wait <= 30 s` and the like, as a condition.
    pub(crate) fn attribute_condition(
        &mut self,
        name: &Ident,
        test: &ast::AttributeTest,
        span: Span,
        cx: &Context,
    ) -> Option<ConditionKind> {
        let index = self.attribute_named(name, cx.module)?;
        let attribute = self.program.attributes.get(index)?.clone();
        let asks_if_known = matches!(test, ast::AttributeTest::Known { .. });
        if asks_if_known && !attribute.optional {
            self.report(messages::always_known(&name.text, span));
            return None;
        }
        if attribute.optional && !asks_if_known && !cx.known.contains(&name.text) {
            self.report(messages::unguarded(&name.text, self.words(span), span));
            return None;
        }
        let (wanted, negated) = match test {
            ast::AttributeTest::Known { negated } => (WantedValue::Known, *negated),
            ast::AttributeTest::Holds if attribute.ty == AttributeType::Boolean => {
                (WantedValue::OneOf(vec![Reading::Boolean(true)]), false)
            }
            ast::AttributeTest::Holds => {
                let what = format!("`call.{}` is {}, and a condition is wanted here", name.text, attribute.ty.words());
                self.report(messages::unlike_attribute(&what, &example(&attribute), span));
                return None;
            }
            ast::AttributeTest::Is { values, negated } => (self.one_of(&attribute, values, span, cx)?, *negated),
            ast::AttributeTest::Order { operator, value } => {
                (self.order(&attribute, *operator, value, span, cx)?, false)
            }
        };
        let id = AttributeId(u32::try_from(index).unwrap_or(u32::MAX));
        Some(ConditionKind::Attribute(id, AttributeTest { wanted, negated }))
    }

    /// Is an attribute meant by a name that nothing else has here?
    pub(crate) fn is_an_attribute(&self, path: &ast::Path, cx: &Context) -> bool {
        let declared = self.attributes.get(cx.module).is_some_and(|scope| scope.contains_key(&path.text()));
        declared
            && !cx.parameters.contains_key(&path.text())
            && self.scopes.resolve(self.modules, cx.module, path).is_err()
    }

    /// An attribute compared with anything but a constant to its right.
    pub(crate) fn not_beside_a_constant(&mut self, name: &Ident, span: Span, cx: &Context) {
        if let Some(attribute) =
            self.attribute_named(name, cx.module).and_then(|index| self.program.attributes.get(index))
        {
            let what = format!("`call.{}` is compared with a constant, which stands behind it", name.text);
            let help = example(attribute);
            self.report(messages::unlike_attribute(&what, &help, span));
        }
    }

    fn one_of(&mut self, attribute: &Attribute, values: &[Written], span: Span, cx: &Context) -> Option<WantedValue> {
        if attribute.ty == AttributeType::Boolean {
            let what = format!("`call.{}` is true or false by itself", attribute.name);
            self.report(messages::unlike_attribute(&what, &example(attribute), span));
            return None;
        }
        let readings: Vec<Option<Reading>> = values.iter().map(|v| self.reading(attribute, v, cx)).collect();
        Some(WantedValue::OneOf(readings.into_iter().collect::<Option<_>>()?))
    }

    fn order(
        &mut self,
        attribute: &Attribute,
        operator: Comparison,
        value: &Written,
        span: Span,
        cx: &Context,
    ) -> Option<WantedValue> {
        if matches!(attribute.ty, AttributeType::Boolean | AttributeType::Text | AttributeType::OneOf(_)) {
            let what = format!("`call.{}` is {}, and has no order", attribute.name, attribute.ty.words());
            self.report(messages::unlike_attribute(&what, &example(attribute), span));
            return None;
        }
        let Reading::Number(number) = self.reading(attribute, value, cx)? else { return None };
        Some(match operator {
            Comparison::Less => WantedValue::Between(None, Some(number.saturating_sub(1))),
            Comparison::LessOrEqual => WantedValue::Between(None, Some(number)),
            Comparison::Greater => WantedValue::Between(Some(number.saturating_add(1)), None),
            Comparison::GreaterOrEqual => WantedValue::Between(Some(number), None),
            Comparison::Equal | Comparison::NotEqual => WantedValue::OneOf(vec![Reading::Number(number)]),
        })
    }

    /// A written value as the attribute's type.
    fn reading(&mut self, attribute: &Attribute, value: &Written, cx: &Context) -> Option<Reading> {
        if let (
            Written::Quantity(_) | Written::Word(_),
            AttributeType::Duration | AttributeType::Count | AttributeType::Share,
        ) = (value, &attribute.ty)
        {
            return self.amount(attribute, value, cx).map(Reading::Number);
        }
        let given = self.given(attribute, value)?;
        let reading = attribute.ty.read(&given);
        if reading.is_none() {
            self.misfit(attribute, value);
        }
        reading
    }

    fn amount(&mut self, attribute: &Attribute, value: &Written, cx: &Context) -> Option<i64> {
        let bound = match value {
            Written::Quantity(quantity) => Bound::Literal(quantity.clone()),
            other => {
                let name = Ident { text: text_as_written(other), span: other.span() };
                Bound::Parameter(ast::Path { span: other.span(), segments: vec![name] })
            }
        };
        match attribute.ty {
            AttributeType::Duration => self.duration(&bound, cx).map(i64::from),
            AttributeType::Count => self.count(&bound, cx).map(i64::from),
            _ => {
                let quantity = self.constant(&bound, cx)?;
                if quantity.unit != ast::Unit::Percent {
                    self.unfit_unit(&quantity, "a share", "write it in per cent, for instance `50 %`");
                    return None;
                }
                Some(quantity.thousandths)
            }
        }
    }

    /// A written value as a call file would give it.
    fn given(&mut self, attribute: &Attribute, value: &Written) -> Option<AttributeValue> {
        match (value, &attribute.ty) {
            (Written::Text(text) | Written::Word(text), AttributeType::Text | AttributeType::OneOf(_))
            | (Written::Day(text), AttributeType::Date) => Some(AttributeValue::Text(text.text.clone())),
            _ => {
                self.misfit(attribute, value);
                None
            }
        }
    }

    fn misfit(&mut self, attribute: &Attribute, value: &Written) {
        let text = text_as_written(value);
        let finding = match &attribute.ty {
            AttributeType::OneOf(names) => {
                let help = format!("`call.{}` is one of `{}`", attribute.name, names.join("`, `"));
                let near = nearest(&plain(&text), names.iter().map(String::as_str));
                messages::unknown_choice(&text, near, &help, value.span())
            }
            AttributeType::Date => {
                let help = "write a day that there is as year, month and day: `2026-07-14`";
                messages::unknown_choice(&text, None, help, value.span())
            }
            _ => {
                let what = format!("`call.{}` is {}", attribute.name, attribute.ty.words());
                messages::unlike_attribute(&what, &example(attribute), value.span())
            }
        };
        self.report(finding);
    }

    /// A line of a test's call. In quotes stands what the call file has, whether it fits or not.
    pub(crate) fn given_attribute(
        &mut self,
        name: &Ident,
        value: Option<&Written>,
        negated: bool,
        module: usize,
    ) -> Option<AttributeValue> {
        let index = self.attribute_named(name, module)?;
        let attribute = self.program.attributes.get(index)?.clone();
        let cx = Context { module, ..Context::default() };
        match (value, &attribute.ty) {
            (None, AttributeType::Boolean) => Some(AttributeValue::Boolean(!negated)),
            (Some(Written::Text(text)), _) if !negated => Some(AttributeValue::Text(text.text.clone())),
            (Some(value), ty) if !negated && *ty != AttributeType::Boolean => {
                let reading = self.reading(&attribute, value, &cx)?;
                Some(match (ty, reading) {
                    (AttributeType::Duration, Reading::Number(ms)) => AttributeValue::Duration { duration_ms: ms },
                    (AttributeType::Share, Reading::Number(share)) => {
                        AttributeValue::Share { share_thousandths: share }
                    }
                    (AttributeType::Count, Reading::Number(count)) => AttributeValue::Count(count),
                    _ => AttributeValue::Text(text_as_written(value)),
                })
            }
            _ => {
                let what = format!("`call.{}` is {}", name.text, attribute.ty.words());
                self.report(messages::unlike_attribute(&what, &example(&attribute), name.span));
                None
            }
        }
    }
}

/// The attributes that are known wherever the condition is so (or, if `so` is false, is not so).
pub(crate) fn known_if(expr: &Expr, so: bool) -> BTreeSet<String> {
    match (&expr.kind, so) {
        (ExprKind::Paren(inner), _) => known_if(inner, so),
        (ExprKind::Not(inner), _) => known_if(inner, !so),
        (ExprKind::And(parts), true) | (ExprKind::Or(parts), false) => {
            parts.iter().flat_map(|part| known_if(part, so)).collect()
        }
        (ExprKind::Attribute { name, test: ast::AttributeTest::Known { negated } }, _) if *negated != so => {
            BTreeSet::from([name.text.clone()])
        }
        _ => BTreeSet::new(),
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

/// What can be asked of such an attribute.
fn example(attribute: &Attribute) -> String {
    let name = &attribute.name;
    match &attribute.ty {
        AttributeType::Boolean => format!("write `call.{name}` or `not call.{name}`"),
        AttributeType::Text => format!("write `call.{name} is \"…\"`"),
        AttributeType::Date => format!("write for instance `call.{name} before {}`", "2026-01-01"),
        AttributeType::Duration => format!("write for instance `call.{name} <= 30 s`"),
        AttributeType::Count => format!("write for instance `call.{name} >= 2`"),
        AttributeType::Share => format!("write for instance `call.{name} >= 50 %`"),
        AttributeType::OneOf(names) => {
            format!("write for instance `call.{name} is {}`", names.first().map_or("…", String::as_str))
        }
    }
}
