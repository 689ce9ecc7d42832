//! The calls of tests: written out, or read from the files that tests name. Reads each file once.

use crate::files;
use grille_compiler::check::messages;
use grille_compiler::checked::Test;
use grille_evidence::call::Call;
use grille_evidence::expectation::{CallFile, TestCall};
use grille_grammar::diagnostic::Diagnostic;
use grille_runtime::calls::{self, ReadOptions};
use grille_runtime::fault::Fault;
use std::collections::BTreeMap;
use std::path::Path;

/// Call files read so far, by path.
#[derive(Default)]
pub struct Calls {
    read: BTreeMap<String, Result<Call, Fault>>,
}

impl Calls {
    /// The call of a test.
    ///
    /// # Errors
    /// A finding at the place in the test where the file is named.
    pub fn of(&mut self, test: &Test) -> Result<Call, Box<Diagnostic>> {
        let file = match &test.case.call {
            TestCall::Written(call) => return Ok((**call).clone()),
            TestCall::File(file) => file,
        };
        self.from(file).map_err(|fault| Box::new(finding(test, file, &fault)))
    }

    fn from(&mut self, file: &CallFile) -> Result<Call, Fault> {
        let known = self.read.entry(file.path.clone()).or_insert_with(|| read(&file.path));
        match (known, file.window) {
            (Ok(call), Some((from, to))) => calls::cut(call, from, to),
            (Ok(call), None) => Ok(call.clone()),
            (Err(fault), _) => Err(fault.clone()),
        }
    }
}

fn read(path: &str) -> Result<Call, Fault> {
    let bytes = files::read(Path::new(path)).map_err(Fault::new)?;
    let calls = calls::read(path, &bytes, &ReadOptions::default())?;
    calls.into_iter().next().map(|reading| reading.call).ok_or_else(|| Fault::new("there is no call in it"))
}

fn finding(test: &Test, file: &CallFile, fault: &Fault) -> Diagnostic {
    let place = fault.place.as_ref().map(|place| format!("at {place}: ")).unwrap_or_default();
    messages::call_not_usable(&file.path, &format!("{place}{}", fault.what), fault.mend.as_deref(), test.call)
}

/// A finding on a call that was read and that these criteria cannot be tried on.
pub fn unfit(test: &Test, fault: &Fault) -> Diagnostic {
    match &test.case.call {
        TestCall::File(file) => finding(test, file, fault),
        TestCall::Written(call) => messages::call_not_usable(&call.id, &fault.what, fault.mend.as_deref(), test.call),
    }
}
