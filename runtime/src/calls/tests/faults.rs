//! What is said of a file that cannot be used: each test one mistake.

use super::{AMAZON, HARPER_VALLEY, OWN, OWN_EVENTS, SIMSAMU, machine};
use crate::calls::{ReadOptions, Roles, Whose, read};
use crate::fault::Fault;
use grille_evidence::call::Role;

fn fault_with(text: &str, options: &ReadOptions) -> Fault {
    read("x.json", text.as_bytes(), options).unwrap_err()
}

pub(super) fn fault(text: &str) -> Fault {
    fault_with(text, &ReadOptions::default())
}

/// A fixture with one thing changed.
fn changed(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

pub(super) fn says(text: &str, from: &str, to: &str, place: &str, what: &str) {
    let fault = fault(&changed(text, from, to));
    assert_eq!(fault.subject, "x.json");
    assert_eq!(fault.place.as_deref(), Some(place), "{fault}");
    assert!(fault.what.contains(what), "{fault}");
    assert!(fault.mend.is_some(), "{fault}");
}

#[test]
fn an_unknown_format_lists_the_formats_that_are_read() {
    for text in ["", "  \n", "WEBVT\n\n", "hello", "[]", "[1]", "[[]]", "{}", r#"{"a": 1}"#, "\u{feff}", "3"] {
        let mend = fault(text).mend.unwrap();
        assert!(mend.contains("grille call") && mend.contains("Harper Valley") && mend.contains("SIMSAMU"), "{mend}");
    }
    assert!(fault(r#"{"a": [], "b": 0}"#).what.contains("holds `a`, `b`"));
    assert!(fault(r#"{"agent": 1, "caller": 1, "tasks": []}"#).what.contains("Harper Valley metadata"));
}

#[test]
fn broken_json_is_placed_by_line_and_column() {
    let fault = fault("{\n  \"grille_call\": 1,\n  \"id\"\n}");
    assert_eq!(fault.place.as_deref(), Some("line 4, column 1"));
    assert!(fault.what.contains("the JSON is broken"), "{fault}");
    let (cut, _) = OWN.split_at(OWN.len() / 2);
    assert!(read("x", cut.as_bytes(), &ReadOptions::default()).is_err());
}

#[test]
fn the_wrong_type_is_said_in_plain_words() {
    says(OWN, "\"end_ms\": 9000", "\"end_ms\": 9000.5", "line 19, column 18", "expected a whole number");
    says(OWN, "\"end_ms\": 9000", "\"end_ms\": \"9 s\"", "line 19, column 17", "found string \"9 s\"");
    says(OWN, "\"role\": \"agent\"", "\"role\": \"boss\"", "line 15, column 36", "unknown value `boss`");
    says(OWN, "\"subject\"", "\"sujet\"", "line 18, column 9", "unknown field `sujet`");
}

#[test]
fn another_version_of_the_format_is_named() {
    says(OWN, "\"grille_call\": 1", "\"grille_call\": 2", "grille_call", "version 2");
}

#[test]
fn speakers_are_unique_known_and_named() {
    says(OWN, "\"id\": \"0612\"", "\"id\": \"Sophie\"", "speakers[1].id", "two speakers `Sophie`");
    says(OWN, "\"id\": \"0612\"", "\"id\": \" \"", "speakers[1].id", "empty");
    says(OWN, "\"id\": \"0612\"", "\"id\": \"0613\"", "segments[1].speaker", "`0612`");
    says(OWN, "\"id\": \"appel-1\"", "\"id\": \"a\\n1\"", "id", "control character");
    says(OWN, "\"subject\": \"Sophie\"", "\"subject\": \"Anne\"", "subject", "`Anne`");
    says(OWN, "\"subject\": \"Sophie\"", "\"subject\": \"0612\"", "subject", "role `customer`");
}

#[test]
fn words_lie_in_their_segments_in_order_and_last_a_millisecond() {
    says(OWN, "\"start_ms\": 1600", "\"start_ms\": 900", "segments[0].words[1]", "not inside its segment");
    says(
        OWN,
        "\"start_ms\": 1000, \"end_ms\": 1500",
        "\"start_ms\": 1700, \"end_ms\": 1800",
        "segments[0].words[1]",
        "before the word before it",
    );
    says(OWN, "\"end_ms\": 1500", "\"end_ms\": 1000", "segments[0].words[0]", "ends at 1000 ms and starts at 1000 ms");
    says(OWN, "\"start_ms\": 1000,\n", "\"start_ms\": -1,\n", "segments[0]", "24 hours");
    says(OWN, "\"end_ms\": 9000", "\"end_ms\": 86400001", "end_ms", "24 hours");
    says(OWN, "\"end_ms\": 9000", "\"end_ms\": 7000", "end_ms", "something at 8000 ms");
    says(
        OWN,
        "\"start_ms\": 1600, \"end_ms\": 2200, ",
        "\"end_ms\": 2200, ",
        "segments[0].words[1]",
        "lacks the other",
    );
    says(OWN, "\"measured\"", "\"spread\"", "segments[0].words[0]", "time of its own");
    says(OWN, "\"text\": \"[NOM]\"", "\"text\": \"\"", "segments[1].words[0].text", "no text");
}

#[test]
fn a_source_says_what_it_carries() {
    says(OWN, "\"confidences\": true", "\"confidences\": false", "segments[0].words[0]", "carries none");
    says(OWN, "\": 991", "\": 1001", "segments[0].words[0].confidence_thousandths", "more than 1000");
    says(OWN, "[\"hold\", \"answered\"]", "[\"answered\"]", "events[1]", "`hold`");
}

#[test]
fn events_have_the_fields_of_their_kind_that_the_source_carries() {
    let changed = |from: &str, to: &str, place: &str, what: &str| says(OWN_EVENTS, from, to, place, what);
    changed("{ \"by\": \"0612\" }", "{ \"to\": \"x\" }", "events[3].fields", "`hung up` has no field `to`");
    changed("{ \"by\": \"0612\" }", "{ \"reason\": \"x\" }", "events[3].fields", "not among those");
    changed("{ \"by\": \"0612\" }", "{ \"by\": \"0613\" }", "events[3].fields.by", "`0613` is not among the speakers");
    changed("\"12#\"", "\"1 2\"", "events[1].fields.digits", "not on a telephone");
    changed("\"recherche\"", "\" \"", "events[0].fields.reason", "empty");
    changed("\"Facturation\"", "\"a\\nb\"", "events[2].fields.to", "control character");
    changed("\"hold\": [\"reason\"]", "\"hold\": [\"digits\"]", "source.fields", "`hold` has no field `digits`");
    changed("\"warm\"", "\"hot\"", "line 16, column 90", "unknown value `hot`");
}

#[test]
fn events_of_declared_kinds_are_listed_by_the_source_with_their_fields() {
    let changed = |from: &str, to: &str, place: &str, what: &str| says(OWN_EVENTS, from, to, place, what);
    changed("\"kind\": \"crm_note\"", "\"kind\": \"crm_notes\"", "own_events[0]", "`crm_notes` is not among those");
    changed("\"category\": \"plainte\"", "\"colour\": \"red\"", "own_events[0].fields.colour", "`colour` is not among");
    changed("\"plainte\"", "\"\"", "own_events[0].fields.category", "empty");
    changed("\"duration_ms\": 400", "\"duration_ms\": -1", "own_events[0].fields.length", "less than nothing");
    changed("\"start_ms\": 500, \"end_ms\": 900", "\"start_ms\": 900, \"end_ms\": 500", "own_events[0]", "");
    changed("\"survey_sent\": []", "\"Hung_Up\": []", "source.own_events.Hung_Up", "which every call can hold");
    changed("\"id\": \"appel-2\",", "\"id\": \"appel-2\", \"end_ms\": 4000,", "end_ms", "something at 4001 ms");
    changed("\"survey_sent\": []", "\" \": []", "source.own_events", "");
}

#[test]
fn attributes_are_listed_by_the_source_and_say_something() {
    let changed = |from: &str, to: &str, place: &str, what: &str| says(OWN_EVENTS, from, to, place, what);
    changed("\"vip\": true", "\"vpi\": true", "attributes.vpi", "`vpi` is not among those");
    changed("\"Support\"", "\"\"", "attributes.file", "empty");
    changed("\"duration_ms\": 12500", "\"duration_ms\": -1", "attributes.attente", "less than nothing");
    changed("\"vip\": true", "\"file\": true", "line 24, column 35", "`file` is given twice");
    changed("\"essais\": 3", "\"essais\": 3.5", "line 24, column 110", "found the number `3.5`");
    changed("\"duration_ms\": 12500", "\"minutes\": 3", "line 24, column 63", "unknown field `minutes`");
    let many: Vec<String> = (0..257).map(|n| format!("\"a{n}\": 1")).collect();
    let call = changed_whole(&many.join(", "));
    assert!(fault(&call).what.contains("at most 256"), "{}", fault(&call));
    let long = "x".repeat(1001);
    changed("\"Support\"", &format!("\"{long}\""), "attributes.file", "longer than 1000 characters");
}

/// The call with these attributes and no others.
fn changed_whole(attributes: &str) -> String {
    let (before, _) = OWN_EVENTS.split_once("\"attributes\": {").unwrap();
    format!("{before}\"attributes\": {{ {attributes} }} }}")
}

#[test]
fn roles_are_given_once_and_to_speakers_who_are_there() {
    let given = |roles: &[(&str, Role)]| {
        let roles = roles.iter().map(|(id, role)| (Whose::parse(id), *role)).collect();
        let roles = Roles { given: roles, swap: false };
        fault_with(SIMSAMU, &ReadOptions { roles, ..ReadOptions::default() }).to_string()
    };
    assert!(given(&[("medcin", Role::Agent)]).contains("its speakers: medecin, patient, ambulance"));
    assert!(given(&[("medecin", Role::Agent), ("medecin", Role::Bot)]).contains("two roles"));
}

#[test]
fn faults_in_amazon_files_name_the_item() {
    says(AMAZON, "\"EndOffsetMillis\": 330", "\"EndOffsetMillis\": 30", "Transcript[0].Items[0]", "before it starts");
    says(AMAZON, "0.9985", "99.85", "Transcript[0].Items[0]", "99.85 is not between 0 and 1");
    says(AMAZON, "\"pronunciation\"", "\"song\"", "Transcript[0].Items[0]", "`song`");
}

#[test]
fn faults_in_harper_valley_files_name_the_segment() {
    says(HARPER_VALLEY, "\"offset_ms\": 3000", "\"offset_ms\": 1590862376923", "[1]", "24 hours");
    says(HARPER_VALLEY, "\"offset_ms\": 3000", "\"offset_ms\": -3", "[1]", "-3 ms");
    let shorter = changed(HARPER_VALLEY, "[100, 200, 300, 0]", "[100, 200]");
    let fault = fault_with(&shorter, &machine());
    assert_eq!(fault.place.as_deref(), Some("[0]"));
    assert!(fault.what.contains("4 words in `transcript`, 4 offsets and 2 durations"), "{fault}");
    let late = changed(HARPER_VALLEY, "\"offset_ms\": 3000", "\"offset_ms\": 86400000");
    assert!(fault_with(&late, &machine()).what.contains("24 hours"));
    says(HARPER_VALLEY, "\"human_transcript\": \"hi <unk>\", ", "", "[1]", "no `human_transcript`");
}

#[test]
fn faults_in_simsamu_files_name_the_term() {
    says(SIMSAMU, "\"PUNCTUATION\"", "\"NOISE\"", "monologues[0].terms[4]", "`NOISE`");
    says(SIMSAMU, "\"end\": 1.5005", "\"end\": 0.1", "monologues[0]", "before it starts");
    says(SIMSAMU, "\"end\": 1.5005", "\"end\": 1e99", "monologues[0]", "1e99 s");
    says(SIMSAMU, "\"end\": 1.5005", "\"end\": \"1.5\"", "line 5, column 92", "expected a number");
}

#[test]
fn a_file_that_is_too_large_is_not_looked_at() {
    let bytes = vec![0u8; crate::calls::MOST_BYTES + 1];
    assert!(read("x", &bytes, &ReadOptions::default()).unwrap_err().what.contains("256 MiB"));
}
