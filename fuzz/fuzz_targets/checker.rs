//! Checking any text, and text that is nearly criteria. `cargo +nightly fuzz run checker`; the body also runs as a property
//! test.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    grille_tests::bodies::checker(bytes);
});
