//! Files that stand beside calls in a folder and are none: licences, notes, recordings, tables. Must not know formats of
//! transcripts.

use super::formats::{self, Format};
use super::reading::ReadOptions;
use super::text;

/// Names without ending of files about other files.
const ABOUT: [&str; 8] = ["license", "licence", "copying", "notice", "readme", "changelog", "authors", "credits"];

/// Endings of files that are no transcripts, and what they are.
const ENDINGS: [(&str, &[&str]); 5] = [
    ("a text about other files", &["md", "rst", "html", "htm", "pdf", "docx", "odt"]),
    ("criteria", &["grille"]),
    ("a table: give it with `--attributes`", &["csv", "tsv", "xlsx", "ods"]),
    ("a picture", &["png", "jpg", "jpeg", "gif", "svg"]),
    (
        "a recording: not read yet",
        &["wav", "mp3", "flac", "ogg", "opus", "m4a", "mp4", "amr", "aac", "webm", "gsm", "au"],
    ),
];

/// How recordings begin, and from which byte on.
const RECORDINGS: [(usize, &[u8]); 9] = [
    (8, b"WAVE"),
    (0, b"ID3"),
    (0, b"fLaC"),
    (0, b"OggS"),
    (4, b"ftyp"),
    (0, b"#!AMR"),
    (0, b".snd"),
    (8, b"AIFF"),
    (0, b"\x1a\x45\xdf\xa3"),
];

/// What a file is that no call is expected in, by its name and its first bytes; none if it may be a call.
#[must_use]
pub fn beside(name: &str, head: &[u8]) -> Option<&'static str> {
    let begins = |(at, mark): &(usize, &[u8])| head.get(*at..).is_some_and(|rest| rest.starts_with(mark));
    if RECORDINGS.iter().any(begins) {
        return Some("a recording: not read yet");
    }
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    let (stem, _) = file.split_once('.').unwrap_or((&file, ""));
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let about = ABOUT.contains(&stem).then_some("a text about other files");
    about.or_else(|| ENDINGS.iter().find(|(_, endings)| endings.contains(&ending)).map(|(what, _)| *what))
}

/// What a file is that could not be read as a call, if by its content it stands beside calls.
#[must_use]
pub fn beside_by_content(bytes: &[u8], options: &ReadOptions) -> Option<&'static str> {
    let text = text::decode(bytes, options.encoding).ok()?;
    let is_another = || options.from.is_some_and(|from| Format::of(&text).is_ok_and(|known| known != from));
    formats::beside(&text).or_else(|| is_another().then_some("a call in another format than `--from` names"))
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn what_may_be_a_call_is_not_passed_over() {
        for name in ["a.json", "a", "readme-call.json", "license/a.vtt", "call.txt", "a.vcon"] {
            assert_eq!(beside(name, b"{"), None, "{name}");
        }
    }

    #[test]
    fn recordings_are_known_by_content_and_texts_by_name() {
        for (name, head) in [("a.json", &b"RIFF....WAVEfmt "[..]), ("a.wav", b""), ("call", b"OggS")] {
            assert!(beside(name, head).unwrap().starts_with("a recording"), "{name}");
        }
        for name in ["calls/LICENSE", "License.txt", "README.md", "LICENSE.py-vcon", "NOTICE.txt"] {
            assert_eq!(beside(name, b"MIT"), Some("a text about other files"), "{name}");
        }
    }
}
