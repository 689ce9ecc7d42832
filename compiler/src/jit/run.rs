//! One evaluation by machine code: the state behind the layout, and the functions that machine code calls. All of
//! them are safe Rust over the same algebra as the interpreter; only the way in is not.

use super::layout::{CLAUSE_STRIDE, CallView, FlowView, HIDDEN, LISTED, NO_CLAUSE, SURE, clause};
use super::program::{CompiledPhrases, MachineProgram};
use crate::algebra::measure::Measuring;
use crate::algebra::{attribute, bounded, combine, filter, fold, minus, occasions, phase, sound, source, then};
use crate::expect::near::Near;
use crate::expect::{self, Evaluator, shape};
use crate::interpret::conditions::{Leaves, handle};
use crate::interpret::phrase::matches_at;
use crate::interpret::verdict::{ClauseValues, Occasions};
use crate::phrases::index::TokenSymbols;
use crate::phrases::{Manner, Match, assemble, begins};
use crate::plan::automaton::{Automaton, LONGEST_MATCH};
use crate::plan::{ConditionId, ConditionOp, FilterOp, NodeId, NodeOp, PartlyPlan, PatternId, Plan};
use grille_evidence::call::Role;
use grille_evidence::executable::Defect;
use grille_evidence::facts::{CallFacts, flag};
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::outcome::{Evaluation, LeafOutcome};
use grille_evidence::truth::Truth;
use std::collections::BTreeSet;
use std::ffi::c_void;

/// Everything that one evaluation reads and writes.
pub struct Run<'a> {
    program: &'a MachineProgram,
    facts: &'a CallFacts,
    symbols: TokenSymbols,
    occurrences: Vec<Vec<u32>>,
    live: Vec<u8>,
    dark: [u8; 8],
    sets: Vec<MomentSet>,
    summaries: Vec<u8>,
    values: Vec<u8>,
    clauses: Vec<u8>,
    expected: Leaves,
    occasion: Option<Moment>,
    near: Near,
    defect: Option<Defect>,
}

impl<'a> Run<'a> {
    /// Ready to run.
    #[must_use]
    pub fn new(program: &'a MachineProgram, facts: &'a CallFacts) -> Run<'a> {
        let plan = program.plan();
        let mut run = Run {
            program,
            facts,
            symbols: program.symboliser().index(facts),
            occurrences: vec![Vec::new(); plan.symbols.len()],
            live: program.always_live().to_vec(),
            dark: [0; 8],
            sets: vec![MomentSet::default(); plan.nodes.len()],
            summaries: vec![0; plan.nodes.len()],
            values: vec![NO_CLAUSE; plan.conditions.len()],
            clauses: vec![NO_CLAUSE; plan.criteria.len() * CLAUSE_STRIDE],
            expected: Leaves::new(),
            occasion: None,
            near: Near::default(),
            defect: None,
        };
        run.index();
        run
    }

    /// Which symbols stand where, which patterns can begin anywhere, and which roles may hide something.
    fn index(&mut self) {
        for (token, text) in (0u32..).zip(&self.facts.tokens.text) {
            for symbol in self.symbols.of(*text) {
                if let Some(list) = self.occurrences.get_mut(*symbol as usize) {
                    if list.is_empty() {
                        for pattern in self.program.patterns_beginning_with(*symbol) {
                            if let Some(live) = self.live.get_mut(*pattern as usize) {
                                *live = 1;
                            }
                        }
                    }
                    list.push(token);
                }
            }
        }
        let nobody_knows = self.facts.speakers_without_role().next().is_some();
        for role in Role::ALL {
            let mut speakers = self.facts.speakers_of(role).filter_map(|i| self.facts.speakers.get(i));
            let dark = nobody_knows || speakers.any(|s| !s.dark.is_empty());
            if let Some(slot) = self.dark.get_mut(role as usize) {
                *slot = u8::from(dark);
            }
        }
    }

    /// Runs every criterion.
    ///
    /// # Errors
    /// A [`Defect`] that an intrinsic came upon.
    pub fn evaluate(mut self) -> Result<Evaluation, Defect> {
        let view = FlowView {
            live: self.live.as_ptr(),
            dark: self.dark.as_ptr(),
            summaries: self.summaries.as_ptr(),
            values: self.values.as_mut_ptr(),
            clauses: self.clauses.as_mut_ptr(),
        };
        let program = self.program;
        for code in program.criteria_code() {
            let state: *mut Run<'_> = &raw mut self;
            // SAFETY: the code was compiled for this plan; `view` points into vectors of this run whose lengths are
            // those of the plan and that are neither moved nor resized while it runs; `state` is this run.
            #[allow(unsafe_code)]
            unsafe {
                code(&raw const view, state.cast::<c_void>());
            }
        }
        match self.defect.take() {
            Some(defect) => Err(defect),
            None => self.outcome(),
        }
    }

    fn outcome(&self) -> Result<Evaluation, Defect> {
        let mut criteria = Vec::with_capacity(self.program.plan().criteria.len());
        for (criterion, clauses) in self.program.plan().criteria.iter().zip(self.clauses.chunks(CLAUSE_STRIDE)) {
            let leaves = criterion.leaves.iter().map(|id| self.leaf(*id)).collect();
            criteria.push(clause_values(clauses, criterion.partly.len()).outcome(leaves));
        }
        Ok(Evaluation { criteria })
    }

    /// What is known of a leaf; nothing, of one that was looked at on no occasion.
    fn leaf(&self, id: ConditionId) -> LeafOutcome {
        if let Some(expected) = self.expected.get(&id) {
            return *expected;
        }
        let value = self.values.get(id.0 as usize).copied().and_then(Truth::from_code);
        let base = self.program.plan().condition(id).and_then(|c| c.op.nodes().first().copied());
        LeafOutcome { value, evidence: value.and(base).and_then(|node| handle(self.set(node))) }
    }

    fn set(&self, id: NodeId) -> &MomentSet {
        static EMPTY: MomentSet = MomentSet { moments: Vec::new(), dark: Vec::new() };
        self.sets.get(self.program.same(id).0 as usize).unwrap_or(&EMPTY)
    }

    fn keep(&mut self, id: NodeId, set: MomentSet) {
        let set = bounded(set, self.facts.whole());
        let sure = if set.sure().next().is_some() { SURE } else { 0 };
        let listed = if set.moments.is_empty() { 0 } else { LISTED };
        let hidden = if set.dark.is_empty() { 0 } else { HIDDEN };
        if let Some(summary) = self.summaries.get_mut(id.0 as usize) {
            *summary = sure | listed | hidden;
        }
        if let Some(slot) = self.sets.get_mut(id.0 as usize) {
            *slot = set;
        }
    }

    fn compute(&mut self, id: NodeId) {
        let program = self.program;
        let Some(node) = program.plan().node(id) else {
            self.defect = Some(Defect(format!("machine code names no node m{}", id.0)));
            return;
        };
        let facts = self.facts;
        let set = match &node.op {
            NodeOp::Says { role, pattern, .. } => self.says(id, *role, *pattern),
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
            NodeOp::Filter { base, filter: op } => self.filtered(*base, op),
            NodeOp::Union(parts) => combine::union(&parts.iter().map(|p| self.set(*p)).collect::<Vec<_>>()),
            NodeOp::Except(left, right) => combine::except(self.set(*left), self.set(*right)),
            NodeOp::Minus(left, right) => minus::minus(self.set(*left), self.set(*right)),
            NodeOp::Phase { from, to, or_end } => phase::phase(self.set(*from), self.set(*to), *or_end, facts.whole()),
            NodeOp::Ordinal { pick, base } => combine::pick(*pick, self.set(*base)),
            NodeOp::Then { left, within, right } => then::then(self.set(*left), self.set(*right), *within),
        };
        self.keep(id, set);
    }

    fn filtered(&mut self, base: NodeId, op: &FilterOp) -> MomentSet {
        let mut near = std::mem::take(&mut self.near);
        let (set, right) = (self.set(base), op.right().map(|r| self.set(r)));
        let alone = right.filter(|_| self.program.plan().changes_only_right(base, op));
        let found = alone.and_then(|right| near.filtered(self.program.same(base), set, op, right));
        let hidden = || filter::hidden(self.program.plan(), base, self.facts);
        let found = found.unwrap_or_else(|| filter::filter(op, set, hidden(), right, self.facts));
        self.near = near;
        found
    }

    fn says(&mut self, id: NodeId, role: Role, pattern: PatternId) -> MomentSet {
        let (Some(says), Some(pattern)) = (self.program.says(id), self.program.plan().pattern(pattern)) else {
            self.defect = Some(Defect(format!("machine code has no matcher for m{}", id.0)));
            return MomentSet::default();
        };
        let mut parts = Vec::with_capacity(says.parts.len());
        for (part, written) in says.parts.iter().zip(&pattern.parts) {
            let phrases = self.occurrences(role, &written.phrases, &part.phrases, says.manner);
            let but_not = part.but_not.as_ref().filter(|_| !phrases.moments.is_empty());
            let plain = crate::interpret::moments::plain(says.manner);
            let but_not = but_not.map(|b| self.occurrences(role, &written.but_not, b, plain));
            parts.push(assemble::part(phrases, but_not.as_ref()));
        }
        match parts.len() {
            1 => parts.swap_remove(0),
            _ => combine::union(&parts.iter().collect::<Vec<_>>()),
        }
    }

    fn occurrences(&self, role: Role, written: &[Automaton], phrases: &CompiledPhrases, manner: Manner) -> MomentSet {
        let mut matches: Vec<Match> = Vec::new();
        for speaker in assemble::candidates(self.facts, role) {
            for group in &phrases.groups {
                for start in self.starts(&group.beginnings, group.any_word, &speaker.tokens) {
                    if begins(self.facts, start, manner) {
                        self.run_matcher(group.code, start, speaker.tokens.end, &mut matches);
                    }
                }
            }
            for automaton in &phrases.walked {
                for start in speaker.tokens.clone() {
                    matches.extend(matches_at(self.facts, &self.symbols, automaton, manner, start, speaker.tokens.end));
                }
            }
        }
        let dark = assemble::dark_zones(self.facts, &self.symbols, role, written, manner);
        assemble::set(self.facts, &matches, manner, dark)
    }

    /// Tokens of a speaker at which one of these symbols stands, ascending, each once.
    fn starts(&self, beginnings: &[u32], any_word: bool, tokens: &std::ops::Range<u32>) -> Vec<u32> {
        if any_word {
            return tokens.clone().collect();
        }
        let mut starts = Vec::new();
        for symbol in beginnings {
            let Some(list) = self.occurrences.get(*symbol as usize) else { continue };
            let from = list.partition_point(|t| *t < tokens.start);
            starts.extend(list.iter().skip(from).take_while(|t| **t < tokens.end));
        }
        if beginnings.len() > 1 {
            starts.sort_unstable();
            starts.dedup();
        }
        starts
    }

    fn run_matcher(&self, code: super::program::MatcherCode, start: u32, end: u32, out: &mut Vec<Match>) {
        let view = CallView {
            text: self.facts.tokens.text.as_ptr(),
            starts: self.symbols.starts.as_ptr(),
            symbols: self.symbols.symbols.as_ptr(),
            flags: self.facts.tokens.flags.as_ptr(),
            pauses: self.facts.tokens.pause_before.as_ptr(),
            skips: self.facts.tokens.skips.as_ptr(),
        };
        let sink: *mut Vec<Match> = out;
        let end = end.min(start.saturating_add(LONGEST_MATCH));
        // SAFETY: `start < end <=` the number of tokens, which is the length of every column; vocabulary entries of
        // tokens without the unknown flag are below the length of `starts` less one (held by `Run::sound`); the code
        // keeps the states of at most `LONGEST_MATCH` tokens.
        #[allow(unsafe_code)]
        unsafe {
            code(&raw const view, u64::from(start), u64::from(end), sink.cast::<c_void>());
        }
    }

    fn fold(&self, id: ConditionId) -> Truth {
        let Some(condition) = self.program.plan().condition(id) else { return Truth::CannotTell };
        match &condition.op {
            ConditionOp::Count { base, bounds } => fold::count_within(fold::count_range(self.set(*base)), *bounds),
            ConditionOp::Every { base, filter } => self.every(*base, filter),
            ConditionOp::OnlyAfter { left, right } => fold::only_after(self.set(*left), self.set(*right)),
            ConditionOp::InOrder(members) => {
                let sets: Vec<&MomentSet> = members.iter().map(|m| self.set(*m)).collect();
                fold::in_order(&sets)
            }
            ConditionOp::Attribute(id, test) => {
                let attribute = self.program.plan().attributes.get(id.0 as usize);
                attribute.map_or(Truth::CannotTell, |attribute| attribute::holds(attribute, test, self.facts))
            }
            ConditionOp::Any(node) => fold::any(self.set(*node)),
            ConditionOp::Compare { left, operator, right, .. } => {
                let moments = |node: NodeId| self.set(node);
                let measuring = Measuring { plan: self.program.plan(), facts: self.facts, moments: &moments };
                measuring.compare(*left, *operator, *right)
            }
            ConditionOp::No(node) => fold::any(self.set(*node)).negate(),
            ConditionOp::And(_) | ConditionOp::Or(_) | ConditionOp::Not(_) => Truth::CannotTell,
        }
    }

    fn every(&self, base: NodeId, op: &FilterOp) -> Truth {
        let set = self.set(base);
        let values = filter::each_passes(op, set, op.right().map(|r| self.set(r)), self.facts);
        fold::every(set, &values)
    }

    fn occasions(&mut self, index: usize) -> Result<(), Defect> {
        let Some(criterion) = self.program.plan().criteria.get(index) else { return Ok(()) };
        let Some(whenever) = criterion.whenever else { return Ok(()) };
        let any = fold::any(self.set(whenever.trigger));
        let set = occasions::counted(self.set(whenever.trigger), whenever.once_per);
        let mut leaves = std::mem::take(&mut self.expected);
        let values = expect::on_each(self, whenever.expect, &set, &mut leaves)?;
        self.expected = leaves;
        let occasions = Occasions { set, values, any };
        let base = index * CLAUSE_STRIDE;
        self.put(base + clause::OCCASIONS, occasions.any);
        self.put(base + clause::EXPECT, fold::every(&occasions.set, &occasions.values));
        for (number, step) in criterion.partly.iter().enumerate() {
            if let PartlyPlan::OfThem(share) = step {
                self.put(base + clause::PARTLY + number, fold::share_held(occasions.held(), *share));
            }
        }
        Ok(())
    }

    fn put(&mut self, place: usize, value: Truth) {
        if let Some(slot) = self.clauses.get_mut(place) {
            *slot = value as u8;
        }
    }

    /// Do the facts keep what machine code relies on?
    #[must_use]
    pub fn sound(facts: &CallFacts) -> bool {
        let tokens = &facts.tokens;
        let count = tokens.text.len();
        let columns = [tokens.word.len(), tokens.pause_before.len(), tokens.flags.len(), tokens.skips.len()];
        let entries = tokens.vocabulary.len();
        let known = |(text, flags): (&u32, &u16)| flags & flag::UNKNOWN != 0 || (*text as usize) < entries;
        columns.iter().all(|length| *length == count)
            && tokens.text.iter().zip(&tokens.flags).all(known)
            && facts.speakers.iter().all(|s| s.tokens.end as usize <= count)
    }
}

impl Evaluator for Run<'_> {
    fn plan(&self) -> &Plan {
        self.program.plan()
    }

    fn facts(&self) -> &CallFacts {
        self.facts
    }

    /// Machine code has been there: moments that do not use the occasion come before it.
    fn prepare(&mut self, _: NodeId) -> Result<(), Defect> {
        Ok(())
    }

    fn known(&self, id: NodeId) -> &MomentSet {
        self.set(id)
    }

    fn leaf_on(&mut self, id: ConditionId, occasion: Option<Moment>) -> Result<LeafOutcome, Defect> {
        let program = self.program;
        let condition = program.plan().condition(id).ok_or_else(|| Defect(format!("no condition c{}", id.0)))?;
        self.occasion = occasion;
        let changing = shape::changing_below(program.plan(), &condition.op);
        let changing: BTreeSet<NodeId> = changing.into_iter().map(|node| program.same(node)).collect();
        changing.into_iter().for_each(|node| self.compute(node));
        self.occasion = None;
        let evidence = condition.op.nodes().first().and_then(|node| handle(self.set(*node)));
        Ok(LeafOutcome { value: Some(self.fold(id)), evidence })
    }
}

fn clause_values(bytes: &[u8], steps: usize) -> ClauseValues {
    let at = |place: usize| bytes.get(place).copied().and_then(Truth::from_code);
    let step = |number: usize| at(clause::PARTLY + number).unwrap_or(Truth::CannotTell);
    ClauseValues {
        applies: at(clause::APPLIES),
        occasions: at(clause::OCCASIONS),
        not_met: at(clause::NOT_MET),
        met: at(clause::MET),
        expect: at(clause::EXPECT),
        partly: (0..steps).map(step).collect(),
        excused: at(clause::EXCUSED),
    }
}

/// Intrinsic: computes a node of a run.
#[allow(unsafe_code)]
pub extern "C" fn compute(run: *mut c_void, node: u32) {
    // SAFETY: machine code hands on the run that it was given, which outlives it and is not looked at elsewhere
    // while the code runs.
    if let Some(run) = unsafe { run.cast::<Run<'_>>().as_mut() } {
        run.compute(NodeId(node));
    }
}

/// Intrinsic: folds a condition of a run.
#[allow(unsafe_code)]
pub extern "C" fn fold(run: *mut c_void, condition: u32) -> u32 {
    // SAFETY: as for `compute`.
    let value = unsafe { run.cast::<Run<'_>>().as_ref() }.map(|run| run.fold(ConditionId(condition)));
    u32::from(value.unwrap_or(Truth::CannotTell) as u8)
}

/// Intrinsic: the expectation of a criterion on each of its occasions.
#[allow(unsafe_code)]
pub extern "C" fn occasions(run: *mut c_void, criterion: u32) {
    // SAFETY: as for `compute`.
    if let Some(run) = unsafe { run.cast::<Run<'_>>().as_mut() }
        && let Err(defect) = run.occasions(criterion as usize)
    {
        run.defect = Some(defect);
    }
}

/// Intrinsic: takes a match.
#[allow(unsafe_code)]
pub extern "C" fn found(out: *mut c_void, start: u64, end: u64, value: u32) {
    // SAFETY: machine code hands on the list that it was given.
    if let Some(list) = unsafe { out.cast::<Vec<Match>>().as_mut() } {
        let token = |t: u64| u32::try_from(t).unwrap_or(u32::MAX);
        let value = u8::try_from(value).ok().and_then(Truth::from_code).unwrap_or(Truth::CannotTell);
        list.push(Match { start: token(start), end: token(end), value });
    }
}
