//! Genesys Cloud: phrases of the adviser's side (`internal`) and of the customer's (`external`), with timed words. Knows
//! the transcript file only. The insides of its `offset` and `duration` are not published: the forms that name their unit
//! are read, others are refused.

pub mod audiohook;
mod length;

use self::length::{Length, Origin, moment, since_1970};
use super::decorated::Decorated;
use super::label::Label;
use super::{Format, Input, KnownBy, language, listed};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, NOBODY, Party, Spoken};
use crate::calls::notes::Effect;
use crate::calls::place::confidence;
use crate::calls::reading::Reading;
use crate::calls::text;
use crate::fault::Fault;
use grille_evidence::call::{Role, WordOrigin};
use serde::Deserialize;
use std::borrow::Cow;

/// Genesys Cloud.
pub static FORMAT: Format = Format {
    name: "genesys",
    words: "Genesys Cloud JSON",
    marks: "`transcripts` whose items hold `phrases` with `participantPurpose`",
    known_by: KnownBy::Json(|outline| {
        outline.has(&["transcripts[].phrases[].participantPurpose"])
            || outline.is_list("transcripts[].phrases") && outline.has(&["conversationId"])
    }),
    read,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    media_type: Option<String>,
    #[serde(borrow)]
    conversation_start_time: Option<Decimal<'a>>,
    #[serde(borrow)]
    start_time: Option<Decimal<'a>>,
    #[serde(borrow)]
    duration: Option<Length<'a>>,
    #[serde(borrow)]
    transcripts: Vec<Transcript<'a>>,
    participants: Option<Vec<Participant>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Participant {
    participant_purpose: Option<String>,
    user_id: Option<String>,
    flow_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transcript<'a> {
    language: Option<String>,
    #[serde(borrow)]
    start_time: Option<Decimal<'a>>,
    #[serde(borrow)]
    phrases: Option<Vec<Phrase<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Phrase<'a> {
    #[serde(borrow)]
    participant_purpose: Option<Label<'a>>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow)]
    decorated_text: Option<Cow<'a, str>>,
    #[serde(borrow)]
    offset: Option<Length<'a>>,
    #[serde(borrow)]
    start_time_ms: Option<Decimal<'a>>,
    #[serde(borrow)]
    duration: Option<Length<'a>>,
    #[serde(borrow)]
    words: Option<Vec<Heard<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Heard<'a> {
    #[serde(borrow)]
    word: Cow<'a, str>,
    #[serde(borrow)]
    confidence: Option<Decimal<'a>>,
    #[serde(borrow)]
    offset: Option<Length<'a>>,
    #[serde(borrow)]
    start_time_ms: Option<Decimal<'a>>,
    #[serde(borrow)]
    duration: Option<Length<'a>>,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: File<'_> = super::json(input.text)?;
    if let Some(media) =
        file.media_type.as_deref().filter(|media| !matches!(*media, "call" | "voice" | "callback" | "video"))
    {
        let media = text::shown(media, 40);
        let fault = Fault::new(format!("this is no voice call, but `{media}`")).at("mediaType");
        return Err(fault.mend("give the transcript of a call: what was written has no times of speech"));
    }
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.overlap = true;
    draft.end_ms = file.duration.and_then(|length| length.ms("duration").ok()).filter(|end| *end > 0);
    let zero = file.transcripts.iter().filter_map(|transcript| since_1970(transcript.start_time)).min();
    let zero = zero.or(since_1970(file.start_time)).or(since_1970(file.conversation_start_time));
    let mut sides = Sides { several: advisers(&file) > 1, decorated: Decorated::default() };
    for (number, transcript) in file.transcripts.iter().enumerate() {
        if draft.locale.is_none() {
            draft.locale = transcript.language.as_deref().and_then(language::tag);
        }
        let begins = since_1970(transcript.start_time).zip(zero).map_or(0, |(start, zero)| start - zero);
        let origin = Origin { zero, shift: begins };
        for (at, phrase) in transcript.phrases.iter().flatten().enumerate() {
            sides.phrase(&mut draft, phrase, origin, &format!("transcripts[{number}].phrases[{at}]"))?;
        }
    }
    draft.punctuation = sides.decorated.told();
    if file.participants.iter().flatten().any(|one| one.flow_id.is_some() && one.user_id.is_none()) {
        let told =
            "a flow took part (a menu, a queue): what it said stands on the side `internal`, with the adviser's words";
        draft.notes.tell(Effect::Assumed, told);
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// How many advisers took part.
fn advisers(file: &File<'_>) -> usize {
    let internal = |one: &&Participant| {
        one.participant_purpose.as_deref().is_some_and(|purpose| side_of(purpose) == Some(Role::Agent))
    };
    let participants = file.participants.iter().flatten();
    let mut ids: Vec<&str> = participants.filter(internal).filter_map(|one| one.user_id.as_deref()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// Of which side a purpose is: the service's own words for them.
fn side_of(purpose: &str) -> Option<Role> {
    match purpose.to_ascii_lowercase().as_str() {
        "internal" | "agent" | "user" => Some(Role::Agent),
        "external" | "customer" => Some(Role::Customer),
        _ => None,
    }
}

/// The two sides of a call.
struct Sides {
    /// Several advisers share the side `internal`.
    several: bool,
    decorated: Decorated,
}

impl Sides {
    fn party(&self, draft: &mut Draft, purpose: Option<&str>) -> Party {
        let id = purpose.unwrap_or(NOBODY);
        let party = draft.party(id);
        match side_of(id) {
            Some(Role::Agent) if self.several => draft.notes.tell(
                Effect::Remarked,
                format!("several advisers share the side `{id}`, so nobody is taken for the agent: `--role {id}=agent` does it"),
            ),
            Some(role) => draft.role(party, role, id),
            None => {}
        }
        party
    }

    fn phrase(&mut self, draft: &mut Draft, phrase: &Phrase<'_>, origin: Origin, place: &str) -> Result<(), Fault> {
        let by = self.party(draft, phrase.participant_purpose.as_ref().and_then(Label::text));
        let start = moment(phrase.offset, phrase.start_time_ms, origin, place)?;
        let length = phrase.duration.map(|length| length.ms(format_args!("{place}.duration"))).transpose()?;
        let end = start.zip(length).map(|(start, length)| start.saturating_add(length));
        let decorated = phrase.decorated_text.as_deref();
        let mut turn = draft.turn(by, start, end, place);
        let words = phrase.words.as_deref().unwrap_or_default();
        if words.is_empty() {
            turn.text(decorated.or(phrase.text.as_deref()).unwrap_or_default(), None);
            return Ok(());
        }
        listed::check(turn.draft(), phrase.text.as_deref(), words.len(), place);
        let plain: Vec<&str> = words.iter().map(|word| word.word.as_ref()).collect();
        let marked = self.decorated.marks(&plain, decorated);
        for (number, (word, marks)) in words.iter().zip(marked).enumerate() {
            let place = format!("{place}.words[{number}]");
            let start = moment(word.offset, word.start_time_ms, origin, &place)?;
            let length = word.duration.map(|length| length.ms(format_args!("{place}.duration"))).transpose()?;
            let spoken = Spoken {
                text: &word.word,
                times: start.zip(length).map(|(start, length)| (start, start.saturating_add(length))),
                confidence: word.confidence.map(|c| confidence(c, &place)).transpose()?,
                by: None,
                kind: None,
            };
            turn.word(spoken, &place);
            turn.mark(marks);
        }
        Ok(())
    }
}
