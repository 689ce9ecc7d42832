//! Amazon Transcribe, batch: items with times, and who says them by channel, by speaker, or not at all. Knows that format
//! only.

use super::amazon::other_item;
use super::voices::Voices;
use super::{Format, Input, KnownBy, json};
use crate::calls::decimal::Quoted;
use crate::calls::draft::{Draft, Party, Spoken, Turn};
use crate::calls::place::{Unit, confidence, interval};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::{WordKind, WordOrigin};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::fmt::Display;

/// Amazon Transcribe.
pub static FORMAT: Format = Format {
    name: "amazon-transcribe",
    words: "Amazon Transcribe JSON",
    marks: "`results` with `transcripts` and `items`",
    known_by: KnownBy::Json(|outline| outline.is_list("results.transcripts") && outline.is_list("results.items")),
    read,
};

/// A pause that parts the words of one speaker, in milliseconds: the format has no turns. It decides nothing but how a
/// call is laid out.
const PAUSE_MS: i32 = 1000;

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    results: Results<'a>,
}

#[derive(Deserialize)]
struct Results<'a> {
    language_code: Option<String>,
    #[serde(borrow)]
    items: Vec<Item<'a>>,
    #[serde(borrow)]
    channel_labels: Option<ChannelLabels<'a>>,
    #[serde(borrow)]
    speaker_labels: Option<SpeakerLabels<'a>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    start_time: Option<Quoted<'a>>,
    #[serde(borrow)]
    end_time: Option<Quoted<'a>>,
    #[serde(borrow)]
    alternatives: Vec<Alternative<'a>>,
    speaker_label: Option<String>,
}

#[derive(Deserialize)]
struct Alternative<'a> {
    content: String,
    #[serde(borrow)]
    confidence: Option<Quoted<'a>>,
    redactions: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct ChannelLabels<'a> {
    #[serde(borrow)]
    channels: Vec<Channel<'a>>,
}

#[derive(Deserialize)]
struct Channel<'a> {
    channel_label: String,
    #[serde(borrow)]
    items: Vec<Item<'a>>,
}

#[derive(Deserialize)]
struct SpeakerLabels<'a> {
    #[serde(borrow)]
    segments: Vec<Labelled<'a>>,
}

/// A stretch, or one word in it, with who says it.
#[derive(Deserialize)]
struct Labelled<'a> {
    #[serde(borrow)]
    start_time: Option<Quoted<'a>>,
    #[serde(borrow)]
    end_time: Option<Quoted<'a>>,
    speaker_label: Option<String>,
    #[serde(borrow, default)]
    items: Vec<Labelled<'a>>,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: File<'_> = json(input.text)?;
    let results = file.results;
    let mut draft = Draft::new(WordOrigin::Recognised);
    (draft.locale, draft.punctuation) = (results.language_code, Some(true));
    match &results.channel_labels {
        Some(labels) => by_channel(&mut draft, &labels.channels)?,
        None => by_speaker(&mut draft, &results.items, results.speaker_labels.as_ref())?,
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// A run of one channel's items between two pauses.
struct Run<'f, 'a> {
    start: i32,
    party: Party,
    items: &'f [Item<'a>],
    /// Where the first stands: the list, and its number there.
    list: String,
    first: usize,
}

/// Each channel is one speaker; their runs are put in the order of their starts.
fn by_channel(draft: &mut Draft, channels: &[Channel<'_>]) -> Result<(), Fault> {
    draft.overlap = channels.len() > 1;
    let mut runs: Vec<Run<'_, '_>> = Vec::new();
    for (number, channel) in channels.iter().enumerate() {
        let party = draft.party(&channel.channel_label);
        if let Some(number) = channel.channel_label.strip_prefix("ch_").and_then(|number| number.parse().ok()) {
            draft.channel(party, number);
        }
        let list = format!("results.channel_labels.channels[{number}].items");
        for (first, items, start) in parted(&channel.items, &list)? {
            runs.push(Run { start, party, items, list: list.clone(), first });
        }
    }
    runs.sort_by_key(|run| run.start);
    for run in runs {
        let mut turn = draft.turn(run.party, None, None, format_args!("{}[{}]", run.list, run.first));
        for (number, item) in run.items.iter().enumerate() {
            say(&mut turn, item, None, format_args!("{}[{}]", run.list, run.first + number))?;
        }
    }
    Ok(())
}

/// Items without a pause between them: the number of the first, the items, and when they start.
type Part<'f, 'a> = (usize, &'f [Item<'a>], i32);

/// Items parted at pauses.
fn parted<'f, 'a>(items: &'f [Item<'a>], list: &str) -> Result<Vec<Part<'f, 'a>>, Fault> {
    let mut parts = Vec::new();
    let (mut first, mut start, mut end) = (0, 0, None::<i32>);
    for (number, item) in items.iter().enumerate() {
        let Some((from, to)) = times(item, format_args!("{list}[{number}]"))? else { continue };
        match end {
            Some(end) if from.saturating_sub(end) > PAUSE_MS => {
                parts.push((first, items.get(first..number).unwrap_or_default(), start));
                (first, start) = (number, from);
            }
            None => start = from,
            _ => {}
        }
        end = Some(to);
    }
    parts.push((first, items.get(first..).unwrap_or_default(), start));
    Ok(parts)
}

/// Words in a row, each with its speaker if one is named.
fn by_speaker(draft: &mut Draft, items: &[Item<'_>], labels: Option<&SpeakerLabels<'_>>) -> Result<(), Fault> {
    let labels = Labels::of(labels)?;
    let named = items.iter().map(|item| label_of(item.speaker_label.as_ref())).chain([labels.any()]);
    let voices = Voices::of(named.map(|label| (None, label)));
    for (first, part, _) in parted(items, "results.items")? {
        let mut speakers = Vec::with_capacity(part.len());
        for (number, item) in part.iter().enumerate().filter(|(_, item)| item.kind == "pronunciation") {
            let place = format_args!("results.items[{}]", first + number);
            let label = match (label_of(item.speaker_label.as_ref()), times(item, place)?) {
                (None, Some((start, _))) => labels.at(start),
                (label, _) => label,
            };
            speakers.push(voices.party(draft, (None, label), place));
        }
        let mut speakers = speakers.into_iter();
        let Some(party) = speakers.as_slice().first().copied() else { continue };
        let mut turn = draft.turn(party, None, None, format_args!("results.items[{first}]"));
        for (number, item) in part.iter().enumerate() {
            let by = if item.kind == "pronunciation" { speakers.next() } else { None };
            say(&mut turn, item, by, format_args!("results.items[{}]", first + number))?;
        }
    }
    Ok(())
}

fn label_of(label: Option<&String>) -> Option<&str> {
    label.map(String::as_str).filter(|label| !label.is_empty())
}

/// Who speaks when: by the start of a word, else by the stretch in which it starts.
struct Labels<'f> {
    words: BTreeMap<i32, &'f str>,
    /// By their starts, with their ends.
    stretches: BTreeMap<i32, (i32, &'f str)>,
}

impl<'f> Labels<'f> {
    fn of(labels: Option<&'f SpeakerLabels<'_>>) -> Result<Labels<'f>, Fault> {
        let mut found = Labels { words: BTreeMap::new(), stretches: BTreeMap::new() };
        for (number, segment) in labels.iter().flat_map(|labels| &labels.segments).enumerate() {
            let place = format_args!("results.speaker_labels.segments[{number}]");
            if let (Some((start, end)), Some(label)) = (segment.times(place)?, label_of(segment.speaker_label.as_ref()))
            {
                found.stretches.insert(start, (end, label));
            }
            for (number, word) in segment.items.iter().enumerate() {
                let place = format_args!("{place}.items[{number}]");
                if let (Some((start, _)), Some(label)) = (word.times(place)?, label_of(word.speaker_label.as_ref())) {
                    found.words.insert(start, label);
                }
            }
        }
        Ok(found)
    }

    /// One of them, if there are any.
    fn any(&self) -> Option<&'f str> {
        let stretch = self.stretches.values().next().map(|(_, label)| *label);
        self.words.values().next().copied().or(stretch)
    }

    fn at(&self, start: i32) -> Option<&'f str> {
        let stretch = || self.stretches.range(..=start).next_back().filter(|(_, (end, _))| start < *end);
        self.words.get(&start).copied().or_else(|| stretch().map(|(_, (_, label))| *label))
    }
}

impl Labelled<'_> {
    fn times(&self, place: impl Display) -> Result<Option<(i32, i32)>, Fault> {
        between(self.start_time, self.end_time, place)
    }
}

fn times(item: &Item<'_>, place: impl Display) -> Result<Option<(i32, i32)>, Fault> {
    between(item.start_time, item.end_time, place)
}

fn between(
    start: Option<Quoted<'_>>,
    end: Option<Quoted<'_>>,
    place: impl Display,
) -> Result<Option<(i32, i32)>, Fault> {
    match (start, end) {
        (Some(start), Some(end)) => interval(start.0, end.0, Unit::Seconds, place).map(Some),
        _ => Ok(None),
    }
}

fn say(turn: &mut Turn<'_>, item: &Item<'_>, by: Option<Party>, place: impl Display + Copy) -> Result<(), Fault> {
    let Some(best) = item.alternatives.first() else {
        return Err(Fault::new("an item has no `alternatives`")
            .at(place.to_string())
            .mend("give the file as the service wrote it"));
    };
    match item.kind.as_str() {
        "pronunciation" => {
            let kind = best.redactions.is_some().then_some(WordKind::Redacted);
            let rated = best.confidence.filter(|_| kind.is_none());
            let sure = rated.map(|Quoted(number)| confidence(number, place)).transpose()?;
            let times = times(item, place)?;
            turn.word(Spoken { text: &best.content, times, confidence: sure, by, kind }, place);
            Ok(())
        }
        "punctuation" => {
            turn.mark(&best.content);
            Ok(())
        }
        other => Err(other_item(other).at(place.to_string())),
    }
}
