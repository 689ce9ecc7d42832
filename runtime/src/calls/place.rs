//! Putting vendors' numbers on our clock: intervals in whole milliseconds, confidences in thousandths. Knows units and
//! limits, and no format.

use crate::calls::decimal::Decimal;
use crate::fault::Fault;
use grille_evidence::call::{Segment, Word, WordKind};

/// The latest time that a call can hold, in milliseconds: 24 hours.
pub const LATEST_MS: i32 = 86_400_000;

/// A time in milliseconds from a number in units of 10 to the power of −`places` milliseconds' thousand: `places` is
/// 0 for milliseconds, 3 for seconds.
pub fn milliseconds(number: Decimal<'_>, places: i64, place: &str) -> Result<i32, Fault> {
    let time = number.scaled(places).and_then(|time| i32::try_from(time).ok());
    let time = time.filter(|time| (0..=LATEST_MS).contains(time));
    time.ok_or_else(|| {
        let unit = if places == 0 { "ms" } else { "s" };
        let shown: String = number.text().chars().take(40).collect();
        Fault::new(format!("a time of {shown} {unit} is not between 0 and 24 hours"))
            .at(place)
            .mend("give times from the start of the recording, in the unit that the format asks for")
    })
}

/// An interval from its two ends; one without length is widened to the 1 ms that everything lasts at least.
pub fn interval(start: Decimal<'_>, end: Decimal<'_>, places: i64, place: &str) -> Result<(i32, i32), Fault> {
    let (start, end) = (milliseconds(start, places, place)?, milliseconds(end, places, place)?);
    if end < start {
        let what = format!("it ends at {end} ms, before it starts at {start} ms");
        return Err(Fault::new(what).at(place).mend("give each start before its end"));
    }
    Ok((start, end.max(start + 1)))
}

/// A confidence between 0 and 1, in thousandths.
pub fn confidence(number: Decimal<'_>, place: &str) -> Result<u16, Fault> {
    let thousandths = number.scaled(3).and_then(|value| u16::try_from(value).ok()).filter(|value| *value <= 1000);
    thousandths.ok_or_else(|| {
        let shown: String = number.text().chars().take(40).collect();
        Fault::new(format!("a confidence of {shown} is not between 0 and 1")).at(place).mend("divide per cents by 100")
    })
}

/// A segment whose bounds are those of its timed words; none if no word has a time.
pub fn around(speaker: &str, words: Vec<Word>) -> Option<Segment> {
    let start_ms = words.iter().filter_map(|word| word.start_ms).min()?;
    let end_ms = words.iter().filter_map(|word| word.end_ms).max()?;
    Some(Segment { speaker: speaker.to_string(), start_ms, end_ms, words })
}

/// A word without a time of its own.
pub fn untimed(text: &str, kind: WordKind) -> Word {
    Word {
        text: text.to_string(),
        start_ms: None,
        end_ms: None,
        confidence_thousandths: None,
        kind,
        after: String::new(),
    }
}
