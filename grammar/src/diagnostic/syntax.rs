//! Constructors of the `E01` findings, one each. They know the words to say and nothing of how a fault was found.

use super::{Code, Diagnostic};
use crate::source::Span;

/// How deeply brackets, phrases and chains of operators may be nested.
pub const NESTING_LIMIT: usize = 64;
/// The largest file, in bytes.
pub const SIZE_LIMIT: usize = 4 * 1024 * 1024;

/// The largest declaration, in bytes.
pub const DECLARATION_LIMIT: usize = 1024 * 1024;
/// The longest name, in characters.
pub const NAME_LIMIT: usize = 100;

/// E0101: something stands where the language expects something else.
#[must_use]
pub fn unexpected(message: impl Into<String>, span: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::E0101, message, span, label)
}

/// E0102: the first line does not say the edition and the keyword language.
#[must_use]
pub fn no_edition(message: &str, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(Code::E0102, message, span, label)
        .help("the first line of every file says the edition and the language of the keywords: `grille 1 en`")
}

/// E0103: an edition or keyword language that does not exist yet.
#[must_use]
pub fn unknown_edition(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0103, message, span, "not available").help("write `grille 1 en`")
}

/// E0104: a bracket, brace or quote is not closed. `open` is the sign, `close` what would close it.
#[must_use]
pub fn unclosed(open: &str, close: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0104, format!("`{open}` is not closed"), span, format!("the closing `{close}` is missing"))
}

/// E0105: nested too deeply. `what` is in the plural.
#[must_use]
pub fn too_deep(what: &str, limit: usize, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0105,
        format!("{what} are nested more than {limit} deep"),
        span,
        format!("the limit of {limit} is passed here"),
    )
    .help("give a part of it a name of its own with `moment name = …` and use the name here")
}

/// E0106: the file is too large.
#[must_use]
pub fn too_large(size: usize, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0106,
        format!("the file has {size} bytes; the limit is {SIZE_LIMIT} (4 MiB)"),
        span,
        "nothing of it was read",
    )
    .help("split it into several files and bring them together with `use`")
}

/// E0107: the file is not UTF-8 text. Line and byte are counted from 1.
#[must_use]
pub fn not_utf8(line: usize, byte: usize, value: u8, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0107,
        format!("the file is not UTF-8 text: line {line}, byte {byte} of the line (value {value:#04X})"),
        span,
        "not a character of UTF-8",
    )
    .help("save the file with the encoding UTF-8; every text editor offers it under “Save as”")
}

/// E0108: the file is empty.
#[must_use]
pub fn empty(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0108, "the file is empty", span, "nothing stands here")
        .help("a file begins with the line `grille 1 en`, then come its declarations")
}

/// E0109: an operator of another product. `ours` is what Grille writes instead.
#[must_use]
pub fn foreign_operator(theirs: &str, span: Span, ours: &str) -> Diagnostic {
    Diagnostic::new(Code::E0109, format!("`{theirs}` is not written this way in Grille"), span, format!("write {ours}"))
}

/// E0110: two phrases side by side.
#[must_use]
pub fn side_by_side(first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(Code::E0110, "two phrases side by side can be read in two ways", second, "the second phrase")
        .and_label(first, "the first phrase")
}

/// E0111: a filter after a relation can be read in two ways, both written out in `one` and `other`.
#[must_use]
pub fn two_readings(filter: &str, span: Span, relation: Span, one: &str, other: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0111,
        format!("`{filter}` can be read in two ways"),
        span,
        "does it belong to the left or to the right side?",
    )
    .and_label(relation, "after this relation")
    .help(format!("write `{one}` or `{other}`"))
}

/// E0112: a phrase is not well formed.
#[must_use]
pub fn bad_phrase(message: impl Into<String>, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(Code::E0112, message, span, label)
}

/// E0113: a time on the call's clock is not well formed.
#[must_use]
pub fn bad_time(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0113, message, span, "not a time")
        .help("times are minutes and seconds, `0:02` or `0:03.5`, from the hour on `1:02:03`")
}

/// E0114: `then`, `except` and `minus` mixed without parentheses.
#[must_use]
pub fn mixed_chain([before, after]: [&str; 2], [first, second]: [Span; 2], [one, other]: [&str; 2]) -> Diagnostic {
    let message = format!("`{before}` and `{after}` are mixed without parentheses");
    Diagnostic::new(Code::E0114, message, second, "does this come first or second?")
        .and_label(first, "after this")
        .help(format!("write `{one}` or `{other}`"))
}

/// E0115: a clause is given twice or in the wrong place.
#[must_use]
pub fn misplaced(message: impl Into<String>, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(Code::E0115, message, span, label)
}

/// E0116: a number is too large.
#[must_use]
pub fn too_big(number: &str, span: Span) -> Diagnostic {
    let shown: String = number.chars().take(40).collect();
    let dots = if number.chars().count() > 40 { "…" } else { "" };
    Diagnostic::new(
        Code::E0116,
        format!("the number `{shown}{dots}` is too large"),
        span,
        "no call needs such a number",
    )
}

/// E0120: the table of a `test each` is not well formed.
#[must_use]
pub fn bad_table(message: impl Into<String>, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(Code::E0120, message, span, label).help(
        "a table has a heading with the names of its columns, and below it one row a test, with a cell for each column",
    )
}

/// E0121: braces in a `test each` that name no column of its table.
#[must_use]
pub fn no_column(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0121, format!("the table has no column `{name}`"), span, "no such column")
}

/// E0125: more of something than the limit. `what` has too much of it; `limit` says how much may be; `help` how to do with less.
#[must_use]
pub fn too_much(what: &str, limit: &str, span: Span, help: &str) -> Diagnostic {
    Diagnostic::new(Code::E0125, format!("{what}; the limit is {limit}"), span, "more than the limit").help(help)
}
