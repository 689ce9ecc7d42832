//! Derivations of moments: what was found, where it was looked for, and what nearly was.

use super::Explainer;
use crate::algebra::{combine, fold, source};
use crate::deep::deep;
use crate::interpret::moments::plain;
use crate::phrases::{Manner, assemble};
use crate::plan::event::EventName;
use crate::plan::{FilterOp, NodeId, NodeOp, PatternId, Place, Side};
use grille_evidence::call::{Role, TimeOrigin};
use grille_evidence::executable::Defect;
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::trace::{Amount, Evidence, Node, Observed, Operation, Reason, ReasonCode, Searched};
use grille_evidence::truth::Truth;

impl Explainer<'_> {
    /// Moments and all below them.
    pub(crate) fn moments(&mut self, id: NodeId) -> Result<Node, Defect> {
        deep(|| self.moments_of(id))
    }

    fn moments_of(&mut self, id: NodeId) -> Result<Node, Defect> {
        let plan = self.plan;
        let found = plan.node(id).ok_or_else(|| Defect(format!("no node m{}", id.0)))?;
        let set = self.interpreter.moments(id)?;
        let mut node = self.bare(&found.site, operation(&found.op), fold::any(&set));
        node.evidence = self.cite(&set);
        node.observed = Some(count_of(&set));
        for child in found.op.children() {
            node.children.push(self.child(&found.op, child)?);
        }
        if self.interpreter.had_too_many(id) {
            node.reasons.push(self.reason(ReasonCode::TooManyToList, id, None, None));
            return Ok(node);
        }
        match &found.op {
            NodeOp::Says { role, asks, pattern, max_pause, unless_negated } => {
                let manner = Manner { asks: *asks, max_pause: *max_pause, unless_negated: *unless_negated };
                if node.asked.name.is_none() {
                    node.asked.name = plan.pattern(*pattern).and_then(|p| p.name.clone());
                }
                node.searched = Some(self.searched(*role));
                node.reasons = self.why_not_said(id, *role, *pattern, manner, &set);
            }
            NodeOp::Filter { base, filter } => {
                let base_set = self.interpreter.moments(*base)?;
                let right = filter.right().map(|r| self.interpreter.moments(r)).transpose()?;
                node.margin = self.margin(filter, &set);
                if set.sure().next().is_none() {
                    node.reasons = self.why_not_passed(filter, *base, &base_set, right.as_ref());
                }
                node.reasons.extend(self.hidden(*base, &set));
                node.reasons.extend(self.cut_by_end(filter, *base, &base_set));
            }
            NodeOp::Except(left, right) => node.reasons = self.why_excepted(*left, *right, &set)?,
            NodeOp::Then { left, within, right } => node.reasons = self.why_no_chain(*left, *within, *right, &set)?,
            NodeOp::Minus(left, right) => node.reasons = self.why_nothing_left(*left, *right, &set)?,
            NodeOp::Phase { from, to, .. } => node.reasons = self.why_no_phase(*from, *to, &set)?,
            NodeOp::Ordinal { pick, base } => {
                let base_set = self.interpreter.moments(*base)?;
                node.reasons.extend(self.too_few(*pick, *base, &base_set));
            }
            op => node.reasons.extend(self.why_not_there(id, op, &set)),
        }
        once(&mut node.reasons);
        Ok(node)
    }

    /// What a node is made of. What an answer must hold is one phrase, though it is looked for speaker by speaker.
    fn child(&mut self, of: &NodeOp, id: NodeId) -> Result<Node, Defect> {
        match of {
            NodeOp::Filter { base, filter } if *base != id => self.right_side(filter, id),
            _ => self.moments(id),
        }
    }

    /// The right side of a filter.
    pub(crate) fn right_side(&mut self, filter: &FilterOp, id: NodeId) -> Result<Node, Defect> {
        if !matches!(filter, FilterOp::Answered { .. }) {
            return self.moments(id);
        }
        let found = self.plan.node(id).ok_or_else(|| Defect(format!("no node m{}", id.0)))?;
        let set = self.interpreter.moments(id)?;
        let mut node = self.bare(&found.site, Operation::Says, fold::any(&set));
        node.evidence = self.cite(&set);
        node.observed = Some(count_of(&set));
        if set.sure().next().is_none() {
            let never = || self.reason(ReasonCode::NeverSaid, id, None, None);
            node.reasons = vec![self.doubt(id, &set).unwrap_or_else(never)];
        }
        Ok(node)
    }

    /// A reason about a node.
    pub(crate) fn reason(
        &self,
        code: ReasonCode,
        about: NodeId,
        by: Option<Amount>,
        evidence: Option<Evidence>,
    ) -> Reason {
        Reason { code, about: self.name_of(about), by, matched: None, evidence, hidden: None }
    }

    /// The declared name that a node goes by: its own, its lexicon's, or that of what it filters.
    pub(crate) fn name_of(&self, id: NodeId) -> Option<String> {
        let node = self.plan.node(id)?;
        if node.site.name.is_some() {
            return node.site.name.clone();
        }
        match &node.op {
            NodeOp::Says { pattern, .. } => self.plan.pattern(*pattern)?.name.clone(),
            NodeOp::Filter { base, .. }
            | NodeOp::Ordinal { base, .. }
            | NodeOp::Except(base, _)
            | NodeOp::Minus(base, _) => self.name_of(*base),
            _ => None,
        }
    }

    fn searched(&self, role: Role) -> Searched {
        let (start_ms, end_ms) = self.facts.whole();
        let heard =
            assemble::candidates(self.facts, role).fold((0, 0), |all, s| (all.0 + s.heard.0, all.1 + s.heard.1));
        Searched { role: Some(role), start_ms, end_ms, words: heard.1, heard: heard.0 }
    }

    fn why_not_said(&self, id: NodeId, role: Role, pattern: PatternId, manner: Manner, set: &MomentSet) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if set.sure().next().is_some() {
            return reasons;
        }
        let Some(found) = self.plan.pattern(pattern) else { return reasons };
        for part in &found.parts {
            let open = Manner { unless_negated: false, ..manner };
            let without = self.interpreter.occurrences(role, &part.phrases, open);
            let but_not = self.interpreter.occurrences(role, &part.but_not, plain(manner));
            for moment in without.moments.iter().filter(|_| set.moments.is_empty()) {
                let excluded = combine::excluded(moment, &but_not) == Truth::Yes;
                let code = if excluded { ReasonCode::Excluded } else { ReasonCode::Negated };
                if excluded || manner.unless_negated {
                    reasons.push(self.reason(code, id, None, Some(self.evidence(moment))));
                }
            }
        }
        if set.moments.is_empty() && set.dark.is_empty() && reasons.is_empty() {
            reasons.push(self.reason(ReasonCode::NeverSaid, id, None, None));
        }
        let unsure = self.why_not_sure(id, set);
        reasons.extend(if unsure.is_empty() { self.doubt(id, set).into_iter().collect() } else { unsure });
        if set.moments.is_empty() && reasons.iter().all(|r| r.evidence.is_none()) {
            reasons.extend(self.said_by_another(id, role, pattern, manner));
            reasons.extend(self.partly_said(id, role, pattern, manner));
        }
        reasons
    }

    /// Why one may hide that would pass, where none is listed.
    fn hidden(&self, base: NodeId, set: &MomentSet) -> Option<Reason> {
        self.doubt(base, set).filter(|_| set.moments.is_empty())
    }

    /// Did this pattern, or one that it is made of, have more moments than can be listed?
    fn has_too_many(&self, id: NodeId) -> bool {
        let children = || self.plan.node(id).map(|node| node.op.children()).unwrap_or_default();
        self.interpreter.had_too_many(id) || children().into_iter().any(|child| deep(|| self.has_too_many(child)))
    }

    /// Why it cannot be told whether there are more of these.
    pub(crate) fn doubt_about(&self, id: NodeId) -> ReasonCode {
        let nobody_knows = self.facts.speakers_without_role().next().is_some();
        match self.cause(id) {
            _ if self.has_too_many(id) => ReasonCode::TooManyToList,
            Some(code @ (ReasonCode::NotCarried | ReasonCode::TimesUnsure | ReasonCode::NoTrack)) => code,
            _ if nobody_knows => ReasonCode::RolesUnknown,
            Some(code) => code,
            None => self.by_times(),
        }
    }

    /// What is doubtful of a node itself, of what it filters first.
    fn cause(&self, id: NodeId) -> Option<ReasonCode> {
        let unheard = |own: Option<Role>| {
            let speakers = self.facts.speakers.iter().filter(|s| own.is_none() || s.role == own);
            speakers.into_iter().any(|s| s.heard.0 < s.heard.1 || !s.dark.is_empty()).then_some(ReasonCode::NotHeard)
        };
        match &self.plan.node(id)?.op {
            NodeOp::Says { role, asks, .. } => {
                let open = *asks && !self.facts.source.punctuation;
                unheard(Some(*role)).or(open.then_some(ReasonCode::NotCarried))
            }
            NodeOp::Question(_) if !self.facts.source.punctuation => Some(ReasonCode::NotCarried),
            NodeOp::Turn(_) | NodeOp::ResponseGap(_) | NodeOp::Question(_) => unheard(None),
            NodeOp::Interrupts { .. } | NodeOp::Overlap if !self.facts.source.overlap => Some(ReasonCode::NotCarried),
            NodeOp::Interrupts { .. } => unheard(None),
            NodeOp::Silence | NodeOp::Overlap => Some(ReasonCode::TimesUnsure),
            NodeOp::Event(EventName::Known(kind)) => (!self.facts.carries(*kind)).then_some(ReasonCode::NotCarried),
            NodeOp::Event(EventName::Own(name)) => {
                self.facts.own_kind(name).is_none().then_some(ReasonCode::NotCarried)
            }
            NodeOp::SpeechActivity(_) => Some(ReasonCode::NoTrack),
            NodeOp::Filter { filter: FilterOp::Field(_), base } => self.cause(*base).or(Some(ReasonCode::NotCarried)),
            op => op.children().into_iter().find_map(|child| deep(|| self.cause(child))),
        }
    }

    /// The doubt that is left where everything was heard and is carried.
    pub(crate) fn by_times(&self) -> ReasonCode {
        let measured = self.facts.source.times == TimeOrigin::Measured;
        if measured { ReasonCode::NotHeard } else { ReasonCode::TimesUnsure }
    }

    /// What was there, and is left out by `except`.
    fn why_excepted(&mut self, left: NodeId, right: NodeId, set: &MomentSet) -> Result<Vec<Reason>, Defect> {
        if set.sure().next().is_some() {
            return Ok(Vec::new());
        }
        let (found, others) = (self.interpreter.moments(left)?, self.interpreter.moments(right)?);
        let excluded = found.moments.iter().filter(|m| combine::excluded(m, &others) == Truth::Yes);
        let excluded = excluded.map(|m| self.reason(ReasonCode::Excluded, left, None, Some(self.evidence(m))));
        let unsure = found.sure().filter(|m| combine::excluded(m, &others) == Truth::CannotTell);
        let unsure = unsure.filter_map(|m| self.excepted_unheard(left, right, m, &others));
        Ok(excluded.chain(unsure.take(1)).collect())
    }

    fn said_by_another(&self, id: NodeId, role: Role, pattern: PatternId, manner: Manner) -> Option<Reason> {
        let found = self.plan.pattern(pattern)?;
        Role::ALL.into_iter().filter(|other| *other != role).find_map(|other| {
            let known = self.facts.speakers_of(other).next().is_some();
            let sets = found.parts.iter().map(|p| self.interpreter.occurrences(other, &p.phrases, manner));
            let first = sets.filter_map(|s| s.sure().next().copied()).min_by_key(grille_evidence::moment::Moment::key);
            first.filter(|_| known).map(|m| self.reason(ReasonCode::SaidByAnother, id, None, Some(self.evidence(&m))))
        })
    }

    fn why_not_there(&self, id: NodeId, op: &NodeOp, set: &MomentSet) -> Option<Reason> {
        if set.sure().next().is_some() {
            return None;
        }
        let happens = matches!(
            op,
            NodeOp::Event(_)
                | NodeOp::Overlap
                | NodeOp::Interrupts { .. }
                | NodeOp::Silence
                | NodeOp::Turn(_)
                | NodeOp::Question(_)
                | NodeOp::ResponseGap(_)
        );
        match op {
            NodeOp::SpeechActivity(_) => Some(self.reason(ReasonCode::NoTrack, id, None, None)),
            _ if fold::any(set) == Truth::CannotTell => self.doubt(id, set),
            NodeOp::ResponseGap(role) => {
                let never = || self.reason(ReasonCode::NeverHappened, id, None, None);
                Some(self.spoken_between(id, *role).unwrap_or_else(never))
            }
            _ => happens.then(|| self.reason(ReasonCode::NeverHappened, id, None, None)),
        }
    }
}

impl Explainer<'_> {
    /// What was said between another's turn and the next of a role, and so leaves no response gap: of the first of them.
    fn spoken_between(&self, id: NodeId, role: Role) -> Option<Reason> {
        let turns = &self.facts.turns;
        let takes_the_gap = |sound: &&Moment| {
            let before = turns.partition_point(|turn| turn.start < sound.start).checked_sub(1);
            let asked = before.and_then(|at| turns.get(at)).filter(|turn| turn.end <= sound.start);
            let next = turns.get(turns.partition_point(|turn| turn.start < sound.end));
            let own = next.filter(|turn| source::of_role(self.facts, turn, role).is_some());
            asked.zip(own).is_some_and(|(asked, own)| asked.origin != own.origin)
        };
        let first = self.facts.back_channels.iter().find(takes_the_gap)?;
        Some(self.reason(ReasonCode::Excluded, id, None, Some(self.evidence(first))))
    }
}

/// Each reason once, in their order.
pub(crate) fn once(reasons: &mut Vec<Reason>) {
    let mut told: Vec<Reason> = Vec::with_capacity(reasons.len());
    reasons.retain(|reason| {
        let new = !told.contains(reason);
        told.extend(new.then(|| reason.clone()));
        new
    });
}

fn count_of(set: &MomentSet) -> Observed {
    let (least, most) = fold::count_range(set);
    Observed::Count { least, most }
}

fn operation(op: &NodeOp) -> Operation {
    match op {
        NodeOp::Says { asks: false, .. } => Operation::Says,
        NodeOp::Says { asks: true, .. } => Operation::Asks,
        NodeOp::Event(_) => Operation::Event,
        NodeOp::Turn(_) => Operation::Turn,
        NodeOp::Question(_) => Operation::Question,
        NodeOp::Silence => Operation::Silence,
        NodeOp::Overlap => Operation::Overlap,
        NodeOp::Conversation => Operation::Conversation,
        NodeOp::SpeechActivity(_) => Operation::SpeechActivity,
        NodeOp::ResponseGap(_) => Operation::ResponseGap,
        NodeOp::Interrupts { .. } => Operation::Interrupts,
        NodeOp::It => Operation::It,
        NodeOp::Filter { filter, .. } => match filter {
            FilterOp::Window { .. } => Operation::Window,
            FilterOp::Length { .. } => Operation::Length,
            FilterOp::Words { .. } => Operation::WithinWords,
            FilterOp::Field(_) => Operation::Where,
            FilterOp::Answered { negated: false, .. } => Operation::Answered,
            FilterOp::Answered { negated: true, .. } => Operation::Unanswered,
            FilterOp::LeftOpen { .. } => Operation::LeftOpen,
            FilterOp::Relation { side: Side::After, negated: false, .. } => Operation::After,
            FilterOp::Relation { side: Side::After, negated: true, .. } => Operation::NotAfter,
            FilterOp::Relation { side: Side::Before, negated: false, .. } => Operation::Before,
            FilterOp::Relation { side: Side::Before, negated: true, .. } => Operation::NotBefore,
            FilterOp::Placed { place: Place::During, .. } => Operation::During,
            FilterOp::Placed { place: Place::Outside, .. } => Operation::Outside,
            FilterOp::Placed { place: Place::Overlapping, .. } => Operation::Overlapping,
        },
        NodeOp::Union(_) => Operation::Union,
        NodeOp::Except(..) => Operation::Except,
        NodeOp::Minus(..) => Operation::Minus,
        NodeOp::Phase { .. } => Operation::Phase,
        NodeOp::Ordinal { .. } => Operation::Ordinal,
        NodeOp::Then { .. } => Operation::Then,
    }
}
