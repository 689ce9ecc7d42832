//! Dates: a day with its month, the year and the day of the week if they are said; or all in digits.

use super::numbers::{Read, Text};
use super::{Class, Found, Stop};

/// The dates of a stretch.
pub(super) fn dates(text: &Text<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.lexemes.len() {
        match date(text, at) {
            Some(end) => {
                let weekday = at > 0 && text.words.weekdays.contains(text.at(at - 1)) && near(text, at);
                let free = found.last().is_none_or(|f: &Found| f.to < at);
                found.push(Found::new(Class::Date, if weekday && free { at - 1 } else { at }, end));
                at = end;
            }
            None => at = beyond(text, at),
        }
    }
    found
}

/// Behind what is read as one number here, so that no date begins in the middle of one.
fn beyond(text: &Text<'_>, at: usize) -> usize {
    let tens = text.atom(at).is_some_and(|tens| tens >= 20) && text.joins(at + 1);
    if tens && text.words.ordinals.contains_key(text.at(at + 1)) {
        return at + 2;
    }
    text.cardinal(at).map_or(at + 1, |read| read.end)
}

/// Is a written word a date in digits?
pub(super) fn is_numeric(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_ascii_digit());
    let Some(sign) = text.chars().find(|c| matches!(c, '/' | '-' | '.')) else { return false };
    let parts: Vec<&str> = text.split(sign).collect();
    let &[a, b, c] = parts.as_slice() else { return false };
    let number = |part: &str, range: std::ops::RangeInclusive<u32>, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.parse().is_ok_and(|n: u32| range.contains(&n))
    };
    let (day, short) = (|part: &str| number(part, 1..=31, &[1, 2]), sign == '/' && number(c, 0..=99, &[2]));
    let year = |part: &str| number(part, 1000..=2999, &[4]);
    (day(a) && day(b) && (year(c) || short)) || (year(a) && number(b, 1..=12, &[1, 2]) && day(c))
}

/// Does the lexeme follow the one before, with a comma at most between?
fn near(text: &Text<'_>, at: usize) -> bool {
    text.stop_before(at).is_some_and(|stop| stop < Stop::Sentence)
}

fn date(text: &Text<'_>, at: usize) -> Option<usize> {
    if text.lexemes.get(at).is_some_and(|l| l.written.date && !l.glued) {
        let glued = text.lexemes.iter().skip(at + 1).take_while(|l| l.glued).count();
        return Some(at + 1 + glued);
    }
    let is_month = |at: usize| text.words.months.contains(text.at(at));
    if !text.words.french && is_month(at) && text.joins(at + 1) {
        let from = at + 1 + usize::from(text.is(at + 1, "the"));
        return day(text, from).map(|day| year(text, day.end));
    }
    let day = day(text, at)?;
    let of = usize::from(!text.words.french && text.is(day.end, "of") && text.joins(day.end));
    let month = day.end + of;
    (text.joins(month) && is_month(month)).then(|| year(text, month + 1))
}

fn day(text: &Text<'_>, at: usize) -> Option<Read> {
    let written = text.at(at);
    let bare = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = written.get(bare.len()..).unwrap_or_default();
    let numeral = bare.parse().ok().filter(|_| bare.len() <= 2 && ["", "er", "st", "nd", "rd", "th"].contains(&ending));
    let ordinal = |at: usize| text.words.ordinals.get(text.at(at)).copied();
    let composed = || {
        let tens = text.atom(at).filter(|tens| matches!(tens, 20 | 30) && text.joins(at + 1))?;
        let ones = ordinal(at + 1).filter(|ones| *ones < 10 && !text.words.french)?;
        Some(Read { end: at + 2, value: tens + ones })
    };
    let one = numeral.or_else(|| ordinal(at)).map(|value| Read { end: at + 1, value });
    let read = one.or_else(composed).or_else(|| text.below_hundred(at))?;
    (1..=31).contains(&read.value).then_some(read)
}

/// Where the date ends whose month ends here: with its year, if it is said.
fn year(text: &Text<'_>, at: usize) -> usize {
    if !near(text, at) {
        return at;
    }
    if let Some(value) = text.numeral(at) {
        let length = text.at(at).len();
        let fits = (length == 4 && (1000..3000).contains(&value)) || (length == 2 && text.joins(at));
        return if fits { at + 1 } else { at };
    }
    let whole = text.cardinal(at).filter(|read| (1000..3000).contains(&read.value));
    whole.or_else(|| in_pairs(text, at)).map_or(at, |read| read.end)
}

/// “nineteen eighty five”, “twenty twenty six”, “dix neuf cent quatre vingt cinq”.
fn in_pairs(text: &Text<'_>, at: usize) -> Option<Read> {
    let century = text.below_hundred(at).filter(|read| (11..=20).contains(&read.value) && text.joins(read.end))?;
    if text.words.french {
        let hundred = Read { end: century.end + 1, value: century.value * 100 };
        return (text.scale(century.end) == Some(100)).then(|| text.with_rest(hundred));
    }
    let oh = usize::from(text.is(century.end, "oh") && text.joins(century.end + 1));
    let rest = text.below_hundred(century.end + oh)?;
    let fits = if oh == 1 { rest.value < 10 } else { rest.value >= 10 };
    fits.then_some(Read { end: rest.end, value: century.value * 100 + rest.value })
}
