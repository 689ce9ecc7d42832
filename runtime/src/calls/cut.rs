//! A part of a call: what begins between two times. Must not know why somebody wants it.

use crate::calls::place::LATEST_MS;
use crate::fault::Fault;
use grille_evidence::call::{Call, Event, Segment, TimeOrigin, Word};
use grille_evidence::event::OwnEvent;

/// The part of a call from `from` up to `to`, in milliseconds from the start of the recording; times are kept.
///
/// A word belongs to the part in which it begins; where words have no times of their own, their segment does. So parts
/// that touch share no word and lose none. Events are clipped. The part ends at `to`, or where the recording does.
///
/// # Errors
/// A [`Fault`] where nothing of the call lies there.
pub fn cut(call: &Call, from: i32, to: i32) -> Result<Call, Fault> {
    let segments: Vec<Segment> = call.segments.iter().filter_map(|s| part_of(s, call.source.times, from, to)).collect();
    let spans = |start: i32, end: Option<i32>| clipped((start, end), (from, to));
    let events = call.events.iter().filter_map(|e| {
        let (start_ms, end_ms) = spans(e.start_ms, e.end_ms)?;
        Some(Event { start_ms, end_ms, ..e.clone() })
    });
    let own_events = call.own_events.iter().filter_map(|e| {
        let (start_ms, end_ms) = spans(e.start_ms, e.end_ms)?;
        Some(OwnEvent { start_ms, end_ms, ..e.clone() })
    });
    let (events, own_events): (Vec<Event>, Vec<OwnEvent>) = (events.collect(), own_events.collect());
    if segments.is_empty() && events.is_empty() && own_events.is_empty() {
        let what = match bounds(call) {
            Some((first, last)) => {
                format!("nothing begins in that part of it; it goes from {} to {}", clock(first), clock(last))
            }
            None => "nothing happens in it".to_owned(),
        };
        return Err(Fault::new(what).mend("write times that hold a part of the call").of(call.id.clone()));
    }
    let event_ends = ends(&events, &own_events).map(|(_, end)| end);
    let kept = segments.iter().map(|s| s.end_ms).chain(event_ends).max().unwrap_or(0);
    let end = bounds(call).map_or(to, |(_, last)| last.min(to)).max(kept).min(LATEST_MS);
    Ok(Call { segments, events, own_events, end_ms: Some(end), ..call.clone() })
}

/// The words of a segment that belong to the part; none where there is none.
fn part_of(segment: &Segment, times: TimeOrigin, from: i32, to: i32) -> Option<Segment> {
    let begins = |start: i32| (from..to).contains(&start);
    match times {
        TimeOrigin::Spread | TimeOrigin::Turns => begins(segment.start_ms).then(|| segment.clone()),
        TimeOrigin::Measured => measured_part(segment, begins),
    }
}

/// A word without times belongs where the word before it does, or where the segment begins.
fn measured_part(segment: &Segment, begins: impl Fn(i32) -> bool) -> Option<Segment> {
    let mut at = segment.start_ms;
    let mut inside = |word: &Word| {
        at = word.start_ms.unwrap_or(at);
        begins(at)
    };
    let kept: Vec<bool> = segment.words.iter().map(&mut inside).collect();
    let words: Vec<Word> = segment.words.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(w, _)| w.clone()).collect();
    let start_ms = words.first()?.start_ms.unwrap_or(segment.start_ms);
    let timed = words.iter().filter_map(|word| word.end_ms).max();
    let after = kept.iter().rposition(|kept| *kept).and_then(|last| segment.words.get(last + 1));
    let end_ms = match words.last()?.end_ms {
        Some(_) => timed?,
        None => after.and_then(|word| word.start_ms).unwrap_or(segment.end_ms).max(timed.unwrap_or(start_ms + 1)),
    };
    Some(Segment { speaker: segment.speaker.clone(), start_ms, end_ms, words })
}

/// An event's part; a point has to begin inside.
fn clipped((start, end): (i32, Option<i32>), (from, to): (i32, i32)) -> Option<(i32, Option<i32>)> {
    let Some(end) = end else { return (from..to).contains(&start).then_some((start, None)) };
    let (start, end) = (start.max(from), end.min(to));
    (start < end).then_some((start, Some(end)))
}

/// From where to where events go; a point lasts a millisecond.
fn ends<'a>(events: &'a [Event], own: &'a [OwnEvent]) -> impl Iterator<Item = (i32, i32)> + 'a {
    let known = events.iter().map(|e| (e.start_ms, e.end_ms));
    known.chain(own.iter().map(|e| (e.start_ms, e.end_ms))).map(|(s, e)| (s, e.unwrap_or(s.saturating_add(1))))
}

/// From where to where a call goes.
fn bounds(call: &Call) -> Option<(i32, i32)> {
    let events = ends(&call.events, &call.own_events);
    let all = call.segments.iter().map(|s| (s.start_ms, s.end_ms)).chain(events);
    let around = all.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    Some((around.0, call.end_ms.unwrap_or(around.1)))
}

/// `0:02`, `1:02:03.25`: a time on the call's clock.
fn clock(millis: i32) -> String {
    let (seconds, rest) = (millis.max(0) / 1000, millis.max(0) % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = if rest == 0 { String::new() } else { format!(".{rest:03}").trim_end_matches('0').to_owned() };
    if hours == 0 {
        format!("{minutes}:{seconds:02}{fraction}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}{fraction}")
    }
}
