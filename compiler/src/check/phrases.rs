//! Phrases: words normalised by the locale's pack, lexicons opened, limits held.

use super::names::{Kind, shown};
use super::{Checker, Context, messages};
use crate::checked::{Element, Elements, Pattern, PatternPart, Phrase};
use crate::lint::phrases as lint;
use crate::plan::automaton::{Automaton, Element as Position, LONGEST_MATCH, Unfit};
use crate::plan::{ClassTest, SymbolId};
use grille_evidence::locale::LocalePack;
use grille_evidence::locale::classes::Class;
use grille_grammar::ast::{self, Item, Lexicon, Path, PhraseExpr, PhrasePart, PhrasePartKind, WordClass};
use grille_grammar::source::Span;

/// The greatest number of words in a phrase.
pub const MOST_WORDS: usize = 64;

impl<'a> Checker<'a> {
    /// What stands after `says`: one pattern.
    pub(crate) fn pattern(&mut self, operand: &PhraseExpr, cx: &Context) -> Option<Pattern> {
        match operand {
            PhraseExpr::Name(path) => {
                let (lexicon, module, name) = self.lexicon(path, cx)?;
                let part = self.lexicon_part(lexicon, module)?;
                self.looks_for(weight(&part.phrases) + weight(&part.but_not), path.span).then_some(())?;
                Some(Pattern { name: Some(name), parts: vec![part] })
            }
            PhraseExpr::Quoted(phrase) => {
                let phrases = vec![self.phrase(phrase, cx.module)?];
                Some(Pattern { name: None, parts: vec![PatternPart { phrases, but_not: Vec::new() }] })
            }
            PhraseExpr::SoundingLike { phrase, span } => {
                let phrases = vec![self.by_sound(phrase, *span, cx.module)?];
                Some(Pattern { name: None, parts: vec![PatternPart { phrases, but_not: Vec::new() }] })
            }
            PhraseExpr::Exactly { inner, .. } => {
                let mut pattern = self.pattern(inner, cx)?;
                let parts = pattern.parts.iter_mut();
                parts.flat_map(|p| p.phrases.iter_mut().chain(&mut p.but_not)).for_each(|p| p.exactly = true);
                Some(pattern)
            }
            PhraseExpr::OneOf { alternatives, .. } => {
                let patterns: Vec<Option<Pattern>> = alternatives.iter().map(|a| self.pattern(a, cx)).collect();
                let parts = patterns.into_iter().collect::<Option<Vec<_>>>()?.into_iter().flat_map(|p| p.parts);
                Some(Pattern { name: None, parts: joined(parts) })
            }
        }
    }

    /// The lexicon that a path names, its module, and the name it is shown under.
    fn lexicon(&mut self, path: &Path, cx: &Context) -> Option<(&'a Lexicon, usize, String)> {
        let declared = self.resolve(path, cx)?;
        let modules = self.modules;
        match self.item(declared) {
            Some(Item::Lexicon(lexicon)) => {
                Some((lexicon, declared.module, shown(modules, declared.module, &lexicon.name.text)))
            }
            _ => {
                let help = "name a lexicon, or write the words in quotes; a moment already says who speaks: use it by its name alone";
                self.report(messages::wrong_kind(
                    &path.text(),
                    declared.kind.words(),
                    "a lexicon or words in quotes",
                    help,
                    path.span,
                ));
                None
            }
        }
    }

    /// Checks a lexicon for its own sake, used or not.
    pub(crate) fn lexicon_alone(&mut self, lexicon: &Lexicon, module: usize) {
        self.guard_name(&lexicon.name.text, lexicon.name.span);
        self.check_variants(lexicon);
        if lexicon.entries.is_empty() {
            self.report(messages::empty_lexicon(&lexicon.name.text, lexicon.name.span));
        }
        if self.lexicon_part(lexicon, module).is_some() && self.modules.get(module).is_some_and(|m| m.is_root) {
            self.idle_lines(lexicon, module);
        }
    }

    /// Lines that find nothing that others do not find already.
    fn idle_lines(&mut self, lexicon: &Lexicon, module: usize) {
        let mut phrases: Vec<(Span, Phrase)> = Vec::new();
        for entry in self.lines_in_force(lexicon, module).0 {
            if let [only] = self.entry(entry, lexicon, module).unwrap_or_default().as_slice() {
                phrases.push((entry.span(), only.clone()));
            }
        }
        let mut lines = Vec::with_capacity(phrases.len());
        for (span, phrase) in &phrases {
            let (words, exactly) = (self.words(*span), phrase.exactly);
            lines.push(lint::Line { span: *span, words, phrase: &phrase.elements, exactly });
        }
        let found = lint::findings(&lines);
        self.findings.extend(found);
    }

    /// What a lexicon holds; read once.
    fn lexicon_part(&mut self, lexicon: &Lexicon, module: usize) -> Option<PatternPart> {
        let place = lexicon.name.span;
        if let Some((known, height)) = self.lexicons.get(&place) {
            let (known, height) = (known.clone(), *height);
            return self.lexicon_inside(height, place, |_| known);
        }
        let outer = std::mem::replace(&mut self.deepest_lexicon, self.lexicon_depth);
        let part = self.lexicon_inside(0, place, |checker| checker.read_lexicon(lexicon, module));
        let height = (self.deepest_lexicon - self.lexicon_depth).saturating_sub(1);
        self.deepest_lexicon = self.deepest_lexicon.max(outer);
        self.lexicons.insert(place, (part.clone(), height));
        part
    }

    /// The lexicons of the first files as they were read.
    pub(crate) fn own_lexicons(&self) -> Vec<(String, PatternPart)> {
        let roots = self.modules.iter().enumerate().filter(|(_, module)| module.is_root);
        let items = roots.flat_map(|(index, module)| module.ast.items.iter().map(move |item| (index, item)));
        let lexicons = items.filter_map(|(index, item)| match item {
            Item::Lexicon(lexicon) => Some((index, lexicon)),
            _ => None,
        });
        lexicons
            .filter_map(|(index, lexicon)| {
                let part = self.lexicons.get(&lexicon.name.span)?.0.clone()?;
                Some((shown(self.modules, index, &lexicon.name.text), part))
            })
            .collect()
    }

    fn read_lexicon(&mut self, lexicon: &Lexicon, module: usize) -> Option<PatternPart> {
        let name = shown(self.modules, module, &lexicon.name.text);
        self.note_in_force(lexicon, name, module);
        let (entries, but_not) = self.lines_in_force(lexicon, module);
        let phrases = self.entries(entries, lexicon, module);
        let but_not = self.entries(but_not, lexicon, module);
        Some(PatternPart { phrases: phrases?, but_not: but_not? })
    }

    fn entries<'e>(
        &mut self,
        entries: impl IntoIterator<Item = &'e PhraseExpr>,
        lexicon: &Lexicon,
        module: usize,
    ) -> Option<Vec<Phrase>> {
        let found: Vec<Option<Vec<Phrase>>> = entries.into_iter().map(|e| self.entry(e, lexicon, module)).collect();
        Some(found.into_iter().collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
    }

    fn entry(&mut self, entry: &PhraseExpr, within: &Lexicon, module: usize) -> Option<Vec<Phrase>> {
        if self.looks_for_too_much() {
            return None;
        }
        match entry {
            PhraseExpr::Quoted(phrase) => self.phrase(phrase, module).map(|p| vec![p]),
            PhraseExpr::Name(path) => self.inner_lexicon(path, within.name.span, module),
            PhraseExpr::SoundingLike { phrase, span } => self.by_sound(phrase, *span, module).map(|p| vec![p]),
            PhraseExpr::Exactly { inner, .. } => {
                let mut phrases = self.entry(inner, within, module)?;
                phrases.iter_mut().for_each(|p| p.exactly = true);
                Some(phrases)
            }
            PhraseExpr::OneOf { alternatives, .. } => self.entries(alternatives, within, module),
        }
    }

    /// The phrases of a lexicon that stands inside another phrase or lexicon.
    fn inner_lexicon(&mut self, path: &Path, inside: Span, module: usize) -> Option<Vec<Phrase>> {
        let cx = Context { module, ..Context::default() };
        let declared = self.resolve(path, &cx)?;
        if declared.kind != Kind::Lexicon {
            self.report(messages::wrong_kind(
                &path.text(),
                declared.kind.words(),
                "a lexicon",
                "name a lexicon",
                path.span,
            ));
            return None;
        }
        if !self.visiting.insert(declared) {
            self.report(messages::defined_by_itself(&path.text(), path.span));
            return None;
        }
        let part = match self.item(declared) {
            Some(Item::Lexicon(lexicon)) if lexicon.name.span == inside => {
                self.report(messages::defined_by_itself(&path.text(), path.span));
                None
            }
            Some(Item::Lexicon(lexicon)) => self.lexicon_part(lexicon, declared.module),
            _ => None,
        };
        self.visiting.remove(&declared);
        let part = part?;
        self.looks_for(weight(&part.phrases), path.span).then_some(())?;
        if !part.but_not.is_empty() {
            let help =
                "say it beside the others: `(\"…\" or name)`, or take the `but not` lines into a lexicon of their own";
            self.report(messages::wrong_kind(&path.text(), "a lexicon with `but not`", "one without", help, path.span));
            return None;
        }
        Some(part.phrases)
    }

    fn phrase(&mut self, phrase: &ast::Phrase, module: usize) -> Option<Phrase> {
        self.guard_phrase(&phrase.text.text, phrase.text.span);
        let elements = self.parts(&phrase.parts, module)?;
        self.looks_for(weight_of(&elements), phrase.text.span).then_some(())?;
        self.fits(&elements, phrase.text.span).then_some(Phrase { elements, exactly: false })
    }

    /// `sounding like "…"`: plain words, each long enough to be told by its sound.
    fn by_sound(&mut self, phrase: &ast::Phrase, span: Span, module: usize) -> Option<Phrase> {
        let pack = self.pack(module)?;
        let mut elements = Vec::new();
        for part in &phrase.parts {
            let PhrasePartKind::Word(word) = &part.kind else {
                self.report(messages::no_sound(
                    "only words have a sound: no part of another kind may stand here",
                    part.span,
                ));
                return None;
            };
            for token in pack.tokens(word) {
                if !pack.sound(&token).can_be_told() {
                    let what = format!("`{token}` is too short to be told from other words by its sound");
                    self.report(messages::no_sound(&what, part.span));
                    return None;
                }
                elements.push(Element::Sound(token));
            }
        }
        self.fits(&elements, span).then_some(Phrase { elements, exactly: false })
    }

    fn parts(&mut self, parts: &[PhrasePart], module: usize) -> Option<Elements> {
        let mut elements = Vec::new();
        for part in parts {
            elements.extend(self.part(part, module)?);
        }
        Some(elements)
    }

    fn part(&mut self, part: &PhrasePart, module: usize) -> Option<Elements> {
        let Some(pack) = self.pack(module) else { return Some(vec![Element::AnyWord]) };
        Some(match &part.kind {
            PhrasePartKind::Word(word) => self.folded(pack, word).iter().cloned().map(Element::Exact).collect(),
            PhrasePartKind::Prefix(word) => with_last(pack, word, Element::Prefix),
            PhrasePartKind::Inflected(word) => with_last(pack, word, |token| inflected(pack, &token)),
            PhrasePartKind::AnyWord => vec![Element::AnyWord],
            PhrasePartKind::Class { class, digits } => {
                vec![Element::Class(ClassTest { class: class_of(*class), digits: *digits })]
            }
            PhrasePartKind::Gap(most) => vec![Element::Gap(*most)],
            PhrasePartKind::OneOf(alternatives) => {
                let checked: Vec<Option<Elements>> = alternatives.iter().map(|a| self.parts(a, module)).collect();
                vec![Element::OneOf(checked.into_iter().collect::<Option<Vec<_>>>()?)]
            }
            PhrasePartKind::Optional(inner) => vec![Element::Optional(self.part(inner, module)?)],
            PhrasePartKind::Lexicon(path) => {
                let phrases = self.inner_lexicon(path, Span::default(), module)?;
                if phrases.iter().any(|p| p.exactly) {
                    let help = "say `exactly` of the whole phrase, outside its quotes: `exactly \"…\"`";
                    let one = "a lexicon with `exactly`";
                    self.report(messages::wrong_kind(&path.text(), one, "one without", help, path.span));
                    return None;
                }
                vec![Element::OneOf(phrases.into_iter().map(|p| p.elements).collect())]
            }
        })
    }

    /// The tokens of a word.
    fn folded(&mut self, pack: &LocalePack, word: &str) -> &[String] {
        let known = self.folded.entry(pack.language().to_owned()).or_default();
        if !known.contains_key(word) {
            known.insert(word.to_owned(), pack.tokens(word));
        }
        known.get(word).map_or(&[], Vec::as_slice)
    }

    /// Holds the limits; reports where they are passed.
    fn fits(&mut self, phrase: &[Element], span: Span) -> bool {
        let words = count_words(phrase);
        if words > MOST_WORDS {
            let limit = u32::try_from(MOST_WORDS).unwrap_or(u32::MAX);
            self.report(messages::long_phrase(&format!("it holds {words} words"), limit, span));
            return false;
        }
        match Automaton::build(&positions(phrase)) {
            Ok(_) => return true,
            Err(Unfit::TooLong) => self.report(messages::long_phrase(
                "with its gaps, what it matches could run over too many words",
                LONGEST_MATCH,
                span,
            )),
            Err(Unfit::Empty) => self.report(messages::empty_phrase(
                "this phrase could match nothing at all",
                "leave at least one word that must be there, without `?`",
                span,
            )),
            Err(Unfit::GapAtEdge) => self.report(messages::empty_phrase(
                "a gap begins or ends this phrase",
                "take `..n` out at the edge: a gap stands between two words; `_` stands for any one word",
                span,
            )),
        }
        false
    }
}

/// Parts without `but not` are one; each of the others stays alone.
fn joined(parts: impl Iterator<Item = PatternPart>) -> Vec<PatternPart> {
    let (plain, excluding): (Vec<_>, Vec<_>) = parts.partition(|p| p.but_not.is_empty());
    let phrases: Vec<Phrase> = plain.into_iter().flat_map(|p| p.phrases).collect();
    let first = (!phrases.is_empty()).then_some(PatternPart { phrases, but_not: Vec::new() });
    first.into_iter().chain(excluding).collect()
}

fn with_last(pack: &LocalePack, word: &str, last: impl Fn(String) -> Element) -> Elements {
    let mut tokens = pack.tokens(word);
    let end = tokens.pop();
    tokens.into_iter().map(Element::Exact).chain(end.map(last)).collect()
}

/// Every word of some phrases.
fn weight(phrases: &[Phrase]) -> usize {
    phrases.iter().map(|phrase| weight_of(&phrase.elements)).sum()
}

/// Every word of a phrase, all its alternatives counted.
fn weight_of(elements: &[Element]) -> usize {
    let weights = elements.iter().map(|element| match element {
        Element::OneOf(alternatives) => alternatives.iter().map(|one| weight_of(one)).sum(),
        Element::Optional(inner) => weight_of(inner),
        _ => 1,
    });
    weights.sum()
}

fn count_words(phrase: &[Element]) -> usize {
    phrase
        .iter()
        .map(|element| match element {
            Element::OneOf(alternatives) => alternatives.iter().map(|a| count_words(a)).max().unwrap_or(0),
            Element::Optional(inner) => count_words(inner),
            Element::Gap(_) => 0,
            Element::Exact(_)
            | Element::Prefix(_)
            | Element::Stem(_)
            | Element::Sound(_)
            | Element::AnyWord
            | Element::Class(_) => 1,
        })
        .sum()
}

/// Any form of a word: those that its stem joins, and those of the pack's table.
fn inflected(pack: &LocalePack, token: &str) -> Element {
    let stem = Element::Stem(pack.stem(token));
    let more: Vec<Elements> = pack.more_forms(token).into_iter().map(|form| vec![Element::Exact(form)]).collect();
    if more.is_empty() { stem } else { Element::OneOf(std::iter::once(vec![stem]).chain(more).collect()) }
}

fn class_of(class: WordClass) -> Class {
    match class {
        WordClass::Number => Class::Number,
        WordClass::Amount => Class::Amount,
        WordClass::Date => Class::Date,
        WordClass::Digits => Class::Digits,
        WordClass::Name => Class::Name,
        WordClass::Spelled => Class::Spelled,
    }
}

/// The shape of a phrase, for its limits only: every token is alike.
fn positions(phrase: &[Element]) -> Vec<Position> {
    let inner = |p: &Elements| positions(p);
    phrase
        .iter()
        .map(|element| match element {
            Element::Exact(_) | Element::Prefix(_) | Element::Stem(_) | Element::Sound(_) => {
                Position::Token(SymbolId(0))
            }
            Element::AnyWord => Position::AnyWord,
            Element::Class(test) => Position::Span(SymbolId(0), test.longest()),
            Element::Gap(most) => Position::Gap(*most),
            Element::OneOf(alternatives) => Position::OneOf(alternatives.iter().map(inner).collect()),
            Element::Optional(optional) => Position::Optional(inner(optional)),
        })
        .collect()
}
