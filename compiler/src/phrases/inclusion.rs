//! Does one phrase find everything that another finds? By inclusion of automata: the subsets of the wider one's positions are
//! followed along the narrower one. Knows no call; negation around a match and in gaps is put aside.
//!
//! The answer “yes” is always right. “No” is right, too, where the narrower phrase has plain words alone; where it has `stem*`
//! or `~word`, a wider one that lists each of their words is not seen as wider.

use crate::plan::automaton::{Automaton, Position};
use crate::plan::{ClassTest, Symbol};
use grille_evidence::locale::LocalePack;
use std::collections::{BTreeSet, VecDeque};

/// The most steps that are gone; past them the answer is no.
const MOST_STEPS: usize = 20_000;

/// Positions of the wider phrases: which phrase, which position.
type Reached = BTreeSet<(usize, u16)>;

/// Does each match of the narrower phrase match one of the wider ones, word for word?
#[must_use]
pub fn includes(symbols: &[Symbol], pack: Option<&LocalePack>, wider: &[Automaton], narrower: &Automaton) -> bool {
    let inclusion = Inclusion { symbols, pack, wider, narrower };
    let lenient = |(at, automaton): (usize, &Automaton)| (narrower.exactly || !automaton.exactly).then_some(at);
    let usable: Vec<usize> = wider.iter().enumerate().filter_map(lenient).collect();
    let first = |at: usize| wider.get(at).into_iter().flat_map(move |a| a.first.iter().map(move |p| (at, *p)));
    inclusion.holds(usable.into_iter().flat_map(first).collect())
}

struct Inclusion<'a> {
    symbols: &'a [Symbol],
    pack: Option<&'a LocalePack>,
    wider: &'a [Automaton],
    narrower: &'a Automaton,
}

impl Inclusion<'_> {
    fn holds(&self, first: Reached) -> bool {
        let mut seen: BTreeSet<(u16, Reached)> = BTreeSet::new();
        let mut open: VecDeque<(u16, Reached)> = VecDeque::new();
        open.extend(self.narrower.first.iter().map(|p| (*p, self.taking(*p, &first))));
        while let Some((position, reached)) = open.pop_front() {
            if seen.len() > MOST_STEPS || reached.is_empty() {
                return false;
            }
            let ends = |(at, p): &(usize, u16)| self.wider.get(*at).is_some_and(|a| a.ends_at(*p));
            if self.narrower.ends_at(position) && !reached.iter().any(ends) {
                return false;
            }
            if !seen.insert((position, reached.clone())) {
                continue;
            }
            let next: Reached = reached.iter().flat_map(|(at, p)| self.after(*at, *p)).collect();
            let follow = self.narrower.follow.get(usize::from(position)).map_or(&[][..], Vec::as_slice);
            open.extend(follow.iter().map(|p| (*p, self.taking(*p, &next))));
        }
        true
    }

    fn after(&self, at: usize, position: u16) -> impl Iterator<Item = (usize, u16)> {
        let follow = self.wider.get(at).and_then(|a| a.follow.get(usize::from(position)));
        follow.into_iter().flatten().map(move |p| (at, *p))
    }

    /// Those that take whatever the narrower position takes.
    fn taking(&self, position: u16, candidates: &Reached) -> Reached {
        let Some(narrow) = self.narrower.at(position) else { return Reached::new() };
        let takes = |(at, p): &&(usize, u16)| {
            self.wider.get(*at).and_then(|a| a.at(*p)).is_some_and(|wide| self.covers(wide, narrow))
        };
        candidates.iter().filter(takes).copied().collect()
    }

    fn covers(&self, wide: Position, narrow: Position) -> bool {
        match (wide, narrow) {
            (Position::Gap, Position::Span(_)) | (Position::AnyWord, Position::Gap | Position::Span(_)) => false,
            (Position::Gap | Position::AnyWord, _) => true,
            (Position::Symbol(wide), Position::Symbol(narrow)) | (Position::Span(wide), Position::Span(narrow)) => {
                let symbol = |id: crate::plan::SymbolId| self.symbols.get(id.0 as usize);
                symbol(wide).zip(symbol(narrow)).is_some_and(|(wide, narrow)| self.implies(narrow, wide))
            }
            _ => false,
        }
    }

    /// Does every token that passes the narrow test pass the wide one?
    fn implies(&self, narrow: &Symbol, wide: &Symbol) -> bool {
        match (narrow, wide) {
            _ if narrow == wide => true,
            (Symbol::Exact(token) | Symbol::Prefix(token), Symbol::Prefix(beginning)) => {
                token.starts_with(&**beginning)
            }
            (Symbol::Exact(token), Symbol::Stem(stem)) => self.pack.is_some_and(|pack| pack.stem(token) == *stem),
            (Symbol::Class(narrow), Symbol::Class(wide)) => class_implies(*narrow, *wide),
            _ => false,
        }
    }
}

fn class_implies(narrow: ClassTest, wide: ClassTest) -> bool {
    let inside = match (narrow.digits, wide.digits) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(narrow), Some(wide)) => wide.0 <= narrow.0 && narrow.1 <= wide.1,
    };
    narrow.class == wide.class && inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::SymbolId;
    use crate::plan::automaton::Element;
    use grille_evidence::locale::classes::Class;
    use proptest::prelude::*;

    fn symbols() -> Vec<Symbol> {
        let digits = |digits| Symbol::Class(ClassTest { class: Class::Digits, digits });
        vec![
            Symbol::Exact("attendre".to_owned()),
            Symbol::Exact("bonjour".to_owned()),
            Symbol::Prefix("att".to_owned()),
            Symbol::Stem(LocalePack::for_tag("fr").unwrap().stem("attendre")),
            Symbol::Prefix("atten".to_owned()),
            digits(None),
            digits(Some((4, 6))),
            digits(Some((5, 6))),
        ]
    }

    fn word(id: u32) -> Element {
        Element::Token(SymbolId(id))
    }

    fn finds_all(wider: &[Element], narrower: &[Element]) -> bool {
        let (wider, narrower) = (Automaton::build(wider).unwrap(), Automaton::build(narrower).unwrap());
        includes(&symbols(), LocalePack::for_tag("fr"), &[wider], &narrower)
    }

    #[test]
    fn a_test_may_be_wider_than_another() {
        for (wide, narrow, is) in [
            (word(0), word(0), true),
            (word(2), word(0), true),
            (word(3), word(0), true),
            (word(0), word(2), false),
            (word(2), word(4), true),
            (word(4), word(2), false),
            (Element::AnyWord, word(3), true),
            (word(3), Element::AnyWord, false),
            (Element::Span(SymbolId(5), 32), Element::Span(SymbolId(6), 6), true),
            (Element::Span(SymbolId(6), 6), Element::Span(SymbolId(7), 6), true),
            (Element::Span(SymbolId(7), 6), Element::Span(SymbolId(6), 6), false),
            (Element::Span(SymbolId(6), 6), Element::Span(SymbolId(5), 32), false),
        ] {
            let (one, other) = (std::slice::from_ref(&wide), std::slice::from_ref(&narrow));
            assert_eq!(finds_all(one, other), is, "{wide:?} {narrow:?}");
        }
    }

    #[test]
    fn several_together_may_be_wider_than_each() {
        let build = |elements: &[Element]| Automaton::build(elements).unwrap();
        let either = build(&[Element::OneOf(vec![vec![word(0)], vec![word(1)]])]);
        let (one, other) = (build(&[word(0)]), build(&[word(1)]));
        assert!(includes(&symbols(), None, &[one.clone(), other], &either));
        assert!(!includes(&symbols(), None, std::slice::from_ref(&one), &either));
        assert!(!includes(&symbols(), None, &[], &one));
    }

    #[test]
    fn exactly_finds_less() {
        let lenient = Automaton::build(&[word(0), word(1)]).unwrap();
        let exact = Automaton { exactly: true, ..lenient.clone() };
        assert!(includes(&symbols(), None, std::slice::from_ref(&lenient), &exact));
        assert!(!includes(&symbols(), None, std::slice::from_ref(&exact), &lenient));
        assert!(includes(&symbols(), None, std::slice::from_ref(&exact), &exact));
    }

    /// Phrases over two plain words, with options, alternatives and gaps.
    fn phrase() -> impl Strategy<Value = Vec<Element>> {
        let plain = (0u32..2).prop_map(word);
        let part = prop_oneof![
            4 => plain.clone(),
            1 => plain.clone().prop_map(|w| Element::Optional(vec![w])),
            1 => (plain.clone(), plain.clone(), plain.clone())
                .prop_map(|(a, b, c)| Element::OneOf(vec![vec![a], vec![b, c]])),
            1 => (1u32..3).prop_map(Element::Gap),
            1 => Just(Element::AnyWord),
        ];
        prop::collection::vec(part, 1..5)
    }

    /// Every row of up to eight words that the automaton takes; the third word is any other.
    fn language(automaton: &Automaton) -> BTreeSet<Vec<u32>> {
        let takes = |position: u16, word: u32| match automaton.at(position) {
            Some(Position::Symbol(id)) => id.0 == word,
            other => other.is_some(),
        };
        let mut rows: Vec<(Vec<u32>, u16)> = Vec::new();
        let start = automaton.first.iter().flat_map(|p| (0..3).map(move |w| (vec![w], *p)));
        rows.extend(start.filter(|(row, p)| takes(*p, row[0])));
        let mut all = BTreeSet::new();
        while let Some((row, position)) = rows.pop() {
            if automaton.ends_at(position) {
                all.insert(row.clone());
            }
            if row.len() < 8 {
                let next = automaton.follow[usize::from(position)].iter().flat_map(|p| (0..3).map(move |w| (w, *p)));
                rows.extend(next.filter(|(w, p)| takes(*p, *w)).map(|(w, p)| ([row.clone(), vec![w]].concat(), p)));
            }
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_included_is_found(wider in phrase(), narrower in phrase()) {
            let (Ok(wider), Ok(narrower)) = (Automaton::build(&wider), Automaton::build(&narrower)) else { return Ok(()) };
            let (all, some) = (language(&wider), language(&narrower));
            let plain = narrower.positions.iter().all(|p| matches!(p, Position::Symbol(_)));
            let included = includes(&symbols(), None, std::slice::from_ref(&wider), &narrower);
            if included {
                prop_assert!(some.is_subset(&all));
            } else if plain {
                prop_assert!(!some.is_subset(&all));
            }
            prop_assert!(includes(&symbols(), None, std::slice::from_ref(&narrower), &narrower));
        }
    }
}
