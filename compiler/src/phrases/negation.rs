//! `unless negated`: is there a negator of the locale's list among the four tokens before a match, or right after
//! it, in the same turn and with no clause word between? (Inside gaps, the matchers look.)

use grille_evidence::facts::{CallFacts, STRETCH_START, flag};
use grille_evidence::truth::Truth;

/// How many tokens before a match are looked at.
pub const TOKENS_BEFORE: u32 = 4;

/// Is the match from `first` to `last` negated from outside?
#[must_use]
pub fn negated_around(facts: &CallFacts, first: u32, last: u32) -> Truth {
    let dark = dark_tokens(facts, first);
    let mut found = Truth::No;
    let mut token = first;
    for _ in 0..TOKENS_BEFORE {
        if starts_stretch(facts, token) || token == 0 {
            break;
        }
        token -= 1;
        match reading(facts, token, &dark) {
            Reading::Clause => break,
            Reading::Negator(told) => found = found.or(told),
            Reading::Other => {}
        }
    }
    let next = last.saturating_add(1);
    if !starts_stretch(facts, next)
        && let Reading::Negator(told) = reading(facts, next, &dark)
    {
        found = found.or(told);
    }
    found
}

enum Reading {
    Negator(Truth),
    Clause,
    Other,
}

fn reading(facts: &CallFacts, token: u32, dark: &[(u32, u32)]) -> Reading {
    let flags = facts.tokens.flags.get(token as usize).copied().unwrap_or(0);
    let doubtful = flags & flag::UNKNOWN != 0 || dark.iter().any(|d| d.0 <= token && token < d.1);
    if flags & flag::NEGATOR != 0 {
        Reading::Negator(if flags & flag::HEARD != 0 { Truth::Yes } else { Truth::CannotTell })
    } else if doubtful {
        Reading::Negator(Truth::CannotTell)
    } else if flags & flag::CLAUSE != 0 {
        Reading::Clause
    } else {
        Reading::Other
    }
}

fn starts_stretch(facts: &CallFacts, token: u32) -> bool {
    facts.tokens.pause_before.get(token as usize).is_none_or(|pause| *pause == STRETCH_START)
}

fn dark_tokens(facts: &CallFacts, token: u32) -> Vec<(u32, u32)> {
    let speaker = facts.speakers.iter().find(|s| s.tokens.contains(&token));
    speaker.map_or_else(Vec::new, |s| s.dark.iter().map(|d| (d.from_token, d.to_token)).collect())
}
