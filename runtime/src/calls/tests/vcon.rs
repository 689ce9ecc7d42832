//! vCon: transcripts of any service inside, by content; parties and their roles; messages; what is refused.

use super::captions::WEBVTT;
use super::faults::fault;
use super::{AMAZON, SIMSAMU, noted, plainly, reading, roles, told};
use crate::calls::{ReadOptions, read};
use grille_evidence::call::{Role, TimeOrigin, WordOrigin};
use serde_json::{Value, json};

pub const VCON: &str = include_str!("../fixtures/vcon.json");

/// A vCon of one recording, two parties and these analyses.
fn with(analyses: &Value) -> String {
    let parties = json!([{ "name": "Sophie", "role": "agent" }, { "name": "Mrs Doe", "role": "customer" }]);
    let dialog = json!([{ "type": "recording", "start": "2026-07-14T08:30:00Z", "parties": [0, 1] }]);
    json!({ "vcon": "0.0.1", "uuid": "u", "parties": parties, "dialog": dialog, "analysis": analyses }).to_string()
}

fn transcript(body: &Value) -> String {
    with(&json!([{ "type": "transcript", "dialog": 0, "vendor": "any", "body": body }]))
}

/// The fixture, changed at a JSON pointer.
fn changed(pointer: &str, value: Value) -> String {
    let mut vcon: Value = serde_json::from_str(VCON).unwrap();
    *vcon.pointer_mut(pointer).unwrap() = value;
    vcon.to_string()
}

#[test]
fn its_own_transcripts_are_read_word_by_word_with_roles_by_name() {
    let call = plainly(VCON);
    assert_eq!(told(&call), ["1000-2000 Sophie: Hello, bank.", "2500-4000 Mrs Doe: card lost"]);
    assert_eq!(roles(&call), [("Sophie", Some(Role::Agent)), ("Mrs Doe", Some(Role::Customer))]);
    assert_eq!((call.id.as_str(), call.locale.as_deref()), ("0190f3c2-0000-8000-8000-000000000001", Some("en-GB")));
    assert_eq!((call.end_ms, call.source.format.as_str()), (Some(6000), "vcon/wtf"));
    assert!(call.source.confidences && call.source.times == TimeOrigin::Measured);
    let notes = noted(VCON);
    assert!(notes.iter().any(|note| note.starts_with("`Sophie` is party 0 of the vCon")), "{notes:?}");
}

#[test]
fn segments_are_read_where_the_words_are_missing() {
    let call = plainly(&changed("/analysis/1/body/words", json!([])));
    assert_eq!(told(&call), ["1000-2000 Sophie: Hello, bank.", "2500-4000 Mrs Doe: card lost"]);
    assert_eq!(call.source.times, TimeOrigin::Spread);
    let half = changed("/analysis/1/body/words", json!([{ "text": "Hello", "start": 1.0, "end": 1.4 }]));
    assert_eq!(plainly(&half).segments.len(), 2);
    assert!(noted(&half).iter().any(|note| note.contains("the segments hold more")));
    let unlisted = plainly(&changed("/analysis/1/body/segments/1/words", Value::Null));
    assert_eq!(told(&unlisted)[1], "2500-4000 Mrs Doe: card lost");
}

#[test]
fn any_services_transcript_is_known_by_its_content_in_every_dress() {
    for (body, encoding) in [
        (serde_json::from_str::<Value>(AMAZON).unwrap(), "json"),
        (json!(AMAZON), "json"),
        (json!(AMAZON), "none"),
        (json!(base64url(AMAZON)), "base64url"),
    ] {
        let analysis = json!([{ "type": "transcript", "dialog": [0], "body": body, "encoding": encoding }]);
        let call = plainly(&with(&analysis));
        assert_eq!(told(&call), told(&plainly(AMAZON)));
        assert_eq!(call.source.format, "vcon/amazon-call-analytics");
    }
    assert_eq!(told(&plainly(&transcript(&json!(WEBVTT)))), told(&plainly(WEBVTT)));
    let attached = json!({ "vcon": "0.0.2", "parties": [], "dialog": [],
        "attachments": [{ "purpose": "transcript", "body": serde_json::from_str::<Value>(SIMSAMU).unwrap() }] });
    assert_eq!(told(&plainly(&attached.to_string())), told(&plainly(SIMSAMU)));
}

fn base64url(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

#[test]
fn the_best_transcript_of_a_dialog_is_read_and_the_others_are_noted() {
    let body = serde_json::from_str::<Value>(AMAZON).unwrap();
    let two = with(&json!([
        { "type": "transcript", "dialog": 0, "body": WEBVTT },
        { "type": "transcript", "dialog": 0, "body": body },
        { "type": "transcript", "dialog": 0, "body": "no times here" },
    ]));
    assert_eq!(reading(&two).call.source.format, "vcon/amazon-call-analytics");
    let notes = noted(&two);
    assert!(notes.iter().any(|note| note.starts_with("analysis[0] is another transcript")), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("analysis[2].body, line 1")), "{notes:?}");
}

#[test]
fn transcripts_of_several_dialogs_are_several_calls() {
    let analyses = json!([
        { "type": "transcript", "dialog": 1, "body": WEBVTT },
        { "type": "transcript", "dialog": 0, "body": serde_json::from_str::<Value>(SIMSAMU).unwrap() },
    ]);
    let calls = read("day.vcon", with(&analyses).as_bytes(), &ReadOptions::default()).unwrap();
    let told: Vec<_> =
        calls.iter().map(|reading| (reading.call.id.as_str(), reading.call.source.format.as_str())).collect();
    assert_eq!(told, [("u#0", "vcon/simsamu"), ("u#1", "vcon/webvtt")]);
}

#[test]
fn messages_are_read_where_there_is_no_transcript() {
    let message = |start: &str, party: usize, body: &str| json!({ "type": "text", "start": start, "parties": [party, 1 - party], "mimetype": "text/plain", "body": body, "encoding": "none" });
    let mut vcon: Value = serde_json::from_str(&with(&json!([]))).unwrap();
    vcon["dialog"] = json!([
        message("2026-07-14T10:30:05.250+02:00", 1, "My card is lost."),
        message("Tue, 14 Jul 2026 08:30:00 +0000", 0, "Hello, how can I help?"),
        message("2026-07-14T08:31:00", 0, "Oh."),
    ]);
    let call = plainly(&vcon.to_string());
    let expected =
        ["5250-5251 Mrs Doe: My card is lost.", "0-1 Sophie: Hello, how can I help?", "60000-60001 Sophie: Oh."];
    assert_eq!(told(&call), expected);
    assert_eq!((call.source.words, call.source.times), (WordOrigin::Checked, TimeOrigin::Turns));
    assert_eq!(roles(&call), [("Mrs Doe", Some(Role::Customer)), ("Sophie", Some(Role::Agent))]);
    for (field, value, what, place) in [
        ("start", json!("yesterday"), "`yesterday` is no date and time", "dialog[1].start"),
        (
            "start",
            json!("2026-07-16T08:30:00Z"),
            "this message comes more than 24 hours after the first",
            "dialog[1].start",
        ),
        ("mimetype", json!("text/html"), "this message is no plain text", "dialog[1].mediatype"),
        ("body", Value::Null, "this message has no `body`", "dialog[1]"),
    ] {
        let mut bad = vcon.clone();
        bad["dialog"][1][field] = value;
        let fault = fault(&bad.to_string());
        assert!(
            fault.what.starts_with(what) && fault.place.as_deref() == Some(place) && fault.mend.is_some(),
            "{fault}"
        );
    }
}

#[test]
fn speakers_are_parties_by_their_name_or_role() {
    let own = json!({ "grille_call": 1, "id": "x", "source": { "format": "x", "words": "recognised", "confidences": false,
        "times": "spread", "overlap": true, "punctuation": false }, "speakers": [{ "id": "Mrs Doe" }, { "id": "agent" }],
        "segments": [{ "speaker": "Mrs Doe", "start_ms": 0, "end_ms": 10, "words": [{ "text": "hi" }] }] });
    let call = plainly(&transcript(&own));
    assert_eq!(roles(&call), [("Mrs Doe", Some(Role::Customer)), ("agent", Some(Role::Agent))]);
}

fn refuses(text: &str, what: &str, place: &str) {
    let fault = fault(text);
    let told = fault.what.starts_with(what) && fault.place.as_deref() == Some(place) && fault.mend.is_some();
    assert!(told, "{fault}\n{text}");
}

#[test]
fn what_holds_nothing_to_read_says_so_with_its_place() {
    let empty =
        |dialog: Value| json!({ "vcon": "0.0.1", "parties": [{}, {}], "dialog": dialog, "analysis": [] }).to_string();
    for (text, what, place) in [
        (
            r#"{"ciphertext": "x", "recipients": [], "iv": "x"}"#.to_owned(),
            "this vCon is encrypted (JWE)",
            "ciphertext",
        ),
        (r#"{"payload": "x", "signatures": []}"#.to_owned(), "this vCon is signed (JWS)", "payload"),
        (empty(json!(null)), "nothing was said in this vCon", "dialog"),
        (empty(json!("x")), "`dialog` is no list", "dialog"),
        (empty(json!([1])), "it is no object of a vCon", "dialog[0]"),
        (empty(json!([{ "type": "transfer" }])), "this vCon holds no transcript", "dialog"),
        (
            empty(json!([{ "type": "recording", "url": "https://example.org" }])),
            "this vCon holds no transcript; its recording is at a URL, which is never fetched",
            "dialog[0]",
        ),
        (
            empty(json!([{ "type": "recording", "body": "UklG", "encoding": "base64url" }])),
            "this vCon holds no transcript; its recording is inside",
            "dialog[0]",
        ),
        (
            empty(json!([{ "type": "recording", "parties": [0, 7] }])),
            "this vCon holds no transcript, and its recording names party 7 of 2",
            "dialog[0].parties",
        ),
    ] {
        refuses(&text, what, place);
    }
}

#[test]
fn a_transcript_that_cannot_be_read_says_so_with_its_place() {
    for (text, what, place) in [
        (
            with(&json!([{ "type": "transcript", "url": "https://example.org" }])),
            "the transcript is at a URL, which is never fetched",
            "analysis[0]",
        ),
        (with(&json!([{ "type": "transcript", "body": 1 }])), "`body` is neither a text nor JSON", "analysis[0]"),
        (
            with(&json!([{ "type": "transcript", "body": "&", "encoding": "base64url" }])),
            "`body` is not written in base64url",
            "analysis[0]",
        ),
        (
            transcript(&json!([{ "speaker": "Agent", "message": "hello" }])),
            "the transcript says what was said, and not when",
            "analysis[0].body",
        ),
        (
            transcript(&json!({ "transcript": "a\n\nb" })),
            "the transcript says what was said, and not when",
            "analysis[0].body",
        ),
        (transcript(&serde_json::from_str(VCON).unwrap()), "a vCon stands inside a vCon", "analysis[0].body"),
        (
            changed("/analysis/1/body/words/4/end", json!(1.0)),
            "it ends at 1000 ms, before it starts at 2500 ms",
            "analysis[1].body, words[4]",
        ),
    ] {
        refuses(&text, what, place);
    }
}

#[test]
fn speakers_are_parties_by_channel_where_each_party_has_one() {
    let two: Value = serde_json::from_str(include_str!("../fixtures/deepgram_two_channels.json")).unwrap();
    let reading = reading(&transcript(&two));
    let by_channel: Vec<_> = reading
        .call
        .speakers
        .iter()
        .filter_map(|speaker| Some((*reading.channels.get(&speaker.id)?, speaker.role?)))
        .collect();
    assert_eq!(by_channel, [(0, Role::Agent), (1, Role::Customer)]);
    // A recording of one channel on which both are heard tells nothing.
    let mixed = transcript(&two).replacen("\"parties\":[0,1]", "\"parties\":[[0,1]]", 1);
    assert!(roles(&plainly(&mixed)).iter().all(|(_, role)| role.is_none()));
}

/// What a service wrote as text is read inside a vCon as it would be by itself: one value a line, and JSON that is none.
#[test]
fn texts_that_are_mended_by_themselves_are_mended_here_too() {
    for (text, format) in [
        (include_str!("../fixtures/audiohook.jsonl"), "vcon/genesys-audiohook"),
        (include_str!("../fixtures/deepgram_live.jsonl"), "vcon/deepgram-live"),
        (include_str!("../fixtures/speechmatics_messages.jsonl"), "vcon/speechmatics"),
        (include_str!("../fixtures/amazon_call_analytics_stream.jsonl"), "vcon/amazon-call-analytics"),
    ] {
        let analyses = json!([{ "type": "transcript", "dialog": 0, "body": text }]);
        assert_eq!(reading(&with(&analyses)).call.source.format, format);
    }
}

#[test]
fn a_long_message_is_no_speech_and_one_name_for_two_names_nobody() {
    let message = |party: usize, body: &str| json!({ "type": "text", "start": "2026-07-14T08:30:00Z", "parties": [party, 1 - party], "mimetype": "text/plain", "body": body, "encoding": "none" });
    let mut vcon: Value = serde_json::from_str(&with(&json!([]))).unwrap();
    vcon["dialog"] = json!([message(0, "one two three four five six seven eight nine ten"), message(1, "yes")]);
    assert_eq!(plainly(&vcon.to_string()).segments[0].words.len(), 10);
    vcon["parties"] = json!([{ "name": "Sophie", "role": "agent" }, { "name": "Sophie", "role": "customer" }]);
    let call = plainly(&vcon.to_string());
    assert_eq!(roles(&call), [("party 0", Some(Role::Agent)), ("party 1", Some(Role::Customer))]);
}

#[test]
fn a_label_that_two_bear_names_nobody() {
    let text = r#"{"transcript": {"text": "a b", "language": "auto", "duration": 2, "confidence": 1},
        "segments": [{"id": 0, "start": 0, "end": 1, "text": "a", "confidence": 1, "speaker": "0"},
                     {"id": 1, "start": 1, "end": 2, "text": "b", "confidence": 1, "speaker": "1"}],
        "speakers": {"0": {"label": "Speaker"}, "1": {"label": "Speaker"}}}"#;
    let call = plainly(text);
    assert_eq!((told(&call), call.locale), (vec!["0-1000 0: a".to_owned(), "1000-2000 1: b".to_owned()], None));
}
