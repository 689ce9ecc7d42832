//! Cardinal numbers, in words and digits. “Deux trois” is two numbers: only what the rules of the language make one
//! number is one.

use super::words::ClassWords;
use super::{Class, Found, Lexeme, Stop};

/// The lexemes of one stretch, with the words of their language.
pub(super) struct Text<'a> {
    pub words: &'a ClassWords,
    pub lexemes: &'a [Lexeme<'a>],
}

/// What was read: up to which lexeme, and its worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Read {
    pub end: usize,
    pub value: u64,
}

/// A thousand of a thousand: numerals longer than this many digits are no numbers to reckon with.
const MOST_DIGITS: usize = 12;

/// The numbers of a stretch, from left to right.
pub(super) fn numbers(text: &Text<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.lexemes.len() {
        match text.cardinal(at) {
            Some(read) => {
                let alone = read.end == at + 1 && read.value == 1 && text.numeral(at).is_none();
                found.push(Found { sure: !alone, ..Found::new(Class::Number, at, read.end) });
                at = read.end;
            }
            None => at += 1,
        }
    }
    found
}

impl Text<'_> {
    pub(super) fn at(&self, at: usize) -> &str {
        self.lexemes.get(at).map_or("", |l| l.text)
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.at(at) == word
    }

    /// Does the lexeme go on from the one before, with no punctuation between?
    pub(super) fn joins(&self, at: usize) -> bool {
        self.stop_before(at) == Some(Stop::None)
    }

    /// What stands between the lexeme and the one before it; none where either is missing.
    pub(super) fn stop_before(&self, at: usize) -> Option<Stop> {
        let before = self.lexemes.get(at.checked_sub(1)?)?;
        self.lexemes.get(at).map(|_| before.written.stop)
    }

    /// A number that one word says.
    pub(super) fn atom(&self, at: usize) -> Option<u64> {
        self.words.atoms.get(self.at(at)).copied()
    }

    pub(super) fn scale(&self, at: usize) -> Option<u64> {
        self.words.scales.get(self.at(at)).copied()
    }

    /// A numeral of digits only.
    pub(super) fn numeral(&self, at: usize) -> Option<u64> {
        let text = self.at(at);
        let plain = !text.is_empty() && text.len() <= MOST_DIGITS && text.bytes().all(|b| b.is_ascii_digit());
        if plain { text.parse().ok() } else { None }
    }

    /// A numeral with a decimal mark: `12,5`.
    pub(super) fn is_decimal(&self, at: usize) -> bool {
        let text = self.at(at);
        let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
        let digits = |s: &str| !s.is_empty() && s.len() <= MOST_DIGITS && s.bytes().all(|b| b.is_ascii_digit());
        digits(whole) && digits(part)
    }

    /// A number from 0 to 99 in words.
    pub(super) fn below_hundred(&self, at: usize) -> Option<Read> {
        let value = self.atom(at)?;
        let plain = Read { end: at + 1, value };
        if !self.joins(at + 1) {
            return Some(plain);
        }
        let rest = if self.words.french { self.french_rest(at, value) } else { self.english_rest(at, value) };
        Some(rest.unwrap_or(plain))
    }

    fn english_rest(&self, at: usize, tens: u64) -> Option<Read> {
        let ones = self.atom(at + 1).filter(|ones| (1..=9).contains(ones))?;
        (tens >= 20).then_some(Read { end: at + 2, value: tens + ones })
    }

    fn french_rest(&self, at: usize, value: u64) -> Option<Read> {
        let next = at + 1;
        let add = |base: u64, read: Read| Read { value: base + read.value, ..read };
        let and = self.is(next, "et") && self.joins(next + 1);
        match value {
            4 if self.atom(next) == Some(20) => {
                let rest = if self.joins(next + 1) { self.teen(next + 1) } else { None };
                Some(rest.map_or(Read { end: next + 1, value: 80 }, |rest| add(80, rest)))
            }
            10 => self
                .atom(next)
                .filter(|ones| (7..=9).contains(ones))
                .map(|ones| Read { end: next + 1, value: 10 + ones }),
            60 if and => self.teen(next + 1).filter(|rest| matches!(rest.value, 1 | 11)).map(|rest| add(60, rest)),
            60 => self.teen(next).filter(|rest| rest.value > 1).map(|rest| add(60, rest)),
            20..=90 if and => {
                self.atom(next + 1).filter(|one| *one == 1).map(|one| Read { end: next + 2, value: value + one })
            }
            20..=90 => self
                .atom(next)
                .filter(|ones| (2..=9).contains(ones))
                .map(|ones| Read { end: next + 1, value: value + ones }),
            _ => None,
        }
    }

    /// From 1 to 19, in French.
    fn teen(&self, at: usize) -> Option<Read> {
        let value = self.atom(at).filter(|value| (1..=16).contains(value))?;
        let longer = if value == 10 && self.joins(at + 1) { self.french_rest(at, 10) } else { None };
        Some(longer.unwrap_or(Read { end: at + 1, value }))
    }

    /// A number from 0 to 999 in words.
    pub(super) fn below_thousand(&self, at: usize) -> Option<Read> {
        let is_hundred = |at: usize| self.scale(at) == Some(100);
        let hundreds = if is_hundred(at) && self.words.french {
            Read { end: at + 1, value: 100 }
        } else {
            let few = self.below_hundred(at);
            match few {
                Some(few) if (1..=9).contains(&few.value) && self.joins(few.end) && is_hundred(few.end) => {
                    Read { end: few.end + 1, value: few.value * 100 }
                }
                _ => return few,
            }
        };
        Some(self.with_rest(hundreds))
    }

    /// Hundreds with what is below them.
    pub(super) fn with_rest(&self, hundreds: Read) -> Read {
        if !self.joins(hundreds.end) {
            return hundreds;
        }
        let skip = usize::from(self.is_and(hundreds.end));
        let rest = self.below_hundred(hundreds.end + skip).filter(|rest| rest.value > 0);
        rest.map_or(hundreds, |rest| Read { value: hundreds.value + rest.value, ..rest })
    }

    fn is_and(&self, at: usize) -> bool {
        !self.words.french && self.is(at, "and") && self.joins(at + 1)
    }

    /// A number, as long as the rules of the language make it.
    pub(super) fn cardinal(&self, at: usize) -> Option<Read> {
        if self.is(at, "oh") {
            return None;
        }
        if self.is_decimal(at) {
            return Some(self.scaled(Read { end: at + 1, value: 0 }));
        }
        let whole = if self.numeral(at).is_some() { self.scaled(self.grouped(at)?) } else { self.in_words(at)? };
        Some(self.with_fraction(whole))
    }

    /// Digits in groups of three: `10 000`.
    fn grouped(&self, at: usize) -> Option<Read> {
        let mut read = Read { end: at + 1, value: self.numeral(at)? };
        if self.at(at).len() > 3 || self.at(at).starts_with('0') {
            return Some(read);
        }
        while read.end - at < 4 && self.joins(read.end) && self.at(read.end).len() == 3 {
            let Some(group) = self.numeral(read.end) else { break };
            read = Read { end: read.end + 1, value: read.value.saturating_mul(1000).saturating_add(group) };
        }
        Some(read)
    }

    /// Digits before a word that multiplies: `3 millions`.
    fn scaled(&self, read: Read) -> Read {
        match self.scale(read.end).filter(|scale| *scale >= 1000 && self.joins(read.end)) {
            Some(scale) => Read { end: read.end + 1, value: read.value.saturating_mul(scale) },
            None => read,
        }
    }

    fn in_words(&self, at: usize) -> Option<Read> {
        let mut total: Option<Read> = None;
        let mut least_scale = u64::MAX;
        let mut next = at;
        loop {
            let alone = self.words.french && self.scale(next) == Some(1000);
            let group = if alone { Some(Read { end: next, value: 1 }) } else { self.below_thousand(next) };
            let Some(group) = group else { break };
            let so_far = total.map_or(0, |t| t.value);
            let goes_on = alone || self.joins(group.end);
            match self.scale(group.end).filter(|scale| goes_on && (1000..least_scale).contains(scale)) {
                Some(scale) => {
                    least_scale = scale;
                    let value = so_far.saturating_add(group.value.saturating_mul(scale));
                    total = Some(Read { end: group.end + 1, value });
                    if !self.joins(group.end + 1) {
                        break;
                    }
                    next = group.end + 1 + usize::from(self.is_and(group.end + 1));
                }
                None if total.is_none() || group.value > 0 => {
                    total = Some(Read { end: group.end, value: so_far.saturating_add(group.value) });
                    break;
                }
                None => break,
            }
        }
        total.filter(|total| total.end > at)
    }

    /// “virgule cinq”, “point five”: what follows the decimal mark may be said digit by digit.
    fn with_fraction(&self, whole: Read) -> Read {
        let mark = if self.words.french { "virgule" } else { "point" };
        if !(self.is(whole.end, mark) && self.joins(whole.end) && self.joins(whole.end + 1)) {
            return whole;
        }
        let mut end = whole.end + 1;
        while end - whole.end < 6 && (end == whole.end + 1 || self.joins(end)) {
            let part = self.numeral(end).map(|value| Read { end: end + 1, value });
            let Some(part) = part.or_else(|| self.below_hundred(end)) else { break };
            end = part.end;
        }
        if end > whole.end + 1 { Read { end, ..whole } } else { whole }
    }
}
