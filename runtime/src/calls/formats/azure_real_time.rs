//! Azure Speech, results of real-time recognition and of conversation transcription, as the SDK hands them out one by one
//! and applications store them. Knows that format only.

use super::azure_phrase::{Phrase, read_phrases};
use super::rows::rows;
use super::{Format, Input, KnownBy};
use crate::calls::draft::Draft;
use crate::calls::outline::Outline;
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;

/// Azure Speech, real-time results.
pub static FORMAT: Format = Format {
    name: "azure-real-time",
    words: "Azure Speech real-time results JSON",
    marks: "`RecognitionStatus`, `Offset` and `Duration` in each of a list or row of results",
    known_by: KnownBy::Json(known),
    read,
};

fn known(outline: &Outline) -> bool {
    let result = |outline: &Outline| outline.has(&["RecognitionStatus", "Offset", "Duration"]);
    result(outline) || outline.at("[]").is_some_and(result)
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let phrases: Vec<Phrase<'_>> = rows(input.text)?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    read_phrases(&mut draft, &phrases, "")?;
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}
