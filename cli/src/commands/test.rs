//! `grille test`: the tests written in criteria files, each on both engines.

use crate::arguments::TestArguments;
use crate::exit::{Exit, Failure};
use crate::programs;
use crate::render::{diagnostics, ink, say, trace};
use grille_compiler::engine::{Engine, Program};
use grille_evidence::executable::Executable;
use grille_grammar::diagnostic::Severity;
use grille_grammar::source::SourceSet;
use grille_runtime::assess::assess;
use grille_runtime::expect::{self, Miss};
use std::sync::Arc;

/// What came of a file's tests.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
}

/// Runs the tests of each file.
pub fn run(arguments: &TestArguments) -> Result<Exit, Failure> {
    let mut worst = Exit::Done;
    let mut tally = Tally::default();
    for file in &arguments.files {
        let (loaded, outcome) = match programs::checked(std::slice::from_ref(file)) {
            Ok(pair) => pair,
            Err(exit) => {
                worst = worst.max(exit);
                continue;
            }
        };
        let errors: Vec<_> = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
        diagnostics::show(&errors, &loaded.sources);
        let Some(checked) = outcome.program else {
            worst = worst.max(Exit::Findings);
            continue;
        };
        say::result(&format!("{}\n", crate::files::shown(file)))?;
        let sources = Arc::new(loaded.sources);
        let machine = Program::new(&checked, Arc::clone(&sources), Engine::Machine)?;
        let interpreter = Program::new(&checked, Arc::clone(&sources), Engine::Interpreter)?;
        for test in &checked.tests {
            one(test, &machine, &interpreter, &sources, &mut tally)?;
        }
    }
    say::result(&format!("{} passed, {} failed\n", tally.passed, tally.failed))?;
    Ok(if tally.failed > 0 { worst.max(Exit::Findings) } else { worst })
}

fn one(
    test: &grille_compiler::checked::Test,
    machine: &Program,
    interpreter: &Program,
    sources: &SourceSet,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let failed = |failure: grille_runtime::assess::Failure| Failure(failure.to_string());
    let call = &test.case.call;
    let misses = expect::run(machine, &test.case).map_err(failed)?;
    let (by_machine, by_interpreter) =
        (assess(machine, call, None).map_err(failed)?, assess(interpreter, call, None).map_err(failed)?);
    if by_machine.evaluation != by_interpreter.evaluation {
        let name = &test.case.name;
        return Err(Failure(format!("a defect of grille itself: the two engines disagree on the test “{name}”")));
    }
    if misses.is_empty() {
        tally.passed += 1;
        return Ok(say::result(&format!("  {} {}\n", ink::truth(grille_evidence::truth::Truth::Yes), test.case.name))?);
    }
    tally.failed += 1;
    say::result(&format!("  {} {}\n", ink::truth(grille_evidence::truth::Truth::No), test.case.name))?;
    misses.iter().try_for_each(|miss| missed(test, miss, machine, sources))
}

fn missed(
    test: &grille_compiler::checked::Test,
    miss: &Miss,
    program: &Program,
    sources: &SourceSet,
) -> Result<(), Failure> {
    let span = test.expectations.get(miss.expectation).copied().unwrap_or(test.span);
    let place = sources.get(span.file).map(|file| {
        let (line, column) = file.line_column(span.start);
        format!("{}:{line}:{column}", file.name)
    });
    let asked = sources.slice(span).trim();
    say::result(&format!("    {}: {asked}\n    {}\n", place.unwrap_or_default(), miss.what))?;
    let grades = miss.trace.score.as_ref().and_then(|s| program.scorecards().iter().find(|c| c.name == s.scorecard));
    let shown = trace::render(&miss.trace, &test.case.call, grades.map_or(&[], |c| &c.grades));
    let indented: Vec<String> = shown.lines().map(|line| format!("      {line}")).collect();
    Ok(say::result(&format!("{}\n", indented.join("\n")))?)
}
