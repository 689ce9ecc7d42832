//! Classes of what is said: numbers, amounts, dates, runs of digits, names, spelled words. Each is found as maximal
//! stretches that share no token, and in digits and words alike. Must not know calls, times, phrases or criteria.
//!
//! | file | holds |
//! |---|---|
//! | `numbers.rs` | cardinals: “quatre-vingt-dix-sept”, “two hundred and six”, “10 000” |
//! | `digits.rs` | runs of digits, said one by one, in pairs or in threes |
//! | `money.rs`, `dates.rs` | amounts; dates |
//! | `letters.rs`, `names.rs` | spelled words; names |
//! | `masks.rs` | what a mask such as `[CARD]` stands for |
//! | `words.rs` | the lists that all of these read |
//!
//! A stretch has at most [`LONGEST`] tokens; a longer run falls into several.

mod dates;
mod digits;
mod letters;
mod masks;
mod money;
mod names;
mod numbers;
pub(super) mod words;

use words::ClassWords;

/// The most tokens in a stretch of a class, fillers apart.
pub const LONGEST: usize = 32;

/// A class of what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
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

impl Class {
    /// Every class.
    pub const ALL: [Class; 6] = [Class::Number, Class::Amount, Class::Date, Class::Digits, Class::Name, Class::Spelled];

    /// Its name in a phrase.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Class::Number => "number",
            Class::Amount => "amount",
            Class::Date => "date",
            Class::Digits => "digits",
            Class::Name => "name",
            Class::Spelled => "spelled",
        }
    }

    /// The most tokens that one of its stretches has, fillers apart.
    #[must_use]
    pub fn longest(self) -> u32 {
        match self {
            Class::Number | Class::Date => 16,
            Class::Amount => 24,
            Class::Digits | Class::Spelled => 32,
            Class::Name => 6,
        }
    }
}

/// What stands after a token in writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Stop {
    /// Nothing.
    #[default]
    None,
    /// A comma.
    Comma,
    /// The end of a sentence, or another sign that parts.
    Sentence,
}

/// What the writing of a word says beside its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Written {
    /// It begins with a capital letter.
    pub capital: bool,
    /// What stands after it.
    pub stop: Stop,
    /// A sign of money stands in it or after it (or before it, in one word with it).
    pub money: bool,
    /// It is a date in digits: `03/05/2026`, `2026-05-03`.
    pub date: bool,
    /// Letters with full stops between: an abbreviation, no spelling.
    pub dotted: bool,
}

impl Written {
    /// Of a word as written, and the punctuation after it.
    #[must_use]
    pub fn of(text: &str, after: &str) -> Written {
        let trailing = text.get(text.trim_end_matches(['.', ',', ';', ':', '!', '?', '…']).len()..).unwrap_or_default();
        let has = |signs: &[char]| after.contains(signs) || trailing.contains(signs);
        let stop = if has(&['.', '!', '?', ';', ':', '…']) {
            Stop::Sentence
        } else if has(&[',']) {
            Stop::Comma
        } else {
            Stop::None
        };
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        Written {
            capital: text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase),
            stop,
            money: is_money(text) || is_money(after),
            date: dates::is_numeric(text),
            dotted: letters > 1 && text.matches('.').count() + 1 >= letters,
        }
    }
}

/// Does the text hold a sign of money?
#[must_use]
pub fn is_money(text: &str) -> bool {
    text.contains(['€', '$', '£', '¥', '₣'])
}

/// One token as the classes see it. Fillers and cut words are left out before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lexeme<'a> {
    /// Normalised; empty if it cannot be read.
    pub text: &'a str,
    /// Its number.
    pub token: u32,
    /// It is of the same written word as the one before.
    pub glued: bool,
    /// What the writing says; `stop` only at the last token of a word.
    pub written: Written,
}

/// A stretch of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassSpan {
    /// The last token.
    pub last: u32,
    /// The first.
    pub first: u32,
    /// The class.
    pub class: Class,
    /// How many digits, at least and at most; of digits only.
    pub digits: (u8, u8),
    /// It is one, as far as words can tell. Else it may be one.
    pub sure: bool,
}

/// A stretch over lexemes before it is one over tokens.
struct Found {
    class: Class,
    from: usize,
    to: usize,
    digits: (u8, u8),
    sure: bool,
}

impl Found {
    fn new(class: Class, from: usize, to: usize) -> Found {
        Found { class, from, to, digits: (0, 0), sure: true }
    }
}

/// The stretches of every class in one turn or back-channel. `cased` tells that the source writes capitals where they
/// belong.
pub(super) fn spans(words: &ClassWords, lexemes: &[Lexeme<'_>], cased: bool) -> Vec<ClassSpan> {
    let text = numbers::Text { words, lexemes };
    let mut found = dates::dates(&text);
    found.extend(money::amounts(&text, &found));
    let taken = |from: usize, to: usize, found: &[Found]| found.iter().any(|f| f.from < to && from < f.to);
    let digits: Vec<Found> = digits::runs(&text, |from, to| taken(from, to, &found));
    let numbers = numbers::numbers(&text);
    found.extend(digits);
    found.extend(numbers);
    found.extend(letters::spelled(&text));
    found.extend(names::names(&text, cased));
    let token = |at: usize| lexemes.get(at).map(|l| l.token);
    let mut spans: Vec<ClassSpan> = found
        .iter()
        .filter_map(|f| {
            let (first, last) = (token(f.from)?, token(f.to.checked_sub(1)?)?);
            Some(ClassSpan { last, first, class: f.class, digits: f.digits, sure: f.sure })
        })
        .collect();
    spans.sort_unstable();
    spans
}

/// What a mask stands for: its class and how many digits; none if it does not say.
pub(super) fn of_mask(words: &ClassWords, mask: &str) -> Option<(Class, (u8, u8))> {
    masks::class_of(words, mask)
}
