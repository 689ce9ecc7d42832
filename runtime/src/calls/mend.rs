//! JSON that is none, in the few ways in which programs write it: `NaN` where a number is missing, one value a line, and
//! what whisper.cpp does. Changes nothing else, and must not know what any field means.

use crate::calls::formats::whisper_cpp;
use crate::calls::notes::Effect;
use crate::fault::Fault;
use serde::de::IgnoredAny;

/// A text that was mended.
#[derive(Debug, PartialEq, Eq)]
pub struct Mended {
    /// JSON.
    pub text: String,
    /// What to note of it; nothing where nothing was wrong with it but its form.
    pub note: Option<(Effect, &'static str)>,
}

/// The text of a file that whisper.cpp wrote as no JSON; looked at before anything else, since it may be no UTF-8 either.
#[must_use]
pub fn bytes(bytes: &[u8]) -> Option<Mended> {
    const NOTE: &str =
        "whisper.cpp wrote JSON that is none (characters cut in two, commas too many or too few, `nan`): it was mended";
    whisper_cpp::mended(bytes).map(|text| Mended { text, note: Some((Effect::Remarked, NOTE)) })
}

/// The same values as one JSON document; none if the text is one already, or cannot be made one.
///
/// # Errors
/// A [`Fault`] if the text is JSON line by line, and one line is broken.
pub fn text(text: &str) -> Result<Option<Mended>, Fault> {
    if !text.trim_start().starts_with(['{', '[']) || is_json(text) {
        return Ok(None);
    }
    const NOTE: &str = "numbers that are none (`NaN`, `Infinity`) are taken as missing";
    let (numbers, changed) = without_nan(text);
    let note = changed.then_some((Effect::Remarked, NOTE));
    if changed && is_json(&numbers) {
        return Ok(Some(Mended { text: numbers, note }));
    }
    Ok(lines(&numbers)?.map(|text| Mended { text, note }))
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// `NaN` and the infinities become `null`; did any?
fn without_nan(text: &str) -> (String, bool) {
    const NONE: [&str; 3] = ["NaN", "Infinity", "-Infinity"];
    let (mut out, mut changed) = (String::with_capacity(text.len()), false);
    let (mut rest, mut inside) = (text, false);
    while let Some(c) = rest.chars().next() {
        let none = NONE.iter().find(|none| !inside && rest.starts_with(**none));
        let (taken, written) = match (none, c) {
            (Some(none), _) => (none.len(), "null"),
            (None, '\\') if inside => {
                let two = rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at);
                (two, rest.get(..two).unwrap_or_default())
            }
            (None, _) => (c.len_utf8(), rest.get(..c.len_utf8()).unwrap_or_default()),
        };
        inside ^= c == '"';
        changed |= none.is_some();
        out.push_str(written);
        rest = rest.get(taken..).unwrap_or_default();
    }
    (out, changed)
}

/// The values of a text with one a line, as a list; none if the first line is no value, or the only one.
fn lines(text: &str) -> Result<Option<String>, Fault> {
    let filled = |text: &str| !text.trim().is_empty();
    let first = text.lines().find(|line| filled(line)).unwrap_or_default();
    if !is_json(first) || text.lines().filter(|line| filled(line)).nth(1).is_none() {
        return Ok(None);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 64 + 2);
    out.push('[');
    let mut comma = "";
    for (number, line) in text.lines().enumerate() {
        if filled(line) {
            if let Err(error) = serde_json::from_str::<IgnoredAny>(line) {
                let fault = crate::calls::json_fault(&error);
                return Err(fault.at(format!("line {}, column {}", number + 1, error.column())));
            }
            out.push_str(comma);
            out.push_str(line);
            comma = ",";
        }
        out.push('\n');
    }
    out.push(']');
    Ok(Some(out))
}

#[cfg(test)]
mod tests {
    use super::text;

    fn mended(written: &str) -> Option<(String, bool)> {
        text(written).unwrap().map(|mended| (mended.text, mended.note.is_some()))
    }

    #[test]
    fn what_is_json_or_nothing_like_it_is_left_alone() {
        for written in ["{\"a\": \"NaN\"}", "[1, 2]", "", "hello", "{\"a\": 1", "{\"a\": nan}", "[1,\n2"] {
            assert_eq!(mended(written), None, "{written}");
        }
    }

    #[test]
    fn numbers_that_are_none_are_missing() {
        let written = "{\"a\": NaN, \"b\": [-Infinity, \"\\\"NaN\"]}";
        assert_eq!(mended(written), Some(("{\"a\": null, \"b\": [null, \"\\\"NaN\"]}".to_owned(), true)));
    }

    #[test]
    fn one_value_a_line_is_a_list() {
        assert_eq!(mended("{\"a\": 1}\n\n{\"a\": 2}\n"), Some(("[{\"a\": 1}\n\n,{\"a\": 2}\n]".to_owned(), false)));
        assert_eq!(mended("{\"a\": NaN}\r\n[2]"), Some(("[{\"a\": null}\n,[2]\n]".to_owned(), true)));
        let fault = text("{\"a\": 1}\n{\"a\": 2}\n{\"a\":").unwrap_err();
        assert_eq!(fault.place.as_deref(), Some("line 3, column 5"));
    }
}
