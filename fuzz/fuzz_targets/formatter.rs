//! Any bytes as a criteria file to be laid out. `cargo +nightly fuzz run formatter`; the body also runs as a property test.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| grille_tests::bodies::formatter(bytes));
