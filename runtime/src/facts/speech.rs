//! Silences and overlaps: when nobody speaks, and when two do. Must not know what is said, or by whom but a number.
//!
//! By the words of all speakers, words that are left out of the conversation's own included. A word with times fills
//! its interval; so does a single word without times of its own in a segment. Several words without times (and one
//! between words with times) lie *somewhere* in their stretch:
//!
//! - a *silence* is a maximal stretch of at least 200 ms of the conversation that no word and no such stretch touches.
//!   It is sure. Another may hide inside each stretch that is not known to be filled, if its words leave time for it: nobody
//!   says more than ten a second.
//! - an *overlap* is a maximal stretch of at least 200 ms in which at least two speakers' words or such stretches lie.
//!   It is sure if all of them are filled, else maybe (it then lies somewhere inside, and others may). Where the source
//!   cannot hold two at once, nothing is listed and one may hide anywhere.

use super::times::Speech;
use grille_evidence::facts::Conversation;
use grille_evidence::moment::{Moment, MomentSet, Origin, Zone, merge_zones};

/// The least length of a silence and of an overlap, in milliseconds.
const LEAST: i32 = 200;

/// The least time that a word takes where it is not known how long it took, in milliseconds: ten words a second.
const WORD: i32 = 100;

/// Where a silence can hide between words of which the times are not known, and how long it can be there.
pub(super) fn hidden(speech: &[Speech], conversation: Conversation) -> Vec<(Zone, i32)> {
    let left = |s: &Speech| clip(s, conversation).map(|zone| (zone, time_left(s, zone)));
    let mut hidden: Vec<(Zone, i32)> = speech.iter().filter(|s| !s.filled).filter_map(left).collect();
    hidden.retain(|(_, longest)| *longest >= LEAST);
    hidden.sort_unstable();
    hidden
}

/// What of a stretch its words leave unspoken at most. Cut by the conversation's bounds, it may hold none of them.
fn time_left(speech: &Speech, zone: Zone) -> i32 {
    let whole = zone == (speech.start, speech.end);
    let spoken = if whole { speech.words.saturating_mul(WORD) } else { 0 };
    (zone.1 - zone.0).saturating_sub(spoken)
}

/// The silences of a conversation.
pub(super) fn silences(speech: &[Speech], conversation: Conversation, hidden: &[(Zone, i32)]) -> MomentSet {
    let spoken = merge_zones(speech.iter().filter_map(|s| clip(s, conversation)).collect());
    let mut silences = Vec::new();
    let mut silent_from = conversation.start_ms;
    for (start, end) in spoken.into_iter().chain([(conversation.end_ms, conversation.end_ms)]) {
        if start - silent_from >= LEAST {
            silences.push(Moment::exact(silent_from, start, Origin::SILENCE));
        }
        silent_from = silent_from.max(end);
    }
    MomentSet::new(silences, hidden.iter().map(|(zone, _)| *zone).collect())
}

/// The overlaps of a conversation; `held` if the source can show two speaking at once.
pub(super) fn overlaps(speech: &[Speech], conversation: Conversation, held: bool) -> MomentSet {
    if !held {
        return MomentSet::new(Vec::new(), vec![(conversation.start_ms, conversation.end_ms)]);
    }
    let mut sweep = Sweep::default();
    for (at, speaking, doubtful) in changes(speech, conversation) {
        sweep.to(at);
        sweep.speaking += speaking;
        sweep.doubtful += doubtful;
    }
    sweep.to(conversation.end_ms);
    let dark = sweep.found.iter().filter(|m| !m.is_sure()).map(|m| (m.start, m.end)).collect();
    MomentSet::new(sweep.found, dark)
}

/// When the number of those who speak, and that of stretches not known to be filled, changes: ordered by time.
fn changes(speech: &[Speech], conversation: Conversation) -> Vec<(i32, i32, i32)> {
    let clipped = speech.iter().filter_map(|s| Some((s.speaker, clip(s, conversation)?, s.filled)));
    let mut clipped: Vec<(u32, Zone, bool)> = clipped.collect();
    clipped.sort_unstable();
    let mut changes: Vec<(i32, i32, i32)> = Vec::new();
    for own in clipped.chunk_by(|a, b| a.0 == b.0) {
        for (start, end) in merge_zones(own.iter().map(|s| s.1).collect()) {
            changes.extend([(start, 1, 0), (end, -1, 0)]);
        }
        for (_, (start, end), _) in own.iter().filter(|s| !s.2) {
            changes.extend([(*start, 0, 1), (*end, 0, -1)]);
        }
    }
    changes.sort_unstable();
    changes
}

/// Goes through the call from change to change.
#[derive(Default)]
struct Sweep {
    found: Vec<Moment>,
    /// How many speak now.
    speaking: i32,
    /// How many stretches not known to be filled lie here.
    doubtful: i32,
    /// Up to where it went.
    reached: i32,
    /// Since when two speak, and whether that is sure.
    open: Option<(i32, bool)>,
}

impl Sweep {
    /// Goes on to a time; up to it nothing changes.
    fn to(&mut self, time: i32) {
        if time <= self.reached {
            return;
        }
        if self.speaking >= 2 {
            let (since, sure) = self.open.unwrap_or((self.reached, true));
            self.open = Some((since, sure && self.doubtful == 0));
        } else {
            self.close();
        }
        self.reached = time;
    }

    /// Two no longer speak, since the time that was reached.
    fn close(&mut self) {
        let Some((start, sure)) = self.open.take() else { return };
        let end = self.reached;
        if end - start < LEAST {
            return;
        }
        let whole = Moment::exact(start, end, Origin::OVERLAP);
        let inside = Moment { start_hi: end - LEAST, end_lo: start + LEAST, sure: 0, ..whole };
        self.found.push(if sure { whole } else { inside });
    }
}

/// The part of a stretch that lies in the conversation.
fn clip(speech: &Speech, conversation: Conversation) -> Option<Zone> {
    let zone = (speech.start.max(conversation.start_ms), speech.end.min(conversation.end_ms));
    (zone.0 < zone.1).then_some(zone)
}
