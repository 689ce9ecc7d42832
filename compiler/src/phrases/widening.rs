//! How far around a dark stretch a match could reach that lies in it with a word: the longest match less one word, on each
//! side. For phrases with classes, of which more words beside them may make others, and for speech without words. Tokens that need not count are not counted: fillers, cut words, repeats, and what would be a repeat if the dark
//! stretch held the right words. Knows no phrase but by its length.

use crate::plan::automaton::{Automaton, LONGEST_MATCH};
use grille_evidence::facts::skip::LONGEST_REPEAT;
use grille_evidence::facts::{CallFacts, DarkStretch, STRETCH_START, SpeakerFacts, flag};
use grille_evidence::moment::Zone;

/// What a set of phrases can match at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Widest {
    /// The longest match, in tokens that count.
    pub longest: u32,
    /// All are meant exactly: every token counts.
    pub exactly: bool,
    /// The longest pause inside a match, in milliseconds.
    pub max_pause: i32,
}

impl Widest {
    /// Of these phrases, with pauses inside of at most so many milliseconds.
    #[must_use]
    pub fn of<'a>(automata: impl Iterator<Item = &'a Automaton> + Clone, max_pause: i32) -> Widest {
        Widest {
            longest: automata.clone().map(|a| a.longest).max().unwrap_or(1),
            exactly: automata.clone().all(|a| a.exactly),
            max_pause,
        }
    }
}

/// The times of a dark stretch with what a match could reach from it.
#[must_use]
pub fn widened(facts: &CallFacts, speaker: &SpeakerFacts, dark: &DarkStretch, widest: Widest) -> Zone {
    let word_at = |token: u32| facts.tokens.word.get(token as usize).and_then(|w| facts.words.get(*w as usize));
    let by = widest.longest.saturating_sub(1);
    if by == 0 || speaker.tokens.is_empty() {
        return (dark.start, dark.end);
    }
    let most = LONGEST_MATCH as usize;
    // Speech without words has no token of its own: the pauses beside it are not those before a token.
    let wordless = dark.from_token == dark.to_token;
    let beyond = |token: u32| parted(facts, token, widest.max_pause);
    let mut before: Vec<u32> = Vec::new();
    for token in (speaker.tokens.start..dark.from_token).rev().take(most) {
        if beyond(token + 1) && !(wordless && token + 1 == dark.from_token) {
            break;
        }
        before.push(token);
    }
    let after = (dark.to_token..speaker.tokens.end).take(most);
    let goes_on = |token: &u32| !beyond(*token) || (wordless && *token == dark.to_token);
    let after: Vec<u32> = after.take_while(goes_on).collect();
    let side = |tokens: &[u32], backwards: bool| {
        let reach = if widest.exactly { exact_reach(tokens, by) } else { reach(facts, tokens, by, backwards) };
        reach.and_then(word_at)
    };
    let start = side(&before, true).map_or(dark.start, |w| w.start_lo.min(dark.start));
    let end = side(&after, false).map_or(dark.end, |w| w.end_hi.max(dark.end));
    (start, end)
}

/// Does no match reach across the pause before a token, in any reading?
pub fn parted(facts: &CallFacts, token: u32, max_pause: i32) -> bool {
    let pause = facts.tokens.pause_before.get(token as usize).copied().unwrap_or(STRETCH_START);
    let surely = facts.tokens.flags.get(token as usize).is_some_and(|flags| flags & flag::DARK_BEFORE == 0);
    (pause == STRETCH_START && surely) || surely_apart(facts, token, max_pause)
}

/// Is the pause before a token longer than any inside a match, with nothing unheard in it? No match goes across such a
/// pause, whatever was said in the dark stretch.
fn surely_apart(facts: &CallFacts, token: u32, max_pause: i32) -> bool {
    let word = |token: u32| facts.tokens.word.get(token as usize).and_then(|w| facts.words.get(*w as usize));
    let unheard = facts.tokens.flags.get(token as usize).is_none_or(|flags| flags & flag::DARK_BEFORE != 0);
    let Some((last, next)) = token.checked_sub(1).and_then(word).zip(word(token)) else { return false };
    !unheard && last.speaker == next.speaker && i64::from(next.start_lo) - i64::from(last.end_hi) > i64::from(max_pause)
}

fn exact_reach(tokens: &[u32], by: u32) -> Option<u32> {
    tokens.iter().take(by as usize).next_back().copied()
}

/// The farthest of the tokens, the nearest to the dark stretch first, that a match can reach over `by` that count.
fn reach(facts: &CallFacts, tokens: &[u32], by: u32, backwards: bool) -> Option<u32> {
    let skip = |token: u32| facts.tokens.skips.get(token as usize).copied().unwrap_or_default();
    let near: Vec<u32> = tokens.iter().copied().filter(|t| !skip(*t).is_filler()).take(2 * LONGEST_REPEAT).collect();
    let texts: Vec<Option<&u32>> = near.iter().map(|t| facts.tokens.text.get(*t as usize)).collect();
    let mut left = by;
    let (mut farthest, mut place) = (None, 0);
    for token in tokens {
        let beside = near.get(place) == Some(token);
        let may_repeat = beside && if backwards { repeats_into(&texts, place) } else { repeats_from(&texts, place) };
        place += usize::from(beside);
        let counts = skip(*token).surely_counts() && !may_repeat;
        if counts && left == 0 {
            break;
        }
        left -= u32::from(counts);
        farthest = Some(*token);
    }
    farthest
}

/// After a dark stretch: could the token at this place be inside a repeat whose original begins in the stretch?
fn repeats_from(texts: &[Option<&u32>], place: usize) -> bool {
    let fits = |size: usize, from: usize| {
        (from..from + size).all(|at| at < size || (at < texts.len() && texts.get(at) == texts.get(at - size)))
    };
    (1..=LONGEST_REPEAT).any(|size| (0..size).any(|from| (from..from + size).contains(&place) && fits(size, from)))
}

/// Before a dark stretch, texts from the nearest on: could the token at this place be inside a repeat that goes on into it?
fn repeats_into(texts: &[Option<&u32>], place: usize) -> bool {
    let fits = |size: usize, inside: usize| {
        (0..inside).all(|at| texts.get(at).is_some() && texts.get(at) == texts.get(at + size))
    };
    (2..=LONGEST_REPEAT).any(|size| (1..size).any(|inside| place < inside && fits(size, inside)))
}
