//! Random calls: every kind of source, doubtful and unreadable words, overlaps, ties, events.

use crate::choices::Choices;
use crate::criteria::WORDS;
use grille_evidence::attribute::{AttributeValue, Attributes};
use grille_evidence::call::{
    CALL_FORMAT, Call, Event, EventKind, Role, Segment, Source, Speaker, TimeOrigin, Word, WordKind, WordOrigin,
};
use grille_evidence::event::{CarriedFields, EventField, EventFields, OwnEvent, OwnKinds, TransferKind};

/// A call.
pub fn call(choices: &mut Choices<'_>) -> Call {
    let source = source(choices);
    let roles = [Some(Role::Agent), Some(Role::Customer), Some(Role::Colleague), Some(Role::Agent), None];
    let count = 1 + choices.below(3);
    let odd = choices.chance(15);
    let speakers: Vec<Speaker> = (0..count)
        .map(|n| {
            let role = if odd { *choices.pick(&roles) } else { roles[n] };
            Speaker { id: format!("s{n}"), role }
        })
        .collect();
    let mut start = i32::try_from(choices.below(3000)).unwrap_or(0);
    let mut segments = Vec::new();
    for _ in 0..1 + choices.below(7) {
        let speaker = choices.pick(&speakers).id.clone();
        let segment = segment(choices, speaker, start, &source);
        start = match choices.below(4) {
            0 => (segment.end_ms - i32::try_from(choices.below(900)).unwrap_or(0)).max(segment.start_ms),
            1 => segment.end_ms,
            _ => segment.end_ms + i32::try_from(choices.below(4000)).unwrap_or(0),
        };
        segments.push(segment);
    }
    let events = events(choices, start, &source, &speakers);
    let own_events = own_events(choices, start, &source);
    Call {
        grille_call: CALL_FORMAT,
        id: "random".to_owned(),
        locale: None,
        source,
        speakers,
        subject: None,
        end_ms: None,
        segments,
        events,
        own_events,
        attributes: attributes(choices),
    }
}

fn source(choices: &mut Choices<'_>) -> Source {
    let words = *choices.pick(&[WordOrigin::Checked, WordOrigin::Recognised]);
    let times = *choices.pick(&[TimeOrigin::Measured, TimeOrigin::Measured, TimeOrigin::Spread, TimeOrigin::Turns]);
    let carried = EventKind::ALL.into_iter().filter(|_| choices.chance(70)).collect();
    Source {
        format: "random".to_owned(),
        words,
        confidences: words == WordOrigin::Recognised && choices.chance(70),
        times,
        overlap: choices.chance(80),
        punctuation: choices.chance(50),
        events: carried,
        fields: fields(choices),
        own_events: own_kinds(choices),
        attributes: ["file", "vip", "ouvert"].map(str::to_owned).to_vec(),
    }
}

fn segment(choices: &mut Choices<'_>, speaker: String, start_ms: i32, source: &Source) -> Segment {
    let measured = source.times == TimeOrigin::Measured;
    let mut at = start_ms;
    let mut words = Vec::new();
    for _ in 0..1 + choices.below(6) {
        let begin = at + i32::try_from(*choices.pick(&[0usize, 0, 0, 100, 600, 2500])).unwrap_or(0);
        let end = begin + i32::try_from(*choices.pick(&[1usize, 150, 300, 700])).unwrap_or(1);
        at = end;
        let kind = *choices.pick(&[WordKind::Plain; 12]);
        let kind = if choices.chance(8) { *choices.pick(&[WordKind::Unknown, WordKind::Redacted]) } else { kind };
        let rated = source.confidences && choices.chance(90);
        let timed = measured && choices.chance(95);
        words.push(Word {
            text: spoken(choices, words.last().map_or("", |word: &Word| &word.text)),
            start_ms: timed.then_some(begin),
            end_ms: timed.then_some(end),
            confidence_thousandths: rated.then(|| *choices.pick(&[0, 300, 499, 500, 900, 1000, 1000])),
            kind,
            after: if source.punctuation { (*choices.pick(&["", "", "?", "."])).to_owned() } else { String::new() },
        });
    }
    let start_ms = words.first().and_then(|w| w.start_ms).unwrap_or(start_ms);
    Segment { speaker, start_ms, end_ms: at, words }
}

/// A word: any, the one before again, one that is cut, or one that breaks off.
fn spoken(choices: &mut Choices<'_>, before: &str) -> String {
    let any = *choices.pick(WORDS);
    match choices.below(12) {
        0 | 1 if !before.is_empty() => before.to_owned(),
        4 => (*choices.pick(&["Marie", "€", "un", "cent", "d", "p", "[CARD]"])).to_owned(),
        2 => format!("{}-", any.get(..2).unwrap_or(any)),
        3 => format!("{}…", any.get(..2).unwrap_or(any)),
        _ => any.to_owned(),
    }
}

/// Some of the attributes that random criteria read, some of them not of their type.
pub fn attributes(choices: &mut Choices<'_>) -> Attributes {
    let text = |text: &str| AttributeValue::Text(text.to_owned());
    let mut known = Attributes::new();
    let values = [
        ("file", vec![text("Code"), text("attente"), text("autre")]),
        ("vip", vec![AttributeValue::Boolean(true), AttributeValue::Boolean(false), text("oui")]),
        ("délai", vec![AttributeValue::Duration { duration_ms: 1000 }, AttributeValue::Count(1)]),
        ("ouvert", vec![text("2026-01-15"), text("2026-01-14"), text("2026-02-30")]),
        ("essais", vec![AttributeValue::Count(2), AttributeValue::Count(-1)]),
        ("langue", vec![text("fr"), text("DE"), AttributeValue::Boolean(true)]),
        ("remise", vec![AttributeValue::Share { share_thousandths: 12_500 }, AttributeValue::Count(12)]),
    ];
    for (name, values) in values {
        if choices.chance(70) {
            known.insert(name.to_owned(), choices.pick(&values).clone());
        }
    }
    known
}

/// Of each kind of event, some fields.
fn fields(choices: &mut Choices<'_>) -> CarriedFields {
    let mut carried = EventField::all_carried();
    carried.values_mut().for_each(|fields| fields.retain(|_| choices.chance(70)));
    carried
}

/// The kind of events that random criteria declare, if it is carried, with some of its fields.
fn own_kinds(choices: &mut Choices<'_>) -> OwnKinds {
    let fields = ["sujet", "durée", "payé"].into_iter().filter(|_| choices.chance(70)).map(str::to_owned).collect();
    if choices.chance(70) { OwnKinds::from([("note".to_owned(), fields)]) } else { OwnKinds::new() }
}

fn own_events(choices: &mut Choices<'_>, until: i32, source: &Source) -> Vec<OwnEvent> {
    let mut events = Vec::new();
    for (kind, fields) in &source.own_events {
        for _ in 0..choices.below(3) {
            let start_ms = i32::try_from(choices.below(usize::try_from(until.max(1)).unwrap_or(1))).unwrap_or(0);
            let end_ms = choices.chance(70).then_some(start_ms + 1500);
            let said = fields.iter().filter(|_| choices.chance(70)).cloned().collect::<Vec<_>>();
            let fields = said.into_iter().map(|field| {
                let value = match field.as_str() {
                    "sujet" => AttributeValue::Text((*choices.pick(&["code", "Attente", "rien"])).to_owned()),
                    "durée" => AttributeValue::Duration { duration_ms: *choices.pick(&[500, 1000, 2000]) },
                    _ => AttributeValue::Boolean(choices.chance(50)),
                };
                (field, value)
            });
            events.push(OwnEvent { kind: kind.clone(), start_ms, end_ms, fields: fields.collect() });
        }
    }
    events
}

/// What an event says of itself: some of the fields that its source carries.
fn said(choices: &mut Choices<'_>, kind: EventKind, source: &Source, speakers: &[Speaker]) -> EventFields {
    let mut said = EventFields::default();
    for field in source.fields.get(&kind).into_iter().flatten() {
        if choices.chance(60) {
            let text = (*choices.pick(&["code", "Attente"])).to_owned();
            match field {
                EventField::By => said.by = Some(choices.pick(speakers).id.clone()),
                EventField::To => said.to = Some(text),
                EventField::Kind => said.kind = Some(*choices.pick(&TransferKind::ALL)),
                EventField::Digits => said.digits = Some((*choices.pick(&["1", "12"])).to_owned()),
                EventField::Reason => said.reason = Some(text),
            }
        }
    }
    said
}

fn events(choices: &mut Choices<'_>, until: i32, source: &Source, speakers: &[Speaker]) -> Vec<Event> {
    let mut events = Vec::new();
    for kind in &source.events {
        if choices.chance(40) {
            let start_ms = i32::try_from(choices.below(usize::try_from(until.max(1)).unwrap_or(1))).unwrap_or(0);
            let length = i32::try_from(*choices.pick(&[1usize, 500, 3000])).unwrap_or(1);
            let end_ms = choices.chance(70).then_some(start_ms + length);
            let bounds_conversation = matches!(kind, EventKind::Answered | EventKind::HungUp);
            if !bounds_conversation || choices.chance(30) {
                let fields = said(choices, *kind, source, speakers);
                events.push(Event { kind: *kind, start_ms, end_ms, fields });
            }
        }
    }
    events
}
