//! From a source file to its syntax tree, with a finding for everything that could not be read. Knows no meaning.
//!
//! `split` cuts the file into items and counts brackets, `habit` finds what people bring along from other products,
//! pest reads each item by itself, `build` makes the tree, `explain` puts pest's refusal into words.

mod build;
pub(crate) mod each;
mod expected;
mod explain;
mod findings;
mod first_line;
pub(crate) mod grammar;
mod habit;
pub(crate) mod item;
mod nearest;
mod skip;
pub(crate) mod split;
pub(crate) mod table;
pub(crate) mod token;

#[cfg(test)]
mod tests;

use crate::ast::{Ident, KeywordLanguage, Module};
use crate::decode::span;
use crate::diagnostic::{Diagnostic, FixSafety, syntax};
use crate::keywords;
use crate::source::SourceFile;
pub use each::tests_from;
use findings::Findings;
use split::{Head, Slice, Slices};
use token::Kind;

/// Findings shown of one file.
pub const FINDINGS_SHOWN: usize = 100;
/// Findings counted of one file; after that it is read no further.
const FINDINGS_COUNTED: usize = 10_000;

/// A file as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parse {
    /// Everything that could be read.
    pub module: Module,
    /// Everything that could not, in the order of the file; the last one says so where there are too many.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file. Never fails as a whole: an item that cannot be read is told of, and the next one is read.
#[must_use]
pub fn parse(file: &SourceFile) -> Parse {
    let mut reading = Reading { file, module: Module::default(), findings: Findings::default(), places: None };
    if file.text.len() > syntax::SIZE_LIMIT {
        reading.tell(syntax::too_large(file.text.len(), span(file.id, 0, 0)));
    } else if file.text.trim().is_empty() {
        reading.tell(syntax::empty(span(file.id, 0, 0)));
    } else {
        reading.read();
    }
    reading.finish()
}

struct Reading<'t> {
    file: &'t SourceFile,
    module: Module,
    findings: Findings,
    /// Where the text comes from, if it was put together.
    places: Option<&'t each::Places>,
}

impl Reading<'_> {
    fn tell(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    fn read(&mut self) {
        let mut slices = Slices::new(self.file);
        let mut first = true;
        for mut slice in slices.by_ref() {
            let findings = std::mem::take(&mut slice.findings);
            findings.into_iter().for_each(|finding| self.tell(finding));
            if !(first && self.first_line(&slice)) {
                let read = self.module.items.len();
                self.slice(&slice);
                if self.module.items.len() == read {
                    self.module.unread.extend(self.name_of(&slice));
                }
            }
            first = false;
            if self.findings.counted > FINDINGS_COUNTED {
                break;
            }
        }
        self.module.comments = slices.comments;
    }

    fn slice(&mut self, slice: &Slice) {
        let french = self.module.edition.as_ref().is_some_and(|edition| edition.keywords == KeywordLanguage::Fr);
        if slice.broken || french {
            return;
        }
        match slice.head {
            Head::Keyword("grille") => self.late_edition(slice),
            Head::Keyword("locale") => self.locale(slice),
            Head::Keyword("test") if self.test_each(slice) => {}
            Head::Keyword(word) => self.item(slice, word),
            Head::Misspelt(word) => self.misspelt(slice, word),
            Head::Unknown => self.unknown(slice),
        }
    }

    /// The name that a slice would have declared.
    fn name_of(&self, slice: &Slice) -> Option<Ident> {
        let declares = matches!(slice.head.word(), "lexicon" | "moment" | "phase" | "criterion" | "scorecard");
        let name = slice.tokens.get(1).filter(|token| declares && token.kind == Kind::Word)?;
        let place = span(self.file.id, name.start, name.end);
        Some(Ident { text: self.file.slice(place).to_owned(), span: place })
    }

    fn locale(&mut self, slice: &Slice) {
        let place = span(self.file.id, slice.start, slice.end);
        let text = self.file.slice(place).trim_start_matches("locale").trim();
        let tag = text.split('#').next().unwrap_or("").trim();
        let start = slice.end - text.len();
        if tag.is_empty() || !tag.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
            let message = if tag.is_empty() {
                "`locale` without a language".to_owned()
            } else {
                format!("`{tag}` is not a locale")
            };
            self.tell(syntax::unexpected(message, place, "which language?").help("write for example `locale fr-FR`"));
        } else if let Some(known) = &self.module.locale {
            let first = known.span;
            let finding = syntax::misplaced("`locale` is given twice", place, "the second one");
            self.tell(finding.and_label(first, "the first one").help("keep one"));
        } else {
            let place = span(self.file.id, start, start + tag.len());
            self.module.locale = Some(Ident { text: tag.to_owned(), span: place });
        }
    }

    fn misspelt(&mut self, slice: &Slice, word: &'static str) {
        let Some(first) = slice.tokens.first() else { return };
        let place = span(self.file.id, first.start, first.end);
        let found = self.file.slice(place).to_owned();
        let finding = syntax::unexpected(
            format!("`{found}` does not begin a declaration"),
            place,
            format!("did you mean `{word}`?"),
        );
        self.tell(finding.help(format!("write `{word}`")).fix(place, word, FixSafety::Suggested));
        self.item(slice, word);
    }

    fn unknown(&mut self, slice: &Slice) {
        let Some(first) = slice.tokens.first() else { return };
        let place = span(self.file.id, first.start, first.end);
        let shown: String = self.file.slice(place).chars().take(40).collect();
        let message = format!("expected a declaration, found `{shown}`");
        let words = keywords::DECLARATIONS.iter().filter(|word| !matches!(**word, "locale" | "grille"));
        let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
        let help = format!("declarations begin with one of {}", words.join(", "));
        self.tell(syntax::unexpected(message, place, "begins no declaration").help(help));
    }

    fn finish(self) -> Parse {
        let Findings { kept: mut diagnostics, counted } = self.findings;
        diagnostics.sort_by_key(|finding| (finding.span().start, finding.span().end));
        let hidden = counted.saturating_sub(FINDINGS_SHOWN);
        diagnostics.truncate(FINDINGS_SHOWN);
        if let Some(last) = diagnostics.last_mut().filter(|_| hidden > 0) {
            let note = format!("at least {hidden} more findings in this file are not shown");
            last.help = Some(last.help.take().map_or(note.clone(), |help| format!("{help}; {note}")));
        }
        Parse { module: self.module, diagnostics }
    }
}
