//! The checked program: names resolved, types and units sure, every constant a number. Past this point no error is
//! the author's. Knows nothing of how a plan is laid out.

pub mod labels;
pub mod value;

use crate::plan::attribute::{Attribute, AttributeId, AttributeTest};
pub use crate::plan::event::EventName;
use crate::plan::event::FieldTest;
use crate::plan::measure::{Comparison, Voice};
use crate::plan::{ClassTest, CountBounds, Edge, Extent, LengthBound, Pick, Place, Side};
use grille_evidence::attribute::AttributeType;
use grille_evidence::call::Role;
use grille_evidence::executable::CriterionKind;
use grille_evidence::expectation::{Expectation, TestCase};
use grille_evidence::scorecard::ScorecardSpec;
use grille_evidence::trace::{LexiconInForce, ParameterValue};
use grille_grammar::source::Span;
use labels::Labels;
use std::collections::BTreeSet;
use value::Value;

/// A whole program.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Tag of the locale.
    pub locale: String,
    /// Attributes of calls that any file declares.
    pub attributes: Vec<Attribute>,
    /// Kinds of events that any file declares.
    pub event_kinds: Vec<OwnKind>,
    /// Named moments; each stands after those it uses.
    pub moments: Vec<MomentDef>,
    /// Lexicons of the first files, used or not, and the names that they are shown under.
    pub lexicons: Vec<(String, PatternPart)>,
    /// Criteria: those of the first files, then those that scorecards bring in.
    pub criteria: Vec<Criterion>,
    /// Scorecards of the first files.
    pub scorecards: Vec<ScorecardSpec>,
    /// Tests of the first files.
    pub tests: Vec<Test>,
    /// Which entries of lexicons are in force, where lexicons have variants; by name.
    pub in_force: Vec<LexiconInForce>,
    /// The same program for calls of each locale for which a lexicon has entries, by its tag; without tests.
    pub variants: Vec<Checked>,
}

impl Checked {
    /// The criteria of which a test expects anything, or of a scorecard that counts them.
    #[must_use]
    pub fn tested(&self) -> BTreeSet<usize> {
        let expectations = || self.tests.iter().flat_map(|t| &t.case.expectations);
        let cards: BTreeSet<usize> = expectations().filter_map(Expectation::scorecard).collect();
        let counted = cards.iter().filter_map(|card| self.scorecards.get(*card)).flat_map(ScorecardSpec::criteria);
        let named = expectations().filter_map(|expectation| match expectation {
            Expectation::Verdict { criterion, .. } => Some(*criterion),
            _ => None,
        });
        counted.chain(named).collect()
    }
}

/// A declared kind of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnKind {
    /// Its name.
    pub name: String,
    /// Its fields with their types.
    pub fields: Vec<(String, AttributeType)>,
}

/// A named moment.
#[derive(Debug, Clone)]
pub struct MomentDef {
    /// The name it is shown under.
    pub name: String,
    /// What it stands for.
    pub value: Moments,
    /// What it is drawn from.
    pub labels: Labels,
}

/// A pattern of moments with its place.
#[derive(Debug, Clone)]
pub struct Moments {
    /// What.
    pub kind: MomentsKind,
    /// Where.
    pub span: Span,
}

/// Patterns of moments.
#[derive(Debug, Clone)]
pub enum MomentsKind {
    /// A named moment: index into [`Checked::moments`].
    Named(usize),
    /// `says` and `asks`.
    Says(Box<Says>),
    /// Events.
    Event(EventName),
    /// Turns.
    Turn(Role),
    /// Questions.
    Question(Role),
    /// Silences.
    Silence,
    /// Overlaps.
    Overlap,
    /// The conversation.
    Conversation,
    /// Stretches in which a voice is heard.
    SpeechActivity(Voice),
    /// Response gaps.
    ResponseGap(Role),
    /// Interruptions.
    Interrupts(Role, Role, i32),
    /// The occasion.
    It,
    /// A filter or relation.
    Filter(Box<Moments>, Filter),
    /// Union.
    Union(Vec<Moments>),
    /// `except`.
    Except(Box<Moments>, Box<Moments>),
    /// `minus`.
    Minus(Box<Moments>, Box<Moments>),
    /// From, to, and whether to the end where none is later.
    Phase(Box<Moments>, Box<Moments>, bool),
    /// By order.
    Ordinal(Pick, Box<Moments>),
    /// `then`.
    Then(Box<Moments>, Option<i32>, Box<Moments>),
}

/// `says` or `asks`.
#[derive(Debug, Clone)]
pub struct Says {
    /// Whose words.
    pub role: Role,
    /// Only in questions.
    pub asks: bool,
    /// What.
    pub pattern: Pattern,
    /// Longest pause inside.
    pub max_pause: i32,
    /// Dropped when negated.
    pub unless_negated: bool,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The lexicon's name, if it is one.
    pub name: Option<String>,
    /// Its parts.
    pub parts: Vec<PatternPart>,
}

/// Phrases, and what takes them out again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternPart {
    /// What counts.
    pub phrases: Vec<Phrase>,
    /// What does not.
    pub but_not: Vec<Phrase>,
}

/// A phrase of normalised tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Its parts in order.
    pub elements: Elements,
    /// Fillers, cut words and repeats count as any token.
    pub exactly: bool,
}

/// Parts of a phrase in order.
pub type Elements = Vec<Element>;

/// Parts of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// This token.
    Exact(String),
    /// A token that begins so.
    Prefix(String),
    /// A token with this stem.
    Stem(String),
    /// Any one word.
    AnyWord,
    /// A token that sounds like this.
    Sound(String),
    /// A stretch of a class.
    Class(ClassTest),
    /// Up to so many words.
    Gap(u32),
    /// One of these.
    OneOf(Vec<Elements>),
    /// This or nothing.
    Optional(Elements),
}

/// A test on one moment.
#[derive(Debug, Clone)]
pub enum Filter {
    /// Inside a part of the conversation.
    Window(Edge, Extent),
    /// What an event says of itself.
    Field(FieldTest),
    /// Long or short enough.
    Length(LengthBound),
    /// Near another.
    Relation {
        /// On which side.
        side: Side,
        /// The greatest gap.
        within: Option<i32>,
        /// The others.
        right: Box<Moments>,
        /// There must be none.
        negated: bool,
    },
    /// In time as another, or as none.
    Placed(Place, Box<Moments>),
    /// Answered by another in time.
    Answered {
        /// The latest that the answer may begin, in milliseconds.
        within: i32,
        /// What the first answer must hold, said by anybody.
        with: Option<Box<Moments>>,
        /// There must be none.
        negated: bool,
    },
    /// Its speaker says nothing for so many milliseconds, unless another speaks first.
    LeftOpen(i32),
    /// Of one speaker, with at most so many words between.
    Words {
        /// The most words between.
        most: u32,
        /// The others.
        right: Box<Moments>,
    },
}

/// A condition with its place.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What.
    pub kind: ConditionKind,
    /// Where.
    pub span: Span,
}

/// Conditions.
#[derive(Debug, Clone)]
pub enum ConditionKind {
    /// `any`.
    Any(Moments),
    /// `no`.
    No(Moments),
    /// `every … is`.
    Every(Moments, Filter),
    /// A count inside bounds.
    Count(Moments, CountBounds),
    /// Two values compared.
    Compare(Comparison, Box<Value>, Box<Value>),
    /// `only after`.
    OnlyAfter(Moments, Moments),
    /// `in order`.
    InOrder(Vec<Moments>),
    /// What is known of the call as a whole.
    Attribute(AttributeId, AttributeTest),
    /// All.
    And(Vec<Condition>),
    /// One.
    Or(Vec<Condition>),
    /// The reverse.
    Not(Box<Condition>),
}

/// A criterion.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// The name it is shown under.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Advice.
    pub coaching: Option<String>,
    /// Declared, or the condition of a section.
    pub kind: CriterionKind,
    /// Its parameters with their values, in the order of the declaration.
    pub parameters: Vec<ParameterValue>,
    /// Its place.
    pub span: Span,
    /// `applies when`.
    pub applies: Option<Condition>,
    /// `whenever` and `expect`.
    pub whenever: Option<Whenever>,
    /// `not met when`.
    pub not_met: Option<Condition>,
    /// `met when`.
    pub met: Option<Condition>,
    /// `partly met when`: steps in the order in which they are decided.
    pub partly: Vec<PartlyStep>,
    /// `excused when`.
    pub excused: Option<Condition>,
}

/// `whenever` with `expect`.
#[derive(Debug, Clone)]
pub struct Whenever {
    /// The occasions.
    pub trigger: Moments,
    /// `once per`: those that start less than this after one that counts are one occasion with it, in milliseconds.
    pub once_per: Option<i32>,
    /// What is expected of each.
    pub expect: Condition,
}

/// One step of partly met.
#[derive(Debug, Clone)]
pub struct PartlyStep {
    /// What grants it.
    pub partly: Partly,
    /// What it is worth, in thousandths of a per cent of the points, if the clause says so.
    pub worth: Option<i64>,
}

/// What grants partial credit.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant)]
pub enum Partly {
    /// A condition.
    When(Condition),
    /// A share of the occasions, in thousandths of a per cent.
    OfThem(i64),
}

/// A test with its places.
#[derive(Debug, Clone)]
pub struct Test {
    /// What is run.
    pub case: TestCase,
    /// Its place.
    pub span: Span,
    /// The place of its call.
    pub call: Span,
    /// The place of each expectation.
    pub expectations: Vec<Span>,
}
