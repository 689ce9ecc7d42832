//! SIMSAMU: checked monologues of simulated emergency calls. Knows that format only. The times of its terms were
//! interpolated inside the monologues, so they are not taken for measured ones.

use super::{Format, Input, KnownBy};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Spoken};
use crate::calls::place::{Unit, interval};
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::{Role, WordOrigin};
use serde::Deserialize;

/// SIMSAMU.
pub static FORMAT: Format = Format {
    name: "simsamu",
    words: "SIMSAMU JSON",
    marks: "`schemaVersion` and `monologues` at the top",
    known_by: KnownBy::Json(|outline| outline.has(&["schemaVersion"]) && outline.is_list("monologues")),
    read,
};

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

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: File<'_> = serde_json::from_str(input.text).map_err(|error| crate::calls::json_fault(&error))?;
    let mut draft = Draft::new(WordOrigin::Checked);
    draft.punctuation = Some(true);
    for (number, monologue) in file.monologues.iter().enumerate() {
        read_monologue(&mut draft, monologue, &format!("monologues[{number}]"))?;
    }
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}

/// The regulating doctor answers, the patient or whoever calls for them is the customer; of anyone else it is not known.
pub(super) fn role(speaker: &str) -> Option<Role> {
    match speaker {
        "medecin" => Some(Role::Agent),
        "patient" => Some(Role::Customer),
        _ => None,
    }
}

/// A monologue; if nothing in it was written down, one unknown word stands for what was said.
fn read_monologue(draft: &mut Draft, monologue: &Monologue<'_>, place: &str) -> Result<(), Fault> {
    let (start, end) = interval(monologue.start, monologue.end, Unit::Seconds, place)?;
    let speaker = &monologue.speaker.id;
    let party = draft.party(speaker);
    if let Some(role) = role(speaker) {
        draft.role(party, role, speaker);
    }
    let mut turn = draft.turn(party, Some(start), Some(end), place);
    for (number, term) in monologue.terms.iter().enumerate() {
        let place = format!("{place}.terms[{number}]");
        match term.kind.as_str() {
            "WORD" => turn.word(Spoken { text: &term.text, ..Spoken::default() }, place),
            "PUNCTUATION" => turn.mark(&term.text),
            other => {
                let fault = Fault::new(format!("a term is of the type `{other}`")).at(place);
                return Err(fault.mend("types that are read: `WORD`, `PUNCTUATION`"));
            }
        }
    }
    if turn.is_empty() {
        turn.unheard();
    }
    Ok(())
}
