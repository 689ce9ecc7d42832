//! What tests have seen of each condition: that it held, that it did not, that it could not be told. A test counts for the
//! criteria of which it expects something.

use super::results::{Place, place};
use super::{Suite, Tested};
use crate::exit::Failure;
use crate::render::ink;
use grille_compiler::coverage::Seen;
use grille_evidence::expectation::Expectation;
use grille_evidence::truth::Truth;
use grille_grammar::source::Span;
use grille_runtime::assess::assess;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Of one file.
#[derive(Serialize)]
pub struct Covered {
    file: String,
    leaves: Vec<Leaf>,
}

/// One condition without conditions inside, or the occasions of a `whenever`.
#[derive(Serialize)]
struct Leaf {
    criterion: String,
    place: Place,
    yes: u32,
    no: u32,
    cannot_tell: u32,
}

impl Covered {
    /// What the tests that were run have seen of a file's criteria.
    pub fn of(suite: &Suite, tested: &Tested) -> Result<Covered, Failure> {
        let file = suite.sources.files().first().map(|file| file.id);
        let mut seen: BTreeMap<usize, Vec<(Span, Seen)>> = BTreeMap::new();
        for (index, criterion) in suite.checked.criteria.iter().enumerate() {
            if Some(criterion.span.file) == file {
                let places = suite.interpreter.leaves(index).into_iter();
                seen.insert(index, places.map(|place| (place, Seen::default())).collect());
            }
        }
        for (index, call) in tested {
            let Some(test) = suite.checked.tests.get(*index) else { continue };
            for (criterion, scorecard) in concerned(suite, &test.case.expectations) {
                let assessment = assess(&suite.interpreter, call, scorecard).map_err(|f| Failure(f.to_string()))?;
                let outcomes = suite.interpreter.coverage(&assessment.facts, criterion)?;
                if let Some(known) = seen.get_mut(&criterion) {
                    known.iter_mut().zip(outcomes).for_each(|((_, all), outcome)| all.join(outcome.seen));
                }
            }
        }
        let mut leaves = Vec::new();
        for (index, known) in seen {
            let criterion = suite.checked.criteria.get(index).map(|c| c.name.clone()).unwrap_or_default();
            leaves.extend(known.into_iter().map(|(span, Seen { yes, no, cannot_tell })| Leaf {
                criterion: criterion.clone(),
                place: place(span, &suite.sources),
                yes,
                no,
                cannot_tell,
            }));
        }
        Ok(Covered { file: suite.file.clone(), leaves })
    }

    /// For people.
    pub fn shown(&self) -> String {
        let count = |seen: fn(&Leaf) -> u32| self.leaves.iter().filter(|leaf| seen(leaf) > 0).count();
        let (yes, no, unsure) = (count(|leaf| leaf.yes), count(|leaf| leaf.no), count(|leaf| leaf.cannot_tell));
        let all = self.leaves.len();
        let mut text = format!(
            "\n  coverage: {all} conditions; {yes} were seen to hold, {no} not to hold, {unsure} could not be told\n"
        );
        let _ = writeln!(text, "{}", ink::faint("       yes    no  cannot tell"));
        for leaf in &self.leaves {
            let mark = if leaf.yes > 0 && leaf.no > 0 { Truth::Yes } else { Truth::No };
            let shown = |count: u32| if count == 0 { "–".to_owned() } else { count.to_string() };
            let Place { file, line, column, text: words } = &leaf.place;
            let counts = format!("{:>5} {:>5} {:>12}", shown(leaf.yes), shown(leaf.no), shown(leaf.cannot_tell));
            let _ = writeln!(
                text,
                "  {} {counts}  {}  {words}",
                ink::truth(mark),
                ink::faint(&format!("{file}:{line}:{column}"))
            );
        }
        text
    }
}

/// Criteria of which something is expected, each once, and the scorecard through which.
fn concerned(suite: &Suite, expectations: &[Expectation]) -> BTreeMap<usize, Option<usize>> {
    let mut all = BTreeMap::new();
    for expectation in expectations {
        match expectation {
            Expectation::Verdict { criterion, .. } => drop(all.insert(*criterion, None)),
            other => {
                let card = other.scorecard().and_then(|card| suite.checked.scorecards.get(card));
                for criterion in card.into_iter().flat_map(|card| card.criteria()) {
                    all.entry(criterion).or_insert(other.scorecard());
                }
            }
        }
    }
    all
}
