//! What a scorecard comes to on one call: points added up exactly, and the trace that derives the sum. Must not know
//! how verdicts came about, nor calls.
//!
//! The steps, in this order, each a line of the trace:
//!
//! 1. Partial credit: each entry contributes (earned, possible): met (points, points), partly met (what its step is worth,
//!    points), not met (0, points), not applicable (0, 0).
//! 2. Criticals of a section that strike take what it earned down to their share of what is possible in it.
//! 3. Sections: points are added, never averaged. One whose `applies when` is not so leaves both sums.
//! 4. Bonus: points earned, none possible; the score is 100 · earned / possible and at most 100 %.
//! 5. Criticals of the whole that strike take the score down to their share, never up.
//! 6. Grades.
//!
//! Where nothing is possible there is no score, and neither a bonus nor a critical makes one. Verdicts that cannot be told
//! leave every choice open, those of one criterion together.

mod choices;
mod grades;
mod interval;
mod lines;
mod outcome;
mod section;
mod show;
mod worlds;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use choices::{Choice, Choices};
use grille_evidence::executable::CriterionInfo;
use grille_evidence::outcome::Evaluation;
use grille_evidence::scorecard::ScorecardSpec;
use grille_evidence::trace::{ScoreResult, ScoreTrace};
use grille_evidence::truth::Truth;
use lines::Lines;
use worlds::World;

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
    let worlds = worlds::all(spec, evaluation);
    let sure = choices::sure_cap(spec, evaluation);
    let result = outcome::result(&worlds, sure);
    let lines = Lines { criteria, evaluation };
    let criticals: Vec<_> = spec.criticals.iter().map(|critical| lines.critical(critical, Truth::Yes)).collect();
    let strikes = criticals.iter().any(|critical| critical.struck != Truth::No);
    let sections = spec.sections.iter().enumerate().map(|(number, section)| lines.section(section, number, &worlds));
    ScoreTrace {
        scorecard: spec.name.clone(),
        title: spec.title.clone(),
        version: spec.version.clone(),
        purpose: spec.purpose,
        hash: spec.hash.clone(),
        sections: sections.collect(),
        points: lines::points(spec, &worlds),
        bonus: spec.bonus.iter().map(|entry| lines.entry(entry, true)).collect(),
        before_criticals: strikes.then(|| before_criticals(&worlds)),
        criticals,
        grades: grades::possible(&spec.grades, &worlds, sure, &result),
        result,
        trusted_unrated_words,
    }
}

/// The score without the criticals of the whole.
fn before_criticals(worlds: &[World]) -> ScoreResult {
    let without = |choices: &Choices| choices.iter().map(|choice| Choice { cap: None, ..*choice }).collect();
    let world = |world: &World| World { parts: world.parts.iter().map(without).collect(), sections: Vec::new() };
    outcome::result(&worlds.iter().map(world).collect::<Vec<_>>(), None)
}
