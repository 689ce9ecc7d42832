//! Scorecards.

use super::super::grammar::Rule;
use super::{Builder, has, parts};
use crate::ast::{Counted, Critical, Entry, Grade, GradeBound, Ident, Scorecard, Section, Value};
use crate::diagnostic::syntax;
use crate::source::Span;
use pest::iterators::Pair;

impl Builder<'_> {
    pub(super) fn scorecard(&self, pair: &Pair<'_, Rule>) -> Option<Scorecard> {
        let mut inner = parts(pair);
        let mut card = Scorecard {
            name: self.ident(&inner.next()?),
            title: None,
            version: None,
            used_for: None,
            sections: Vec::new(),
            bonus: Vec::new(),
            criticals: Vec::new(),
            grades: Vec::new(),
            span: self.span(pair),
        };
        let mut grades: Option<Span> = None;
        for line in inner {
            match line.as_rule() {
                Rule::quoted => card.title = Some(self.quoted(&line)),
                Rule::version => self.once("version", &mut card.version, &line)?,
                Rule::used_for => self.once("used for", &mut card.used_for, &line)?,
                Rule::section => card.sections.push(self.section(&line)?),
                Rule::bonus => card.bonus.push(self.entry(&parts(&line).next()?)?),
                Rule::critical => card.criticals.push(self.critical(&line, false)?),
                Rule::grades => {
                    if let Some(first) = grades.replace(self.span(&line)) {
                        self.twice("grades", first, self.span(&line));
                    }
                    for grade in parts(&line) {
                        card.grades.push(self.grade(&grade)?);
                    }
                }
                _ => {}
            }
        }
        Some(card)
    }

    fn once(&self, words: &str, slot: &mut Option<Ident>, line: &Pair<'_, Rule>) -> Option<()> {
        let given = self.ident(&parts(line).next()?);
        match slot {
            Some(first) => self.twice(words, first.span, self.span(line)),
            None => *slot = Some(given),
        }
        Some(())
    }

    fn twice(&self, words: &str, first: Span, second: Span) {
        let finding = syntax::misplaced(format!("`{words}` is given twice"), second, "the second one");
        self.report(finding.and_label(first, "the first one").help("keep one"));
    }

    fn section(&self, pair: &Pair<'_, Rule>) -> Option<Section> {
        let mut inner = parts(pair);
        let title = self.quoted(&inner.next()?);
        let span = self.span(pair);
        let mut section = Section { title, applies: None, entries: Vec::new(), criticals: Vec::new(), span };
        let mut applies: Option<Span> = None;
        for line in inner {
            match line.as_rule() {
                Rule::applies => {
                    section.applies = Some(self.expr(&parts(&line).next()?)?);
                    if let Some(first) = applies.replace(self.span(&line)) {
                        self.twice("applies when", first, self.span(&line));
                    }
                }
                Rule::critical => section.criticals.push(self.critical(&line, true)?),
                _ => section.entries.push(self.entry(&line)?),
            }
        }
        Some(section)
    }

    fn entry(&self, pair: &Pair<'_, Rule>) -> Option<Entry> {
        let mut inner = parts(pair);
        let counted = self.counted(&inner.next()?)?;
        let points = self.quantity(&inner.next()?)?;
        let partly = inner.map(|partly| self.quantity(&partly)).collect::<Option<_>>()?;
        Some(Entry { counted, points, partly, span: self.span(pair) })
    }

    fn counted(&self, pair: &Pair<'_, Rule>) -> Option<Counted> {
        let mut inner = parts(pair);
        let criterion = self.path(&inner.next()?);
        let mut counted = Counted { criterion, values: Vec::new(), label: None, span: self.span(pair) };
        for part in inner {
            match part.as_rule() {
                Rule::values => counted.values = self.values(&part)?,
                _ => counted.label = Some(self.quoted(&part)),
            }
        }
        Some(counted)
    }

    /// `(délai: 8 s, nombre: 2)`.
    pub(super) fn values(&self, pair: &Pair<'_, Rule>) -> Option<Vec<Value>> {
        let value = |one: Pair<'_, Rule>| {
            let mut inner = parts(&one);
            let name = self.ident(&inner.next()?);
            Some(Value { name, value: self.quantity(&inner.next()?)?, span: self.span(&one) })
        };
        parts(pair).map(value).collect()
    }

    /// The words after the colon say what it takes down; they must fit where it stands.
    fn critical(&self, pair: &Pair<'_, Rule>, in_section: bool) -> Option<Critical> {
        let mut inner = parts(pair);
        let counted = self.counted(&inner.next()?)?;
        let of_section = has(pair, Rule::k_section);
        if of_section != in_section {
            let (message, help) = if in_section {
                (
                    "inside a section a critical takes the section down, and this one names the whole score",
                    "write `section 0`, or move the line out of the section",
                )
            } else {
                (
                    "this critical names a section, and stands in none",
                    "write `score 0`, or move the line into the section that it takes down",
                )
            };
            self.report(syntax::misplaced(message, self.span(pair), "in the wrong place").help(help));
        }
        Some(Critical { counted, score: self.quantity(&inner.next()?)?, span: self.span(pair) })
    }

    fn grade(&self, pair: &Pair<'_, Rule>) -> Option<Grade> {
        let mut inner = parts(pair);
        let name = self.ident(&inner.next()?);
        let share = self.quantity(&inner.next()?)?;
        let bound = if has(pair, Rule::k_below) { GradeBound::Below(share) } else { GradeBound::From(share) };
        Some(Grade { name, bound, span: self.span(pair) })
    }
}
