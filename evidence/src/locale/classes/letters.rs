//! Spelled words: letters in a row, with the signs between them; “d comme David” is a letter.

use super::numbers::Text;
use super::{Class, Found, LONGEST, Stop};

/// The least number of letters; fewer may be words.
const LEAST: usize = 3;

/// The spelled words of a stretch.
pub(super) fn spelled(text: &Text<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.lexemes.len() {
        let run = run(text, at);
        if run.counts() {
            found.push(Found::new(Class::Spelled, at, run.end));
        }
        at = run.end.max(at + 1);
    }
    found
}

/// Letters in a row.
struct Run {
    /// Behind the last letter.
    end: usize,
    letters: usize,
    /// Letters that are no words of their own.
    plain: usize,
    /// Letters with a word that tells them.
    told: usize,
}

impl Run {
    fn counts(&self) -> bool {
        (self.letters >= LEAST && self.plain >= 2) || (self.told > 0 && self.letters + self.told >= LEAST)
    }
}

fn run(text: &Text<'_>, from: usize) -> Run {
    let mut run = Run { end: from, letters: 0, plain: 0, told: 0 };
    let mut at = from;
    while at - from < LONGEST && (at == from || text.stop_before(at).is_some_and(|stop| stop < Stop::Sentence)) {
        if is_letter(text, at) {
            run.letters += 1;
            run.plain += usize::from(!text.words.letter_words.contains(text.at(at)));
            let end = told(text, at);
            run.told += usize::from(end > at + 1);
            run.end = end;
            at = end;
        } else if at > from && text.words.spelling.contains(text.at(at)) {
            at += 1;
        } else {
            break;
        }
    }
    run
}

fn is_letter(text: &Text<'_>, at: usize) -> bool {
    let mut letters = text.at(at).chars();
    let one = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    one && text.lexemes.get(at).is_some_and(|l| !l.written.dotted)
}

/// Where a letter ends: with “comme David”, if that begins with it.
fn told(text: &Text<'_>, at: usize) -> usize {
    let after: Vec<&str> = (at + 1..(at + 4).min(text.lexemes.len())).map(|at| text.at(at)).collect();
    let link = text.words.links.occurrences(&after).into_iter().find(|range| range.start == 0);
    let Some(link) = link.filter(|_| text.joins(at + 1)) else { return at + 1 };
    let word = at + 1 + link.end;
    let fits = text.joins(word) && text.at(word).starts_with(text.at(at)) && text.at(word).chars().count() > 1;
    if fits { word + 1 } else { at + 1 }
}
