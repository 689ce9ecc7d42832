//! Deepgram: channels, speakers of words, models without punctuation.

use super::faults::says;
use super::{noted, plainly, reading, roles, told};
use grille_evidence::call::{TimeOrigin, WordKind, WordOrigin};

const MONO: &str = include_str!("../fixtures/deepgram.json");
const CHANNELS: &str = include_str!("../fixtures/deepgram_two_channels.json");

#[test]
fn turns_part_where_the_words_change_hands() {
    let call = plainly(MONO);
    assert_eq!(
        told(&call),
        [
            "40-1440 speaker 0: Hello, [NAME_1] speaking.",
            "2000-2001 speaker 1: Hi.",
            "2500-3300 speaker 0: Can you hear me?"
        ]
    );
    assert_eq!(roles(&call), [("speaker 0", None), ("speaker 1", None)]);
    assert_eq!((call.locale.as_deref(), call.end_ms), (Some("en"), Some(9500)));
    let words = &call.segments[0].words;
    assert_eq!((words[0].confidence_thousandths, words[1].kind), (Some(988), WordKind::Redacted));
    let source = &call.source;
    assert_eq!((source.words, source.times), (WordOrigin::Recognised, TimeOrigin::Measured));
    assert!(source.confidences && source.punctuation && !source.overlap);
    assert_eq!(
        noted(MONO),
        [
            "1 word that lasts 0 ms, at results.channels[0].alternatives[0].words[3]: taken to last 1 ms, the least that anything lasts"
        ]
    );
}

#[test]
fn channels_are_heard_at_once_and_models_without_punctuation_say_so() {
    let reading = reading(CHANNELS);
    assert_eq!(told(&reading.call), ["200-1600 channel 0: bonjour je vous écoute", "1000-1900 channel 1: oui bonjour"]);
    assert!(reading.call.source.overlap && !reading.call.source.punctuation);
    assert_eq!(reading.channels.get("channel 1"), Some(&1));
}

#[test]
fn voices_on_channels_are_named_after_both() {
    let both = CHANNELS.replace("\"confidence\": 0.9}", "\"confidence\": 0.9, \"speaker\": 0}");
    assert_eq!(roles(&plainly(&both)), [("channel 0 speaker 0", None), ("channel 1 speaker 0", None)]);
}

#[test]
fn a_word_that_nobody_is_given_is_nobodys() {
    let call = plainly(&MONO.replacen("\"speaker\": 1, \"speaker_confidence\": 0.3, ", "", 1));
    assert_eq!(told(&call)[1], "2000-2001 unknown: Hi.");
}

#[test]
fn utterances_are_read_where_channels_hold_no_words() {
    let words =
        r#"[{"word": "hi", "start": 1.0, "end": 1.2, "speaker": 1}, {"word": "you", "start": 1.2, "end": 1.4}]"#;
    let file = format!(
        r#"{{"metadata": {{}}, "results": {{"channels": [{{"alternatives": []}}], "utterances": [{{"channel": 0, "speaker": 0, "words": {words}}}]}}}}"#
    );
    assert_eq!(told(&plainly(&file.replace("[]", "[{}]"))), ["1000-1200 speaker 1: hi", "1200-1400 speaker 0: you"]);
}

#[test]
fn one_alternative_by_itself_is_read() {
    let alone = r#"{"transcript": "Hi.", "confidence": 0.9, "words": [{"word": "hi", "start": 1, "end": 1.5, "confidence": 1, "punctuated_word": "Hi."}]}"#;
    assert_eq!(told(&plainly(alone)), ["1000-1500 unknown: Hi."]);
}

#[test]
fn a_text_that_says_more_than_its_words_is_noted() {
    let longer = MONO.replace("Can you hear me?\"", "Can you hear me? I cannot.\"");
    assert!(noted(&longer)[0].contains("1 text with more words than the list beside it"), "{:?}", noted(&longer));
    assert!(reading(&longer).notes.is_partial() && !reading(MONO).notes.is_partial());
}

#[test]
fn faults_name_the_word() {
    let place = "results.channels[0].alternatives[0].words[0]";
    says(MONO, "\"end\": 0.5,", "\"end\": 0.03,", place, "before it starts");
    says(MONO, "0.9876", "98.76", place, "98.76 is not between 0 and 1");
    let lost =
        r#"{"metadata": {}, "results": {"channels": [{"alternatives": [{"transcript": "hello", "words": []}]}]}}"#;
    says(lost, "hello", "hello you", "results.channels[0].alternatives[0]", "no `words`");
    let nobody = super::faults::fault(&lost.replace("hello", ""));
    assert!(nobody.what.contains("there are no words"), "{nobody}");
}

#[test]
fn messages_of_a_stream_are_one_call() {
    let message = |channel: usize, start: &str, end: &str, word: &str, last: bool| {
        format!(
            r#"{{"type": "Results", "channel_index": [{channel}, 2], "is_final": {last}, "channel": {{"alternatives": [{{"transcript": "…", "words": [
                {{"word": "{word}", "start": {start}, "end": {end}, "confidence": 0.9, "punctuated_word": "{word}."}}]}}]}}}}"#
        )
        .replace('\n', "")
    };
    let messages = [
        message(0, "0.5", "0.9", "he", false),
        message(0, "0.5", "1.0", "hello", true),
        message(1, "0.8", "1.2", "hi", true),
        r#"{"type": "UtteranceEnd", "channel": [0, 2], "last_word_end": 1.0}"#.to_owned(),
        message(0, "2.0", "2.5", "bye", true),
    ];
    let file = messages.join("\n");
    let read = reading(&file);
    assert_eq!(told(&read.call), ["500-2500 channel 0: hello. bye.", "800-1200 channel 1: hi."]);
    assert!(read.call.source.overlap);
    assert!(noted(&file)[0].contains("not final yet, at [0]"), "{:?}", noted(&file));
    assert_eq!(told(&plainly(&messages[4])), ["2000-2500 unknown: bye."]);
    says(&file, "\"end\": 1.2", "\"end\": 0.2", "[2].channel.alternatives[0].words[0]", "before it starts");
}

#[test]
fn the_answer_inside_what_a_library_returns_is_read() {
    let wrapped = format!("{{\"result\": {MONO}, \"error\": null}}");
    assert_eq!(plainly(&wrapped), plainly(MONO));
}
