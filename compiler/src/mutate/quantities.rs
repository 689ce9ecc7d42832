//! Numbers changed: doubled and halved, and moved by one step. A step is one whole unit; one decimal where the number has
//! decimals; of milliseconds, a hundred or ten.

use super::ideas;
use super::walk::Walk;
use grille_grammar::ast::{Bound, Quantity, Unit};

impl Walk<'_> {
    /// A literal; a parameter is changed where it has its value.
    pub(super) fn bound(&mut self, bound: &mut Bound, idea: &str) {
        match bound {
            Bound::Literal(quantity) => self.quantity(quantity, idea),
            Bound::Parameter(_) => {}
        }
    }

    pub(super) fn optional_bound(&mut self, bound: Option<&mut Bound>, idea: &str) {
        if let Some(bound) = bound {
            self.bound(bound, idea);
        }
    }

    pub(super) fn optional_quantity(&mut self, quantity: Option<&mut Quantity>, idea: &str) {
        if let Some(quantity) = quantity {
            self.quantity(quantity, idea);
        }
    }

    /// Upwards and downwards, the larger change first.
    pub(super) fn quantity(&mut self, quantity: &mut Quantity, idea: &str) {
        let (up, down) = steps(quantity);
        let idea = match quantity.unit {
            Unit::None if idea == ideas::EDGE => ideas::COUNT,
            Unit::Percent if idea == ideas::EDGE => ideas::SHARE,
            _ => idea,
        };
        let was = self.sources.slice(quantity.span).to_owned();
        for values in [up, down] {
            self.group();
            for value in values {
                let now = written(&was, value);
                let between = written(&was, i64::midpoint(value, quantity.thousandths));
                let told = if matches!(idea, ideas::EDGE | ideas::SHARE) {
                    format!("{idea}: between {was} and {now}, such as {between}")
                } else {
                    idea.to_owned()
                };
                if self.offer(quantity.span, &was, &now, &told) {
                    quantity.thousandths = value;
                    return;
                }
            }
        }
    }
}

/// Changes upwards and downwards, in thousandths.
fn steps(quantity: &Quantity) -> (Vec<i64>, Vec<i64>) {
    let value = quantity.thousandths;
    let decimal = value % 1000 != 0;
    let (step, scaled) = match quantity.unit {
        Unit::None | Unit::Word | Unit::Turn | Unit::Point => (1000, false),
        Unit::Percent => (if decimal { 100 } else { 1000 }, true),
        Unit::Millisecond => (if value >= 200_000 { 100_000 } else { 10_000 }, true),
        Unit::Second
        | Unit::Minute
        | Unit::Hour
        | Unit::WordsPerMinute
        | Unit::WordsPerSecond
        | Unit::SyllablesPerSecond
        | Unit::SyllablesPerMinute
        | Unit::PerMinute => (if decimal { 100 } else { 1000 }, true),
        Unit::Decibel | Unit::DecibelFullScale | Unit::Semitone => (1000, false),
        Unit::Hertz | Unit::Cent => (10_000, false),
    };
    let (mut up, mut down) = (Vec::new(), Vec::new());
    if scaled && value > 0 {
        up.push(value.saturating_mul(2));
        down.push(value / 2);
    }
    up.push(value.saturating_add(step));
    down.push(value - step);
    let most = if quantity.unit == Unit::Percent { 100_000 } else { i64::MAX };
    up.retain(|changed| *changed <= most);
    down.retain(|changed| *changed >= 0 || value < 0);
    // Half of one second is nearer than one second less would be.
    down.sort_unstable();
    up.sort_unstable_by(|a, b| b.cmp(a));
    up.dedup();
    down.dedup();
    (up, down)
}

/// The number in the place of the one written, with its decimal sign and its unit.
fn written(was: &str, value: i64) -> String {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−');
    let unit = was.trim_start_matches(is_number);
    let comma = was.strip_suffix(unit).is_some_and(|number| number.contains(','));
    let (whole, rest) = (value.unsigned_abs() / 1000, value.unsigned_abs() % 1000);
    let mut number = format!("{}{whole}", if value < 0 { "-" } else { "" });
    if rest != 0 {
        let digits = format!("{rest:03}");
        number.push(if comma { ',' } else { '.' });
        number.push_str(digits.trim_end_matches('0'));
    }
    format!("{number}{unit}")
}

#[cfg(test)]
mod tests {
    use super::{steps, written};
    use grille_grammar::ast::{Quantity, Unit};
    use grille_grammar::source::Span;

    fn of(thousandths: i64, unit: Unit) -> (Vec<i64>, Vec<i64>) {
        steps(&Quantity { thousandths, unit, span: Span::default() })
    }

    #[test]
    fn the_larger_change_comes_first_and_nothing_goes_below_zero() {
        assert_eq!(of(10_000, Unit::Second), (vec![20_000, 11_000], vec![5000, 9000]));
        assert_eq!(of(1_500, Unit::Second), (vec![3000, 1600], vec![750, 1400]));
        assert_eq!(of(0, Unit::None), (vec![1000], vec![]));
        assert_eq!(of(60_000, Unit::Percent), (vec![61_000], vec![30_000, 59_000]));
        assert_eq!(of(800_000, Unit::Millisecond), (vec![1_600_000, 900_000], vec![400_000, 700_000]));
    }

    #[test]
    fn a_change_is_written_as_the_author_wrote() {
        assert_eq!(written("10 s", 5500), "5.5 s");
        assert_eq!(written("1,5s", 1600), "1,6s");
        assert_eq!(written("60 %", 61_000), "61 %");
        assert_eq!(written("-10 dBFS", -9500), "-9.5 dBFS");
    }
}
