//! Gridspace-Stanford Harper Valley, in its three schemas: segments with a checked and a recognised transcript.
//! Knows that format only. Emotion and dialogue acts are the data set's own judgements and are not taken.

use super::{Format, Input, KnownBy};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Party, Spoken};
use crate::calls::place::{Unit, from_length, time};
use crate::calls::reading::{HarperValleyTranscript, Reading};
use crate::fault::Fault;
use grille_evidence::call::{Role, WordOrigin};
use serde::Deserialize;

/// Gridspace-Stanford Harper Valley.
pub static FORMAT: Format = Format {
    name: "harper-valley",
    words: "Harper Valley JSON",
    marks: "a list whose items hold `channel_index`, `offset_ms` and `human_transcript`",
    known_by: KnownBy::Json(|outline| {
        outline.has(&["[].channel_index", "[].offset_ms"]) && outline.at("[].human_transcript").is_some()
    }),
    read,
};

#[derive(Deserialize)]
struct Stretch<'a> {
    speaker_role: String,
    channel_index: Option<u32>,
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

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: Vec<Stretch<'_>> = serde_json::from_str(input.text).map_err(|error| crate::calls::json_fault(&error))?;
    let which = input.options.harper_valley;
    let mut draft = Draft::new(match which {
        HarperValleyTranscript::Human => WordOrigin::Checked,
        HarperValleyTranscript::Machine => WordOrigin::Recognised,
    });
    (draft.overlap, draft.punctuation) = (true, Some(false));
    for (number, stretch) in file.iter().enumerate() {
        let place = format!("[{number}]");
        let party = known(&mut draft, stretch);
        match which {
            HarperValleyTranscript::Human => checked(&mut draft, party, stretch, &place)?,
            HarperValleyTranscript::Machine => recognised(&mut draft, party, stretch, &place)?,
        }
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

fn known(draft: &mut Draft, stretch: &Stretch<'_>) -> Party {
    let id = &stretch.speaker_role;
    let party = draft.party(id);
    match id.as_str() {
        "agent" => draft.role(party, Role::Agent, id),
        "caller" => draft.role(party, Role::Customer, id),
        _ => {}
    }
    if let Some(channel) = stretch.channel_index {
        draft.channel(party, channel);
    }
    party
}

/// What a person wrote down, somewhere inside the segment.
fn checked(draft: &mut Draft, party: Party, stretch: &Stretch<'_>, place: &str) -> Result<(), Fault> {
    let text = stretch.human_transcript.as_ref().ok_or_else(|| lacks(place, "human_transcript"))?;
    let (start, end) = from_length(stretch.offset_ms, stretch.duration_ms, Unit::Milliseconds, place)?;
    draft.turn(party, Some(start), Some(end), place).text(text, None);
    Ok(())
}

/// What the machine recognised, each word with its time.
fn recognised(draft: &mut Draft, party: Party, stretch: &Stretch<'_>, place: &str) -> Result<(), Fault> {
    let text = stretch.transcript.as_ref().ok_or_else(|| lacks(place, "transcript"))?;
    let base = time(stretch.offset_ms, Unit::Milliseconds, format_args!("{place}.offset_ms"))?;
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let (offsets, durations) = (&stretch.word_offsets_ms, &stretch.word_durations_ms);
    if tokens.len() != offsets.len() || tokens.len() != durations.len() {
        let (words, starts, lengths) = (tokens.len(), offsets.len(), durations.len());
        let what = format!("there are {words} words in `transcript`, {starts} offsets and {lengths} durations");
        return Err(Fault::new(what).at(place).mend("give one of each, or read the human transcript"));
    }
    let mut turn = draft.turn(party, None, None, place);
    for (number, (token, (offset, duration))) in tokens.iter().zip(offsets.iter().zip(durations)).enumerate() {
        let place = format!("{place}.word_offsets_ms[{number}]");
        let (start, end) = from_length(*offset, *duration, Unit::Milliseconds, &place)?;
        let times = Some((base.saturating_add(start), base.saturating_add(end)));
        turn.word(Spoken { text: token, times, ..Spoken::default() }, place);
    }
    Ok(())
}

fn lacks(place: &str, key: &str) -> Fault {
    Fault::new(format!("a segment has no `{key}`")).at(place).mend("give it, or choose the other transcript")
}
