//! Times in another unit than the format asks for are found out where they can be.

use super::faults::fault;
use super::plainly;

/// A list of words for Deepgram: `count` of them, each starting `step` after the one before and half as long.
fn deepgram(count: u32, step: f64) -> String {
    let word = |number: u32| {
        let start = f64::from(number) * step;
        format!(r#"{{"word": "a{number}", "start": {start:.6}, "end": {:.6}}}"#, start + step / 2.0)
    };
    let words: Vec<String> = (0..count).map(word).collect();
    format!(
        r#"{{"metadata": {{}}, "results": {{"channels": [{{"alternatives": [{{"words": [{}]}}]}}]}}}}"#,
        words.join(", ")
    )
}

fn segments(count: u32, step: f64) -> String {
    let segment = |number: u32| {
        let start = f64::from(number) * step;
        format!(r#"{{"start": {start:.6}, "end": {:.6}, "text": " one two three four"}}"#, start + step)
    };
    let segments: Vec<String> = (0..count).map(segment).collect();
    format!(r#"{{"language": "en", "segments": [{}]}}"#, segments.join(", "))
}

#[test]
fn milliseconds_where_seconds_are_due() {
    let told = fault(&deepgram(20, 300.0));
    assert!(told.what.contains("20 words would last 3000 s together: nobody speaks so slowly"), "{told}");
    assert!(told.mend.is_some() && told.place.is_some());
    assert!(fault(&segments(10, 2000.0)).what.contains("so slowly"));
    assert!(fault(&deepgram(400, 300.0)).what.contains("24 hours"));
}

#[test]
fn seconds_where_milliseconds_are_due() {
    let told = fault(&deepgram(20, 0.0003));
    assert!(told.what.contains("20 words would be said within 7 ms: nobody speaks so fast"), "{told}");
    assert!(fault(&segments(10, 0.002)).what.contains("so fast"));
}

#[test]
fn hasty_and_sparing_speech_is_speech() {
    for call in [deepgram(20, 0.05), deepgram(20, 100.0), deepgram(5, 0.0), segments(10, 0.2), segments(10, 400.0)] {
        plainly(&call);
    }
}
