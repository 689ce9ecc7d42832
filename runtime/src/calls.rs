//! Calls from files: our own format and vendors' transcripts in, checked calls out. Must not know criteria, nor derive
//! turns or silences; reads bytes, never files.

mod attributes;
mod beside;
mod canonical;
mod cut;
mod decimal;
mod draft;
mod formats;
mod mend;
mod notes;
mod outline;
mod place;
mod reading;
mod roles;
mod text;
mod validate;

#[cfg(test)]
mod tests;

use crate::fault::Fault;

pub use attributes::{AttributeTable, TableOptions, Unfit};
pub use beside::{beside, beside_by_content};
pub use canonical::{canonical_bytes, hash, schema};
pub use cut::cut;
pub(crate) use draft::NOBODY;
pub use encoding_rs::Encoding;
pub use formats::{FORMATS, Format};
pub use notes::{Effect, Note, Notes};
pub use place::LATEST_MS;
pub use reading::{HarperValleyTranscript, ReadOptions, Reading};
pub use roles::{RoleMap, Roles, Whose};
pub use text::encoding;
pub use validate::{MOST_SPEAKERS, validate};

/// The largest file that is read, in bytes: 256 MiB.
pub const MOST_BYTES: usize = 256 * 1024 * 1024;

/// The calls in a file, checked. `name` is the file's: it names the file in faults and, without folder and ending,
/// the call whose format carries no id. The format is found by content unless the reader gives it.
///
/// # Errors
/// A [`Fault`] that says what is wrong, where, and how to mend it.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Vec<Reading>, Fault> {
    read_all(name, bytes, options).map_err(|fault| fault.of(name))
}

fn read_all(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Vec<Reading>, Fault> {
    if bytes.len() > MOST_BYTES {
        let what = format!("the file is {} bytes; at most {MOST_BYTES} (256 MiB) are read", bytes.len());
        return Err(Fault::new(what).mend("give one call a file"));
    }
    let read = |text: &str| {
        let format = options.from.map_or_else(|| Format::of(text), Ok)?;
        (format.read)(&formats::Input { text, stem: stem(name), options })
    };
    let mut readings = match mend::bytes(bytes).filter(|_| options.encoding.is_none()) {
        Some(mended) => read_mended(&mended, &read)?,
        None => read_or_mended(&text::decode(bytes, options.encoding)?, &read)?,
    };
    if readings.is_empty() {
        return Err(Fault::new("there is no call in it").mend("give a file that holds at least one"));
    }
    if let (Some(id), [reading]) = (&options.id, readings.as_mut_slice()) {
        reading.call.id.clone_from(id);
    }
    for reading in &mut readings {
        if let Some(map) = &options.role_map {
            map.assign(name, reading);
        }
        options.roles.assign(reading)?;
        if let Some(table) = &options.attributes {
            table.give(reading);
        }
        validate(&reading.call).map_err(|fault| imported(fault, reading.format))?;
    }
    Ok(readings)
}

/// How the calls in a text are read.
type ReadText<'a> = &'a dyn Fn(&str) -> Result<Vec<Reading>, Fault>;

/// The calls in a text as it is or, where that cannot be read, mended.
fn read_or_mended(text: &str, read: ReadText<'_>) -> Result<Vec<Reading>, Fault> {
    read(text).or_else(|fault| read_mended(&mend::text(text)?.ok_or(fault)?, read))
}

/// The calls in a text that was mended, and what was mended noted.
fn read_mended(mended: &mend::Mended, read: ReadText<'_>) -> Result<Vec<Reading>, Fault> {
    let mut readings = read(&mended.text)?;
    if let Some((effect, note)) = mended.note {
        readings.iter_mut().for_each(|reading| reading.notes.tell(effect, note));
    }
    Ok(readings)
}

/// The calls in a text that stands inside another file.
fn read_inside(text: &str, read: ReadText<'_>) -> Result<Vec<Reading>, Fault> {
    match mend::bytes(text.as_bytes()) {
        Some(mended) => read_mended(&mended, read),
        None => read_or_mended(text, read),
    }
}

/// A file's name without its folder and an ending that transcripts have.
fn stem(name: &str) -> &str {
    const ENDINGS: [&str; 8] = ["json", "jsonl", "ndjson", "vtt", "srt", "rttm", "vcon", "txt"];
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    let known = ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known));
    if known && !stem.is_empty() { stem } else { file }
}

/// A fault found after import names places of our own format; say so.
fn imported(fault: Fault, format: &Format) -> Fault {
    match &fault.place {
        Some(place) if !format.is_own() => {
            let place = format!("{place} of the call as read from {}", format.words);
            fault.at(place)
        }
        _ => fault,
    }
}

/// What the JSON reader found, in plain words.
fn json_fault(error: &serde_json::Error) -> Fault {
    const PLAIN: [(&str, &str); 14] = [
        ("unknown variant", "unknown value"),
        ("EOF while parsing", "the file ends inside"),
        ("a borrowed string", "a string"),
        ("invalid type: ", "found "),
        ("invalid value: ", "found "),
        ("floating point", "the number"),
        ("a sequence", "a list"),
        ("sequence", "a list"),
        ("map, ", "an object, "),
        (" i32", " a whole number"),
        (" u32", " a whole number of at least 0"),
        (" u16", " a whole number from 0 to 65535"),
        ("any valid JSON value", "a value"),
        ("newtype struct", "value"),
    ];
    let text = error.to_string();
    let (line, column) = (error.line(), error.column());
    let text = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text);
    let mut what = PLAIN.iter().fold(text.to_string(), |what, (from, to)| what.replace(from, to));
    if let Some((before, after)) = what.clone().split_once("expected struct ") {
        let after = after.trim_start_matches(char::is_alphanumeric);
        what = format!("{before}expected an object{after}");
    }
    let mend = if error.is_data() { "compare it with the format's description" } else { "give complete, valid JSON" };
    let kind = if error.is_data() { "" } else { "the JSON is broken: " };
    Fault::new(format!("{kind}{what}")).at(format!("line {line}, column {column}")).mend(mend)
}
