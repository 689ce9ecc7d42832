//! What people see: every code's message with its source, the usual slips of designers who come from other products,
//! and the views of a scored call. Each snapshot shows the source and what `grille` says of it.

#![cfg(test)]

#[path = "running/grille.rs"]
mod running;

use running::{root, text};
use std::path::Path;

/// What `grille` prints, both streams, and how it ends.
fn grille(arguments: &[&str]) -> String {
    let output = running::grille(arguments);
    let code = output.status.code().unwrap_or(-1);
    format!("{}{}(exit {code})\n", text(&output.stderr), text(&output.stdout))
}

fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap().map(|e| e.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".grille"));
    names.sort();
    assert!(!names.is_empty(), "no case in {folder}");
    names.into_iter().map(|name| format!("{folder}/{name}")).collect()
}

fn each(folder: &str) {
    for file in files(folder) {
        let source = String::from_utf8_lossy(&std::fs::read(root().join(&file)).unwrap()).into_owned();
        let shown = if source.len() > 4000 { "(a long file)\n" } else { source.as_str() };
        let name = Path::new(&file).file_stem().unwrap().to_string_lossy().into_owned();
        insta::with_settings!({ description => shown, omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, grille(&["check", &file]));
        });
    }
}

#[test]
fn every_code_says_where_what_and_how_to_mend_it() {
    each("tests/conformance/errors");
}

#[test]
fn habits_of_other_products_get_help_of_their_own() {
    each("tests/conformance/habits");
}

#[test]
fn a_test_that_must_fail_fails_and_names_what_decided() {
    for file in files("tests/conformance/failing") {
        let name = format!("failing-{}", Path::new(&file).file_stem().unwrap().to_string_lossy());
        let said = grille(&["test", &file]);
        assert!(said.ends_with("(exit 1)\n"), "{file}: {said}");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, said);
        });
    }
}

#[test]
fn what_criteria_cost_is_counted() {
    insta::assert_snapshot!("cost", grille(&["check", "--cost", "tests/conformance/language/once-per.grille"]));
}

#[test]
fn a_call_is_explained() {
    let arguments = ["explain", "--criteria", "examples/accueil.grille", "examples/appel.json"];
    insta::assert_snapshot!("explained", grille(&arguments));
    let machine = grille(&[&arguments[..], &["--format", "json"]].concat());
    let interpreter = grille(&[&arguments[..], &["--format", "json", "--engine", "interpreter"]].concat());
    assert_eq!(machine, interpreter);
    assert_eq!(machine, grille(&[&arguments[..], &["--format", "json"]].concat()), "not the same bytes twice");
}

#[test]
fn a_batch_is_a_table_or_json() {
    let arguments = ["score", "--criteria", "examples/accueil.grille", "examples/appel.json"];
    for format in ["table", "json", "jsonl"] {
        insta::assert_snapshot!(format!("scored-{format}"), grille(&[&arguments[..], &["--format", format]].concat()));
    }
}

#[test]
fn a_batch_tells_how_often_something_cannot_be_told_and_why() {
    let calls = ["runtime/src/calls/fixtures/simsamu.json", "runtime/src/calls/fixtures/simsamu.json"];
    let said = grille(&[&["score", "-c", "examples/secours.grille"], &calls[..]].concat());
    insta::assert_snapshot!("scored-with-doubts", said);
}

#[test]
fn a_bad_call_does_not_sink_the_batch() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    let (empty, cut) = (write("empty.json", ""), write("cut.json", "{\"grille_call\": 1, \"id\": \"x\", "));
    let criteria = "examples/accueil.grille";
    let said = grille(&["score", "-c", criteria, &empty, "examples/appel.json", &cut, "missing.json"]);
    assert!(said.contains("exemple-3900-0001  77.1 %"), "{said}");
    assert!(said.contains("refused (3)") && said.ends_with("(exit 3)\n"), "{said}");
    for name in ["empty.json", "cut.json", "missing.json"] {
        assert!(said.contains(name), "{name} is not named: {said}");
    }
}

#[test]
fn exit_codes_tell_findings_usage_and_faults_apart() {
    let ends = |arguments: &[&str], code: i32| {
        let said = grille(arguments);
        assert!(said.ends_with(&format!("(exit {code})\n")), "{arguments:?}: {said}");
    };
    ends(&["check", "examples/accueil.grille"], 0);
    ends(&["test", "examples/accueil.grille", "std.accueil", "std.openings"], 0);
    ends(&["check", "tests/conformance/errors/E0201-misspelt-lexicon.grille"], 1);
    ends(&["score"], 2);
    ends(&["explain", "-c", "examples/accueil.grille", "--criterion", "rien", "examples/appel.json"], 2);
    ends(&["score", "-c", "examples/accueil.grille", "--scorecard", "rien", "examples/appel.json"], 2);
    ends(&["check", "missing.grille"], 3);
    ends(&["check", "docs"], 3);
    ends(&["check", "examples"], 0);
}

#[test]
fn hostile_files_are_refused_quickly_and_clearly() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text, code) in [
        ("brackets", format!("grille 1 en\n{}", "(".repeat(4 << 20 >> 1)), "E0105"),
        ("braces", "{".repeat(4 << 20), "E0105"),
        ("large", "x".repeat((4 << 20) + 1), "E0106"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let said = grille(&["check", &path.to_string_lossy()]);
        assert!(
            said.contains(code) && said.ends_with("(exit 1)\n"),
            "{name}: {}",
            said.chars().take(2000).collect::<String>()
        );
        assert!(said.len() < 5000, "{name}: {} bytes of findings", said.len());
    }
}

#[test]
fn every_phase_can_be_shown() {
    for (phase, holds) in
        [("ast", "Lexicon"), ("checked", "Criterion"), ("plan", "symbol s0"), ("clif", "function"), ("asm", "ret")]
    {
        let said = grille(&["dump", "--phase", phase, "examples/accueil.grille"]);
        assert!(said.contains(holds) && said.ends_with("(exit 0)\n"), "{phase}");
    }
}
