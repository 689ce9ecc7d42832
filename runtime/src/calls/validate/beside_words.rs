//! What events and attributes must be. Changes nothing.

use super::{check_times, name};
use crate::fault::Fault;
use grille_evidence::attribute::{AttributeValue, MOST_ATTRIBUTES};
use grille_evidence::call::{Call, Event, EventKind, Source};
use grille_evidence::event::{EventField, OwnEvent};
use std::collections::BTreeSet;

/// The longest text of a field or an attribute, in characters.
const LONGEST_TEXT: usize = 1000;

pub(super) fn check(call: &Call, speakers: &BTreeSet<&str>) -> Result<(), Fault> {
    carried_fields(&call.source)?;
    for (number, event) in call.events.iter().enumerate() {
        check_event(event, &call.source, speakers, &format!("events[{number}]"))?;
    }
    own_kinds(&call.source)?;
    for (number, event) in call.own_events.iter().enumerate() {
        check_own(event, &call.source, &format!("own_events[{number}]"))?;
    }
    check_attributes(call)
}

/// Declared kinds have names that criteria can write, and not the names of those that every call can hold.
fn own_kinds(source: &Source) -> Result<(), Fault> {
    for (kind, fields) in &source.own_events {
        let place = format!("source.own_events.{kind}");
        name(kind, "source.own_events")?;
        let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        if let Some(known) = EventKind::ALL.into_iter().find(|known| plain(known.words()) == plain(kind)) {
            let what = format!("`{kind}` is the event `{}`, which every call can hold", known.words());
            return Err(Fault::new(what).at(place).mend("list it in `source.events`, and its events in `events`"));
        }
        fields.iter().try_for_each(|field| name(field, &place))?;
    }
    Ok(())
}

fn check_own(event: &OwnEvent, source: &Source, place: &str) -> Result<(), Fault> {
    check_times(event.start_ms, event.end_ms.unwrap_or(event.start_ms.saturating_add(1)), place)?;
    let kind = &event.kind;
    let Some(carried) = source.own_events.get(kind) else {
        let fault = Fault::new(format!("the event `{kind}` is not among those that the source says it carries"));
        return Err(fault.at(place).mend("list it in `source.own_events`, or correct its name"));
    };
    for (field, value) in &event.fields {
        let place = format!("{place}.fields.{field}");
        if !carried.contains(field) {
            let what = format!("the field `{field}` is not among those that the source says `{kind}` has");
            return Err(Fault::new(what).at(place).mend("list it in `source.own_events`, or correct its name"));
        }
        check_value(value, &place)?;
    }
    Ok(())
}

/// A text is one, and a duration is none that is less than nothing.
fn check_value(value: &AttributeValue, place: &str) -> Result<(), Fault> {
    match value {
        AttributeValue::Text(given) => text(given, place),
        AttributeValue::Duration { duration_ms } if *duration_ms < 0 => {
            let fault = Fault::new(format!("a duration of {duration_ms} ms is less than nothing")).at(place);
            Err(fault.mend("give a duration of at least 0 ms, or leave it out"))
        }
        _ => Ok(()),
    }
}

/// A source claims only fields that such events can have.
fn carried_fields(source: &Source) -> Result<(), Fault> {
    for (kind, fields) in &source.fields {
        if let Some(field) = fields.iter().find(|field| !EventField::of(*kind).contains(field)) {
            return Err(unfit(*kind, *field).at("source.fields"));
        }
    }
    Ok(())
}

fn unfit(kind: EventKind, field: EventField) -> Fault {
    let known: Vec<String> = EventField::of(kind).iter().map(|field| format!("`{}`", field.words())).collect();
    Fault::new(format!("the event `{}` has no field `{}`", kind.words(), field.words()))
        .mend(format!("its fields are {}", known.join(", ")))
}

fn check_event(event: &Event, source: &Source, speakers: &BTreeSet<&str>, place: &str) -> Result<(), Fault> {
    check_times(event.start_ms, event.end_ms.unwrap_or(event.start_ms.saturating_add(1)), place)?;
    let words = event.kind.words();
    if !source.events.contains(&event.kind) {
        let fault = Fault::new(format!("the event `{words}` is not among those that the source says it carries"));
        return Err(fault.at(place).mend("list it in `source.events`"));
    }
    let place = format!("{place}.fields");
    for field in event.fields.given() {
        if !EventField::of(event.kind).contains(&field) {
            return Err(unfit(event.kind, field).at(place));
        }
        if !source.fields.get(&event.kind).is_some_and(|carried| carried.contains(&field)) {
            let field = field.words();
            let what = format!("the field `{field}` is not among those that the source says `{words}` has");
            return Err(Fault::new(what).at(place).mend("list it in `source.fields`"));
        }
    }
    check_fields(event, speakers, &place)
}

fn check_fields(event: &Event, speakers: &BTreeSet<&str>, place: &str) -> Result<(), Fault> {
    let fields = &event.fields;
    if let Some(by) = fields.by.as_ref().filter(|by| !speakers.contains(by.as_str())) {
        let fault = Fault::new(format!("`{by}` is not among the speakers")).at(format!("{place}.by"));
        return Err(fault.mend("list everybody in `speakers`, those too who say nothing"));
    }
    let pressed = |digits: &String| {
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '#' | 'A'..='D'))
    };
    if fields.digits.as_ref().is_some_and(|digits| !pressed(digits)) {
        let fault = Fault::new("keys hold something that is not on a telephone").at(format!("{place}.digits"));
        return Err(fault.mend("write the keys that were pressed: `0` to `9`, `*`, `#`, `A` to `D`"));
    }
    let texts = [("to", &fields.to), ("reason", &fields.reason)];
    texts
        .into_iter()
        .try_for_each(|(field, given)| given.as_ref().map_or(Ok(()), |given| text(given, &format!("{place}.{field}"))))
}

fn check_attributes(call: &Call) -> Result<(), Fault> {
    if call.attributes.len() > MOST_ATTRIBUTES {
        let what = format!("there are {} attributes; a call can have at most {MOST_ATTRIBUTES}", call.attributes.len());
        return Err(Fault::new(what).at("attributes").mend("leave out those that no criterion reads"));
    }
    call.source.attributes.iter().try_for_each(|known| name(known, "source.attributes"))?;
    for (known, value) in &call.attributes {
        let place = format!("attributes.{known}");
        name(known, "attributes")?;
        if !call.source.attributes.contains(known) {
            let what = format!("the attribute `{known}` is not among those that the source says it carries");
            return Err(Fault::new(what).at(place).mend("list it in `source.attributes`, or correct its name"));
        }
        check_value(value, &place)?;
    }
    Ok(())
}

/// A text that says something, not too much of it, and on one line.
fn text(given: &str, place: &str) -> Result<(), Fault> {
    if given.trim().is_empty() {
        return Err(Fault::new("a text is empty").at(place).mend("leave out what is not known"));
    }
    if given.chars().count() > LONGEST_TEXT {
        let fault = Fault::new(format!("a text is longer than {LONGEST_TEXT} characters")).at(place);
        return Err(fault.mend("give a name or a reason, not a report"));
    }
    if given.chars().any(char::is_control) {
        let fault = Fault::new("a text holds a control character, such as a line break").at(place);
        return Err(fault.mend("write it on one line, without such characters"));
    }
    Ok(())
}
