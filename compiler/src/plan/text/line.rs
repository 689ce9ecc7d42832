//! One line of the text form, cut into words and quoted texts, and what can be taken off its front. Knows no section.

use super::Unreadable;
use crate::plan::attribute::AttributeId;
use crate::plan::{ConditionId, MeasureId, NodeId, PatternId, Site, SymbolId};
use grille_grammar::source::{FileId, Span};
use std::collections::VecDeque;
use std::str::{Chars, FromStr};

/// What a line is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Word(String),
    Quoted(String),
}

/// What is left of a line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    number: usize,
    pieces: VecDeque<Piece>,
}

/// An answer, or why there is none.
pub(super) type Read<T> = Result<T, Unreadable>;

impl Line {
    /// Cuts a line; remarks are dropped.
    pub(super) fn cut(number: usize, text: &str) -> Read<Line> {
        let mut line = Line { number, pieces: VecDeque::new() };
        let mut rest = text.trim_start();
        while !rest.is_empty() && !rest.starts_with(';') {
            if let Some(body) = rest.strip_prefix('"') {
                let (quoted, after) = unquote(body).map_err(|what| line.unreadable(what))?;
                line.pieces.push_back(Piece::Quoted(quoted));
                rest = after;
            } else {
                let end = rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len());
                let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
                line.pieces.push_back(Piece::Word(word.to_owned()));
                rest = after;
            }
            rest = rest.trim_start();
        }
        Ok(line)
    }

    /// Is nothing left?
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// A finding on this line.
    pub(super) fn unreadable(&self, what: impl Into<String>) -> Unreadable {
        Unreadable { line: self.number, what: what.into() }
    }

    /// Something else was expected than what stands here.
    pub(super) fn expected<T>(&self, what: &str) -> Read<T> {
        Err(self.unreadable(match self.pieces.front() {
            Some(Piece::Word(word)) => format!("`{word}` stands where {what} is expected"),
            Some(Piece::Quoted(text)) => format!("{text:?} stands where {what} is expected"),
            None => format!("the line ends where {what} is expected"),
        }))
    }

    /// The next word, left where it is.
    pub(super) fn head(&self) -> Option<&str> {
        match self.pieces.front() {
            Some(Piece::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Takes this word if it is next.
    pub(super) fn take(&mut self, word: &str) -> bool {
        let is_next = self.head() == Some(word);
        if is_next {
            self.pieces.pop_front();
        }
        is_next
    }

    /// Takes this word.
    pub(super) fn keyword(&mut self, word: &str) -> Read<()> {
        if self.take(word) { Ok(()) } else { self.expected(&format!("`{word}`")) }
    }

    /// Takes the next word if this can be made of it.
    pub(super) fn made<T>(&mut self, what: &str, make: impl FnOnce(&str) -> Option<T>) -> Read<T> {
        match self.head().and_then(make) {
            Some(value) => {
                self.pieces.pop_front();
                Ok(value)
            }
            None => self.expected(what),
        }
    }

    /// Takes the word of one of these if it is next.
    pub(super) fn one_of_if_any<T: Copy, W: AsRef<str>>(&mut self, all: &[T], word: fn(T) -> W) -> Option<T> {
        let found = self.head().and_then(|head| all.iter().copied().find(|value| word(*value).as_ref() == head));
        found.inspect(|_| drop(self.pieces.pop_front()))
    }

    /// Takes the word of one of these.
    pub(super) fn one_of<T: Copy, W: AsRef<str>>(&mut self, what: &str, all: &[T], word: fn(T) -> W) -> Read<T> {
        match self.one_of_if_any(all, word) {
            Some(value) => Ok(value),
            None => self.expected(what),
        }
    }

    /// Takes a quoted text if one is next.
    pub(super) fn quoted_if_any(&mut self) -> Option<String> {
        match self.pieces.pop_front() {
            Some(Piece::Quoted(text)) => Some(text),
            other => {
                other.into_iter().for_each(|piece| self.pieces.push_front(piece));
                None
            }
        }
    }

    /// Takes a quoted text.
    pub(super) fn quoted(&mut self) -> Read<String> {
        match self.quoted_if_any() {
            Some(text) => Ok(text),
            None => self.expected("a text in quotes"),
        }
    }

    /// Takes a whole number.
    pub(super) fn number<N: FromStr>(&mut self) -> Read<N> {
        self.made("a number", |word| word.parse().ok())
    }

    /// Takes milliseconds.
    pub(super) fn millis(&mut self) -> Read<i32> {
        let millis = self.number()?;
        self.keyword("ms")?;
        Ok(millis)
    }

    /// Takes a number with up to three decimals, in thousandths.
    pub(super) fn thousandths(&mut self) -> Read<i64> {
        self.made("a number with up to three decimals", thousandths)
    }

    /// Takes a share, in thousandths of a per cent.
    pub(super) fn share(&mut self) -> Read<i64> {
        let share = self.thousandths()?;
        self.keyword("%")?;
        Ok(share)
    }

    /// Takes positions: `0,2`, or `-` for none.
    pub(super) fn places(&mut self) -> Read<Vec<u16>> {
        self.made("positions such as `0,2`, or `-`", |word| match word {
            "-" => Some(Vec::new()),
            list => list.split(',').map(|place| place.parse().ok()).collect(),
        })
    }

    /// Takes a place, and the name that may stand after it.
    pub(super) fn site(&mut self) -> Read<Site> {
        let span = self.made("a place such as `@0:120-160`", |word| {
            let (file, range) = word.strip_prefix('@')?.split_once(':')?;
            let (start, end) = range.split_once('-')?;
            Some(Span { file: FileId(file.parse().ok()?), start: start.parse().ok()?, end: end.parse().ok()? })
        })?;
        Ok(Site { span, name: self.quoted_if_any() })
    }

    /// Is a numbered thing next, such as `m3`?
    pub(super) fn is_at(&self, letter: char) -> bool {
        self.head().is_some_and(|word| numbered::<usize>(word, letter).is_some())
    }

    fn id<N: FromStr>(&mut self, letter: char) -> Read<N> {
        self.made(&format!("a number such as `{letter}0`"), |word| numbered(word, letter))
    }

    /// Takes the number that this thing must have, since things are numbered in order.
    pub(super) fn own_id(&mut self, letter: char, index: usize) -> Read<()> {
        self.keyword(&format!("{letter}{index}"))
    }

    /// Takes an attribute's number.
    pub(super) fn attribute(&mut self) -> Read<AttributeId> {
        self.id('a').map(AttributeId)
    }

    /// Takes a symbol's number.
    pub(super) fn symbol(&mut self) -> Read<SymbolId> {
        self.id('s').map(SymbolId)
    }

    /// Takes a pattern's number.
    pub(super) fn pattern(&mut self) -> Read<PatternId> {
        self.id('p').map(PatternId)
    }

    /// Takes a node's number.
    pub(super) fn node(&mut self) -> Read<NodeId> {
        self.id('m').map(NodeId)
    }

    /// Takes as many nodes' numbers as there are.
    pub(super) fn nodes(&mut self) -> Read<Vec<NodeId>> {
        std::iter::from_fn(|| self.is_at('m').then(|| self.node())).collect()
    }

    /// Takes a value's number.
    pub(super) fn measure(&mut self) -> Read<MeasureId> {
        self.id('v').map(MeasureId)
    }

    /// Takes a condition's number.
    pub(super) fn condition(&mut self) -> Read<ConditionId> {
        self.id('c').map(ConditionId)
    }

    /// Takes as many conditions' numbers as there are.
    pub(super) fn conditions(&mut self) -> Read<Vec<ConditionId>> {
        std::iter::from_fn(|| self.is_at('c').then(|| self.condition())).collect()
    }

    /// Takes a criterion's number.
    pub(super) fn criterion(&mut self) -> Read<usize> {
        self.id('k')
    }

    /// Nothing may be left.
    pub(super) fn end(&self) -> Read<()> {
        if self.is_empty() { Ok(()) } else { self.expected("the end of the line") }
    }
}

fn numbered<N: FromStr>(word: &str, letter: char) -> Option<N> {
    word.strip_prefix(letter)?.parse().ok()
}

fn thousandths(word: &str) -> Option<i64> {
    let (sign, digits) = word.strip_prefix('-').map_or((1, word), |rest| (-1, rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if !all_digits(whole) || !all_digits(decimals) || decimals.len() > 3 {
        return None;
    }
    let rest: i128 = format!("{decimals:0<3}").parse().ok()?;
    let whole: i128 = whole.parse().ok()?;
    i64::try_from(whole.checked_mul(1000)?.checked_add(rest)?.checked_mul(sign)?).ok()
}

/// The text up to its closing quote, and what stands after it.
fn unquote(body: &str) -> Result<(String, &str), &'static str> {
    let mut chars = body.chars();
    let mut text = String::new();
    loop {
        match chars.next() {
            Some('"') => return Ok((text, chars.as_str())),
            Some('\\') => text.push(escaped(&mut chars).ok_or("a text has an unknown escape")?),
            Some(plain) => text.push(plain),
            None => return Err("a text has no closing quote"),
        }
    }
}

fn escaped(chars: &mut Chars<'_>) -> Option<char> {
    match chars.next()? {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        '0' => Some('\0'),
        'u' => {
            let (code, after) = chars.as_str().strip_prefix('{')?.split_once('}')?;
            *chars = after.chars();
            let code = code.chars().all(|c| c.is_ascii_hexdigit()).then_some(code)?;
            char::from_u32(u32::from_str_radix(code, 16).ok()?)
        }
        plain @ ('"' | '\\' | '\'') => Some(plain),
        _ => None,
    }
}
