//! From a first file to every module it uses. Reads nothing itself: it asks, and is given text.

use crate::check::messages;
use grille_grammar::ast::{Item, Module, Test, TestCall, Use, UseTarget};
use grille_grammar::diagnostic::Diagnostic;
use grille_grammar::parse::{parse, tests_from};
use grille_grammar::source::{FileId, SourceSet, Span};
use std::collections::BTreeMap;

/// What a module is known by: `std.accueil`, or a path with `/`, as the one who fetches it resolved it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ModuleKey {
    /// Of the library.
    Library(String),
    /// A file.
    File(String),
}

/// What somebody with access to files and to the library answers.
pub trait Fetch {
    /// Where a file named in a `use` of `from` is; the same file must always give the same name.
    fn locate(&self, from: &ModuleKey, target: &str) -> String;

    /// The text of a module.
    ///
    /// # Errors
    /// Why there is none, in plain words, or a finding on its bytes.
    fn fetch(&self, key: &ModuleKey, id: FileId) -> Result<String, NotFetched>;
}

/// Why a module has no text.
#[derive(Debug, Clone)]
pub enum NotFetched {
    /// There is no such module; the reason in plain words, and names that are like it.
    Missing(String),
    /// Its bytes are no text of the language.
    Unreadable(Box<Diagnostic>),
}

/// A module and what its `use` lines lead to.
#[derive(Debug, Clone)]
pub struct LoadedModule {
    /// What it is known by.
    pub key: ModuleKey,
    /// The short name that its declarations are shown under: `accueil`; empty for a first file.
    pub short: String,
    /// Its file.
    pub file: FileId,
    /// Its tree.
    pub ast: Module,
    /// Was it asked for, or only used?
    pub is_root: bool,
    /// For each alias: which module, if it was found.
    pub uses: BTreeMap<String, usize>,
    /// Where the files are that its tests name: by what is written, as located.
    pub located: BTreeMap<String, String>,
}

/// All modules of a program.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The modules; first files first, then in the order in which they are used.
    pub modules: Vec<LoadedModule>,
    /// Every file.
    pub sources: SourceSet,
    /// Findings of parsing, and of `use` lines.
    pub diagnostics: Vec<Diagnostic>,
}

/// Loads first files and all that they use.
pub fn load(roots: &[ModuleKey], fetch: &dyn Fetch) -> Result<Loaded, (ModuleKey, NotFetched)> {
    let mut loader = Loader { loaded: Loaded::default(), known: BTreeMap::new(), fetch };
    for root in roots {
        loader.add(root, true).map_err(|why| (root.clone(), why))?;
    }
    let mut next = 0;
    while next < loader.loaded.modules.len() {
        loader.follow(next);
        next += 1;
    }
    Ok(loader.loaded)
}

struct Loader<'a> {
    loaded: Loaded,
    known: BTreeMap<ModuleKey, usize>,
    fetch: &'a dyn Fetch,
}

impl Loader<'_> {
    fn add(&mut self, key: &ModuleKey, is_root: bool) -> Result<usize, NotFetched> {
        if let Some(index) = self.known.get(key) {
            return Ok(*index);
        }
        let next_id = FileId(u32::try_from(self.loaded.sources.files().len()).unwrap_or(u32::MAX));
        let text = match self.fetch.fetch(key, next_id) {
            Ok(text) => text,
            Err(NotFetched::Unreadable(finding)) => {
                self.loaded.sources.add(key.shown(), String::new());
                self.loaded.diagnostics.push((*finding).clone());
                return Err(NotFetched::Unreadable(finding));
            }
            Err(missing) => return Err(missing),
        };
        let file = self.loaded.sources.add(key.shown(), text);
        let parsed = self.loaded.sources.get(file).map(parse);
        let (mut ast, diagnostics) = parsed.map(|p| (p.module, p.diagnostics)).unwrap_or_default();
        self.loaded.diagnostics.extend(diagnostics);
        let index = self.loaded.modules.len();
        let short = if is_root { String::new() } else { key.short() };
        if is_root {
            self.tables(key, file, &mut ast);
        }
        let located = self.located(key, &ast);
        let uses = BTreeMap::new();
        self.loaded.modules.push(LoadedModule { key: key.clone(), short, file, ast, is_root, uses, located });
        self.known.insert(key.clone(), index);
        Ok(index)
    }

    /// The call files that the tests of a module name. Nothing is read here: they are no text of the language.
    fn located(&self, key: &ModuleKey, ast: &Module) -> BTreeMap<String, String> {
        let calls = ast.items.iter().filter_map(|item| match item {
            Item::Test(Test { call: TestCall::File(file), .. }) => Some(file.path.text.clone()),
            _ => None,
        });
        calls.map(|path| (path.clone(), self.fetch.locate(key, &path))).collect()
    }

    /// The tests of `test each` whose tables are files of their own; a table is a file of the program, so that findings
    /// can point into it.
    fn tables(&mut self, key: &ModuleKey, file: FileId, ast: &mut Module) {
        for each in std::mem::take(&mut ast.tables) {
            let path = self.fetch.locate(key, &each.table.text);
            let next_id = FileId(u32::try_from(self.loaded.sources.files().len()).unwrap_or(u32::MAX));
            let text = match self.fetch.fetch(&ModuleKey::File(path.clone()), next_id) {
                Ok(text) => text,
                Err(NotFetched::Missing(why)) => {
                    self.loaded.diagnostics.push(messages::table_not_read(&path, &why, each.table.span));
                    continue;
                }
                Err(NotFetched::Unreadable(finding)) => {
                    let why = &finding.message;
                    self.loaded.diagnostics.push(messages::table_not_read(&path, why, each.table.span));
                    continue;
                }
            };
            let table = self.loaded.sources.add(path, text);
            let (Some(file), Some(table)) = (self.loaded.sources.get(file), self.loaded.sources.get(table)) else {
                return;
            };
            let (tests, findings) = tests_from(file, &each, table);
            ast.items.extend(tests.into_iter().map(Item::Test));
            self.loaded.diagnostics.extend(findings);
        }
    }

    fn follow(&mut self, index: usize) {
        let Some(module) = self.loaded.modules.get(index) else { return };
        let from = module.key.clone();
        let uses: Vec<Use> = module.ast.items.iter().filter_map(as_use).cloned().collect();
        let mut aliases: BTreeMap<String, Span> = BTreeMap::new();
        for line in uses {
            let (key, span) = self.target(&from, &line);
            if let Some(first) = aliases.get(&line.alias.text) {
                self.loaded.diagnostics.push(messages::declared_twice(&line.alias.text, *first, line.alias.span));
                continue;
            }
            aliases.insert(line.alias.text.clone(), line.alias.span);
            match self.add(&key, false) {
                Ok(found) => {
                    if let Some(module) = self.loaded.modules.get_mut(index) {
                        module.uses.insert(line.alias.text.clone(), found);
                    }
                }
                Err(NotFetched::Missing(why)) => {
                    self.loaded.diagnostics.push(messages::no_such_module(&key.shown(), &why, span));
                }
                Err(NotFetched::Unreadable(_)) => {
                    self.loaded.diagnostics.push(messages::no_such_module(&key.shown(), "it cannot be read", span));
                }
            }
        }
    }

    fn target(&self, from: &ModuleKey, line: &Use) -> (ModuleKey, Span) {
        match &line.target {
            UseTarget::Library(path) => (ModuleKey::Library(path.text()), path.span),
            UseTarget::File(text) => (ModuleKey::File(self.fetch.locate(from, &text.text)), text.span),
        }
    }
}

fn as_use(item: &Item) -> Option<&Use> {
    match item {
        Item::Use(line) => Some(line),
        _ => None,
    }
}

impl ModuleKey {
    /// As a person knows it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            ModuleKey::Library(name) | ModuleKey::File(name) => name.clone(),
        }
    }

    /// The last part, without the ending of a file.
    #[must_use]
    pub fn short(&self) -> String {
        match self {
            ModuleKey::Library(name) => name.rsplit('.').next().unwrap_or(name).to_owned(),
            ModuleKey::File(name) => {
                let file = name.rsplit('/').next().unwrap_or(name);
                file.strip_suffix(".grille").unwrap_or(file).to_owned()
            }
        }
    }
}
