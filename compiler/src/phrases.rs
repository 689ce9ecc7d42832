//! What every engine shares when it looks for words: which tokens carry which symbols, negation around a match,
//! where unheard matches could hide, and how matches become moments. How matches are found is each engine's own.

pub mod assemble;
pub mod doubt;
pub mod hidden;
pub mod inclusion;
pub mod index;
pub mod negation;
pub mod widening;

use grille_evidence::facts::{CallFacts, STRETCH_START, flag};
use grille_evidence::truth::Truth;

/// A match of a phrase: first and last token, and how sure it is. `No` is a match that is dropped because negated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Match {
    /// First token.
    pub start: u32,
    /// Last token.
    pub end: u32,
    /// Sure, maybe, or negated.
    pub value: Truth,
}

/// How a phrase is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Manner {
    /// Only in questions.
    pub asks: bool,
    /// The longest pause inside, in milliseconds.
    pub max_pause: i32,
    /// Dropped when negated.
    pub unless_negated: bool,
}

/// Tokens that `asks` may match.
pub const IN_QUESTION: u16 = flag::QUESTION | flag::MAYBE_QUESTION;

/// May a match go on from the token before to this one?
#[must_use]
pub fn continues(facts: &CallFacts, token: u32, manner: Manner) -> bool {
    let pause = facts.tokens.pause_before.get(token as usize).copied().unwrap_or(STRETCH_START);
    let flags = facts.tokens.flags.get(token as usize).copied().unwrap_or(0);
    let question = !manner.asks || (flags & IN_QUESTION != 0 && flags & flag::QUESTION_START == 0);
    pause <= manner.max_pause && pause != STRETCH_START && question
}

/// May a match begin at this token?
#[must_use]
pub fn begins(facts: &CallFacts, token: u32, manner: Manner) -> bool {
    !manner.asks || facts.tokens.flags.get(token as usize).is_some_and(|f| f & IN_QUESTION != 0)
}
