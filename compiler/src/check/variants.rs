//! Entries of lexicons for locales: which of them calls of a locale are looked through for. Knows no phrase from inside.
//!
//! A call in the file's language looks for the entries that stand under no locale and for those of every locale that covers
//! its own; a call in another language for the latter only, and where a lexicon has none, for the former.

use super::names::shown;
use super::{Checker, messages};
use crate::load::LoadedModule;
use grille_evidence::locale::LocalePack;
use grille_evidence::trace::LexiconInForce;
use grille_grammar::ast::{Ident, Item, Lexicon, PhraseExpr};
use std::collections::BTreeSet;

/// The locales for which any lexicon has entries, each once, those that have a pack.
pub(super) fn tags(modules: &[LoadedModule]) -> Vec<String> {
    let written = lexicons(modules).flat_map(|lexicon| &lexicon.variants).map(|variant| &variant.locale);
    let tags: BTreeSet<String> =
        written.filter(|tag| LocalePack::for_tag(&tag.text).is_some()).map(|tag| plain(&tag.text)).collect();
    tags.into_iter().collect()
}

fn lexicons(modules: &[LoadedModule]) -> impl Iterator<Item = &Lexicon> {
    modules.iter().flat_map(|module| &module.ast.items).filter_map(|item| match item {
        Item::Lexicon(lexicon) => Some(lexicon),
        _ => None,
    })
}

/// A tag by which two spellings of one are the same.
fn plain(tag: &str) -> String {
    tag.replace('_', "-").to_ascii_lowercase()
}

impl Checker<'_> {
    /// What counts and what does not in calls of the locale that is checked for.
    pub(super) fn lines_in_force<'l>(
        &self,
        lexicon: &'l Lexicon,
        module: usize,
    ) -> (Vec<&'l PhraseExpr>, Vec<&'l PhraseExpr>) {
        let (own, variants) = self.in_force(lexicon, module);
        let from = variants.iter().filter_map(|at| lexicon.variants.get(*at));
        let own = own.then_some(lexicon);
        let entries = own.iter().flat_map(|l| &l.entries).chain(from.clone().flat_map(|v| &v.entries));
        let but_not = own.iter().flat_map(|l| &l.but_not).chain(from.flat_map(|v| &v.but_not));
        (entries.collect(), but_not.collect())
    }

    /// Are its own entries in force, and which of its variants are?
    fn in_force(&self, lexicon: &Lexicon, module: usize) -> (bool, Vec<usize>) {
        let Some(tag) = self.variant else { return (true, Vec::new()) };
        let numbered = lexicon.variants.iter().enumerate();
        let covering: Vec<usize> =
            numbered.filter(|(_, v)| LocalePack::covers(&v.locale.text, tag)).map(|(at, _)| at).collect();
        (covering.is_empty() || !self.is_foreign(module), covering)
    }

    /// Are the calls in another language than the file?
    fn is_foreign(&self, module: usize) -> bool {
        let written = self.modules.get(module).and_then(|m| m.ast.locale.as_ref());
        let language = |tag: &str| LocalePack::for_tag(tag).map(LocalePack::language);
        self.variant.zip(written).is_some_and(|(tag, own)| language(tag) != language(&own.text))
    }

    /// Notes which entries are looked for, where that hangs on the locale.
    pub(super) fn note_in_force(&mut self, lexicon: &Lexicon, name: String, module: usize) {
        if lexicon.variants.is_empty() && !self.is_foreign(module) {
            return;
        }
        let (own, variants) = self.in_force(lexicon, module);
        let written = variants.iter().filter_map(|at| lexicon.variants.get(*at)).map(|v| v.locale.text.clone());
        self.program.in_force.push(LexiconInForce { name, own, variants: written.collect() });
    }

    /// Keeps what is noted of lexicons that something uses, by name.
    pub(super) fn keep_used_in_force(&mut self) {
        let used = self.used.iter().filter_map(|declared| match self.item(*declared) {
            Some(Item::Lexicon(lexicon)) => Some(shown(self.modules, declared.module, &lexicon.name.text)),
            _ => None,
        });
        let used: BTreeSet<String> = used.collect();
        self.program.in_force.retain(|lexicon| used.contains(&lexicon.name));
        self.program.in_force.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// Is every locale known, named once, and given entries?
    pub(super) fn check_variants(&mut self, lexicon: &Lexicon) {
        let mut known: Vec<&Ident> = Vec::new();
        for variant in &lexicon.variants {
            let tag = &variant.locale;
            if LocalePack::for_tag(&tag.text).is_none() {
                self.report(messages::unknown_locale(&tag.text, LocalePack::tags(), tag.span));
            }
            if let Some(first) = known.iter().find(|other| plain(&other.text) == plain(&tag.text)) {
                self.report(messages::variant_twice(&tag.text, first.span, tag.span));
            }
            if variant.entries.is_empty() {
                self.report(messages::empty_lexicon(&format!("{}` in `{}", lexicon.name.text, tag.text), tag.span));
            }
            known.push(tag);
        }
    }
}
