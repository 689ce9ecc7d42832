//! What a scorecard comes to on one call: points added up exactly, and the trace that derives the sum. Must not know
//! how verdicts came about, nor calls.
//!
//! Each entry contributes (earned, possible): met (points, points), partly met (partly, points), not met (0, points),
//! not applicable (0, 0). Points are added over all sections, never averaged; the score is 100 · earned / possible.
//! Where nothing is possible there is no score, and no critical makes one. A critical that strikes takes the score down
//! to its share, never up. Verdicts that cannot be told leave every choice open, those of one criterion together.

mod choices;
mod grades;
mod interval;
mod outcome;
mod show;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use choices::{struck, tally, verdicts};
use grille_evidence::executable::CriterionInfo;
use grille_evidence::outcome::Evaluation;
use grille_evidence::scorecard::{CriticalSpec, EntrySpec, ScorecardSpec};
use grille_evidence::trace::{CriticalLine, EntryLine, ScoreTrace, SectionLine};

pub use grades::LISTED_SUMS;
pub use show::show;

/// What a scorecard comes to, line by line. `criteria` and `evaluation` are the program's, in one order;
/// `trusted_unrated_words` says that recognised words without confidences were counted as heard, and is passed on.
///
/// Grades are those that a reachable score falls into, each score looked at where there are at most [`LISTED_SUMS`]
/// sums of points, else those that the interval of scores touches.
#[must_use]
pub fn score(
    spec: &ScorecardSpec,
    criteria: &[CriterionInfo],
    evaluation: &Evaluation,
    trusted_unrated_words: bool,
) -> ScoreTrace {
    let named = |criterion: usize| criteria.get(criterion).map_or(String::new(), |info| info.name.clone());
    let choices = choices::all(spec, evaluation);
    let result = outcome::result(&choices);
    let entry = |entry: &EntrySpec| entry_line(entry, named(entry.criterion), evaluation);
    let sections = spec.sections.iter().map(|section| SectionLine {
        title: section.title.clone(),
        entries: section.entries.iter().map(entry).collect(),
    });
    let critical = |critical: &CriticalSpec| critical_line(critical, named(critical.criterion), evaluation);
    ScoreTrace {
        scorecard: spec.name.clone(),
        title: spec.title.clone(),
        version: spec.version.clone(),
        purpose: spec.purpose,
        hash: spec.hash.clone(),
        sections: sections.collect(),
        criticals: spec.criticals.iter().map(critical).collect(),
        grades: grades::possible(&spec.grades, &choices, &result),
        result,
        trusted_unrated_words,
    }
}

fn entry_line(entry: &EntrySpec, criterion: String, evaluation: &Evaluation) -> EntryLine {
    let verdicts = verdicts(evaluation, entry.criterion);
    let fit = |points: i128| i64::try_from(points).unwrap_or(i64::MAX);
    let points = |verdict| {
        let tally = tally(entry, verdict);
        (fit(tally.earned), fit(tally.possible))
    };
    EntryLine { criterion, verdicts, points: verdicts.iter().map(points).collect() }
}

fn critical_line(critical: &CriticalSpec, criterion: String, evaluation: &Evaluation) -> CriticalLine {
    let verdicts = verdicts(evaluation, critical.criterion);
    CriticalLine { criterion, verdicts, score: critical.score.0, struck: struck(verdicts) }
}
