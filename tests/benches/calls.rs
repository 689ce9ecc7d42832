//! How long it takes to read a call of three hours and 30,000 words from files of several formats, and whether a call twice as
//! long takes twice as long. Not a test: nothing here fails for being slow. `cargo bench --workspace --bench calls`.

use grille_runtime::calls::{ReadOptions, read};
use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

const WORDS: usize = 30_000;
const ROUNDS: usize = 9;
/// A word begins so often: 30,000 of them are three hours.
const EVERY_MS: usize = 360;
/// So many words are a turn.
const TURN: usize = 12;

/// A format, and a call of so many words in it.
type Shape = (&'static str, fn(usize) -> String);

fn main() {
    println!("reading a call of {WORDS} words and three hours; medians of {ROUNDS} rounds\n");
    println!("     time      file   twice as long");
    let shapes: [Shape; 6] = [
        ("grille call JSON", own),
        ("Amazon Transcribe Call Analytics", amazon),
        ("Deepgram", deepgram),
        ("WhisperX, each ninth word without times", whisperx),
        ("WebVTT", webvtt),
        ("SIMSAMU", simsamu),
    ];
    for (name, text) in shapes {
        let (once, twice) = (text(WORDS), text(2 * WORDS));
        let (time, longer) = (median(&once), median(&twice));
        let size = once.len() as f64 / 1e6;
        println!("{time:6.1} ms  {size:5.1} MB   × {:4.2}   {name}", longer / time);
    }
}

fn median(text: &str) -> f64 {
    let round = |_| {
        let start = Instant::now();
        let readings = read("bench.json", text.as_bytes(), &ReadOptions::default()).expect("a call");
        let time = start.elapsed().as_secs_f64() * 1000.0;
        black_box(readings);
        time
    };
    let mut times: Vec<f64> = (0..ROUNDS).map(round).collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

/// Turns of twelve words: the number of each, and that of its first word.
fn turns(words: usize) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
    (0..words.div_ceil(TURN)).map(move |turn| (turn, turn * TURN..((turn + 1) * TURN).min(words)))
}

fn word(number: usize) -> &'static str {
    ["thank", "you", "for", "calling", "how", "may", "I", "help"][number % 8]
}

/// Start and end of a word in milliseconds.
fn span(number: usize) -> (usize, usize) {
    (number * EVERY_MS, number * EVERY_MS + 250)
}

/// Milliseconds as seconds.
fn seconds(ms: usize) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",")
}

fn own(words: usize) -> String {
    let segments = turns(words).map(|(turn, words)| {
        let (start, end) = (span(words.start).0, span(words.end - 1).1);
        let words = listed(words.map(|n| {
            let (start, end) = span(n);
            format!(r#"{{"text":"{}","start_ms":{start},"end_ms":{end},"confidence_thousandths":950}}"#, word(n))
        }));
        let speaker = ["a", "c"][turn % 2];
        format!(r#"{{"speaker":"{speaker}","start_ms":{start},"end_ms":{end},"words":[{words}]}}"#)
    });
    format!(
        r#"{{"grille_call":1,"id":"bench","source":{{"format":"bench","words":"recognised","confidences":true,
        "times":"measured","overlap":true,"punctuation":false}},"speakers":[{{"id":"a","role":"agent"}},
        {{"id":"c","role":"customer"}}],"segments":[{}]}}"#,
        listed(segments)
    )
}

fn amazon(words: usize) -> String {
    let lines = turns(words).map(|(turn, words)| {
        let role = ["AGENT", "CUSTOMER"][turn % 2];
        let (start, end) = (span(words.start).0, span(words.end - 1).1);
        let items = listed(words.map(|n| {
            let (start, end) = span(n);
            format!(
                r#"{{"Type":"pronunciation","Content":"{}","Confidence":0.9731,"BeginOffsetMillis":{start},"EndOffsetMillis":{end}}}"#,
                word(n)
            )
        }));
        format!(
            r#"{{"ParticipantRole":"{role}","BeginOffsetMillis":{start},"EndOffsetMillis":{end},"Content":"text","LoudnessScores":[70.1,null],"Items":[{items}]}}"#
        )
    });
    format!(
        r#"{{"JobStatus":"COMPLETED","LanguageCode":"en-US","Channel":"VOICE","Participants":[{{"ParticipantRole":"AGENT"}},{{"ParticipantRole":"CUSTOMER"}}],"Transcript":[{}]}}"#,
        listed(lines)
    )
}

fn deepgram(words: usize) -> String {
    let channel = |channel: usize| {
        let own = (0..words).filter(|n| n / TURN % 2 == channel);
        let words = listed(own.map(|n| {
            let (start, end) = span(n);
            let (start, end) = (seconds(start), seconds(end));
            format!(
                r#"{{"word":"{0}","punctuated_word":"{0},","start":{start},"end":{end},"confidence":0.98372185}}"#,
                word(n)
            )
        }));
        format!(r#"{{"alternatives":[{{"transcript":"","confidence":0.98,"words":[{words}]}}]}}"#)
    };
    let duration = seconds(span(words).1);
    format!(
        r#"{{"metadata":{{"request_id":"x","duration":{duration},"channels":2}},"results":{{"channels":[{},{}]}}}}"#,
        channel(0),
        channel(1)
    )
}

fn whisperx(words: usize) -> String {
    let segments = turns(words).map(|(turn, words)| {
        let (start, end) = (seconds(span(words.start).0), seconds(span(words.end - 1).1));
        let text = words.clone().map(word).collect::<Vec<_>>().join(" ");
        let words = listed(words.map(|n| {
            let (start, end) = span(n);
            match n % 9 {
                4 => r#"{"word":"60"}"#.to_owned(),
                _ => format!(
                    r#"{{"word":"{}","start":{},"end":{},"score":0.871}}"#,
                    word(n),
                    seconds(start),
                    seconds(end)
                ),
            }
        }));
        let speaker = turn % 2;
        format!(r#"{{"start":{start},"end":{end},"text":" {text}","speaker":"SPEAKER_0{speaker}","words":[{words}]}}"#)
    });
    format!(r#"{{"segments":[{}],"word_segments":[],"language":"en"}}"#, listed(segments))
}

fn webvtt(words: usize) -> String {
    let clock = |ms: usize| {
        let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
        format!("{hours:02}:{minutes:02}:{seconds:02}.{:03}", ms % 1000)
    };
    let mut text = "WEBVTT\n\n".to_owned();
    for (turn, words) in turns(words) {
        let (start, end) = (clock(span(words.start).0), clock(span(words.end - 1).1));
        let speaker = ["Agent", "Customer"][turn % 2];
        let words = words.map(word).collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "{turn}\n{start} --> {end}\n<v {speaker}>{words}</v>\n");
    }
    text
}

fn simsamu(words: usize) -> String {
    let monologues = turns(words).map(|(turn, words)| {
        let (start, end) = (seconds(span(words.start).0), seconds(span(words.end - 1).1));
        let speaker = ["medecin", "patient"][turn % 2];
        let terms = listed(words.map(|n| {
            let (start, end) = span(n);
            let (start, end) = (seconds(start), seconds(end));
            format!(r#"{{"start":{start},"end":{end},"text":"{}","type":"WORD"}}"#, word(n))
        }));
        format!(r#"{{"speaker":{{"id":"{speaker}","name":""}},"start":{start},"end":{end},"terms":[{terms}]}}"#)
    });
    format!(r#"{{"schemaVersion":"2.0","monologues":[{}]}}"#, listed(monologues))
}
