//! Every reason that a trace can give can be expected in a test, in the words that messages use.

use grille_compiler::check::check;
use grille_evidence::expectation::Expectation;
use grille_evidence::trace::ReasonCode;
use grille_tests::programs::{Text, loaded};
use std::path::PathBuf;

#[test]
fn every_reason_can_be_expected_in_its_own_words() {
    for code in ReasonCode::ALL {
        let words = code.words();
        let text = format!(
            "grille 1 en\nlocale en-GB\ncriterion a {{ met when agent says \"hello\" }}\ntest \"t\" {{\n call {{ 0:01 agent \
             \"hello\" }}\n expect a not met because {words}\n}}\n"
        );
        let outcome = check(&loaded(&Text { name: "reasons.grille", text: &text, folder: PathBuf::new() }));
        let program = outcome.program.unwrap_or_else(|| panic!("{words}: {:?}", outcome.diagnostics));
        let Some(Expectation::Verdict { because: Some(because), .. }) = program.tests[0].case.expectations.first()
        else {
            panic!("{words}: no reason")
        };
        assert_eq!(because.code, code, "{words}");
    }
    let mut all: Vec<&str> = ReasonCode::ALL.iter().map(|code| code.words()).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), ReasonCode::ALL.len(), "two codes in the same words");
}
