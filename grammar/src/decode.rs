//! Bytes of a file to text. Knows nothing of what the text says.

use crate::diagnostic::{Diagnostic, syntax};
use crate::source::{FileId, Span};

/// Bytes to text: a byte order mark is dropped, everything else stays as it is.
///
/// # Errors
/// `E0106` past 4 MiB, `E0107` where the bytes are not UTF-8, `E0108` where nothing but blanks stands in the file.
#[allow(clippy::result_large_err, reason = "one of them per file")]
pub fn decode(file: FileId, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    if bytes.len() > syntax::SIZE_LIMIT {
        return Err(syntax::too_large(bytes.len(), span(file, 0, 0)));
    }
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let found = not_utf8(file, error.as_bytes(), valid);
        if utf16 {
            found.help("the file is saved as UTF-16 (“Unicode”); save it with the encoding UTF-8")
        } else {
            found
        }
    })?;
    if text.starts_with('\u{FEFF}') {
        text.remove(0);
    }
    if text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') {
        return Err(syntax::empty(span(file, 0, 0)));
    }
    Ok(text)
}

fn not_utf8(file: FileId, bytes: &[u8], valid: usize) -> Diagnostic {
    let before = bytes.get(..valid).unwrap_or(bytes);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    let value = bytes.get(valid).copied().unwrap_or_default();
    syntax::not_utf8(line, column, value, span(file, valid, valid + 1))
}

/// A span from offsets that are within the limits of a file.
pub(crate) fn span(file: FileId, start: usize, end: usize) -> Span {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: byte(start), end: byte(end) }
}
