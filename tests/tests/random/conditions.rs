//! Random conditions as source text, with as few parentheses as the precedences allow: chains without them, filters in
//! a row, counts on both sides, names. Knows nothing of calls.

use grille_tests::choices::Choices;

/// Declarations that conditions name.
pub const DECLARATIONS: &str = "grille 1 en\nlocale fr-FR\n\nlexicon lexique {\n    \"attente\"\n    \"bonjour madame\"\n    \
    but not \"bonjour madame code\"\n}\nlexicon politesses { \"bonjour\" \n \"(bonjour|madame) merci?\" }\n\
    moment instant = agent says \"code\" unless negated\nmoment suite = agent says lexique then within 3 s customer says \"code\"\n\n";

const DURATIONS: &[&str] = &["1 ms", "300 ms", "0,5 s", "1.2 s", "3 s", "10 s"];
const WORDS: &[&str] = &["bonjour", "attente", "attend", "code", "madame", "merci"];

/// How tightly an expression binds: what stands around it tells whether it needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Chain,
    Ordinal,
    Related,
    Filtered,
    Primary,
}

/// Writes expressions.
pub struct Writer<'c, 'b> {
    /// Where choices come from.
    pub choices: &'c mut Choices<'b>,
    /// May `it` be spoken of?
    pub it: bool,
}

impl Writer<'_, '_> {
    /// A condition.
    pub fn condition(&mut self, depth: usize) -> String {
        if depth == 0 || self.choices.chance(40) {
            return self.leaf();
        }
        let (left, right) = (self.condition(depth - 1), self.condition(depth - 1));
        match self.choices.below(5) {
            0 => format!("({left}) and {right}"),
            1 => format!("{left} and ({right})"),
            2 => format!("{left} or {right}"),
            3 => format!("not ({left}) or {right}"),
            _ => format!("not ({left})"),
        }
    }

    /// A condition without conditions inside.
    pub fn leaf(&mut self) -> String {
        let depth = self.choices.below(3);
        let n = self.choices.below(4);
        match self.choices.below(10) {
            0 => format!("no {}", self.at(Level::Chain, depth)),
            1 => format!("at least {n} {}", self.at(Level::Related, depth)),
            2 => format!("at most {n} {}", self.at(Level::Related, depth)),
            3 => {
                let operator = *self.choices.pick(&["<=", ">=", "≤", "≥", "=", "≠", ">", "is", "is not"]);
                format!("count of {} {operator} {n}", self.at(Level::Chain, depth))
            }
            4 => format!("{n} {} count of {}", self.choices.pick(&["<=", ">=", "="]), self.at(Level::Chain, depth)),
            5 => format!("{} only after {}", self.at(Level::Chain, depth), self.at(Level::Chain, 1)),
            6 | 7 => {
                let filter = if self.choices.chance(60) { self.relation() } else { self.window() };
                format!("every {} is {filter}", self.at(Level::Filtered, depth))
            }
            8 => self.at(Level::Chain, depth),
            _ => format!("any {}", self.at(Level::Chain, depth)),
        }
    }

    /// Moments that can stand where a primary is wanted.
    pub fn primary(&mut self, depth: usize) -> String {
        self.at(Level::Primary, depth)
    }

    fn at(&mut self, wanted: Level, depth: usize) -> String {
        let (text, level) = self.moments(depth);
        if level < wanted { format!("({text})") } else { text }
    }

    fn moments(&mut self, depth: usize) -> (String, Level) {
        if depth == 0 {
            return self.source();
        }
        let inner = depth - 1;
        match self.choices.below(11) {
            0 | 1 => (format!("{} {}", self.at(Level::Filtered, inner), self.window()), Level::Filtered),
            2..=4 => (format!("{} {}", self.at(Level::Filtered, inner), self.relation()), Level::Related),
            5 => {
                let which = *self.choices.pick(&["first", "last", "second", "first 2"]);
                (format!("{which} {}", self.at(Level::Related, inner)), Level::Ordinal)
            }
            6 | 7 => (self.chain(inner), Level::Chain),
            8 => (format!("{} except {}", self.at(Level::Ordinal, inner), self.at(Level::Ordinal, 0)), Level::Chain),
            9 => (format!("({} or {})", self.at(Level::Chain, inner), self.at(Level::Chain, inner)), Level::Primary),
            _ => self.source(),
        }
    }

    fn chain(&mut self, depth: usize) -> String {
        let mut text = self.at(Level::Ordinal, depth);
        for _ in 0..=self.choices.below(2) {
            let within = if self.choices.chance(80) { format!(" within {}", self.duration()) } else { String::new() };
            text = format!("{text} then{within} {}", self.at(Level::Ordinal, 0));
        }
        text
    }

    fn duration(&mut self) -> &'static str {
        DURATIONS[self.choices.below(DURATIONS.len())]
    }

    /// A filter that looks at one moment alone.
    pub fn window(&mut self) -> String {
        let d = self.duration();
        match self.choices.below(8) {
            0 => format!("within first {d}"),
            1 => format!("within last {d}"),
            2 => format!("starting within first {d}"),
            3 => format!("within first {} %", 1 + self.choices.below(100)),
            4 => format!("within last {},5 %", 1 + self.choices.below(99)),
            5 => format!("lasting at least {d}"),
            6 => format!("longer than {d}"),
            _ => "shorter than 700 ms".to_owned(),
        }
    }

    /// A filter that looks at others.
    pub fn relation(&mut self) -> String {
        let d = if self.choices.chance(10) { "0 s" } else { self.duration() };
        let depth = usize::from(self.choices.chance(30));
        let right = self.primary(depth);
        match self.choices.below(9) {
            0 => format!("within {d} after {right}"),
            1 => format!("within {d} before {right}"),
            2 => format!("before {right}"),
            3 => format!("after {right}"),
            4 => format!("preceded within {d} by {right}"),
            5 => format!("followed by {right}"),
            6 => format!("not followed within {d} by {right}"),
            7 => format!("not preceded within {d} by {right}"),
            _ => format!("not preceded by {right}"),
        }
    }

    fn source(&mut self) -> (String, Level) {
        let role = *self.choices.pick(&["agent", "agent", "customer"]);
        let text = match self.choices.below(if self.it { 20 } else { 17 }) {
            0 => "hold".to_owned(),
            1 => "silence".to_owned(),
            2 => "overlap".to_owned(),
            3 => format!("turn of {role}"),
            4 => format!("response gap of {role}"),
            5 => format!("customer interrupts agent for at least {}", self.duration()),
            6 => (*self.choices.pick(&["instant", "suite"])).to_owned(),
            7 => format!("{role} says {}", self.choices.pick(&["lexique", "politesses", "(lexique or politesses)"])),
            8 => format!("{role} asks {}", self.phrase()),
            9 => return (format!("{role} says {} unless negated", self.phrase()), Level::Filtered),
            10 => {
                let union = format!("({role} says {} or customer says lexique)", self.phrase());
                return (format!("{union} unless negated"), Level::Filtered);
            }
            11 => format!("{role} says {} with pauses up to {}", self.phrase(), self.duration()),
            12 => format!("{role} says ({} or lexique)", self.phrase()),
            13..=16 => format!("{role} says {}", self.phrase()),
            _ => "it".to_owned(),
        };
        (text, Level::Primary)
    }

    fn phrase(&mut self) -> String {
        let mut parts = vec![self.word()];
        for _ in 0..self.choices.below(3) {
            match self.choices.below(8) {
                0 | 1 => parts.push(format!("..{}", 1 + self.choices.below(3))),
                2 => parts.push(format!("{}?", self.word())),
                3 => parts.push(format!("({}|{} {})", self.word(), self.word(), self.word())),
                4 => parts.push("_".to_owned()),
                5 => parts.push("({politesses}|pas)?".to_owned()),
                _ => {}
            }
            parts.push(self.word());
        }
        format!("\"{}\"", parts.join(" "))
    }

    fn word(&mut self) -> String {
        match self.choices.below(14) {
            0 => "atten*".to_owned(),
            1 => "~attendre".to_owned(),
            2 => "_".to_owned(),
            3 => "d'accord".to_owned(),
            _ => (*self.choices.pick(WORDS)).to_owned(),
        }
    }
}
