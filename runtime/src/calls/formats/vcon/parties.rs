//! Which speaker of a transcript is which party of the vCon: by channel, or by name. Guesses nothing.

use super::container::{Dialog, Party};
use crate::calls::formats::role_words;
use crate::calls::notes::Effect;
use crate::calls::reading::Reading;
use crate::calls::text;
use std::collections::BTreeMap;

/// Gives each speaker whom the transcript gives no role that of their party, and notes it.
pub fn assign(reading: &mut Reading, dialog: Option<&Dialog<'_>>, parties: &[Party]) {
    let by_channel = by_channel(&reading.channels, dialog);
    for speaker in reading.call.speakers.iter_mut().filter(|speaker| speaker.role.is_none()) {
        let number = by_channel.get(&speaker.id).copied().or_else(|| by_name(&speaker.id, parties));
        let Some((number, party)) = number.and_then(|number| Some((number, parties.get(number)?))) else { continue };
        speaker.role = party.role();
        if let Some(role) = speaker.role {
            let note =
                format!("`{}` is party {number} of the vCon, whose role is {}", shown(&speaker.id), role.words());
            reading.notes.tell(Effect::Remarked, note);
        }
    }
}

/// The party of each speaker, where the recording has a channel for each party and the transcript tells channels. Some
/// services count channels from 0, others from 1: the lowest is the first.
fn by_channel(channels: &BTreeMap<String, u32>, dialog: Option<&Dialog<'_>>) -> BTreeMap<String, usize> {
    let parties = dialog.map(Dialog::parties).unwrap_or_default();
    let mut numbers: Vec<u32> = channels.values().copied().collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() < 2 || numbers.len() != parties.len() {
        return BTreeMap::new();
    }
    let party = |channel: &u32| match parties.get(numbers.binary_search(channel).ok()?)?.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    channels.iter().filter_map(|(speaker, channel)| Some((speaker.clone(), party(channel)?))).collect()
}

/// The only party that is called so.
fn by_name(name: &str, parties: &[Party]) -> Option<usize> {
    let called =
        |party: &Party| party.names.iter().chain(&party.role).any(|own| own.to_lowercase() == name.to_lowercase());
    let mut called = parties.iter().enumerate().filter(|(_, party)| called(party)).map(|(number, _)| number);
    let first = called.next();
    first.filter(|_| called.next().is_none())
}

impl Party {
    /// Their role, if the word for it means one.
    pub fn role(&self) -> Option<grille_evidence::call::Role> {
        self.role.as_deref().and_then(role_words::role)
    }
}

fn shown(text: &str) -> String {
    text::shown(text, 40)
}
