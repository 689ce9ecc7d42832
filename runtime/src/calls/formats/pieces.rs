//! Pieces of words, as recognisers of the Whisper family write them, to words: a piece that begins with a blank begins a
//! word. Knows no format.

use super::whisper_cpp::bytes_of;
use crate::calls::decimal::Decimal;
use crate::calls::draft::Party;

/// A piece as a file gives it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    /// As written, with its blanks.
    pub text: &'a str,
    /// Start and end in milliseconds, if it has times.
    pub times: Option<(i32, i32)>,
    /// How probable, from 0 to 1, if the file says it.
    pub probability: Option<Decimal<'a>>,
    /// Who says it, if the file says it.
    pub by: Option<Party>,
}

/// A word that was put together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Whole {
    /// Its bytes: a piece may end inside a character.
    bytes: Vec<u8>,
    /// From the start of its first piece to the end of its last; none if one of these has no times.
    pub times: Option<(i32, i32)>,
    /// Who says it.
    pub by: Option<Party>,
    /// The number of its first piece.
    pub first: usize,
    /// The number of its last.
    pub last: usize,
    millionths: i64,
    rated: i64,
}

impl Whole {
    /// Its text; bytes that are no character stand as `�`.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The mean of the probabilities of its pieces, in thousandths, half to even; those of punctuation do not count.
    pub(super) fn confidence(&self) -> Option<u16> {
        if self.rated == 0 {
            return None;
        }
        let (whole, rest) = (self.millionths / (self.rated * 1000), self.millionths % (self.rated * 1000));
        let up = rest * 2 > self.rated * 1000 || rest * 2 == self.rated * 1000 && whole % 2 == 1;
        u16::try_from(whole + i64::from(up)).ok().filter(|thousandths| *thousandths <= 1000)
    }

    /// Does it begin with a bracket that is not closed?
    fn is_open(&self) -> bool {
        self.bytes.trim_ascii_start().starts_with(b"[") && !self.bytes.contains(&b']')
    }

    fn add(&mut self, piece: &Piece<'_>) {
        let bytes = bytes_of(piece.text);
        let spoken = std::str::from_utf8(&bytes).map_or(true, |text| text.chars().any(char::is_alphanumeric));
        let probability = piece.probability.and_then(|p| p.scaled(6)).filter(|p| (0..=1_000_000).contains(p));
        if let Some(millionths) = probability.filter(|_| spoken) {
            self.millionths += millionths;
            self.rated += 1;
        }
        self.times = match (self.bytes.is_empty(), self.times, piece.times) {
            (true, _, times) => times,
            (false, Some((start, end)), Some((_, later))) => Some((start, later.max(end))),
            (false, times, None) if !spoken => times,
            _ => None,
        };
        self.bytes.extend_from_slice(&bytes);
    }
}

/// The words of a stretch. If no piece begins with a blank, each is a word.
pub(super) fn joined<'a>(pieces: impl Iterator<Item = Piece<'a>>, blanks: bool) -> Vec<Whole> {
    let mut words: Vec<Whole> = Vec::new();
    for (number, piece) in pieces.enumerate() {
        let begins = !blanks || piece.text.starts_with(char::is_whitespace);
        match words.last_mut() {
            Some(word) if !begins => {
                word.last = number;
                word.add(&piece);
            }
            _ => {
                let mut word = Whole { by: piece.by, first: number, last: number, ..Whole::default() };
                word.add(&piece);
                words.push(word);
            }
        }
    }
    bracketed(words)
}

/// Does a whole segment tell of a sound: `(phone ringing)`, `*sighs*`, `♪ la la ♪`? Inside a segment such marks may be words.
pub(super) fn is_sound(segment: &str) -> bool {
    let text = segment.trim();
    let inside =
        [('(', ')'), ('*', '*')].into_iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    text.starts_with('♪') || inside.is_some_and(|inside| !inside.contains(['(', ')', '*']) && !inside.trim().is_empty())
}

/// How many words a sound in brackets has at most.
const SOUND_WORDS: usize = 6;

/// What stands between brackets, such as `[background noise]`, as one.
fn bracketed(words: Vec<Whole>) -> Vec<Whole> {
    if !words.iter().any(Whole::is_open) {
        return words;
    }
    let mut out: Vec<Whole> = Vec::with_capacity(words.len());
    let mut words = words.as_slice();
    while let Some((first, after)) = words.split_first() {
        let reach = after.iter().take(SOUND_WORDS - 1);
        let closing = reach.take_while(|_| first.is_open()).position(|word| word.bytes.contains(&b']'));
        let (inside, rest) = after.split_at_checked(closing.map_or(0, |at| at + 1)).unwrap_or((&[], after));
        let mut whole = first.clone();
        for word in inside {
            whole.bytes.extend_from_slice(&word.bytes);
            whole.last = word.last;
            whole.times = whole.times.zip(word.times).map(|((start, _), (_, end))| (start, end));
        }
        out.push(whole);
        words = rest;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Piece, joined};
    use crate::calls::decimal::Decimal;

    #[test]
    fn segments_that_tell_of_sounds_are_known() {
        for text in [" (phone ringing)", "*sighs*", "♪ We are the champions ♪", "♪♪"] {
            assert!(super::is_sound(text), "{text}");
        }
        for text in [" Yes (no).", "(a) and (b)", "****", "", "()", "Hello."] {
            assert!(!super::is_sound(text), "{text}");
        }
    }

    #[test]
    fn a_piece_that_begins_with_a_blank_begins_a_word() {
        let written = [
            (" ca", Some((400, 700)), "0.8"),
            ("fé", Some((700, 900)), "0.6"),
            (",", None, "0.1"),
            (" oui", Some((900, 1000)), "0.0005"),
            ("-da", None, "0.0015"),
            (" \"", None, "0.2"),
        ];
        let piece = |(text, times, p)| Piece { text, times, probability: Decimal::parse(p), by: None };
        let told = |blanks| -> Vec<_> {
            let words = joined(written.into_iter().map(piece), blanks);
            words.iter().map(|word| (word.text(), word.times, word.confidence(), word.first)).collect()
        };
        assert_eq!(
            told(true),
            [
                (" café,".to_owned(), Some((400, 900)), Some(700), 0),
                (" oui-da".to_owned(), None, Some(1), 3),
                (" \"".to_owned(), None, None, 5),
            ]
        );
        assert_eq!(told(false).len(), 6);
        let sound = [" [", "back", "ground", " noise", "]", " yes"].map(|text| piece((text, None, "0.5")));
        let words: Vec<String> = joined(sound.into_iter(), true).iter().map(super::Whole::text).collect();
        assert_eq!(words, [" [background noise]", " yes"]);
        let open = joined([" [sic", " he", " said"].map(|text| piece((text, None, ""))).into_iter(), true);
        assert_eq!(open.len(), 3);
    }
}
