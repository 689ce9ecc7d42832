//! The shapes in which programs write what Whisper recognised, as one. Knows their keys and nothing of calls.

use super::super::label::Label;
use crate::calls::decimal::Decimal;
use crate::calls::place::{Unit, forward, time};
use crate::fault::Fault;
use serde::de::{Error, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt::Display;

/// A file, whatever its shape.
#[derive(Debug)]
pub struct File<'a> {
    /// A tag, or a name in English.
    pub language: Option<Cow<'a, str>>,
    /// `translate` if the words are a translation.
    pub task: Option<Cow<'a, str>>,
    /// The length of the recording in seconds.
    pub duration: Option<Decimal<'a>>,
    /// All that was said, with punctuation.
    pub text: Option<Cow<'a, str>>,
    /// Words beside the segments.
    pub words: Option<Vec<Heard<'a>>>,
    /// What was said, with times.
    pub shape: Shape<'a>,
}

impl File<'_> {
    /// The speakers that it names, and none for each part that names none.
    pub fn speakers(&self) -> impl Iterator<Item = Option<&str>> {
        let (segments, words, chunks) = match &self.shape {
            Shape::Segments { list, .. } => (list.as_slice(), [].as_slice(), [].as_slice()),
            Shape::Words { list, .. } => ([].as_slice(), list.as_slice(), [].as_slice()),
            Shape::Chunks { list, .. } => ([].as_slice(), [].as_slice(), list.as_slice()),
        };
        let inside = segments.iter().flat_map(Segment::words);
        let labels = segments.iter().map(|segment| &segment.speaker);
        let labels = labels.chain(inside.chain(words).map(|word| &word.speaker));
        labels.chain(chunks.iter().map(|chunk| &chunk.speaker)).map(|label| label.as_ref().and_then(Label::text))
    }
}

/// What was said, with the name of the list that holds it.
#[derive(Debug)]
pub enum Shape<'a> {
    /// Segments.
    Segments { list: Vec<Segment<'a>>, place: &'static str },
    /// Words and no segments.
    Words { list: Vec<Heard<'a>>, place: &'static str },
    /// Stretches with a pair of times each.
    Chunks { list: Vec<Chunk<'a>>, place: &'static str },
}

#[derive(Deserialize)]
struct Top<'a> {
    #[serde(borrow)]
    language: Option<Cow<'a, str>>,
    #[serde(borrow)]
    task: Option<Cow<'a, str>>,
    #[serde(borrow)]
    duration: Option<Decimal<'a>>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow)]
    words: Option<Vec<Heard<'a>>>,
    #[serde(borrow)]
    segments: Option<Vec<Segment<'a>>>,
    #[serde(borrow)]
    chunks: Option<Vec<Chunk<'a>>>,
    /// Chunks again, parted by speaker.
    #[serde(borrow)]
    speakers: Option<Vec<Chunk<'a>>>,
}

/// A segment. Its average probability is none of its words'.
#[derive(Debug, Deserialize)]
pub struct Segment<'a> {
    /// In seconds.
    #[serde(borrow)]
    pub start: Option<Decimal<'a>>,
    /// In seconds.
    #[serde(borrow)]
    pub end: Option<Decimal<'a>>,
    /// With punctuation.
    #[serde(borrow)]
    pub text: Option<Cow<'a, str>>,
    /// Who speaks most of it.
    #[serde(borrow)]
    pub speaker: Option<Label<'a>>,
    #[serde(borrow)]
    words: Option<Vec<Heard<'a>>>,
    /// The same in the first versions of WhisperX.
    #[serde(borrow, rename = "word-level")]
    word_level: Option<Vec<Heard<'a>>>,
}

impl<'a> Segment<'a> {
    /// Its words, if they were timed.
    pub fn words(&self) -> &[Heard<'a>] {
        self.words.as_ref().or(self.word_level.as_ref()).map_or(&[], Vec::as_slice)
    }
}

/// A word, or a piece of one.
#[derive(Debug)]
pub struct Heard<'a> {
    /// With the blank before it, in most programs.
    pub text: Cow<'a, str>,
    /// In seconds.
    pub start: Option<Decimal<'a>>,
    /// In seconds.
    pub end: Option<Decimal<'a>>,
    /// How sure the recogniser was.
    pub probability: Option<Decimal<'a>>,
    /// How well the word fits the sound.
    pub score: Option<Decimal<'a>>,
    /// Who says it.
    pub speaker: Option<Label<'a>>,
    /// Only whisper.cpp's server writes it.
    pub t_dtw: Option<IgnoredAny>,
}

impl Heard<'_> {
    /// Does the program keep the blanks before words?
    pub fn begins_with_blank(&self) -> bool {
        self.text.starts_with(char::is_whitespace)
    }
}

#[derive(Deserialize)]
struct Keyed<'a> {
    #[serde(borrow)]
    word: Option<Cow<'a, str>>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow)]
    start: Option<Decimal<'a>>,
    #[serde(borrow)]
    end: Option<Decimal<'a>>,
    #[serde(borrow)]
    probability: Option<Decimal<'a>>,
    #[serde(borrow)]
    confidence: Option<Decimal<'a>>,
    #[serde(borrow)]
    score: Option<Decimal<'a>>,
    #[serde(borrow)]
    speaker: Option<Label<'a>>,
    t_dtw: Option<IgnoredAny>,
}

/// faster-whisper's words as Python writes tuples: start, end, word, probability.
#[derive(Deserialize)]
struct Listed<'a>(
    #[serde(borrow)] Option<Decimal<'a>>,
    #[serde(borrow)] Option<Decimal<'a>>,
    #[serde(borrow)] Cow<'a, str>,
    #[serde(borrow)] Option<Decimal<'a>>,
);

impl<'de: 'a, 'a> Deserialize<'de> for Heard<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'de RawValue = Deserialize::deserialize(deserializer)?;
        if raw.get().starts_with('[') {
            let Listed(start, end, text, probability) = inner::<_, D>(raw.get())?;
            return Ok(Heard { text, start, end, probability, score: None, speaker: None, t_dtw: None });
        }
        let Keyed { word, text, start, end, probability, confidence, score, speaker, t_dtw } =
            inner::<_, D>(raw.get())?;
        let text = word.or(text).ok_or_else(|| D::Error::missing_field("word"))?;
        let probability = probability.or(confidence);
        Ok(Heard { text, start, end, probability, score, speaker, t_dtw })
    }
}

/// Reads what stands inside a file; a fault is placed by the file's lines alone.
fn inner<'de, T: Deserialize<'de>, D: Deserializer<'de>>(text: &'de str) -> Result<T, D::Error> {
    serde_json::from_str(text).map_err(|error: serde_json::Error| {
        let told = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        D::Error::custom(told.strip_suffix(&place).unwrap_or(&told))
    })
}

/// A stretch with a pair of times.
#[derive(Debug, Deserialize)]
pub struct Chunk<'a> {
    /// With punctuation.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// Who speaks.
    #[serde(borrow)]
    pub speaker: Option<Label<'a>>,
    #[serde(borrow)]
    timestamp: Vec<Option<Decimal<'a>>>,
}

impl Chunk<'_> {
    /// Its start and its end in milliseconds, where they are there.
    ///
    /// # Errors
    /// A [`Fault`] if they cannot be times of a call.
    pub fn times(&self, place: impl Display) -> Result<(Option<i32>, Option<i32>), Fault> {
        let ms =
            |at: usize| self.timestamp.get(at).copied().flatten().map(|t| time(t, Unit::Seconds, &place)).transpose();
        let (start, end) = (ms(0)?, ms(1)?);
        if let Some((start, end)) = start.zip(end) {
            forward(start, end, &place)?;
        }
        Ok((start, end))
    }
}

/// A file of the family.
///
/// # Errors
/// A [`Fault`] if the JSON is broken or a value is of the wrong kind.
pub fn read(text: &str) -> Result<File<'_>, Fault> {
    if text.trim_start().starts_with('[') {
        return list(text);
    }
    let mut top: Top<'_> = super::super::json(text)?;
    let spoken = top.speakers.filter(|list| !list.is_empty());
    let shape = match (top.segments, top.chunks, spoken) {
        (_, Some(_), Some(list)) => Shape::Chunks { list, place: "speakers" },
        (Some(list), _, _) => Shape::Segments { list, place: "segments" },
        (None, Some(list), _) => Shape::Chunks { list, place: "chunks" },
        (None, None, _) => Shape::Words { list: top.words.take().unwrap_or_default(), place: "words" },
    };
    Ok(File { language: top.language, task: top.task, duration: top.duration, text: top.text, words: top.words, shape })
}

/// A list by itself: of words, of chunks, or of segments.
fn list(text: &str) -> Result<File<'_>, Fault> {
    #[derive(Deserialize)]
    struct Item {
        word: Option<IgnoredAny>,
        timestamp: Option<IgnoredAny>,
    }
    let items: Vec<Item> = super::super::json(text)?;
    let shape = if items.iter().any(|item| item.word.is_some()) {
        Shape::Words { list: super::super::json(text)?, place: "" }
    } else if items.iter().any(|item| item.timestamp.is_some()) {
        Shape::Chunks { list: super::super::json(text)?, place: "" }
    } else {
        Shape::Segments { list: super::super::json(text)?, place: "" }
    };
    Ok(File { language: None, task: None, duration: None, text: None, words: None, shape })
}
