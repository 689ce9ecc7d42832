//! Mistakes of people who come from another product: found token by token, before the grammar sees the item. Where a
//! mend is of the same length it is put in place, so that the rest of the item is read all the same.

use super::findings::Findings;
use super::split::Head;
use super::token::{Kind, Token};
use crate::decode::span;
use crate::diagnostic::{FixSafety, syntax};
use crate::source::{FileId, Span};

/// What was found in an item.
pub(super) struct Habits {
    /// The findings.
    pub findings: Findings,
    /// Mends of the same length: byte in the file, and what stands there now.
    pub mends: Vec<(usize, &'static str)>,
    /// Something stands there that the grammar would only stumble over.
    pub unreadable: bool,
}

/// Looks through the tokens of an item.
pub(super) fn habits(file: FileId, text: &str, head: Head, tokens: &[Token]) -> Habits {
    let mut search = Search {
        file,
        text,
        tokens,
        found: Habits { findings: Findings::default(), mends: Vec::new(), unreadable: false },
        until: 0,
    };
    let lexicon = head == Head::Keyword("lexicon");
    for (at, token) in tokens.iter().enumerate() {
        if search.found.findings.is_full() {
            search.found.unreadable = true;
            break;
        }
        if token.start < search.until {
            continue;
        }
        match token.kind {
            Kind::Word => search.word(at, *token),
            Kind::Sign if lexicon && search.written(*token) == "," => search.comma(*token),
            Kind::Sign => search.sign(at, *token),
            Kind::Number => search.number(at, *token),
            Kind::Quote => search.quote(at, *token, lexicon),
            _ => {}
        }
    }
    search.found
}

struct Search<'t> {
    file: FileId,
    text: &'t str,
    tokens: &'t [Token],
    found: Habits,
    /// Tokens before this byte were told together with an earlier one.
    until: usize,
}

impl<'t> Search<'t> {
    fn written(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    fn at(&self, index: usize) -> Option<Token> {
        self.tokens.get(index).copied()
    }

    fn before(&self, index: usize, back: usize) -> Option<Token> {
        index.checked_sub(back).and_then(|at| self.at(at))
    }

    fn word_before(&self, index: usize, back: usize) -> &'t str {
        self.before(index, back).map_or("", |token| self.written(token))
    }

    fn place(&self, start: usize, end: usize) -> Span {
        span(self.file, start, end)
    }

    /// Tells of a foreign operator; `ours` is put in its place when it is as long, or fills it up with a blank.
    fn foreign(&mut self, token: Token, ours: &'static str, help: &str) {
        let theirs = self.written(token);
        let place = self.place(token.start, token.end);
        let finding = syntax::foreign_operator(theirs, place, &format!("`{ours}`"));
        self.found.findings.push(finding.help(help).fix(place, ours, FixSafety::Safe));
        match (theirs, ours.len() == theirs.len()) {
            ("==", _) => self.found.mends.push((token.start, "= ")),
            (_, true) => self.found.mends.push((token.start, ours)),
            (_, false) => self.found.unreadable = true,
        }
    }

    fn word(&mut self, at: usize, token: Token) {
        match self.written(token) {
            "AND" | "ET" => self.foreign(token, "and", "operators are written in lower case: `and`, `or`, `not`"),
            "OR" | "OU" => self.foreign(token, "or", "operators are written in lower case: `and`, `or`, `not`"),
            "NOT" | "NON" => self.foreign(token, "not", "operators are written in lower case: `and`, `or`, `not`"),
            "NEAR" | "ONEAR" => self.near(at, token),
            "W" | "w" | "PRE" | "pre" if self.is_distance(at) => self.near(at, token),
            "then" if matches!(self.word_before(at, 1), "longer" | "shorter" | "more" | "less" | "fewer") => {
                self.foreign(token, "than", "`than` compares, as in `longer than 5 s`; `then` is for what comes after");
            }
            "than" if !matches!(self.word_before(at, 1), "longer" | "shorter" | "more" | "less" | "fewer") => {
                self.foreign(token, "then", "`then` is for what comes after; `than` compares, as in `longer than 5 s`");
            }
            "first" | "second" | "third" | "last" if self.is_right_side(at) => self.pick(at, token),
            _ => {}
        }
    }

    /// Does what follows stand at the right of a relation?
    fn is_right_side(&self, at: usize) -> bool {
        match self.word_before(at, 1) {
            "after" | "before" | "during" | "outside" | "overlapping" | "by" => true,
            "of" => matches!(self.word_before(at, 2), "word" | "words"),
            _ => false,
        }
    }

    /// `after first …`: a pick at the right of a relation, without its parentheses.
    fn pick(&mut self, at: usize, token: Token) {
        let (pick, relation) = (self.written(token), self.word_before(at, 1));
        let place = self.place(token.start, token.end);
        let finding = syntax::unexpected(format!("`{pick}` right behind `{relation}`"), place, "needs parentheses");
        self.found
            .findings
            .push(finding.help(format!("write `{relation} ({pick} …)`, for instance `{relation} ({pick} hold)`")));
        self.found.unreadable = true;
    }

    /// `2026-1-5`: a day with a digit left out.
    fn number(&mut self, at: usize, token: Token) {
        let part = |back: usize| {
            let (sign, number) = (self.at(at + back - 1)?, self.at(at + back)?);
            let glued = self.written(sign) == "-" && sign.end == number.start;
            let digits = self.written(number);
            let day = matches!(digits.len(), 1 | 2) && digits.bytes().all(|b| b.is_ascii_digit());
            (glued && day && number.kind == Kind::Number).then_some((digits, sign.start, number.end))
        };
        let year = self.written(token);
        let Some(((month, start, _), (day, _, end))) = part(2).zip(part(4)) else { return };
        if year.len() != 4 || start != token.end || (month.len(), day.len()) == (2, 2) {
            return;
        }
        let (place, mended) = (self.place(token.start, end), format!("{year}-{month:0>2}-{day:0>2}"));
        let written = self.text.get(token.start..end).unwrap_or("");
        let finding = syntax::unexpected(format!("`{written}` is no date"), place, "month and day have two digits");
        self.found.findings.push(finding.help(format!("write `{mended}`")).fix(place, mended, FixSafety::Safe));
        self.found.unreadable = true;
        self.until = end;
    }

    fn is_distance(&self, at: usize) -> bool {
        self.at(at + 1).is_some_and(|slash| self.written(slash) == "/")
            && self.at(at + 2).is_some_and(|number| number.kind == Kind::Number)
    }

    /// `NEAR/5`, with the phrases beside it where they are.
    fn near(&mut self, at: usize, token: Token) {
        let number = self.at(at + 2).filter(|_| self.is_distance(at));
        let end = number.map_or(token.end, |number| number.end);
        let count = number.map_or("5", |number| self.written(number));
        let next = self.at(at + if number.is_some() { 3 } else { 1 });
        let place = self.place(token.start, end);
        let theirs = self.text.get(token.start..end).unwrap_or("");
        let left = self.before(at, 1).filter(|token| token.kind == Kind::Quote);
        let right = next.filter(|token| token.kind == Kind::Quote);
        let mut finding = syntax::foreign_operator(theirs, place, &format!("`..{count}` inside one pair of quotes"));
        if let (Some(left), Some(right)) = (left, right) {
            let (a, b) = (self.inside(left), self.inside(right));
            let whole = self.place(left.start, right.end);
            finding = finding.fix(whole, format!("\"{a} ..{count} {b}\""), FixSafety::Suggested);
            finding = finding.help(format!(
                "words near each other are one phrase with a gap, `\"{a} ..{count} {b}\"`; for a time between two moments write `within 5 s after`"
            ));
            self.until = right.end;
        } else {
            finding = finding.help(format!(
                "words near each other are one phrase with a gap, `\"a ..{count} b\"`; for a time between two moments write `within 5 s after`"
            ));
            self.until = end;
        }
        self.found.findings.push(finding);
        self.found.unreadable = true;
    }

    fn inside(&self, quote: Token) -> &'t str {
        let mut letters = self.written(quote).chars();
        letters.next();
        letters.next_back();
        letters.as_str().trim()
    }

    fn sign(&mut self, at: usize, token: Token) {
        match self.written(token) {
            "==" => self.foreign(token, "=", "equal is written `=` or `is`"),
            "=<" => self.foreign(token, "<=", "the smaller sign comes first: `<=`, or `≤`"),
            "=>" => self.foreign(token, ">=", "the greater sign comes first: `>=`, or `≥`"),
            "!=" | "<>" => self.foreign(token, "≠", "not equal is written `≠` or `is not`"),
            "&&" | "&" => self.foreign(token, "and", "conditions are joined by the words `and` and `or`"),
            "||" | "|" => self.foreign(token, "or", "alternatives are `|` inside quotes and `or` outside"),
            "!" | "!!" => {
                self.foreign(token, "not", "`not` turns a condition round; `no` says that a moment is not there")
            }
            "%" if !self.before(at, 1).is_some_and(|before| before.kind == Kind::Number) => {
                let place = self.place(token.start, token.end);
                let finding = syntax::unexpected("`%` stands alone", place, "a number belongs before it");
                self.found.findings.push(finding.help("write for example `50 %`"));
                self.found.unreadable = true;
            }
            "'" | "‘" | "’" | "‚" | "‛" | "`" | "„" | "‹" | "”" => self.wrong_quote(token),
            _ => {}
        }
    }

    /// A comma between the phrases of a lexicon.
    fn comma(&mut self, token: Token) {
        let place = self.place(token.start, token.end);
        let finding = syntax::unexpected("`,` between the phrases of a lexicon", place, "not needed");
        let help = "a lexicon has one phrase a line, without commas";
        self.found.findings.push(finding.help(help).fix(place, "", FixSafety::Safe));
        self.found.mends.push((token.start, " "));
    }

    fn wrong_quote(&mut self, token: Token) {
        let line = self.text.get(token.end..).unwrap_or("");
        let is_close = |at: usize, sign: char| {
            matches!(sign, '\'' | '‘' | '’' | '`' | '”' | '“' | '›')
                && !line.get(at + sign.len_utf8()..).is_some_and(|next| next.starts_with(char::is_alphanumeric))
        };
        let mut on_line = line.char_indices().take(200).take_while(|(_, sign)| !matches!(sign, '\n' | '\r' | '"'));
        let close = on_line.find(|(at, sign)| is_close(*at, *sign));
        let end = close.map_or(token.end, |(at, sign)| token.end + at + sign.len_utf8());
        let place = self.place(token.start, end);
        let mark = self.written(token);
        let mut finding =
            syntax::unexpected(format!("`{mark}` does not open a phrase"), place, "not a quotation mark of Grille");
        finding = match close.and_then(|(at, _)| line.get(..at)) {
            Some(words) => {
                let mended = format!("\"{}\"", words.trim());
                finding.help(format!("write `{mended}`")).fix(place, mended, FixSafety::Safe)
            }
            None => finding.help("phrases stand in `\" \"`, `“ ”` or `« »`"),
        };
        self.found.findings.push(finding);
        self.found.unreadable = true;
        self.until = end;
    }

    fn quote(&mut self, at: usize, token: Token, lexicon: bool) {
        let Some(before) = self.before(at, 1).filter(|before| before.kind == Kind::Quote) else { return };
        let (first, second) = (self.place(before.start, before.end), self.place(token.start, token.end));
        let (a, b) = (self.inside(before), self.inside(token));
        if lexicon {
            if !token.first_on_line {
                let finding = syntax::side_by_side(first, second);
                let gap = self.place(before.end, token.start);
                let help = format!(
                    "a lexicon has one phrase a line; either of them: put `\"{b}\"` on a line of its own; one after the other: `\"{a} ..3 {b}\"`"
                );
                self.found.findings.push(finding.help(help).fix(gap, "\n    ", FixSafety::Suggested));
            }
            return;
        }
        let opener = self.word_before(at, 2);
        if !matches!(opener, "says" | "asks" | "or" | "and" | "OR" | "(" | "not")
            && !opener.starts_with(['"', '“', '«'])
        {
            return;
        }
        let help = format!("either of them: `(\"{a}\" or \"{b}\")`; one after the other: `\"{a} ..3 {b}\"`");
        let mended = format!("(\"{a}\" or \"{b}\")");
        let finding = syntax::side_by_side(first, second).help(help);
        self.found.findings.push(finding.fix(first.to(second), mended, FixSafety::Suggested));
        self.found.unreadable = true;
    }
}
