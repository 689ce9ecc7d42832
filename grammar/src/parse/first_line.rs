//! The first line of a file: `grille 1 en`.

use super::Reading;
use super::split::{Head, Slice};
use crate::ast::{Edition, KeywordLanguage};
use crate::decode::span;
use crate::diagnostic::{FixSafety, syntax};

const LINE: &str = "grille 1 en";

impl Reading<'_> {
    /// Reads the edition off the first slice; false where the slice is something else and is to be read again.
    pub(super) fn first_line(&mut self, slice: &Slice) -> bool {
        let place = span(self.file.id, slice.start, slice.end);
        match slice.head {
            Head::Keyword("grille") => {
                if !slice.broken {
                    self.edition(slice);
                }
                true
            }
            Head::Misspelt("grille") | Head::Unknown if self.nearly(slice) => {
                let finding = syntax::no_edition("the first line does not begin with `grille`", place, "misspelt");
                self.tell(finding.fix(place, LINE, FixSafety::Suggested));
                true
            }
            _ => {
                let start = span(self.file.id, 0, 0);
                let finding = syntax::no_edition("the first line `grille 1 en` is missing", start, "should stand here");
                self.tell(finding.fix(start, format!("{LINE}\n"), FixSafety::Safe));
                false
            }
        }
    }

    fn nearly(&self, slice: &Slice) -> bool {
        let first = self.file.text.get(slice.start..slice.end).unwrap_or("").to_lowercase();
        first.starts_with("gri") || slice.head == Head::Misspelt("grille")
    }

    /// `grille` further down.
    pub(super) fn late_edition(&mut self, slice: &Slice) {
        let place = span(self.file.id, slice.start, slice.end);
        self.tell(syntax::no_edition("only the first line begins with `grille`", place, "too late"));
    }

    fn edition(&mut self, slice: &Slice) {
        let place = span(self.file.id, slice.start, slice.end);
        let words: Vec<&str> =
            slice.tokens.iter().map(|token| self.file.text.get(token.start..token.end).unwrap_or("")).collect();
        let (number, language) = match words.as_slice() {
            ["grille", number, language] => (*number, *language),
            _ => {
                let finding = syntax::no_edition("the first line is not complete, or says too much", place, "here");
                self.tell(finding.fix(place, LINE, FixSafety::Safe));
                return;
            }
        };
        let keywords = match language {
            "en" => KeywordLanguage::En,
            "fr" => KeywordLanguage::Fr,
            _ => {
                let message = format!("there are no keywords in the language `{language}`");
                self.tell(syntax::unknown_edition(message, place));
                return;
            }
        };
        if number != "1" {
            let message = format!("there is no edition `{number}`; the only one is `1`");
            self.tell(syntax::unknown_edition(message, place).fix(place, LINE, FixSafety::Suggested));
            return;
        }
        if keywords == KeywordLanguage::Fr {
            let message = "keyword language `fr` is reserved, not available yet";
            self.tell(syntax::unknown_edition(message, place).fix(place, LINE, FixSafety::Suggested));
        }
        self.module.edition = Some(Edition { number: 1, keywords, span: place });
    }
}
