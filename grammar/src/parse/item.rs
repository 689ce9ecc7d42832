//! One item: habits first, then pest, then the tree. A part that pest refuses is told of, left out, and the rest is
//! read again, so that one item can have several findings.

use super::Reading;
use super::build::Builder;
use super::explain::Stopped;
use super::grammar::{Grammar, Rule};
use super::habit::habits;
use super::skip;
use super::split::{Head, Slice};
use super::token::Token;
use crate::ast::Item;
use crate::decode::span;
use crate::diagnostic::syntax;
use pest::Parser;
use pest::iterators::Pair;

/// Parts left out of one item before it is given up.
const PARTS_LEFT_OUT: usize = 16;
/// Items longer than this are given up at their first fault.
const READ_AGAIN: usize = 256 * 1024;

/// An item on its way through pest.
struct Draft {
    word: &'static str,
    /// Its text, mends put in and parts left out.
    text: String,
    /// Where the text would begin in the file, all lengths being equal.
    base: usize,
    /// Where it does begin.
    from: usize,
    /// The tokens that are left.
    tokens: Vec<Token>,
}

impl Reading<'_> {
    /// Reads the item whose first word is, or should be, `word`.
    pub(super) fn item(&mut self, slice: &Slice, word: &'static str) {
        let Some(rule) = rule_of(word) else { return };
        let size = slice.end - slice.start;
        if size > syntax::DECLARATION_LIMIT {
            let end = slice.tokens.first().map_or(slice.start, |first| first.end);
            let what = format!("this `{word}` has {size} bytes");
            let limit = format!("{} (1 MiB)", syntax::DECLARATION_LIMIT);
            let help = "split it into several, or give its parts names of their own";
            return self.tell(syntax::too_much(&what, &limit, span(self.file.id, slice.start, end), help));
        }
        let found = habits(self.file.id, &self.file.text, slice.head, &slice.tokens);
        self.findings.append(found.findings);
        if found.unreadable {
            return;
        }
        let Some(mut draft) = self.draft(slice, word, &found.mends) else { return };
        let mut left_out = None;
        for _ in 0..PARTS_LEFT_OUT {
            let error = match Grammar::parse(rule, &draft.text) {
                Ok(mut pairs) => return self.build(&draft, pairs.next().as_ref()),
                Err(error) => error,
            };
            let (file, text) = (self.file.id, self.file.text.as_str());
            let stopped = Stopped { file, text, tokens: &draft.tokens, base: draft.base };
            let place = stopped.place(&error);
            if left_out.is_some_and(|last| place <= last) {
                return;
            }
            let finding = stopped.explain(&error);
            self.tell(finding);
            left_out = self.leave_out(&mut draft, place);
            if left_out.is_none() {
                return;
            }
        }
    }

    fn draft(&self, slice: &Slice, word: &'static str, mends: &[(usize, &'static str)]) -> Option<Draft> {
        let mut text = self.file.text.get(slice.start..slice.end)?.to_owned();
        for (at, words) in mends {
            let start = at.saturating_sub(slice.start);
            if text.get(start..start + words.len()).is_some() {
                text.replace_range(start..start + words.len(), words);
            }
        }
        let mut base = slice.start;
        if let Head::Misspelt(_) = slice.head {
            let first = slice.tokens.first()?;
            base = first.end.checked_sub(word.len())?;
            text.replace_range(..first.end - first.start, word);
        }
        Some(Draft { word, text, base, from: slice.start, tokens: slice.tokens.clone() })
    }

    fn build(&mut self, draft: &Draft, pair: Option<&Pair<'_, Rule>>) {
        let builder = Builder::new(self.file.id, &self.file.text, (draft.base, draft.from), &draft.tokens, self.places);
        let item: Option<Item> = pair.and_then(|pair| builder.item(pair));
        let findings = builder.findings.into_inner();
        if item.is_none() && findings.counted == 0 {
            let end = draft.tokens.first().map_or(draft.from, |first| first.end);
            let message = format!("this `{}` could not be read", draft.word);
            self.tell(syntax::unexpected(message, span(self.file.id, draft.from, end), "a defect of Grille itself"));
        }
        self.findings.append(findings);
        self.module.items.extend(item);
    }

    /// Blanks the part that holds the token and tells the token after it; none where the item has no parts.
    fn leave_out(&self, draft: &mut Draft, place: usize) -> Option<usize> {
        if draft.text.len() > READ_AGAIN {
            return None;
        }
        let part = skip::part_of(draft.word, &self.file.text, &draft.tokens, place)?;
        let start = draft.tokens.get(part.start)?.start.checked_sub(draft.base)?;
        let end = draft.tokens.get(part.end.checked_sub(1)?)?.end.checked_sub(draft.base)?;
        let blanks: String = draft.text.get(start..end)?.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        draft.text.replace_range(start..end, &blanks);
        draft.tokens.drain(part.clone());
        Some(part.start)
    }
}

/// The rule of the item that begins with this word.
pub(crate) fn rule_of(word: &str) -> Option<Rule> {
    Some(match word {
        "use" => Rule::item_use,
        "attributes" => Rule::item_attributes,
        "event" => Rule::item_event,
        "lexicon" => Rule::item_lexicon,
        "moment" => Rule::item_moment,
        "phase" => Rule::item_phase,
        "criterion" => Rule::item_criterion,
        "scorecard" => Rule::item_scorecard,
        "test" => Rule::item_test,
        _ => return None,
    })
}
