//! AssemblyAI: speakers, channels, masks, seconds where milliseconds are due, jobs that are not done.

use super::faults::says;
use super::{plainly, reading, told};
use grille_evidence::call::WordKind;

const SPEAKERS: &str = include_str!("../fixtures/assemblyai.json");
const CHANNELS: &str = include_str!("../fixtures/assemblyai_channels.json");

#[test]
fn words_have_speakers_and_masks() {
    let call = plainly(SPEAKERS);
    assert_eq!(told(&call), ["170-1600 A: Good morning, #### speaking.", "4200-5140 B: Yes, hello."]);
    assert_eq!((call.locale.as_deref(), call.end_ms), (Some("en-US"), Some(5140)));
    let words = &call.segments[0].words;
    assert_eq!((words[2].kind, words[2].confidence_thousandths), (WordKind::Redacted, None));
    assert_eq!(words[0].confidence_thousandths, Some(994));
    assert!(!call.source.overlap && call.source.punctuation);
    let spelled = plainly(&SPEAKERS.replace("\"####\"", "\"#,\""));
    assert_eq!(spelled.segments[0].words[2].kind, WordKind::Redacted);
}

#[test]
fn channels_may_overlap_and_punctuation_of_its_own_is_no_word() {
    let reading = reading(CHANNELS);
    assert_eq!(told(&reading.call), ["100-600 channel 1: Bonjour.", "500-850 channel 2: Oui?"]);
    assert!(reading.call.source.overlap);
    assert_eq!(reading.channels.get("channel 2"), Some(&2));
}

#[test]
fn words_without_a_speaker_take_that_of_the_utterance_around_them() {
    let (utterances, _) = CHANNELS.split_once(" \"words\": [\n").unwrap();
    let only = format!("{} }}", utterances.trim_end().trim_end_matches(','));
    let only = only.replace(", \"speaker\": \"2\", \"channel\": \"2\"}", "}");
    assert_eq!(told(&plainly(&only)), ["100-600 channel 1: Bonjour.", "500-850 channel 2: Oui?"]);
    let sentences = only.replace("\"utterances\"", "\"sentences\"");
    assert_eq!(told(&plainly(&sentences)), told(&plainly(&only)));
    says(&sentences, "\"start\": 850", "\"start\": 950", "sentences[1].words[1]", "before it starts");
}

#[test]
fn voices_on_channels_are_told_apart() {
    let voices = CHANNELS
        .replace("\"speaker\": \"1\"", "\"speaker\": \"1A\"")
        .replace("\"speaker\": \"2\"", "\"speaker\": \"A\"");
    assert_eq!(told(&plainly(&voices)), ["100-600 1A: Bonjour.", "500-850 A: Oui?"]);
    let one = CHANNELS
        .replace("\"speaker\": \"1\"", "\"speaker\": \"A\"")
        .replace("\"speaker\": \"2\"", "\"speaker\": \"A\"");
    assert_eq!(told(&plainly(&one)), ["100-600 channel 1 speaker A: Bonjour.", "500-850 channel 2 speaker A: Oui?"]);
}

#[test]
fn seconds_are_found_out() {
    says(SPEAKERS, "\"end\": 400", "\"end\": 0.4", "words[0]", "seems to be in seconds");
    says(
        SPEAKERS,
        "\"start\": 170, \"end\": 400",
        "\"start\": 170.0, \"end\": 4.005e2",
        "words[0]",
        "whole milliseconds",
    );
}

#[test]
fn what_is_not_done_is_said() {
    says(SPEAKERS, "\"completed\"", "\"processing\"", "status", "`processing`");
    let failed =
        r#"{"id": "x", "status": "error", "error": "no audio", "audio_url": "u", "words": null, "text": null}"#;
    says(failed, "no audio", "no sound", "status", "failed: no sound");
    let wordless =
        r#"{"id": "x", "status": "completed", "words": null, "utterances": null, "text": "hello", "audio_url": "u"}"#;
    says(wordless, "hello", "hello you", "words", "no `words`");
}

#[test]
fn a_channel_on_which_nobody_speaks_is_a_channel() {
    let alone = r#"{"status": "completed", "multichannel": true, "audio_channels": 2, "text": "Oui.", "words": [
        {"text": "Oui.", "start": 500, "end": 850, "confidence": 0.8, "speaker": "2", "channel": "2"}]}"#;
    let call = plainly(alone);
    assert_eq!(told(&call), ["500-850 channel 2: Oui."]);
    assert!(call.source.overlap);
}
