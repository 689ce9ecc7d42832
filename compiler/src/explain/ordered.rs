//! Derivations of what is put together by order: chains, how far they came, and what was lacking to the next member.

use super::{Explainer, cite, nearest};
use crate::algebra::fold;
use crate::algebra::order::precedes;
use crate::plan::{NodeId, Pick, Side};
use grille_evidence::executable::Defect;
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::trace::{Node, Observed, Reason, ReasonCode};
use grille_evidence::truth::Truth;

impl Explainer<'_> {
    /// `in order`: the members that were found, each after the one before, and why the next was not.
    pub(crate) fn in_order(&mut self, members: &[NodeId], node: &mut Node) -> Result<(), Defect> {
        let sets = members.iter().map(|m| self.interpreter.moments(*m)).collect::<Result<Vec<_>, _>>()?;
        let reached = fold::followed(&sets.iter().collect::<Vec<_>>());
        let leading = |holds: fn(&MomentSet) -> bool| reached.iter().take_while(|set| holds(set)).count();
        let surely = leading(|set| set.sure().next().is_some());
        let perhaps = leading(|set| fold::any(set) != Truth::No);
        let listed = leading(|set| !set.moments.is_empty());
        node.observed =
            Some(Observed::Reached { surely: count(surely), perhaps: count(perhaps), of: count(sets.len()) });
        let found = if node.value == Truth::Yes { surely } else { listed };
        node.evidence = witnesses(reached.get(..found).unwrap_or_default()).iter().map(|m| self.evidence(m)).collect();
        if let (Some(before), Some(next), Some(member)) =
            (reached.get(found.wrapping_sub(1)), sets.get(found), members.get(found))
        {
            node.reasons.extend(self.lacking(*member, None, next, before));
        }
        if node.value == Truth::CannotTell
            && let (Some(member), Some(set)) = (members.get(surely), reached.get(surely))
        {
            node.reasons.extend(self.doubt(*member, set));
        }
        for member in members {
            node.children.push(self.moments(*member)?);
        }
        Ok(())
    }

    /// The one that came least too late after those that it should follow, or least before them.
    fn lacking(&self, id: NodeId, within: Option<i32>, set: &MomentSet, before: &MomentSet) -> Option<Reason> {
        let misses = set.moments.iter().filter_map(|m| Some((nearest::beside(Side::After, within, m, before)?, m)));
        let ((code, by), m) = misses.min_by_key(|((_, by), m)| (by.unwrap_or(i64::MAX), m.key()))?;
        Some(self.reason(code, id, by.map(cite::millis), Some(self.evidence(m))))
    }

    /// What was lacking to the next member of a chain whose members before were found.
    pub(crate) fn why_no_chain(
        &mut self,
        left: NodeId,
        within: Option<i32>,
        right: NodeId,
        set: &MomentSet,
    ) -> Result<Vec<Reason>, Defect> {
        if fold::any(set) == Truth::Yes {
            return Ok(Vec::new());
        }
        let (before, next) = (self.interpreter.moments(left)?, self.interpreter.moments(right)?);
        if fold::any(set) == Truth::CannotTell {
            return Ok(self.doubt_of_two((left, &before), (right, &next), set).into_iter().collect());
        }
        Ok(self.lacking(right, within, &next, &before).into_iter().collect())
    }

    /// Fewer are there than the one that is asked for.
    pub(crate) fn too_few(&self, pick: Pick, base: NodeId, set: &MomentSet) -> Option<Reason> {
        let Pick::Nth(wanted) = pick else { return None };
        let there = i64::try_from(set.moments.len()).unwrap_or(i64::MAX);
        let lacking = i64::from(wanted) - there;
        let told = set.dark.is_empty() && !set.moments.is_empty() && lacking > 0;
        told.then(|| self.reason(ReasonCode::TooFew, base, Some(cite::moments(lacking)), None))
    }

    /// What of the left is covered whole, where nothing is left.
    pub(crate) fn why_nothing_left(
        &mut self,
        left: NodeId,
        right: NodeId,
        set: &MomentSet,
    ) -> Result<Vec<Reason>, Defect> {
        if set.sure().next().is_some() {
            return Ok(Vec::new());
        }
        let (found, others) = (self.interpreter.moments(left)?, self.interpreter.moments(right)?);
        if fold::any(set) == Truth::No {
            let covered =
                found.moments.iter().map(|m| self.reason(ReasonCode::Excluded, left, None, Some(self.evidence(m))));
            return Ok(covered.collect());
        }
        Ok(self.doubt_of_two((right, &others), (left, &found), &found).into_iter().collect())
    }

    /// Which of two makes what they come to doubtful: one in which more may be, else the times.
    fn doubt_of_two(
        &self,
        one: (NodeId, &MomentSet),
        other: (NodeId, &MomentSet),
        whole: &MomentSet,
    ) -> Option<Reason> {
        let doubtful = |set: &MomentSet| !set.dark.is_empty() || set.moments.iter().any(|m| !m.is_sure());
        match [one, other].into_iter().find(|(_, set)| doubtful(set)) {
            Some((id, set)) => self.doubt(id, set),
            None => {
                let evidence = whole.moments.first().map(|m| self.evidence(m))?;
                Some(self.reason(ReasonCode::TimesUnsure, other.0, None, Some(evidence)))
            }
        }
    }

    /// Why a phase is not there though it begins, or cannot be told.
    pub(crate) fn why_no_phase(&mut self, from: NodeId, to: NodeId, set: &MomentSet) -> Result<Vec<Reason>, Defect> {
        if set.sure().next().is_some() {
            return Ok(Vec::new());
        }
        let (first, last) = (self.interpreter.moments(from)?, self.interpreter.moments(to)?);
        if fold::any(set) == Truth::CannotTell {
            let begins = first.sure().next().is_some() && first.dark.is_empty();
            let doubt = if begins { self.doubt(to, &last) } else { self.doubt(from, &first) };
            return Ok(doubt.into_iter().collect());
        }
        let miss = first.moments.first().and_then(|m| Some((nearest::beside(Side::Before, None, m, &last)?, m)));
        let reason = miss.map(|((code, by), m)| self.reason(code, from, by.map(cite::millis), Some(self.evidence(m))));
        Ok(reason.into_iter().collect())
    }
}

/// One of each, each preceding the next: of the last the first, sure ones before others.
fn witnesses(reached: &[MomentSet]) -> Vec<Moment> {
    let mut chain: Vec<Moment> = Vec::with_capacity(reached.len());
    for set in reached.iter().rev() {
        let fits = |m: &&Moment| chain.last().is_none_or(|next| precedes(m, next, None) != Truth::No);
        let surely = |m: &&Moment| m.is_sure() && chain.last().is_none_or(|next| precedes(m, next, None) == Truth::Yes);
        let found = set.moments.iter().find(surely).or_else(|| set.moments.iter().find(fits));
        chain.extend(found.copied());
    }
    chain.reverse();
    chain
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
