//! Attributes from tables: how cells become values, whose they are, and what is refused.

use super::{OWN_EVENTS, SIMSAMU, reading_with};
use crate::calls::{AttributeTable, ReadOptions, TableOptions};
use crate::fault::Fault;
use grille_evidence::attribute::{AttributeType, AttributeValue};

fn declared() -> Vec<(String, AttributeType)> {
    let one_of = AttributeType::OneOf(vec!["support".to_owned(), "sales".to_owned()]);
    [
        ("queue", one_of),
        ("vip", AttributeType::Boolean),
        ("wait", AttributeType::Duration),
        ("tries", AttributeType::Count),
        ("off", AttributeType::Share),
        ("opened", AttributeType::Date),
        ("number", AttributeType::Text),
    ]
    .map(|(name, ty)| (name.to_owned(), ty))
    .to_vec()
}

fn read(text: &str) -> Result<AttributeTable, Fault> {
    let declared = declared();
    AttributeTable::read("calls.csv", text.as_bytes(), TableOptions { declared: Some(&declared), ..Default::default() })
}

fn undeclared(text: &str) -> Result<AttributeTable, Fault> {
    AttributeTable::read("calls.csv", text.as_bytes(), TableOptions::default())
}

/// What the fixture's call is given by a table.
fn given(table: AttributeTable) -> Vec<(String, AttributeValue)> {
    let reading = reading_with(SIMSAMU, &ReadOptions { attributes: Some(table), ..ReadOptions::default() });
    reading.call.attributes.into_iter().collect()
}

fn values(table: AttributeTable) -> Vec<AttributeValue> {
    given(table).into_iter().map(|(_, value)| value).collect()
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::Text(text.to_owned())
}

fn duration(duration_ms: i64) -> AttributeValue {
    AttributeValue::Duration { duration_ms }
}

#[test]
fn cells_become_what_the_criteria_declare() {
    let table = read(
        "call,queue,vip,wait,tries,off,opened,number,agent name\n\
         fixture,Support,oui,12.5 s,3,\"12,5 %\",2026-01-15,0612,Sophie\n",
    )
    .unwrap();
    assert_eq!(table.passed_over, ["agent name"]);
    assert!(table.unfit.is_empty(), "{:?}", table.unfit);
    let expected = [
        ("number", text("0612")),
        ("off", AttributeValue::Share { share_thousandths: 12_500 }),
        ("opened", text("2026-01-15")),
        ("queue", text("Support")),
        ("tries", AttributeValue::Count(3)),
        ("vip", AttributeValue::Boolean(true)),
        ("wait", duration(12_500)),
    ];
    assert_eq!(given(table), expected.map(|(name, value)| (name.to_owned(), value)));
}

#[test]
fn durations_are_read_in_the_unit_that_cell_or_header_names() {
    for (header, cell, ms) in [
        ("wait", "250 ms", 250),
        ("wait", "1.5 min", 90_000),
        ("wait", "2 h", 7_200_000),
        ("wait", "0:01:30", 90_000),
        ("Wait (s)", "12,5", 12_500),
        ("wait [ms]", "40", 40),
        ("wait (s)", "3 min", 180_000),
    ] {
        let table = read(&format!("call;{header}\nfixture;{cell}\n")).unwrap();
        assert_eq!(values(table), [duration(ms)], "{header}: {cell}");
    }
}

#[test]
fn what_does_not_fit_stays_a_text_and_is_counted() {
    let table = read("call,wait,vip\nfixture,12,perhaps\nb,13,true\nc,14 s,no\n").unwrap();
    let unfit: Vec<_> =
        table.unfit.iter().map(|unfit| (unfit.name.as_str(), unfit.count, unfit.first.as_str())).collect();
    assert_eq!(unfit, [("wait", 2, "line 2: `12`"), ("vip", 1, "line 2: `perhaps`")]);
    assert_eq!(values(table), [text("perhaps"), text("12")]);
}

#[test]
fn without_criteria_values_are_what_they_look_like() {
    let table = undeclared("id\ta\tb\tc\td\te\tf\nfixture\ttrue\t3\t0612\t12 s\t5 %\toui\n").unwrap();
    let share = AttributeValue::Share { share_thousandths: 5000 };
    let expected =
        [AttributeValue::Boolean(true), AttributeValue::Count(3), text("0612"), duration(12_000), share, text("oui")];
    assert_eq!(values(table), expected);
}

#[test]
fn json_is_read_by_id_or_as_a_list() {
    let by_id = read(r#"{ "fixture": { "vip": true, "wait": { "duration_ms": 5 }, "tries": null, "number": 612 } }"#);
    let expected = [text("612"), AttributeValue::Boolean(true), duration(5)];
    assert_eq!(values(by_id.unwrap()), expected);
    let list = read(r#"[{ "call_id": "fixture", "vip": "yes" }, { "call_id": "b", "tries": 2.5 }]"#).unwrap();
    assert_eq!((list.id_column.as_str(), list.unfit.len()), ("call_id", 1));
    assert_eq!(values(list), [AttributeValue::Boolean(true)]);
}

#[test]
fn an_empty_cell_and_a_call_without_a_row_are_not_known() {
    let table = read("call,vip,queue\nfixture,,sales\nother,true,\n").unwrap();
    assert_eq!(table.ids().collect::<Vec<_>>(), ["fixture", "other"]);
    assert!(table.knows("fixture") && !table.knows("third"));
    let options = ReadOptions { attributes: Some(table), id: Some("third".to_owned()), ..ReadOptions::default() };
    let call = reading_with(SIMSAMU, &options).call;
    assert!(call.attributes.is_empty());
    assert_eq!(call.source.attributes, ["vip", "queue"], "the table would say it");
}

#[test]
fn what_a_table_says_replaces_what_the_call_says_and_is_noted() {
    let table = undeclared("call,vip\nappel-2,false\n").unwrap();
    let id = Some("appel-2".to_owned());
    let reading = reading_with(OWN_EVENTS, &ReadOptions { attributes: Some(table), id, ..ReadOptions::default() });
    assert_eq!(reading.call.attributes["vip"], AttributeValue::Boolean(false));
    assert!(reading.notes.iter().any(|note| note.to_string().contains("`vip` of the call's own file is replaced")));
}

#[test]
fn tables_that_cannot_be_meant_are_refused_with_place_and_mend() {
    for (table, place, what) in [
        ("call,vip\na,true\na,false\n", "line 3", "two rows of the call `a`, the first at line 2"),
        ("call,vip\n,true\n", "line 2", "`call` is empty"),
        ("call,vip\na\n", "line 2", "1 cells, and the header 2"),
        ("name,vip\na,true\n", "", "no column is named as one that holds the ids"),
        ("call,wait,wait (s)\na,1 s,2\n", "column `wait (s)`", "two columns give the attribute `wait`"),
        ("", "line 1", "empty"),
        ("{ \"a\": 3 }", "", "no object of calls"),
        ("{ \"a\": {", "line 1, column 8", "broken"),
    ] {
        let fault = read(table).unwrap_err();
        assert_eq!(fault.subject, "calls.csv");
        assert_eq!(fault.place.as_deref().unwrap_or(""), place, "{fault}");
        assert!(fault.what.contains(what) && fault.mend.is_some(), "{fault}");
    }
    let wanted = TableOptions { id: Some("nummer"), ..TableOptions::default() };
    let fault = AttributeTable::read("calls.csv", b"call,vip\n", wanted).unwrap_err();
    assert!(fault.to_string().contains("`nummer`") && fault.to_string().contains("`call`, `vip`"), "{fault}");
}
