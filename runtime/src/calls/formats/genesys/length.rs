//! Lengths of time as Genesys may write them: ISO 8601, or an object whose keys name their units. Knows no phrases.

use crate::calls::decimal::Decimal;
use crate::calls::place::{LATEST_MS, iso_duration};
use crate::calls::text;
use crate::fault::Fault;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

/// Numbers from here on are counted from 1970, in milliseconds: the 3rd of March 1973.
const EPOCH_FROM: i64 = 100_000_000_000;

/// Keys that name a unit: how many of it make a second, or how many seconds make it.
const PARTS: [(&str, i64, i64); 8] = [
    ("days", 86_400_000, 0),
    ("hours", 3_600_000, 0),
    ("minutes", 60_000, 0),
    ("seconds", 1000, 0),
    ("nanos", 1, -6),
    ("nano", 1, -6),
    ("nanoseconds", 1, -6),
    ("micros", 1, -3),
];
/// Keys for milliseconds.
const MILLISECONDS: [&str; 4] = ["milliseconds", "millis", "totalMilliseconds", "ms"];

/// A length as it stands in the file.
#[derive(Debug, Clone, Copy)]
pub struct Length<'a>(&'a str);

impl<'de: 'a, 'a> Deserialize<'de> for Length<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'de RawValue = Deserialize::deserialize(deserializer)?;
        Ok(Length(raw.get()))
    }
}

impl Length<'_> {
    /// In whole milliseconds.
    ///
    /// # Errors
    /// A [`Fault`] if no unit is named, or if it is longer than 24 hours.
    pub fn ms(self, place: impl Display) -> Result<i32, Fault> {
        if let Ok(text) = serde_json::from_str::<Cow<'_, str>>(self.0) {
            return iso_duration(&text, place);
        }
        let parts: BTreeMap<Cow<'_, str>, Option<Decimal<'_>>> =
            serde_json::from_str(self.0).map_err(|_| self.unknown(&place))?;
        let total = total(&parts).ok_or_else(|| self.unknown(&place))?;
        i32::try_from(total).ok().filter(|ms| (0..=LATEST_MS).contains(ms)).ok_or_else(|| {
            let fault = Fault::new(format!("a length of {total} ms is not between 0 and 24 hours"));
            fault.at(place.to_string()).mend("give lengths in the unit that their key names")
        })
    }

    fn unknown(self, place: impl Display) -> Fault {
        let shown = text::shown(self.0, 60);
        Fault::new(format!("nothing says in which unit `{shown}` is")).at(place.to_string()).mend(
            "lengths that are read: `{\"milliseconds\": 1500}`, `{\"seconds\": 1, \"nanos\": 500000000}`, `\"PT1.5S\"`",
        )
    }
}

/// The milliseconds, where they are the whole length; or all parts together. None if no unit is named, or one badly.
fn total(parts: &BTreeMap<Cow<'_, str>, Option<Decimal<'_>>>) -> Option<i64> {
    let value = |key: &str| parts.get(key).copied().flatten();
    let mut named = false;
    let mut sum = 0i64;
    for (key, ms, places) in PARTS {
        if let Some(number) = value(key) {
            named = true;
            let part = if places == 0 { number.scaled(3)?.checked_mul(ms)? / 1000 } else { number.scaled(places)? };
            sum = sum.checked_add(part)?;
        }
    }
    let milliseconds = MILLISECONDS.iter().find_map(|key| value(key));
    match milliseconds {
        None => Some(sum).filter(|_| named),
        Some(number) => {
            let ms = number.scaled(0)?;
            Some(if ms >= sum { ms } else { sum.checked_add(ms)? })
        }
    }
}

/// Where times of a file are counted from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Origin {
    /// The moment that is 0, in milliseconds since 1970, if the file names it.
    pub zero: Option<i64>,
    /// How long after it the offsets that are read begin.
    pub shift: i64,
}

/// A moment since 1970, from a number that is one.
pub fn since_1970(number: Option<Decimal<'_>>) -> Option<i64> {
    number?.scaled(0).filter(|ms| *ms >= EPOCH_FROM)
}

/// A time from the start of the recording: by the clock where it counts from 1970, since nothing says from where offsets
/// count; else by its offset; else none.
///
/// # Errors
/// A [`Fault`] if a unit is not named, or a time of day cannot be placed on the recording.
pub fn moment(
    offset: Option<Length<'_>>,
    clock: Option<Decimal<'_>>,
    origin: Origin,
    place: &str,
) -> Result<Option<i32>, Fault> {
    let ms = match (since_1970(clock), origin.zero, offset, clock) {
        (Some(at), Some(zero), _, _) => at - zero,
        (_, _, Some(offset), _) => origin.shift + i64::from(offset.ms(format_args!("{place}.offset"))?),
        (None, _, None, Some(clock)) => clock.scaled(0).unwrap_or(i64::MAX).saturating_add(origin.shift),
        (None, _, None, None) => return Ok(None),
        (Some(_), None, None, _) => {
            let what = "a time is counted from 1970, and nothing says when the recording began";
            let mend = "give `startTime` beside the transcripts";
            return Err(Fault::new(what).at(format!("{place}.startTimeMs")).mend(mend));
        }
    };
    i32::try_from(ms).ok().filter(|ms| (0..=LATEST_MS).contains(ms)).map(Some).ok_or_else(|| {
        Fault::new(format!("it starts {ms} ms after the start of the recording, which is not between 0 and 24 hours"))
            .at(place)
            .mend("give `offset`, or a `startTimeMs` and `startTime` that are counted from the same moment")
    })
}

#[cfg(test)]
mod tests {
    use super::{Length, Origin, moment};
    use crate::calls::decimal::Decimal;

    #[test]
    fn lengths_that_name_their_unit_are_read() {
        for (json, ms) in [
            ("{\"milliseconds\": 1860}", 1860),
            ("{\"millis\": 1860, \"standardSeconds\": 1, \"standardDays\": 0}", 1860),
            ("{\"seconds\": 1, \"nano\": 860000000, \"zero\": null}", 1860),
            ("{\"seconds\": 1, \"milliseconds\": 860}", 1860),
            ("{\"seconds\": 1, \"milliseconds\": 1860}", 1860),
            ("{\"minutes\": 1, \"seconds\": 0.5}", 60_500),
            ("\"PT1.86S\"", 1860),
        ] {
            let length: Length<'_> = serde_json::from_str(json).unwrap();
            assert_eq!(length.ms("x").unwrap(), ms, "{json}");
        }
        for json in [
            "1860",
            "1.86",
            "null",
            "{}",
            "{\"value\": 3}",
            "[1]",
            "\"1.86\"",
            "{\"milliseconds\": 1e9}",
            "{\"seconds\": -3}",
        ] {
            let fault = serde_json::from_str::<Length<'_>>(json).unwrap().ms("x").unwrap_err();
            assert!(fault.mend.is_some() && fault.place.is_some(), "{json}");
        }
    }

    #[test]
    fn times_of_day_are_placed_where_the_start_is_known() {
        let clock = |text| Decimal::parse(text);
        let known = Origin { zero: Some(1_768_467_601_000), shift: 0 };
        assert_eq!(moment(None, clock("1768467601200"), known, "x").unwrap(), Some(200));
        assert_eq!(moment(None, clock("4200"), Origin::default(), "x").unwrap(), Some(4200));
        assert!(moment(None, clock("1768467601200"), Origin::default(), "x").unwrap_err().what.contains("1970"));
        assert!(moment(None, clock("1768467600000"), known, "x").unwrap_err().what.contains("-1000 ms"));
        assert_eq!(moment(None, None, known, "x").unwrap(), None);
    }
}
