//! Names of persons, told without a list of names: what follows “je m'appelle” or a title. A capital tells it where the source
//! writes capitals; else the word right after may be one. A capital elsewhere inside a sentence may be a name, too.

use super::numbers::Text;
use super::{Class, Found, Stop};

/// The most words of a name.
const MOST: usize = 4;
/// Small words inside a name.
const PARTICLES: [&str; 8] = ["de", "du", "d'", "la", "le", "van", "von", "ben"];

/// The names of a stretch.
pub(super) fn names(text: &Text<'_>, cased: bool) -> Vec<Found> {
    let tokens: Vec<&str> = text.lexemes.iter().map(|l| l.text).collect();
    let formulas = text.words.naming.occurrences(&tokens);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < text.lexemes.len() {
        let title = at > 0 && text.words.titles.contains(text.at(at - 1));
        let named = (title || formulas.iter().any(|range| range.end == at)) && near(text, at);
        let readable = !text.at(at).is_empty() && text.numeral(at).is_none();
        let end = if cased { capitals(text, at) } else { at };
        match (named && readable && !text.words.titles.contains(text.at(at)), end > at) {
            (true, true) => found.push(Found::new(Class::Name, at, end)),
            (true, false) => found.push(Found { sure: false, ..Found::new(Class::Name, at, at + 1) }),
            (false, true) if inside_sentence(text, at) => {
                found.push(Found { sure: false, ..Found::new(Class::Name, at, end) });
            }
            _ => {
                at += 1;
                continue;
            }
        }
        at = found.last().map_or(at + 1, |f| f.to);
    }
    found
}

fn near(text: &Text<'_>, at: usize) -> bool {
    text.stop_before(at).is_some_and(|stop| stop < Stop::Sentence)
}

/// Is the capital not that of a sentence's first word?
fn inside_sentence(text: &Text<'_>, at: usize) -> bool {
    near(text, at) && !text.words.titles.contains(text.at(at))
}

fn is_capital(text: &Text<'_>, at: usize) -> bool {
    let pronoun = !text.words.french && (text.is(at, "i") || text.at(at).starts_with("i'"));
    let day = text.words.weekdays.contains(text.at(at)) || text.words.months.contains(text.at(at));
    !pronoun && !day && text.lexemes.get(at).is_some_and(|l| l.written.capital)
}

/// Behind the last of the capitals that begin here, small words between them included.
fn capitals(text: &Text<'_>, from: usize) -> usize {
    let mut end = from;
    let mut at = from;
    while at - from < MOST && (at == from || text.joins(at)) {
        if is_capital(text, at) {
            end = at + 1;
        } else if at == from || !PARTICLES.contains(&text.at(at)) {
            break;
        }
        at += 1;
    }
    end
}
