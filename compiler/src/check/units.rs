//! Constants: literals and parameters, with their dimensions. Conversions are never implicit.

use super::{Checker, Context, messages};
use crate::algebra::order::clamp;
use crate::plan::Extent;
use grille_grammar::ast::{Bound, Path, Quantity, Unit};
use grille_grammar::source::Span;

impl Checker<'_> {
    /// The number that a bound stands for.
    pub(crate) fn constant(&mut self, bound: &Bound, cx: &Context) -> Option<Quantity> {
        match bound {
            Bound::Literal(quantity) => Some(quantity.clone()),
            Bound::Parameter(path) => self.parameter(path, cx),
        }
    }

    fn parameter(&mut self, path: &Path, cx: &Context) -> Option<Quantity> {
        let name = path.text();
        if let Some(value) = cx.parameters.get(&name) {
            self.used_values.insert(value.span);
            return Some(Quantity { span: path.span, ..value.clone() });
        }
        let near = super::names::nearest(&name, cx.parameters.keys().map(String::as_str));
        let finding = messages::unknown_name(&name, near, path.span);
        self.report(finding);
        None
    }

    /// A duration in milliseconds.
    pub(crate) fn duration(&mut self, bound: &Bound, cx: &Context) -> Option<i32> {
        let quantity = self.constant(bound, cx)?;
        self.millis(&quantity)
    }

    pub(crate) fn millis(&mut self, quantity: &Quantity) -> Option<i32> {
        let millis = match quantity.unit {
            Unit::Millisecond => half_even(quantity.thousandths, 1000),
            Unit::Second => quantity.thousandths,
            Unit::Minute => quantity.thousandths.saturating_mul(60),
            Unit::Hour => quantity.thousandths.saturating_mul(3600),
            Unit::None => {
                self.missing_unit(quantity, "a duration", "s");
                return None;
            }
            Unit::Word => {
                let help = "a distance in words has no side: write `within 5 words of …`; for time write it in `ms`, `s`, `min` or `h`";
                self.unfit_unit(quantity, "a duration", help);
                return None;
            }
            Unit::Turn => {
                let help =
                    "say whose turns: `within first 2 turns of agent`; for time write it in `ms`, `s`, `min` or `h`";
                self.unfit_unit(quantity, "a duration", help);
                return None;
            }
            _ => {
                self.unfit_unit(quantity, "a duration", "write it in `ms`, `s`, `min` or `h`, for instance `10 s`");
                return None;
            }
        };
        Some(clamp(millis))
    }

    /// A duration that holds something: more than nothing.
    pub(crate) fn positive_duration(&mut self, bound: &Bound, what: &str, cx: &Context) -> Option<i32> {
        let millis = self.duration(bound, cx)?;
        if millis <= 0 {
            let text = format!("{what} of no length can never hold anything");
            let finding = messages::empty_window(&text, "give it a length, for instance `10 s`", bound.span());
            self.report(finding);
            return None;
        }
        Some(millis)
    }

    /// A duration or a share of the conversation.
    pub(crate) fn extent(&mut self, bound: &Bound, cx: &Context) -> Option<Extent> {
        let quantity = self.constant(bound, cx)?;
        if quantity.unit == Unit::Percent {
            let share = self.share(&quantity)?;
            return Some(Extent::Share(share));
        }
        self.positive_duration(bound, "a window", cx).map(Extent::Millis)
    }

    /// A share of more than nothing and at most the whole, in thousandths of a per cent.
    pub(crate) fn share(&mut self, quantity: &Quantity) -> Option<i64> {
        match quantity.unit {
            Unit::Percent if (1..=100_000).contains(&quantity.thousandths) => Some(quantity.thousandths),
            Unit::Percent => {
                self.unfit_unit(quantity, "a share between 0 % and 100 %", "write for instance `50 %`");
                None
            }
            Unit::None => {
                self.missing_unit(quantity, "a share", "%");
                None
            }
            _ => {
                self.unfit_unit(quantity, "a share", "write it in per cent, for instance `50 %`");
                None
            }
        }
    }

    /// A whole number of things.
    pub(crate) fn count(&mut self, bound: &Bound, cx: &Context) -> Option<u32> {
        let quantity = self.constant(bound, cx)?;
        if quantity.unit != Unit::None {
            self.unfit_unit(&quantity, "a number of times", "write a plain number, for instance `at most 2 (…)`");
            return None;
        }
        self.whole(&quantity)
    }

    fn whole(&mut self, quantity: &Quantity) -> Option<u32> {
        let whole = quantity.thousandths % 1000 == 0;
        let count = u32::try_from(quantity.thousandths / 1000).ok().filter(|_| whole);
        if count.is_none() {
            self.unfit_unit(quantity, "a whole number", "things are counted in whole numbers, for instance `2`");
        }
        count
    }

    /// How many turns a window counts; one where nothing is said.
    pub(crate) fn turns(&mut self, count: Option<&Bound>, cx: &Context) -> Option<u32> {
        let Some(bound) = count else { return Some(1) };
        let count = self.count(bound, cx)?;
        if count == 0 {
            let help = "write `within first turn of …` or `within first 2 turns of …`";
            self.report(messages::empty_window("no turns hold nothing", help, bound.span()));
            return None;
        }
        Some(count)
    }

    /// The most words between two moments: `5 words`, or the name of a number.
    pub(crate) fn number_of_words(&mut self, bound: &Bound, cx: &Context) -> Option<u32> {
        let quantity = self.constant(bound, cx)?;
        let named = matches!(bound, Bound::Parameter(_)) && quantity.unit == Unit::None;
        match quantity.unit {
            Unit::Word => {}
            Unit::None if named => {}
            Unit::None => {
                self.missing_unit(&quantity, "a number of words", "words");
                return None;
            }
            _ => {
                let help = "`of` is for words, as in `within 5 words of …`; for time write `within 5 s before …` or `within 5 s after …`";
                self.unfit_unit(&quantity, "a number of words", help);
                return None;
            }
        }
        self.whole(&quantity)
    }

    fn missing_unit(&mut self, quantity: &Quantity, wanted: &str, unit: &str) {
        let number = self.shown(quantity.span);
        let finding = messages::no_unit(&number, wanted, &format!("{number} {unit}"), quantity.span);
        self.report(finding);
    }

    pub(crate) fn unfit_unit(&mut self, quantity: &Quantity, wanted: &str, help: &str) {
        let finding = messages::wrong_unit(&self.shown(quantity.span), wanted, help, quantity.span);
        self.report(finding);
    }

    fn shown(&self, span: Span) -> String {
        self.words(span).trim().to_owned()
    }
}

/// Division rounded half to even.
#[must_use]
pub fn half_even(value: i64, by: i64) -> i64 {
    let (whole, rest) = (value.div_euclid(by), value.rem_euclid(by));
    match (rest * 2).cmp(&by) {
        std::cmp::Ordering::Less => whole,
        std::cmp::Ordering::Greater => whole + 1,
        std::cmp::Ordering::Equal => whole + (whole & 1),
    }
}
