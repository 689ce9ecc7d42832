//! One walk over a module for finding changes and for making one: both meet the same places in the same order. Every kind of
//! declaration and clause is named, so that a new one is not passed over in silence.

use super::{Mutant, ideas};
use grille_grammar::ast::{Clause, ClauseKind, Criterion, Item, Lexicon, LexiconVariant, Module, Parameter, PhaseDef};
use grille_grammar::source::{SourceSet, Span};

/// Offers changes; makes the one that is asked for.
pub(super) struct Walk<'s> {
    pub(super) sources: &'s SourceSet,
    found: Vec<Mutant>,
    wanted: Option<usize>,
    offered: usize,
    groups: usize,
}

/// Every change of a module.
pub(super) fn found(module: &mut Module, sources: &SourceSet) -> Vec<Mutant> {
    let mut walk = Walk { sources, found: Vec::new(), wanted: None, offered: 0, groups: 0 };
    walk.module(module);
    walk.found
}

/// Makes the change of this number.
pub(super) fn apply(module: &mut Module, sources: &SourceSet, number: usize) {
    let mut walk = Walk { sources, found: Vec::new(), wanted: Some(number), offered: 0, groups: 0 };
    walk.module(module);
}

impl Walk<'_> {
    /// Begins a new group of changes.
    pub(super) fn group(&mut self) {
        self.groups += 1;
    }

    /// Offers a change; true if it is to be made.
    pub(super) fn offer(&mut self, place: Span, was: &str, now: &str, idea: &str) -> bool {
        let number = self.offered;
        self.offered += 1;
        if self.wanted.is_none() {
            let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let (was, now, idea) = (line(was), line(now), idea.to_owned());
            self.found.push(Mutant { place, was, now, idea, group: self.groups });
        }
        self.wanted == Some(number)
    }

    /// A change that stands alone.
    pub(super) fn alone(&mut self, place: Span, was: &str, now: &str, idea: &str) -> bool {
        self.group();
        self.offer(place, was, now, idea)
    }

    /// Something that could be left out.
    pub(super) fn without(&mut self, place: Span, idea: &str) -> bool {
        let was = self.sources.slice(place).to_owned();
        self.alone(place, &was, "", idea)
    }

    fn module(&mut self, module: &mut Module) {
        for item in &mut module.items {
            match item {
                Item::Lexicon(lexicon) => self.lexicon(lexicon),
                Item::Moment(moment) => self.expr(&mut moment.value),
                Item::Phase(PhaseDef { name: _, from, to, or_end: _, span: _ }) => {
                    self.expr(from);
                    self.expr(to);
                }
                Item::Criterion(criterion) => self.criterion(criterion),
                Item::Scorecard(scorecard) => self.scorecard(scorecard),
                // What tests say is what notices; what is used is changed in its own file.
                Item::Use(_) | Item::Test(_) | Item::Attributes(_) | Item::Event(_) => {}
            }
        }
    }

    fn lexicon(&mut self, lexicon: &mut Lexicon) {
        self.phrase_list(&mut lexicon.entries, ideas::ALTERNATIVE, 1);
        self.phrase_list(&mut lexicon.but_not, ideas::EXCEPTION, 0);
        for LexiconVariant { locale: _, entries, but_not, span: _ } in &mut lexicon.variants {
            self.phrase_list(entries, ideas::ALTERNATIVE, 1);
            self.phrase_list(but_not, ideas::EXCEPTION, 0);
        }
    }

    fn criterion(&mut self, criterion: &mut Criterion) {
        for Parameter { name: _, ty: _, default, span: _ } in &mut criterion.parameters {
            if let Some(value) = default {
                self.quantity(value, ideas::EDGE);
            }
        }
        let mut at = 0;
        while at < criterion.clauses.len() {
            let Some(clause) = criterion.clauses.get_mut(at) else { break };
            let (place, is_advice) = (clause.span, matches!(clause.kind, ClauseKind::Coaching(_)));
            if !is_advice && self.without(place, ideas::CLAUSE) {
                criterion.clauses.remove(at);
                return;
            }
            if let Some(clause) = criterion.clauses.get_mut(at) {
                self.clause(clause);
            }
            at += 1;
        }
    }

    fn clause(&mut self, clause: &mut Clause) {
        match &mut clause.kind {
            ClauseKind::AppliesWhen(condition)
            | ClauseKind::ExcusedWhen(condition)
            | ClauseKind::NotMetWhen(condition)
            | ClauseKind::MetWhen(condition) => self.expr(condition),
            ClauseKind::PartlyMetWhen { worth, condition } => {
                self.optional_quantity(worth.as_mut(), ideas::SCORE);
                self.expr(condition);
            }
            ClauseKind::PartlyMetOfThem { worth, share } => {
                self.optional_quantity(worth.as_mut(), ideas::SCORE);
                self.quantity(share, ideas::SHARE);
            }
            ClauseKind::Whenever { trigger, once_per, expect } => {
                self.expr(trigger);
                self.optional_bound(once_per.as_mut(), ideas::EDGE);
                self.expr(expect);
            }
            ClauseKind::Coaching(_) => {}
        }
    }
}
