//! W0106: a bonus that can never show, because it is never earned, or because the score is full wherever it is. Each
//! criterion is taken to fall as it can by itself, whatever the others do. Knows no calls.

use super::View;
use super::reach::{self, Way};
use super::weights::cannot_matter;
use grille_evidence::scorecard::{EntrySpec, Points, ScorecardSpec};
use grille_evidence::truth::Verdict;
use grille_grammar::diagnostic::Diagnostic;
use grille_grammar::source::Span;

/// A verdict, and the step of partly met.
type Fall = (Verdict, Option<usize>);

/// The findings on a scorecard whose lines of bonus stand at these places.
#[must_use]
pub fn findings(view: &View<'_>, card: &ScorecardSpec, places: &[Span]) -> Vec<Diagnostic> {
    let lines = card.bonus.iter().zip(places);
    lines.filter_map(|(bonus, place)| Some(cannot_matter("this bonus", idle(view, card, bonus)?, *place))).collect()
}

/// Why it can never show, if it cannot.
fn idle(view: &View<'_>, card: &ScorecardSpec, bonus: &EntrySpec) -> Option<&'static str> {
    let mut earned = falls(view, bonus.criterion)?;
    earned.retain(|fall| worth(bonus, *fall).is_some_and(|points| points.0 > 0));
    if earned.is_empty() {
        return Some("its criterion never comes to anything that earns it");
    }
    for entry in card.sections.iter().flat_map(|section| &section.entries) {
        let falls =
            if same(view, entry.criterion, bonus.criterion) { earned.clone() } else { falls(view, entry.criterion)? };
        if falls.iter().any(|fall| worth(entry, *fall).is_some_and(|points| points < entry.points)) {
            return None;
        }
    }
    for critical in card.sections.iter().flat_map(|section| &section.criticals) {
        let apart = !same(view, critical.criterion, bonus.criterion);
        if apart && falls(view, critical.criterion)?.iter().any(|(verdict, _)| *verdict == Verdict::NotMet) {
            return None;
        }
    }
    Some("nothing is lost that it could make up, wherever it is earned")
}

/// What a criterion can come to; none where that is too much to try.
fn falls(view: &View<'_>, criterion: usize) -> Option<Vec<Fall>> {
    let ways = reach::ways(view, view.plan.criteria.get(criterion)?)?;
    Some(ways.iter().filter_map(fall).collect())
}

fn fall(way: &Way) -> Option<Fall> {
    let (verdicts, steps) = reach::verdicts(std::slice::from_ref(way));
    Some((verdicts.told()?, steps.told()))
}

/// The points of an entry; none where it leaves the score.
fn worth(entry: &EntrySpec, (verdict, step): Fall) -> Option<Points> {
    match verdict {
        Verdict::Met => Some(entry.points),
        Verdict::PartlyMet => step.and_then(|step| entry.partly.get(step)).copied(),
        Verdict::NotMet => Some(Points(0)),
        Verdict::NotApplicable => None,
    }
}

/// Do two criteria mean the same, whatever they are called?
fn same(view: &View<'_>, one: usize, other: usize) -> bool {
    let hash = |index: usize| view.plan.criteria.get(index).map(|criterion| &criterion.info.hash);
    one == other || hash(one) == hash(other)
}
