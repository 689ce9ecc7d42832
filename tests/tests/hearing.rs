//! What was not heard is not an offence: of two readings of a call that differ only where nobody can be sure, a yes or
//! a no of the one is that of the other. A full call is heard in part, words made doubtful, wrong or unreadable; what
//! is then told must be so on the full call, too.

use grille_compiler::check::check;
use grille_compiler::engine::{Engine, Program};
use grille_evidence::call::{
    CALL_FORMAT, Call, Event, EventKind, Role, Segment, Source, Speaker, TimeOrigin, Word, WordKind, WordOrigin,
};
use grille_evidence::executable::Executable;
use grille_evidence::facts::Hearing;
use grille_evidence::locale::LocalePack;
use grille_evidence::outcome::{CriterionOutcome, LeafOutcome};
use grille_evidence::truth::Truth;
use grille_runtime::facts::derive;
use grille_tests::bodies::loaded;
use grille_tests::choices::Choices;
use grille_tests::criteria;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every word must be heard: no tolerance, so nothing is taken on trust.
const STRICT: Hearing = Hearing { word_threshold: 500, stretch_threshold: 1000, trust_unrated_words: false };
/// Some of these only listen (“oui”, “mm”), so that what was not heard decides who has the floor. Each is one token: that
/// an unheard word is as many as are written is taken on trust. One negates, but none stands in an idle negation: of those
/// every reading is tried below.
const WORDS: &[&str] = &[
    "bonjour", "attente", "attend", "attendez", "code", "madame", "euh", "att…", "co-", "code…", "deux", "vingt",
    "euros", "mai", "p", "oui", "oui", "mm", "voilà", "vous", "pouvez", "jamais", "mais",
];
/// Criteria of one condition, whose leaves are compared; after them stand criteria of every clause.
const CONDITIONS: usize = 4;
const MILLIS: &[i32] = &[0, 0, 0, 100, 300, 700, 1500, 2500];

fn program(choices: &mut Choices<'_>) -> Option<Program> {
    let mut text = String::from(
        "grille 1 en\nlocale fr-FR\nlexicon lexique {\n \"attente\"\n \"bonjour madame\"\n but not \"bonjour madame code\"\n}\n",
    );
    text.push_str(criteria::ATTRIBUTES);
    text.push_str("\nmoment instant = agent says \"code\"\n");
    text.push_str(&criteria::phase(choices));
    for number in 0..CONDITIONS {
        text.push_str(&format!("criterion c{number} {{\n met when {}\n}}\n", criteria::condition(choices, 1, false)));
    }
    for number in 0..2 {
        text.push_str(&format!("criterion k{number} {{\n{}}}\n", criteria::clauses(choices)));
    }
    let loaded = loaded(&text);
    let checked = check(&loaded).program?;
    Some(Program::new(&checked, Arc::new(loaded.sources.clone()), Engine::Interpreter).unwrap())
}

fn outcomes(program: &Program, call: &Call) -> Vec<CriterionOutcome> {
    let facts = derive(call, LocalePack::for_tag("fr-FR").unwrap(), STRICT);
    program.evaluate(&facts).unwrap().criteria
}

fn leaves(outcomes: &[CriterionOutcome]) -> impl Iterator<Item = &LeafOutcome> {
    outcomes.iter().take(CONDITIONS).flat_map(|c| &c.leaves)
}

/// Every verdict and every step of partly met that is possible on the full call is possible on what was heard of it.
fn is_possible(truth: &CriterionOutcome, seen: &CriterionOutcome) -> bool {
    truth.verdicts.iter().all(|v| seen.verdicts.contains(v)) && truth.steps.iter().all(|s| seen.steps.contains(s))
}

/// A call in which every word is heard.
fn world(choices: &mut Choices<'_>, words: &[&str]) -> Call {
    let mut cursor = 0;
    let mut segments = Vec::new();
    let speakers = 1 + choices.below(2);
    for _ in 0..1 + choices.below(9) {
        let start = cursor + choices.pick(MILLIS);
        let end = start + choices.pick(&[1, 200, 500, 900]);
        let word = Word {
            text: (*choices.pick(words)).to_owned(),
            start_ms: Some(start),
            end_ms: Some(end),
            confidence_thousandths: Some(1000),
            kind: WordKind::Plain,
            after: (*choices.pick(&["", "", "", "?", "."])).to_owned(),
        };
        let speaker = ["a", "c"][choices.below(speakers)].to_owned();
        segments.push(Segment { speaker, start_ms: start, end_ms: end, words: vec![word] });
        cursor = if choices.chance(15) { start + choices.pick(&[0, 100]) } else { end };
    }
    let holds = choices.chance(40).then(|| {
        let start_ms = i32::try_from(choices.below(4000)).unwrap();
        Event::bare(EventKind::Hold, start_ms, Some(start_ms + choices.pick(&[1, 300, 1500])))
    });
    let attributes = grille_tests::calls::attributes(choices);
    let speaker = |id: &str, role| Speaker { id: id.to_owned(), role: Some(role) };
    Call {
        grille_call: CALL_FORMAT,
        id: "world".to_owned(),
        locale: None,
        source: Source {
            format: "laws".to_owned(),
            words: WordOrigin::Recognised,
            confidences: true,
            times: TimeOrigin::Measured,
            overlap: choices.chance(80),
            punctuation: choices.chance(50),
            events: vec![EventKind::Hold],
            fields: BTreeMap::new(),
            own_events: BTreeMap::new(),
            attributes: attributes.keys().cloned().collect(),
        },
        speakers: vec![speaker("a", Role::Agent), speaker("c", Role::Customer)],
        subject: None,
        end_ms: None,
        segments,
        events: holds.into_iter().collect(),
        own_events: Vec::new(),
        attributes,
    }
}

/// The same call, some of its words doubtful and perhaps wrong, some unreadable.
fn observed(choices: &mut Choices<'_>, world: &Call) -> Call {
    let mut call = world.clone();
    for word in call.segments.iter_mut().flat_map(|s| &mut s.words) {
        match choices.below(10) {
            0 | 1 => {
                word.confidence_thousandths = Some(200);
                if choices.chance(70) {
                    word.text = (*choices.pick(WORDS)).to_owned();
                }
            }
            2 => word.kind = WordKind::Unknown,
            _ => {}
        }
    }
    call
}

/// How many leaves were told, of how many.
fn hear_in_part(bytes: &[u8]) -> (usize, usize) {
    let mut choices = Choices::new(bytes);
    let Some(program) = program(&mut choices) else { return (0, 0) };
    let (mut told, mut all) = (0, 0);
    for _ in 0..6 {
        let full = world(&mut choices, WORDS);
        let partial = observed(&mut choices, &full);
        let (full_outcomes, heard) = (outcomes(&program, &full), outcomes(&program, &partial));
        for (truth, seen) in full_outcomes.iter().zip(&heard) {
            assert!(
                is_possible(truth, seen),
                "{truth:#?}\n{seen:#?}\n{:#?}\nfull {full:#?}\nheard {partial:#?}",
                program.plan().criteria
            );
        }
        for (truth, seen) in leaves(&full_outcomes).zip(leaves(&heard)) {
            all += 1;
            if seen.value != Some(Truth::CannotTell) {
                told += 1;
                assert_eq!(
                    seen.value,
                    truth.value,
                    "{:#?}\nfull {full:#?}\nheard {partial:#?}",
                    program.plan().conditions
                );
            }
        }
    }
    (told, all)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hearing_more_never_turns_a_yes_or_a_no_into_the_other(bytes in prop::collection::vec(any::<u8>(), 16..200)) {
        hear_in_part(&bytes);
    }
}

/// Few words, so that they meet and repeat often; each is one token.
const FEW: &[&str] = &["rouge", "rouge", "vert", "vert", "bleu", "euh"];
const PHRASES: &[&str] = &[
    "rouge",
    "rouge vert",
    "vert bleu?",
    "rouge ..1 bleu",
    "(rouge|vert) bleu",
    "vert vert",
    "rouge vert bleu",
    "rouge _ vert",
    "bleu rouge rouge vert",
];

/// Criteria of one condition over a few phrases of a few words.
fn few_words(choices: &mut Choices<'_>) -> Program {
    let mut text = String::from("grille 1 en\nlocale fr-FR\n");
    for number in 0..CONDITIONS {
        let mut says = || {
            let exactly = if choices.chance(15) { "exactly " } else { "" };
            format!("agent says {exactly}\"{}\"", choices.pick(PHRASES))
        };
        let (a, b) = (says(), says());
        let condition = match choices.below(8) {
            0 | 1 => format!("any {a}"),
            2 => format!("no ({a} within first 900 ms)"),
            3 => format!("any ({a} except {b})"),
            4 => format!("at least 2 ({a})"),
            5 => format!("every {a} is followed within 400 ms by {b}"),
            6 => format!("any ({a} before {b})"),
            _ => format!("{a} only after {b}"),
        };
        text.push_str(&format!("criterion c{number} {{\n met when {condition}\n}}\n"));
    }
    let loaded = loaded(&text);
    let checked = check(&loaded);
    let program = checked.program.unwrap_or_else(|| panic!("{text}\n{:#?}", checked.diagnostics));
    Program::new(&program, Arc::new(loaded.sources.clone()), Engine::Interpreter).unwrap()
}

/// The same call, some words that touch written as one: unreadable, or two of them, or one that does not count, as one
/// that is doubtful and another. No more than can be said in the time of both.
fn run_together(choices: &mut Choices<'_>, world: &Call) -> Call {
    let mut call = world.clone();
    call.segments.clear();
    for segment in &world.segments {
        let unheard =
            |s: &Segment| s.words.iter().any(|w| w.kind != WordKind::Plain || w.confidence_thousandths == Some(200));
        let most = |word: &Word| if word.kind == WordKind::Unknown { 4 } else { 2 };
        let joins = call.segments.last().is_some_and(|last| {
            let told = last.words.first().map_or(0, |w| w.after.len());
            let in_time = 2 * ((segment.end_ms - last.start_ms - 1) / 100 + 1);
            let shares =
                |s: &&Segment| s.speaker == last.speaker && s.start_ms < segment.end_ms && last.start_ms < s.end_ms;
            let in_a_row = world.segments.iter().filter(shares).count() == told + 1;
            in_a_row
                && i32::try_from(told).unwrap() < in_time
                && unheard(last)
                && last.speaker == segment.speaker
                && last.end_ms == segment.start_ms
                && told < most(&last.words[0])
        });
        if let Some(last) = call.segments.last_mut().filter(|_| joins && choices.chance(60)) {
            last.end_ms = segment.end_ms;
            last.words[0].end_ms = Some(segment.end_ms);
            last.words[0].after.push('x');
            continue;
        }
        let mut segment = segment.clone();
        let word = &mut segment.words[0];
        word.after = String::new();
        match choices.below(8) {
            0 => (word.kind, word.after) = (WordKind::Unknown, "x".to_owned()),
            1 => {
                (word.confidence_thousandths, word.after) = (Some(200), "x".to_owned());
                word.text = (*choices.pick(FEW)).to_owned();
            }
            _ => {}
        }
        call.segments.push(segment);
    }
    call.segments.iter_mut().flat_map(|s| &mut s.words).for_each(|w| w.after.clear());
    call
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_unheard_word_may_be_more_or_fewer_than_are_written(bytes in prop::collection::vec(any::<u8>(), 16..200)) {
        let mut choices = Choices::new(&bytes);
        let program = few_words(&mut choices);
        for _ in 0..6 {
            let mut full = world(&mut choices, FEW);
            full.source.punctuation = false;
            full.segments.iter_mut().flat_map(|s| &mut s.words).for_each(|w| w.after.clear());
            let partial = run_together(&mut choices, &full);
            let (full_outcomes, heard) = (outcomes(&program, &full), outcomes(&program, &partial));
            for (truth, seen) in leaves(&full_outcomes).zip(leaves(&heard)) {
                if seen.value != Some(Truth::CannotTell) {
                    let shown = &program.plan().conditions;
                    assert_eq!(seen.value, truth.value, "{shown:#?}\nfull {full:#?}\nheard {partial:#?}");
                }
            }
        }
    }
}

/// A program that never tells anything would pass, too.
#[test]
fn much_is_told_though_not_all_is_heard() {
    let counts: Vec<(usize, usize)> = (0u32..60).map(|seed| hear_in_part(&seed.to_le_bytes())).collect();
    let (told, all) = counts.iter().fold((0, 0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
    assert!(told * 3 > all, "{told} told of {all}");
    assert!(told < all, "nothing was left open");
}

/// What is said around a phrase, or in its gap: negators that deny it, and such that are part of a fixed expression and deny
/// nothing.
const AROUND: &[&[&str]] = &[
    &["pas", "de", "problème", "PHRASE"],
    &["ne", "quittez", "pas", "PHRASE"],
    &["PHRASE", "pas", "de", "souci"],
    &["oui", "hésitez", "pas", "PHRASE"],
    &["n'est-ce", "pas", "PHRASE"],
    &["jamais", "de", "la", "vie", "PHRASE"],
    &["jamais", "voilà", "PHRASE"],
    &["jamais", "mais", "PHRASE"],
    &["bien", "voilà", "alors"],
];
const PHRASE: &[&str] = &["je", "vous", "mets", "en", "attente"];
/// What an unheard word may have been.
const MAY_BE: &[&[&str]] = &[
    &[],
    &["problème"],
    &["quittez"],
    &["ne"],
    &["pas"],
    &["jamais"],
    &["souci"],
    &["de", "problème"],
    &["voilà"],
    &["mais"],
];

/// The words of one speaker, each heard or not.
fn said(words: &[(&str, bool)]) -> Call {
    let mut call = world(&mut Choices::new(&[]), &["bonjour"]);
    call.source.punctuation = false;
    call.events.clear();
    let start = |at: usize| i32::try_from(at * 200).unwrap();
    let word = |(at, (text, heard)): (usize, &(&str, bool))| Word {
        text: (*text).to_owned(),
        start_ms: Some(start(at)),
        end_ms: Some(start(at + 1)),
        confidence_thousandths: Some(if *heard { 1000 } else { 200 }),
        kind: WordKind::Plain,
        after: String::new(),
    };
    let words: Vec<Word> = words.iter().enumerate().map(word).collect();
    call.segments = vec![Segment { speaker: "a".to_owned(), start_ms: 0, end_ms: start(words.len()), words }];
    call
}

/// Whether a negator denies anything may hang on a word that was not heard: then it cannot be told.
#[test]
fn a_negator_is_idle_or_not_by_what_was_heard_alone() {
    let text = "grille 1 en\nlocale fr-FR\ncriterion c {\n met when any (\
        agent says (\"je vous mets en attente\" or \"bien ..2 alors\") unless negated)\n}\n";
    let loaded = loaded(text);
    let program = Program::new(&check(&loaded).program.unwrap(), Arc::new(loaded.sources.clone()), Engine::Interpreter);
    let program = program.unwrap();
    let value = |words: &[(&str, bool)]| outcomes(&program, &said(words))[0].leaves[0].value;
    let (mut told, mut untold) = (0, 0);
    for around in AROUND {
        for unheard in (0..around.len()).filter(|at| around[*at] != "PHRASE") {
            let spoken = |of: Option<&[&'static str]>| {
                let word = |(at, word): (usize, &&'static str)| match (*word, of) {
                    ("PHRASE", _) => PHRASE.iter().map(|word| (*word, true)).collect::<Vec<_>>(),
                    (_, Some(words)) if at == unheard => words.iter().map(|word| (*word, true)).collect(),
                    (word, _) => vec![(word, at != unheard)],
                };
                around.iter().enumerate().flat_map(word).collect::<Vec<_>>()
            };
            let seen = value(&spoken(None));
            if seen == Some(Truth::CannotTell) {
                untold += 1;
                continue;
            }
            told += 1;
            for may_be in MAY_BE {
                assert_eq!(seen, value(&spoken(Some(may_be))), "{around:?}, unheard {unheard}, was {may_be:?}");
            }
        }
    }
    assert!(told > 0 && untold > 0, "{told} told, {untold} not");
}
