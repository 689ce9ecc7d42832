//! IBM Watson beside the round trips: hesitations, masks, interim results, what is missing.

use super::faults::fault;
use super::{reading, told};
use grille_evidence::call::WordKind;

const ANSWER: &str = r#"{"result_index": 0, "results": [
  {"final": true, "alternatives": [{"transcript": "well %HESITATION my card is XXXX ", "confidence": 0.8,
    "timestamps": [["well", 0.3, 0.5], ["%HESITATION", 0.6, 0.9], ["my", 1, 1.2], ["card", 1.2, 1.5], ["is", 1.5, 1.6], ["XXXX", 1.7, 2.5]],
    "word_confidence": [["well", 0.9], ["%HESITATION", 0.5], ["my", 1], ["card", 0.7], ["is", 0.8], ["XXXX", 0.9]]}]},
  {"final": false, "alternatives": [{"transcript": "and "}]}],
 "speaker_labels": [{"from": 0.30, "to": 0.5, "speaker": 2, "confidence": 0.6, "final": true}, {"from": 1.0, "to": 1.2, "speaker": 0, "confidence": 0.6, "final": true},
  {"from": 1.2, "to": 1.5, "speaker": 0, "confidence": 0.6, "final": true}, {"from": 1.5, "to": 1.6, "speaker": 0, "confidence": 0.6, "final": true}]}"#;

#[test]
fn words_get_their_speakers_by_their_starts() {
    let reading = reading(ANSWER);
    assert_eq!(
        told(&reading.call),
        ["300-500 speaker 2: well", "1000-1600 speaker 0: my card is", "1700-2500 unknown: XXXX"]
    );
    let words: Vec<_> = reading.call.segments.iter().flat_map(|s| &s.words).collect();
    assert_eq!(
        words.iter().map(|w| w.confidence_thousandths).collect::<Vec<_>>(),
        [Some(900), Some(1000), Some(700), Some(800), None]
    );
    assert_eq!(words[4].kind, WordKind::Redacted);
    assert!(!reading.call.source.punctuation && !reading.call.source.overlap);
    let notes: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|note| note.contains("at results[1]: left out")), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("timestamps[1]")), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("`unknown`")), "{notes:?}");
}

#[test]
fn a_transcript_without_times_says_what_to_ask_for() {
    let text = r#"{"results": [{"final": true, "alternatives": [{"transcript": "hello there "}]}]}"#;
    let fault = fault(text);
    assert_eq!(fault.place.as_deref(), Some("results[0].alternatives[0]"));
    assert!(fault.mend.unwrap().contains("`timestamps`"));
}

#[test]
fn a_job_may_hold_its_speakers_beside_its_answers() {
    let (results, labels) = ANSWER.split_once(" \"speaker_labels\"").unwrap();
    let inside = format!("{{\"status\": \"completed\", \"results\": [{ANSWER}]}}");
    let beside = format!("{{\"results\": [{}}}], \"speaker_labels\"{labels}", results.trim_end_matches([',', '\n']));
    for job in [inside, beside] {
        assert_eq!(told(&reading(&job).call), told(&reading(ANSWER).call), "{job}");
    }
}
