//! Times as captions write them: `00:01:02.345`, `01:02,345`, and the line with two of them. Knows no format.
//!
//! As the WebVTT standard reads them: two digits of minutes and seconds below 60, hours of any length that may be left
//! out. Wider where only one reading is left: a comma for the point, one digit of minutes or hours, no fraction, more
//! than three digits of fraction. One or two digits of fraction are refused: writers mean either tenths or milliseconds.

use crate::calls::place;
use crate::calls::text;
use crate::fault::Fault;

/// What parts the two times of a cue.
pub const ARROW: &str = "-->";

const MEND: &str = "write hours, minutes and seconds with three digits after the point: `00:01:02.345`";

/// Start and end in milliseconds of a line with an arrow; what stands behind them is passed over.
///
/// # Errors
/// A [`Fault`] at that line, if one of them is no time, is later than 24 hours, or if the end comes before the start.
pub fn of_line(line: &str, number: u32) -> Result<(i32, i32), Fault> {
    let place = format!("line {number}");
    let (start, rest) = leading(line.trim_start(), &place)?;
    let Some(rest) = rest.trim_start().strip_prefix(ARROW) else {
        let shown = text::shown(line, 60);
        let fault = Fault::new(format!("`{shown}` is no start and end of a caption")).at(place);
        return Err(fault.mend("write two times with `-->` between them: `00:01.000 --> 00:02.500`"));
    };
    let (end, _) = leading(rest.trim_start(), &place)?;
    place::forward(start, end, place)
}

/// A time inside a text, which takes up all of it; none if it is no time.
pub fn whole(text: &str) -> Option<i32> {
    leading(text, "").ok().filter(|(_, rest)| rest.is_empty()).map(|(time, _)| time)
}

/// The time that a text begins with, and what follows it.
fn leading<'a>(text: &'a str, place: &str) -> Result<(i32, &'a str), Fault> {
    let length = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(text.len());
    let (written, rest) = text.split_at_checked(length).unwrap_or((text, ""));
    if !is_written_well(written, rest) {
        let token = text.split(char::is_whitespace).next().unwrap_or_default();
        let shown = text::shown(token, 40);
        let what = if shown.is_empty() { "a time is missing".to_owned() } else { format!("`{shown}` is no time") };
        return Err(Fault::new(what).at(place).mend(MEND));
    }
    place::clock(written, place).map(|time| (time, rest))
}

/// Are the digits of each part as many as they must be, for one reading only?
fn is_written_well(written: &str, rest: &str) -> bool {
    let (clock, fraction) = written.split_once(['.', ',']).map_or((written, None), |(clock, f)| (clock, Some(f)));
    let mut parts = clock.rsplit(':');
    let (seconds, minutes, hours) = (parts.next(), parts.next(), parts.next());
    let below_sixty = |part: &str| part.parse::<u8>().is_ok_and(|n| n < 60);
    let two = |part: Option<&str>| part.is_some_and(|p| p.len() == 2 && below_sixty(p));
    let minutes_fit = match hours {
        Some(hours) => !hours.is_empty() && two(minutes),
        None => minutes.is_some_and(|m| (1..=2).contains(&m.len()) && below_sixty(m)),
    };
    let fraction_fits = match fraction {
        Some(fraction) => fraction.len() >= 3 && fraction.bytes().all(|b| b.is_ascii_digit()),
        None => rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.starts_with(ARROW),
    };
    two(seconds) && minutes_fit && parts.next().is_none() && fraction_fits
}

#[cfg(test)]
mod tests {
    use super::{of_line, whole};

    #[test]
    fn times_are_read_where_they_have_one_reading() {
        for (text, ms) in [
            ("00:01.000", 1000),
            ("0:01.000", 1000),
            ("1:02:03.004", 3_723_004),
            ("000:00:02,500", 2500),
            ("00:00:02", 2000),
            ("00:00:02.1234567", 2123),
            ("24:00:00.000", 86_400_000),
        ] {
            assert_eq!(whole(text), Some(ms), "{text}");
        }
        for text in [
            "00:01.00",
            "00:01.5",
            "00:1.000",
            "00:001.000",
            "000:01.000",
            "60:00.000",
            "00:60.000",
            "1:2:03.000",
            "00.00.000",
            "00:00:1d.890",
            "24:00:00.001",
            "a0:01.000",
            "",
            ":",
            "1",
            "-0:01.000",
            "0:0:0:01.000",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_gives_start_and_end_and_what_follows_is_passed_over() {
        for line in [
            "00:01.000 --> 00:02.000",
            "00:01.000-->00:02.000",
            "\t00:01.000\t \t-->  00:02.000 align:start position:0%",
            "00:01.000 --> 00:02.000line:40%",
            "00:00:01,000 --> 00:00:02,000 7",
        ] {
            assert_eq!(of_line(line, 3).unwrap(), (1000, 2000), "{line}");
        }
    }

    #[test]
    fn a_line_that_is_broken_is_told_with_its_number() {
        for (line, what) in [
            ("00:01.000 --> 00:0x.000", "`00:0x.000` is no time"),
            ("00:01.000 ---> 00:02.000", "`00:01.000 ---> 00:02.000` is no start and end of a caption"),
            ("00:01.000 -->", "a time is missing"),
            ("00:02.000 --> 00:01.000", "it ends at 1000 ms, before it starts at 2000 ms"),
        ] {
            let fault = of_line(line, 3).unwrap_err();
            assert_eq!((fault.what.as_str(), fault.place.as_deref()), (what, Some("line 3")), "{line}");
            assert!(fault.mend.is_some());
        }
    }
}
