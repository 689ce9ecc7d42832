//! Guard-rails that names and titles alone can break: words for emotions, moods, personality and intentions.
//! Best effort: the list is published in the language book and catches words, not meanings.

use super::{Checker, messages};
use grille_grammar::source::Span;

/// Trait words, French and English, lower case. A name or title that holds one is refused.
pub const TRAIT_WORDS: &[&str] = &[
    "attitude",
    "attitudes",
    "caractère",
    "charisma",
    "charisme",
    "emotion",
    "emotional",
    "emotions",
    "empathic",
    "empathie",
    "empathique",
    "empathy",
    "enthousiasme",
    "enthousiaste",
    "enthusiasm",
    "enthusiastic",
    "humeur",
    "intention",
    "intentions",
    "loyal",
    "loyale",
    "loyalty",
    "loyauté",
    "mood",
    "moods",
    "motivation",
    "motivated",
    "motivé",
    "motivée",
    "personality",
    "personnalité",
    "sincere",
    "sincerity",
    "sincère",
    "sincérité",
    "sourire",
    "stressed",
    "stressé",
    "stressée",
    "tempérament",
    "émotion",
    "émotionnel",
    "émotionnelle",
    "émotions",
];

impl Checker<'_> {
    pub(crate) fn guard_name(&mut self, name: &str, span: Span) {
        let lower = name.to_lowercase();
        let mut words = lower.split(|c: char| !c.is_alphanumeric());
        if let Some(word) = words.find(|w| TRAIT_WORDS.contains(w)) {
            let finding = messages::trait_word(word, span);
            self.report(finding);
        }
    }
}
