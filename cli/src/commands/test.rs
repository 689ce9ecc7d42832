//! `grille test`: the tests written in criteria files, each on both engines.

pub mod calls;
mod coverage;
mod junit;
mod mutants;
mod results;
mod selection;

use crate::arguments::{TestArguments, TestFormat};
use crate::exit::{Exit, Failure};
use crate::render::{diagnostics, failure, ink, say, trace};
use crate::{files, programs};
use calls::Calls;
use coverage::Covered;
use grille_compiler::checked::{Checked, Test};
use grille_compiler::engine::{Engine, Program};
use grille_compiler::load::Loaded;
use grille_evidence::call::Call;
use grille_evidence::executable::Executable;
use grille_evidence::truth::Truth;
use grille_grammar::diagnostic::Severity;
use grille_grammar::source::SourceSet;
use grille_runtime::assess::{self, assess};
use grille_runtime::expect::{self, Miss};
use mutants::Tried;
use results::{Outcome, TestResult};
use selection::Selection;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::Arc;

/// One file with its tests, ready to run.
pub struct Suite {
    file: String,
    loaded: Loaded,
    checked: Checked,
    sources: Arc<SourceSet>,
    machine: Program,
    interpreter: Program,
}

/// What came of all files.
#[derive(Default)]
struct Run {
    results: Vec<TestResult>,
    coverage: Vec<Covered>,
    mutants: Vec<Tried>,
}

/// Runs the tests of each file.
pub fn run(arguments: &TestArguments) -> Result<Exit, Failure> {
    let (mut worst, mut run) = (Exit::Done, Run::default());
    let selection = Selection::new(&arguments.only);
    for file in &files::criteria_files(&arguments.files)? {
        match suite(file)? {
            Ok(suite) => run.suite(&suite, &selection, arguments)?,
            Err(exit) => worst = worst.max(exit),
        }
    }
    if run.results.is_empty() && !selection.is_everything() && worst == Exit::Done {
        say::error(&format!("no test is of {}", selection.words()));
        return Ok(Exit::Usage);
    }
    if let Some(path) = &arguments.junit {
        files::write(path, &junit::document(&run.results)).map_err(Failure)?;
    }
    run.finish(arguments)?;
    let unnoticed = run.mutants.iter().any(|tried| !tried.unnoticed.is_empty());
    let failed = run.results.iter().any(|result| !result.passed);
    Ok(if failed || unnoticed { worst.max(Exit::Findings) } else { worst })
}

impl Run {
    fn suite(&mut self, suite: &Suite, selection: &Selection, arguments: &TestArguments) -> Result<(), Failure> {
        let told = arguments.format == TestFormat::Text;
        let (results, calls) = run_suite(suite, selection, arguments)?;
        let all_passed = results.iter().all(|result| result.passed);
        self.results.extend(results);
        if arguments.coverage {
            let covered = Covered::of(suite, &calls)?;
            if told {
                say::result(&covered.shown())?;
            }
            self.coverage.push(covered);
        }
        if arguments.mutate && !all_passed {
            say::remark(&format!("{}: no change is tried while tests fail", suite.file));
        } else if arguments.mutate {
            let tried = Tried::of(suite, &calls, arguments.limit)?;
            if told {
                say::result(&tried.shown())?;
            }
            self.mutants.push(tried);
        }
        Ok(())
    }

    fn finish(&self, arguments: &TestArguments) -> Result<(), Failure> {
        let failed = self.results.iter().filter(|r| !r.passed).count();
        let passed = self.results.len() - failed;
        match arguments.format {
            TestFormat::Text => say::result(&format!("{passed} passed, {failed} failed\n"))?,
            TestFormat::Json => {
                let (tests, coverage, mutants) = (&self.results, &self.coverage, &self.mutants);
                let report = Report { grille_test: results::FORMAT, passed, failed, tests, coverage, mutants };
                say::result(&format!("{}\n", serde_json::to_string_pretty(&report)?))?;
            }
        }
        Ok(())
    }
}

/// All that `--format json` writes.
#[derive(Serialize)]
struct Report<'a> {
    grille_test: u32,
    passed: usize,
    failed: usize,
    tests: &'a [TestResult],
    #[serde(skip_serializing_if = "<[Covered]>::is_empty")]
    coverage: &'a [Covered],
    #[serde(skip_serializing_if = "<[Tried]>::is_empty")]
    mutants: &'a [Tried],
}

/// The calls of the tests that were run, by the test's place in its file.
pub type Tested = BTreeMap<usize, Call>;

fn suite(file: &std::path::Path) -> Result<Result<Suite, Exit>, Failure> {
    let (loaded, outcome) = match programs::checked(&[file.to_owned()]) {
        Ok(pair) => pair,
        Err(exit) => return Ok(Err(exit)),
    };
    let errors: Vec<_> = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    diagnostics::show(&errors, &loaded.sources);
    let Some(checked) = outcome.program else { return Ok(Err(Exit::Findings)) };
    let sources = Arc::new(loaded.sources.clone());
    let machine = Program::new(&checked, Arc::clone(&sources), Engine::Machine)?;
    let interpreter = Program::new(&checked, Arc::clone(&sources), Engine::Interpreter)?;
    Ok(Ok(Suite { file: files::shown(file), loaded, checked, sources, machine, interpreter }))
}

fn run_suite(
    suite: &Suite,
    selection: &Selection,
    arguments: &TestArguments,
) -> Result<(Vec<TestResult>, Tested), Failure> {
    let (mut calls, mut results, mut tested) = (Calls::default(), Vec::new(), Tested::new());
    let all = suite.checked.tests.iter().enumerate();
    let chosen: Vec<(usize, &Test)> = all.filter(|(_, t)| selection.holds(t, &suite.checked)).collect();
    let told = arguments.format == TestFormat::Text;
    if told && (!chosen.is_empty() || selection.is_everything()) {
        say::result(&format!("{}\n", suite.file))?;
    }
    for (index, test) in chosen {
        let outcome = one(suite, test, &mut calls)?;
        tested.extend(calls.of(test).ok().map(|call| (index, call)));
        if told {
            let sign = ink::truth(if outcome.passed() { Truth::Yes } else { Truth::No });
            let below = indented(&shown(suite, test, &outcome, arguments.trace, coloured()));
            say::result(&format!("  {sign} {}\n{below}", test.case.name))?;
        }
        let plain = shown(suite, test, &outcome, arguments.trace, false);
        results.push(TestResult::new(suite, test, &outcome, plain));
    }
    Ok((results, tested))
}

/// What a person is shown below the name of a test.
fn shown(suite: &Suite, test: &Test, outcome: &Outcome, with_trace: bool, colours: bool) -> String {
    match outcome {
        Outcome::Passed => String::new(),
        Outcome::Failed(call, misses) => {
            misses.iter().map(|miss| missed(suite, test, miss, call, with_trace, colours)).collect()
        }
        Outcome::Unusable(finding) => diagnostics::render(finding, &suite.sources, colours),
    }
}

/// Runs one test; a call that cannot be used fails it, and the rest still runs.
fn one(suite: &Suite, test: &Test, calls: &mut Calls) -> Result<Outcome, Failure> {
    let call = match calls.of(test) {
        Ok(call) => call,
        Err(finding) => return Ok(Outcome::Unusable(finding)),
    };
    let misses = match expect::run(&suite.machine, &test.case, &call) {
        Ok(misses) => misses,
        Err(assess::Failure::Fault(fault)) => return Ok(Outcome::Unusable(Box::new(calls::unfit(test, &fault)))),
        Err(assess::Failure::Defect(defect)) => return Err(defect.into()),
    };
    let failed = |failure: assess::Failure| Failure(failure.to_string());
    let by_machine = assess(&suite.machine, &call, None).map_err(failed)?;
    let by_interpreter = assess(&suite.interpreter, &call, None).map_err(failed)?;
    if by_machine.evaluation != by_interpreter.evaluation {
        let name = &test.case.name;
        return Err(Failure(format!("a defect of grille itself: the two engines disagree on the test “{name}”")));
    }
    Ok(if misses.is_empty() { Outcome::Passed } else { Outcome::Failed(Box::new(call), misses) })
}

fn missed(suite: &Suite, test: &Test, miss: &Miss, call: &Call, with_trace: bool, colours: bool) -> String {
    let span = test.expectations.get(miss.expectation).copied().unwrap_or(test.span);
    let mut shown = failure::render(miss, span, call, &suite.sources, colours);
    if with_trace {
        let cards = suite.machine.scorecards();
        let grades = miss.trace.score.as_ref().and_then(|s| cards.iter().find(|c| c.name == s.scorecard));
        shown.push_str(&trace::render(&miss.trace, call, grades.map_or(&[], |c| &c.grades)));
    }
    shown
}

fn coloured() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", format!("    {line}").trim_end())).collect()
}
