//! The lists behind the classes, read once. Must not know how words combine.

use super::super::sequences::Sequences;
use std::collections::{BTreeMap, BTreeSet};

/// The words of one language that classes are made of.
pub(in super::super) struct ClassWords {
    /// Numbers below a hundred that one word says.
    pub atoms: BTreeMap<String, u64>,
    /// Words that multiply: hundred, thousand.
    pub scales: BTreeMap<String, u64>,
    pub ordinals: BTreeMap<String, u64>,
    pub months: BTreeSet<String>,
    pub weekdays: BTreeSet<String>,
    pub currencies: BTreeSet<String>,
    pub cents: BTreeSet<String>,
    pub units: BTreeSet<String>,
    pub naming: Sequences,
    pub titles: BTreeSet<String>,
    pub spelling: BTreeSet<String>,
    pub links: Sequences,
    pub letter_words: BTreeSet<String>,
    /// Lines of the list of masks, as written.
    pub masks: Vec<String>,
    /// The numerals are those of French, else of English.
    pub french: bool,
}

impl ClassWords {
    /// From the lists: `entries` gives the lines of one, `cut` the tokens of a line.
    pub(in super::super) fn new<'a, I: Iterator<Item = &'a str>>(
        french: bool,
        entries: impl Fn(&'static str) -> I,
        cut: impl Fn(&str) -> Vec<String>,
    ) -> ClassWords {
        let valued = |name: &'static str| {
            let lines = entries(name).filter_map(|line| line.rsplit_once(' '));
            lines.map(|(word, value)| (cut(word).concat(), value.to_owned())).collect::<Vec<_>>()
        };
        let read = |pairs: &[(String, String)], mark: &str| {
            let valued =
                pairs.iter().filter_map(|(word, value)| Some((word.clone(), value.strip_prefix(mark)?.parse().ok()?)));
            valued.collect::<BTreeMap<String, u64>>()
        };
        let single = |name: &'static str| entries(name).flat_map(&cut).collect::<BTreeSet<String>>();
        let numbers = valued("numbers");
        ClassWords {
            atoms: read(&numbers, ""),
            scales: read(&numbers, "x"),
            ordinals: read(&valued("ordinals"), ""),
            months: valued("months").into_iter().map(|(word, _)| word).collect(),
            weekdays: single("weekdays"),
            currencies: single("currencies"),
            cents: single("cents"),
            units: single("units"),
            naming: Sequences::new(entries("naming").map(&cut)),
            titles: single("titles"),
            spelling: single("spelling-words"),
            links: Sequences::new(entries("spelling-links").map(&cut)),
            letter_words: single("letter-words"),
            masks: entries("masks").map(str::to_owned).collect(),
            french,
        }
    }
}
