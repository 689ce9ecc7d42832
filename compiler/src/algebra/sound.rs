//! What is measured of the sound itself. Calls hold no tracks of it yet, so none of it can be told: when facts hold
//! tracks, this is the place that reads them, and nothing else changes.

use grille_evidence::facts::CallFacts;
use grille_evidence::moment::MomentSet;
use grille_evidence::trace::ReasonCode;
use grille_evidence::value::Value;

/// The level of a voice.
#[must_use]
pub fn level(_facts: &CallFacts) -> Value {
    Value::Untold(ReasonCode::NoTrack)
}

/// The pitch of a voice.
#[must_use]
pub fn pitch(_facts: &CallFacts) -> Value {
    Value::Untold(ReasonCode::NoTrack)
}

/// Stretches in which a voice is heard: they may be anywhere.
#[must_use]
pub fn activity(facts: &CallFacts) -> MomentSet {
    MomentSet { moments: Vec::new(), dark: vec![facts.whole()] }
}
