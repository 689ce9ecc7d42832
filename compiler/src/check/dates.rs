//! Days of the Gregorian calendar, counted. Knows no time of day and no zone.

/// Days from the first of January of the year 0 to this day; none where there is no such day.
#[must_use]
pub fn day(year: i64, month: u8, day: u8) -> Option<i64> {
    let month = i64::from(month);
    let length = month_length(year, month)?;
    if !(0..=9999).contains(&year) || day == 0 || i64::from(day) > length {
        return None;
    }
    let years = 365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    let months: i64 = (1..month).filter_map(|m| month_length(year, m)).sum();
    Some(years + months + i64::from(day) - 1)
}

fn month_length(year: i64, month: i64) -> Option<i64> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => Some(29),
        2 => Some(28),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_follow_one_another() {
        assert_eq!(day(0, 1, 1), Some(0));
        assert_eq!(day(0, 12, 31), Some(365));
        assert_eq!(day(1, 1, 1), Some(366));
        assert_eq!(day(1970, 1, 1), Some(719_528));
        assert_eq!(day(2000, 3, 1).zip(day(2000, 2, 29)).map(|(a, b)| a - b), Some(1));
        assert_eq!(day(2026, 7, 1).zip(day(2026, 6, 30)).map(|(a, b)| a - b), Some(1));
    }

    #[test]
    fn days_that_do_not_exist() {
        assert_eq!(day(2026, 2, 29), None);
        assert_eq!(day(1900, 2, 29), None);
        assert_eq!(day(2026, 13, 1), None);
        assert_eq!(day(2026, 0, 1), None);
        assert_eq!(day(2026, 1, 0), None);
        assert_eq!(day(2026, 4, 31), None);
    }
}
