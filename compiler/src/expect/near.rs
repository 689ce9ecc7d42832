//! Filters that ask how the moments of a set lie to the occasion, evaluated one occasion after the other: each time only those
//! near it are looked at. Knows no shape beyond one filter.

use crate::algebra::nearby::Nearby;
use crate::algebra::relation::Relation;
use crate::plan::{FilterOp, NodeId};
use grille_evidence::moment::MomentSet;
use std::collections::BTreeMap;

/// Where the moments of nodes lie that are the same on every occasion.
#[derive(Default)]
pub struct Near(BTreeMap<NodeId, Nearby>);

impl Near {
    /// Those of a node's moments that pass, where one moment stands on the right; none where the filter looks at all of them.
    /// The node's moments must be the same whenever this is asked.
    #[must_use]
    pub fn filtered(&mut self, node: NodeId, set: &MomentSet, op: &FilterOp, right: &MomentSet) -> Option<MomentSet> {
        let (Some((relation, false)), [one], []) = (Relation::of(op), right.moments.as_slice(), right.dark.as_slice())
        else {
            return None;
        };
        Some(self.0.entry(node).or_insert_with(|| Nearby::of(set)).kept(set, relation, one))
    }
}
