//! One criterion under several values of its parameters: each is a criterion of its own in the program, with its own
//! name, hash and verdict. Knows nothing of points.

use super::names::{Declared, shown};
use super::{Checker, messages};
use crate::checked::labels::Labels;
use grille_evidence::trace::ParameterValue;
use grille_grammar::ast::{self, Counted, Item, Parameter, Quantity, Unit, Value};
use std::collections::BTreeMap;

/// Values other than the declared ones, by name.
pub type Values = BTreeMap<String, (String, i64)>;

/// A criterion with values of its parameters that are not its own, and what it is called then.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instance {
    /// Which criterion.
    pub declared: Declared,
    /// Values other than the declared ones.
    pub values: Values,
    /// Its label.
    pub label: Option<String>,
}

/// The values that a criterion is checked with.
pub(crate) struct Chosen {
    pub(crate) quantities: BTreeMap<String, Quantity>,
    pub(crate) shown: Vec<ParameterValue>,
}

impl Checker<'_> {
    /// A criterion with its own values or others: index into the program's; each checked once.
    pub(crate) fn named_criterion(&mut self, declared: Declared, values: &[Value]) -> Option<usize> {
        self.instance(declared, values, None)
    }

    /// A criterion as a scorecard counts it. A line that gives points needs a label where it gives values, too.
    pub(crate) fn counted_as(&mut self, declared: Declared, counted: &Counted, has_points: bool) -> Option<usize> {
        let values = self.other_values(declared, &counted.values)?;
        let known = self.alike(declared, &values).next().is_some();
        if !values.is_empty() && counted.label.is_none() && (has_points || !known) {
            self.report(messages::unlabelled(&counted.criterion.text(), counted.span));
        }
        if let Some(label) = &counted.label {
            self.guard_name(&label.text, label.span);
        }
        self.instance(declared, &counted.values, counted.label.as_ref().map(|l| l.text.clone()))
    }

    /// A criterion of which only the values matter: the one of these values that has a label, if there is one.
    pub(crate) fn instance(&mut self, declared: Declared, values: &[Value], label: Option<String>) -> Option<usize> {
        let others = self.other_values(declared, values)?;
        let alike = self.alike(declared, &others).next();
        if label.is_none()
            && !others.is_empty()
            && let Some(index) = alike
        {
            return index;
        }
        let instance = Instance { declared, values: others, label };
        if let Some(known) = self.criteria.get(&instance) {
            return *known;
        }
        let Some(Item::Criterion(criterion)) = self.item(declared) else { return None };
        let index = self.checked_instance(criterion, declared.module, values, &instance);
        if let Some((index, first)) = index.zip(alike.flatten()) {
            self.first_alike.insert(index, self.same_meaning(first));
        }
        self.criteria.insert(instance, index);
        index
    }

    /// A criterion with whatever values, as often as it was checked.
    pub(crate) fn instances_of(&self, declared: Declared) -> impl Iterator<Item = (&Instance, Option<usize>)> {
        let first = Instance { declared, values: BTreeMap::new(), label: None };
        let from = self.criteria.range(first..).map(|(instance, index)| (instance, *index));
        from.take_while(move |(instance, _)| instance.declared == declared)
    }

    /// A criterion with these values, whatever it is called.
    fn alike(&self, declared: Declared, values: &Values) -> impl Iterator<Item = Option<usize>> {
        let first = Instance { declared, values: values.clone(), label: None };
        let from = self.criteria.range(first..);
        from.take_while(move |(i, _)| i.declared == declared && i.values == *values).map(|(_, index)| *index)
    }

    /// The first criterion of the program that is the same one with the same values, whatever it is called.
    pub(crate) fn same_meaning(&self, index: usize) -> usize {
        self.first_alike.get(&index).copied().unwrap_or(index)
    }

    fn checked_instance(
        &mut self,
        criterion: &ast::Criterion,
        module: usize,
        values: &[Value],
        instance: &Instance,
    ) -> Option<usize> {
        let chosen = self.chosen(&criterion.parameters, values);
        let checked = self.criterion(criterion, module, chosen);
        let labels = checked.as_ref().map_or(Labels::NONE, |c| self.criterion_labels(c));
        self.guard_criterion(criterion, labels);
        let mut checked = checked?;
        checked.name =
            instance_name(&shown(self.modules, module, &criterion.name.text), values, instance, &checked.parameters);
        if let Some(label) = &instance.label {
            checked.title.clone_from(label);
        }
        self.program.criteria.push(checked);
        Some(self.program.criteria.len() - 1)
    }

    /// Values that differ from the declared ones; none where one of them cannot be.
    pub(crate) fn other_values(&mut self, declared: Declared, values: &[Value]) -> Option<Values> {
        let Some(Item::Criterion(criterion)) = self.item(declared) else { return Some(BTreeMap::new()) };
        let mut others = BTreeMap::new();
        for (place, value) in values.iter().enumerate() {
            let name = &value.name.text;
            let Some(parameter) = criterion.parameters.iter().find(|p| p.name.text == *name) else {
                let known: Vec<&str> = criterion.parameters.iter().map(|p| p.name.text.as_str()).collect();
                self.report(messages::unfit_value(name, &criterion.name.text, &known, value.name.span));
                return None;
            };
            if let Some(first) = values.iter().take(place).find(|v| v.name.text == *name) {
                self.report(messages::value_twice(name, first.span, value.span));
                return None;
            }
            self.of_type(&parameter.ty.text, &value.value)?;
            let own = parameter.default.as_ref().map(meaning);
            if own.as_ref() != Some(&meaning(&value.value)) {
                others.insert(name.clone(), meaning(&value.value));
            }
        }
        Some(others)
    }

    fn chosen(&mut self, parameters: &[Parameter], values: &[Value]) -> Option<Chosen> {
        let mut chosen = Some(Chosen { quantities: BTreeMap::new(), shown: Vec::new() });
        for parameter in parameters {
            let own = self.parameter_value(parameter);
            let other = values.iter().find(|v| v.name.text == parameter.name.text).map(|v| v.value.clone());
            match (other.or(own), &mut chosen) {
                (Some(value), Some(chosen)) => {
                    let written = self.words(value.span).split_whitespace().collect::<Vec<_>>().join(" ");
                    chosen.shown.push(ParameterValue { name: parameter.name.text.clone(), value: written });
                    chosen.quantities.insert(parameter.name.text.clone(), value);
                }
                _ => chosen = None,
            }
        }
        chosen
    }
}

/// `salue`, or `salue(délai: 8 s)`.
fn instance_name(name: &str, values: &[Value], instance: &Instance, parameters: &[ParameterValue]) -> String {
    let differs = |p: &&ParameterValue| instance.values.contains_key(&p.name);
    let given: Vec<String> = parameters.iter().filter(differs).map(|p| format!("{}: {}", p.name, p.value)).collect();
    if values.is_empty() || given.is_empty() { name.to_owned() } else { format!("{name}({})", given.join(", ")) }
}

/// What a quantity means, whatever unit it is written in.
fn meaning(quantity: &Quantity) -> (String, i64) {
    let of = |unit: &str, times: i64| (unit.to_owned(), quantity.thousandths.saturating_mul(times));
    match quantity.unit {
        Unit::Millisecond => of("duration", 1),
        Unit::Second => of("duration", 1000),
        Unit::Minute => of("duration", 60_000),
        Unit::Hour => of("duration", 3_600_000),
        other => of(&format!("{other:?}"), 1),
    }
}
