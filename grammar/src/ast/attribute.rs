//! Attributes: what is known of a call as a whole, as files declare it, conditions ask it and tests give it.

use super::{FieldValue, Ident, Quantity};
use crate::source::Span;

/// `attributes { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributes {
    /// What is declared, in the order written.
    pub declared: Vec<DeclaredAttribute>,
    /// The declaration.
    pub span: Span,
}

/// `queue: one of (support, billing)`, `wait: duration or unknown`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredAttribute {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub ty: DeclaredType,
    /// `or unknown`: may a call lack it?
    pub optional: bool,
    /// The whole.
    pub span: Span,
}

/// `event crm_note { category: one of (…) }`: a kind of events that calls may hold, and what these say of themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDef {
    /// Its name.
    pub name: Ident,
    /// Its fields, in the order written.
    pub fields: Vec<DeclaredAttribute>,
    /// The declaration.
    pub span: Span,
}

/// A type as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclaredType {
    /// `duration` and the like; whether there is such a type is checked later.
    Named(Ident),
    /// `one of (…)`.
    OneOf(Vec<Written>),
}

/// A value as written: in a condition, a declaration or a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// A word, or the name of a parameter.
    Word(FieldValue),
    /// A text in quotes.
    Text(FieldValue),
    /// `30 s`, `3`, `50 %`.
    Quantity(Quantity),
    /// `2026-01-15`; whether there is such a day is checked later.
    Day(FieldValue),
}

impl Written {
    /// Its place.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Written::Word(value) | Written::Text(value) | Written::Day(value) => value.span,
            Written::Quantity(quantity) => quantity.span,
        }
    }
}

/// What is asked of an attribute, if it does not stand as a value beside another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeTest {
    /// `call.vip`: that it holds, or its value where one is wanted.
    Bare,
    /// `is known`, `is not known`.
    Known {
        /// `is not known`.
        negated: bool,
    },
    /// `is support`, `is not one of (support, billing)`.
    Is {
        /// One of these.
        values: Vec<Written>,
        /// `is not`.
        negated: bool,
    },
}
