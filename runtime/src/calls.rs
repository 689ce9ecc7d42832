//! Calls from files: our own format and vendors' transcripts in, checked calls out. Must not know criteria, nor derive
//! turns or silences; reads bytes, never files.

mod amazon;
mod canonical;
mod cut;
mod decimal;
mod format;
mod harper_valley;
mod own;
mod place;
mod simsamu;
mod validate;

#[cfg(test)]
mod tests;

use crate::fault::Fault;
use format::Format;
use grille_evidence::call::{Call, Role};

pub use canonical::{canonical_bytes, hash, schema};
pub use cut::cut;
pub use place::LATEST_MS;
pub use validate::{MOST_SPEAKERS, validate};

/// The largest file that is read, in bytes: 256 MiB.
pub const MOST_BYTES: usize = 256 * 1024 * 1024;

/// Which of a Harper Valley call's two transcripts is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HarperValleyTranscript {
    /// What a person wrote down; word times are spread inside segments.
    #[default]
    Human,
    /// What a machine recognised, with the times that it measured.
    Machine,
}

/// What the reader of a file decides, because the file does not say it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// Which transcript of a Harper Valley call.
    pub harper_valley: HarperValleyTranscript,
    /// The call's id; without it that in the file, or else the file's name without folder and `.json`.
    pub id: Option<String>,
    /// Roles of speakers by their id in the file; they replace what the file says.
    pub roles: Vec<(String, Role)>,
}

/// The calls in a file, checked. `name` is the file's: it names the file in faults and, without folder and `.json`,
/// the call whose format carries no id. The format is found by content.
///
/// # Errors
/// A [`Fault`] that says what is wrong, where, and how to mend it.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Vec<Call>, Fault> {
    read_one(name, bytes, options).map(|call| vec![call]).map_err(|fault| fault.of(name))
}

fn read_one(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Call, Fault> {
    if bytes.len() > MOST_BYTES {
        let what = format!("the file is {} bytes; at most {MOST_BYTES} (256 MiB) are read", bytes.len());
        return Err(Fault::new(what).mend("give one call a file"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let format = Format::of(bytes)?;
    let mut call = match format {
        Format::Own => own::read(bytes),
        Format::AmazonCallAnalytics => amazon::read(bytes, stem(name).to_string()),
        Format::HarperValley => harper_valley::read(bytes, stem(name).to_string(), options.harper_valley),
        Format::Simsamu => simsamu::read(bytes, stem(name).to_string()),
    }?;
    if let Some(id) = &options.id {
        call.id.clone_from(id);
    }
    assign(&mut call, &options.roles)?;
    validate(&call).map_err(|fault| imported(fault, format))?;
    Ok(call)
}

/// A file's name without its folder and `.json`.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    if extension.eq_ignore_ascii_case("json") && !stem.is_empty() { stem } else { file }
}

/// Gives speakers the roles that were decided for them.
fn assign(call: &mut Call, roles: &[(String, Role)]) -> Result<(), Fault> {
    for (id, role) in roles {
        if roles.iter().any(|(other, another)| other == id && another != role) {
            return Err(Fault::new(format!("the speaker `{id}` is given two roles")).mend("give each speaker one"));
        }
        match call.speakers.iter_mut().find(|speaker| speaker.id == *id) {
            Some(speaker) => speaker.role = Some(*role),
            None => {
                let known: Vec<&str> = call.speakers.iter().map(|speaker| speaker.id.as_str()).collect();
                let what = format!("a role is given to `{id}`, who is no speaker of this call");
                return Err(Fault::new(what).mend(format!("its speakers: {}", known.join(", "))));
            }
        }
    }
    Ok(())
}

/// A fault found after import names places of our own format; say so.
fn imported(fault: Fault, format: Format) -> Fault {
    match (&fault.place, format) {
        (Some(place), Format::AmazonCallAnalytics | Format::HarperValley | Format::Simsamu) => {
            let place = format!("{place} of the call as read from {}", format.words());
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
