//! What goes where: findings on one stream and results on the other, no colours into a pipe, the same bytes every time
//! and from both engines, and one kind of error for each case of the conformance suite.

#![cfg(test)]

#[path = "running/grille.rs"]
mod running;

use running::{grille, root, text};
use std::collections::BTreeSet;

const ESCAPE: u8 = 0x1B;
const SCORED: [&str; 4] = ["--criteria", "examples/accueil.grille", "examples/appel.json", "examples/appel.json"];

fn of<'a>(first: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
    [&[first], rest].concat()
}

#[test]
fn a_pipe_gets_no_colour_codes() {
    let error = "tests/conformance/errors/E0201-misspelt-lexicon.grille";
    let runs = [vec!["check", error], of("score", &SCORED), of("explain", &SCORED[..3]), vec!["test", "std.accueil"]];
    for arguments in runs {
        let output = grille(&arguments);
        assert!(!output.stdout.contains(&ESCAPE) && !output.stderr.contains(&ESCAPE), "{arguments:?}");
    }
}

#[test]
fn findings_stay_out_of_the_results() {
    let file = "tests/conformance/errors/E0201-misspelt-lexicon.grille";
    let checked = grille(&["check", file]);
    assert!(text(&checked.stderr).contains("E0201"));
    assert_eq!(text(&checked.stdout), format!("{file}: 1 error\n"));
    let scored = grille(&["score", "--criteria", file, "examples/appel.json"]);
    assert_eq!((text(&scored.stdout), scored.status.code()), (String::new(), Some(1)));
    let missing = grille(&of("score", &["--format", "jsonl", "-c", SCORED[1], "missing.json", SCORED[2]]));
    assert!(text(&missing.stderr).contains("missing.json") && missing.status.code() == Some(3));
    let rows: Vec<serde_json::Value> =
        text(&missing.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 1);
}

#[test]
fn both_engines_and_both_runs_give_the_same_bytes() {
    for format in ["table", "json", "jsonl"] {
        let arguments = of("score", &[&SCORED[..], &["--format", format]].concat());
        let machine = grille(&arguments).stdout;
        assert!(!machine.is_empty());
        assert_eq!(machine, grille(&arguments).stdout, "{format}: not the same bytes twice");
        let interpreter = grille(&[&arguments[..], &["--engine", "interpreter"]].concat()).stdout;
        assert_eq!(machine, interpreter, "{format}: the engines differ");
    }
    let tree = of("explain", &SCORED[..3]);
    assert_eq!(grille(&tree).stdout, grille(&[&tree[..], &["--engine", "interpreter"]].concat()).stdout);
}

#[test]
fn a_failed_test_ends_with_one_and_names_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fails.grille");
    let test = "test \"silence\" {\n call { 0:00-0:01 agent \"allô\" }\n expect salue met\n}\n";
    let criterion = "criterion salue { met when any agent says \"bonjour\" }\n";
    std::fs::write(&file, format!("grille 1 en\nlocale fr-FR\n{criterion}{test}")).unwrap();
    let output = grille(&["test", &file.to_string_lossy()]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("fails.grille:6:2") && said.contains("expect salue met") && said.contains("0 passed, 1 failed"),
        "{said}"
    );
}

/// Codes at the beginning of findings.
fn codes(findings: &str) -> BTreeSet<String> {
    let number = |line: &str| line.strip_prefix(['E', 'W']).is_some_and(|rest| rest.parse::<u16>().is_ok());
    let is_code = |line: &&str| line.len() == 5 && number(line);
    findings.lines().map(str::trim).filter(is_code).map(str::to_owned).collect()
}

#[test]
fn each_case_of_an_error_has_that_error_and_no_other() {
    let folder = root().join("tests/conformance/errors");
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    let mut cases: Vec<String> = entries.filter(|name| name.ends_with(".grille")).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for case in cases {
        let output = grille(&["check", &format!("tests/conformance/errors/{case}")]);
        let found: Vec<String> =
            codes(&text(&output.stderr)).into_iter().filter(|c| c.starts_with('E') || case.starts_with('W')).collect();
        let meant = case.get(..5).unwrap_or_default();
        let ends = i32::from(meant.starts_with('E'));
        if !found.iter().any(|c| c == meant) || (ends == 1 && found.len() > 1) || output.status.code() != Some(ends) {
            wrong.push(format!("{case}: {found:?}, exit {:?}", output.status.code()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
