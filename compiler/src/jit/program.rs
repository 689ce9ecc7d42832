//! A plan as machine code: what is compiled once and run over many calls.

use super::flow::{FlowBody, Intrinsics};
use super::layout::FlowView;
use super::lookup::Lookup;
use super::masks::{Group, groups};
use super::matcher::MatcherBody;
use super::{layout::CallView, run};
use crate::phrases::Manner;
use crate::phrases::index::Symboliser;
use crate::plan::automaton::{Automaton, Position};
use crate::plan::verify::VerifiedPlan;
use crate::plan::{ConditionId, CriterionPlan, NodeId, NodeOp, Pattern, Plan};
use cranelift_codegen::ir::{AbiParam, Function, Signature, UserFuncName, types};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{Context, ir};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use cranelift_jit::{JITBuilder, JITModule};
use cranelift_module::{FuncId, Linkage, Module};
use grille_evidence::executable::Defect;
use grille_evidence::facts::CallFacts;
use grille_evidence::outcome::Evaluation;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::c_void;
use std::sync::Arc;

/// A compiled matcher: `(call, start, end, out)`.
pub type MatcherCode = unsafe extern "C" fn(*const CallView, u64, u64, *mut c_void);
/// A compiled criterion: `(view, run)`.
pub type FlowCode = unsafe extern "C" fn(*const FlowView, *mut c_void);

/// Phrases looked for together.
#[derive(Debug)]
pub struct CompiledPhrases {
    /// Groups with their code.
    pub groups: Vec<CompiledGroup>,
    /// Automata with more positions than a group can hold, or with classes: the interpreter's walk looks for them.
    pub walked: Vec<Automaton>,
}

/// A group with its code.
#[derive(Debug)]
pub struct CompiledGroup {
    /// Its code.
    pub code: MatcherCode,
    /// Symbols that a match may begin with.
    pub beginnings: Vec<u32>,
    /// May any word begin one?
    pub any_word: bool,
}

/// A part of a pattern.
#[derive(Debug)]
pub struct CompiledPart {
    /// What counts.
    pub phrases: CompiledPhrases,
    /// What does not.
    pub but_not: Option<CompiledPhrases>,
}

/// A `says`.
#[derive(Debug)]
pub struct CompiledSays {
    /// How it is looked for.
    pub manner: Manner,
    /// Its parts.
    pub parts: Vec<CompiledPart>,
}

/// What people may want to see of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// None.
    Off,
    /// Cranelift's intermediate form.
    Clif,
    /// The processor's instructions.
    Assembly,
}

/// A plan as machine code.
pub struct MachineProgram {
    plan: Arc<VerifiedPlan>,
    symboliser: Symboliser,
    same: Vec<NodeId>,
    says: BTreeMap<NodeId, CompiledSays>,
    always_live: Vec<u8>,
    beginnings: Vec<Vec<u32>>,
    criteria: Vec<FlowCode>,
    listing: String,
    /// Tables whose addresses the code holds.
    _lookups: Vec<Lookup>,
    _module: Memory,
}

/// The code's memory; freed with the program, which nothing of it outlives.
struct Memory(Option<JITModule>);

impl Drop for Memory {
    fn drop(&mut self) {
        if let Some(module) = self.0.take() {
            // SAFETY: the program that holds the function addresses is being dropped, and they never leave it.
            #[allow(unsafe_code)]
            unsafe {
                module.free_memory();
            }
        }
    }
}

// SAFETY: after it is built, the module is only kept for its memory, which is read and run, never written.
#[allow(unsafe_code)]
unsafe impl Send for Memory {}
// SAFETY: as above.
#[allow(unsafe_code)]
unsafe impl Sync for Memory {}

fn defect(what: &str) -> impl Fn(String) -> Defect + '_ {
    move |why| Defect(format!("{what}: {why}"))
}

impl MachineProgram {
    /// Compiles a plan for the processor that this runs on.
    ///
    /// # Errors
    /// A [`Defect`] where Cranelift refuses what we wrote, or does not know the processor.
    pub fn compile(plan: Arc<VerifiedPlan>, listing: Listing) -> Result<MachineProgram, Defect> {
        let mut compiler = Compiler::new(listing)?;
        let inner = plan.plan();
        let same = crate::plan::same::canonical(inner);
        let says = compiler.all_says(inner, &same)?;
        let criteria = compiler.all_flow(inner, &same)?;
        compiler.module.finalize_definitions().map_err(|e| defect("finishing the code")(e.to_string()))?;
        let (always_live, beginnings) = liveness(inner);
        let says = says.into_iter().map(|(id, s)| (id, compiler.link_says(s))).collect();
        let criteria = criteria.iter().map(|id| compiler.flow_code(*id)).collect();
        Ok(MachineProgram {
            symboliser: Symboliser::new(inner),
            same,
            says,
            always_live,
            beginnings,
            criteria,
            listing: compiler.text,
            _lookups: compiler.lookups,
            _module: Memory(Some(compiler.module)),
            plan,
        })
    }

    /// One call through every criterion.
    ///
    /// # Errors
    /// A [`Defect`] where the facts break what they promise, or an intrinsic came upon one.
    pub fn evaluate(&self, facts: &CallFacts) -> Result<Evaluation, Defect> {
        if !run::Run::sound(facts) {
            return Err(Defect("the facts of a call have columns that do not fit together".to_owned()));
        }
        run::Run::new(self, facts).evaluate()
    }

    /// The code as text, if it was asked for.
    #[must_use]
    pub fn listing(&self) -> &str {
        &self.listing
    }

    pub(super) fn plan(&self) -> &Plan {
        self.plan.plan()
    }

    pub(super) fn symboliser(&self) -> &Symboliser {
        &self.symboliser
    }

    pub(super) fn same(&self, id: NodeId) -> NodeId {
        self.same.get(id.0 as usize).copied().unwrap_or(id)
    }

    pub(super) fn says(&self, id: NodeId) -> Option<&CompiledSays> {
        self.says.get(&id)
    }

    pub(super) fn always_live(&self) -> &[u8] {
        &self.always_live
    }

    pub(super) fn patterns_beginning_with(&self, symbol: u32) -> &[u32] {
        self.beginnings.get(symbol as usize).map_or(&[], Vec::as_slice)
    }

    pub(super) fn criteria_code(&self) -> &[FlowCode] {
        &self.criteria
    }
}

/// Patterns that can begin with any word, and for each symbol the patterns that can begin with it.
fn liveness(plan: &Plan) -> (Vec<u8>, Vec<Vec<u32>>) {
    let mut always = vec![0; plan.patterns.len()];
    let mut beginnings: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); plan.symbols.len()];
    for ((id, pattern), always) in (0u32..).zip(&plan.patterns).zip(&mut always) {
        for position in first_positions(pattern) {
            match position {
                Position::Symbol(symbol) => {
                    if let Some(set) = beginnings.get_mut(symbol.0 as usize) {
                        set.insert(id);
                    }
                }
                Position::AnyWord | Position::Gap | Position::Span(_) => *always = 1,
            }
        }
    }
    (always, beginnings.into_iter().map(|set| set.into_iter().collect()).collect())
}

fn first_positions(pattern: &Pattern) -> impl Iterator<Item = Position> {
    let automata = pattern.parts.iter().flat_map(|p| &p.phrases);
    automata.flat_map(|a| a.first.iter().filter_map(|p| a.at(*p)))
}

struct Declared {
    found: FuncId,
    compute: FuncId,
    fold: FuncId,
    occasions: FuncId,
}

/// Phrases whose code is declared but has no address yet.
struct PendingPhrases {
    groups: Vec<(FuncId, Vec<u32>, bool)>,
    walked: Vec<Automaton>,
}

struct PendingSays {
    manner: Manner,
    parts: Vec<(PendingPhrases, Option<PendingPhrases>)>,
}

struct Compiler {
    module: JITModule,
    context: Context,
    builders: FunctionBuilderContext,
    declared: Declared,
    matchers: HashMap<(Group, Manner), FuncId>,
    lookups: Vec<Lookup>,
    functions: u32,
    listing: Listing,
    text: String,
}

impl Compiler {
    fn new(listing: Listing) -> Result<Compiler, Defect> {
        let mut flags = settings::builder();
        for (name, value) in
            [("opt_level", "none"), ("enable_verifier", "false"), ("regalloc_algorithm", "single_pass")]
        {
            flags.set(name, value).map_err(|e| defect("setting up Cranelift")(e.to_string()))?;
        }
        let isa = cranelift_native::builder()
            .map_err(|e| defect("this processor")(e.to_owned()))?
            .finish(settings::Flags::new(flags))
            .map_err(|e| defect("setting up Cranelift")(e.to_string()))?;
        let mut builder = JITBuilder::with_isa(isa, cranelift_module::default_libcall_names());
        builder.symbol("grille_found", run::found as *const u8);
        builder.symbol("grille_compute", run::compute as *const u8);
        builder.symbol("grille_fold", run::fold as *const u8);
        builder.symbol("grille_occasions", run::occasions as *const u8);
        let mut module = JITModule::new(builder);
        let declared = declare(&mut module)?;
        let context = module.make_context();
        Ok(Compiler {
            module,
            context,
            builders: FunctionBuilderContext::new(),
            declared,
            matchers: HashMap::new(),
            lookups: Vec::new(),
            functions: 0,
            listing,
            text: String::new(),
        })
    }

    fn all_says(&mut self, plan: &Plan, same: &[NodeId]) -> Result<BTreeMap<NodeId, PendingSays>, Defect> {
        let mut all = BTreeMap::new();
        for (id, node) in (0..).map(NodeId).zip(&plan.nodes) {
            let NodeOp::Says { asks, pattern, max_pause, unless_negated, .. } = &node.op else { continue };
            if same.get(id.0 as usize) != Some(&id) {
                continue;
            }
            let manner = Manner { asks: *asks, max_pause: *max_pause, unless_negated: *unless_negated };
            let Some(pattern) = plan.pattern(*pattern) else { continue };
            let mut parts = Vec::new();
            for part in &pattern.parts {
                let phrases = self.phrases(&part.phrases, manner)?;
                let plain = crate::interpret::moments::plain(manner);
                let but_not = if part.but_not.is_empty() { None } else { Some(self.phrases(&part.but_not, plain)?) };
                parts.push((phrases, but_not));
            }
            all.insert(id, PendingSays { manner, parts });
        }
        Ok(all)
    }

    fn phrases(&mut self, automata: &[Automaton], manner: Manner) -> Result<PendingPhrases, Defect> {
        let (formed, wide) = groups(automata);
        let mut pending = PendingPhrases {
            groups: Vec::new(),
            walked: wide.iter().filter_map(|i| automata.get(*i).cloned()).collect(),
        };
        for group in formed {
            let (beginnings, any_word) = group.beginnings();
            let code = self.matcher(group, manner)?;
            pending.groups.push((code, beginnings.iter().map(|s| s.0).collect(), any_word));
        }
        Ok(pending)
    }

    fn matcher(&mut self, group: Group, manner: Manner) -> Result<FuncId, Defect> {
        if let Some(known) = self.matchers.get(&(group.clone(), manner)) {
            return Ok(*known);
        }
        let parameters = [types::I64; 4];
        let found = self.declared.found;
        let lookup = Lookup::new(&group.symbols);
        let id = self.function("matcher", &parameters, |module, function, builders| {
            let found = module.declare_func_in_func(found, function);
            let mut builder = FunctionBuilder::new(function, builders);
            MatcherBody { builder: &mut builder, group: &group, lookup: &lookup, manner, found }.write();
            builder.finalize(module.target_config());
        })?;
        self.lookups.push(lookup);
        self.matchers.insert((group, manner), id);
        Ok(id)
    }

    fn all_flow(&mut self, plan: &Plan, same: &[NodeId]) -> Result<Vec<FuncId>, Defect> {
        let mut criteria = Vec::with_capacity(plan.criteria.len());
        let mut computed: BTreeSet<NodeId> = BTreeSet::new();
        for (index, criterion) in plan.criteria.iter().enumerate() {
            let uses_it = |id: &NodeId| plan.node(*id).is_some_and(|n| n.uses_it);
            let mut fresh: Vec<NodeId> = reached(plan, same, criterion).into_iter().collect();
            fresh.retain(|id| !uses_it(id) && computed.insert(*id));
            criteria.push(self.flow(plan, same, |body| body.criterion(index, criterion, &fresh))?);
        }
        Ok(criteria)
    }

    fn flow(&mut self, plan: &Plan, same: &[NodeId], write: impl FnOnce(FlowBody<'_, '_>)) -> Result<FuncId, Defect> {
        let Declared { compute, fold, occasions, .. } = self.declared;
        self.function("criterion", &[types::I64; 2], |module, function, builders| {
            let intrinsics = Intrinsics {
                compute: module.declare_func_in_func(compute, function),
                fold: module.declare_func_in_func(fold, function),
                occasions: module.declare_func_in_func(occasions, function),
            };
            let mut builder = FunctionBuilder::new(function, builders);
            write(FlowBody { builder: &mut builder, plan, same, intrinsics });
            builder.finalize(module.target_config());
        })
    }

    fn function(
        &mut self,
        name: &str,
        parameters: &[ir::Type],
        write: impl FnOnce(&mut JITModule, &mut Function, &mut FunctionBuilderContext),
    ) -> Result<FuncId, Defect> {
        let mut signature = self.module.make_signature();
        signature.params.extend(parameters.iter().map(|t| AbiParam::new(*t)));
        let name = format!("{name}_{}", self.functions);
        let id = self
            .module
            .declare_function(&name, Linkage::Local, &signature)
            .map_err(|e| defect("declaring code")(e.to_string()))?;
        self.context.func = Function::with_name_signature(UserFuncName::user(0, self.functions), signature);
        self.functions += 1;
        write(&mut self.module, &mut self.context.func, &mut self.builders);
        self.list_before(&name);
        self.module.define_function(id, &mut self.context).map_err(|e| defect("compiling")(format!("{e:?}")))?;
        self.list_after(&name);
        self.module.clear_context(&mut self.context);
        Ok(id)
    }

    fn list_before(&mut self, name: &str) {
        match self.listing {
            Listing::Off => {}
            Listing::Clif => self.text.push_str(&format!("; {name}\n{}\n", self.context.func.display())),
            Listing::Assembly => self.context.set_disasm(true),
        }
    }

    fn list_after(&mut self, name: &str) {
        if self.listing == Listing::Assembly
            && let Some(code) = self.context.compiled_code()
            && let Some(lines) = &code.vcode
        {
            self.text.push_str(&format!("; {name}\n{lines}\n"));
        }
    }

    fn link(&self, pending: PendingPhrases) -> CompiledPhrases {
        let groups = pending.groups.into_iter().map(|(id, beginnings, any_word)| {
            let address = self.module.get_finalized_function(id);
            // SAFETY: the function was declared with four integer parameters and no result, in the C convention.
            #[allow(unsafe_code)]
            let code = unsafe { std::mem::transmute::<*const u8, MatcherCode>(address) };
            CompiledGroup { code, beginnings, any_word }
        });
        CompiledPhrases { groups: groups.collect(), walked: pending.walked }
    }

    fn link_says(&self, pending: PendingSays) -> CompiledSays {
        let parts = pending.parts.into_iter().map(|(phrases, but_not)| CompiledPart {
            phrases: self.link(phrases),
            but_not: but_not.map(|b| self.link(b)),
        });
        CompiledSays { manner: pending.manner, parts: parts.collect() }
    }

    fn flow_code(&self, id: FuncId) -> FlowCode {
        let address = self.module.get_finalized_function(id);
        // SAFETY: the function was declared with two pointer-sized parameters and no result, in the C convention.
        #[allow(unsafe_code)]
        unsafe {
            std::mem::transmute::<*const u8, FlowCode>(address)
        }
    }
}

fn declare(module: &mut JITModule) -> Result<Declared, Defect> {
    let mut import = |name: &str, parameters: &[ir::Type], result: Option<ir::Type>| {
        let mut signature: Signature = module.make_signature();
        signature.params.extend(parameters.iter().map(|t| AbiParam::new(*t)));
        signature.returns.extend(result.map(AbiParam::new));
        module
            .declare_function(name, Linkage::Import, &signature)
            .map_err(|e| defect("declaring an intrinsic")(e.to_string()))
    };
    Ok(Declared {
        found: import("grille_found", &[types::I64, types::I64, types::I64, types::I32], None)?,
        compute: import("grille_compute", &[types::I64, types::I32], None)?,
        fold: import("grille_fold", &[types::I64, types::I32], Some(types::I32))?,
        occasions: import("grille_occasions", &[types::I64, types::I32], None)?,
    })
}

/// The nodes that a criterion looks at, canonical ones, in order.
fn reached(plan: &Plan, same: &[NodeId], criterion: &CriterionPlan) -> BTreeSet<NodeId> {
    let mut nodes = BTreeSet::new();
    let expect = criterion.whenever.map(|w| w.expect);
    let clauses = [criterion.applies, criterion.not_met, criterion.met, expect, criterion.excused];
    for id in clauses.into_iter().flatten().chain(criterion.steps_when()) {
        conditions_nodes(plan, same, id, &mut nodes);
    }
    if let Some(whenever) = criterion.whenever {
        reach(plan, same, whenever.trigger, &mut nodes);
    }
    nodes
}

fn conditions_nodes(plan: &Plan, same: &[NodeId], id: ConditionId, nodes: &mut BTreeSet<NodeId>) {
    let Some(condition) = plan.condition(id) else { return };
    condition.op.nodes().iter().for_each(|n| reach(plan, same, *n, nodes));
    condition.op.children().iter().for_each(|c| conditions_nodes(plan, same, *c, nodes));
}

fn reach(plan: &Plan, same: &[NodeId], id: NodeId, nodes: &mut BTreeSet<NodeId>) {
    let id = same.get(id.0 as usize).copied().unwrap_or(id);
    if nodes.insert(id)
        && let Some(node) = plan.node(id)
    {
        node.op.children().iter().for_each(|c| reach(plan, same, *c, nodes));
    }
}
