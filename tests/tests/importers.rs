//! Whatever is done to a call file of any format, reading it ends: with valid calls, or with a fault that says something.

use grille_runtime::calls::{FORMATS, ReadOptions, read};
use grille_tests::bodies;
use grille_tests::choices::Choices;
use grille_tests::files::{Fixture, changed, fixtures};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_and_any_change_of_a_file_are_read_or_told(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        bodies::importers(&bytes);
    }
}

#[test]
fn every_format_has_a_file_that_is_read() {
    let mut read_here = BTreeSet::new();
    for fixture in fixtures() {
        let readings = read(&fixture.name, &fixture.bytes, &ReadOptions::default());
        let readings = readings.unwrap_or_else(|fault| panic!("{fault}"));
        read_here.extend(readings.iter().map(|reading| reading.format.name));
    }
    let known: BTreeSet<&str> = FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(read_here, known);
}

/// Changes that always break a file, or never, would prove nothing.
#[test]
fn random_changes_are_worth_making() {
    let read_after = |fixture: &Fixture, seed: u32| {
        let bytes = seed.to_le_bytes();
        let changed = changed(fixture, &mut Choices::new(&bytes));
        read(&fixture.name, &changed, &ReadOptions::default()).is_ok()
    };
    let all = fixtures().iter().flat_map(|fixture| (0u32..40).map(move |seed| read_after(fixture, seed)));
    let outcomes: Vec<bool> = all.collect();
    let survived = outcomes.iter().filter(|read| **read).count();
    assert!(survived * 5 > outcomes.len(), "only {survived} of {} changed files were read", outcomes.len());
    assert!(survived * 5 < outcomes.len() * 4, "{survived} of {} changed files were read", outcomes.len());
}

/// Cut at every byte; of large files, at many.
#[test]
fn a_file_cut_anywhere_is_read_or_refused_with_a_mend() {
    for fixture in fixtures() {
        for end in (0..fixture.bytes.len()).step_by(1 + fixture.bytes.len() / 3000) {
            if let Err(fault) = read(&fixture.name, &fixture.bytes[..end], &ReadOptions::default()) {
                assert!(fault.mend.is_some(), "{fault}");
            }
        }
    }
}

#[test]
fn deep_nesting_is_no_harm() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = open.repeat(200_000) + "1" + &close.repeat(200_000);
        bodies::importers(deep.as_bytes());
        for fixture in fixtures() {
            let text = String::from_utf8_lossy(&fixture.bytes);
            let inside = text.replacen(": ", &format!(": {deep}, \"b\": "), 1);
            read(&fixture.name, inside.as_bytes(), &ReadOptions::default()).map_or_else(drop, drop);
        }
    }
}

/// Files of 200 kB that would take minutes and more, if reading them took a time that grows with the square of their size.
#[test]
fn no_file_takes_forever() {
    const SIZE: usize = 200_000;
    let repeated = |head: &str, piece: &str, tail: &str| head.to_owned() + &piece.repeat(SIZE / piece.len()) + tail;
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n";
    let mut files: Vec<String> =
        ["<", "<b>x", "<v A>x ", "<00:01.500", "&", "{\\", "> ", "[ ", "x: ", "- ", "<unk> ", "a\n", "\r"]
            .iter()
            .map(|piece| repeated(vtt, piece, ""))
            .collect();
    let srt = "1\n00:00:01,000 --> 00:00:02,000\n";
    files.extend(["{\\", "<i ", "\r\r", "7\n", "a\n"].iter().map(|piece| repeated(srt, piece, "")));
    files.push(repeated("WEBVTT\n\n", "00:01.000 --> 00:02.000\nA: x\n\n", ""));
    files.push(repeated("WEBVTT\n\n", "00:01.000 --> 00:01.000\nx\ny\n\n", ""));
    files.push(repeated("", "SPEAKER a 1 0 1 <NA> <NA> x <NA>\n", ""));
    files.push(repeated("[", "{\"a\":1},", "1]"));
    files.push(repeated("{\"vcon\":\"1\",\"analysis\":[", "{\"type\":\"transcript\",\"body\":\"\"},", "1]}"));
    files.push(repeated("{\"vcon\":\"1\",\"analysis\":[{\"type\":\"transcript\",\"body\":\"", "\\\"", "\"}]}"));
    for file in files {
        let begun = Instant::now();
        read("a.json", file.as_bytes(), &ReadOptions::default()).map_or_else(drop, drop);
        let head: String = file.chars().take(60).collect();
        assert!(begun.elapsed() < Duration::from_secs(20), "{head:?} took {:?}", begun.elapsed());
    }
}
