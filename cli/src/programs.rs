//! From files to a program ready to run, findings shown on the way.

use crate::arguments::EngineChoice;
use crate::exit::{Exit, Failure};
use crate::files::{self, Disk};
use crate::render::{diagnostics, say};
use grille_compiler::check::{Outcome, check};
use grille_compiler::engine::{Engine, Program};
use grille_compiler::load::{Loaded, NotFetched, load};
use grille_evidence::attribute::AttributeType;
use grille_evidence::executable::{CriterionInfo, CriterionKind, Executable};
use grille_grammar::diagnostic::{Diagnostic, Severity};
use grille_grammar::source::SourceSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Loads and checks files together.
///
/// # Errors
/// How the command ends where a file cannot be read at all.
pub fn checked(paths: &[PathBuf]) -> Result<(Loaded, Outcome), Exit> {
    checked_or(paths, diagnostics::show)
}

/// The same; `tell` is told what is wrong with the bytes of a file that cannot be read as text.
///
/// # Errors
/// How the command ends where a file cannot be read at all.
pub fn checked_or(paths: &[PathBuf], tell: impl FnOnce(&[Diagnostic], &SourceSet)) -> Result<(Loaded, Outcome), Exit> {
    let keys: Vec<_> = paths.iter().map(|p| files::key(p)).collect();
    match load(&keys, &Disk) {
        Ok(loaded) => {
            let outcome = check(&loaded);
            Ok((loaded, outcome))
        }
        Err((key, NotFetched::Missing(why))) => {
            say::error(&format!("{}: {why}", key.shown()));
            Err(Exit::Fault)
        }
        Err((key, NotFetched::Unreadable(finding))) => {
            let mut sources = SourceSet::default();
            sources.add(key.shown(), String::new());
            tell(&[*finding], &sources);
            Err(Exit::Findings)
        }
    }
}

/// A program from one file; its findings are shown.
///
/// # Errors
/// How the command ends where there is none.
pub fn program(path: &Path, engine: EngineChoice) -> Result<Result<(Program, Loaded), Exit>, Failure> {
    let (loaded, outcome) = match checked(&[path.to_owned()]) {
        Ok(pair) => pair,
        Err(exit) => return Ok(Err(exit)),
    };
    let errors: Vec<_> = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    diagnostics::show(&errors, &loaded.sources);
    let engine = match engine {
        EngineChoice::Machine => Engine::Machine,
        EngineChoice::Interpreter => Engine::Interpreter,
    };
    let program = Program::of(outcome, Arc::new(loaded.sources.clone()), engine)?;
    Ok(program.map(|program| (program, loaded)).ok_or(Exit::Findings))
}

/// The attributes that criteria declare.
pub fn declared(program: &Program) -> Vec<(String, AttributeType)> {
    program.plan().attributes.iter().map(|attribute| (attribute.name.clone(), attribute.ty.clone())).collect()
}

/// The criteria that a name means: the one called so in full; else all of that name, whatever their values and whichever
/// module they come from; else those with that title.
pub fn named(known: &[CriterionInfo], name: &str) -> Vec<usize> {
    let bare = |full: &str| full.split_once('(').map_or(full.len(), |(bare, _)| bare.len());
    let full = |info: &CriterionInfo| info.name == name;
    let without_values = |info: &CriterionInfo| info.name.get(..bare(&info.name)) == Some(name);
    let in_a_module =
        |info: &CriterionInfo| info.name.get(..bare(&info.name)).and_then(|own| own.rsplit('.').next()) == Some(name);
    let titled = |info: &CriterionInfo| info.title == name && info.kind == CriterionKind::Declared;
    let ways: [&dyn Fn(&CriterionInfo) -> bool; 4] = [&full, &without_values, &in_a_module, &titled];
    let found = |fits: &&dyn Fn(&CriterionInfo) -> bool| {
        let those = known.iter().enumerate().filter(|(_, info)| fits(info));
        Some(those.map(|(index, _)| index).collect::<Vec<_>>()).filter(|those| !those.is_empty())
    };
    ways.iter().find_map(found).unwrap_or_default()
}

/// The names of all declared criteria, one a line.
pub fn known_criteria(known: &[CriterionInfo]) -> String {
    let declared = known.iter().filter(|info| info.kind == CriterionKind::Declared);
    let lines: String = declared.map(|info| format!("\n  {}  {}", info.name, info.title)).collect();
    format!("the file has{lines}")
}

/// The program and the scorecard that calls are to be looked at with; findings are shown.
///
/// # Errors
/// How the command ends where one of them is missing.
pub fn asked(
    criteria: &Path,
    name: Option<&str>,
    engine: EngineChoice,
) -> Result<Result<(Program, Option<usize>), Exit>, Failure> {
    let (program, _) = match program(criteria, engine)? {
        Ok(pair) => pair,
        Err(exit) => return Ok(Err(exit)),
    };
    let scorecard = scorecard(&program, name);
    Ok(scorecard.map(|scorecard| (program, scorecard)))
}

/// Which scorecard: the one named, else the only one; none if the file has none.
///
/// # Errors
/// How the command ends where it cannot be told.
fn scorecard(program: &Program, name: Option<&str>) -> Result<Option<usize>, Exit> {
    let cards = program.scorecards();
    let names = || cards.iter().map(|c| format!("`{}`", c.name)).collect::<Vec<_>>().join(", ");
    match (name, cards.len()) {
        (Some(name), _) => match cards.iter().position(|c| c.name == name) {
            Some(index) => Ok(Some(index)),
            None => {
                say::error(&format!("there is no scorecard `{name}`; the file has {}", names()));
                Err(Exit::Usage)
            }
        },
        (None, 0) => Ok(None),
        (None, 1) => Ok(Some(0)),
        (None, _) => {
            say::error(&format!("the file has several scorecards: {}; choose one with --scorecard", names()));
            Err(Exit::Usage)
        }
    }
}
