//! Google Cloud Speech-to-Text beside the round trips: repeats, names, results without times, several files.

use super::faults::fault;
use super::{plainly, reading, told};
use crate::calls::{ReadOptions, read};
use grille_evidence::call::TimeOrigin;

fn word(text: &str, start: &str, end: &str, more: &str) -> String {
    format!(r#"{{"word": "{text}", "startTime": "{start}", "endTime": "{end}"{more}}}"#)
}

fn results(results: &[String]) -> String {
    format!(r#"{{"results": [{}]}}"#, results.join(", "))
}

fn result(words: &[String], more: &str) -> String {
    format!(r#"{{"alternatives": [{{"transcript": "said", "words": [{}]}}]{more}}}"#, words.join(", "))
}

#[test]
fn a_last_result_that_says_all_again_with_speakers_is_read_alone() {
    let bare = [word("hello", "0.5s", "0.9s", ""), word("there.", "1s", "1.400s", "")];
    let last =
        [word("hello", "0.5s", "0.9s", r#", "speakerTag": 2"#), word("there.", "1s", "1.4s", r#", "speakerTag": 1"#)];
    let text = results(&[result(&bare[..1], ""), result(&bare[1..], ""), result(&last, "")]);
    let reading = reading(&text);
    assert_eq!(told(&reading.call), ["500-900 speaker 2: hello", "1000-1400 speaker 1: there."]);
    let notes: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
    let expected =
        "2 results whose words a later one says again, with their speakers, first at results[0]: the later one is read";
    assert_eq!(notes, [expected]);
}

#[test]
fn a_repeat_may_part_its_words_otherwise_and_a_result_that_only_touches_is_none() {
    let bare = [word("twenty", "0.5s", "0.9s", ""), word("three", "1s", "1.4s", "")];
    let last = [word("23", "0.6s", "1.3s", r#", "speakerTag": 1"#)];
    let text = results(&[result(&bare, ""), result(&last, "")]);
    assert_eq!(told(&plainly(&text)), ["600-1300 speaker 1: 23"]);
    let next = [word("and", "1.3s", "2s", "")];
    let text = results(&[result(&bare, ""), result(&next, "")]);
    assert_eq!(told(&plainly(&text)), ["500-1400 unknown: twenty three", "1300-2000 unknown: and"]);
}

#[test]
fn without_times_a_repeat_is_known_by_its_words_and_speakers() {
    let bare = |text: &str| format!(r#"{{"alternatives": [{{"transcript": "{text}"}}], "resultEndTime": "2s"}}"#);
    let tagged = r#"{"alternatives": [{"words": [{"word": "Hi,", "speakerTag": 1}, {"word": "you", "speakerTag": 2}]}], "resultEndTime": "4s"}"#;
    let call = plainly(&results(&[bare("hi"), bare("you"), tagged.to_owned()]));
    assert_eq!(told(&call), ["0-4000 speaker 1: Hi,", "0-4000 speaker 2: you"]);
    let again = results(&[bare("hi"), bare("hi").replace("2s", "3s")]);
    assert_eq!(told(&plainly(&again)), ["0-2000 unknown: hi", "2000-3000 unknown: hi"]);
    assert_eq!(plainly(&again).source.times, TimeOrigin::Turns);
}

#[test]
fn clients_that_write_names_with_low_lines_and_operations_are_read() {
    let text = r#"{"done": true, "response": {"results": [{"channel_tag": 1, "language_code": "fr-fr", "alternatives": [{"transcript": "oui",
      "words": [{"word": "oui", "start_time": {"seconds": 1}, "end_time": {"seconds": "1", "nanos": 500000000}, "speaker_tag": 1, "confidence": 0.0}]}]}]}}"#;
    let call = plainly(text);
    assert_eq!(told(&call), ["1000-1500 speaker 1: oui"]);
    assert_eq!(
        (call.locale.as_deref(), call.source.confidences, call.source.punctuation),
        (Some("fr-FR"), false, false)
    );
}

#[test]
fn a_batch_of_version_2_gives_a_call_a_file() {
    let of =
        |said: &str| format!(r#"{{"transcript": {{"results": [{}]}}}}"#, result(&[word(said, "0s", "1s", "")], ""));
    let inline = |said: &str| format!(r#"{{"inlineResult": {}}}"#, of(said));
    let files = format!(
        r#"{{"results": {{"gs://b/1.wav": {}, "gs://b/2.wav": {}, "gs://b/3.wav": {{"error": {{"code": 3}}}}}}}}"#,
        of("one"),
        inline("two")
    );
    let readings = read("x.json", files.as_bytes(), &ReadOptions::default()).unwrap();
    let told: Vec<_> = readings.iter().map(|reading| (&*reading.call.id, told(&reading.call).remove(0))).collect();
    assert_eq!(
        told,
        [("gs://b/1.wav", "0-1000 unknown: one".to_owned()), ("gs://b/2.wav", "0-1000 unknown: two".to_owned())]
    );
    assert!(
        readings.iter().all(|r| r.notes.iter().any(|n| n.to_string().contains("`gs://b/3.wav` has no transcript")))
    );
    let whole =
        format!(r#"{{"name": "o", "done": true, "response": {}}}"#, files.replace("gs://b/3.wav", "gs://b/4.wav"));
    assert_eq!(read("x.json", whole.as_bytes(), &ReadOptions::default()).unwrap().len(), 2);
}

#[test]
fn faults_name_the_word_and_what_is_missing() {
    let one = |start: &str, end: &str| results(&[result(&[word("a", start, end, "")], "")]);
    assert!(fault(&one("2s", "1s")).to_string().contains("results[0]"));
    assert!(fault(&one("two", "1s")).to_string().contains("`two` is no number of seconds"));
    assert!(fault(&one("1s", "90000s")).to_string().contains("24 hours"));
    let timeless = r#"{"results": [{"alternatives": [{"transcript": "hello there"}]}]}"#;
    assert!(fault(timeless).what.contains("nothing says when they were said"));
    let interim = r#"{"results": [{"isFinal": false, "alternatives": [{"transcript": "hello there"}]}]}"#;
    assert!(fault(interim).what.contains("no words"));
}
