//! Rev AI and Rev: monologues of timed words and of punctuation. Knows that format only.

use super::label::{Label, named};
use super::{Format, Input, KnownBy};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Party, Spoken};
use crate::calls::notes::{self, Effect};
use crate::calls::place::{Unit, clock, confidence, forward, time};
use crate::calls::reading::Reading;
use crate::calls::text;
use crate::fault::Fault;
use grille_evidence::call::{WordKind, WordOrigin};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Rev AI.
pub static FORMAT: Format = Format {
    name: "rev-ai",
    words: "Rev AI JSON",
    marks: "`monologues` whose items hold `elements`, or hypotheses of a stream with `type` and `elements`",
    known_by: KnownBy::Json(|outline| {
        let hypothesis =
            |list: &str| outline.is_list(&format!("{list}elements")) && outline.text(&format!("{list}type")).is_some();
        outline.is_list("monologues[].elements") || hypothesis("") || hypothesis("[].")
    }),
    read,
};

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    monologues: Vec<Monologue<'a>>,
    /// In transcripts that people wrote.
    #[serde(borrow)]
    speakers: Option<Vec<Named<'a>>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    id: Option<Label<'a>>,
    #[serde(borrow)]
    name: Option<Label<'a>>,
}

#[derive(Deserialize)]
struct Monologue<'a> {
    #[serde(borrow)]
    speaker: Option<Label<'a>>,
    #[serde(borrow)]
    elements: Vec<Element<'a>>,
}

#[derive(Deserialize)]
struct Element<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    value: Cow<'a, str>,
    #[serde(borrow)]
    ts: Option<Decimal<'a>>,
    #[serde(borrow)]
    end_ts: Option<Decimal<'a>>,
    #[serde(borrow)]
    timestamp: Option<Cow<'a, str>>,
    #[serde(borrow)]
    end_timestamp: Option<Cow<'a, str>>,
    #[serde(borrow)]
    confidence: Option<Decimal<'a>>,
}

/// A message of a stream.
#[derive(Deserialize)]
struct Hypothesis<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    speaker: Option<Label<'a>>,
    #[serde(borrow)]
    speaker_id: Option<Label<'a>>,
    #[serde(borrow)]
    elements: Option<Vec<Element<'a>>>,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    #[derive(Deserialize)]
    struct Kind {
        monologues: Option<serde::de::IgnoredAny>,
    }
    let mut draft = Draft::new(WordOrigin::Recognised);
    if input.text.trim_start().starts_with('[') {
        stream(&mut draft, super::json(input.text)?)?;
    } else if super::json::<Kind>(input.text)?.monologues.is_some() {
        let file: File<'_> = super::json(input.text)?;
        let placed = file.monologues.iter().enumerate().map(|(number, one)| (format!("monologues[{number}]"), one));
        read_monologues(&mut draft, placed, &names(&file))?;
    } else {
        stream(&mut draft, vec![super::json(input.text)?])?;
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// The final messages of a stream.
fn stream(draft: &mut Draft, messages: Vec<Hypothesis<'_>>) -> Result<(), Fault> {
    let mut finals = Vec::new();
    for (number, message) in messages.into_iter().enumerate() {
        match message.kind.as_ref() {
            "final" => {
                let one = Monologue {
                    speaker: message.speaker.or(message.speaker_id),
                    elements: message.elements.unwrap_or_default(),
                };
                finals.push((format!("[{number}]"), one));
            }
            "partial" => draft.notes.count(&notes::NOT_FINAL, format_args!("[{number}]")),
            _ => {}
        }
    }
    read_monologues(draft, finals.iter().map(|(place, one)| (place.clone(), one)), &BTreeMap::new())
}

fn read_monologues<'f, 'a: 'f>(
    draft: &mut Draft,
    monologues: impl Iterator<Item = (String, &'f Monologue<'a>)>,
    names: &BTreeMap<&str, &str>,
) -> Result<(), Fault> {
    let mut tracks = Tracks::default();
    for (place, monologue) in monologues {
        let by = party(draft, monologue.speaker.as_ref().and_then(Label::text), names);
        let mut turn = draft.turn(by, None, None, &place);
        for (number, element) in monologue.elements.iter().enumerate() {
            let place = format!("{place}.elements[{number}]");
            match element.kind.as_ref() {
                "punct" => turn.mark(&element.value),
                "text" | "unknown" => {
                    let spoken = spoken(element, &place)?;
                    tracks.word(by, spoken.times);
                    turn.word(spoken, &place);
                }
                other => {
                    let other = text::shown(other, 40);
                    let fault = Fault::new(format!("an element is of the type `{other}`")).at(place);
                    return Err(fault.mend("types that are read: `text`, `punct`, `unknown`"));
                }
            }
        }
    }
    draft.overlap = tracks.apart;
    if tracks.apart {
        let told = "words of several speakers stand side by side in time: the channels were transcribed apart";
        draft.notes.tell(Effect::Remarked, told);
    }
    Ok(())
}

/// Names of speakers by their number, where they are given and tell the speakers apart.
fn names<'f>(file: &'f File<'_>) -> BTreeMap<&'f str, &'f str> {
    let given = || {
        let named = file.speakers.iter().flatten();
        named.filter_map(|one| Some((one.id.as_ref()?.text()?, one.name.as_ref()?.text()?)))
    };
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, name) in given() {
        *bearers.entry(name).or_default() += 1;
    }
    given().filter(|(_, name)| bearers.get(name) == Some(&1)).collect()
}

fn party(draft: &mut Draft, speaker: Option<&str>, names: &BTreeMap<&str, &str>) -> Party {
    match speaker {
        None => draft.nobody(),
        Some(number) => match names.get(number) {
            Some(name) => named(draft, name),
            None => draft.party(&format!("speaker {number}")),
        },
    }
}

fn spoken<'w>(element: &'w Element<'_>, place: &str) -> Result<Spoken<'w>, Fault> {
    let seconds = |number: Decimal<'_>| time(number, Unit::Seconds, place);
    let (start, end) = match (element.ts, element.end_ts) {
        (None, None) => {
            let written = |text: &Option<Cow<'_, str>>| text.as_deref().map(|text| clock(text, place)).transpose();
            (written(&element.timestamp)?, written(&element.end_timestamp)?)
        }
        (start, end) => (start.map(seconds).transpose()?, end.map(seconds).transpose()?),
    };
    Ok(Spoken {
        text: &element.value,
        times: start.zip(end).map(|(start, end)| forward(start, end, place)).transpose()?,
        confidence: element.confidence.map(|c| confidence(c, place)).transpose()?,
        by: None,
        kind: kind(element),
    })
}

/// What nobody understood is an unknown word, and so is a sound that answers.
fn kind(element: &Element<'_>) -> Option<WordKind> {
    let answers = matches!(element.value.as_ref(), "<affirmative>" | "<negative>");
    (element.kind == "unknown" || answers).then_some(WordKind::Unknown)
}

/// By how much a word starts earlier than the one before it if both are not of one track: more than recognisers are
/// unsteady.
const CLEARLY_MS: i32 = 200;

/// Were the speakers transcribed apart? One recogniser that hears all of them together writes words in the order of
/// their starts; where a speaker's words start before those of another that stand before them, each has a track.
#[derive(Default)]
struct Tracks {
    apart: bool,
    latest: Option<(Party, i32)>,
}

impl Tracks {
    fn word(&mut self, by: Party, times: Option<(i32, i32)>) {
        let Some((start, _)) = times else { return };
        match self.latest {
            Some((other, latest)) if start < latest => self.apart |= other != by && start + CLEARLY_MS < latest,
            _ => self.latest = Some((by, start)),
        }
    }
}
