//! What a formatter promises, and how to lay a file out badly. Knows strings, braces and comments, and no other syntax.

use crate::choices::Choices;
use crate::programs::{self, Text};
use grille_compiler::check::check;
use grille_compiler::engine::{Engine, Program};
use grille_evidence::executable::Executable;
use grille_grammar::ast::Item;
use grille_grammar::diagnostic::Diagnostic;
use grille_grammar::format;
use grille_grammar::parse::parse;
use grille_grammar::source::{FileId, SourceFile};
use std::path::PathBuf;
use std::sync::Arc;

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { id: FileId(0), name: name.to_owned(), text: text.to_owned() }
}

/// The text laid out; none where it cannot be read.
#[must_use]
pub fn laid_out(name: &str, text: &str) -> Option<String> {
    format(&file(name, text)).ok()
}

/// What stands in the way of laying it out.
fn refused(name: &str, text: &str) -> Vec<Diagnostic> {
    format(&file(name, text)).err().unwrap_or_default()
}

/// What stands in a file, without places, comments and the order of clauses.
#[must_use]
pub fn tree(name: &str, text: &str) -> String {
    let parsed = parse(&file(name, text));
    assert!(parsed.diagnostics.is_empty(), "{name}: {:?}\n{text}", parsed.diagnostics);
    let mut module = parsed.module;
    module.comments.clear();
    for item in &mut module.items {
        if let Item::Criterion(criterion) = item {
            criterion.clauses.sort_by_cached_key(|clause| without_places(&format!("{clause:?}")));
        }
    }
    without_places(&format!("{module:#?}"))
}

/// A tree written out, its places taken out.
fn without_places(written: &str) -> String {
    let mut kept = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find("Span {") {
        kept.push_str(&rest[..at]);
        let end = rest[at..].find('}').map_or(rest.len(), |end| at + end + 1);
        rest = &rest[end..];
    }
    kept + rest
}

/// The comments of a file, sorted: clauses change places, and their comments with them.
#[must_use]
pub fn comments(name: &str, text: &str) -> String {
    let mut comments: Vec<String> =
        parse(&file(name, text)).module.comments.into_iter().map(|comment| comment.text).collect();
    comments.sort_unstable();
    comments.join("\n")
}

/// Fails with the lines around the first that differ.
fn same(name: &str, what: &str, one: &str, other: &str) {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    let Some(at) = (0..one.len().max(other.len())).find(|at| one.get(*at) != other.get(*at)) else { return };
    let around = |lines: &[&str]| lines[at.saturating_sub(6).min(lines.len())..(at + 3).min(lines.len())].join("\n");
    panic!("{name}: {what}, line {}\n{}\n=>\n{}", at + 1, around(&one), around(&other));
}

/// Laid out, the tree and the comments are what they were; laid out twice, the text too.
///
/// # Panics
/// Where they are not.
pub fn keeps_everything(name: &str, text: &str) -> Option<String> {
    let once = laid_out(name, text)?;
    same(name, "another tree", &tree(name, text), &tree(name, &once));
    same(name, "other comments", &comments(name, text), &comments(name, &once));
    same(name, "not the same when laid out twice", &once, &laid_out(name, &once).unwrap_or_default());
    Some(once)
}

/// However badly it was laid out, the layout is the same; comments put in everywhere are kept, and so is the meaning.
///
/// # Panics
/// Where that is not so.
pub fn survives_mangling(name: &str, text: &str, choices: &mut Choices<'_>) {
    let Some(laid) = keeps_everything(name, text) else { panic!("{name} cannot be read:\n{text}") };
    let mangled = mangle(text, choices, false);
    assert_eq!(refused(name, &mangled), [], "{name}: cannot be read\n{mangled}");
    same(name, "laid out in another way", &laid, &laid_out(name, &mangled).unwrap_or_default());
    let commented = mangle(text, choices, true);
    keeps_everything(name, &commented);
    let windows = mangled.replace("\r\n", "\n").replace('\n', "\r\n");
    let laid_there = laid_out(name, &windows).unwrap_or_default();
    let wanted = laid.replace('\n', "\r\n");
    same(name, "with the line ends of Windows", &wanted, &laid_there);
    assert!(wanted == laid_there, "{name}: other line ends");
}

/// The hashes of what a file's criteria and scorecards mean; none where it has errors.
#[must_use]
pub fn meaning(name: &str, text: &str, folder: PathBuf) -> Option<Vec<(String, String)>> {
    let loaded = programs::loaded(&Text { name, text, folder });
    let checked = check(&loaded).program?;
    let program = Program::new(&checked, Arc::new(loaded.sources), Engine::Interpreter).expect("a sound program");
    let criteria = program.criteria().iter().map(|c| (c.name.clone(), c.hash.clone()));
    Some(criteria.chain(program.scorecards().iter().map(|c| (c.name.clone(), c.hash.clone()))).collect())
}

/// The text with other blanks and line ends between its words, where they mean nothing; with `comments`, comments at the
/// ends of some of its lines and between them.
#[must_use]
pub fn mangle(text: &str, choices: &mut Choices<'_>, comments: bool) -> String {
    let mut mangled = String::with_capacity(text.len() * 2);
    let (mut depth, mut rest, mut after_comment) = (0usize, text, false);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' | '“' | '«' => quote(rest, first),
            c if c.is_whitespace() => rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()),
            c => table(rest).unwrap_or(c.len_utf8()),
        };
        let (piece, left) = rest.split_at(length);
        let blank = piece.starts_with(char::is_whitespace);
        if blank && !after_comment && !left.starts_with('#') {
            mangled.push_str(&blanks(piece, depth, choices, comments));
        } else if table(rest).is_some() {
            let sign = *choices.pick(&["|", " | ", "|  ", "\t|"]);
            mangled.push_str(&piece.replace('|', sign));
        } else {
            mangled.push_str(piece);
        }
        match first {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        after_comment = first == '#';
        rest = left;
    }
    mangled
}

/// The table of a `test each`, in which a line is a row and stays one.
fn table(rest: &str) -> Option<usize> {
    rest.starts_with("with {").then(|| rest.find('}').map_or(rest.len(), |close| close + 1))
}

fn quote(rest: &str, open: char) -> usize {
    let close = match open {
        '“' => '”',
        '«' => '»',
        other => other,
    };
    let inside = open.len_utf8();
    rest[inside..].find([close, '\n']).map_or(rest.len(), |at| inside + at + close.len_utf8())
}

/// Blanks in the place of others: a line end stays one (phrases of a lexicon stand on lines of their own), so does an empty
/// line, and a declaration begins its line.
fn blanks(piece: &str, depth: usize, choices: &mut Choices<'_>, comments: bool) -> String {
    let lines = piece.matches('\n').count();
    if comments && (lines > 0 || depth > 0) && choices.chance(20) {
        let (before, indent) = (*choices.pick(&[" ", "\n  ", "\n\n "]), if depth > 0 { "\n  " } else { "\n" });
        return format!("{before}# {}{indent}", choices.below(100));
    }
    let (few, many) = ([" ", "  ", "\t", "\u{a0}", " \u{202f} "], ["\n ", " \n\t  ", "\r\n   "]);
    match (depth, lines) {
        (0, 0) => (*choices.pick(&few)).to_owned(),
        (0, _) => piece.to_owned(),
        (_, 0) if choices.chance(50) => (*choices.pick(&few)).to_owned(),
        (_, 0 | 1) => (*choices.pick(&many)).to_owned(),
        _ => "\n\n ".to_owned(),
    }
}
