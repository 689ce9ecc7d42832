//! whisper.cpp (`-oj`, `-ojf`): segments with their times, and with `-ojf` the pieces of words that were recognised. Knows
//! that format only.
//!
//! The times of pieces are no measurement: the program spreads them between the few times that the model gives, by the
//! length of the text. So only those of segments are taken.

mod mending;

pub(super) use mending::bytes_of;

use super::label::Label;
use super::pieces::{Piece, is_sound, joined};
use super::{Format, Input, KnownBy, language};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Party, Spoken, Turn};
use crate::calls::notes::{self, Effect};
use crate::calls::place::{Unit, clock, confidence, time};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;
use std::borrow::Cow;

/// whisper.cpp.
pub static FORMAT: Format = Format {
    name: "whisper-cpp",
    words: "whisper.cpp JSON",
    marks: "`transcription` whose items hold `offsets` and `text`",
    known_by: KnownBy::Json(|outline| {
        outline.has(&["transcription[].offsets", "transcription[].text"])
            || outline.is_list("transcription") && outline.has(&["systeminfo"])
    }),
    read,
};

#[derive(Deserialize)]
struct File<'a> {
    params: Option<Params>,
    result: Option<Found>,
    #[serde(borrow)]
    transcription: Vec<Segment<'a>>,
}

#[derive(Deserialize)]
struct Params {
    language: Option<String>,
    translate: Option<bool>,
}

#[derive(Deserialize)]
struct Found {
    language: Option<String>,
}

#[derive(Deserialize)]
struct Segment<'a> {
    #[serde(borrow)]
    offsets: Option<Bounds<'a>>,
    #[serde(borrow)]
    timestamps: Option<Clocks<'a>>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    tokens: Option<Vec<Token<'a>>>,
    #[serde(borrow)]
    speaker: Option<Label<'a>>,
    speaker_turn_next: Option<bool>,
}

#[derive(Deserialize)]
struct Bounds<'a> {
    #[serde(borrow)]
    from: Decimal<'a>,
    #[serde(borrow)]
    to: Decimal<'a>,
}

#[derive(Deserialize)]
struct Clocks<'a> {
    #[serde(borrow)]
    from: Cow<'a, str>,
    #[serde(borrow)]
    to: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Token<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    p: Option<Decimal<'a>>,
}

/// The key with which the program begins each file, and how far from the start it is looked for.
const FIRST_KEY: &[u8] = b"\"systeminfo\"";
const HEAD: usize = 256;

/// The text of a file that the program wrote wrongly, as JSON that says the same; none if the bytes are not of it, or
/// good as they are.
pub fn mended(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let first = head.windows(FIRST_KEY.len()).any(|window| window == FIRST_KEY);
    let strict =
        || std::str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok());
    if !first || strict() {
        return None;
    }
    String::from_utf8(mending::mended(bytes)).ok()
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: File<'_> = super::json(input.text)?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    let found = file.result.as_ref().and_then(|result| result.language.as_deref()).and_then(language::tag);
    draft.locale = found.or_else(|| file.params.as_ref()?.language.as_deref().and_then(language::tag));
    if file.params.as_ref().and_then(|params| params.translate) == Some(true) {
        draft.locale = Some("en".to_owned());
        draft.notes.tell(Effect::Dropped, "the words are a translation into English: what was said is not in the file");
    }
    for (number, segment) in file.transcription.iter().enumerate() {
        read_segment(&mut draft, segment, &format!("transcription[{number}]"))?;
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

fn read_segment(draft: &mut Draft, segment: &Segment<'_>, place: &str) -> Result<(), Fault> {
    if is_sound(&segment.text) {
        draft.notes.count(&notes::SOUND, place);
        return Ok(());
    }
    let by = party(draft, segment);
    let (start, end) = bounds(segment, place)?;
    if segment.speaker_turn_next == Some(true) && segment.speaker.is_none() {
        draft.notes.count(&notes::CHANGE, place);
    }
    let mut turn = draft.turn(by, start, end, place);
    let tokens: Vec<&Token<'_>> = segment.tokens.iter().flatten().filter(|token| !is_special(&token.text)).collect();
    if tokens.is_empty() {
        let text = String::from_utf8_lossy(&bytes_of(&segment.text)).into_owned();
        turn.text(&text, None);
        return Ok(());
    }
    for (number, token) in segment.tokens.iter().flatten().enumerate() {
        token.p.map(|p| confidence(p, format_args!("{place}.tokens[{number}].p"))).transpose()?;
    }
    read_tokens(&mut turn, &tokens, place);
    Ok(())
}

fn read_tokens(turn: &mut Turn<'_>, tokens: &[&Token<'_>], place: &str) {
    let pieces = tokens.iter().map(|token| Piece { text: &token.text, times: None, probability: token.p, by: None });
    for word in joined(pieces, true) {
        let text = word.text();
        turn.word(Spoken { text: &text, confidence: word.confidence(), ..Spoken::default() }, place);
    }
}

/// Tokens that steer the model and stand for no text: `[_BEG_]`, `[_TT_550]`, `<|fr|>`.
fn is_special(text: &str) -> bool {
    text.starts_with("[_") && text.ends_with(']') || text.starts_with("<|") && text.ends_with("|>")
}

fn bounds(segment: &Segment<'_>, place: &str) -> Result<(Option<i32>, Option<i32>), Fault> {
    let times = match (&segment.offsets, &segment.timestamps) {
        (Some(bounds), _) => {
            let place = format!("{place}.offsets");
            let ms = |number| time(number, Unit::Milliseconds, &place);
            Some((ms(bounds.from)?, ms(bounds.to)?))
        }
        (None, Some(clocks)) => {
            let place = format!("{place}.timestamps");
            Some((clock(&clocks.from, &place)?, clock(&clocks.to, &place)?))
        }
        (None, None) => None,
    };
    // The program writes ends before starts now and then; such an end is none.
    Ok((
        times.map(|times| times.0),
        times.map(|times| times.1).filter(|end| times.is_some_and(|(start, _)| start <= *end)),
    ))
}

/// With `-di` the louder channel of a stereo recording, `?` if none is; older versions write `(speaker 0)`.
fn party(draft: &mut Draft, segment: &Segment<'_>) -> Party {
    let bare = |label| str::trim_end_matches(str::trim_start_matches(label, "(speaker "), ')');
    match segment.speaker.as_ref().and_then(Label::text).map(bare).filter(|speaker| *speaker != "?") {
        None => draft.nobody(),
        Some(speaker) => {
            let party = draft.party(&format!("speaker {speaker}"));
            if let Ok(channel) = speaker.parse() {
                draft.channel(party, channel);
            }
            party
        }
    }
}
