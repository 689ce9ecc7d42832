//! The hash of what a declaration means: free of layout, comments, spelling, order and local names; changed by every edit
//! of a threshold, a word or an operator.

use grille_compiler::check::check;
use grille_compiler::plan::lower::lower;
use grille_compiler::plan::meaning::{Meaning, declarations};
use grille_tests::bodies::loaded;
use grille_tests::choices::Choices;
use grille_tests::{criteria, layout};
use proptest::prelude::*;

/// The meanings of a text's declarations, in the order of their names; none where it has errors.
fn meanings(text: &str) -> Option<Vec<Meaning>> {
    let checked = check(&loaded(text)).program?;
    let mut found = declarations(&checked).expect("a sound program");
    found.sort();
    Some(found)
}

fn hashes(text: &str) -> Option<Vec<String>> {
    Some(meanings(text)?.into_iter().map(|meaning| meaning.hash).collect())
}

/// The declarations of a random file, below its first two lines.
fn declarations_of(text: &str) -> (String, Vec<String>) {
    let mut blocks = text.split("\n\n").filter(|block| !block.trim().is_empty()).map(str::to_owned);
    (blocks.next().expect("first lines"), blocks.collect())
}

/// The places of whole words and numbers that stand in a text, `#` and quotes left alone.
fn places<'t>(text: &'t str, wanted: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '\'' | '.' | ','));
    text.match_indices(wanted).map(|(at, _)| at).filter(move |at| {
        !is_part(text[..*at].chars().next_back()) && !is_part(text[at + wanted.len()..].chars().next())
    })
}

const EDITS: &[(&str, &str)] = &[
    ("200 ms", "201 ms"),
    ("500 ms", "400 ms"),
    ("1 s", "3 s"),
    ("2 s", "2.5 s"),
    ("5 s", "6 s"),
    ("1 min", "1.5 min"),
    ("bonjour", "bonsoir"),
    ("madame", "monsieur"),
    ("attente", "attendu"),
    ("jamais", "toujours"),
    ("agent says", "customer says"),
    ("customer says", "colleague says"),
    ("within first", "within last"),
    ("shorter than", "longer than"),
    ("lasting at least", "longer than"),
    ("and", "or"),
    ("at most", "at least"),
    ("not followed within", "followed within"),
    ("except", "then"),
    ("last (", "second ("),
    ("any (", "no ("),
    ("before", "after"),
    ("met when", "not met when"),
    ("or end", ""),
    ("during", "overlapping"),
    ("outside", "during"),
    ("overlapping", "outside"),
    ("minus", "except"),
    ("answered within", "unanswered within"),
    ("unanswered within", "answered within"),
    ("1 words", "2 words"),
    ("turn of", "question of"),
    ("question of", "turn of"),
    ("response gap of agent", "response gap of customer"),
    ("is known", "is not known"),
    ("call.vip", "not call.vip"),
    ("call.délai", "call.remise"),
    ("is code", "is attente"),
    ("is not", "is"),
    ("12.5 %", "13 %"),
    ("2026-01-15", "2026-01-16"),
    ("mean", "median"),
    ("p90", "max"),
    ("longest", "shortest"),
    ("talk share of agent", "talk share of customer"),
    ("130 %", "131 %"),
    ("unless negated", ""),
    ("exactly", ""),
    ("third", "second"),
    ("first 2", "first 3"),
    ("kind is warm", "kind is cold"),
    ("up by agent", "up by customer"),
    ("transfer to code", "transfer to attente"),
];

/// Where an edit may stand: in a phase or a criterion, whose hash is then looked at.
fn edited(text: &str, choices: &mut Choices<'_>) -> Option<(String, &'static str)> {
    let (from, to) = choices.pick(EDITS);
    let begin = text.find("\nphase ")?;
    let all: Vec<usize> = places(&text[begin..], from).map(|at| begin + at).collect();
    let usable =
        |at: &usize| *from != "met when" || !text[..*at].ends_with("not ") && !text[..*at].ends_with("partly ");
    let all: Vec<usize> = all.into_iter().filter(usable).collect();
    if all.is_empty() {
        return None;
    }
    let at = *choices.pick(&all);
    Some((format!("{}{to}{}", &text[..at], &text[at + from.len()..]), from))
}

/// Each case checks a file several times: fewer than usual, unless `PROPTEST_CASES` says otherwise.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn layout_comments_order_and_local_names_mean_nothing(bytes in prop::collection::vec(any::<u8>(), 16..200)) {
        let mut choices = Choices::new(&bytes);
        let text = criteria::file(&mut choices);
        let Some(meant) = meanings(&text) else { return Ok(()) };
        let mangled = layout::mangle(&text, &mut choices, true);
        prop_assert_eq!(Some(meant.clone()), meanings(&mangled), "{}\n{}", &text, mangled);
        let (first, mut blocks) = declarations_of(&text);
        let turn = choices.below(blocks.len());
        blocks.rotate_left(turn);
        let turned = format!("{first}\n\n{}\n", blocks.join("\n\n"));
        prop_assert_eq!(Some(meant.clone()), meanings(&turned), "{}", turned);
        let renamed = text.replace("lexique", "autre_nom").replace("instant", "autre_moment");
        let sorted = |hashes: Option<Vec<String>>| hashes.map(|mut hashes| { hashes.sort(); hashes });
        prop_assert_eq!(sorted(hashes(&text)), sorted(hashes(&renamed)), "{}", renamed);
    }

    #[test]
    fn every_edit_changes_the_meaning(bytes in prop::collection::vec(any::<u8>(), 16..200)) {
        let mut choices = Choices::new(&bytes);
        let text = criteria::file(&mut choices);
        let Some(meant) = meanings(&text) else { return Ok(()) };
        let Some((other, from)) = edited(&text, &mut choices) else { return Ok(()) };
        let Some(means) = meanings(&other) else { return Ok(()) };
        prop_assert_ne!(meant, means, "{} was changed in\n{}\nto\n{}", from, text, other);
    }
}

/// A generator that never edits anything would prove nothing.
#[test]
fn most_edits_can_be_looked_at() {
    let mut looked_at = 0;
    for seed in 0u32..100 {
        let seed = seed.to_le_bytes();
        let mut choices = Choices::new(&seed);
        let text = criteria::file(&mut choices);
        let other = edited(&text, &mut choices).and_then(|(other, _)| meanings(&other));
        looked_at += usize::from(meanings(&text).is_some() && other.is_some());
    }
    assert!(looked_at > 20, "only {looked_at} of 100");
}

#[test]
fn spelling_means_nothing_and_the_locale_does() {
    let text =
        |locale: &str, clause: &str| format!("grille 1 en\nlocale {locale}\n\ncriterion c {{ met when {clause} }}\n");
    let of = |locale: &str, clause: &str| hashes(&text(locale, clause)).expect("a meaning");
    let one = of("fr-FR", "agent says \"l'été\" within first 1.5 s");
    for same in ["agent says « l’été » within first 1,5 seconds", "(agent says “L'ÉTÉ” within first 1500 ms)"]
    {
        assert_eq!(one, of("fr-FR", same), "{same}");
    }
    assert_eq!(of("fr-FR", "count of hold ≤ 2"), of("fr-FR", "at most 2 hold"));
    assert_eq!(of("fr-FR", "hold within 5 s after silence"), of("fr-FR", "hold preceded within 5 s by silence"));
    assert_ne!(of("fr-FR", "any hold"), of("en-GB", "any hold"), "another locale pack");
}

#[test]
fn a_meaning_covers_the_entries_of_every_locale() {
    let text = |canada: &str, english: &str| {
        format!(
            "grille 1 en\nlocale fr-FR\nlexicon hello {{ \"bonjour\" {canada} {english} }}\nlexicon apart {{ \"autre\" }}\n\
             criterion c {{ met when agent says hello }}\ncriterion d {{ met when agent says apart }}\n"
        )
    };
    let of = |canada: &str, english: &str| meanings(&text(canada, english)).expect("a meaning");
    let changed = |one: Vec<Meaning>, two: Vec<Meaning>| -> Vec<String> {
        one.into_iter().zip(two).filter(|(a, b)| a != b).map(|(a, _)| a.name).collect()
    };
    let plain = of("in fr-CA { \"allô\" }", "in en { \"hello\" }");
    assert_eq!(plain, of("in FR_ca { \"ALLÔ\" }", "in EN { \"hello\" }"), "spelling means nothing");
    assert_eq!(changed(plain.clone(), of("in fr-CA { \"bon matin\" }", "in en { \"hello\" }")), ["c", "hello"]);
    assert_eq!(changed(plain.clone(), of("in fr-CA { \"allô\" }", "in en { \"hi\" }")), ["c", "hello"]);
    assert_eq!(
        changed(plain, of("in fr-CA { \"allô\" but not \"allô allô\" }", "in en { \"hello\" }")),
        ["c", "hello"]
    );
    let none = of("", "");
    assert_eq!(changed(none, of("in fr-CA { \"allô\" }", "")), ["c", "hello"]);
}

#[test]
fn a_declaration_covers_all_that_it_reaches() {
    let text = |word: &str| {
        format!(
            "grille 1 en\nlocale fr-FR\nlexicon inner {{ \"{word}\" }}\nlexicon outer {{ inner }}\nlexicon apart {{ \"autre\" }}\n\
             moment m = agent says outer\nmoment n = m within first 5 s\ncriterion c {{ met when n }}\ncriterion d {{ met when any agent says apart }}\n\
             scorecard card {{ version 1.0.0 used for training section \"S\" {{ c 10 points }} grades {{ a from 50 %, b below 50 % }} }}\n"
        )
    };
    let (one, two) = (meanings(&text("un")).expect("a meaning"), meanings(&text("deux")).expect("a meaning"));
    let changed: Vec<&str> = one.iter().zip(&two).filter(|(a, b)| a != b).map(|(a, _)| a.name.as_str()).collect();
    assert_eq!(changed, ["c", "inner", "outer", "m", "n", "card"]);
}

#[test]
fn the_plan_that_checking_makes_covers_variants() {
    let outcome = check(&loaded(include_str!("../conformance/language/lexicon-variants.grille")));
    let checked = outcome.program.expect("a program");
    assert!(!checked.variants.is_empty());
    assert_eq!(outcome.plan, lower(&checked).ok());
}
