//! Who is who. The call's `subject` is the agent and other agents are colleagues; several agents and no subject have
//! no role, since nobody can tell whom the call is scored for. Must not know words or times.

use grille_evidence::call::{Call, Role};

/// The role of each speaker, in the order of the call. A subject that is not among the speakers is none.
pub(super) fn roles(call: &Call) -> Vec<Option<Role>> {
    let subject = call.subject.as_ref().and_then(|id| call.speakers.iter().position(|s| s.id == *id));
    let several = call.speakers.iter().filter(|s| s.role == Some(Role::Agent)).count() > 1;
    let role = |(at, given): (usize, Option<Role>)| match (subject, given) {
        (Some(subject), _) if subject == at => Some(Role::Agent),
        (Some(_), Some(Role::Agent)) => Some(Role::Colleague),
        (None, Some(Role::Agent)) if several => None,
        _ => given,
    };
    call.speakers.iter().map(|s| s.role).enumerate().map(role).collect()
}
