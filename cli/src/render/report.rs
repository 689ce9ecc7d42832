//! What became of a batch: read, partly read and why, refused and why, passed over. Knows nothing of formats.

use super::{ink, table::number_of};
use crate::intake::Report;
use grille_runtime::calls::AttributeTable;
use grille_runtime::fault::Fault;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// So many names are listed under one reason.
const MOST_NAMED: usize = 4;

/// The report; empty if every file was read whole and there is nothing to say.
pub fn render(report: &Report, attributes: Option<&AttributeTable>) -> String {
    let mut text = String::new();
    partly(report, &mut text);
    refused(report, &mut text);
    passed_over(report, &mut text);
    twice(report, &mut text);
    if let Some(table) = attributes {
        table_of(report, table, &mut text);
    }
    text
}

/// `62 files: 40 calls read, 12 of them partly; 10 files refused, 8 passed over`.
pub fn sum(report: &Report) -> String {
    let mut parts = vec![match report.partly.len() {
        0 => format!("{} read", number_of(report.calls, "call")),
        partly => format!("{} read, {partly} of them partly", number_of(report.calls, "call")),
    }];
    if !report.refused.is_empty() {
        parts.push(format!("{} refused", report.refused.len()));
    }
    if !report.passed_over.is_empty() {
        parts.push(format!("{} passed over", report.passed_over.len()));
    }
    format!("{}: {}\n", number_of(report.files, "file"), parts.join(", "))
}

fn heading(text: &mut String, heading: &str) {
    text.push_str(&format!("\n{}\n", ink::strong(heading)));
}

fn named(names: &[String], text: &mut String) {
    for name in names.iter().take(MOST_NAMED) {
        text.push_str(&format!("      {}\n", ink::faint(name)));
    }
    match names.len().saturating_sub(MOST_NAMED) {
        0 => {}
        more => text.push_str(&format!("      {}\n", ink::faint(&format!("… and {more} more")))),
    }
}

fn partly(report: &Report, text: &mut String) {
    if report.partly.is_empty() {
        return;
    }
    heading(text, &format!("partly read ({})", report.partly.len()));
    let mut kinds: Vec<(String, Vec<(&String, String)>)> = Vec::new();
    for (file, notes) in &report.partly {
        for note in notes {
            let told = (file, note.to_string());
            match kinds.iter_mut().find(|(kind, _)| *kind == note.kind()) {
                Some((_, calls)) => calls.push(told),
                None => kinds.push((note.kind(), vec![told])),
            }
        }
    }
    for (kind, calls) in kinds {
        match calls.as_slice() {
            [(file, note)] => text.push_str(&format!("  {note}\n      {}\n", ink::faint(file))),
            several => {
                let names: Vec<String> = several.iter().map(|(file, _)| (*file).clone()).collect();
                text.push_str(&format!("  in {} calls, {kind}\n", several.len()));
                named(&names, text);
            }
        }
    }
}

fn refused(report: &Report, text: &mut String) {
    if report.refused.is_empty() {
        return;
    }
    heading(text, &format!("refused ({})", report.refused.len()));
    let mut reasons: Vec<(&Fault, Vec<String>)> = Vec::new();
    for fault in &report.refused {
        let place = fault.place.as_ref().map(|place| format!(", at {place}")).unwrap_or_default();
        let name = format!("{}{place}", fault.subject);
        match reasons.iter_mut().find(|(known, _)| known.what == fault.what) {
            Some((_, names)) => names.push(name),
            None => reasons.push((fault, vec![name])),
        }
    }
    reasons.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    let mut mended: Vec<&String> = Vec::new();
    for (fault, names) in reasons {
        let count = if names.len() > 1 { format!("{} files: ", names.len()) } else { String::new() };
        text.push_str(&format!("  {count}{}\n", fault.what));
        named(&names, text);
        if let Some(mend) = fault.mend.as_ref().filter(|mend| !mended.contains(mend)) {
            text.push_str(&format!("      → {mend}\n"));
            mended.push(mend);
        }
    }
}

fn passed_over(report: &Report, text: &mut String) {
    if report.passed_over.is_empty() {
        return;
    }
    heading(text, &format!("passed over ({})", report.passed_over.len()));
    let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (file, what) in &report.passed_over {
        kinds.entry(what).or_default().push(file.clone());
    }
    for (what, names) in kinds {
        text.push_str(&format!("  {}: {what}\n", number_of(names.len(), "file")));
        named(&names, text);
    }
}

fn twice(report: &Report, text: &mut String) {
    let several: Vec<_> = report.ids.iter().filter(|(_, files)| files.len() > 1).collect();
    if several.is_empty() {
        return;
    }
    heading(text, &format!("ids that several calls have ({})", several.len()));
    let names: Vec<String> = several.iter().map(|(id, files)| format!("`{id}`: {}", listed(files))).collect();
    named(&names, text);
    text.push_str("      → each counts as a call of its own; give every call in one file only\n");
}

/// The first two, and how many more.
fn listed(files: &[String]) -> String {
    let shown: Vec<&str> = files.iter().take(2).map(String::as_str).collect();
    let more = files.len().saturating_sub(shown.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

fn table_of(report: &Report, table: &AttributeTable, text: &mut String) {
    let lonely: Vec<String> = report.ids.keys().filter(|id| !table.knows(id)).cloned().collect();
    let idle: Vec<String> = table.ids().filter(|id| !report.ids.contains_key(*id)).map(str::to_owned).collect();
    heading(text, "attributes");
    let read = if table.names.is_empty() { "none".to_owned() } else { table.names.join(", ") };
    text.push_str(&format!("  read by `{}`: {read}\n", table.id_column));
    if !table.passed_over.is_empty() {
        text.push_str(&format!("  not read, no criterion declares them: {}\n", table.passed_over.join(", ")));
    }
    for unfit in &table.unfit {
        let (name, count, first, wanted) = (&unfit.name, unfit.count, &unfit.first, unfit.wanted);
        let values = number_of(usize::try_from(count).unwrap_or(0), "value");
        text.push_str(&format!("  {values} of `{name}` cannot be told, first at {first}; it is {wanted}\n"));
    }
    for (names, what) in [
        (lonely, "without a row: what is asked of them there cannot be told"),
        (idle, "of the table are not in this batch"),
    ] {
        if !names.is_empty() {
            text.push_str(&format!("  {} {what}\n", number_of(names.len(), "call")));
            named(&names, text);
        }
    }
}

/// The same for programs, every file named.
pub fn json(report: &Report, attributes: Option<&AttributeTable>) -> Value {
    let partly = report.partly.iter().map(
        |(file, notes)| json!({ "file": file, "notes": notes.iter().map(ToString::to_string).collect::<Vec<_>>() }),
    );
    let refused = report
        .refused
        .iter()
        .map(|fault| json!({ "file": fault.subject, "place": fault.place, "what": fault.what, "mend": fault.mend }));
    let passed_over = report.passed_over.iter().map(|(file, what)| json!({ "file": file, "what": what }));
    let several = report.ids.iter().filter(|(_, files)| files.len() > 1);
    let mut value = json!({
        "files": report.files,
        "calls": report.calls,
        "partly_read": partly.collect::<Vec<_>>(),
        "refused": refused.collect::<Vec<_>>(),
        "passed_over": passed_over.collect::<Vec<_>>(),
        "ids_of_several": several.map(|(id, files)| json!({ "id": id, "files": files })).collect::<Vec<_>>(),
    });
    if let (Some(table), Some(object)) = (attributes, value.as_object_mut()) {
        let lonely: Vec<&String> = report.ids.keys().filter(|id| !table.knows(id)).collect();
        let idle: Vec<&str> = table.ids().filter(|id| !report.ids.contains_key(*id)).collect();
        let unfit = table.unfit.iter().map(
            |unfit| json!({ "name": unfit.name, "values": unfit.count, "first": unfit.first, "wanted": unfit.wanted }),
        );
        let told = json!({
            "unfit": unfit.collect::<Vec<_>>(),
            "id_column": table.id_column, "read": table.names, "passed_over": table.passed_over,
            "calls_without_row": lonely, "rows_without_call": idle,
        });
        object.insert("attributes".to_owned(), told);
    }
    value
}
