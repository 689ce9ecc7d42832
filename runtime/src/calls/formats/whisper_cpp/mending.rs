//! whisper.cpp writes its JSON by hand and not always well: this makes JSON of it that says the same. Knows the mistakes
//! that the program makes and no field of the format.
//!
//! It escapes quotes and backslashes and nothing else, cuts characters of several bytes where a token or a segment ends,
//! leaves a comma before a closing brace (`-di` on a mono file), forgets one after `speaker` (`-di` with `-tdrz`), and
//! prints numbers that are none as `nan` and `inf`.

use std::borrow::Cow;

/// Bytes that are no character stand in strings as the characters from here on: the last private plane, where nobody
/// writes.
const BYTES_FROM: u32 = 0x10_F700;

/// The document as JSON. Bytes in strings that are no UTF-8 become private characters, which [`bytes_of`] turns back.
pub fn mended(bytes: &[u8]) -> Vec<u8> {
    let mut out = Mending { out: Vec::with_capacity(bytes.len()), ..Mending::default() };
    for chunk in bytes.utf8_chunks() {
        chunk.valid().chars().for_each(|c| out.character(c));
        chunk.invalid().iter().for_each(|byte| out.stray(*byte));
    }
    out.flush_bare();
    out.out
}

/// The bytes that a string stood for before it was [`mended`].
pub fn bytes_of(text: &str) -> Cow<'_, [u8]> {
    let stray = |c: char| u32::from(c).checked_sub(BYTES_FROM).and_then(|byte| u8::try_from(byte).ok());
    if !text.chars().any(|c| stray(c).is_some()) {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match stray(c) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Cow::Owned(bytes)
}

/// What was read so far.
#[derive(Default)]
struct Mending {
    out: Vec<u8>,
    /// Inside a string; with a backslash just read.
    string: Option<bool>,
    /// A comma that is written if something other than a closing bracket follows, with the white space after it.
    held: Option<Vec<u8>>,
    /// The characters of a number, `true`, `nan`, …
    bare: String,
    /// A value or a name has just ended, so that the next one needs a comma or a colon before it.
    ended: bool,
}

impl Mending {
    fn character(&mut self, c: char) {
        match self.string {
            Some(escaped) => self.inside(c, escaped),
            None if c.is_ascii_whitespace() => {
                self.flush_bare();
                self.held.as_mut().unwrap_or(&mut self.out).push(c as u8);
            }
            None => self.outside(c),
        }
    }

    fn inside(&mut self, c: char, escaped: bool) {
        if c.is_control() && !escaped {
            self.out.extend_from_slice(format!("\\u{:04x}", u32::from(c)).as_bytes());
            return;
        }
        self.put(c);
        if c == '"' && !escaped {
            self.string = None;
            self.ended = true;
        } else {
            self.string = Some(c == '\\' && !escaped);
        }
    }

    fn outside(&mut self, c: char) {
        match c {
            '}' | ']' => {
                self.flush_bare();
                if let Some(held) = self.held.take() {
                    self.out.extend_from_slice(&held);
                }
                self.put(c);
                self.ended = true;
            }
            ',' => {
                self.flush_bare();
                self.release();
                self.held = Some(Vec::new());
                self.ended = false;
            }
            ':' => {
                self.flush_bare();
                self.release();
                self.put(c);
                self.ended = false;
            }
            '{' | '[' | '"' => {
                self.flush_bare();
                self.release();
                if self.ended {
                    self.out.push(b',');
                }
                self.put(c);
                self.ended = false;
                self.string = (c == '"').then_some(false);
            }
            _ => self.bare.push(c),
        }
    }

    /// A byte that is no part of a character.
    fn stray(&mut self, byte: u8) {
        if self.string.is_some() {
            self.put(char::from_u32(BYTES_FROM + u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER));
            self.string = Some(false);
        } else {
            self.bare.push(char::REPLACEMENT_CHARACTER);
        }
    }

    fn put(&mut self, c: char) {
        self.out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// Writes the comma that was held back.
    fn release(&mut self) {
        if let Some(held) = self.held.take() {
            self.out.push(b',');
            self.out.extend_from_slice(&held);
        }
    }

    /// Writes what stands outside strings; numbers that are none become `null`.
    fn flush_bare(&mut self) {
        if self.bare.is_empty() {
            return;
        }
        self.release();
        let bare = std::mem::take(&mut self.bare);
        let number = bare.trim_start_matches('-').to_ascii_lowercase();
        let none = number.starts_with("nan") || number.starts_with("inf");
        self.out.extend_from_slice(if none { b"null" } else { bare.as_bytes() });
        self.ended = true;
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes_of, mended};
    use proptest::prelude::*;
    use serde_json::Value;

    fn value(bytes: &[u8]) -> Value {
        serde_json::from_slice(&mended(bytes)).unwrap()
    }

    #[test]
    fn what_the_program_writes_wrongly_is_mended() {
        let written = b"{\"a\": [1, 2],\n\"text\": \" one\ttwo\x07\",\n}";
        assert_eq!(value(written), serde_json::json!({"a": [1, 2], "text": " one\ttwo\u{7}"}));
        let written = b"{\"speaker\": \"0\"\n\t\"speaker_turn_next\": false\n}";
        assert_eq!(value(written), serde_json::json!({"speaker": "0", "speaker_turn_next": false}));
        let written = b"{\"p\": nan, \"q\": -inf, \"r\": -nan(ind), \"s\": [-1.5e3, null]}";
        assert_eq!(value(written), serde_json::json!({"p": null, "q": null, "r": null, "s": [-1.5e3, null]}));
    }

    #[test]
    fn a_character_cut_in_two_can_be_joined_again() {
        let written = b"[\"caf\xc3\", \"\xa9 au\", \"\\\"\xc3\\\\\"]";
        let parts: Vec<Vec<u8>> =
            value(written).as_array().unwrap().iter().map(|v| bytes_of(v.as_str().unwrap()).into_owned()).collect();
        assert_eq!(parts, [b"caf\xc3".to_vec(), b"\xa9 au".to_vec(), b"\"\xc3\\".to_vec()]);
        assert_eq!([parts[0].clone(), parts[1].clone()].concat(), "café au".as_bytes());
    }

    proptest! {
        #[test]
        fn good_json_says_the_same_afterwards(texts in prop::collection::vec("[ -~éœ\\n\\t\"\\\\]{0,12}", 0..5), number in any::<i32>()) {
            let document = serde_json::json!({"a": texts, "b": {"c": [number, null, true]}, "d": "" });
            prop_assert_eq!(value(&serde_json::to_vec(&document).unwrap()), document.clone());
            prop_assert_eq!(value(&serde_json::to_vec_pretty(&document).unwrap()), document);
        }

        #[test]
        fn nothing_panics_and_strays_come_back(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = mended(&bytes);
            let inner: Vec<u8> = bytes.iter().filter(|b| !matches!(b, b'"' | b'\\')).copied().collect();
            let quoted = [b"\"".as_slice(), &inner, b"\""].concat();
            let text: String = serde_json::from_slice(&mended(&quoted)).unwrap();
            prop_assert_eq!(bytes_of(&text).into_owned(), inner);
        }
    }
}
