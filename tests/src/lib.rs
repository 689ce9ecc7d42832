//! Conformance suite, layering and tidiness tests, fuzz bodies and benches.
