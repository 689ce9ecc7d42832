//! A compiled program behind the contract's trait: checked, lowered, verified, and run by one of the two engines.

use crate::checked::Checked;
use crate::explain::Explainer;
use crate::interpret::Interpreter;
use crate::jit::MachineProgram;
use crate::jit::program::Listing;
use crate::phrases::index::Symboliser;
use crate::plan::Plan;
use crate::plan::lower::lower;
use crate::plan::verify::VerifiedPlan;
use grille_evidence::executable::{CriterionInfo, Defect, Executable};
use grille_evidence::facts::CallFacts;
use grille_evidence::outcome::Evaluation;
use grille_evidence::scorecard::ScorecardSpec;
use grille_evidence::trace::CriterionTrace;
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
}

impl Program {
    /// Lowers a checked program, verifies the plan, and compiles it if machine code is wanted.
    ///
    /// # Errors
    /// A [`Defect`] where an invariant of ours is broken.
    pub fn new(checked: &Checked, sources: Arc<SourceSet>, engine: Engine) -> Result<Program, Defect> {
        Program::from_plan(lower(checked)?, sources, engine)
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
        Ok(Program { symboliser: Symboliser::new(plan.plan()), plan, sources, machine, infos })
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

    fn evaluate(&self, facts: &CallFacts) -> Result<Evaluation, Defect> {
        match &self.machine {
            Some(machine) => machine.evaluate(facts),
            None => Interpreter::new(self.plan(), &self.symboliser, facts).evaluate(),
        }
    }

    fn explain(&self, facts: &CallFacts, criterion: usize) -> Result<CriterionTrace, Defect> {
        Explainer::new(self.plan(), &self.sources, &self.symboliser, facts).criterion(criterion)
    }
}
