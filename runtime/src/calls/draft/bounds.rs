//! Where segments begin and end: with their words where these are timed at the edges, else as the file says, else where a
//! neighbour is. Knows no format.

use super::Piece;
use crate::calls::notes::{ENDLESS, LAST_ENDLESS, Notes};
use crate::calls::place::LATEST_MS;
use crate::fault::Fault;

/// How long a word is taken to last where nothing tells: as in the tests of the language.
const WORD_MS: i32 = 300;

/// Start and end of each piece.
///
/// # Errors
/// A [`Fault`] for words of which nothing says when they were said.
pub(super) fn close(pieces: &[Piece], end: Option<i32>, notes: &mut Notes) -> Result<Vec<(i32, i32)>, Fault> {
    let mut starts: Vec<i32> = pieces.iter().filter_map(|piece| first_timed(piece).or(piece.start)).collect();
    starts.extend(end);
    starts.sort_unstable();
    let mut closed = Vec::with_capacity(pieces.len());
    let mut before = None;
    for piece in pieces {
        let start = start(piece, before).ok_or_else(|| timeless(piece))?;
        let last = last_timed(piece);
        let edge = || piece.end.max(last);
        let end = match piece.words.last().and_then(|word| word.end_ms) {
            Some(_) => last,
            None if piece.end.is_some() && !piece.goes_on => edge(),
            None => {
                let from = last.unwrap_or(start);
                let next = starts.get(starts.partition_point(|next| *next <= from)).copied();
                let next = next.filter(|next| piece.end.is_none_or(|end| *next <= end)).or(piece.end);
                match next {
                    Some(_) if piece.goes_on => {}
                    Some(_) => notes.count(&ENDLESS, &piece.place),
                    None => notes.count(&LAST_ENDLESS, &piece.place),
                }
                next.or_else(|| from_words(piece, from))
            }
        };
        let end = end.ok_or_else(|| timeless(piece))?.max(start.saturating_add(1));
        closed.push((start, end));
        before = Some(last.unwrap_or(start));
    }
    Ok(closed)
}

/// The end of a turn after which nothing is known: so much for each word without times at its end.
fn from_words(piece: &Piece, from: i32) -> Option<i32> {
    let words = piece.words.iter().rev().take_while(|word| word.end_ms.is_none()).count();
    let length = i32::try_from(words).ok()?.checked_mul(WORD_MS)?;
    from.checked_add(length).map(|end| end.min(LATEST_MS))
}

fn start(piece: &Piece, before: Option<i32>) -> Option<i32> {
    let first = first_timed(piece);
    if piece.words.first().is_some_and(|word| word.start_ms.is_some()) {
        return first;
    }
    let stated = piece.start.or(before.filter(|_| piece.follows));
    match (stated, first) {
        (Some(stated), Some(first)) => Some(stated.min(first)),
        (stated, first) => stated.or(first),
    }
}

fn first_timed(piece: &Piece) -> Option<i32> {
    piece.words.iter().filter_map(|word| word.start_ms).min()
}

fn last_timed(piece: &Piece) -> Option<i32> {
    piece.words.iter().filter_map(|word| word.end_ms).max()
}

fn timeless(piece: &Piece) -> Fault {
    let what = "words are there, and nothing says when they were said";
    Fault::new(what).at(piece.place.clone()).mend("give a transcript with times, at least of each turn")
}
