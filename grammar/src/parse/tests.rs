//! Tests of the parser as its callers see it.

mod findings;
mod hostile;
mod page_one;
mod shapes;

use super::{Parse, parse};
use crate::ast::{Expr, Item};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceFile};

/// The example of the first page of the language's description.
const PAGE_ONE: &str = include_str!("tests/page_one.grille");

fn file(text: &str) -> SourceFile {
    SourceFile { id: FileId(0), name: "essai.grille".to_owned(), text: text.to_owned() }
}

/// Reads a file.
fn read(text: &str) -> Parse {
    parse(&file(text))
}

/// Reads items below a good first line.
fn items(text: &str) -> Parse {
    read(&format!("grille 1 en\n{text}"))
}

/// The value of `moment m = …`, which must be without findings.
fn moment(value: &str) -> Expr {
    let parse = items(&format!("moment m = {value}\n"));
    assert_eq!(parse.diagnostics, [], "{value}");
    match parse.module.items.into_iter().next() {
        Some(Item::Moment(moment)) => moment.value,
        other => panic!("{other:?}"),
    }
}

/// The only finding in these items.
fn only(text: &str) -> Diagnostic {
    let parse = items(text);
    assert_eq!(parse.diagnostics.len(), 1, "{text}\n{:#?}", parse.diagnostics);
    parse.diagnostics.into_iter().next().unwrap()
}

/// The text that the finding's fix would leave.
fn mended(text: &str, finding: &Diagnostic) -> String {
    let fix = finding.fix.as_ref().unwrap_or_else(|| panic!("no fix: {finding:#?}"));
    let mut text = format!("grille 1 en\n{text}");
    text.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.replacement);
    text.trim_start_matches("grille 1 en\n").to_owned()
}
