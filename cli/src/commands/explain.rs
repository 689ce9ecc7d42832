//! `grille explain`: one call, one criterion or all.

use crate::arguments::{ExplainArguments, ExplainFormat};
use crate::exit::{Exit, Failure};
use crate::render::{say, trace};
use crate::{files, intake, programs};
use grille_compiler::engine::Program;
use grille_evidence::call::Call;
use grille_evidence::executable::Executable;
use grille_runtime::assess::{self, assess};
use grille_runtime::calls;

/// Explains a call.
pub fn run(arguments: &ExplainArguments) -> Result<Exit, Failure> {
    let inputs = &arguments.inputs;
    let (program, scorecard) = match programs::asked(&inputs.criteria, inputs.scorecard.as_deref(), inputs.engine)? {
        Ok(pair) => pair,
        Err(exit) => return Ok(exit),
    };
    let criteria = match chosen(&program, &arguments.criterion) {
        Ok(criteria) => criteria,
        Err(exit) => return Ok(exit),
    };
    let name = files::shown(&arguments.call);
    let bytes = files::read(&arguments.call).map_err(|why| Failure(format!("{name}: {why}")))?;
    let options = intake::options(&arguments.inputs.reading, Some(&programs::declared(&program)))?;
    for reading in calls::read(&name, &bytes, &options).map_err(|fault| Failure(fault.to_string()))? {
        let partial = reading.notes.iter().filter(|note| note.effect.is_partial());
        partial.for_each(|note| say::remark(&format!("{name}: {note}")));
        one(&program, &reading.call, scorecard, &criteria, arguments.format)?;
    }
    Ok(Exit::Done)
}

fn one(
    program: &Program,
    call: &Call,
    scorecard: Option<usize>,
    criteria: &[usize],
    format: ExplainFormat,
) -> Result<(), Failure> {
    let assessment = assess(program, call, scorecard).map_err(|failure| Failure(failure.to_string()))?;
    let made = assess::trace(program, call, &assessment, criteria)?;
    match format {
        ExplainFormat::Tree => {
            let grades = scorecard.and_then(|i| program.scorecards().get(i)).map_or(&[][..], |s| &s.grades);
            say::result(&trace::render(&made, call, grades))?;
        }
        ExplainFormat::Json => say::result(&format!("{}\n", serde_json::to_string_pretty(&made)?))?,
    }
    Ok(())
}

/// The criteria named, or all.
fn chosen(program: &Program, names: &[String]) -> Result<Vec<usize>, Exit> {
    let known = program.criteria();
    if names.is_empty() {
        return Ok((0..known.len()).collect());
    }
    let mut chosen = Vec::new();
    for name in names {
        let found = programs::named(known, name);
        if found.is_empty() {
            say::error(&format!("there is no criterion `{name}`; {}", programs::known_criteria(known)));
            return Err(Exit::Usage);
        }
        chosen.extend(found);
    }
    Ok(chosen)
}
