//! The World Transcription Format, as vCons carry it (draft-howe-vcon-wtf-extension): segments, and words of which the
//! segments give the numbers. Knows that format only.

use super::label::{Label, named};
use super::{Format, Input, KnownBy, language};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Party, Spoken};
use crate::calls::notes::Effect;
use crate::calls::place::{Unit, confidence, interval, time};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The World Transcription Format.
pub static FORMAT: Format = Format {
    name: "wtf",
    words: "World Transcription Format (`wtf_transcription`)",
    marks: "`transcript` with a `text`, and `segments` with `start`, `end` and `text`",
    known_by: KnownBy::Json(|outline| {
        outline.has(&["transcript.text", "segments[].start", "segments[].end", "segments[].text"])
    }),
    read,
};

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    transcript: Transcript<'a>,
    #[serde(borrow)]
    segments: Vec<Segment<'a>>,
    #[serde(borrow, default)]
    words: Option<Vec<Word<'a>>>,
    #[serde(borrow, default)]
    speakers: Option<BTreeMap<String, Speaker<'a>>>,
}

#[derive(Deserialize)]
struct Transcript<'a> {
    language: Option<String>,
    #[serde(borrow)]
    duration: Option<Decimal<'a>>,
}

#[derive(Deserialize)]
struct Segment<'a> {
    #[serde(borrow)]
    start: Decimal<'a>,
    #[serde(borrow)]
    end: Decimal<'a>,
    text: String,
    #[serde(borrow)]
    confidence: Option<Decimal<'a>>,
    #[serde(borrow)]
    speaker: Option<Label<'a>>,
    /// Numbers of words.
    words: Option<Vec<usize>>,
}

#[derive(Deserialize)]
struct Word<'a> {
    text: String,
    #[serde(borrow)]
    start: Option<Decimal<'a>>,
    #[serde(borrow)]
    end: Option<Decimal<'a>>,
    #[serde(borrow)]
    confidence: Option<Decimal<'a>>,
    #[serde(borrow)]
    speaker: Option<Label<'a>>,
    #[serde(default)]
    is_punctuation: Option<bool>,
}

#[derive(Deserialize)]
struct Speaker<'a> {
    #[serde(borrow)]
    label: Option<Label<'a>>,
}

impl Speaker<'_> {
    fn name(&self) -> Option<&str> {
        self.label.as_ref().and_then(Label::text)
    }
}

/// A label that several bear names nobody: their ids are left.
fn forget_shared_labels(speakers: &mut BTreeMap<String, Speaker<'_>>) {
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    for name in speakers.values().filter_map(Speaker::name) {
        *bearers.entry(name.to_owned()).or_default() += 1;
    }
    for speaker in speakers.values_mut() {
        let is_shared = speaker.name().is_some_and(|name| bearers.get(name) != Some(&1));
        speaker.label = speaker.label.take().filter(|_| !is_shared);
    }
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let mut file: File<'_> = super::json(input.text)?;
    file.speakers.iter_mut().for_each(forget_shared_labels);
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.locale = file.transcript.language.as_deref().and_then(language::tag);
    draft.end_ms = file.transcript.duration.map(|d| time(d, Unit::Seconds, "transcript.duration")).transpose()?;
    let words = file.words.as_deref().unwrap_or_default();
    if covers(words, &file.segments) {
        let owners = owners(&file.segments, words.len());
        let mut words = words.iter().zip(&owners).enumerate().peekable();
        while let Some((_, (_, owner))) = words.peek().copied() {
            let segment = owner.and_then(|owner| file.segments.get(owner));
            let run = std::iter::from_fn(|| words.next_if(|(_, (_, next))| *next == owner));
            put_words(run.map(|(number, (word, _))| (number, word)), segment, &file, &mut draft)?;
        }
    } else {
        if !words.is_empty() {
            let note =
                format!("`words` holds {} words and the segments hold more: the segments' text was read", words.len());
            draft.notes.tell(Effect::Interpolated, note);
        }
        for (number, segment) in file.segments.iter().enumerate() {
            put_text(segment, &format!("segments[{number}]"), &file, &mut draft)?;
        }
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// Do the words hold what the segments hold? One in ten may be missing: texts are parted in more than one way.
fn covers(words: &[Word<'_>], segments: &[Segment<'_>]) -> bool {
    let listed = words.iter().filter(|word| !word.is_punctuation.unwrap_or(false)).count();
    let written: usize = segments.iter().map(|segment| segment.text.split_whitespace().count()).sum();
    listed > 0 && listed.saturating_mul(10) >= written.saturating_mul(9)
}

/// Of which segment each word is; none of those that no segment names.
fn owners(segments: &[Segment<'_>], words: usize) -> Vec<Option<usize>> {
    let mut owners = vec![None; words];
    for (number, segment) in segments.iter().enumerate() {
        for word in segment.words.iter().flatten() {
            if let Some(owner) = owners.get_mut(*word) {
                owner.get_or_insert(number);
            }
        }
    }
    owners
}

/// Words in a row of one segment, or of none.
fn put_words<'a>(
    words: impl Iterator<Item = (usize, &'a Word<'a>)>,
    segment: Option<&'a Segment<'a>>,
    file: &File<'_>,
    draft: &mut Draft,
) -> Result<(), Fault> {
    let mut words = words.peekable();
    let Some((first, word)) = words.peek().copied() else { return Ok(()) };
    let place = format!("words[{first}]");
    let bounds = segment.map(|segment| interval(segment.start, segment.end, Unit::Seconds, &place)).transpose()?;
    let speaker = |word: &'a Word<'a>| word.speaker.as_ref().or(segment.and_then(|segment| segment.speaker.as_ref()));
    let by = party(speaker(word), file, draft);
    let mut turn = draft.turn(by, bounds.map(|b| b.0), bounds.map(|b| b.1), &place);
    for (number, word) in words {
        let place = format!("words[{number}]");
        if word.is_punctuation.unwrap_or(false) {
            turn.mark(&word.text);
            continue;
        }
        let times = match (word.start, word.end) {
            (Some(start), Some(end)) => Some(interval(start, end, Unit::Seconds, &place)?),
            _ => None,
        };
        let sure = word.confidence.map(|c| confidence(c, &place)).transpose()?;
        let by = Some(party(speaker(word), file, turn.draft()));
        turn.word(Spoken { text: &word.text, times, confidence: sure, by, ..Spoken::default() }, place);
    }
    Ok(())
}

fn put_text(segment: &Segment<'_>, place: &str, file: &File<'_>, draft: &mut Draft) -> Result<(), Fault> {
    let (start, end) = interval(segment.start, segment.end, Unit::Seconds, place)?;
    let sure = segment.confidence.map(|c| confidence(c, place)).transpose()?;
    let party = party(segment.speaker.as_ref(), file, draft);
    draft.turn(party, Some(start), Some(end), place).text(&segment.text, sure);
    Ok(())
}

/// Who speaks: by the label that the file gives to a number, else by the number.
fn party(speaker: Option<&Label<'_>>, file: &File<'_>, draft: &mut Draft) -> Party {
    let Some(id) = speaker.and_then(Label::text) else { return draft.nobody() };
    let speaker = file.speakers.as_ref().and_then(|speakers| speakers.get(id));
    named(draft, speaker.and_then(Speaker::name).unwrap_or(id))
}
