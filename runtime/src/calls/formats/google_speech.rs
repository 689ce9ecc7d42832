//! Google Cloud Speech-to-Text, versions 1 and 2: results with words, in both ways in which times are written and under all
//! names that its clients give. Knows that format only.

use super::languages::Languages;
use super::voices::Voices;
use super::{Format, Input, KnownBy, json};
use crate::calls::decimal::{Decimal, Quoted};
use crate::calls::draft::{Draft, Party, Spoken};
use crate::calls::notes::{Effect, Remark};
use crate::calls::outline::Outline;
use crate::calls::place::{confidence, forward, seconds_and_nanos, seconds_with_letter};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::{TimeOrigin, WordOrigin};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt::Display;

/// Google Cloud Speech-to-Text.
pub static FORMAT: Format = Format {
    name: "google-speech",
    words: "Google Cloud Speech-to-Text JSON",
    marks: "`results` whose `alternatives` have a `transcript`, and no `final`",
    known_by: KnownBy::Json(known),
    read,
};

fn known(outline: &Outline) -> bool {
    let ibm = ["results[].final", "results[].alternatives[].timestamps"];
    let plain = |outline: &Outline| {
        let said = ["results[].alternatives[].transcript", "results[].alternatives[].words"];
        said.iter().any(|path| outline.has(&[path])) && !ibm.iter().any(|path| outline.has(&[path]))
    };
    let by_file = |outline: &Outline| match outline.at("results") {
        Some(Outline::Object(files)) => files.values().any(|file| file.at("transcript").is_some_and(plain)),
        _ => false,
    };
    plain(outline) || by_file(outline) || outline.at("response").is_some_and(|whole| plain(whole) || by_file(whole))
}

static REPEATED: Remark = Remark {
    effect: Effect::Remarked,
    one: "result whose words a later one says again, with their speakers",
    many: "results whose words a later one says again, with their speakers",
    done: "the later one is read",
};
static INTERIM: Remark = Remark {
    effect: Effect::Remarked,
    one: "result that is not final",
    many: "results that are not final",
    done: "left out",
};

/// A file, or the answer that a finished operation holds.
#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    results: Option<&'a RawValue>,
    #[serde(borrow)]
    response: Option<&'a RawValue>,
}

/// What version 2 writes of one file of a batch.
#[derive(Deserialize)]
struct OfFile<'a> {
    #[serde(borrow)]
    transcript: Option<Transcript<'a>>,
    #[serde(borrow, rename = "inlineResult", alias = "inline_result")]
    inline: Option<Inline<'a>>,
}

#[derive(Deserialize)]
struct Inline<'a> {
    #[serde(borrow)]
    transcript: Option<Transcript<'a>>,
}

#[derive(Deserialize)]
struct Transcript<'a> {
    #[serde(borrow, default)]
    results: Vec<Stretch<'a>>,
}

/// One result.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stretch<'a> {
    #[serde(borrow, default)]
    alternatives: Vec<Guess<'a>>,
    #[serde(alias = "channel_tag")]
    channel_tag: Option<u32>,
    #[serde(alias = "language_code")]
    language_code: Option<String>,
    #[serde(borrow, alias = "result_end_time", alias = "resultEndOffset", alias = "result_end_offset")]
    result_end_time: Option<Offset<'a>>,
    #[serde(alias = "is_final")]
    is_final: Option<bool>,
}

#[derive(Deserialize)]
struct Guess<'a> {
    transcript: Option<String>,
    #[serde(borrow, default)]
    words: Vec<Piece<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Piece<'a> {
    word: String,
    #[serde(borrow, alias = "start_time", alias = "startOffset", alias = "start_offset")]
    start_time: Option<Offset<'a>>,
    #[serde(borrow, alias = "end_time", alias = "endOffset", alias = "end_offset")]
    end_time: Option<Offset<'a>>,
    #[serde(borrow)]
    confidence: Option<Decimal<'a>>,
    #[serde(alias = "speaker_label")]
    speaker_label: Option<String>,
    #[serde(alias = "speaker_tag")]
    speaker_tag: Option<u32>,
}

/// A time: `"12.900s"`, or `{"seconds": "12", "nanos": 900000000}` with what is zero left out.
enum Offset<'a> {
    Written(String),
    Parts(Parts<'a>),
}

#[derive(Deserialize)]
struct Parts<'a> {
    #[serde(borrow)]
    seconds: Option<Quoted<'a>>,
    #[serde(borrow)]
    nanos: Option<Decimal<'a>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Offset<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'de RawValue = Deserialize::deserialize(deserializer)?;
        let read = match raw.get().bytes().next() {
            Some(b'{') => serde_json::from_str(raw.get()).map(Offset::Parts),
            _ => serde_json::from_str::<String>(raw.get()).map(Offset::Written),
        };
        read.map_err(|_| serde::de::Error::custom("expected a time, such as `12.900s`"))
    }
}

impl Offset<'_> {
    fn ms(&self, place: impl Display) -> Result<i32, Fault> {
        match self {
            Offset::Written(text) => seconds_with_letter(text, place),
            Offset::Parts(parts) => seconds_and_nanos(parts.seconds.map(|seconds| seconds.0), parts.nanos, place),
        }
    }
}

impl Piece<'_> {
    /// Start and end in milliseconds. Nothing is written for 0, so the first word of a channel may have no start.
    fn times(&self, is_first: bool, place: impl Display + Copy) -> Result<Option<(i32, i32)>, Fault> {
        let start = self.start_time.as_ref().map(|start| start.ms(place)).transpose()?.or(is_first.then_some(0));
        let end = self.end_time.as_ref().map(|end| end.ms(place)).transpose()?;
        start.zip(end).map(|(start, end)| forward(start, end, place)).transpose()
    }

    fn label(&self) -> Option<String> {
        let tag = self.speaker_tag.filter(|tag| *tag != 0).map(|tag| tag.to_string());
        self.speaker_label.clone().filter(|label| !label.is_empty()).or(tag)
    }
}

impl Stretch<'_> {
    fn words(&self) -> &[Piece<'_>] {
        self.alternatives.first().map(|guess| guess.words.as_slice()).unwrap_or_default()
    }

    fn transcript(&self) -> &str {
        self.alternatives.first().and_then(|guess| guess.transcript.as_deref()).unwrap_or_default()
    }

    /// From the start of its first word to the end of its last, if both have times.
    fn span(&self, place: &str) -> Result<Option<(i32, i32)>, Fault> {
        let [first, .., last] = self.words() else {
            return self.words().first().map_or(Ok(None), |w| w.times(true, place));
        };
        Ok(first.times(true, place)?.zip(last.times(false, place)?).map(|(first, last)| (first.0, last.1)))
    }

    fn is_labelled(&self) -> bool {
        self.words().iter().any(|word| word.label().is_some())
    }

    /// The letters and digits of all it says.
    fn letters(&self) -> String {
        let words: String = self.words().iter().map(|word| word.word.as_str()).collect();
        let text = if words.is_empty() { self.transcript() } else { &words };
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    }
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let (whole, place) = results(input.text)?;
    if whole.get().starts_with('[') {
        let results: Vec<Stretch<'_>> = json(whole.get())?;
        return Ok(vec![read_call(&results, &format!("{place}results"), input.stem)?]);
    }
    let files: BTreeMap<String, OfFile<'_>> = json(whole.get())?;
    let mut readings = Vec::new();
    let mut unread = Vec::new();
    for (name, file) in &files {
        let place = format!("{place}results.`{name}`.transcript.results");
        let inline = || file.inline.as_ref().and_then(|inline| inline.transcript.as_ref());
        match file.transcript.as_ref().or_else(inline) {
            Some(transcript) => readings.push(read_call(&transcript.results, &place, id(name, &files, input.stem))?),
            None => unread.push(name),
        }
    }
    let Some(first) = unread.first() else { return Ok(readings) };
    let what = match unread.len() {
        1 => format!("`{first}` has no transcript: the service did not read it"),
        several => {
            format!("{several} recordings have no transcript, the first is `{first}`: the service did not read them")
        }
    };
    if readings.is_empty() {
        return Err(Fault::new(what).at(format!("{place}results")).mend("run the service again"));
    }
    readings.iter_mut().for_each(|reading| reading.notes.tell(Effect::Dropped, what.clone()));
    Ok(readings)
}

/// What stands under `results`, at the top or in the answer of an operation, and where that is.
fn results(text: &str) -> Result<(&RawValue, &'static str), Fault> {
    let file: File<'_> = json(text)?;
    let answer: Option<File<'_>> = file.response.map(|answer| json(answer.get())).transpose()?;
    let found = file.results.map(|results| (results, "")).or_else(|| Some((answer?.results?, "response.")));
    found.ok_or_else(|| {
        let mend = "wait until the operation is done, and give its answer";
        Fault::new("there are no `results` in it").at("results").mend(mend)
    })
}

/// The id of a call: the file's, or where it holds several the name of each recording.
fn id<'n>(name: &'n str, files: &BTreeMap<String, OfFile<'_>>, stem: &'n str) -> &'n str {
    if files.len() == 1 { stem } else { name }
}

fn read_call(results: &[Stretch<'_>], list: &str, id: &str) -> Result<Reading, Fault> {
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.untimed = TimeOrigin::Turns;
    let kept = kept(&mut draft, results, list)?;
    let labels = |stretch: &Stretch<'_>| stretch.words().iter().map(Piece::label).collect::<Vec<_>>();
    let labelled: Vec<_> = kept.iter().map(|(number, stretch)| (*number, *stretch, labels(stretch))).collect();
    let voices = Voices::of(labelled.iter().flat_map(|(_, stretch, labels)| {
        std::iter::once((stretch.channel_tag, None)).chain(labels.iter().map(|l| (stretch.channel_tag, l.as_deref())))
    }));
    draft.overlap = voices.overlap();
    let mut languages = Languages::default();
    let mut ends: BTreeMap<Option<u32>, i32> = BTreeMap::new();
    for (number, stretch, labels) in &labelled {
        languages.add(stretch.language_code.as_deref());
        let place = format!("{list}[{number}]");
        let end = stretch.result_end_time.as_ref().map(|end| end.ms(&place)).transpose()?;
        let before = ends.get(&stretch.channel_tag).copied();
        read_stretch(&mut draft, stretch, labels, &voices, (before, end), &place)?;
        ends.insert(stretch.channel_tag, end.or(stretch.span(&place)?.map(|span| span.1)).or(before).unwrap_or(0));
    }
    languages.settle(&mut draft);
    draft.finish(&FORMAT, id)
}

/// A result that is read, with its number in the list.
type Numbered<'f, 'a> = (usize, &'f Stretch<'a>);

/// The results that are read. With speakers told apart, a last result (when streaming: each) says everything again that
/// came before it on its channel.
fn kept<'f, 'a>(draft: &mut Draft, results: &'f [Stretch<'a>], list: &str) -> Result<Vec<Numbered<'f, 'a>>, Fault> {
    // The results of each channel, and whether one of them names speakers.
    let mut channels: BTreeMap<Option<u32>, (Vec<Numbered<'f, 'a>>, bool)> = BTreeMap::new();
    for (number, stretch) in results.iter().enumerate() {
        let place = format!("{list}[{number}]");
        if stretch.is_final == Some(false) {
            draft.notes.count(&INTERIM, &place);
            continue;
        }
        if stretch.words().is_empty() && stretch.transcript().trim().is_empty() {
            continue;
        }
        let (before, labelled) = channels.entry(stretch.channel_tag).or_default();
        if says_again(stretch, before, *labelled, &place)? {
            for (number, _) in before.drain(..) {
                draft.notes.count(&REPEATED, format_args!("{list}[{number}]"));
            }
        }
        before.push((number, stretch));
        *labelled |= stretch.is_labelled();
    }
    let mut kept: Vec<Numbered<'f, 'a>> = channels.into_values().flat_map(|(results, _)| results).collect();
    kept.sort_by_key(|(number, _)| *number);
    Ok(kept)
}

/// Does a result reach from before the middle of the first result before it to behind the middle of the last? Without
/// times: does it, first of all, name speakers, for the very words before it?
fn says_again(stretch: &Stretch<'_>, before: &[Numbered<'_, '_>], labelled: bool, place: &str) -> Result<bool, Fault> {
    let (Some((_, first)), Some((_, last))) = (before.first(), before.last()) else { return Ok(false) };
    if let (Some(span), Some(from), Some(to)) = (stretch.span(place)?, first.span(place)?, last.span(place)?) {
        let middle = |(start, end): (i32, i32)| start.midpoint(end);
        return Ok(span.0 <= middle(from) && middle(to) <= span.1);
    }
    if labelled || !stretch.is_labelled() {
        return Ok(false);
    }
    Ok(stretch.letters() == before.iter().map(|(_, known)| known.letters()).collect::<String>())
}

/// A result; the bounds are where the one before it on its channel ends, and where it ends itself.
fn read_stretch(
    draft: &mut Draft,
    stretch: &Stretch<'_>,
    labels: &[Option<String>],
    voices: &Voices,
    (before, end): (Option<i32>, Option<i32>),
    place: &str,
) -> Result<(), Fault> {
    let mut party = |label| voices.party(draft, (stretch.channel_tag, label), place);
    let by: Vec<Party> = labels.iter().map(|label| party(label.as_deref())).collect();
    let first = by.first().copied().unwrap_or_else(|| party(None));
    let mut turn = draft.turn(first, end.map(|_| before.unwrap_or(0)), end, place);
    for (number, (word, by)) in stretch.words().iter().zip(by).enumerate() {
        let place = format_args!("{place}.alternatives[0].words[{number}]");
        let times = word.times(before.is_none() && number == 0, place)?;
        // 0 stands for a confidence that is not known.
        let rated = word.confidence.map(|number| confidence(number, place)).transpose()?.filter(|sure| *sure > 0);
        turn.word(Spoken { text: &word.word, times, confidence: rated, by: Some(by), kind: None }, place);
    }
    if stretch.words().is_empty() {
        turn.text(stretch.transcript(), None);
    }
    Ok(())
}
