//! Cuts a file into slices of one top-level item each, counting brackets. Knows the words that begin an item, and no
//! other syntax.

use super::nearest::nearest;
use super::token::{Kind, Token, Tokens};
use crate::ast::Comment;
use crate::decode::span;
use crate::diagnostic::{Diagnostic, syntax};
use crate::keywords::{self, DECLARATIONS};
use crate::source::{FileId, SourceFile};
use std::iter::Peekable;

/// Findings about brackets and quotes told of one item; more would tell nothing new.
const PER_ITEM: usize = 8;
/// Tokens kept of something that is no item.
const KEPT_OF_UNKNOWN: usize = 16;

/// What a slice begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    /// A keyword of a declaration.
    Keyword(&'static str),
    /// Nearly one.
    Misspelt(&'static str),
    /// Nothing known.
    Unknown,
}

impl Head {
    pub(super) fn word(self) -> &'static str {
        match self {
            Head::Keyword(word) | Head::Misspelt(word) => word,
            Head::Unknown => "",
        }
    }
}

/// A slice of the file: bytes `start..end`.
#[derive(Debug)]
pub(crate) struct Slice {
    /// What it begins with.
    pub head: Head,
    /// Its tokens without comments; only the first few where the head is unknown or `broken`.
    pub tokens: Vec<Token>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Brackets or quotes do not fit; told in `findings`; nothing further can be read of it.
    pub broken: bool,
    /// What was found.
    pub findings: Vec<Diagnostic>,
}

/// The slices of a file, in order.
pub(crate) struct Slices<'t> {
    file: FileId,
    text: &'t str,
    tokens: Peekable<Tokens<'t>>,
    /// The comments passed so far.
    pub comments: Vec<Comment>,
    open: Vec<(char, usize)>,
    lost: bool,
    quote_open: bool,
}

impl<'t> Slices<'t> {
    pub(crate) fn new(file: &'t SourceFile) -> Self {
        Slices {
            file: file.id,
            text: &file.text,
            tokens: Tokens::new(&file.text, 0).peekable(),
            comments: Vec::new(),
            open: Vec::new(),
            lost: false,
            quote_open: false,
        }
    }

    fn text_of(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    /// The next token that is no comment; comments before it are kept.
    fn peek(&mut self) -> Option<Token> {
        while let Some(token) = self.tokens.peek().copied() {
            if token.kind != Kind::Comment {
                return Some(token);
            }
            self.tokens.next();
            let text = self.text_of(token).trim_end().to_owned();
            let end = token.start + text.len();
            self.comments.push(Comment { text, span: span(self.file, token.start, end) });
        }
        None
    }

    fn head(&self, token: Token) -> Head {
        if token.kind != Kind::Word {
            return Head::Unknown;
        }
        let word = self.text_of(token);
        if let Some(keyword) = DECLARATIONS.iter().find(|keyword| **keyword == word) {
            return Head::Keyword(keyword);
        }
        let near = nearest(word, DECLARATIONS.iter().copied()).or_else(|| {
            let english = keywords::english_for(word)?;
            DECLARATIONS.iter().find(|word| **word == english).copied()
        });
        near.filter(|_| !keywords::is_reserved(word)).map_or(Head::Unknown, Head::Misspelt)
    }

    /// Does an item that is not this one begin with the token?
    fn begins_another(&self, token: Token, head: Head) -> bool {
        if !token.first_on_line {
            return false;
        }
        let closed = self.open.is_empty() && !self.lost;
        if closed && matches!(head.word(), "use" | "locale" | "grille") {
            return true;
        }
        if !closed && !token.at_margin {
            return false;
        }
        match self.head(token) {
            Head::Keyword(_) => true,
            Head::Misspelt(_) => closed && token.at_margin && self.is_followed_by_name(token),
            Head::Unknown => false,
        }
    }

    fn is_followed_by_name(&self, token: Token) -> bool {
        let next = Tokens::new(self.text, token.end).next();
        next.is_some_and(|next| !next.first_on_line || next.start > token.end)
            && next.is_some_and(|next| matches!(next.kind, Kind::Word | Kind::Quote | Kind::Number))
    }

    fn track(&mut self, token: Token, slice: &mut Slice) {
        match token.kind {
            Kind::OpenQuote => {
                self.quote_open = true;
                self.report(slice, self.unclosed_quote(token));
            }
            _ if self.lost => {}
            Kind::Open(sign) => {
                self.open.push((sign, token.start));
                if self.open.len() > syntax::NESTING_LIMIT {
                    self.lost = true;
                    let place = span(self.file, token.start, token.end);
                    self.report(slice, syntax::too_deep("brackets", syntax::NESTING_LIMIT, place));
                }
            }
            Kind::Close(sign) => self.close(sign, token, slice),
            _ => {}
        }
    }

    fn close(&mut self, sign: char, token: Token, slice: &mut Slice) {
        let Some(at) = self.open.iter().rposition(|(open, _)| closing(*open) == sign) else {
            if !self.quote_open {
                let place = span(self.file, token.start, token.end);
                let message = format!("there is no open `{}` for this `{sign}`", opening(sign));
                let finding = syntax::unexpected(message, place, "closes nothing")
                    .help("take it away, or look above for one that was closed too early");
                self.report(slice, finding);
            }
            slice.broken = true;
            return;
        };
        let unclosed = self.open.split_off(at + 1);
        self.report_unclosed(&unclosed, slice);
        self.open.pop();
    }

    fn report_unclosed(&self, unclosed: &[(char, usize)], slice: &mut Slice) {
        let Some(((sign, start), outer)) = unclosed.split_last() else { return };
        slice.broken = true;
        if self.quote_open || self.lost {
            return;
        }
        let place = |start: usize| span(self.file, start, start + 1);
        let close = closing(*sign).to_string();
        let mut finding = syntax::unclosed(&sign.to_string(), &close, place(*start));
        for (sign, start) in outer.iter().rev().take(3) {
            finding = finding.and_label(place(*start), format!("this `{sign}` is not closed either"));
        }
        self.report(slice, finding);
    }

    fn unclosed_quote(&self, token: Token) -> Diagnostic {
        let written = self.text_of(token);
        let open = written.chars().next().unwrap_or('"');
        let close = match open {
            '“' => '”',
            '«' => '»',
            other => other,
        };
        let place = span(self.file, token.start, token.start + open.len_utf8());
        let help = format!("a text in quotes ends on its line, with `{close}` where it began with `{open}`");
        syntax::unclosed(&open.to_string(), &close.to_string(), place).help(help)
    }

    fn report(&self, slice: &mut Slice, finding: Diagnostic) {
        slice.broken = true;
        if slice.findings.len() < PER_ITEM {
            slice.findings.push(finding);
        }
    }
}

impl Iterator for Slices<'_> {
    type Item = Slice;

    fn next(&mut self) -> Option<Slice> {
        let first = self.peek()?;
        let head = self.head(first);
        let mut slice =
            Slice { head, tokens: Vec::new(), start: first.start, end: first.end, broken: false, findings: Vec::new() };
        (self.lost, self.quote_open) = (false, false);
        while let Some(token) = self.peek() {
            if !slice.tokens.is_empty() && self.begins_another(token, head) {
                break;
            }
            self.tokens.next();
            if slice.tokens.len() < KEPT_OF_UNKNOWN || !(slice.broken || head == Head::Unknown) {
                slice.tokens.push(token);
            }
            slice.end = token.end;
            self.track(token, &mut slice);
            let has_body = !matches!(head.word(), "use" | "locale" | "grille" | "moment");
            if has_body && token.kind == Kind::Close('}') && self.open.is_empty() && !self.lost {
                break;
            }
        }
        let unclosed = std::mem::take(&mut self.open);
        self.report_unclosed(&unclosed, &mut slice);
        Some(slice)
    }
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

fn opening(close: char) -> char {
    match close {
        ')' => '(',
        ']' => '[',
        _ => '{',
    }
}
