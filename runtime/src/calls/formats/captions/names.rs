//! Who speaks, where captions say it in their text: `Agent: `, `[SPEAKER_00]: `, `- `, `>> `. Knows no roles.
//!
//! Whether `Attention: ` is a name cannot be seen from one line, so it is decided for the whole file. What stands before a
//! colon at the start of lines is who speaks
//! - if every caption begins so; or
//! - if at least two such names come back (each begins two captions or more) and a third of the captions begin so. A name
//!   that begins one caption only is then one if nine captions in ten begin with a name.
//!
//! Else it is text. In brackets, a speaker's label of a program (`[SPEAKER_00]`, `(speaker 1)`) needs no colon and no
//! second caption. A line without a name goes on in the voice of the line before. `- `, `-- `, `>> ` at the start of a line
//! tell that somebody else speaks, and not who.

use super::Line;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The longest name, in characters and in words.
const LONGEST: (usize, usize) = (40, 5);

/// What the lines of a file tell of who speaks.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Lines that began with a name.
    pub named: u32,
    /// Lines that began with a mark of change and no name.
    pub marked: u32,
    /// Text before a colon that begins several captions and is no name by the rule.
    pub doubted: Option<String>,
}

/// Takes names and marks from the starts of lines and gives each line its speaker; lines with a voice of their own keep it.
/// Tells the number of each line that is given to whoever spoke before.
pub fn assign(lines: &mut [Line], mut carried: impl FnMut(u32)) -> Found {
    let names = Names::of(lines);
    let mut found = Found { doubted: names.doubted(), ..Found::default() };
    let mut now: Option<Rc<str>> = None;
    for line in lines.iter_mut().filter(|line| !line.voiced) {
        if !line.opens_line {
            line.speaker.clone_from(&now);
            continue;
        }
        let (marked, text) = unmarked(&line.text);
        match label(text).filter(|label| names.holds(label)) {
            Some(label) => {
                now = label.speaker();
                found.named += 1;
                line.text = label.rest.to_owned();
            }
            None if marked => {
                now = None;
                found.marked += 1;
                line.text = text.to_owned();
            }
            None if now.is_some() => carried(line.number),
            None => {}
        }
        line.speaker.clone_from(&now);
    }
    found
}

/// The names by which a file's captions begin.
struct Names {
    /// How many captions each begins.
    uses: BTreeMap<String, u32>,
    taken: BTreeSet<String>,
}

impl Names {
    fn of(lines: &[Line]) -> Names {
        let mut uses: BTreeMap<String, u32> = BTreeMap::new();
        let (mut captions, mut named) = (0u32, 0u32);
        for caption in lines.chunk_by(|a, b| a.cue == b.cue) {
            let Some(first) = caption.first().filter(|line| !line.voiced) else { continue };
            captions += 1;
            if let Some(label) = label(unmarked(&first.text).1).filter(|label| !label.is_programs) {
                named += 1;
                *uses.entry(label.name.to_owned()).or_default() += 1;
            }
        }
        let back = uses.values().filter(|uses| **uses > 1).count();
        let every = named == captions;
        let some = back > 1 && named.saturating_mul(3) >= captions;
        let most = named.saturating_mul(10) >= captions.saturating_mul(9);
        let takes = |uses: u32| every || some && (uses > 1 || most);
        let taken = uses.iter().filter(|(_, uses)| takes(**uses)).map(|(name, _)| name.clone()).collect();
        Names { uses, taken }
    }

    fn holds(&self, label: &Label<'_>) -> bool {
        label.is_programs || self.taken.contains(label.name)
    }

    fn doubted(&self) -> Option<String> {
        let most = self.uses.iter().filter(|(name, uses)| **uses > 1 && !self.taken.contains(*name));
        most.max_by_key(|(_, uses)| **uses).map(|(name, _)| name.clone())
    }
}

/// What may be a name at the start of a line, and what follows it.
struct Label<'a> {
    name: &'a str,
    rest: &'a str,
    /// In brackets, as programs write it.
    is_programs: bool,
}

impl Label<'_> {
    /// The speaker; none if the program did not know.
    fn speaker(&self) -> Option<Rc<str>> {
        (!self.name.ends_with('?')).then(|| Rc::from(self.name))
    }
}

fn label(text: &str) -> Option<Label<'_>> {
    bracketed(text).or_else(|| before_colon(text))
}

/// `[SPEAKER_00]: …`, `(speaker 1) …`.
fn bracketed(text: &str) -> Option<Label<'_>> {
    let close = if text.starts_with('[') { ']' } else { ')' };
    let (name, rest) = text.strip_prefix(['[', '('])?.split_once(close)?;
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '?').trim_end_matches([' ', '_', '-', '#']);
    let is_programs =
        ["speaker", "spk", "spkr"].iter().any(|known| word.eq_ignore_ascii_case(known)) && word.len() < name.len();
    let coloned = rest.strip_prefix(':');
    let is_label = is_programs || coloned.is_some() && is_name(name);
    is_label.then(|| Label { name, rest: coloned.unwrap_or(rest), is_programs })
}

/// `Agent: …`; not `12:30`, not `http://…`.
fn before_colon(text: &str) -> Option<Label<'_>> {
    let near = text.char_indices().nth(LONGEST.0 + 1).map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
    let at = near.find([':', '：'])?;
    let (name, colon) = text.split_at_checked(at)?;
    let rest = colon.strip_prefix([':', '：'])?;
    let parted = rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.starts_with(char::is_alphabetic);
    (parted && is_name(name.trim_end())).then_some(Label { name: name.trim_end(), rest, is_programs: false })
}

fn is_name(text: &str) -> bool {
    let fits = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '.' | '_' | '\'' | '’' | '-' | '(' | ')' | '&' | '#' | '@' | '/')
    };
    let short = text.chars().count() <= LONGEST.0 && text.split_whitespace().count() <= LONGEST.1;
    short && text.starts_with(char::is_alphabetic) && text.chars().all(fits)
}

/// Whether a line begins with a mark of change, and the text behind it.
fn unmarked(text: &str) -> (bool, &str) {
    let text = text.trim_start();
    let bare = text.trim_start_matches('>');
    if text.len() > bare.len() + 1 {
        return (true, bare.trim_start());
    }
    let bare = text.trim_start_matches(['-', '–', '—']);
    let dashes = text.chars().count() - bare.chars().count();
    let parted =
        bare.starts_with(char::is_whitespace) || bare.starts_with(char::is_alphabetic) || bare.starts_with('[');
    let marked = (1..=2).contains(&dashes) && parted && !bare.trim().is_empty();
    if marked { (true, bare.trim_start()) } else { (false, text) }
}
