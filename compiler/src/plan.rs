//! The plan: the flat, typed form of a checked program that every engine runs. Children stand before their parents.
//! Knows nothing of syntax; places in the source are carried along for explanations only.

pub mod attribute;
pub mod automaton;
pub mod children;
pub mod event;
pub mod lower;
pub mod meaning;
pub mod measure;
pub mod same;
pub mod symbol;
pub mod text;
pub mod verify;

use grille_evidence::call::Role;
use grille_evidence::executable::CriterionInfo;
use grille_evidence::scorecard::ScorecardSpec;
use grille_grammar::source::Span;

use automaton::Automaton;
use measure::{Comparison, Measure, Voice};
pub use symbol::{ClassTest, Symbol};

/// Index into [`Plan::symbols`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SymbolId(pub u32);
/// Index into [`Plan::patterns`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatternId(pub u32);
/// Index into [`Plan::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);
/// Index into [`Plan::measures`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureId(pub u32);
/// Index into [`Plan::conditions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConditionId(pub u32);

/// A whole program, flat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Tag of the locale: `fr-FR`.
    pub locale: String,
    /// Attributes of calls, as they are declared.
    pub attributes: Vec<attribute::Attribute>,
    /// Tests on single tokens, each once.
    pub symbols: Vec<Symbol>,
    /// What `says` looks for, each once.
    pub patterns: Vec<Pattern>,
    /// Moments; children before parents.
    pub nodes: Vec<Node>,
    /// Values that conditions compare; operands before what is made of them.
    pub measures: Vec<Measure>,
    /// Conditions; children before parents.
    pub conditions: Vec<Condition>,
    /// Criteria in the order of the program.
    pub criteria: Vec<CriterionPlan>,
    /// Scorecards.
    pub scorecards: Vec<ScorecardSpec>,
}

/// What `says` looks for: the union of its parts, each without what its `but not` matches.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// The lexicon's name, if the pattern is one.
    pub name: Option<String>,
    /// Parts.
    pub parts: Vec<PatternPart>,
}

/// Phrases and what takes them out again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PatternPart {
    /// What counts: an automaton a phrase.
    pub phrases: Vec<Automaton>,
    /// What does not, where it shares a word.
    pub but_not: Vec<Automaton>,
}

impl Pattern {
    /// The longest match, in tokens.
    #[must_use]
    pub fn longest(&self) -> u32 {
        self.parts.iter().flat_map(|p| &p.phrases).map(|a| a.longest).max().unwrap_or(1)
    }
}

/// Where an expression stands, and the declared name it goes by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Site {
    /// Its place.
    pub span: Span,
    /// `accueil.salutation`, if the expression is a named declaration.
    pub name: Option<String>,
}

/// A pattern of moments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub op: NodeOp,
    /// Does it depend on the occasion of a `whenever`?
    pub uses_it: bool,
    /// Its site.
    pub site: Site,
}

/// `first n` or `last n`, or only the n-th.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pick {
    /// The first n.
    First(u32),
    /// The last n.
    Last(u32),
    /// Only the n-th, from 1.
    Nth(u32),
}

/// Operations on moments.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NodeOp {
    /// Words.
    Says {
        /// Whose.
        role: Role,
        /// Only in questions.
        asks: bool,
        /// Which.
        pattern: PatternId,
        /// Longest pause inside, in milliseconds.
        max_pause: i32,
        /// Dropped when negated.
        unless_negated: bool,
    },
    /// Events of a kind.
    Event(event::EventName),
    /// Turns.
    Turn(Role),
    /// Questions.
    Question(Role),
    /// Silences.
    Silence,
    /// Overlaps.
    Overlap,
    /// The one moment from the start of the conversation to its end.
    Conversation,
    /// Stretches in which a voice is heard.
    SpeechActivity(Voice),
    /// Response gaps.
    ResponseGap(Role),
    /// Turns that begin inside another's turn and share at least so many milliseconds with it.
    Interrupts {
        /// Whose turns.
        interrupter: Role,
        /// Inside whose.
        interrupted: Role,
        /// At least so long, in milliseconds.
        least: i32,
    },
    /// The occasion.
    It,
    /// Those of `base` that pass.
    Filter {
        /// Of which.
        base: NodeId,
        /// What they must pass.
        filter: FilterOp,
    },
    /// All of these.
    Union(Vec<NodeId>),
    /// Those of the first that share nothing with one of the second.
    Except(NodeId, NodeId),
    /// The parts of the first that none of the second covers.
    Minus(NodeId, NodeId),
    /// From the first of `from` to the first later one of `to`.
    Phase {
        /// With the first of these it begins.
        from: NodeId,
        /// With the first later one of these it ends.
        to: NodeId,
        /// Where none is later: to the end of the conversation.
        or_end: bool,
    },
    /// By order.
    Ordinal {
        /// Which.
        pick: Pick,
        /// Of which.
        base: NodeId,
    },
    /// From the start of a left one to the end of a right one that it precedes.
    Then {
        /// What comes first.
        left: NodeId,
        /// The greatest gap in milliseconds.
        within: Option<i32>,
        /// What follows.
        right: NodeId,
    },
}

/// Tests on one moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FilterOp {
    /// Inside a part of the conversation.
    Window {
        /// Which part.
        edge: Edge,
        /// How much of it.
        extent: Extent,
    },
    /// Long or short enough.
    Length {
        /// At least so many milliseconds, or fewer than so many.
        bound: LengthBound,
    },
    /// Near another.
    Relation {
        /// On which side the other is.
        side: Side,
        /// The greatest gap in milliseconds.
        within: Option<i32>,
        /// The others.
        right: NodeId,
        /// There must be none.
        negated: bool,
    },
    /// What an event says of itself.
    Field(event::FieldTest),
    /// In time as another, or as none.
    Placed {
        /// How the two lie.
        place: Place,
        /// The others.
        right: NodeId,
    },
    /// Another speaker's turn or back-channel begins near its end, before its speaker's next turn.
    Answered {
        /// The latest that it may begin, in milliseconds.
        within: i32,
        /// What the first must hold.
        with: Option<NodeId>,
        /// There must be none.
        negated: bool,
    },
    /// Its speaker says nothing for so long, unless another speaks first.
    LeftOpen {
        /// In milliseconds.
        millis: i32,
    },
    /// Of one speaker, before or after another, with at most so many words between.
    Words {
        /// The most words between.
        most: u32,
        /// The others.
        right: NodeId,
    },
}

/// How a moment lies to another in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Inside one of them.
    During,
    /// Sharing no millisecond with any.
    Outside,
    /// Sharing a millisecond with one.
    Overlapping,
}

/// Which part of the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// `within first`.
    First,
    /// `within last`.
    Last,
    /// `starting within first`.
    StartingFirst,
}

/// How much of the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    /// Milliseconds.
    Millis(i32),
    /// Thousandths of a per cent of the conversation.
    Share(i64),
    /// Up to the end of so many turns, or from the start of so many turns before the end.
    Turns {
        /// How many, at least 1.
        count: u32,
        /// Whose.
        role: Role,
    },
}

/// A bound on a moment's length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LengthBound {
    /// `e - s >= d`.
    AtLeast(i32),
    /// `e - s > d`.
    LongerThan(i32),
    /// `e - s < d`.
    ShorterThan(i32),
}

/// On which side the other moment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The other precedes.
    After,
    /// The other follows.
    Before,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What it is.
    pub op: ConditionOp,
    /// Does it depend on the occasion of a `whenever`?
    pub uses_it: bool,
    /// Its site.
    pub site: Site,
}

/// How a count is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CountBounds {
    /// At least so many.
    pub least: u32,
    /// At most so many.
    pub most: Option<u32>,
    /// True of every count but those inside the bounds.
    pub outside: bool,
}

/// Operations on conditions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ConditionOp {
    /// `any A`.
    Any(NodeId),
    /// `no A`.
    No(NodeId),
    /// `every A is F`.
    Every {
        /// A.
        base: NodeId,
        /// F.
        filter: FilterOp,
    },
    /// The greatest number of moments no two of which overlap lies inside the bounds.
    Count {
        /// Of which.
        base: NodeId,
        /// The bounds.
        bounds: CountBounds,
    },
    /// Two values compared.
    Compare {
        /// Left side.
        left: MeasureId,
        /// How.
        operator: Comparison,
        /// Right side.
        right: MeasureId,
        /// The nodes that both sides look at, in their order.
        over: Vec<NodeId>,
    },
    /// What is known of the call as a whole.
    Attribute(attribute::AttributeId, attribute::AttributeTest),
    /// `A only after B`.
    OnlyAfter {
        /// A.
        left: NodeId,
        /// B.
        right: NodeId,
    },
    /// One of each, each preceding the next.
    InOrder(Vec<NodeId>),
    /// All.
    And(Vec<ConditionId>),
    /// One.
    Or(Vec<ConditionId>),
    /// The reverse.
    Not(ConditionId),
}

impl ConditionOp {
    /// A leaf holds no condition inside.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        !matches!(self, ConditionOp::And(_) | ConditionOp::Or(_) | ConditionOp::Not(_))
    }
}

/// `whenever` with `expect`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WheneverPlan {
    /// The occasions.
    pub trigger: NodeId,
    /// Those that start less than this after one that counts are one occasion with it, in milliseconds.
    pub once_per: Option<i32>,
    /// What is expected of each.
    pub expect: ConditionId,
}

/// A clause that grants partial credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartlyPlan {
    /// When this holds.
    When(ConditionId),
    /// When the expectation holds on at least this share of the occasions, in thousandths of a per cent.
    OfThem(i64),
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionPlan {
    /// What is known of it beside its meaning.
    pub info: CriterionInfo,
    /// Its site.
    pub site: Site,
    /// `applies when`.
    pub applies: Option<ConditionId>,
    /// `whenever` and `expect`.
    pub whenever: Option<WheneverPlan>,
    /// `not met when`.
    pub not_met: Option<ConditionId>,
    /// `met when`.
    pub met: Option<ConditionId>,
    /// `partly met when`: steps in the order in which they are decided.
    pub partly: Vec<PartlyPlan>,
    /// `excused when`.
    pub excused: Option<ConditionId>,
    /// Its leaves, in the order in which its clauses are decided.
    pub leaves: Vec<ConditionId>,
}

impl CriterionPlan {
    /// The conditions of its steps of partly met.
    pub fn steps_when(&self) -> impl Iterator<Item = ConditionId> {
        self.partly.iter().filter_map(|step| match step {
            PartlyPlan::When(id) => Some(*id),
            PartlyPlan::OfThem(_) => None,
        })
    }
}

impl Plan {
    /// The node with this id; the verifier has seen that it is there.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// The condition with this id.
    #[must_use]
    pub fn condition(&self, id: ConditionId) -> Option<&Condition> {
        self.conditions.get(id.0 as usize)
    }

    /// The value with this id.
    #[must_use]
    pub fn measure(&self, id: MeasureId) -> Option<&Measure> {
        self.measures.get(id.0 as usize)
    }

    /// The nodes that a value and all below it look at, in their order.
    #[must_use]
    pub fn measured_nodes(&self, id: MeasureId) -> Vec<NodeId> {
        let Some(measure) = self.measure(id) else { return Vec::new() };
        let below = measure.op.children().into_iter().filter(|child| child.0 < id.0);
        let mut nodes = measure.op.nodes();
        nodes.extend(below.flat_map(|child| self.measured_nodes(child)));
        nodes
    }

    /// Of a filter, does what it asks for depend on the occasion, and what it is asked of not?
    #[must_use]
    pub fn changes_only_right(&self, base: NodeId, filter: &FilterOp) -> bool {
        let uses_it = |id: NodeId| self.node(id).is_some_and(|node| node.uses_it);
        !uses_it(base) && filter.right().is_some_and(uses_it)
    }

    /// The pattern with this id.
    #[must_use]
    pub fn pattern(&self, id: PatternId) -> Option<&Pattern> {
        self.patterns.get(id.0 as usize)
    }
}
