//! Laws that hold of every condition on every call: hearing more never turns a yes into a no or the reverse, and the
//! algebra of moments is one. Both sides of a law are written in the language and run by the interpreter.

use grille_compiler::check::check;
use grille_compiler::engine::{Engine, Program};
use grille_compiler::interpret::Interpreter;
use grille_compiler::phrases::index::Symboliser;
use grille_compiler::plan::ConditionOp;
use grille_evidence::call::{
    CALL_FORMAT, Call, Event, EventKind, Role, Segment, Source, Speaker, TimeOrigin, Word, WordKind, WordOrigin,
};
use grille_evidence::executable::Executable;
use grille_evidence::facts::{CallFacts, Hearing};
use grille_evidence::locale::LocalePack;
use grille_evidence::moment::MomentSet;
use grille_evidence::truth::{Truth, Verdict, VerdictSet};
use grille_runtime::facts::derive;
use grille_tests::bodies::loaded;
use grille_tests::choices::Choices;
use std::sync::Arc;

#[path = "random/conditions.rs"]
mod conditions;

/// Every word must be heard.
const STRICT: Hearing = Hearing { word_threshold: 500, stretch_threshold: 1000, trust_unrated_words: false };
const PLAIN: &[&str] = &["bonjour", "attente", "attend", "attendez", "code", "madame"];
const MILLIS: &[i32] = &[0, 0, 0, 100, 300, 700, 1500, 2500];

fn program(conditions: &[String]) -> Option<Program> {
    let mut text = conditions::DECLARATIONS.to_owned();
    for (number, condition) in conditions.iter().enumerate() {
        text.push_str(&format!("criterion c{number} {{\n met when {condition}\n}}\n"));
    }
    let loaded = loaded(&text);
    let checked = check(&loaded).program?;
    Some(Program::new(&checked, Arc::new(loaded.sources.clone()), Engine::Interpreter).unwrap())
}

fn values(program: &Program, facts: &CallFacts) -> Vec<Truth> {
    program.evaluate(facts).unwrap().criteria.iter().map(|c| truth(c.verdicts)).collect()
}

fn truth(verdicts: VerdictSet) -> Truth {
    match verdicts.told() {
        Some(Verdict::Met) => Truth::Yes,
        Some(_) => Truth::No,
        None => Truth::CannotTell,
    }
}

/// The moments of each `any` that is a criterion.
fn sets(program: &Program, facts: &CallFacts) -> Vec<MomentSet> {
    let plan = program.plan();
    let symboliser = Symboliser::new(plan);
    let mut interpreter = Interpreter::new(plan, &symboliser, facts);
    let met = plan.criteria.iter().filter_map(|c| plan.condition(c.met?));
    let nodes: Vec<_> =
        met.map(|c| if let ConditionOp::Any(node) = c.op { node } else { panic!("no `any`") }).collect();
    nodes.into_iter().map(|node| interpreter.moments(node).unwrap()).collect()
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
        Event { kind: EventKind::Hold, start_ms, end_ms: Some(start_ms + choices.pick(&[1, 300, 1500])) }
    });
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
        },
        speakers: vec![speaker("a", Role::Agent), speaker("c", Role::Customer)],
        subject: None,
        end_ms: None,
        segments,
        events: holds.into_iter().collect(),
    }
}

/// The same call, some of its words doubtful and perhaps wrong, some unreadable.
fn observed(choices: &mut Choices<'_>, world: &Call, words: &[&str]) -> Call {
    let mut call = world.clone();
    for word in call.segments.iter_mut().flat_map(|s| &mut s.words) {
        match choices.below(10) {
            0 | 1 => {
                word.confidence_thousandths = Some(200);
                if choices.chance(70) {
                    word.text = (*choices.pick(words)).to_owned();
                }
            }
            2 => word.kind = WordKind::Unknown,
            _ => {}
        }
    }
    call
}

fn facts(call: &Call) -> CallFacts {
    derive(call, LocalePack::for_tag("fr-FR").unwrap(), STRICT)
}

fn shown(call: &Call) -> String {
    let words = call.segments.iter().flat_map(|s| {
        s.words.iter().map(move |w| {
            let mark = if w.kind == WordKind::Unknown {
                "#"
            } else if w.confidence_thousandths == Some(200) {
                "~"
            } else {
                ""
            };
            format!("{}[{},{}) {mark}{}{}", s.speaker, s.start_ms, s.end_ms, w.text, w.after)
        })
    });
    let events = call.events.iter().map(|e| format!("hold[{},{:?})", e.start_ms, e.end_ms));
    words.chain(events).collect::<Vec<_>>().join("  ") + if call.source.punctuation { "" } else { "  (no punctuation)" }
}

#[test]
fn explore() {
    let extra: Vec<String> =
        std::env::var("LAW_WORDS").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    let skip: Vec<String> =
        std::env::var("LAW_SKIP").unwrap_or_default().split(';').filter(|s| !s.is_empty()).map(str::to_owned).collect();
    let n: u32 = std::env::var("LAW_N").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let words: Vec<&str> = PLAIN.iter().copied().chain(extra.iter().map(String::as_str)).collect();
    let mut found: Vec<(usize, String)> = Vec::new();
    let (mut told, mut all, mut refused) = (0, 0, 0);
    for seed in 0..n {
        let bytes = seed.to_le_bytes();
        let mut choices = Choices::new(&bytes);
        let conditions: Vec<String> = (0..8)
            .map(|_| conditions::Writer { choices: &mut choices, it: false }.leaf())
            .filter(|c| !skip.iter().any(|s| c.contains(s.as_str())))
            .collect();
        let Some(program) = program(&conditions) else { refused += 1; continue };
        for _ in 0..12 {
            let world = world(&mut choices, &words);
            let observed = observed(&mut choices, &world, &words);
            let (sure, seen) = (values(&program, &facts(&world)), values(&program, &facts(&observed)));
            for ((condition, sure), seen) in conditions.iter().zip(sure).zip(seen) {
                all += 1;
                told += u32::from(seen != Truth::CannotTell);
                if seen != Truth::CannotTell && seen != sure {
                    let text = format!(
                        "{condition}\n   world {sure:?}: {}\n   seen {seen:?}: {}",
                        shown(&world),
                        shown(&observed)
                    );
                    found.push((condition.len() + 12 * world.segments.len(), text));
                }
            }
        }
    }
    found.sort();
    println!("refused {refused}; told {told} of {all}; unsound {}", found.len());
    for (_, text) in found.iter().take(6) {
        println!("{text}\n");
    }
    let _ = sets;
}
