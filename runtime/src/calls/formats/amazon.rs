//! What Amazon's services have in common: the roles that they name, how long they say that a call is, and what is said of
//! files that are no calls. Knows none of their formats.

use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Party};
use crate::calls::place::{Unit, time};
use crate::calls::text;
use crate::fault::Fault;
use grille_evidence::call::Role;
use serde::Deserialize;

/// What they measured of the whole call; only its length is taken.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Characteristics<'a> {
    #[serde(borrow)]
    total_conversation_duration_millis: Option<Decimal<'a>>,
}

impl Characteristics<'_> {
    /// Ends the call where they say that it ends; `place` is the file's part, with its point.
    pub(super) fn end(&self, draft: &mut Draft, place: &str) -> Result<(), Fault> {
        if let Some(stated) = self.total_conversation_duration_millis {
            let place = format_args!("{place}ConversationCharacteristics.TotalConversationDurationMillis");
            draft.end_ms = Some(time(stated, Unit::Milliseconds, place)?);
        }
        Ok(())
    }
}

/// The speaker of this id, with the role that the service names for them; a label that is not known gives none.
pub(super) fn party(draft: &mut Draft, id: &str, label: &str) -> Party {
    let party = draft.party(id);
    let role = match label {
        "AGENT" => Role::Agent,
        "CUSTOMER" => Role::Customer,
        "SUPERVISOR" => Role::Supervisor,
        "SYSTEM" | "CUSTOM_BOT" => Role::Bot,
        _ => return party,
    };
    draft.role(party, role, label);
    party
}

/// Refuses a file of a channel on which nobody speaks; `place` is the file's part, with its point.
pub(super) fn spoken(channel: Option<&str>, place: &str) -> Result<(), Fault> {
    match channel.filter(|channel| !channel.eq_ignore_ascii_case("VOICE")) {
        Some(channel) => Err(not_spoken(channel).at(format!("{place}Channel"))),
        None => Ok(()),
    }
}

/// The file is of a channel on which nobody speaks.
pub(super) fn not_spoken(channel: &str) -> Fault {
    let shown = text::shown(channel, 20);
    let what = match shown.as_str() {
        "CHAT" => "this is a chat: it was written, and nobody spoke".to_owned(),
        _ => format!("this is no call: its channel is `{shown}`"),
    };
    Fault::new(what).mend("give the file of a call, whose channel is `VOICE`")
}

/// An item is neither a word nor a mark.
pub(super) fn other_item(kind: &str) -> Fault {
    let shown = text::shown(kind, 20);
    Fault::new(format!("an item is of the type `{shown}`")).mend("types that are read: `pronunciation`, `punctuation`")
}
