//! Numbers and times, exactly as written. Knows no float.

use super::super::grammar::Rule;
use super::{Builder, parts};
use crate::ast::{Bound, ClockTime, Quantity, Unit};
use crate::diagnostic::syntax;
use crate::source::Span;
use pest::iterators::Pair;

impl Builder<'_> {
    pub(super) fn quantity(&self, pair: &Pair<'_, Rule>) -> Option<Quantity> {
        let sign = if pair.as_rule() == Rule::negative { -1 } else { 1 };
        let mut inner = parts(pair);
        let number = inner.next()?;
        let unit = match inner.next() {
            None => Unit::None,
            Some(unit) if unit.as_rule() == Rule::each_minute => Unit::PerMinute,
            Some(unit) => unit_of(unit.as_str())?,
        };
        let thousandths = self.number(&number);
        Some(Quantity { thousandths: sign * thousandths, unit, span: self.span(pair) })
    }

    pub(super) fn bound(&self, pair: &Pair<'_, Rule>) -> Option<Bound> {
        let inner = parts(pair).next()?;
        match inner.as_rule() {
            Rule::quantity => self.quantity(&inner).map(Bound::Literal),
            _ => Some(Bound::Parameter(self.path(&inner))),
        }
    }

    /// A number that its unit stands behind in the grammar, or the name of one.
    pub(super) fn bound_of_turns(&self, pair: &Pair<'_, Rule>) -> Option<Bound> {
        let inner = parts(pair).next()?;
        match inner.as_rule() {
            Rule::number => {
                let thousandths = self.number(&inner);
                Some(Bound::Literal(Quantity { thousandths, unit: Unit::None, span: self.span(&inner) }))
            }
            _ => Some(Bound::Parameter(self.path(&inner))),
        }
    }

    fn number(&self, pair: &Pair<'_, Rule>) -> i64 {
        let digits = pair.as_str().trim_start_matches(['-', '\u{2212}']).trim_start();
        thousandths(digits).unwrap_or_else(|| {
            self.report(syntax::too_big(pair.as_str(), self.span(pair)));
            0
        })
    }

    pub(super) fn clock(&self, pair: &Pair<'_, Rule>) -> ClockTime {
        let place: Span = self.span(pair);
        let millis = clock_millis(pair.as_str()).unwrap_or_else(|| {
            self.report(bad_clock(pair.as_str(), place));
            0
        });
        ClockTime { millis, span: place }
    }
}

fn unit_of(word: &str) -> Option<Unit> {
    Some(match word {
        "ms" => Unit::Millisecond,
        "s" | "second" | "seconds" => Unit::Second,
        "min" | "minute" | "minutes" => Unit::Minute,
        "h" | "hour" | "hours" => Unit::Hour,
        "%" => Unit::Percent,
        "point" | "points" => Unit::Point,
        "word" | "words" => Unit::Word,
        "turn" | "turns" => Unit::Turn,
        "dB" => Unit::Decibel,
        "dBFS" => Unit::DecibelFullScale,
        "Hz" => Unit::Hertz,
        "semitone" | "semitones" => Unit::Semitone,
        "cent" | "cents" => Unit::Cent,
        "words/min" => Unit::WordsPerMinute,
        "words/s" => Unit::WordsPerSecond,
        "syllables/s" => Unit::SyllablesPerSecond,
        "syllables/min" => Unit::SyllablesPerMinute,
        _ => return None,
    })
}

/// A decimal number in thousandths, half to even; none past what fits.
pub(super) fn thousandths(written: &str) -> Option<i64> {
    let (whole, fraction) = written.split_once(['.', ',']).unwrap_or((written, ""));
    let whole: i64 = whole.parse().ok()?;
    let digit = |at: usize| fraction.as_bytes().get(at).map_or(0, |byte| i64::from(byte.saturating_sub(b'0')));
    let kept = digit(0) * 100 + digit(1) * 10 + digit(2);
    let beyond = fraction.as_bytes().get(4..).is_some_and(|rest| rest.iter().any(|byte| *byte != b'0'));
    let up = match digit(3) {
        0..5 => false,
        5 => beyond || kept % 2 == 1,
        _ => true,
    };
    whole.checked_mul(1000)?.checked_add(kept + i64::from(up))
}

/// `0:02`, `0:03.5`, `1:02:03,250` in milliseconds.
fn clock_millis(written: &str) -> Option<i64> {
    let mut fields = written.rsplit(':');
    let seconds = fields.next()?;
    let minutes = fields.next()?;
    let hours = fields.next();
    let whole = seconds.split(['.', ',']).next()?;
    if fields.next().is_some() || whole.len() != 2 || seconds.ends_with(['.', ',']) {
        return None;
    }
    if seconds.matches(['.', ',']).count() > 1 || !seconds.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
    {
        return None;
    }
    let millis = thousandths(seconds)?;
    if millis > 60_000 || whole > "59" || (hours.is_some() && minutes.len() != 2) {
        return None;
    }
    let minutes = small(minutes)?;
    if hours.is_some() && minutes > 59 {
        return None;
    }
    let hours = hours.map_or(Some(0), small)?;
    Some((hours * 60 + minutes) * 60_000 + millis)
}

fn small(digits: &str) -> Option<i64> {
    let fits = !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits { digits.parse().ok() } else { None }
}

fn bad_clock(written: &str, place: Span) -> crate::diagnostic::Diagnostic {
    syntax::bad_time(format!("`{written}` is not a time on the call's clock"), place)
}
