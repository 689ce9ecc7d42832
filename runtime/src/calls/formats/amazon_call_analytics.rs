//! Amazon Transcribe Call Analytics, batch: turns with timed, rated and redacted items. Knows that format only, and
//! takes none of the service's own judgements (sentiment, categories, interruptions).

use super::{Format, Input, KnownBy};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Party, Spoken, Turn};
use crate::calls::place::{Unit, confidence, interval, time};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::{Role, WordKind, WordOrigin};
use serde::Deserialize;

/// Amazon Transcribe Call Analytics.
pub static FORMAT: Format = Format {
    name: "amazon-call-analytics",
    words: "Amazon Transcribe Call Analytics JSON",
    marks: "`Participants` at the top, and `Transcript` with `Items` in its turns",
    known_by: KnownBy::Json(|outline| outline.has(&["Participants"]) && outline.is_list("Transcript")),
    read,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct File<'a> {
    language_code: Option<String>,
    participants: Vec<Participant>,
    #[serde(borrow)]
    transcript: Vec<Line<'a>>,
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
struct Line<'a> {
    participant_role: Option<String>,
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
    redaction: Option<serde::de::IgnoredAny>,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: File<'_> = serde_json::from_str(input.text).map_err(|error| crate::calls::json_fault(&error))?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    (draft.overlap, draft.punctuation) = (true, Some(true));
    draft.locale = file.language_code;
    let stated = file.conversation_characteristics.and_then(|c| c.total_conversation_duration_millis);
    let place = "ConversationCharacteristics.TotalConversationDurationMillis";
    draft.end_ms = stated.map(|stated| time(stated, Unit::Milliseconds, place)).transpose()?;
    for participant in &file.participants {
        known(&mut draft, &participant.participant_role);
    }
    for (number, line) in file.transcript.iter().enumerate() {
        read_line(&mut draft, line, &format!("Transcript[{number}]"))?;
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// A party, who is named by role.
fn known(draft: &mut Draft, id: &str) -> Party {
    let party = draft.party(id);
    match id {
        "AGENT" => draft.role(party, Role::Agent, id),
        "CUSTOMER" => draft.role(party, Role::Customer, id),
        _ => {}
    }
    party
}

fn contact_lens(place: &str, key: &str) -> Fault {
    Fault::new(format!("a turn has no `{key}`")).at(place).mend(
        "a file of Contact Lens or of a chat is not read yet; give the file that Call Analytics wrote for a voice call",
    )
}

fn read_line(draft: &mut Draft, line: &Line<'_>, place: &str) -> Result<(), Fault> {
    let role = line.participant_role.as_ref().ok_or_else(|| contact_lens(place, "ParticipantRole"))?;
    let items = line.items.as_ref().ok_or_else(|| contact_lens(place, "Items"))?;
    let party = known(draft, role);
    let stated = |number: Option<Decimal<'_>>| number.map(|n| time(n, Unit::Milliseconds, place)).transpose();
    let (start, end) = (stated(line.begin_offset_millis)?, stated(line.end_offset_millis)?);
    let mut turn = draft.turn(party, start, end, place);
    for (number, item) in items.iter().enumerate() {
        let place = format!("{place}.Items[{number}]");
        match item.kind.as_str() {
            "pronunciation" => read_word(&mut turn, item, &place)?,
            "punctuation" => turn.mark(&item.content),
            other => {
                let what = format!("an item is of the type `{other}`");
                return Err(Fault::new(what).at(place).mend("types that are read: `pronunciation`, `punctuation`"));
            }
        }
    }
    let text = line.content.as_ref().is_some_and(|content| content.chars().any(char::is_alphanumeric));
    if turn.is_empty() && text {
        let what = "a turn has text in `Content` and no words in `Items`: its words have no times";
        return Err(Fault::new(what).at(place).mend("give the file as the service wrote it, with its items"));
    }
    Ok(())
}

fn read_word(turn: &mut Turn<'_>, item: &Item<'_>, place: &str) -> Result<(), Fault> {
    let (Some(begin), Some(end)) = (item.begin_offset_millis, item.end_offset_millis) else {
        let what = format!("the word `{}` has no times", item.content);
        return Err(Fault::new(what).at(place).mend("give `BeginOffsetMillis` and `EndOffsetMillis`"));
    };
    let times = Some(interval(begin, end, Unit::Milliseconds, place)?);
    let kind = item.redaction.is_some().then_some(WordKind::Redacted);
    let sure = item.confidence.filter(|_| kind.is_none()).map(|number| confidence(number, place)).transpose()?;
    turn.word(Spoken { text: &item.content, times, confidence: sure, kind, by: None }, place);
    Ok(())
}
