//! Bytes of a file to text: UTF-8, UTF-16 with its mark, and what the reader names. Guesses nothing; must not know formats.

use crate::fault::Fault;
use encoding_rs::Encoding;
use std::borrow::Cow;

/// The text of a file. Without `named` it is UTF-8, or UTF-16 if it begins with that mark.
///
/// # Errors
/// A [`Fault`] that says which byte is no text in that encoding.
pub fn decode<'a>(bytes: &'a [u8], named: Option<&'static Encoding>) -> Result<Cow<'a, str>, Fault> {
    let marked = Encoding::for_bom(bytes);
    let (encoding, start) = match (marked, named) {
        (Some((encoding, length)), _) => (encoding, length),
        (None, Some(encoding)) => (encoding, 0),
        (None, None) => (encoding_rs::UTF_8, 0),
    };
    let bytes = bytes.get(start..).unwrap_or_default();
    if encoding == encoding_rs::UTF_8 {
        return std::str::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(|error| no_utf8(bytes, error.valid_up_to(), start));
    }
    encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
        Fault::new(format!("the file is not written in {}", encoding.name()))
            .mend("name the encoding that it is written in with `--encoding`, or save it as UTF-8")
    })
}

/// The encoding of that name, as the web knows it: `windows-1252`, `gb2312`, `utf-16le`.
///
/// # Errors
/// Says that there is none, and what to write.
pub fn encoding(name: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(name.as_bytes()).ok_or_else(|| {
        format!("`{name}` is no encoding that is read; some that are: utf-8, utf-16le, windows-1252, iso-8859-15, gb2312, shift_jis")
    })
}

fn no_utf8(bytes: &[u8], at: usize, start: usize) -> Fault {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let byte = bytes.get(at).copied().unwrap_or_default();
    let at = at + start;
    if bytes.contains(&0) {
        return Fault::new(format!("the file is no text: byte {at} is {byte:#04x}"))
            .at(format!("line {line}"))
            .mend("give a transcript; a recording is not read yet");
    }
    Fault::new(format!("the file is not written in UTF-8: byte {at} is {byte:#04x}"))
        .at(format!("line {line}"))
        .mend("name the encoding that it is written in, for instance `--encoding windows-1252`, or save it as UTF-8")
}

/// So much of a text that may hold anything that it fits a message of one line.
#[must_use]
pub fn shown(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::{decode, encoding};

    #[test]
    fn marks_are_read_and_passed_over() {
        assert_eq!(decode(b"\xef\xbb\xbfh\xc3\xa9", None).unwrap(), "hé");
        assert_eq!(decode(b"\xff\xfeh\0\xe9\0", None).unwrap(), "hé");
        assert_eq!(decode(b"\xfe\xff\0h\0\xe9", None).unwrap(), "hé");
        assert_eq!(decode(b"", None).unwrap(), "");
    }

    #[test]
    fn an_encoding_that_is_named_is_taken_unless_a_mark_says_otherwise() {
        let latin = Some(encoding("latin1").unwrap());
        assert_eq!(decode(b"h\xe9", latin).unwrap(), "hé");
        assert_eq!(decode(b"\xef\xbb\xbfh\xc3\xa9", latin).unwrap(), "hé");
        let chinese = Some(encoding("GB2312").unwrap());
        assert_eq!(decode(b"\xc4\xe3", chinese).unwrap(), "你");
        assert!(decode(b"\xc4", chinese).unwrap_err().what.contains("GBK"));
        assert!(encoding("latin-nine").unwrap_err().contains("`latin-nine`"));
    }

    #[test]
    fn the_first_byte_that_is_no_text_is_named_with_its_line() {
        let fault = decode(b"a\nh\xe9", None).unwrap_err();
        assert!(fault.what.contains("byte 3 is 0xe9"), "{fault}");
        assert_eq!(fault.place.as_deref(), Some("line 2"));
        assert!(fault.mend.unwrap().contains("--encoding"));
    }
}
