//! `grille inspect`: what calls hold and what can be told of them, before anything is scored.

use crate::arguments::{EngineChoice, InspectArguments, InspectFormat};
use crate::exit::{Exit, Failure};
use crate::render::doubts::Doubts;
use crate::render::{report, say, survey as shown, untold};
use crate::{files, intake, programs};
use grille_compiler::engine::Program;
use grille_evidence::call::Call;
use grille_evidence::executable::{CriterionKind, Executable};
use grille_evidence::facts::Hearing;
use grille_runtime::assess::{self, Assessment, assess};
use grille_runtime::fault::Fault;
use grille_runtime::survey::{Survey, survey};
use serde_json::{Value, json};

/// What was found, call by call.
struct Looked<'a> {
    program: Option<&'a Program>,
    scorecard: Option<usize>,
    format: InspectFormat,
    /// A screen each, instead of a line.
    screens: bool,
    surveys: Vec<Survey>,
    doubts: Doubts,
    values: Vec<Value>,
}

/// Looks at calls.
pub fn run(arguments: &InspectArguments) -> Result<Exit, Failure> {
    let (program, scorecard) = match &arguments.criteria {
        None => (None, None),
        Some(path) => match programs::asked(path, arguments.scorecard.as_deref(), EngineChoice::Interpreter)? {
            Ok((program, scorecard)) => (Some(program), scorecard),
            Err(exit) => return Ok(exit),
        },
    };
    let declared = program.as_ref().map(programs::declared);
    let options = intake::options(&arguments.reading, declared.as_deref())?;
    let calls = files::call_files(&arguments.calls)?;
    let mut looked = Looked {
        program: program.as_ref(),
        scorecard,
        format: arguments.format,
        screens: arguments.full || calls.len() == 1,
        surveys: Vec::new(),
        doubts: Doubts::of(program.as_ref().map_or(0, |program| program.criteria().len())),
        values: Vec::new(),
    };
    let report = intake::each(&calls, &options, |file, reading| {
        let survey = survey(&reading, Hearing::default().word_threshold);
        looked.call(file, survey, &reading.call)
    })?;
    let attributes = options.attributes.as_ref();
    match arguments.format {
        InspectFormat::Json => {
            let value = json!({ "calls": looked.values, "report": report::json(&report, attributes) });
            say::result(&format!("{}\n", serde_json::to_string_pretty(&value)?))?;
        }
        InspectFormat::Text => {
            looked.summary()?;
            let told = report::render(&report, attributes);
            if calls.len() > 1 || !told.is_empty() {
                say::result(&format!("\n{}{told}", report::sum(&report)))?;
            }
        }
    }
    Ok(if report.refused.is_empty() { Exit::Done } else { Exit::Fault })
}

impl Looked<'_> {
    fn call(&mut self, file: &str, survey: Survey, call: &Call) -> Result<Result<(), Fault>, Failure> {
        let assessed = match self.program.map(|program| assess(program, call, self.scorecard)) {
            None => None,
            Some(Ok(assessment)) => Some(Ok(assessment)),
            Some(Err(assess::Failure::Fault(fault))) => Some(Err(fault)),
            Some(Err(assess::Failure::Defect(defect))) => return Err(defect.into()),
        };
        match (self.format, self.screens) {
            (InspectFormat::Json, _) => self.value(file, &survey, assessed.as_ref())?,
            (InspectFormat::Text, true) => self.screen(file, &survey, assessed.as_ref())?,
            (InspectFormat::Text, false) => {
                if let (Some(program), Some(Ok(assessment))) = (self.program, &assessed) {
                    self.doubts.count(program, &assessment.facts, &assessment.evaluation)?;
                }
                self.surveys.push(survey);
            }
        }
        Ok(match assessed {
            Some(Err(fault)) if !self.screens => Err(fault),
            _ => Ok(()),
        })
    }

    fn screen(&self, file: &str, survey: &Survey, assessed: Option<&Result<Assessment, Fault>>) -> Result<(), Failure> {
        say::result(&format!("{}\n", shown::screen(survey, file)))?;
        match (self.program, assessed) {
            (Some(program), Some(Ok(assessment))) => {
                say::result(&format!("{}\n", untold::render(program, assessment)?))?
            }
            (_, Some(Err(fault))) => say::result(&format!("  these criteria do not fit it: {fault}\n\n"))?,
            _ => {}
        }
        Ok(())
    }

    fn value(
        &mut self,
        file: &str,
        survey: &Survey,
        assessed: Option<&Result<Assessment, Fault>>,
    ) -> Result<(), Failure> {
        let mut value = json!({ "file": file, "survey": survey });
        let told = match (self.program, assessed) {
            (Some(program), Some(Ok(assessment))) => Some(untold::json(program, assessment)?),
            (_, Some(Err(fault))) => Some(json!({ "unfit": fault.to_string() })),
            _ => None,
        };
        if let (Some(told), Some(object)) = (told, value.as_object_mut()) {
            object.insert("criteria".to_owned(), told);
        }
        self.values.push(value);
        Ok(())
    }

    /// The lines of many calls, and what cannot be told of them.
    fn summary(&self) -> Result<(), Failure> {
        if self.surveys.is_empty() {
            return Ok(());
        }
        say::result(&shown::table(&self.surveys))?;
        if let Some(program) = self.program {
            let known = program.criteria().iter().enumerate();
            let columns: Vec<usize> =
                known.filter(|(_, info)| info.kind == CriterionKind::Declared).map(|(column, _)| column).collect();
            say::result(&self.doubts.render(program.criteria(), &columns))?;
        }
        Ok(())
    }
}
