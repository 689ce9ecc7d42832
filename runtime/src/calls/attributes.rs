//! Attributes of calls from a file beside them: a table (CSV) or JSON, by the calls' ids. Must not know formats of calls, nor
//! criteria beyond the types that they declare.

mod sheet;
mod values;

use crate::calls::notes::Effect;
use crate::calls::reading::Reading;
use crate::calls::text;
use crate::fault::Fault;
use encoding_rs::Encoding;
use grille_evidence::attribute::{AttributeType, AttributeValue, Attributes, MOST_ATTRIBUTES};
use std::collections::BTreeMap;
use values::{Column, Given};

/// Names of the column that holds the calls' ids, if none is given.
const ID_COLUMNS: [&str; 6] = ["call", "call_id", "callid", "id", "appel", "conversation_id"];

/// What the reader says of such a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct TableOptions<'a> {
    /// The column that holds the calls' ids; unless given, the first that is called so.
    pub id: Option<&'a str>,
    /// What the criteria declare: other columns are not read. Without criteria every column is.
    pub declared: Option<&'a [(String, AttributeType)]>,
    /// The encoding of a file without a mark of its own.
    pub encoding: Option<&'static Encoding>,
}

/// Attributes by the ids of calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeTable {
    /// The column by which rows are found.
    pub id_column: String,
    /// The names of the attributes that are read from it.
    pub names: Vec<String>,
    /// Columns that no criterion declares, and which therefore are not read.
    pub passed_over: Vec<String>,
    /// Of each attribute: how many values are not of the declared type, and the first of them.
    pub unfit: Vec<Unfit>,
    rows: BTreeMap<String, Attributes>,
}

/// Values that are not of the declared type: they stay texts, and what is asked of them cannot be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// Of which attribute.
    pub name: String,
    /// How many.
    pub count: u32,
    /// Where the first stands, and what it says.
    pub first: String,
    /// What it should be, and how that is written.
    pub wanted: &'static str,
}

/// A file as rows, before anything is taken from it.
struct Rows {
    columns: Vec<String>,
    rows: Vec<Row>,
}

struct Row {
    place: String,
    cells: Vec<Option<Given>>,
}

impl AttributeTable {
    /// Reads a table with a header, or JSON: an object of objects by call id, or a list of objects.
    ///
    /// # Errors
    /// A [`Fault`] if it is neither, has no column of ids, or two rows of one call.
    pub fn read(name: &str, bytes: &[u8], options: TableOptions<'_>) -> Result<AttributeTable, Fault> {
        let decoded = text::decode(bytes, options.encoding).map_err(|fault| fault.of(name))?;
        let json = decoded.trim_start().starts_with(['{', '[']);
        let rows = if json { sheet::json(&decoded) } else { sheet::csv(&decoded) };
        rows.and_then(|rows| table(rows, options)).map_err(|fault| fault.of(name))
    }

    /// Gives a call what is known of it. What the call's own file says of the same attribute is replaced, and that is noted.
    pub(crate) fn give(&self, reading: &mut Reading) {
        let call = &mut reading.call;
        for name in &self.names {
            if !call.source.attributes.contains(name) {
                call.source.attributes.push(name.clone());
            }
        }
        for (name, value) in self.rows.get(&call.id).into_iter().flatten() {
            if call.attributes.insert(name.clone(), value.clone()).is_some_and(|known| known != *value) {
                let text = format!("the attribute `{name}` of the call's own file is replaced by that of the table");
                reading.notes.tell(Effect::Remarked, text);
            }
        }
    }

    /// Is there a row of this call?
    #[must_use]
    pub fn knows(&self, call: &str) -> bool {
        self.rows.contains_key(call)
    }

    /// The ids of all rows, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }
}

fn table(read: Rows, options: TableOptions<'_>) -> Result<AttributeTable, Fault> {
    let id = id_column(&read.columns, options.id)?;
    let mut table = AttributeTable {
        id_column: read.columns.get(id).cloned().unwrap_or_default(),
        names: Vec::new(),
        passed_over: Vec::new(),
        unfit: Vec::new(),
        rows: BTreeMap::new(),
    };
    let columns = columns(&read.columns, id, options.declared, &mut table)?;
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for row in read.rows {
        let Some(call) = row.cells.get(id).and_then(Option::as_ref).map(Given::text).filter(|id| !id.is_empty()) else {
            let fault = Fault::new(format!("a row has no call: `{}` is empty", table.id_column)).at(row.place);
            return Err(fault.mend("give the id of its call, or take the row out"));
        };
        if let Some(first) = places.insert(call.clone(), row.place.clone()) {
            let fault =
                Fault::new(format!("there are two rows of the call `{call}`, the first at {first}")).at(row.place);
            return Err(fault.mend("keep one"));
        }
        let mut attributes = Attributes::new();
        for (column, given) in columns.iter().zip(&row.cells) {
            if let (Some(column), Some(given)) = (column, given) {
                attributes.insert(column.name.clone(), value(column, given, &row.place, &mut table.unfit));
            }
        }
        table.rows.insert(call, attributes);
    }
    Ok(table)
}

fn value(column: &Column, given: &Given, place: &str, unfit: &mut Vec<Unfit>) -> AttributeValue {
    let value = column.value(given);
    if column.fits(&value) {
        return value;
    }
    match unfit.iter_mut().find(|unfit| unfit.name == column.name) {
        Some(unfit) => unfit.count += 1,
        None => unfit.push(Unfit {
            name: column.name.clone(),
            count: 1,
            first: format!("{place}: `{}`", given.text().chars().take(40).collect::<String>()),
            wanted: column.wanted(),
        }),
    }
    value
}

fn id_column(columns: &[String], wanted: Option<&str>) -> Result<usize, Fault> {
    let listed = || columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
    let found = match wanted {
        Some(wanted) => columns.iter().position(|column| column == wanted),
        None => {
            ID_COLUMNS.iter().find_map(|known| columns.iter().position(|column| values::name_of(column).0 == *known))
        }
    };
    found.ok_or_else(|| {
        let what = match wanted {
            Some(wanted) => format!("there is no column `{wanted}`"),
            None => "no column is named as one that holds the ids of calls".to_owned(),
        };
        Fault::new(what).mend(format!("say which it is with `--attributes-id`; there are {}", listed()))
    })
}

/// What each column is read as; none for that of the ids and those that nobody asks for.
fn columns(
    names: &[String],
    id: usize,
    declared: Option<&[(String, AttributeType)]>,
    table: &mut AttributeTable,
) -> Result<Vec<Option<Column>>, Fault> {
    let mut columns = Vec::with_capacity(names.len());
    for (number, written) in names.iter().enumerate() {
        let column = Column::of(written, declared).filter(|_| number != id);
        match &column {
            None if number == id => {}
            None => table.passed_over.push(written.clone()),
            Some(column) if table.names.contains(&column.name) => {
                let fault = Fault::new(format!("two columns give the attribute `{}`", column.name))
                    .at(format!("column `{written}`"));
                return Err(fault.mend("keep one"));
            }
            Some(column) => table.names.push(column.name.clone()),
        }
        columns.push(column);
    }
    if table.names.len() > MOST_ATTRIBUTES {
        let what = format!("there are {} attributes; a call can have at most {MOST_ATTRIBUTES}", table.names.len());
        return Err(Fault::new(what).mend("name the criteria with `--criteria`, or leave out columns that none reads"));
    }
    Ok(columns)
}
