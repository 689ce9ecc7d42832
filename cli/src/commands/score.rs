//! `grille score`: one row a call. A call that cannot be read is told at the end; the others are scored.

use crate::arguments::{ScoreArguments, ScoreFormat};
use crate::exit::{Exit, Failure};
use crate::render::doubts::Doubts;
use crate::render::say;
use crate::render::table::{self, Row};
use crate::{files, programs};
use grille_compiler::engine::Program;
use grille_evidence::executable::{CriterionKind, Executable};
use grille_evidence::scorecard::GradeSpec;
use grille_evidence::trace::ScoreResult;
use grille_evidence::truth::VerdictSet;
use grille_runtime::assess::{Assessment, assess};
use grille_runtime::calls::{self, ReadOptions};
use grille_runtime::score::show;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

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
    options: ReadOptions,
    format: ScoreFormat,
    rows: Vec<Row>,
    doubts: Doubts,
    records: Vec<String>,
    unread: Vec<String>,
}

/// Scores calls.
pub fn run(arguments: &ScoreArguments) -> Result<Exit, Failure> {
    let (program, _) = match programs::program(&arguments.inputs.criteria, arguments.inputs.engine)? {
        Ok(pair) => pair,
        Err(exit) => return Ok(exit),
    };
    let scorecard = match programs::scorecard(&program, arguments.inputs.scorecard.as_deref()) {
        Ok(scorecard) => scorecard,
        Err(exit) => return Ok(exit),
    };
    let calls = files::call_files(&arguments.calls)?;
    let options = programs::read_options(&arguments.inputs);
    let format = arguments.format;
    let mut batch = Batch {
        program: &program,
        scorecard,
        options,
        format,
        rows: Vec::new(),
        doubts: Doubts::of(program.criteria().len()),
        records: Vec::new(),
        unread: Vec::new(),
    };
    batch.all(&calls)?;
    batch.finish()
}

impl Batch<'_> {
    fn all(&mut self, files: &[PathBuf]) -> Result<(), Failure> {
        let begun = Instant::now();
        let mut bar: Option<ProgressBar> = None;
        for (done, file) in files.iter().enumerate() {
            self.file(file)?;
            let left = files.len() - done - 1;
            if bar.is_none() && more_than_a_second(begun.elapsed(), done + 1, left) {
                bar = Some(progress(files.len()));
            }
            if let Some(bar) = &bar {
                bar.set_position(u64::try_from(done + 1).unwrap_or(u64::MAX));
            }
        }
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        Ok(())
    }

    fn file(&mut self, file: &Path) -> Result<(), Failure> {
        let name = files::shown(file);
        let calls = files::read(file)
            .map_err(|why| format!("{name}: {why}"))
            .and_then(|bytes| calls::read(&name, &bytes, &self.options).map_err(|fault| fault.to_string()));
        match calls {
            Err(why) => self.unread.push(why),
            Ok(calls) => {
                for call in calls.into_iter().map(|reading| reading.call) {
                    match assess(self.program, &call, self.scorecard) {
                        Ok(assessment) => self.keep(&call.id, assessment)?,
                        Err(failure) => self.unread.push(format!("{name}: {failure}")),
                    }
                }
            }
        }
        Ok(())
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

    fn finish(&self) -> Result<Exit, Failure> {
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
        if self.unread.is_empty() {
            return Ok(Exit::Done);
        }
        say::remark(&format!("\nnot scored ({}):", self.unread.len()));
        self.unread.iter().for_each(|why| say::remark(&format!("  {why}")));
        Ok(Exit::Fault)
    }
}

/// At the pace so far, is more than one second of calls left?
fn more_than_a_second(elapsed: Duration, done: usize, left: usize) -> bool {
    let (done, left) = (u128::try_from(done).unwrap_or(1), u128::try_from(left).unwrap_or(0));
    elapsed.as_millis() * left / done.max(1) > 1000
}

fn progress(calls: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(calls).unwrap_or(u64::MAX));
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} calls, {eta} left") {
        bar.set_style(style);
    }
    bar
}
