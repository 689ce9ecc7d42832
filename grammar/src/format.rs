//! One canonical layout for every file. Knows where things stand on the page; must not know what they mean.
//!
//! `atoms` cuts the file into words and signs and hangs each comment on one of them, `spelling` writes each atom as it is
//! always written, `rows` tells what stands on a line of its own (from pest's tree: whatever stands between braces), `lay`
//! breaks what is too long for its line, `columns` tells what is lined up, `each` reads `test each` and lays out its table,
//! `page` writes the lines.
//!
//! A new construct needs nothing here: its rule is a row, its words are atoms. Only what should be lined up in columns, or
//! stand in another order than it was written in, is named.

mod atoms;
mod columns;
mod each;
mod lay;
mod page;
mod rows;
mod spelling;

#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostic, Severity};
use crate::parse::parse;
use crate::source::SourceFile;
use atoms::Atoms;
use page::Page;

/// Characters on a line, comments not counted, before it is broken; a text in quotes is never broken.
pub const WIDTH: usize = 110;
/// Blanks by which what stands in braces is moved in.
const STEP: usize = 4;

/// The file in its canonical layout, with the line ends that its first line has. Meaning, comments and the words of phrases
/// stay as they are; what is laid out twice is as it was the first time.
///
/// # Errors
/// The findings of parsing where there are errors: what cannot be read cannot be laid out, and is not touched.
pub fn format(file: &SourceFile) -> Result<String, Vec<Diagnostic>> {
    let parsed = parse(file);
    if parsed.diagnostics.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(parsed.diagnostics);
    }
    let comma = parsed.module.locale.is_some_and(|tag| spelling::writes_commas(&tag.text));
    let read = Atoms::of(file, comma);
    let text = Page::of(&read).text();
    let first_end = file.text.find('\n').and_then(|at| at.checked_sub(1));
    let carriage = first_end.is_some_and(|at| file.text.as_bytes().get(at) == Some(&b'\r'));
    Ok(if carriage { text.replace('\n', "\r\n") } else { text })
}
