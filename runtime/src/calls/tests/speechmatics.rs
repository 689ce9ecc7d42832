//! Speechmatics: batch and real time, entities as they were said, channels.

use super::faults::says;
use super::{noted, plainly, reading, told};

const BATCH: &str = include_str!("../fixtures/speechmatics.json");
const MESSAGES: &str = include_str!("../fixtures/speechmatics_messages.jsonl");

#[test]
fn entities_are_read_as_they_were_said() {
    let call = plainly(BATCH);
    assert_eq!(told(&call), ["1410-1830 S1: Hello.", "2000-3000 S2: At ten fifteen?", "14000-14500 unknown: Bye"]);
    assert_eq!((call.locale.as_deref(), call.end_ms), (Some("en-GB"), Some(15_000)));
    assert_eq!(call.segments[0].words[0].confidence_thousandths, Some(870));
    let written = BATCH.replace("spoken_form", "spoken");
    assert_eq!(told(&plainly(&written))[1], "2000-3000 S2: At 10:15?");
}

#[test]
fn final_messages_of_a_session_are_one_call() {
    let call = plainly(MESSAGES);
    assert_eq!(told(&call), ["30-2040 S1: That's it.", "3000-3200 S2: I know"]);
    assert_eq!(noted(MESSAGES), ["1 message that was not final yet, at [1]: left out; the final ones say the same"]);
    let list = format!("[{}]", MESSAGES.trim().replace('\n', ","));
    assert_eq!(plainly(&list), call);
    let one = MESSAGES.lines().nth(3).unwrap();
    assert_eq!(told(&plainly(one)), ["3000-3200 S2: I know"]);
}

#[test]
fn punctuation_in_the_next_message_stands_after_the_word_before_it() {
    let parted = MESSAGES.replace(
        "}, {\"type\": \"punctuation\", \"start_time\": 2.04",
        "}]}\n{\"message\": \"AddTranscript\", \"results\": [{\"type\": \"punctuation\", \"start_time\": 2.04",
    );
    assert_ne!(parted, MESSAGES);
    assert_eq!(told(&plainly(&parted)), told(&plainly(MESSAGES)));
}

#[test]
fn channels_are_told_apart_and_may_overlap() {
    let mut channels = BATCH.to_owned();
    for (start, channel) in [
        ("1.41", "agent"),
        ("1.83", "agent"),
        ("2.0", "channel_2"),
        ("2.2", "channel_2"),
        ("3.0", "channel_2"),
        ("14.0", "channel_2"),
    ] {
        let place = format!("\"start_time\": {start}, \"end_time\"");
        channels = channels.replace(&place, &format!("\"channel\": \"{channel}\", {place}"));
    }
    let read = reading(&channels);
    assert_eq!(
        told(&read.call),
        ["1410-1830 agent S1: Hello.", "2000-3000 channel_2 S2: At ten fifteen?", "14000-14500 channel_2: Bye"]
    );
    assert!(read.call.source.overlap);
    assert_eq!((read.channels.get("channel_2 S2"), read.channels.get("agent S1")), (Some(&2), None));
}

#[test]
fn faults_name_the_result() {
    says(BATCH, "\"end_time\": 1.83,", "\"end_time\": 1.4,", "results[0]", "before it starts");
    says(BATCH, "\"type\": \"word\"", "\"type\": \"song\"", "results[0]", "`song`");
    says(
        BATCH,
        "\"alternatives\": [{\"confidence\": 0.87, \"content\": \"Hello\", \"language\": \"en\", \"speaker\": \"S1\"}]",
        "\"alternatives\": []",
        "results[0]",
        "no `alternatives`",
    );
    let broken = MESSAGES.replacen("\"AddTranscript\", ", "\"AddTranscript\" ", 1);
    says(&broken, "That's", "That", "line 3, column 29", "broken");
}

#[test]
fn a_channel_that_is_labelled_with_a_role_gives_it() {
    let labelled = BATCH.replacen("\"start_time\"", "\"channel\": \"Agent\", \"start_time\"", 1);
    let call = plainly(&labelled);
    assert!(
        super::roles(&call).contains(&("Agent S1", Some(grille_evidence::call::Role::Agent))),
        "{:?}",
        super::roles(&call)
    );
}
