//! What does not count between the words of a phrase, packed into eight bytes a token that machine code reads at once.
//! Must not know how fillers, cut words and repeats are found.
//!
//! A *repeat* is a run of one to three tokens that says the run before it again; fillers and cut words between or inside do
//! not matter. It is described at its last token.

/// What may be passed over at one token; zero if nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(transparent)]
pub struct Skip(u64);

/// A repeat that ends at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Repeat {
    /// Its length in tokens, what is inside included.
    pub length: u32,
    /// From the first token of what it repeats to its own last one, in tokens.
    pub reach: u32,
    /// Every token of both is heard, and no speech without words lies in it or before it.
    pub sure: bool,
}

/// The most tokens that a repeat says again.
pub const LONGEST_REPEAT: usize = 3;
/// Bit: a filler or a cut word.
pub const FILLER: u64 = 1;
/// Bit: a repeat goes on after this token.
pub const GOES_ON: u64 = 2;
/// Bit: the token may not count: it is inside a repeat, or it may be cut.
pub const DOUBTFUL: u64 = 4;
/// Bits a repeat of one, two and three tokens takes up, from this bit times their number on.
pub const REPEAT_BITS: u32 = 16;
/// Inside these bits: where the reach begins.
pub const REACH_SHIFT: u32 = 7;
/// Lengths and reaches are at most this.
pub const MOST: u32 = 127;
/// Inside these bits: it is sure.
pub const SURE: u64 = 1 << 14;

impl Skip {
    /// As machine code reads it.
    #[must_use]
    pub fn bits(self) -> u64 {
        self.0
    }

    /// Is the token a filler or a cut word?
    #[must_use]
    pub fn is_filler(self) -> bool {
        self.0 & FILLER != 0
    }

    /// Does a repeat that began here or before go on after this token?
    #[must_use]
    pub fn goes_on(self) -> bool {
        self.0 & GOES_ON != 0
    }

    /// Does the token count in every phrase, whatever was not heard elsewhere?
    #[must_use]
    pub fn surely_counts(self) -> bool {
        self.0 & (FILLER | DOUBTFUL) == 0
    }

    /// The repeats that end here, the shortest first.
    pub fn repeats(self) -> impl Iterator<Item = Repeat> {
        (1..=LONGEST_REPEAT).filter_map(move |size| self.repeat(size))
    }

    fn repeat(self, size: usize) -> Option<Repeat> {
        let bits = self.0 >> shift(size);
        let part = |shift: u32| u32::try_from((bits >> shift) & u64::from(MOST)).unwrap_or(MOST);
        let (length, reach) = (part(0), part(REACH_SHIFT));
        (length > 0).then_some(Repeat { length, reach, sure: bits & SURE != 0 })
    }

    /// Marks the token as a filler or a cut word.
    pub fn mark_filler(&mut self) {
        self.0 |= FILLER;
    }

    /// Marks the token as one that may not count.
    pub fn mark_doubtful(&mut self) {
        self.0 |= DOUBTFUL;
    }

    /// Marks the token as one inside a repeat that goes on after it.
    pub fn mark_goes_on(&mut self) {
        self.0 |= GOES_ON | DOUBTFUL;
    }

    /// Notes the repeat of so many tokens (1 to 3) that ends here. One that is too long for any phrase is not noted.
    pub fn note(&mut self, size: usize, repeat: Repeat) {
        if repeat.reach > MOST || repeat.length > MOST || !(1..=LONGEST_REPEAT).contains(&size) {
            return;
        }
        let sure = if repeat.sure { SURE } else { 0 };
        let bits = u64::from(repeat.length) | u64::from(repeat.reach) << REACH_SHIFT | sure;
        self.0 |= bits << shift(size);
    }
}

fn shift(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(0) * REPEAT_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_is_read_again() {
        let mut skip = Skip::default();
        assert_eq!(skip.bits(), 0);
        let long = Repeat { length: 5, reach: 127, sure: true };
        let short = Repeat { length: 1, reach: 2, sure: false };
        skip.note(3, long);
        skip.note(1, short);
        skip.note(2, Repeat { length: 100, reach: 128, sure: true });
        assert_eq!(skip.repeats().collect::<Vec<_>>(), [short, long]);
        assert!(!skip.is_filler() && !skip.goes_on() && skip.surely_counts());
        skip.mark_filler();
        assert!(skip.is_filler() && !skip.goes_on() && !skip.surely_counts());
        skip.mark_goes_on();
        assert!(skip.goes_on());
        assert_eq!(skip.repeats().collect::<Vec<_>>(), [short, long]);
    }
}
