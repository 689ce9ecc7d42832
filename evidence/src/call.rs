//! Our own call format: what an importer writes and what is stored beside a trace. One JSON document a call.
//! Knows what was said when by whom and what the source can tell; derives nothing.

use crate::attribute::Attributes;
use crate::event::{CarriedFields, EventFields, OwnEvent, OwnKinds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the format that this program writes and reads.
pub const CALL_FORMAT: u32 = 1;

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The version of this format: 1.
    pub grille_call: u32,
    /// A name for the call, unique in its batch.
    pub id: String,
    /// What is spoken, as a BCP 47 tag (`fr-FR`), if the source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// What the source says of itself.
    pub source: Source,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// The `id` of the speaker whom the call is scored for; needed where there are several agents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The end of the recording in milliseconds, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_ms: Option<i32>,
    /// Stretches of one speaker's words, in any order; words are numbered through in the order of the file, from 0.
    pub segments: Vec<Segment>,
    /// What else happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// What else happened, of kinds that criteria declare.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_events: Vec<OwnEvent>,
    /// What is known of the call as a whole, by name: queue, waiting time, … Criteria declare what they read of it.
    #[serde(
        default,
        deserialize_with = "crate::attribute::read_attributes",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub attributes: Attributes,
}

/// What a source can tell. What it cannot becomes "cannot tell", never "no".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The importer or system that wrote it, for the reader.
    pub format: String,
    /// Checked by a person, or recognised by a machine.
    pub words: WordOrigin,
    /// Do words carry confidences?
    pub confidences: bool,
    /// Where word times come from.
    pub times: TimeOrigin,
    /// Can two speakers be shown speaking at once?
    pub overlap: bool,
    /// Are sentences and questions closed by punctuation?
    pub punctuation: bool,
    /// Kinds of events that would be here, had they happened.
    #[serde(default)]
    pub events: Vec<EventKind>,
    /// For each kind of event, the fields that would be here, had there been something to say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: CarriedFields,
    /// Kinds of `own_events` that would be here, had they happened, each with the fields that it has.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own_events: OwnKinds,
    /// Names of the attributes that its calls have, if they are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<String>,
}

/// Who wrote the words down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WordOrigin {
    /// A person wrote or checked them.
    Checked,
    /// A machine recognised them.
    Recognised,
}

/// Where word times come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TimeOrigin {
    /// Each word was placed by ear or by machine.
    Measured,
    /// Words are spread evenly inside segments whose own bounds were measured.
    Spread,
    /// Only segments have times.
    Turns,
}

/// One party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    /// As the source calls them.
    pub id: String,
    /// Their role, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// A role in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
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

impl Role {
    /// Every role.
    pub const ALL: [Role; 6] = [Role::Agent, Role::Colleague, Role::Customer, Role::Supervisor, Role::Bot, Role::Other];

    /// In plain words.
    #[must_use]
    pub fn words(self) -> &'static str {
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

/// A stretch of one speaker's words; its bounds are those of its first and last word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// The speaker's `id`.
    pub speaker: String,
    /// Milliseconds from the start of the recording.
    pub start_ms: i32,
    /// Milliseconds from the start of the recording; after `start_ms`.
    pub end_ms: i32,
    /// Its words in order.
    pub words: Vec<Word>,
}

/// One word as it was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// As written, without the punctuation after it.
    pub text: String,
    /// Its start, if it has a time of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_ms: Option<i32>,
    /// Its end, if it has a time of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_ms: Option<i32>,
    /// How sure the recogniser was, in thousandths; none if it did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence_thousandths: Option<u16>,
    /// Spoken words that can be read, or that cannot.
    #[serde(default, skip_serializing_if = "WordKind::is_plain")]
    pub kind: WordKind,
    /// The punctuation written after it, if any: `?`, `.`, `,` …
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// Can the word be read?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WordKind {
    /// It can.
    #[default]
    Plain,
    /// Something was said that nobody could write down.
    Unknown,
    /// Something was said that was taken out; the text is the mask.
    Redacted,
}

impl WordKind {
    /// Is it a word that can be read?
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == WordKind::Plain
    }
}

/// Something that happened beside words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// Milliseconds from the start of the recording.
    pub start_ms: i32,
    /// Its end; none for a point in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_ms: Option<i32>,
    /// What it says of itself.
    #[serde(default, skip_serializing_if = "EventFields::is_empty")]
    pub fields: EventFields,
}

impl Event {
    /// An event that says nothing of itself: from `start_ms`, to `end_ms` or a point in time.
    #[must_use]
    pub fn bare(kind: EventKind, start_ms: i32, end_ms: Option<i32>) -> Event {
        Event { kind, start_ms, end_ms, fields: EventFields::default() }
    }
}

/// Kinds of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum EventKind {
    /// The customer was put on hold.
    Hold,
    /// The call was passed on.
    Transfer,
    /// The recording was paused.
    RecordingPaused,
    /// A key was pressed.
    Dtmf,
    /// The call was answered.
    Answered,
    /// The call was hung up.
    HungUp,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [EventKind; 6] = [
        EventKind::Hold,
        EventKind::Transfer,
        EventKind::RecordingPaused,
        EventKind::Dtmf,
        EventKind::Answered,
        EventKind::HungUp,
    ];

    /// In plain words.
    #[must_use]
    pub fn words(self) -> &'static str {
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
