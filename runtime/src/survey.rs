//! What can be known of a call before anything is scored: who speaks, what its words and times are worth, and what its
//! source can never tell. Must not know criteria.

mod lacks;

use crate::calls::{NOBODY, Note, Reading};
use grille_evidence::call::{Call, Role, Source, TimeOrigin, Word, WordKind, WordOrigin};
use serde::Serialize;
use std::collections::BTreeMap;

/// A call looked at as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Survey {
    /// Its id.
    pub call: String,
    /// The format, by its name and for people, and by what files of it are known.
    pub format: &'static str,
    /// For people.
    pub format_words: &'static str,
    /// By what files of it are known.
    pub known_by: &'static str,
    /// What is spoken, if the file says so.
    pub locale: Option<String>,
    /// Its end in milliseconds: of the recording, or of what is the last in it.
    pub end_ms: i32,
    /// Does the file say when the recording ends?
    pub end_is_known: bool,
    /// Who speaks, in the order of the file.
    pub speakers: Vec<SpeakerSurvey>,
    /// Its words.
    pub words: WordSurvey,
    /// Its confidences, if the source has some.
    pub confidences: Option<ConfidenceSurvey>,
    /// Its times.
    pub times: TimeSurvey,
    /// Can two be shown speaking at once?
    pub overlap: bool,
    /// Does the file tell the speakers apart? Else all words are given to one, who may be several.
    pub speakers_told_apart: bool,
    /// Are questions closed by punctuation?
    pub punctuation: bool,
    /// Events that the source would show, and how many there are.
    pub events: BTreeMap<String, u32>,
    /// Attributes that the source would give, and what they are where they are known.
    pub attributes: BTreeMap<String, Option<grille_evidence::attribute::AttributeValue>>,
    /// What was dropped, assumed, mended or placed between neighbours.
    pub notes: Vec<NoteSurvey>,
    /// What can therefore not be told, and why.
    pub lacks: Vec<Lack>,
}

/// A speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpeakerSurvey {
    /// As the source calls them.
    pub id: String,
    /// Their role, if known.
    pub role: Option<Role>,
    /// Their channel, if the file says it.
    pub channel: Option<u32>,
    /// How many words are theirs.
    pub words: u32,
    /// When they speak first, in milliseconds; none if never.
    pub first_ms: Option<i32>,
    /// What they say first.
    pub first_words: String,
}

/// The words of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordSurvey {
    /// Checked or recognised.
    pub origin: WordOrigin,
    /// How many there are.
    pub all: u32,
    /// How many nobody could write down.
    pub unknown: u32,
    /// How many were taken out, by mask.
    pub redacted: BTreeMap<String, u32>,
}

/// The confidences of a call's readable words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ConfidenceSurvey {
    /// How many words have one.
    pub rated: u32,
    /// How many readable words there are.
    pub of: u32,
    /// The one in the middle, in thousandths; the lower one of two.
    pub median_thousandths: u16,
    /// How many are under the threshold at which a word counts as heard.
    pub under_threshold: u32,
}

/// The times of a call's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TimeSurvey {
    /// Measured, spread or by turn.
    pub origin: TimeOrigin,
    /// How many words have times of their own.
    pub own: u32,
    /// How many lie somewhere in a stretch.
    pub placed: u32,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteSurvey {
    /// Does the call tell less by it, or less surely?
    pub partial: bool,
    /// In words.
    pub note: String,
}

/// What a source cannot tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lack {
    /// What cannot be told.
    pub what: &'static str,
    /// Why not.
    pub because: String,
}

/// So many words are quoted of each speaker.
const QUOTED: usize = 12;

/// Looks at a call that was read. `threshold` is the confidence in thousandths from which a word counts as heard.
#[must_use]
pub fn survey(reading: &Reading, threshold: u16) -> Survey {
    let call = &reading.call;
    let last = call.segments.iter().map(|segment| segment.end_ms);
    let events = call.events.iter().map(|event| event.end_ms.unwrap_or(event.start_ms));
    let own = call.own_events.iter().map(|event| event.end_ms.unwrap_or(event.start_ms));
    let last = last.chain(events).chain(own).max().unwrap_or(0);
    let note = |note: &Note| NoteSurvey { partial: note.effect.is_partial(), note: note.to_string() };
    Survey {
        call: call.id.clone(),
        format: reading.format.name,
        format_words: reading.format.words,
        known_by: reading.format.marks,
        locale: call.locale.clone(),
        end_ms: call.end_ms.unwrap_or(last),
        end_is_known: call.end_ms.is_some(),
        speakers: speakers(reading),
        words: words(call),
        confidences: confidences(call, threshold),
        times: times(call),
        overlap: call.source.overlap,
        speakers_told_apart: !matches!(call.speakers.as_slice(), [only] if only.id == NOBODY),
        punctuation: call.source.punctuation,
        events: events_of(call),
        attributes: call
            .source
            .attributes
            .iter()
            .map(|name| (name.clone(), call.attributes.get(name).cloned()))
            .collect(),
        notes: reading.notes.iter().map(note).collect(),
        lacks: lacks::of(call),
    }
}

fn speakers(reading: &Reading) -> Vec<SpeakerSurvey> {
    let mut first: BTreeMap<&str, (i32, usize)> = BTreeMap::new();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for (number, segment) in reading.call.segments.iter().enumerate() {
        let earliest = first.entry(&segment.speaker).or_insert((segment.start_ms, number));
        *earliest = (*earliest).min((segment.start_ms, number));
        *counts.entry(&segment.speaker).or_insert(0) += size(segment.words.len());
    }
    let told = |speaker: &grille_evidence::call::Speaker| {
        let begun = first.get(speaker.id.as_str());
        SpeakerSurvey {
            id: speaker.id.clone(),
            role: speaker.role,
            channel: reading.channels.get(&speaker.id).copied(),
            words: counts.get(speaker.id.as_str()).copied().unwrap_or(0),
            first_ms: begun.map(|(start, _)| *start),
            first_words: begun.map(|(_, number)| quote(&reading.call, &speaker.id, *number)).unwrap_or_default(),
        }
    };
    reading.call.speakers.iter().map(told).collect()
}

/// What a speaker says from a segment on; nothing where no word of it is written down.
fn quote(call: &Call, speaker: &str, from: usize) -> String {
    if all(call).all(|word| !word.kind.is_plain()) {
        return String::new();
    }
    let own = call.segments.iter().skip(from).filter(|segment| segment.speaker == speaker);
    let mut words = own.flat_map(|segment| &segment.words).map(|word| format!("{}{}", word.text, word.after));
    let quoted: Vec<String> = words.by_ref().take(QUOTED).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", quoted.join(" "))
}

fn all(call: &Call) -> impl Iterator<Item = &Word> {
    call.segments.iter().flat_map(|segment| &segment.words)
}

fn words(call: &Call) -> WordSurvey {
    let mut redacted = BTreeMap::new();
    for word in all(call).filter(|word| word.kind == WordKind::Redacted) {
        *redacted.entry(word.text.clone()).or_insert(0) += 1;
    }
    WordSurvey {
        origin: call.source.words,
        all: size(all(call).count()),
        unknown: size(all(call).filter(|word| word.kind == WordKind::Unknown).count()),
        redacted,
    }
}

fn confidences(call: &Call, threshold: u16) -> Option<ConfidenceSurvey> {
    let mut rated: Vec<u16> = all(call).filter_map(|word| word.confidence_thousandths).collect();
    rated.sort_unstable();
    let median_thousandths = *rated.get((rated.len().checked_sub(1)?) / 2)?;
    Some(ConfidenceSurvey {
        rated: size(rated.len()),
        of: size(all(call).filter(|word| word.kind.is_plain()).count()),
        median_thousandths,
        under_threshold: size(rated.partition_point(|confidence| *confidence < threshold)),
    })
}

fn times(call: &Call) -> TimeSurvey {
    let own = all(call).filter(|word| word.start_ms.is_some()).count();
    TimeSurvey { origin: call.source.times, own: size(own), placed: size(all(call).count() - own) }
}

/// Events that the source would show, those of kinds that criteria declare among them, with how many there are.
fn events_of(call: &Call) -> BTreeMap<String, u32> {
    let source = &call.source;
    let known = source.events.iter().map(|kind| (kind.words().to_owned(), 0));
    let mut events: BTreeMap<String, u32> =
        known.chain(source.own_events.keys().map(|kind| (kind.clone(), 0))).collect();
    let happened = call
        .events
        .iter()
        .map(|event| event.kind.words())
        .chain(call.own_events.iter().map(|event| event.kind.as_str()));
    for kind in happened {
        *events.entry(kind.to_owned()).or_insert(0) += 1;
    }
    events
}

fn size(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Does the source rate words?
fn is_unrated(source: &Source) -> bool {
    source.words == WordOrigin::Recognised && !source.confidences
}
