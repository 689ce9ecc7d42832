//! A file as words and signs, each with its comments. Knows which of them stand close together, and nothing of lines.

use super::rows::{self, Row};
use super::spelling::spelled;
use crate::parse::grammar::{Grammar, Rule};
use crate::parse::item::rule_of;
use crate::parse::split::{Head, Slice, Slices};
use crate::parse::token::{Kind, Tokens};
use crate::source::SourceFile;
use pest::Parser;
use pest::iterators::Pair;

/// A comment on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lead {
    /// With its `#`.
    pub text: String,
    /// An empty line stands before it.
    pub blank: bool,
}

/// A word, a sign, a number, a text in quotes.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    /// As it is to be written.
    pub text: String,
    /// The leaf of pest's tree that it is; none of a sign that is no leaf.
    pub rule: Option<Rule>,
    /// What the leaf is part of.
    pub parent: Option<Rule>,
    /// No blank stands before it.
    pub glued: bool,
    /// Comments on lines of their own before it.
    pub lead: Vec<Lead>,
    /// An empty line stands before it, after its comments.
    pub blank: bool,
    /// The comment behind it on its line.
    pub after: Option<String>,
    /// First byte in the file.
    pub start: usize,
    /// One past its last byte.
    end: usize,
}

/// All of a file.
#[derive(Debug, Default)]
pub(super) struct Atoms {
    /// Words and signs in order.
    pub atoms: Vec<Atom>,
    /// What stands on lines of their own, at the margin.
    pub rows: Vec<Row>,
    /// Comments after everything else.
    pub tail: Vec<Lead>,
}

/// A leaf of pest's tree: its rule, its parent's, and its bytes.
struct Leaf {
    rule: Rule,
    parent: Rule,
    start: usize,
    end: usize,
}

/// Reads one file.
struct Reader<'t> {
    text: &'t str,
    comma: bool,
    atoms: Vec<Atom>,
    comments: Vec<(usize, usize)>,
}

impl Atoms {
    /// Cuts a file that can be read. `comma`: numbers are written with one.
    pub(super) fn of(file: &SourceFile, comma: bool) -> Atoms {
        let mut slices = Slices::new(file);
        let mut reader = Reader { text: &file.text, comma, atoms: Vec::new(), comments: Vec::new() };
        let mut found: Vec<Slice> = Vec::new();
        found.extend(slices.by_ref());
        reader.comments = slices.comments.iter().map(|c| (c.span.start as usize, c.span.end as usize)).collect();
        let mut rows = Vec::new();
        for slice in &found {
            let low = reader.atoms.len();
            rows.push(reader.item(slice, low));
        }
        let tail = reader.hang_comments();
        Atoms { atoms: reader.atoms, rows, tail }
    }
}

impl<'t> Reader<'t> {
    /// Reads one item into atoms and tells its row.
    fn item(&mut self, slice: &Slice, low: usize) -> Row {
        let word = match slice.head {
            Head::Keyword(word) => word,
            Head::Misspelt(_) | Head::Unknown => "",
        };
        let text = self.text.get(slice.start..slice.end).unwrap_or("");
        if self.is_each(word, slice) {
            self.push(None, None, slice.start, slice.end, false);
            self.atoms.iter_mut().skip(low).for_each(|atom| atom.text = atom.text.replace("\r\n", "\n"));
            return Row::flat(None, low, self.atoms.len());
        }
        let pair = rule_of(word).and_then(|rule| Grammar::parse(rule, text).ok()).and_then(|mut pairs| pairs.next());
        let Some(pair) = pair else {
            self.line(word, slice);
            return Row::flat(None, low, self.atoms.len());
        };
        let mut leaves = Vec::new();
        collect(&pair, slice.start, &mut leaves);
        let mut at = slice.start;
        for leaf in &leaves {
            self.signs(at, leaf.start);
            self.leaf(leaf);
            at = leaf.end.max(at);
        }
        self.signs(at, slice.end);
        rows::row(&pair, &self.atoms, (low, self.atoms.len()), slice.start)
    }

    /// `test each` stays as it is: the columns of its table are the author's.
    fn is_each(&self, word: &str, slice: &Slice) -> bool {
        let second = slice.tokens.get(1).and_then(|token| self.text.get(token.start..token.end));
        word == "test" && second == Some("each")
    }

    /// `grille 1 en`, `locale fr-FR`: what stands without a blank stays so.
    fn line(&mut self, word: &str, slice: &Slice) {
        let mut end = None;
        for token in &slice.tokens {
            let glued = word == "locale" && end == Some(token.start);
            self.push(None, None, token.start, token.end, glued);
            end = Some(token.end);
        }
    }

    fn leaf(&mut self, leaf: &Leaf) {
        let written = self.text.get(leaf.start..leaf.end).unwrap_or("");
        let kept = written.trim_end().len();
        let tokens: Vec<_> = Tokens::new(written, 0).filter(|token| token.kind != Kind::Comment).collect();
        let whole = tokens.windows(2).all(|pair| matches!(pair, [one, two] if one.end == two.start));
        let is_sign = matches!(leaf.rule, Rule::close_paren | Rule::comma | Rule::colon);
        if whole && kept > 0 && !is_sign {
            self.push(Some(leaf.rule), Some(leaf.parent), leaf.start, leaf.start + kept, self.is_close(leaf.start, ""));
        } else if kept > 0 {
            self.signs(leaf.start, leaf.end);
        }
    }

    /// What stands between leaves.
    fn signs(&mut self, start: usize, end: usize) {
        let Some(between) = self.text.get(start..end) else { return };
        for token in Tokens::new(between, 0).filter(|token| token.kind != Kind::Comment) {
            let text = between.get(token.start..token.end).unwrap_or("");
            let glued = self.is_close(start + token.start, text);
            self.push(None, None, start + token.start, start + token.end, glued);
        }
    }

    fn push(&mut self, rule: Option<Rule>, parent: Option<Rule>, start: usize, end: usize, glued: bool) {
        let number = match (rule, self.atoms.last()) {
            (Some(Rule::unit), Some(number)) => number.text.clone(),
            _ => String::new(),
        };
        let text = spelled(self.text.get(start..end).unwrap_or(""), rule, &number, self.comma);
        let (lead, after) = (Vec::new(), None);
        self.atoms.push(Atom { text, rule, parent, glued, lead, blank: false, after, start, end });
    }

    /// Does no blank stand between the last atom and this one, which begins at `start`? `sign`: what it is, if it is a sign.
    fn is_close(&self, start: usize, sign: &str) -> bool {
        let Some(last) = self.atoms.last() else { return false };
        let touches = last.end == start;
        let is_sign = last.rule.is_none();
        if is_sign && matches!(last.text.as_str(), "(" | "[" | "/") {
            return true;
        }
        if is_sign && last.text == "-" {
            return last.glued || touches;
        }
        match sign {
            ")" | "]" | "," | ":" | "/" => true,
            "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" | "\u{2014}" => last.rule == Some(Rule::clock),
            "(" => matches!(last.rule, Some(Rule::name | Rule::path)) && last.parent != Some(Rule::bound),
            "." => touches,
            _ => is_sign && last.text == "." && touches,
        }
    }

    /// Gives each comment to the atom before it on its line, else to the one after it; tells those after everything.
    fn hang_comments(&mut self) -> Vec<Lead> {
        let comments = std::mem::take(&mut self.comments);
        let mut comments = comments.into_iter().peekable();
        let mut place = 0;
        for atom in &mut self.atoms {
            while let Some((start, end)) = comments.next_if(|(start, _)| *start < atom.start) {
                atom.lead.push(lead(self.text, place, start, end));
                place = end;
            }
            atom.blank = is_blank(self.text, place, atom.start);
            place = atom.end;
            while comments.next_if(|(start, _)| *start < place).is_some() {}
            let behind = comments.next_if(|(start, _)| {
                let between = self.text.get(place..*start).unwrap_or("\n");
                !between.contains(['\n', '\r']) && between.trim_matches(is_nothing).is_empty()
            });
            if let Some((start, end)) = behind {
                atom.after = self.text.get(start..end).map(str::to_owned);
                place = end;
            }
        }
        let mut tail = Vec::new();
        for (start, end) in comments {
            tail.push(lead(self.text, place, start, end));
            place = end;
        }
        tail
    }
}

fn is_nothing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')
}

fn lead(text: &str, place: usize, start: usize, end: usize) -> Lead {
    Lead { text: text.get(start..end).unwrap_or("").to_owned(), blank: is_blank(text, place, start) }
}

/// Is there an empty line between two places?
fn is_blank(text: &str, start: usize, end: usize) -> bool {
    let between = text.get(start..end).unwrap_or("");
    between.matches('\n').count().max(between.matches('\r').count()) > 1
}

fn collect(pair: &Pair<'_, Rule>, base: usize, leaves: &mut Vec<Leaf>) {
    let parent = pair.as_rule();
    for inner in pair.clone().into_inner() {
        let place = inner.as_span();
        if inner.clone().into_inner().next().is_some() {
            collect(&inner, base, leaves);
        } else if place.start() < place.end() {
            leaves.push(Leaf { rule: inner.as_rule(), parent, start: base + place.start(), end: base + place.end() });
        }
    }
}
