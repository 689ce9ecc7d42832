//! What evaluation sees of a call: integer columns on one clock, with turns, silences and dark stretches already
//! derived. Made by the runtime, read by every engine; holds no words as written, only normalised tokens.

pub mod skip;

use crate::attribute::Attributes;
use crate::call::{EventKind, Role, Source, WordKind};
use crate::event::{EventField, TransferKind};
use crate::locale::classes::ClassSpan;
use crate::moment::{Moment, MomentSet, Zone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use skip::Skip;
use std::ops::Range;

/// One call, ready to be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFacts {
    /// The call's name.
    pub id: String,
    /// What is spoken, as a BCP 47 tag, if the source says so.
    pub locale: Option<String>,
    /// What the source says of itself.
    pub source: Source,
    /// How doubtful words are treated.
    pub hearing: Hearing,
    /// From where to where patterns look.
    pub conversation: Conversation,
    /// The speakers, in the order of the call.
    pub speakers: Vec<SpeakerFacts>,
    /// Words inside the conversation, grouped by speaker, then by (start, end, index in the file).
    pub words: Vec<WordFacts>,
    /// Normalised tokens of those words, in the same order.
    pub tokens: Tokens,
    /// Numbers, dates, names and the like among the tokens, by last token.
    pub classes: Vec<ClassSpan>,
    /// Turns, in order; those that are there in some readings of what was not heard only are maybe.
    pub turns: Vec<Moment>,
    /// Back-channels, likewise.
    pub back_channels: Vec<Moment>,
    /// Turns and back-channels alike: one each, whether it can be told which of both it is or not.
    pub stretches: Vec<Moment>,
    /// Questions, in order; maybe where it cannot be told.
    pub questions: Vec<Moment>,
    /// Stretches of at least 200 ms in which nobody speaks.
    pub silences: MomentSet,
    /// Where unlisted silences can lie, one entry a stretch, and how long one can be there at most, in milliseconds.
    pub hidden_silences: Vec<(Zone, i32)>,
    /// Stretches of at least 200 ms in which two speak.
    pub overlaps: MomentSet,
    /// Response gaps of each speaker; `origin` is the one who responds.
    pub response_gaps: Vec<Moment>,
    /// Events clipped to the conversation, in order; each one's `first` is its number in the call, those of declared kinds
    /// counted after all others.
    pub events: Vec<Moment>,
    /// What each event of the call says of itself, by its number.
    pub event_facts: Vec<EventFacts>,
    /// What is known of the call as a whole, as the call gives it.
    pub attributes: Attributes,
}

/// What an event says of itself; texts as [`plain`](crate::attribute::plain) gives them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventFacts {
    /// Who did it: index into the facts' speakers.
    pub by: Option<u32>,
    /// Where to.
    pub to: Option<String>,
    /// Warm or cold.
    pub kind: Option<TransferKind>,
    /// Which keys.
    pub digits: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Of a declared kind: what it says of itself, as the call gives it.
    pub own: Attributes,
}

/// Constants of hearing, in thousandths, and what recognised words without confidence are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hearing {
    /// A word is heard if its confidence reaches this.
    pub word_threshold: u16,
    /// Of any ten consecutive words, this share must be heard, else there is a dark stretch.
    pub stretch_threshold: u16,
    /// Recognised words without any confidence count as heard (scorecards used for training); else what they do not
    /// say cannot be told.
    pub trust_unrated_words: bool,
}

impl Default for Hearing {
    fn default() -> Self {
        Hearing { word_threshold: 500, stretch_threshold: 800, trust_unrated_words: false }
    }
}

/// The part of the recording that is the conversation, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    /// First millisecond.
    pub start_ms: i32,
    /// One past the last.
    pub end_ms: i32,
    /// What the start was taken from.
    pub start_basis: StartBasis,
    /// What the end was taken from.
    pub end_basis: EndBasis,
}

/// What the start of the conversation was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StartBasis {
    /// The first `answered` event.
    Answered,
    /// The first word of anyone but a bot.
    FirstWord,
    /// There is neither: the start of the recording.
    Recording,
}

/// What the end of the conversation was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EndBasis {
    /// The last `hung up` event.
    HungUp,
    /// The latest end of any word, event or track.
    LatestEnd,
}

/// One speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerFacts {
    /// As the source calls them.
    pub id: String,
    /// Their role, if known.
    pub role: Option<Role>,
    /// Their words.
    pub words: Range<u32>,
    /// Their tokens.
    pub tokens: Range<u32>,
    /// Where they may have said more, or other, than is listed.
    pub dark: Vec<DarkStretch>,
    /// Words that are heard, and all (unreadable ones counted as not heard).
    pub heard: (u32, u32),
}

/// A stretch in which nobody can be sure what a speaker said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DarkStretch {
    /// First millisecond.
    pub start: i32,
    /// One past the last.
    pub end: i32,
    /// Token (index into all tokens) of this speaker at which it begins, or before which it lies.
    pub from_token: u32,
    /// First token of this speaker after it; `from_token` if it holds none.
    pub to_token: u32,
    /// It is dark because recognised words have no confidence: those that are there are heard, and nothing tells what is
    /// not. It is the whole conversation.
    pub unrated: bool,
}

/// One word inside the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct WordFacts {
    /// First millisecond, as given.
    pub start: i32,
    /// One past the last.
    pub end: i32,
    /// Earliest possible start.
    pub start_lo: i32,
    /// Latest possible start.
    pub start_hi: i32,
    /// Earliest possible end.
    pub end_lo: i32,
    /// Latest possible end.
    pub end_hi: i32,
    /// Speaker's number.
    pub speaker: u32,
    /// Its number in the call's file, counting every word from 0.
    pub number: u32,
    /// Confidence in thousandths; 1000 for checked words; `u32::MAX` if there is none.
    pub confidence: u32,
    /// Can it be read?
    pub kind: WordKind,
}

/// Tokens as columns of one length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    /// Which text: index into `vocabulary`, or [`UNKNOWN_TOKEN`].
    pub text: Vec<u32>,
    /// Which word it is of (index into the facts' words).
    pub word: Vec<u32>,
    /// Milliseconds of pause before it; [`STRETCH_START`] at the first token of a turn or back-channel.
    pub pause_before: Vec<i32>,
    /// See [`flag`].
    pub flags: Vec<u16>,
    /// What does not count between the words of a phrase, here.
    pub skips: Vec<Skip>,
    /// The texts, each once, in the order in which they first occur. A cut word keeps a hyphen at its end (`bonj-`), which
    /// no other token has.
    pub vocabulary: Vec<Box<str>>,
}

/// A token that stands for words which nobody can read.
pub const UNKNOWN_TOKEN: u32 = u32::MAX;
/// The pause before the first token of a turn or back-channel: no phrase reaches across it.
pub const STRETCH_START: i32 = i32::MAX;

/// Bits of [`Tokens::flags`].
pub mod flag {
    /// Its word is heard.
    pub const HEARD: u16 = 1;
    /// It stands for words that nobody can read.
    pub const UNKNOWN: u16 = 2;
    /// It is a negator of the locale.
    pub const NEGATOR: u16 = 4;
    /// It is a clause word of the locale, across which negation does not reach.
    pub const CLAUSE: u16 = 8;
    /// It stands in a question.
    pub const QUESTION: u16 = 16;
    /// The source closes no sentences, and no question form stands near: it may stand in a question.
    pub const MAYBE_QUESTION: u16 = 32;
    /// Between it and the token before lies a stretch of speech without words, or nobody can tell whether a turn or
    /// back-channel begins here: what reaches across is doubtful.
    pub const DARK_BEFORE: u16 = 64;
    /// It begins a question, or a stretch that may be one: no occurrence of `asks` reaches across its start.
    pub const QUESTION_START: u16 = 128;
    /// Nobody can tell whether it negates: it was not heard, or whether it is part of an expression in which it denies nothing
    /// hangs on words that were not. Such a token has [`NEGATOR`], too.
    pub const MAYBE_NEGATOR: u16 = 256;
}

impl CallFacts {
    /// Speakers known to have this role.
    pub fn speakers_of(&self, role: Role) -> impl Iterator<Item = usize> {
        self.speakers.iter().enumerate().filter(move |(_, s)| s.role == Some(role)).map(|(i, _)| i)
    }

    /// Speakers of whom the role is not known.
    pub fn speakers_without_role(&self) -> impl Iterator<Item = usize> {
        self.speakers.iter().enumerate().filter(|(_, s)| s.role.is_none()).map(|(i, _)| i)
    }

    /// Would the source show events of this kind?
    #[must_use]
    pub fn carries(&self, kind: EventKind) -> bool {
        self.source.events.contains(&kind)
    }

    /// Would the source show this field of such events?
    #[must_use]
    pub fn carries_field(&self, kind: EventKind, field: EventField) -> bool {
        self.source.fields.get(&kind).is_some_and(|fields| fields.contains(&field))
    }

    /// The number of a declared kind of events, if the source carries them.
    #[must_use]
    pub fn own_kind(&self, name: &str) -> Option<usize> {
        self.source.own_events.keys().position(|known| known == name)
    }

    /// Would the source show this field of events of the declared kind with this number?
    #[must_use]
    pub fn carries_own_field(&self, kind: usize, field: &str) -> bool {
        let fields = self.source.own_events.values().nth(kind);
        fields.is_some_and(|fields| fields.iter().any(|known| known == field))
    }

    /// What the event behind a moment says of itself; none of a moment that is no event.
    #[must_use]
    pub fn event(&self, moment: &Moment) -> Option<&EventFacts> {
        self.event_facts.get(moment.event()? as usize)
    }

    /// The conversation as a zone.
    #[must_use]
    pub fn whole(&self) -> (i32, i32) {
        (self.conversation.start_ms, self.conversation.end_ms)
    }
}
