//! What every call must be before anything is derived from it. The last place where a call is refused; changes nothing.

mod beside_words;

use crate::calls::place::LATEST_MS;
use crate::fault::Fault;
use grille_evidence::call::{CALL_FORMAT, Call, Role, Segment, Source, TimeOrigin, Word};
use std::collections::BTreeSet;

/// The most speakers that a call can have.
pub const MOST_SPEAKERS: usize = 256;

/// Checks a call.
///
/// # Errors
/// The first [`Fault`] found, with the call's id as its subject and a JSON path of the call format as its place.
pub fn validate(call: &Call) -> Result<(), Fault> {
    check(call).map_err(|fault| fault.of(call.id.clone()))
}

fn check(call: &Call) -> Result<(), Fault> {
    if call.grille_call != CALL_FORMAT {
        let what = format!("the version of the call format is {}, not {CALL_FORMAT}", call.grille_call);
        return Err(Fault::new(what).at("grille_call").mend(format!("write it in version {CALL_FORMAT}")));
    }
    name(&call.id, "id")?;
    let speakers = speakers(call)?;
    subject(call)?;
    for (number, segment) in call.segments.iter().enumerate() {
        let place = format!("segments[{number}]");
        if !speakers.contains(segment.speaker.as_str()) {
            let fault = Fault::new(format!("`{}` is not among the speakers", segment.speaker));
            return Err(fault.at(format!("{place}.speaker")).mend("list every speaker in `speakers`"));
        }
        check_segment(segment, &call.source, &place)?;
    }
    beside_words::check(call, &speakers)?;
    check_end(call)
}

/// An id: something that can be printed on a line.
fn name(id: &str, place: &str) -> Result<(), Fault> {
    if id.trim().is_empty() {
        return Err(Fault::new("an id is empty").at(place).mend("give it a name"));
    }
    if id.chars().any(char::is_control) {
        let fault = Fault::new("an id holds a control character, such as a line break").at(place);
        return Err(fault.mend("write it on one line, without such characters"));
    }
    Ok(())
}

fn speakers(call: &Call) -> Result<BTreeSet<&str>, Fault> {
    if call.speakers.len() > MOST_SPEAKERS {
        let what = format!("there are {} speakers; a call can have at most {MOST_SPEAKERS}", call.speakers.len());
        return Err(Fault::new(what).at("speakers").mend("give one call a file"));
    }
    let mut ids = BTreeSet::new();
    for (number, speaker) in call.speakers.iter().enumerate() {
        let place = format!("speakers[{number}].id");
        name(&speaker.id, &place)?;
        if !ids.insert(speaker.id.as_str()) {
            let fault = Fault::new(format!("there are two speakers `{}`", speaker.id)).at(place);
            return Err(fault.mend("give each speaker an id of its own"));
        }
    }
    Ok(ids)
}

/// The subject is a speaker, and one who can be the agent. Several agents and no subject are allowed: they lose their
/// roles later.
fn subject(call: &Call) -> Result<(), Fault> {
    let Some(id) = &call.subject else { return Ok(()) };
    match call.speakers.iter().find(|speaker| speaker.id == *id) {
        None => {
            let fault = Fault::new(format!("the subject `{id}` is not among the speakers")).at("subject");
            Err(fault.mend("give the id of a speaker"))
        }
        Some(speaker) => match speaker.role {
            None | Some(Role::Agent) => Ok(()),
            Some(role) => {
                let fault = Fault::new(format!("the subject `{id}` has the role `{}`", role.words())).at("subject");
                Err(fault.mend("a call is scored for an agent: correct the subject or the role"))
            }
        },
    }
}

fn check_segment(segment: &Segment, source: &Source, place: &str) -> Result<(), Fault> {
    check_times(segment.start_ms, segment.end_ms, place)?;
    if segment.words.is_empty() {
        let fault = Fault::new("a segment holds no words").at(format!("{place}.words"));
        return Err(
            fault.mend("leave the segment out, or write a word of the kind `unknown` for what nobody understood")
        );
    }
    let mut previous = segment.start_ms;
    for (number, word) in segment.words.iter().enumerate() {
        let place = format!("{place}.words[{number}]");
        check_word(word, source, &place)?;
        if let Some((start, end)) = own_times(word, source, &place)? {
            if start < segment.start_ms || end > segment.end_ms {
                let what = format!("the word lies at {start}–{end} ms, not inside its segment");
                return Err(Fault::new(what)
                    .at(place)
                    .mend("a segment lasts from its first word to the end of its last"));
            }
            if start < previous {
                let what = format!("the word starts at {start} ms, before the word before it, at {previous} ms");
                return Err(Fault::new(what).at(place).mend("write the words in the order of their starts"));
            }
            previous = start;
        }
    }
    Ok(())
}

fn check_times(start: i32, end: i32, place: &str) -> Result<(), Fault> {
    if start < 0 || end > LATEST_MS {
        let fault = Fault::new(format!("{start}–{end} ms is not within 0 and {LATEST_MS} ms (24 hours)")).at(place);
        return Err(fault.mend("give milliseconds from the start of the recording"));
    }
    if start >= end {
        let fault = Fault::new(format!("it ends at {end} ms and starts at {start} ms")).at(place);
        return Err(fault.mend("everything lasts at least 1 ms: give an end after the start"));
    }
    Ok(())
}

fn check_word(word: &Word, source: &Source, place: &str) -> Result<(), Fault> {
    if word.text.trim().is_empty() {
        let fault = Fault::new("a word has no text").at(format!("{place}.text"));
        return Err(fault.mend("leave it out, or write `<unk>` and the kind `unknown`"));
    }
    match word.confidence_thousandths {
        Some(confidence) if confidence > 1000 => {
            let fault = Fault::new(format!("a confidence of {confidence} thousandths is more than 1000"));
            Err(fault.at(format!("{place}.confidence_thousandths")).mend("give 0 to 1000"))
        }
        Some(_) if !source.confidences => {
            let fault = Fault::new("a word has a confidence, and the source says that it carries none").at(place);
            Err(fault.mend("set `source.confidences` to true, or leave the confidence out"))
        }
        _ => Ok(()),
    }
}

/// The word's own times, if it has any: both of them, and none where the source does not measure words. In a source that
/// does, a word without times lies between its neighbours, nobody knows where.
fn own_times(word: &Word, source: &Source, place: &str) -> Result<Option<(i32, i32)>, Fault> {
    match (source.times, word.start_ms, word.end_ms) {
        (_, None, None) => Ok(None),
        (TimeOrigin::Measured, Some(start), Some(end)) => {
            check_times(start, end, place)?;
            Ok(Some((start, end)))
        }
        (TimeOrigin::Measured, _, _) => {
            let fault = Fault::new("a word has one of its times and lacks the other").at(place);
            Err(fault.mend("give both `start_ms` and `end_ms`, or neither if they are not known"))
        }
        (TimeOrigin::Spread | TimeOrigin::Turns, _, _) => {
            let fault = Fault::new("a word has a time of its own, and the source says that they are not measured");
            Err(fault.at(place).mend("leave the time out, or set `source.times` to `measured`"))
        }
    }
}

/// Nothing lies after the end of the recording.
fn check_end(call: &Call) -> Result<(), Fault> {
    let Some(end) = call.end_ms else { return Ok(()) };
    check_times(0, end, "end_ms")?;
    let events = call.events.iter().map(|event| event.end_ms.unwrap_or(event.start_ms.saturating_add(1)));
    let own = call.own_events.iter().map(|event| event.end_ms.unwrap_or(event.start_ms.saturating_add(1)));
    let latest = call.segments.iter().map(|segment| segment.end_ms).chain(events).chain(own).max().unwrap_or(0);
    if latest > end {
        let fault = Fault::new(format!("the recording ends at {end} ms, and something at {latest} ms")).at("end_ms");
        return Err(fault.mend("give the end of the recording, or leave `end_ms` out"));
    }
    Ok(())
}
