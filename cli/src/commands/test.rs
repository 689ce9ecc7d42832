//! `grille test`: the tests written in criteria files, each on both engines.

pub mod calls;
pub mod results;
mod selection;

use crate::arguments::TestArguments;
use crate::exit::{Exit, Failure};
use crate::programs;
use crate::render::{diagnostics, failure, ink, say, trace};
use calls::Calls;
use grille_compiler::checked::{Checked, Test};
use grille_compiler::engine::{Engine, Program};
use grille_evidence::call::Call;
use grille_evidence::executable::Executable;
use grille_evidence::truth::Truth;
use grille_grammar::diagnostic::Severity;
use grille_grammar::source::SourceSet;
use grille_runtime::assess::{self, assess};
use grille_runtime::expect::{self, Miss};
use results::Outcome;
use selection::Selection;
use std::io::IsTerminal;
use std::sync::Arc;

/// One file with its tests, ready to run.
struct Suite {
    file: String,
    checked: Checked,
    sources: Arc<SourceSet>,
    machine: Program,
    interpreter: Program,
}

/// Runs the tests of each file.
pub fn run(arguments: &TestArguments) -> Result<Exit, Failure> {
    let (mut worst, mut results) = (Exit::Done, Vec::new());
    let selection = Selection::new(&arguments.only);
    for file in &arguments.files {
        let suite = match suite(file)? {
            Ok(suite) => suite,
            Err(exit) => {
                worst = worst.max(exit);
                continue;
            }
        };
        results.extend(run_suite(&suite, &selection, arguments.trace)?);
    }
    if results.is_empty() && !arguments.only.is_empty() && worst == Exit::Done {
        say::error(&format!("no test is of {}", selection.words()));
        return Ok(Exit::Usage);
    }
    let failed = results.iter().filter(|r| !r.passed()).count();
    say::result(&format!("{} passed, {failed} failed\n", results.len() - failed))?;
    Ok(if failed > 0 { worst.max(Exit::Findings) } else { worst })
}

fn suite(file: &std::path::Path) -> Result<Result<Suite, Exit>, Failure> {
    let (loaded, outcome) = match programs::checked(&[file.to_owned()]) {
        Ok(pair) => pair,
        Err(exit) => return Ok(Err(exit)),
    };
    let errors: Vec<_> = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    diagnostics::show(&errors, &loaded.sources);
    let Some(checked) = outcome.program else { return Ok(Err(Exit::Findings)) };
    let sources = Arc::new(loaded.sources);
    let machine = Program::new(&checked, Arc::clone(&sources), Engine::Machine)?;
    let interpreter = Program::new(&checked, Arc::clone(&sources), Engine::Interpreter)?;
    Ok(Ok(Suite { file: crate::files::shown(file), checked, sources, machine, interpreter }))
}

fn run_suite(suite: &Suite, selection: &Selection, with_trace: bool) -> Result<Vec<Outcome>, Failure> {
    let (mut calls, mut results) = (Calls::default(), Vec::new());
    let chosen: Vec<&Test> = suite.checked.tests.iter().filter(|t| selection.holds(t, &suite.checked)).collect();
    if !chosen.is_empty() || selection.is_everything() {
        say::result(&format!("{}\n", suite.file))?;
    }
    for test in chosen {
        let (call, outcome) = one(suite, test, &mut calls)?;
        say::result(&format!(
            "  {} {}\n",
            ink::truth(if outcome.passed() { Truth::Yes } else { Truth::No }),
            test.case.name
        ))?;
        match &outcome {
            Outcome::Passed => {}
            Outcome::Failed(misses) => {
                for miss in misses {
                    missed(suite, test, miss, call.as_ref(), with_trace)?;
                }
            }
            Outcome::Unusable(finding) => indented(&diagnostics::render(finding, &suite.sources, coloured()))?,
        }
        results.push(outcome);
    }
    Ok(results)
}

/// Runs one test; a call that cannot be used fails it, and the rest still runs.
fn one(suite: &Suite, test: &Test, calls: &mut Calls) -> Result<(Option<Call>, Outcome), Failure> {
    let call = match calls.of(test) {
        Ok(call) => call,
        Err(finding) => return Ok((None, Outcome::Unusable(finding))),
    };
    let misses = match expect::run(&suite.machine, &test.case, &call) {
        Ok(misses) => misses,
        Err(assess::Failure::Fault(fault)) => {
            return Ok((None, Outcome::Unusable(Box::new(calls::unfit(test, &fault)))));
        }
        Err(assess::Failure::Defect(defect)) => return Err(defect.into()),
    };
    let failed = |failure: assess::Failure| Failure(failure.to_string());
    let by_machine = assess(&suite.machine, &call, None).map_err(failed)?;
    let by_interpreter = assess(&suite.interpreter, &call, None).map_err(failed)?;
    if by_machine.evaluation != by_interpreter.evaluation {
        let name = &test.case.name;
        return Err(Failure(format!("a defect of grille itself: the two engines disagree on the test “{name}”")));
    }
    Ok((Some(call), if misses.is_empty() { Outcome::Passed } else { Outcome::Failed(misses) }))
}

fn missed(suite: &Suite, test: &Test, miss: &Miss, call: Option<&Call>, with_trace: bool) -> Result<(), Failure> {
    let Some(call) = call else { return Ok(()) };
    let span = test.expectations.get(miss.expectation).copied().unwrap_or(test.span);
    let mut shown = failure::render(miss, span, call, &suite.sources, coloured());
    if with_trace {
        let cards = suite.machine.scorecards();
        let grades = miss.trace.score.as_ref().and_then(|s| cards.iter().find(|c| c.name == s.scorecard));
        shown.push_str(&trace::render(&miss.trace, call, grades.map_or(&[], |c| &c.grades)));
    }
    indented(&shown)
}

fn coloured() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

fn indented(text: &str) -> Result<(), Failure> {
    let lines: Vec<String> = text.trim_end().lines().map(|line| format!("    {line}").trim_end().to_owned()).collect();
    Ok(say::result(&format!("{}\n", lines.join("\n")))?)
}
