//! How deep an expression may be, the moments that it names included, and how much a program may look for: what recursion and
//! copies cost in check, plan, explanation and machine code is bounded here, once. Knows nothing of what is checked.

use super::Checker;
use crate::deep::deep;
use grille_grammar::diagnostic::syntax;
use grille_grammar::source::Span;

/// Levels of operators, parentheses left out, with every name opened. An expression alone reaches no deeper.
pub const DEEPEST: usize = 3 * syntax::NESTING_LIMIT;

/// Parts of one criterion or moment, with every name opened: so many nodes its trace can have.
pub const MOST_PARTS: usize = 64 * 1024;
/// Words of phrases that a program may look for; those of a lexicon count wherever it is used.
pub const MOST_WORDS_LOOKED_FOR: usize = 2 * 1024 * 1024;

impl Checker<'_> {
    /// Takes note of so many more words that the program looks for; reports once where they are too many.
    pub(super) fn looks_for(&mut self, words: usize, span: Span) -> bool {
        let before = self.looked_for;
        self.looked_for = before.saturating_add(words);
        if before <= MOST_WORDS_LOOKED_FOR && self.looked_for > MOST_WORDS_LOOKED_FOR {
            let what = "these criteria look for too many words, those of a lexicon counted wherever it is used";
            let help = "write `moment name = agent says …` once for a large lexicon, and use the moment";
            self.report(syntax::too_much(what, &MOST_WORDS_LOOKED_FOR.to_string(), span, help));
        }
        self.looked_for <= MOST_WORDS_LOOKED_FOR
    }

    /// Has the limit been passed already?
    pub(super) fn looks_for_too_much(&self) -> bool {
        self.looked_for > MOST_WORDS_LOOKED_FOR
    }

    /// Checks something one level further down; reports where that is too deep.
    pub(super) fn deeper<T>(&mut self, span: Span, check: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.depth += 1;
        let checked = if self.reaches(0, span) && self.grows(1, span) { deep(|| check(self)) } else { None };
        self.depth -= 1;
        checked
    }

    /// Takes note of so many more parts of this declaration; reports once where they are too many.
    fn grows(&mut self, parts: usize, span: Span) -> bool {
        let before = self.size;
        self.size = before.saturating_add(parts);
        if before <= MOST_PARTS && self.size > MOST_PARTS {
            let what = "this has too many parts, those of the moments that it names counted wherever they are named";
            let help = "divide it: several criteria can look at several things";
            self.report(syntax::too_much(what, &MOST_PARTS.to_string(), span, help));
        }
        self.size <= MOST_PARTS
    }

    /// May a named moment of this height and size stand here? Reports where not.
    pub(super) fn opens(&mut self, index: usize, span: Span) -> bool {
        let (height, size) = self.heights.get(index).copied().unwrap_or((0, 0));
        self.reaches(height, span) && self.grows(size, span)
    }

    /// May something of this height stand here? Reports where not.
    pub(super) fn reaches(&mut self, height: usize, span: Span) -> bool {
        let depth = self.depth + height;
        self.deepest = self.deepest.max(depth);
        if depth > DEEPEST {
            let help = "say it with fewer moments that are named inside each other";
            self.report(syntax::too_deep("moments, those that they name included,", DEEPEST, span).help(help));
        }
        depth <= DEEPEST
    }

    /// Reads a lexicon that stands inside others; reports where they are too many. `height`: lexicons known to be inside it.
    pub(super) fn lexicon_inside<T>(
        &mut self,
        height: usize,
        span: Span,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        self.lexicon_depth += 1;
        let depth = self.lexicon_depth + height;
        self.deepest_lexicon = self.deepest_lexicon.max(depth);
        let found = if depth > syntax::NESTING_LIMIT {
            let help = "bring some of these lexicons together in one";
            self.report(syntax::too_deep("lexicons", syntax::NESTING_LIMIT, span).help(help));
            None
        } else {
            deep(|| read(self))
        };
        self.lexicon_depth -= 1;
        found
    }

    /// Checks something and tells how many levels and parts it has.
    pub(super) fn measured<T>(&mut self, check: impl FnOnce(&mut Self) -> T) -> (T, (usize, usize)) {
        let outer = std::mem::replace(&mut self.deepest, self.depth);
        let before = std::mem::take(&mut self.size);
        let checked = check(self);
        let (height, size) = (self.deepest - self.depth, self.size);
        self.deepest = self.deepest.max(outer);
        self.size = before.saturating_add(size);
        (checked, (height, size))
    }
}
