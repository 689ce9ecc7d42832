//! Amazon Bedrock Data Automation, audio: segments of timed items. Knows that format only, and takes none of the service's
//! own judgements (topics, summaries, moderation).

use super::voices::{Voice, Voices};
use super::{Format, Input, KnownBy, json, language};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Spoken, Turn};
use crate::calls::notes::{Effect, Remark};
use crate::calls::place::{Unit, interval, time};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;
use std::collections::HashMap;

/// Amazon Bedrock Data Automation.
pub static FORMAT: Format = Format {
    name: "amazon-bedrock-data-automation",
    words: "Amazon Bedrock Data Automation JSON",
    marks: "`audio_segments` and `audio_items`",
    known_by: KnownBy::Json(|outline| outline.is_list("audio_segments") && outline.is_list("audio_items")),
    read,
};

static NO_TRANSCRIPT: Remark = Remark {
    effect: Effect::Dropped,
    one: "audio segment that is no transcript",
    many: "audio segments that are no transcripts",
    done: "left out",
};
static NO_ITEMS: Remark = Remark {
    effect: Effect::Interpolated,
    one: "segment whose items are not all there",
    many: "segments whose items are not all there",
    done: "its text was read instead, whose words are known to lie in the segment only",
};

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    metadata: Option<Metadata<'a>>,
    #[serde(borrow)]
    audio_segments: Vec<Segment<'a>>,
    #[serde(borrow)]
    audio_items: Vec<Item<'a>>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow)]
    duration_millis: Option<Decimal<'a>>,
    dominant_asset_language: Option<String>,
}

#[derive(Deserialize)]
struct Segment<'a> {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(borrow)]
    start_timestamp_millis: Decimal<'a>,
    #[serde(borrow)]
    end_timestamp_millis: Decimal<'a>,
    text: Option<String>,
    speaker: Option<Speaker>,
    channel: Option<Channel>,
    audio_item_indices: Option<Vec<u64>>,
}

#[derive(Deserialize)]
struct Speaker {
    speaker_label: Option<String>,
}

#[derive(Deserialize)]
struct Channel {
    channel_label: Option<String>,
}

#[derive(Deserialize)]
struct Item<'a> {
    item_index: Option<u64>,
    content: String,
    #[serde(borrow)]
    start_timestamp_millis: Option<Decimal<'a>>,
    #[serde(borrow)]
    end_timestamp_millis: Option<Decimal<'a>>,
}

impl Segment<'_> {
    fn voice(&self) -> Voice<'_> {
        let channel = self.channel.as_ref().and_then(|channel| channel.channel_label.as_deref());
        let number = channel.and_then(|label| label.strip_prefix("ch_")).and_then(|number| number.parse().ok());
        (number, self.speaker.as_ref().and_then(|speaker| speaker.speaker_label.as_deref()).filter(|l| !l.is_empty()))
    }

    fn is_transcript(&self) -> bool {
        self.kind.as_deref().is_none_or(|kind| kind.eq_ignore_ascii_case("TRANSCRIPT"))
    }
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: File<'_> = json(input.text)?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.punctuation = Some(true);
    if let Some(metadata) = file.metadata {
        draft.locale = metadata.dominant_asset_language.as_deref().and_then(language::tag);
        let place = "metadata.duration_millis";
        draft.end_ms = metadata.duration_millis.map(|end| time(end, Unit::Milliseconds, place)).transpose()?;
    }
    let voices = Voices::of(file.audio_segments.iter().map(Segment::voice));
    draft.overlap = voices.overlap();
    let numbered = file.audio_items.iter().enumerate();
    let items: Items<'_, '_> = numbered.map(|(at, item)| (item.item_index.unwrap_or(at as u64), (at, item))).collect();
    for (number, segment) in file.audio_segments.iter().enumerate() {
        read_segment(&mut draft, segment, &voices, &items, &format!("audio_segments[{number}]"))?;
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// Items by their index, with their places in the list.
type Items<'f, 'a> = HashMap<u64, (usize, &'f Item<'a>)>;

fn read_segment(
    draft: &mut Draft,
    segment: &Segment<'_>,
    voices: &Voices,
    items: &Items<'_, '_>,
    place: &str,
) -> Result<(), Fault> {
    if !segment.is_transcript() {
        draft.notes.count(&NO_TRANSCRIPT, place);
        return Ok(());
    }
    let (start, end) =
        interval(segment.start_timestamp_millis, segment.end_timestamp_millis, Unit::Milliseconds, place)?;
    let speaker = voices.party(draft, segment.voice(), place);
    let indices = segment.audio_item_indices.as_deref().unwrap_or_default();
    let own: Vec<_> = indices.iter().filter_map(|index| items.get(index)).collect();
    let mut turn = draft.turn(speaker, Some(start), Some(end), place);
    if own.len() < indices.len() || own.is_empty() {
        if !own.is_empty() {
            turn.draft().notes.count(&NO_ITEMS, place);
        }
        turn.text(segment.text.as_deref().unwrap_or_default(), None);
        return Ok(());
    }
    own.into_iter().try_for_each(|(at, item)| say(&mut turn, item, &format!("audio_items[{at}]")))
}

fn say(turn: &mut Turn<'_>, item: &Item<'_>, place: &str) -> Result<(), Fault> {
    let times = match (item.start_timestamp_millis, item.end_timestamp_millis) {
        (Some(start), Some(end)) => Some(interval(start, end, Unit::Milliseconds, place)?),
        _ => None,
    };
    turn.word(Spoken { text: &item.content, times, ..Spoken::default() }, place);
    Ok(())
}
