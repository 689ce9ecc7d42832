//! `grille test`: which tests run, what machines read of them, and how it ends.

#![cfg(test)]

#[path = "running/grille.rs"]
mod running;

use running::{grille, text};
use std::path::Path;

const FAILING: &str = "tests/conformance/failing/late.grille";

fn json(arguments: &[&str]) -> serde_json::Value {
    serde_json::from_slice(&grille(&[arguments, &["--format", "json"]].concat()).stdout).unwrap()
}

#[test]
fn only_takes_tests_by_name_criterion_or_scorecard() {
    let names = |only: &str| {
        let said = json(&["test", FAILING, "--only", only]);
        let tests = said["tests"].as_array().unwrap().iter();
        tests.map(|test| test["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("trop TARD"), ["se présente trop tard"]);
    assert_eq!(names("pas_de_code"), ["demande le code"]);
    assert_eq!(names("reste").len(), 4);
    let none = grille(&["test", FAILING, "-k", "nothing of the kind"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(text(&none.stderr).contains("`nothing of the kind`"));
    assert_eq!(grille(&["test", FAILING, "-k", "this one holds"]).status.code(), Some(0));
}

#[test]
fn json_tells_each_failure_with_what_decided_and_where() {
    let said = json(&["test", FAILING]);
    assert_eq!((said["passed"].as_u64(), said["failed"].as_u64()), (Some(1), Some(4)));
    let failure = &said["tests"][0]["failures"][0];
    assert_eq!(failure["place"]["file"], FAILING);
    assert_eq!(failure["place"]["line"], 25);
    assert_eq!(failure["what"], "`salue_et_se_présente` should be met, and is partly met");
    let decided = &failure["decided_by"][0];
    assert_eq!(decided["place"]["text"], "agent says accueil.présentation within first 20 s");
    assert_eq!((decided["place"]["line"].as_u64(), decided["clause"].as_str()), (Some(7), Some("met when")));
    assert!(decided["observed"].as_str().unwrap().starts_with("too late by 10 s"));
}

/// What Jenkins, GitLab and the reporters of GitHub look at: suites with counts, cases with `classname` and `name`, a
/// `failure` with a `message` in each that failed.
#[test]
fn junit_is_well_formed_and_says_what_ci_reads() {
    let folder = tempfile::tempdir().unwrap();
    let criteria = folder.path().join("a & <b>.grille");
    let test = "test \"“quotes” & <tags> \\u{1}\" {\n call { 0:00-0:01 agent \"allô\" }\n expect salue met\n}\n"
        .replace("\\u{1}", "\u{1}");
    let criterion = "criterion salue { met when any agent says \"bonjour\" }\n";
    std::fs::write(&criteria, format!("grille 1 en\nlocale fr-FR\n{criterion}{test}")).unwrap();
    let file = folder.path().join("junit.xml");
    let arguments = ["test", &criteria.to_string_lossy(), FAILING, "--junit", &file.to_string_lossy()];
    assert_eq!(grille(&arguments).status.code(), Some(1));
    let written = std::fs::read_to_string(&file).unwrap();
    let document = roxmltree::Document::parse(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let number = |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<usize>().unwrap();
    assert_eq!((number(root, "tests"), number(root, "failures")), (6, 5));
    let suites: Vec<_> = root.children().filter(|n| n.has_tag_name("testsuite")).collect();
    assert_eq!(suites.len(), 2);
    for suite in suites {
        let cases: Vec<_> = suite.children().filter(|n| n.has_tag_name("testcase")).collect();
        assert_eq!(cases.len(), number(suite, "tests"));
        let failed = cases.iter().filter(|case| case.children().any(|n| n.has_tag_name("failure")));
        assert_eq!(failed.count(), number(suite, "failures"));
        assert!(cases.iter().all(|case| case.attribute("classname").is_some() && case.attribute("name").is_some()));
        let failures = suite.descendants().filter(|n| n.has_tag_name("failure"));
        assert!(failures.map(|f| f.attribute("message").unwrap()).all(|message| !message.is_empty()));
    }
    let first = root.descendants().find(|n| n.has_tag_name("testcase")).unwrap();
    assert_eq!(first.attribute("name").unwrap(), "“quotes” & <tags> \u{FFFD}");
    let again = grille(&arguments);
    assert_eq!((again.status.code(), std::fs::read_to_string(&file).unwrap()), (Some(1), written));
}

const WELL_TESTED: &str = r#"grille 1 en
locale en-GB

criterion greets { met when agent says "hello" within first 10 s }

criterion quiet { not met when agent says "shout" unless negated }

test "at the edge, and just past it" {
    call {
        0:00-0:00.5 customer "yes"
        0:09-0:10   agent    "hello"
    }
    expect greets met
}

test "past it" {
    call {
        0:00-0:00.5 customer "yes hello"
        0:10-0:10.5 agent    "hello"
    }
    expect greets not met
}

test "shouts" {
    call { 0:00-0:01 agent "shout" }
    expect quiet not met
}

test "the customer shouts" {
    call { 0:00-0:01 customer "shout" }
    expect quiet met
}
"#;

fn well_tested(folder: &Path) -> String {
    let file = folder.join("tested.grille");
    std::fs::write(&file, WELL_TESTED).unwrap();
    file.to_string_lossy().into_owned()
}

/// `was → now`, by line, of what no test notices.
fn unnoticed(said: &serde_json::Value) -> Vec<String> {
    let all = said["mutants"][0]["unnoticed"].as_array().unwrap().iter();
    let words = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    all.map(|one| format!("{}: {} → {}", one["place"]["line"], words(&one["was"]), words(&one["now"]))).collect()
}

#[test]
fn mutate_lists_just_the_changes_that_no_test_notices() {
    let folder = tempfile::tempdir().unwrap();
    let file = well_tested(folder.path());
    let said = json(&["test", &file, "--mutate"]);
    assert_eq!(unnoticed(&said), ["6: unless negated → "]);
    assert!(said["mutants"][0]["tried"].as_u64().unwrap() >= 8, "{said}");
    assert_eq!(grille(&["test", &file, "--mutate"]).status.code(), Some(1));
    assert_eq!(said, json(&["test", &file, "--mutate"]), "not the same twice");
    let denied = "\ntest \"denied\" {\n    call { 0:00-0:01 agent \"never shout\" }\n    expect quiet met\n}\n";
    std::fs::write(&file, format!("{WELL_TESTED}{denied}")).unwrap();
    let now = json(&["test", &file, "--mutate"]);
    assert_eq!(unnoticed(&now), Vec::<String>::new());
    assert_eq!(grille(&["test", &file, "--mutate"]).status.code(), Some(0));
}

#[test]
fn a_window_that_no_test_is_near_is_told_with_a_value_to_try() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("far.grille");
    std::fs::write(&file, WELL_TESTED.replace("0:09-0:10 ", "0:01-0:02 ").replace("0:10-0:10.5", "0:40-0:41")).unwrap();
    let said = json(&["test", &file.to_string_lossy(), "--mutate"]);
    let all = unnoticed(&said);
    assert!(all.contains(&"4: 10 s → 20 s".to_owned()) && all.contains(&"4: 10 s → 5 s".to_owned()), "{all:?}");
    assert!(!all.iter().any(|one| one.contains("11 s")), "the smaller change says nothing new: {all:?}");
    let idea = said["mutants"][0]["unnoticed"][0]["idea"].as_str().unwrap();
    assert!(idea.ends_with("between 10 s and 20 s, such as 15 s"), "{idea}");
    let limited = json(&["test", &file.to_string_lossy(), "--mutate", "--limit", "3"]);
    assert!(limited["mutants"][0]["left_out"].as_u64().unwrap() > 0);
    assert!(limited["mutants"][0]["tried"].as_u64().unwrap() <= 3);
}

#[test]
fn used_files_are_changed_and_what_is_not_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let first = "grille 1 en\nlocale fr-FR\n";
    let words = format!("{first}lexicon mots {{\n    \"bonjour\"\n    \"bonsoir\"\n}}\n");
    let tested = format!(
        "{first}lexicon autres {{ \"merci\" }}\ncriterion a {{ met when agent says autres }}\n\
         test \"a\" {{ call {{ 0:00 agent \"merci\" }} expect a met }}\n"
    );
    let using = format!(
        "{first}use std.accueil\nuse \"words.grille\" as w\nuse \"tested.grille\" as t\n\
         criterion salue {{ met when agent says w.mots }}\n\
         criterion merci {{ met when agent says t.autres or agent says accueil.salutation }}\n\
         test \"oui\" {{ call {{ 0:00 agent \"bonjour\" }} expect salue met }}\n\
         test \"merci\" {{ call {{ 0:00 agent \"merci\" }} expect merci met }}\n"
    );
    for (name, text) in [("words", &words), ("tested", &tested), ("using", &using)] {
        std::fs::write(folder.path().join(format!("{name}.grille")), text).unwrap();
    }
    let file = folder.path().join("using.grille");
    let said = json(&["test", &file.to_string_lossy(), "--mutate"]);
    let of_words = |one: &&serde_json::Value| one["place"]["file"].as_str().unwrap().ends_with("words.grille");
    let all = said["mutants"][0]["unnoticed"].as_array().unwrap();
    let in_words: Vec<_> = all.iter().filter(of_words).map(|one| one["was"].as_str().unwrap()).collect();
    assert_eq!(in_words, ["\"bonsoir\""], "{said}");
    assert!(all.iter().all(|one| !one["place"]["file"].as_str().unwrap().ends_with("tested.grille")), "{said}");
    let not_changed = said["mutants"][0]["not_changed"].as_array().unwrap();
    let named: Vec<&str> = not_changed.iter().map(|one| one.as_str().unwrap()).collect();
    assert_eq!(named[0], "std.accueil, which is part of the library");
    assert!(named.len() == 2 && named[1].ends_with("tested.grille, which has tests of its own"), "{named:?}");
}

#[test]
fn nothing_is_changed_while_tests_fail() {
    let said = grille(&["test", FAILING, "--mutate"]);
    assert!(text(&said.stderr).contains("no change is tried while tests fail"));
    assert_eq!(said.status.code(), Some(1));
}

#[test]
fn coverage_tells_what_was_never_seen() {
    let folder = tempfile::tempdir().unwrap();
    let said = json(&["test", &well_tested(folder.path()), "--coverage"]);
    let leaves = said["coverage"][0]["leaves"].as_array().unwrap();
    let seen: Vec<_> = leaves
        .iter()
        .map(|leaf| {
            (
                leaf["criterion"].as_str().unwrap(),
                leaf["yes"].as_u64().unwrap(),
                leaf["no"].as_u64().unwrap(),
                leaf["cannot_tell"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(seen, [("greets", 1, 1, 0), ("quiet", 1, 1, 0)]);
    let occasions = json(&["test", "tests/conformance/language/calls-from-files.grille", "--coverage"]);
    let leaves = occasions["coverage"][0]["leaves"].as_array().unwrap();
    let hold = leaves.iter().find(|leaf| leaf["place"]["text"] == "hold").unwrap();
    assert_eq!((hold["criterion"].as_str(), hold["no"].as_u64()), (Some("announces"), Some(1)));
    let shown = text(&grille(&["test", "tests/conformance/language/calls-from-files.grille", "--coverage"]).stdout);
    assert!(shown.contains("conditions;") && shown.contains("yes    no  cannot tell"), "{shown}");
}

#[test]
fn a_folder_stands_for_its_files() {
    let said = grille(&["test", "tests/conformance/failing"]);
    let said = text(&said.stdout);
    assert!(said.contains("expectations.grille") && said.contains("late.grille"), "{said}");
}
