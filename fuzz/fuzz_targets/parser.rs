//! Any bytes as a criteria file. `cargo +nightly fuzz run parser`; the body also runs as a property test.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| grille_tests::bodies::parser(bytes));
