//! Any bytes as a call file, and files of every format changed by them. `cargo +nightly fuzz run importers`; the body also
//! runs as a property test.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    grille_tests::bodies::importers(bytes);
});
