//! Uses, lexicons, moments and phases.

use super::super::grammar::Rule;
use super::{Builder, parts};
use crate::ast::{Item, Lexicon, MomentDef, PhaseDef, Use, UseTarget};
use pest::iterators::Pair;

impl Builder<'_> {
    /// The item that a pair of one of the `item_…` rules is.
    pub(in super::super) fn item(&self, pair: &Pair<'_, Rule>) -> Option<Item> {
        match pair.as_rule() {
            Rule::item_use => self.use_item(pair).map(Item::Use),
            Rule::item_attributes => self.attributes(pair).map(Item::Attributes),
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
        let mut lexicon = Lexicon { name, entries: Vec::new(), but_not: Vec::new(), span: self.span(pair) };
        for entry in inner {
            match entry.as_rule() {
                Rule::but_not => lexicon.but_not.push(self.phrase(&parts(&entry).next()?)?),
                Rule::EOI => {}
                _ => lexicon.entries.push(self.phrase(&entry)?),
            }
        }
        Some(lexicon)
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
