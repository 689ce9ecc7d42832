//! Tokens: word boundaries by UAX #29, and elision.
//! Must not know what tokens are used for, nor which language it cuts: the elisions are handed in.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::fold::fold;

/// Which words lose their last letter before an apostrophe, and which apostrophes stand inside one word.
pub(super) struct Elision {
    /// From what stands before the apostrophe to the token that it becomes.
    heads: BTreeMap<String, String>,
    /// Words with an apostrophe that stay one token.
    whole: BTreeSet<String>,
}

impl Elision {
    /// From the lists: an elision with its apostrophe (`j'`), or without it where nothing is elided (`y`, of “y'a”);
    /// an exception as it is written (`aujourd'hui`).
    pub(super) fn new<'a>(elisions: impl Iterator<Item = &'a str>, exceptions: impl Iterator<Item = &'a str>) -> Self {
        let mut heads = BTreeMap::new();
        for entry in elisions.map(fold) {
            heads.insert(entry.trim_end_matches('\'').to_owned(), entry);
        }
        let whole: BTreeSet<String> = exceptions.map(fold).collect();
        for (head, _) in whole.iter().filter_map(|word| word.split_once('\'')) {
            heads.entry(head.to_owned()).or_insert_with(|| format!("{head}'"));
        }
        Elision { heads, whole }
    }

    /// Adds the tokens of one word that has no boundary inside: each elided word with its apostrophe, then the rest.
    fn split(&self, word: &str, tokens: &mut Vec<String>) {
        let mut rest = word;
        while let Some((head, tail)) = rest.split_once('\'') {
            let Some(token) = self.heads.get(head) else { break };
            tokens.push(token.clone());
            rest = from_first_letter(tail);
        }
        if !rest.is_empty() {
            tokens.push(rest.to_owned());
        }
    }

    /// An apostrophe stands right after the last token, and no letter after it: “j' attends”.
    fn close(&self, tokens: &mut [String]) {
        if let Some(last) = tokens.last_mut()
            && let Some(token) = self.heads.get(last.as_str())
        {
            last.clone_from(token);
        }
    }

    /// Puts the exceptions together again, however they were spaced.
    fn rejoin(&self, tokens: Vec<String>) -> Vec<String> {
        let mut joined: Vec<String> = Vec::with_capacity(tokens.len());
        for token in tokens {
            match joined.last_mut() {
                Some(last) if last.ends_with('\'') && self.whole.contains(&format!("{last}{token}")) => {
                    last.push_str(&token);
                }
                _ => joined.push(token),
            }
        }
        joined
    }
}

/// Folds, cuts at the word boundaries of UAX #29, keeps what holds a letter or digit, and splits elisions.
pub(super) fn tokens(text: &str, elision: &Elision) -> Vec<String> {
    let folded = fold(text);
    let mut tokens = Vec::new();
    let mut after_word = false;
    for segment in folded.split_word_bounds() {
        if after_word && segment.starts_with('\'') {
            elision.close(&mut tokens);
        }
        let word = from_first_letter(segment);
        after_word = !word.is_empty();
        if after_word {
            elision.split(word, &mut tokens);
        }
    }
    elision.rejoin(tokens)
}

/// The text from its first letter or digit on. A combining mark, or the half-width voicing marks, which UAX #29 treats
/// as such, cannot be first.
fn from_first_letter(text: &str) -> &str {
    let is_mark = |c: char| is_combining_mark(c) || matches!(c, '\u{FF9E}' | '\u{FF9F}');
    text.trim_start_matches(|c: char| !c.is_alphanumeric() || is_mark(c))
}
