//! Moments that stand in the facts as they are: events, turns, silences, overlaps, response gaps, interruptions.

use super::filter;
use super::relation::Relation;
use crate::plan::event::EventName;
use grille_evidence::call::Role;
use grille_evidence::facts::CallFacts;
use grille_evidence::moment::{Moment, MomentSet, Origin, Zone};

/// Events of a kind; wholly dark where the source does not carry them.
#[must_use]
pub fn events(facts: &CallFacts, name: &EventName) -> MomentSet {
    let origin = match name {
        EventName::Known(kind) => facts.carries(*kind).then(|| Origin::event(*kind)),
        EventName::Own(name) => facts.own_kind(name).map(Origin::own_event),
    };
    let Some(origin) = origin else { return MomentSet::new(Vec::new(), vec![facts.whole()]) };
    MomentSet::new(facts.events.iter().filter(|m| m.origin == origin).copied().collect(), Vec::new())
}

/// The conversation as one moment.
#[must_use]
pub fn conversation(facts: &CallFacts) -> MomentSet {
    let (start, end) = facts.whole();
    MomentSet::new(vec![Moment::exact(start, end, Origin::CONVERSATION)], Vec::new())
}

/// Turns of a role.
#[must_use]
pub fn turns(facts: &CallFacts, role: Role) -> MomentSet {
    let moments = facts.turns.iter().filter_map(|m| of_role(facts, m, role)).collect();
    MomentSet::new(moments, wordless_dark(facts, role))
}

/// Questions of a role.
#[must_use]
pub fn questions(facts: &CallFacts, role: Role) -> MomentSet {
    let moments = facts.questions.iter().filter_map(|m| of_role(facts, m, role)).collect();
    MomentSet::new(moments, wordless_dark(facts, role))
}

/// Response gaps of a role.
#[must_use]
pub fn response_gaps(facts: &CallFacts, role: Role) -> MomentSet {
    let moments = facts.response_gaps.iter().filter_map(|m| of_role(facts, m, role)).collect();
    MomentSet::new(moments, wordless_dark(facts, role))
}

/// Turns of `interrupter` that begin strictly inside a turn of `interrupted` and share at least `least` ms with it.
#[must_use]
pub fn interruptions(facts: &CallFacts, interrupter: Role, interrupted: Role, least: i32) -> MomentSet {
    if !facts.source.overlap {
        return MomentSet { moments: Vec::new(), dark: vec![facts.whole()] };
    }
    let inner = turns(facts, interrupter);
    let outer = turns(facts, interrupted);
    let told = Relation::Interrupted(least).among(&inner.moments, &outer.moments);
    let moments = filter::kept(&inner.moments, told);
    MomentSet::new(moments, [inner.dark, outer.dark].concat())
}

/// The moment if it is of the role; as maybe if nobody knows its speaker's role.
#[must_use]
pub fn of_role(facts: &CallFacts, moment: &Moment, role: Role) -> Option<Moment> {
    let speaker = facts.speakers.get(moment.origin.as_speaker()?)?;
    match speaker.role {
        Some(own) if own == role => Some(*moment),
        None => Some(moment.sure_if(false)),
        Some(_) => None,
    }
}

/// Where a role may have spoken though no word is listed.
fn wordless_dark(facts: &CallFacts, role: Role) -> Vec<Zone> {
    if facts.speakers_without_role().next().is_some() {
        return vec![facts.whole()];
    }
    let speakers = facts.speakers_of(role).filter_map(|i| facts.speakers.get(i));
    speakers.flat_map(|s| &s.dark).filter(|d| d.from_token == d.to_token).map(|d| (d.start, d.end)).collect()
}
