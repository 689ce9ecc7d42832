//! Exact ratios of whole numbers in lowest terms. No operation overflows: what does not fit is none. Knows no unit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// An exact ratio in lowest terms; the denominator is at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rational {
    /// Numerator; negative for a number below zero.
    pub numerator: i64,
    /// Denominator, at least 1.
    pub denominator: i64,
}

impl Rational {
    /// Nothing.
    pub const ZERO: Rational = Rational { numerator: 0, denominator: 1 };
    /// One.
    pub const ONE: Rational = Rational { numerator: 1, denominator: 1 };

    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Rational {
        Rational { numerator: number, denominator: 1 }
    }

    /// A ratio; none if it is one by zero, or does not fit in lowest terms.
    #[must_use]
    pub fn of(numerator: i128, denominator: i128) -> Option<Rational> {
        let divisor = greatest_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).ok().filter(|d| *d > 0)?;
        let sign = if denominator < 0 { -1 } else { 1 };
        let numerator = i64::try_from(numerator / divisor * sign).ok()?;
        let denominator = i64::try_from(denominator / divisor * sign).ok().filter(|d| *d > 0)?;
        Some(Rational { numerator, denominator })
    }

    /// Their product, if it fits.
    #[must_use]
    pub fn times(self, other: Rational) -> Option<Rational> {
        Rational::of(
            i128::from(self.numerator) * i128::from(other.numerator),
            i128::from(self.denominator) * i128::from(other.denominator),
        )
    }

    /// Their quotient; none by zero, or if it does not fit.
    #[must_use]
    pub fn by(self, other: Rational) -> Option<Rational> {
        Rational::of(
            i128::from(self.numerator) * i128::from(other.denominator),
            i128::from(self.denominator) * i128::from(other.numerator),
        )
    }

    /// How much it is more than the other, if that fits.
    #[must_use]
    pub fn less(self, other: Rational) -> Option<Rational> {
        let (a, b) = (i128::from(self.numerator), i128::from(other.numerator));
        let (c, d) = (i128::from(self.denominator), i128::from(other.denominator));
        Rational::of((a * d).checked_sub(b * c)?, c * d)
    }

    /// In thousandths, half to even.
    #[must_use]
    pub fn rounded_thousandths(self) -> i64 {
        self.scaled(3)
    }

    /// The nearest whole number, half to even.
    #[must_use]
    pub fn rounded(self) -> i64 {
        self.scaled(0)
    }

    /// In units of the last of so many decimals (at most 18), half to even.
    #[must_use]
    pub fn scaled(self, decimals: u32) -> i64 {
        let denominator = i128::from(self.denominator.max(1));
        let exact = i128::from(self.numerator) * 10i128.pow(decimals.min(18));
        let (down, rest) = (exact.div_euclid(denominator), exact.rem_euclid(denominator));
        let up = match (rest * 2).cmp(&denominator) {
            Ordering::Greater => true,
            Ordering::Equal => down % 2 != 0,
            Ordering::Less => false,
        };
        let nearest = down + i128::from(up);
        i64::try_from(nearest).unwrap_or(if nearest < 0 { i64::MIN } else { i64::MAX })
    }

    /// The whole part, towards zero.
    #[must_use]
    pub fn truncated(self) -> i64 {
        self.numerator / self.denominator.max(1)
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Rational) -> Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Rational) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Euclid.
fn greatest_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::Rational;
    use proptest::prelude::*;

    fn of(numerator: i128, denominator: i128) -> Rational {
        Rational::of(numerator, denominator).unwrap()
    }

    #[test]
    fn lowest_terms_and_signs() {
        assert_eq!(of(72_000, 124_000), Rational { numerator: 18, denominator: 31 });
        assert_eq!(of(6, -4), Rational { numerator: -3, denominator: 2 });
        assert_eq!(of(0, 7), Rational::ZERO);
        assert_eq!(Rational::of(1, 0), None);
        assert_eq!(Rational::of(0, 0), None);
        assert_eq!(Rational::of(i128::from(i64::MAX) + 1, 1), None);
        assert_eq!(Rational::of(i128::MIN, i128::MIN), None);
    }

    #[test]
    fn what_does_not_fit_is_none() {
        let large = Rational::whole(i64::MAX);
        assert_eq!(large.times(large), None);
        assert_eq!(large.times(Rational::ZERO), Some(Rational::ZERO));
        assert_eq!(Rational::whole(i64::MIN).less(Rational::ONE), None);
        assert_eq!(Rational::ONE.by(Rational::ZERO), None);
        assert_eq!(Rational::whole(i64::MAX).rounded_thousandths(), i64::MAX);
    }

    #[test]
    fn decimals_are_rounded_half_to_even() {
        assert_eq!((of(5, 3).rounded_thousandths(), of(-5, 3).rounded_thousandths()), (1667, -1667));
        assert_eq!((of(1, 2).rounded(), of(3, 2).rounded(), of(-1, 2).rounded(), of(-3, 2).rounded()), (0, 2, 0, -2));
        assert_eq!((of(1, 3).scaled(1), of(2, 3).scaled(1), of(1, 4).scaled(1)), (3, 7, 2));
        assert_eq!(Rational::whole(i64::MAX).scaled(30), i64::MAX);
        assert_eq!((of(5, 3).truncated(), of(-5, 3).truncated()), (1, -1));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn arithmetic_keeps_its_laws(a in -999i128..999, b in 1i128..99, c in -999i128..999, d in 1i128..99) {
            let (x, y) = (of(a, b), of(c, d));
            prop_assert_eq!(x.cmp(&y), (a * d).cmp(&(c * b)));
            prop_assert_eq!(x.less(y).unwrap(), of(a * d - c * b, b * d));
            if c != 0 {
                prop_assert_eq!(x.times(y).unwrap().by(y), Some(x));
            }
        }
    }
}
