//! Deriving facts grows as n log n in words, whatever a call looks like.

use super::samples::{Telling, call};
use super::steps::steps_of;
use grille_evidence::call::{Call, Word};

/// A call of `words` words: each of the next speaker in the row, after a pause, and so well heard.
fn told(words: i32, who: &[&str], texts: &[&str], pause: i32, confidences: &[u16], punctuation: bool) -> Call {
    let mut told = call();
    told.source.punctuation = punctuation;
    let mut at = 0;
    for n in 0..usize::try_from(words).unwrap() {
        told = told.says(who[n % who.len()], &[(at, at + 150, texts[n % texts.len()])]);
        at += 150 + pause;
    }
    let all: Vec<u16> = confidences.iter().copied().cycle().take(usize::try_from(words).unwrap()).collect();
    told.heard(&all)
}

fn grows_little(what: &str, of: impl Fn(i32) -> Call) {
    let steps = |words: i32| {
        let call = of(words);
        steps_of(|| {
            let facts = call.facts();
            assert_eq!(facts.words.len(), usize::try_from(words).unwrap());
        })
    };
    let (once, four_times) = (steps(1500), steps(6000));
    assert!(once > 1500, "{what}: nothing is counted");
    assert!(four_times * 10 < once * 55, "{what}: {once} steps for 1,500 words, {four_times} for 6,000");
}

#[test]
fn facts_grow_as_n_log_n() {
    let doubtful = [200, 900, 200];
    grows_little("a monologue", |n| told(n, &["a"], &["bonjour", "madame."], 100, &[900], true));
    grows_little("one long turn with pauses", |n| told(n, &["a"], &["bonjour", "oui"], 700, &[900], true));
    grows_little("two who take turns", |n| told(n, &["a", "c"], &["bonjour", "vous?"], 400, &[900], true));
    grows_little("all in doubt", |n| told(n, &["a", "c"], &["oui", "mm", "voilà"], 400, &doubtful, true));
    grows_little("in doubt, one after the other", |n| told(n, &["a"], &["oui", "mm"], 600, &doubtful, true));
    grows_little("half in doubt", |n| told(n, &["a", "c", "a"], &["oui", "bonjour"], 300, &doubtful, false));
    grows_little("questions by form", |n| told(n, &["a"], &["vous", "pouvez"], 50, &doubtful, false));
    grows_little("all at once", |n| {
        let mut call = told(n, &["a", "c"], &["oui", "bonjour"], 300, &doubtful, true);
        let words = call.segments.iter_mut().flat_map(|s| &mut s.words);
        words.for_each(|w: &mut Word| (w.start_ms, w.end_ms) = (Some(100), Some(400)));
        call
    });
}
