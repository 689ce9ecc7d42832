//! Events and attributes as evaluation sees them. Must not know words, turns, hearing or what is asked of them.

use super::{index, times};
use grille_evidence::attribute::{Attributes, plain};
use grille_evidence::call::{Call, Event};
use grille_evidence::event::OwnKinds;
use grille_evidence::facts::{Conversation, EventFacts};
use grille_evidence::moment::{Moment, MomentSet, Origin};
use unicode_normalization::UnicodeNormalization;

/// Events clipped to the conversation, those outside left out; an event without an end is the point `[t, t+1)`.
pub(super) fn moments(call: &Call, kinds: &OwnKinds, conversation: Conversation) -> Vec<Moment> {
    let known = call.events.iter().map(|event| (times::event_span(event), Some(Origin::event(event.kind))));
    let own = call.own_events.iter().map(|event| {
        let event_kind = named(&event.kind);
        let kind = kinds.keys().position(|name| *name == event_kind);
        (times::own_event_span(event), kind.map(Origin::own_event))
    });
    let clipped = known.chain(own).enumerate().filter_map(|(number, ((start, end), origin))| {
        let (start, end) = (start.max(conversation.start_ms), end.min(conversation.end_ms));
        Some(Moment::of_event(start, end, origin?, index(number))).filter(|_| start < end)
    });
    MomentSet::new(clipped.collect(), Vec::new()).moments
}

/// What each event of the call says of itself. Somebody who is not among the speakers is nobody.
pub(super) fn facts(call: &Call) -> Vec<EventFacts> {
    let own =
        call.own_events.iter().map(|event| EventFacts { own: with_names(&event.fields), ..EventFacts::default() });
    call.events.iter().map(|event| one(call, event)).chain(own).collect()
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
        own: Attributes::new(),
    }
}

/// Attributes of the call.
pub(super) fn attributes(call: &Call) -> Attributes {
    with_names(&call.attributes)
}

/// Kinds of events that criteria may declare, with their fields.
pub(super) fn own_kinds(call: &Call) -> OwnKinds {
    let kinds = call.source.own_events.iter();
    kinds.map(|(kind, fields)| (named(kind), fields.iter().map(|field| named(field)).collect())).collect()
}

fn with_names(values: &Attributes) -> Attributes {
    values.iter().map(|(name, value)| (named(name), value.clone())).collect()
}

/// A name as names of the language are: in NFC.
fn named(name: &str) -> String {
    name.nfc().collect()
}
