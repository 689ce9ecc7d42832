//! Which parts of a criterion decided that an expectation was missed. Reads derivations; must not know calls, nor how
//! anything is shown.

use grille_evidence::trace::{ClauseRole, ClauseTrace, CriterionTrace, Node, Operation};
use grille_evidence::truth::{Truth, Verdict};

/// As many parts are named of one criterion.
const MOST_NAMED: usize = 3;

/// A part of a criterion that decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    /// The criterion's name.
    pub criterion: String,
    /// In which clause.
    pub clause: ClauseRole,
    /// The expression with its place, its value, and why.
    pub node: Node,
}

/// What stood in the way of the expected verdict (none: cannot tell); if nothing did, what the verdict rests on.
#[must_use]
pub fn deciding(criterion: &CriterionTrace, expected: Option<Verdict>) -> Vec<Deciding> {
    let Some(clause) = clause(criterion, expected) else { return Vec::new() };
    let mut nodes = Vec::new();
    descend(&clause.node, &mut nodes);
    nodes.truncate(MOST_NAMED);
    let named = |node: &Node| Deciding {
        criterion: criterion.criterion.clone(),
        clause: clause.clause,
        node: Node { children: Vec::new(), ..node.clone() },
    };
    nodes.into_iter().map(named).collect()
}

/// The clause because of which the verdict is not the expected one.
fn clause(criterion: &CriterionTrace, expected: Option<Verdict>) -> Option<&ClauseTrace> {
    let with = |role: ClauseRole, values: &[Truth]| {
        criterion.clauses.iter().find(|c| c.clause == role && values.contains(&c.value))
    };
    let (yes, no, any) = ([Truth::Yes], [Truth::No], [Truth::Yes, Truth::No]);
    let applies = |values| with(ClauseRole::AppliesWhen, values).or_else(|| with(ClauseRole::Whenever, values));
    let asked = |values| with(ClauseRole::MetWhen, values).or_else(|| with(ClauseRole::Expect, values));
    let Some(observed) = criterion.verdicts.told() else {
        return criterion.clauses.iter().find(|c| c.value == Truth::CannotTell);
    };
    let found = match (observed, expected) {
        (Verdict::NotApplicable, _) => applies(&no).or_else(|| with(ClauseRole::ExcusedWhen, &yes)),
        (_, Some(Verdict::NotApplicable)) => with(ClauseRole::ExcusedWhen, &no).or_else(|| applies(&yes)),
        (Verdict::Met, Some(Verdict::NotMet)) => with(ClauseRole::NotMetWhen, &any).or_else(|| asked(&yes)),
        (Verdict::NotMet, Some(Verdict::PartlyMet)) => {
            with(ClauseRole::NotMetWhen, &yes).or_else(|| with(ClauseRole::PartlyMetWhen, &no))
        }
        (Verdict::PartlyMet, Some(Verdict::NotMet)) => with(ClauseRole::PartlyMetWhen, &yes),
        (Verdict::Met, _) => asked(&yes),
        (Verdict::PartlyMet | Verdict::NotMet, _) => with(ClauseRole::NotMetWhen, &yes).or_else(|| asked(&no)),
    };
    found.or_else(|| criterion.clauses.iter().find(|c| any.contains(&c.value)))
}

/// Down to the expressions that the value of this one rests on.
fn descend<'a>(node: &'a Node, into: &mut Vec<&'a Node>) {
    let before = into.len();
    for child in resting_on(node) {
        descend(child, into);
    }
    if into.len() == before {
        into.push(node);
    }
}

/// Children that decide a node's value; none where it decides by itself. What a filter keeps was there, so that the filter
/// decided; what was not there could not be kept.
fn resting_on(node: &Node) -> Vec<&Node> {
    let alike = || node.children.iter().filter(|c| c.value == node.value);
    let first_alike = || alike().next().into_iter().collect();
    let all = || node.children.iter().collect();
    match node.operation {
        Operation::And if node.value == Truth::No => first_alike(),
        Operation::Or if node.value == Truth::Yes => first_alike(),
        Operation::And | Operation::Or | Operation::Union => alike().collect(),
        Operation::Occasions | Operation::Then | Operation::InOrder | Operation::Phase => first_alike(),
        Operation::Not | Operation::Occasion | Operation::OncePer | Operation::Any | Operation::No => all(),
        Operation::Window
        | Operation::Length
        | Operation::WithinWords
        | Operation::Where
        | Operation::Answered
        | Operation::Unanswered
        | Operation::LeftOpen
        | Operation::UnlessNegated
        | Operation::After
        | Operation::Before
        | Operation::NotAfter
        | Operation::NotBefore
        | Operation::During
        | Operation::Outside
        | Operation::Overlapping
        | Operation::Except
        | Operation::Minus
        | Operation::Ordinal => node.children.first().filter(|c| c.value == Truth::No).into_iter().collect(),
        Operation::Says
        | Operation::Asks
        | Operation::Event
        | Operation::Turn
        | Operation::Question
        | Operation::Silence
        | Operation::Overlap
        | Operation::ResponseGap
        | Operation::Interrupts
        | Operation::It
        | Operation::Every
        | Operation::Count
        | Operation::OnlyAfter
        | Operation::Attribute
        | Operation::ShareOfThem
        | Operation::Constant
        | Operation::Compare
        | Operation::CountOf
        | Operation::Total
        | Operation::Aggregate
        | Operation::ShareOf
        | Operation::TalkShare
        | Operation::SpeechRate
        | Operation::Level
        | Operation::Pitch
        | Operation::PercentOf
        | Operation::PerMinute
        | Operation::RelativeToBaseline
        | Operation::Conversation
        | Operation::SpeechActivity => Vec::new(),
    }
}
