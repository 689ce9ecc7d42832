//! `grille fmt`: what it writes, what it leaves alone, and how it ends.

#![cfg(test)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const TYPED: &str = "grille 1 en\nlocale fr-FR\ncriterion tient { met   when hold longer than 2 seconds }\n";
const LAID_OUT: &str = "grille 1 en\nlocale fr-FR\n\ncriterion tient { met when hold longer than 2 s }\n";
const BROKEN: &str = "grille 1 en\nlocale fr-FR\ncriterion tient { met   when hold longer }\n";

/// Both streams and the exit code.
fn grille(folder: &Path, arguments: &[&str], input: &str) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_grille"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap_or(-1))
}

#[test]
fn files_and_folders_are_laid_out_and_then_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("below")).unwrap();
    std::fs::write(path("below/a.grille"), TYPED).unwrap();
    std::fs::write(path("below/b.txt"), TYPED).unwrap();
    std::fs::write(path("c.grille"), LAID_OUT).unwrap();
    let (out, _, code) = grille(folder.path(), &["fmt", "below", "c.grille"], "");
    assert_eq!((out.as_str(), code), ("below/a.grille: laid out anew\n1 file as it should be, 1 laid out anew\n", 0));
    assert_eq!(std::fs::read_to_string(path("below/a.grille")).unwrap(), LAID_OUT);
    assert_eq!(std::fs::read_to_string(path("below/b.txt")).unwrap(), TYPED);
    assert_eq!(grille(folder.path(), &["fmt", "--check", "."], "").2, 0);
}

#[test]
fn check_shows_what_would_change_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.grille"), TYPED).unwrap();
    let (out, _, code) = grille(folder.path(), &["fmt", "--check", "a.grille"], "");
    let wanted = "--- a.grille\n+++ a.grille, laid out\n@@ -1,3 +1,4 @@\n grille 1 en\n locale fr-FR\n\
                  -criterion tient { met   when hold longer than 2 seconds }\n+\n+criterion tient { met when hold longer than 2 s }\n\
                  0 files as they should be, 1 would be laid out anew\n";
    assert_eq!((out.as_str(), code), (wanted, 1));
    assert_eq!(std::fs::read_to_string(folder.path().join("a.grille")).unwrap(), TYPED);
}

#[test]
fn what_cannot_be_read_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.grille"), BROKEN).unwrap();
    std::fs::write(folder.path().join("b.grille"), TYPED).unwrap();
    let (out, err, code) = grille(folder.path(), &["fmt", "."], "");
    assert!(err.contains("E0101") && err.contains("a.grille: not touched, because it cannot be read"), "{err}");
    assert!(out.ends_with("0 files as they should be, 1 laid out anew, 1 not touched\n"), "{out}");
    assert_eq!(code, 1);
    assert_eq!(std::fs::read_to_string(folder.path().join("a.grille")).unwrap(), BROKEN);
    assert_eq!(std::fs::read_to_string(folder.path().join("b.grille")).unwrap(), LAID_OUT);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(grille(folder.path(), &["fmt", "-"], TYPED), (LAID_OUT.to_owned(), String::new(), 0));
    assert_eq!(grille(folder.path(), &["fmt", "--check", "-"], TYPED).2, 1);
    assert_eq!(grille(folder.path(), &["fmt", "--check", "-"], LAID_OUT).2, 0);
    let (out, _, code) = grille(folder.path(), &["fmt", "-"], BROKEN);
    assert_eq!((out.as_str(), code), ("", 1));
}

#[test]
fn line_ends_of_windows_stay_and_a_byte_order_mark_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.grille");
    let windows = LAID_OUT.replace('\n', "\r\n");
    std::fs::write(&path, &windows).unwrap();
    assert_eq!(grille(folder.path(), &["fmt", "--check", "a.grille"], "").2, 0);
    std::fs::write(&path, format!("\u{FEFF}{windows}")).unwrap();
    let (out, _, code) = grille(folder.path(), &["fmt", "--check", "a.grille"], "");
    assert!(out.contains("the byte order mark at its start would be taken off") && code == 1, "{out}");
    assert_eq!(grille(folder.path(), &["fmt", "a.grille"], "").2, 0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), windows);
}
