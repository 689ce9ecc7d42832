//! A phrase as a position automaton (Glushkov 1961): each position tests one token, or a
//! stretch of tokens that was found before; no empty moves.
//! Knows nothing of calls.

use super::SymbolId;

/// What one position accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    /// A token with this symbol.
    Symbol(SymbolId),
    /// Any one word, as part of the phrase (`_`).
    AnyWord,
    /// Any one word, between parts of the phrase (a slot of `..n`).
    Gap,
    /// A stretch of tokens of this symbol's class.
    Span(SymbolId),
}

/// Positions, where matches begin and end, and what may follow what.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Automaton {
    /// The positions.
    pub positions: Vec<Position>,
    /// Where a match may begin, ascending.
    pub first: Vec<u16>,
    /// Where a match may end, ascending.
    pub last: Vec<u16>,
    /// For each position, those that may come next, ascending.
    pub follow: Vec<Vec<u16>>,
    /// The longest match, in tokens that count.
    pub longest: u32,
    /// Fillers, cut words and repeats count as any token.
    pub exactly: bool,
}

/// A phrase before its positions are numbered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Element {
    /// One token.
    Token(SymbolId),
    /// Any one word.
    AnyWord,
    /// A stretch of tokens, at most so many.
    Span(SymbolId, u32),
    /// Up to so many words.
    Gap(u32),
    /// One of these.
    OneOf(Vec<Vec<Element>>),
    /// This or nothing.
    Optional(Vec<Element>),
}

/// What is known of a part while it is built.
struct Piece {
    first: Vec<u16>,
    last: Vec<u16>,
    nullable: bool,
    longest: u32,
}

/// Why a phrase has no automaton.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It could match nothing.
    Empty,
    /// A match could be longer than the limit, in tokens.
    TooLong,
    /// A gap stands at its beginning or end.
    GapAtEdge,
}

/// The longest match, in tokens, those that do not count included.
pub const LONGEST_MATCH: u32 = 128;

impl Automaton {
    /// Numbers the positions of a phrase.
    ///
    /// # Errors
    /// [`Unfit`] where the phrase could match nothing, is too long, or begins or ends in a gap.
    pub fn build(elements: &[Element]) -> Result<Automaton, Unfit> {
        let mut automaton = Automaton::default();
        let piece = automaton.sequence(elements)?;
        if piece.nullable || piece.first.is_empty() {
            return Err(Unfit::Empty);
        }
        automaton.longest = piece.longest;
        automaton.first = piece.first;
        automaton.last = piece.last;
        automaton.follow.iter_mut().for_each(|next| {
            next.sort_unstable();
            next.dedup();
        });
        let edge = |positions: &[u16]| positions.iter().any(|p| automaton.at(*p) == Some(Position::Gap));
        if edge(&automaton.first) || edge(&automaton.last) {
            return Err(Unfit::GapAtEdge);
        }
        Ok(automaton)
    }

    /// Has it a position that takes a stretch of tokens?
    #[must_use]
    pub fn has_spans(&self) -> bool {
        self.positions.iter().any(|p| matches!(p, Position::Span(_)))
    }

    /// What this position accepts.
    #[must_use]
    pub fn at(&self, position: u16) -> Option<Position> {
        self.positions.get(usize::from(position)).copied()
    }

    /// May a match end here?
    #[must_use]
    pub fn ends_at(&self, position: u16) -> bool {
        self.last.binary_search(&position).is_ok()
    }

    fn add(&mut self, position: Position) -> Result<u16, Unfit> {
        let id = u16::try_from(self.positions.len()).map_err(|_| Unfit::TooLong)?;
        if self.positions.len() >= 4096 {
            return Err(Unfit::TooLong);
        }
        self.positions.push(position);
        self.follow.push(Vec::new());
        Ok(id)
    }

    fn single(&mut self, position: Position) -> Result<Piece, Unfit> {
        let id = self.add(position)?;
        Ok(Piece { first: vec![id], last: vec![id], nullable: false, longest: 1 })
    }

    fn link(&mut self, from: &[u16], to: &[u16]) {
        for position in from {
            if let Some(next) = self.follow.get_mut(usize::from(*position)) {
                next.extend_from_slice(to);
            }
        }
    }

    fn element(&mut self, element: &Element) -> Result<Piece, Unfit> {
        match element {
            Element::Token(symbol) => self.single(Position::Symbol(*symbol)),
            Element::AnyWord => self.single(Position::AnyWord),
            Element::Span(symbol, longest) => Ok(Piece { longest: *longest, ..self.single(Position::Span(*symbol))? }),
            Element::Gap(most) => self.gap(*most),
            Element::OneOf(alternatives) => self.one_of(alternatives),
            Element::Optional(inner) => {
                let piece = self.sequence(inner)?;
                Ok(Piece { nullable: true, ..piece })
            }
        }
    }

    fn gap(&mut self, most: u32) -> Result<Piece, Unfit> {
        if most > LONGEST_MATCH {
            return Err(Unfit::TooLong);
        }
        let slots = (0..most).map(|_| self.add(Position::Gap)).collect::<Result<Vec<_>, _>>()?;
        for pair in slots.windows(2) {
            if let [a, b] = pair {
                self.link(&[*a], &[*b]);
            }
        }
        let first = slots.first().copied().into_iter().collect();
        Ok(Piece { first, last: slots, nullable: true, longest: most })
    }

    fn one_of(&mut self, alternatives: &[Vec<Element>]) -> Result<Piece, Unfit> {
        let mut all = Piece { first: Vec::new(), last: Vec::new(), nullable: false, longest: 0 };
        for alternative in alternatives {
            let piece = self.sequence(alternative)?;
            all.first.extend(piece.first);
            all.last.extend(piece.last);
            all.nullable |= piece.nullable;
            all.longest = all.longest.max(piece.longest);
        }
        Ok(all)
    }

    fn sequence(&mut self, elements: &[Element]) -> Result<Piece, Unfit> {
        let mut whole = Piece { first: Vec::new(), last: Vec::new(), nullable: true, longest: 0 };
        for element in elements {
            let piece = self.element(element)?;
            self.link(&whole.last.clone(), &piece.first);
            if whole.nullable {
                whole.first.extend(&piece.first);
            }
            if piece.nullable {
                whole.last.extend(&piece.last);
            } else {
                whole.last = piece.last;
            }
            whole.nullable &= piece.nullable;
            whole.longest += piece.longest;
            if whole.longest > LONGEST_MATCH {
                return Err(Unfit::TooLong);
            }
        }
        whole.first.sort_unstable();
        whole.last.sort_unstable();
        Ok(whole)
    }
}
