//! Exit codes, and failures that end a command. (Wrong usage is 2, and clap's.)

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done, nothing found.
    Done,
    /// Done, and there is something to mend: errors in criteria, failed tests.
    Findings,
    /// Wrong usage, found after the arguments were read.
    Usage,
    /// A file or the machine.
    Fault,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Fault => 3,
        })
    }
}

/// What ends a command at once: a file or the machine, in plain words.
#[derive(Debug)]
pub struct Failure(pub String);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<grille_evidence::executable::Defect> for Failure {
    fn from(defect: grille_evidence::executable::Defect) -> Failure {
        Failure(defect.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure(format!("could not write: {error}"))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure(format!("could not write JSON: {error}"))
    }
}
