//! Evidence: moments as a trace cites them, by number and interval.

use super::Explainer;
use grille_evidence::moment::{Moment, MomentSet, Zone};
use grille_evidence::trace::{Amount, AmountUnit, Evidence};

/// As many moments are cited, at most, for one node.
const MOST_CITED: usize = 20;

impl Explainer<'_> {
    /// A moment as evidence.
    pub(crate) fn evidence(&self, moment: &Moment) -> Evidence {
        let words = moment.words().or_else(|| self.words_inside(moment));
        let span = words.and_then(|(first, last)| self.facts.words.get(first as usize..=last as usize));
        let number = |index: u32| self.facts.words.get(index as usize).map(|w| w.number);
        let confidences = span.unwrap_or_default().iter().map(|w| w.confidence).filter(|c| *c != u32::MAX);
        Evidence {
            speaker: self.speaker(moment),
            words: words.and_then(|(first, last)| Some((number(first)?, number(last)?))),
            event: moment.event(),
            start_ms: moment.start,
            end_ms: moment.end,
            confidence: confidences.min(),
            sure: moment.is_sure(),
        }
    }

    /// Of a stretch of somebody's speech without words of its own: their words that lie in it.
    fn words_inside(&self, moment: &Moment) -> Option<(u32, u32)> {
        let speaker = self.facts.speakers.get(moment.origin.as_speaker()?)?;
        let mut inside = speaker.words.clone().filter(|index| {
            let word = self.facts.words.get(*index as usize);
            word.is_some_and(|w| moment.start <= w.start && w.end <= moment.end)
        });
        let first = inside.next()?;
        Some((first, inside.next_back().unwrap_or(first)))
    }

    fn speaker(&self, moment: &Moment) -> Option<String> {
        let speaker = self.facts.speakers.get(moment.origin.as_speaker()?)?;
        Some(speaker.id.clone())
    }

    /// A stretch without a moment as evidence.
    pub(crate) fn stretch(&self, zone: Zone) -> Evidence {
        Evidence {
            speaker: None,
            words: None,
            event: None,
            start_ms: zone.0,
            end_ms: zone.1,
            confidence: None,
            sure: false,
        }
    }

    /// The longest of the leftmost, none overlapping; sure ones if there are any.
    pub(crate) fn cite(&self, set: &MomentSet) -> Vec<Evidence> {
        let any_sure = set.sure().next().is_some();
        let mut cited: Vec<Moment> = Vec::new();
        for moment in set.moments.iter().filter(|m| m.is_sure() || !any_sure) {
            match cited.last_mut() {
                Some(last) if last.start == moment.start && last.origin == moment.origin => *last = *moment,
                Some(last) if moment.start < last.end && last.origin == moment.origin => {}
                _ => cited.push(*moment),
            }
        }
        cited.iter().take(MOST_CITED).map(|m| self.evidence(m)).collect()
    }
}

/// Milliseconds.
pub(crate) fn millis(value: i64) -> Amount {
    Amount { value, unit: AmountUnit::Milliseconds }
}

/// A duration as an author would write it.
pub(crate) fn in_words(millis: i32) -> String {
    match millis {
        whole if whole % 60_000 == 0 => format!("{} min", whole / 60_000),
        whole if whole % 1000 == 0 => format!("{} s", whole / 1000),
        other => format!("{other} ms"),
    }
}

/// A number of moments.
pub(crate) fn moments(value: i64) -> Amount {
    Amount { value, unit: AmountUnit::Count }
}
