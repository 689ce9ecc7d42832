//! What a plan asks of attributes. Knows nothing of how calls give them.

use grille_evidence::attribute::{AttributeType, Reading};

/// Index into [`Plan::attributes`](super::Plan::attributes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeId(pub u32);

/// A declared attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: AttributeType,
    /// May a call lack it?
    pub optional: bool,
}

/// What an attribute must be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AttributeTest {
    /// What is wanted.
    pub wanted: WantedValue,
    /// Anything else is wanted.
    pub negated: bool,
}

/// What is wanted of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WantedValue {
    /// The call gives it.
    Known,
    /// One of these.
    OneOf(Vec<Reading>),
}
