//! Putting vendors' numbers on our clock: times in whole milliseconds, confidences in thousandths, all exactly. Knows units
//! and limits, and no format.

use crate::calls::decimal::Decimal;
use crate::calls::text;
use crate::fault::Fault;
use std::fmt::Display;

/// The latest time that a call can hold, in milliseconds: 24 hours.
pub const LATEST_MS: i32 = 86_400_000;

/// Units in which formats count time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Ten-millionths of a second (100 ns), as Azure counts.
    Ticks,
}

impl Unit {
    /// The power of ten by which a number in this unit becomes milliseconds.
    fn places(self) -> i64 {
        match self {
            Unit::Seconds => 3,
            Unit::Milliseconds => 0,
            Unit::Ticks => -4,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Unit::Seconds => "s",
            Unit::Milliseconds => "ms",
            Unit::Ticks => "ticks",
        }
    }
}

/// A time from the start of the recording, in milliseconds, the nearest one, half to even. `place` says where it stands.
///
/// # Errors
/// A [`Fault`] if it is negative or later than 24 hours.
pub fn time(number: Decimal<'_>, unit: Unit, place: impl Display) -> Result<i32, Fault> {
    on_clock(number.scaled(unit.places()))
        .ok_or_else(|| absurd(&format!("{} {}", shown(number.text()), unit.words()), &place))
}

/// The same, from where a stretch starts and how long it lasts: its start and its end.
///
/// # Errors
/// A [`Fault`] if one of them is negative or the end is later than 24 hours.
pub fn from_length(
    start: Decimal<'_>,
    length: Decimal<'_>,
    unit: Unit,
    place: impl Display,
) -> Result<(i32, i32), Fault> {
    let (from, length) = (time(start, unit, &place)?, time(length, unit, &place)?);
    let end = on_clock(Some(i64::from(from) + i64::from(length)));
    end.map(|end| (from, end)).ok_or_else(|| absurd(&format!("{from} + {length} ms"), &place))
}

/// An interval from its two ends; it may last 0 ms.
///
/// # Errors
/// A [`Fault`] as of [`time`], or if it ends before it starts.
pub fn interval(start: Decimal<'_>, end: Decimal<'_>, unit: Unit, place: impl Display) -> Result<(i32, i32), Fault> {
    forward(time(start, unit, &place)?, time(end, unit, &place)?, place)
}

/// Two times of which the second is not before the first.
///
/// # Errors
/// A [`Fault`] if it is.
pub fn forward(start: i32, end: i32, place: impl Display) -> Result<(i32, i32), Fault> {
    if end < start {
        let what = format!("it ends at {end} ms, before it starts at {start} ms");
        return Err(Fault::new(what).at(place.to_string()).mend("give each start before its end"));
    }
    Ok((start, end))
}

/// A time as captions write it: `00:01:02,345`, `01:02.345`; hours may be left out and have any number of digits.
///
/// # Errors
/// A [`Fault`] if it is written otherwise, or later than 24 hours.
pub fn clock(text: &str, place: impl Display) -> Result<i32, Fault> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let read = match parts.as_slice() {
        [minutes, seconds] => of_clock("0", minutes, seconds),
        [hours, minutes, seconds] => of_clock(hours, minutes, seconds),
        _ => None,
    };
    read.and_then(|ms| on_clock(Some(ms))).ok_or_else(|| {
        let mend = "write hours, minutes and seconds with their fraction: `00:01:02,345` or `01:02.345`";
        Fault::new(format!("`{}` is no time", shown(text))).at(place.to_string()).mend(mend)
    })
}

fn of_clock(hours: &str, minutes: &str, seconds: &str) -> Option<i64> {
    let hours = whole(hours)?;
    let minutes = whole(minutes).filter(|m| *m < 60)?;
    let seconds = seconds.replace(',', ".");
    let seconds = Decimal::parse(&seconds).filter(|s| !s.text().starts_with('-'))?.scaled(3)?;
    (seconds < 60_000 + 1).then_some((hours * 60 + minutes) * 60_000 + seconds)
}

/// A whole number of at most nine digits.
fn whole(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.len() < 10 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// A length as ISO 8601 writes it: `PT1M48.05S`, `PT0.11S`, `P1DT2H`.
///
/// # Errors
/// A [`Fault`] if it is written otherwise, or longer than 24 hours.
pub fn iso_duration(text: &str, place: impl Display) -> Result<i32, Fault> {
    of_iso(text.trim()).and_then(|ms| on_clock(Some(ms))).ok_or_else(|| {
        let mend = "write hours, minutes and seconds as ISO 8601 does: `PT1M48.05S`";
        Fault::new(format!("`{}` is no length of time", shown(text))).at(place.to_string()).mend(mend)
    })
}

fn of_iso(text: &str) -> Option<i64> {
    let (days, clock) = text.strip_prefix('P')?.split_once('T').unwrap_or((text.strip_prefix('P')?, ""));
    let mut total = 0;
    if !days.is_empty() {
        total += whole(days.strip_suffix('D')?)? * 86_400_000;
    }
    let mut rest = clock;
    for (letter, length) in [('H', 3_600_000), ('M', 60_000)] {
        if let Some((number, after)) = rest.split_once(letter) {
            total += whole(number)? * length;
            rest = after;
        }
    }
    match rest {
        "" if days.is_empty() && clock.is_empty() => None,
        "" => Some(total),
        seconds => Some(total + Decimal::parse(seconds.strip_suffix('S')?)?.scaled(3)?),
    }
}

/// A length in seconds with its letter, as Google writes it: `12.900s`.
///
/// # Errors
/// A [`Fault`] if it is written otherwise, negative, or longer than 24 hours.
pub fn seconds_with_letter(text: &str, place: impl Display) -> Result<i32, Fault> {
    match text.trim().strip_suffix('s').and_then(Decimal::parse) {
        Some(number) => time(number, Unit::Seconds, place),
        None => {
            let fault = Fault::new(format!("`{}` is no number of seconds", shown(text))).at(place.to_string());
            Err(fault.mend("write seconds and the letter `s`: `12.900s`"))
        }
    }
}

/// Whole seconds and billionths of a second, each 0 if it is not there.
///
/// # Errors
/// A [`Fault`] if one is negative or the time later than 24 hours.
pub fn seconds_and_nanos(
    seconds: Option<Decimal<'_>>,
    nanos: Option<Decimal<'_>>,
    place: impl Display,
) -> Result<i32, Fault> {
    let whole = seconds.map_or(Ok(0), |seconds| time(seconds, Unit::Seconds, &place))?;
    let part = nanos.map_or(Some(0), |nanos| nanos.scaled(-6)).filter(|part| (0..=1000).contains(part));
    let sum = part.and_then(|part| on_clock(Some(i64::from(whole) + part)));
    sum.ok_or_else(|| absurd(&format!("{whole} ms and {} ns", nanos.map_or("0", Decimal::text)), &place))
}

fn on_clock(time: Option<i64>) -> Option<i32> {
    i32::try_from(time?).ok().filter(|time| (0..=LATEST_MS).contains(time))
}

fn absurd(time: &str, place: impl Display) -> Fault {
    Fault::new(format!("a time of {time} is not between 0 and 24 hours"))
        .at(place.to_string())
        .mend("give times from the start of the recording, in the unit that the format asks for")
}

/// Of a text that may be anything, so much that it fits a message of one line.
fn shown(text: &str) -> String {
    text::shown(text, 40)
}

/// A confidence between 0 and 1, in thousandths.
///
/// # Errors
/// A [`Fault`] if it is not between them.
pub fn confidence(number: Decimal<'_>, place: impl Display) -> Result<u16, Fault> {
    let thousandths = number.scaled(3).and_then(|value| u16::try_from(value).ok()).filter(|value| *value <= 1000);
    thousandths.ok_or_else(|| {
        Fault::new(format!("a confidence of {} is not between 0 and 1", shown(number.text())))
            .at(place.to_string())
            .mend("divide per cents by 100")
    })
}

#[cfg(test)]
mod tests {
    use super::{Unit, clock, from_length, iso_duration, seconds_and_nanos, seconds_with_letter, time};
    use crate::calls::decimal::Decimal;

    fn number(text: &str) -> Decimal<'_> {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn units_become_milliseconds_exactly() {
        assert_eq!(time(number("1.4399999"), Unit::Seconds, "x").unwrap(), 1440);
        assert_eq!(time(number("400000.0"), Unit::Ticks, "x").unwrap(), 40);
        assert_eq!(time(number("15000"), Unit::Ticks, "x").unwrap(), 2);
        assert_eq!(time(number("86400"), Unit::Seconds, "x").unwrap(), 86_400_000);
        assert!(time(number("-0.001"), Unit::Seconds, "x").unwrap_err().what.contains("-0.001 s"));
        assert!(time(number("86400001"), Unit::Milliseconds, "x").is_err());
        assert_eq!(from_length(number("0.5"), number("0.25"), Unit::Seconds, "x").unwrap(), (500, 750));
        assert!(from_length(number("86400"), number("1"), Unit::Seconds, "x").is_err());
    }

    #[test]
    fn clocks_of_captions_are_read() {
        for (text, ms) in
            [("00:00:02,429", 2429), ("01:02.345", 62_345), ("1:00:00", 3_600_000), ("00:59.9995", 60_000)]
        {
            assert_eq!(clock(text, "x").unwrap(), ms, "{text}");
        }
        for text in ["", "12", "00:60:00.000", "00:00:61.000", "-1:00.000", "00:-1.0", "0:0:0:1", "a:b", "99:00:00,000"]
        {
            assert!(clock(text, "x").is_err(), "{text}");
        }
    }

    #[test]
    fn lengths_are_read_as_vendors_write_them() {
        for (text, ms) in
            [("PT1M48.05S", 108_050), ("PT0.11S", 110), ("PT1H", 3_600_000), ("P0DT2S", 2000), ("PT0S", 0)]
        {
            assert_eq!(iso_duration(text, "x").unwrap(), ms, "{text}");
        }
        for text in ["", "P", "PT", "1S", "PT1.5M", "PT-1S", "PTS", "P1Y", "P2D"] {
            assert!(iso_duration(text, "x").is_err(), "{text}");
        }
        assert_eq!(seconds_with_letter("12.900s", "x").unwrap(), 12_900);
        assert!(seconds_with_letter("12.9", "x").is_err());
        assert_eq!(seconds_and_nanos(Some(number("12")), Some(number("900000000")), "x").unwrap(), 12_900);
        assert_eq!(seconds_and_nanos(None, None, "x").unwrap(), 0);
        assert!(seconds_and_nanos(None, Some(number("-1000000")), "x").is_err());
    }
}
