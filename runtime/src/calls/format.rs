//! Which format a file is in, found by its content and never by its name. Must not know what the formats mean.

use crate::fault::Fault;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeSet;
use std::fmt;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Our own.
    Own,
    /// Amazon Transcribe Call Analytics, batch.
    AmazonCallAnalytics,
    /// Gridspace-Stanford Harper Valley, any of its schemas.
    HarperValley,
    /// SIMSAMU.
    Simsamu,
}

/// The keys that each format shows at the top, or in the first item of a list.
const MARKS: [(Format, bool, &[&str]); 4] = [
    (Format::Own, false, &["grille_call"]),
    (Format::AmazonCallAnalytics, false, &["Participants", "Transcript"]),
    (Format::Simsamu, false, &["monologues", "schemaVersion"]),
    (Format::HarperValley, true, &["channel_index", "human_transcript", "offset_ms"]),
];

/// Files that are met beside these and are not transcripts that can be read: how to know them, and what to say.
const NEIGHBOURS: [(&[&str], &str); 4] = [
    (&["agent", "caller", "tasks"], "this is Harper Valley metadata: read the file of the same name in `transcript/`"),
    (&["vcon"], "this is a vCon container: read the transcript that it holds or points to"),
    (
        &["monologues"],
        "this has monologues but no `schemaVersion`, as Rev AI writes them: its transcripts are not read yet",
    ),
    (&["ConversationAnalytics"], "this was made from a transcript by a later step: read the service's own output"),
];

const READ: &str = "formats that are read: grille call JSON (`grille_call`), Amazon Transcribe Call Analytics JSON \
(`Participants`, `Transcript`), Harper Valley JSON (a list with `offset_ms`, `human_transcript`), SIMSAMU JSON \
(`schemaVersion`, `monologues`)";

impl Format {
    /// The format of a file.
    ///
    /// # Errors
    /// A [`Fault`] if the bytes are no JSON, or JSON of no format that is read.
    pub fn of(bytes: &[u8]) -> Result<Format, Fault> {
        let outline = Outline::of(bytes)?;
        let mark = MARKS.iter().find(|(_, list, keys)| *list == outline.list && outline.has(keys));
        mark.map(|(format, _, _)| *format).ok_or_else(|| outline.unknown())
    }

    /// In plain words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Format::Own => "grille call",
            Format::AmazonCallAnalytics => "Amazon Transcribe Call Analytics",
            Format::HarperValley => "Harper Valley",
            Format::Simsamu => "SIMSAMU",
        }
    }
}

/// The keys at the top of a document, or of the first item of a list.
struct Outline {
    list: bool,
    keys: BTreeSet<String>,
}

impl Outline {
    fn of(bytes: &[u8]) -> Result<Outline, Fault> {
        let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        match first {
            None => Err(Fault::new("the file is empty").mend(READ)),
            Some(b'{' | b'[') => serde_json::from_slice(bytes).map_err(|error| crate::calls::json_fault(&error)),
            Some(_) => {
                let kind = if bytes.starts_with(b"WEBVTT") { "WebVTT captions" } else { "not a JSON object or list" };
                Err(Fault::new(format!("this is {kind}")).at("line 1").mend(READ))
            }
        }
    }

    fn has(&self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.keys.contains(*key))
    }

    fn unknown(&self) -> Fault {
        if let Some((_, what)) = NEIGHBOURS.iter().find(|(keys, _)| !self.list && self.has(keys)) {
            return Fault::new(*what).mend(READ);
        }
        let keys: Vec<String> = self.keys.iter().take(5).map(|key| format!("`{}`", shortened(key))).collect();
        let shown = if keys.is_empty() { "nothing".to_string() } else { keys.join(", ") };
        let whole = if self.list { "a list whose first item holds" } else { "an object that holds" };
        Fault::new(format!("the format is not known: {whole} {shown}")).mend(READ)
    }
}

/// A key of a file that may hold anything, fit for a message of one line.
fn shortened(key: &str) -> String {
    key.chars().filter(|c| !c.is_control()).take(40).collect()
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OutlineVisitor)
    }
}

struct OutlineVisitor;

impl<'de> Visitor<'de> for OutlineVisitor {
    type Value = Outline;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline, A::Error> {
        let mut keys = BTreeSet::new();
        while let Some((key, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
            keys.insert(key);
        }
        Ok(Outline { list: false, keys })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Outline, A::Error> {
        let first = items.next_element::<First>()?;
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Outline { list: true, keys: first.map(|first| first.0).unwrap_or_default() })
    }
}

/// The keys of the first item of a list; none if it is no object.
struct First(BTreeSet<String>);

impl<'de> Deserialize<'de> for First {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'de serde_json::value::RawValue = Deserialize::deserialize(deserializer)?;
        let keys = if raw.get().starts_with('{') {
            serde_json::from_str::<Outline>(raw.get()).map(|outline| outline.keys).unwrap_or_default()
        } else {
            BTreeSet::new()
        };
        Ok(First(keys))
    }
}
