//! A file as words and signs, each with its comments. Knows which of them stand close together, and nothing of lines.

use super::each;
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
    file: &'t SourceFile,
    text: &'t str,
    comma: bool,
    atoms: Vec<Atom>,
    comments: Vec<(usize, usize)>,
}

impl Atoms {
    /// Cuts a file that can be read. `comma`: numbers are written with one.
    pub(super) fn of(file: &SourceFile, comma: bool) -> Atoms {
        let mut slices = Slices::new(file);
        let mut reader = Reader { file, text: &file.text, comma, atoms: Vec::new(), comments: Vec::new() };
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
        if word == "test" && self.word(slice, 1) == "each" {
            return self.each(slice, low).unwrap_or_else(|| self.as_it_is(slice, low));
        }
        let pair = rule_of(word).and_then(|rule| Grammar::parse(rule, text).ok()).and_then(|mut pairs| pairs.next());
        let Some(pair) = pair else {
            self.line(word, slice);
            return Row::flat(None, low, self.atoms.len());
        };
        self.leaves(&pair, slice.start, slice.end);
        rows::row(&pair, &self.atoms, (low, self.atoms.len()), slice.start)
    }

    fn word(&self, slice: &Slice, at: usize) -> &'t str {
        slice.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or("")
    }

    /// The leaves of pest's tree, whose text stands in bytes `base..end`, and the signs between them.
    fn leaves(&mut self, pair: &Pair<'_, Rule>, base: usize, end: usize) {
        let mut leaves = Vec::new();
        collect(pair, base, &mut leaves);
        let mut at = base;
        for leaf in &leaves {
            self.signs(at, leaf.start);
            self.leaf(leaf);
            at = leaf.end.max(at);
        }
        self.signs(at, end);
    }

    /// `test each`: as any test, with its holes and its table. None where nobody can tell what the holes stand for.
    fn each(&mut self, slice: &Slice, low: usize) -> Option<Row> {
        let filled = each::filled(self.file, slice)?;
        let pair = Grammar::parse(Rule::item_test, &filled.text).ok()?.next()?;
        let (atoms, comments) = (Vec::new(), Vec::new());
        let mut inner = Reader { file: self.file, text: &filled.text, comma: self.comma, atoms, comments };
        inner.leaves(&pair, 0, filled.text.len());
        let mut atoms = Vec::with_capacity(inner.atoms.len() + 2);
        let mut written = slice.start;
        for mut atom in inner.atoms {
            let (start, end, holed) = filled.places.written(atom.start, atom.end);
            // Of what stands in for a hole, only the first word becomes the hole again.
            if start < written {
                continue;
            }
            if holed {
                atom.text = self.text.get(start..end).unwrap_or("").to_owned();
            }
            written = end;
            atoms.push(atom);
        }
        let mut places = Vec::with_capacity(2);
        for (text, blank) in [("each".to_owned(), 0), (each::table(self.file, &filled.each), 1)] {
            let place = filled.each.blanks.get(blank)?;
            let start = filled.places.composed(place.start as usize)?;
            let at = atoms.partition_point(|atom| atom.start < start);
            let (lead, after) = (Vec::new(), None);
            let glued = false;
            atoms.insert(
                at,
                Atom { text, rule: None, parent: None, glued, lead, blank: false, after, start, end: start },
            );
            places.push((low + at, place));
        }
        atoms.iter_mut().for_each(|atom| (atom.start, atom.end) = (atom.start + slice.start, atom.end + slice.start));
        self.atoms.extend(atoms);
        let row = rows::row(&pair, &self.atoms, (low, self.atoms.len()), slice.start);
        for atom in self.atoms.iter_mut().skip(low) {
            let (start, end, _) = filled.places.written(atom.start - slice.start, atom.end - slice.start);
            (atom.start, atom.end) = (start, end);
        }
        for (at, place) in &places {
            let atom = self.atoms.get_mut(*at)?;
            (atom.start, atom.end) = (place.start as usize, place.end as usize);
        }
        Some(each::with_table(row, places.last()?.0))
    }

    fn as_it_is(&mut self, slice: &Slice, low: usize) -> Row {
        self.push(None, None, slice.start, slice.end, false);
        self.atoms.iter_mut().skip(low).for_each(|atom| atom.text = atom.text.replace("\r\n", "\n"));
        Row::flat(None, low, self.atoms.len())
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
