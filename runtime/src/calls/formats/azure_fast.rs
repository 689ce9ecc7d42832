//! Azure Speech, fast transcription: phrases with punctuated words in milliseconds. Knows that format only.

use super::label::Label;
use super::languages::Languages;
use super::voices::{Voice, Voices};
use super::{Format, Input, KnownBy, json};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Spoken};
use crate::calls::place::{Unit, from_length, time};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;

/// Azure Speech, fast transcription.
pub static FORMAT: Format = Format {
    name: "azure-fast",
    words: "Azure Speech fast transcription JSON",
    marks: "`combinedPhrases` and `phrases`",
    known_by: KnownBy::Json(|outline| outline.is_list("combinedPhrases") && outline.is_list("phrases")),
    read,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    #[serde(borrow)]
    duration_milliseconds: Option<Decimal<'a>>,
    #[serde(borrow)]
    phrases: Vec<Phrase<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Phrase<'a> {
    channel: Option<u32>,
    #[serde(borrow)]
    speaker: Option<Label<'a>>,
    #[serde(borrow)]
    offset_milliseconds: Decimal<'a>,
    #[serde(borrow)]
    duration_milliseconds: Decimal<'a>,
    text: Option<String>,
    #[serde(borrow)]
    words: Option<Vec<Piece<'a>>>,
    locale: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Piece<'a> {
    text: String,
    #[serde(borrow)]
    offset_milliseconds: Decimal<'a>,
    #[serde(borrow)]
    duration_milliseconds: Decimal<'a>,
}

impl Phrase<'_> {
    fn voice(&self) -> Voice<'_> {
        (self.channel, self.speaker.as_ref().and_then(Label::text))
    }
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: File<'_> = json(input.text)?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.punctuation = Some(true);
    let end = file.duration_milliseconds;
    draft.end_ms = end.map(|end| time(end, Unit::Milliseconds, "durationMilliseconds")).transpose()?;
    let voices = Voices::of(file.phrases.iter().map(Phrase::voice));
    draft.overlap = voices.overlap();
    let mut languages = Languages::default();
    for (number, phrase) in file.phrases.iter().enumerate() {
        languages.add(phrase.locale.as_deref());
        read_phrase(&mut draft, phrase, &voices, &format!("phrases[{number}]"))?;
    }
    languages.settle(&mut draft);
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

fn read_phrase(draft: &mut Draft, phrase: &Phrase<'_>, voices: &Voices, place: &str) -> Result<(), Fault> {
    let milliseconds = |start, length, place: &str| from_length(start, length, Unit::Milliseconds, place);
    let (start, end) = milliseconds(phrase.offset_milliseconds, phrase.duration_milliseconds, place)?;
    let party = voices.party(draft, phrase.voice(), place);
    let mut turn = draft.turn(party, Some(start), Some(end), place);
    for (number, word) in phrase.words.iter().flatten().enumerate() {
        let place = format!("{place}.words[{number}]");
        let times = Some(milliseconds(word.offset_milliseconds, word.duration_milliseconds, &place)?);
        turn.word(Spoken { text: &word.text, times, ..Spoken::default() }, &place);
    }
    if phrase.words.as_ref().is_none_or(Vec::is_empty) {
        turn.text(phrase.text.as_deref().unwrap_or_default(), None);
    }
    Ok(())
}
