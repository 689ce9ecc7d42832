//! Azure Language's input for conversations: what was said, put together from a recogniser's results, with times of words if
//! they were kept. Knows that format only.

use super::azure_phrase::{Said, say_over};
use super::display::Heard;
use super::label::give_role;
use super::languages::Languages;
use super::{Format, Input, KnownBy, json};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, NOBODY};
use crate::calls::outline::Outline;
use crate::calls::place::{Unit, from_length};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;

/// Azure Language, conversations.
pub static FORMAT: Format = Format {
    name: "azure-conversation",
    words: "Azure Language conversations JSON",
    marks: "`conversations` with `conversationItems`, alone or under `analysisInput`",
    known_by: KnownBy::Json(known),
    read,
};

fn known(outline: &Outline) -> bool {
    let items = |outline: &Outline| outline.is_list("conversations[].conversationItems");
    items(outline) || outline.at("analysisInput").is_some_and(items)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    #[serde(borrow)]
    analysis_input: Option<Conversations<'a>>,
    #[serde(borrow)]
    conversations: Option<Vec<Conversation<'a>>>,
}

#[derive(Deserialize)]
struct Conversations<'a> {
    #[serde(borrow)]
    conversations: Vec<Conversation<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Conversation<'a> {
    id: Option<String>,
    language: Option<String>,
    modality: Option<String>,
    #[serde(borrow)]
    conversation_items: Vec<Item<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    participant_id: Option<String>,
    role: Option<String>,
    language: Option<String>,
    modality: Option<String>,
    text: Option<String>,
    lexical: Option<String>,
    #[serde(borrow)]
    audio_timings: Option<Vec<Timing<'a>>>,
    #[serde(borrow)]
    conversation_item_level_timing: Option<Span<'a>>,
}

#[derive(Deserialize)]
struct Timing<'a> {
    word: String,
    #[serde(borrow)]
    offset: Decimal<'a>,
    #[serde(borrow)]
    duration: Decimal<'a>,
}

#[derive(Deserialize)]
struct Span<'a> {
    #[serde(borrow)]
    offset: Option<Decimal<'a>>,
    #[serde(borrow)]
    duration: Option<Decimal<'a>>,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: File<'_> = json(input.text)?;
    let (conversations, list) = match (file.analysis_input, file.conversations) {
        (Some(input), _) => (input.conversations, "analysisInput.conversations"),
        (None, conversations) => (conversations.unwrap_or_default(), "conversations"),
    };
    let several = conversations.len() > 1;
    let calls = conversations.iter().enumerate().map(|(number, conversation)| {
        let id = match conversation.id.as_deref() {
            Some(id) if several => id.to_owned(),
            None if several => format!("{}#{}", input.stem, number + 1),
            _ => input.stem.to_owned(),
        };
        read_conversation(conversation, id, &format!("{list}[{number}]"))
    });
    calls.collect()
}

fn read_conversation(conversation: &Conversation<'_>, id: String, place: &str) -> Result<Reading, Fault> {
    let mut draft = Draft::new(WordOrigin::Recognised);
    let mut languages = Languages::default();
    let mut shown = true;
    for (number, item) in conversation.conversation_items.iter().enumerate() {
        let place = format!("{place}.conversationItems[{number}]");
        if item.modality.as_ref().or(conversation.modality.as_ref()).is_some_and(|modality| modality == "text") {
            let fault = Fault::new("this is a chat: it was written, and nobody spoke").at(place);
            return Err(fault.mend("give a conversation whose modality is `transcript`"));
        }
        languages.add(item.language.as_deref().or(conversation.language.as_deref()));
        shown &= read_item(&mut draft, item, &place)? != Said::Heard;
    }
    languages.settle(&mut draft);
    draft.punctuation = Some(shown);
    draft.finish(&FORMAT, id)
}

fn read_item(draft: &mut Draft, item: &Item<'_>, place: &str) -> Result<Said, Fault> {
    let party = draft.party(item.participant_id.as_deref().unwrap_or(NOBODY));
    give_role(draft, party, item.role.as_deref());
    let mut heard = Vec::new();
    for (number, timing) in item.audio_timings.iter().flatten().enumerate() {
        let place = format_args!("{place}.audioTimings[{number}]");
        let times = Some(from_length(timing.offset, timing.duration, Unit::Ticks, place)?);
        heard.push(Heard { text: &timing.word, times, confidence: None });
    }
    let span = item.conversation_item_level_timing.as_ref().and_then(|span| span.offset.zip(span.duration));
    let span = span.map(|(offset, length)| from_length(offset, length, Unit::Ticks, place)).transpose()?;
    let (start, end) = span.unzip();
    let text = item.text.as_deref().filter(|text| !text.trim().is_empty());
    let mut turn = draft.turn(party, start, end, place);
    if heard.is_empty() {
        turn.text(text.or(item.lexical.as_deref()).unwrap_or_default(), None);
        return Ok(if text.is_some() { Said::Shown } else { Said::Heard });
    }
    Ok(say_over(&mut turn, text.unwrap_or_default(), &heard, place))
}
