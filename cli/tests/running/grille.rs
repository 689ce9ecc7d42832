//! Running `grille` as people do: from a folder, its streams into pipes. Knows nothing of what it prints.

#![allow(dead_code, reason = "each file of tests uses what it needs")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder that holds examples and cases.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// What it prints in the top folder, and how it ends.
pub fn grille(arguments: &[&str]) -> Output {
    grille_in(&root(), arguments)
}

/// What it prints in a folder, and how it ends; the environment asks for no colour and forbids none.
pub fn grille_in(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_grille"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").output().unwrap()
}

/// What stands on a stream.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
