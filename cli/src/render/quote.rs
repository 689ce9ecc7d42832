//! Words and times of a call, joined to evidence. The only place where a trace and the words of a call meet.

use super::measured::per_cent;
use grille_evidence::attribute::{AttributeValue, Attributes};
use grille_evidence::call::{Call, Event, Word, WordKind};
use grille_evidence::event::OwnEvent;
use grille_evidence::trace::{Amount, AmountUnit, AttributeSeen, Evidence, Observed, UnclearWord};

/// A call, its words findable by number.
pub struct Quotes<'a> {
    words: Vec<(&'a str, &'a Word)>,
    roles: Vec<(&'a str, Option<&'static str>)>,
    events: &'a [Event],
    own_events: &'a [OwnEvent],
    attributes: &'a Attributes,
}

/// As many words are quoted at most.
const MOST_QUOTED: usize = 14;

impl<'a> Quotes<'a> {
    /// Of a call.
    pub fn new(call: &'a Call) -> Self {
        let words = call.segments.iter().flat_map(|s| s.words.iter().map(|w| (s.speaker.as_str(), w)));
        let roles = call.speakers.iter().map(|s| (s.id.as_str(), s.role.map(|r| r.words())));
        Quotes {
            words: words.collect(),
            roles: roles.collect(),
            events: &call.events,
            own_events: &call.own_events,
            attributes: &call.attributes,
        }
    }

    /// `“bonjour madame” agent 0:02–0:03.5 (words 0–1)`.
    pub fn cite(&self, evidence: &Evidence) -> String {
        let mut text = String::new();
        if let (Some((first, last)), Some(speaker)) = (evidence.words, &evidence.speaker) {
            text.push_str(&format!("“{}” ", self.between(speaker, first, last)));
        }
        if let Some(speaker) = &evidence.speaker {
            text.push_str(&self.speaker(speaker));
            text.push(' ');
        }
        text.push_str(&format!("{}–{}", clock(evidence.start_ms), clock(evidence.end_ms)));
        match evidence.words {
            Some((first, last)) if first == last => text.push_str(&format!(" (word {first})")),
            Some((first, last)) => text.push_str(&format!(" (words {first}–{last})")),
            None => {}
        }
        let number = evidence.event.map(|number| number as usize);
        if let Some(event) = number.and_then(|number| self.events.get(number)) {
            text = format!("{} {text}{}", event.kind.words(), self.says(event));
        } else if let Some(event) = number.and_then(|n| self.own_events.get(n.checked_sub(self.events.len())?)) {
            let said = event.fields.iter().map(|(name, value)| format!(", {name} {}", given(value)));
            text = format!("{} {text}{}", event.kind, said.collect::<String>());
        }
        if !evidence.sure {
            text.push_str(", not sure");
        }
        text
    }

    /// A word that nobody can be sure of: `“bonjour” agent 0:02–0:03 (word 4, confidence 31 %)`.
    pub fn unclear(&self, unclear: &UnclearWord) -> String {
        let text = self.words.get(unclear.word as usize).map_or("", |(_, word)| word.text.as_str());
        let why = match (unclear.kind, unclear.confidence) {
            (WordKind::Unknown, _) => "unreadable".to_owned(),
            (WordKind::Redacted, _) => "taken out".to_owned(),
            (WordKind::Plain, Some(confidence)) => format!("confidence {}", per_cent(confidence, 1000)),
            (WordKind::Plain, None) => "without confidence".to_owned(),
        };
        let (from, to) = (clock(unclear.start_ms), clock(unclear.end_ms));
        format!("“{text}” {} {from}–{to} (word {}, {why})", self.speaker(&unclear.speaker), unclear.word)
    }

    /// What the call has for an attribute; a text is joined from the call.
    pub fn attribute(&self, observed: &Observed) -> Option<String> {
        let Observed::Attribute { name, value } = observed else { return None };
        let shown = match (value.as_ref()?, self.attributes.get(name)) {
            (AttributeSeen::Boolean(value), _) => value.to_string(),
            (AttributeSeen::Amount(value), _) => super::measured::amount(*value),
            (AttributeSeen::Date(date), _) => date.clone(),
            (AttributeSeen::OneOf(value), _) => value.clone(),
            (AttributeSeen::Text, Some(AttributeValue::Text(text))) => format!("“{text}”"),
            (AttributeSeen::Text, _) => "a text".to_owned(),
        };
        Some(format!("call.{name} is {shown}"))
    }

    /// What an event says of itself; of keys only how many they are.
    fn says(&self, event: &Event) -> String {
        let fields = &event.fields;
        let mut said: Vec<String> = Vec::new();
        said.extend(fields.by.as_ref().map(|by| format!("by {}", self.speaker(by))));
        said.extend(fields.to.as_ref().map(|to| format!("to “{to}”")));
        said.extend(fields.kind.map(|kind| kind.words().to_owned()));
        said.extend(fields.digits.as_ref().map(|digits| match digits.chars().count() {
            1 => "1 key, not shown".to_owned(),
            count => format!("{count} keys, not shown"),
        }));
        said.extend(fields.reason.as_ref().map(|reason| format!("reason “{reason}”")));
        said.iter().map(|one| format!(", {one}")).collect()
    }

    fn between(&self, speaker: &str, first: u32, last: u32) -> String {
        let range = self.words.get(first as usize..=(last as usize)).unwrap_or_default();
        let own: Vec<&str> = range.iter().filter(|(s, _)| *s == speaker).map(|(_, w)| w.text.as_str()).collect();
        match own.get(..MOST_QUOTED) {
            Some(beginning) if own.len() > MOST_QUOTED => format!("{} …", beginning.join(" ")),
            _ => own.join(" "),
        }
    }

    fn speaker(&self, id: &str) -> String {
        match self.roles.iter().find(|(known, _)| *known == id).and_then(|(_, role)| *role) {
            Some(role) if role == id => role.to_owned(),
            Some(role) => format!("{role} ({id})"),
            None => id.to_owned(),
        }
    }
}

/// A value as a call gives it.
pub fn given(value: &AttributeValue) -> String {
    match value {
        AttributeValue::Boolean(value) => value.to_string(),
        AttributeValue::Count(count) => count.to_string(),
        AttributeValue::Text(text) => format!("“{text}”"),
        AttributeValue::Duration { duration_ms } => duration(*duration_ms),
        AttributeValue::Share { share_thousandths } => {
            super::measured::amount(Amount { value: *share_thousandths, unit: AmountUnit::MilliPercent })
        }
    }
}

/// `0:02`, `0:03.5`, `1:02:03.25`: a time on the call's clock.
pub fn clock(millis: i32) -> String {
    let (sign, millis) = if millis < 0 { ("-", millis.unsigned_abs()) } else { ("", millis.unsigned_abs()) };
    let (seconds, rest) = (millis / 1000, millis % 1000);
    let (minutes, second) = (seconds / 60, seconds % 60);
    let (hours, minute) = (minutes / 60, minutes % 60);
    let head = if hours > 0 { format!("{hours}:{minute:02}:{second:02}") } else { format!("{minute}:{second:02}") };
    format!("{sign}{head}{}", fraction(u64::from(rest)))
}

/// `10 s`, `1.4 s`, `250 ms`.
pub fn duration(millis: i64) -> String {
    let size = millis.unsigned_abs();
    let sign = if millis < 0 { "-" } else { "" };
    if size < 1000 {
        return format!("{sign}{size} ms");
    }
    format!("{sign}{}{} s", size / 1000, fraction(size % 1000))
}

fn fraction(thousandths: u64) -> String {
    if thousandths == 0 {
        return String::new();
    }
    format!(".{thousandths:03}").trim_end_matches('0').to_owned()
}
