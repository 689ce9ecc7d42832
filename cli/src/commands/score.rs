//! `grille score`: one row a call. A call that cannot be read is told at the end; the others are scored.

use crate::arguments::{ScoreArguments, ScoreFormat};
use crate::exit::{Exit, Failure};
use crate::render::doubts::Doubts;
use crate::render::table::{self, Row};
use crate::render::{report, say};
use crate::{files, intake, programs};
use grille_compiler::engine::Program;
use grille_evidence::call::Call;
use grille_evidence::executable::{CriterionKind, Executable};
use grille_evidence::scorecard::GradeSpec;
use grille_evidence::trace::ScoreResult;
use grille_evidence::truth::VerdictSet;
use grille_runtime::assess::{self, Assessment, assess};
use grille_runtime::fault::Fault;
use grille_runtime::score::show;
use serde::Serialize;

/// One call's result as JSON.
#[derive(Serialize)]
struct Record<'a> {
    call: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scorecard: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'a ScoreResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grades: Option<&'a [String]>,
    criteria: Vec<CriterionRecord<'a>>,
}

#[derive(Serialize)]
struct CriterionRecord<'a> {
    criterion: &'a str,
    verdict: &'a str,
    possible: VerdictSet,
    /// The steps of partly met still possible, from 1, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<usize>,
}

struct Batch<'a> {
    program: &'a Program,
    scorecard: Option<usize>,
    format: ScoreFormat,
    rows: Vec<Row>,
    doubts: Doubts,
    records: Vec<String>,
}

/// Scores calls.
pub fn run(arguments: &ScoreArguments) -> Result<Exit, Failure> {
    let inputs = &arguments.inputs;
    let (program, scorecard) = match programs::asked(&inputs.criteria, inputs.scorecard.as_deref(), inputs.engine)? {
        Ok(pair) => pair,
        Err(exit) => return Ok(exit),
    };
    let calls = files::call_files(&arguments.calls)?;
    let options = intake::options(&arguments.inputs.reading, Some(&programs::declared(&program)))?;
    let format = arguments.format;
    let doubts = Doubts::of(program.criteria().len());
    let mut batch = Batch { program: &program, scorecard, format, rows: Vec::new(), doubts, records: Vec::new() };
    let report = intake::each(&calls, &options, |_, reading| batch.call(&reading.call))?;
    batch.finish()?;
    say::remark(report::render(&report, options.attributes.as_ref()).trim_end());
    Ok(if report.refused.is_empty() { Exit::Done } else { Exit::Fault })
}

impl Batch<'_> {
    fn call(&mut self, call: &Call) -> Result<Result<(), Fault>, Failure> {
        match assess(self.program, call, self.scorecard) {
            Ok(assessment) => self.keep(&call.id, assessment).map(Ok),
            Err(assess::Failure::Fault(fault)) => Ok(Err(fault)),
            Err(assess::Failure::Defect(defect)) => Ok(Err(Fault::new(defect.to_string()))),
        }
    }

    fn grades(&self) -> &[GradeSpec] {
        self.scorecard.and_then(|i| self.program.scorecards().get(i)).map_or(&[], |s| &s.grades)
    }

    fn keep(&mut self, call: &str, assessment: Assessment) -> Result<(), Failure> {
        let shown = assessment.score.as_ref().map(|s| show(&s.result, self.grades()));
        if self.format == ScoreFormat::Table {
            let grade = assessment.score.as_ref().map(|s| s.grades.join(" or ")).unwrap_or_default();
            let score = shown.unwrap_or_default();
            self.doubts.count(self.program, &assessment.facts, &assessment.evaluation)?;
            self.rows.push(Row { call: call.to_owned(), score, grade, evaluation: assessment.evaluation });
            return Ok(());
        }
        let score = assessment.score.as_ref();
        let verdicts = self.program.criteria().iter().zip(&assessment.evaluation.criteria);
        let record = Record {
            call,
            scorecard: score.map(|s| s.scorecard.as_str()),
            version: score.map(|s| s.version.as_str()),
            shown,
            result: score.map(|s| &s.result),
            grades: score.map(|s| s.grades.as_slice()),
            criteria: verdicts
                .filter(|(info, _)| info.kind == CriterionKind::Declared)
                .map(|(info, outcome)| CriterionRecord {
                    criterion: &info.name,
                    verdict: outcome.verdicts.words(),
                    possible: outcome.verdicts,
                    steps: if info.steps > 1 { outcome.steps.iter().map(|s| s + 1).collect() } else { Vec::new() },
                })
                .collect(),
        };
        let line = serde_json::to_string(&record)?;
        if self.format == ScoreFormat::Jsonl {
            say::result(&format!("{line}\n"))?;
        } else {
            self.records.push(line);
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), Failure> {
        match self.format {
            ScoreFormat::Table if self.rows.is_empty() => {}
            ScoreFormat::Table => {
                let known = self.program.criteria().iter().enumerate();
                let columns: Vec<usize> =
                    known.filter(|(_, info)| info.kind == CriterionKind::Declared).map(|(column, _)| column).collect();
                let scored = self.scorecard.is_some();
                let criteria = self.program.criteria();
                say::result(&table::render(&self.rows, criteria, &columns, scored))?;
                say::result(&self.doubts.render(criteria, &columns))?;
            }
            ScoreFormat::Json => say::result(&format!("[{}]\n", self.records.join(",\n")))?,
            ScoreFormat::Jsonl => {}
        }
        Ok(())
    }
}
