//! Tests in the language: a call, written out or in a file, and what is expected of it.

use super::{EventKind, FieldValue, Ident, Path, Quantity, Role, Text, Written};
use crate::source::Span;

/// `test "name" { call { … } expect … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// Its name.
    pub name: Text,
    /// The call.
    pub call: TestCall,
    /// What is expected, in order.
    pub expectations: Vec<Expectation>,
    /// Of `test each`: the row of its table, the heading being row 1.
    pub row: Option<u32>,
    /// The declaration.
    pub span: Span,
}

/// `test each "name {column}" { with from "cases.csv" … }`: a test a row, once the table is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestEach {
    /// The table's file, from the folder of the file that names it.
    pub table: Text,
    /// What is no part of a row's test: `each`, and the table.
    pub blanks: Vec<Span>,
    /// Where cells go, in order.
    pub holes: Vec<Hole>,
    /// The declaration.
    pub span: Span,
}

/// `{column}`: where the cells of a column go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// The column's name, with its braces' place.
    pub column: Ident,
    /// Does it stand inside quotes?
    pub quoted: bool,
}

/// The call of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestCall {
    /// `call { … }`.
    Written(InlineCall),
    /// `call from "call.json" 0:31-1:02`.
    File(CallFile),
}

impl TestCall {
    /// Its place.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            TestCall::Written(call) => call.span,
            TestCall::File(file) => file.span,
        }
    }

    /// The lines of a call that is written out.
    #[must_use]
    pub fn lines(&self) -> &[CallLine] {
        match self {
            TestCall::Written(call) => &call.lines,
            TestCall::File(_) => &[],
        }
    }
}

/// A call in a file, or the part of it between two times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFile {
    /// The file, from the folder of the file that names it.
    pub path: Text,
    /// From where to where; none: the whole call.
    pub window: Option<(ClockTime, ClockTime)>,
    /// The whole.
    pub span: Span,
}

/// A call written out. What is not written did not happen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InlineCall {
    /// Its lines in the order written.
    pub lines: Vec<CallLine>,
    /// With its braces.
    pub span: Span,
}

/// A time on the call's clock, in milliseconds, with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockTime {
    /// Milliseconds from the start of the recording.
    pub millis: i64,
    /// Its place.
    pub span: Span,
}

/// One line of an inline call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLine {
    /// What happened.
    pub kind: CallLineKind,
    /// The line.
    pub span: Span,
}

/// What a line of an inline call says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallLineKind {
    /// `0:02-0:03.5 agent "bonjour" heard 40 %`; without an end, 300 ms a word.
    Turn {
        /// From.
        start: ClockTime,
        /// To.
        end: Option<ClockTime>,
        /// Who.
        speaker: Speaker,
        /// The words.
        words: Text,
        /// How sure a recogniser was of each of them; none: a person heard them.
        heard: Option<Quantity>,
    },
    /// `hold 0:40-0:52 where reason is "lunch"`; without an end, a point.
    Event {
        /// Which.
        event: EventKind,
        /// From.
        start: ClockTime,
        /// To.
        end: Option<ClockTime>,
        /// What it says of itself.
        fields: Vec<GivenField>,
    },
    /// `crm_note 0:40-0:52 where category is complaint`; without an end, a point.
    OwnEvent {
        /// Of which kind.
        event: Path,
        /// From.
        start: ClockTime,
        /// To.
        end: Option<ClockTime>,
        /// What it says of itself.
        fields: Vec<(Ident, Written)>,
    },
    /// `unknown hold` and the like: what the source of this call does not carry.
    Unknown(NotCarried),
    /// `words recognised`: a machine wrote them down.
    Recognised,
    /// `times spread`, `times by turn`.
    Times(TimesWord),
    /// `call.queue is support`, `call.vip`, `not call.vip`.
    Attribute {
        /// Which.
        name: Ident,
        /// Its value; none where it is true or false.
        value: Option<Written>,
        /// `not`.
        negated: bool,
    },
    /// `in fr-CA`: what is spoken, where it is not the file's locale.
    SpokenIn(Ident),
    /// `subject Sophie`: whom the call is scored for.
    Subject(Ident),
}

/// Who speaks in a test: `agent`, `agent Sophie`, `unknown`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Their role; none: `unknown`, nobody knows it.
    pub role: Option<Role>,
    /// Their name, where there are several of one role.
    pub name: Option<Ident>,
    /// The whole.
    pub span: Span,
}

/// What an event of a test says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenField {
    /// `by customer`.
    By(Speaker),
    /// `to billing`, `where reason is "lunch"`.
    Text {
        /// Which field.
        field: Ident,
        /// What.
        value: FieldValue,
    },
}

/// What the source of a test's call does not carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCarried {
    /// Events of a kind.
    Event(EventKind),
    /// A field of such events.
    Field(EventKind, Ident),
    /// Events of a kind that a file declares.
    OwnEvent(Path),
    /// A field of such events.
    OwnField(Path, Ident),
    /// An attribute: the source never has it.
    Attribute(Ident),
    /// `overlap`: that two speak at once cannot be shown.
    Overlap,
    /// `punctuation`: questions do not end in `?`.
    Punctuation,
}

/// Where the times of a test's words come from, if they are not measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimesWord {
    /// `spread`: a word lies anywhere in its turn.
    Spread,
    /// `by turn`: the same, and turns were not measured closely either.
    ByTurn,
}

/// A verdict as a test names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VerdictWord {
    /// `met`.
    Met,
    /// `partly met`.
    PartlyMet,
    /// `not met`.
    NotMet,
    /// `not applicable`.
    NotApplicable,
    /// `cannot tell`.
    CannotTell,
}

/// `expect …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The criterion or scorecard.
    pub target: Path,
    /// Values of its parameters, where the criterion is counted with others than its own.
    pub values: Vec<super::Value>,
    /// What is expected of it.
    pub kind: ExpectationKind,
    /// The whole.
    pub span: Span,
}

/// What a test can expect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectationKind {
    /// `name partly met [because …] [with margin …]`.
    Verdict {
        /// Which.
        verdict: VerdictWord,
        /// Why.
        because: Option<Because>,
        /// How far from the edge.
        margin: Option<Margin>,
    },
    /// `name score 60 %`, `name score between 40 % and 60 %`, `name score 0 % or 71–83 %`.
    Score {
        /// The score.
        case: ScoreCase,
        /// What it may be instead.
        or: Option<ScoreCase>,
    },
    /// `name no score`, `name no score or 40 %`.
    NoScore {
        /// What it may be instead.
        or: Option<ScoreCase>,
    },
    /// `name grade conforme`; several where it cannot be told.
    Grade(Vec<super::Ident>),
    /// `name 15 of 25 points`.
    Points {
        /// Points earned, a plain number.
        earned: Quantity,
        /// Points possible.
        possible: Quantity,
    },
}

/// One score, or all from the least to the greatest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreCase {
    /// The least.
    pub least: Quantity,
    /// The greatest; the least again where there is one score.
    pub greatest: Quantity,
}

/// `with margin [of name] [at least] 2 s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Margin {
    /// The lexicon or moment whose margin it is, if named.
    pub about: Option<Path>,
    /// Exactly so much, at least, or at most.
    pub bound: MarginBound,
    /// How much.
    pub amount: Quantity,
    /// The whole.
    pub span: Span,
}

/// How an expected margin is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarginBound {
    /// `margin 2 s`.
    Exactly,
    /// `margin at least 2 s`.
    AtLeast,
    /// `margin at most 2 s`.
    AtMost,
}

/// `because [name] reason [by amount]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The lexicon or moment that the reason is about, if named.
    pub about: Option<Path>,
    /// The reason.
    pub reason: ReasonWord,
    /// `by 10 s`, `by 2`.
    pub by: Option<Quantity>,
    /// The whole.
    pub span: Span,
}

/// The reasons that a test can name: the closed list of reason codes, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReasonWord {
    /// `never said`: no variant of the phrase was found where it was looked for.
    NeverSaid,
    /// `never answered`: nobody answered in time.
    NeverAnswered,
    /// `answered`: somebody did, where nobody should have.
    Answered,
    /// `answered otherwise`: the first answer was not what was wanted.
    AnsweredOtherwise,
    /// `resumed by d`: the speaker went on, so much too early.
    Resumed,
    /// `never happened`: the same of anything that is not words.
    NeverHappened,
    /// `late by d`: found, but past the end of its window, or too long after.
    Late,
    /// `early by d`: found, but before the start of its window, or too long before.
    Early,
    /// `too short by d`.
    TooShort,
    /// `too long by d`.
    TooLong,
    /// `too far by n words`.
    TooFar,
    /// `too few by n`.
    TooFew,
    /// `too many by n`.
    TooMany,
    /// `too many of them`: cannot tell, there are more than are listed.
    TooManyToList,
    /// `too much by x`: a measure over its bound.
    TooMuch,
    /// `too little by x`: a measure under its bound.
    TooLittle,
    /// `nothing to measure`: cannot tell, none of what is measured is there.
    NothingToMeasure,
    /// `no track`: cannot tell, the call holds no track of the sound.
    NoTrack,
    /// `negated`: found, but dropped by `unless negated`.
    Negated,
    /// `excluded`: found, but dropped by `but not` or `except`.
    Excluded,
    /// `said by another`: found, but by somebody else.
    SaidByAnother,
    /// `not heard`: cannot tell, words that nobody can be sure of.
    NotHeard,
    /// `not carried`: cannot tell, the source does not hold such facts.
    NotCarried,
    /// `times unsure`: cannot tell, the edge lies inside the uncertainty of the times.
    TimesUnsure,
    /// `roles unknown`: cannot tell, nobody knows who has the role.
    RolesUnknown,
    /// `differs`: it is there, and it is something else.
    Differs,
    /// `unfit`: cannot tell, what the call gives is not of the declared type.
    Unfit,
    /// `missing`: this call does not give it.
    Missing,
    /// `said`: a forbidden thing was found, or a hoped-for one was.
    Said,
    /// `happened`: the same of anything that is not words.
    Happened,
    /// `partly said`: some words of the phrase were said.
    PartlySaid,
    /// `cut short`: the conversation ended before the window did.
    CutShort,
}
