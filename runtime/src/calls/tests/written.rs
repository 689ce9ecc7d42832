//! Random calls, written in each format by a small writer, are read as they were said.

use super::super::{ReadOptions, Reading, read};
use grille_evidence::call::{TimeOrigin, Word};
use proptest::prelude::*;
use std::fmt::Write;

/// A word as it is said: by whom, text and what follows it, start and end in ms, confidence in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    by: usize,
    text: String,
    after: &'static str,
    start: i32,
    end: i32,
    sure: u16,
}

impl Said {
    fn whole(&self) -> String {
        format!("{}{}", self.text, self.after)
    }
}

/// A call of words in the order of their starts, each for one of two people.
fn any_call() -> impl Strategy<Value = Vec<Said>> {
    let mark = prop::sample::select(vec!["", "", ",", ".", "?", "!", "..."]);
    let word = (0usize..2, "[a-zéœ]{1,8}('[a-z]{1,4})?", mark, 0i32..2000, 40i32..900, 0u16..=1000);
    prop::collection::vec(word, 1..40).prop_map(|words| {
        let mut now = 0;
        let said = words.into_iter().map(|(by, text, after, pause, length, sure)| {
            let start = now + pause;
            now = start + length;
            Said { by, text, after, start, end: now, sure }
        });
        said.collect()
    })
}

/// Seconds, as they are written.
fn s(ms: i32) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

fn thousandths(sure: u16) -> String {
    format!("{}.{:03}", sure / 1000, sure % 1000)
}

fn list<T>(items: impl IntoIterator<Item = T>, written: impl Fn(T) -> String) -> String {
    items.into_iter().map(written).collect::<Vec<_>>().join(",\n")
}

/// Runs of one speaker.
fn turns(call: &[Said]) -> Vec<&[Said]> {
    call.chunk_by(|a, b| a.by == b.by).collect()
}

/// What a format tells of a word beside its text and speaker.
#[derive(Clone, Copy)]
struct Holds {
    names: [&'static str; 2],
    times: bool,
    confidences: bool,
}

const ALL: Holds = Holds { names: ["", ""], times: true, confidences: true };

/// A call with its words in the order of their starts, as far as the format holds them.
fn expected(call: &[Said], holds: Holds) -> Vec<String> {
    let told = |said: &Said| {
        let mut told = format!("{} {}", holds.names[said.by], said.whole());
        if holds.times {
            write!(told, " {}-{}", said.start, said.end).unwrap();
        }
        if holds.confidences {
            write!(told, " {}", said.sure).unwrap();
        }
        told
    };
    call.iter().map(told).collect()
}

fn found(reading: &Reading, holds: Holds) -> Vec<String> {
    let mut words: Vec<(Option<i32>, &str, &Word)> = Vec::new();
    for segment in &reading.call.segments {
        words.extend(segment.words.iter().map(|word| (word.start_ms, segment.speaker.as_str(), word)));
    }
    words.sort_by_key(|(start, _, _)| *start);
    let told = |(_, speaker, word): (Option<i32>, &str, &Word)| {
        let mut told = format!("{speaker} {}{}", word.text, word.after);
        if let (Some(start), Some(end), true) = (word.start_ms, word.end_ms, holds.times) {
            write!(told, " {start}-{end}").unwrap();
        }
        if let (Some(sure), true) = (word.confidence_thousandths, holds.confidences) {
            write!(told, " {sure}").unwrap();
        }
        told
    };
    words.into_iter().map(told).collect()
}

fn same(call: &[Said], file: &[u8], format: &str, holds: Holds) -> Result<(), TestCaseError> {
    let readings = read("call.json", file, &ReadOptions::default());
    let readings =
        readings.map_err(|fault| TestCaseError::fail(format!("{fault}\n{}", String::from_utf8_lossy(file))))?;
    prop_assert_eq!(readings.len(), 1);
    prop_assert_eq!(readings[0].format.name, format);
    prop_assert_eq!(found(&readings[0], holds), expected(call, holds));
    let times = if holds.times { TimeOrigin::Measured } else { TimeOrigin::Spread };
    prop_assert_eq!(readings[0].call.source.times, times);
    prop_assert_eq!(readings[0].call.source.confidences, holds.confidences);
    prop_assert!(!readings[0].notes.is_partial());
    Ok(())
}

fn deepgram_words(call: &[Said], speakers: bool) -> String {
    let words = list(call, |w| {
        let speaker = if speakers { format!(", \"speaker\": {}", w.by) } else { String::new() };
        let (start, end, sure) = (s(w.start), s(w.end), thousandths(w.sure));
        format!(
            r#"{{"word": "{}", "punctuated_word": "{}", "start": {start}, "end": {end}, "confidence": {sure}{speaker}}}"#,
            w.text,
            w.whole()
        )
    });
    format!(r#"{{"alternatives": [{{"transcript": "…", "confidence": 0.5, "words": [{words}]}}]}}"#)
}

fn deepgram(channels: &[String]) -> String {
    format!(r#"{{"metadata": {{"channels": 1}}, "results": {{"channels": [{}]}}}}"#, channels.join(", "))
}

/// The words of one of the two.
fn of(call: &[Said], by: usize) -> Vec<Said> {
    call.iter().filter(|said| said.by == by).cloned().collect()
}

fn assemblyai(call: &[Said], key: &str, names: [&str; 2]) -> String {
    let words = list(call, |w| {
        let (text, sure, name) = (w.whole(), thousandths(w.sure), names[w.by]);
        format!(
            r#"{{"text": "{text}", "start": {}, "end": {}, "confidence": {sure}, "{key}": "{name}"}}"#,
            w.start, w.end
        )
    });
    format!(r#"{{"status": "completed", "text": "…", "utterances": null, "words": [{words}]}}"#)
}

fn rev_ai(call: &[Said]) -> String {
    let element = |w: &Said| {
        let (text, start, end, sure) = (&w.text, s(w.start), s(w.end), thousandths(w.sure));
        let mark = match w.after {
            "" => String::new(),
            mark => format!(r#"{{"type": "punct", "value": "{mark}"}}, "#),
        };
        format!(
            r#"{{"type": "text", "value": "{text}", "ts": {start}, "end_ts": {end}, "confidence": {sure}}}, {mark}{{"type": "punct", "value": " "}}"#
        )
    };
    let monologue = |turn: &[Said]| format!(r#"{{"speaker": {}, "elements": [{}]}}"#, turn[0].by, list(turn, element));
    format!(r#"{{"monologues": [{}]}}"#, list(turns(call), monologue))
}

fn speechmatics_items(call: &[Said]) -> String {
    let best = |content: &str, w: &Said| {
        format!(
            r#""alternatives": [{{"content": "{content}", "confidence": {}, "speaker": "S{}"}}]"#,
            thousandths(w.sure),
            w.by
        )
    };
    list(call, |w| {
        let (start, end) = (s(w.start), s(w.end));
        let word = format!(r#"{{"type": "word", "start_time": {start}, "end_time": {end}, {}}}"#, best(&w.text, w));
        let mark =
            format!(r#", {{"type": "punctuation", "start_time": {end}, "end_time": {end}, {}}}"#, best(w.after, w));
        if w.after.is_empty() { word } else { word + &mark }
    })
}

fn genesys(call: &[Said]) -> String {
    let word = |w: &Said| {
        let (text, sure, length) = (&w.text, thousandths(w.sure), w.end - w.start);
        format!(
            r#"{{"word": "{text}", "confidence": {sure}, "offset": {{"milliseconds": {}}}, "duration": {{"milliseconds": {length}}}}}"#,
            w.start
        )
    };
    let phrase = |turn: &[Said]| {
        let side = ["internal", "external"][turn[0].by];
        let decorated: Vec<String> = turn.iter().map(Said::whole).collect();
        let (decorated, words) = (decorated.join(" "), list(turn, word));
        format!(
            r#"{{"participantPurpose": "{side}", "text": "…", "decoratedText": "{decorated}", "words": [{words}]}}"#
        )
    };
    format!(r#"{{"conversationId": "c", "transcripts": [{{"phrases": [{}]}}]}}"#, list(turns(call), phrase))
}

fn audiohook(call: &[Said]) -> String {
    let token = |w: &Said| {
        let (text, sure, start, length) = (w.whole(), thousandths(w.sure), s(w.start), s(w.end - w.start));
        format!(
            r#"{{"type": "word", "value": "{text}", "confidence": {sure}, "offset": "PT{start}S", "duration": "PT{length}S"}}"#
        )
    };
    let entity = |turn: &[Said]| {
        let (side, tokens) = (["internal", "external"][turn[0].by], list(turn, token).replace('\n', " "));
        format!(
            r#"{{"channelId": "{side}", "isFinal": true, "alternatives": [{{"interpretations": [{{"type": "display", "tokens": [{tokens}]}}]}}]}}"#
        )
    };
    turns(call).into_iter().map(entity).collect::<Vec<_>>().join("\n")
}

/// Words as the programs of the family write them: how the text and the confidence are called, and the blank before.
fn whisper_words(turn: &[Said], text: &str, sure: &str, blank: &str, speakers: bool) -> String {
    list(turn, |w| {
        let speaker = if speakers { format!(", \"speaker\": \"SPEAKER_0{}\"", w.by) } else { String::new() };
        let (start, end, thousandths) = (s(w.start), s(w.end), thousandths(w.sure));
        format!(
            r#"{{"{text}": "{blank}{}", "start": {start}, "end": {end}, "{sure}": {thousandths}{speaker}}}"#,
            w.whole()
        )
    })
}

fn whisper_segments(call: &[Said], words: impl Fn(&[Said]) -> String) -> String {
    list(turns(call), |turn| {
        let (start, end) = (s(turn[0].start), s(turn[turn.len() - 1].end));
        format!(r#"{{"start": {start}, "end": {end}, "text": "…", "avg_logprob": -0.2, "words": [{}]}}"#, words(turn))
    })
}

/// As whisper.cpp does it: no escapes, pieces of words that end inside characters, `nan`, a comma too few and one too many.
fn whisper_cpp(call: &[Said]) -> Vec<u8> {
    let mut out = b"{\"systeminfo\": \"x\", \"result\": {\"language\": \"fr\"}, \"transcription\": [".to_vec();
    for (number, turn) in turns(call).into_iter().enumerate() {
        out.extend(if number == 0 { b"".as_slice() } else { b",".as_slice() });
        let (start, end) = (turn[0].start, turn[turn.len() - 1].end);
        out.extend(
            format!("{{\"offsets\": {{\"from\": {start}, \"to\": {end}}}, \"text\": \"\t\", \"tokens\": [").bytes(),
        );
        out.extend(b"{\"text\": \"[_BEG_]\", \"id\": 1, \"p\": nan, \"t_dtw\": -1}");
        for word in turn {
            let bytes = format!(" {}", word.whole()).into_bytes();
            for piece in bytes.chunks(3) {
                out.extend(b",{\"text\": \"");
                out.extend(piece);
                out.extend(format!("\", \"id\": 2, \"p\": {}, \"t_dtw\": -1}}", thousandths(word.sure)).bytes());
            }
        }
        out.extend(format!(",], \"speaker\": \"{}\"\n\"speaker_turn_next\": false}}", turn[0].by).bytes());
    }
    out.extend(b"]}");
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn services_are_read_as_they_write(call in any_call()) {
        let mono = Holds { names: ["speaker 0", "speaker 1"], ..ALL };
        same(&call, deepgram(&[deepgram_words(&call, true)]).as_bytes(), "deepgram", mono)?;
        let file = deepgram(&[0, 1].map(|by| deepgram_words(&of(&call, by), false)));
        same(&call, file.as_bytes(), "deepgram", Holds { names: ["channel 0", "channel 1"], ..ALL })?;
        let names = ["A", "B"];
        same(&call, assemblyai(&call, "speaker", names).as_bytes(), "assemblyai", Holds { names, ..ALL })?;
        same(&call, rev_ai(&call).as_bytes(), "rev-ai", mono)?;
        let (names, items) = (["S0", "S1"], speechmatics_items(&call));
        let file = format!(r#"{{"format": "2.9", "job": {{}}, "metadata": {{}}, "results": [{items}]}}"#);
        same(&call, file.as_bytes(), "speechmatics", Holds { names, ..ALL })?;
        let message = |turn: &[Said]| format!(r#"{{"message": "AddTranscript", "results": [{}]}}"#, speechmatics_items(turn).replace('\n', " "));
        let messages: Vec<String> = turns(&call).into_iter().map(message).collect();
        same(&call, messages.join("\n").as_bytes(), "speechmatics", Holds { names, ..ALL })?;
        let sides = Holds { names: ["internal", "external"], ..ALL };
        same(&call, genesys(&call).as_bytes(), "genesys", sides)?;
        same(&call, audiohook(&call).as_bytes(), "genesys-audiohook", sides)?;
    }

    #[test]
    fn the_whisper_family_is_read_as_it_writes(call in any_call()) {
        let unknown = Holds { names: ["unknown", "unknown"], ..ALL };
        let object = |segments: String| format!(r#"{{"text": "…", "language": "fr", "segments": [{segments}]}}"#);
        let openai = object(whisper_segments(&call, |turn| whisper_words(turn, "word", "probability", " ", false)));
        same(&call, openai.as_bytes(), "whisper", unknown)?;
        let timestamped = object(whisper_segments(&call, |turn| whisper_words(turn, "text", "confidence", "", false)));
        same(&call, timestamped.as_bytes(), "whisper", unknown)?;
        let faster = format!("[{}]", whisper_segments(&call, |turn| whisper_words(turn, "word", "probability", " ", false)));
        same(&call, faster.as_bytes(), "whisper", unknown)?;
        let x = object(whisper_segments(&call, |turn| whisper_words(turn, "word", "score", "", true)));
        same(&call, x.as_bytes(), "whisper", Holds { names: ["SPEAKER_00", "SPEAKER_01"], ..ALL })?;
    }

    #[test]
    fn whisper_cpp_is_read_as_it_writes(call in any_call()) {
        let holds = Holds { names: ["speaker 0", "speaker 1"], times: false, confidences: true };
        let readings = read("call.json", &whisper_cpp(&call), &ReadOptions::default()).unwrap();
        prop_assert_eq!(found(&readings[0], holds), expected(&call, holds));
        prop_assert_eq!(readings[0].call.source.times, TimeOrigin::Spread);
    }
}
