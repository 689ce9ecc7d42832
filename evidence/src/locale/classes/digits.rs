//! Digits in a row: a number of a card or a telephone, said one by one, in pairs or in threes, or written. What belongs to a
//! date or an amount is none, nor is a number of a thousand or more that is said as one.

use super::numbers::{Read, Text};
use super::{Class, Found, LONGEST, Stop};

/// One step of a run: up to which lexeme, and how many digits it says.
struct Step {
    end: usize,
    digits: u64,
}

/// The runs of a stretch; `taken` tells what belongs to something else.
pub(super) fn runs(text: &Text<'_>, taken: impl Fn(usize, usize) -> bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.lexemes.len() {
        let run = run(text, at, &taken);
        if run.digits > 0 {
            let digits = u8::try_from(run.digits).unwrap_or(u8::MAX);
            found.push(Found { digits: (digits, digits), ..Found::new(Class::Digits, at, run.end) });
        }
        at = if run.end > at { run.end } else { text.cardinal(at).map_or(at + 1, |read| read.end) };
    }
    found
}

fn run(text: &Text<'_>, from: usize, taken: &impl Fn(usize, usize) -> bool) -> Step {
    let mut run = Step { end: from, digits: 0 };
    while run.end == from || text.stop_before(run.end).is_some_and(|stop| stop < Stop::Sentence) {
        let Some(step) = step(text, run.end, run.end > from) else { break };
        if taken(run.end, step.end) || step.end - from > LONGEST {
            break;
        }
        run = Step { end: step.end, digits: run.digits + step.digits };
    }
    run
}

fn step(text: &Text<'_>, at: usize, inside: bool) -> Option<Step> {
    if let Some(digits) = written(text, at) {
        let multiplied = text.joins(at + 1) && text.scale(at + 1).is_some_and(|scale| scale >= 1000);
        return (!multiplied).then_some(Step { end: at + 1, digits });
    }
    let times = match text.at(at) {
        "double" => 2,
        "triple" => 3,
        _ => 1,
    };
    if times > 1 {
        let digit = text.atom(at + 1).filter(|digit| *digit < 10 && text.joins(at + 1))?;
        return Some(Step { end: at + 2, digits: times.max(digit.min(times)) });
    }
    if text.is(at, "oh") {
        return inside.then_some(Step { end: at + 1, digits: 1 });
    }
    let read = text.below_thousand(at).filter(|read| !multiplied(text, *read))?;
    Some(Step { end: read.end, digits: length(read.value) })
}

/// Is what was read only the beginning of a greater number?
fn multiplied(text: &Text<'_>, read: Read) -> bool {
    text.joins(read.end) && text.scale(read.end).is_some()
}

/// The digits of a token that is nothing else; points between them do not matter if there are several.
fn written(text: &Text<'_>, at: usize) -> Option<u64> {
    let token = text.at(at);
    let dots = token.matches('.').count();
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let only = token.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (digits > 0 && only && dots != 1).then_some(digits as u64)
}

fn length(value: u64) -> u64 {
    if value < 10 {
        1
    } else if value < 100 {
        2
    } else {
        3
    }
}
