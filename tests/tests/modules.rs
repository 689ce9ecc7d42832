//! Modules: files that use each other, by relative paths, under names of their own, and what is said where that goes wrong.

use grille_compiler::check::{Outcome, check};
use grille_compiler::load::{Fetch, ModuleKey, NotFetched, load};
use grille_grammar::diagnostic::Code;
use grille_grammar::source::FileId;
use std::collections::BTreeMap;

/// Files in memory; paths are taken from the folder of the file that uses them.
struct Files(BTreeMap<&'static str, String>);

impl Fetch for Files {
    fn locate(&self, from: &ModuleKey, target: &str) -> String {
        let ModuleKey::File(from) = from else { return target.to_owned() };
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for part in target.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                other => parts.push(other),
            }
        }
        parts.join("/")
    }

    fn fetch(&self, key: &ModuleKey, _: FileId) -> Result<String, NotFetched> {
        let ModuleKey::File(name) = key else { return Err(NotFetched::Missing("no library here".to_owned())) };
        let found = self.0.get(name.as_str()).cloned();
        found.ok_or_else(|| NotFetched::Missing("there is no such file".to_owned()))
    }
}

/// Checks the first file; each is given without its first two lines.
fn checked(files: &[(&'static str, &str)]) -> Outcome {
    let written = files.iter().map(|(name, text)| (*name, format!("grille 1 en\nlocale fr-FR\n{text}\n")));
    let first = ModuleKey::File(files[0].0.to_owned());
    check(&load(&[first], &Files(written.collect())).expect("the first file"))
}

fn codes(outcome: &Outcome) -> Vec<Code> {
    outcome.diagnostics.iter().map(|d| d.code).filter(|code| *code != Code::W0103).collect()
}

#[test]
fn paths_begin_at_the_file_that_uses() {
    let outcome = checked(&[
        ("a/main.grille", "use \"../b/one.grille\" as near\ncriterion c { met when any near.m }"),
        ("b/one.grille", "use \"./deep/two.grille\" as two\nmoment m = agent says two.l"),
        ("b/deep/two.grille", "lexicon l { \"un\" }"),
    ]);
    assert_eq!(codes(&outcome), []);
    assert!(outcome.program.is_some());
}

#[test]
fn two_ways_to_one_file_are_one_module() {
    let outcome = checked(&[
        (
            "main.grille",
            "use \"left.grille\" as leftmost\nuse \"right.grille\" as right\ncriterion c { applies when any leftmost.m\n met when leftmost.m only after right.m }",
        ),
        ("left.grille", "use \"base.grille\" as base\nmoment m = agent says base.l"),
        ("right.grille", "use \"./base.grille\" as other_name\nmoment m = agent says other_name.l"),
        ("base.grille", "lexicon l { \"un\" }"),
    ]);
    assert_eq!(codes(&outcome), []);
}

#[test]
fn circles_are_told() {
    let outcome = checked(&[
        ("a.grille", "use \"b.grille\" as b\ncriterion c { met when any b.m }"),
        ("b.grille", "use \"a.grille\" as a\nmoment m = hold"),
    ]);
    assert!(codes(&outcome).contains(&Code::E0204), "{:?}", outcome.diagnostics);
}

#[test]
fn two_modules_of_one_name_are_told() {
    let outcome = checked(&[
        ("main.grille", "use \"a.grille\" as x\nuse \"b.grille\" as x\ncriterion c { met when any x.m }"),
        ("a.grille", "moment m = hold"),
        ("b.grille", "moment m = silence"),
    ]);
    assert_eq!(codes(&outcome), [Code::E0202]);
}

#[test]
fn a_module_of_which_nothing_is_used_is_told() {
    let outcome = checked(&[
        ("main.grille", "use \"a.grille\" as a\nuse \"b.grille\" as b\ncriterion c { met when any a.m }"),
        ("a.grille", "moment m = hold"),
        ("b.grille", "moment m = silence"),
    ]);
    assert_eq!(codes(&outcome), [Code::W0102]);
    assert!(outcome.diagnostics.iter().any(|d| d.message == "nothing uses the module `b`"));
}

#[test]
fn a_missing_name_is_looked_for_in_the_modules_that_are_used() {
    let main = "use \"mots.grille\" as mots\ncriterion c { met when agent says salutation }";
    let outcome = checked(&[("main.grille", main), ("mots.grille", "lexicon salutation { \"bonjour\" }")]);
    let finding = outcome.diagnostics.iter().find(|d| d.code == Code::E0201).expect("a finding");
    assert_eq!(finding.help.as_deref(), Some("did you mean `mots.salutation`?"));
    let misspelt = "use \"mots.grille\" as mots\ncriterion c { met when agent says mots.salutaton }";
    let outcome = checked(&[("main.grille", misspelt), ("mots.grille", "lexicon salutation { \"bonjour\" }")]);
    let finding = outcome.diagnostics.iter().find(|d| d.code == Code::E0201).expect("a finding");
    assert_eq!(finding.help.as_deref(), Some("did you mean `salutation`?"));
}

#[test]
fn names_are_one_however_their_accents_are_written() {
    let (composed, decomposed) = ("congé", "conge\u{301}");
    let main = format!("use \"mots.grille\" as mots\ncriterion c {{ met when agent says mots.{decomposed} }}");
    let mots = format!("lexicon {composed} {{ \"au revoir\" }}");
    let outcome = checked(&[("main.grille", &main), ("mots.grille", &mots)]);
    assert_eq!(codes(&outcome), []);
}

#[test]
fn a_file_that_is_not_there_is_told_at_its_line() {
    let outcome = checked(&[("main.grille", "use \"nowhere.grille\" as n\ncriterion c { met when any hold }")]);
    assert_eq!(codes(&outcome), [Code::E0203]);
}
