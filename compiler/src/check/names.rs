//! Scopes: what each name of each module stands for, and names like one that is missing.

use super::messages;
use crate::load::LoadedModule;
use grille_grammar::ast::{Ident, Item, Path};
use grille_grammar::diagnostic::Diagnostic;
use grille_grammar::source::Span;
use std::collections::BTreeMap;

/// What a declaration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A lexicon.
    Lexicon,
    /// A kind of events.
    Event,
    /// A moment or a phase.
    Moment,
    /// A criterion.
    Criterion,
    /// A scorecard.
    Scorecard,
}

impl Kind {
    /// With its article.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Kind::Lexicon => "a lexicon",
            Kind::Event => "a kind of events",
            Kind::Moment => "a moment",
            Kind::Criterion => "a criterion",
            Kind::Scorecard => "a scorecard",
        }
    }
}

/// One declaration: its module, and which item of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Declared {
    /// Which kind.
    pub kind: Kind,
    /// Index of the module.
    pub module: usize,
    /// Index of the item in its module.
    pub item: usize,
}

/// Names of all modules.
#[derive(Debug, Default)]
pub struct Scopes {
    scopes: Vec<BTreeMap<String, (Declared, Span)>>,
}

impl Scopes {
    /// Collects every declaration; a second one of a name is a finding.
    pub fn collect(modules: &[LoadedModule], findings: &mut Vec<Diagnostic>) -> Scopes {
        let mut scopes = Scopes::default();
        for (module, loaded) in modules.iter().enumerate() {
            let mut scope: BTreeMap<String, (Declared, Span)> = BTreeMap::new();
            for (item, declaration) in loaded.ast.items.iter().enumerate() {
                let Some((kind, name)) = declared(declaration) else { continue };
                match scope.get(&name.text) {
                    Some((_, first)) => findings.push(messages::declared_twice(&name.text, *first, name.span)),
                    None => {
                        scope.insert(name.text.clone(), (Declared { kind, module, item }, name.span));
                    }
                }
            }
            scopes.scopes.push(scope);
        }
        scopes
    }

    /// What a path of a module stands for.
    ///
    /// # Errors
    /// The finding, where it stands for nothing.
    pub fn resolve(&self, modules: &[LoadedModule], module: usize, path: &Path) -> Result<Declared, Diagnostic> {
        let near = |name: &str, scope: usize| {
            let names = self.scopes.get(scope).into_iter().flatten().map(|(n, _)| n.as_str());
            nearest(name, names).map(str::to_owned)
        };
        match path.segments.as_slice() {
            [name] => self.find(module, name).ok_or_else(|| {
                let near = self.elsewhere(modules, module, name).or_else(|| near(&name.text, module));
                messages::unknown_name(&name.text, near.as_deref(), path.span)
            }),
            [alias, name] => {
                let uses = modules.get(module).map(|m| &m.uses);
                let Some(target) = uses.and_then(|u| u.get(&alias.text)).copied() else {
                    let like = uses.and_then(|u| nearest(&alias.text, u.keys().map(String::as_str)));
                    return Err(messages::unknown_name(&alias.text, like, alias.span));
                };
                self.find(target, name)
                    .ok_or_else(|| messages::unknown_name(&name.text, near(&name.text, target).as_deref(), name.span))
            }
            _ => Err(messages::unknown_name(&path.text(), None, path.span)),
        }
    }

    /// The name with the module before it, where a module that is used has it.
    fn elsewhere(&self, modules: &[LoadedModule], module: usize, name: &Ident) -> Option<String> {
        let uses = modules.get(module).into_iter().flat_map(|m| &m.uses);
        let mut having = uses.filter(|(_, target)| self.find(**target, name).is_some());
        having.next().map(|(alias, _)| format!("{alias}.{}", name.text))
    }

    fn find(&self, module: usize, name: &Ident) -> Option<Declared> {
        self.scopes.get(module)?.get(&name.text).map(|(declared, _)| *declared)
    }
}

/// The name and kind that an item declares.
#[must_use]
pub fn declared(item: &Item) -> Option<(Kind, &Ident)> {
    match item {
        Item::Lexicon(lexicon) => Some((Kind::Lexicon, &lexicon.name)),
        Item::Event(event) => Some((Kind::Event, &event.name)),
        Item::Moment(moment) => Some((Kind::Moment, &moment.name)),
        Item::Phase(phase) => Some((Kind::Moment, &phase.name)),
        Item::Criterion(criterion) => Some((Kind::Criterion, &criterion.name)),
        Item::Scorecard(scorecard) => Some((Kind::Scorecard, &scorecard.name)),
        Item::Use(_) | Item::Attributes(_) | Item::Test(_) => None,
    }
}

/// The name under which a declaration is shown: `présentation`, or `accueil.présentation` from another file.
#[must_use]
pub fn shown(modules: &[LoadedModule], module: usize, name: &str) -> String {
    match modules.get(module).map(|m| m.short.as_str()) {
        None | Some("") => name.to_owned(),
        Some(short) => format!("{short}.{name}"),
    }
}

/// The nearest of some names, if it is near enough to be a slip.
#[must_use]
pub fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = name.chars().count() / 3 + 1;
    names.map(|n| (distance(name, n), n)).filter(|(d, _)| *d <= most).min().map(|(_, n)| n)
}

/// Edits between two words (Levenshtein 1965).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut left = i + 1;
        let mut diagonal = i;
        let mut next = vec![left];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(x != *y)).min(above + 1).min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
