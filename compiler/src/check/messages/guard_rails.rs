//! What is said where a criterion asks for what it may not: each with its legal ground. Knows nothing of how that was found.

use grille_grammar::diagnostic::{Code, Diagnostic};
use grille_grammar::source::Span;

/// Emotion, mood, personality or intention.
#[must_use]
pub fn trait_word(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0701,
        format!("`{word}` speaks of an emotion, a mood, a personality or an intention"),
        span,
        "cannot be observed",
    )
    .help("say what can be heard: words, times, levels; systems that infer emotions of people at work are forbidden (EU AI Act, Regulation 2024/1689, art. 5(1)(f))")
}

/// Emotion, mood, personality or intention drawn from the agent's voice.
#[must_use]
pub fn trait_from_voice(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0702,
        format!("`{word}` is to be read from how the agent's voice sounds"),
        span,
        "forbidden at work, under any name",
    )
    .help("inferring emotions or intentions of people at work from their voice is forbidden (EU AI Act, Regulation 2024/1689, art. 5(1)(f) with art. 3(39); recital 44 says why: it is not reliable). Say what is done, in words, times or a level in dBFS, and speak of nothing else; under French law, how people are assessed must be pertinent to its purpose (Code du travail, art. L1222-3)")
}

/// A mood that a recogniser claims to have heard.
#[must_use]
pub fn tone_tag(tag: &str, span: Span) -> Diagnostic {
    let what = format!("`{tag}` is a mood that a machine claims to have heard");
    claimed_mood(
        what,
        "not what was said",
        "look for what was said or done. A recogniser that tells moods infers emotions from a voice, and taking over its result at work is the same forbidden use",
        span,
    )
}

/// A name or a value of what a call says of itself that claims to know a mood.
#[must_use]
pub fn mood_of_a_machine(name: &str, span: Span) -> Diagnostic {
    let what = format!("`{name}` claims to know a mood");
    claimed_mood(
        what,
        "not what was said or done",
        "ask for what was said or done. A system infers moods from a voice or from words, and taking over its result at work is the same forbidden use",
        span,
    )
}

fn claimed_mood(what: String, label: &str, help: &str, span: Span) -> Diagnostic {
    let help = format!("{help} (EU AI Act, Regulation 2024/1689, art. 5(1)(f) with art. 3(39))");
    Diagnostic::new(Code::E0705, what, span, label).help(help)
}

/// The agent's pitch or voice quality.
#[must_use]
pub fn pitch_of_employee(words: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0703, format!("`{words}` measures the pitch of somebody who works here"), span, "not measured of people at work")
        .help("say what is done instead: words, pauses, interruptions, a level in dBFS. Pitch and voice quality of people at work say little but how they feel, and inferring that from their voice is forbidden (EU AI Act, Regulation 2024/1689, art. 5(1)(f) with art. 3(39))")
}

/// An unsplit channel taken for one person's voice.
#[must_use]
pub fn unsplit(words: &str, whose: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0704, format!("`{words}` takes a channel with both voices for that of the {whose}"), span, "both speak on it")
        .help(format!("name the speaker: `level of {whose} in …`; where the recording does not split the voices, that cannot be told. What is kept of a person must be accurate (GDPR art. 5(1)(d))"))
}
