//! Phrases changed: a word, an alternative, a line left out; forms of words made one form. Every kind of part is named.

use super::ideas;
use super::walk::Walk;
use grille_grammar::ast::{Phrase, PhraseExpr, PhrasePart, PhrasePartKind};
use grille_grammar::source::Span;

impl Walk<'_> {
    /// Phrases side by side: each left out, as long as `least` stay, and each changed.
    pub(super) fn phrase_list(&mut self, phrases: &mut Vec<PhraseExpr>, idea: &str, least: usize) {
        let mut at = 0;
        while let Some(place) = phrases.get(at).map(PhraseExpr::span) {
            if phrases.len() > least && self.without(place, idea) {
                phrases.remove(at);
                return;
            }
            if let Some(phrase) = phrases.get_mut(at) {
                self.phrase(phrase);
            }
            at += 1;
        }
    }

    pub(super) fn phrase(&mut self, phrase: &mut PhraseExpr) {
        match phrase {
            PhraseExpr::Quoted(Phrase { text: _, parts }) => self.parts(parts),
            PhraseExpr::Name(_) => {}
            PhraseExpr::Exactly { inner, span } => {
                if self.alone(*span, "exactly", "", ideas::INFLECTION) {
                    let kept = inner.as_ref().clone();
                    *phrase = kept;
                    return;
                }
                self.phrase(inner);
            }
            PhraseExpr::SoundingLike { phrase: words, span } => {
                if self.alone(*span, "sounding like", "", ideas::SOUND) {
                    let kept = words.clone();
                    *phrase = PhraseExpr::Quoted(kept);
                    return;
                }
                self.parts(&mut words.parts);
            }
            PhraseExpr::OneOf { alternatives, span: _ } => self.phrase_list(alternatives, ideas::ALTERNATIVE, 1),
        }
    }

    /// Words in a row. A phrase of one word cannot lose it.
    fn parts(&mut self, parts: &mut Vec<PhrasePart>) {
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            let (place, several) = (part.span, parts.len() > 1);
            let is_optional = matches!(part.kind, PhrasePartKind::Optional(_));
            if several && !is_optional && self.without(place, ideas::WORDS) {
                parts.remove(at);
                return;
            }
            if several && is_optional && self.without(place, ideas::ALTERNATIVE) {
                parts.remove(at);
                return;
            }
            if let Some(part) = parts.get_mut(at) {
                self.part(part);
            }
            at += 1;
        }
    }

    fn part(&mut self, part: &mut PhrasePart) {
        let (place, was) = (part.span, self.sources.slice(part.span).to_owned());
        match &mut part.kind {
            PhrasePartKind::Prefix(word) | PhrasePartKind::Inflected(word) => {
                let now = word.clone();
                if self.alone(place, &was, &now, ideas::INFLECTION) {
                    part.kind = PhrasePartKind::Word(now);
                }
            }
            PhrasePartKind::Gap(most) => {
                self.group();
                for value in [most.saturating_mul(2), most.saturating_add(1)] {
                    if self.offer(place, &was, &format!("..{value}"), ideas::COUNT) {
                        *most = value;
                        return;
                    }
                }
                let fewer = most.saturating_sub(1);
                if *most > 1 && self.alone(place, &was, &format!("..{fewer}"), ideas::COUNT) {
                    *most = fewer;
                }
            }
            PhrasePartKind::OneOf(alternatives) => self.alternatives(alternatives, place),
            PhrasePartKind::Optional(inner) => {
                let now = self.sources.slice(inner.span).to_owned();
                if self.alone(place, &was, &now, ideas::ALTERNATIVE) {
                    let kept = inner.as_ref().clone();
                    *part = kept;
                    return;
                }
                self.part(inner);
            }
            PhrasePartKind::Class { class: _, digits: Some((least, most)) } => {
                let (more, fewer) = (most.saturating_add(1), least.saturating_sub(1));
                if self.alone(place, &was, &format!("<digits {least}..{more}>"), ideas::COUNT) {
                    *most = more;
                } else if *least > 1 && self.alone(place, &was, &format!("<digits {fewer}..{most}>"), ideas::COUNT) {
                    *least = fewer;
                }
            }
            PhrasePartKind::Class { class: _, digits: None }
            | PhrasePartKind::Word(_)
            | PhrasePartKind::AnyWord
            | PhrasePartKind::Lexicon(_) => {}
        }
    }

    fn alternatives(&mut self, alternatives: &mut Vec<Vec<PhrasePart>>, whole: Span) {
        let mut at = 0;
        while let Some(alternative) = alternatives.get(at) {
            let spans = alternative.iter().map(|part| part.span);
            let place = spans.reduce(Span::to).unwrap_or(whole);
            if alternatives.len() > 1 && self.without(place, ideas::ALTERNATIVE) {
                alternatives.remove(at);
                return;
            }
            if let Some(alternative) = alternatives.get_mut(at) {
                self.parts(alternative);
            }
            at += 1;
        }
    }
}
