//! The interpreter and machine code give the same bytes, on random typed criteria and random calls.

use grille_tests::bodies;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn engines_agree_on_random_criteria_and_calls(bytes in prop::collection::vec(any::<u8>(), 16..200)) {
        bodies::engines(&bytes);
    }

    #[test]
    fn the_checker_survives_what_is_nearly_criteria(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        bodies::checker(&bytes);
    }

    #[test]
    fn the_parser_survives_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        bodies::parser(&bytes);
    }

    #[test]
    fn the_parser_survives_a_broken_file(at in 0usize..4000, length in 0usize..60, put in ".{0,12}") {
        let page = include_str!("../../examples/accueil.grille");
        let at = page.floor_char_boundary(at.min(page.len()));
        let end = page.floor_char_boundary((at + length).min(page.len())).max(at);
        bodies::parser(format!("{}{put}{}", &page[..at], &page[end..]).as_bytes());
    }
}

/// A generator that only makes trivial criteria would prove nothing.
#[test]
fn random_criteria_are_worth_running() {
    let mut tally = [0; 3];
    let mut refused = 0;
    for seed in 0u32..200 {
        match bodies::engines(&seed.to_le_bytes()) {
            Some(evaluations) => bodies::tally(&evaluations).iter().zip(&mut tally).for_each(|(n, all)| *all += n),
            None => refused += 1,
        }
    }
    let all: usize = tally.iter().sum();
    assert!(refused <= 10, "{refused} of 200 random files were refused");
    assert!(tally.iter().all(|n| n * 20 > all), "no, cannot tell, yes: {tally:?}");
}
