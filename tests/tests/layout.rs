//! `grille fmt`: whatever it lays out keeps its meaning and its comments; and the files of this repository are laid out.

use grille_tests::choices::Choices;
use grille_tests::programs::root;
use grille_tests::{bodies, layout};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

/// Files that show other ways to write than the canonical one.
const SHOWN_AS_TYPED: &[&str] = &["tests/conformance/habits", "tests/conformance/errors"];

/// Folders whose files are kept in the canonical layout.
const LAID_OUT: &[&str] = &["examples/", "stdlib-criteria/", "tests/conformance/language/"];

/// Files whose subject is how things can be written.
const OF_WRITING: &[&str] =
    &["tests/conformance/language/counts-and-comparisons.grille", "tests/conformance/language/phrases-spelling.grille"];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            files(&path, found);
        } else if name.ends_with(".grille") {
            found.push(path);
        }
    }
}

/// Every criteria file of the repository that is text: its name, its text, and its folder.
fn all() -> Vec<(String, String, PathBuf)> {
    let mut found = Vec::new();
    files(&root(), &mut found);
    found.sort();
    assert!(found.len() > 60, "only {} files", found.len());
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let folder = path.parent().unwrap().to_owned();
        std::fs::read_to_string(&path).ok().map(|text| (name, text, folder))
    };
    found.into_iter().filter_map(read).collect()
}

#[test]
fn every_file_keeps_its_meaning_and_its_comments() {
    let mut meant = 0;
    for (name, text, folder) in all() {
        let Some(laid) = layout::keeps_everything(&name, &text) else {
            assert!(SHOWN_AS_TYPED.iter().any(|shown| name.starts_with(shown)) || name.contains("/tests/"), "{name}");
            continue;
        };
        let before = layout::meaning("file.grille", &text, folder.clone());
        assert_eq!(before, layout::meaning("file.grille", &laid, folder), "{name}: another meaning");
        meant += usize::from(before.is_some());
    }
    assert!(meant > 40, "only {meant} files have a meaning");
}

#[test]
fn every_file_can_be_laid_out_badly_first() {
    for (nth, (name, text, _)) in all().into_iter().enumerate() {
        if layout::laid_out(&name, &text).is_some() {
            layout::survives_mangling(&name, &text, &mut Choices::new(&nth.to_le_bytes()));
        }
    }
}

#[test]
fn the_files_of_the_repository_are_laid_out() {
    let kept = |name: &str| LAID_OUT.iter().any(|folder| name.starts_with(folder)) && !OF_WRITING.contains(&name);
    let wrong: Vec<String> = all()
        .into_iter()
        .filter(|(name, text, _)| kept(name) && layout::laid_out(name, text).as_ref() != Some(text))
        .map(|(name, ..)| name)
        .collect();
    assert!(wrong.is_empty(), "not laid out; run `grille fmt` on:\n{}", wrong.join("\n"));
}

#[test]
fn the_book_shows_a_file_before_and_after() {
    let page = std::fs::read_to_string(root().join("docs/language/layout.md")).unwrap();
    let listings: Vec<&str> =
        page.split("```grille\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0)).collect();
    let [typed, laid] = listings[..] else { panic!("{} listings", listings.len()) };
    assert_eq!(layout::laid_out("page", typed).as_deref(), Some(laid));
}

/// Each case reads a file a dozen times: fewer than usual, unless `PROPTEST_CASES` says otherwise.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(16)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn random_criteria_can_be_laid_out_badly_first(bytes in prop::collection::vec(any::<u8>(), 16..200)) {
        bodies::layout(&bytes);
    }

    #[test]
    fn a_broken_file_keeps_everything_or_is_left_alone(at in 0usize..4000, length in 0usize..40, put in ".{0,8}") {
        let page = include_str!("../../examples/accueil.grille");
        let at = page.floor_char_boundary(at.min(page.len()));
        let end = page.floor_char_boundary((at + length).min(page.len())).max(at);
        bodies::formatter(format!("{}{put}{}", &page[..at], &page[end..]).as_bytes());
    }
}
