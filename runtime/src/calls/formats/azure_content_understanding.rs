//! Azure Content Understanding, audio and video: phrases whose speakers it may name by role. Knows that format only, and
//! takes none of the service's own judgements (sentiment, summaries, topics).

use super::label::give_role;
use super::languages::Languages;
use super::voices::{Voice, Voices};
use super::{Format, Input, KnownBy, json};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Party, Spoken};
use crate::calls::notes::{Effect, Remark};
use crate::calls::outline::Outline;
use crate::calls::place::{Unit, interval, time};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;

/// Azure Content Understanding.
pub static FORMAT: Format = Format {
    name: "azure-content-understanding",
    words: "Azure Content Understanding JSON",
    marks: "`result.contents` with `transcriptPhrases`",
    known_by: KnownBy::Json(known),
    read,
};

fn known(outline: &Outline) -> bool {
    let phrases = |contents: &str| outline.has(&[&format!("{contents}[].transcriptPhrases")]);
    phrases("result.contents") || phrases("contents")
}

static OTHER_CONTENT: Remark = Remark {
    effect: Effect::Dropped,
    one: "content without `transcriptPhrases`",
    many: "contents without `transcriptPhrases`",
    done: "left out",
};

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    result: Option<Contents<'a>>,
    #[serde(borrow)]
    contents: Option<Vec<Content<'a>>>,
}

#[derive(Deserialize)]
struct Contents<'a> {
    #[serde(borrow)]
    contents: Vec<Content<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    #[serde(borrow)]
    end_time_ms: Option<Decimal<'a>>,
    #[serde(borrow)]
    transcript_phrases: Option<Vec<Phrase<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Phrase<'a> {
    speaker: Option<String>,
    #[serde(borrow)]
    start_time_ms: Decimal<'a>,
    #[serde(borrow)]
    end_time_ms: Decimal<'a>,
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
    start_time_ms: Decimal<'a>,
    #[serde(borrow)]
    end_time_ms: Decimal<'a>,
}

impl Phrase<'_> {
    fn voice(&self) -> Voice<'_> {
        (None, self.speaker.as_deref().filter(|label| !label.is_empty()))
    }
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: File<'_> = json(input.text)?;
    let (contents, list) = match (file.result, file.contents) {
        (Some(result), _) => (result.contents, "result.contents"),
        (None, contents) => (contents.unwrap_or_default(), "contents"),
    };
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.punctuation = Some(true);
    let voices = Voices::of(contents.iter().flat_map(|c| c.transcript_phrases.iter().flatten()).map(Phrase::voice));
    let mut languages = Languages::default();
    for (number, content) in contents.iter().enumerate() {
        let place = format!("{list}[{number}]");
        let Some(phrases) = &content.transcript_phrases else {
            draft.notes.count(&OTHER_CONTENT, &place);
            continue;
        };
        if let Some(end) = content.end_time_ms {
            let end = time(end, Unit::Milliseconds, format_args!("{place}.endTimeMs"))?;
            draft.end_ms = draft.end_ms.max(Some(end));
        }
        for (number, phrase) in phrases.iter().enumerate() {
            languages.add(phrase.locale.as_deref());
            read_phrase(&mut draft, phrase, &voices, &format!("{place}.transcriptPhrases[{number}]"))?;
        }
    }
    languages.settle(&mut draft);
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

fn read_phrase(draft: &mut Draft, phrase: &Phrase<'_>, voices: &Voices, place: &str) -> Result<(), Fault> {
    let (start, end) = interval(phrase.start_time_ms, phrase.end_time_ms, Unit::Milliseconds, place)?;
    let party = speaker(draft, voices, phrase, place);
    let mut turn = draft.turn(party, Some(start), Some(end), place);
    for (number, word) in phrase.words.iter().flatten().enumerate() {
        let place = format!("{place}.words[{number}]");
        let times = Some(interval(word.start_time_ms, word.end_time_ms, Unit::Milliseconds, &place)?);
        turn.word(Spoken { text: &word.text, times, ..Spoken::default() }, &place);
    }
    if phrase.words.as_ref().is_none_or(Vec::is_empty) {
        turn.text(phrase.text.as_deref().unwrap_or_default(), None);
    }
    Ok(())
}

/// Who speaks, with the role where the service's label is one.
fn speaker(draft: &mut Draft, voices: &Voices, phrase: &Phrase<'_>, place: &str) -> Party {
    let party = voices.party(draft, phrase.voice(), place);
    give_role(draft, party, phrase.speaker.as_deref());
    party
}
