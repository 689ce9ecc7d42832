//! vCon: a conversation with its parties, recordings, messages and what was made of them (draft-ietf-vcon-vcon-core and the
//! versions before it). Finds the transcripts inside, whichever service wrote them, and hands them to that format's importer.
//! Fetches nothing, opens no seal, and must not know what any transcript means.

mod container;
mod content;
mod messages;
mod parties;

use super::{Format, Input, KnownBy};
use crate::calls::notes::Effect;
use crate::calls::place::{Unit, time};
use crate::calls::read_inside;
use crate::calls::reading::Reading;
use crate::fault::Fault;
use container::{Analysis, Container, Dialog};
use grille_evidence::call::{Call, TimeOrigin};

/// vCon.
pub static FORMAT: Format = Format {
    name: "vcon",
    words: "vCon",
    marks: "`vcon` at the top, or `parties`, `dialog` and `analysis`",
    known_by: KnownBy::Json(|outline| {
        let open = outline.has(&["vcon"]) || outline.has(&["dialog", "analysis"]) && outline.at("parties").is_some();
        open || outline.has(&["payload", "signatures"]) || outline.has(&["ciphertext", "recipients"])
    }),
    read,
};

fn read(input: &Input<'_>) -> Result<Vec<Reading>, Fault> {
    let container = Container::read(input.text)?;
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for (place, analysis) in container.transcripts() {
        let dialog = analysis.dialog();
        match transcript(analysis, &place, input) {
            Ok(reading) => found.push(Found { dialog, place, reading }),
            Err(fault) => faults.push((dialog, fault)),
        }
    }
    if found.is_empty() {
        let none = || faults.into_iter().next().map_or_else(|| container.without_transcript(), |(_, fault)| fault);
        return Ok(vec![messages::read(&container, input)?.ok_or_else(none)?]);
    }
    let mut calls = chosen(found);
    for (dialog, fault) in faults {
        let read = calls.iter().any(|call| call.dialog == dialog);
        let effect = if read { Effect::Remarked } else { Effect::Dropped };
        if let Some(call) = calls.first_mut() {
            call.reading.notes.tell(effect, format!("one more transcript could not be read: {fault}"));
        }
    }
    let several = calls.len() > 1;
    Ok(calls.into_iter().map(|call| call.finish(several, &container, input)).collect())
}

/// A transcript that was read.
struct Found {
    /// The number of the dialog that it was made of.
    dialog: usize,
    place: String,
    reading: Reading,
}

impl Found {
    /// How much it tells: transcripts with more come first.
    fn worth(&self) -> (bool, usize, bool) {
        let Call { source, speakers, .. } = &self.reading.call;
        (source.times == TimeOrigin::Measured, speakers.len(), source.confidences)
    }

    /// The call, with what the vCon knows of it.
    fn finish(self, several: bool, container: &Container<'_>, input: &Input<'_>) -> Reading {
        let mut reading = self.reading;
        let dialog = container.dialogs.get(self.dialog);
        parties::assign(&mut reading, dialog, &container.parties);
        let id = container.uuid.as_deref().unwrap_or(input.stem);
        reading.call.id = if several { format!("{id}#{}", self.dialog) } else { id.to_owned() };
        let last = reading.call.segments.iter().map(|segment| segment.end_ms).max().unwrap_or(0);
        let length = dialog.and_then(Dialog::duration).and_then(|length| time(length, Unit::Seconds, "").ok());
        reading.call.end_ms = reading.call.end_ms.or(length.filter(|length| *length >= last));
        let messages = container.dialogs.iter().filter(|dialog| dialog.is("text")).count();
        if messages > 0 {
            let note = format!("{messages} typed messages stand beside the transcript, and were not read");
            reading.notes.tell(Effect::Dropped, note);
        }
        let of = reading.call.source.format;
        reading
            .notes
            .tell(Effect::Remarked, format!("{} is a transcript in the format {}", self.place, reading.format.words));
        reading.call.source.format = format!("{}/{of}", FORMAT.name);
        reading.format = &FORMAT;
        reading
    }
}

/// The transcript in an analysis, read by its own content.
fn transcript(analysis: &Analysis<'_>, place: &str, input: &Input<'_>) -> Result<Reading, Fault> {
    let body = content::of_analysis(analysis).map_err(|fault| fault.at(place))?;
    let inside = |fault: Fault| {
        let place =
            fault.place.as_ref().map_or_else(|| format!("{place}.body"), |inner| format!("{place}.body, {inner}"));
        fault.at(place)
    };
    content::timed(&body).map_err(inside)?;
    let read = |text: &str| {
        let format = Format::of(text)?;
        if *format == FORMAT {
            return Err(Fault::new("a vCon stands inside a vCon").mend("give the inner one as a file of its own"));
        }
        (format.read)(&Input { text, ..*input })
    };
    let mut readings = read_inside(&body, &read).map_err(inside)?;
    match (readings.pop(), readings.len()) {
        (Some(reading), 0) => Ok(reading),
        _ => Err(inside(Fault::new("it holds several calls").mend("give it as a file of its own"))),
    }
}

/// The best transcript of each dialog, in the order of the dialogs; of equals the first. The others are noted.
fn chosen(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|one| (one.dialog, std::cmp::Reverse(one.worth())));
    let mut chosen: Vec<Found> = Vec::new();
    for one in found {
        match chosen.last_mut().filter(|best| best.dialog == one.dialog) {
            Some(best) => {
                let note = format!(
                    "{} is another transcript of the same dialog that tells no more, and was not read",
                    one.place
                );
                best.reading.notes.tell(Effect::Remarked, note);
            }
            None => chosen.push(one),
        }
    }
    chosen
}
