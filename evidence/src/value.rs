//! Values beside moments and conditions: their dimensions, and what one can be in a call that does not tell all. Knows
//! nothing of how a value is come by.

use crate::rational::Rational;
use crate::trace::{Amount, ReasonCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of value it is. Only values of one dimension are compared; none is turned into another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// A length of time; numbers are milliseconds.
    Duration,
    /// A part of a whole; numbers are the part itself, so 50 % is one half.
    Share,
    /// A number of things.
    Count,
    /// A level; numbers are dBFS, decibels from the loudest that the recording can hold.
    Level,
    /// A difference of levels; numbers are dB.
    LevelDifference,
    /// A frequency; numbers are Hz.
    Frequency,
    /// A difference of pitch; numbers are semitones.
    PitchDifference,
    /// How fast somebody speaks; numbers are words a minute.
    WordRate,
    /// How fast somebody speaks; numbers are syllables a second.
    SyllableRate,
    /// How often something happens; numbers are times a minute.
    PerMinute,
    /// A text.
    Text,
    /// A day; numbers are days from 1970-01-01 on, negative before it, by the Gregorian calendar.
    Date,
    /// True or false.
    Boolean,
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Dimension; 13] = [
        Dimension::Duration,
        Dimension::Share,
        Dimension::Count,
        Dimension::Level,
        Dimension::LevelDifference,
        Dimension::Frequency,
        Dimension::PitchDifference,
        Dimension::WordRate,
        Dimension::SyllableRate,
        Dimension::PerMinute,
        Dimension::Text,
        Dimension::Date,
        Dimension::Boolean,
    ];

    /// In plain words, with its article.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Dimension::Duration => "a duration",
            Dimension::Share => "a share",
            Dimension::Count => "a number of times",
            Dimension::Level => "a level",
            Dimension::LevelDifference => "a difference of levels",
            Dimension::Frequency => "a frequency",
            Dimension::PitchDifference => "a difference of pitch",
            Dimension::WordRate => "a rate of words",
            Dimension::SyllableRate => "a rate of syllables",
            Dimension::PerMinute => "a rate per minute",
            Dimension::Text => "a text",
            Dimension::Date => "a date",
            Dimension::Boolean => "true or false",
        }
    }

    /// Have its values an order, so that one can be less than another?
    #[must_use]
    pub fn is_ordered(self) -> bool {
        !matches!(self, Dimension::Text | Dimension::Boolean)
    }
}

/// A number that lies between two others, both included; none: without bound on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Range {
    /// It is at least this.
    pub least: Option<Rational>,
    /// It is at most this.
    pub greatest: Option<Rational>,
}

impl Range {
    /// Exactly this.
    #[must_use]
    pub fn exactly(number: Rational) -> Range {
        Range { least: Some(number), greatest: Some(number) }
    }

    /// The number, if only one is possible.
    #[must_use]
    pub fn told(self) -> Option<Rational> {
        self.least.filter(|least| Some(*least) == self.greatest)
    }
}

/// What a value is in one call, or what it can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number in the unit of its dimension.
    Number(Range),
    /// A text, or a word of a closed list.
    Text(String),
    /// True or false.
    Truth(bool),
    /// It cannot be told at all, or there is none; why.
    Untold(ReasonCode),
}

/// What a value came to: exactly, where the two bounds are equal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// What it is, and so its unit.
    pub dimension: Dimension,
    /// It is at least this; none: without bound below.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub least: Option<Rational>,
    /// It is at most this; none: without bound above.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub greatest: Option<Rational>,
    /// What it was divided of: as much, of so much.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub quotient: Option<(Amount, Amount)>,
    /// The text, where it is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
}

/// Two values and how they were compared; a side that cannot be told is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// The left side.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub left: Option<Measured>,
    /// How.
    pub operator: Comparison,
    /// The right side: the bound, where it is a number of the criterion.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub right: Option<Measured>,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
    /// `is`.
    Equal,
    /// `is not`.
    NotEqual,
}

impl Comparison {
    /// Every one.
    pub const ALL: [Comparison; 6] = [
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
        Comparison::Equal,
        Comparison::NotEqual,
    ];

    /// With left and right exchanged.
    #[must_use]
    pub fn mirrored(self) -> Comparison {
        match self {
            Comparison::Less => Comparison::Greater,
            Comparison::LessOrEqual => Comparison::GreaterOrEqual,
            Comparison::Greater => Comparison::Less,
            Comparison::GreaterOrEqual => Comparison::LessOrEqual,
            same @ (Comparison::Equal | Comparison::NotEqual) => same,
        }
    }

    /// As a criterion writes it.
    #[must_use]
    pub fn written(self) -> &'static str {
        if self == Comparison::NotEqual { "is not" } else { self.sign() }
    }

    /// As one word.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
            Comparison::Equal => "is",
            Comparison::NotEqual => "is-not",
        }
    }
}
