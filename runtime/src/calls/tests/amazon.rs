//! Amazon's services beside the round trips: roles, masks, chats, partial and repeated turns, what is missing.

use super::faults::fault;
use super::{noted, plainly, reading, roles, told};
use grille_evidence::call::{Role, TimeOrigin, WordKind};

const LENS: &str = r#"{"Version": "VOICE-2022-11-30", "Channel": "VOICE", "LanguageCode": "en-US",
 "Participants": [{"ParticipantId": "c-1", "ParticipantRole": "CUSTOMER"}, {"ParticipantId": "a-7", "ParticipantRole": "AGENT"}],
 "ContentMetadata": {"Output": "Redacted"}, "CustomModels": [],
 "ConversationCharacteristics": {"TotalConversationDurationMillis": 6000},
 "Transcript": [
  {"Id": "x", "ParticipantId": "a-7", "Content": "Hello. This is [NAME], how are you?", "BeginOffsetMillis": 160, "EndOffsetMillis": 2640,
   "LoudnessScore": [66.5, null], "Redaction": {"RedactedTimestamps": [{"BeginOffsetMillis": 900, "EndOffsetMillis": 1200}]}},
  {"Id": "x", "ParticipantId": "c-1", "Content": "I want to cancel.", "BeginOffsetMillis": 2500, "EndOffsetMillis": 4000,
   "IssuesDetected": [{"CharacterOffsets": {"BeginOffsetChar": 0, "EndOffsetChar": 16}, "Text": "I want to cancel"}]},
  {"Id": "x", "ParticipantId": "c-1", "Content": "", "BeginOffsetMillis": 4100, "EndOffsetMillis": 4200}]}"#;

#[test]
fn contact_lens_gives_turns_with_bounds_and_words_without_times() {
    let call = plainly(LENS);
    let expected = [
        "160-2640 a-7: Hello. This is [NAME], how are you?",
        "2500-4000 c-1: I want to cancel.",
        "4100-4200 c-1: <unk>",
    ];
    assert_eq!(told(&call), expected);
    assert_eq!(roles(&call), [("c-1", Some(Role::Customer)), ("a-7", Some(Role::Agent))]);
    assert_eq!(call.segments[0].words[3].kind, WordKind::Redacted);
    assert_eq!((call.end_ms, call.locale.as_deref()), (Some(6000), Some("en-US")));
    assert_eq!(call.source.times, TimeOrigin::Spread);
    assert!(call.source.overlap && call.source.punctuation && !call.source.confidences);
    assert_eq!(call.source.format, "amazon-contact-lens");
}

#[test]
fn a_turn_that_names_a_role_for_an_id_is_that_of_the_only_participant_who_has_it() {
    let mixed =
        LENS.replacen("\"ParticipantId\": \"a-7\", \"Content\"", "\"ParticipantId\": \"AGENT\", \"Content\"", 1);
    assert_eq!(told(&plainly(&mixed)), told(&plainly(LENS)));
    assert_eq!(roles(&plainly(&mixed)), roles(&plainly(LENS)));
    assert!(noted(&mixed).iter().any(|note| note.contains("the only participant who has it")));
}

#[test]
fn a_chat_is_refused_in_plain_words() {
    for chat in [
        LENS.replace("\"VOICE\"", "\"CHAT\""),
        r#"{"Participants": [{"ParticipantId": "a", "ParticipantRole": "AGENT"}],
            "Transcript": [{"ParticipantId": "a", "Content": "hi", "AbsoluteTime": "2020-10-31T17:29:53.246Z"}]}"#.to_owned(),
        r#"{"Channel": "CHAT", "Segments": [{"Transcript": {"ParticipantId": "a", "ParticipantRole": "AGENT", "Content": "hi",
            "Time": {"AbsoluteTime": "2020-10-31T17:29:53.246Z"}}}]}"#.to_owned(),
    ] {
        let fault = fault(&chat);
        assert!(fault.what.contains("this is a chat"), "{fault}");
        assert!(fault.place.is_some() && fault.mend.unwrap().contains("VOICE"));
    }
    assert!(fault(&LENS.replace("\"VOICE\"", "\"TASK\"")).what.contains("its channel is `TASK`"));
}

#[test]
fn segments_of_a_call_that_goes_on_are_read_once_each() {
    let segment = |id: &str, text: &str, more: &str| {
        format!(
            r#"{{"Transcript": {{"Id": "{id}", "ParticipantId": "1", "ParticipantRole": "AGENT", "Content": "{text}",
            "BeginOffsetMillis": 0, "EndOffsetMillis": 900{more}}}}}"#
        )
    };
    let partial = r#"{"Utterance": {"Id": "u", "PartialContent": "hel"}}"#;
    let categories = r#"{"Categories": {"MatchedCategories": []}}"#;
    let page = format!(
        r#"{{"Segments": [{partial}, {}, {categories}, {}, {}]}}"#,
        segment("a", "hello", ""),
        segment("b", "there", ""),
        segment("a", "hello", r#", "IssuesDetected": []"#)
    );
    let stream =
        format!("{{\"EventType\": \"STARTED\", \"Channel\": \"VOICE\"}}\n{page}\n{{\"EventType\": \"COMPLETED\"}}\n");
    for text in [&page, &stream, &format!("[{page}]")] {
        let reading = reading(text);
        assert_eq!(told(&reading.call), ["0-900 1: hello", "0-900 1: there"], "{text}");
        assert_eq!(roles(&reading.call), [("1", Some(Role::Agent))]);
        let notes: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
        assert!(notes[0].contains("1 partial utterance") && notes[1].contains("the last one is kept"), "{notes:?}");
    }
}

#[test]
fn turns_of_call_analytics_without_items_are_read_from_their_text() {
    let turn = |more: &str| {
        format!(
            r#"{{"Participants": [{{"ParticipantRole": "AGENT"}}], "Transcript": [{{"ParticipantRole": "AGENT",
            "Content": "Good morning.", "BeginOffsetMillis": 100, "EndOffsetMillis": 900{more}}}]}}"#
        )
    };
    let call = plainly(&turn(""));
    assert_eq!(told(&call), ["100-900 AGENT: Good morning."]);
    assert_eq!(call.source.times, TimeOrigin::Spread);
    let items = r#", "Items": [{"Type": "pronunciation", "Content": "Good", "BeginOffsetMillis": 110, "EndOffsetMillis": 300},
        {"Type": "pronunciation", "Content": "morning"}]"#;
    let notes = noted(&turn(items));
    assert!(notes.iter().any(|note| note.contains("1 word without times, at Transcript[0], word 2")), "{notes:?}");
    let timeless = turn("").replace("\"BeginOffsetMillis\": 100, ", "");
    assert!(fault(&timeless).what.contains("nothing says when they were said"));
}

#[test]
fn partial_events_are_left_out_and_noted() {
    let event = |partial: bool, text: &str| {
        format!(
            r#"{{"UtteranceEvent": {{"ParticipantRole": "CUSTOMER", "IsPartial": {partial}, "Transcript": "{text}",
            "BeginOffsetMillis": 0, "EndOffsetMillis": 500}}}}"#
        )
    };
    let row = format!("{}\n{}\n{{\"CategoryEvent\": {{}}}}", event(true, "no"), event(false, "no thanks"));
    assert_eq!(told(&plainly(&row)), ["0-500 CUSTOMER: no thanks"]);
    assert!(noted(&row).iter().any(|note| note.starts_with("1 partial utterance")));
    let list = format!("[{}]", event(false, "no thanks"));
    assert_eq!(told(&plainly(&list)), ["0-500 CUSTOMER: no thanks"]);
}

const TRANSCRIBE: &str = r#"{"jobName": "j", "results": {"language_code": "fr-FR", "transcripts": [{"transcript": "…"}], "items": [
  {"type": "pronunciation", "start_time": "0.5", "end_time": "0.9", "alternatives": [{"content": "bonjour", "confidence": "0.97"}]},
  {"type": "punctuation", "alternatives": [{"content": ",", "confidence": null}]},
  {"type": "pronunciation", "start_time": "1.0", "end_time": "1.4", "alternatives": [{"content": "[PII]", "redactions": [{"confidence": "0.99"}]}]},
  {"type": "pronunciation", "start_time": "1.5", "end_time": "1.6", "alternatives": [{"content": "oui", "confidence": 1}]}],
 "speaker_labels": {"speakers": 2, "segments": [
  {"start_time": "0.5", "end_time": "1.4", "speaker_label": "spk_1", "items": []},
  {"start_time": "1.5", "end_time": "1.7", "speaker_label": "", "items": [{"start_time": "1.5", "end_time": "1.6", "speaker_label": ""}]}]}}}"#;

#[test]
fn speakers_of_transcribe_are_found_by_word_and_by_stretch_and_stay_unknown_otherwise() {
    let call = plainly(TRANSCRIBE);
    assert_eq!(told(&call), ["500-1400 spk_1: bonjour, [PII]", "1500-1600 unknown: oui"]);
    assert_eq!(roles(&call), [("spk_1", None), ("unknown", None)]);
    let sure: Vec<_> = call.segments.iter().flat_map(|s| &s.words).map(|w| w.confidence_thousandths).collect();
    assert_eq!(sure, [Some(970), None, Some(1000)]);
    assert!(!call.source.overlap && call.locale.as_deref() == Some("fr-FR"));
    let notes = noted(TRANSCRIBE);
    assert!(notes.iter().any(|note| note.contains("at results.items[3]: given to a speaker `unknown`")), "{notes:?}");
}

#[test]
fn words_that_nobody_is_named_for_are_of_one_unknown_speaker_and_parted_at_pauses() {
    let nobody = TRANSCRIBE
        .replace("\"speaker_labels\"", "\"labels\"")
        .replace("\"1.5\"", "\"3.5\"")
        .replace("\"1.6\"", "\"3.6\"");
    let reading = reading(&nobody);
    assert_eq!(told(&reading.call), ["500-1400 unknown: bonjour, [PII]", "3500-3600 unknown: oui"]);
    let notes: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
    assert!(notes.len() == 1 && notes[0].contains("does not say who speaks"), "{notes:?}");
}

#[test]
fn faults_of_transcribe_name_the_item() {
    let says = |from: &str, to: &str| fault(&TRANSCRIBE.replacen(from, to, 1)).to_string();
    assert!(says("\"0.9\"", "\"0.4\"").contains("results.items[0]: it ends at 400 ms"));
    assert!(says("\"0.97\"", "\"97\"").contains("results.items[0]: a confidence of 97"));
    assert!(says("\"punctuation\"", "\"song\"").contains("results.items[1]: an item is of the type `song`"));
}

#[test]
fn bedrock_takes_the_text_where_items_are_missing_and_notes_what_is_no_transcript() {
    let text = r#"{"metadata": {"duration_millis": 9000, "dominant_asset_language": "EN"},
     "audio_items": [{"item_index": 4, "content": "Hi", "start_timestamp_millis": 100, "end_timestamp_millis": 300}, {"item_index": 5, "content": "."}],
     "audio_segments": [
      {"type": "TRANSCRIPT", "text": "Hi.", "start_timestamp_millis": 100, "end_timestamp_millis": 300, "audio_item_indices": [4, 5],
       "speaker": {"speaker_label": "spk_0"}, "channel": {"channel_label": "ch_0"}},
      {"type": "TRANSCRIPT", "text": "So, hello.", "start_timestamp_millis": 200, "end_timestamp_millis": 900, "audio_item_indices": [4, 9],
       "speaker": {"speaker_label": "spk_0"}, "channel": {"channel_label": "ch_1"}},
      {"type": "MUSIC", "start_timestamp_millis": 1000, "end_timestamp_millis": 2000}]}"#;
    let reading = reading(text);
    assert_eq!(
        told(&reading.call),
        ["100-300 channel 0 speaker spk_0: Hi.", "200-900 channel 1 speaker spk_0: So, hello."]
    );
    assert_eq!((reading.channels["channel 1 speaker spk_0"], reading.call.end_ms), (1, Some(9000)));
    assert!(reading.call.source.overlap && reading.call.locale.as_deref() == Some("en"));
    let notes: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|note| note.starts_with("1 segment whose items are not all there")), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("at audio_segments[2]: left out")), "{notes:?}");
}

#[test]
fn of_several_pages_the_first_has_a_number_too() {
    let page = |role: &str, times: &str| {
        format!(
            r#"{{"Segments": [{{"Transcript": {{"Id": "{role}", "ParticipantId": "{role}", "ParticipantRole": "{role}", "Content": "hi"{times}}}}}]}}"#
        )
    };
    let pages =
        format!("[{}, {}]", page("AGENT", ""), page("CUSTOMER", r#", "BeginOffsetMillis": 0, "EndOffsetMillis": 9"#));
    assert_eq!(fault(&pages).place.as_deref(), Some("[0].Segments[0].Transcript"));
}
