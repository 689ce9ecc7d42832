//! What the runtime asks of a compiled program, without knowing how it is run.

use crate::facts::CallFacts;
use crate::outcome::Evaluation;
use crate::scorecard::ScorecardSpec;
use crate::trace::{CriterionTrace, LexiconInForce, ParameterValue};

/// What is known of a criterion beside its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionInfo {
    /// Its name.
    pub name: String,
    /// Its title; its name if it has none.
    pub title: String,
    /// Advice for who did not meet it.
    pub coaching: Option<String>,
    /// The hash of its meaning.
    pub hash: String,
    /// What it is in the program.
    pub kind: CriterionKind,
    /// Its parameters with the values that it was checked with.
    pub parameters: Vec<ParameterValue>,
    /// How many steps of partly met it has.
    pub steps: usize,
}

/// What a criterion of a program is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CriterionKind {
    /// Declared as a criterion.
    #[default]
    Declared,
    /// The `applies when` of a section: met where the section counts, not applicable where it does not.
    SectionCondition,
}

/// A broken invariant of this program: never the author's fault nor the call's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect(pub String);

impl std::fmt::Display for Defect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a defect of grille itself, not of your criteria or calls: {}", self.0)
    }
}

impl std::error::Error for Defect {}

/// A compiled program. Evaluation is pure: the same facts give the same bytes.
pub trait Executable: Send + Sync {
    /// The criteria, in the order of [`Evaluation::criteria`].
    fn criteria(&self) -> &[CriterionInfo];

    /// The scorecards.
    fn scorecards(&self) -> &[ScorecardSpec];

    /// The tag of the criteria's locale (`fr-FR`).
    fn locale(&self) -> &str;

    /// The tag of the locale whose pack normalises calls in which this is spoken: the criteria's own where nothing is said,
    /// else that of the variants in force; none where the criteria do not speak of such calls.
    fn locale_for(&self, spoken: Option<&str>) -> Option<&str>;

    /// Which entries of lexicons are looked for in such calls, by name; nothing where no lexicon has variants.
    fn lexicons_for(&self, spoken: Option<&str>) -> &[LexiconInForce];

    /// Every criterion's outcome on one call.
    ///
    /// # Errors
    /// A [`Defect`] where an invariant of the program is broken.
    fn evaluate(&self, facts: &CallFacts) -> Result<Evaluation, Defect>;

    /// The full derivation of one criterion (by index) on one call, by the reference interpreter.
    ///
    /// # Errors
    /// A [`Defect`] where an invariant of the program is broken.
    fn explain(&self, facts: &CallFacts, criterion: usize) -> Result<CriterionTrace, Defect>;
}
