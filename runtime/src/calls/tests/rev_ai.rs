//! Rev AI: punctuation, unknown words, sounds, names, tracks.

use super::faults::says;
use super::{noted, plainly, told};
use grille_evidence::call::{TimeOrigin, WordKind};

const REV: &str = include_str!("../fixtures/rev_ai.json");

#[test]
fn monologues_become_turns() {
    let call = plainly(REV);
    assert_eq!(told(&call), ["300-1000 speaker 0: Hi, how <unk>?", "1500-1900 speaker 1: Fine."]);
    assert_eq!(call.segments[0].words[2].kind, WordKind::Unknown);
    assert_eq!(call.segments[1].words[0].confidence_thousandths, Some(995));
    assert!(!call.source.overlap && call.source.punctuation && call.source.confidences);
    assert!(noted(REV)[0].contains("at monologues[1].elements[0]"), "{:?}", noted(REV));
}

#[test]
fn transcripts_that_people_wrote_have_names_and_few_times() {
    let written = r#"{"speakers": [{"id": 1, "name": "Anne"}, {"id": 2, "name": "Bob"}, {"id": 3, "name": "Bob"}], "monologues": [
        {"speaker": 1, "elements": [{"type": "text", "value": "Hello", "timestamp": "00:00:01,200", "end_timestamp": "00:00:01,500"},
            {"type": "punct", "value": " "}, {"type": "text", "value": "you"}, {"type": "punct", "value": "."}]},
        {"speaker": 2, "elements": [{"type": "text", "value": "Yes", "timestamp": "00:00:02,000", "end_timestamp": "00:00:02,500"}]},
        {"speaker": 3, "elements": [{"type": "text", "value": "No", "timestamp": "00:00:03,000", "end_timestamp": "00:00:03,500"}]}]}"#;
    let call = plainly(written);
    assert_eq!(told(&call), ["1200-2000 Anne: Hello you.", "2000-2500 speaker 2: Yes", "3000-3500 speaker 3: No"]);
    assert_eq!((call.source.times, call.segments[0].words[1].start_ms), (TimeOrigin::Measured, None));
    assert!(!call.source.confidences);
}

#[test]
fn tracks_that_were_transcribed_apart_may_overlap() {
    let apart = REV.replace("\"ts\": 1.5,", "\"ts\": 0.2,").replace("\"ts\": 1.1,", "\"ts\": 0.1,");
    assert!(plainly(&apart).source.overlap);
    assert!(
        !plainly(&REV.replace("\"ts\": 1.1,", "\"ts\": 0.7,").replace("\"end_ts\": 1.4", "\"end_ts\": 0.7"))
            .source
            .overlap
    );
}

#[test]
fn faults_name_the_element() {
    says(REV, "\"end_ts\": 0.52", "\"end_ts\": 0.2", "monologues[0].elements[0]", "before it starts");
    says(REV, "\"punct\"", "\"song\"", "monologues[0].elements[1]", "`song`");
}

#[test]
fn final_hypotheses_of_a_stream_are_one_call() {
    let stream = [
        r#"{"type": "connected", "id": "s"}"#,
        r#"{"type": "partial", "ts": 0.0, "end_ts": 1.0, "elements": [{"type": "text", "value": "he"}]}"#,
        r#"{"type": "final", "ts": 1.0, "end_ts": 3.2, "elements": [{"type": "text", "value": "Hello", "ts": 1.04, "end_ts": 1.55, "confidence": 0.9}, {"type": "punct", "value": "."}]}"#,
        r#"{"type": "final", "speaker_id": 1, "elements": [{"type": "text", "value": "Hi", "ts": 2.0, "end_ts": 2.5, "confidence": 0.9}]}"#,
    ];
    let file = stream.join("\n");
    assert_eq!(told(&plainly(&file)), ["1040-1550 unknown: Hello.", "2000-2500 speaker 1: Hi"]);
    assert!(noted(&file)[0].contains("not final yet"), "{:?}", noted(&file));
}
