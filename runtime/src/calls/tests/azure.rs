//! Azure's services beside the round trips: one call in three shapes, guesses, statuses, voices and languages.

use super::faults::fault;
use super::{one, plainly, reading, roles, told};
use crate::calls::{ReadOptions, Roles, Whose};
use grille_evidence::call::{Call, Role, TimeOrigin};

const BATCH: &str = include_str!("../fixtures/azure_batch.json");
const FAST: &str = include_str!("../fixtures/azure_fast.json");
const UNDERSTOOD: &str = include_str!("../fixtures/azure_content_understanding.json");

/// Who says a word, the word with its mark, its start and its end.
type Said = (Option<Role>, String, Option<i32>, Option<i32>);

fn said(call: &Call) -> Vec<Said> {
    let role = |id: &str| call.speakers.iter().find(|speaker| speaker.id == id).and_then(|speaker| speaker.role);
    let words = call.segments.iter().flat_map(|s| s.words.iter().map(move |w| (s, w)));
    words.map(|(s, w)| (role(&s.speaker), format!("{}{}", w.text, w.after), w.start_ms, w.end_ms)).collect()
}

#[test]
fn one_call_in_three_shapes_holds_the_same_words_and_times() {
    let given = vec![(Whose::parse("speaker 1"), Role::Agent), (Whose::parse("speaker 2"), Role::Customer)];
    let options = ReadOptions { roles: Roles { given, swap: false }, ..ReadOptions::default() };
    let understood = plainly(UNDERSTOOD);
    assert_eq!(roles(&understood), [("Agent", Some(Role::Agent)), ("Customer", Some(Role::Customer))]);
    let (batch, fast) = (one(BATCH, &options), one(FAST, &options));
    assert_eq!(said(&batch), said(&understood));
    assert_eq!(said(&fast), said(&understood));
    let sources = [&batch, &fast, &understood].map(|call| &call.source);
    assert!(sources.iter().all(|source| source.times == TimeOrigin::Measured && source.punctuation && !source.overlap));
    assert_eq!(sources.map(|source| source.confidences), [true, false, false]);
    assert_eq!([&batch, &fast, &understood].map(|call| call.end_ms), [Some(31_500); 3]);
    assert_eq!((batch.locale, fast.locale.as_deref()), (None, Some("en-GB")));
}

#[test]
fn a_word_as_shown_is_as_sure_as_the_least_sure_word_heard_in_it() {
    let text = r#"{"recognizedPhrases": [{"offsetInTicks": 0, "durationInTicks": 9000000, "nBest": [{"display": "Pay $30 now.",
      "words": [{"word": "pay", "offsetInTicks": 0, "durationInTicks": 2000000, "confidence": 0.9},
       {"word": "thirty", "offsetInTicks": 2000000, "durationInTicks": 2000000, "confidence": 0.8},
       {"word": "dollars", "offsetInTicks": 4000000, "durationInTicks": 2000000, "confidence": 0.3},
       {"word": "now", "offsetInTicks": 7000000, "durationInTicks": 2000000, "confidence": 0.7}]}]}]}"#;
    let display = r#""displayWords": [{"displayText": "Pay", "offsetInTicks": 0, "durationInTicks": 2000000},
      {"displayText": "$30", "offsetInTicks": 2000000, "durationInTicks": 4000000},
      {"displayText": "now.", "offsetInTicks": 7000000, "durationInTicks": 2000000}], "words""#;
    for text in [text.to_owned(), text.replace("\"words\"", display)] {
        let call = plainly(&text);
        let words: Vec<_> =
            call.segments[0].words.iter().map(|w| (&*w.text, w.start_ms, w.end_ms, w.confidence_thousandths)).collect();
        let expected = [
            ("Pay", Some(0), Some(200), Some(900)),
            ("$30", Some(200), Some(600), Some(300)),
            ("now", Some(700), Some(900), Some(700)),
        ];
        assert_eq!(words, expected);
        assert!(call.source.punctuation);
    }
}

#[test]
fn where_shown_and_heard_cannot_be_laid_over_each_other_the_heard_words_are_kept_without_punctuation() {
    let text = r#"{"recognizedPhrases": [{"offset": "PT0S", "duration": "PT1S", "nBest": [{"display": "Call 20 30!",
      "words": [{"word": "call", "offset": "PT0S", "duration": "PT0.1S"}, {"word": "twenty", "offset": "PT0.1S", "duration": "PT0.1S"},
       {"word": "thirty", "offset": "PT0.2S", "duration": "PT0.1S"}, {"word": "please", "offset": "PT0.3S", "duration": "PT0.1S"}]}]}]}"#;
    let call = plainly(text);
    assert_eq!(told(&call), ["0-400 unknown: call twenty thirty please"]);
    assert!(!call.source.punctuation);
}

#[test]
fn the_first_guess_is_the_services_own_and_a_phrase_without_words_is_spread() {
    let text = r#"[{"RecognitionStatus": "Success", "Offset": 23300000, "Duration": 19600000, "SpeakerId": "0", "NBest": [
      {"Confidence": 0.75, "Lexical": "fritz petra", "Display": "Fritz, Petra.", "Words": null},
      {"Confidence": 0.9, "Lexical": "fritz petrol", "Display": "fritz petrol", "Words": null}]}]"#;
    let call = plainly(text);
    assert_eq!(told(&call), ["2330-4290 speaker 0: Fritz, Petra."]);
    assert_eq!(call.source.times, TimeOrigin::Spread);
}

#[test]
fn what_was_not_recognised_is_noted_and_speech_without_words_is_not_silence() {
    let text = r#"{"RecognitionStatus": "InitialSilenceTimeout", "Offset": 0, "Duration": 100000}
{"RecognitionStatus": "NoMatch", "Offset": 10000000, "Duration": 10000000}
{"RecognitionStatus": "Success", "Offset": 20000000, "Duration": 1000000, "DisplayText": "", "NBest": [{"Display": ""}]}
{"RecognitionStatus": "Success", "Offset": 30000000, "Duration": 1000000, "DisplayText": "Hello.", "PrimaryLanguage": {"Language": "en-US"}}
"#;
    let reading = reading(text);
    assert_eq!(told(&reading.call), ["1000-2000 unknown: <unk>", "3000-3100 unknown: Hello."]);
    assert_eq!(reading.call.locale.as_deref(), Some("en-US"));
    let notes: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
    assert!(notes[0].starts_with("2 phrases in which nothing was recognised, first at [0]"), "{notes:?}");
    assert!(notes[1].contains("NoMatch"), "{notes:?}");
}

#[test]
fn channels_are_speakers_and_can_overlap() {
    let phrase = |channel: u32, offset: u32| {
        format!(
            r#"{{"recognitionStatus": "Success", "channel": {channel}, "offsetInTicks": {offset}0000, "durationInTicks": 5000000,
            "nBest": [{{"display": "Yes."}}]}}"#
        )
    };
    let text =
        format!(r#"{{"durationInTicks": 20000000, "recognizedPhrases": [{}, {}]}}"#, phrase(0, 100), phrase(1, 300));
    let reading = reading(&text);
    assert_eq!(told(&reading.call), ["100-600 channel 0: Yes.", "300-800 channel 1: Yes."]);
    assert!(reading.call.source.overlap);
    assert_eq!((reading.channels["channel 1"], reading.call.end_ms), (1, Some(2000)));
}

#[test]
fn parts_in_another_language_are_noted() {
    let other = FAST.replacen("\"locale\": \"en-GB\"", "\"locale\": \"fr-FR\"", 1);
    let reading = reading(&other);
    assert_eq!(reading.call.locale.as_deref(), Some("en-GB"));
    let notes: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|note| note.starts_with("parts of it are in `fr-FR`")), "{notes:?}");
}

#[test]
fn faults_name_the_phrase_and_the_word() {
    let words = r#""offsetInTicks": 4000000, "durationInTicks""#;
    let fault_of = |from: &str, to: &str| fault(&BATCH.replacen(from, to, 1)).to_string();
    assert!(
        fault_of(words, r#""offsetInTicks": -4000000, "durationInTicks""#)
            .contains("recognizedPhrases[0]: a time of -4000000 ticks")
    );
    assert!(fault_of("\"confidence\": 0.97", "\"confidence\": 97").contains("recognizedPhrases[0].nBest[0].words[0]"));
    let late = UNDERSTOOD.replacen("\"endTimeMs\": 2920", "\"endTimeMs\": 29", 1);
    assert!(fault(&late).to_string().contains("result.contents[0].transcriptPhrases[0]: it ends at 29 ms"));
}

#[test]
fn contents_without_a_transcript_are_noted() {
    let two = UNDERSTOOD.replacen("\"contents\": [", "\"contents\": [{\"kind\": \"document\"}, ", 1);
    let reading = reading(&two);
    let notes: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|note| note.contains("at result.contents[0]: left out")), "{notes:?}");
    assert_eq!(told(&reading.call), told(&plainly(UNDERSTOOD)));
}

const CONVERSATION: &str = r#"{"displayName": "x", "analysisInput": {"conversations": [{"id": "c1", "language": "en", "modality": "transcript",
  "conversationItems": [
   {"participantId": "agent_1", "id": "1", "role": "agent", "text": "Hello, you're through.", "lexical": "hello you're through", "itn": "hello you're through",
    "audioTimings": [{"word": "hello", "offset": 4500000, "duration": 2800000}, {"word": "you're", "offset": 7800000, "duration": 900000},
     {"word": "through", "offset": 9700000, "duration": 2000000}]},
   {"participantId": "customer_1", "id": "2", "role": "customer", "text": "Hi.",
    "conversationItemLevelTiming": {"offset": 15000000, "duration": 5000000}}]}]}, "tasks": []}"#;

#[test]
fn a_file_without_conversations_holds_no_call() {
    let from = Some(crate::calls::Format::named("azure-conversation").unwrap());
    let options = crate::calls::ReadOptions { from, ..Default::default() };
    let fault = crate::calls::read("a.json", br#"{"conversations": []}"#, &options).unwrap_err();
    assert_eq!(fault.what, "there is no call in it");
}

#[test]
fn conversations_are_read_where_they_say_when_words_were_said() {
    let call = plainly(CONVERSATION);
    assert_eq!(told(&call), ["450-1170 agent_1: Hello, you're through.", "1500-2000 customer_1: Hi."]);
    assert_eq!(roles(&call), [("agent_1", Some(Role::Agent)), ("customer_1", Some(Role::Customer))]);
    assert_eq!((call.locale.as_deref(), call.source.times), (Some("en"), TimeOrigin::Measured));
    let timeless = CONVERSATION.replace("audioTimings", "timings").replace("conversationItemLevelTiming", "timing");
    let told = fault(&timeless);
    assert_eq!(told.place.as_deref(), Some("analysisInput.conversations[0].conversationItems[0]"));
    assert!(told.what.contains("nothing says when"), "{told}");
    assert!(fault(&CONVERSATION.replace("\"transcript\"", "\"text\"")).what.contains("this is a chat"));
}
