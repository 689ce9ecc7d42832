//! Moments that stand in the facts as they are: events, turns, silences, overlaps, response gaps, interruptions.

use super::order::at_most;
use grille_evidence::call::{EventKind, Role};
use grille_evidence::facts::{CallFacts, Stretch};
use grille_evidence::moment::{Moment, MomentSet, Origin, Zone};
use grille_evidence::truth::Truth;

/// Events of a kind; wholly dark where the source does not carry them.
#[must_use]
pub fn events(facts: &CallFacts, kind: EventKind) -> MomentSet {
    let origin = Origin::event(kind);
    let moments = facts.events.iter().filter(|m| m.origin == origin).copied().collect();
    let dark = if facts.carries(kind) { Vec::new() } else { vec![facts.whole()] };
    MomentSet::new(moments, dark)
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
    let moments = facts.turns.iter().filter_map(|t| turn_of(facts, t, role)).collect();
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
    let moments = inner.moments.iter().filter_map(|x| interrupts_one(x, &outer.moments, least)).collect();
    MomentSet::new(moments, [inner.dark, outer.dark].concat())
}

fn interrupts_one(x: &Moment, outer: &[Moment], least: i32) -> Option<Moment> {
    let mut found = Truth::No;
    for y in outer.iter().take_while(|y| y.start_lo < x.start_hi) {
        if y.origin == x.origin {
            continue;
        }
        let begins_inside = before(y.start_lo, y.start_hi, x.start_lo, x.start_hi)
            .and(before(x.start_lo, x.start_hi, y.end_lo, y.end_hi));
        let shared_lo = i64::from(x.end_lo.min(y.end_lo)) - i64::from(x.start_hi);
        let shared_hi = i64::from(x.end_hi.min(y.end_hi)) - i64::from(x.start_lo);
        let enough = at_most(-shared_hi, -shared_lo, -i64::from(least));
        let surely_there = if y.is_sure() { Truth::Yes } else { Truth::CannotTell };
        found = found.or(begins_inside.and(enough).and(surely_there));
    }
    (found != Truth::No).then(|| x.sure_if(found == Truth::Yes))
}

fn before(a_lo: i32, a_hi: i32, b_lo: i32, b_hi: i32) -> Truth {
    at_most(i64::from(a_lo) - i64::from(b_hi), i64::from(a_hi) - i64::from(b_lo), -1)
}

fn turn_of(facts: &CallFacts, turn: &Stretch, role: Role) -> Option<Moment> {
    let mut moment = Moment::exact(turn.start, turn.end, Origin(turn.speaker));
    moment.first = turn.first;
    moment.last = turn.last;
    if let Some(word) = facts.words.get(turn.first as usize) {
        (moment.start_lo, moment.start_hi) = (word.start_lo, word.start_hi);
    }
    if let Some(word) = facts.words.get(turn.last as usize).filter(|w| w.end == turn.end) {
        (moment.end_lo, moment.end_hi) = (word.end_lo, word.end_hi);
    }
    of_role(facts, &moment, role)
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
