//! Values in a plan: constants and measures, flat, operands before what is made of them.

use super::attribute::AttributeId;
use super::{MeasureId, NodeId, Site};
use grille_evidence::call::Role;
use grille_evidence::rational::Rational;
use grille_evidence::value::Dimension;

pub use grille_evidence::value::Comparison;

/// A value of one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// What it is.
    pub op: MeasureOp,
    /// Of which dimension.
    pub dimension: Dimension,
    /// Its site.
    pub site: Site,
}

/// What a criterion itself gives.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Constant {
    /// A number in the unit of its dimension.
    Number(Rational),
    /// A text.
    Text(String),
    /// True or false.
    Truth(bool),
}

/// Whose voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Voice {
    /// That of a role.
    Of(Role),
    /// All that a channel holds on which voices are not told apart.
    Both,
}

/// How many values become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// Their sum by their number.
    Mean,
    /// The one of this rank in per cent, by nearest rank: of n, the ⌈p·n/100⌉-th.
    Rank(u8),
    /// The least.
    Least,
    /// The greatest.
    Greatest,
}

/// Many values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sample {
    /// The lengths of these moments.
    Lengths(NodeId),
    /// A level for each of these moments; none: for each turn.
    Levels(Voice, Option<NodeId>),
    /// A pitch for each of these moments; none: for each turn.
    Pitches(Voice, Option<NodeId>),
}

/// Operations that give one value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MeasureOp {
    /// What a criterion itself gives.
    Constant(Constant),
    /// What a call gives.
    Attribute(AttributeId),
    /// The greatest number of moments no two of which overlap.
    Count(NodeId),
    /// The time that moments take up together, each millisecond once.
    Total(NodeId),
    /// A count, by the minutes of the conversation.
    PerMinute(MeasureId),
    /// What of the second lies in the first.
    Share {
        /// The part.
        part: NodeId,
        /// The whole.
        whole: NodeId,
    },
    /// How much of all talking is somebody's.
    TalkShare(Role),
    /// Words a minute of talking.
    SpeechRate {
        /// Whose.
        role: Role,
        /// Inside these; none: in the whole conversation.
        within: Option<NodeId>,
    },
    /// One of many values.
    Aggregate {
        /// How.
        which: Aggregate,
        /// Of which.
        of: Sample,
    },
    /// A part, or a multiple, of another.
    PercentOf {
        /// How much of it.
        share: Rational,
        /// Of which.
        of: MeasureId,
    },
    /// A value beside the same over the whole conversation.
    Relative {
        /// The value.
        value: MeasureId,
        /// The same, of the whole.
        baseline: MeasureId,
    },
}

impl Sample {
    /// The node that it looks at.
    #[must_use]
    pub fn node(self) -> Option<NodeId> {
        match self {
            Sample::Lengths(node) => Some(node),
            Sample::Levels(_, node) | Sample::Pitches(_, node) => node,
        }
    }
}

impl MeasureOp {
    /// The nodes that it looks at itself.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeId> {
        match self {
            MeasureOp::Count(node) | MeasureOp::Total(node) => vec![*node],
            MeasureOp::Share { part, whole } => vec![*part, *whole],
            MeasureOp::SpeechRate { within, .. } => within.iter().copied().collect(),
            MeasureOp::Aggregate { of, .. } => of.node().into_iter().collect(),
            MeasureOp::Constant(_)
            | MeasureOp::Attribute(_)
            | MeasureOp::TalkShare(_)
            | MeasureOp::PerMinute(_)
            | MeasureOp::PercentOf { .. }
            | MeasureOp::Relative { .. } => Vec::new(),
        }
    }

    /// The values that it is made of.
    #[must_use]
    pub fn children(&self) -> Vec<MeasureId> {
        match self {
            MeasureOp::PerMinute(of) | MeasureOp::PercentOf { of, .. } => vec![*of],
            MeasureOp::Relative { value, baseline } => vec![*value, *baseline],
            _ => Vec::new(),
        }
    }
}
