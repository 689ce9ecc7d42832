//! Which tokens of a call carry which symbols of a plan.

use super::doubt::Doubt;
use crate::plan::automaton::LONGEST_MATCH;
use crate::plan::{ClassTest, Plan, Symbol, SymbolId};
use grille_evidence::facts::{CallFacts, UNKNOWN_TOKEN};
use grille_evidence::locale::classes::ClassSpan;
use grille_evidence::locale::{LocalePack, Sound};
use grille_evidence::truth::Truth;
use std::collections::HashMap;

/// Finds the symbols that a normalised token carries. Built once a plan.
pub struct Symboliser {
    exact: HashMap<String, SymbolId>,
    prefixes: HashMap<String, SymbolId>,
    longest_prefix: usize,
    stems: HashMap<String, SymbolId>,
    sounds: Vec<(Sound, SymbolId)>,
    classes: Vec<(ClassTest, SymbolId)>,
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
            sounds: Vec::new(),
            classes: Vec::new(),
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
                Symbol::Sound(text) => {
                    symboliser.sounds.extend(symboliser.pack.map(|pack| (pack.sound(text), id)));
                    None
                }
                Symbol::Class(test) => {
                    symboliser.classes.push((*test, id));
                    None
                }
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
        if !self.sounds.is_empty()
            && let Some(pack) = self.pack
        {
            let heard = pack.sound(token);
            found.extend(self.sounds.iter().filter(|(wanted, _)| wanted.is_like(&heard)).map(|(_, symbol)| symbol.0));
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
        let mut index = TokenSymbols {
            starts: vec![0],
            spans: self.spans(facts),
            doubt: Doubt::of(facts),
            ..TokenSymbols::default()
        };
        for text in &facts.tokens.vocabulary {
            let cut = text.ends_with('-');
            if !cut {
                self.symbols_of(text, &mut index.symbols);
            }
            index.starts.push(u32::try_from(index.symbols.len()).unwrap_or(u32::MAX));
        }
        index
    }

    /// The stretches of a call that pass a test of the plan, by last token.
    fn spans(&self, facts: &CallFacts) -> Vec<Span> {
        if self.classes.is_empty() {
            return Vec::new();
        }
        let of = |span: &ClassSpan| {
            let passed = self.classes.iter().filter_map(|(test, symbol)| Some((*symbol, passes(*test, span)?)));
            let (first, last) = (span.first, span.last);
            passed.map(|(symbol, value)| Span { last, first, symbol, value }).collect::<Vec<_>>()
        };
        facts.classes.iter().flat_map(of).collect()
    }
}

/// Is the stretch one of the class, and surely?
fn passes(test: ClassTest, span: &ClassSpan) -> Option<Truth> {
    if test.class != span.class {
        return None;
    }
    let (least, most) = test.digits.unwrap_or((0, u8::MAX));
    let inside = least <= span.digits.0 && span.digits.1 <= most;
    let touches = span.digits.0 <= most && least <= span.digits.1;
    let value = if inside && span.sure { Truth::Yes } else { Truth::CannotTell };
    (inside || touches).then_some(value)
}

/// A stretch of tokens that a symbol stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Its last token.
    pub last: u32,
    /// Its first token.
    pub first: u32,
    /// The symbol.
    pub symbol: SymbolId,
    /// Sure, or maybe.
    pub value: Truth,
}

/// Symbols by vocabulary entry, as one list with starts.
#[derive(Debug, Clone, Default)]
pub struct TokenSymbols {
    /// Where each entry's symbols start; one more at the end.
    pub starts: Vec<u32>,
    /// The symbols.
    pub symbols: Vec<u32>,
    /// Stretches of several tokens, by last token.
    pub spans: Vec<Span>,
    /// The words that nobody can be sure of.
    pub doubt: Doubt,
}

impl TokenSymbols {
    /// The stretches that end at a token.
    #[must_use]
    pub fn ending_at(&self, token: u32) -> &[Span] {
        let from = self.spans.partition_point(|span| span.last < token);
        let to = self.spans.partition_point(|span| span.last <= token);
        self.spans.get(from..to).unwrap_or(&[])
    }

    /// Does a stretch that began at a token or before go on after it?
    #[must_use]
    pub fn goes_on(&self, token: u32) -> bool {
        let after = self.spans.partition_point(|span| span.last <= token);
        let near = self.spans.iter().skip(after).take_while(|span| span.last < token.saturating_add(LONGEST_MATCH));
        near.into_iter().any(|span| span.first <= token)
    }

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
