//! A mapping file: for calls whose name fits a pattern, who has which role. Must not know formats, nor read files itself.

use super::Whose;
use crate::calls::notes::Effect;
use crate::calls::reading::Reading;
use crate::calls::{json_fault, text};
use crate::fault::Fault;
use encoding_rs::Encoding;
use grille_evidence::call::Role;
use serde::Deserialize;
use std::collections::BTreeMap;
use wildmatch::WildMatch;

/// Roles for many calls.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleMap {
    entries: Vec<Entry>,
    default: Vec<(Whose, Role)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    pattern: WildMatch,
    roles: Vec<(Whose, Role)>,
}

impl Eq for RoleMap {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    calls: Vec<Calls>,
    #[serde(default)]
    default: BTreeMap<String, Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calls {
    call: String,
    roles: BTreeMap<String, Role>,
}

/// How a mapping is written.
const WRITTEN: &str =
    "write `{ \"calls\": [{ \"call\": \"2026-07-*\", \"roles\": { \"spk_0\": \"agent\" } }], \"default\": {} }`";

impl RoleMap {
    /// Reads one: `{ "calls": [{ "call": "2026-07-*", "roles": { "channel:0": "customer" } }], "default": { … } }`.
    ///
    /// # Errors
    /// A [`Fault`] that says where it is not such a mapping.
    pub fn read(name: &str, bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<RoleMap, Fault> {
        let decoded = text::decode(bytes, encoding).map_err(|fault| fault.of(name))?;
        let file: File = match serde_json::from_str(&decoded) {
            Ok(_) if !decoded.trim_start().starts_with('{') => {
                return Err(Fault::new("it is no mapping").mend(WRITTEN).of(name));
            }
            Ok(file) => file,
            Err(error) => return Err(json_fault(&error).mend(WRITTEN).of(name)),
        };
        let roles = |given: BTreeMap<String, Role>| {
            given.into_iter().map(|(whose, role)| (Whose::parse(&whose), role)).collect()
        };
        let entry = |calls: Calls| Entry { pattern: WildMatch::new(&calls.call), roles: roles(calls.roles) };
        Ok(RoleMap { entries: file.calls.into_iter().map(entry).collect(), default: roles(file.default) })
    }

    /// Gives the roles of the first pattern that fits the call's id or the file's name, else the default ones. Somebody
    /// who is not there is noted.
    pub(crate) fn assign(&self, file: &str, reading: &mut Reading) {
        let id = reading.call.id.clone();
        let fitting = self.entries.iter().find(|entry| entry.pattern.matches(&id) || entry.pattern.matches(file));
        let roles = fitting.map_or(&self.default, |entry| &entry.roles);
        for (whose, role) in roles {
            let mut met = false;
            for speaker in reading.call.speakers.iter_mut().filter(|speaker| whose.is(speaker, &reading.channels)) {
                (speaker.role, met) = (Some(*role), true);
            }
            if !met {
                let text = format!("the mapping gives the role {} to `{whose}`, who is not in this call", role.words());
                reading.notes.tell(Effect::Remarked, text);
            }
        }
    }
}
