//! The blocks of a WebVTT file: header, comments, styles, regions, cues. Knows that format only, and not what cues say.
//!
//! The blocks are found as the standard's parser finds them: a line with an arrow always begins a cue, before it may stand
//! one line of identifier, after it come text lines up to a blank line or the next arrow. Where that parser would drop a
//! cue or a block of text in silence, reading ends with a fault: what was said in it would be missing.

use super::lines::{self, is_blank};
use super::times::{self, ARROW};
use super::{Captions, Cue, Dialect, call, stray};
use crate::calls::formats::{Format, Input, KnownBy, language};
use crate::calls::reading::Reading;
use crate::fault::Fault;

/// WebVTT.
pub static FORMAT: Format = Format {
    name: "webvtt",
    words: "WebVTT",
    marks: "`WEBVTT` on the first line",
    known_by: KnownBy::Text(begins),
    read,
};

/// How every WebVTT file begins.
const SIGNATURE: &str = "WEBVTT";

/// Does a text begin as WebVTT? Blank lines may stand before it.
fn begins(text: &str) -> bool {
    let after = text.trim_start().strip_prefix(SIGNATURE);
    after.is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace))
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    Ok(vec![call(captions(input.text)?, Dialect::WebVtt, &FORMAT, input)?])
}

/// The captions of a file; a [`Fault`] at the line that cannot be read.
fn captions(text: &str) -> Result<Captions<'_>, Fault> {
    let mut lines = lines::of(text).peekable();
    while lines.next_if(|(_, line)| is_blank(line)).is_some() {}
    lines.next();
    let mut language = None;
    while let Some((_, line)) = lines.next_if(|(_, line)| !is_blank(line) && !begins_cue(line)) {
        language = language.or_else(|| language_of(line));
    }
    let mut cues = Vec::new();
    let mut last_line = 1;
    while let Some((number, line)) = lines.next() {
        last_line = number;
        if is_blank(line) {
            continue;
        }
        let timed = |next: Option<&(u32, &str)>| next.is_some_and(|(_, next)| next.contains(ARROW));
        if line.contains(ARROW) {
            // A line of signs alone holds no words, so nothing is lost with it.
            if line.chars().any(char::is_alphanumeric) {
                let text = std::iter::from_fn(|| lines.next_if(|(_, line)| !is_blank(line) && !line.contains(ARROW)));
                cues.push(Cue { line: number, times: times::of_line(line, number)?, lines: text.collect() });
            }
        } else if is_comment(line) || is_head(line, "STYLE") || is_head(line, "REGION") {
            while lines.next_if(|(_, line)| !is_blank(line) && !line.contains(ARROW)).is_some() {}
        } else if !timed(lines.peek()) {
            let is_number = line.trim().bytes().all(|byte| byte.is_ascii_digit());
            while lines.next_if(|(_, line)| is_number && is_blank(line)).is_some() {}
            if !(is_number && timed(lines.peek())) {
                return Err(stray(number, line, "or begin the block with `NOTE` if nobody said it"));
            }
        }
    }
    Ok(Captions { last_line, language, cues })
}

/// In the header, an arrow may stand in what describes the file.
fn begins_cue(line: &str) -> bool {
    line.contains(ARROW) && line.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

fn is_comment(line: &str) -> bool {
    line.strip_prefix("NOTE").is_some_and(|after| after.is_empty() || after.starts_with([' ', '\t']))
}

fn is_head(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(is_blank)
}

/// The language that a line of the header names: `Language: en`.
fn language_of(line: &str) -> Option<String> {
    let (key, value) = line.split_once(':')?;
    language::tag(value).filter(|_| key.trim().eq_ignore_ascii_case("language"))
}
