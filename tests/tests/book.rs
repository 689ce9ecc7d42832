//! The language book and the README are true: every whole file in them checks without an error and its tests pass on
//! both engines; every fragment can be read.

use grille_grammar::parse::parse;
use grille_grammar::source::{FileId, SourceFile};
use grille_runtime::calls::{FORMATS, ReadOptions};
use grille_tests::programs::{Text, root, run};
use std::path::{Path, PathBuf};

/// One block of a page.
struct Block {
    place: String,
    text: String,
    whole: bool,
}

fn pages() -> Vec<PathBuf> {
    let book = std::fs::read_dir(root().join("docs/language")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = book.filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    pages.push(root().join("README.md"));
    pages.sort();
    pages
}

fn blocks(page: &Path) -> Vec<Block> {
    let text = std::fs::read_to_string(page).unwrap();
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in text.lines().enumerate() {
        match (&mut open, line.trim_end()) {
            (None, "```grille" | "```grille,fragment") => {
                let place = format!("{}:{}", page.file_name().unwrap().to_string_lossy(), number + 1);
                open = Some(Block { place, text: String::new(), whole: line.trim_end() == "```grille" });
            }
            (Some(_), "```") => blocks.extend(open.take()),
            (Some(block), line) => block.text.push_str(&format!("{line}\n")),
            (None, _) => {}
        }
    }
    blocks
}

fn whole_file(block: &Block) -> Vec<String> {
    run(&Text { name: &block.place, text: &block.text, folder: root().join("examples") }).1
}

/// A fragment is read as it stands, as a declaration, or as clauses of one.
fn fragment(block: &Block) -> Option<String> {
    let wrapped = [
        block.text.clone(),
        format!("grille 1 en\n{}", block.text),
        format!("grille 1 en\ncriterion x {{\n{}\n}}\n", block.text),
        format!("grille 1 en\ncriterion x {{\nmet when {}\n}}\n", block.text),
        format!("grille 1 en\nlexicon x {{\n{}\n}}\n", block.text),
        format!("grille 1 en\nscorecard x {{\n{}\n}}\n", block.text),
        format!("grille 1 en\ntest \"x\" {{ call {{ }}\n{}\n}}\n", block.text),
        format!("grille 1 en\ntest \"x\" {{ call {{\n{}\n}} }}\n", block.text),
        format!("grille 1 en\ntest \"x\" {{\n{}\n}}\n", block.text),
    ];
    let readable = wrapped.iter().any(|text| {
        let file = SourceFile { id: FileId(0), name: block.place.clone(), text: text.clone() };
        parse(&file).diagnostics.is_empty()
    });
    (!readable).then(|| format!("{}: the fragment cannot be read", block.place))
}

#[test]
fn every_example_of_the_book_is_true() {
    let blocks: Vec<Block> = pages().iter().flat_map(|page| blocks(page)).collect();
    assert!(blocks.iter().filter(|b| b.whole).count() >= 5, "the book has lost its examples");
    let wrong: Vec<String> = blocks
        .iter()
        .flat_map(|block| if block.whole { whole_file(block) } else { fragment(block).into_iter().collect() })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Pages of `docs/calls` that are of no format.
const OTHER_PAGES: [&str; 4] = ["README", "attributes", "inspect", "roles"];

#[test]
fn each_format_of_calls_has_a_page_that_the_index_names_and_each_page_a_format() {
    let folder = root().join("docs/calls");
    let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let stem = |path: PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut pages: Vec<String> = entries.map(stem).filter(|page| !OTHER_PAGES.contains(&page.as_str())).collect();
    let mut formats: Vec<String> = FORMATS.iter().map(|format| format.name.to_owned()).collect();
    pages.sort();
    formats.sort();
    assert_eq!(pages, formats, "docs/calls has a page for each format and no other");
    let index = std::fs::read_to_string(folder.join("README.md")).unwrap();
    for format in FORMATS {
        let name = format.name;
        let line = format!("| [{}]({name}.md) | `{name}` |", format.words);
        assert!(index.contains(&line), "docs/calls/README.md has no line that begins with `{line}`");
        let page = std::fs::read_to_string(folder.join(format!("{name}.md"))).unwrap();
        assert!(page.contains(&format!("`--from {name}`")), "docs/calls/{name}.md does not say `--from {name}`");
    }
}

/// The blocks of a page that are JSON, or captions, each of which shows a file of the page's format.
fn shown_files(page: &str) -> Vec<String> {
    let mut blocks = page.split("```json\n").skip(1).chain(page.split("```text\n").skip(1));
    blocks.by_ref().filter_map(|rest| rest.split_once("```").map(|(block, _)| block.to_owned())).collect()
}

#[test]
fn the_files_that_are_shown_on_the_pages_of_formats_are_read() {
    let mut shown = 0;
    for format in FORMATS {
        let page = std::fs::read_to_string(root().join(format!("docs/calls/{}.md", format.name))).unwrap();
        for text in shown_files(&page) {
            shown += 1;
            match grille_runtime::calls::read("shown", text.as_bytes(), &ReadOptions::default()) {
                Ok(readings) => assert_eq!(readings[0].format.name, format.name, "{text}"),
                Err(fault) => panic!("docs/calls/{}.md: {fault}\n{text}", format.name),
            }
        }
    }
    assert!(shown > 20, "the pages have lost their examples: {shown}");
}
