//! A compiled program behind the contract's trait: checked, lowered, verified, and run by one of the two engines.

use crate::check::Outcome;
use crate::checked::Checked;
use crate::explain::Explainer;
use crate::interpret::Interpreter;
use crate::jit::MachineProgram;
use crate::jit::program::Listing;
use crate::phrases::index::Symboliser;
use crate::plan::Plan;
use crate::plan::lower::{self, lower};
use crate::plan::verify::VerifiedPlan;
use grille_evidence::executable::{CriterionInfo, Defect, Executable};
use grille_evidence::facts::CallFacts;
use grille_evidence::locale::LocalePack;
use grille_evidence::outcome::Evaluation;
use grille_evidence::scorecard::ScorecardSpec;
use grille_evidence::trace::{CriterionTrace, LexiconInForce};
use grille_grammar::source::SourceSet;
use std::sync::Arc;

/// Who evaluates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The reference interpreter.
    Interpreter,
    /// Machine code.
    Machine,
}

/// A program ready to run.
pub struct Program {
    plan: Arc<VerifiedPlan>,
    sources: Arc<SourceSet>,
    symboliser: Symboliser,
    machine: Option<MachineProgram>,
    infos: Vec<CriterionInfo>,
    in_force: Vec<LexiconInForce>,
    /// The same for calls of each locale for which a lexicon has entries.
    variants: Vec<Program>,
}

impl Program {
    /// Lowers a checked program, verifies the plan, and compiles it if machine code is wanted.
    ///
    /// # Errors
    /// A [`Defect`] where an invariant of ours is broken.
    pub fn new(checked: &Checked, sources: Arc<SourceSet>, engine: Engine) -> Result<Program, Defect> {
        Program::with(checked, lower(checked)?, sources, engine)
    }

    /// Of a program and its plan, with its variants.
    pub(crate) fn with(
        checked: &Checked,
        plan: Plan,
        sources: Arc<SourceSet>,
        engine: Engine,
    ) -> Result<Program, Defect> {
        let mut variants = Vec::new();
        for (variant, plan) in checked.variants.iter().zip(lower::variants(checked, &plan)?) {
            let program = Program::from_plan(plan, Arc::clone(&sources), engine)?;
            variants.push(Program { in_force: variant.in_force.clone(), ..program });
        }
        let in_force = if variants.is_empty() { Vec::new() } else { checked.in_force.clone() };
        Ok(Program { in_force, variants, ..Program::from_plan(plan, sources, engine)? })
    }

    /// The program for calls in which this is spoken: with the variants of the closest locale that covers it; none where the
    /// criteria do not speak of such calls.
    #[must_use]
    pub fn for_locale(&self, spoken: Option<&str>) -> Option<&Program> {
        let tag = spoken.unwrap_or(self.locale());
        let covering = self.variants.iter().filter(|variant| LocalePack::covers(variant.locale(), tag));
        if let Some(closest) = covering.max_by_key(|variant| variant.locale().len()) {
            return Some(closest);
        }
        let language = |tag: &str| LocalePack::for_tag(tag).map(LocalePack::language);
        (language(tag) == language(self.locale())).then_some(self)
    }

    /// The program for a call.
    pub(crate) fn in_force(&self, facts: &CallFacts) -> &Program {
        self.for_locale(facts.locale.as_deref()).unwrap_or(self)
    }

    /// The program that checking came to; none where a finding forbids it.
    ///
    /// # Errors
    /// As [`Program::new`].
    pub fn of(outcome: Outcome, sources: Arc<SourceSet>, engine: Engine) -> Result<Option<Program>, Defect> {
        match (outcome.program, outcome.plan) {
            (Some(checked), Some(plan)) => Program::with(&checked, plan, sources, engine).map(Some),
            (Some(checked), None) => Program::new(&checked, sources, engine).map(Some),
            (None, _) => Ok(None),
        }
    }

    /// The same, from a plan.
    ///
    /// # Errors
    /// A [`Defect`] where the plan is broken.
    pub fn from_plan(plan: Plan, sources: Arc<SourceSet>, engine: Engine) -> Result<Program, Defect> {
        let plan = Arc::new(VerifiedPlan::new(plan)?);
        let machine = match engine {
            Engine::Interpreter => None,
            Engine::Machine => Some(MachineProgram::compile(Arc::clone(&plan), Listing::Off)?),
        };
        let infos = plan.plan().criteria.iter().map(|c| c.info.clone()).collect();
        let symboliser = Symboliser::new(plan.plan());
        Ok(Program { symboliser, plan, sources, machine, infos, in_force: Vec::new(), variants: Vec::new() })
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        self.plan.plan()
    }

    /// What finds its symbols in a call.
    pub(crate) fn symboliser(&self) -> &Symboliser {
        &self.symboliser
    }

    /// The code as text.
    ///
    /// # Errors
    /// A [`Defect`] where Cranelift refuses what we wrote.
    pub fn listing(&self, listing: Listing) -> Result<String, Defect> {
        Ok(MachineProgram::compile(Arc::clone(&self.plan), listing)?.listing().to_owned())
    }
}

impl Executable for Program {
    fn criteria(&self) -> &[CriterionInfo] {
        &self.infos
    }

    fn scorecards(&self) -> &[ScorecardSpec] {
        &self.plan().scorecards
    }

    fn locale(&self) -> &str {
        &self.plan().locale
    }

    fn locale_for(&self, spoken: Option<&str>) -> Option<&str> {
        self.for_locale(spoken).map(Program::locale)
    }

    fn lexicons_for(&self, spoken: Option<&str>) -> &[LexiconInForce] {
        self.for_locale(spoken).map_or(&[], |program| &program.in_force)
    }

    fn evaluate(&self, facts: &CallFacts) -> Result<Evaluation, Defect> {
        let program = self.in_force(facts);
        match &program.machine {
            Some(machine) => machine.evaluate(facts),
            None => Interpreter::new(program.plan(), &program.symboliser, facts).evaluate(),
        }
    }

    fn explain(&self, facts: &CallFacts, criterion: usize) -> Result<CriterionTrace, Defect> {
        let program = self.in_force(facts);
        Explainer::new(program.plan(), &program.sources, &program.symboliser, facts).criterion(criterion)
    }
}
