//! Compile time of a hundred criteria, and the two engines side by side on the same calls, in one run.
//! Not a test: nothing here fails for being slow. `cargo bench --workspace --bench engines`.

use grille_compiler::check::check;
use grille_compiler::engine::{Engine, Program};
use grille_evidence::call::{
    CALL_FORMAT, Call, Role, Segment, Source, Speaker, TimeOrigin, Word, WordKind, WordOrigin,
};
use grille_evidence::executable::Executable;
use grille_evidence::facts::{CallFacts, Hearing};
use grille_evidence::locale::LocalePack;
use grille_runtime::facts::derive;
use grille_tests::bodies::loaded;
use grille_tests::choices::Choices;
use grille_tests::phrases::{VOCABULARY, lexicons};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

const CRITERIA: usize = 100;
const CALLS: usize = 40;
const WORDS_A_CALL: usize = 700;
const ROUNDS: usize = 9;

/// Words that calls are full of and phrases are not.
const OF_CALLS: &str = "je vous le la les à vous de et";

fn main() {
    let source = criteria();
    let facts = calls();
    println!(
        "{CRITERIA} criteria, {} lines; {CALLS} calls of {WORDS_A_CALL} words; medians of {ROUNDS} rounds\n",
        source.lines().count()
    );
    compile_times(&source);
    engines(&source, &facts);
}

fn compile_times(source: &str) {
    let (mut read, mut checked_in, mut lowered, mut compiled) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (modules, time) = timed(|| loaded(source));
        read.push(time);
        let (outcome, time) = timed(|| check(&modules));
        checked_in.push(time);
        let checked = outcome.program.expect("criteria without errors");
        let sources = Arc::new(modules.sources.clone());
        let (_, time) = timed(|| Program::new(&checked, Arc::clone(&sources), Engine::Interpreter).expect("a plan"));
        lowered.push(time);
        let (_, both) = timed(|| Program::new(&checked, Arc::clone(&sources), Engine::Machine).expect("code"));
        compiled.push(both.saturating_sub(time));
    }
    let parts = [median(&mut read), median(&mut checked_in), median(&mut lowered), median(&mut compiled)];
    let total: f64 = parts.iter().map(Duration::as_secs_f64).sum();
    let shown = parts.map(|p| format!("{:.1} ms", p.as_secs_f64() * 1000.0));
    println!(
        "parse {} + check {} + plan {} + machine code {} = {:.1} ms",
        shown[0],
        shown[1],
        shown[2],
        shown[3],
        total * 1000.0
    );
}

fn engines(source: &str, facts: &[CallFacts]) {
    let modules = loaded(source);
    let checked = check(&modules).program.expect("criteria without errors");
    let sources = Arc::new(modules.sources.clone());
    let interpreter = Program::new(&checked, Arc::clone(&sources), Engine::Interpreter).expect("a plan");
    let machine = Program::new(&checked, sources, Engine::Machine).expect("code");
    let (mut slow, mut fast) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        slow.push(timed(|| facts.iter().for_each(|f| drop(black_box(interpreter.evaluate(f))))).1);
        fast.push(timed(|| facts.iter().for_each(|f| drop(black_box(machine.evaluate(f))))).1);
    }
    assert!(facts.iter().all(|f| interpreter.evaluate(f) == machine.evaluate(f)), "the engines disagree");
    let (slow, fast) = (median(&mut slow).as_secs_f64(), median(&mut fast).as_secs_f64());
    let work = (CRITERIA * facts.len()) as f64;
    let micros = |seconds: f64| seconds * 1e6 / facts.len() as f64;
    println!("interpreter   {:>12.0} criteria × calls per second   {:>8.1} µs a call", work / slow, micros(slow));
    println!("machine code  {:>12.0} criteria × calls per second   {:>8.1} µs a call", work / fast, micros(fast));
    println!("ratio         {:>12.1}", slow / fast);
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let result = work();
    (result, begun.elapsed())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn criteria() -> String {
    let mut choices = Choices::new(b"criteria");
    let mut text = lexicons(&mut choices, CRITERIA);
    for number in 0..CRITERIA {
        let (next, after) = ((number + 1) % CRITERIA, (number + 2) % CRITERIA);
        let clauses = match number % 4 {
            0 => format!(
                "met when agent says lexique_{number} within first 30 s\n    partly met when agent says lexique_{number}"
            ),
            1 => format!("met when agent says lexique_{number} then within 20 s agent says lexique_{next}"),
            2 => format!("not met when agent says lexique_{number} unless negated"),
            _ => format!(
                "applies when customer says lexique_{number}\n    met when agent says lexique_{next} only after agent says lexique_{after}"
            ),
        };
        text.push_str(&format!("criterion c{number} \"Critère {number}\" {{\n    {clauses}\n}}\n\n"));
    }
    text
}

fn calls() -> Vec<CallFacts> {
    let pack = LocalePack::for_tag("fr-FR").expect("French");
    let mut choices = Choices::new(b"calls");
    (0..CALLS).map(|_| derive(&call(&mut choices), pack, Hearing::default())).collect()
}

fn call(choices: &mut Choices<'_>) -> Call {
    let words: Vec<&str> = VOCABULARY.split_whitespace().chain(OF_CALLS.split_whitespace()).collect();
    let ids = ["agent", "customer"];
    let mut at = 0;
    let mut segments = Vec::new();
    let mut written = 0;
    while written < WORDS_A_CALL {
        let count = 4 + choices.below(20);
        let start_ms = at;
        let spoken = (0..count).map(|_| {
            let start = at;
            at += 380;
            // Common words are more frequent: the lower of two places in the list.
            let place = choices.below(words.len()).min(choices.below(words.len()));
            Word {
                text: words[place].to_owned(),
                start_ms: Some(start),
                end_ms: Some(start + 350),
                confidence_thousandths: None,
                kind: WordKind::Plain,
                after: String::new(),
            }
        });
        let words = spoken.collect();
        segments.push(Segment { speaker: ids[segments.len() % 2].to_owned(), start_ms, end_ms: at - 30, words });
        written += count;
        at += 700;
    }
    let source = Source {
        format: "bench".to_owned(),
        words: WordOrigin::Checked,
        confidences: false,
        times: TimeOrigin::Measured,
        overlap: true,
        punctuation: false,
        events: Vec::new(),
        fields: BTreeMap::new(),
        own_events: BTreeMap::new(),
        attributes: Vec::new(),
    };
    let speakers = vec![
        Speaker { id: ids[0].to_owned(), role: Some(Role::Agent) },
        Speaker { id: ids[1].to_owned(), role: Some(Role::Customer) },
    ];
    Call {
        grille_call: CALL_FORMAT,
        id: "bench".to_owned(),
        locale: None,
        source,
        speakers,
        subject: None,
        end_ms: None,
        segments,
        events: Vec::new(),
        own_events: Vec::new(),
        attributes: BTreeMap::new(),
    }
}
