//! Criteria as text, loaded with the library and the files of a folder, and their tests run on both engines.

use grille_compiler::check::check;
use grille_compiler::checked::Test;
use grille_compiler::engine::{Engine, Program};
use grille_compiler::load::{Fetch, Loaded, ModuleKey, NotFetched, load};
use grille_evidence::call::Call;
use grille_evidence::executable::Executable;
use grille_evidence::expectation::TestCall;
use grille_evidence::locale::LocalePack;
use grille_grammar::diagnostic::Severity;
use grille_grammar::source::FileId;
use grille_runtime::calls::{self, ReadOptions};
use grille_runtime::expect;
use grille_runtime::facts::derive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A text under a name, the library, and the files beside it.
pub struct Text<'a> {
    /// The name it is known by.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// Where the files that it uses are.
    pub folder: PathBuf,
}

impl Fetch for Text<'_> {
    fn locate(&self, _: &ModuleKey, target: &str) -> String {
        target.to_owned()
    }

    fn fetch(&self, key: &ModuleKey, _: FileId) -> Result<String, NotFetched> {
        match key {
            ModuleKey::File(name) if name == self.name => Ok(self.text.to_owned()),
            ModuleKey::File(name) => {
                std::fs::read_to_string(self.folder.join(name)).map_err(|error| NotFetched::Missing(error.to_string()))
            }
            ModuleKey::Library(name) => grille_stdlib_criteria::module(name)
                .map(str::to_owned)
                .ok_or_else(|| NotFetched::Missing("no such module".to_owned())),
        }
    }
}

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Loads a text with all it uses.
#[must_use]
pub fn loaded(text: &Text<'_>) -> Loaded {
    load(&[ModuleKey::File(text.name.to_owned())], text).unwrap_or_default()
}

/// Checks a text and runs its tests on both engines: how many tests, and what is wrong.
#[must_use]
pub fn run(text: &Text<'_>) -> (usize, Vec<String>) {
    let loaded = loaded(text);
    let outcome = check(&loaded);
    let errors = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let mut wrong: Vec<String> = errors.map(|d| format!("{}: {} {}", text.name, d.code, d.message)).collect();
    let Some(checked) = outcome.program else { return (0, wrong) };
    let sources = Arc::new(loaded.sources.clone());
    let engines = [Engine::Interpreter, Engine::Machine];
    let programs = engines.map(|e| Program::new(&checked, Arc::clone(&sources), e).expect("a sound program"));
    for test in &checked.tests {
        let call = match call_of(test, text) {
            Ok(call) => call,
            Err(why) => {
                wrong.push(format!("{} “{}”: {why}", text.name, test.case.name));
                continue;
            }
        };
        for program in &programs {
            let misses = expect::run(program, &test.case, &call).expect("a call that can be evaluated");
            wrong.extend(misses.iter().map(|m| format!("{} “{}”: {}", text.name, test.case.name, m.what)));
        }
        wrong.extend(disagreement(&programs, &call).map(|what| format!("{} “{}”: {what}", text.name, test.case.name)));
    }
    wrong.dedup();
    (checked.tests.len(), wrong)
}

/// The call of a test: its own, or that in a file beside the text.
fn call_of(test: &Test, text: &Text<'_>) -> Result<Call, String> {
    let file = match &test.case.call {
        TestCall::Written(call) => return Ok((**call).clone()),
        TestCall::File(file) => file,
    };
    let bytes = std::fs::read(text.folder.join(&file.path)).map_err(|error| error.to_string())?;
    let calls = calls::read(&file.path, &bytes, &ReadOptions::default()).map_err(|fault| fault.to_string())?;
    let call = calls.into_iter().next().ok_or("no call")?.call;
    match file.window {
        Some((from, to)) => calls::cut(&call, from, to).map_err(|fault| fault.to_string()),
        None => Ok(call),
    }
}

fn disagreement(programs: &[Program; 2], call: &Call) -> Option<&'static str> {
    let pack = LocalePack::for_tag(programs[0].locale_for(call.locale.as_deref())?)?;
    let facts = derive(call, pack, grille_evidence::facts::Hearing::default());
    let bytes = programs.each_ref().map(|p| p.evaluate(&facts).expect("an evaluation").to_bytes());
    (bytes[0] != bytes[1]).then_some("the engines disagree")
}
