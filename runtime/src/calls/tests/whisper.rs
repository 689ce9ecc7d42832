//! The Whisper family: programs in Python, OpenAI's service, whisper.cpp with its broken JSON.

use super::faults::{fault, says};
use super::{noted, plainly, read, roles, told};
use crate::calls::ReadOptions;
use grille_evidence::call::{Role, TimeOrigin, WordKind};

const OPENAI: &str = include_str!("../fixtures/whisper.json");
const WHISPERX: &str = include_str!("../fixtures/whisperx.json");
const FASTER: &str = include_str!("../fixtures/faster_whisper.json");
const TIMESTAMPED: &str = include_str!("../fixtures/whisper_timestamped.json");
const CPP: &[u8] = include_bytes!("../fixtures/whisper_cpp.json");

#[test]
fn openai_whisper_gives_words_with_probabilities() {
    let call = plainly(OPENAI);
    assert_eq!(told(&call), ["0-1500 unknown: Hello, this is the bank.", "2500-3300 unknown: How can I help?"]);
    assert_eq!(call.segments[0].words[0].confidence_thousandths, Some(913));
    assert_eq!((call.locale.as_deref(), call.source.times), (Some("en"), TimeOrigin::Measured));
    assert!(call.source.punctuation && !call.source.overlap);
    let notes = noted(OPENAI);
    assert!(notes.len() == 2 && notes[1].contains("does not say who speaks"), "{notes:?}");
}

#[test]
fn segments_without_words_are_spread_and_have_no_confidence() {
    let plain = r#"{"text": " Hi there.", "segments": [{"id": 0, "start": 0.5, "end": 2.0, "text": " Hi there. [laughs]", "avg_logprob": -0.2}], "language": "english"}"#;
    let call = plainly(plain);
    assert_eq!(told(&call), ["500-2000 unknown: Hi there."]);
    assert_eq!(
        (call.source.times, call.source.confidences, call.locale.as_deref()),
        (TimeOrigin::Spread, false, Some("en"))
    );
}

#[test]
fn whisperx_leaves_numerals_without_times_and_words_without_speakers() {
    let call = plainly(WHISPERX);
    assert_eq!(
        told(&call),
        [
            "500-2000 SPEAKER_01: I am 60 years old.",
            "2100-2400 SPEAKER_00: Thanks.",
            "2600-2900 SPEAKER_01: Yes.",
            "3500-4000 unknown: Hm?"
        ]
    );
    assert_eq!(call.segments[0].words[2].start_ms, None);
    assert_eq!(call.source.times, TimeOrigin::Measured);
    let notes = noted(WHISPERX);
    assert!(
        notes[0].contains("fits the sound")
            && notes[1].contains("at segments[2]")
            && notes[2].contains("segments[0], word 3"),
        "{notes:?}"
    );
}

#[test]
fn faster_whisper_is_a_list_with_words_as_objects_or_tuples() {
    let call = plainly(FASTER);
    assert_eq!(told(&call), ["60-1500 unknown: And so, yes.", "2000-3000 unknown: No."]);
    assert_eq!(call.segments[0].words[0].confidence_thousandths, Some(706));
    assert!(noted(FASTER)[0].contains("1 turn with text and no words of its own, at [1]"), "{:?}", noted(FASTER));
    let words = r#"[{"word": "So", "start": 0.1, "end": 0.4}, {"word": "yes.", "start": 0.4, "end": 0.9}]"#;
    assert_eq!(told(&plainly(words)), ["100-900 unknown: So yes."]);
}

#[test]
fn whisper_timestamped_calls_its_words_texts() {
    let call = plainly(TIMESTAMPED);
    assert_eq!(told(&call), ["120-1360 unknown: Yeah, as much."]);
    assert_eq!(call.segments[0].words[0].confidence_thousandths, Some(740));
}

#[test]
fn pieces_of_words_are_joined() {
    let pieces = r#"{"text": "", "language": "fr", "segments": [{"start": 0, "end": 2, "text": " l'eau, oui", "words": [
        {"word": " l", "start": 0.0, "end": 0.2, "probability": 0.9}, {"word": "'eau", "start": 0.2, "end": 0.6, "probability": 0.7},
        {"word": ",", "start": 0.6, "end": 0.6, "probability": 0.1}, {"word": " oui", "start": 1.0, "end": 1.4, "probability": 0.8}]}]}"#;
    let call = plainly(pieces);
    assert_eq!(told(&call), ["0-1400 unknown: l'eau, oui"]);
    assert_eq!(call.segments[0].words[0].confidence_thousandths, Some(800));
}

#[test]
fn openais_service_lists_words_beside_segments_and_names_speakers() {
    let verbose = r#"{"task": "transcribe", "language": "english", "duration": 3.5, "text": "Hi, is it $20?", "words": [
        {"word": "Hi", "start": 0.1, "end": 0.3}, {"word": "is", "start": 0.4, "end": 0.6}, {"word": "it", "start": 0.6, "end": 0.8},
        {"word": "20", "start": 0.8, "end": 1.4}], "segments": [{"id": 0, "start": 0.0, "end": 2.0, "text": " Hi, is it $20?"}]}"#;
    let call = plainly(verbose);
    assert_eq!(told(&call), ["100-1400 unknown: Hi, is it 20?"]);
    assert_eq!((call.end_ms, call.source.punctuation), (Some(3500), true));
    let diarized = r#"{"task": "transcribe", "duration": 3.5, "text": "Hi. Yes.", "segments": [
        {"type": "transcript.text.segment", "id": "seg_1", "start": 0.0, "end": 1.0, "text": "Hi.", "speaker": "A"},
        {"type": "transcript.text.segment", "id": "seg_2", "start": 1.2, "end": 2.0, "text": "Yes.", "speaker": "B"}]}"#;
    assert_eq!(told(&plainly(diarized)), ["0-1000 A: Hi.", "1200-2000 B: Yes."]);
}

#[test]
fn transformers_writes_chunks_of_sentences_or_of_words() {
    let sentences = r#"{"text": " Hi there. Yes.", "chunks": [{"text": " Hi there.", "timestamp": [0.0, 1.5]}, {"text": " Yes.", "timestamp": [2.0, null]}]}"#;
    assert_eq!(told(&plainly(sentences)), ["0-1500 unknown: Hi there.", "2000-2300 unknown: Yes."]);
    assert!(noted(sentences)[1].contains("300 ms a word"), "{:?}", noted(sentences));
    let words = r#"{"text": " Hi there.", "chunks": [{"text": " Hi", "timestamp": [0.0, 0.5]}, {"text": " there.", "timestamp": [0.5, 1.0]}]}"#;
    assert_eq!(plainly(words).source.times, TimeOrigin::Measured);
    let speakers = r#"{"speakers": [{"speaker": "SPEAKER_00", "timestamp": [0.0, 1.5], "text": " Hi there."}], "chunks": [{"text": " Hi there.", "timestamp": [0.0, 1.5]}], "text": " Hi there."}"#;
    assert_eq!(told(&plainly(speakers)), ["0-1500 SPEAKER_00: Hi there."]);
}

#[test]
fn numbers_that_are_none_are_missing() {
    let nan = WHISPERX.replace("\"score\": 0.8,", "\"score\": NaN,");
    let call = plainly(&nan);
    assert_eq!(call.segments[0].words[1].confidence_thousandths, None);
    assert!(noted(&nan).iter().any(|note| note.contains("`NaN`")));
}

#[test]
fn a_translation_is_said_to_be_one() {
    let translated = r#"{"task": "translate", "language": "french", "segments": [{"start": 0.5, "end": 2.0, "text": " Hi there."}]}"#;
    assert_eq!(plainly(translated).locale.as_deref(), Some("en"));
    assert!(noted(translated)[0].contains("translation"));
}

#[test]
fn whisper_cpp_is_mended_and_its_pieces_are_joined() {
    let readings = read("calls/a.json", CPP, &ReadOptions::default()).unwrap();
    let call = &readings[0].call;
    assert_eq!(told(call), ["0-2500 speaker 0: Au café, \"oui\".", "2500-4000 speaker 1: Bien."]);
    assert_eq!((call.locale.as_deref(), call.source.times), (Some("fr"), TimeOrigin::Spread));
    let words = &call.segments[0].words;
    let confidences: Vec<_> = words.iter().map(|word| word.confidence_thousandths).collect();
    assert_eq!(confidences, [Some(900), Some(600), Some(950)]);
    assert_eq!(readings[0].channels.get("speaker 1"), Some(&1));
    let notes: Vec<String> = readings[0].notes.iter().map(ToString::to_string).collect();
    assert!(notes.len() == 1 && notes[0].contains("it was mended"), "{notes:?}");
}

#[test]
fn whisper_cpp_without_pieces_is_spread() {
    let plain = r#"{"systeminfo": "", "params": {"language": "auto", "translate": true}, "result": {"language": "de"}, "transcription": [
        {"timestamps": {"from": "00:00:00,000", "to": "00:00:01,500"}, "offsets": {"from": 0, "to": 1500}, "text": " Hi. [BLANK_AUDIO]", "speaker": null, "speaker_turn_next": true},
        {"timestamps": {"from": "00:00:01,500", "to": "00:00:03,000"}, "text": " Yes."}]}"#;
    let call = plainly(plain);
    assert_eq!(told(&call), ["0-1500 unknown: Hi.", "1500-3000 unknown: Yes."]);
    assert_eq!(call.locale.as_deref(), Some("en"));
    let notes = noted(plain);
    assert!(notes.iter().any(|note| note.contains("change of speaker")), "{notes:?}");
    let older = plain.replace("\"speaker\": null", "\"speaker\": \"(speaker 1)\"");
    assert_eq!(told(&plainly(&older))[0], "0-1500 speaker 1: Hi.");
    let broken = plain.replace(" Hi.", " H\u{fffd}.");
    assert_eq!(plainly(&broken).segments[0].words[0].kind, WordKind::Unknown);
}

#[test]
fn faults_name_the_word() {
    says(OPENAI, "\"end\": 0.5", "\"end\": -0.5", "segments[0].words[0]", "-0.5 s");
    says(OPENAI, "0.9134", "91.34", "segments[0].words[0]", "not between 0 and 1");
    says(
        OPENAI,
        "\"start\": 0.0, \"end\": 0.5",
        "\"start\": \"0\", \"end\": 0.5",
        "line 3, column 72",
        "expected a number",
    );
    says(
        TIMESTAMPED,
        "\"start\": 0.12, \"end\": 1.36",
        "\"start\": 0.12, \"end\": 99999999",
        "segments[0]",
        "24 hours",
    );
}

#[test]
fn words_whose_times_run_backwards_lose_them() {
    let backwards = OPENAI.replace("\"start\": 0.6, \"end\": 0.8", "\"start\": 0.6, \"end\": 0.5");
    let call = plainly(&backwards);
    assert_eq!(call.segments[0].words[1].start_ms, None);
    assert!(noted(&backwards)[0].contains("1 word that ends before it starts, at segments[0].words[1]"));
}

#[test]
fn the_server_of_whisper_cpp_spreads_its_pieces_too() {
    let server = r#"{"task": "transcribe", "language": "french", "duration": 2.5, "text": " Café.", "segments": [{"id": 0, "start": 0.0, "end": 1.5, "text": " Café.", "words": [
        {"word": " Ca", "start": 0.0, "end": 0.2, "t_dtw": -1, "probability": 0.9}, {"word": "fé", "start": 0.2, "end": 0.6, "t_dtw": -1, "probability": 0.7},
        {"word": ".", "start": 0.6, "end": 0.6, "t_dtw": -1, "probability": 0.1}]}]}"#;
    let call = plainly(server);
    assert_eq!(told(&call), ["0-1500 unknown: Café."]);
    assert_eq!((call.source.times, call.segments[0].words[0].confidence_thousandths), (TimeOrigin::Spread, Some(800)));
}

#[test]
fn speakers_that_are_named_after_their_role_have_it() {
    let named = WHISPERX.replace("SPEAKER_00", "Agent");
    assert!(super::roles(&plainly(&named)).contains(&("Agent", Some(grille_evidence::call::Role::Agent))));
    assert!(noted(&named).iter().any(|note| note.contains("own label `Agent`")));
}

#[test]
fn segments_that_tell_of_sounds_are_left_out_and_noted() {
    let sounds = r#"{"language": "en", "segments": [{"start": 0.0, "end": 2.0, "text": " (phone ringing)", "words": [
        {"word": " (phone", "start": 0.0, "end": 1.0, "probability": 0.9}, {"word": " ringing)", "start": 1.0, "end": 2.0, "probability": 0.9}]},
        {"start": 2.0, "end": 4.0, "text": " ♪ la la ♪"}, {"start": 4.0, "end": 5.0, "text": " Hello (again)."}]}"#;
    assert_eq!(told(&plainly(sounds)), ["4000-5000 unknown: Hello (again)."]);
    assert!(noted(sounds)[0].starts_with("2 sounds"), "{:?}", noted(sounds));
}

#[test]
fn words_may_carry_a_text_and_a_confidence_beside_a_word_and_a_probability() {
    let both =
        OPENAI.replacen("\"word\": \" Hello,\"", "\"text\": \"x\", \"confidence\": 0.1, \"word\": \" Hello,\"", 1);
    assert_eq!(plainly(&both), plainly(OPENAI));
    says(OPENAI, "{\"word\": \" Hello,\", ", "{", "line 3, column 53", "missing field `word`");
}

/// A speaker that nobody is would leave it open who said what in the whole call.
#[test]
fn where_all_are_named_there_is_no_speaker_more() {
    let chunks = r#"{"text": " Hi. Yes.", "chunks": [{"text": " Hi there.", "timestamp": [0.0, 1.5], "speaker": "AGENT"},
        {"text": " Yes.", "timestamp": [2.0, 2.5], "speaker": "CUSTOMER"}]}"#;
    assert_eq!(roles(&plainly(chunks)), [("AGENT", Some(Role::Agent)), ("CUSTOMER", Some(Role::Customer))]);
}

#[test]
fn a_word_that_names_nobody_is_of_nobody() {
    let words = r#"{"text": "", "words": [{"word": "hi", "start": 0.0, "end": 0.3, "speaker": "AGENT"},
        {"word": "who", "start": 1.0, "end": 1.3}, {"word": "me", "start": 2.0, "end": 2.3, "speaker": "CUSTOMER"}]}"#;
    assert_eq!(told(&plainly(words)), ["0-300 AGENT: hi", "1000-1300 unknown: who", "2000-2300 CUSTOMER: me"]);
    let chunks = r#"{"text": " hi who", "chunks": [{"text": " hi", "timestamp": [0.0, 0.3], "speaker": "AGENT"},
        {"text": " who", "timestamp": [1.0, 1.3]}]}"#;
    assert_eq!(told(&plainly(chunks)), ["0-300 AGENT: hi", "1000-1300 unknown: who"]);
}

#[test]
fn a_fault_in_a_list_of_words_says_which_word() {
    let words = r#"{"text": "Hi, who.", "words": [{"word": "Hi", "start": 0.0, "end": 0.3}, {"word": "who", "start": -1, "end": 1.3}]}"#;
    assert_eq!(fault(words).place.as_deref(), Some("words[1]"));
    assert_eq!(told(&plainly(&words.replace("-1", "1.0"))), ["0-1300 unknown: Hi, who."]);
}

#[test]
fn a_byte_order_mark_does_not_hide_what_whisper_cpp_wrote() {
    let marked = [&b"\xef\xbb\xbf"[..], CPP].concat();
    let read = |bytes: &[u8]| read("x", bytes, &ReadOptions::default()).unwrap().remove(0).call;
    assert_eq!(read(&marked), read(CPP));
}
