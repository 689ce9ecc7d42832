//! The trace: a derivation for each criterion and the arithmetic of the score, as data. Cites evidence by number and
//! interval; holds no word of the call. Rendering joins the words.

use crate::call::{Role, Source};
use crate::facts::{Conversation, Hearing};
use crate::truth::{Truth, VerdictSet};
use crate::value::{Compared, Measured};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub mod reason;
pub mod score;

pub use reason::{Hidden, HiddenWhat, HiddenZone, Reason, ReasonCode, UnclearWord};
pub use score::{
    CriticalLine, EntryLine, Fraction, Percent, PointsRange, ScoreResult, ScoreTrace, SectionCondition, SectionLine,
    Way,
};

/// The version of the trace format.
pub const TRACE_FORMAT: u32 = 1;

/// All that is claimed of one call under one scorecard (or none).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    /// The version of this format: 1.
    pub grille_trace: u32,
    /// Which call.
    pub call: CallRef,
    /// Locale whose rules the words were read by: that of the criteria, or of the variants in force.
    pub locale: String,
    /// Hash of the locale pack.
    pub locale_pack: String,
    /// How doubtful words were treated.
    pub hearing: Hearing,
    /// Which entries of lexicons were looked for, where lexicons have variants for locales; by name.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub lexicons: Vec<LexiconInForce>,
    /// The score, if a scorecard was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreTrace>,
    /// The criteria's derivations.
    pub criteria: Vec<CriterionTrace>,
}

/// Which entries of a lexicon are looked for in a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LexiconInForce {
    /// The name that the lexicon is shown under.
    pub name: String,
    /// Are the entries that stand under no locale looked for?
    pub own: bool,
    /// Locales whose entries are looked for, as the file writes them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub variants: Vec<String>,
}

/// What a trace says of its call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallRef {
    /// The call's name.
    pub id: String,
    /// Hash of the call's canonical bytes (BLAKE3).
    pub hash: String,
    /// What its source can tell.
    pub source: Source,
    /// The stretch looked at.
    pub conversation: Conversation,
    /// How much was heard of each speaker.
    pub heard: Vec<HeardRef>,
}

/// How much of a speaker was heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeardRef {
    /// The speaker's name in the call.
    pub speaker: String,
    /// Their role, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Words heard.
    pub heard: u32,
    /// All words.
    pub words: u32,
}

/// A criterion's verdict and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionTrace {
    /// Its name.
    pub criterion: String,
    /// Its title.
    pub title: String,
    /// The hash of its meaning.
    pub hash: String,
    /// Its parameters and their values, in the order of the declaration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<ParameterValue>,
    /// It is no criterion of its own but the `applies when` of a section: met where the section counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub section_condition: bool,
    /// The verdicts still possible; one if it can be told.
    pub verdicts: VerdictSet,
    /// Where partly met is possible and has several steps: those still possible, from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<u8>,
    /// Its clauses in the order in which they are decided, each with its derivation.
    pub clauses: Vec<ClauseTrace>,
    /// Advice of the criterion, where it is not met in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coaching: Option<String>,
}

/// A parameter of a criterion and its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParameterValue {
    /// Its name.
    pub name: String,
    /// Its value with its unit: `8 s`.
    pub value: String,
}

/// Which clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseRole {
    /// `applies when`.
    AppliesWhen,
    /// `whenever`: the occasions.
    Whenever,
    /// `not met when`.
    NotMetWhen,
    /// `met when`.
    MetWhen,
    /// `expect`: of every occasion.
    Expect,
    /// `partly met when`.
    PartlyMetWhen,
    /// `excused when`.
    ExcusedWhen,
}

impl ClauseRole {
    /// As written.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            ClauseRole::AppliesWhen => "applies when",
            ClauseRole::Whenever => "whenever",
            ClauseRole::NotMetWhen => "not met when",
            ClauseRole::MetWhen => "met when",
            ClauseRole::Expect => "expect",
            ClauseRole::PartlyMetWhen => "partly met when",
            ClauseRole::ExcusedWhen => "excused when",
        }
    }
}

/// A clause, its value, and its derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClauseTrace {
    /// Which clause.
    pub clause: ClauseRole,
    /// Its value.
    pub value: Truth,
    /// The derivation.
    pub node: Node,
}

/// One expression of the criterion that took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// What was asked: the place and words in the criteria's source.
    pub asked: Asked,
    /// What the node does.
    pub operation: Operation,
    /// The value of a condition; for moments, whether there is one.
    pub value: Truth,
    /// What it came to beside yes and no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed>,
    /// How far from the edge, where there is one: positive inside, negative outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Amount>,
    /// What it stands on; the longest of the leftmost for phrases.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub evidence: Vec<Evidence>,
    /// Where it was looked for, of leaves that look for something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searched: Option<Searched>,
    /// Why not, why it cannot be told, or what nearly was.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reasons: Vec<Reason>,
    /// What it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub children: Vec<Node>,
}

/// A place in the criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The name of the module: `std.accueil`, or the file's name without its folder.
    pub module: String,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The words of the source there.
    pub text: String,
    /// The declared name it goes by, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What a node does. The closed list of the language's operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// `says`.
    Says,
    /// `asks`.
    Asks,
    /// An event.
    Event,
    /// `turn of`.
    Turn,
    /// `question of`.
    Question,
    /// `silence`.
    Silence,
    /// `overlap`.
    Overlap,
    /// `response gap of`.
    ResponseGap,
    /// `interrupts`.
    Interrupts,
    /// `it`.
    It,
    /// `within first`, `within last`, `starting within first`.
    Window,
    /// `lasting`, `longer`, `shorter`.
    Length,
    /// `where …`, `by …`, `to …`: what an event says of itself.
    Where,
    /// `unless negated`.
    UnlessNegated,
    /// `answered within`.
    Answered,
    /// `unanswered within`.
    Unanswered,
    /// `left open for`.
    LeftOpen,
    /// `within n words of`.
    WithinWords,
    /// `after`, `preceded by`.
    After,
    /// `before`, `followed by`.
    Before,
    /// `not preceded by`.
    NotAfter,
    /// `not followed by`.
    NotBefore,
    /// `during`.
    During,
    /// `outside`.
    Outside,
    /// `overlapping`.
    Overlapping,
    /// `or` over moments.
    Union,
    /// `except`.
    Except,
    /// `minus`.
    Minus,
    /// A phase of the call.
    Phase,
    /// `first`, `second`, `third`, `last`.
    Ordinal,
    /// `then`.
    Then,
    /// `any`.
    Any,
    /// `no`.
    No,
    /// `every … is`.
    Every,
    /// `at least`, `at most`, `count of` compared.
    Count,
    /// `only after`.
    OnlyAfter,
    /// `in order`.
    InOrder,
    /// `and`.
    And,
    /// `or`.
    Or,
    /// `not`.
    Not,
    /// The occasions of `whenever` and what came of each.
    Occasions,
    /// `once per`: the moments that are occasions of their own.
    OncePer,
    /// One occasion.
    Occasion,
    /// `at least p % of them`.
    ShareOfThem,
    /// What is known of the call as a whole.
    Attribute,
    /// A number or a text of the criterion itself.
    Constant,
    /// A comparison of two values.
    Compare,
    /// `count of` as a value.
    CountOf,
    /// `total`.
    Total,
    /// `mean`, `median`, `p90`, `longest` and the like, over lengths of moments.
    Aggregate,
    /// `share of A in B`.
    ShareOf,
    /// `talk share of`.
    TalkShare,
    /// `speech rate of`.
    SpeechRate,
    /// `level of`.
    Level,
    /// `pitch of`.
    Pitch,
    /// `p % of` another value.
    PercentOf,
    /// `per min`.
    PerMinute,
    /// `relative to own baseline`.
    RelativeToBaseline,
    /// `conversation`.
    Conversation,
    /// `speech activity of`.
    SpeechActivity,
}

/// What was observed beside yes and no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Observed {
    /// How many moments: surely, and at most (none: more may hide).
    Count {
        /// At least so many.
        least: u32,
        /// At most so many, unless more may hide.
        most: Option<u32>,
    },
    /// How many members of a chain were found, each after the one before.
    Reached {
        /// Surely so many.
        surely: u32,
        /// Perhaps so many.
        perhaps: u32,
        /// Of how many.
        of: u32,
    },
    /// What the call has for an attribute.
    Attribute {
        /// Its name.
        name: String,
        /// Its value, if the call has one that fits.
        value: Option<AttributeSeen>,
    },
    /// Of how many occasions the expectation holds.
    Held {
        /// On how many it surely holds.
        held: u32,
        /// On how many it may.
        may: u32,
        /// Of how many.
        of: u32,
    },
    /// What a value is, or between what it lies.
    Measured(Measured),
    /// Both sides of a comparison.
    Compared(Box<Compared>),
}

/// A value of an attribute. A free text stays in the call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AttributeSeen {
    /// True or false.
    Boolean(bool),
    /// A duration, a count, a share.
    Amount(Amount),
    /// A day: `2026-07-14`.
    Date(String),
    /// One of the declared list, in its plain form.
    OneOf(String),
    /// A text; the call alone holds it.
    Text,
}

/// An amount with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// How much.
    pub value: i64,
    /// Of what.
    pub unit: AmountUnit,
}

/// Units of amounts in traces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AmountUnit {
    /// Milliseconds.
    Milliseconds,
    /// Moments.
    Count,
    /// Words.
    Words,
    /// Thousandths of a per cent.
    MilliPercent,
    /// Thousandths of a decibel.
    MilliDecibels,
    /// Thousandths of a hertz.
    MilliHertz,
    /// Thousandths of a semitone.
    MilliSemitones,
    /// Thousandths of a word a minute.
    MilliWordsPerMinute,
    /// Thousandths of a syllable a second.
    MilliSyllablesPerSecond,
    /// Thousandths of once a minute.
    MilliPerMinute,
    /// Days.
    Days,
}

/// A stretch of the call that a claim stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The speaker's name in the call, if it is somebody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Numbers of the first and last word in the call, counting every word from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<(u32, u32)>,
    /// Number of the event in the call, counted from 0, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<u32>,
    /// First millisecond.
    pub start_ms: i32,
    /// One past the last.
    pub end_ms: i32,
    /// Least confidence of its words in thousandths, where words have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u32>,
    /// Surely there, or maybe.
    pub sure: bool,
}

/// Where something was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Searched {
    /// Whose words, if words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// First millisecond.
    pub start_ms: i32,
    /// One past the last.
    pub end_ms: i32,
    /// Words of theirs in there.
    pub words: u32,
    /// Of these, heard.
    pub heard: u32,
}
