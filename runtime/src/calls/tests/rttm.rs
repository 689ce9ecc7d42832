//! RTTM: who speaks when.

use super::faults::fault;
use super::{noted, plainly, reading, roles, told};
use crate::calls::{ReadOptions, read};
use grille_evidence::call::{Role, TimeOrigin, WordKind};

pub const RTTM: &str = include_str!("../fixtures/rttm.rttm");

#[test]
fn turns_hold_one_unknown_word_each() {
    let call = plainly(RTTM);
    assert_eq!(told(&call), ["500-2750 agent: <unk>", "2500-3500 customer: <unk>"]);
    assert!(call.segments.iter().flat_map(|segment| &segment.words).all(|word| word.kind == WordKind::Unknown));
    assert_eq!(roles(&call), [("agent", Some(Role::Agent)), ("customer", Some(Role::Customer))]);
    assert!(call.source.overlap && !call.source.confidences && !call.source.punctuation);
    assert_eq!((call.source.times, call.id.as_str()), (TimeOrigin::Spread, "fixture"));
    let notes = noted(RTTM);
    assert!(notes.iter().any(|note| note == "1 line that is no turn of a speaker, at line 2: left out"), "{notes:?}");
}

#[test]
fn several_recordings_are_several_calls() {
    let text = "SPEAKER a 1 0 1 <NA> <NA> x <NA> <NA>\nSPEAKER b 1 0 1 <NA> <NA> x <NA>\nSPEAKER a 1 3 1 <NA> <NA> <NA> <NA>\n";
    let calls = read("day.rttm", text.as_bytes(), &ReadOptions::default()).unwrap();
    let told: Vec<_> = calls.iter().map(|reading| (reading.call.id.as_str(), told(&reading.call))).collect();
    let expected = [("a", vec!["0-1000 x: <unk>", "3000-4000 unknown: <unk>"]), ("b", vec!["0-1000 x: <unk>"])];
    assert_eq!(told, expected.map(|(id, turns)| (id, turns.into_iter().map(str::to_owned).collect())));
}

#[test]
fn simsamu_names_the_doctor_and_whoever_calls() {
    let call = reading("SPEAKER <NA> <NA> 2.15 4.55 <NA> <NA> medecin <NA> <NA>\n").call;
    assert_eq!(roles(&call), [("medecin", Some(Role::Agent))]);
    let other = reading("SPEAKER ward-7 1 2.15 4.55 <NA> <NA> medecin <NA> <NA>\n").call;
    assert_eq!(roles(&other), [("medecin", None)]);
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    for (text, what, place) in [
        ("SPEAKER a 1 0 1 <NA> <NA> x <NA> <NA>\nhello\n", "`hello` is no line of this format", "line 2"),
        ("SPEAKER a 1 0 1 <NA> <NA> x <NA> <NA>\nSPEAKER a 1 0 1\n", "a turn has 5 fields", "line 2"),
        ("SPEAKER a 1 0 1s <NA> <NA> x <NA> <NA>\n", "`1s` is no number of seconds", "line 1"),
        ("SPEAKER a 1 -1 1 <NA> <NA> x <NA> <NA>\n", "a time of -1 s is not between 0 and 24 hours", "line 1"),
        (
            "SPEAKER a 1 86399 2 <NA> <NA> x <NA> <NA>\n",
            "a time of 86399000 + 2000 ms is not between 0 and 24 hours",
            "line 1",
        ),
    ] {
        let fault = fault(text);
        assert_eq!((fault.what.as_str(), fault.place.as_deref()), (what, Some(place)), "{text}");
        assert!(fault.mend.is_some());
    }
    assert_eq!(fault(";; no\nNOSCORE a 1 0 1 <NA> <NA> <NA> <NA>\n").what, "there is no turn in it");
}
