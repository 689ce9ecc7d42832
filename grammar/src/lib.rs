//! Text to syntax tree and diagnostics; the only crate that knows pest.
