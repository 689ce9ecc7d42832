//! IBM Watson Speech to Text: results with words as lists, and speakers beside them, of one answer or of a finished job.
//! Knows that format only.

use super::voices::Voices;
use super::{Format, Input, KnownBy};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Party, Spoken};
use crate::calls::notes::{self, Effect, Remark};
use crate::calls::outline::Outline;
use crate::calls::place::{Unit, confidence, interval, time};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::{WordKind, WordOrigin};
use serde::Deserialize;
use std::collections::HashMap;

/// IBM Watson Speech to Text.
pub static FORMAT: Format = Format {
    name: "ibm-watson",
    words: "IBM Watson Speech to Text JSON",
    marks: "`results` with `final` and `alternatives`",
    known_by: KnownBy::Json(known),
    read,
};

fn known(outline: &Outline) -> bool {
    let answer = |results: &str| {
        outline.has(&[&format!("{results}[].alternatives[].transcript"), &format!("{results}[].final")])
    };
    answer("results") || answer("results[].results") || answer("[].results")
}

static INTERIM: Remark = Remark {
    effect: Effect::Remarked,
    one: "result that is not final",
    many: "results that are not final",
    done: "left out",
};

/// What the service writes where somebody hesitates.
const HESITATION: &str = "%HESITATION";

/// An answer, or a job that holds answers under `results`.
#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow, default)]
    results: Vec<Stretch<'a>>,
    #[serde(borrow, default)]
    speaker_labels: Vec<Labelled<'a>>,
}

/// A result; in a job, an answer.
#[derive(Deserialize)]
struct Stretch<'a> {
    #[serde(rename = "final")]
    is_final: Option<bool>,
    #[serde(borrow, default)]
    alternatives: Vec<Guess<'a>>,
    #[serde(borrow, default)]
    results: Vec<Stretch<'a>>,
    #[serde(borrow, default)]
    speaker_labels: Vec<Labelled<'a>>,
}

#[derive(Deserialize)]
struct Guess<'a> {
    transcript: Option<String>,
    /// The word, its start, its end.
    #[serde(borrow, default)]
    timestamps: Vec<(String, Decimal<'a>, Decimal<'a>)>,
    #[serde(borrow, default)]
    word_confidence: Vec<(String, Decimal<'a>)>,
}

#[derive(Deserialize)]
struct Labelled<'a> {
    #[serde(borrow)]
    from: Decimal<'a>,
    speaker: u32,
}

/// Speakers by the start of each word, in milliseconds.
type Labels = HashMap<i32, String>;

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let answers: Vec<Answer<'_>> = super::rows::rows(input.text)?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.punctuation = Some(false);
    for (number, answer) in answers.iter().enumerate() {
        let place = if answers.len() == 1 { String::new() } else { format!("[{number}].") };
        let labels = labels(&answer.speaker_labels, &place)?;
        read_results(&mut draft, &answer.results, &labels, &place)?;
        for (number, inner) in answer.results.iter().enumerate().filter(|(_, inner)| !inner.results.is_empty()) {
            let place = format!("{place}results[{number}].");
            let own = self::labels(&inner.speaker_labels, &place)?;
            let labels = if own.is_empty() { &labels } else { &own };
            read_results(&mut draft, &inner.results, labels, &place)?;
        }
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

fn labels(labelled: &[Labelled<'_>], place: &str) -> Result<Labels, Fault> {
    let read = |(number, label): (usize, &Labelled<'_>)| {
        let from = time(label.from, Unit::Seconds, format_args!("{place}speaker_labels[{number}]"))?;
        Ok((from, label.speaker.to_string()))
    };
    labelled.iter().enumerate().map(read).collect()
}

fn read_results(draft: &mut Draft, results: &[Stretch<'_>], labels: &Labels, place: &str) -> Result<(), Fault> {
    let voices = Voices::of(labels.values().map(|label| (None, Some(label.as_str()))));
    for (number, result) in results.iter().enumerate() {
        let place = format!("{place}results[{number}]");
        if result.is_final == Some(false) {
            draft.notes.count(&INTERIM, &place);
        } else if let Some(best) = result.alternatives.first() {
            read_guess(draft, best, labels, &voices, &format!("{place}.alternatives[0]"))?;
        }
    }
    Ok(())
}

fn read_guess(draft: &mut Draft, best: &Guess<'_>, labels: &Labels, voices: &Voices, place: &str) -> Result<(), Fault> {
    let starts = best.timestamps.iter().enumerate().map(|(number, (_, from, to))| {
        interval(*from, *to, Unit::Seconds, format_args!("{place}.timestamps[{number}]"))
    });
    let times: Vec<(i32, i32)> = starts.collect::<Result<_, Fault>>()?;
    let label = |start: &i32| labels.get(start).map(String::as_str);
    let by: Vec<Party> = times.iter().map(|(start, _)| voices.party(draft, (None, label(start)), place)).collect();
    let Some(first) = by.first().copied() else { return untimed(best, place) };
    let mut turn = draft.turn(first, None, None, place);
    for (number, (((text, _, _), times), by)) in best.timestamps.iter().zip(times).zip(by).enumerate() {
        let place = format_args!("{place}.timestamps[{number}]");
        if text == HESITATION {
            turn.draft().notes.count(&notes::SOUND, place);
            continue;
        }
        let rated = best.word_confidence.get(number).filter(|(word, _)| word == text);
        let confidence = rated.map(|(_, number)| confidence(*number, place)).transpose()?;
        let kind = is_masked(text).then_some(WordKind::Redacted);
        turn.word(Spoken { text, times: Some(times), confidence, by: Some(by), kind }, place);
    }
    Ok(())
}

/// The service's redaction writes `X` for each digit, and leaves numbers of fewer than three digits.
fn is_masked(text: &str) -> bool {
    text.len() > 2 && text.bytes().all(|byte| byte == b'X')
}

fn untimed(best: &Guess<'_>, place: &str) -> Result<(), Fault> {
    if best.transcript.as_deref().unwrap_or_default().trim().is_empty() {
        return Ok(());
    }
    let fault = Fault::new("there is a transcript, and nothing says when its words were said").at(place);
    Err(fault.mend("ask the service for `timestamps`, or for `speaker_labels`, which brings them"))
}
