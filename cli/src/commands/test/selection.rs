//! Which tests are run: those of a name, a criterion or a scorecard.

use grille_compiler::checked::{Checked, Test};
use grille_evidence::expectation::Expectation;

/// Pieces of names, in lower case; none of them: every test.
pub struct Selection {
    pieces: Vec<String>,
}

impl Selection {
    /// Tests whose name, or one of whose criteria or scorecards, holds one of these.
    pub fn new(only: &[String]) -> Selection {
        Selection { pieces: only.iter().map(|piece| piece.to_lowercase()).collect() }
    }

    /// Is nothing left out?
    pub fn is_everything(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Is the test to be run?
    pub fn holds(&self, test: &Test, checked: &Checked) -> bool {
        let about = test.case.expectations.iter().filter_map(|e| name_of(e, checked));
        let names: Vec<String> = std::iter::once(test.case.name.as_str()).chain(about).map(str::to_lowercase).collect();
        self.is_everything() || self.pieces.iter().any(|piece| names.iter().any(|name| name.contains(piece)))
    }

    /// What was asked for, as a person reads it.
    pub fn words(&self) -> String {
        self.pieces.iter().map(|piece| format!("`{piece}`")).collect::<Vec<_>>().join(" or ")
    }
}

/// The criterion or scorecard that an expectation is about.
fn name_of<'a>(expectation: &Expectation, checked: &'a Checked) -> Option<&'a str> {
    match expectation {
        Expectation::Verdict { criterion, .. } => checked.criteria.get(*criterion).map(|c| c.name.as_str()),
        other => checked.scorecards.get(other.scorecard()?).map(|c| c.name.as_str()),
    }
}
