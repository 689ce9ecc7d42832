//! Values and amounts in plain words, with their units. Numbers are rounded half to even, never onto a bound that they do not
//! reach.

use super::quote::duration;
use grille_evidence::date::Date;
use grille_evidence::rational::Rational;
use grille_evidence::trace::{Amount, AmountUnit};
use grille_evidence::value::{Dimension, Measured};

/// An amount with its unit.
pub fn amount(amount: Amount) -> String {
    let milli = |unit: &str| format!("{} {unit}", thousandths(amount.value));
    match amount.unit {
        AmountUnit::Milliseconds => duration(amount.value),
        AmountUnit::Count => amount.value.to_string(),
        AmountUnit::Words if amount.value == 1 => "1 word".to_owned(),
        AmountUnit::Words => format!("{} words", amount.value),
        AmountUnit::MilliPercent => milli("%"),
        AmountUnit::MilliDecibels => milli("dB"),
        AmountUnit::MilliHertz => milli("Hz"),
        AmountUnit::MilliSemitones => milli("semitones"),
        AmountUnit::MilliWordsPerMinute => milli("words/min"),
        AmountUnit::MilliSyllablesPerSecond => milli("syllables/s"),
        AmountUnit::MilliPerMinute => milli("per min"),
        AmountUnit::Days if amount.value == 1 => "1 day".to_owned(),
        AmountUnit::Days => format!("{} days", amount.value),
    }
}

/// How far inside the edge; what lies outside is told by its reason.
pub fn inside(margin: Amount) -> Option<String> {
    match margin.value {
        0 => Some("exactly at the edge".to_owned()),
        1.. => Some(format!("{} inside the edge", amount(margin))),
        _ => None,
    }
}

/// What a value came to: `58.065 % (1 min 12 s of 2 min 4 s)`, `2 s to 5 s`. With as many digits as keep it on its side of
/// the values that it is compared with.
pub fn measured(measured: &Measured, edges: &[Rational]) -> String {
    if let Some(text) = &measured.text {
        return format!("it is “{text}”");
    }
    let shown = |number: &Option<Rational>| number.map(|n| number_of(measured.dimension, n, edges));
    let value = match (shown(&measured.least), shown(&measured.greatest)) {
        (Some(least), Some(greatest)) if measured.least == measured.greatest && least == greatest => least,
        (Some(least), Some(greatest)) => format!("{least} to {greatest}"),
        (Some(least), None) => format!("{least} or more"),
        (None, Some(greatest)) => format!("{greatest} or less"),
        (None, None) => "not known".to_owned(),
    };
    match measured.quotient {
        Some((part, whole)) if measured.dimension == Dimension::Share => {
            format!("{value} ({} of {})", long(part), long(whole))
        }
        Some((part, whole)) if whole.unit == AmountUnit::Count => {
            format!("{value} ({} in {})", long(part), whole.value)
        }
        Some((part, whole)) => format!("{value} ({} in {})", long(part), long(whole)),
        None => value,
    }
}

fn number_of(dimension: Dimension, number: Rational, edges: &[Rational]) -> String {
    let plain = || decimal(number, edges);
    match dimension {
        Dimension::Duration => length(number, edges),
        Dimension::Share => {
            let hundred = |share: Rational| share.times(Rational::whole(100)).unwrap_or(share);
            format!("{} %", decimal(hundred(number), &edges.iter().map(|edge| hundred(*edge)).collect::<Vec<_>>()))
        }
        Dimension::Count => plain(),
        Dimension::Level => format!("{} dBFS", plain()),
        Dimension::LevelDifference => format!("{} dB", plain()),
        Dimension::Frequency => format!("{} Hz", plain()),
        Dimension::PitchDifference => format!("{} semitones", plain()),
        Dimension::WordRate => format!("{} words/min", plain()),
        Dimension::SyllableRate => format!("{} syllables/s", plain()),
        Dimension::PerMinute => format!("{} per min", plain()),
        Dimension::Date => Date::from_days(number.truncated()).map_or_else(plain, |date| date.to_string()),
        Dimension::Text | Dimension::Boolean => plain(),
    }
}

/// The fewest decimals, from so many on, with which a rounded number lies as the number does to each edge.
fn decimals(number: Rational, edges: &[Rational], from: u32) -> u32 {
    const MOST: u32 = 12;
    let keeps = |places: &u32| {
        let shown = Rational::of(i128::from(number.scaled(*places)), 10i128.pow(*places));
        shown.is_some_and(|shown| edges.iter().all(|edge| *edge == number || shown.cmp(edge) == number.cmp(edge)))
    };
    (from..MOST).find(keeps).unwrap_or(MOST)
}

/// A number with three decimals, more if an edge is near, as short as it can be written.
fn decimal(number: Rational, edges: &[Rational]) -> String {
    let places = decimals(number, edges, 3);
    written(number.scaled(places), places)
}

/// A length of time to the millisecond; finer if an edge is near.
fn length(number: Rational, edges: &[Rational]) -> String {
    match decimals(number, edges, 0) {
        0 => minutes(number.rounded()),
        places => format!("{} s", written(number.scaled(places), places + 3)),
    }
}

/// `99 %`: a part of a whole in per cent; with a decimal or more where it would look like nothing or all.
pub fn per_cent(part: u32, whole: u32) -> String {
    let share = Rational::of(i128::from(part) * 100, i128::from(whole.max(1))).unwrap_or(Rational::ZERO);
    let places = decimals(share, &[Rational::ZERO, Rational::whole(100)], 0);
    format!("{} %", written(share.scaled(places), places))
}

fn long(of: Amount) -> String {
    match of.unit {
        AmountUnit::Milliseconds => minutes(of.value),
        _ => amount(of),
    }
}

/// `1 min 12 s`, `12.5 s`, `800 ms`.
fn minutes(millis: i64) -> String {
    let (whole, rest) = (millis / 60_000, millis % 60_000);
    match (whole, rest) {
        (0, rest) => duration(rest),
        (whole, 0) => format!("{whole} min"),
        (whole, rest) => format!("{whole} min {}", duration(rest.abs())),
    }
}

/// A number in thousandths, as short as it can be written.
fn thousandths(value: i64) -> String {
    written(value, 3)
}

/// A number in units of the last of so many decimals, as short as it can be written.
fn written(value: i64, places: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let unit = 10u64.pow(places.min(18));
    let (whole, rest) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{rest:0width$}", width = places as usize);
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::{amount, measured, per_cent};
    use grille_evidence::rational::Rational;
    use grille_evidence::trace::{Amount, AmountUnit};
    use grille_evidence::value::{Dimension, Measured};

    fn shown(dimension: Dimension, least: Option<(i128, i128)>, greatest: Option<(i128, i128)>) -> String {
        let number = |n: Option<(i128, i128)>| n.map(|(a, b)| Rational::of(a, b).unwrap());
        let (least, greatest) = (number(least), number(greatest));
        measured(&Measured { dimension, least, greatest, quotient: None, text: None }, &[])
    }

    #[test]
    fn values_read_well() {
        assert_eq!(shown(Dimension::Share, Some((18, 31)), Some((18, 31))), "58.065 %");
        assert_eq!(shown(Dimension::Duration, Some((2000, 1)), Some((72_000, 1))), "2 s to 1 min 12 s");
        assert_eq!(shown(Dimension::WordRate, Some((174, 1)), None), "174 words/min or more");
        assert_eq!(shown(Dimension::Level, Some((-21, 2)), Some((-21, 2))), "-10.5 dBFS");
        assert_eq!(shown(Dimension::Count, None, None), "not known");
        assert_eq!(shown(Dimension::Date, Some((20_468, 1)), Some((20_468, 1))), "2026-01-15");
    }

    #[test]
    fn what_it_was_divided_of_stands_beside_it() {
        let millis = |value| Amount { value, unit: AmountUnit::Milliseconds };
        let number = Rational::of(18, 31);
        let quotient = Some((millis(72_000), millis(124_000)));
        let talk = Measured { dimension: Dimension::Share, least: number, greatest: number, quotient, text: None };
        assert_eq!(measured(&talk, &[]), "58.065 % (1 min 12 s of 2 min 4 s)");
        assert_eq!(amount(Amount { value: 8064, unit: AmountUnit::MilliPercent }), "8.064 %");
    }

    #[test]
    fn no_number_is_rounded_onto_an_edge_that_it_does_not_reach() {
        let near = |dimension, numerator, denominator, edge| {
            let number = Rational::of(numerator, denominator);
            let value = Measured { dimension, least: number, greatest: number, quotient: None, text: None };
            measured(&value, &[edge])
        };
        let half = Rational::of(1, 2).unwrap();
        assert_eq!(near(Dimension::Share, 1, 2, half), "50 %");
        assert_eq!(near(Dimension::Share, 4_999_999, 10_000_000, half), "49.99999 %");
        assert_eq!(near(Dimension::Share, 4_999_999, 10_000_000, Rational::ONE), "50 %");
        assert_eq!(near(Dimension::Duration, 20_001, 10, Rational::whole(2000)), "2.0001 s");
        assert_eq!(near(Dimension::Duration, 20_004, 10, Rational::whole(3000)), "2 s");
        assert_eq!(
            (per_cent(1, 3), per_cent(999, 1000), per_cent(1, 1000)),
            ("33 %".into(), "99.9 %".into(), "0.1 %".into())
        );
        assert_eq!((per_cent(0, 7), per_cent(7, 7)), ("0 %".into(), "100 %".into()));
    }
}
