//! A file of attributes as rows and columns. Must not know what columns mean.

use super::values::Given;
use super::{Row, Rows};
use crate::calls::json_fault;
use crate::fault::Fault;
use grille_evidence::attribute::AttributeValue;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The column of ids of a JSON object by call id.
const KEY: &str = "call";

/// A table with a header; cells are parted by what the header holds most of: `,`, `;` or a tab.
pub(super) fn csv(text: &str) -> Result<Rows, Fault> {
    let header = text.lines().next().unwrap_or_default();
    let parted = |mark: &u8| header.bytes().filter(|byte| byte == mark).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(parted).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().map_err(|error| broken(&error))?.iter().map(str::to_owned).collect();
    if columns.iter().all(String::is_empty) {
        let fault = Fault::new("the table is empty").at("line 1");
        return Err(fault.mend("give a header and a row a call"));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let place = format!("line {}", record.position().map_or(0, csv::Position::line));
        let cells = record.iter().map(|cell| Some(Given::Text(cell.to_owned())).filter(|_| !cell.is_empty())).collect();
        rows.push(Row { place, cells });
    }
    Ok(Rows { columns, rows })
}

fn broken(error: &csv::Error) -> Fault {
    let place = error.position().map(|position| format!("line {}", position.line()));
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} cells, and the header {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "the row is not written in UTF-8".to_owned(),
        _ => "the table is broken".to_owned(),
    };
    let fault = Fault::new(what).mend("put texts that hold a comma or a line break between `\"`");
    match place {
        Some(place) => fault.at(place),
        None => fault,
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    ById(BTreeMap<String, BTreeMap<String, Cell>>),
    List(Vec<BTreeMap<String, Cell>>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Cell {
    Known(AttributeValue),
    Number(serde_json::Number),
    Null(()),
}

impl Cell {
    fn given(self) -> Option<Given> {
        match self {
            Cell::Known(AttributeValue::Text(text)) => {
                Some(Given::Text(text.trim().to_owned())).filter(|_| !text.trim().is_empty())
            }
            Cell::Known(value) => Some(Given::Typed(value)),
            Cell::Number(number) => Some(Given::Text(number.to_string())),
            Cell::Null(()) => None,
        }
    }
}

/// An object of objects by call id, or a list of objects.
pub(super) fn json(text: &str) -> Result<Rows, Fault> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|error| json_fault(&error))?;
    let file: File = serde_json::from_str(text).map_err(|_| {
        Fault::new("it is no object of calls, nor a list of them").mend(
            "write `{ \"call-1\": { \"queue\": \"support\" } }` or `[{ \"call\": \"call-1\", \"queue\": \"support\" }]`; \
             values are true, false, numbers, texts, null, `{ \"duration_ms\": 12500 }` and `{ \"share_thousandths\": 12500 }`",
        )
    })?;
    let by_id = matches!(file, File::ById(_));
    let mut listed: Vec<(String, BTreeMap<String, Cell>)> = match file {
        File::ById(calls) => calls.into_iter().collect(),
        File::List(list) => (0..).zip(list).map(|(number, row): (usize, _)| (format!("[{number}]"), row)).collect(),
    };
    let mut columns: Vec<String> = if by_id { vec![KEY.to_owned()] } else { Vec::new() };
    for name in listed.iter().flat_map(|(_, row)| row.keys()) {
        if !columns.contains(name) {
            columns.push(name.clone());
        }
    }
    let rows = listed.drain(..).map(|(key, mut row)| {
        let mut cells: Vec<Option<Given>> = if by_id { vec![Some(Given::Text(key.clone()))] } else { Vec::new() };
        cells.extend(columns.iter().skip(cells.len()).map(|column| row.remove(column).and_then(Cell::given)));
        Row { place: if by_id { format!("`{key}`") } else { key }, cells }
    });
    let rows = rows.collect();
    Ok(Rows { columns, rows })
}
