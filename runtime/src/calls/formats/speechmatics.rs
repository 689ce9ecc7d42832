//! Speechmatics, batch (json-v2) and real time: one list of words, entities and punctuation, each with its time, and the
//! speaker or the channel of each. Knows that format only, and takes none of the service's judgements.

use super::label::{give_role, named};
use super::{Format, Input, KnownBy, language};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Party, Spoken, Turn};
use crate::calls::notes;
use crate::calls::place::{Unit, confidence, interval, time};
use crate::calls::reading::Reading;
use crate::calls::text;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Speechmatics.
pub static FORMAT: Format = Format {
    name: "speechmatics",
    words: "Speechmatics JSON",
    marks: "`results` whose items hold `type` and `alternatives` with `content`, or messages such as `AddTranscript`",
    known_by: KnownBy::Json(|outline| {
        let message = |path: &str| outline.text(path).is_some_and(|message| MESSAGES.contains(&message));
        outline.is_list("results") && outline.has(&["format", "metadata", "job"])
            || outline.has(&["results[].type", "results[].alternatives[].content"])
            || message("message")
            || message("[].message")
    }),
    read,
};

/// Messages of a real-time session.
const MESSAGES: [&str; 12] = [
    "RecognitionStarted",
    "ConversationConfig",
    "StartRecognition",
    "AudioAdded",
    "AddPartialTranscript",
    "AddTranscript",
    "AddTranslation",
    "AddPartialTranslation",
    "EndOfUtterance",
    "EndOfTranscript",
    "Info",
    "Warning",
];

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    job: Option<Job<'a>>,
    #[serde(borrow)]
    metadata: Option<Metadata<'a>>,
    #[serde(borrow)]
    results: Vec<Item<'a>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    message: String,
    channel: Option<String>,
    #[serde(borrow)]
    results: Option<Vec<Item<'a>>>,
    transcription_config: Option<Config>,
}

#[derive(Deserialize)]
struct Job<'a> {
    #[serde(borrow)]
    duration: Option<Decimal<'a>>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    transcription_config: Option<Config>,
    #[serde(borrow)]
    language_identification: Option<Identified<'a>>,
}

#[derive(Deserialize)]
struct Config {
    language: Option<String>,
    output_locale: Option<String>,
}

#[derive(Deserialize)]
struct Identified<'a> {
    #[serde(borrow)]
    predicted_language: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    start_time: Option<Decimal<'a>>,
    #[serde(borrow)]
    end_time: Option<Decimal<'a>>,
    #[serde(borrow)]
    channel: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    alternatives: Vec<Alternative<'a>>,
    /// An entity as it was said: words.
    #[serde(borrow)]
    spoken_form: Option<Vec<Item<'a>>>,
}

#[derive(Deserialize)]
struct Alternative<'a> {
    #[serde(borrow)]
    content: Cow<'a, str>,
    #[serde(borrow)]
    confidence: Option<Decimal<'a>>,
    #[serde(borrow)]
    speaker: Option<Cow<'a, str>>,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let mut draft = Draft::new(WordOrigin::Recognised);
    let text = input.text.trim_start();
    if text.starts_with('[') {
        session(&mut draft, &super::json::<Vec<Message<'_>>>(text)?)?;
    } else if super::json::<Sort>(text)?.message.is_some() {
        session(&mut draft, &[super::json(text)?])?;
    } else {
        job(&mut draft, &super::json(text)?)?;
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// Only messages have a `message`.
#[derive(Deserialize)]
struct Sort {
    message: Option<serde::de::IgnoredAny>,
}

fn job(draft: &mut Draft, file: &File<'_>) -> Result<(), Fault> {
    let duration = file.job.as_ref().and_then(|job| job.duration);
    draft.end_ms = duration.map(|d| time(d, Unit::Seconds, "job.duration")).transpose()?.filter(|end| *end > 0);
    if let Some(metadata) = &file.metadata {
        let identified =
            metadata.language_identification.as_ref().and_then(|found| found.predicted_language.as_deref());
        draft.locale =
            metadata.transcription_config.as_ref().and_then(spoken_in).or_else(|| identified.and_then(language::tag));
    }
    let placed = file.results.iter().enumerate();
    let placed: Vec<_> =
        placed.map(|(at, item)| Placed { item, channel: item.channel.as_deref(), at: (None, at) }).collect();
    items(draft, &placed)
}

/// The final messages of a real-time session, one after the other.
fn session(draft: &mut Draft, messages: &[Message<'_>]) -> Result<(), Fault> {
    draft.locale = messages.iter().find_map(|message| message.transcription_config.as_ref().and_then(spoken_in));
    let mut placed = Vec::new();
    for (number, message) in messages.iter().enumerate() {
        match message.message.as_str() {
            "AddPartialTranscript" => draft.notes.count(&notes::NOT_FINAL, format_args!("[{number}]")),
            "AddTranscript" => {
                placed.extend(message.results.iter().flatten().enumerate().map(|(at, item)| Placed {
                    item,
                    channel: item.channel.as_deref().or(message.channel.as_deref()),
                    at: (Some(number), at),
                }));
            }
            _ => {}
        }
    }
    items(draft, &placed)
}

fn spoken_in(config: &Config) -> Option<String> {
    config
        .output_locale
        .as_deref()
        .and_then(language::tag)
        .or_else(|| config.language.as_deref().and_then(language::tag))
}

/// An item with its channel and where it stands: in which message, if there are several, and where in it.
struct Placed<'f, 'a> {
    item: &'f Item<'a>,
    channel: Option<&'f str>,
    at: (Option<usize>, usize),
}

impl fmt::Display for Placed<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            (None, at) => write!(f, "results[{at}]"),
            (Some(message), at) => write!(f, "[{message}].results[{at}]"),
        }
    }
}

/// One turn for each channel, parted where the speaker changes.
fn items(draft: &mut Draft, placed: &[Placed<'_, '_>]) -> Result<(), Fault> {
    let mut channels: BTreeMap<Option<&str>, Vec<&Placed<'_, '_>>> = BTreeMap::new();
    for one in placed {
        channels.entry(one.channel).or_default().push(one);
    }
    let many = channels.len() > 1;
    draft.overlap = many;
    for (name, on) in &channels {
        let channel = Channel(name.filter(|_| many));
        let Some(first) = on.first() else { continue };
        let by = channel.party(draft, first.item);
        let mut turn = draft.turn(by, None, None, first);
        for placed in on {
            channel.item(&mut turn, placed.item, placed)?;
        }
    }
    Ok(())
}

/// A channel of the recording by its label; without one if there is one channel only.
struct Channel<'c>(Option<&'c str>);

impl Channel<'_> {
    fn party(&self, draft: &mut Draft, item: &Item<'_>) -> Party {
        let speaker = item.alternatives.first().and_then(|best| best.speaker.as_deref()).map(str::trim);
        let id = match (self.0, speaker.filter(|speaker| !speaker.is_empty())) {
            (None, None | Some("UU")) => return draft.nobody(),
            (None, Some(speaker)) => speaker.to_owned(),
            (Some(channel), None | Some("UU")) => channel.to_owned(),
            (Some(channel), Some(speaker)) => format!("{channel} {speaker}"),
        };
        let party = named(draft, &id);
        give_role(draft, party, self.0);
        // Labels of one's own stand for channels in an order that the file does not tell.
        if let Some(number) = self.0.and_then(|label| label.strip_prefix("channel_")?.parse().ok()) {
            draft.channel(party, number);
        }
        party
    }

    fn item(&self, turn: &mut Turn<'_>, item: &Item<'_>, place: &dyn fmt::Display) -> Result<(), Fault> {
        match item.kind.as_ref() {
            "punctuation" | "word" => self.said(turn, item, place)?,
            "speaker_change" | "channel_change" => turn.draft().notes.count(&notes::CHANGE, place),
            "entity" => match item.spoken_form.as_deref() {
                Some(said @ [_, ..]) => said.iter().try_for_each(|part| self.said(turn, part, place))?,
                _ => self.word(turn, item, place)?,
            },
            other => {
                let other = text::shown(other, 40);
                let fault = Fault::new(format!("a result is of the type `{other}`")).at(place.to_string());
                return Err(fault.mend("types that are read: `word`, `entity`, `punctuation`, `speaker_change`"));
            }
        }
        Ok(())
    }

    /// Part of what was said: punctuation, or else a word.
    fn said(&self, turn: &mut Turn<'_>, item: &Item<'_>, place: &dyn fmt::Display) -> Result<(), Fault> {
        if item.kind != "punctuation" {
            return self.word(turn, item, place);
        }
        turn.mark(item.alternatives.first().map_or("", |best| &best.content));
        Ok(())
    }

    fn word(&self, turn: &mut Turn<'_>, item: &Item<'_>, place: &dyn fmt::Display) -> Result<(), Fault> {
        let Some(best) = item.alternatives.first() else {
            let fault = Fault::new("a word has no `alternatives`: its text is not there").at(place.to_string());
            return Err(fault.mend("give the file as the service wrote it"));
        };
        let times = item.start_time.zip(item.end_time);
        let by = self.party(turn.draft(), item);
        let spoken = Spoken {
            text: &best.content,
            times: times.map(|(start, end)| interval(start, end, Unit::Seconds, place)).transpose()?,
            confidence: best.confidence.map(|c| confidence(c, place)).transpose()?,
            by: Some(by),
            kind: None,
        };
        turn.word(spoken, place);
        Ok(())
    }
}
