//! Ids for voices that a file tells apart by channel, by speaker, or by both. Knows no format.

use crate::calls::draft::{Draft, NOBODY, Party};
use crate::calls::notes::{Effect, Remark};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// What is noted of words that nobody is named for, beside others of which somebody is.
pub(super) static UNNAMED: Remark = Remark {
    effect: Effect::Assumed,
    one: "word or turn of which the file does not say who says it, beside others of which it does",
    many: "words or turns of which the file does not say who says them, beside others of which it does",
    done: "given to a speaker `unknown` without a role",
};

/// How a voice is named in a file: its channel, and its speaker's label.
pub(super) type Voice<'a> = (Option<u32>, Option<&'a str>);

/// The voices of a file. Speakers' labels are taken as ids, numbers with `speaker` before them; channels are where there
/// are none, and before them where one label is met on several channels.
#[derive(Debug)]
pub(super) struct Voices {
    channels: BTreeSet<u32>,
    labelled: bool,
    both: bool,
}

impl Voices {
    /// From all voices of a file.
    pub(super) fn of<'a>(voices: impl Iterator<Item = Voice<'a>>) -> Voices {
        let mut on: BTreeMap<&str, u32> = BTreeMap::new();
        let mut found = Voices { channels: BTreeSet::new(), labelled: false, both: false };
        for (channel, label) in voices {
            found.channels.extend(channel);
            found.labelled |= label.is_some();
            if let (Some(channel), Some(label)) = (channel, label) {
                found.both |= *on.entry(label).or_insert(channel) != channel;
            }
        }
        found
    }

    /// Can two be shown speaking at once? If they are heard on channels of their own.
    pub(super) fn overlap(&self) -> bool {
        self.channels.len() > 1
    }

    /// The speaker with this voice.
    pub(super) fn party(&self, draft: &mut Draft, (channel, label): Voice<'_>, place: impl Display) -> Party {
        let channel = channel.filter(|_| self.overlap());
        let numbered = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
        let id = match (channel, label) {
            (Some(channel), Some(label)) if self.both => format!("channel {channel} speaker {label}"),
            (_, Some(label)) if numbered(label) => format!("speaker {label}"),
            (_, Some(label)) => label.to_owned(),
            (Some(channel), None) => format!("channel {channel}"),
            (None, None) => {
                if self.labelled || self.overlap() {
                    draft.notes.count(&UNNAMED, place);
                }
                NOBODY.to_owned()
            }
        };
        let party = draft.party(&id);
        if let Some(channel) = channel {
            draft.channel(party, channel);
        }
        party
    }
}
