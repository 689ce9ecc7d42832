//! Random criteria on random calls, by both engines. `cargo +nightly fuzz run engines`; the body also runs as a
//! property test.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    grille_tests::bodies::engines(bytes);
});
