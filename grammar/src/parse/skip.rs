//! Which part of an item a fault is in, so that the rest can be read without it. Knows how parts begin, and no more.

use super::nearest::nearest;
use super::token::{Kind, Token};
use std::ops::Range;

const CLAUSES: &[&str] = &["applies", "excused", "not", "met", "partly", "whenever", "coaching"];
const CARD: &[&str] = &["version", "used", "section", "bonus", "critical", "grades"];

/// The tokens of the part that holds the token at `place`; none outside the item's braces.
pub(super) fn part_of(item: &str, text: &str, tokens: &[Token], place: usize) -> Option<Range<usize>> {
    let depths = depths(tokens);
    let is_end = tokens.get(place)?.kind == Kind::Close('}');
    let place = if is_end { place.checked_sub(1)? } else { place };
    if *depths.get(place)? == 0 || tokens.get(place)?.kind == Kind::Open('{') {
        return None;
    }
    let parts = Parts { item, text, tokens, depths: &depths };
    let level = if item == "criterion" { 1 } else { parts.braces(place) };
    let start = (0..=place).rev().find(|at| parts.begins(*at, level)).or_else(|| parts.after_brace(place, level))?;
    let start = if parts.is_misspelt_start(place) { place } else { start };
    let end = (place + 1..tokens.len()).find(|at| parts.begins(*at, level) || parts.ends(*at, level))?;
    if parts.is_needed(start) { None } else { Some(start..end) }
}

/// How many brackets are open before each token.
fn depths(tokens: &[Token]) -> Vec<usize> {
    let mut depth: usize = 0;
    let mut all = Vec::with_capacity(tokens.len());
    for token in tokens {
        all.push(depth);
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    all
}

struct Parts<'t> {
    item: &'t str,
    text: &'t str,
    tokens: &'t [Token],
    depths: &'t [usize],
}

impl Parts<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or("")
    }

    fn depth(&self, at: usize) -> usize {
        self.depths.get(at).copied().unwrap_or(0)
    }

    /// How many braces, not parentheses, are open before the token: parts lie directly in braces.
    fn braces(&self, place: usize) -> usize {
        let before = self.tokens.get(..place).unwrap_or(self.tokens);
        let opened = before.iter().filter(|token| token.kind == Kind::Open('{')).count();
        let closed = before.iter().filter(|token| token.kind == Kind::Close('}')).count();
        opened.saturating_sub(closed)
    }

    /// Does a part begin with this token?
    fn begins(&self, at: usize, level: usize) -> bool {
        if self.depth(at) != level
            || !self
                .tokens
                .get(at)
                .is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Number | Kind::Quote | Kind::Open('(')))
        {
            return false;
        }
        let word = self.word(at);
        match self.item {
            "criterion" => self.begins_clause(at, word),
            "scorecard" if level == 1 => CARD.contains(&word),
            "test" if level == 1 => word == "expect" || word == "call",
            _ => self.tokens.get(at).is_some_and(|token| token.first_on_line),
        }
    }

    fn begins_clause(&self, at: usize, word: &str) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        match word {
            "not" => self.word(at + 1) == "met",
            "met" => !matches!(before, "not" | "partly"),
            _ => CLAUSES.contains(&word),
        }
    }

    /// The first token inside the braces around this one.
    fn after_brace(&self, place: usize, level: usize) -> Option<usize> {
        let brace = (0..place).rev().find(|at| {
            self.depth(*at) + 1 == level && self.tokens.get(*at).is_some_and(|token| token.kind == Kind::Open('{'))
        })?;
        Some(brace + 1)
    }

    fn ends(&self, at: usize, level: usize) -> bool {
        self.depth(at) == level && self.tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Close(_)))
    }

    /// A part that begins with a word that is nearly right: what stands before it is sound.
    fn is_misspelt_start(&self, place: usize) -> bool {
        let words = match self.item {
            "criterion" => CLAUSES,
            "scorecard" if self.depth(place) == 1 => CARD,
            "test" if self.depth(place) == 1 => &["expect"],
            _ => return false,
        };
        let word = self.word(place);
        self.depth(place) == 1 && !words.contains(&word) && nearest(word, words.iter().copied()).is_some()
    }

    /// A test without its call is none.
    fn is_needed(&self, start: usize) -> bool {
        self.item == "test" && self.depth(start) == 1 && self.word(start) == "call"
    }
}
