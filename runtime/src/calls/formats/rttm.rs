//! RTTM (NIST, Rich Transcription Time Marked): who speaks when, without a word of what is said. Knows that format only.
//!
//! Fields: kind of line, recording, channel, start and length in seconds, text, kind, speaker, confidence, and in newer files
//! one more; `<NA>` for what is not known, `;;` before comments. Each `SPEAKER` line is a turn that holds one unknown word.

use super::{Format, Input, KnownBy, role_words, simsamu};
use crate::calls::decimal::Decimal;
use crate::calls::draft::Draft;
use crate::calls::notes::{Effect, Notes, Remark};
use crate::calls::place::{Unit, from_length};
use crate::calls::reading::Reading;
use crate::calls::text;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use std::collections::BTreeMap;

/// RTTM.
pub static FORMAT: Format = Format {
    name: "rttm",
    words: "RTTM",
    marks: "lines that begin with `SPEAKER` and have nine or ten fields",
    known_by: KnownBy::Text(begins),
    read,
};

/// What a line can be, besides `SPEAKER`.
const KINDS: [&str; 14] = [
    "SEGMENT",
    "NOSCORE",
    "NO_RT_METADATA",
    "LEXEME",
    "NON-LEX",
    "NON-SPEECH",
    "FILLER",
    "EDIT",
    "IP",
    "SU",
    "CB",
    "A/P",
    "SPKR-INFO",
    "NOTE",
];
/// What stands for something that is not known.
const UNKNOWN: &str = "<NA>";
/// Lines that are no turns.
static OTHER: Remark = Remark {
    effect: Effect::Dropped,
    one: "line that is no turn of a speaker",
    many: "lines that are no turns of speakers",
    done: "left out",
};

/// What a line that begins with `SPEAKER` tells.
struct Turn<'a> {
    recording: &'a str,
    speaker: &'a str,
    times: (i32, i32),
}

fn begins(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with(";;"));
    first.is_some_and(|line| {
        let mut fields = line.split_whitespace();
        let kind = fields.next().is_some_and(|kind| kind == "SPEAKER" || KINDS.contains(&kind));
        kind && (7..=9).contains(&fields.count())
    })
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let mut calls: Vec<(&str, Draft)> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut others = Notes::default();
    for (line, number) in input.text.lines().zip(1u32..) {
        let place = format!("line {number}");
        match line.split_whitespace().next() {
            None => {}
            Some(first) if first.starts_with(";;") => {}
            Some("SPEAKER") => {
                let turn = turn(line, &place)?;
                let at = *known.entry(turn.recording).or_insert_with(|| {
                    calls.push((turn.recording, Draft::new(WordOrigin::Recognised)));
                    calls.len() - 1
                });
                if let Some((_, draft)) = calls.get_mut(at) {
                    put(&turn, draft, &place);
                }
            }
            Some(kind) if KINDS.contains(&kind) => others.count(&OTHER, place),
            Some(_) => {
                let fault = Fault::new(format!("`{}` is no line of this format", shown(line))).at(place);
                return Err(fault.mend("each line begins with `SPEAKER`, or with `;;` if it is a comment"));
            }
        }
    }
    finish(calls, &others, input)
}

fn put(turn: &Turn<'_>, draft: &mut Draft, place: &str) {
    draft.overlap = true;
    draft.punctuation = Some(false);
    let party = if turn.speaker == UNKNOWN { draft.nobody() } else { draft.party(turn.speaker) };
    let of_simsamu = || simsamu::role(turn.speaker).filter(|_| turn.recording == UNKNOWN);
    if let Some(role) = of_simsamu().or_else(|| role_words::role(turn.speaker)) {
        draft.role(party, role, turn.speaker);
    }
    draft.turn(party, Some(turn.times.0), Some(turn.times.1), place).unheard();
}

/// A call for each recording: by the file's name if it is the only one, else by its own.
fn finish(calls: Vec<(&str, Draft)>, others: &Notes, input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    if calls.is_empty() {
        let fault = Fault::new("there is no turn in it");
        return Err(fault.mend("a turn is a line such as `SPEAKER call 1 12.50 3.20 <NA> <NA> agent <NA> <NA>`"));
    }
    let only = calls.len() == 1;
    let finished = calls.into_iter().map(|(recording, mut draft)| {
        draft.notes.tell(Effect::Remarked, "it tells who speaks when, and no word of what is said");
        others.iter().for_each(|note| draft.notes.tell(note.effect, note.to_string()));
        let nameless = recording == UNKNOWN;
        let id = match (only, nameless) {
            (true, _) => input.stem.to_owned(),
            (false, true) => format!("{}-unnamed", input.stem),
            (false, false) => recording.to_owned(),
        };
        draft.finish(&FORMAT, id)
    });
    finished.collect()
}

fn turn<'a>(line: &'a str, place: &str) -> Result<Turn<'a>, Fault> {
    let fields: Vec<&str> = line.split_whitespace().take(11).collect();
    let [_, recording, _, start, length, _, _, speaker, ..] = *fields.as_slice() else {
        let fault = Fault::new(format!("a turn has {} fields", fields.len())).at(place);
        return Err(fault.mend("it has nine or ten: `SPEAKER call 1 12.50 3.20 <NA> <NA> agent <NA> <NA>`"));
    };
    let times = from_length(seconds(start, place)?, seconds(length, place)?, Unit::Seconds, place)?;
    Ok(Turn { recording, speaker, times })
}

fn seconds<'a>(field: &'a str, place: &str) -> Result<Decimal<'a>, Fault> {
    Decimal::parse(field).ok_or_else(|| {
        let fault = Fault::new(format!("`{}` is no number of seconds", shown(field))).at(place);
        fault.mend("the fourth and fifth fields are start and length in seconds, such as `12.50 3.20`")
    })
}

/// A text that may hold anything, fit for a message.
fn shown(text: &str) -> String {
    text::shown(text.trim(), 40)
}
