//! Call files of every format, changed at random: at their bytes, and JSON at its values.

use crate::choices::Choices;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// A file of calls, as it is.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// Its name, without a folder.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The files by which the importers are tested, in order of name; every format has one.
///
/// # Panics
/// Where they cannot be read.
pub fn fixtures() -> &'static [Fixture] {
    static FIXTURES: OnceLock<Vec<Fixture>> = OnceLock::new();
    FIXTURES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src/calls/fixtures");
        let entries = fs::read_dir(folder).expect("the folder of fixtures");
        let paths = entries.map(|entry| entry.expect("a fixture").path()).filter(|path| path.is_file());
        let read = |path: std::path::PathBuf| Fixture {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            bytes: fs::read(&path).expect("a fixture"),
        };
        let mut fixtures: Vec<Fixture> = paths.map(read).collect();
        fixtures.sort_by(|a, b| a.name.cmp(&b.name));
        fixtures
    })
}

/// Pieces that are put where they do not belong.
const PIECES: [&str; 34] = [
    "null",
    "-1",
    "1e999",
    "0.5",
    "\"\"",
    "[]",
    "{}",
    "86400001",
    "9223372036854775808",
    "\u{0}",
    "\\ud800",
    "[[[[[[[[",
    "]",
    "}",
    ",",
    "true",
    "\n\n",
    "\r",
    "\u{feff}",
    "-->",
    "<v ",
    "<00:00:01.000>",
    "</",
    "&amp;",
    "NOTE",
    "WEBVTT",
    "SPEAKER ",
    "00:00:01,000 --> 00:00:02,000",
    "Agent: ",
    "- ",
    "99:59:59.999",
    "<NA>",
    "\u{e9}",
    "  ",
];

/// The file after one or two changes.
#[must_use]
pub fn changed(fixture: &Fixture, choices: &mut Choices<'_>) -> Vec<u8> {
    let mut bytes = fixture.bytes.clone();
    for _ in 0..=choices.below(2) {
        let by_value = choices.chance(70).then(|| with_a_value_changed(&bytes, choices)).flatten();
        match by_value {
            Some(changed) => bytes = changed,
            None => change_bytes(&mut bytes, choices),
        }
    }
    bytes
}

fn change_bytes(bytes: &mut Vec<u8>, choices: &mut Choices<'_>) {
    let at = choices.below(bytes.len() + 1);
    let to = (at + choices.below(200)).min(bytes.len());
    match choices.below(5) {
        0 => drop(bytes.drain(at..to)),
        1 => {
            let copy = bytes[at..to].to_vec();
            drop(bytes.splice(at..at, copy));
        }
        2 => {
            let byte = u8::try_from(choices.below(256)).unwrap_or_default();
            bytes.get_mut(at).into_iter().for_each(|old| *old = byte);
        }
        3 => drop(bytes.splice(at..at, choices.pick(&PIECES).bytes())),
        _ => {
            let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
            if !digits.is_empty() {
                let at = *choices.pick(&digits);
                drop(bytes.splice(at..=at, choices.pick(&PIECES).bytes()));
            }
        }
    }
}

/// The JSON with a value replaced, taken out, doubled or moved; none if it is no JSON.
fn with_a_value_changed(bytes: &[u8], choices: &mut Choices<'_>) -> Option<Vec<u8>> {
    let mut document: Value = serde_json::from_slice(bytes).ok()?;
    let mut places = Vec::new();
    list_places(&document, "", &mut places);
    let place = choices.pick(&places).clone();
    let other = document.pointer(choices.pick(&places).as_str())?.clone();
    let found = document.pointer_mut(&place)?;
    match (choices.below(12), &mut *found) {
        (0, _) => *found = other,
        (1, Value::Array(items)) if !items.is_empty() => drop(items.remove(choices.below(items.len()))),
        (2, Value::Array(items)) if !items.is_empty() => items.push(choices.pick(&items.clone()).clone()),
        (1 | 2, Value::Object(fields)) if !fields.is_empty() => {
            let key = fields.keys().nth(choices.below(fields.len())).cloned()?;
            fields.remove(&key);
        }
        (3, _) => *found = json!([found.clone()]),
        (4, _) => *found = strange(choices),
        (_, Value::Number(_)) => *found = json!(choices.pick(&NUMBERS)),
        (_, Value::String(_)) => *found = json!(choices.pick(&TEXTS)),
        _ => *found = Value::Null,
    }
    serde_json::to_vec(&document).ok()
}

fn list_places(value: &Value, place: &str, places: &mut Vec<String>) {
    places.push(place.to_owned());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| list_places(item, &format!("{place}/{at}"), places));
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                list_places(field, &format!("{place}/{}", key.replace('~', "~0").replace('/', "~1")), places);
            }
        }
        _ => {}
    }
}

/// Texts where there was a text.
const TEXTS: [&str; 16] = [
    "",
    " \u{200b}",
    "\u{0}\n",
    "12.5",
    "PT1M",
    "[PII]",
    "hello?",
    "Agent",
    "WORD",
    "<unk>",
    "a b. c",
    "2026-11-25T09:30:00Z",
    "0",
    "1.5s",
    "PT",
    "\0",
];

/// Numbers where there was a number.
const NUMBERS: [f64; 9] = [0.0, -0.0, 1.0, 2.0, 0.0005, 700.0, 86_400_000.0, -1.0, 1e300];

fn strange(choices: &mut Choices<'_>) -> Value {
    match choices.below(10) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(u64::MAX),
        3 => json!([]),
        4 => json!({ "seconds": "-1" }),
        5 => json!([null]),
        6 => json!("a".repeat(5000)),
        7 => (0..100).fold(json!(1), |deep, _| json!([deep])),
        8 => json!("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>hello"),
        _ => json!(choices.below(100_000)),
    }
}
