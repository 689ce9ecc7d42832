//! A batch of calls from files: every file tried, what could not be read kept for the report, and the rest handed on. Knows
//! neither criteria nor how anything is shown.

use crate::arguments::{CallReading, Transcript};
use crate::exit::Failure;
use crate::files::{self, CallFile};
use grille_evidence::attribute::AttributeType;
use grille_runtime::calls::{
    self, AttributeTable, HarperValleyTranscript, Note, ReadOptions, Reading, RoleMap, Roles, TableOptions,
};
use grille_runtime::fault::Fault;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// What became of a batch.
#[derive(Debug, Default)]
pub struct Report {
    /// How many files were looked at.
    pub files: usize,
    /// How many calls were read.
    pub calls: usize,
    /// Calls that tell less than their file, or less surely: the file, and why.
    pub partly: Vec<(String, Vec<Note>)>,
    /// What was refused, and why.
    pub refused: Vec<Fault>,
    /// What was passed over, and what it is.
    pub passed_over: Vec<(String, &'static str)>,
    /// The files of each call, by id.
    pub ids: BTreeMap<String, Vec<String>>,
}

/// How calls are to be read. `declared` are the attributes that criteria declare, if there are criteria.
///
/// # Errors
/// A mapping or a table that cannot be read.
pub fn options(reading: &CallReading, declared: Option<&[(String, AttributeType)]>) -> Result<ReadOptions, Failure> {
    let role_map = reading.role_map.as_deref().map(|path| role_map(path, reading)).transpose()?;
    let attributes = reading.attributes.as_deref().map(|path| table(path, reading, declared)).transpose()?;
    Ok(ReadOptions {
        from: reading.from,
        encoding: reading.encoding,
        harper_valley: match reading.transcript {
            Transcript::Human => HarperValleyTranscript::Human,
            Transcript::Machine => HarperValleyTranscript::Machine,
        },
        id: None,
        roles: Roles { given: reading.roles.clone(), swap: reading.swap_roles },
        role_map,
        attributes,
    })
}

fn role_map(path: &Path, reading: &CallReading) -> Result<RoleMap, Failure> {
    let (name, bytes) = whole(path)?;
    RoleMap::read(&name, &bytes, reading.encoding).map_err(|fault| Failure(fault.to_string()))
}

fn table(
    path: &Path,
    reading: &CallReading,
    declared: Option<&[(String, AttributeType)]>,
) -> Result<AttributeTable, Failure> {
    let (name, bytes) = whole(path)?;
    let options = TableOptions { id: reading.attributes_id.as_deref(), declared, encoding: reading.encoding };
    AttributeTable::read(&name, &bytes, options).map_err(|fault| Failure(fault.to_string()))
}

fn whole(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let name = files::shown(path);
    let bytes = files::read(path).map_err(|why| Failure(format!("{name}: {why}")))?;
    Ok((name, bytes))
}

/// Reads every file and hands each call on with the name of its file. What `take` cannot use counts as refused.
///
/// # Errors
/// What `take` ends the command with.
pub fn each(
    files: &[CallFile],
    options: &ReadOptions,
    mut take: impl FnMut(&str, Reading) -> Result<Result<(), Fault>, Failure>,
) -> Result<Report, Failure> {
    let mut report = Report { files: files.len(), ..Report::default() };
    let mut progress = Progress::new(files.len());
    for (done, file) in files.iter().enumerate() {
        for (name, reading) in one(file, options, &mut report) {
            let (id, notes) = (reading.call.id.clone(), reading.notes.clone());
            match take(&name, reading)? {
                Err(fault) => report.refused.push(fault.of(name)),
                Ok(()) => report.keep(name, id, notes.iter().filter(|note| note.effect.is_partial()).cloned()),
            }
        }
        progress.done(done + 1);
    }
    progress.end();
    Ok(report)
}

/// The calls of one file; none if it is passed over or refused.
fn one(file: &CallFile, options: &ReadOptions, report: &mut Report) -> Vec<(String, Reading)> {
    let name = files::shown(&file.path);
    // What is named is read once, and not looked at before: it may be a pipe.
    let head = if file.is_named { None } else { files::head(&file.path).ok() };
    if let Some(what) = head.and_then(|head| calls::beside(&name, &head)) {
        report.passed_over.push((name, what));
        return Vec::new();
    }
    let bytes = match files::read(&file.path) {
        Ok(bytes) => bytes,
        Err(why) => {
            report.refused.push(Fault::new(why).of(name));
            return Vec::new();
        }
    };
    match calls::read(&name, &bytes, options) {
        Ok(readings) => readings.into_iter().map(|reading| (name.clone(), reading)).collect(),
        Err(fault) => {
            match calls::beside_by_content(&bytes, options).filter(|_| !file.is_named) {
                Some(what) => report.passed_over.push((name, what)),
                None => report.refused.push(fault),
            }
            Vec::new()
        }
    }
}

impl Report {
    fn keep(&mut self, file: String, id: String, notes: impl Iterator<Item = Note>) {
        self.calls += 1;
        let notes: Vec<Note> = notes.collect();
        if !notes.is_empty() {
            self.partly.push((file.clone(), notes));
        }
        self.ids.entry(id).or_default().push(file);
    }
}

/// A bar, where a batch takes longer than a second.
struct Progress {
    begun: Instant,
    of: usize,
    bar: Option<ProgressBar>,
}

impl Progress {
    fn new(of: usize) -> Progress {
        Progress { begun: Instant::now(), of, bar: None }
    }

    fn done(&mut self, done: usize) {
        let left = self.of.saturating_sub(done);
        if self.bar.is_none() && more_than_a_second(self.begun.elapsed(), done, left) {
            self.bar = Some(bar(self.of));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        }
    }

    fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// At the pace so far, is more than one second of calls left?
fn more_than_a_second(elapsed: Duration, done: usize, left: usize) -> bool {
    let (done, left) = (u128::try_from(done).unwrap_or(1), u128::try_from(left).unwrap_or(0));
    elapsed.as_millis() * left / done.max(1) > 1000
}

fn bar(calls: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(calls).unwrap_or(u64::MAX));
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} files, {eta} left") {
        bar.set_style(style);
    }
    bar
}
