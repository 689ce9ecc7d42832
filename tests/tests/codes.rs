//! The codes of diagnostics: the closed list, the pages, the conformance cases and the places in the source that make them
//! are four views of one set. Must not know what any code means.
//!
//! `GRILLE_BLESS=1 cargo test --test codes` writes the index of the pages anew.

use grille_grammar::diagnostic::{Code, Severity};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const HEADINGS: [&str; 4] = ["## What it means", "## Why it matters", "## Example", "## The mend"];

/// Cases that no file can hold: the suite makes them when it runs.
const MADE_BY_THE_SUITE: &str = "-generated.txt";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn codes() -> Vec<&'static str> {
    Code::ALL.iter().map(|code| code.as_str()).collect()
}

/// Names of the files in a folder, in order.
fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The sources that make findings: grammar and compiler, without the list itself and without tests.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["grammar/src", "compiler/src"] {
        collect(&root().join(folder), &mut found);
    }
    found
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match path.is_dir() {
            true if name != "tests" => collect(&path, into),
            false if name.ends_with(".rs") && name != "code.rs" && name != "tests.rs" => into.push(path),
            _ => {}
        }
    }
}

/// How often each `Code::…` is written in the sources, the modules of tests inside them left out.
fn constructor_sites() -> BTreeMap<String, Vec<String>> {
    let mut sites: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in sources() {
        let text = std::fs::read_to_string(&path).expect("readable");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
        for after in code.split("Code::").skip(1) {
            let name: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
            if codes().contains(&name.as_str()) {
                sites.entry(name).or_default().push(path.display().to_string());
            }
        }
    }
    sites
}

#[test]
fn every_code_is_made_in_exactly_one_place() {
    let sites = constructor_sites();
    let mut wrong = Vec::new();
    for code in codes() {
        let found = sites.get(code).map_or(&[][..], Vec::as_slice);
        if found.len() != 1 {
            wrong.push(format!("{code}: {} places {found:?}", found.len()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let pages = names("docs/errors").into_iter().filter(|name| name != "README.md");
    let pages: Vec<String> = pages.map(|name| name.trim_end_matches(".md").to_owned()).collect();
    assert_eq!(pages, codes());
}

#[test]
fn every_code_has_a_case_and_every_case_a_code() {
    let mut cases: Vec<String> = Vec::new();
    for name in names("tests/conformance/errors") {
        let (code, slug) = name.split_once('-').unwrap_or((&name, ""));
        assert!(
            name.ends_with(".grille") || name.ends_with(MADE_BY_THE_SUITE),
            "{name}: neither a case nor a note on one"
        );
        assert!(!slug.is_empty(), "{name}: a case is named `<code>-<what it shows>.grille`");
        cases.push(code.to_owned());
    }
    cases.dedup();
    assert_eq!(cases, codes());
}

#[test]
fn every_page_has_its_code_its_title_and_the_four_headings() {
    for code in Code::ALL {
        let page = read(&format!("docs/errors/{code}.md"));
        let first = format!("# {code}: {}", code.title());
        assert_eq!(page.lines().next(), Some(first.as_str()), "{code}: the first line");
        let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(headings, HEADINGS, "{code}: the headings");
    }
}

#[test]
fn the_index_of_pages_is_up_to_date() {
    let index = index();
    if std::env::var_os("GRILLE_BLESS").is_some() {
        std::fs::write(root().join("docs/errors/README.md"), &index).expect("writable");
    }
    assert_eq!(read("docs/errors/README.md"), index, "write it anew with GRILLE_BLESS=1");
}

fn index() -> String {
    let mut text = String::from(
        "# Errors and warnings\n\nEvery finding of `grille check` has a code. A code never changes its meaning.\n\
         Generated from the list in the source; `GRILLE_BLESS=1 cargo test --test codes` writes it anew.\n",
    );
    let mut family = "";
    for code in Code::ALL {
        if heading(*code) != family {
            family = heading(*code);
            let _ = write!(text, "\n## {family}\n\n");
        }
        let kind = if code.severity() == Severity::Warning { "warning" } else { "error" };
        let _ = writeln!(text, "- [{code}]({code}.md) ({kind}): {}", code.title());
    }
    text
}

fn heading(code: Code) -> &'static str {
    match code.as_str().get(..3) {
        Some("E01") => "Syntax",
        Some("E02") => "Names",
        Some("E03") => "Types",
        Some("E04") => "Units",
        Some("E05") => "Time windows",
        Some("E06") => "Scorecards",
        Some("E07") => "Guard-rails",
        _ => "Lints",
    }
}
