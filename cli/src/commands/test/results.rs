//! What came of tests, as data and as JSON. Knows nothing of the terminal.

use super::Suite;
use crate::render::failure;
use grille_compiler::checked::Test;
use grille_evidence::call::Call;
use grille_grammar::diagnostic::Diagnostic;
use grille_grammar::source::{SourceSet, Span};
use grille_runtime::expect::Miss;
use grille_runtime::expect::deciding::Deciding;
use serde::Serialize;

/// The version of the JSON that `grille test` writes.
pub const FORMAT: u32 = 1;

/// What came of a test.
pub enum Outcome {
    /// Everything expected came.
    Passed,
    /// Something did not, on this call.
    Failed(Box<Call>, Vec<Miss>),
    /// Its call could not be used.
    Unusable(Box<Diagnostic>),
}

impl Outcome {
    /// Did everything expected come?
    pub fn passed(&self) -> bool {
        matches!(self, Outcome::Passed)
    }
}

/// A test and what came of it.
#[derive(Debug, Serialize)]
pub struct TestResult {
    /// The file that it stands in.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its name.
    pub name: String,
    /// Did everything expected come?
    pub passed: bool,
    /// What did not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<Failed>,
    /// The same for people, without colours.
    #[serde(skip)]
    pub shown: String,
}

/// Something expected that did not come, or a call that could not be used.
#[derive(Debug, Serialize)]
pub struct Failed {
    /// Where it is expected.
    pub place: Place,
    /// What was expected and what came.
    pub what: String,
    /// Which parts of the criteria decided.
    pub decided_by: Vec<DecidedBy>,
}

/// A place in a file.
#[derive(Debug, Serialize)]
pub struct Place {
    /// The file, or the name of a module of the library.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What stands there.
    pub text: String,
}

/// A part of a criterion that decided.
#[derive(Debug, Serialize)]
pub struct DecidedBy {
    /// The criterion.
    pub criterion: String,
    /// The clause.
    pub clause: &'static str,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What came of it.
    pub observed: String,
}

impl TestResult {
    /// Of a test of a file.
    pub fn new(suite: &Suite, test: &Test, outcome: &Outcome, shown: String) -> TestResult {
        let line = suite.sources.get(test.span.file).map_or(0, |file| file.line_column(test.span.start).0);
        let failures = match outcome {
            Outcome::Passed => Vec::new(),
            Outcome::Failed(call, misses) => misses.iter().map(|miss| missed(suite, test, call, miss)).collect(),
            Outcome::Unusable(finding) => vec![Failed {
                place: place(finding.span(), &suite.sources),
                what: finding.message.clone(),
                decided_by: Vec::new(),
            }],
        };
        let (file, name) = (suite.file.clone(), test.case.name.clone());
        TestResult { file, line, name, passed: outcome.passed(), failures, shown }
    }
}

fn missed(suite: &Suite, test: &Test, call: &Call, miss: &Miss) -> Failed {
    let span = test.expectations.get(miss.expectation).copied().unwrap_or(test.span);
    let decided = |deciding: &Deciding| DecidedBy {
        criterion: deciding.criterion.clone(),
        clause: deciding.clause.words(),
        place: failure::place(&deciding.node, &suite.sources).map(|span| place(span, &suite.sources)),
        observed: failure::observed(&deciding.node, call),
    };
    let decided_by = miss.deciding.iter().map(decided).collect();
    Failed { place: place(span, &suite.sources), what: miss.what.clone(), decided_by }
}

/// A place as people and machines name it.
pub fn place(span: Span, sources: &SourceSet) -> Place {
    let (file, (line, column)) =
        sources.get(span.file).map_or((String::new(), (0, 0)), |f| (f.name.clone(), f.line_column(span.start)));
    let text = sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    Place { file, line, column, text }
}
