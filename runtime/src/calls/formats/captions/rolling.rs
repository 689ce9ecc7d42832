//! Captions that roll up: each shows again the last line of the one before, as on television and on video sites. What is
//! shown again was said once. Knows no speakers.

use super::Cue;
use super::markup::{self, Dialect};

/// How far apart two captions may be that show one line on, in milliseconds.
const TOUCHING: i32 = 20;
/// At most so many lines are shown again.
const MOST_LINES: usize = 8;
/// So many captions show a line again before it is taken for a habit of the file.
const LEAST: usize = 3;

/// Takes the lines that are shown again from a file in which at least three captions, and at least half of those that
/// follow another at once, show one. Tells how many lines were taken.
pub fn unroll(cues: &mut [Cue<'_>], dialect: Dialect) -> usize {
    let shown: Vec<Vec<Shown>> = cues.iter().map(|cue| plain(cue, dialect)).collect();
    let mut repeated = vec![0usize; cues.len()];
    let (mut rolls, mut follows) = (0usize, 0usize);
    let pairs = cues.iter().zip(&shown).zip(cues.iter().zip(&shown).zip(repeated.iter_mut()).skip(1));
    for ((before, was), ((cue, is), repeated)) in pairs {
        if is.is_empty() || was.is_empty() || (cue.times.0 - before.times.1).abs() > TOUCHING {
            continue;
        }
        follows += 1;
        *repeated = shown_again(was, is);
        rolls += usize::from(*repeated > 0);
    }
    if rolls < LEAST || rolls * 2 < follows {
        return 0;
    }
    for ((cue, shown), repeated) in cues.iter_mut().zip(&shown).zip(&repeated) {
        let again = shown.get(..*repeated).unwrap_or_default();
        cue.lines.retain(|(number, _)| again.iter().all(|line| line.number != *number));
    }
    repeated.iter().sum()
}

/// A line that holds something.
struct Shown {
    number: u32,
    text: String,
}

/// How many of the first lines are the last lines of the caption before.
fn shown_again(was: &[Shown], is: &[Shown]) -> usize {
    let most = was.len().min(is.len()).min(MOST_LINES);
    let same = |lines: &usize| {
        let last = was.get(was.len() - lines..).unwrap_or_default();
        last.iter().zip(is).all(|(was, is)| was.text == is.text)
    };
    (1..=most).rev().find(same).unwrap_or(0)
}

/// The lines without tags; those that hold nothing are left out.
fn plain(cue: &Cue<'_>, dialect: Dialect) -> Vec<Shown> {
    let (pieces, _) = markup::pieces(cue.lines.iter().copied(), cue.times, dialect);
    let lines = pieces.chunk_by(|a, b| a.line == b.line);
    let shown = lines.map(|line| Shown {
        number: line.first().map_or(0, |piece| piece.line),
        text: line.iter().map(|piece| piece.text.as_str()).collect::<String>().trim().to_owned(),
    });
    shown.collect()
}
