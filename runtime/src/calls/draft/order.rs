//! Words whose times contradict the order of the text: the text is kept, the fewest times are given up. Knows no format.

use super::Piece;
use crate::calls::notes::{DISORDERED, Notes};

/// Takes the times from the fewest words such that the starts of the others rise along the text.
pub(super) fn keep(piece: &mut Piece, notes: &mut Notes) {
    let starts: Vec<(usize, i32)> =
        piece.words.iter().enumerate().filter_map(|(number, word)| Some((number, word.start_ms?))).collect();
    if starts.is_sorted_by_key(|(_, start)| *start) {
        return;
    }
    let mut kept = rising(&starts).into_iter().peekable();
    for (number, _) in &starts {
        if kept.next_if_eq(number).is_none()
            && let Some(word) = piece.words.get_mut(*number)
        {
            (word.start_ms, word.end_ms) = (None, None);
            notes.count(&DISORDERED, format_args!("{}, word {}", piece.place, piece.before + number + 1));
        }
    }
}

/// The numbers of a longest run of starts, not all next to each other, that never falls.
fn rising(starts: &[(usize, i32)]) -> Vec<usize> {
    // For each length of a run: the start with which the best run of that length ends, and where it stands.
    let mut ends: Vec<(i32, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(starts.len());
    for (at, (_, start)) in starts.iter().enumerate() {
        let length = ends.partition_point(|(end, _)| end <= start);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).map(|(_, at)| *at));
        match ends.get_mut(length) {
            Some(end) => *end = (*start, at),
            None => ends.push((*start, at)),
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut next = ends.last().map(|(_, at)| *at);
    while let Some(at) = next {
        run.extend(starts.get(at).map(|(number, _)| *number));
        next = before.get(at).copied().flatten();
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::rising;

    #[test]
    fn the_fewest_are_left_out() {
        let run = |starts: &[i32]| rising(&starts.iter().copied().enumerate().collect::<Vec<_>>());
        assert_eq!(run(&[1, 2, 3]), [0, 1, 2]);
        assert_eq!(run(&[1, 99, 3, 4]), [0, 2, 3]);
        assert_eq!(run(&[10, 1, 2, 2, 3]), [1, 2, 3, 4]);
        assert_eq!(run(&[3, 2, 1]).len(), 1);
        assert!(run(&[]).is_empty());
    }
}
