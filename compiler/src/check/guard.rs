//! Guard-rails that types and names alone can hold: words for emotions, moods, personality and intentions, and what may
//! be measured of a voice. The lists of words are data, published in the language book: best effort, they catch words
//! and not meanings. Labels catch the rest: what is drawn from a voice stays so under any name.

use super::{Checker, messages};
use crate::checked::labels::Labels;
use grille_grammar::ast::{self, ClauseKind, Sounding};
use grille_grammar::source::Span;
use std::sync::LazyLock;

/// Trait words, French and English, lower case.
pub static TRAIT_WORDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| listed(include_str!("../../data/trait-words.txt")));

/// Words for how somebody sounded, as recognisers write them.
static TONE_TAGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut tags = listed(include_str!("../../data/tone-tags.txt"));
    tags.extend(TRAIT_WORDS.iter());
    tags
});

fn listed(file: &'static str) -> Vec<&'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// The first of the words that stands in a text.
fn holding(text: &str, words: &[&'static str]) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let mut found = lower.split(|c: char| !c.is_alphanumeric());
    found.find_map(|word| words.iter().find(|known| **known == word).copied())
}

/// A tag for how somebody sounded in the text of a phrase: `[angry]`, `<happy>`, or `(sighs)` alone.
fn tone_tag(phrase: &str) -> Option<&str> {
    let alone = phrase.trim();
    let group = alone.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).filter(|inner| !inner.contains('|'));
    if group.is_some_and(|inner| holding(inner, &TONE_TAGS).is_some()) {
        return Some(alone);
    }
    [('[', ']'), ('<', '>')].into_iter().find_map(|(open, close)| {
        let from = phrase.find(open)?;
        let length = phrase.get(from..)?.find(close)? + close.len_utf8();
        let tag = phrase.get(from..from + length)?;
        holding(tag, &TONE_TAGS).map(|_| tag)
    })
}

impl Checker<'_> {
    /// Is a name or title free of trait words?
    pub(crate) fn guard_name(&mut self, name: &str, span: Span) {
        if let Some(word) = holding(name, &TRAIT_WORDS) {
            let finding = messages::trait_word(word, span);
            self.report(finding);
        }
    }

    /// Is a name or a text of what a call says of itself free of moods? A system can have them from nowhere but a voice or a
    /// guess.
    pub(crate) fn guard_mood(&mut self, name: &str, span: Span) -> Option<()> {
        if names_a_mood(name) {
            self.report(messages::mood_of_a_machine(name, span));
            return None;
        }
        Some(())
    }

    /// Is a criterion's name, title and advice free of trait words? Of one that is drawn from a voice at work, none of
    /// them may hold one; of any other, the name and the title.
    pub(crate) fn guard_criterion(&mut self, criterion: &ast::Criterion, labels: Labels) {
        let coaching = criterion.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Coaching(text) => Some((text.text.as_str(), text.span)),
            _ => None,
        });
        let name = Some((criterion.name.text.as_str(), criterion.name.span));
        let title = criterion.title.as_ref().map(|title| (title.text.as_str(), title.span));
        if !labels.is_employees_voice() {
            [name, title].into_iter().flatten().for_each(|(text, span)| self.guard_name(text, span));
            return;
        }
        let spoken = [name, title, coaching].into_iter().flatten();
        let found = spoken.filter_map(|(text, span)| Some((holding(text, &TRAIT_WORDS)?, span))).next();
        if let Some((word, span)) = found {
            let finding = messages::trait_from_voice(word, span);
            self.report(finding);
        }
    }

    /// Does a phrase look for what a recogniser claims of somebody's mood?
    pub(crate) fn guard_phrase(&mut self, text: &str, span: Span) {
        if let Some(tag) = tone_tag(text) {
            let finding = messages::tone_tag(tag, span);
            self.report(finding);
        }
    }

    /// May this voice be measured, and is it told apart? `place`: labels of where it is measured.
    pub(crate) fn guard_voice(&mut self, what: Sounding, own: Labels, place: Labels, span: Span) -> Option<()> {
        let words = self.words(span).to_owned();
        if what == Sounding::Pitch && (own.has(Labels::AGENT) || own.has(Labels::BOTH)) {
            self.report(messages::pitch_of_employee(&words, span));
            return None;
        }
        let of_one = place.has(Labels::AGENT) != place.has(Labels::CUSTOMER);
        if own.has(Labels::BOTH) && of_one {
            let whose = if place.has(Labels::AGENT) { "agent" } else { "customer" };
            self.report(messages::unsplit(&words, whose, span));
            return None;
        }
        Some(())
    }
}

/// Is this the name of something that claims to know a mood: `sentiment`, `emotion_score`?
fn names_a_mood(name: &str) -> bool {
    holding(name, &TONE_TAGS).is_some()
}

#[cfg(test)]
mod tests {
    use super::{TRAIT_WORDS, listed, names_a_mood, tone_tag};

    #[test]
    fn the_lists_are_in_lower_case_and_without_doubles() {
        for file in [include_str!("../../data/trait-words.txt"), include_str!("../../data/tone-tags.txt")] {
            let words = listed(file);
            for (at, word) in words.iter().enumerate() {
                assert_eq!(*word, word.to_lowercase());
                assert!(word.chars().all(char::is_alphanumeric), "{word}");
                assert!(!words[..at].contains(word), "{word} stands twice");
            }
        }
        assert!(TRAIT_WORDS.len() > 80);
    }

    #[test]
    fn the_book_prints_the_list_as_it_is() {
        let page = include_str!("../../../docs/language/guard-rails.md");
        let (_, list) = page.split_once("## The words").unwrap();
        let printed: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
        assert_eq!(printed, *TRAIT_WORDS);
    }

    #[test]
    fn tags_are_told_from_words() {
        for tag in ["[angry]", "[ANGRY]", "<happy>", "(sighs)", "oui [rires] oui", "[tone: positive]", "[voix énervée]"]
        {
            assert!(tone_tag(tag).is_some(), "{tag}");
        }
        for phrase in
            ["(calme|tranquille)", "restez (calme)?", "je suis en colère", "[carte]", "<number>", "()", "(", "["]
        {
            assert_eq!(tone_tag(phrase), None, "{phrase}");
        }
    }

    #[test]
    fn names_of_moods() {
        for name in ["sentiment", "emotion_score", "Sentiment", "call_tone", "émotion"] {
            assert!(names_a_mood(name), "{name}");
        }
        for name in ["queue", "reason", "satisfaction_survey", "tonnage"] {
            assert!(!names_a_mood(name), "{name}");
        }
    }
}
