//! Uses, lexicons, moments and phases.

use super::super::grammar::Rule;
use super::{Builder, parts};
use crate::ast::{Item, Lexicon, LexiconVariant, MomentDef, PhaseDef, PhraseExpr, Use, UseTarget};
use pest::iterators::Pair;

impl Builder<'_> {
    /// The item that a pair of one of the `item_…` rules is.
    pub(in super::super) fn item(&self, pair: &Pair<'_, Rule>) -> Option<Item> {
        match pair.as_rule() {
            Rule::item_use => self.use_item(pair).map(Item::Use),
            Rule::item_attributes => self.attributes(pair).map(Item::Attributes),
            Rule::item_event => self.event_def(pair).map(Item::Event),
            Rule::item_lexicon => self.lexicon(pair).map(Item::Lexicon),
            Rule::item_moment => self.moment(pair).map(Item::Moment),
            Rule::item_phase => self.phase(pair).map(Item::Phase),
            Rule::item_criterion => self.criterion(pair).map(Item::Criterion),
            Rule::item_scorecard => self.scorecard(pair).map(Item::Scorecard),
            Rule::item_test => self.test(pair).map(Item::Test),
            _ => None,
        }
    }

    fn use_item(&self, pair: &Pair<'_, Rule>) -> Option<Use> {
        let mut inner = parts(pair);
        let target = inner.next()?;
        let target = match target.as_rule() {
            Rule::quoted => UseTarget::File(self.quoted(&target)),
            _ => UseTarget::Library(self.path(&target)),
        };
        let last = match &target {
            UseTarget::Library(path) => path.segments.last().cloned(),
            UseTarget::File(_) => None,
        };
        let given = inner.next().filter(|next| next.as_rule() == Rule::name).map(|name| self.ident(&name));
        Some(Use { target, alias: given.or(last)?, span: self.span(pair) })
    }

    fn lexicon(&self, pair: &Pair<'_, Rule>) -> Option<Lexicon> {
        let mut inner = parts(pair);
        let name = self.ident(&inner.next()?);
        let (mut variants, mut lines) = (Vec::new(), Vec::new());
        for part in inner {
            match part.as_rule() {
                Rule::variant => variants.push(self.variant(&part)?),
                Rule::EOI => {}
                _ => lines.push(part),
            }
        }
        let (entries, but_not) = self.lines_of(lines.into_iter())?;
        Some(Lexicon { name, entries, but_not, variants, span: self.span(pair) })
    }

    fn variant(&self, pair: &Pair<'_, Rule>) -> Option<LexiconVariant> {
        let mut inner = parts(pair);
        let locale = self.ident(&inner.next()?);
        let (entries, but_not) = self.lines_of(inner)?;
        Some(LexiconVariant { locale, entries, but_not, span: self.span(pair) })
    }

    /// What counts, and what does not.
    fn lines_of<'i>(&self, lines: impl Iterator<Item = Pair<'i, Rule>>) -> Option<(Vec<PhraseExpr>, Vec<PhraseExpr>)> {
        let (mut entries, mut but_not) = (Vec::new(), Vec::new());
        for line in lines {
            match line.as_rule() {
                Rule::but_not => but_not.push(self.phrase(&parts(&line).next()?)?),
                _ => entries.push(self.phrase(&line)?),
            }
        }
        Some((entries, but_not))
    }

    fn moment(&self, pair: &Pair<'_, Rule>) -> Option<MomentDef> {
        let mut inner = parts(pair);
        let name = self.ident(&inner.next()?);
        Some(MomentDef { name, value: self.expr(&inner.next()?)?, span: self.span(pair) })
    }

    fn phase(&self, pair: &Pair<'_, Rule>) -> Option<PhaseDef> {
        let mut inner = parts(pair);
        let name = self.ident(&inner.next()?);
        let (from, to) = (self.expr(&inner.next()?), self.expr(&inner.next()?));
        let or_end = inner.any(|part| part.as_rule() == Rule::or_end);
        Some(PhaseDef { name, from: from?, to: to?, or_end, span: self.span(pair) })
    }
}
