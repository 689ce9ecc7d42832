//! Roles that are written out: `Agent`, `Customer (Juan)`, `conseillère`. Knows no format, and guesses nothing: a word that
//! can mean two roles, such as `caller`, means none.

use grille_evidence::call::Role;

const WORDS: [(Role, &[&str]); 4] = [
    (Role::Agent, &["agent", "adviser", "advisor", "representative", "conseiller", "conseillère", "conseillere"]),
    (Role::Customer, &["customer", "client", "cliente", "consumer"]),
    (Role::Supervisor, &["supervisor", "superviseur", "superviseuse"]),
    (Role::Bot, &["bot", "ivr", "ai"]),
];

/// The role that a label names, alone or before a number or a bracket: `Agent`, `agent 2`, `Customer (Juan)`.
pub(super) fn role(label: &str) -> Option<Role> {
    let label = label.trim().to_lowercase();
    let (word, after) = label.split_at_checked(label.find(|c: char| !c.is_alphabetic()).unwrap_or(label.len()))?;
    let after = after.trim_start_matches([' ', '_', '-', '#']);
    let alone = after.starts_with('(') || after.bytes().all(|byte| byte.is_ascii_digit());
    WORDS.iter().find(|(_, words)| alone && words.contains(&word)).map(|(role, _)| *role)
}

#[cfg(test)]
mod tests {
    use super::{Role, role};

    #[test]
    fn roles_are_known_by_their_words_only() {
        for label in ["Agent", "AGENT", " agent 2", "Agent (Sophie)", "agent_1", "Conseillère"] {
            assert_eq!(role(label), Some(Role::Agent), "{label}");
        }
        assert_eq!(role("Customer (Juan)"), Some(Role::Customer));
        assert_eq!(role("AI"), Some(Role::Bot));
        for label in
            ["Caller", "Sophie", "agents", "agent of change", "real estate agent", "", "SPEAKER_00", "Agent Smith"]
        {
            assert_eq!(role(label), None, "{label}");
        }
    }
}
