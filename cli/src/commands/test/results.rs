//! What came of tests, as data. Knows nothing of how it is shown.

use grille_grammar::diagnostic::Diagnostic;
use grille_runtime::expect::Miss;

/// What came of a test.
pub enum Outcome {
    /// Everything expected came.
    Passed,
    /// Something did not.
    Failed(Vec<Miss>),
    /// Its call could not be used.
    Unusable(Box<Diagnostic>),
}

impl Outcome {
    /// Did everything expected come?
    pub fn passed(&self) -> bool {
        matches!(self, Outcome::Passed)
    }
}
