//! Laws of measures, on random moments and calls: what two ways of asking the same thing must both say.

use grille_compiler::check::check;
use grille_compiler::engine::{Engine, Program};
use grille_evidence::executable::Executable;
use grille_evidence::facts::Hearing;
use grille_evidence::locale::LocalePack;
use grille_evidence::truth::Truth;
use grille_runtime::facts::derive;
use grille_tests::bodies::loaded;
use grille_tests::choices::Choices;
use grille_tests::{calls, criteria};
use proptest::prelude::*;
use std::sync::Arc;

/// Pairs of conditions on the moments `a`: (one, other, what must hold of their values).
type Law = (&'static str, &'static str, fn(Truth, Truth) -> bool);

/// Where the one is told, the other says the same.
fn told_alike(one: Truth, other: Truth) -> bool {
    one == Truth::CannotTell || one == other
}

fn alike(one: Truth, other: Truth) -> bool {
    one == other
}

/// It may not be told; it is never wrong.
fn never_wrong(one: Truth, _: Truth) -> bool {
    one != Truth::No
}

const LAWS: &[Law] = &[
    ("longest a <= 900 ms", "no (a longer than 900 ms)", told_alike),
    ("longest a < 900 ms", "no (a lasting at least 900 ms)", told_alike),
    ("shortest a >= 300 ms", "no (a shorter than 300 ms)", told_alike),
    ("shortest a > 300 ms", "no (a shorter than 301 ms)", told_alike),
    ("max length of a <= 1 s", "longest a <= 1 s", alike),
    ("share of a in conversation <= 50 %", "total a <= 50 % of total conversation", alike),
    ("share of a in a is 100 %", "any a", never_wrong),
    ("total a <= total conversation", "any a", never_wrong),
    ("total a > 0 s", "any a", |one, other| one == other || one == Truth::CannotTell || other == Truth::Yes),
    ("min length of a <= mean length of a", "any a", never_wrong),
    ("mean length of a <= max length of a", "any a", never_wrong),
    ("min length of a <= median length of a", "any a", never_wrong),
    ("median length of a <= p90 length of a", "any a", never_wrong),
    ("p90 length of a <= longest a", "any a", never_wrong),
    ("count of a per min > 0 per min", "any a", alike),
    ("longest a <= total a", "any a", never_wrong),
    ("total a between 1 s and 2 s", "total a >= 1 s and total a <= 2 s", alike),
    ("total a is not between 1 s and 2 s", "total a < 1 s or total a > 2 s", alike),
    ("total a is not 1 s", "not (total a is 1 s)", alike),
    ("1 s >= total a", "total a <= 1 s", alike),
    ("talk share of agent <= 100 %", "any a", never_wrong),
    ("talk share of agent > 50 %", "not (talk share of agent <= 50 %)", alike),
    ("speech rate of agent in conversation <= 90 words/min", "speech rate of agent <= 90 words/min", alike),
    ("speech rate of agent in conversation relative to own baseline is 100 %", "any a", never_wrong),
];

fn program(choices: &mut Choices<'_>) -> Option<Program> {
    let mut text = String::from("grille 1 en\nlocale fr-FR\nlexicon lexique {\n \"attente\"\n \"bonjour madame\"\n}\n");
    text.push_str("moment instant = agent says \"code\"\n");
    text.push_str(&format!("moment a = {}\n", criteria::moments(choices, 2, false)));
    for (number, (one, other, _)) in LAWS.iter().enumerate() {
        text.push_str(&format!("criterion one_{number} {{ met when {one} }}\n"));
        text.push_str(&format!("criterion other_{number} {{ met when {other} }}\n"));
    }
    let loaded = loaded(&text);
    let checked = check(&loaded).program?;
    Some(Program::new(&checked, Arc::new(loaded.sources.clone()), Engine::Interpreter).expect("a sound plan"))
}

/// The value of `met when`, by whether it can be met and can be not met.
fn value(outcome: &grille_evidence::outcome::CriterionOutcome) -> Truth {
    match outcome.verdicts.words() {
        "met" => Truth::Yes,
        "not met" => Truth::No,
        _ => Truth::CannotTell,
    }
}

/// How many of the first conditions were told, of how many.
fn laws_hold(bytes: &[u8]) -> (usize, usize) {
    let mut choices = Choices::new(bytes);
    let Some(program) = program(&mut choices) else { return (0, 0) };
    let (mut told, mut all) = (0, 0);
    for _ in 0..6 {
        let call = calls::call(&mut choices);
        let hearing = Hearing { trust_unrated_words: choices.chance(70), ..Hearing::default() };
        let facts = derive(&call, LocalePack::for_tag("fr-FR").expect("French"), hearing);
        let outcome = program.evaluate(&facts).expect("it evaluates");
        for (pair, (one, other, law)) in outcome.criteria.chunks(2).zip(LAWS) {
            let (first, second) = (value(&pair[0]), value(&pair[1]));
            all += 1;
            told += usize::from(first != Truth::CannotTell);
            assert!(
                law(first, second),
                "{one}: {first:?}, {other}: {second:?}\n{:#?}\n{call:#?}",
                program.plan().nodes
            );
        }
    }
    (told, all)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_ways_of_asking_agree(bytes in prop::collection::vec(any::<u8>(), 16..200)) {
        laws_hold(&bytes);
    }
}

/// Values that can never be told would keep these laws, too.
#[test]
fn many_values_are_told() {
    let counts: Vec<(usize, usize)> = (0u32..60).map(|seed| laws_hold(&seed.to_le_bytes())).collect();
    let (told, all) = counts.iter().fold((0, 0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
    assert!(told * 4 > all, "{told} told of {all}");
    assert!(told < all, "nothing was left open");
}
