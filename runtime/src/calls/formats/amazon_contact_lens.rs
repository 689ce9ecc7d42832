//! Amazon Connect Contact Lens: the file made after a call, and the segments made during one. Knows that format only, and
//! takes none of the service's own judgements. Only turns have times in it.

use super::amazon::{Characteristics, not_spoken, party, spoken};
use super::rows::rows;
use super::{Format, Input, KnownBy};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Party};
use crate::calls::notes::{Effect, Remark};
use crate::calls::outline::Outline;
use crate::calls::place::{Unit, interval};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// Amazon Connect Contact Lens.
pub static FORMAT: Format = Format {
    name: "amazon-contact-lens",
    words: "Amazon Connect Contact Lens JSON",
    marks: "`Transcript` whose turns have a `ParticipantId`, or `Segments` with a `Transcript` each",
    known_by: KnownBy::Json(known),
    read,
};

fn known(outline: &Outline) -> bool {
    let ids = ["Transcript[].ParticipantId", "Participants[].ParticipantId"];
    let file = outline.is_list("Transcript") && ids.iter().any(|id| outline.has(&[id]));
    let page = |outline: &Outline| outline.is_list("Segments");
    file || page(outline) || outline.at("[]").is_some_and(page)
}

static PARTIAL: Remark = Remark {
    effect: Effect::Remarked,
    one: "partial utterance, which a transcript replaces later",
    many: "partial utterances, which transcripts replace later",
    done: "left out",
};
static REPLACED: Remark = Remark {
    effect: Effect::Remarked,
    one: "turn that is there twice under one `Id`",
    many: "turns that are there again under the same `Id`",
    done: "the last one is kept",
};

static BY_ROLE: Remark = Remark {
    effect: Effect::Assumed,
    one: "turn whose `ParticipantId` is that of no participant and names a role",
    many: "turns whose `ParticipantId` is that of no participant and names a role",
    done: "given to the only participant who has it",
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Page<'a> {
    channel: Option<String>,
    language_code: Option<String>,
    participants: Option<Vec<Participant>>,
    #[serde(borrow)]
    transcript: Option<Vec<Line<'a>>>,
    #[serde(borrow)]
    segments: Option<Vec<Segment<'a>>>,
    #[serde(borrow)]
    conversation_characteristics: Option<Characteristics<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Participant {
    participant_id: String,
    participant_role: Option<String>,
}

/// One thing found during a call; categories and summaries are passed over.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Segment<'a> {
    #[serde(borrow)]
    transcript: Option<Line<'a>>,
    utterance: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Line<'a> {
    id: Option<String>,
    participant_id: Option<String>,
    participant_role: Option<String>,
    content: Option<String>,
    #[serde(borrow)]
    begin_offset_millis: Option<Decimal<'a>>,
    #[serde(borrow)]
    end_offset_millis: Option<Decimal<'a>>,
    absolute_time: Option<IgnoredAny>,
    time: Option<IgnoredAny>,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let pages: Vec<Page<'_>> = rows(input.text)?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    (draft.overlap, draft.punctuation) = (true, Some(true));
    let mut turns = Turns::default();
    let is_only = pages.len() == 1;
    for (number, page) in pages.into_iter().enumerate() {
        let place = if is_only { String::new() } else { format!("[{number}].") };
        read_page(&mut draft, &mut turns, page, &place)?;
    }
    for (line, place) in &turns.lines {
        read_line(&mut draft, line, &turns.roles, place)?;
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// The participants who have each role, by their ids.
type Roles = BTreeMap<String, Vec<String>>;

/// The turns of all pages, each `Id` once.
#[derive(Default)]
struct Turns<'a> {
    lines: Vec<(Line<'a>, String)>,
    known: BTreeMap<String, usize>,
    roles: Roles,
}

impl<'a> Turns<'a> {
    fn add(&mut self, draft: &mut Draft, line: Line<'a>, place: String) {
        let again = line.id.as_ref().and_then(|id| self.known.get(id)).and_then(|at| self.lines.get_mut(*at));
        match again {
            Some(known) => {
                draft.notes.count(&REPLACED, &place);
                known.0 = line;
            }
            None => {
                if let Some(id) = &line.id {
                    self.known.insert(id.clone(), self.lines.len());
                }
                self.lines.push((line, place));
            }
        }
    }
}

fn read_page<'a>(draft: &mut Draft, turns: &mut Turns<'a>, page: Page<'a>, place: &str) -> Result<(), Fault> {
    spoken(page.channel.as_deref(), place)?;
    draft.locale = draft.locale.take().or(page.language_code);
    if let Some(characteristics) = &page.conversation_characteristics {
        characteristics.end(draft, place)?;
    }
    for participant in page.participants.unwrap_or_default() {
        let role = participant.participant_role.unwrap_or_default();
        party(draft, &participant.participant_id, &role);
        turns.roles.entry(role).or_default().push(participant.participant_id);
    }
    for (number, line) in page.transcript.unwrap_or_default().into_iter().enumerate() {
        // The service names no `Id` twice here, and its examples all have the same.
        turns.lines.push((line, format!("{place}Transcript[{number}]")));
    }
    for (number, segment) in page.segments.unwrap_or_default().into_iter().enumerate() {
        let place = format!("{place}Segments[{number}]");
        if segment.utterance.is_some() {
            draft.notes.count(&PARTIAL, &place);
        }
        if let Some(line) = segment.transcript {
            turns.add(draft, line, format!("{place}.Transcript"));
        }
    }
    Ok(())
}

fn read_line(draft: &mut Draft, line: &Line<'_>, roles: &Roles, place: &str) -> Result<(), Fault> {
    let (Some(begin), Some(end)) = (line.begin_offset_millis, line.end_offset_millis) else {
        if line.absolute_time.is_some() || line.time.is_some() {
            return Err(not_spoken("CHAT").at(place));
        }
        let mend = "give `BeginOffsetMillis` and `EndOffsetMillis`";
        return Err(Fault::new("a turn has no times").at(place).mend(mend));
    };
    let (begin, end) = interval(begin, end, Unit::Milliseconds, place)?;
    let speaker = speaker(draft, line, roles, place)?;
    let content = line.content.as_deref().unwrap_or_default();
    let mut turn = draft.turn(speaker, Some(begin), Some(end), place);
    turn.text(content, None);
    if content.trim().is_empty() {
        turn.unheard();
    }
    Ok(())
}

/// Who says it: by id, whose role stands with the participants or in the turn; by role where there is no id. An id that is
/// none of the participants' and names a role is that of the only participant who has it.
fn speaker(draft: &mut Draft, line: &Line<'_>, roles: &Roles, place: &str) -> Result<Party, Fault> {
    let label = line.participant_role.as_deref();
    let Some(id) = line.participant_id.as_deref().or(label) else {
        return Err(Fault::new("a turn does not say who speaks").at(place).mend("give its `ParticipantId`"));
    };
    match roles.get(id).map(Vec::as_slice) {
        Some([only]) if only != id => {
            draft.notes.count(&BY_ROLE, place);
            Ok(draft.party(only))
        }
        _ => Ok(party(draft, id, label.unwrap_or(id))),
    }
}
