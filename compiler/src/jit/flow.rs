//! Cranelift code for criteria: `fn(view, run)`. It computes the nodes that no criterion before it has, skips those
//! that cannot hold anything in this call, and folds conditions into the values of clauses. Where a set is not
//! empty, an intrinsic does the algebra.

use super::layout::{CLAUSE_STRIDE, CLAUSES, DARK, LIVE, SUMMARIES, SURE, VALUES, clause};
use crate::algebra::fold;
use crate::deep::deep;
use crate::plan::{ConditionId, ConditionOp, CriterionPlan, NodeId, NodeOp, PartlyPlan, Plan};
use cranelift_codegen::ir::{FuncRef, InstBuilder, MemFlagsData, Value, types};
use cranelift_frontend::FunctionBuilder;
use grille_evidence::truth::Truth;

/// What generated code calls.
#[derive(Debug, Clone, Copy)]
pub struct Intrinsics {
    /// `compute(run, node)`.
    pub compute: FuncRef,
    /// `fold(run, condition) -> value`.
    pub fold: FuncRef,
    /// `occasions(run, criterion)`.
    pub occasions: FuncRef,
}

/// Writes the body of one function.
pub struct FlowBody<'a, 'b> {
    /// The function under construction.
    pub builder: &'a mut FunctionBuilder<'b>,
    /// The plan.
    pub plan: &'a Plan,
    /// For each node, the one that computes the same.
    pub same: &'a [NodeId],
    /// What it calls.
    pub intrinsics: Intrinsics,
}

struct Frame {
    live: Value,
    dark: Value,
    summaries: Value,
    values: Value,
    clauses: Value,
    run: Value,
}

fn plain() -> MemFlagsData {
    MemFlagsData::trusted()
}

impl FlowBody<'_, '_> {
    /// A criterion: `nodes` are those that it computes, in order.
    pub fn criterion(mut self, index: usize, criterion: &CriterionPlan, nodes: &[NodeId]) {
        let Some(frame) = self.open() else { return };
        nodes.iter().for_each(|node| self.node(&frame, *node));
        let base = index * CLAUSE_STRIDE;
        let step = |(number, step): (usize, &PartlyPlan)| match step {
            PartlyPlan::When(id) => (clause::PARTLY + number, Some(*id)),
            PartlyPlan::OfThem(_) => (clause::PARTLY + number, None),
        };
        let clauses = [
            (clause::APPLIES, criterion.applies),
            (clause::NOT_MET, criterion.not_met),
            (clause::MET, criterion.met),
            (clause::EXCUSED, criterion.excused),
        ];
        let clauses = clauses.into_iter().chain(criterion.partly.iter().enumerate().map(step));
        for (place, id) in clauses.filter_map(|(place, id)| Some((place, id?))) {
            let value = self.condition(&frame, id);
            self.store(frame.clauses, base + place, value);
        }
        if let Some(whenever) = criterion.whenever {
            self.whenever(&frame, index, whenever.trigger, &criterion.partly);
        }
        self.close();
    }

    fn open(&mut self) -> Option<Frame> {
        let entry = self.builder.create_block();
        self.builder.append_block_params_for_function_params(entry);
        self.builder.switch_to_block(entry);
        let &[view, run] = self.builder.block_params(entry) else { return None };
        let mut at = |place: i32| self.builder.ins().load(types::I64, plain(), view, place);
        Some(Frame {
            live: at(LIVE),
            dark: at(DARK),
            summaries: at(SUMMARIES),
            values: at(VALUES),
            clauses: at(CLAUSES),
            run,
        })
    }

    fn close(self) {
        self.builder.ins().return_(&[]);
        self.builder.seal_all_blocks();
    }

    fn byte(&mut self, base: Value, index: usize) -> Value {
        let place = i32::try_from(index).unwrap_or(i32::MAX);
        self.builder.ins().uload8(types::I32, plain(), base, place)
    }

    fn store(&mut self, base: Value, index: usize, value: Value) {
        let place = i32::try_from(index).unwrap_or(i32::MAX);
        self.builder.ins().istore8(plain(), value, base, place);
    }

    fn number(&mut self, value: i64) -> Value {
        self.builder.ins().iconst(types::I32, value)
    }

    fn summary(&mut self, frame: &Frame, node: NodeId) -> Value {
        let node = self.same.get(node.0 as usize).copied().unwrap_or(node);
        self.byte(frame.summaries, node.0 as usize)
    }

    /// Calls `compute` unless the node cannot hold anything.
    fn node(&mut self, frame: &Frame, id: NodeId) {
        let Some(node) = self.plan.node(id) else { return };
        let needed = match &node.op {
            NodeOp::Says { role, pattern, .. } => {
                let live = self.byte(frame.live, pattern.0 as usize);
                let dark = self.byte(frame.dark, *role as usize);
                Some(self.builder.ins().bor(live, dark))
            }
            NodeOp::Filter { base, .. }
            | NodeOp::Ordinal { base, .. }
            | NodeOp::Except(base, _)
            | NodeOp::Minus(base, _)
            | NodeOp::Phase { from: base, .. } => Some(self.summary(frame, *base)),
            NodeOp::Then { left, right, .. } => {
                let (left, right) = (self.summary(frame, *left), self.summary(frame, *right));
                let zero = self.number(0);
                Some(self.builder.ins().select(left, right, zero))
            }
            NodeOp::Union(parts) => {
                let mut any = self.number(0);
                for part in parts {
                    let own = self.summary(frame, *part);
                    any = self.builder.ins().bor(any, own);
                }
                Some(any)
            }
            _ => None,
        };
        match needed {
            Some(needed) => {
                let (work, on) = (self.builder.create_block(), self.builder.create_block());
                self.builder.ins().brif(needed, work, &[], on, &[]);
                self.builder.switch_to_block(work);
                self.compute(frame, id);
                self.builder.ins().jump(on, &[]);
                self.builder.switch_to_block(on);
            }
            None => self.compute(frame, id),
        }
    }

    fn compute(&mut self, frame: &Frame, id: NodeId) {
        let number = self.number(i64::from(id.0));
        self.builder.ins().call(self.intrinsics.compute, &[frame.run, number]);
    }

    fn condition(&mut self, frame: &Frame, id: ConditionId) -> Value {
        let Some(condition) = self.plan.condition(id) else { return self.number(1) };
        let value = match &condition.op {
            ConditionOp::Any(node) => self.any(frame, *node),
            ConditionOp::No(node) => {
                let any = self.any(frame, *node);
                self.negate(any)
            }
            ConditionOp::Not(inner) => {
                let inner = deep(|| self.condition(frame, *inner));
                self.negate(inner)
            }
            ConditionOp::Attribute(..) => self.told(frame, id),
            ConditionOp::And(parts) => self.joined(frame, parts, true),
            ConditionOp::Or(parts) => self.joined(frame, parts, false),
            ConditionOp::Count { base, bounds } => {
                let empty = fold::count_within((0, Some(0)), *bounds);
                self.unless_empty(frame, *base, empty, id)
            }
            ConditionOp::Compare { .. } => self.fold(frame, id),
            ConditionOp::Every { base, .. } | ConditionOp::OnlyAfter { left: base, .. } => {
                self.unless_empty(frame, *base, Truth::Yes, id)
            }
            ConditionOp::InOrder(members) => match members.first() {
                Some(first) => self.unless_empty(frame, *first, Truth::No, id),
                None => self.number(Truth::No as i64),
            },
        };
        if condition.op.is_leaf() {
            self.store(frame.values, id.0 as usize, value);
        }
        value
    }

    fn any(&mut self, frame: &Frame, node: NodeId) -> Value {
        let summary = self.summary(frame, node);
        let sure = self.builder.ins().band_imm_u(summary, i64::from(SURE));
        let (yes, cannot_tell) = (self.number(Truth::Yes as i64), self.number(Truth::CannotTell as i64));
        let maybe = self.builder.ins().select(summary, cannot_tell, summary);
        self.builder.ins().select(sure, yes, maybe)
    }

    fn negate(&mut self, value: Value) -> Value {
        let yes = self.number(Truth::Yes as i64);
        self.builder.ins().isub(yes, value)
    }

    fn joined(&mut self, frame: &Frame, parts: &[ConditionId], all: bool) -> Value {
        let mut value = self.number(if all { Truth::Yes } else { Truth::No } as i64);
        for part in parts {
            let own = deep(|| self.condition(frame, *part));
            value = if all { self.builder.ins().umin(value, own) } else { self.builder.ins().umax(value, own) };
        }
        value
    }

    /// What the intrinsic says of a condition that looks at no moments.
    fn told(&mut self, frame: &Frame, id: ConditionId) -> Value {
        let number = self.number(i64::from(id.0));
        let call = self.builder.ins().call(self.intrinsics.fold, &[frame.run, number]);
        let told = self.builder.inst_results(call).first().copied();
        told.unwrap_or_else(|| self.number(Truth::CannotTell as i64))
    }

    /// A constant where the set is empty, else what the intrinsic says.
    fn unless_empty(&mut self, frame: &Frame, node: NodeId, empty: Truth, id: ConditionId) -> Value {
        let summary = self.summary(frame, node);
        let (work, on) = (self.builder.create_block(), self.builder.create_block());
        let result = self.builder.append_block_param(on, types::I32);
        let constant = self.number(empty as i64);
        self.builder.ins().brif(summary, work, &[], on, &[constant.into()]);
        self.builder.switch_to_block(work);
        let told = self.fold(frame, id);
        self.builder.ins().jump(on, &[told.into()]);
        self.builder.switch_to_block(on);
        result
    }

    /// What the intrinsic says.
    fn fold(&mut self, frame: &Frame, id: ConditionId) -> Value {
        let number = self.number(i64::from(id.0));
        let call = self.builder.ins().call(self.intrinsics.fold, &[frame.run, number]);
        let told = self.builder.inst_results(call).first().copied();
        told.unwrap_or(number)
    }

    fn whenever(&mut self, frame: &Frame, index: usize, trigger: NodeId, steps: &[PartlyPlan]) {
        let summary = self.summary(frame, trigger);
        let base = index * CLAUSE_STRIDE;
        let (work, none, on) = (self.builder.create_block(), self.builder.create_block(), self.builder.create_block());
        self.builder.ins().brif(summary, work, &[], none, &[]);
        self.builder.switch_to_block(none);
        let (no, yes) = (self.number(Truth::No as i64), self.number(Truth::Yes as i64));
        self.store(frame.clauses, base + clause::OCCASIONS, no);
        self.store(frame.clauses, base + clause::EXPECT, yes);
        for (number, _) in steps.iter().enumerate().filter(|(_, step)| matches!(step, PartlyPlan::OfThem(_))) {
            self.store(frame.clauses, base + clause::PARTLY + number, yes);
        }
        self.builder.ins().jump(on, &[]);
        self.builder.switch_to_block(work);
        let number = self.number(i64::try_from(index).unwrap_or(i64::MAX));
        self.builder.ins().call(self.intrinsics.occasions, &[frame.run, number]);
        self.builder.ins().jump(on, &[]);
        self.builder.switch_to_block(on);
    }
}
