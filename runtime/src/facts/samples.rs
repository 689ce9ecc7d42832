//! Small calls for the tests of facts, written as one would tell them. Must not know what is derived from them.

use super::derive;
use grille_evidence::attribute::Attributes;
use grille_evidence::call::{
    CALL_FORMAT, Call, Event, EventKind, Role, Segment, Source, Speaker, TimeOrigin, Word, WordKind, WordOrigin,
};
use grille_evidence::event::{EventField, OwnKinds};
use grille_evidence::facts::{CallFacts, Hearing};
use grille_evidence::locale::LocalePack;
use grille_evidence::moment::Moment;

/// A call of an agent and a customer, checked, measured, with punctuation and overlap; nobody has spoken yet.
pub(super) fn call() -> Call {
    let speaker = |id: &str, role| Speaker { id: id.to_owned(), role };
    Call {
        grille_call: CALL_FORMAT,
        id: "sample".to_owned(),
        locale: Some("fr-FR".to_owned()),
        source: Source {
            format: "sample".to_owned(),
            words: WordOrigin::Checked,
            confidences: false,
            times: TimeOrigin::Measured,
            overlap: true,
            punctuation: true,
            events: EventKind::ALL.to_vec(),
            fields: EventField::all_carried(),
            own_events: OwnKinds::new(),
            attributes: Vec::new(),
        },
        speakers: vec![speaker("a", Some(Role::Agent)), speaker("c", Some(Role::Customer))],
        subject: None,
        end_ms: None,
        segments: Vec::new(),
        events: Vec::new(),
        own_events: Vec::new(),
        attributes: Attributes::new(),
    }
}

/// A word as written: punctuation at its end stands after it, `[…]` cannot be read.
pub(super) fn word(text: &str) -> Word {
    let bare = text.trim_end_matches(['.', ',', '?', '!', ';', '…']);
    let kind = if bare.starts_with('[') { WordKind::Unknown } else { WordKind::Plain };
    let after = text.get(bare.len()..).unwrap_or_default().to_owned();
    Word { text: bare.to_owned(), start_ms: None, end_ms: None, confidence_thousandths: None, kind, after }
}

pub(super) trait Telling {
    /// Words with times, each in a segment of its own.
    fn says(self, who: &str, words: &[(i32, i32, &str)]) -> Self;
    /// One segment of words without times.
    fn spreads(self, who: &str, start: i32, end: i32, words: &str) -> Self;
    /// An event with an end.
    fn during(self, kind: EventKind, start: i32, end: i32) -> Self;
    /// An event without.
    fn at(self, kind: EventKind, time: i32) -> Self;
    /// The last words' confidences.
    fn heard(self, confidences: &[u16]) -> Self;
    /// The facts, by the French pack and the default constants.
    fn facts(&self) -> CallFacts;
}

impl Telling for Call {
    fn says(mut self, who: &str, words: &[(i32, i32, &str)]) -> Self {
        for (start, end, text) in words {
            let word = Word { start_ms: Some(*start), end_ms: Some(*end), ..word(text) };
            let words = vec![word];
            self.segments.push(Segment { speaker: who.to_owned(), start_ms: *start, end_ms: *end, words });
        }
        self
    }

    fn spreads(mut self, who: &str, start: i32, end: i32, words: &str) -> Self {
        let words = words.split_whitespace().map(word).collect();
        self.segments.push(Segment { speaker: who.to_owned(), start_ms: start, end_ms: end, words });
        self
    }

    fn during(mut self, kind: EventKind, start: i32, end: i32) -> Self {
        self.events.push(Event::bare(kind, start, Some(end)));
        self
    }

    fn at(mut self, kind: EventKind, time: i32) -> Self {
        self.events.push(Event::bare(kind, time, None));
        self
    }

    fn heard(mut self, confidences: &[u16]) -> Self {
        self.source.words = WordOrigin::Recognised;
        self.source.confidences = true;
        let words = self.segments.iter_mut().flat_map(|s| &mut s.words);
        let count = words.count();
        let words = self.segments.iter_mut().flat_map(|s| &mut s.words).skip(count - confidences.len());
        words.zip(confidences).for_each(|(word, confidence)| word.confidence_thousandths = Some(*confidence));
        self
    }

    fn facts(&self) -> CallFacts {
        derive(self, LocalePack::for_tag("fr").unwrap(), Hearing::default())
    }
}

/// Moments as (start, end, speaker).
pub(super) fn spans(moments: &[Moment]) -> Vec<(i32, i32, u32)> {
    moments.iter().map(|m| (m.start, m.end, m.origin.0)).collect()
}

/// The tokens that carry a flag.
pub(super) fn flagged(facts: &CallFacts, flag: u16) -> Vec<&str> {
    let tokens = facts.tokens.text.iter().zip(&facts.tokens.flags).filter(|(_, flags)| *flags & flag != 0);
    tokens.map(|(id, _)| facts.tokens.vocabulary.get(*id as usize).map_or("?", |t| &**t)).collect()
}
