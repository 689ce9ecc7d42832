//! The formats that are read, each once: its name, how it is known by content, and its importer. Must not know what any
//! of them means.

mod amazon;
mod amazon_bedrock;
mod amazon_call_analytics;
mod amazon_contact_lens;
mod amazon_transcribe;
mod assemblyai;
mod azure_batch;
mod azure_content_understanding;
mod azure_conversation;
mod azure_fast;
mod azure_phrase;
mod azure_real_time;
mod captions;
mod decorated;
mod deepgram;
mod display;
mod genesys;
mod google_speech;
mod harper_valley;
mod ibm_watson;
mod label;
mod language;
mod languages;
mod listed;
mod own;
mod pieces;
mod rev_ai;
mod role_words;
mod rows;
mod rttm;
mod simsamu;
mod speechmatics;
mod vcon;
mod voices;
mod whisper;
pub(super) mod whisper_cpp;
mod wtf;

use crate::calls::outline::Outline;
use crate::calls::reading::{ReadOptions, Reading};
use crate::calls::text;
use crate::fault::Fault;

/// Every format, in the order of their names.
pub static FORMATS: &[&Format] = &[
    &amazon_bedrock::FORMAT,
    &amazon_call_analytics::FORMAT,
    &amazon_contact_lens::FORMAT,
    &amazon_transcribe::FORMAT,
    &assemblyai::FORMAT,
    &azure_batch::FORMAT,
    &azure_content_understanding::FORMAT,
    &azure_conversation::FORMAT,
    &azure_fast::FORMAT,
    &azure_real_time::FORMAT,
    &captions::subrip::FORMAT,
    &captions::webvtt::FORMAT,
    &deepgram::ALTERNATIVE,
    &deepgram::FORMAT,
    &deepgram::live::FORMAT,
    &genesys::FORMAT,
    &genesys::audiohook::FORMAT,
    &google_speech::FORMAT,
    &harper_valley::FORMAT,
    &ibm_watson::FORMAT,
    &own::FORMAT,
    &rev_ai::FORMAT,
    &rttm::FORMAT,
    &simsamu::FORMAT,
    &speechmatics::FORMAT,
    &vcon::FORMAT,
    &whisper::FORMAT,
    &whisper_cpp::FORMAT,
    &wtf::FORMAT,
];

/// A format that is read.
#[derive(Debug)]
pub struct Format {
    /// Its name for `--from`, in traces, and that of its page in the book: `amazon-call-analytics`.
    pub name: &'static str,
    /// Its name for people.
    pub words: &'static str,
    /// By what it is known, for people: `` `Participants` and `Transcript` at the top ``.
    pub marks: &'static str,
    /// Is a file of this format?
    pub(super) known_by: KnownBy,
    /// Reads a file of it.
    pub(super) read: fn(&Input<'_>) -> Result<Vec<Reading>, Fault>,
}

impl PartialEq for Format {
    fn eq(&self, other: &Format) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

/// How a format is known by content, never by the file's name.
#[derive(Debug)]
pub(super) enum KnownBy {
    /// By the outline of its JSON.
    Json(fn(&Outline) -> bool),
    /// By its text; asked only of files that are no JSON.
    Text(fn(&str) -> bool),
}

/// A file for an importer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a> {
    /// What it holds, without a byte order mark.
    pub text: &'a str,
    /// The file's name without folder and ending: the call's id, unless the format carries several calls a file.
    pub stem: &'a str,
    /// What the reader decides.
    pub options: &'a ReadOptions,
}

/// JSON that is met beside calls and cannot be read as one.
struct Neighbour {
    /// The keys that it has at the top.
    keys: &'static [&'static str],
    /// What to say of it.
    what: &'static str,
    /// Could it be meant for a call? If not, it is passed over in a folder.
    is_call: bool,
}

const NEIGHBOURS: &[Neighbour] = &[
    Neighbour {
        keys: &["agent", "caller", "tasks"],
        what: "this is Harper Valley metadata: read the file of the same name in `transcript/`",
        is_call: false,
    },
    Neighbour {
        keys: &["ConversationAnalytics"],
        what: "this was made from a transcript by a later step: read the service's own output",
        is_call: true,
    },
    Neighbour {
        keys: &["monologue"],
        what: "this has one `monologue`; Rev AI writes a list, `monologues`, and in it `elements`",
        is_call: true,
    },
    Neighbour {
        keys: &["err_code", "err_msg"],
        what: "this is an error that Deepgram answered: transcribe the recording again",
        is_call: true,
    },
    Neighbour { keys: &["upload_url"], what: "this is an answer to an upload: fetch the transcript", is_call: true },
    Neighbour {
        keys: &["text"],
        what: "this has a `text`, and nothing in it says when it was said: ask the service for times (`verbose_json`)",
        is_call: true,
    },
];

impl Format {
    /// The format of this name.
    ///
    /// # Errors
    /// Says that there is none, and which there are.
    pub fn named(name: &str) -> Result<&'static Format, String> {
        FORMATS.iter().copied().find(|format| format.name == name).ok_or_else(|| {
            let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
            format!("`{name}` is no format that is read; formats are {}", names.join(", "))
        })
    }

    /// Is it our own?
    pub(super) fn is_own(&self) -> bool {
        *self == own::FORMAT
    }

    /// The format of a text, by content.
    ///
    /// # Errors
    /// A [`Fault`] if it is none that is read, or may be two.
    pub(super) fn of(text: &str) -> Result<&'static Format, Fault> {
        let json = if text.trim_start().starts_with(['{', '[']) { Some(outline(text)?) } else { None };
        let known = |format: &&&'static Format| match (&format.known_by, &json) {
            (KnownBy::Json(known), Some(outline)) => known(outline),
            (KnownBy::Text(known), None) => known(text),
            _ => false,
        };
        let found: Vec<&'static Format> = FORMATS.iter().filter(known).copied().collect();
        match (found.as_slice(), json) {
            ([format], _) => Ok(format),
            ([], Some(outline)) => Err(unknown(&outline)),
            ([], None) if text.trim().is_empty() => {
                Err(Fault::new("the file is empty").at("line 1").mend(formats_read()))
            }
            ([], None) => Err(unknown_text(text)),
            (several, _) => Err(ambiguous(several)),
        }
    }
}

/// The outline of a JSON text; that of several documents in a row is that of a list of them.
fn outline(text: &str) -> Result<Outline, Fault> {
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(|error| crate::calls::json_fault(&error));
    }
    Ok(Outline::of_row(rows::rows(text)?))
}

/// What an importer reads of its JSON.
fn json<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| crate::calls::json_fault(&error))
}

/// What to say of JSON that stands beside calls and is none.
pub(super) fn beside(text: &str) -> Option<&'static str> {
    let outline = outline(text).ok()?;
    neighbour(&outline).filter(|known| !known.is_call).map(|known| known.what)
}

fn neighbour(outline: &Outline) -> Option<&'static Neighbour> {
    NEIGHBOURS.iter().find(|known| outline.has(known.keys))
}

fn unknown(outline: &Outline) -> Fault {
    if let Some(known) = neighbour(outline) {
        return Fault::new(known.what).at("line 1").mend(formats_read());
    }
    Fault::new(format!("the format is not known: {}", outline.shown())).at("line 1").mend(formats_read())
}

fn unknown_text(text: &str) -> Fault {
    let (number, first) = text.lines().enumerate().find(|(_, line)| !line.trim().is_empty()).unwrap_or((0, text));
    let shown = text::shown(first.trim(), 40);
    let what = if captions::is_sbv(first) {
        "these are captions of YouTube (SBV), which are not read: save them as WebVTT or SubRip".to_owned()
    } else {
        format!("the format is not known: the text begins with `{shown}`")
    };
    Fault::new(what).at(format!("line {}", number + 1)).mend(formats_read())
}

fn ambiguous(formats: &[&Format]) -> Fault {
    let words: Vec<String> =
        formats.iter().map(|format| format!("{} (`--from {}`)", format.words, format.name)).collect();
    Fault::new(format!("it may be {}", words.join(" or "))).mend("say which with `--from`")
}

fn formats_read() -> String {
    let words: Vec<&str> = FORMATS.iter().map(|format| format.words).collect();
    format!("formats that are read: {}", words.join(", "))
}
