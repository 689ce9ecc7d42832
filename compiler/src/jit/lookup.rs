//! From a symbol to the positions that it stands for, as a table that machine code reads with one multiplication: a
//! hash without collisions, found once for each group. Knows nothing of Cranelift.

use crate::plan::SymbolId;
use std::collections::BTreeMap;

/// One place of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Entry {
    /// Positions; none where the place is empty.
    pub mask: u64,
    /// Whose.
    pub symbol: u32,
    unused: u32,
}

/// Bytes of an entry, as a power of two.
pub const ENTRY_SHIFT: i64 = 4;
/// Place of [`Entry::mask`].
pub const MASK: i32 = 0;
/// Place of [`Entry::symbol`].
pub const SYMBOL: i32 = 8;

const EMPTY: Entry = Entry { mask: 0, symbol: u32::MAX, unused: 0 };
const TRIES: u32 = 1000;

/// A table of `2^(32 - shift)` entries; a symbol's place is `(symbol · multiplier mod 2^32) >> shift`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The multiplier, odd.
    pub multiplier: u32,
    /// How far the product is shifted down.
    pub shift: u32,
    /// The table.
    pub entries: Box<[Entry]>,
}

impl Lookup {
    /// Over these symbols, of which there are at most 64.
    #[must_use]
    pub fn new(symbols: &BTreeMap<SymbolId, u64>) -> Lookup {
        let wanted = (symbols.len() * symbols.len() / 4).max(4).next_power_of_two();
        let mut bits = wanted.trailing_zeros();
        loop {
            let mut multiplier: u32 = 0x9E37_79B1;
            for _ in 0..TRIES {
                if let Some(found) = Lookup::with(symbols, multiplier, 32 - bits) {
                    return found;
                }
                multiplier = multiplier.wrapping_mul(0x915F_77F5).wrapping_add(2) | 1;
            }
            bits += 1;
        }
    }

    fn with(symbols: &BTreeMap<SymbolId, u64>, multiplier: u32, shift: u32) -> Option<Lookup> {
        let mut entries = vec![EMPTY; 1 << (32 - shift)].into_boxed_slice();
        for (symbol, mask) in symbols {
            let place = symbol.0.wrapping_mul(multiplier) >> shift;
            let entry = entries.get_mut(place as usize)?;
            if *entry != EMPTY {
                return None;
            }
            *entry = Entry { mask: *mask, symbol: symbol.0, unused: 0 };
        }
        Some(Lookup { multiplier, shift, entries })
    }

    /// What machine code computes: the mask of a symbol, 0 if it has none.
    #[must_use]
    pub fn mask(&self, symbol: u32) -> u64 {
        let place = symbol.wrapping_mul(self.multiplier) >> self.shift;
        self.entries.get(place as usize).filter(|e| e.symbol == symbol).map_or(0, |e| e.mask)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_finds_its_mask_and_no_other_does() {
        for count in [0u32, 1, 2, 7, 30, 64] {
            let symbols: BTreeMap<SymbolId, u64> = (0..count).map(|i| (SymbolId(i * 37 + 5), 1 << (i % 64))).collect();
            let lookup = Lookup::new(&symbols);
            for symbol in 0..4000 {
                assert_eq!(lookup.mask(symbol), symbols.get(&SymbolId(symbol)).copied().unwrap_or(0));
            }
        }
    }

    #[test]
    fn places_are_where_they_are_said_to_be() {
        assert_eq!(std::mem::offset_of!(Entry, mask), MASK as usize);
        assert_eq!(std::mem::offset_of!(Entry, symbol), SYMBOL as usize);
        assert_eq!(std::mem::size_of::<Entry>(), 1 << ENTRY_SHIFT);
    }
}
