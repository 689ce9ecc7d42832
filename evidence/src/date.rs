//! Dates of the calendar, proleptic Gregorian, without time of day or zone.

/// A date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    days: i32,
}

impl Date {
    /// `2026-07-14`: four digits, two, two; none where there is no such day.
    #[must_use]
    pub fn read(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        let number = |from: usize, to: usize| {
            let digits = text.get(from..to).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
            digits.parse::<i32>().ok()
        };
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let fits = year >= 1 && (1..=12).contains(&month) && day >= 1 && day <= length_of(year, month);
        fits.then(|| Date { days: days_before(year, month) + day - 1 })
    }

    /// Days since 1970-01-01; negative before it.
    #[must_use]
    pub fn days(self) -> i32 {
        self.days
    }

    /// From days since 1970-01-01; none outside the years 1 to 9999.
    #[must_use]
    pub fn from_days(days: i64) -> Option<Date> {
        let date = Date { days: i32::try_from(days).ok()? };
        let (first, last) = (days_before(1, 1), days_before(9999, 12) + 30);
        (first..=last).contains(&date.days).then_some(date)
    }

    fn parts(self) -> (i32, i32, i32) {
        // A year is 365.2425 days long on average: the guess is at most one off.
        let guess = 1970 + (i64::from(self.days) * 400).div_euclid(146_097);
        let mut year = i32::try_from(guess).unwrap_or(1970) + 1;
        while days_before(year, 1) > self.days {
            year -= 1;
        }
        let month = (1..=12).rev().find(|month| days_before(year, *month) <= self.days).unwrap_or(1);
        (year, month, self.days - days_before(year, month) + 1)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn length_of(year: i32, month: i32) -> i32 {
    match month {
        2 => 28 + i32::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to the first of the month.
fn days_before(year: i32, month: i32) -> i32 {
    let past = year - 1;
    let years = past * 365 + past / 4 - past / 100 + past / 400 - 719_162;
    years + (1..month).map(|m| length_of(year, m)).sum::<i32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let days = |text: &str| Date::read(text).unwrap().days();
        assert_eq!(days("1970-01-01"), 0);
        assert_eq!(days("1969-12-31"), -1);
        assert_eq!(days("2000-03-01") - days("2000-02-28"), 2);
        assert_eq!(days("1900-03-01") - days("1900-02-28"), 1);
        assert_eq!(days("2026-07-14"), 20_648);
    }

    #[test]
    fn every_day_is_written_as_it_is_read() {
        for days in (days_before(1, 1)..=days_before(9999, 12) + 30).step_by(97) {
            let date = Date::from_days(i64::from(days)).unwrap();
            assert_eq!(Date::read(&date.to_string()), Some(date), "{days}");
        }
        assert_eq!(Date::from_days(i64::from(days_before(1, 1)) - 1), None);
        assert_eq!(Date::from_days(i64::from(days_before(9999, 12)) + 31), None);
    }

    #[test]
    fn what_is_no_day_is_no_date() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-01-00",
            "26-01-01",
            "2026-1-1",
            "2026/01/01",
            "2026-01-01 ",
            "0000-01-01",
            "+026-01-01",
            "2026-01-0١",
        ] {
            assert_eq!(Date::read(text), None, "{text}");
        }
        assert!(Date::read("2024-02-29").is_some());
    }
}
