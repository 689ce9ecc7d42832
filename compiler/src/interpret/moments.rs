//! What each operation on moments denotes.

use super::Interpreter;
use super::phrase::matches_at;
use crate::algebra::{combine, filter, minus, phase, sound, source, then};
use crate::expect::Evaluator;
use crate::phrases::{Manner, Match, assemble};
use crate::plan::automaton::Automaton;
use crate::plan::{FilterOp, NodeId, NodeOp, PatternId};
use grille_evidence::call::Role;
use grille_evidence::executable::Defect;
use grille_evidence::moment::MomentSet;

impl Interpreter<'_> {
    pub(super) fn compute(&mut self, op: &NodeOp) -> Result<MomentSet, Defect> {
        let facts = self.facts;
        Ok(match op {
            NodeOp::Says { role, asks, pattern, max_pause, unless_negated } => {
                let manner = Manner { asks: *asks, max_pause: *max_pause, unless_negated: *unless_negated };
                self.says(*role, *pattern, manner)?
            }
            NodeOp::Event(name) => source::events(facts, name),
            NodeOp::Turn(role) => source::turns(facts, *role),
            NodeOp::Question(role) => source::questions(facts, *role),
            NodeOp::Silence => facts.silences.clone(),
            NodeOp::Overlap => facts.overlaps.clone(),
            NodeOp::Conversation => source::conversation(facts),
            NodeOp::SpeechActivity(_) => sound::activity(facts),
            NodeOp::ResponseGap(role) => source::response_gaps(facts, *role),
            NodeOp::Interrupts { interrupter, interrupted, least } => {
                source::interruptions(facts, *interrupter, *interrupted, *least)
            }
            NodeOp::It => MomentSet { moments: self.occasion.into_iter().collect(), dark: Vec::new() },
            NodeOp::Filter { base, filter } => self.filtered(*base, filter)?,
            NodeOp::Union(parts) => {
                let sets = parts.iter().map(|p| self.moments(*p)).collect::<Result<Vec<_>, _>>()?;
                combine::union(&sets.iter().collect::<Vec<_>>())
            }
            NodeOp::Except(left, right) => combine::except(&self.moments(*left)?, &self.moments(*right)?),
            NodeOp::Minus(left, right) => minus::minus(&self.moments(*left)?, &self.moments(*right)?),
            NodeOp::Phase { from, to, or_end } => {
                phase::phase(&self.moments(*from)?, &self.moments(*to)?, *or_end, facts.whole())
            }
            NodeOp::Ordinal { pick, base } => combine::pick(*pick, &self.moments(*base)?),
            NodeOp::Then { left, within, right } => then::then(&self.moments(*left)?, &self.moments(*right)?, *within),
        })
    }

    fn filtered(&mut self, base: NodeId, op: &FilterOp) -> Result<MomentSet, Defect> {
        let right = op.right().map(|r| self.moments(r)).transpose()?;
        if let Some(right) = right.as_ref().filter(|_| self.plan.changes_only_right(base, op)) {
            self.prepare(base)?;
            let near = self.known.get(&base).and_then(|set| self.near.filtered(base, set, op, right));
            if let Some(near) = near {
                return Ok(near);
            }
        }
        let set = self.moments(base)?;
        let hidden = filter::hidden(self.plan, base, self.facts);
        Ok(filter::filter(op, &set, hidden, right.as_ref(), self.facts))
    }

    fn says(&mut self, role: Role, pattern: PatternId, manner: Manner) -> Result<MomentSet, Defect> {
        let pattern = self.plan.pattern(pattern).ok_or_else(|| Defect(format!("no pattern p{}", pattern.0)))?;
        let mut parts = Vec::new();
        for part in &pattern.parts {
            let phrases = self.occurrences(role, &part.phrases, manner);
            let but_not = (!part.but_not.is_empty()).then(|| self.occurrences(role, &part.but_not, plain(manner)));
            parts.push(assemble::part(phrases, but_not.as_ref()));
        }
        Ok(match parts.as_slice() {
            [only] => only.clone(),
            several => combine::union(&several.iter().collect::<Vec<_>>()),
        })
    }

    /// Where any of the phrases occurs among the words of the role.
    #[must_use]
    pub fn occurrences(&self, role: Role, phrases: &[Automaton], manner: Manner) -> MomentSet {
        let dark = assemble::dark_zones(self.facts, &self.symbols, role, phrases, manner);
        assemble::set(self.facts, &self.matches(role, phrases, manner), manner, dark)
    }

    /// Every match of any of the phrases among the words of the role, negated ones too.
    #[must_use]
    pub fn matches(&self, role: Role, phrases: &[Automaton], manner: Manner) -> Vec<Match> {
        let mut matches = Vec::new();
        for speaker in assemble::candidates(self.facts, role) {
            for start in speaker.tokens.clone() {
                for phrase in phrases {
                    matches.extend(matches_at(self.facts, &self.symbols, phrase, manner, start, speaker.tokens.end));
                }
            }
        }
        matches
    }
}

/// `but not` phrases are looked for anywhere, negated or not.
#[must_use]
pub fn plain(manner: Manner) -> Manner {
    Manner { asks: false, unless_negated: false, ..manner }
}
