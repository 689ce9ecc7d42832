//! Expressions: moments, conditions and quantities alike; what each is, the compiler decides.

use super::{AttributeTest, Ident, Limits, Literal, Measure, Path, PhraseExpr, Voice, Written};
use crate::source::Span;

/// An expression with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where; parentheses are inside their own node.
    pub span: Span,
}

/// A number with its unit, exact: `1,5 s` is 1500 thousandths of a second.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// The number in thousandths, read exactly from its text, half to even past three decimals.
    pub thousandths: i64,
    /// Its unit.
    pub unit: Unit,
    /// Its place.
    pub span: Span,
}

/// Units that a number can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// No unit: a count.
    None,
    /// `ms`.
    Millisecond,
    /// `s`, `second`, `seconds`.
    Second,
    /// `min`, `minute`, `minutes`.
    Minute,
    /// `h`, `hour`, `hours`.
    Hour,
    /// `%`.
    Percent,
    /// `point`, `points`.
    Point,
    /// `word`, `words`.
    Word,
    /// `turn`, `turns`.
    Turn,
    /// `dB`: a difference of two levels.
    Decibel,
    /// `dBFS`: a level below the loudest that the recording can hold.
    DecibelFullScale,
    /// `Hz`.
    Hertz,
    /// `semitone`, `semitones`.
    Semitone,
    /// `cent`, `cents`: hundredths of a semitone.
    Cent,
    /// `words/min`.
    WordsPerMinute,
    /// `words/s`.
    WordsPerSecond,
    /// `syllables/s`.
    SyllablesPerSecond,
    /// `syllables/min`.
    SyllablesPerMinute,
    /// `per min`.
    PerMinute,
}

/// Where a constant is wanted: a literal, or the name of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// `10 s`.
    Literal(Quantity),
    /// `délai`.
    Parameter(Path),
}

impl Bound {
    /// Its place.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Bound::Literal(quantity) => quantity.span,
            Bound::Parameter(path) => path.span,
        }
    }
}

/// A role in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The adviser that the call is scored for.
    Agent,
    /// Another adviser.
    Colleague,
    /// Who called, or was called.
    Customer,
    /// A supervisor.
    Supervisor,
    /// A machine that speaks.
    Bot,
    /// Anyone else.
    Other,
}

/// `says` or `asks`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Anywhere in a turn.
    Says,
    /// In a question.
    Asks,
}

/// Events that a call can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    /// `hold`.
    Hold,
    /// `transfer`.
    Transfer,
    /// `recording paused`.
    RecordingPaused,
    /// `dtmf`.
    Dtmf,
    /// `answered`.
    Answered,
    /// `hung up`.
    HungUp,
}

/// The expressions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// A declared name or a parameter.
    Name(Path),
    /// `call.queue is support`, `call.vip`: what is known of the call as a whole.
    Attribute {
        /// Which.
        name: Ident,
        /// What is asked of it.
        test: AttributeTest,
    },
    /// `it`: the occasion of a `whenever`.
    It,
    /// A literal.
    Quantity(Quantity),
    /// A text, a truth value or a date.
    Literal(Literal),
    /// A measure.
    Measure(Measure),
    /// `x between a and b`.
    Between {
        /// What lies there.
        value: Box<Expr>,
        /// Between what.
        limits: Limits,
    },
    /// `conversation`: the one moment from its start to its end.
    Conversation,
    /// `speech activity of S`.
    SpeechActivityOf(Voice),
    /// `( e )`.
    Paren(Box<Expr>),
    /// `agent says P [with pauses up to d]`.
    Says {
        /// Who.
        role: Role,
        /// Says or asks.
        verb: Verb,
        /// What.
        phrase: PhraseExpr,
        /// The longest pause inside the phrase.
        pauses: Option<Bound>,
    },
    /// `hold` and the like.
    Event(EventKind),
    /// `turn of S`.
    TurnOf(Role),
    /// `silence`.
    Silence,
    /// `overlap`.
    Overlap,
    /// `question of S`.
    QuestionOf(Role),
    /// `response gap of S`.
    ResponseGapOf(Role),
    /// `X interrupts Y [for at least d]`.
    Interrupts {
        /// Who begins inside the other's turn.
        interrupter: Role,
        /// Whose turn it was.
        interrupted: Role,
        /// The least overlap.
        for_at_least: Option<Bound>,
    },
    /// A filter or relation on moments.
    Filter {
        /// What is filtered.
        base: Box<Expr>,
        /// By what.
        filter: Filter,
    },
    /// `first A`, `first 3 A`, `last A`, `second A`.
    Ordinal {
        /// Which.
        which: Ordinal,
        /// Of what.
        base: Box<Expr>,
    },
    /// `A then [within d] B`.
    Then {
        /// What comes first.
        left: Box<Expr>,
        /// The greatest gap; none: any.
        within: Option<Bound>,
        /// What follows.
        right: Box<Expr>,
    },
    /// `A except B`.
    Except {
        /// What is kept.
        left: Box<Expr>,
        /// Unless it is also this.
        right: Box<Expr>,
    },
    /// `A minus B`.
    Minus {
        /// What is cut.
        left: Box<Expr>,
        /// By what.
        right: Box<Expr>,
    },
    /// `any A`.
    Any(Box<Expr>),
    /// `no A`.
    No(Box<Expr>),
    /// `every A is F`; `filter` is none where `is` is missing (an error told later).
    Every {
        /// Of what.
        base: Box<Expr>,
        /// What each must be.
        filter: Option<Filter>,
    },
    /// `at least n A`.
    AtLeast {
        /// How many.
        count: Bound,
        /// Of what.
        base: Box<Expr>,
    },
    /// `at most n A`.
    AtMost {
        /// How many.
        count: Bound,
        /// Of what.
        base: Box<Expr>,
    },
    /// `count of A`.
    CountOf(Box<Expr>),
    /// `A only after B`.
    OnlyAfter {
        /// What is guarded.
        left: Box<Expr>,
        /// What must have ended before.
        right: Box<Expr>,
    },
    /// `in order: A, B, C`: one or more.
    InOrder(Vec<Expr>),
    /// `x <= y`.
    Compare {
        /// How.
        operator: Comparison,
        /// Left side.
        left: Box<Expr>,
        /// Right side.
        right: Box<Expr>,
    },
    /// `not c`.
    Not(Box<Expr>),
    /// `a and b and …`: two or more, flat.
    And(Vec<Expr>),
    /// `a or b or …`: two or more, flat. Over moments in parentheses: their union.
    Or(Vec<Expr>),
}

/// `first n`, `last n`, `second` and `third` (only that one).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ordinal {
    /// `first A` (1), `first 3 A` (3).
    First(Option<Quantity>),
    /// `last A` (1), `last 3 A` (3).
    Last(Option<Quantity>),
    /// `second A`.
    Second,
    /// `third A`.
    Third,
}

/// Comparison operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `<`.
    Less,
    /// `<=`, `≤`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`, `≥`.
    GreaterOrEqual,
    /// `is`, `=`.
    Equal,
    /// `is not`, `≠`.
    NotEqual,
}

/// A filter (takes moments, keeps some) with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Which.
    pub kind: FilterKind,
    /// Where, from its first keyword to its end.
    pub span: Span,
}

/// What a field of an event must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldTest {
    /// `given`: there is something in it.
    Given,
    /// One of these.
    Is(Vec<Written>),
    /// `<= 30 s`, `before 2026-01-01`.
    Order(Comparison, Written),
}

/// A value of a field: a word or a text in quotes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldValue {
    /// What, without its quotes.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// How long a moment must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Length {
    /// `lasting at least d`.
    AtLeast,
    /// `longer than d`.
    LongerThan,
    /// `shorter than d`.
    ShorterThan,
}

/// From where turns are counted, and what of a moment must lie inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TurnsEdge {
    /// `within first`.
    First,
    /// `within last`.
    Last,
    /// `starting within first`.
    StartingFirst,
}

/// The filters. Those with a `right` are relations: at most one, and last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterKind {
    /// `within first d` (a duration or a share).
    WithinFirst(Bound),
    /// `within last d`.
    WithinLast(Bound),
    /// `starting within first d`.
    StartingWithinFirst(Bound),
    /// `within first n turns of S`, `within last n turns of S`, `starting within first n turns of S`.
    WithinTurns {
        /// Which end of the conversation the turns are counted from, and what must lie inside.
        edge: TurnsEdge,
        /// How many; none: one (`within first turn of S`).
        count: Option<Bound>,
        /// Whose.
        role: Role,
    },
    /// `lasting at least d`, `longer than d`, `shorter than d`.
    Lasting {
        /// How.
        length: Length,
        /// The bound.
        bound: Bound,
    },
    /// `unless negated`.
    UnlessNegated,
    /// `where reason is "lunch"`, `where reason is given`, `by customer`, `to billing`: what an event says of itself.
    Where {
        /// Which field.
        field: Ident,
        /// What it must be.
        test: FieldTest,
        /// `is not`.
        negated: bool,
    },
    /// `answered within d [with P]`.
    Answered {
        /// The latest that the answer may begin.
        within: Bound,
        /// What the first answer must hold.
        with: Option<PhraseExpr>,
    },
    /// `unanswered within d`.
    Unanswered(Bound),
    /// `left open for d`.
    LeftOpen(Bound),
    /// `within d after B` and `preceded within d by B`: one meaning.
    After {
        /// The greatest gap; none for a plain `after B`.
        within: Option<Bound>,
        /// B.
        right: Box<Expr>,
        /// `not preceded …`.
        negated: bool,
    },
    /// `within d before B` and `followed within d by B`: one meaning.
    Before {
        /// The greatest gap; none for a plain `before B`.
        within: Option<Bound>,
        /// B.
        right: Box<Expr>,
        /// `not followed …`.
        negated: bool,
    },
    /// `during B`, `outside B`, `overlapping B`.
    Placed {
        /// How the two lie.
        place: Place,
        /// B.
        right: Box<Expr>,
    },
    /// `within n words of B`: before or after it.
    WordsOf {
        /// The most words between.
        within: Bound,
        /// B.
        right: Box<Expr>,
    },
}

/// How a moment lies to another in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// `during`: inside one of them.
    During,
    /// `outside`: sharing no millisecond with any.
    Outside,
    /// `overlapping`: sharing a millisecond with one.
    Overlapping,
}

impl FilterKind {
    /// A relation has a right side.
    #[must_use]
    pub fn is_relation(&self) -> bool {
        matches!(
            self,
            FilterKind::After { .. }
                | FilterKind::Before { .. }
                | FilterKind::Placed { .. }
                | FilterKind::WordsOf { .. }
        )
    }
}

impl Expr {
    /// Without the parentheses around it.
    #[must_use]
    pub fn inside(&self) -> &Expr {
        match &self.kind {
            ExprKind::Paren(inner) => inner.inside(),
            _ => self,
        }
    }
}

impl Role {
    /// The English keyword.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Role::Agent => "agent",
            Role::Colleague => "colleague",
            Role::Customer => "customer",
            Role::Supervisor => "supervisor",
            Role::Bot => "bot",
            Role::Other => "other",
        }
    }
}

impl EventKind {
    /// The English keyword.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            EventKind::Hold => "hold",
            EventKind::Transfer => "transfer",
            EventKind::RecordingPaused => "recording paused",
            EventKind::Dtmf => "dtmf",
            EventKind::Answered => "answered",
            EventKind::HungUp => "hung up",
        }
    }
}
