//! The head of a trace: which call, what its source can tell, from where to where patterns looked, who was heard.

use super::ink;
use super::quote::clock;
use grille_evidence::call::{Source, TimeOrigin, WordOrigin};
use grille_evidence::facts::{EndBasis, StartBasis};
use grille_evidence::trace::{LexiconInForce, Trace};
use std::fmt::Write;

/// The lines above the criteria.
pub fn render(trace: &Trace, text: &mut String) {
    let conversation = trace.call.conversation;
    let from = match conversation.start_basis {
        StartBasis::Answered => "when the call was answered",
        StartBasis::FirstWord => "at the first word",
        StartBasis::Recording => "at the start of the recording",
    };
    let to = match conversation.end_basis {
        EndBasis::HungUp => "when somebody hung up",
        EndBasis::LatestEnd => "where the record ends",
    };
    let _ = writeln!(text, "{}", ink::strong(&trace.call.id));
    let _ = writeln!(text, "  source: {}", hearing(&trace.call.source));
    let _ = writeln!(text, "  it records: {}", beside_words(&trace.call.source));
    let (start, end) = (clock(conversation.start_ms), clock(conversation.end_ms));
    let _ = writeln!(text, "  conversation: {start} ({from}) to {end} ({to})");
    for lexicon in &trace.lexicons {
        let _ = writeln!(text, "  {}", in_force(lexicon));
    }
    for speaker in &trace.call.heard {
        let role = speaker.role.map_or("role unknown", |r| r.words());
        let share = (speaker.heard * 100).checked_div(speaker.words).unwrap_or(100);
        let _ = writeln!(text, "  {}: {role}, {} words, {share} % heard", speaker.speaker, speaker.words);
    }
}

/// Which entries of a lexicon were looked for.
fn in_force(lexicon: &LexiconInForce) -> String {
    let named = lexicon.variants.iter().map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(" and ");
    let which = match (lexicon.own, named.is_empty()) {
        (true, true) => "its own entries; none are for the locale of this call".to_owned(),
        (true, false) => format!("its own entries and those in {named}"),
        (false, _) => format!("only its entries in {named}"),
    };
    format!("lexicon {}: {which}", lexicon.name)
}

/// What the source can tell of words.
fn hearing(source: &Source) -> String {
    let words = match source.words {
        WordOrigin::Checked => "words checked by a person",
        WordOrigin::Recognised if source.confidences => "words recognised, with confidences",
        WordOrigin::Recognised => "words recognised, without confidences",
    };
    let times = match source.times {
        TimeOrigin::Measured => "word times measured",
        TimeOrigin::Spread => "word times spread inside segments",
        TimeOrigin::Turns => "only turns have times",
    };
    let overlap = if source.overlap { "overlap can be seen" } else { "overlap cannot be seen" };
    let questions = if source.punctuation { "questions closed by `?`" } else { "questions known by their form" };
    format!("{} · {words} · {times} · {overlap} · {questions}", source.format)
}

/// What the source can tell beside words: events with their fields, and attributes.
fn beside_words(source: &Source) -> String {
    let mut known: Vec<String> = Vec::new();
    for kind in &source.events {
        let fields = source.fields.get(kind).into_iter().flatten().map(|field| field.words());
        let fields: Vec<&str> = fields.collect();
        known.push(match fields.as_slice() {
            [] => kind.words().to_owned(),
            some => format!("{} ({})", kind.words(), some.join(", ")),
        });
    }
    for (kind, fields) in &source.own_events {
        known.push(if fields.is_empty() { kind.clone() } else { format!("{kind} ({})", fields.join(", ")) });
    }
    known.extend(source.attributes.iter().map(|name| format!("call.{name}")));
    if known.is_empty() { "no events, no attributes".to_owned() } else { known.join(", ") }
}
