//! Genesys AudioHook: transcript entities, each a stretch of one side's words, as a recogniser sends them while the call
//! goes on. Knows these messages only.

use super::super::decorated::Decorated;
use super::super::label::Label;
use super::super::{Format, Input, KnownBy, language};
use super::length::{Length, Origin, moment};
use super::side_of;
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, NOBODY, Spoken};
use crate::calls::notes;
use crate::calls::place::confidence;
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;
use std::borrow::Cow;

/// Genesys AudioHook transcript entities.
pub static FORMAT: Format = Format {
    name: "genesys-audiohook",
    words: "Genesys AudioHook JSON",
    marks: "entities with `channelId` and `alternatives` that hold `interpretations`, one or a list, or in messages",
    known_by: KnownBy::Json(|outline| {
        ["", "[]."].iter().any(|list| {
            let at = |path: &str| format!("{list}{path}");
            outline.has(&[&at("channelId"), &at("alternatives[].interpretations")])
                || outline.has(&[&at("parameters.entities[].data.channelId")])
        })
    }),
    read,
};

/// An entity, or a message that carries some.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    #[serde(borrow)]
    channel_id: Option<Label<'a>>,
    is_final: Option<bool>,
    #[serde(borrow)]
    offset: Option<Length<'a>>,
    #[serde(borrow)]
    duration: Option<Length<'a>>,
    #[serde(borrow)]
    alternatives: Option<Vec<Alternative<'a>>>,
    #[serde(borrow)]
    parameters: Option<Parameters<'a>>,
}

#[derive(Deserialize)]
struct Parameters<'a> {
    #[serde(borrow)]
    entities: Option<Vec<Entity<'a>>>,
}

#[derive(Deserialize)]
struct Entity<'a> {
    #[serde(borrow)]
    data: Option<Box<Item<'a>>>,
}

#[derive(Deserialize)]
struct Alternative<'a> {
    #[serde(borrow)]
    interpretations: Option<Vec<Interpretation<'a>>>,
}

#[derive(Deserialize)]
struct Interpretation<'a> {
    #[serde(borrow)]
    transcript: Option<Cow<'a, str>>,
    #[serde(borrow)]
    tokens: Option<Vec<Token<'a>>>,
}

#[derive(Deserialize)]
struct Token<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    value: Cow<'a, str>,
    #[serde(borrow)]
    confidence: Option<Decimal<'a>>,
    #[serde(borrow)]
    offset: Option<Length<'a>>,
    #[serde(borrow)]
    duration: Option<Length<'a>>,
    language: Option<String>,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let items: Vec<Item<'_>> = match input.text.trim_start().starts_with('[') {
        true => super::super::json(input.text)?,
        false => vec![super::super::json(input.text)?],
    };
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.overlap = true;
    let mut decorated = Decorated::default();
    for (number, item) in items.iter().enumerate() {
        let place = format!("[{number}]");
        stretch(&mut draft, &mut decorated, item, &place)?;
        let entities = item.parameters.iter().flat_map(|parameters| parameters.entities.iter().flatten());
        for (at, entity) in entities.enumerate() {
            if let Some(data) = &entity.data {
                stretch(&mut draft, &mut decorated, data, &format!("{place}.parameters.entities[{at}].data"))?;
            }
        }
    }
    draft.punctuation = decorated.told();
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// The best reading of the best alternative, if it is final.
fn stretch(draft: &mut Draft, decorated: &mut Decorated, item: &Item<'_>, place: &str) -> Result<(), Fault> {
    let best = item.alternatives.iter().flatten().next().and_then(|best| best.interpretations.iter().flatten().next());
    let Some(best) = best else { return Ok(()) };
    if item.is_final == Some(false) {
        draft.notes.count(&notes::NOT_FINAL, place);
        return Ok(());
    }
    let id = item.channel_id.as_ref().and_then(Label::text).unwrap_or(NOBODY);
    let party = draft.party(id);
    if let Some(role) = side_of(id) {
        draft.role(party, role, id);
    }
    let start = moment(item.offset, None, Origin::default(), place)?;
    let length = item.duration.map(|length| length.ms(format_args!("{place}.duration"))).transpose()?;
    let end = start.zip(length).map(|(start, length)| start.saturating_add(length));
    let tokens: Vec<&Token<'_>> = best.tokens.iter().flatten().collect();
    if draft.locale.is_none() {
        draft.locale = tokens.iter().find_map(|token| token.language.as_deref().and_then(language::tag));
    }
    let mut turn = draft.turn(party, start, end, place);
    if tokens.is_empty() {
        turn.text(best.transcript.as_deref().unwrap_or_default(), None);
        return Ok(());
    }
    let words: Vec<&str> = tokens.iter().map(|token| token.value.as_ref()).collect();
    let marked = decorated.marks(&words, best.transcript.as_deref());
    for (number, (token, marks)) in tokens.iter().zip(marked).enumerate() {
        let place = format!("{place}.alternatives[0].interpretations[0].tokens[{number}]");
        if token.kind.as_deref() == Some("punctuation") {
            turn.mark(&token.value);
            continue;
        }
        turn.word(spoken(token, &place)?, &place);
        turn.mark(marks);
    }
    Ok(())
}

fn spoken<'w>(token: &'w Token<'_>, place: &str) -> Result<Spoken<'w>, Fault> {
    let start = moment(token.offset, None, Origin::default(), place)?;
    let length = token.duration.map(|length| length.ms(format_args!("{place}.duration"))).transpose()?;
    Ok(Spoken {
        text: &token.value,
        times: start.zip(length).map(|(start, length)| (start, start.saturating_add(length))),
        confidence: token.confidence.map(|c| confidence(c, place)).transpose()?,
        by: None,
        kind: None,
    })
}
