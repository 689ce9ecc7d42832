//! How long it takes to derive the facts of a call of 30,000 words (some four hours of talk), for calls of several shapes.
//! Not a test: nothing here fails for being slow. `cargo bench --workspace --bench facts`.

use grille_evidence::call::{
    CALL_FORMAT, Call, Role, Segment, Source, Speaker, TimeOrigin, Word, WordKind, WordOrigin,
};
use grille_evidence::facts::Hearing;
use grille_evidence::locale::LocalePack;
use grille_runtime::facts::derive;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

const WORDS: usize = 30_000;
const ROUNDS: usize = 9;

fn main() {
    println!("facts of one call of {WORDS} words; medians of {ROUNDS} rounds\n");
    for (name, speakers, texts, pause, doubtful) in [
        ("two who take turns", 2, ["bonjour", "vous", "pouvez", "attendre"], 700, false),
        ("the same, a third in doubt", 2, ["oui", "vous", "voilà", "attendre"], 700, true),
        ("one long turn of idle negations", 1, ["ne", "quittez", "pas", "jamais"], 50, false),
        ("one long turn of question forms", 1, ["vous", "pouvez", "vous", "pouvez"], 50, false),
        ("one sound of listening after the other", 2, ["oui", "mm", "voilà", "oui"], 600, true),
    ] {
        let call = call(speakers, texts, pause, doubtful);
        let pack = LocalePack::for_tag("fr-FR").expect("French");
        let mut times: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                black_box(derive(&call, pack, Hearing::default()));
                start.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{:7.1} ms  {name}", times[ROUNDS / 2]);
    }
}

fn call(speakers: usize, texts: [&str; 4], pause: i32, doubtful: bool) -> Call {
    let (mut at, mut segments) = (0, Vec::with_capacity(WORDS));
    for n in 0..WORDS {
        let confidence = if doubtful && n % 3 == 0 { 200 } else { 950 };
        let word = Word {
            text: texts[n % 4].to_owned(),
            start_ms: Some(at),
            end_ms: Some(at + 250),
            confidence_thousandths: Some(confidence),
            kind: WordKind::Plain,
            after: String::new(),
        };
        let speaker = ["a", "c"][(n / 5) % speakers].to_owned();
        segments.push(Segment { speaker, start_ms: at, end_ms: at + 250, words: vec![word] });
        at += 250 + if n % 5 == 4 { pause } else { 20 };
    }
    let speaker = |id: &str, role| Speaker { id: id.to_owned(), role: Some(role) };
    Call {
        grille_call: CALL_FORMAT,
        id: "bench".to_owned(),
        locale: None,
        source: Source {
            format: "bench".to_owned(),
            words: WordOrigin::Recognised,
            confidences: true,
            times: TimeOrigin::Measured,
            overlap: true,
            punctuation: false,
            events: Vec::new(),
            fields: BTreeMap::new(),
            own_events: BTreeMap::new(),
            attributes: Vec::new(),
        },
        speakers: vec![speaker("a", Role::Agent), speaker("c", Role::Customer)],
        subject: None,
        end_ms: None,
        segments,
        events: Vec::new(),
        own_events: Vec::new(),
        attributes: BTreeMap::new(),
    }
}
