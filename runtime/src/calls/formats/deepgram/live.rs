//! Deepgram, live: the messages of a stream, each with some words of one channel. Knows these messages only, and of them the
//! final ones.

use super::super::voices::Voices;
use super::super::{Format, Input, KnownBy, json, language};
use super::{Channel, Heard, best, only, placed, read_words};
use crate::calls::draft::Draft;
use crate::calls::notes;
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Deepgram's messages of a stream.
pub static FORMAT: Format = Format {
    name: "deepgram-live",
    words: "Deepgram messages of a stream",
    marks: "`channel` with `alternatives` beside `is_final`, one message or a list",
    known_by: KnownBy::Json(|outline| {
        let message = |list: &str| {
            outline.at(&format!("{list}is_final")).is_some() && outline.is_list(&format!("{list}channel.alternatives"))
        };
        message("") || message("[].")
    }),
    read,
};

/// What kind of message it is.
#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    channel_index: Option<Vec<u32>>,
    is_final: Option<bool>,
    #[serde(borrow)]
    channel: Channel<'a>,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let messages: Vec<&RawValue> = match input.text.trim_start().starts_with('[') {
        true => json(input.text)?,
        false => vec![json(input.text)?],
    };
    let mut draft = Draft::new(WordOrigin::Recognised);
    let mut channels: BTreeMap<u32, Vec<(usize, Message<'_>)>> = BTreeMap::new();
    for (number, raw) in messages.iter().enumerate() {
        let kind: Kind<'_> = json(raw.get())?;
        if kind.kind.as_deref().is_some_and(|kind| kind != "Results") {
            continue;
        }
        let message: Message<'_> = json(raw.get()).map_err(|fault| fault.at(format!("[{number}]")))?;
        if message.is_final == Some(false) {
            draft.notes.count(&notes::NOT_FINAL, format_args!("[{number}]"));
            continue;
        }
        let channel = message.channel_index.as_ref().and_then(|index| index.first()).copied();
        channels.entry(channel.unwrap_or(0)).or_default().push((number, message));
    }
    let numbered = channels.iter().flat_map(|(channel, messages)| messages.iter().map(move |(_, one)| (*channel, one)));
    let voices = Voices::of(numbered.flat_map(|(channel, message)| {
        let words = best(&message.channel).and_then(|best| best.words.as_ref()).into_iter().flatten();
        words.map(move |word| (Some(channel), word.label()))
    }));
    draft.overlap = voices.overlap();
    for (channel, messages) in &channels {
        if draft.locale.is_none() {
            let best = messages.iter().filter_map(|(_, message)| best(&message.channel));
            draft.locale = best.filter_map(|best| only(best.languages.as_deref()?)).find_map(language::tag);
        }
        read_words(&mut draft, words(messages), &voices, (Some(*channel), None))?;
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// The words of the messages of one channel, one after the other.
fn words<'w>(messages: &'w [(usize, Message<'w>)]) -> impl Iterator<Item = (String, &'w Heard<'w>)> {
    messages.iter().flat_map(|(number, message)| {
        let words = best(&message.channel).and_then(|best| best.words.as_ref());
        placed(words, format!("[{number}].channel.alternatives[0].words"))
    })
}
