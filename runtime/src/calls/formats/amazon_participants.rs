//! What Amazon's services have in common: the roles that they name, and what is said of files that are no calls. Knows
//! none of their formats.

use crate::calls::draft::{Draft, Party};
use crate::fault::Fault;
use grille_evidence::call::Role;

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

/// The file is of a channel on which nobody speaks.
pub(super) fn not_spoken(channel: &str) -> Fault {
    let shown: String = channel.chars().filter(|c| !c.is_control()).take(20).collect();
    let what = match shown.as_str() {
        "CHAT" => "this is a chat: it was written, and nobody spoke".to_owned(),
        _ => format!("this is no call: its channel is `{shown}`"),
    };
    Fault::new(what).mend("give the file of a call, whose channel is `VOICE`")
}

/// An item is neither a word nor a mark.
pub(super) fn other_item(kind: &str) -> Fault {
    let shown: String = kind.chars().filter(|c| !c.is_control()).take(20).collect();
    Fault::new(format!("an item is of the type `{shown}`")).mend("types that are read: `pronunciation`, `punctuation`")
}
