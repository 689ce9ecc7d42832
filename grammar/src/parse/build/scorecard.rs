//! Scorecards.

use super::super::grammar::Rule;
use super::{Builder, has, parts};
use crate::ast::{Critical, Entry, Grade, GradeBound, Ident, Scorecard, Section};
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
                Rule::critical => card.criticals.push(self.critical(&line)?),
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
        let entries = inner.map(|entry| self.entry(&entry)).collect::<Option<_>>()?;
        Some(Section { title, entries, span: self.span(pair) })
    }

    fn entry(&self, pair: &Pair<'_, Rule>) -> Option<Entry> {
        let mut inner = parts(pair);
        let criterion = self.path(&inner.next()?);
        let points = self.quantity(&inner.next()?)?;
        let partly = inner.next().and_then(|partly| self.quantity(&partly));
        Some(Entry { criterion, points, partly, span: self.span(pair) })
    }

    fn critical(&self, pair: &Pair<'_, Rule>) -> Option<Critical> {
        let mut inner = parts(pair);
        let criterion = self.path(&inner.next()?);
        Some(Critical { criterion, score: self.quantity(&inner.next()?)?, span: self.span(pair) })
    }

    fn grade(&self, pair: &Pair<'_, Rule>) -> Option<Grade> {
        let mut inner = parts(pair);
        let name = self.ident(&inner.next()?);
        let share = self.quantity(&inner.next()?)?;
        let bound = if has(pair, Rule::k_below) { GradeBound::Below(share) } else { GradeBound::From(share) };
        Some(Grade { name, bound, span: self.span(pair) })
    }
}
