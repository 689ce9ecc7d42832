//! Times in another unit than the format asks for are found out where they can be.

use super::faults::fault;
use super::plainly;

/// Seconds, from millionths of a second, as they are written.
fn s(millionths: u64) -> String {
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

/// A list of words for Deepgram: `count` of them, each starting `step` millionths of a second after the one before and
/// half as long.
fn deepgram(count: u64, step: u64) -> String {
    let word = |number: u64| {
        let (start, end) = (s(number * step), s(number * step + step / 2));
        format!(r#"{{"word": "a{number}", "start": {start}, "end": {end}}}"#)
    };
    let words: Vec<String> = (0..count).map(word).collect();
    format!(
        r#"{{"metadata": {{}}, "results": {{"channels": [{{"alternatives": [{{"words": [{}]}}]}}]}}}}"#,
        words.join(", ")
    )
}

/// Segments of four words for Whisper, one right after the other, each `step` millionths of a second long.
fn segments(count: u64, step: u64) -> String {
    let segment = |number: u64| {
        let (start, end) = (s(number * step), s(number * step + step));
        format!(r#"{{"start": {start}, "end": {end}, "text": " one two three four"}}"#)
    };
    let segments: Vec<String> = (0..count).map(segment).collect();
    format!(r#"{{"language": "en", "segments": [{}]}}"#, segments.join(", "))
}

const SECOND: u64 = 1_000_000;

#[test]
fn milliseconds_where_seconds_are_due() {
    let told = fault(&deepgram(20, 300 * SECOND));
    assert!(told.what.contains("20 words would last 3000 s together: nobody speaks so slowly"), "{told}");
    assert!(told.mend.is_some() && told.place.is_some());
    assert!(fault(&segments(10, 2000 * SECOND)).what.contains("so slowly"));
    assert!(fault(&deepgram(400, 300 * SECOND)).what.contains("24 hours"));
}

#[test]
fn seconds_where_milliseconds_are_due() {
    let told = fault(&deepgram(20, 300));
    assert!(told.what.contains("20 words would be said within 7 ms: nobody speaks so fast"), "{told}");
    assert!(fault(&segments(10, 2000)).what.contains("so fast"));
}

#[test]
fn hasty_and_sparing_speech_is_speech() {
    let fast = [deepgram(20, SECOND / 20), deepgram(5, 0), segments(10, SECOND / 5)];
    let slow = [deepgram(20, 100 * SECOND), segments(10, 400 * SECOND)];
    for call in fast.into_iter().chain(slow) {
        plainly(&call);
    }
}

#[test]
fn turns_of_which_nothing_can_be_read_say_nothing_of_the_unit() {
    let masked = |number: u32| {
        let (start, end) = (number * 100, number * 100 + 90);
        format!(r#"{{"start": {start}, "end": {end}, "text": " [PII]"}}"#)
    };
    let mut all: Vec<String> = (0..20).map(masked).collect();
    all.push(r#"{"start": 3000, "end": 3010, "text": " one two three four five six seven eight"}"#.to_owned());
    let text = format!(r#"{{"text": "", "segments": [{}], "language": "en"}}"#, all.join(", "));
    assert_eq!(plainly(&text).segments.len(), 21);
}
