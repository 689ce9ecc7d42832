//! Values and amounts in plain words, with their units. Numbers are cut, never rounded up to a bound.

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

/// What a value came to: `58.06 % (1 min 12 s of 2 min 4 s)`, `2 s to 5 s`.
pub fn measured(measured: &Measured) -> String {
    if let Some(text) = &measured.text {
        return format!("it is “{text}”");
    }
    let shown = |number: &Option<Rational>| number.map(|n| number_of(measured.dimension, n));
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

fn number_of(dimension: Dimension, number: Rational) -> String {
    let plain = thousandths(number.thousandths());
    match dimension {
        Dimension::Duration => minutes(number.truncated()),
        Dimension::Share => {
            let per_cent = number.times(Rational::whole(100)).unwrap_or(number);
            format!("{} %", thousandths(per_cent.thousandths()))
        }
        Dimension::Count => plain,
        Dimension::Level => format!("{plain} dBFS"),
        Dimension::LevelDifference => format!("{plain} dB"),
        Dimension::Frequency => format!("{plain} Hz"),
        Dimension::PitchDifference => format!("{plain} semitones"),
        Dimension::WordRate => format!("{plain} words/min"),
        Dimension::SyllableRate => format!("{plain} syllables/s"),
        Dimension::PerMinute => format!("{plain} per min"),
        Dimension::Date => Date::from_days(number.truncated()).map_or(plain, |date| date.to_string()),
        Dimension::Text | Dimension::Boolean => plain,
    }
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
    let sign = if value < 0 { "-" } else { "" };
    let (whole, rest) = (value.unsigned_abs() / 1000, value.unsigned_abs() % 1000);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{}", format!("{rest:03}").trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::{amount, measured};
    use grille_evidence::rational::Rational;
    use grille_evidence::trace::{Amount, AmountUnit};
    use grille_evidence::value::{Dimension, Measured};

    fn shown(dimension: Dimension, least: Option<(i128, i128)>, greatest: Option<(i128, i128)>) -> String {
        let number = |n: Option<(i128, i128)>| n.map(|(a, b)| Rational::of(a, b).unwrap());
        measured(&Measured { dimension, least: number(least), greatest: number(greatest), quotient: None, text: None })
    }

    #[test]
    fn values_read_well() {
        assert_eq!(shown(Dimension::Share, Some((18, 31)), Some((18, 31))), "58.064 %");
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
        assert_eq!(measured(&talk), "58.064 % (1 min 12 s of 2 min 4 s)");
        assert_eq!(amount(Amount { value: 8064, unit: AmountUnit::MilliPercent }), "8.064 %");
    }
}
