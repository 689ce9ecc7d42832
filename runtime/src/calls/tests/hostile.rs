//! Whatever is done to a file, reading it ends with a valid call or a fault that says something, and never panics.

use super::{AMAZON, HARPER_VALLEY, OWN, SIMSAMU, held};
use crate::calls::HarperValleyTranscript::{Human, Machine};
use crate::calls::{ReadOptions, canonical_bytes, read, validate};
use proptest::prelude::*;
use serde_json::Value;

/// Pieces that are put into files where they do not belong.
const PIECES: [&str; 16] = [
    "null",
    "-1",
    "1e999",
    "0.5",
    "\"\"",
    "[]",
    "{}",
    "86400000",
    "9223372036854775808",
    "\u{0}",
    "\\ud800",
    "[[[[[[[[",
    "]",
    "}",
    ",",
    "true",
];

/// A file of each format.
fn files() -> Vec<&'static [u8]> {
    let texts = [OWN, AMAZON, HARPER_VALLEY, SIMSAMU].into_iter().map(str::as_bytes);
    texts.chain(OTHERS).collect()
}

const OTHERS: [&[u8]; 14] = [
    include_bytes!("../fixtures/assemblyai.json"),
    include_bytes!("../fixtures/assemblyai_channels.json"),
    include_bytes!("../fixtures/audiohook.jsonl"),
    include_bytes!("../fixtures/deepgram.json"),
    include_bytes!("../fixtures/deepgram_two_channels.json"),
    include_bytes!("../fixtures/faster_whisper.json"),
    include_bytes!("../fixtures/genesys.json"),
    include_bytes!("../fixtures/rev_ai.json"),
    include_bytes!("../fixtures/speechmatics.json"),
    include_bytes!("../fixtures/speechmatics_messages.jsonl"),
    include_bytes!("../fixtures/whisper.json"),
    include_bytes!("../fixtures/whisper_cpp.json"),
    include_bytes!("../fixtures/whisper_timestamped.json"),
    include_bytes!("../fixtures/whisperx.json"),
];

#[derive(Debug, Clone)]
enum Change {
    Cut(usize, usize),
    Byte(usize, u8),
    Piece(usize, usize),
    Number(usize, usize),
    Twice(usize, usize),
}

fn any_change() -> impl Strategy<Value = Change> {
    let at = 0usize..10_000;
    prop_oneof![
        (at.clone(), 0usize..200).prop_map(|(at, length)| Change::Cut(at, length)),
        (at.clone(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (at.clone(), 0..PIECES.len()).prop_map(|(at, piece)| Change::Piece(at, piece)),
        (at.clone(), 0..PIECES.len()).prop_map(|(at, piece)| Change::Number(at, piece)),
        (at, 0usize..300).prop_map(|(at, length)| Change::Twice(at, length)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let length = bytes.len().max(1);
    match *change {
        Change::Cut(at, count) => drop(bytes.drain(at % length..(at % length + count).min(bytes.len()))),
        Change::Byte(at, byte) => {
            if let Some(old) = bytes.get_mut(at % length) {
                *old = byte;
            }
        }
        Change::Piece(at, piece) => drop(bytes.splice(at % length..at % length, PIECES[piece].bytes())),
        Change::Number(at, piece) => {
            let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
            if let Some(at) = digits.get(at % digits.len().max(1)) {
                drop(bytes.splice(*at..*at + 1, PIECES[piece].bytes()));
            }
        }
        Change::Twice(at, count) => {
            let copy = bytes[at % length..(at % length + count).min(bytes.len())].to_vec();
            drop(bytes.splice(at % length..at % length, copy));
        }
    }
}

fn survives(bytes: &[u8]) -> Result<(), TestCaseError> {
    for harper_valley in [Human, Machine] {
        match read("x.json", bytes, &ReadOptions { harper_valley, ..ReadOptions::default() }) {
            Ok(calls) => {
                prop_assert!(calls.iter().all(|reading| validate(&reading.call).is_ok()));
                let again = read("x.json", &canonical_bytes(&calls[0].call), &ReadOptions::default());
                prop_assert_eq!(&again.unwrap()[0].call, &calls[0].call);
            }
            Err(fault) => prop_assert!(!fault.what.is_empty() && fault.mend.is_some(), "{}", fault),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_file_changed_at_random_never_panics(
        text in prop::sample::select(files()),
        changes in prop::collection::vec(any_change(), 1..4),
    ) {
        let mut bytes = text.to_vec();
        for change in &changes {
            if !bytes.is_empty() {
                apply(&mut bytes, change);
            }
        }
        survives(&bytes)?;
    }

    #[test]
    fn bytes_at_random_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        survives(&bytes)?;
    }
}

/// Every value in a JSON document, in the order in which they stand.
fn values<'v>(value: &'v mut Value, wanted: usize, at: &mut usize) -> Option<&'v mut Value> {
    if *at == wanted {
        return Some(value);
    }
    *at += 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| values(item, wanted, at)),
        Value::Object(keys) => keys.values_mut().find_map(|item| values(item, wanted, at)),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn a_vendors_file_with_any_value_changed_never_panics(
        sample in prop::sample::select(held::samples()),
        which in 0usize..400,
        odd in prop::sample::select(ODD.to_vec()),
    ) {
        let rows: Vec<Value> = serde_json::Deserializer::from_str(&sample).into_iter().collect::<Result<_, _>>().unwrap();
        let mut whole = if rows.len() == 1 { rows[0].clone() } else { Value::Array(rows) };
        if let Some(value) = values(&mut whole, which, &mut 0) {
            *value = serde_json::from_str(odd).unwrap();
        }
        survives(whole.to_string().as_bytes())?;
    }

    #[test]
    fn a_vendors_file_changed_at_random_never_panics(
        sample in prop::sample::select(held::samples()),
        changes in prop::collection::vec(any_change(), 1..4),
    ) {
        let mut bytes = sample.into_bytes();
        changes.iter().for_each(|change| apply(&mut bytes, change));
        survives(&bytes)?;
    }
}

/// Values that stand where another should.
const ODD: [&str; 20] = [
    "null",
    "true",
    "-1",
    "0",
    "0.5",
    "1e300",
    "-0.0",
    "9223372036854775808",
    "86400000",
    "\"\"",
    "\"0\"",
    "\"1.5s\"",
    "\"PT\"",
    "\"[PII]\"",
    "\"-1\"",
    "\"\\u0000\"",
    "[]",
    "{}",
    "[null]",
    "{\"seconds\": \"-1\"}",
];

#[test]
fn a_vendors_file_cut_anywhere_is_refused_or_read() {
    for sample in held::samples() {
        for end in (0..sample.len()).filter(|end| sample.is_char_boundary(*end)) {
            let cut = sample.split_at(end).0;
            if let Err(fault) = read("x", cut.as_bytes(), &ReadOptions::default()) {
                assert!(fault.mend.is_some(), "{fault}");
            }
        }
    }
}

#[test]
fn deep_nesting_is_no_harm() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = open.repeat(200_000) + "1" + &close.repeat(200_000);
        assert!(survives(deep.as_bytes()).is_ok());
        let inside = OWN.replacen("\"fr-FR\"", &deep, 1);
        assert!(survives(inside.as_bytes()).is_ok());
        let beside = AMAZON.replacen("\"ours\"", &deep, 1);
        assert!(read("x", beside.as_bytes(), &ReadOptions::default()).is_ok());
    }
}
