//! How long checking takes: a thousand criteria in one file, as `grille check` reads them. No machine code is built.
//! Not a test: nothing here fails for being slow. `cargo bench -p grille-tests --bench check`.

use grille_compiler::check::check;
use grille_grammar::format;
use grille_grammar::parse::parse;
use grille_grammar::source::{FileId, SourceFile};
use grille_tests::bodies::loaded;
use grille_tests::choices::Choices;
use grille_tests::phrases::lexicons;
use std::hint::black_box;
use std::time::{Duration, Instant};

const CRITERIA: usize = 1000;
const A_CARD: usize = 25;
const ROUNDS: usize = 15;

fn main() {
    let text = criteria();
    println!(
        "{CRITERIA} criteria, {} lines, {} KiB; medians of {ROUNDS} rounds",
        text.lines().count(),
        text.len() / 1024
    );
    let file = SourceFile { id: FileId(0), name: "bench.grille".to_owned(), text: text.clone() };
    let modules = loaded(&text);
    let outcome = check(&modules);
    assert!(outcome.program.is_some(), "{:#?}", outcome.diagnostics.first());
    shown("parse", || drop(black_box(parse(&file))));
    shown("check, parsed", || drop(black_box(check(&modules))));
    shown("both, as `grille check` does", || drop(black_box(check(&loaded(&text)))));
    shown("fmt", || drop(black_box(format(&file))));
}

fn shown(what: &str, work: impl Fn()) {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("{what:<30} {:>8.1} ms", times[times.len() / 2].as_secs_f64() * 1000.0);
}

/// A thousand criteria as people write them: a lexicon of five phrases each, windows, counts, order, occasions.
fn criteria() -> String {
    let mut choices = Choices::new(b"check");
    let mut text = lexicons(&mut choices, CRITERIA);
    for number in 0..CRITERIA {
        text.push_str(&criterion(number));
    }
    for card in 0..CRITERIA / A_CARD {
        text.push_str(&format!(
            "scorecard carte_{card} \"Carte {card}\" {{\n    version  1.0.0\n    used for training\n"
        ));
        text.push_str("    section \"Tout\" {\n");
        for number in card * A_CARD..(card + 1) * A_CARD {
            let partly = if matches!(number % 5, 0 | 4) { ", partly 5" } else { "" };
            text.push_str(&format!("        critère_{number} 10 points{partly}\n"));
        }
        text.push_str("    }\n    grades { bon from 70 %, à_revoir below 70 % }\n}\n\n");
    }
    text
}

fn criterion(number: usize) -> String {
    let (next, after) = ((number + 1) % CRITERIA, (number + 2) % CRITERIA);
    let here = format!("lexique_{number}");
    let clauses = match number % 5 {
        0 => format!("met when agent says {here} within first délai\n    partly met when any agent says {here}"),
        1 => format!("met when agent says {here} then within 20 s agent says lexique_{next}"),
        2 => format!("not met when agent says {here} within last délai unless negated"),
        3 => format!(
            "applies when customer says {here}\n    met when agent says lexique_{next} only after agent says lexique_{after}"
        ),
        _ => format!(
            "whenever hold lasting at least 3 s\n    expect agent says {here} within délai before it\n    \
             partly met when at least 50 % of them"
        ),
    };
    format!("criterion critère_{number}(délai: duration = 15 s) \"Critère {number}\" {{\n    {clauses}\n}}\n\n")
}
