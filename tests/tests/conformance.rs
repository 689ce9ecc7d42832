//! The conformance suite: what the language means, said in the language. Every file runs on both engines.

use grille_tests::programs::{Text, root, run};
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == "grille")).collect();
    files.sort();
    assert!(!files.is_empty(), "no file in {}", folder.display());
    files
}

fn all_pass(texts: Vec<(String, String, PathBuf)>) {
    let mut wrong = Vec::new();
    for (name, text, folder) in texts {
        let (tests, misses) = run(&Text { name: &name, text: &text, folder });
        if tests == 0 && misses.is_empty() {
            wrong.push(format!("{name}: holds no test"));
        }
        wrong.extend(misses);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn of_folder(folder: &str) -> Vec<(String, String, PathBuf)> {
    let folder = root().join(folder);
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    files(&folder).iter().map(|p| (name(p), std::fs::read_to_string(p).unwrap(), folder.clone())).collect()
}

#[test]
fn the_language_means_what_its_book_says() {
    all_pass(of_folder("tests/conformance/language"));
}

#[test]
fn the_examples_hold() {
    all_pass(of_folder("examples"));
}

#[test]
fn the_library_holds() {
    let modules = grille_stdlib_criteria::modules().iter();
    all_pass(modules.map(|(name, text)| ((*name).to_owned(), (*text).to_owned(), PathBuf::new())).collect());
}
