//! From where to where patterns look. Must not know tokens, turns or hearing.
//!
//! It begins with the first `answered`, else with the first word of anyone but a bot, else at 0. It ends with the last
//! `hung up` that ends after that beginning (with its end: a point at `t` ends at `t+1`, so that the event itself lies
//! inside), else with the latest end of any word or event or the recording's own, but 1 ms after its start at least.

use super::times::{self, Placed};
use grille_evidence::call::{Call, EventKind, Role};
use grille_evidence::facts::{Conversation, EndBasis, StartBasis};

/// The conversation of a call.
pub(super) fn conversation(call: &Call, roles: &[Option<Role>], words: &[Placed<'_>]) -> Conversation {
    let (start_ms, start_basis) = start(call, roles, words);
    let (end_ms, end_basis) = end(call, start_ms, words);
    Conversation { start_ms, end_ms, start_basis, end_basis }
}

fn start(call: &Call, roles: &[Option<Role>], words: &[Placed<'_>]) -> (i32, StartBasis) {
    let answered = spans(call, EventKind::Answered).map(|(start, _)| start).min();
    let is_bot = |p: &Placed<'_>| roles.get(p.facts.speaker as usize) == Some(&Some(Role::Bot));
    let first_word = words.iter().filter(|p| !is_bot(p)).map(|p| p.facts.start).min();
    match (answered, first_word) {
        (Some(answered), _) => (answered, StartBasis::Answered),
        (None, Some(word)) => (word, StartBasis::FirstWord),
        (None, None) => (0, StartBasis::Recording),
    }
}

fn end(call: &Call, start: i32, words: &[Placed<'_>]) -> (i32, EndBasis) {
    let hung_up = spans(call, EventKind::HungUp).map(|(_, end)| end).filter(|end| *end > start).max();
    if let Some(end) = hung_up {
        return (end, EndBasis::HungUp);
    }
    let events = call.events.iter().map(times::event_span);
    let events = events.chain(call.own_events.iter().map(times::own_event_span)).map(|(_, end)| end);
    let recording = call.end_ms.map(times::on_clock);
    let latest = words.iter().map(|p| p.facts.end).chain(events).chain(recording).max();
    (latest.unwrap_or(start).max(start + 1), EndBasis::LatestEnd)
}

fn spans(call: &Call, kind: EventKind) -> impl Iterator<Item = (i32, i32)> {
    call.events.iter().filter(move |event| event.kind == kind).map(times::event_span)
}
