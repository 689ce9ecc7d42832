//! Moments and sets of them: intervals on the call's clock with who or what they are. The layout is C's, since
//! machine code writes it. Knows nothing of how they are found.

use crate::call::EventKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who or what a moment is of: a speaker by number, or a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[repr(transparent)]
pub struct Origin(pub u32);

impl Origin {
    const KINDS: u32 = 0x1_0000;
    const OWN: u32 = 0x2_0000;
    /// A stretch in which nobody speaks.
    pub const SILENCE: Origin = Origin(Self::KINDS + 0x100);
    /// A stretch in which two speak.
    pub const OVERLAP: Origin = Origin(Self::KINDS + 0x101);
    /// A chain of `then`.
    pub const SEQUENCE: Origin = Origin(Self::KINDS + 0x102);
    /// A phase of the call.
    pub const PHASE: Origin = Origin(Self::KINDS + 0x103);
    /// The conversation.
    pub const CONVERSATION: Origin = Origin(Self::KINDS + 0x104);

    /// A speaker.
    #[must_use]
    pub fn speaker(index: usize) -> Origin {
        Origin(u32::try_from(index).unwrap_or(Self::KINDS - 1).min(Self::KINDS - 1))
    }

    /// An event.
    #[must_use]
    pub fn event(kind: EventKind) -> Origin {
        Origin(Self::KINDS + kind as u32)
    }

    /// An event of a declared kind, by the number of its kind in the facts.
    #[must_use]
    pub fn own_event(kind: usize) -> Origin {
        Origin(Self::OWN.saturating_add(u32::try_from(kind).unwrap_or(u32::MAX)))
    }

    /// The number of the declared kind, if it is an event of one.
    #[must_use]
    pub fn as_own_event(self) -> Option<usize> {
        self.0.checked_sub(Self::OWN).map(|kind| kind as usize)
    }

    /// The kind of event, if it is one that every call can hold.
    #[must_use]
    pub fn as_event(self) -> Option<EventKind> {
        EventKind::ALL.into_iter().find(|kind| Origin::event(*kind) == self)
    }

    /// The speaker's number, if it is a speaker.
    #[must_use]
    pub fn as_speaker(self) -> Option<usize> {
        (self.0 < Self::KINDS).then_some(self.0 as usize)
    }
}

/// Stands for "no word" in [`Moment::first`] and [`Moment::last`].
pub const NO_WORD: u32 = u32::MAX;

/// A moment: a half-open interval in milliseconds, whose it is, and the words it begins and ends with.
///
/// `start` and `end` are as the source gives them; where times are spread, the true start lies in
/// `[start_lo, start_hi]` and the true end in `[end_lo, end_hi]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Moment {
    /// First millisecond.
    pub start: i32,
    /// One past the last millisecond.
    pub end: i32,
    /// Speaker or kind.
    pub origin: Origin,
    /// First word (index into the facts' words), or [`NO_WORD`]; of an event, its number in the call.
    pub first: u32,
    /// Last word, or [`NO_WORD`].
    pub last: u32,
    /// The earliest word it may begin with: [`first`](Self::first), unless some words before may belong to it, too.
    pub first_lo: u32,
    /// The latest word it may end with: [`last`](Self::last), unless some words after may belong to it, too.
    pub last_hi: u32,
    /// Earliest possible start.
    pub start_lo: i32,
    /// Latest possible start.
    pub start_hi: i32,
    /// Earliest possible end.
    pub end_lo: i32,
    /// Latest possible end.
    pub end_hi: i32,
    /// 1 if surely there, 0 if maybe.
    pub sure: u32,
    /// Of a stretch of the call that is nobody's: the words at its edges.
    pub edges: Edges,
}

/// A word at an edge of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct EdgeWord {
    /// Whose.
    pub speaker: Origin,
    /// Which (index into the facts' words).
    pub word: u32,
}

/// The word that a stretch begins with, and the first one after it; none where that is no word, or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Edges {
    /// The first word in it.
    pub first: Option<EdgeWord>,
    /// The first word after it.
    pub next: Option<EdgeWord>,
}

impl Moment {
    /// A sure moment without words, its times exact.
    #[must_use]
    pub fn exact(start: i32, end: i32, origin: Origin) -> Moment {
        Moment {
            start,
            end,
            origin,
            first: NO_WORD,
            last: NO_WORD,
            first_lo: NO_WORD,
            last_hi: NO_WORD,
            start_lo: start,
            start_hi: start,
            end_lo: end,
            end_hi: end,
            sure: 1,
            edges: Edges::default(),
        }
    }

    /// The event with this number in its call, its times exact.
    #[must_use]
    pub fn of_event(start: i32, end: i32, origin: Origin, number: u32) -> Moment {
        Moment { first: number, ..Moment::exact(start, end, origin) }
    }

    /// The number of the event that it is, if it is one.
    #[must_use]
    pub fn event(&self) -> Option<u32> {
        let is_event = self.origin.as_event().is_some() || self.origin.as_own_event().is_some();
        (is_event && self.first != NO_WORD).then_some(self.first)
    }

    /// Is it surely there?
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.sure == 1
    }

    /// The order of moments: start, end, origin, first word, last word.
    #[must_use]
    pub fn key(&self) -> (i32, i32, u32, u32, u32) {
        (self.start, self.end, self.origin.0, self.first, self.last)
    }

    /// May it hold more words than those that it surely holds?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.words().is_some() && (self.first_lo != self.first || self.last_hi != self.last)
    }

    /// Its words, if it has any: those that it surely holds.
    #[must_use]
    pub fn words(&self) -> Option<(u32, u32)> {
        (self.first != NO_WORD && self.last != NO_WORD).then_some((self.first, self.last))
    }

    /// The same, sure only if both it and `also` are.
    #[must_use]
    pub fn sure_if(mut self, also: bool) -> Moment {
        self.sure &= u32::from(also);
        self
    }
}

/// A stretch of the call in which a moment could lie that is not listed.
pub type Zone = (i32, i32);

/// A finite set of moments in their order, without duplicates, and where others could hide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MomentSet {
    /// The listed moments, ordered by [`Moment::key`]. Their times' order is the source's.
    pub moments: Vec<Moment>,
    /// Where an unlisted one could lie: every hidden moment lies wholly inside one of these. Ordered, disjoint.
    pub dark: Vec<Zone>,
}

impl MomentSet {
    /// Puts moments in order, joins duplicates (sure if one of them is), joins overlapping dark zones.
    #[must_use]
    pub fn new(mut moments: Vec<Moment>, dark: Vec<Zone>) -> MomentSet {
        moments.sort_by_key(|m| (m.key(), std::cmp::Reverse(m.sure)));
        moments.dedup_by_key(|m| m.key());
        MomentSet { moments, dark: merge_zones(dark) }
    }

    /// Those surely there.
    pub fn sure(&self) -> impl Iterator<Item = &Moment> {
        self.moments.iter().filter(|m| m.is_sure())
    }
}

/// Orders zones, drops empty ones and joins those that overlap (touching ones stay apart: a hidden moment lies in one).
#[must_use]
pub fn merge_zones(mut zones: Vec<Zone>) -> Vec<Zone> {
    zones.retain(|z| z.0 < z.1);
    zones.sort_unstable();
    let mut merged: Vec<Zone> = Vec::with_capacity(zones.len());
    for zone in zones {
        match merged.last_mut() {
            Some(last) if zone.0 < last.1 => last.1 = last.1.max(zone.1),
            _ => merged.push(zone),
        }
    }
    merged
}
