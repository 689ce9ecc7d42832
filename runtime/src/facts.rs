//! From a call as it was written down to what evaluation sees of it: one clock, one order, turns, silences and what
//! was not heard. Must not know criteria, engines, scores, formats of importers, or where a call came from.
//!
//! [`derive`] is total and pure: the same call, pack and hearing give the same bytes, and calls that are not valid
//! give facts too (times are clamped to `0..=2^30` ms, segments of speakers whom the call does not list are passed
//! over). All of it is `O(n log n)` in words and events. What each part means stands at its module:
//! roles, times, conversation, hearing, tokens, stretches (turns and back-channels), questions, disfluencies, classes,
//! speech (silences and overlaps), responses.

mod classes;
mod conversation;
mod disfluencies;
mod events;
mod hearing;
mod questions;
mod responses;
mod roles;
mod runs;
mod speech;
mod steps;
mod stretches;
mod times;
mod tokens;

#[cfg(test)]
mod growth;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod readings;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use grille_evidence::call::{Call, Role, Source};
use grille_evidence::facts::{CallFacts, Conversation, Hearing, SpeakerFacts, Tokens, WordFacts};
use grille_evidence::locale::LocalePack;
use std::ops::Range;
use times::Placed;

/// One word inside the conversation while facts are made.
struct Said<'a> {
    placed: Placed<'a>,
    /// Is it heard?
    heard: bool,
    /// Can nobody tell what was said? It is not heard, and lies in a dark stretch.
    doubtful: bool,
    /// Its tokens (indices into all tokens).
    tokens: Range<usize>,
}

/// The facts of a call, as the modules below define them, for a locale and constants of hearing.
#[must_use]
pub fn derive(call: &Call, pack: &LocalePack, hearing: Hearing) -> CallFacts {
    let roles = roles::roles(call);
    let placement = times::place(call);
    let conversation = conversation::conversation(call, &roles, &placement.words);
    let (mut said, mut tokens) = tokens::read(within(&placement.words, conversation), &call.source, hearing, pack);
    let speakers = speakers(call, roles, &said, tokens.text.len(), hearing, conversation);
    hearing::mark_doubtful(&mut said, &speakers);
    let found = stretches::find(&said, &runs::find(&said, &tokens, pack));
    stretches::mark_pauses(&said, &mut tokens, &found);
    tokens::mark_negators(&said, &mut tokens, &found, pack);
    let questions = questions::mark(&said, &mut tokens, &found, call.source.punctuation, pack);
    disfluencies::mark(&said, &mut tokens, &found, pack);
    let classes = classes::find(&said, &tokens, &found, &speakers, &call.source, pack);
    let own_kinds = events::own_kinds(call);
    let hidden_silences = speech::hidden(&placement.speech, conversation);
    let words: Vec<WordFacts> = said.iter().map(|s| s.placed.facts).collect();
    CallFacts {
        id: call.id.clone(),
        locale: call.locale.clone(),
        events: events::moments(call, &own_kinds, conversation),
        source: Source { own_events: own_kinds, ..call.source.clone() },
        hearing,
        conversation,
        speakers,
        silences: speech::silences(&placement.speech, conversation, &hidden_silences),
        hidden_silences,
        overlaps: speech::overlaps(&placement.speech, conversation, call.source.overlap),
        response_gaps: responses::gaps(&placement.words, &found.runs),
        event_facts: events::facts(call),
        attributes: events::attributes(call),
        turns: found.turns,
        back_channels: found.back_channels,
        stretches: found.all,
        questions,
        words,
        tokens,
        classes,
    }
}

/// The words wholly inside the conversation, by (speaker, start, end, number), the bounds of their times clipped to it.
fn within<'a>(words: &[Placed<'a>], conversation: Conversation) -> Vec<Placed<'a>> {
    let (from, to) = (conversation.start_ms, conversation.end_ms);
    let inside = |p: &&Placed<'a>| from <= p.facts.start && p.facts.end <= to;
    let mut inside: Vec<Placed<'a>> = words.iter().filter(inside).copied().collect();
    inside.sort_by_key(|p| (p.facts.speaker, p.facts.start, p.facts.end, p.facts.number));
    for placed in &mut inside {
        placed.facts.start_lo = placed.facts.start_lo.max(from);
        placed.facts.start_hi = placed.facts.start_hi.min(to - 1);
        placed.facts.end_lo = placed.facts.end_lo.max(from + 1);
        placed.facts.end_hi = placed.facts.end_hi.min(to);
    }
    inside
}

/// The speakers in the order of the call, with the ranges of their words and tokens.
fn speakers(
    call: &Call,
    roles: Vec<Option<Role>>,
    said: &[Said<'_>],
    token_count: usize,
    hearing: Hearing,
    conversation: Conversation,
) -> Vec<SpeakerFacts> {
    let bound = |speaker: usize| said.partition_point(|s| (s.placed.facts.speaker as usize) < speaker);
    let token_at = |word: usize| said.get(word).map_or(token_count, |s| s.tokens.start);
    let numbered = call.speakers.iter().zip(roles).enumerate();
    let facts = numbered.map(|(speaker, (listed, role))| {
        let words = bound(speaker)..bound(speaker.saturating_add(1));
        let own = said.get(words.clone()).unwrap_or_default();
        let heard = own.iter().filter(|s| s.heard).count();
        let dark = hearing::dark_stretches(own, hearing, &call.source, conversation);
        SpeakerFacts {
            id: listed.id.clone(),
            role,
            words: index(words.start)..index(words.end),
            tokens: index(token_at(words.start))..index(token_at(words.end)),
            dark,
            heard: (index(heard), index(own.len())),
        }
    });
    facts.collect()
}

/// A position as a number of the facts' columns.
fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// The tokens of a run of words, as texts; one that cannot be read is an empty text, which is on no list.
fn texts(tokens: &Tokens, range: Range<usize>) -> Vec<&str> {
    let ids = tokens.text.get(range).unwrap_or_default();
    ids.iter().map(|id| tokens.vocabulary.get(*id as usize).map_or("", |text| &**text)).collect()
}
