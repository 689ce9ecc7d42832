//! Azure Speech, batch transcription, versions 3.0 to 2024-11-15. Knows that format only.

use super::azure_phrase::{Phrase, When, read_phrases};
use super::{Format, Input, KnownBy, json};
use crate::calls::decimal::Decimal;
use crate::calls::draft::Draft;
use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use serde::Deserialize;

/// Azure Speech, batch transcription.
pub static FORMAT: Format = Format {
    name: "azure-batch",
    words: "Azure Speech batch transcription JSON",
    marks: "`recognizedPhrases`",
    known_by: KnownBy::Json(|outline| outline.is_list("recognizedPhrases")),
    read,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    #[serde(borrow)]
    duration_milliseconds: Option<Decimal<'a>>,
    #[serde(borrow, alias = "durationTicks")]
    duration_in_ticks: Option<Decimal<'a>>,
    duration: Option<String>,
    #[serde(borrow)]
    recognized_phrases: Vec<Phrase<'a>>,
}

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let file: File<'_> = json(input.text)?;
    let mut draft = Draft::new(WordOrigin::Recognised);
    let end = When {
        ticks: (file.duration_in_ticks.map(|_| Decimal::ZERO), file.duration_in_ticks),
        milliseconds: (file.duration_milliseconds.map(|_| Decimal::ZERO), file.duration_milliseconds),
        iso: (file.duration.as_deref().map(|_| "PT0S"), file.duration.as_deref()),
    };
    draft.end_ms = end.times("the recording's duration")?.map(|(_, end)| end);
    read_phrases(&mut draft, &file.recognized_phrases, "recognizedPhrases")?;
    Ok(vec![draft.finish(&FORMAT, input.stem)?])
}
