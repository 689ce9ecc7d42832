//! Amounts of money: a number with its currency, and the cents after it.

use super::numbers::{Read, Text};
use super::{Class, Found, Stop};

/// The amounts of a stretch; what belongs to a date is none.
pub(super) fn amounts(text: &Text<'_>, dates: &[Found]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.lexemes.len() {
        let in_date = dates.iter().any(|d| (d.from..d.to).contains(&at));
        match amount(text, at).filter(|_| !in_date) {
            Some(end) => {
                found.push(Found::new(Class::Amount, at, end));
                at = end;
            }
            None => at = if in_date { at + 1 } else { text.cardinal(at).map_or(at + 1, |read| read.end) },
        }
    }
    found
}

fn amount(text: &Text<'_>, at: usize) -> Option<usize> {
    let number = text.cardinal(at)?;
    let signed = (at..number.end).any(|at| text.lexemes.get(at).is_some_and(|l| l.written.money));
    let next = number.end;
    let named = text.words.currencies.contains(text.at(next)) && text.joins(next);
    if named {
        return Some(cents(text, next + 1));
    }
    if signed {
        return Some(cents(text, next));
    }
    (text.words.cents.contains(text.at(next)) && text.joins(next)).then_some(next + 1)
}

/// Where the amount ends whose currency ends here: with its cents, if they are said.
fn cents(text: &Text<'_>, end: usize) -> usize {
    if text.stop_before(end).is_none_or(|stop| stop == Stop::Sentence) {
        return end;
    }
    let and = if text.words.french { "et" } else { "and" };
    let from = end + usize::from(text.is(end, and));
    let number = text.numeral(from).map(|value| Read { end: from + 1, value }).or_else(|| text.below_hundred(from));
    let Some(number) = number.filter(|n| (1..100).contains(&n.value)) else { return end };
    let named = text.words.cents.contains(text.at(number.end)) && text.joins(number.end);
    if named {
        return number.end + 1;
    }
    let counts_else = text.joins(number.end)
        && (text.words.units.contains(text.at(number.end))
            || text.words.currencies.contains(text.at(number.end))
            || text.scale(number.end).is_some());
    let bare = from == end && number.value >= 10 && text.joins(end) && !counts_else;
    if bare { number.end } else { end }
}
