//! The cues of a SubRip (SRT) file: a number, two times, text up to a blank line. Knows that format only.
//!
//! There is no standard. The number may be missing, begin anywhere and repeat; blank lines may stand between any two
//! lines; behind the times anything may follow (places on the screen, or a number). Text behind a blank line that is
//! not followed by times is refused: nothing says when it was said.

use super::lines::{self, is_blank};
use super::times::{self, ARROW};
use super::{Captions, Cue, Dialect, call, stray};
use crate::calls::formats::{Format, Input, KnownBy};
use crate::calls::reading::Reading;
use crate::fault::Fault;

/// SubRip.
pub static FORMAT: Format = Format {
    name: "srt",
    words: "SubRip (SRT)",
    marks: "two times with `-->` between them on the first lines, after a number or without one",
    known_by: KnownBy::Text(begins),
    read,
};

/// Does a text begin as SubRip: with two times, after a number or without one?
fn begins(text: &str) -> bool {
    let mut lines = lines::of(text).map(|(_, line)| line).filter(|line| !is_blank(line)).take(2);
    let (Some(first), second) = (lines.next(), lines.next()) else { return false };
    is_timed(first) || is_number(first) && second.is_some_and(is_timed)
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    Ok(vec![call(captions(input.text)?, Dialect::SubRip, &FORMAT, input)?])
}

/// The captions of a file; a [`Fault`] at the line that cannot be read.
fn captions(text: &str) -> Result<Captions<'_>, Fault> {
    let mut cues = Vec::new();
    let mut lines = lines::of(text).peekable();
    let mut last_line = 1;
    while let Some((number, line)) = lines.next() {
        last_line = number;
        if line.contains(ARROW) && line.chars().any(char::is_alphanumeric) {
            let times = times::of_line(line, number)?;
            let said = std::iter::from_fn(|| lines.next_if(|(_, line)| !is_blank(line) && !line.contains(ARROW)));
            let mut said: Vec<_> = said.collect();
            if lines.peek().is_some_and(|(_, next)| next.contains(ARROW)) {
                // No blank line before the next caption: the last line is its number.
                said.pop_if(|(_, line)| is_number(line));
            }
            cues.push(Cue { line: number, times, lines: said });
        } else if is_number(line) {
            while lines.next_if(|(_, line)| is_blank(line)).is_some() {}
            if !lines.peek().is_some_and(|(_, next)| next.contains(ARROW)) {
                return Err(stray(number, line, "or take it out if nobody said it"));
            }
        } else if !is_blank(line) && !line.contains(ARROW) {
            return Err(stray(number, line, "or take out the blank line before it if it belongs to the caption above"));
        }
    }
    Ok(Captions { last_line, language: None, cues })
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// Does a line begin with a digit and hold an arrow? Whether its times are right is said when it is read.
fn is_timed(line: &str) -> bool {
    line.trim_start().starts_with(|c: char| c.is_ascii_digit()) && line.contains(ARROW)
}
