//! Events and attributes as evaluation sees them. Must not know words, turns, hearing or what is asked of them.

use super::{index, times};
use grille_evidence::attribute::{Attributes, plain};
use grille_evidence::call::{Call, Event};
use grille_evidence::facts::{Conversation, EventFacts};
use grille_evidence::moment::{Moment, MomentSet};
use unicode_normalization::UnicodeNormalization;

/// Events clipped to the conversation, those outside left out; an event without an end is the point `[t, t+1)`.
pub(super) fn moments(call: &Call, conversation: Conversation) -> Vec<Moment> {
    let clipped = call.events.iter().enumerate().filter_map(|(number, event)| {
        let (start, end) = times::event_span(event);
        let (start, end) = (start.max(conversation.start_ms), end.min(conversation.end_ms));
        (start < end).then(|| Moment::of_event(start, end, event.kind, index(number)))
    });
    MomentSet::new(clipped.collect(), Vec::new()).moments
}

/// What each event of the call says of itself. Somebody who is not among the speakers is nobody.
pub(super) fn facts(call: &Call) -> Vec<EventFacts> {
    call.events.iter().map(|event| one(call, event)).collect()
}

fn one(call: &Call, event: &Event) -> EventFacts {
    let fields = &event.fields;
    let speaker = |id: &String| call.speakers.iter().position(|speaker| speaker.id == *id).map(index);
    EventFacts {
        by: fields.by.as_ref().and_then(speaker),
        to: fields.to.as_deref().map(plain),
        kind: fields.kind,
        digits: fields.digits.clone(),
        reason: fields.reason.as_deref().map(plain),
    }
}

/// Attributes, their names as names of the language are: in NFC.
pub(super) fn attributes(call: &Call) -> Attributes {
    call.attributes.iter().map(|(name, value)| (name.nfc().collect(), value.clone())).collect()
}
