//! Limits on scorecards that keep scores exact and quick where verdicts cannot be told. Decides no score.

use super::{Checker, messages};
use grille_evidence::scorecard::{MOST_JOINT_WAYS, MOST_SUMS, ScorecardSpec, SectionSpec};
use grille_grammar::ast::Scorecard;

impl Checker<'_> {
    pub(crate) fn limits(&mut self, scorecard: &Scorecard, spec: &ScorecardSpec) {
        for (section, written) in spec.sections.iter().zip(&scorecard.sections) {
            if section.criticals.iter().any(|c| (1..100_000).contains(&c.score.0)) && sums(section) > MOST_SUMS {
                let what = format!("the points of this section can add up to more than {MOST_SUMS} different sums");
                let help = "a critical that takes a section to a share needs points in coarser steps, for instance whole points";
                self.report(messages::entangled(&what, help, written.title.span));
            }
        }
        let shared: Vec<usize> = spec.shared();
        let steps = |index: &usize| self.program.criteria.get(*index).map_or(0, |c| c.partly.len());
        let ways = shared.iter().fold(1usize, |all, index| all.saturating_mul(4 + steps(index)));
        if ways > MOST_JOINT_WAYS {
            let names: Vec<String> =
                shared.iter().filter_map(|i| self.program.criteria.get(*i)).map(|c| c.name.clone()).collect();
            let what = format!(
                "too many criteria ({}) stand both inside and outside sections with a condition or a critical",
                names.len()
            );
            let help = format!("take some of them out of one of their places: {}", messages::listed(&names));
            self.report(messages::entangled(&what, &help, scorecard.name.span));
        }
    }
}

/// How many different sums the points of a section can have, at most.
fn sums(section: &SectionSpec) -> usize {
    let points = section.entries.iter().map(|e| e.points.0);
    let (total, step) = points.fold((0i64, 0i64), |(total, step), p| (total.saturating_add(p), divisor(step, p)));
    usize::try_from(total.checked_div(step).unwrap_or(0)).unwrap_or(usize::MAX).saturating_add(1)
}

fn divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { divisor(b, a % b) }
}
