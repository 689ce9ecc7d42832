//! W0106: numbers of a scorecard that cannot matter. Knows scorecards as written and as checked, and no verdicts.

use grille_evidence::scorecard::{CriticalSpec, EntrySpec, ScorecardSpec};
use grille_grammar::ast::{Critical, Entry, Scorecard};
use grille_grammar::diagnostic::{Code, Diagnostic};
use grille_grammar::source::Span;

/// The findings on a scorecard all of whose lines are sound.
#[must_use]
pub fn findings(written: &Scorecard, spec: &ScorecardSpec) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let sections = || written.sections.iter().zip(&spec.sections);
    let entries =
        sections().flat_map(|(w, s)| w.entries.iter().zip(&s.entries)).chain(written.bonus.iter().zip(&spec.bonus));
    entries.for_each(|(entry, spec)| found.extend(partly_as_met(entry, spec)));
    for (section, spec_of) in sections() {
        criticals(&section.criticals, &spec_of.criticals, &mut found);
        for (critical, own) in section.criticals.iter().zip(&spec_of.criticals) {
            if spec.criticals.iter().any(|whole| whole.criterion == own.criterion && whole.score.0 == 0) {
                let why = "the same criterion already takes the whole score to 0";
                found.push(cannot_matter("this critical of a section", why, critical.span));
            }
        }
    }
    criticals(&written.criticals, &spec.criticals, &mut found);
    found
}

fn partly_as_met(entry: &Entry, spec: &EntrySpec) -> Option<Diagnostic> {
    let (partly, first) = (entry.partly.first()?, spec.partly.first()?);
    (*first == spec.points && first.0 > 0)
        .then(|| cannot_matter("whether it is met or partly met", "both are worth the same", partly.span))
}

/// A critical at 100 %, and one of the same criterion that a lower one makes idle.
fn criticals(written: &[Critical], specs: &[CriticalSpec], found: &mut Vec<Diagnostic>) {
    for (place, (critical, spec)) in written.iter().zip(specs).enumerate() {
        let lower = |(other, known): (usize, &CriticalSpec)| {
            let same = other != place && known.criterion == spec.criterion;
            same && (known.score < spec.score || (known.score == spec.score && other < place))
        };
        if spec.score.0 >= 100_000 {
            found.push(cannot_matter("this critical", "it takes nothing away", critical.span));
        } else if specs.iter().enumerate().any(lower) {
            found.push(cannot_matter(
                "this critical",
                "another of the same criterion takes as much or more",
                critical.span,
            ));
        }
    }
}

/// What says of a line that it changes no score.
pub(super) fn cannot_matter(what: &str, why: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::W0106, format!("{what} cannot matter: {why}"), span, "changes no score")
        .help("take it out, or give it a number that changes something")
}
