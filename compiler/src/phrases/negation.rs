//! `unless negated`: is there a negator of the locale's list among the four tokens before a match, or next after
//! it, in the same turn and with no clause word between? (Inside gaps, the matchers look.) Fillers and cut words are not
//! among the four, nor next; repeated words are. The nearest that negates decides: past a word that was not heard nothing
//! can be told, since it may be a clause word, or several words.

use grille_evidence::facts::{CallFacts, STRETCH_START, flag};
use grille_evidence::truth::Truth;

/// How many tokens before a match are looked at.
pub const TOKENS_BEFORE: u32 = 4;

/// Is the match from `first` to `last` negated from outside?
#[must_use]
pub fn negated_around(facts: &CallFacts, first: u32, last: u32) -> Truth {
    let near = negated_in_stretch(facts, first, last, starts_or_may);
    let far = negated_in_stretch(facts, first, last, starts_stretch);
    if near == far { near } else { Truth::CannotTell }
}

/// The same, where it is known with which tokens a turn or back-channel starts.
fn negated_in_stretch(facts: &CallFacts, first: u32, last: u32, starts: fn(&CallFacts, u32) -> bool) -> Truth {
    let dark = dark_tokens(facts, first);
    let mut found = Truth::No;
    let (mut token, mut seen) = (first, 0);
    while seen < TOKENS_BEFORE && !starts(facts, token) && token > 0 {
        token -= 1;
        match reading(facts, token, &dark) {
            Reading::Clause => break,
            Reading::Negator(told) => {
                found = told;
                break;
            }
            Reading::Other => {}
            Reading::Filler => continue,
        }
        seen += 1;
    }
    let mut next = last.saturating_add(1);
    while !starts(facts, next) {
        match reading(facts, next, &dark) {
            Reading::Filler => next += 1,
            Reading::Negator(told) => return found.or(told),
            Reading::Clause | Reading::Other => break,
        }
    }
    found
}

enum Reading {
    Negator(Truth),
    Clause,
    Filler,
    Other,
}

fn reading(facts: &CallFacts, token: u32, dark: &[(u32, u32)]) -> Reading {
    let flags = facts.tokens.flags.get(token as usize).copied().unwrap_or(0);
    let doubtful = flags & flag::UNKNOWN != 0 || is_dark(token, dark);
    if flags & flag::NEGATOR != 0 {
        let surely = flags & (flag::HEARD | flag::MAYBE_NEGATOR) == flag::HEARD;
        Reading::Negator(if surely { Truth::Yes } else { Truth::CannotTell })
    } else if doubtful {
        Reading::Negator(Truth::CannotTell)
    } else if facts.tokens.skips.get(token as usize).is_some_and(|skip| skip.is_filler()) {
        Reading::Filler
    } else if flags & flag::CLAUSE != 0 {
        Reading::Clause
    } else {
        Reading::Other
    }
}

fn is_dark(token: u32, dark: &[(u32, u32)]) -> bool {
    dark.iter().any(|d| d.0 <= token && token < d.1)
}

fn starts_stretch(facts: &CallFacts, token: u32) -> bool {
    facts.tokens.pause_before.get(token as usize).is_none_or(|pause| *pause == STRETCH_START)
}

/// Does one start here in some reading of what was not heard?
fn starts_or_may(facts: &CallFacts, token: u32) -> bool {
    let flags = facts.tokens.flags.get(token as usize).copied().unwrap_or(0);
    starts_stretch(facts, token) || flags & flag::DARK_BEFORE != 0
}

fn dark_tokens(facts: &CallFacts, token: u32) -> Vec<(u32, u32)> {
    let speaker = facts.speakers.iter().find(|s| s.tokens.contains(&token));
    speaker.map_or_else(Vec::new, |s| s.dark.iter().map(|d| (d.from_token, d.to_token)).collect())
}
