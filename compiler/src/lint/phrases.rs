//! W0105: a line of a lexicon that finds nothing that another line does not find already. Whether every match of one
//! phrase is one of another is seen from their automata, each word of the one followed through the other. Knows no calls.

use crate::checked::Element;
use crate::phrases::inclusion::includes;
use crate::plan::automaton::{self, Automaton, Position};
use crate::plan::{Symbol, SymbolId};
use grille_grammar::diagnostic::{Code, Diagnostic, FixSafety};
use grille_grammar::source::Span;
use std::collections::BTreeMap;

/// A phrase of more places is not compared: what it takes to follow another through it grows with them.
const MOST_PLACES: usize = 128;
/// As many other lines are compared with one.
const MOST_COMPARED: usize = 64;

/// A line of a lexicon that is one phrase.
pub struct Line<'a> {
    /// Its place.
    pub span: Span,
    /// Its words as written.
    pub words: &'a str,
    /// What it is made of.
    pub phrase: &'a [Element],
    /// Nothing between its words is passed over.
    pub exactly: bool,
}

/// The findings on a lexicon.
#[must_use]
pub fn findings(lines: &[Line<'_>]) -> Vec<Diagnostic> {
    let mut symbols = Symbols::default();
    let mut automaton = |line: &Line<'_>| Automaton::build(&symbols.elements(line.phrase)).ok();
    let small = |built: &Automaton| built.positions.len() <= MOST_PLACES;
    let built = lines.iter().map(|line| automaton(line).filter(small)).collect::<Vec<_>>();
    let index = Index::of(&built, &symbols);
    let mut found = Vec::new();
    for (place, (line, narrow)) in lines.iter().zip(&built).enumerate() {
        let Some(narrow) = narrow else { continue };
        let wider = index.candidates(narrow, &symbols).into_iter().take(MOST_COMPARED).find(|other| {
            let (Some(wide), Some(from)) = (built.get(*other).and_then(Option::as_ref), lines.get(*other)) else {
                return false;
            };
            let alike = || symbols.includes(narrow, wide) && !line.exactly;
            *other != place
                && (!from.exactly || line.exactly)
                && symbols.includes(wide, narrow)
                && (*other < place || !alike())
        });
        if let Some(wider) = wider.and_then(|wider| lines.get(wider)) {
            found.push(subsumed(line, wider));
        }
    }
    found
}

fn subsumed(line: &Line<'_>, wider: &Line<'_>) -> Diagnostic {
    Diagnostic::new(
        Code::W0105,
        format!("{} finds nothing that {} does not find already", line.words, wider.words),
        line.span,
        "adds nothing",
    )
    .and_label(wider.span, "finds all of it")
    .help("take the line out")
    .fix(line.span, "", FixSafety::Safe)
}

/// Lines by the word that they begin with; those that may begin with several.
struct Index {
    by_word: BTreeMap<SymbolId, Vec<usize>>,
    open: Vec<usize>,
}

impl Index {
    fn of(built: &[Option<Automaton>], symbols: &Symbols) -> Index {
        let mut index = Index { by_word: BTreeMap::new(), open: Vec::new() };
        for (place, automaton) in built.iter().enumerate() {
            let Some(automaton) = automaton else { continue };
            match symbols.only_words(automaton) {
                Some(words) => {
                    words.into_iter().for_each(|word| index.by_word.entry(word).or_default().push(place));
                }
                None => index.open.push(place),
            }
        }
        index
    }

    /// Lines that may find all that this one finds.
    fn candidates(&self, narrow: &Automaton, symbols: &Symbols) -> Vec<usize> {
        let words = symbols.only_words(narrow);
        let first = words.and_then(|words| words.first().copied());
        let known = first.and_then(|word| self.by_word.get(&word)).into_iter().flatten();
        known.chain(&self.open).copied().collect()
    }
}

#[derive(Default)]
struct Symbols {
    all: Vec<Symbol>,
    known: BTreeMap<Symbol, SymbolId>,
}

impl Symbols {
    fn id(&mut self, symbol: Symbol) -> SymbolId {
        let next = SymbolId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        let id = *self.known.entry(symbol.clone()).or_insert(next);
        if id == next {
            self.all.push(symbol);
        }
        id
    }

    fn elements(&mut self, phrase: &[Element]) -> Vec<automaton::Element> {
        let mut elements = Vec::with_capacity(phrase.len());
        for element in phrase {
            elements.push(match element {
                Element::Exact(text) => automaton::Element::Token(self.id(Symbol::Exact(text.clone()))),
                Element::Prefix(text) => automaton::Element::Token(self.id(Symbol::Prefix(text.clone()))),
                Element::Stem(text) => automaton::Element::Token(self.id(Symbol::Stem(text.clone()))),
                Element::Sound(text) => automaton::Element::Token(self.id(Symbol::Sound(text.clone()))),
                Element::Class(test) => automaton::Element::Span(self.id(Symbol::Class(*test)), test.longest()),
                Element::AnyWord => automaton::Element::AnyWord,
                Element::Gap(most) => automaton::Element::Gap(*most),
                Element::OneOf(parts) => automaton::Element::OneOf(parts.iter().map(|p| self.elements(p)).collect()),
                Element::Optional(inner) => automaton::Element::Optional(self.elements(inner)),
            });
        }
        elements
    }

    /// The words that a phrase can begin with, if it can begin with nothing else.
    fn only_words(&self, automaton: &Automaton) -> Option<Vec<SymbolId>> {
        let first = automaton.first.iter().map(|place| match automaton.at(*place) {
            Some(Position::Symbol(id)) if matches!(self.all.get(id.0 as usize), Some(Symbol::Exact(_))) => Some(id),
            _ => None,
        });
        first.collect()
    }

    /// Is every match of the narrow phrase one of the wide? A gap is only compared with a gap: a negator in a gap counts
    /// against the phrase, and one that is a word of the phrase does not.
    fn includes(&self, wide: &Automaton, narrow: &Automaton) -> bool {
        let gaps = |a: &Automaton| a.positions.iter().filter(|p| **p == Position::Gap).count();
        (gaps(wide) == 0 || gaps(narrow) > 0) && includes(&self.all, None, std::slice::from_ref(wide), narrow)
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, findings};
    use crate::checked::Element::{self, AnyWord, Exact, Gap, OneOf, Optional, Prefix};
    use grille_grammar::source::Span;

    fn word(text: &str) -> Element {
        Exact(text.to_owned())
    }

    /// Which lines add nothing.
    fn told(lines: &[Vec<Element>]) -> Vec<u32> {
        let line = |(place, phrase)| {
            let span = Span { start: place, end: place + 1, ..Span::default() };
            Line { span, words: "", phrase, exactly: false }
        };
        let lines: Vec<Line<'_>> = (0..).zip(lines.iter().map(Vec::as_slice)).map(line).collect();
        findings(&lines).iter().map(|f| f.span().start).collect()
    }

    #[test]
    fn a_line_twice_is_told_once() {
        assert_eq!(told(&[vec![word("a")], vec![word("b")], vec![word("a")]]), [2]);
    }

    #[test]
    fn beginnings_options_and_gaps_take_words_in() {
        assert_eq!(told(&[vec![word("bonjour")], vec![Prefix("bon".to_owned())]]), [0]);
        let optional = vec![word("a"), Optional(vec![word("b")]), word("c")];
        assert_eq!(
            told(&[vec![word("a"), word("c")], optional.clone(), vec![word("a"), word("b"), word("c")]]),
            [0, 2]
        );
        assert_eq!(told(&[vec![word("a"), Gap(2), word("c")], vec![word("a"), word("ne"), word("c")]]), [0u32; 0]);
        let either = vec![OneOf(vec![vec![word("a")], vec![word("b")]]), word("c")];
        assert_eq!(told(&[vec![word("b"), word("c")], either]), [0]);
        assert_eq!(told(&[vec![word("a"), AnyWord], vec![word("a"), word("b")]]), [1]);
    }

    #[test]
    fn a_shorter_phrase_is_another_match() {
        assert_eq!(told(&[vec![word("a")], vec![word("a"), word("b")]]), [0u32; 0]);
        assert_eq!(told(&[vec![word("a"), Gap(1), word("c")], vec![word("a"), Gap(2), word("c")]]), [0]);
        assert_eq!(
            told(&[vec![word("a"), word("b")], vec![word("a"), Optional(vec![word("c")]), word("d")]]),
            [0u32; 0]
        );
    }
}
