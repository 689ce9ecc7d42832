//! Laws of the language: two ways of saying one thing never tell the opposite of each other, on random moments and calls,
//! heard in part or in full; where nothing is in doubt, they tell the same.

use grille_compiler::check::check;
use grille_compiler::engine::{Engine, Program};
use grille_evidence::executable::Executable;
use grille_evidence::facts::Hearing;
use grille_evidence::locale::LocalePack;
use grille_runtime::facts::derive;
use grille_tests::bodies::loaded;
use grille_tests::choices::Choices;
use grille_tests::{calls, criteria};
use proptest::prelude::*;
use std::sync::Arc;

/// Pairs of conditions over moments `A`, `B` and `C` that mean the same.
const LAWS: &[(&str, &str)] = &[
    ("in order: A, B", "any (B after A)"),
    ("in order: A, B, C", "any (C after (B after A))"),
    ("any ((A then B) then C)", "any (A then (B then C))"),
    ("any (A then B)", "in order: A, B"),
    ("any ((A or B) during C)", "any (A during C) or any (B during C)"),
    ("any (A overlapping (B or C))", "any (A overlapping B) or any (A overlapping C)"),
    ("any (A outside (B or C))", "any ((A outside B) outside C)"),
    ("any ((A or B) minus C)", "any (A minus C) or any (B minus C)"),
    ("any (A minus (B or C))", "any ((A minus B) minus C)"),
    ("any (A outside B)", "any ((A minus B) minus B) and any (A outside B)"),
    ("any (first 1 A)", "any A"),
    ("any (last 2 A)", "any A"),
    ("any (A during A)", "any A"),
];

/// Conditions that no call fulfils.
const NEVER: &[&str] = &[
    "any (A minus A)",
    "any ((A during B) outside B)",
    "any (A outside A)",
    "at least 2 (first A)",
    "any ((A overlapping B) outside B)",
];

fn program(choices: &mut Choices<'_>) -> Option<Program> {
    let names = ["A", "B", "C"].map(|name| (name, format!("({})", criteria::moments(choices, 1, false))));
    let written = |law: &str| {
        let word = |word: &str| names.iter().fold(word.to_owned(), |text, (name, moments)| text.replace(name, moments));
        law.split(' ').map(word).collect::<Vec<_>>().join(" ")
    };
    let mut text =
        String::from("grille 1 en\nlocale fr-FR\nlexicon lexique {\n \"attente\"\n}\nmoment instant = hold\n");
    text.push_str("phase étape = from agent says \"bonjour\" until hold or end\n");
    let sides = LAWS.iter().flat_map(|(left, right)| [*left, *right]).chain(NEVER.iter().copied());
    for (number, side) in sides.enumerate() {
        text.push_str(&format!("criterion c{number} {{\n met when {}\n}}\n", written(side)));
    }
    let loaded = loaded(&text);
    let checked = check(&loaded).program?;
    Some(Program::new(&checked, Arc::new(loaded.sources.clone()), Engine::Interpreter).unwrap())
}

/// How many pairs were told on both sides.
fn hold_on(bytes: &[u8]) -> usize {
    let mut choices = Choices::new(bytes);
    let Some(program) = program(&mut choices) else { return 0 };
    let mut told = 0;
    for _ in 0..4 {
        let call = calls::call(&mut choices);
        let facts = derive(&call, LocalePack::for_tag("fr-FR").unwrap(), Hearing::default());
        let outcome = program.evaluate(&facts).unwrap();
        let verdicts: Vec<_> = outcome.criteria.iter().map(|c| c.verdicts.told()).collect();
        for (pair, law) in verdicts.chunks(2).zip(LAWS) {
            if let [Some(left), Some(right)] = pair {
                told += 1;
                assert_eq!(left, right, "{law:?} on {call:#?}\n{:#?}", program.plan().nodes);
            }
        }
        for (verdict, law) in verdicts.iter().skip(2 * LAWS.len()).zip(NEVER) {
            assert_ne!(*verdict, Some(grille_evidence::truth::Verdict::Met), "{law} on {call:#?}");
        }
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn two_ways_of_saying_it_never_tell_the_opposite(bytes in prop::collection::vec(any::<u8>(), 16..120)) {
        hold_on(&bytes);
    }
}

/// Laws about what is never told would prove nothing.
#[test]
fn most_pairs_are_told() {
    let told: usize = (0u32..40).map(|seed| hold_on(&seed.to_le_bytes())).sum();
    assert!(told * 3 > 40 * 4 * LAWS.len(), "{told}");
}
