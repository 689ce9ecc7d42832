//! What a call's source can never tell, in general: without criteria, and without looking at single words.

use super::Lack;
use grille_evidence::call::{Call, EventKind, Role, TimeOrigin};

/// Everything that cannot be told, the most grave first.
pub(super) fn of(call: &Call) -> Vec<Lack> {
    let mut lacks = Vec::new();
    roles(call, &mut lacks);
    let source = &call.source;
    if super::all(call).all(|word| !word.kind.is_plain()) {
        let because = "no word of it was written down".to_owned();
        lacks.push(Lack { what: "what anybody says", because });
    } else if super::is_unrated(source) {
        lacks.push(Lack {
            what: "that something was not said (unless a scorecard is used for training)",
            because: "words are recognised, and how surely is not said".to_owned(),
        });
    }
    match source.times {
        TimeOrigin::Measured => {}
        TimeOrigin::Spread => lacks.push(Lack {
            what: "exactly when a word is said, and short waits between words",
            because: "only stretches of words have times".to_owned(),
        }),
        TimeOrigin::Turns => lacks.push(Lack {
            what: "exactly when a word is said, and waits between turns",
            because: "only turns have times, and these are rough".to_owned(),
        }),
    }
    if !source.overlap {
        lacks.push(Lack {
            what: "who interrupts whom, and who speaks at once",
            because: "overlap cannot be seen in this source".to_owned(),
        });
    }
    let missing: Vec<&str> =
        EventKind::ALL.into_iter().filter(|kind| !source.events.contains(kind)).map(EventKind::words).collect();
    if !missing.is_empty() {
        let because = format!("the source does not record: {}", missing.join(", "));
        lacks.push(Lack { what: "whether and when certain things happened", because });
    }
    if source.attributes.is_empty() {
        lacks.push(Lack {
            what: "queue, waiting time and the like",
            because: "no attributes are known; give them with `--attributes`".to_owned(),
        });
    }
    lacks
}

fn roles(call: &Call, lacks: &mut Vec<Lack>) {
    let of = |role: Role| call.speakers.iter().filter(|speaker| speaker.role == Some(role)).count();
    let unknown: Vec<&str> =
        call.speakers.iter().filter(|speaker| speaker.role.is_none()).map(|speaker| speaker.id.as_str()).collect();
    if of(Role::Agent) > 1 && call.subject.is_none() {
        lacks.push(Lack {
            what: "what the agent says or does",
            because: "several speakers are agents, and the call does not say whom it is scored for".to_owned(),
        });
    } else if of(Role::Agent) == 0 {
        lacks.push(Lack { what: "what the agent says or does", because: "nobody is known to be the agent".to_owned() });
    }
    if of(Role::Customer) == 0 {
        let because = "nobody is known to be the customer".to_owned();
        lacks.push(Lack { what: "what the customer says or does", because });
    }
    if !unknown.is_empty() && of(Role::Agent) == 1 {
        let because = format!("nobody knows who {} may be", unknown.join(", "));
        lacks.push(Lack { what: "that the agent, or the customer, did not say something", because });
    }
}
