//! A pile of findings that does not grow without end. Knows nothing of what they say.

use crate::diagnostic::Diagnostic;

/// Findings kept of one file.
const KEPT: usize = 2 * super::FINDINGS_SHOWN;

/// Findings, and how many there were.
#[derive(Default)]
pub(super) struct Findings {
    /// The first of them.
    pub kept: Vec<Diagnostic>,
    /// How many were told.
    pub counted: usize,
}

impl Findings {
    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.counted += 1;
        if !self.is_full() {
            self.kept.push(finding);
        }
    }

    /// Adds those of another pile.
    pub(super) fn append(&mut self, other: Findings) {
        let hidden = other.counted.saturating_sub(other.kept.len());
        other.kept.into_iter().for_each(|finding| self.push(finding));
        self.counted += hidden;
    }

    /// So many that looking for more in the same item tells nobody anything.
    pub(super) fn is_full(&self) -> bool {
        self.kept.len() >= KEPT
    }
}
