//! The words of the text form that stand for a value of a closed list, for the writer and the reader alike.

use crate::plan::{Edge, Place, Side};
use grille_evidence::attribute::AttributeType;
use grille_evidence::call::{EventKind, Role};

/// Every role.
pub(super) const ROLES: [Role; 6] =
    [Role::Agent, Role::Colleague, Role::Customer, Role::Supervisor, Role::Bot, Role::Other];

/// Every part of the conversation.
pub(super) const EDGES: [Edge; 3] = [Edge::First, Edge::Last, Edge::StartingFirst];

/// Every side, wanted and unwanted.
pub(super) const SIDES: [(Side, bool); 4] =
    [(Side::After, false), (Side::After, true), (Side::Before, false), (Side::Before, true)];

/// Every place.
pub(super) const PLACES: [Place; 3] = [Place::During, Place::Outside, Place::Overlapping];

/// A type of attributes, but for lists.
pub(super) fn attribute_type(ty: &AttributeType) -> &'static str {
    match ty {
        AttributeType::Boolean => "boolean",
        AttributeType::Text => "text",
        AttributeType::Date => "date",
        AttributeType::Duration => "duration",
        AttributeType::Count => "count",
        AttributeType::Share => "share",
        AttributeType::OneOf(_) => "one-of",
    }
}

/// A kind of event.
pub(super) fn event(kind: EventKind) -> String {
    kind.words().replace(' ', "-")
}

/// A part of the conversation.
pub(super) fn edge(edge: Edge) -> &'static str {
    match edge {
        Edge::First => "within-first",
        Edge::Last => "within-last",
        Edge::StartingFirst => "starting-within-first",
    }
}

/// On which side another moment must be, or must not.
pub(super) fn side((side, negated): (Side, bool)) -> &'static str {
    match (side, negated) {
        (Side::After, false) => "after",
        (Side::After, true) => "not-after",
        (Side::Before, false) => "before",
        (Side::Before, true) => "not-before",
    }
}

/// How a moment lies to another.
pub(super) fn place(place: Place) -> &'static str {
    match place {
        Place::During => "during",
        Place::Outside => "outside",
        Place::Overlapping => "overlapping",
    }
}

/// May this stand without quotes?
pub(super) fn is_bare(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
