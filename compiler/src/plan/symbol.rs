//! Tests on what is said: on one token, or on a stretch of tokens that was recognised before. Knows no automaton.

use grille_evidence::locale::classes::Class;

/// A test on one normalised token, or on a stretch of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    /// Is this token.
    Exact(String),
    /// Begins with this.
    Prefix(String),
    /// Has this Snowball stem.
    Stem(String),
    /// Sounds like this token.
    Sound(String),
    /// Ends a stretch of this class.
    Class(ClassTest),
}

/// A test on a stretch of several tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassTest {
    /// The class.
    pub class: Class,
    /// Of digits: how many, at least and at most.
    pub digits: Option<(u8, u8)>,
}

impl ClassTest {
    /// The most tokens that a stretch of it has, fillers apart.
    #[must_use]
    pub fn longest(self) -> u32 {
        self.digits.map_or(self.class.longest(), |(_, most)| u32::from(most).min(self.class.longest()))
    }
}
