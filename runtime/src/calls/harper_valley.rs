//! Gridspace-Stanford Harper Valley, in its three schemas: segments with a checked and a recognised transcript.
//! Knows that format only. Emotion and dialogue acts are the data set's own judgements and are not taken.

use crate::calls::HarperValleyTranscript;
use crate::calls::decimal::Decimal;
use crate::calls::place::{around, milliseconds, untimed};
use crate::fault::Fault;
use grille_evidence::attribute::Attributes;
use grille_evidence::call::{
    CALL_FORMAT, Call, Role, Segment, Source, Speaker, TimeOrigin, Word, WordKind, WordOrigin,
};
use grille_evidence::event::CarriedFields;
use serde::Deserialize;

#[derive(Deserialize)]
struct Stretch<'a> {
    speaker_role: String,
    #[serde(borrow)]
    offset_ms: Decimal<'a>,
    #[serde(borrow)]
    duration_ms: Decimal<'a>,
    transcript: Option<String>,
    human_transcript: Option<String>,
    #[serde(borrow, default)]
    word_offsets_ms: Vec<Decimal<'a>>,
    #[serde(borrow, default)]
    word_durations_ms: Vec<Decimal<'a>>,
}

/// Reads one call, by one of its two transcripts.
pub fn read(bytes: &[u8], id: String, which: HarperValleyTranscript) -> Result<Call, Fault> {
    let file: Vec<Stretch<'_>> = serde_json::from_slice(bytes).map_err(|error| crate::calls::json_fault(&error))?;
    let mut speakers: Vec<Speaker> = Vec::new();
    let mut segments = Vec::new();
    for (number, stretch) in file.iter().enumerate() {
        let place = format!("[{number}]");
        if speakers.iter().all(|speaker| speaker.id != stretch.speaker_role) {
            speakers.push(Speaker { id: stretch.speaker_role.clone(), role: role(&stretch.speaker_role) });
        }
        segments.extend(match which {
            HarperValleyTranscript::Human => checked(stretch, &place)?,
            HarperValleyTranscript::Machine => recognised(stretch, &place)?,
        });
    }
    Ok(Call {
        grille_call: CALL_FORMAT,
        id,
        locale: None,
        source: source(which),
        speakers,
        subject: None,
        end_ms: None,
        segments,
        events: Vec::new(),
        attributes: Attributes::new(),
    })
}

fn source(which: HarperValleyTranscript) -> Source {
    let (format, words, times) = match which {
        HarperValleyTranscript::Human => ("harper-valley-human", WordOrigin::Checked, TimeOrigin::Spread),
        HarperValleyTranscript::Machine => ("harper-valley-machine", WordOrigin::Recognised, TimeOrigin::Measured),
    };
    Source {
        format: format.to_string(),
        words,
        confidences: false,
        times,
        overlap: true,
        punctuation: false,
        events: Vec::new(),
        fields: CarriedFields::new(),
        attributes: Vec::new(),
    }
}

fn role(id: &str) -> Option<Role> {
    match id {
        "agent" => Some(Role::Agent),
        "caller" => Some(Role::Customer),
        _ => None,
    }
}

/// What a person wrote down, somewhere inside the segment.
fn checked(stretch: &Stretch<'_>, place: &str) -> Result<Option<Segment>, Fault> {
    let text = stretch.human_transcript.as_ref().ok_or_else(|| lacks(place, "human_transcript"))?;
    let (start_ms, end_ms) = bounds(stretch.offset_ms, stretch.duration_ms, 0, place)?;
    let words: Vec<Word> = without_noise(text).map(|token| untimed(token, kind(token))).collect();
    let segment = Segment { speaker: stretch.speaker_role.clone(), start_ms, end_ms, words };
    Ok(Some(segment).filter(|segment| !segment.words.is_empty()))
}

/// What the machine recognised, each word with its time.
fn recognised(stretch: &Stretch<'_>, place: &str) -> Result<Option<Segment>, Fault> {
    let text = stretch.transcript.as_ref().ok_or_else(|| lacks(place, "transcript"))?;
    let base = milliseconds(stretch.offset_ms, 0, &format!("{place}.offset_ms"))?;
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let (offsets, durations) = (&stretch.word_offsets_ms, &stretch.word_durations_ms);
    if tokens.len() != offsets.len() || tokens.len() != durations.len() {
        let (words, starts, lengths) = (tokens.len(), offsets.len(), durations.len());
        let what = format!("there are {words} words in `transcript`, {starts} offsets and {lengths} durations");
        return Err(Fault::new(what).at(place).mend("give one of each, or read the human transcript"));
    }
    let mut words = Vec::new();
    for (number, (token, (offset, duration))) in tokens.iter().zip(offsets.iter().zip(durations)).enumerate() {
        let place = format!("{place}.word_offsets_ms[{number}]");
        let (start, end) = bounds(*offset, *duration, base, &place)?;
        if !is_noise(token) {
            words.push(Word { start_ms: Some(start), end_ms: Some(end), ..untimed(token, kind(token)) });
        }
    }
    Ok(around(&stretch.speaker_role, words))
}

/// A start and a length, counted from `base`; at least 1 ms.
fn bounds(offset: Decimal<'_>, length: Decimal<'_>, base: i32, place: &str) -> Result<(i32, i32), Fault> {
    let start = base.saturating_add(milliseconds(offset, 0, place)?);
    let end = start.saturating_add(milliseconds(length, 0, place)?.max(1));
    Ok((start, end))
}

fn lacks(place: &str, key: &str) -> Fault {
    Fault::new(format!("a segment has no `{key}`")).at(place).mend("give it, or choose the other transcript")
}

fn kind(token: &str) -> WordKind {
    if token.starts_with('<') && token.ends_with('>') { WordKind::Unknown } else { WordKind::Plain }
}

/// `[noise]`, `[kids]`: a sound that is no word.
fn is_noise(token: &str) -> bool {
    token.starts_with('[') && token.ends_with(']')
}

/// The words of a text in which a sound may also be written in several: `[baby crying]`. A bracket that is never
/// closed is a word like any other.
fn without_noise(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            if let Some((_, after)) = rest.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
                rest = after;
                continue;
            }
            let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            rest = after;
            return Some(word).filter(|word| !word.is_empty());
        }
    })
}
