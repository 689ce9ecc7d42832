//! Which tokens of a call carry which symbols of a plan.

use crate::plan::{Plan, Symbol, SymbolId};
use grille_evidence::facts::{CallFacts, UNKNOWN_TOKEN};
use grille_evidence::locale::LocalePack;
use std::collections::HashMap;

/// Finds the symbols that a normalised token carries. Built once a plan.
pub struct Symboliser {
    exact: HashMap<String, SymbolId>,
    prefixes: HashMap<String, SymbolId>,
    longest_prefix: usize,
    stems: HashMap<String, SymbolId>,
    pack: Option<&'static LocalePack>,
}

impl Symboliser {
    /// Over the symbols of a plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Symboliser {
        let mut symboliser = Symboliser {
            exact: HashMap::new(),
            prefixes: HashMap::new(),
            longest_prefix: 0,
            stems: HashMap::new(),
            pack: LocalePack::for_tag(&plan.locale),
        };
        for (id, symbol) in (0..).map(SymbolId).zip(&plan.symbols) {
            match symbol {
                Symbol::Exact(text) => symboliser.exact.insert(text.clone(), id),
                Symbol::Prefix(text) => {
                    symboliser.longest_prefix = symboliser.longest_prefix.max(text.len());
                    symboliser.prefixes.insert(text.clone(), id)
                }
                Symbol::Stem(text) => symboliser.stems.insert(text.clone(), id),
            };
        }
        symboliser
    }

    /// Adds the symbols of one token to the list.
    pub fn symbols_of(&self, token: &str, found: &mut Vec<u32>) {
        found.extend(self.exact.get(token).map(|s| s.0));
        if !self.prefixes.is_empty() {
            let ends = token.char_indices().map(|(i, c)| i + c.len_utf8());
            let beginnings = ends.take_while(|end| *end <= self.longest_prefix).filter_map(|end| token.get(..end));
            found.extend(beginnings.filter_map(|beginning| self.prefixes.get(beginning)).map(|s| s.0));
        }
        if !self.stems.is_empty()
            && let Some(pack) = self.pack
        {
            found.extend(self.stems.get(&pack.stem(token)).map(|s| s.0));
        }
    }

    /// The symbols of every text of a call's vocabulary. A cut word, which keeps its hyphen there, has none.
    #[must_use]
    pub fn index(&self, facts: &CallFacts) -> TokenSymbols {
        let mut index = TokenSymbols { starts: vec![0], symbols: Vec::new() };
        for text in &facts.tokens.vocabulary {
            let cut = text.ends_with('-');
            if !cut {
                self.symbols_of(text, &mut index.symbols);
            }
            index.starts.push(u32::try_from(index.symbols.len()).unwrap_or(u32::MAX));
        }
        index
    }
}

/// Symbols by vocabulary entry, as one list with starts.
#[derive(Debug, Clone, Default)]
pub struct TokenSymbols {
    /// Where each entry's symbols start; one more at the end.
    pub starts: Vec<u32>,
    /// The symbols.
    pub symbols: Vec<u32>,
}

impl TokenSymbols {
    /// Symbols of a vocabulary entry.
    #[must_use]
    pub fn of(&self, text: u32) -> &[u32] {
        if text == UNKNOWN_TOKEN {
            return &[];
        }
        let at = |i: u32| self.starts.get(i as usize).copied().unwrap_or(0) as usize;
        self.symbols.get(at(text)..at(text.saturating_add(1))).unwrap_or(&[])
    }
}
