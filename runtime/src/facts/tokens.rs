//! Words become tokens: columns of one length over a vocabulary in order of first occurrence.
//! Must not know turns beyond their bounds, nor what questions, phrases or criteria are.
//!
//! A readable word gives the tokens of its text in the locale (several, or none for a mere dash), the last one of a cut
//! word with a hyphen; a word that cannot be read gives one [`UNKNOWN_TOKEN`]. A negator that stands in an idle negation
//! of the locale is not flagged; where this hangs on words that nobody can tell, the flags say so.

use super::stretches::Stretches;
use super::times::Placed;
use super::{Said, disfluencies, hearing, index};
use grille_evidence::call::{Source, Word};
use grille_evidence::facts::{Hearing, Tokens, UNKNOWN_TOKEN, flag};
use grille_evidence::locale::LocalePack;
use grille_evidence::truth::Truth;
use std::collections::HashMap;
use std::ops::Range;

/// The words with their tokens and hearing, and the columns; `pause_before` is 0 throughout.
pub(super) fn read<'a>(
    words: Vec<Placed<'a>>,
    source: &Source,
    constants: Hearing,
    pack: &LocalePack,
) -> (Vec<Said<'a>>, Tokens) {
    let mut reader = Reader::new(pack);
    let mut said = Vec::with_capacity(words.len());
    for (mut placed, number) in words.into_iter().zip(0..) {
        let heard = hearing::heard(placed.word, source, constants);
        placed.facts.confidence = hearing::confidence(placed.word, source.words);
        let from = reader.tokens.text.len();
        reader.word(placed.word, number, heard);
        said.push(Said { placed, heard, doubtful: false, tokens: from..reader.tokens.text.len() });
    }
    let mut tokens = reader.tokens;
    tokens.pause_before = vec![0; tokens.text.len()];
    (said, tokens)
}

/// Flags the negators; what is surely of one turn or back-channel is looked at together.
pub(super) fn mark_negators(said: &[Said<'_>], tokens: &mut Tokens, found: &Stretches, pack: &LocalePack) {
    let negating: Vec<bool> = tokens.vocabulary.iter().map(|text| pack.is_negator(text)).collect();
    let negates = |id: &u32| negating.get(*id as usize) == Some(&true);
    let untold = untold(said, tokens);
    for (first, last) in found.surely_together() {
        let range = super::stretches::tokens_of(said, first, last);
        if !tokens.text.get(range.clone()).unwrap_or_default().iter().any(negates) {
            continue;
        }
        let negators = pack.negators_in(&told(tokens, &untold, range.clone()));
        for (at, told) in negators {
            // One place lies before the range.
            if let Some(flags) = (range.start + at).checked_sub(1).and_then(|at| tokens.flags.get_mut(at)) {
                *flags |= flag::NEGATOR | if told == Truth::Yes { 0 } else { flag::MAYBE_NEGATOR };
            }
        }
    }
    for (flags, _) in tokens.flags.iter_mut().zip(untold).filter(|(_, untold)| *untold) {
        *flags |= flag::NEGATOR | flag::MAYBE_NEGATOR;
    }
}

/// Of each token: can nobody tell what was said there?
fn untold(said: &[Said<'_>], tokens: &Tokens) -> Vec<bool> {
    let mut untold = vec![false; tokens.text.len()];
    for word in said.iter().filter(|word| word.doubtful || !word.placed.word.kind.is_plain()) {
        untold.get_mut(word.tokens.clone()).unwrap_or_default().fill(true);
    }
    untold
}

/// The tokens of a range with the places before and after it: where a turn or back-channel may go on, nobody can tell how.
fn told<'t>(tokens: &'t Tokens, untold: &[bool], range: Range<usize>) -> Vec<Option<&'t str>> {
    let goes_on = |at: usize| tokens.flags.get(at).is_some_and(|flags| flags & flag::DARK_BEFORE != 0);
    let edge = |at: usize| if goes_on(at) { None } else { Some("") };
    let texts = super::texts(tokens, range.clone()).into_iter().zip(untold.get(range.clone()).unwrap_or_default());
    let texts = texts.map(|(text, untold)| (!untold).then_some(text));
    [edge(range.start)].into_iter().chain(texts).chain([edge(range.end)]).collect()
}

/// Fills the columns, looking each written word up once.
struct Reader<'a, 'p> {
    pack: &'p LocalePack,
    tokens: Tokens,
    /// The tokens of each text that was met, with the flags that each has everywhere.
    known: HashMap<&'a str, Vec<(u32, u16)>>,
    numbers: HashMap<Box<str>, u32>,
}

impl<'a, 'p> Reader<'a, 'p> {
    fn new(pack: &'p LocalePack) -> Self {
        Reader { pack, tokens: Tokens::default(), known: HashMap::new(), numbers: HashMap::new() }
    }

    fn word(&mut self, word: &'a Word, number: u32, heard: bool) {
        if !word.kind.is_plain() {
            return self.push(UNKNOWN_TOKEN, number, flag::UNKNOWN);
        }
        let heard = if heard { flag::HEARD } else { 0 };
        let known = match self.known.remove(word.text.as_str()) {
            Some(known) => known,
            None => self.tokens_of(&word.text).into_iter().map(|text| self.intern(text)).collect(),
        };
        for (text, flags) in &known {
            self.push(*text, number, flags | heard);
        }
        self.known.insert(&word.text, known);
    }

    /// The tokens of a word; the last one of a cut word stands for itself alone.
    fn tokens_of(&self, text: &str) -> Vec<String> {
        let mut tokens = self.pack.tokens(text);
        if disfluencies::is_cut(text)
            && let Some(last) = tokens.last_mut()
        {
            *last = disfluencies::cut_token(last);
        }
        tokens
    }

    fn push(&mut self, text: u32, word: u32, flags: u16) {
        self.tokens.text.push(text);
        self.tokens.word.push(word);
        self.tokens.flags.push(flags);
    }

    fn intern(&mut self, text: String) -> (u32, u16) {
        let flags = if self.pack.is_clause_word(&text) { flag::CLAUSE } else { 0 };
        let next = index(self.tokens.vocabulary.len());
        let text = text.into_boxed_str();
        let vocabulary = &mut self.tokens.vocabulary;
        let number = self.numbers.entry(text).or_insert_with_key(|text| {
            vocabulary.push(text.clone());
            next
        });
        (*number, flags)
    }
}
