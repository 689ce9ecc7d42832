//! Deepgram, pre-recorded: one list of timed, rated words for each channel. Knows that format only; takes the words and
//! whom each of them is given to, not the utterances, whose speaker is that of some of their words, nor what the service
//! thinks of the call (sentiment, topics, summary).

pub mod live;

use super::voices::{Voice, Voices};
use super::{Format, KnownBy, language, listed};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Spoken};
use crate::calls::place::{Unit, confidence, interval, time};
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;
use std::borrow::Cow;

/// Deepgram's answer to one recording.
pub static FORMAT: Format = Format {
    name: "deepgram",
    words: "Deepgram JSON",
    marks: "`results.channels` whose items hold `alternatives`",
    known_by: KnownBy::Json(|outline| {
        outline.is_list("results.channels[].alternatives") || outline.is_list("result.results.channels[].alternatives")
    }),
    read: |input| Ok(vec![draft(input.text)?.finish(&FORMAT, input.stem)?]),
};

/// What Deepgram recognised on one channel, by itself.
pub static ALTERNATIVE: Format = Format {
    name: "deepgram-alternative",
    words: "one alternative of Deepgram JSON",
    marks: "`transcript`, `confidence` and `words` with `word`, `start` and `end` at the top",
    known_by: KnownBy::Json(|outline| {
        outline.has(&["transcript", "confidence", "words[].word", "words[].start", "words[].end"])
    }),
    read: |input| Ok(vec![draft_of_alternative(input.text)?.finish(&ALTERNATIVE, input.stem)?]),
};

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    metadata: Option<Metadata<'a>>,
    #[serde(borrow)]
    results: Option<Results<'a>>,
    /// The answer, in what the service's JavaScript library returns.
    #[serde(borrow)]
    result: Option<Box<File<'a>>>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow)]
    duration: Option<Decimal<'a>>,
}

#[derive(Deserialize)]
struct Results<'a> {
    #[serde(borrow, default)]
    channels: Vec<Channel<'a>>,
    #[serde(borrow)]
    utterances: Option<Vec<Utterance<'a>>>,
}

#[derive(Deserialize)]
struct Channel<'a> {
    #[serde(borrow)]
    detected_language: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    alternatives: Vec<Alternative<'a>>,
}

/// What was recognised on one channel; also met by itself, inside other files.
#[derive(Deserialize)]
struct Alternative<'a> {
    #[serde(borrow)]
    transcript: Option<Cow<'a, str>>,
    #[serde(borrow)]
    words: Option<Vec<Heard<'a>>>,
    #[serde(borrow)]
    languages: Option<Vec<Cow<'a, str>>>,
}

#[derive(Deserialize)]
struct Utterance<'a> {
    #[serde(borrow)]
    channel: Option<Decimal<'a>>,
    #[serde(borrow)]
    speaker: Option<Decimal<'a>>,
    #[serde(borrow)]
    words: Option<Vec<Heard<'a>>>,
}

#[derive(Deserialize)]
struct Heard<'a> {
    #[serde(borrow)]
    word: Cow<'a, str>,
    #[serde(borrow)]
    punctuated_word: Option<Cow<'a, str>>,
    #[serde(borrow)]
    start: Decimal<'a>,
    #[serde(borrow)]
    end: Decimal<'a>,
    #[serde(borrow)]
    confidence: Option<Decimal<'a>>,
    #[serde(borrow)]
    speaker: Option<Decimal<'a>>,
}

/// What is read of the answer to one recording.
fn draft(text: &str) -> Result<Draft, Fault> {
    let mut file: File<'_> = super::json(text)?;
    if let (None, Some(inside)) = (&file.results, file.result.take()) {
        file = *inside;
    }
    let mut draft = Draft::new(WordOrigin::Recognised);
    let duration = file.metadata.and_then(|metadata| metadata.duration);
    draft.end_ms = duration.map(|d| time(d, Unit::Seconds, "metadata.duration")).transpose()?.filter(|end| *end > 0);
    let Some(results) = file.results else {
        let fault = Fault::new("there are no `results` in it").at("results");
        return Err(fault.mend("give the answer that carries the transcript, not the one that says it will come"));
    };
    // A channel on which nobody speaks is a channel, too.
    let words = (0..).zip(&results.channels).flat_map(|(number, channel)| {
        let words = best(channel).and_then(|best| best.words.as_ref()).into_iter().flatten();
        std::iter::once((Some(number), None)).chain(words.map(move |word| (Some(number), word.label())))
    });
    let voices = Voices::of(words);
    draft.overlap = results.channels.len() > 1;
    let wordless = results.channels.iter().all(|channel| best(channel).is_none_or(Alternative::is_wordless));
    if wordless && let Some(utterances) = &results.utterances {
        read_utterances(&mut draft, utterances)?;
        return Ok(draft);
    }
    for (number, channel) in results.channels.iter().enumerate() {
        let Some(alternative) = best(channel) else { continue };
        let spoken = channel.detected_language.as_deref().or_else(|| only(alternative.languages.as_deref()?));
        if draft.locale.is_none() {
            draft.locale = spoken.and_then(language::tag);
        }
        let place = format!("results.channels[{number}].alternatives[0]");
        read_alternative(&mut draft, alternative, &voices, u32::try_from(number).ok(), &place)?;
    }
    Ok(draft)
}

/// What is read of one alternative that stands by itself.
fn draft_of_alternative(text: &str) -> Result<Draft, Fault> {
    let alternative: Alternative<'_> = super::json(text)?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.locale = alternative.languages.as_deref().and_then(only).and_then(language::tag);
    let voices = Voices::of(alternative.words.iter().flatten().map(|word| (None, word.label())));
    read_alternative(&mut draft, &alternative, &voices, None, "the transcript")?;
    Ok(draft)
}

/// The first alternative is the best; it is the only one that is read.
fn best<'c, 'a>(channel: &'c Channel<'a>) -> Option<&'c Alternative<'a>> {
    channel.alternatives.first()
}

impl Heard<'_> {
    /// The number of the voice that says it.
    fn label(&self) -> Option<&str> {
        self.speaker.map(Decimal::text)
    }
}

impl Alternative<'_> {
    fn is_wordless(&self) -> bool {
        self.words.as_ref().is_none_or(Vec::is_empty)
    }
}

/// The language, if there is one and no other.
fn only<'l>(languages: &'l [Cow<'_, str>]) -> Option<&'l str> {
    languages.first().filter(|_| languages.len() == 1).map(AsRef::as_ref)
}

fn read_alternative(
    draft: &mut Draft,
    heard: &Alternative<'_>,
    voices: &Voices,
    channel: Option<u32>,
    place: &str,
) -> Result<(), Fault> {
    if heard.is_wordless() {
        let said = heard.transcript.as_ref().is_some_and(|text| text.chars().any(char::is_alphanumeric));
        let what = "there is a `transcript` and no `words`: nothing says when its words were said";
        let fault = || Fault::new(what).at(place).mend("give the answer as the service sent it, with its words");
        return if said { Err(fault()) } else { Ok(()) };
    }
    listed::check(draft, heard.transcript.as_deref(), heard.words.as_ref().map_or(0, Vec::len), place);
    read_words(draft, placed(heard.words.as_ref(), format!("{place}.words")), voices, (channel, None))
}

/// Utterances are read only where channels hold no words.
fn read_utterances(draft: &mut Draft, utterances: &[Utterance<'_>]) -> Result<(), Fault> {
    let channel = |one: &Utterance<'_>| one.channel.and_then(|number| u32::try_from(number.scaled(0)?).ok());
    let words = utterances.iter().flat_map(|one| {
        let speaker = one.speaker.map(Decimal::text);
        one.words.iter().flatten().map(move |word| (channel(one), word.label().or(speaker)))
    });
    let voices = Voices::of(words);
    draft.overlap = voices.overlap();
    for (number, one) in utterances.iter().enumerate() {
        let words = placed(one.words.as_ref(), format!("results.utterances[{number}].words"));
        read_words(draft, words, &voices, (channel(one), one.speaker.map(Decimal::text)))?;
    }
    Ok(())
}

/// The words of one stretch, each with its place, on one channel; `speaker` says those that do not name theirs.
fn read_words<'w>(
    draft: &mut Draft,
    words: impl Iterator<Item = (String, &'w Heard<'w>)>,
    voices: &Voices,
    (channel, speaker): Voice<'_>,
) -> Result<(), Fault> {
    let mut words = words.peekable();
    let Some((place, first)) = words.peek() else { return Ok(()) };
    let first = voices.party(draft, (channel, first.label().or(speaker)), place);
    let mut turn = draft.turn(first, None, None, place);
    for (number, (place, word)) in words.enumerate() {
        if word.punctuated_word.is_some() {
            turn.draft().punctuation = Some(true);
        }
        let by = match number {
            0 => first,
            _ => voices.party(turn.draft(), (channel, word.label().or(speaker)), &place),
        };
        let spoken = Spoken {
            text: word.punctuated_word.as_ref().unwrap_or(&word.word),
            times: Some(interval(word.start, word.end, Unit::Seconds, &place)?),
            confidence: word.confidence.map(|c| confidence(c, &place)).transpose()?,
            by: Some(by),
            kind: None,
        };
        turn.word(spoken, &place);
    }
    Ok(())
}

/// Words with their places in a list.
fn placed<'w>(words: Option<&'w Vec<Heard<'w>>>, place: String) -> impl Iterator<Item = (String, &'w Heard<'w>)> {
    words.into_iter().flatten().enumerate().map(move |(number, word)| (format!("{place}[{number}]"), word))
}
