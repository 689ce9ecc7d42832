//! From a checked program to a plan: numbers everything, children before parents. Decides nothing.

mod values;

use super::automaton::{Automaton, Element as Position};
use super::{
    Condition, ConditionId, ConditionOp, CriterionPlan, FilterOp, Node, NodeId, NodeOp, PartlyPlan, Pattern, PatternId,
    PatternPart, Plan, Site, Symbol, SymbolId, WheneverPlan, meaning,
};
use crate::checked::{self, Checked, ConditionKind, Criterion, Element, Filter, Moments, MomentsKind, Partly, Phrase};
use crate::deep::deep;
use grille_evidence::executable::{CriterionInfo, Defect};
use grille_grammar::source::Span;
use std::collections::HashMap;

/// Lowers a program.
///
/// # Errors
/// A [`Defect`] where the program breaks what checking promises.
pub fn lower(program: &Checked) -> Result<Plan, Defect> {
    let mut plan = unsealed(program)?;
    meaning::seal(&mut plan, &program.variants.iter().map(unsealed).collect::<Result<Vec<_>, _>>()?);
    Ok(plan)
}

/// The plans of a program's variants, in their order. Their criteria and scorecards go by the hashes of the program's plan.
///
/// # Errors
/// A [`Defect`] where the program breaks what checking promises.
pub fn variants(program: &Checked, plan: &Plan) -> Result<Vec<Plan>, Defect> {
    let mut variants = program.variants.iter().map(unsealed).collect::<Result<Vec<_>, _>>()?;
    for variant in &mut variants {
        let criteria = variant.criteria.iter_mut().zip(&plan.criteria);
        criteria.for_each(|(own, sealed)| own.info.hash.clone_from(&sealed.info.hash));
        variant.scorecards.clone_from(&plan.scorecards);
    }
    Ok(variants)
}

fn unsealed(program: &Checked) -> Result<Plan, Defect> {
    let mut lowering = fresh(program);
    for criterion in &program.criteria {
        lowering.criterion(criterion)?;
    }
    Ok(Plan { scorecards: program.scorecards.clone(), ..lowering.plan })
}

/// A program with its named moments and lexicons, used or not, each with its place in the plan.
pub(super) struct Named {
    /// The plan; it holds no criteria.
    pub plan: Plan,
    /// Names of moments.
    pub moments: Vec<(String, NodeId)>,
    /// Names of lexicons.
    pub lexicons: Vec<(String, PatternId)>,
}

/// Lowers what has a name and is no criterion.
///
/// # Errors
/// A [`Defect`] where the program breaks what checking promises.
pub(super) fn named(program: &Checked) -> Result<Named, Defect> {
    let mut lowering = fresh(program);
    let (mut moments, mut lexicons) = (Vec::new(), Vec::new());
    for (index, definition) in program.moments.iter().enumerate() {
        moments.push((definition.name.clone(), lowering.definition(index)?));
    }
    for (name, part) in &program.lexicons {
        let pattern = checked::Pattern { name: Some(name.clone()), parts: vec![part.clone()] };
        lexicons.push((name.clone(), lowering.pattern(&pattern)?));
    }
    Ok(Named { plan: lowering.plan, moments, lexicons })
}

/// What a condition of a program means, written out: equal for two that mean the same.
///
/// # Errors
/// A [`Defect`] where the program breaks what checking promises.
pub fn condition_meaning(program: &Checked, condition: &checked::Condition) -> Result<String, Defect> {
    let mut lowering = fresh(program);
    let id = lowering.condition(condition)?;
    Ok(meaning::of_condition(&lowering.plan, id))
}

struct Lowering<'a> {
    plan: Plan,
    symbols: HashMap<Symbol, SymbolId>,
    patterns: HashMap<Pattern, PatternId>,
    named: Vec<Option<NodeId>>,
    definitions: &'a [checked::MomentDef],
}

fn fresh(program: &Checked) -> Lowering<'_> {
    Lowering {
        plan: Plan {
            locale: program.locale.clone(),
            attributes: program.attributes.clone(),
            symbols: Vec::new(),
            patterns: Vec::new(),
            nodes: Vec::new(),
            measures: Vec::new(),
            conditions: Vec::new(),
            criteria: Vec::new(),
            scorecards: Vec::new(),
        },
        symbols: HashMap::new(),
        patterns: HashMap::new(),
        named: vec![None; program.moments.len()],
        definitions: &program.moments,
    }
}

fn next(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Lowering<'_> {
    fn symbol(&mut self, symbol: Symbol) -> SymbolId {
        if let Some(known) = self.symbols.get(&symbol) {
            return *known;
        }
        let id = SymbolId(next(self.plan.symbols.len()));
        self.plan.symbols.push(symbol.clone());
        self.symbols.insert(symbol, id);
        id
    }

    fn positions(&mut self, elements: &[Element]) -> Vec<Position> {
        elements
            .iter()
            .map(|element| match element {
                Element::Exact(text) => Position::Token(self.symbol(Symbol::Exact(text.clone()))),
                Element::Prefix(text) => Position::Token(self.symbol(Symbol::Prefix(text.clone()))),
                Element::Stem(text) => Position::Token(self.symbol(Symbol::Stem(text.clone()))),
                Element::Sound(text) => Position::Token(self.symbol(Symbol::Sound(text.clone()))),
                Element::AnyWord => Position::AnyWord,
                Element::Class(test) => Position::Span(self.symbol(Symbol::Class(*test)), test.longest()),
                Element::Gap(most) => Position::Gap(*most),
                Element::OneOf(parts) => Position::OneOf(parts.iter().map(|p| self.positions(p)).collect()),
                Element::Optional(inner) => Position::Optional(self.positions(inner)),
            })
            .collect()
    }

    fn automata(&mut self, phrases: &[Phrase]) -> Result<Vec<Automaton>, Defect> {
        phrases
            .iter()
            .map(|phrase| {
                let positions = self.positions(&phrase.elements);
                let built = Automaton::build(&positions);
                let built = built.map_err(|why| Defect(format!("a checked phrase is unfit: {why:?}")))?;
                Ok(Automaton { exactly: phrase.exactly, ..built })
            })
            .collect()
    }

    fn pattern(&mut self, pattern: &checked::Pattern) -> Result<PatternId, Defect> {
        let mut parts = Vec::new();
        for part in &pattern.parts {
            parts.push(PatternPart { phrases: self.automata(&part.phrases)?, but_not: self.automata(&part.but_not)? });
        }
        let pattern = Pattern { name: pattern.name.clone(), parts };
        if let Some(known) = self.patterns.get(&pattern) {
            return Ok(*known);
        }
        let id = PatternId(next(self.plan.patterns.len()));
        self.plan.patterns.push(pattern.clone());
        self.patterns.insert(pattern, id);
        Ok(id)
    }

    fn node(&mut self, op: NodeOp, span: Span, name: Option<&str>) -> NodeId {
        let uses_it = matches!(op, NodeOp::It) || op.children().iter().any(|c| self.node_uses_it(*c));
        let id = NodeId(next(self.plan.nodes.len()));
        self.plan.nodes.push(Node { op, uses_it, site: Site { span, name: name.map(str::to_owned) } });
        id
    }

    fn node_uses_it(&self, id: NodeId) -> bool {
        self.plan.node(id).is_some_and(|n| n.uses_it)
    }

    fn moments(&mut self, moments: &Moments, name: Option<&str>) -> Result<NodeId, Defect> {
        deep(|| self.moments_of(moments, name))
    }

    fn moments_of(&mut self, moments: &Moments, name: Option<&str>) -> Result<NodeId, Defect> {
        let op = match &moments.kind {
            MomentsKind::Named(index) => {
                return self.definition(*index);
            }
            MomentsKind::Says(says) => NodeOp::Says {
                role: says.role,
                asks: says.asks,
                pattern: self.pattern(&says.pattern)?,
                max_pause: says.max_pause,
                unless_negated: says.unless_negated,
            },
            MomentsKind::Event(name) => NodeOp::Event(name.clone()),
            MomentsKind::Turn(role) => NodeOp::Turn(*role),
            MomentsKind::Question(role) => NodeOp::Question(*role),
            MomentsKind::Silence => NodeOp::Silence,
            MomentsKind::Overlap => NodeOp::Overlap,
            MomentsKind::Conversation => NodeOp::Conversation,
            MomentsKind::SpeechActivity(voice) => NodeOp::SpeechActivity(*voice),
            MomentsKind::ResponseGap(role) => NodeOp::ResponseGap(*role),
            MomentsKind::Interrupts(interrupter, interrupted, least) => {
                NodeOp::Interrupts { interrupter: *interrupter, interrupted: *interrupted, least: *least }
            }
            MomentsKind::It => NodeOp::It,
            MomentsKind::Filter(base, filter) => {
                let base = self.moments(base, None)?;
                NodeOp::Filter { base, filter: self.filter(filter)? }
            }
            MomentsKind::Union(parts) => {
                NodeOp::Union(parts.iter().map(|p| self.moments(p, None)).collect::<Result<_, _>>()?)
            }
            MomentsKind::Except(left, right) => NodeOp::Except(self.moments(left, None)?, self.moments(right, None)?),
            MomentsKind::Minus(left, right) => NodeOp::Minus(self.moments(left, None)?, self.moments(right, None)?),
            MomentsKind::Phase(from, to, or_end) => {
                NodeOp::Phase { from: self.moments(from, None)?, to: self.moments(to, None)?, or_end: *or_end }
            }
            MomentsKind::Ordinal(pick, base) => NodeOp::Ordinal { pick: *pick, base: self.moments(base, None)? },
            MomentsKind::Then(left, within, right) => {
                NodeOp::Then { left: self.moments(left, None)?, within: *within, right: self.moments(right, None)? }
            }
        };
        Ok(self.node(op, moments.span, name))
    }

    /// A named moment, lowered where it is first used.
    fn definition(&mut self, index: usize) -> Result<NodeId, Defect> {
        if let Some(known) = self.named.get(index).copied().flatten() {
            return Ok(known);
        }
        let definitions = self.definitions;
        let definition = definitions.get(index).ok_or_else(|| Defect("a moment without its definition".to_owned()))?;
        let node = self.moments(&definition.value, Some(&definition.name))?;
        if let Some(slot) = self.named.get_mut(index) {
            *slot = Some(node);
        }
        Ok(node)
    }

    fn filter(&mut self, filter: &Filter) -> Result<FilterOp, Defect> {
        Ok(match filter {
            Filter::Window(edge, extent) => FilterOp::Window { edge: *edge, extent: *extent },
            Filter::Field(test) => FilterOp::Field(test.clone()),
            Filter::Length(bound) => FilterOp::Length { bound: *bound },
            Filter::Answered { within, with, negated } => FilterOp::Answered {
                within: *within,
                with: with.as_ref().map(|with| self.moments(with, None)).transpose()?,
                negated: *negated,
            },
            Filter::LeftOpen(millis) => FilterOp::LeftOpen { millis: *millis },
            Filter::Words { most, right } => FilterOp::Words { most: *most, right: self.moments(right, None)? },
            Filter::Relation { side, within, right, negated } => FilterOp::Relation {
                side: *side,
                within: *within,
                right: self.moments(right, None)?,
                negated: *negated,
            },
            Filter::Placed(place, right) => FilterOp::Placed { place: *place, right: self.moments(right, None)? },
        })
    }

    fn condition(&mut self, condition: &checked::Condition) -> Result<ConditionId, Defect> {
        deep(|| self.condition_of(condition))
    }

    fn condition_of(&mut self, condition: &checked::Condition) -> Result<ConditionId, Defect> {
        let op = match &condition.kind {
            ConditionKind::Any(moments) => ConditionOp::Any(self.moments(moments, None)?),
            ConditionKind::No(moments) => ConditionOp::No(self.moments(moments, None)?),
            ConditionKind::Every(base, filter) => {
                ConditionOp::Every { base: self.moments(base, None)?, filter: self.filter(filter)? }
            }
            ConditionKind::Count(base, bounds) => {
                ConditionOp::Count { base: self.moments(base, None)?, bounds: *bounds }
            }
            ConditionKind::OnlyAfter(left, right) => {
                ConditionOp::OnlyAfter { left: self.moments(left, None)?, right: self.moments(right, None)? }
            }
            ConditionKind::InOrder(members) => {
                ConditionOp::InOrder(members.iter().map(|m| self.moments(m, None)).collect::<Result<_, _>>()?)
            }
            ConditionKind::Compare(operator, left, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                let over = [left, right].into_iter().flat_map(|id| self.plan.measured_nodes(id)).collect();
                ConditionOp::Compare { left, operator: *operator, right, over }
            }
            ConditionKind::Attribute(id, test) => ConditionOp::Attribute(*id, test.clone()),
            ConditionKind::And(parts) => ConditionOp::And(self.conditions(parts)?),
            ConditionKind::Or(parts) => ConditionOp::Or(self.conditions(parts)?),
            ConditionKind::Not(inner) => ConditionOp::Not(self.condition(inner)?),
        };
        let uses_it = op.nodes().iter().any(|n| self.node_uses_it(*n))
            || op.children().iter().any(|c| self.plan.condition(*c).is_some_and(|c| c.uses_it));
        let id = ConditionId(next(self.plan.conditions.len()));
        self.plan.conditions.push(Condition { op, uses_it, site: Site { span: condition.span, name: None } });
        Ok(id)
    }

    fn conditions(&mut self, parts: &[checked::Condition]) -> Result<Vec<ConditionId>, Defect> {
        parts.iter().map(|p| self.condition(p)).collect()
    }

    fn optional(&mut self, condition: Option<&checked::Condition>) -> Result<Option<ConditionId>, Defect> {
        condition.map(|c| self.condition(c)).transpose()
    }

    fn criterion(&mut self, criterion: &Criterion) -> Result<(), Defect> {
        let applies = self.optional(criterion.applies.as_ref())?;
        let whenever = match &criterion.whenever {
            Some(whenever) => Some(WheneverPlan {
                trigger: self.moments(&whenever.trigger, None)?,
                once_per: whenever.once_per,
                expect: self.condition(&whenever.expect)?,
            }),
            None => None,
        };
        let not_met = self.optional(criterion.not_met.as_ref())?;
        let met = self.optional(criterion.met.as_ref())?;
        let mut partly = Vec::with_capacity(criterion.partly.len());
        for step in &criterion.partly {
            partly.push(match &step.partly {
                Partly::When(condition) => PartlyPlan::When(self.condition(condition)?),
                Partly::OfThem(share) => PartlyPlan::OfThem(*share),
            });
        }
        let excused = self.optional(criterion.excused.as_ref())?;
        let info = CriterionInfo {
            name: criterion.name.clone(),
            title: criterion.title.clone(),
            coaching: criterion.coaching.clone(),
            hash: String::new(),
            kind: criterion.kind,
            parameters: criterion.parameters.clone(),
            steps: criterion.partly.len(),
        };
        let site = Site { span: criterion.span, name: Some(criterion.name.clone()) };
        let leaves = Vec::new();
        let mut plan = CriterionPlan { info, site, applies, whenever, not_met, met, partly, excused, leaves };
        let expect = whenever.map(|w| w.expect);
        let before = [applies, expect, not_met, met].into_iter().flatten();
        let clauses: Vec<ConditionId> = before.chain(plan.steps_when()).chain(excused).collect();
        clauses.into_iter().for_each(|clause| self.leaves(clause, &mut plan.leaves));
        self.plan.criteria.push(plan);
        Ok(())
    }

    fn leaves(&self, id: ConditionId, into: &mut Vec<ConditionId>) {
        let Some(condition) = self.plan.condition(id) else { return };
        if condition.op.is_leaf() {
            into.push(id);
        }
        for child in condition.op.children() {
            self.leaves(child, into);
        }
    }
}
