//! The Whisper family in Python: openai-whisper, faster-whisper, WhisperX, whisper-timestamped, OpenAI's service, and what
//! transformers writes. Segments with their times, most often with words. Knows these formats only; of segments it takes
//! no `avg_logprob` for a confidence of words.

mod shapes;

use self::shapes::{Chunk, File, Heard, Segment, Shape};
use super::decorated::Decorated;
use super::label::{Label, give_role};
use super::pieces::{Piece, Whole, is_sound, joined};
use super::voices::Voices;
use super::{Format, Input, KnownBy, language, listed};
use crate::calls::draft::{Draft, Party, Spoken, Turn};
use crate::calls::notes::{self, Effect};
use crate::calls::outline::Outline;
use crate::calls::place::{Unit, confidence, time};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use std::fmt::{self, Display};

/// The Whisper family, but for whisper.cpp.
pub static FORMAT: Format = Format {
    name: "whisper",
    words: "Whisper or WhisperX JSON",
    marks: "`segments` whose items hold `start`, `end` and `text`, at the top or as a list; or `chunks` with `timestamp`",
    known_by: KnownBy::Json(is_it),
    read,
};

fn is_it(outline: &Outline) -> bool {
    let segments = |list: &str| {
        let at = |key: &str| outline.at(&format!("{list}.{key}")).is_some();
        at("start") && at("end") && (at("text") || at("word"))
    };
    let other = outline.has(&["transcript"]) || outline.has(&["status"]) || outline.has(&["audio_duration"]);
    let object = segments("segments[]") || outline.at("chunks[].timestamp").is_some() || segments("words[]");
    let empty = outline.is_list("segments") && outline.text("text").is_some() && outline.at("segments[]").is_none();
    segments("[]") || (object || empty) && !other
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file = shapes::read(input.text)?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.locale = file.language.as_deref().and_then(language::tag);
    let duration = file.duration.map(|d| time(d, Unit::Seconds, "duration"));
    draft.end_ms = duration.transpose()?.filter(|end| *end > 0);
    if file.task.as_deref() == Some("translate") {
        draft.locale = Some("en".to_owned());
        draft.notes.tell(Effect::Dropped, "the words are a translation into English: what was said is not in the file");
    }
    let voices = Voices::of(file.speakers().map(|label| (None, label)));
    match &file.shape {
        Shape::Segments { list, place } => segments(&mut draft, &file, &voices, list, place)?,
        Shape::Words { list, place } => words_alone(&mut draft, &file, &voices, list, place)?,
        Shape::Chunks { list, place } => chunks(&mut draft, &voices, list, place)?,
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

fn segments(
    draft: &mut Draft,
    file: &File<'_>,
    voices: &Voices,
    list: &[Segment<'_>],
    place: &str,
) -> Result<(), Fault> {
    let heard = || list.iter().flat_map(Segment::words);
    if heard().next().is_none()
        && let Some(words) = file.words.as_deref().filter(|words| !words.is_empty())
    {
        return words_alone(draft, file, voices, words, "words");
    }
    if heard().any(|word| word.score.is_some()) {
        let told = "the confidences say how well each word fits the sound, not how sure the recogniser was";
        draft.notes.tell(Effect::Remarked, told);
    }
    let blanks = heard().any(Heard::begins_with_blank);
    for (number, segment) in list.iter().enumerate() {
        let place = format!("{place}[{number}]");
        if segment.text.as_deref().is_some_and(is_sound) {
            draft.notes.count(&notes::SOUND, &place);
            continue;
        }
        let first = segment.words().first().and_then(|word| word.speaker.as_ref());
        let by = party(draft, segment.speaker.as_ref().or(first), voices, &place);
        let ms = |number| time(number, Unit::Seconds, &place);
        let (start, end) = (segment.start.map(ms).transpose()?, segment.end.map(ms).transpose()?);
        let mut turn = draft.turn(by, start, end, &place);
        match segment.words() {
            words @ [_, ..] => {
                listed::check(turn.draft(), segment.text.as_deref(), words.len(), &place);
                let listed = Listed { words, by: Some(by), blanks, marks: &[] };
                read_words(&mut turn, &listed, voices, &format!("{place}.words"))?;
            }
            [] => turn.text(segment.text.as_deref().unwrap_or_default(), None),
        }
    }
    Ok(())
}

/// Words in a list of their own; their punctuation stands in the text beside them, if at all.
fn words_alone(
    draft: &mut Draft,
    file: &File<'_>,
    voices: &Voices,
    words: &[Heard<'_>],
    place: &str,
) -> Result<(), Fault> {
    let blanks = words.iter().any(Heard::begins_with_blank);
    let plain: Vec<&str> = words.iter().map(|word| word.text.as_ref()).collect();
    let bare = plain.iter().all(|word| !word.contains(['.', ',', '?', '!']));
    let marks =
        file.text.as_deref().filter(|_| bare && !blanks).map(|text| Decorated::default().marks(&plain, Some(text)));
    let by = party(draft, words.first().and_then(|word| word.speaker.as_ref()), voices, place);
    let mut turn = draft.turn(by, None, None, place);
    let listed = Listed { words, by: None, blanks, marks: marks.as_deref().unwrap_or_default() };
    read_words(&mut turn, &listed, voices, place)
}

/// Words as a list holds them.
struct Listed<'l, 'a> {
    words: &'l [Heard<'a>],
    /// Who says those that name nobody, if the list is of a segment.
    by: Option<Party>,
    /// Do pieces that begin words begin with blanks?
    blanks: bool,
    /// What stands after each in the text beside them, if that has the punctuation.
    marks: &'l [&'l str],
}

/// Words of a list. One with times and no speaker is the segment's, if the list is of one; one without times goes with the
/// word before it. The server of whisper.cpp writes pieces of words with `t_dtw`, and times that it only spread.
fn read_words(turn: &mut Turn<'_>, listed: &Listed<'_, '_>, voices: &Voices, place: &str) -> Result<(), Fault> {
    let spread = listed.words.iter().any(|word| word.t_dtw.is_some());
    let mut pieces = Vec::with_capacity(listed.words.len());
    for (number, word) in listed.words.iter().enumerate() {
        let place = format_args!("{place}[{number}]");
        let times = if spread { None } else { times_of(turn, word, place)? };
        let probability = word.probability.or(word.score);
        probability.map(|p| confidence(p, place)).transpose()?;
        let by = match (&word.speaker, times, listed.by) {
            (None, None, _) => None,
            (None, Some(_), Some(by)) => Some(by),
            (speaker, _, _) => Some(party(turn.draft(), speaker.as_ref(), voices, place)),
        };
        pieces.push(Piece { text: &word.text, times, probability, by });
    }
    for whole in joined(pieces.into_iter(), listed.blanks) {
        put(turn, &whole, format_args!("{place}[{}]", whole.first));
        turn.mark(listed.marks.get(whole.last).copied().unwrap_or_default());
    }
    Ok(())
}

/// The times of a word; none if they run backwards, which programs that align words do now and then.
fn times_of(turn: &mut Turn<'_>, word: &Heard<'_>, place: fmt::Arguments<'_>) -> Result<Option<(i32, i32)>, Fault> {
    let Some((start, end)) = word.start.zip(word.end) else { return Ok(None) };
    let (start, end) = (time(start, Unit::Seconds, place)?, time(end, Unit::Seconds, place)?);
    if end < start {
        turn.draft().notes.count(&notes::BACKWARDS, place);
    }
    Ok(Some((start, end)).filter(|(start, end)| start <= end))
}

fn put(turn: &mut Turn<'_>, whole: &Whole, place: impl Display) {
    let text = whole.text();
    turn.word(
        Spoken { text: &text, times: whole.times, confidence: whole.confidence(), by: whole.by, kind: None },
        place,
    );
}

/// Stretches as transformers writes them: sentences, or words if no stretch holds two.
fn chunks(draft: &mut Draft, voices: &Voices, list: &[Chunk<'_>], place: &str) -> Result<(), Fault> {
    let words = list.iter().all(|chunk| chunk.text.split_whitespace().nth(1).is_none());
    let unknown = draft.nobody();
    if words {
        let blanks = list.iter().any(|chunk| chunk.text.starts_with(char::is_whitespace));
        let mut turn = draft.turn(unknown, None, None, place);
        let mut pieces = Vec::with_capacity(list.len());
        for (number, chunk) in list.iter().enumerate() {
            let place = format_args!("{place}[{number}]");
            let times = chunk.times(format_args!("{place}.timestamp"))?;
            let times = times.0.zip(times.1);
            let by = party(turn.draft(), chunk.speaker.as_ref(), voices, place);
            pieces.push(Piece { text: &chunk.text, times, probability: None, by: Some(by) });
        }
        for whole in joined(pieces.into_iter(), blanks) {
            put(&mut turn, &whole, format_args!("{place}[{}]", whole.first));
        }
        return Ok(());
    }
    for (number, chunk) in list.iter().enumerate() {
        let place = format!("{place}[{number}]");
        if is_sound(&chunk.text) {
            draft.notes.count(&notes::SOUND, &place);
            continue;
        }
        let (start, end) = chunk.times(format_args!("{place}.timestamp"))?;
        let by = party(draft, chunk.speaker.as_ref(), voices, &place);
        draft.turn(by, start, end, &place).text(&chunk.text, None);
    }
    Ok(())
}

fn party(draft: &mut Draft, speaker: Option<&Label<'_>>, voices: &Voices, place: impl Display) -> Party {
    let label = speaker.and_then(Label::text);
    let party = voices.party(draft, (None, label), place);
    give_role(draft, party, label);
    party
}
