//! Words on the two streams: results on standard output, everything else on standard error.

use std::io::Write;

/// A failure, on standard error.
pub fn error(text: &str) {
    let _ = writeln!(anstream::stderr(), "grille: {text}");
}

/// A remark, on standard error; nothing if there is none.
pub fn remark(text: &str) {
    if text.is_empty() {
        return;
    }
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// A result, on standard output.
///
/// # Errors
/// Where it cannot be written. A reader that closed its end is no error: there is nobody left to tell.
pub fn result(text: &str) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        other => other,
    }
}
