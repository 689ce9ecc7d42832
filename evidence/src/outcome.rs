//! What an engine records of one call: a verdict for each criterion, and for each leaf its value and the handle of
//! its evidence. A few bytes each; the full derivation is made from the same plan on demand.

use crate::moment::Moment;
use crate::truth::{StepSet, Truth, VerdictSet};

/// A condition without conditions inside: one comparison in the source, one leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafId(pub u32);

/// What one call came to. Two engines agree if these are equal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evaluation {
    /// One for each criterion of the program, in its order.
    pub criteria: Vec<CriterionOutcome>,
}

/// What one criterion came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CriterionOutcome {
    /// The verdicts still possible.
    pub verdicts: VerdictSet,
    /// The steps of partly met still possible; none where partly met is not among the verdicts.
    pub steps: StepSet,
    /// Its leaves, in the order of the source.
    pub leaves: Vec<LeafOutcome>,
}

/// What one leaf came to. A leaf inside `expect` is recorded for the first occasion with its least value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeafOutcome {
    /// Its value; none where no occasion came.
    pub value: Option<Truth>,
    /// The first sure moment that decided it, else the first that may have.
    pub evidence: Option<Moment>,
}

impl Evaluation {
    /// The evaluation as bytes, the same on every machine: what "the same bytes" means between engines.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for criterion in &self.criteria {
            let verdicts = criterion.verdicts.iter().map(|v| v as u8 + 1).fold(0u8, |set, v| set | 1 << v);
            bytes.extend([verdicts, criterion.steps.bits()]);
            for leaf in &criterion.leaves {
                bytes.push(leaf.value.map_or(3, |v| v as u8));
                bytes.push(u8::from(leaf.evidence.is_some()));
                if let Some(m) = leaf.evidence {
                    let columns = [m.start, m.end, m.start_lo, m.start_hi, m.end_lo, m.end_hi];
                    bytes.extend(columns.iter().flat_map(|c| c.to_le_bytes()));
                    bytes.extend([m.origin.0, m.first, m.last, m.sure].iter().flat_map(|c| c.to_le_bytes()));
                }
            }
        }
        bytes
    }
}
