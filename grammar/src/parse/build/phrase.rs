//! What stands between the quotes of a phrase. Knows no language and normalises nothing.

use super::super::grammar::Rule;
use super::{Builder, inside_quotes, parts};
use crate::ast::{Phrase, PhraseExpr, PhrasePart, PhrasePartKind, Text};
use crate::decode::span;
use crate::diagnostic::{Diagnostic, FixSafety, syntax};
use crate::source::Span;
use pest::iterators::Pair;
use pest::unicode::{XID_CONTINUE, XID_START};

impl Builder<'_> {
    /// A phrase operand.
    pub(super) fn phrase(&self, pair: &Pair<'_, Rule>) -> Option<PhraseExpr> {
        Some(match pair.as_rule() {
            Rule::quoted => PhraseExpr::Quoted(self.quoted_phrase(pair)),
            Rule::path => PhraseExpr::Name(self.path(pair)),
            Rule::sounding => {
                let phrase = self.quoted_phrase(&parts(pair).next()?);
                PhraseExpr::SoundingLike { phrase, span: self.span(pair) }
            }
            Rule::exactly => {
                let inner = Box::new(self.phrase(&parts(pair).next()?)?);
                PhraseExpr::Exactly { inner, span: self.span(pair) }
            }
            _ => {
                let alternatives = parts(pair).map(|one| self.phrase(&one)).collect::<Option<_>>()?;
                PhraseExpr::OneOf { alternatives, span: self.span(pair) }
            }
        })
    }

    fn quoted_phrase(&self, pair: &Pair<'_, Rule>) -> Phrase {
        let (before, inside) = inside_quotes(pair.as_str());
        let text: Text = self.quoted(pair);
        let told = self.findings.borrow().counted;
        let mut reader =
            Reader { builder: self, text: inside, base: self.start(pair) + before, at: 0, depth: 0, stopped: false };
        let parts = reader.sequence();
        if parts.is_empty() && self.findings.borrow().counted == told {
            self.report(syntax::bad_phrase("the phrase holds no word", text.span, "write the words to look for"));
        }
        Phrase { text, parts }
    }
}

/// Reads the text of one phrase from left to right.
pub(super) struct Reader<'b, 't> {
    builder: &'b Builder<'b>,
    text: &'t str,
    /// Where the text begins in the file.
    base: usize,
    at: usize,
    depth: usize,
    /// Nested too deeply; the rest was left unread.
    stopped: bool,
}

impl<'t> Reader<'_, 't> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn place(&self, start: usize, end: usize) -> Span {
        span(self.builder.file, self.base + start, self.base + end)
    }

    /// The sign, where it stands not far ahead.
    fn find(&self, sign: char) -> Option<usize> {
        self.rest().char_indices().take(200).find(|(_, found)| *found == sign).map(|(at, _)| at)
    }

    fn eat(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    fn fault(&self, start: usize, message: impl Into<String>, label: &str, help: &str) -> Diagnostic {
        syntax::bad_phrase(message, self.place(start, self.at), label).help(help)
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Takes what stands here up to a sign and with it; all of the rest, and none, if it does not come.
    pub(super) fn take_up_to(&mut self, sign: char) -> Option<&'t str> {
        let rest = self.rest();
        let end = self.find(sign).map(|end| end + sign.len_utf8());
        self.at += end.unwrap_or(rest.len());
        rest.get(..end?)
    }

    /// Tells of what stands between a place and here.
    pub(super) fn report_at(&self, start: usize, message: impl Into<String>, label: &str, help: &str) {
        self.report(self.fault(start, message, label, help));
    }

    fn report(&self, finding: Diagnostic) {
        self.builder.report(finding);
    }

    /// Parts up to the end, or to a `|` or `)` of the group that is being read.
    fn sequence(&mut self) -> Vec<PhrasePart> {
        let mut found = Vec::new();
        while let Some(sign) = self.peek() {
            if self.builder.findings.borrow().is_full() {
                self.at = self.text.len();
                break;
            }
            if self.depth > 0 && matches!(sign, '|' | ')') {
                break;
            }
            let start = self.at;
            if let Some(kind) = self.part(sign) {
                found.push(self.with_marks(kind, start));
            }
            if self.at == start {
                self.at += sign.len_utf8();
            }
        }
        found
    }

    fn part(&mut self, sign: char) -> Option<PhrasePartKind> {
        match sign {
            '(' => self.group(),
            '~' => self.inflected(),
            '{' => self.lexicon(),
            '<' => self.class(),
            '.' | '…' if self.rest().starts_with("..") || sign == '…' => self.gap(),
            '|' | ')' | '?' | '*' | '[' | ']' | '}' | '>' => {
                self.stray(sign);
                None
            }
            '_' => self.any_word(),
            sign if is_separator(sign) => None,
            _ => self.word(),
        }
    }

    fn with_marks(&mut self, kind: PhrasePartKind, start: usize) -> PhrasePart {
        let part = PhrasePart { kind, span: self.place(start, self.at) };
        let mark = self.at;
        if !self.eat('?') {
            return part;
        }
        if matches!(part.kind, PhrasePartKind::Gap(_)) {
            let help = "a gap may always be shorter: `..3` allows no word, one, two or three";
            self.report(self.fault(mark, "`?` cannot follow a gap", "not here", help));
            return part;
        }
        PhrasePart { kind: PhrasePartKind::Optional(Box::new(part)), span: self.place(start, self.at) }
    }

    /// `_`, alone between other parts.
    fn any_word(&mut self) -> Option<PhrasePartKind> {
        self.at += 1;
        Some(PhrasePartKind::AnyWord)
    }

    fn group(&mut self) -> Option<PhrasePartKind> {
        let start = self.at;
        self.at += 1;
        if self.depth == syntax::NESTING_LIMIT {
            self.report(syntax::too_deep("parentheses of a phrase", self.depth, self.place(start, self.at)));
            (self.at, self.stopped) = (self.text.len(), true);
            return None;
        }
        self.depth += 1;
        let mut choices = Vec::new();
        loop {
            let from = self.at;
            let choice = self.sequence();
            if choice.is_empty() && self.at < self.text.len() {
                self.report(self.empty_choice(start, from));
            }
            choices.push(choice);
            if !self.eat('|') {
                break;
            }
        }
        self.depth -= 1;
        if !self.eat(')') && !self.stopped {
            let end = self.at;
            let label = "the closing `)` is missing";
            self.at = start + 1;
            self.report(self.fault(
                start,
                "`(` is not closed in this phrase",
                label,
                "alternatives are written `(a|b)`",
            ));
            self.at = end;
        }
        choices.retain(|choice| !choice.is_empty());
        if choices.is_empty() { None } else { Some(PhrasePartKind::OneOf(choices)) }
    }

    fn empty_choice(&self, start: usize, from: usize) -> Diagnostic {
        let place = self.place(start.min(from), (self.at + 1).min(self.text.len()));
        let help = "words that may be left out are written `(a|b)?`";
        syntax::bad_phrase("an alternative without words", place, "nothing stands on one side").help(help)
    }

    fn inflected(&mut self) -> Option<PhrasePartKind> {
        let start = self.at;
        self.at += 1;
        let word = self.take_word();
        if word.is_empty() {
            let help = "write `~rembourser` for any form of the word";
            self.report(self.fault(start, "`~` without a word right after it", "which word?", help));
            return None;
        }
        Some(PhrasePartKind::Inflected(word.to_owned()))
    }

    fn lexicon(&mut self) -> Option<PhrasePartKind> {
        let start = self.at;
        let end = self.find('}');
        let inside = end.and_then(|end| self.rest().get(1..end)).unwrap_or("");
        let name = inside.trim();
        self.at += end.map_or(1, |end| end + 1);
        if !name.split('.').all(is_name) {
            let help = "a lexicon inside a phrase is written `{its_name}`";
            self.report(self.fault(start, "no name of a lexicon after `{`", "which lexicon?", help));
            return None;
        }
        let blanks = inside.len() - inside.trim_start().len();
        Some(PhrasePartKind::Lexicon(self.builder.path_of(name, self.base + start + 1 + blanks)))
    }

    fn gap(&mut self) -> Option<PhrasePartKind> {
        let start = self.at;
        let dots = self.rest().chars().take_while(|c| matches!(c, '.' | '…')).map(char::len_utf8).sum::<usize>();
        let written = self.rest().get(..dots).unwrap_or("");
        self.at += dots;
        let digits: String = self.rest().chars().take_while(char::is_ascii_digit).collect();
        self.at += digits.len();
        if written != ".." || digits.is_empty() {
            let help = "`..3` stands for up to three words in between; `..` needs its number, right after it";
            let message = format!("`{}` is not a gap", self.text.get(start..self.at).unwrap_or(""));
            self.report(self.fault(start, message, "how many words?", help));
            return None;
        }
        match digits.parse() {
            Ok(count) => Some(PhrasePartKind::Gap(count)),
            Err(_) => {
                self.report(syntax::too_big(&digits, self.place(start + 2, self.at)));
                None
            }
        }
    }

    fn word(&mut self) -> Option<PhrasePartKind> {
        let start = self.at;
        let word = self.take_word();
        if word.is_empty() {
            return None;
        }
        if let Some(finding) = self.foreign(word, start) {
            self.report(finding);
            return None;
        }
        let prefix = self.eat('*');
        Some(if prefix { PhrasePartKind::Prefix(word.to_owned()) } else { PhrasePartKind::Word(word.to_owned()) })
    }

    fn take_word(&mut self) -> &'t str {
        let start = self.at;
        let rest = self.rest();
        let mut before_digit = false;
        for (at, sign) in rest.char_indices() {
            let inside = matches!(sign, '.' | ',')
                && before_digit
                && rest.get(at + 1..).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
            if !inside && (is_separator(sign) || is_operator(sign)) {
                break;
            }
            before_digit = sign.is_ascii_digit();
            self.at = start + at + sign.len_utf8();
        }
        self.text.get(start..self.at).unwrap_or("")
    }

    /// `NEAR/5`, `OR` and the like inside quotes, where other words are in lower case.
    fn foreign(&self, word: &str, start: usize) -> Option<Diagnostic> {
        if !self.text.chars().any(char::is_lowercase) {
            return None;
        }
        let place = self.place(start, self.at);
        if let Some(distance) = word.strip_prefix("ONEAR").or(word.strip_prefix("NEAR")) {
            let digits = distance.trim_start_matches(['/', ':', '~']);
            if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            let ours = format!("..{}", if digits.is_empty() { "5" } else { digits });
            let finding = syntax::foreign_operator(word, place, &format!("`{ours}` between the words"));
            let help = "`..5` stands for up to five words in between";
            return Some(finding.help(help).fix(place, ours, FixSafety::Suggested));
        }
        let amid = start > 0 && !self.rest().trim().is_empty();
        let help = match word {
            "OR" if amid => "alternatives are written `(a|b)` inside quotes, and `(\"a\" or \"b\")` outside",
            "AND" if amid => {
                "write two conditions: `agent says \"a\" and agent says \"b\"`; inside quotes words follow each other"
            }
            "NOT" => "leave out with `except` behind a moment, or with `but not` in a lexicon",
            _ => return None,
        };
        Some(syntax::foreign_operator(word, place, "the words themselves in quotes, nothing else").help(help))
    }

    fn stray(&mut self, sign: char) {
        let start = self.at;
        self.at += sign.len_utf8();
        let (label, help) = match sign {
            '?' => (
                "no word right before it",
                "`word?` makes a word optional; for questions write `agent asks \"…\"` without the question mark",
            ),
            '*' => ("no word right before it", "`rembours*` stands for any word that begins so"),
            '|' => ("no parentheses around it", "alternatives are written `(a|b)`"),
            ')' => ("no open `(` before it", "alternatives are written `(a|b)`"),
            '}' => ("no open `{` before it", "a lexicon inside a phrase is written `{its_name}`"),
            '[' | ']' => ("has no meaning in a phrase", "words that may be left out are written `(a b)?`"),
            _ => ("no open `<` before it", "classes are written `<number>`"),
        };
        let finding = self.fault(
            start,
            format!("`{}` stands alone in this phrase", self.text.get(start..self.at).unwrap_or("")),
            label,
            help,
        );
        let blanks = self.text.get(..start).map_or(0, |before| before.len() - before.trim_end().len());
        let finding = if sign == '?' {
            finding.fix(self.place(start - blanks, self.at), "", FixSafety::Suggested)
        } else {
            finding
        };
        self.report(finding);
    }
}

fn is_separator(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(sign, '.' | ',' | '!' | ';' | ':' | '…' | '"' | '“' | '”' | '«' | '»' | '¿' | '¡' | '–' | '—')
}

fn is_operator(sign: char) -> bool {
    matches!(sign, '(' | ')' | '|' | '?' | '*' | '~' | '{' | '}' | '[' | ']' | '<' | '>')
}

fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first == '_' || XID_START(first)) && letters.all(XID_CONTINUE)
}
