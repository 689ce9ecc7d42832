//! Giving speakers the roles that the reader decided: by speaker, by channel, or agent and customer exchanged. Guesses
//! nothing, and must not know any format.

mod map;

use crate::calls::reading::Reading;
use crate::fault::Fault;
use grille_evidence::call::{Role, Speaker};
use std::collections::BTreeMap;
use std::fmt;

pub use map::RoleMap;

/// Whose role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// That of the speaker with this id.
    Speaker(String),
    /// That of whoever is heard on this channel of the recording.
    Channel(u32),
}

impl Whose {
    /// From what is written before `=`: `channel:1`, or a speaker's id.
    #[must_use]
    pub fn parse(text: &str) -> Whose {
        match text.strip_prefix("channel:").and_then(|number| number.parse().ok()) {
            Some(channel) => Whose::Channel(channel),
            None => Whose::Speaker(text.to_owned()),
        }
    }

    fn is(&self, speaker: &Speaker, channels: &BTreeMap<String, u32>) -> bool {
        match self {
            Whose::Speaker(id) => speaker.id == *id,
            Whose::Channel(channel) => channels.get(&speaker.id) == Some(channel),
        }
    }
}

impl fmt::Display for Whose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Whose::Speaker(id) => f.write_str(id),
            Whose::Channel(channel) => write!(f, "channel:{channel}"),
        }
    }
}

/// Roles that the reader gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roles {
    /// Who has which; they replace what the file says.
    pub given: Vec<(Whose, Role)>,
    /// Agent and customer are exchanged, before roles are given.
    pub swap: bool,
}

impl Roles {
    /// Gives them.
    ///
    /// # Errors
    /// A [`Fault`] if one is given to nobody, two to one, or there is nothing to exchange.
    pub fn assign(&self, reading: &mut Reading) -> Result<(), Fault> {
        if self.swap {
            swap(&mut reading.call.speakers)?;
        }
        let speakers = &mut reading.call.speakers;
        let mut given: BTreeMap<String, Role> = BTreeMap::new();
        for (whose, role) in &self.given {
            let mut met = false;
            for speaker in speakers.iter_mut().filter(|speaker| whose.is(speaker, &reading.channels)) {
                met = true;
                if given.insert(speaker.id.clone(), *role).is_some_and(|other| other != *role) {
                    let fault = Fault::new(format!("the speaker `{}` is given two roles", speaker.id));
                    return Err(fault.mend("give each speaker one"));
                }
                speaker.role = Some(*role);
            }
            if !met {
                return Err(nobody(whose, speakers, &reading.channels));
            }
        }
        Ok(())
    }
}

fn swap(speakers: &mut [Speaker]) -> Result<(), Fault> {
    let mut swapped = false;
    for speaker in speakers {
        let other = match speaker.role {
            Some(Role::Agent) => Role::Customer,
            Some(Role::Customer) => Role::Agent,
            _ => continue,
        };
        (speaker.role, swapped) = (Some(other), true);
    }
    if swapped {
        return Ok(());
    }
    let fault = Fault::new("there is nothing to swap: the file makes nobody agent or customer");
    Err(fault.mend("give roles with `--role SPEAKER=agent`"))
}

fn nobody(whose: &Whose, speakers: &[Speaker], channels: &BTreeMap<String, u32>) -> Fault {
    let told = |speaker: &Speaker| match channels.get(&speaker.id) {
        Some(channel) => format!("{} (channel:{channel})", speaker.id),
        None => speaker.id.clone(),
    };
    let known: Vec<String> = speakers.iter().map(told).collect();
    let what = match whose {
        Whose::Speaker(id) => format!("a role is given to `{id}`, who is no speaker of this call"),
        Whose::Channel(channel) => {
            format!("a role is given to channel {channel}, on which nobody of this call is heard")
        }
    };
    Fault::new(what).mend(format!("its speakers: {}", known.join(", ")))
}
