//! The habits of the house, held by machine: how long files and functions are, how modules begin and are named, and where
//! `unsafe` stands. Reads every Rust file of the workspace; must not know what is in it beyond its syntax.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::path::{Path, PathBuf};
use syn::visit::Visit;

const MOST_LINES_OF_A_FILE: usize = 600;
const MOST_LINES_OF_A_FUNCTION: usize = 60;

/// Exceptions: the end of the path (of a function: path and `::name`), and the reason.
const EXCEPTIONS: &[(&str, &str)] = &[];

const NAMES_THAT_SAY_NOTHING: [&str; 8] =
    ["utils.rs", "util.rs", "common.rs", "helpers.rs", "helper.rs", "manager.rs", "misc.rs", "mod.rs"];

/// Where `unsafe` may stand: the JIT and the shims of its intrinsics.
const UNSAFE_MAY_STAND_IN: &str = "compiler/src/jit";

struct RustFile {
    /// From the root of the workspace, with `/`.
    path: String,
    text: String,
}

impl RustFile {
    fn is_excepted(&self, what: &str) -> bool {
        let place = format!("{}{what}", self.path);
        EXCEPTIONS.iter().any(|(exception, reason)| place.ends_with(exception) && !reason.is_empty())
    }

    fn tokens(&self) -> TokenStream {
        self.text.parse().unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }
}

/// Every Rust file of the workspace's crates, in order.
fn files() -> Vec<RustFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let parts = path.strip_prefix(&root).expect("inside").iter();
        let name = parts.map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>().join("/");
        RustFile { path: name, text: std::fs::read_to_string(&path).expect("readable") }
    };
    paths.into_iter().map(read).collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                collect(&path, into);
            }
        } else if name.ends_with(".rs") {
            into.push(path);
        }
    }
}

fn assert_none(wrong: Vec<String>, rule: &str) {
    assert!(wrong.is_empty(), "{rule}\n  {}", wrong.join("\n  "));
}

#[test]
fn files_are_short() {
    let long = files().into_iter().filter(|file| !file.is_excepted(""));
    let long =
        long.map(|file| (file.text.lines().count(), file.path)).filter(|(lines, _)| *lines > MOST_LINES_OF_A_FILE);
    assert_none(long.map(|(lines, path)| format!("{path}: {lines} lines")).collect(), "files have at most 600 lines");
}

/// Finds functions that are too long, wherever they stand.
struct LongFunctions<'f> {
    file: &'f RustFile,
    found: Vec<String>,
}

impl LongFunctions<'_> {
    fn measure(&mut self, name: &syn::Ident, start: proc_macro2::Span, block: &syn::Block) {
        let lines = block.brace_token.span.close().end().line + 1 - start.start().line;
        if lines > MOST_LINES_OF_A_FUNCTION && !self.file.is_excepted(&format!("::{name}")) {
            self.found.push(format!("{}:{}: `{name}` has {lines} lines", self.file.path, start.start().line));
        }
    }
}

impl<'ast> Visit<'ast> for LongFunctions<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.measure(&function.sig.ident, function.sig.fn_token.span, &function.block);
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.measure(&function.sig.ident, function.sig.fn_token.span, &function.block);
        syn::visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.measure(&function.sig.ident, function.sig.fn_token.span, block);
        }
        syn::visit::visit_trait_item_fn(self, function);
    }
}

#[test]
fn functions_are_short() {
    let mut wrong = Vec::new();
    for file in &files() {
        let tree = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        let mut visitor = LongFunctions { file, found: Vec::new() };
        visitor.visit_file(&tree);
        wrong.append(&mut visitor.found);
    }
    assert_none(wrong, "functions have at most 60 lines");
}

#[test]
fn every_module_begins_by_saying_what_it_is() {
    let silent = files().into_iter().filter(|file| !file.text.starts_with("//! "));
    assert_none(silent.map(|file| file.path).collect(), "the first line of a module is `//!` and says what it is");
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    let named_so = |file: &RustFile| NAMES_THAT_SAY_NOTHING.contains(&file.path.rsplit('/').next().unwrap_or(""));
    let wrong = files().into_iter().filter(named_so).map(|file| file.path).collect();
    assert_none(wrong, "name a file by what is in it; `foo.rs` beside `foo/`, never `mod.rs`");
}

/// Every `unsafe` of a stream of tokens, inside macros too: its line, and whether a block follows.
fn unsafe_words(tokens: TokenStream, into: &mut Vec<(usize, bool)>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "unsafe" => {
                let block = |next: &TokenTree| matches!(next, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
                into.push((word.span().start().line, tokens.peek().is_some_and(block)));
            }
            TokenTree::Group(group) => unsafe_words(group.stream(), into),
            _ => {}
        }
    }
}

/// Does a comment with `SAFETY:` stand right above the statement that this line (from 1) is part of?
fn has_safety_comment(text: &str, line: usize) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut statement = true;
    for above in lines.get(..line - 1).unwrap_or_default().iter().rev() {
        if above.starts_with("//") {
            if above.contains("SAFETY:") {
                return true;
            }
            statement = false;
        } else if !statement || above.is_empty() || above.ends_with([';', '{', '}', ',']) {
            return false;
        }
    }
    false
}

#[test]
fn unsafe_stands_only_in_the_jit() {
    let mut wrong = Vec::new();
    for file in files().iter().filter(|file| !file.path.starts_with(UNSAFE_MAY_STAND_IN)) {
        let mut found = Vec::new();
        unsafe_words(file.tokens(), &mut found);
        wrong.extend(found.iter().map(|(line, _)| format!("{}:{line}", file.path)));
    }
    assert_none(wrong, "`unsafe` stands only under compiler/src/jit");
}

#[test]
fn every_unsafe_block_says_why_it_is_safe() {
    let mut wrong = Vec::new();
    for file in &files() {
        let mut found = Vec::new();
        unsafe_words(file.tokens(), &mut found);
        let silent = found.into_iter().filter(|(line, is_block)| *is_block && !has_safety_comment(&file.text, *line));
        wrong.extend(silent.map(|(line, _)| format!("{}:{line}", file.path)));
    }
    assert_none(wrong, "a comment with `SAFETY:` stands right above every unsafe block");
}

#[test]
fn every_exception_has_a_reason_and_is_needed() {
    let files = files();
    for (place, reason) in EXCEPTIONS {
        assert!(!reason.is_empty(), "{place}: no reason is given");
        let path = place.split("::").next().unwrap_or(place);
        assert!(files.iter().any(|file| file.path.ends_with(path)), "{place}: there is no such file");
    }
}

#[test]
fn the_checks_see_what_they_look_for() {
    let code =
        "fn f() {\n    // SAFETY: nothing is read.\n    let a =\n        unsafe { g() };\n    m!(unsafe { g() });\n}\n";
    let mut found = Vec::new();
    unsafe_words(code.parse().expect("tokens"), &mut found);
    assert_eq!(found, [(4, true), (5, true)]);
    assert!(has_safety_comment(code, 4) && !has_safety_comment(code, 5));
}
