//! Which moments are of somebody's words, and whose: filters that speak of speakers and their words stand behind these
//! alone.

use super::{Checker, messages};
use crate::checked::{Filter, Moments, MomentsKind};
use grille_evidence::call::Role;
use grille_grammar::source::Span;

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Roles(u8);

impl Roles {
    /// One.
    pub(crate) fn of(role: Role) -> Roles {
        Roles(1 << role as u8)
    }

    fn with(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }

    fn share_one(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }
}

impl Checker<'_> {
    /// Whose words these moments are; none if they are not words.
    pub(crate) fn spoken(&self, moments: &Moments, it: Option<Roles>) -> Option<Roles> {
        match &moments.kind {
            MomentsKind::Named(index) => self.spoken(&self.program.moments.get(*index)?.value, None),
            MomentsKind::Says(says) => Some(Roles::of(says.role)),
            MomentsKind::Turn(role) | MomentsKind::Question(role) | MomentsKind::Interrupts(role, ..) => {
                Some(Roles::of(*role))
            }
            MomentsKind::It => it,
            MomentsKind::Filter(base, _) | MomentsKind::Except(base, _) | MomentsKind::Ordinal(_, base) => {
                self.spoken(base, it)
            }
            MomentsKind::Union(parts) => {
                parts.iter().try_fold(Roles::default(), |all, part| Some(all.with(self.spoken(part, it)?)))
            }
            MomentsKind::Event(_)
            | MomentsKind::Silence
            | MomentsKind::Overlap
            | MomentsKind::Conversation
            | MomentsKind::SpeechActivity(_)
            | MomentsKind::ResponseGap(_)
            | MomentsKind::Minus(..)
            | MomentsKind::Phase(..)
            | MomentsKind::Then(..) => None,
        }
    }

    /// Only what somebody says can be answered, or left open.
    fn asked_by_somebody(&mut self, base: &Moments, filter: &str, span: Span, it: Option<Roles>) -> Option<()> {
        let spoken = self.spoken(base, it).map(|_| ());
        if spoken.is_none() {
            let help = "only what one person says has somebody who may answer it: write it after `says`, `asks`, `question of` or `turn of`";
            self.report(messages::unfit_filter(filter, help, span));
        }
        spoken
    }

    /// Does the filter fit what it stands behind? Reports where it does not.
    pub(crate) fn suits(&mut self, base: &Moments, filter: &Filter, span: Span, it: Option<Roles>) -> Option<()> {
        let right = match filter {
            Filter::Answered { negated, .. } => {
                let word = if *negated { "unanswered" } else { "answered" };
                return self.asked_by_somebody(base, word, span, it);
            }
            Filter::LeftOpen(_) => return self.asked_by_somebody(base, "left open", span, it),
            Filter::Words { right, .. } => right,
            _ => return Some(()),
        };
        let (left, other) = (self.spoken(base, it), self.spoken(right, it));
        let help = "only what somebody says has words: it stands between two of `says`, `asks`, `turn of` and `question of`; for time write `within 5 s before …` or `within 5 s after …`";
        let Some(left) = left else {
            self.report(messages::unfit_filter("within … words of", help, span));
            return None;
        };
        let Some(other) = other else {
            self.report(messages::wrong_type("nothing that anybody says", "something said", help, right.span));
            return None;
        };
        if !left.share_one(other) {
            let what =
                "two people never say the words of one another, so none of these are ever within words of each other";
            let help = "distances in words are between words of one person; for time write `within 5 s before …` or `within 5 s after …`";
            self.report(messages::empty_window(what, help, span));
            return None;
        }
        Some(())
    }
}
