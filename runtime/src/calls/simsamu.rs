//! SIMSAMU: checked monologues of simulated emergency calls. Knows that format only. The times of its terms were
//! interpolated inside the monologues, so they are not taken for measured ones.

use crate::calls::decimal::Decimal;
use crate::calls::place::{interval, untimed};
use crate::fault::Fault;
use grille_evidence::attribute::Attributes;
use grille_evidence::call::{
    CALL_FORMAT, Call, Role, Segment, Source, Speaker, TimeOrigin, Word, WordKind, WordOrigin,
};
use grille_evidence::event::CarriedFields;
use serde::Deserialize;

/// The text of a word that nobody wrote down.
const UNWRITTEN: &str = "<unk>";

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    monologues: Vec<Monologue<'a>>,
}

#[derive(Deserialize)]
struct Monologue<'a> {
    speaker: Party,
    #[serde(borrow)]
    start: Decimal<'a>,
    #[serde(borrow)]
    end: Decimal<'a>,
    terms: Vec<Term>,
}

#[derive(Deserialize)]
struct Party {
    id: String,
}

#[derive(Deserialize)]
struct Term {
    text: String,
    #[serde(rename = "type")]
    kind: String,
}

/// Reads one call.
pub fn read(bytes: &[u8], id: String) -> Result<Call, Fault> {
    let file: File<'_> = serde_json::from_slice(bytes).map_err(|error| crate::calls::json_fault(&error))?;
    let mut speakers: Vec<Speaker> = Vec::new();
    let mut segments = Vec::new();
    for (number, monologue) in file.monologues.iter().enumerate() {
        let speaker = &monologue.speaker.id;
        if speakers.iter().all(|known| known.id != *speaker) {
            speakers.push(Speaker { id: speaker.clone(), role: role(speaker) });
        }
        segments.push(segment(monologue, &format!("monologues[{number}]"))?);
    }
    Ok(Call {
        grille_call: CALL_FORMAT,
        id,
        locale: None,
        source: source(),
        speakers,
        subject: None,
        end_ms: None,
        segments,
        events: Vec::new(),
        attributes: Attributes::new(),
    })
}

fn source() -> Source {
    Source {
        format: "simsamu".to_string(),
        words: WordOrigin::Checked,
        confidences: false,
        times: TimeOrigin::Spread,
        overlap: false,
        punctuation: true,
        events: Vec::new(),
        fields: CarriedFields::new(),
        attributes: Vec::new(),
    }
}

/// The regulating doctor answers, the patient or whoever calls for them is the customer; of anyone else it is not known.
fn role(id: &str) -> Option<Role> {
    match id {
        "medecin" => Some(Role::Agent),
        "patient" => Some(Role::Customer),
        _ => None,
    }
}

/// A monologue; if nothing in it was written down, one unknown word stands for what was said.
fn segment(monologue: &Monologue<'_>, place: &str) -> Result<Segment, Fault> {
    let (start_ms, end_ms) = interval(monologue.start, monologue.end, 3, place)?;
    let mut words: Vec<Word> = Vec::new();
    for (number, term) in monologue.terms.iter().enumerate() {
        let text = term.text.trim_matches(is_blank);
        match term.kind.as_str() {
            "WORD" if text.is_empty() => {}
            "WORD" => words.push(untimed(text, WordKind::Plain)),
            "PUNCTUATION" => {
                if let Some(last) = words.last_mut() {
                    last.after.push_str(text);
                }
            }
            other => {
                let fault =
                    Fault::new(format!("a term is of the type `{other}`")).at(format!("{place}.terms[{number}]"));
                return Err(fault.mend("types that are read: `WORD`, `PUNCTUATION`"));
            }
        }
    }
    if words.is_empty() {
        words.push(untimed(UNWRITTEN, WordKind::Unknown));
    }
    Ok(Segment { speaker: monologue.speaker.id.clone(), start_ms, end_ms, words })
}

/// White space, and the characters without width that stand at the edges of words here.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}
