//! Reading each format: what comes of it, and what is said where nothing can.

mod amazon;
mod assemblyai;
mod attributes;
mod azure;
mod captions;
mod deepgram;
mod faults;
mod genesys;
mod google;
mod held;
mod rev_ai;
mod roles;
mod rttm;
mod speechmatics;
mod units;
mod vcon;
mod watson;
mod whisper;
mod written;

use super::HarperValleyTranscript::{Human, Machine};
use super::{ReadOptions, Reading, Roles, Whose, canonical_bytes, hash, read, schema, validate};
use grille_evidence::attribute::AttributeValue;
use grille_evidence::call::{Call, EventKind, Role, TimeOrigin, Word, WordKind, WordOrigin};
use grille_evidence::event::{EventField, TransferKind};

pub(super) const OWN: &str = include_str!("fixtures/own.json");
pub(super) const OWN_EVENTS: &str = include_str!("fixtures/own_events.json");
pub(super) const AMAZON: &str = include_str!("fixtures/amazon.json");
pub(super) const HARPER_VALLEY: &str = include_str!("fixtures/harper_valley.json");
pub(super) const SIMSAMU: &str = include_str!("fixtures/simsamu.json");

/// The one reading of a file.
fn reading_with(text: &str, options: &ReadOptions) -> Reading {
    let mut readings = read("calls/fixture.json", text.as_bytes(), options).unwrap();
    assert_eq!(readings.len(), 1);
    readings.remove(0)
}

fn reading(text: &str) -> Reading {
    reading_with(text, &ReadOptions::default())
}

/// What is noted of how a file was read.
fn noted(text: &str) -> Vec<String> {
    reading(text).notes.iter().map(ToString::to_string).collect()
}

fn one(text: &str, options: &ReadOptions) -> Call {
    reading_with(text, options).call
}

fn plainly(text: &str) -> Call {
    one(text, &ReadOptions::default())
}

fn machine() -> ReadOptions {
    ReadOptions { harper_valley: Machine, ..ReadOptions::default() }
}

/// A call's segments, one a line: bounds, speaker, words with what follows them.
fn told(call: &Call) -> Vec<String> {
    let text = |word: &Word| format!("{}{}", word.text, word.after);
    let words = |words: &[Word]| words.iter().map(text).collect::<Vec<_>>().join(" ");
    call.segments.iter().map(|s| format!("{}-{} {}: {}", s.start_ms, s.end_ms, s.speaker, words(&s.words))).collect()
}

fn times(call: &Call) -> Vec<(Option<i32>, Option<i32>)> {
    call.segments.iter().flat_map(|segment| &segment.words).map(|word| (word.start_ms, word.end_ms)).collect()
}

fn roles(call: &Call) -> Vec<(&str, Option<Role>)> {
    call.speakers.iter().map(|speaker| (speaker.id.as_str(), speaker.role)).collect()
}

#[test]
fn our_own_format_is_read_as_it_is_written() {
    let call = plainly(OWN);
    assert_eq!(call.id, "appel-1");
    assert_eq!(call.subject.as_deref(), Some("Sophie"));
    assert_eq!(told(&call), ["1000-2200 Sophie: Bonjour, j'écoute.", "2400-2900 0612: [NOM]"]);
    assert_eq!(call.segments[0].words[0].confidence_thousandths, Some(991));
    assert_eq!(call.segments[1].words[0].kind, WordKind::Redacted);
    assert_eq!(call.events[1].kind, EventKind::Hold);
}

#[test]
fn events_say_more_of_themselves_and_calls_have_attributes() {
    let call = plainly(OWN_EVENTS);
    let fields: Vec<_> = call.events.iter().map(|event| event.fields.given().collect::<Vec<_>>()).collect();
    let expected: [&[EventField]; 4] =
        [&[EventField::Reason], &[EventField::Digits], &[EventField::To, EventField::Kind], &[EventField::By]];
    assert_eq!(fields, expected);
    assert_eq!(call.events[2].fields.kind, Some(TransferKind::Warm));
    assert_eq!(call.own_events[0].fields["length"], AttributeValue::Duration { duration_ms: 400 });
    assert_eq!((call.own_events[1].kind.as_str(), call.own_events[1].end_ms), ("survey_sent", None));
    assert_eq!(call.attributes["file"], AttributeValue::Text("Support".to_owned()));
    assert_eq!(call.attributes["attente"], AttributeValue::Duration { duration_ms: 12_500 });
    assert!(call.source.attributes.contains(&"langue".to_owned()) && !call.attributes.contains_key("langue"));
}

#[test]
fn what_was_written_before_fields_and_attributes_keeps_its_bytes() {
    let bytes = String::from_utf8(canonical_bytes(&plainly(OWN))).unwrap();
    assert!(!bytes.contains("fields") && !bytes.contains("attributes"), "{bytes}");
    let more = canonical_bytes(&plainly(OWN_EVENTS));
    assert_eq!(canonical_bytes(&plainly(std::str::from_utf8(&more).unwrap())), more);
}

#[test]
fn amazon_call_analytics_gives_timed_rated_and_redacted_words() {
    let call = plainly(AMAZON);
    assert_eq!(call.id, "fixture");
    assert_eq!(call.locale.as_deref(), Some("en-US"));
    assert_eq!(call.end_ms, Some(2000));
    assert_eq!(roles(&call), [("AGENT", Some(Role::Agent)), ("CUSTOMER", Some(Role::Customer))]);
    assert_eq!(told(&call), ["40-901 AGENT: Hello, [PII] speaking?", "860-1200 CUSTOMER: Hi."]);
    let words = &call.segments[0].words;
    let confidences: Vec<_> = words.iter().map(|word| word.confidence_thousandths).collect();
    assert_eq!(confidences, [Some(998), None, Some(250)]);
    assert_eq!((words[1].kind, words[2].kind), (WordKind::Redacted, WordKind::Plain));
    assert_eq!((words[2].start_ms, words[2].end_ms), (Some(900), Some(901)));
    let source = &call.source;
    assert_eq!((source.words, source.times), (WordOrigin::Recognised, TimeOrigin::Measured));
    assert!(source.confidences && source.overlap && source.punctuation && source.events.is_empty());
}

#[test]
fn the_human_transcript_of_harper_valley_is_spread_inside_its_segments() {
    let call = plainly(HARPER_VALLEY);
    assert_eq!(told(&call), ["2000-3500 agent: hello this is the bank", "3000-3600 caller: hi <unk>"]);
    assert_eq!(call.segments[1].words[1].kind, WordKind::Unknown);
    assert!(times(&call).iter().all(|times| *times == (None, None)));
    assert_eq!(roles(&call), [("agent", Some(Role::Agent)), ("caller", Some(Role::Customer))]);
    let source = &call.source;
    assert_eq!((source.words, source.times), (WordOrigin::Checked, TimeOrigin::Spread));
    assert!(source.overlap && !source.confidences && !source.punctuation && source.events.is_empty());
}

#[test]
fn the_machine_transcript_of_harper_valley_has_measured_times() {
    let call = one(HARPER_VALLEY, &machine());
    assert_eq!(told(&call), ["2150-3201 agent: hello <unk> bank", "3000-3600 caller: hi", "5000-5090 caller: yes"]);
    let expected = [(2150, 2350), (2400, 2700), (3200, 3201), (3000, 3600), (5000, 5090)];
    assert_eq!(times(&call), expected.map(|(start, end)| (Some(start), Some(end))));
    assert_eq!((call.source.words, call.source.times), (WordOrigin::Recognised, TimeOrigin::Measured));
    assert_eq!(call.source.format, "harper-valley");
}

#[test]
fn the_older_schemas_of_harper_valley_are_read() {
    for text in
        [include_str!("fixtures/harper_valley_older_a.json"), include_str!("fixtures/harper_valley_older_b.json")]
    {
        for options in [ReadOptions { harper_valley: Human, ..ReadOptions::default() }, machine()] {
            assert_eq!(told(&one(text, &options)), ["20-420 agent: hello"]);
        }
    }
}

#[test]
fn simsamu_gives_checked_words_whose_own_times_are_not_kept() {
    let call = plainly(SIMSAMU);
    let expected = ["200-1500 medecin: le quinze bonjour?", "2000-2750 patient: <unk>", "3002-3003 ambulance: oui"];
    assert_eq!(told(&call), expected);
    assert_eq!(call.segments[1].words[0].kind, WordKind::Unknown);
    assert!(times(&call).iter().all(|times| *times == (None, None)));
    assert_eq!(roles(&call), [("medecin", Some(Role::Agent)), ("patient", Some(Role::Customer)), ("ambulance", None)]);
    let source = &call.source;
    assert_eq!((source.words, source.times), (WordOrigin::Checked, TimeOrigin::Spread));
    assert!(source.punctuation && !source.overlap && !source.confidences && source.events.is_empty());
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let text = format!("\u{feff}{OWN}");
    assert_eq!(plainly(&text), plainly(OWN));
}

#[test]
fn the_reader_decides_id_and_roles() {
    let given = vec![(Whose::parse("ambulance"), Role::Other), (Whose::parse("medecin"), Role::Colleague)];
    let roles_given = Roles { given, swap: false };
    let options = ReadOptions { id: Some("77".to_string()), roles: roles_given, ..ReadOptions::default() };
    let call = one(SIMSAMU, &options);
    assert_eq!(call.id, "77");
    assert_eq!(roles(&call)[0], ("medecin", Some(Role::Colleague)));
    assert_eq!(roles(&call)[2], ("ambulance", Some(Role::Other)));
}

#[test]
fn an_id_is_the_files_name_without_folder_and_extension() {
    for (name, id) in [("a/b\\c.JSON", "c"), ("c", "c"), ("c.1", "c.1"), (".json", ".json"), ("a/3.1.json", "3.1")] {
        assert_eq!(read(name, AMAZON.as_bytes(), &ReadOptions::default()).unwrap()[0].call.id, id, "{name}");
    }
}

#[test]
fn two_agents_without_a_subject_are_a_valid_call() {
    let roles = Roles { given: vec![(Whose::parse("CUSTOMER"), Role::Agent)], swap: false };
    let options = ReadOptions { roles, ..ReadOptions::default() };
    assert!(validate(&one(AMAZON, &options)).is_ok());
}

#[test]
fn canonical_bytes_read_back_to_the_same_call_and_hash() {
    for (text, options) in [OWN, AMAZON, HARPER_VALLEY, SIMSAMU].map(|text| (text, machine())) {
        let call = one(text, &options);
        let bytes = canonical_bytes(&call);
        let again = read("other.json", &bytes, &ReadOptions::default()).unwrap();
        assert_eq!(again[0].call, call);
        assert_eq!(canonical_bytes(&again[0].call), bytes);
        assert_eq!(hash(&again[0].call), hash(&call));
    }
    let bytes = canonical_bytes(&plainly(OWN));
    assert!(
        String::from_utf8(bytes).unwrap().starts_with(r#"{"grille_call":1,"id":"appel-1","locale":"fr-FR","source":{"#)
    );
    assert_eq!(hash(&plainly(OWN)).len(), 64);
}

/// `UPDATE_SCHEMA=1 cargo test -p grille-runtime schema` writes the published schema anew.
#[test]
fn the_published_schema_is_that_of_the_call_format() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/call.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, schema()).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    assert!(published == schema(), "docs/call.schema.json is not up to date: run with UPDATE_SCHEMA=1");
}

#[test]
fn parts_that_touch_share_no_word_and_lose_none() {
    let whole = plainly(AMAZON);
    let words = |call: &Call| call.segments.iter().map(|s| s.words.len()).sum::<usize>();
    let starts: Vec<i32> = whole.segments.iter().flat_map(|s| &s.words).filter_map(|w| w.start_ms).collect();
    for at in starts.iter().flat_map(|start| [*start, start + 1]).filter(|at| *at > 0) {
        let sides = [super::cut(&whole, 0, at), super::cut(&whole, at, super::LATEST_MS)];
        let kept: usize = sides.iter().filter_map(|side| side.as_ref().ok()).map(words).sum();
        assert_eq!(kept, words(&whole), "cut at {at}");
        sides.iter().filter_map(|side| side.as_ref().ok()).for_each(|side| validate(side).unwrap());
    }
}

#[test]
fn a_part_without_anything_says_where_the_call_is() {
    let fault = super::cut(&plainly(OWN), 3_700_000, 3_800_000).unwrap_err();
    assert!(fault.what.contains("it goes from 0:00.9 to 0:09"), "{fault}");
    assert!(fault.mend.is_some());
}

#[test]
fn labels_that_are_taken_for_roles_and_words_of_no_length_are_noted() {
    let notes = noted(AMAZON);
    assert_eq!(notes[0], "the file's own label `AGENT` is taken for the role agent");
    let widened =
        "1 word that lasts 0 ms, at Transcript[0].Items[3]: taken to last 1 ms, the least that anything lasts";
    assert!(notes.iter().any(|note| note == widened), "{notes:?}");
    assert!(!reading(AMAZON).notes.is_partial());
}

#[test]
fn words_that_start_too_early_keep_their_place_and_lose_their_times() {
    let text = AMAZON.replacen("\"BeginOffsetMillis\": 900,", "\"BeginOffsetMillis\": 39,", 1);
    assert_ne!(text, AMAZON);
    let reading = reading(&text);
    assert_eq!(told(&reading.call)[0], "40-1700 AGENT: Hello, [PII] speaking?");
    assert_eq!(times(&reading.call)[..3], [(Some(40), Some(330)), (Some(400), Some(900)), (None, None)]);
    assert!(reading.notes.is_partial());
    assert!(noted(&text).iter().any(|note| note.starts_with("1 word that starts before one")), "{:?}", noted(&text));
}
