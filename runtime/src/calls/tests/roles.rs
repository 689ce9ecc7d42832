//! Who gets which role: by channel, by exchange, by a mapping; and that nobody gets one in silence.

use super::{AMAZON, HARPER_VALLEY, SIMSAMU, reading_with, roles};
use crate::calls::{ReadOptions, Reading, RoleMap, Roles, Whose, read};
use grille_evidence::call::Role;

fn given(whose: &str, role: Role) -> Roles {
    Roles { given: vec![(Whose::parse(whose), role)], swap: false }
}

fn with(text: &str, roles: Roles) -> Reading {
    reading_with(text, &ReadOptions { roles, ..ReadOptions::default() })
}

fn fault(text: &str, roles: Roles) -> String {
    let options = ReadOptions { roles, ..ReadOptions::default() };
    read("x.json", text.as_bytes(), &options).unwrap_err().to_string()
}

fn mapped(map: &str) -> Reading {
    let map = RoleMap::read("roles.json", map.as_bytes(), None).unwrap();
    reading_with(SIMSAMU, &ReadOptions { role_map: Some(map), ..ReadOptions::default() })
}

#[test]
fn a_channel_stands_for_whoever_is_heard_on_it() {
    let call = with(HARPER_VALLEY, given("channel:1", Role::Colleague)).call;
    assert_eq!(roles(&call), [("agent", Some(Role::Agent)), ("caller", Some(Role::Colleague))]);
    let said = fault(HARPER_VALLEY, given("channel:7", Role::Agent));
    assert!(said.contains("channel 7, on which nobody") && said.contains("caller (channel:1)"), "{said}");
}

#[test]
fn agent_and_customer_are_exchanged_where_there_are_any() {
    let call = with(AMAZON, Roles { given: Vec::new(), swap: true }).call;
    assert_eq!(roles(&call), [("AGENT", Some(Role::Customer)), ("CUSTOMER", Some(Role::Agent))]);
    let nobody = SIMSAMU.replace("medecin", "un").replace("patient", "deux");
    assert!(fault(&nobody, Roles { given: Vec::new(), swap: true }).contains("nothing to swap"));
}

#[test]
fn the_first_pattern_that_fits_gives_roles_else_the_default_does() {
    let first = mapped(
        r#"{ "calls": [{ "call": "fix*", "roles": { "ambulance": "colleague" } },
                       { "call": "*", "roles": { "ambulance": "bot" } }], "default": { "ambulance": "other" } }"#,
    );
    assert_eq!(roles(&first.call)[2], ("ambulance", Some(Role::Colleague)));
    let file = mapped(r#"{ "calls": [{ "call": "calls/*.json", "roles": { "ambulance": "bot" } }] }"#);
    assert_eq!(roles(&file.call)[2], ("ambulance", Some(Role::Bot)));
    let default = mapped(r#"{ "calls": [{ "call": "other", "roles": {} }], "default": { "ambulance": "other" } }"#);
    assert_eq!(roles(&default.call)[2], ("ambulance", Some(Role::Other)));
}

#[test]
fn a_mapping_that_speaks_of_somebody_else_is_noted() {
    let reading = mapped(r#"{ "default": { "channel:1": "agent" } }"#);
    let notes: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
    let told = "the mapping gives the role agent to `channel:1`, who is not in this call";
    assert!(notes.iter().any(|note| note == told), "{notes:?}");
    assert_eq!(roles(&reading.call)[0], ("medecin", Some(Role::Agent)));
}

#[test]
fn a_mapping_that_is_none_says_how_one_is_written() {
    for text in ["", "[]", r#"{ "calls": {} }"#, r#"{ "calls": [{ "call": "a", "roles": { "x": "boss" } }] }"#] {
        let fault = RoleMap::read("roles.json", text.as_bytes(), None).unwrap_err();
        assert_eq!(fault.subject, "roles.json");
        assert!(fault.mend.as_ref().is_some_and(|mend| mend.contains("\"spk_0\": \"agent\"")), "{text}: {fault}");
    }
}
