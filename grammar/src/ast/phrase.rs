//! Phrases: what stands between quotes, and what may stand in a phrase's place.

use super::{Path, Text};
use crate::source::Span;

/// A phrase operand: `"…"`, a lexicon's name, `( … or … )`, or one of these after `exactly`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhraseExpr {
    /// Words in quotes.
    Quoted(Phrase),
    /// A lexicon.
    Name(Path),
    /// `exactly "…"`: fillers, cut words and repeats count as any word.
    Exactly {
        /// What must be said so.
        inner: Box<PhraseExpr>,
        /// With its keyword.
        span: Span,
    },
    /// `sounding like "…"`: the words, or what is heard for them.
    SoundingLike {
        /// The words.
        phrase: Phrase,
        /// With its keywords.
        span: Span,
    },
    /// `("…" or lexicon or …)`.
    OneOf {
        /// The alternatives.
        alternatives: Vec<PhraseExpr>,
        /// With its parentheses.
        span: Span,
    },
}

impl PhraseExpr {
    /// Its place.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            PhraseExpr::Quoted(phrase) => phrase.text.span,
            PhraseExpr::Name(path) => path.span,
            PhraseExpr::Exactly { span, .. }
            | PhraseExpr::SoundingLike { span, .. }
            | PhraseExpr::OneOf { span, .. } => *span,
        }
    }
}

/// A phrase as written, and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// As written.
    pub text: Text,
    /// Its parts in order.
    pub parts: Vec<PhrasePart>,
}

/// One part of a phrase with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhrasePart {
    /// What.
    pub kind: PhrasePartKind,
    /// Where.
    pub span: Span,
}

/// Classes of what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// A cardinal number.
    Number,
    /// A sum of money.
    Amount,
    /// A day of a month.
    Date,
    /// Digits in a row.
    Digits,
    /// A person's name.
    Name,
    /// Letters in a row.
    Spelled,
}

impl WordClass {
    /// Every class.
    pub const ALL: [WordClass; 6] =
        [WordClass::Number, WordClass::Amount, WordClass::Date, WordClass::Digits, WordClass::Name, WordClass::Spelled];

    /// As it is written in a phrase.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            WordClass::Number => "number",
            WordClass::Amount => "amount",
            WordClass::Date => "date",
            WordClass::Digits => "digits",
            WordClass::Name => "name",
            WordClass::Spelled => "spelled",
        }
    }
}

/// The parts of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhrasePartKind {
    /// A word as written, not yet normalised (may normalise to several tokens: `s'il`).
    Word(String),
    /// `stem*`: any word that begins so.
    Prefix(String),
    /// `~word`: any inflection, by the locale's Snowball stemmer.
    Inflected(String),
    /// `_`: any one word.
    AnyWord,
    /// `<number>`, `<digits 4..16>`: any stretch of a class.
    Class {
        /// Which.
        class: WordClass,
        /// Of digits: how many, at least and at most.
        digits: Option<(u8, u8)>,
    },
    /// `..n`: up to n words.
    Gap(u32),
    /// `(a|b c|d)`.
    OneOf(Vec<Vec<PhrasePart>>),
    /// `word?` or `(a|b)?`.
    Optional(Box<PhrasePart>),
    /// `{lexicon}`.
    Lexicon(Path),
}
