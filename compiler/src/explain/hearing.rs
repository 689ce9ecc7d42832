//! What was not heard, as a trace tells it: what could hide, where, and behind which words. Knows no verdicts.

use super::Explainer;
use crate::algebra::relation::Relation;
use crate::phrases::{Manner, Match, assemble, negation};
use crate::plan::{NodeId, NodeOp};
use grille_evidence::call::Role;
use grille_evidence::facts::WordFacts;
use grille_evidence::moment::{Moment, MomentSet, Zone};
use grille_evidence::trace::{Hidden, HiddenWhat, HiddenZone, Reason, ReasonCode, UnclearWord};
use grille_evidence::truth::Truth;

/// As many stretches are told, at most, for one reason.
const MOST_ZONES: usize = 5;
/// As many words are told, at most, for one stretch.
const MOST_WORDS: usize = 3;

impl Explainer<'_> {
    /// What could hide in these stretches of what a node looks through.
    pub(crate) fn hidden_in(&self, what: HiddenWhat, node: NodeId, zones: &[Zone]) -> Option<Hidden> {
        let roles = self.roles_of(node);
        if zones.is_empty() || roles.is_empty() {
            return None;
        }
        let speakers = || roles.iter().flat_map(|role| self.facts.speakers_of(*role));
        let unrated = speakers().filter_map(|i| self.facts.speakers.get(i)).any(|s| s.dark.iter().any(|d| d.unrated));
        let mut unclear: Vec<&WordFacts> = speakers().flat_map(|speaker| self.unclear_words(speaker)).collect();
        unclear.sort_unstable_by_key(|word| (word.start, word.number));
        let told = if unrated { &[] } else { zones.get(..MOST_ZONES).unwrap_or(zones) };
        let more = if unrated { 0 } else { count(zones.len().saturating_sub(MOST_ZONES)) };
        Some(Hidden { what, unrated, zones: told.iter().map(|zone| self.hidden_zone(*zone, &unclear)).collect(), more })
    }

    fn hidden_zone(&self, (start_ms, end_ms): Zone, unclear: &[&WordFacts]) -> HiddenZone {
        let inside = |word: &&&WordFacts| word.start_lo < end_ms && start_ms < word.end_hi;
        let words: Vec<UnclearWord> = unclear.iter().filter(inside).map(|word| self.unclear_word(word)).collect();
        let more = count(words.len().saturating_sub(MOST_WORDS));
        HiddenZone { start_ms, end_ms, words: words.into_iter().take(MOST_WORDS).collect(), more }
    }

    fn unclear_words(&self, speaker: usize) -> impl Iterator<Item = &WordFacts> {
        let tokens = self.interpreter.symbols().doubt.runs_of(speaker).flat_map(Clone::clone);
        let mut words: Vec<u32> =
            tokens.filter_map(|token| self.facts.tokens.word.get(token as usize).copied()).collect();
        words.dedup();
        words.into_iter().filter_map(|word| self.facts.words.get(word as usize))
    }

    fn unclear_word(&self, word: &WordFacts) -> UnclearWord {
        let speaker = self.facts.speakers.get(word.speaker as usize).map(|s| s.id.clone()).unwrap_or_default();
        let confidence = Some(word.confidence).filter(|c| *c != u32::MAX && word.kind.is_plain());
        let (start_ms, end_ms) = (word.start, word.end);
        UnclearWord { speaker, word: word.number, start_ms, end_ms, confidence, kind: word.kind }
    }

    /// Whose words a node looks through.
    fn roles_of(&self, node: NodeId) -> Vec<Role> {
        let mut roles = Vec::new();
        let mut open = vec![node];
        while let Some(op) = open.pop().and_then(|id| self.plan.node(id)).map(|found| &found.op) {
            match op {
                NodeOp::Says { role, .. } | NodeOp::Turn(role) | NodeOp::Question(role) => roles.push(*role),
                NodeOp::ResponseGap(_) | NodeOp::Interrupts { .. } => roles.extend(Role::ALL),
                NodeOp::Filter { base, .. } | NodeOp::Except(base, _) | NodeOp::Minus(base, _) => open.push(*base),
                other => open.extend(other.children()),
            }
        }
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// Why something that is there by what was heard need not be there by what was not: an exception or a negation could
    /// hide beside it, or it need not be asked.
    pub(crate) fn why_not_sure(&self, id: NodeId, set: &MomentSet) -> Vec<Reason> {
        let Some(NodeOp::Says { role, asks, pattern, max_pause, unless_negated }) = self.plan.node(id).map(|n| &n.op)
        else {
            return Vec::new();
        };
        let manner = Manner { asks: *asks, max_pause: *max_pause, unless_negated: false };
        let plain = Manner { asks: false, ..manner };
        let Some(found) = self.plan.pattern(*pattern) else { return Vec::new() };
        let mut reasons = Vec::new();
        for part in &found.parts {
            let but_not = self.interpreter.occurrences(*role, &part.but_not, plain);
            for found in self.interpreter.matches(*role, &part.phrases, plain) {
                let moment = assemble::moment(self.facts, found, plain);
                let Some(moment) = moment.filter(|m| m.is_sure() && set.moments.iter().any(|s| s.key() == m.key()))
                else {
                    continue;
                };
                if let Some(reason) = self.excepted_unheard(id, id, &moment, &but_not) {
                    reasons.push(reason);
                } else if *unless_negated && self.may_be_negated(found) {
                    let hidden = Hidden { what: HiddenWhat::Negation, unrated: false, zones: Vec::new(), more: 0 };
                    let reason = self.reason(ReasonCode::NotHeard, id, None, Some(self.evidence(&moment)));
                    reasons.push(Reason { hidden: Some(hidden), ..reason });
                } else if *asks && !self.facts.source.punctuation {
                    reasons.push(self.reason(ReasonCode::NotCarried, id, None, Some(self.evidence(&moment))));
                }
            }
        }
        reasons.truncate(1);
        reasons
    }

    fn may_be_negated(&self, found: Match) -> bool {
        negation::negated_around(self.facts, found.start, found.end) == Truth::CannotTell
    }

    /// A moment that one which was not heard may except.
    pub(crate) fn excepted_unheard(
        &self,
        about: NodeId,
        exception: NodeId,
        moment: &Moment,
        others: &MomentSet,
    ) -> Option<Reason> {
        let meets = |zone: &&Zone| zone.0 < moment.end_hi && moment.start_lo < zone.1;
        let zones: Vec<Zone> = others.dark.iter().filter(meets).copied().collect();
        let hidden = self.hidden_in(HiddenWhat::Exception, exception, &zones)?;
        let reason = self.reason(self.doubt_about(exception), about, None, Some(self.evidence(moment)));
        Some(Reason { hidden: Some(hidden), ..reason })
    }

    /// Why it cannot be told whether another lies in a relation to a moment: one is not sure or could hide where it would,
    /// else the times.
    pub(crate) fn doubt_beside(
        &self,
        about: NodeId,
        moment: &Moment,
        other: NodeId,
        others: &MomentSet,
        relation: Relation,
    ) -> Option<Reason> {
        let near: Vec<Zone> = others.dark.iter().filter(|zone| relation.may_hide(moment, &[**zone])).copied().collect();
        let unsure = others.moments.iter().any(|m| !m.is_sure() && relation.told(moment, m) != Truth::No);
        let code = if near.is_empty() && !unsure { ReasonCode::TimesUnsure } else { self.doubt_about(other) };
        let reason = self.reason(code, about, None, Some(self.evidence(moment)));
        let hidden = self.hidden_in(HiddenWhat::Match, other, &near);
        Some(Reason { hidden: hidden.filter(|_| code == ReasonCode::NotHeard), ..reason })
    }

    /// A doubt about a node, with where one of its moments could hide.
    pub(crate) fn doubt(&self, about: NodeId, set: &MomentSet) -> Option<Reason> {
        let unsure = set.moments.iter().find(|m| !m.is_sure()).map(|m| self.evidence(m));
        let zone = set.dark.first().map(|zone| self.stretch(*zone));
        let evidence = unsure.or(zone).or_else(|| set.moments.first().map(|m| self.evidence(m)))?;
        let reason = self.reason(self.doubt_about(about), about, None, Some(evidence));
        let hidden = self.hidden_in(HiddenWhat::Match, about, &set.dark);
        Some(Reason { hidden: hidden.filter(|_| reason.code == ReasonCode::NotHeard), ..reason })
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
