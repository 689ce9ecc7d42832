//! Checked values: measures and constants, each of one dimension, with the labels of what it is drawn from.

use super::Moments;
use super::labels::Labels;
use crate::plan::attribute::AttributeId;
use crate::plan::measure::{Aggregate, Constant, Voice};
use grille_evidence::call::Role;
use grille_evidence::rational::Rational;
use grille_evidence::value::Dimension;
use grille_grammar::source::Span;

/// One value, with its place.
#[derive(Debug, Clone)]
pub struct Value {
    /// What.
    pub kind: ValueKind,
    /// Of which dimension.
    pub dimension: Dimension,
    /// What it is drawn from.
    pub labels: Labels,
    /// Where.
    pub span: Span,
}

/// Values.
#[derive(Debug, Clone)]
pub enum ValueKind {
    /// A literal or a parameter.
    Constant(Constant),
    /// What a call gives.
    Attribute(AttributeId),
    /// `count of A`.
    Count(Moments),
    /// `total A`.
    Total(Moments),
    /// `x per min`.
    PerMinute(Box<Value>),
    /// `share of A in B`.
    Share(Moments, Moments),
    /// `talk share of S`.
    TalkShare(Role),
    /// `speech rate of S in A`.
    SpeechRate(Role, Option<Moments>),
    /// One of many values.
    Aggregate(Aggregate, Sample),
    /// `p % of x`.
    PercentOf(Rational, Box<Value>),
    /// `x relative to own baseline`: the value, and the same over the whole conversation.
    Relative(Box<Value>, Box<Value>),
}

/// Many values.
#[derive(Debug, Clone)]
pub enum Sample {
    /// The lengths of these.
    Lengths(Moments),
    /// A level for each of these; none: for each turn.
    Levels(Voice, Option<Moments>),
    /// A pitch for each of these; none: for each turn.
    Pitches(Voice, Option<Moments>),
}
