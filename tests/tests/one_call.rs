//! One call in three formats of one vendor: the same verdicts wherever all hold what a criterion rests on, and where not,
//! *cannot tell* of the one that lacks it. What differs and why is told in `docs/calls/azure-batch.md`.

use grille_compiler::check::check;
use grille_compiler::engine::{Engine, Program};
use grille_evidence::call::{Call, Role};
use grille_evidence::executable::Executable;
use grille_evidence::facts::Hearing;
use grille_evidence::locale::LocalePack;
use grille_evidence::truth::Verdict;
use grille_runtime::calls::{ReadOptions, Roles, Whose, read};
use grille_runtime::facts::derive;
use grille_tests::bodies::loaded;
use std::sync::Arc;

const BATCH: &str = include_str!("../../runtime/src/calls/fixtures/azure_batch.json");
const FAST: &str = include_str!("../../runtime/src/calls/fixtures/azure_fast.json");
const UNDERSTOOD: &str = include_str!("../../runtime/src/calls/fixtures/azure_content_understanding.json");

/// Criteria, and what each rests on beside words and times.
const CRITERIA: &[(&str, &str, Rests)] = &[
    ("greets", r#"met when agent says "good morning" within first 10 s"#, Rests::OnWords),
    ("names_the_price", r#"met when agent says "<amount>""#, Rests::OnWordsAround),
    ("gets_consent", r#"met when agent asks "is that fine" answered within 5 s with "yes""#, Rests::OnWords),
    ("says_what_is_doubtful", r#"met when customer says "lost my card yesterday""#, Rests::OnADoubtfulWord),
    ("never_says_never", r#"met when no agent says "never""#, Rests::OnWhatWasNotSaid),
    ("is_answered", r#"met when every (question of agent) is answered within 5 s"#, Rests::OnTimes),
    ("answers_soon", r#"met when max response time of agent <= 3 s"#, Rests::OnTimes),
    ("talks_little", r#"met when talk share of agent <= 70 %"#, Rests::OnTimes),
    ("leaves_no_silence", r#"met when no silence longer than 5 s"#, Rests::OnTimes),
    ("lets_finish", r#"met when no agent interrupts customer"#, Rests::OnOverlap),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::enum_variant_names)]
enum Rests {
    OnTimes,
    OnWords,
    OnADoubtfulWord,
    OnWhatWasNotSaid,
    /// On nothing unheard beside the words: where an amount ends, the next word tells.
    OnWordsAround,
    OnOverlap,
}

fn call(text: &str) -> Call {
    let given = vec![(Whose::parse("speaker 1"), Role::Agent), (Whose::parse("speaker 2"), Role::Customer)];
    let numbered = ReadOptions { roles: Roles { given, ..Roles::default() }, ..ReadOptions::default() };
    let options = if text == UNDERSTOOD { ReadOptions::default() } else { numbered };
    read("call.json", text.as_bytes(), &options).unwrap().remove(0).call
}

/// The verdict of each criterion on the three files, in training or not; none where it cannot be told.
fn verdicts(training: bool) -> Vec<[Option<Verdict>; 3]> {
    let declared = CRITERIA.iter().map(|(name, clause, _)| format!("criterion {name} {{ {clause} }}\n"));
    let text = format!("grille 1 en\nlocale en-GB\n{}", declared.collect::<String>());
    let loaded = loaded(&text);
    let outcome = check(&loaded);
    let checked = outcome.program.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
    let program = Program::new(&checked, Arc::new(loaded.sources.clone()), Engine::Machine).unwrap();
    let hearing = Hearing { trust_unrated_words: training, ..Hearing::default() };
    let of = |text: &str| {
        let facts = derive(&call(text), LocalePack::for_tag("en-GB").unwrap(), hearing);
        program.evaluate(&facts).unwrap().criteria.into_iter().map(|c| c.verdicts.told()).collect::<Vec<_>>()
    };
    let [batch, fast, understood] = [BATCH, FAST, UNDERSTOOD].map(of);
    batch.into_iter().zip(fast).zip(understood).map(|((b, f), u)| [b, f, u]).collect()
}

#[test]
fn what_rests_on_times_is_told_alike_of_all_and_overlap_of_none() {
    for training in [true, false] {
        for ((name, _, rests), found) in CRITERIA.iter().zip(verdicts(training)) {
            match rests {
                Rests::OnTimes => assert_eq!(found, [Some(Verdict::Met); 3], "{name}"),
                Rests::OnOverlap => assert_eq!(found, [None; 3], "{name}"),
                _ => {}
            }
        }
    }
}

#[test]
fn what_was_said_is_told_alike_of_all_but_where_one_file_knows_that_a_word_is_doubtful() {
    for training in [true, false] {
        for ((name, _, rests), found) in CRITERIA.iter().zip(verdicts(training)) {
            match rests {
                Rests::OnWords => assert_eq!(found, [Some(Verdict::Met); 3], "{name}"),
                Rests::OnADoubtfulWord => assert_eq!(found, [None, Some(Verdict::Met), Some(Verdict::Met)], "{name}"),
                _ => {}
            }
        }
    }
}

#[test]
fn what_was_not_said_and_where_an_amount_ends_are_told_of_files_without_confidences_in_training_only() {
    for (training, of_the_others) in [(true, Some(Verdict::Met)), (false, None)] {
        for ((name, _, rests), found) in CRITERIA.iter().zip(verdicts(training)) {
            if matches!(rests, Rests::OnWhatWasNotSaid | Rests::OnWordsAround) {
                assert_eq!(found, [Some(Verdict::Met), of_the_others, of_the_others], "{name}, training: {training}");
            }
        }
    }
}
