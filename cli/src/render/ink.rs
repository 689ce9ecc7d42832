//! Colours and signs. Colours are stripped where the stream is no terminal (by `anstream`).

use grille_evidence::truth::{Truth, Verdict, VerdictSet};
use owo_colors::OwoColorize;

/// ✓, ✗ or ?.
pub fn truth(value: Truth) -> String {
    match value {
        Truth::Yes => "✓".green().to_string(),
        Truth::No => "✗".red().to_string(),
        Truth::CannotTell => "?".yellow().to_string(),
    }
}

/// A sign for a verdict.
pub fn sign(verdicts: VerdictSet) -> String {
    match verdicts.told() {
        Some(Verdict::Met) => "✓".green().to_string(),
        Some(Verdict::PartlyMet) => "◐".yellow().to_string(),
        Some(Verdict::NotMet) => "✗".red().to_string(),
        Some(Verdict::NotApplicable) => "–".dimmed().to_string(),
        None => "?".yellow().to_string(),
    }
}

/// The plain sign, one column wide.
pub fn plain_sign(verdicts: VerdictSet) -> char {
    match verdicts.told() {
        Some(Verdict::Met) => '✓',
        Some(Verdict::PartlyMet) => '◐',
        Some(Verdict::NotMet) => '✗',
        Some(Verdict::NotApplicable) => '–',
        None => '?',
    }
}

/// A verdict in words; where it cannot be told, what is still possible.
pub fn verdict(verdicts: VerdictSet) -> String {
    match verdicts.told() {
        Some(verdict) => verdict.words().to_owned(),
        None => {
            let possible: Vec<&str> = verdicts.iter().map(Verdict::words).collect();
            format!("cannot tell ({})", possible.join(" or "))
        }
    }
}

/// Bold.
pub fn strong(text: &str) -> String {
    text.bold().to_string()
}

/// Less important.
pub fn faint(text: &str) -> String {
    text.dimmed().to_string()
}
