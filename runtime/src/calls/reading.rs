//! What comes of reading a file: the call, and what should be known of how it was read; and what the reader decides. Must
//! not know any format.

use crate::calls::attributes::AttributeTable;
use crate::calls::formats::Format;
use crate::calls::notes::Notes;
use crate::calls::roles::{RoleMap, Roles};
use encoding_rs::Encoding;
use grille_evidence::call::Call;
use std::collections::BTreeMap;

/// A call and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The call, checked.
    pub call: Call,
    /// The format that it was read from.
    pub format: &'static Format,
    /// What was dropped, assumed, mended or placed between neighbours.
    pub notes: Notes,
    /// The channel of the recording of each speaker, by id, where the file says it.
    pub channels: BTreeMap<String, u32>,
}

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
    /// The format; found by content if it is not given.
    pub from: Option<&'static Format>,
    /// The encoding of text without a mark of its own; UTF-8 if it is not given.
    pub encoding: Option<&'static Encoding>,
    /// Which transcript of a Harper Valley call.
    pub harper_valley: HarperValleyTranscript,
    /// The call's id; without it that in the file, or else the file's name without folder and ending.
    pub id: Option<String>,
    /// Who has which role; this replaces what the file and the mapping say.
    pub roles: Roles,
    /// Roles for many calls; they replace what files say.
    pub role_map: Option<RoleMap>,
    /// What is known of calls as a whole.
    pub attributes: Option<AttributeTable>,
}
