//! Leaves told of all occasions at once: where one occasion is asked for moments that lie so to it, all are asked together,
//! by the same sweeps that ask many moments of another pattern. What is told is what each occasion by itself would tell.

use super::Evaluator;
use super::shape::{self, Shape};
use crate::algebra::relation::Relation;
use crate::algebra::{MOST_MOMENTS, filter, fold};
use crate::plan::{ConditionOp, FilterOp, NodeId, NodeOp, Side};
use grille_evidence::moment::MomentSet;
use grille_evidence::truth::Truth;
use std::borrow::Cow;

/// An engine, and the occasions, each of them sure.
pub struct Each<'a, E> {
    /// Who knows the moments.
    pub engine: &'a E,
    /// The occasions.
    pub occasions: &'a MomentSet,
}

/// What a node is on the occasions.
enum Found<'a> {
    /// The same on each.
    Same(Cow<'a, MomentSet>),
    /// The occasion itself, so surely; nothing else, and nothing hides.
    Own(Vec<Truth>),
    /// Whether there are any, and how many are listed at most.
    Some(Vec<Truth>, usize),
}

impl<'a, E: Evaluator> Each<'a, E> {
    /// The value on each occasion; none where the occasions must be looked at one after the other.
    #[must_use]
    pub fn leaf(&self, leaf: &ConditionOp) -> Option<Vec<Truth>> {
        if !shape::is_told_at_once(self.engine.plan(), leaf) {
            return None;
        }
        match leaf {
            ConditionOp::Any(node) => Some(self.any(&self.found(*node)?)),
            ConditionOp::No(node) => Some(self.any(&self.found(*node)?).into_iter().map(Truth::negate).collect()),
            ConditionOp::Count { base, bounds } => {
                let Found::Own(own) = self.found(*base)? else { return None };
                let counted = |there: Truth| (u32::from(there == Truth::Yes), Some(u32::from(there != Truth::No)));
                Some(own.into_iter().map(|there| fold::count_within(counted(there), *bounds)).collect())
            }
            ConditionOp::Every { base, filter } => {
                let Found::Own(own) = self.found(*base)? else { return None };
                Some(own.into_iter().zip(self.passing(filter)).map(|(there, passes)| of_one(there, passes)).collect())
            }
            ConditionOp::OnlyAfter { left, right } => {
                let Found::Own(own) = self.found(*left)? else { return None };
                let after = Relation::Ended.all(&self.occasions.moments, self.engine.known(*right));
                Some(own.into_iter().zip(after).map(|(there, after)| of_one(there, after)).collect())
            }
            ConditionOp::InOrder(members) => self.in_order(members),
            _ => None,
        }
    }

    fn found(&self, id: NodeId) -> Option<Found<'a>> {
        let plan = self.engine.plan();
        if shape::of_node(plan, id)? == Shape::Same {
            return Some(Found::Same(Cow::Borrowed(self.engine.known(id))));
        }
        match &plan.node(id)?.op {
            NodeOp::It => Some(Found::Own(vec![Truth::Yes; self.occasions.moments.len()])),
            NodeOp::Filter { base, filter } => self.filtered(*base, filter),
            NodeOp::Except(left, right) => {
                let Found::Own(own) = self.found(*left)? else { return None };
                let shared = Relation::Sharing.all(&self.occasions.moments, self.engine.known(*right));
                Some(Found::Own(both(own, shared.into_iter().map(Truth::negate))))
            }
            NodeOp::Then { left, within, right } => match (self.found(*left)?, self.found(*right)?) {
                (Found::Own(own), Found::Same(set)) => {
                    let told = Relation::Beside(Side::Before, *within).all(&self.occasions.moments, &set);
                    Some(Found::Some(both(own, told.into_iter()), set.moments.len()))
                }
                (Found::Same(set), Found::Own(own)) => self.lying(&set, Relation::Beside(Side::Before, *within), own),
                _ => None,
            },
            NodeOp::Union(parts) => self.union(parts),
            _ => None,
        }
    }

    fn filtered(&self, base: NodeId, filter: &FilterOp) -> Option<Found<'a>> {
        match self.found(base)? {
            Found::Own(own) => Some(Found::Own(both(own, self.passing(filter).into_iter()))),
            Found::Same(set) => {
                let (relation, _) = Relation::of(filter)?;
                let Found::Own(own) = self.found(filter.right()?)? else { return None };
                self.lying(&set, relation, own)
            }
            Found::Some(..) => None,
        }
    }

    /// Does each occasion pass, on whose right side stands what is the same for all?
    fn passing(&self, filter: &FilterOp) -> Vec<Truth> {
        let right = filter.right().map(|right| self.engine.known(right));
        filter::each_passes(filter, self.occasions, right, self.engine.facts())
    }

    /// Are there any of the set that lie so to the occasion, where that is?
    fn lying(&self, set: &MomentSet, relation: Relation, own: Vec<Truth>) -> Option<Found<'a>> {
        let listed = relation.reversed()?.among(&self.occasions.moments, &set.moments);
        let told = self.occasions.moments.iter().zip(listed).map(|(occasion, listed)| {
            if relation.may_reach(&set.dark, occasion) { listed.or(Truth::CannotTell) } else { listed }
        });
        Some(Found::Some(both(own, told), set.moments.len()))
    }

    /// Past the limit on moments a union cannot be told, whatever its parts are.
    fn union(&self, parts: &[NodeId]) -> Option<Found<'a>> {
        let mut there = vec![Truth::No; self.occasions.moments.len()];
        let mut most = 0;
        for part in parts {
            let found = self.found(*part)?;
            most += match &found {
                Found::Same(set) => set.moments.len(),
                Found::Own(_) => 1,
                Found::Some(_, most) => *most,
            };
            there.iter_mut().zip(self.any(&found)).for_each(|(there, own)| *there = there.or(own));
        }
        (most <= MOST_MOMENTS).then_some(Found::Some(there, most))
    }

    fn any(&self, found: &Found<'_>) -> Vec<Truth> {
        match found {
            Found::Same(set) => vec![fold::any(set); self.occasions.moments.len()],
            Found::Own(there) | Found::Some(there, _) => there.clone(),
        }
    }

    /// Each preceded by one before it that was reached.
    fn in_order(&self, members: &[NodeId]) -> Option<Vec<Truth>> {
        let preceded = Relation::Beside(Side::After, None);
        let mut reached: Option<Found<'a>> = None;
        for member in members {
            let own = self.found(*member)?;
            reached = Some(match (reached, own) {
                (None, own) => own,
                (Some(Found::Same(before)), Found::Same(set)) => {
                    Found::Same(Cow::Owned(filter::keep(preceded, false, &set, &before)))
                }
                (Some(Found::Same(before)), Found::Own(own)) => {
                    Found::Own(both(own, preceded.all(&self.occasions.moments, &before).into_iter()))
                }
                (Some(Found::Own(own)), Found::Same(set)) => self.lying(&set, preceded, own)?,
                _ => return None,
            });
        }
        Some(self.any(&reached?))
    }
}

fn both(one: Vec<Truth>, other: impl Iterator<Item = Truth>) -> Vec<Truth> {
    one.into_iter().zip(other).map(|(one, other)| one.and(other)).collect()
}

/// `every` of a set that holds one moment, or none.
fn of_one(there: Truth, value: Truth) -> Truth {
    match there {
        Truth::No => Truth::Yes,
        Truth::Yes => value,
        Truth::CannotTell => value.or(Truth::CannotTell),
    }
}
