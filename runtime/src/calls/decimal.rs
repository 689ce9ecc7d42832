//! Numbers read exactly from the text of a JSON file, half to even, without floating point. Knows no units and no
//! formats: the importer says how many decimal places count.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// Digits before the point beyond which a number is refused: nothing that is measured in a call is that large.
const MOST_DIGITS: i64 = 15;

/// A number as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal<'a>(&'a str);

impl<'de: 'a, 'a> Deserialize<'de> for Decimal<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'de RawValue = Deserialize::deserialize(deserializer)?;
        let text = raw.get();
        match text.bytes().next() {
            Some(b'-' | b'0'..=b'9') => Ok(Decimal(text)),
            _ => Err(D::Error::custom("expected a number")),
        }
    }
}

/// A number that may also be written as a text: `4.86` or `"4.86"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quoted<'a>(pub Decimal<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for Quoted<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'de RawValue = Deserialize::deserialize(deserializer)?;
        let text = raw.get();
        let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        Decimal::parse(inside.trim()).map(Quoted).ok_or_else(|| D::Error::custom("expected a number"))
    }
}

impl<'a> Decimal<'a> {
    /// 0.
    pub const ZERO: Decimal<'static> = Decimal("0");

    /// A number as JSON writes it, from a text of which this is not known; digits before or after the point may be missing.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Decimal<'a>> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let some = !(exponent.is_empty() || whole.is_empty() && fraction.is_empty());
        (some && digits(whole) && digits(fraction) && digits(exponent)).then_some(Decimal(text))
    }

    /// As it is written.
    #[must_use]
    pub fn text(self) -> &'a str {
        self.0
    }

    /// The number times 10 to the power of `places`, as the nearest whole number, half to even.
    /// None if it is too large to be anything measured in a call.
    #[must_use]
    pub fn scaled(self, places: i64) -> Option<i64> {
        let (negative, text) = match self.0.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, self.0),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let leading = whole.bytes().chain(fraction.bytes()).take_while(|digit| *digit == b'0').count();
        let mut digits = whole.bytes().chain(fraction.bytes()).skip(leading).map(|digit| i64::from(digit & 15));
        if leading == whole.len() + fraction.len() {
            return Some(0);
        }
        let point = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?;
        let kept = point.checked_add(power(exponent))?.checked_add(places)?;
        if kept < 0 {
            return Some(0);
        }
        if kept > MOST_DIGITS {
            return None;
        }
        let whole = (0..kept).fold(0i64, |value, _| value * 10 + digits.next().unwrap_or(0));
        let next = digits.next().unwrap_or(0);
        let beyond = digits.any(|digit| digit != 0);
        let up = next > 5 || next == 5 && (beyond || whole % 2 == 1);
        let rounded = whole + i64::from(up);
        Some(if negative { -rounded } else { rounded })
    }
}

/// A power of ten as written; one too large to hold is as good as a million.
fn power(text: &str) -> i64 {
    let negative = text.starts_with('-');
    let bound = if negative { -1_000_000 } else { 1_000_000 };
    text.trim_start_matches('+').parse::<i64>().unwrap_or(bound).clamp(-1_000_000, 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Quoted};

    fn milliseconds(text: &str) -> Option<i64> {
        serde_json::from_str::<Decimal>(text).unwrap().scaled(3)
    }

    #[test]
    fn seconds_are_read_from_their_text_half_to_even() {
        assert_eq!(milliseconds("2.0900000000000007"), Some(2090));
        assert_eq!(milliseconds("0.0005"), Some(0));
        assert_eq!(milliseconds("0.0015"), Some(2));
        assert_eq!(milliseconds("0.0025"), Some(2));
        assert_eq!(milliseconds("0.002500000000000000000000000000000000000000000000000001"), Some(3));
        assert_eq!(milliseconds("0.00049"), Some(0));
        assert_eq!(milliseconds("0.00051"), Some(1));
        assert_eq!(milliseconds("0.9999999"), Some(1000));
        assert_eq!(milliseconds("-1.25"), Some(-1250));
        assert_eq!(milliseconds("0"), Some(0));
        assert_eq!(milliseconds("-0.0e9"), Some(0));
        assert_eq!(milliseconds("12"), Some(12_000));
    }

    #[test]
    fn powers_of_ten_are_read_and_absurd_ones_do_no_harm() {
        assert_eq!(milliseconds("1.5e1"), Some(15_000));
        assert_eq!(milliseconds("15E-1"), Some(1500));
        assert_eq!(milliseconds("0.0000001E+7"), Some(1000));
        assert_eq!(milliseconds("1e99999999999999999999999"), None);
        assert_eq!(milliseconds("1e-99999999999999999999999"), Some(0));
        assert_eq!(milliseconds("123456789012345678901234567890"), None);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["\"1.5\"", "null", "[1]", "{}", "true"] {
            assert!(serde_json::from_str::<Decimal>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_may_be_quoted_where_a_format_does_so() {
        for text in ["\"4.86\"", "4.86", "\" 4.86\""] {
            assert_eq!(serde_json::from_str::<Quoted>(text).unwrap().0.scaled(3), Some(4860), "{text}");
        }
        for text in ["\"\"", "\"4.8.6\"", "\"four\"", "null", "\"\\u0034\"", "\"-\"", "\"1e\"", "\".\"", "[1]"] {
            assert!(serde_json::from_str::<Quoted>(text).is_err(), "{text}");
        }
    }
}
