//! Where the grammar stopped, in plain words: what was found, what fits there, and what was probably meant.

use super::expected;
use super::grammar::Rule;
use super::nearest::nearest;
use super::token::{Kind, Token};
use crate::decode::span;
use crate::diagnostic::{Diagnostic, FixSafety, syntax};
use crate::keywords;
use crate::source::FileId;
use pest::error::{Error, ErrorVariant, InputLocation};

/// The item that could not be read.
pub(super) struct Stopped<'t> {
    /// The file.
    pub file: FileId,
    /// Its text.
    pub text: &'t str,
    /// The item's tokens.
    pub tokens: &'t [Token],
    /// Where the item begins.
    pub base: usize,
}

impl<'t> Stopped<'t> {
    /// The token that pest could not go past, by its place in the list.
    pub(super) fn place(&self, error: &Error<Rule>) -> usize {
        let offset = match error.location {
            InputLocation::Pos(at) => at,
            InputLocation::Span((start, _)) => start,
        };
        self.tokens.partition_point(|token| token.end <= self.base + offset)
    }

    /// The finding for pest's error.
    pub(super) fn explain(&self, error: &Error<Rule>) -> Diagnostic {
        let place = self.place(error);
        match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => self.unexpected(place, positives),
            ErrorVariant::CustomError { .. } => {
                let (start, end) = self.bytes(place);
                syntax::too_deep("the parts of this item", syntax::NESTING_LIMIT, span(self.file, start, end))
            }
        }
    }

    fn written(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    fn before(&self, place: usize) -> Option<Token> {
        place.checked_sub(1).and_then(|before| self.tokens.get(before)).copied()
    }

    /// The token's bytes; past the last token, the end of the last.
    fn bytes(&self, place: usize) -> (usize, usize) {
        match (self.tokens.get(place), self.tokens.last()) {
            (Some(token), _) => (token.start, token.end),
            (None, Some(last)) => (last.start, last.end),
            (None, None) => (self.base, self.base),
        }
    }

    /// At most forty characters of what stands there.
    fn shown(&self, token: Token) -> String {
        let text = self.written(token);
        if text.chars().count() <= 40 {
            text.to_owned()
        } else {
            format!("{}…", text.chars().take(39).collect::<String>())
        }
    }

    fn unexpected(&self, place: usize, wanted: &[Rule]) -> Diagnostic {
        let words = expected::in_words(wanted);
        let Some(found) = self.tokens.get(place).copied() else {
            let (start, end) = self.bytes(place);
            let last = self.tokens.last().map_or(String::new(), |last| self.shown(*last));
            let message = format!("expected {words} after `{last}`, but nothing more stands here");
            let finding = syntax::unexpected(message, span(self.file, start, end), "something is missing after this");
            let file = wanted.contains(&Rule::k_as) && last.starts_with(['"', '“', '«']);
            return if file { finding.help(format!("a file gets a name: `use {last} as name`")) } else { finding };
        };
        self.keyword_as_name(found, wanted)
            .or_else(|| self.missing_when(place, found, wanted))
            .or_else(|| self.nothing_said(place, found))
            .or_else(|| self.misspelt(found, wanted))
            .or_else(|| self.misspelt_before(place, found))
            .or_else(|| self.unit(place, found))
            .unwrap_or_else(|| {
                let message = format!("expected {words}, found `{}`", self.shown(found));
                syntax::unexpected(message, span(self.file, found.start, found.end), "not expected here")
            })
    }

    fn keyword_as_name(&self, found: Token, wanted: &[Rule]) -> Option<Diagnostic> {
        let word = self.written(found);
        let names_only = wanted.iter().all(|rule| matches!(rule, Rule::name | Rule::path | Rule::quoted));
        let name = found.kind == Kind::Word && names_only && wanted.contains(&Rule::name);
        (name && keywords::is_reserved(word)).then(|| self.no_name(found))
    }

    fn no_name(&self, found: Token) -> Diagnostic {
        let word = self.written(found);
        let what = if keywords::UNITS.contains(&word) { "the word of a unit" } else { "a keyword" };
        let message = format!("`{word}` is {what} and cannot be a name");
        let help = format!("choose another name, for example `{word}_1` or `the_{word}`");
        syntax::unexpected(message, span(self.file, found.start, found.end), "a name is wanted here").help(help)
    }

    fn missing_when(&self, place: usize, found: Token, wanted: &[Rule]) -> Option<Diagnostic> {
        let before = self.before(place)?;
        if !wanted.contains(&Rule::k_when) || near(self.written(found), &["when".to_owned()]).is_some() {
            return None;
        }
        let here = span(self.file, before.start, before.end);
        let message = format!("`when` is missing after `{}`", self.written(before));
        let finding = syntax::unexpected(message, here, "`when` belongs after this");
        let gap = span(self.file, before.end, before.end);
        Some(finding.help("a clause is written `met when …`").fix(gap, " when", FixSafety::Safe))
    }

    /// `says` or `asks`, and then the next clause: somebody meant any words, or any question.
    fn nothing_said(&self, place: usize, found: Token) -> Option<Diagnostic> {
        let verb = self.before(place)?;
        let speaker = place.checked_sub(2).and_then(|at| self.tokens.get(at)).map(|token| self.written(*token))?;
        if matches!(self.written(verb), "says" | "asks") && keywords::UNITS.contains(&self.written(found)) {
            return Some(self.no_name(found));
        }
        let ends = matches!(found.kind, Kind::Close(_)) || keywords::is_reserved(self.written(found));
        let (done, any) = match self.written(verb) {
            "says" if ends => ("said", format!("for anything at all: `turn of {speaker}`")),
            "asks" if ends => ("asked", format!("for any question: `question of {speaker}`")),
            _ => return None,
        };
        let message = format!("nothing is {done} after `{}`", self.written(verb));
        let help = format!("write what is {done}: `{speaker} {} \"…\"`; or, {any}", self.written(verb));
        let place = span(self.file, verb.start, verb.end);
        Some(syntax::unexpected(message, place, "what?").help(help))
    }

    /// The word itself is nearly one that fits, or the French for one.
    fn misspelt(&self, found: Token, wanted: &[Rule]) -> Option<Diagnostic> {
        let word = self.written(found);
        if found.kind != Kind::Word || keywords::is_reserved(word) {
            return None;
        }
        let fitting = expected::keywords(wanted);
        let meant = other_word(word).filter(|meant| fitting.iter().any(|fits| fits == meant)).map(str::to_owned);
        let meant = meant.or_else(|| near(word, &fitting));
        let meant = meant.or_else(|| keywords::english_for(word).map(str::to_owned));
        let after_operand = wanted.contains(&Rule::k_and);
        let meant = meant.or_else(|| likely(word).filter(|_| after_operand).map(str::to_owned))?;
        Some(self.did_you_mean(found, &meant, &expected::in_words(wanted)))
    }

    /// The word before was read as a name, but is nearly a keyword.
    fn misspelt_before(&self, place: usize, found: Token) -> Option<Diagnostic> {
        let before = self.before(place).filter(|token| token.kind == Kind::Word)?;
        let word = self.written(before);
        if keywords::is_reserved(word) || found.kind == Kind::Number {
            return None;
        }
        let meant = match self.written(found) {
            "says" | "asks" | "interrupts" => {
                nearest(word, ["agent", "customer", "colleague", "supervisor", "bot", "other"].into_iter())
                    .or_else(|| keywords::english_for(word))
            }
            _ => likely(word).or_else(|| keywords::english_for(word)),
        }?;
        let fits = format!("another word than this before `{}`", self.shown(found));
        Some(self.did_you_mean(before, meant, &fits))
    }

    fn did_you_mean(&self, found: Token, meant: &str, fits: &str) -> Diagnostic {
        let place = span(self.file, found.start, found.end);
        let message = format!("expected {fits}, found `{}`", self.shown(found));
        syntax::unexpected(message, place, format!("did you mean `{meant}`?")).help(format!("write `{meant}`")).fix(
            place,
            meant,
            FixSafety::Suggested,
        )
    }

    /// A unit as people abbreviate it.
    fn unit(&self, place: usize, found: Token) -> Option<Diagnostic> {
        self.before(place).filter(|before| before.kind == Kind::Number)?;
        let ours = match self.written(found).to_lowercase().as_str() {
            "sec" | "secs" | "seconde" | "secondes" => "s",
            "mn" | "mins" => "min",
            "hr" | "hrs" | "heure" | "heures" => "h",
            "milliseconds" | "millisecondes" | "msec" => "ms",
            "percent" | "pourcent" | "pct" | "٪" | "％" => "%",
            "pt" | "pts" => "points",
            "mot" | "mots" => "words",
            _ => return None,
        };
        Some(self.did_you_mean(found, ours, "a unit that Grille knows"))
    }
}

/// The keyword for a word that others would use.
fn other_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "inside" | "while" | "amid" => "during",
        "till" => "until",
        "without" => "minus",
        _ => return None,
    })
}

fn near(word: &str, candidates: &[String]) -> Option<String> {
    nearest(word, candidates.iter().map(String::as_str)).map(str::to_owned)
}

/// A keyword that begins with the same letter, where any might have been meant.
fn likely(word: &str) -> Option<&'static str> {
    let long = word.chars().count() > 3;
    nearest(word, keywords::words()).filter(|meant| long && meant.chars().next() == word.chars().next())
}
