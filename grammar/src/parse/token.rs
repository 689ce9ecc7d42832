//! Cuts text into rough tokens, comments and quotes known, in one pass. Knows no keyword and no rule of the grammar.

use pest::unicode::{XID_CONTINUE, XID_START};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or a keyword.
    Word,
    /// Digits, with `.`, `,`, `:` between digits.
    Number,
    /// A text in quotes.
    Quote,
    /// An opening quote whose line ends before it is closed; it goes to the end of the line.
    OpenQuote,
    /// `# …` to the end of the line.
    Comment,
    /// `(`, `{` or `[`.
    Open(char),
    /// `)`, `}` or `]`.
    Close(char),
    /// Anything else, in runs of operator signs.
    Sign,
}

/// A token: bytes `start..end` of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub kind: Kind,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Nothing but blanks stands before it on its line.
    pub first_on_line: bool,
    /// It stands at the very start of its line.
    pub at_margin: bool,
}

/// The tokens of a text, in order; blanks are left out, comments are not.
pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    fresh: bool,
    margin: bool,
}

impl<'t> Tokens<'t> {
    /// Reads from byte `at` of the text, which is taken for the start of a line.
    pub(crate) fn new(text: &'t str, at: usize) -> Self {
        Tokens { text, at, fresh: true, margin: true }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip_blanks(&mut self) {
        for c in self.rest().chars() {
            match c {
                '\n' | '\r' => (self.fresh, self.margin) = (true, true),
                '\u{FEFF}' | '\u{200B}' => {}
                c if c.is_whitespace() => self.margin = false,
                _ => break,
            }
            self.at += c.len_utf8();
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_blanks();
        let first = self.rest().chars().next()?;
        let (kind, length) = cut(self.rest(), first);
        let token = Token {
            kind,
            start: self.at,
            end: self.at + length,
            first_on_line: self.fresh,
            at_margin: self.fresh && self.margin,
        };
        (self.fresh, self.margin) = (false, false);
        self.at = token.end;
        Some(token)
    }
}

fn cut(rest: &str, first: char) -> (Kind, usize) {
    match first {
        '#' => (Kind::Comment, rest.find(['\n', '\r']).unwrap_or(rest.len())),
        '(' | '{' | '[' => (Kind::Open(first), 1),
        ')' | '}' | ']' => (Kind::Close(first), 1),
        '"' => quote(rest, '"', '"'),
        '“' => quote(rest, '“', '”'),
        '«' => quote(rest, '«', '»'),
        c if c.is_ascii_digit() => (Kind::Number, number(rest)),
        c if c == '_' || XID_START(c) => (Kind::Word, run(rest, XID_CONTINUE)),
        c if is_operator(c) => (Kind::Sign, run(rest, is_operator)),
        c => (Kind::Sign, c.len_utf8()),
    }
}

fn is_operator(c: char) -> bool {
    matches!(c, '<' | '>' | '=' | '!' | '&' | '|' | '≤' | '≥' | '≠')
}

fn run(rest: &str, is_part: impl Fn(char) -> bool) -> usize {
    rest.char_indices().find(|(_, c)| !is_part(*c)).map_or(rest.len(), |(at, _)| at)
}

fn quote(rest: &str, open: char, close: char) -> (Kind, usize) {
    let inside = open.len_utf8();
    let body = rest.get(inside..).unwrap_or("");
    match body.find([close, '\n', '\r']) {
        Some(at) if body.get(at..).is_some_and(|tail| tail.starts_with(close)) => {
            (Kind::Quote, inside + at + close.len_utf8())
        }
        Some(at) => (Kind::OpenQuote, inside + at),
        None => (Kind::OpenQuote, rest.len()),
    }
}

fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at) || (matches!(bytes.get(at), Some(b'.' | b',' | b':')) && digit(at + 1)) {
        at += 1;
    }
    at
}
