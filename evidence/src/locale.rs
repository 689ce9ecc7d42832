//! Locale packs: how what is said in one language is cut into tokens, and which of its words negate, fill or ask.
//! Must not know calls, speakers, times, patterns or criteria: text goes in, tokens and yes-or-no answers come out.
//!
//! What a pack means is published in `docs/locales.md`. A pack is data of the project's own (`evidence/locales/`,
//! compiled in) and published algorithms of a pinned version; [`LocalePack::hash`] covers both.

pub mod classes;
mod data;
mod fold;
mod sequences;
mod sounds;
mod words;

#[cfg(test)]
mod tests;

use crate::truth::Truth;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use classes::words::ClassWords;
use classes::{Class, ClassSpan, Lexeme};
use data::ListText;
use sequences::{Reach, Sequences};
pub use sounds::Sound;
use sounds::SoundRules;
use words::Elision;

/// The algorithmic part of every meaning, besides the Unicode tables: raise it when `fold`, `words`, `sequences`,
/// `classes` or `sounds` changes what any text gives.
const ALGORITHMS: &str = "grille-locale 2; rust-stemmers 1.2.0; caseless 0.2.2";

static FRENCH: LazyLock<LocalePack> = LazyLock::new(|| LocalePack::build("fr", Algorithm::French, &data::FRENCH));
static ENGLISH: LazyLock<LocalePack> = LazyLock::new(|| LocalePack::build("en", Algorithm::English, &data::ENGLISH));

/// All that Grille knows of one language in which calls are held. Immutable, built once.
pub struct LocalePack {
    language: &'static str,
    stemmer: Algorithm,
    elision: Elision,
    negators: BTreeSet<String>,
    idle_negations: Sequences,
    clause_words: BTreeSet<String>,
    fillers: BTreeSet<String>,
    back_channels: Sequences,
    back_channel_words: BTreeSet<String>,
    question_forms: Sequences,
    idle_questions: Sequences,
    class_words: ClassWords,
    /// Endings of forms, longest first, with those of forms that the stemmer does not join to them.
    inflections: Vec<(String, String)>,
    sounds: SoundRules,
    hash: String,
}

/// A text with everything folded that is folded in every language: case, apostrophes, hyphens, ligatures. Accents stay.
#[must_use]
pub fn folded(text: &str) -> String {
    fold::fold(text)
}

impl LocalePack {
    /// The pack for a BCP 47 language tag. The language subtag decides (`fr`, `fr-CA` and `FR_fr` are one pack);
    /// `None` for a language that has no pack.
    pub fn for_tag(tag: &str) -> Option<&'static LocalePack> {
        let language = tag.split(['-', '_']).next()?;
        if language.eq_ignore_ascii_case("fr") {
            Some(&FRENCH)
        } else if language.eq_ignore_ascii_case("en") {
            Some(&ENGLISH)
        } else {
            None
        }
    }

    /// Does a tag name what another names, or more of it (`fr` covers `fr-CA`, `fr-CA` does not cover `fr`)? Case and the
    /// kind of hyphen make no difference.
    #[must_use]
    pub fn covers(wide: &str, narrow: &str) -> bool {
        let mut parts = narrow.split(['-', '_']);
        wide.split(['-', '_']).all(|part| parts.next().is_some_and(|other| other.eq_ignore_ascii_case(part)))
    }

    /// The language subtags (ISO 639-1) that have a pack, sorted.
    pub fn tags() -> &'static [&'static str] {
        &["en", "fr"]
    }

    /// The pack's language subtag (ISO 639-1), lower case.
    pub fn language(&self) -> &str {
        self.language
    }

    /// The normalised tokens of a stretch of text, in order. One written word may give several (“j'attends”) or none
    /// (“…”). Idempotent: the tokens, joined by spaces, give the same tokens again.
    pub fn tokens(&self, text: &str) -> Vec<String> {
        words::tokens(text, &self.elision)
    }

    /// The Snowball stem of a normalised token (French and English algorithms of Snowball, by `rust-stemmers`).
    /// A stem is only good for comparing with other stems.
    pub fn stem(&self, token: &str) -> String {
        Stemmer::create(self.stemmer).stem(token).into_owned()
    }

    /// Forms of a normalised token's word that its stem does not join, by the pack's table of regular endings
    /// (`annuler`: `annulons`). They need not exist.
    pub fn more_forms(&self, token: &str) -> Vec<String> {
        let fits = |(ending, _): &&(String, String)| {
            token.strip_suffix(ending.as_str()).is_some_and(|base| base.chars().count() > 1)
        };
        let Some((ending, _)) = self.inflections.iter().find(fits) else { return Vec::new() };
        let base = token.strip_suffix(ending.as_str()).unwrap_or_default();
        let others =
            self.inflections.iter().filter(|(own, _)| own == ending).map(|(_, other)| format!("{base}{other}"));
        others.filter(|form| self.stem(form) != self.stem(token)).collect()
    }

    /// How a normalised token sounds, by the pack's rules: only good for [`Sound::is_like`].
    pub fn sound(&self, token: &str) -> Sound {
        self.sounds.of(token)
    }

    /// Is this token on the list of words that negate what stands beside them? One token is not all of the story:
    /// [`LocalePack::negators_in`] also leaves out the fixed expressions in which a negator denies nothing.
    pub fn is_negator(&self, token: &str) -> bool {
        self.negators.contains(token)
    }

    /// Where in this run of tokens a negator stands that is not part of an idle negation (“ne quittez pas”,
    /// “no problem”), in order, and whether that can be told: `None` stands for any number of tokens that nobody can tell.
    pub fn negators_in(&self, tokens: &[Option<&str>]) -> Vec<(usize, Truth)> {
        let told: Vec<&str> = tokens.iter().map(|token| token.unwrap_or_default()).collect();
        let idle = Reach::of(self.idle_negations.occurrences(&told));
        let negators = told.iter().enumerate().filter(|(_, token)| self.is_negator(token)).map(|(at, _)| at);
        let denying = negators.filter(|at| !idle.holds(&(*at..at.saturating_add(1))));
        let surely = |at| if self.idle_negations.may_hold(tokens, at) { Truth::CannotTell } else { Truth::Yes };
        denying.map(|at| (at, surely(at))).collect()
    }

    /// Fixed expressions, as token sequences, that hold a negator and deny nothing of what stands beside them.
    pub fn idle_negations(&self) -> &[Vec<String>] {
        self.idle_negations.entries()
    }

    /// Does this token open another clause, so that a negator on its far side has no say on this one (“mais”, “but”)?
    pub fn is_clause_word(&self, token: &str) -> bool {
        self.clause_words.contains(token)
    }

    /// Is this token a hesitation or interjection that does not count between the words of a phrase (“euh”, “um”)?
    pub fn is_filler(&self, token: &str) -> bool {
        self.fillers.contains(token)
    }

    /// Is this whole run of tokens made of entries of the back-channel list (“ah d'accord”, “yeah i see”)? An entry
    /// may be several tokens. An empty run is none.
    pub fn is_back_channel(&self, tokens: &[&str]) -> bool {
        !tokens.is_empty() && self.back_channels.tile(tokens)
    }

    /// Does this token stand in an entry of the back-channel list? A run that holds one that does not is none.
    pub fn is_in_back_channels(&self, token: &str) -> bool {
        self.back_channel_words.contains(token)
    }

    /// The entries of the back-channel list, as token sequences.
    pub fn back_channels(&self) -> &[Vec<String>] {
        self.back_channels.entries()
    }

    /// The token sequences that mark a question where the source has no punctuation. The list prefers to miss a
    /// question rather than to see one where there is none. See [`LocalePack::question_forms_in`].
    pub fn question_forms(&self) -> &[Vec<String>] {
        self.question_forms.entries()
    }

    /// Token sequences that hold a question form and ask nothing (“vous pouvez vous”).
    pub fn idle_questions(&self) -> &[Vec<String>] {
        self.idle_questions.entries()
    }

    /// The length of the longest idle question, in tokens.
    pub fn longest_idle_question(&self) -> usize {
        self.idle_questions.entries().iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Where in this run of tokens a question form stands that is not inside an idle question, in order of start.
    pub fn question_forms_in(&self, tokens: &[&str]) -> Vec<Range<usize>> {
        let idle = Reach::of(self.idle_questions.occurrences(tokens));
        let mut forms = self.question_forms.occurrences(tokens);
        forms.retain(|form| !idle.holds(form));
        forms
    }

    /// Is this token a number word? Then it counts in a class, even if it may be a filler (“oh”).
    pub fn is_number_word(&self, token: &str) -> bool {
        self.class_words.atoms.contains_key(token)
    }

    /// The stretches of every class among the tokens of one turn or back-channel, by last token. `cased` tells that the
    /// source writes capitals where they belong.
    pub fn classes_in(&self, lexemes: &[Lexeme<'_>], cased: bool) -> Vec<ClassSpan> {
        classes::spans(&self.class_words, lexemes, cased)
    }

    /// What a mask in a transcript stands for: its class, and of digits how many there may be. `None` for one that does
    /// not say (`[PII]`).
    pub fn class_of_mask(&self, mask: &str) -> Option<(Class, (u8, u8))> {
        classes::of_mask(&self.class_words, mask)
    }

    /// BLAKE3, in hex, of everything that decides what this pack answers: the entries of its lists (not their
    /// comments), the versions of the algorithms and of the Unicode tables.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    fn build(language: &'static str, stemmer: Algorithm, lists: &[ListText]) -> LocalePack {
        let entries = |name: &str| data::entries(lists, name);
        let elision = Elision::new(entries("elisions"), entries("elision-exceptions"));
        let sequences = |name: &str| Sequences::new(entries(name).map(|entry| words::tokens(entry, &elision)));
        let single = |name: &str| entries(name).flat_map(|entry| words::tokens(entry, &elision)).collect();
        LocalePack {
            language,
            stemmer,
            negators: single("negators"),
            idle_negations: sequences("idle-negations"),
            clause_words: single("clause-words"),
            fillers: single("fillers"),
            back_channels: sequences("back-channels"),
            back_channel_words: single("back-channels"),
            question_forms: sequences("question-forms"),
            idle_questions: sequences("idle-questions"),
            class_words: ClassWords::new(
                language == "fr",
                |name| data::entries(lists, name),
                |entry| words::tokens(entry, &elision),
            ),
            inflections: inflections(entries("inflections")),
            sounds: SoundRules::new(entries("sounds")),
            hash: data::hash(language, ALGORITHMS, lists),
            elision,
        }
    }
}

/// Pairs of endings, the longest first.
fn inflections<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let pairs = lines.filter_map(|line| line.split_once(' '));
    let mut pairs: Vec<(String, String)> = pairs.map(|(form, other)| (fold::fold(form), fold::fold(other))).collect();
    pairs.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    pairs
}
