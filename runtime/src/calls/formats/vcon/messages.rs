//! Messages that the parties typed, as a call. Knows the vCon's own text dialogs only.

use super::FORMAT;
use super::container::{Container, Dialog};
use super::content;
use crate::calls::draft::{Draft, NOBODY};
use crate::calls::formats::Input;
use crate::calls::notes::Effect;
use crate::calls::place::{LATEST_MS, Unit, time};
use crate::calls::reading::Reading;
use crate::calls::text;
use crate::fault::Fault;
use grille_evidence::call::{TimeOrigin, WordOrigin};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use std::collections::BTreeSet;

/// The messages of a vCon; none if there are none.
///
/// # Errors
/// A [`Fault`] at a message that cannot be read: something that was written would be missing.
pub fn read(container: &Container<'_>, input: &Input<'_>) -> Result<Option<Reading>, Fault> {
    let messages = container.dialogs.iter().enumerate().filter(|(_, dialog)| dialog.is("text"));
    let messages: Vec<_> =
        messages.map(|(number, dialog)| Ok((number, dialog, starts(number, dialog)?))).collect::<Result<_, Fault>>()?;
    let Some(first) = messages.iter().map(|(_, _, start)| *start).min() else { return Ok(None) };
    let mut draft = Draft::new(WordOrigin::Checked);
    draft.untimed = TimeOrigin::Turns;
    let note = "typed messages: each lasts from its start to its end where the vCon says both, else 1 ms; how fast somebody wrote is not known";
    draft.notes.tell(Effect::Assumed, note);
    let shared = shared_names(container);
    for (number, dialog, start) in messages {
        let place = format!("dialog[{number}]");
        let since =
            i32::try_from(start.as_millisecond() - first.as_millisecond()).ok().filter(|since| *since < LATEST_MS);
        let since = since.ok_or_else(|| {
            let fault =
                Fault::new("this message comes more than 24 hours after the first").at(format!("{place}.start"));
            fault.mend("give each conversation a vCon of its own")
        })?;
        put(&mut draft, container, &shared, dialog, since, &place)?;
    }
    let id = container.uuid.as_deref().unwrap_or(input.stem);
    draft.finish(&FORMAT, id).map(Some)
}

/// Names that several parties have first: they name nobody.
fn shared_names<'c>(container: &'c Container<'_>) -> BTreeSet<&'c str> {
    let mut known = BTreeSet::new();
    let names = container.parties.iter().filter_map(|party| party.names.first());
    names.map(String::as_str).filter(|name| !known.insert(*name)).collect()
}

fn put(
    draft: &mut Draft,
    container: &Container<'_>,
    shared: &BTreeSet<&str>,
    dialog: &Dialog<'_>,
    since: i32,
    place: &str,
) -> Result<(), Fault> {
    let Some(body) = dialog.body else {
        let what = if dialog.url.is_some() {
            "this message is at a URL, which is never fetched"
        } else {
            "this message has no `body`"
        };
        return Err(Fault::new(what).at(place).mend("put its text into `body`"));
    };
    if !dialog.is_plain_text() {
        let fault = Fault::new("this message is no plain text, so its words cannot be told from its layout");
        return Err(fault.at(format!("{place}.mediatype")).mend("give it as `text/plain`"));
    }
    let text = content::of_body(body, dialog.encoding).map_err(|fault| fault.at(format!("{place}.body")))?;
    let length =
        dialog.duration().map(|length| time(length, Unit::Seconds, format_args!("{place}.duration"))).transpose()?;
    let sender = dialog.sender();
    let party = sender.and_then(|number| container.parties.get(number));
    let name = party.and_then(|party| party.names.first());
    let name = name.filter(|name| !shared.contains(name.as_str())).cloned();
    let name = name.or_else(|| sender.map(|number| format!("party {number}"))).unwrap_or_else(|| NOBODY.to_owned());
    let speaker = draft.party(&name);
    if let Some((role, label)) = party.and_then(|party| Some((party.role()?, party.role.as_deref()?))) {
        draft.role(speaker, role, label);
    }
    let end = since.saturating_add(length.unwrap_or(0)).min(LATEST_MS);
    draft.turn(speaker, Some(since), Some(end), place).text(&text, None);
    Ok(())
}

/// When a message starts: as RFC 3339 or RFC 2822 writes it; without an offset, taken as UTC.
fn starts(number: usize, dialog: &Dialog<'_>) -> Result<Timestamp, Fault> {
    let written = dialog.start().unwrap_or_default();
    let text = written.trim();
    let utc = || jiff::tz::Offset::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok();
    let start = text.parse().ok().or_else(utc).or_else(|| rfc2822::parse(text).ok().map(|at| at.timestamp()));
    start.ok_or_else(|| {
        let shown = text::shown(text, 40);
        let what = if shown.is_empty() {
            "this message has no time".to_owned()
        } else {
            format!("`{shown}` is no date and time")
        };
        Fault::new(what).at(format!("dialog[{number}].start")).mend("write it as `2026-11-25T09:30:00.000+00:00`")
    })
}
