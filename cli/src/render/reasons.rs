//! Reasons in plain sentences.

use super::measured::{amount, per_cent};
use super::quote::{Quotes, clock};
use grille_evidence::trace::{HiddenWhat, HiddenZone, Operation, Reason, ReasonCode, Searched};

/// A reason as a sentence without a full stop.
pub fn sentence(reason: &Reason, of: Operation, quotes: &Quotes<'_>) -> String {
    let cited = reason.evidence.as_ref().map(|e| quotes.cite(e));
    let at = cited.as_ref().map(|c| format!(": {c}")).unwrap_or_default();
    let by = reason.by.map(|b| format!(" by {}", amount(b))).unwrap_or_default();
    match reason.code {
        ReasonCode::NeverSaid => "never said".to_owned(),
        ReasonCode::NeverHappened => "never happened".to_owned(),
        ReasonCode::Said => format!("said{at}"),
        ReasonCode::Happened => format!("happened{at}"),
        ReasonCode::NeverAnswered => format!("nobody answered in time{at}"),
        ReasonCode::Answered => format!("answered{at}"),
        ReasonCode::AnsweredOtherwise => format!("the first answer was another{at}"),
        ReasonCode::Resumed => format!("the same person went on first, too early{by}{at}"),
        ReasonCode::Late => format!("too late{by}{at}"),
        ReasonCode::Early => format!("too early{by}{at}"),
        ReasonCode::TooShort => format!("too short{by}{at}"),
        ReasonCode::TooLong => format!("too long{by}{at}"),
        ReasonCode::TooFar => format!("too far{by}{at}"),
        ReasonCode::TooFew => format!("too few{by}"),
        ReasonCode::TooMany => format!("too many{by}"),
        ReasonCode::TooMuch => format!("more than asked{by}"),
        ReasonCode::TooLittle => format!("less than asked{by}"),
        ReasonCode::NothingToMeasure => "cannot be told: nothing to measure".to_owned(),
        ReasonCode::NoTrack => "cannot be told: the call holds no track of the sound".to_owned(),
        ReasonCode::Negated => format!("does not count, a negation stands with it{at}"),
        ReasonCode::Excluded if of == Operation::ResponseGap => format!("no gap, somebody speaks in between{at}"),
        ReasonCode::Excluded => match reason.by.map(amount) {
            Some(shared) => format!("does not count, it shares {shared} with what is excepted{at}"),
            None => format!("does not count, it is excepted{at}"),
        },
        ReasonCode::SaidByAnother => format!("said by somebody else{at}"),
        ReasonCode::PartlySaid => {
            let (matched, of) = reason.matched.unwrap_or((0, 0));
            format!("nearest: {matched} of {of} words{at}")
        }
        ReasonCode::NotHeard => not_heard(reason, &at),
        ReasonCode::NotCarried if reason.evidence.as_ref().is_some_and(|e| e.words.is_some()) => {
            format!("cannot be told: {}{at}", cause(reason.code))
        }
        ReasonCode::NotCarried | ReasonCode::RolesUnknown | ReasonCode::TooManyToList => {
            format!("cannot be told: {}", cause(reason.code))
        }
        ReasonCode::TimesUnsure => format!("cannot be told: {}{at}", cause(reason.code)),
        ReasonCode::Differs => format!("it is something else{at}"),
        ReasonCode::Unfit => "cannot be told: what this call gives is not of the declared type".to_owned(),
        ReasonCode::Missing => format!("this call does not say it{at}"),
        ReasonCode::CutByEnd => {
            let left = reason.by.map(amount).unwrap_or_default();
            format!("the conversation ended {left} later, before the window did{at}")
        }
    }
}

/// What was not heard, in general; the places follow.
fn not_heard(reason: &Reason, at: &str) -> String {
    let found = reason.evidence.as_ref().is_some_and(|e| e.words.is_some());
    let what = reason.hidden.as_ref().map(|hidden| hidden.what);
    match (what, &reason.hidden) {
        (_, Some(hidden)) if hidden.unrated => {
            "cannot be told: this source does not say how sure its words are, so more may have been said".to_owned()
        }
        (Some(HiddenWhat::Exception), _) => format!("said, but words that were not heard may make it an exception{at}"),
        (Some(HiddenWhat::Negation), _) => format!("said, but words that were not heard may negate it{at}"),
        (_, Some(_)) if !found => "not found in what was heard; it may lie in what was not:".to_owned(),
        _ => format!("cannot be told: not everything was heard{at}"),
    }
}

/// Where something could hide, a line a place, with the words that nobody can be sure of.
pub fn places(reason: &Reason, quotes: &Quotes<'_>) -> Vec<String> {
    let Some(hidden) = &reason.hidden else { return Vec::new() };
    let place = |zone: &HiddenZone| {
        let mut words: Vec<String> = zone.words.iter().map(|word| quotes.unclear(word)).collect();
        words.extend((zone.more > 0).then(|| format!("{} more words", zone.more)));
        let around = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
        format!("  {}–{}{around}", clock(zone.start_ms), clock(zone.end_ms))
    };
    let mut lines: Vec<String> = hidden.zones.iter().map(place).collect();
    lines.extend((hidden.more > 0).then(|| format!("  and {} more places", hidden.more)));
    lines
}

/// Can it be why something cannot be told?
pub fn stands_in_the_way(code: ReasonCode) -> bool {
    let gaps = [ReasonCode::Missing, ReasonCode::Unfit, ReasonCode::NoTrack, ReasonCode::NothingToMeasure];
    code.is_doubt() || gaps.contains(&code)
}

/// What stands in the way of an answer, in general.
pub fn cause(code: ReasonCode) -> &'static str {
    match code {
        ReasonCode::NotHeard => "not everything was heard",
        ReasonCode::NotCarried => "this source does not record it",
        ReasonCode::RolesUnknown => "nobody knows who has which role in this call",
        ReasonCode::TooManyToList => "there are more than 65,536 of these in this call, too many to list",
        ReasonCode::TimesUnsure => "times are not measured closely enough here",
        ReasonCode::Missing => "this call does not say it",
        ReasonCode::Unfit => "what this call gives is not of the declared type",
        ReasonCode::NoTrack => "the call holds no track of the sound",
        ReasonCode::NothingToMeasure => "there is nothing to measure",
        _ => "something else",
    }
}

/// Where something was looked for.
pub fn searched(searched: &Searched) -> String {
    let whose = searched.role.map_or("", |r| r.words());
    let heard = match searched.words {
        0 => "no word".to_owned(),
        words if words == searched.heard => format!("{words} words, all heard"),
        words => format!("{words} words, {} heard ({})", searched.heard, per_cent(searched.heard, words)),
    };
    format!("looked through {whose}, {}–{}: {heard}", clock(searched.start_ms), clock(searched.end_ms))
}
