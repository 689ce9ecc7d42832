//! Our own call format: read as it is written, refused where it is not. Knows that format only.

use super::{Format, Input, KnownBy};
use crate::calls::notes::Notes;
use crate::calls::reading::Reading;
use crate::calls::text;
use crate::fault::Fault;
use grille_evidence::call::{CALL_FORMAT, Call};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Our own format.
pub static FORMAT: Format = Format {
    name: "grille",
    words: "grille call JSON",
    marks: "`grille_call` at the top",
    known_by: KnownBy::Json(|outline| outline.has(&["grille_call"])),
    read,
};

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    grille_call: &'a RawValue,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let head: Head<'_> = serde_json::from_str(input.text).map_err(|error| crate::calls::json_fault(&error))?;
    let version = head.grille_call.get();
    if version != CALL_FORMAT.to_string() {
        let shown = text::shown(version, 20);
        let what = format!("it is written in version {shown} of the call format; this program reads {CALL_FORMAT}");
        return Err(Fault::new(what).at("grille_call").mend(format!("write it in version {CALL_FORMAT}")));
    }
    let call: Call = serde_json::from_str(input.text)
        .map_err(|error| crate::calls::json_fault(&error).mend("the format is described in docs/call-format.md"))?;
    Ok(vec![Reading { call, format: &FORMAT, notes: Notes::default(), channels: BTreeMap::new() }])
}
