//! Who may import whom: the table of docs/architecture.md, held against what cargo itself knows of the workspace.
//! Must not know what the crates do. Dependencies of every kind count: for building and for tests as well.

use cargo_metadata::{Metadata, MetadataCommand, Package};

const OURS: [&str; 8] = [
    "grille-grammar",
    "grille-evidence",
    "grille-compiler",
    "grille-runtime",
    "grille-verifier",
    "grille-stdlib-criteria",
    "grille",
    "grille-tests",
];

/// Each crate and the crates of ours that it may import.
const TABLE: [(&str, &[&str]); 8] = [
    ("grille-grammar", &[]),
    ("grille-evidence", &[]),
    ("grille-stdlib-criteria", &[]),
    ("grille-compiler", &["grille-grammar", "grille-evidence"]),
    ("grille-runtime", &["grille-evidence"]),
    ("grille-verifier", &["grille-grammar", "grille-evidence"]),
    (
        "grille",
        &[
            "grille-grammar",
            "grille-evidence",
            "grille-compiler",
            "grille-runtime",
            "grille-verifier",
            "grille-stdlib-criteria",
        ],
    ),
    ("grille-tests", &OURS),
];

/// Crates of others that only one crate of ours may name: its name, and how theirs begin.
const KEPT_TO_ONE: [(&str, &[&str]); 4] = [
    ("grille-grammar", &["pest"]),
    ("grille-compiler", &["cranelift"]),
    (
        "grille-runtime",
        &[
            "whisper",
            "symphonia",
            "hound",
            "rubato",
            "rustfft",
            "realfft",
            "ogg",
            "opus",
            "lewton",
            "claxon",
            "minimp3",
        ],
    ),
    ("grille", &["clap", "miette"]),
];

/// The workspace by its manifests alone: nothing is resolved, fetched or written.
fn workspace() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .no_deps()
        .other_options(vec!["--offline".to_owned(), "--locked".to_owned()])
        .exec()
        .expect("cargo metadata")
}

fn imports(package: &Package) -> impl Iterator<Item = &str> {
    package.dependencies.iter().map(|dependency| dependency.name.as_str())
}

fn is_of(name: &str, family: &str) -> bool {
    name == family || name.strip_prefix(family).is_some_and(|rest| rest.starts_with(['-', '_']))
}

#[test]
fn the_workspace_holds_the_crates_of_the_table_and_no_other() {
    let mut found: Vec<String> = workspace().packages.iter().map(|package| package.name.to_string()).collect();
    let mut table: Vec<String> = TABLE.iter().map(|(name, _)| (*name).to_owned()).collect();
    found.sort();
    table.sort();
    assert_eq!(found, table);
}

#[test]
fn no_crate_imports_a_crate_of_ours_that_the_table_does_not_allow() {
    let mut wrong = Vec::new();
    for package in &workspace().packages {
        let allowed =
            TABLE.iter().find(|(name, _)| *name == package.name.as_str()).map_or(&[][..], |(_, allowed)| *allowed);
        let of_ours = imports(package).filter(|name| OURS.contains(name));
        wrong.extend(
            of_ours.filter(|name| !allowed.contains(name)).map(|name| format!("{} imports {name}", package.name)),
        );
    }
    assert!(wrong.is_empty(), "edges that docs/architecture.md does not have: {wrong:#?}");
}

#[test]
fn crates_kept_to_one_of_ours_are_named_by_no_other() {
    let mut wrong = Vec::new();
    for package in &workspace().packages {
        for (owner, families) in KEPT_TO_ONE.iter().filter(|(owner, _)| *owner != package.name.as_str()) {
            let named = imports(package).filter(|name| families.iter().any(|family| is_of(name, family)));
            wrong.extend(named.map(|name| format!("{} names {name}, which only {owner} may", package.name)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_family_is_known_by_whole_words() {
    assert!(is_of("pest", "pest") && is_of("pest_derive", "pest") && is_of("cranelift-jit", "cranelift"));
    assert!(!is_of("pestilence", "pest"));
}
