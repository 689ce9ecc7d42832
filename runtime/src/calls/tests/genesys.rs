//! Genesys Cloud: sides, punctuation from the decorated text, units that are named, AudioHook entities.

use super::faults::says;
use super::{noted, plainly, reading, roles, told};
use grille_evidence::call::{Role, TimeOrigin};

const TRANSCRIPT: &str = include_str!("../fixtures/genesys.json");
const ENTITIES: &str = include_str!("../fixtures/audiohook.jsonl");

#[test]
fn the_two_sides_have_roles_and_may_overlap() {
    let call = plainly(TRANSCRIPT);
    assert_eq!(told(&call), ["200-1700 internal: thank you for calling.", "1600-2600 external: hi, is that the bank?"]);
    assert_eq!(roles(&call), [("internal", Some(Role::Agent)), ("external", Some(Role::Customer))]);
    assert_eq!((call.locale.as_deref(), call.end_ms), (Some("en-US"), Some(9000)));
    assert!(call.source.overlap && call.source.punctuation && call.source.confidences);
    assert_eq!(call.segments[1].words[0].confidence_thousandths, Some(500));
}

#[test]
fn several_advisers_on_one_side_are_no_agent() {
    let two = TRANSCRIPT.replace(
        "\"participants\": [",
        "\"participants\": [{\"participantPurpose\": \"internal\", \"userId\": \"u-2\"},",
    );
    assert_eq!(roles(&plainly(&two))[0], ("internal", None));
    let flow = TRANSCRIPT.replace(
        "\"participants\": [",
        "\"participants\": [{\"participantPurpose\": \"internal\", \"flowId\": \"f\"},",
    );
    assert!(noted(&flow).iter().any(|note| note.contains("a flow took part")), "{:?}", noted(&flow));
    assert!(noted(&two).iter().any(|note| note.contains("--role internal=agent")), "{:?}", noted(&two));
}

#[test]
fn the_clock_is_read_where_there_is_no_offset() {
    let mut clocks = TRANSCRIPT.to_owned();
    for offset in [200, 500, 700, 900, 1600, 1800, 2000, 2200, 2300] {
        clocks = clocks.replace(&format!("\"offset\": {{\"milliseconds\": {offset}}}, "), "");
    }
    assert_eq!(told(&plainly(&clocks)), told(&plainly(TRANSCRIPT)));
    let unknown = clocks.replace("\"conversationStartTime\": 1768467600000, \"startTime\": 1768467601000,", "");
    let unknown = unknown.replace("\"engineId\": \"GENESYS\", \"startTime\": 1768467601000,", "\"engineId\": \"G\",");
    says(&unknown, "internal", "internal", "transcripts[0].phrases[0].startTimeMs", "1970");
}

#[test]
fn phrases_without_words_are_spread() {
    let phrase = r#"{"conversationId": "c", "transcripts": [{"phrases": [
        {"participantPurpose": "external", "text": "hi there", "decoratedText": "Hi, there.", "startTimeMs": 500, "duration": "PT1S"},
        {"participantPurpose": "internal", "text": "sure", "startTimeMs": 4200, "duration": {"seconds": 1, "nanos": 500000000}}]}]}"#;
    let call = plainly(phrase);
    assert_eq!(told(&call), ["500-1500 external: Hi, there.", "4200-5700 internal: sure"]);
    assert_eq!(call.source.times, TimeOrigin::Spread);
}

#[test]
fn what_cannot_be_told_is_refused() {
    says(
        TRANSCRIPT,
        "\"duration\": {\"milliseconds\": 1500}",
        "\"duration\": 1500",
        "transcripts[0].phrases[0].duration",
        "in which unit",
    );
    says(TRANSCRIPT, "\"mediaType\": \"call\"", "\"mediaType\": \"message\"", "mediaType", "`message`");
}

#[test]
fn entities_of_audiohook_are_read_one_a_line_and_in_messages() {
    let call = plainly(ENTITIES);
    assert_eq!(told(&call), ["500-1700 internal: Bonjour, service client.", "1500-1900 external: Oui."]);
    assert_eq!(roles(&call), [("internal", Some(Role::Agent)), ("external", Some(Role::Customer))]);
    assert_eq!(call.locale.as_deref(), Some("fr-FR"));
    assert!(noted(ENTITIES)[1].contains("1 message that was not final yet, at [1]"), "{:?}", noted(ENTITIES));
    let message = |line: &str| {
        format!(
            r#"{{"version": "2", "type": "event", "parameters": {{"entities": [{{"type": "transcript", "data": {line}}}]}}}}"#
        )
    };
    let messages: Vec<String> = ENTITIES.lines().map(message).collect();
    assert_eq!(reading(&messages.join("\n")).call, call);
}
