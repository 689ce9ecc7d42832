//! Amazon Transcribe Call Analytics, of a recording and as events of a stream: turns with timed, rated and redacted items.
//! Knows that format only, and takes none of the service's own judgements (sentiment, categories, interruptions).

use super::amazon::{Characteristics, other_item, party, spoken};
use super::rows::rows;
use super::{Format, Input, KnownBy};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Spoken, Turn};
use crate::calls::notes::{Effect, Remark};
use crate::calls::outline::Outline;
use crate::calls::place::{Unit, confidence, interval};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::{WordKind, WordOrigin};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::fmt::Display;

/// Amazon Transcribe Call Analytics.
pub static FORMAT: Format = Format {
    name: "amazon-call-analytics",
    words: "Amazon Transcribe Call Analytics JSON",
    marks: "`Participants` and `Transcript` at the top and no `ParticipantId`, or events with `UtteranceEvent`",
    known_by: KnownBy::Json(known),
    read,
};

fn known(outline: &Outline) -> bool {
    let ids = ["Transcript[].ParticipantId", "Participants[].ParticipantId"];
    let file = outline.has(&["Participants"]) && outline.is_list("Transcript");
    let event = |path: &str| outline.has(&[path]);
    file && !ids.iter().any(|id| outline.has(&[id])) || event("UtteranceEvent") || event("[].UtteranceEvent")
}

static PARTIAL: Remark = Remark {
    effect: Effect::Remarked,
    one: "partial utterance, which a full one replaces later",
    many: "partial utterances, which full ones replace later",
    done: "left out",
};

/// A whole file, or one event of a stream.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Part<'a> {
    channel: Option<String>,
    language_code: Option<String>,
    participants: Option<Vec<Participant>>,
    #[serde(borrow)]
    transcript: Option<Vec<Line<'a>>>,
    #[serde(borrow)]
    utterance_event: Option<Line<'a>>,
    #[serde(borrow)]
    conversation_characteristics: Option<Characteristics<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Participant {
    participant_role: String,
}

/// A turn of a file, or an utterance of a stream.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Line<'a> {
    participant_role: Option<String>,
    is_partial: Option<bool>,
    #[serde(alias = "Transcript")]
    content: Option<String>,
    #[serde(borrow)]
    begin_offset_millis: Option<Decimal<'a>>,
    #[serde(borrow)]
    end_offset_millis: Option<Decimal<'a>>,
    #[serde(borrow)]
    items: Option<Vec<Item<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Item<'a> {
    #[serde(rename = "Type")]
    kind: String,
    content: String,
    #[serde(borrow)]
    confidence: Option<Decimal<'a>>,
    #[serde(borrow)]
    begin_offset_millis: Option<Decimal<'a>>,
    #[serde(borrow)]
    end_offset_millis: Option<Decimal<'a>>,
    redaction: Option<IgnoredAny>,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let parts: Vec<Part<'_>> = rows(input.text)?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    (draft.overlap, draft.punctuation) = (true, Some(true));
    for (number, part) in parts.iter().enumerate() {
        let place = if parts.len() == 1 { String::new() } else { format!("[{number}].") };
        read_part(&mut draft, part, &place)?;
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

fn read_part(draft: &mut Draft, part: &Part<'_>, place: &str) -> Result<(), Fault> {
    spoken(part.channel.as_deref(), place)?;
    draft.locale = draft.locale.take().or_else(|| part.language_code.clone());
    if let Some(characteristics) = &part.conversation_characteristics {
        characteristics.end(draft, place)?;
    }
    for participant in part.participants.iter().flatten() {
        party(draft, &participant.participant_role, &participant.participant_role);
    }
    for (number, line) in part.transcript.iter().flatten().enumerate() {
        read_line(draft, line, &format!("{place}Transcript[{number}]"))?;
    }
    part.utterance_event.iter().try_for_each(|line| read_line(draft, line, &format!("{place}UtteranceEvent")))
}

fn read_line(draft: &mut Draft, line: &Line<'_>, place: &str) -> Result<(), Fault> {
    if line.is_partial == Some(true) {
        draft.notes.count(&PARTIAL, place);
        return Ok(());
    }
    let Some(role) = &line.participant_role else {
        return Err(Fault::new("a turn does not say who speaks").at(place).mend("give its `ParticipantRole`"));
    };
    let party = party(draft, role, role);
    let bounds = line.begin_offset_millis.zip(line.end_offset_millis);
    let bounds = bounds.map(|(begin, end)| interval(begin, end, Unit::Milliseconds, place)).transpose()?;
    let (start, end) = bounds.unzip();
    let mut turn = draft.turn(party, start, end, place);
    for (number, item) in line.items.iter().flatten().enumerate() {
        let place = format_args!("{place}.Items[{number}]");
        match item.kind.as_str() {
            "pronunciation" => read_word(&mut turn, item, place)?,
            "punctuation" => turn.mark(&item.content),
            other => return Err(other_item(other).at(place.to_string())),
        }
    }
    if turn.is_empty() {
        turn.text(line.content.as_deref().unwrap_or_default(), None);
    }
    Ok(())
}

fn read_word(turn: &mut Turn<'_>, item: &Item<'_>, place: impl Display + Copy) -> Result<(), Fault> {
    let times = item.begin_offset_millis.zip(item.end_offset_millis);
    let times = times.map(|(begin, end)| interval(begin, end, Unit::Milliseconds, place)).transpose()?;
    let kind = item.redaction.is_some().then_some(WordKind::Redacted);
    let sure = item.confidence.filter(|_| kind.is_none()).map(|number| confidence(number, place)).transpose()?;
    turn.word(Spoken { text: &item.content, times, confidence: sure, kind, by: None }, place);
    Ok(())
}
