//! `grille check`.

use super::test::calls::Calls;
use crate::arguments::{CheckArguments, CheckFormat};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::programs;
use crate::render::findings::Findings;
use crate::render::{diagnostics, say, table};
use grille_compiler::cost;
use grille_compiler::plan::Plan;
use grille_evidence::executable::CriterionKind;
use grille_grammar::diagnostic::Severity;
use std::path::PathBuf;

/// Checks each file by itself, with all it uses.
pub fn run(arguments: &CheckArguments) -> Result<Exit, Failure> {
    let files = files::criteria_files(&arguments.files)?;
    if arguments.format != CheckFormat::Text {
        return for_programs(&files, arguments.format);
    }
    let mut worst = Exit::Done;
    for file in &files {
        worst = worst.max(match programs::checked(std::slice::from_ref(file)) {
            Err(exit) => exit,
            Ok((loaded, mut outcome)) => {
                unusable_calls(&mut outcome);
                diagnostics::show(&outcome.diagnostics, &loaded.sources);
                let exit = summary(&crate::files::shown(file), &outcome)?;
                if arguments.cost {
                    outcome.plan.iter().try_for_each(costs)?;
                }
                exit
            }
        });
    }
    Ok(worst)
}

/// Everything that was found in one text on standard output, and nothing else there.
fn for_programs(files: &[PathBuf], format: CheckFormat) -> Result<Exit, Failure> {
    let mut worst = Exit::Done;
    let mut found = Findings::default();
    for file in files {
        let checked = programs::checked_or(std::slice::from_ref(file), |told, sources| found.add(told, sources));
        worst = worst.max(match checked {
            Err(exit) => exit,
            Ok((loaded, mut outcome)) => {
                unusable_calls(&mut outcome);
                found.add(&outcome.diagnostics, &loaded.sources);
                if outcome.program.is_some() { Exit::Done } else { Exit::Findings }
            }
        });
    }
    let text = match format {
        CheckFormat::Sarif => format!("{:#}\n", found.sarif()),
        CheckFormat::Github => found.github(),
        CheckFormat::Text | CheckFormat::Json => format!("{:#}\n", found.json()),
    };
    say::result(&text)?;
    Ok(worst)
}

/// Calls that tests name are read, too: one that cannot be is a finding, though the criteria are in order.
fn unusable_calls(outcome: &mut grille_compiler::check::Outcome) {
    let mut calls = Calls::default();
    let tests = outcome.program.iter().flat_map(|program| &program.tests);
    let found: Vec<_> = tests.filter_map(|test| calls.of(test).err()).map(|finding| *finding).collect();
    if !found.is_empty() {
        (outcome.program, outcome.plan) = (None, None);
        outcome.diagnostics.extend(found);
        outcome.diagnostics.sort_by_key(|finding| (finding.span(), finding.code));
    }
}

/// What each criterion costs at most.
fn costs(plan: &Plan) -> Result<(), Failure> {
    say::result(&table::costs(&cost::of(plan)))?;
    Ok(())
}

fn summary(file: &str, outcome: &grille_compiler::check::Outcome) -> Result<Exit, Failure> {
    let count = |severity| outcome.diagnostics.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let said = match (&outcome.program, warnings) {
        (Some(program), 0) => format!("{file}: in order, {}", holds(program)),
        (Some(program), n) => format!("{file}: in order with {n} {}, {}", plural(n, "warning"), holds(program)),
        (None, 0) => format!("{file}: {errors} {}", plural(errors, "error")),
        (None, n) => format!("{file}: {errors} {}, {n} {}", plural(errors, "error"), plural(n, "warning")),
    };
    say::result(&format!("{said}\n"))?;
    Ok(if outcome.program.is_some() { Exit::Done } else { Exit::Findings })
}

fn holds(program: &grille_compiler::checked::Checked) -> String {
    let declared = program.criteria.iter().filter(|c| c.kind == CriterionKind::Declared).count();
    let (criteria, cards, tests) = (declared, program.scorecards.len(), program.tests.len());
    let criteria = format!("{criteria} {}", if criteria == 1 { "criterion" } else { "criteria" });
    format!("{criteria}, {cards} {}, {tests} {}", plural(cards, "scorecard"), plural(tests, "test"))
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}
