//! Criteria changed in one small place at a time, to see whether a test notices. Works on syntax trees: a constant stands
//! there once, however often it is used, and each mutant is a file that somebody could have written. What checking
//! refuses, and what means the same (by its hash), is no mutant. Knows no call and runs no test.

mod expressions;
mod ideas;
mod measures;
mod phrases;
mod quantities;
mod scorecards;
mod walk;

use crate::check::check;
use crate::checked::Checked;
use crate::engine::{Engine, Program};
use crate::load::{Loaded, LoadedModule, ModuleKey};
use crate::plan::Plan;
use crate::plan::lower::lower;
use grille_evidence::executable::Defect;
use grille_evidence::expectation::{Expectation, TestCase};
use grille_grammar::ast::Item;
use grille_grammar::source::{SourceSet, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// Where.
    pub place: Span,
    /// What stands there.
    pub was: String,
    /// What it would be.
    pub now: String,
    /// What a test would have to hold to notice.
    pub idea: String,
    /// Changes in one place and one direction, the largest first: if that is not noticed, the others are not tried.
    pub group: usize,
}

/// A program with one change.
pub enum Built {
    /// Checking refuses it, or it means the same.
    Nothing,
    /// A program, and the tests that expect something of what changed.
    Changed(Box<Program>, Vec<TestOf>),
}

/// A test of a changed program.
pub struct TestOf {
    /// Its place among the tests of the file.
    pub index: usize,
    /// What is expected, in terms of the changed program.
    pub case: TestCase,
}

/// Every change of a program's first files, and of the files that these use.
pub struct Mutants {
    loaded: Loaded,
    sources: Arc<SourceSet>,
    original: Plan,
    list: Vec<(usize, usize, Mutant)>,
    skipped: Vec<Skipped>,
}

/// A module that is used and not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skipped {
    /// A part of the library, which its own tests hold.
    Library(String),
    /// A file that has tests of its own: these are what should notice.
    Tested(String),
}

impl Mutants {
    /// The changes of what was loaded and checked, in the order of the source.
    ///
    /// # Errors
    /// A [`Defect`] where the program breaks what checking promises.
    pub fn of(loaded: &Loaded, checked: &Checked) -> Result<Mutants, Defect> {
        let (mut list, mut skipped, mut groups) = (Vec::new(), Vec::new(), 0);
        for (module, loaded_module) in loaded.modules.iter().enumerate() {
            if let Some(why) = skipped_by(loaded_module) {
                skipped.push(why);
                continue;
            }
            let mut ast = loaded_module.ast.clone();
            let mut found = walk::found(&mut ast, &loaded.sources);
            found.iter_mut().for_each(|mutant| mutant.group += groups);
            groups = found.last().map_or(groups, |last| last.group + 1);
            list.extend(found.into_iter().enumerate().map(|(number, mutant)| (module, number, mutant)));
        }
        let sources = Arc::new(loaded.sources.clone());
        Ok(Mutants { loaded: loaded.clone(), sources, original: lower(checked)?, list, skipped })
    }

    /// What is used and not changed, in the order in which it is used.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// The change of this number.
    #[must_use]
    pub fn mutant(&self, number: usize) -> Option<&Mutant> {
        self.list.get(number).map(|(_, _, mutant)| mutant)
    }

    /// The program with this change.
    ///
    /// # Errors
    /// A [`Defect`] where a checked program cannot be run.
    pub fn build(&mut self, number: usize) -> Result<Built, Defect> {
        let Some((module, change, _)) = self.list.get(number) else { return Ok(Built::Nothing) };
        let Some(loaded) = self.loaded.modules.get_mut(*module) else { return Ok(Built::Nothing) };
        let before = loaded.ast.clone();
        walk::apply(&mut loaded.ast, &self.sources, *change);
        let outcome = check(&self.loaded);
        if let Some(loaded) = self.loaded.modules.get_mut(*module) {
            loaded.ast = before;
        }
        match (outcome.program, outcome.plan) {
            (Some(checked), Some(plan)) => self.changed(&checked, plan),
            (Some(checked), None) => self.changed(&checked, lower(&checked)?),
            (None, _) => Ok(Built::Nothing),
        }
    }

    fn changed(&self, checked: &Checked, mut plan: Plan) -> Result<Built, Defect> {
        let criteria = changed(&self.original, &plan, |p, i| p.criteria.get(i).map(|c| c.info.hash.clone()));
        let cards = changed(&self.original, &plan, |p, i| p.scorecards.get(i).map(|c| c.hash.clone()));
        if criteria.is_empty() && cards.is_empty() {
            return Ok(Built::Nothing);
        }
        let concerns = |expectation: &Expectation| match expectation {
            Expectation::Verdict { criterion, .. } => criteria.contains(criterion),
            other => other.scorecard().is_some_and(|card| {
                cards.contains(&card) || counted(&plan, card).iter().any(|criterion| criteria.contains(criterion))
            }),
        };
        let mut tests = Vec::new();
        let mut needed = BTreeSet::new();
        for (index, test) in checked.tests.iter().enumerate() {
            let expectations: Vec<Expectation> =
                test.case.expectations.iter().filter(|e| concerns(e)).cloned().collect();
            for expectation in &expectations {
                match expectation {
                    Expectation::Verdict { criterion, .. } => drop(needed.insert(*criterion)),
                    other => needed.extend(other.scorecard().map(|card| counted(&plan, card)).unwrap_or_default()),
                }
            }
            if !expectations.is_empty() {
                tests.push(TestOf { index, case: TestCase { expectations, ..test.case.clone() } });
            }
        }
        let sources = Arc::clone(&self.sources);
        let program = if checked.variants.is_empty() {
            forget_others(&mut plan, &needed);
            Program::from_plan(plan, sources, Engine::Interpreter)?
        } else {
            Program::with(checked, plan, sources, Engine::Interpreter)?
        };
        Ok(Built::Changed(Box::new(program), tests))
    }
}

fn skipped_by(module: &LoadedModule) -> Option<Skipped> {
    let has_tests =
        || module.ast.items.iter().any(|item| matches!(item, Item::Test(_))) || !module.ast.tables.is_empty();
    match &module.key {
        _ if module.is_root => None,
        ModuleKey::Library(name) => Some(Skipped::Library(name.clone())),
        ModuleKey::File(_) if has_tests() => Some(Skipped::Tested(module.key.shown())),
        ModuleKey::File(_) => None,
    }
}

/// What has another hash than before; everything, where there is more or less of it.
fn changed(before: &Plan, after: &Plan, hash: impl Fn(&Plan, usize) -> Option<String>) -> BTreeSet<usize> {
    let most = before.criteria.len().max(after.criteria.len()).max(before.scorecards.len()).max(after.scorecards.len());
    (0..most).filter(|index| hash(before, *index) != hash(after, *index)).collect()
}

/// The criteria that decide a scorecard.
fn counted(plan: &Plan, scorecard: usize) -> Vec<usize> {
    plan.scorecards.get(scorecard).map(|card| card.criteria().collect()).unwrap_or_default()
}

/// Criteria that no test looks at need not be evaluated. (Steps of partly met stay: scorecards have points for each.)
fn forget_others(plan: &mut Plan, needed: &BTreeSet<usize>) {
    let others = plan.criteria.iter_mut().enumerate().filter(|(index, _)| !needed.contains(index));
    for (_, criterion) in others.filter(|(_, criterion)| criterion.partly.is_empty()) {
        (criterion.applies, criterion.whenever, criterion.not_met) = (None, None, None);
        (criterion.met, criterion.excused) = (None, None);
        criterion.leaves.clear();
    }
}
