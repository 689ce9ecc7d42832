//! `grille check` for programs: JSON, SARIF, annotations of GitHub. Findings on standard output, nothing else there.

#![cfg(test)]

#[path = "running/grille.rs"]
mod running;

use running::{grille_in, root, text};
use serde_json::Value;
use std::path::Path;

/// Standard output and the exit code.
fn checked(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = grille_in(folder, &[&["check"], arguments].concat());
    (text(&output.stdout), output.status.code().unwrap_or(-1))
}

const MISSPELT: &str = "tests/conformance/errors/E0201-misspelt-lexicon.grille";
const TWICE: &str = "tests/conformance/errors/E0202-two-lexicons.grille";

#[test]
fn json_says_what_a_person_is_told() {
    let (out, code) = checked(&root(), &["--format", "json", MISSPELT]);
    let finding = serde_json::from_str::<Value>(&out).unwrap()["findings"][0].clone();
    assert_eq!((finding["code"].as_str(), finding["severity"].as_str(), code), (Some("E0201"), Some("error"), 1));
    let text = std::fs::read_to_string(root().join(MISSPELT)).unwrap();
    let label = &finding["labels"][0];
    let line = text.lines().nth(usize::try_from(label["line"].as_u64().unwrap() - 1).unwrap()).unwrap();
    let column = |name: &str| usize::try_from(label[name].as_u64().unwrap()).unwrap() - 1;
    let word: String = line.chars().skip(column("column")).take(column("end_column") - column("column")).collect();
    assert!(finding["message"].as_str().unwrap().contains(&format!("`{word}`")), "{finding}");
    assert_eq!(finding["fix"]["place"]["line"], label["line"]);
    assert_eq!(label["file"].as_str(), Some(MISSPELT));
}

#[test]
fn sarif_has_rules_places_and_mends() {
    let (out, code) = checked(&root(), &["--format", "sarif", MISSPELT, TWICE]);
    let log: Value = serde_json::from_str(&out).unwrap();
    let run = &log["runs"][0];
    assert_eq!((log["version"].as_str(), code), (Some("2.1.0"), 1));
    let results = run["results"].as_array().unwrap();
    let rules: Vec<&str> = results.iter().map(|r| r["ruleId"].as_str().unwrap()).collect();
    assert!(rules.contains(&"E0201") && rules.contains(&"E0202"), "{rules:?}");
    let known = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| known.iter().any(|k| k["id"] == **rule)));
    let of = |rule: &str| results.iter().find(|r| r["ruleId"] == rule).unwrap();
    let place = &of("E0202")["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"].as_str(), Some(TWICE));
    assert!(place["region"]["endColumn"].as_u64() > place["region"]["startColumn"].as_u64());
    assert_eq!(of("E0202")["relatedLocations"].as_array().map(Vec::len), Some(1));
    let change = &of("E0201")["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert!(change["insertedContent"]["text"].is_string() && change["deletedRegion"]["startLine"].is_number());
}

#[test]
fn github_gets_a_command_a_finding() {
    let (out, code) = checked(&root(), &["--format", "github", MISSPELT]);
    let first = out.lines().next().unwrap();
    assert!(
        first.starts_with(&format!("::error file={MISSPELT},line=")) && first.contains(",title=E0201::"),
        "{first}"
    );
    assert!(!first.contains('\n') && first.contains("%0A"), "the help stands on a line of its own: {first}");
    assert_eq!(code, 1);
}

#[test]
fn a_file_that_several_use_is_told_of_once() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("mots.grille", "grille 1 en\nlocale fr-FR\nlexicon vide {\n}\n");
    for name in ["a", "b"] {
        let text =
            "grille 1 en\nlocale fr-FR\nuse \"mots.grille\" as mots\ncriterion c { met when agent says mots.vide }\n";
        write(&format!("{name}.grille"), text);
    }
    let (out, code) = checked(folder.path(), &["--format", "json", "."]);
    let found = serde_json::from_str::<Value>(&out).unwrap();
    let empty = found["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "E0307").count();
    assert_eq!((empty, code), (1, 1), "{out}");
}

#[test]
fn nothing_found_is_an_empty_list_and_bytes_that_are_no_text_are_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.grille");
    std::fs::write(&path, b"grille 1 en\n\xE9").unwrap();
    let (out, code) = checked(folder.path(), &["--format", "json", "a.grille"]);
    assert!(out.contains("E0107") && code == 1, "{out}");
    std::fs::write(&path, "grille 1 en\nlocale fr-FR\nlexicon un {\n\"un\"\n}\n").unwrap();
    assert_eq!(checked(folder.path(), &["--format", "json", "a.grille"]), ("{\n  \"findings\": []\n}\n".to_owned(), 0));
    assert_eq!(checked(folder.path(), &["--format", "github", "a.grille"]), (String::new(), 0));
    let (out, code) = checked(folder.path(), &["--format", "sarif", "a.grille"]);
    assert_eq!(
        (serde_json::from_str::<Value>(&out).unwrap()["runs"][0]["results"].as_array().unwrap().len(), code),
        (0, 0)
    );
}
