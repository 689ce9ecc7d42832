//! Measures and other values: what stands on the sides of a comparison. What each may be compared with, the compiler decides.

use super::{Expr, Quantity, Role, Text};
use crate::source::Span;

/// Whose voice is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Voice {
    /// That of one role.
    Of(Role),
    /// `both`: a channel on which two voices are not told apart.
    Both,
}

impl Voice {
    /// The English keyword.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Voice::Of(role) => role.keyword(),
            Voice::Both => "both",
        }
    }
}

/// What of a voice is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sounding {
    /// `speech rate of S`.
    SpeechRate,
    /// `level of S`.
    Level,
    /// `pitch of S`.
    Pitch,
}

impl Sounding {
    /// The English keywords.
    #[must_use]
    pub fn keywords(self) -> &'static str {
        match self {
            Sounding::SpeechRate => "speech rate",
            Sounding::Level => "level",
            Sounding::Pitch => "pitch",
        }
    }
}

/// How many values become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// `mean`.
    Mean,
    /// `median`.
    Median,
    /// `p90`.
    P90,
    /// `min`.
    Min,
    /// `max`.
    Max,
}

impl Aggregate {
    /// Every one.
    pub const ALL: [Aggregate; 5] =
        [Aggregate::Mean, Aggregate::Median, Aggregate::P90, Aggregate::Min, Aggregate::Max];

    /// The English keyword.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Aggregate::Mean => "mean",
            Aggregate::Median => "median",
            Aggregate::P90 => "p90",
            Aggregate::Min => "min",
            Aggregate::Max => "max",
        }
    }
}

/// The measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// `total A`: the time that the moments take up together.
    Total(Box<Expr>),
    /// `longest A`.
    Longest(Box<Expr>),
    /// `shortest A`.
    Shortest(Box<Expr>),
    /// `length of A`: one length a moment.
    LengthOf(Box<Expr>),
    /// `response time of S`: one time a response gap.
    ResponseTimeOf(Role),
    /// `mean x`, `median x`, `p90 x`, `min x`, `max x`.
    Aggregate {
        /// How.
        which: Aggregate,
        /// Many values.
        of: Box<Expr>,
    },
    /// `share of A in B`; `whole` is none where `in` is missing (an error told later).
    ShareOf {
        /// A.
        part: Box<Expr>,
        /// B.
        whole: Option<Box<Expr>>,
    },
    /// `talk share of S`.
    TalkShareOf(Role),
    /// `speech rate of S`, `level of S`, `pitch of S`, each perhaps with `in A`.
    Sounding {
        /// What.
        what: Sounding,
        /// Whose.
        voice: Voice,
        /// Where; none: in the whole conversation.
        within: Option<Box<Expr>>,
    },
    /// `130 % of x`.
    PercentOf {
        /// The per cent.
        share: Quantity,
        /// Of what.
        of: Box<Expr>,
    },
    /// `x per min`.
    PerMinute(Box<Expr>),
    /// `x relative to own baseline`.
    RelativeToBaseline(Box<Expr>),
    /// `x in A` where `x` takes no `in` (an error told later).
    In(Box<Expr>, Box<Expr>),
}

/// A date, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    /// The year, four digits.
    pub year: u16,
    /// The month, from 1; whether there is such a month is checked later.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
    /// Its place.
    pub span: Span,
}

/// A literal that is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// `"text"`.
    Text(Text),
    /// `true`, `false`.
    Truth(bool),
    /// `2026-07-01`.
    Date(Date),
}

/// Both ends of `between … and …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The least that is inside.
    pub least: Box<Expr>,
    /// The greatest that is inside.
    pub greatest: Box<Expr>,
    /// `is not between`.
    pub negated: bool,
}
