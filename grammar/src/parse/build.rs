//! From pest's pairs to the syntax tree. Checks what a grammar cannot; knows nothing of names or types.
//!
//! A builder's function gives `None` only where grammar and builder disagree, or where it has told a finding.

mod attribute;
mod call;
mod chain;
mod class;
mod clause;
mod expr;
mod filter;
mod item;
mod measure;
mod number;
mod phrase;
mod scorecard;

use super::each::Places;
use super::findings::Findings;
use super::grammar::{Rule, is_keyword};
use super::token::Token;
use crate::ast::{Ident, Path, Text};
use crate::decode::span;
use crate::diagnostic::{Diagnostic, syntax};
use crate::source::{FileId, Span};
use expr::Node;
use pest::iterators::Pair;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Builds the tree of one item.
pub(super) struct Builder<'t> {
    /// The file.
    pub file: FileId,
    /// Its text.
    pub text: &'t str,
    /// Where pest's text would begin in it, and where the item does begin: a misspelt first word was mended.
    pub base: (usize, usize),
    /// The item's tokens; a node ends where its last token does.
    pub tokens: &'t [Token],
    /// What was found.
    pub findings: RefCell<Findings>,
    /// What stands in parentheses, by where it begins, until what is around it takes it up.
    built: RefCell<BTreeMap<usize, Option<Node>>>,
    /// Told once that the tree is too deep.
    pub too_deep: Cell<bool>,
    /// Where the text comes from, if it was put together.
    places: Option<&'t Places>,
}

impl<'t> Builder<'t> {
    /// A builder of the item whose tokens these are.
    pub(super) fn new(
        file: FileId,
        text: &'t str,
        base: (usize, usize),
        tokens: &'t [Token],
        places: Option<&'t Places>,
    ) -> Self {
        Builder {
            file,
            text,
            base,
            tokens,
            findings: RefCell::default(),
            built: RefCell::default(),
            too_deep: Cell::new(false),
            places,
        }
    }

    fn report(&self, finding: Diagnostic) {
        self.findings.borrow_mut().push(finding);
    }

    fn start(&self, pair: &Pair<'_, Rule>) -> usize {
        (self.base.0 + pair.as_span().start()).max(self.base.1)
    }

    /// A place in the file that the author sees.
    fn place(&self, start: usize, end: usize) -> Span {
        self.places.map_or_else(|| span(self.file, start, end), |places| places.place(start, end))
    }

    /// The pair's place, without blanks and comments at its end.
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let (start, end) = (self.start(pair), self.base.0 + pair.as_span().end());
        let count = self.tokens.partition_point(|token| token.start < end);
        let last = count.checked_sub(1).and_then(|last| self.tokens.get(last));
        let tight = last.map_or(end, |token| token.end.min(end));
        self.place(start, tight.max(start))
    }

    /// The words at a place on one line.
    fn words(&self, place: Span) -> String {
        let text = self.text.get(place.start as usize..place.end as usize).unwrap_or("");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn ident(&self, pair: &Pair<'_, Rule>) -> Ident {
        self.check_length(pair.as_str(), self.span(pair));
        Ident { text: pair.as_str().nfc().collect(), span: self.span(pair) }
    }

    /// Reports a name that is too long: a finding shows names, and looks for others that are like them.
    fn check_length(&self, name: &str, span: Span) {
        if name.len() > syntax::NAME_LIMIT && name.chars().count() > syntax::NAME_LIMIT {
            let what = format!("this name has {} characters", name.chars().count());
            let limit = syntax::NAME_LIMIT.to_string();
            self.report(syntax::too_much(&what, &limit, span, "give it a shorter name, and say the rest in a comment"));
        }
    }

    fn path(&self, pair: &Pair<'_, Rule>) -> Path {
        self.path_of(pair.as_str(), self.start(pair))
    }

    fn path_of(&self, written: &str, start: usize) -> Path {
        let mut at = start;
        let mut segments = Vec::new();
        for name in written.split('.') {
            self.check_length(name, self.place(at, at + name.len()));
            segments.push(Ident { text: name.nfc().collect(), span: self.place(at, at + name.len()) });
            at += name.len() + 1;
        }
        Path { segments, span: self.place(start, start + written.len()) }
    }

    fn quoted(&self, pair: &Pair<'_, Rule>) -> Text {
        let (_, inside) = inside_quotes(pair.as_str());
        Text { text: inside.to_owned(), span: self.span(pair) }
    }
}

/// Bytes before the text, and the text, quotes taken off; blanks too inside `« »`.
fn inside_quotes(written: &str) -> (usize, &str) {
    let mut letters = written.chars();
    let open = letters.next();
    letters.next_back();
    let inside = letters.as_str();
    let before = open.map_or(0, char::len_utf8);
    if open != Some('«') {
        return (before, inside);
    }
    let trimmed = inside.trim_start();
    (before + inside.len() - trimmed.len(), trimmed.trim_end())
}

/// The pairs inside that carry something: keywords and signs left out.
fn parts<'i>(pair: &Pair<'i, Rule>) -> impl Iterator<Item = Pair<'i, Rule>> + use<'i> {
    pair.clone().into_inner().filter(|inner| !is_keyword(inner.as_rule()))
}

/// Does the keyword stand directly inside the pair?
fn has(pair: &Pair<'_, Rule>, keyword: Rule) -> bool {
    pair.clone().into_inner().any(|inner| inner.as_rule() == keyword)
}
