//! Amazon Transcribe Call Analytics, batch: turns with timed, rated and redacted items. Knows that format only, and
//! takes none of the service's own judgements (sentiment, categories, interruptions).

use crate::calls::decimal::Decimal;
use crate::calls::place::{confidence, interval, milliseconds};
use crate::fault::Fault;
use grille_evidence::attribute::Attributes;
use grille_evidence::call::{
    CALL_FORMAT, Call, Role, Segment, Source, Speaker, TimeOrigin, Word, WordKind, WordOrigin,
};
use grille_evidence::event::CarriedFields;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct File<'a> {
    language_code: Option<String>,
    participants: Vec<Participant>,
    #[serde(borrow)]
    transcript: Vec<Turn<'a>>,
    #[serde(borrow)]
    conversation_characteristics: Option<Characteristics<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Participant {
    participant_role: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Characteristics<'a> {
    #[serde(borrow)]
    total_conversation_duration_millis: Option<Decimal<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Turn<'a> {
    participant_role: Option<String>,
    content: Option<String>,
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
    redaction: Option<serde::de::IgnoredAny>,
}

/// Reads one call.
pub fn read(bytes: &[u8], id: String) -> Result<Call, Fault> {
    let file: File<'_> = serde_json::from_slice(bytes).map_err(|error| crate::calls::json_fault(&error))?;
    let mut speakers: Vec<Speaker> = Vec::new();
    for participant in &file.participants {
        know(&mut speakers, &participant.participant_role);
    }
    let mut segments = Vec::new();
    for (number, turn) in file.transcript.iter().enumerate() {
        let place = format!("Transcript[{number}]");
        let role = turn.participant_role.as_ref().ok_or_else(|| contact_lens(&place, "ParticipantRole"))?;
        know(&mut speakers, role);
        segments.extend(segment(role, turn, &place)?);
    }
    let stated = file.conversation_characteristics.and_then(|c| c.total_conversation_duration_millis);
    let stated = stated.map(|d| milliseconds(d, 0, "ConversationCharacteristics.TotalConversationDurationMillis"));
    let last = segments.iter().map(|s| s.end_ms).max().unwrap_or(0);
    Ok(Call {
        grille_call: CALL_FORMAT,
        id,
        locale: file.language_code,
        source: source(),
        speakers,
        subject: None,
        end_ms: stated.transpose()?.map(|stated| stated.max(last)),
        segments,
        events: Vec::new(),
        attributes: Attributes::new(),
    })
}

fn source() -> Source {
    Source {
        format: "amazon-transcribe-call-analytics".to_string(),
        words: WordOrigin::Recognised,
        confidences: true,
        times: TimeOrigin::Measured,
        overlap: true,
        punctuation: true,
        events: Vec::new(),
        fields: CarriedFields::new(),
        attributes: Vec::new(),
    }
}

/// Notes a party when it is first met.
fn know(speakers: &mut Vec<Speaker>, id: &str) {
    if speakers.iter().all(|speaker| speaker.id != id) {
        let role = match id {
            "AGENT" => Some(Role::Agent),
            "CUSTOMER" => Some(Role::Customer),
            _ => None,
        };
        speakers.push(Speaker { id: id.to_string(), role });
    }
}

fn contact_lens(place: &str, key: &str) -> Fault {
    Fault::new(format!("a turn has no `{key}`")).at(place).mend(
        "a file of Contact Lens or of a chat is not read yet; give the file that Call Analytics wrote for a voice call",
    )
}

/// The words of a turn; none if it holds none.
fn segment(role: &str, turn: &Turn<'_>, place: &str) -> Result<Option<Segment>, Fault> {
    let items = turn.items.as_ref().ok_or_else(|| contact_lens(place, "Items"))?;
    let mut words: Vec<Word> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let place = format!("{place}.Items[{number}]");
        match item.kind.as_str() {
            "pronunciation" => words.push(word(item, &place)?),
            "punctuation" => {
                if let Some(last) = words.last_mut() {
                    last.after.push_str(&item.content);
                }
            }
            other => {
                let what = format!("an item is of the type `{other}`");
                return Err(Fault::new(what).at(place).mend("types that are read: `pronunciation`, `punctuation`"));
            }
        }
    }
    if words.is_empty() {
        return match &turn.content {
            Some(content) if content.chars().any(char::is_alphanumeric) => {
                let what = "a turn has text in `Content` and no words in `Items`: its words have no times";
                Err(Fault::new(what).at(place).mend("give the file as the service wrote it, with its items"))
            }
            _ => Ok(None),
        };
    }
    Ok(super::place::around(role, words))
}

fn word(item: &Item<'_>, place: &str) -> Result<Word, Fault> {
    let (Some(begin), Some(end)) = (item.begin_offset_millis, item.end_offset_millis) else {
        let what = format!("the word `{}` has no times", item.content);
        return Err(Fault::new(what).at(place).mend("give `BeginOffsetMillis` and `EndOffsetMillis`"));
    };
    let (start, end) = interval(begin, end, 0, place)?;
    let masked = item.content.starts_with('[') && item.content.ends_with(']');
    let redacted = item.redaction.is_some() || masked;
    let sure = item.confidence.filter(|_| !redacted).map(|c| confidence(c, place)).transpose()?;
    Ok(Word {
        text: item.content.clone(),
        start_ms: Some(start),
        end_ms: Some(end),
        confidence_thousandths: sure,
        kind: if redacted { WordKind::Redacted } else { WordKind::Plain },
        after: String::new(),
    })
}
