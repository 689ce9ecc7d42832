//! One call before scoring, on one screen, and many in a table. Knows nothing of files or criteria.

use super::ink;
use super::measured::per_cent;
use super::quote::{clock, given};
use super::table::{number_of, pad};
use grille_evidence::call::{Role, TimeOrigin, WordOrigin};
use grille_runtime::survey::{SpeakerSurvey, Survey};
use std::fmt::Write;

/// A screen. `file` is named in the advice.
pub fn screen(survey: &Survey, file: &str) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}   {file}", ink::strong(&survey.call));
    let mut line = |head: &str, rest: &str| {
        let _ = writeln!(text, "  {}  {rest}", pad(head, HEAD));
    };
    line("format", &format!("{} (`{}`), known by {}", survey.format_words, survey.format, survey.known_by));
    let end = if survey.end_is_known { "" } else { ", where the last word ends" };
    let locale = survey.locale.as_deref().unwrap_or("not said: taken to be that of the criteria");
    line("length", &format!("{}{end}", clock(survey.end_ms)));
    line("language", locale);
    line("words", &words(survey));
    line("confidences", &confidences(survey));
    line("times", &times(survey));
    line("overlap", if survey.overlap { "can be seen" } else { "cannot be seen" });
    line(
        "questions",
        if survey.punctuation { "closed by `?`" } else { "known by their form: there is no punctuation" },
    );
    line("events", &events(survey));
    line("attributes", &attributes(survey));
    speakers(survey, file, &mut text);
    notes(survey, &mut text);
    if !survey.lacks.is_empty() {
        let _ = writeln!(text, "\n  {}", ink::strong("what this call cannot tell"));
        for lack in &survey.lacks {
            let _ = writeln!(text, "    {}\n      {}", lack.what, ink::faint(&lack.because));
        }
    }
    text
}

/// How wide the heads of lines are.
const HEAD: usize = 11;

fn words(survey: &Survey) -> String {
    let words = &survey.words;
    let origin = match words.origin {
        WordOrigin::Checked => "checked by a person",
        WordOrigin::Recognised => "recognised by a machine",
    };
    let mut text = format!("{}, {origin}", words.all);
    if words.unknown > 0 {
        let _ = write!(text, "; {} that nobody understood", words.unknown);
    }
    if !words.redacted.is_empty() {
        let all: u32 = words.redacted.values().sum();
        let masks: Vec<String> = words.redacted.iter().map(|(mask, count)| format!("{mask} {count}")).collect();
        let _ = write!(text, "; {all} taken out ({})", masks.join(", "));
    }
    text
}

fn confidences(survey: &Survey) -> String {
    match (&survey.confidences, survey.words.origin) {
        (None, WordOrigin::Checked) => "none, and none needed: a person vouches for the words".to_owned(),
        (None, WordOrigin::Recognised) => "none: nobody knows how surely words were recognised".to_owned(),
        (Some(given), _) => {
            let share = per_cent(given.rated, given.of);
            let (median, under) = (given.median_thousandths, given.under_threshold);
            let under = format!("{under} under the threshold");
            format!("of {share} of the words; the middle one is {} %; {under}", tenths(median))
        }
    }
}

/// Thousandths as per cent.
fn tenths(thousandths: u16) -> String {
    match (thousandths / 10, thousandths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

fn times(survey: &Survey) -> String {
    let times = &survey.times;
    match times.origin {
        TimeOrigin::Measured if times.placed == 0 => "measured, each word".to_owned(),
        TimeOrigin::Measured => {
            let lie = if times.placed == 1 {
                "which lies somewhere between its"
            } else {
                "which lie somewhere between their"
            };
            format!("measured, save of {}, {lie} neighbours", count(times.placed, "word"))
        }
        TimeOrigin::Spread => "of stretches of words; a word lies somewhere in its stretch".to_owned(),
        TimeOrigin::Turns => "of turns, roughly; a word lies somewhere in its turn".to_owned(),
    }
}

fn events(survey: &Survey) -> String {
    let told = survey.events.iter().map(|(kind, count)| format!("{kind} {count}"));
    let told: Vec<String> = told.collect();
    if told.is_empty() { "none are recorded".to_owned() } else { told.join(", ") }
}

fn attributes(survey: &Survey) -> String {
    let told = survey.attributes.iter().map(|(name, value)| match value {
        None => format!("{name} not known"),
        Some(value) => format!("{name} {}", given(value)),
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "none".to_owned() } else { told.join(", ") }
}

fn speakers(survey: &Survey, file: &str, text: &mut String) {
    let _ = writeln!(text, "\n  {}", ink::strong("who speaks"));
    for speaker in &survey.speakers {
        let role = speaker.role.map_or("role not known", Role::words);
        let channel = speaker.channel.map(|channel| format!(", channel {channel}")).unwrap_or_default();
        let _ = writeln!(text, "    {}: {}{channel}, {}", speaker.id, ink::strong(role), count(speaker.words, "word"));
        if let Some(first) = speaker.first_ms.filter(|_| !speaker.first_words.is_empty()) {
            let _ = writeln!(text, "      from {}: “{}”", clock(first), speaker.first_words);
        }
    }
    let _ = writeln!(text, "    {}", ink::faint(&advice(survey, file)));
}

/// How to set roles right.
fn advice(survey: &Survey, file: &str) -> String {
    if !survey.speakers_told_apart {
        return "the file tells nobody apart: have it transcribed by channel or by speaker, to know who is the agent"
            .to_owned();
    }
    let known = |role: Role| survey.speakers.iter().any(|speaker| speaker.role == Some(role));
    if known(Role::Agent) || known(Role::Customer) {
        return "the other way round? add `--swap-roles`; another role: `--role SPEAKER=ROLE`".to_owned();
    }
    let whose = |speaker: &SpeakerSurvey| match speaker.channel {
        Some(channel) => format!("channel:{channel}"),
        None => speaker.id.clone(),
    };
    let first = survey.speakers.first().map_or_else(|| "SPEAKER".to_owned(), whose);
    let quoted = |text: &str| if text.contains([' ', '\'']) { format!("\"{text}\"") } else { text.to_owned() };
    let (role, file) = (quoted(&format!("{first}=agent")), quoted(file));
    format!("say who the agent is: `grille inspect --role {role} {file}`")
}

fn notes(survey: &Survey, text: &mut String) {
    if survey.notes.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n  {}", ink::strong("how it was read"));
    for note in &survey.notes {
        let _ = writeln!(text, "    {} {}", if note.partial { "!" } else { "·" }, note.note);
    }
}

fn count(count: u32, what: &str) -> String {
    number_of(usize::try_from(count).unwrap_or(usize::MAX), what)
}

/// One line a call.
pub fn table(surveys: &[Survey]) -> String {
    let agent = |survey: &Survey| {
        let agents: Vec<&str> =
            survey.speakers.iter().filter(|s| s.role == Some(Role::Agent)).map(|s| s.id.as_str()).collect();
        if agents.is_empty() { "?".to_owned() } else { agents.join(", ") }
    };
    let heard = |survey: &Survey| match (&survey.confidences, survey.words.origin) {
        (Some(given), _) => format!("{} %", tenths(given.median_thousandths)),
        (None, WordOrigin::Checked) => "checked".to_owned(),
        (None, WordOrigin::Recognised) => "unrated".to_owned(),
    };
    let times = |survey: &Survey| match survey.times.origin {
        TimeOrigin::Measured if survey.times.placed > 0 => format!("measured −{}", survey.times.placed),
        TimeOrigin::Measured => "measured".to_owned(),
        TimeOrigin::Spread => "spread".to_owned(),
        TimeOrigin::Turns => "turns".to_owned(),
    };
    let heads = ["call", "format", "length", "language", "agent", "words", "surely", "times"].map(str::to_owned);
    let row = |survey: &Survey| {
        [
            survey.call.clone(),
            survey.format.to_owned(),
            clock(survey.end_ms / 1000 * 1000),
            survey.locale.clone().unwrap_or_else(|| "?".to_owned()),
            agent(survey),
            survey.words.all.to_string(),
            heard(survey),
            times(survey),
        ]
    };
    let mut rows = vec![heads];
    rows.extend(surveys.iter().map(row));
    super::table::columns(&rows)
}
