//! How a token sounds, roughly: its letters by the rules of the language, then a bounded distance between two of these.
//! Must not know which words are looked for.
//!
//! The distance is that of Damerau and Levenshtein with adjacent transpositions (optimal string alignment). Allowed are 0 steps where the wanted
//! word has three sounds, 1 where it has four to six, 2 from seven on; the first sound must be the same. A word of fewer than
//! three sounds cannot be told.

/// Fewer sounds than this cannot be told apart.
pub const LEAST_SOUNDS: usize = 3;

/// The sounds of one token.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sound(Vec<char>);

impl Sound {
    /// Has it enough sounds to be told from other words?
    #[must_use]
    pub fn can_be_told(&self) -> bool {
        self.0.len() >= LEAST_SOUNDS
    }

    /// Does what was heard sound like this wanted word?
    #[must_use]
    pub fn is_like(&self, heard: &Sound) -> bool {
        let allowed = match self.0.len() {
            0..=3 => 0,
            4..=6 => 1,
            _ => 2,
        };
        let begins = self.0.first() == heard.0.first();
        begins && self.0.len().abs_diff(heard.0.len()) <= allowed && steps(&self.0, &heard.0) <= allowed
    }
}

/// Letters and their sounds, the longest first.
pub(super) struct SoundRules {
    rules: Vec<Rule>,
}

struct Rule {
    letters: Vec<char>,
    sounds: Vec<char>,
    at_start: bool,
    at_end: bool,
}

impl SoundRules {
    pub(super) fn new<'a>(lines: impl Iterator<Item = &'a str>) -> SoundRules {
        let mut rules: Vec<Rule> = lines.filter_map(|line| line.split_once(' ')).map(Rule::new).collect();
        rules.sort_by_key(|rule| std::cmp::Reverse((rule.letters.len(), rule.at_start, rule.at_end)));
        SoundRules { rules }
    }

    pub(super) fn of(&self, token: &str) -> Sound {
        let letters: Vec<char> = token.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut sounds: Vec<char> = Vec::new();
        let mut at = 0;
        while let Some(letter) = letters.get(at) {
            let rule = self.rules.iter().find(|rule| rule.fits(&letters, at));
            let (said, length) =
                rule.map_or((std::slice::from_ref(letter), 1), |rule| (&*rule.sounds, rule.letters.len()));
            for sound in said {
                if sounds.last() != Some(sound) {
                    sounds.push(*sound);
                }
            }
            at += length.max(1);
        }
        Sound(sounds)
    }
}

impl Rule {
    fn new((letters, sounds): (&str, &str)) -> Rule {
        let bare = letters.trim_start_matches('^').trim_end_matches('$');
        Rule {
            letters: bare.chars().collect(),
            sounds: if sounds == "-" { Vec::new() } else { sounds.chars().collect() },
            at_start: letters.starts_with('^'),
            at_end: letters.ends_with('$'),
        }
    }

    fn fits(&self, letters: &[char], at: usize) -> bool {
        let end = at + self.letters.len();
        letters.get(at..end) == Some(self.letters.as_slice())
            && (!self.at_start || at == 0)
            && (!self.at_end || end == letters.len())
    }
}

/// Steps from one to the other: a sound more, a sound less, another sound, two changed about.
fn steps(a: &[char], b: &[char]) -> usize {
    let mut older: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = cell(&last, j) + usize::from(from != to);
            best = best.min(cell(&last, j + 1) + 1).min(cell(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(to) && b.get(j - 1) == Some(from);
            if swapped {
                best = best.min(cell(&older, j - 1) + 1);
            }
            row.push(best);
        }
        older = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::LocalePack;

    fn alike(language: &str, wanted: &str, heard: &str) -> bool {
        let pack = LocalePack::for_tag(language).unwrap();
        pack.sound(wanted).is_like(&pack.sound(heard))
    }

    #[test]
    fn steps_are_those_of_damerau_and_levenshtein() {
        let count = |a: &str, b: &str| steps(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        for (a, b, wanted) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("abc", "abc", 0),
            ("abc", "acb", 1),
            ("ca", "abc", 3),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(count(a, b), wanted, "{a} {b}");
        }
    }

    #[test]
    fn words_that_sound_alike_meet() {
        for (wanted, heard) in [
            ("orange", "oranges"),
            ("orange", "orangé"),
            ("dupont", "dupond"),
            ("bouygues", "bouigue"),
            ("carrefour", "karefour"),
            ("quartier", "cartier"),
            ("philippe", "filip"),
            ("martin", "martain"),
        ] {
            assert!(alike("fr", wanted, heard), "{wanted} {heard}");
        }
        for (wanted, heard) in [
            ("smith", "smyth"),
            ("knight", "night"),
            ("philip", "filip"),
            ("vodafone", "vodaphone"),
            ("catherine", "katherine"),
        ] {
            assert!(alike("en", wanted, heard), "{wanted} {heard}");
        }
    }

    #[test]
    fn words_that_do_not_sound_alike_do_not() {
        for (wanted, heard) in [("orange", "orgue"), ("orange", "bonjour"), ("martin", "matelas"), ("dupont", "durand")]
        {
            assert!(!alike("fr", wanted, heard), "{wanted} {heard}");
        }
        for (wanted, heard) in [("smith", "south"), ("vodafone", "telephone"), ("bank", "tank")] {
            assert!(!alike("en", wanted, heard), "{wanted} {heard}");
        }
    }

    #[test]
    fn short_words_cannot_be_told() {
        let french = LocalePack::for_tag("fr").unwrap();
        assert!(["le", "eau", "oui", "haut", ""].iter().all(|word| !french.sound(word).can_be_told()));
        for word in ["sfr", "orange", "free"] {
            assert!(french.sound(word).can_be_told(), "{word}: {:?}", french.sound(word));
        }
    }
}
