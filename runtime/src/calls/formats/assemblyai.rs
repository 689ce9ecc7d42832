//! AssemblyAI: one list of timed, rated words, in whole milliseconds, with the speaker or the channel of each. Knows that
//! format only, and takes none of the service's own judgements (sentiment, topics, entities, chapters).

use super::label::{Label, give_role};
use super::voices::{Voice, Voices};
use super::{Format, Input, KnownBy, language, listed};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Party, Spoken};
use crate::calls::outline::Outline;
use crate::calls::place::{Unit, confidence, interval, time};
use crate::calls::reading::Reading;
use crate::calls::text;
use crate::fault::Fault;
use grille_evidence::call::{WordKind, WordOrigin};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// AssemblyAI.
pub static FORMAT: Format = Format {
    name: "assemblyai",
    words: "AssemblyAI JSON",
    marks: "`words`, `utterances`, `sentences` or `paragraphs` at the top, beside `status` or `audio_duration`",
    known_by: KnownBy::Json(is_it),
    read,
};

fn is_it(outline: &Outline) -> bool {
    let listed = ["words", "utterances", "sentences", "paragraphs"].iter().any(|list| outline.is_list(list));
    let beside = outline.has(&["audio_duration"]) || outline.text("status").is_some();
    (listed || outline.has(&["audio_url"])) && beside
}

/// No recording of a call has more channels.
const MOST_CHANNELS: u32 = 64;

#[derive(Deserialize)]
struct File<'a> {
    status: Option<String>,
    error: Option<String>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    language_code: Option<String>,
    #[serde(borrow)]
    audio_duration: Option<Decimal<'a>>,
    audio_channels: Option<u32>,
    redact_pii: Option<bool>,
    punctuate: Option<bool>,
    #[serde(borrow)]
    words: Option<Vec<Heard<'a>>>,
    #[serde(borrow)]
    utterances: Option<Vec<Utterance<'a>>>,
    #[serde(borrow)]
    sentences: Option<Vec<Utterance<'a>>>,
    #[serde(borrow)]
    paragraphs: Option<Vec<Utterance<'a>>>,
}

#[derive(Deserialize)]
struct Utterance<'a> {
    #[serde(borrow)]
    speaker: Option<Label<'a>>,
    #[serde(borrow)]
    channel: Option<Label<'a>>,
    #[serde(borrow)]
    words: Option<Vec<Heard<'a>>>,
}

#[derive(Deserialize)]
struct Heard<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    start: Decimal<'a>,
    #[serde(borrow)]
    end: Decimal<'a>,
    #[serde(borrow)]
    confidence: Option<Decimal<'a>>,
    #[serde(borrow)]
    speaker: Option<Label<'a>>,
    #[serde(borrow)]
    channel: Option<Label<'a>>,
}

/// A word with who said it, by itself or by the utterance around it, and where it stands.
struct Placed<'f, 'a> {
    word: &'f Heard<'a>,
    speaker: Option<&'f str>,
    channel: Option<&'f str>,
    place: String,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: File<'_> = super::json(input.text)?;
    finished(&file)?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.locale = file.language_code.as_deref().and_then(language::tag);
    draft.punctuation = file.punctuate.filter(|punctuated| *punctuated);
    let duration = file.audio_duration.map(|d| time(d, Unit::Seconds, "audio_duration"));
    draft.end_ms = duration.transpose()?.filter(|end| *end > 0);
    let words = words(&file);
    if words.is_empty() && file.text.as_ref().is_some_and(|text| text.chars().any(char::is_alphanumeric)) {
        let fault = Fault::new("there is a `text` and no `words`: nothing says when its words were said");
        return Err(fault.at("words").mend("give the answer as the service sent it, with its words"));
    }
    listed::check(&mut draft, file.text.as_deref(), words.len(), "text");
    // A channel on which nobody speaks is a channel, too.
    let silent = (1..=file.audio_channels.unwrap_or(0).min(MOST_CHANNELS)).map(|channel| (Some(channel), None));
    let voices = Voices::of(silent.chain(words.iter().map(voice)));
    read_words(&mut draft, &words, &voices, file.redact_pii == Some(true))?;
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// Only a transcript that is completed holds what was said.
fn finished(file: &File<'_>) -> Result<(), Fault> {
    match file.status.as_deref() {
        None | Some("completed") => Ok(()),
        Some("error") => {
            let why = file.error.as_deref().unwrap_or("the service does not say why");
            let why = text::shown(why, 200);
            Err(Fault::new(format!("the transcription failed: {why}"))
                .at("status")
                .mend("transcribe the recording again"))
        }
        Some(other) => {
            let other = text::shown(other, 40);
            let fault = Fault::new(format!("the transcription is not completed, but `{other}`")).at("status");
            Err(fault.mend("fetch the transcript again when it is"))
        }
    }
}

/// The words, from the list that says most of who said them.
fn words<'f, 'a>(file: &'f File<'a>) -> Vec<Placed<'f, 'a>> {
    let plain = file.words.as_deref().unwrap_or_default();
    let named = plain.iter().any(|word| word.speaker.is_some() || word.channel.is_some());
    if !named {
        let lists =
            [("utterances", &file.utterances), ("sentences", &file.sentences), ("paragraphs", &file.paragraphs)];
        for (name, list) in lists {
            let each = list.iter().flatten().enumerate();
            let parted: Vec<_> = each.flat_map(|(at, one)| of_utterance(format!("{name}[{at}]"), one)).collect();
            if !parted.is_empty() {
                return parted;
            }
        }
    }
    let placed = |(at, word): (usize, &'f Heard<'a>)| placed(word, None, format!("words[{at}]"));
    plain.iter().enumerate().map(placed).collect()
}

fn of_utterance<'f, 'a>(place: String, utterance: &'f Utterance<'a>) -> impl Iterator<Item = Placed<'f, 'a>> {
    let words = utterance.words.as_deref().unwrap_or_default();
    words.iter().enumerate().map(move |(at, word)| placed(word, Some(utterance), format!("{place}.words[{at}]")))
}

fn placed<'f, 'a>(word: &'f Heard<'a>, around: Option<&'f Utterance<'a>>, place: String) -> Placed<'f, 'a> {
    let speaker = word.speaker.as_ref().or(around.and_then(|around| around.speaker.as_ref()));
    let channel = word.channel.as_ref().or(around.and_then(|around| around.channel.as_ref()));
    Placed { word, speaker: speaker.and_then(Label::text), channel: channel.and_then(Label::text), place }
}

/// One turn for each channel; a change of speaker parts it.
fn read_words(draft: &mut Draft, words: &[Placed<'_, '_>], voices: &Voices, redacted: bool) -> Result<(), Fault> {
    let mut channels: BTreeMap<Option<&str>, Vec<&Placed<'_, '_>>> = BTreeMap::new();
    for placed in words {
        channels.entry(placed.channel).or_default().push(placed);
    }
    draft.overlap = voices.overlap() || channels.len() > 1;
    for on in channels.values() {
        let Some(first) = on.first() else { continue };
        let by = party(draft, first, voices);
        let mut turn = draft.turn(by, None, None, &first.place);
        for (number, placed) in on.iter().enumerate() {
            let by = if number == 0 { by } else { party(turn.draft(), placed, voices) };
            turn.word(spoken(placed, by, redacted)?, &placed.place);
        }
    }
    Ok(())
}

fn spoken<'w>(placed: &'w Placed<'_, '_>, by: Party, redacted: bool) -> Result<Spoken<'w>, Fault> {
    let (word, place) = (placed.word, &placed.place);
    for number in [word.start, word.end] {
        if !is_whole(number) {
            return Err(seconds(number.text(), place));
        }
    }
    let hashes = redacted && word.text.contains('#') && !word.text.chars().any(char::is_alphanumeric);
    Ok(Spoken {
        text: &word.text,
        times: Some(interval(word.start, word.end, Unit::Milliseconds, place)?),
        confidence: word.confidence.map(|c| confidence(c, place)).transpose()?,
        by: Some(by),
        kind: hashes.then_some(WordKind::Redacted),
    })
}

fn is_whole(number: Decimal<'_>) -> bool {
    number.scaled(6) == number.scaled(0).and_then(|whole| whole.checked_mul(1_000_000))
}

/// The service counts in whole milliseconds; programs that write its format from elsewhere put seconds there.
fn seconds(number: &str, place: &str) -> Fault {
    let number: String = number.chars().take(40).collect();
    Fault::new(format!("a time is {number}, and this format counts whole milliseconds: it seems to be in seconds"))
        .at(place)
        .mend("multiply every `start` and `end` by 1000, or give the file as the service wrote it")
}

/// A speaker who is called as the channel is has no name of their own.
fn voice<'f>(placed: &Placed<'f, '_>) -> Voice<'f> {
    let channel = placed.channel.and_then(|channel| channel.parse().ok());
    (channel, placed.speaker.filter(|speaker| placed.channel != Some(speaker)))
}

fn party(draft: &mut Draft, placed: &Placed<'_, '_>, voices: &Voices) -> Party {
    let party = voices.party(draft, voice(placed), &placed.place);
    give_role(draft, party, placed.speaker);
    party
}
