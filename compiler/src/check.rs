//! From syntax trees to a checked program, with every finding on the way. The last place where an author's error may
//! appear. Knows nothing of plans' layout or of engines.

pub mod attributes;
pub mod comparisons;
pub mod conditions;
pub mod criteria;
pub mod depth;
pub mod events;
pub mod expectations;
pub mod grades;
pub mod guard;
pub mod inline_call;
pub mod instances;
pub mod labels;
pub mod limits;
mod meant;
pub mod messages;
pub mod moments;
pub mod names;
pub mod order;
mod own_events;
pub mod phrases;
pub mod scorecards;
pub(crate) mod spoken;
pub mod tests;
pub mod units;
pub mod values;
mod variants;

use crate::checked::{Checked, EventName, PatternPart};
use crate::lint::Source;
use crate::load::{Loaded, LoadedModule};
use crate::plan::Plan;
use crate::plan::lower::lower;
use grille_evidence::locale::LocalePack;
use grille_grammar::ast::{Item, Path, Quantity};
use grille_grammar::diagnostic::{Diagnostic, Severity};
use grille_grammar::source::{SourceSet, Span};
use instances::Instance;
use names::{Declared, Kind, Scopes};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A checked program and all findings; with an error among them, there is no program.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The program, if nothing forbids it.
    pub program: Option<Checked>,
    /// Its plan, made on the way for what is told of the whole; not yet verified. None if a promise of ours is broken.
    pub plan: Option<Plan>,
    /// Findings by place, those of loading and parsing too.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks all modules of a program, for calls of its own locale and of each for which a lexicon has entries.
#[must_use]
pub fn check(loaded: &Loaded) -> Outcome {
    let mut outcome = check_for(loaded, None);
    for tag in variants::tags(&loaded.modules) {
        let other = check_for(loaded, Some(&tag));
        let news = other.diagnostics.into_iter().filter(|finding| !outcome.diagnostics.contains(finding));
        let news: Vec<Diagnostic> = news.collect();
        outcome.diagnostics.extend(news);
        outcome.program = outcome.program.zip(other.program).map(|(mut program, variant)| {
            program.variants.push(variant);
            program
        });
    }
    // What a program means covers its variants.
    if outcome.program.as_ref().is_none_or(|program| !program.variants.is_empty()) {
        outcome.plan = outcome.program.as_ref().and_then(|program| lower(program).ok());
    }
    outcome.diagnostics.sort_by_key(|f| (f.span(), f.code));
    outcome
}

/// Checks for calls of a locale; without one, for those that no variant speaks of.
fn check_for<'a>(loaded: &'a Loaded, variant: Option<&'a str>) -> Outcome {
    let mut findings = loaded.diagnostics.clone();
    let scopes = Scopes::collect(&loaded.modules, &mut findings);
    let mut checker = Checker {
        modules: &loaded.modules,
        sources: &loaded.sources,
        scopes,
        findings,
        packs: Vec::new(),
        used: BTreeSet::new(),
        used_values: BTreeSet::new(),
        moments: BTreeMap::new(),
        criteria: BTreeMap::new(),
        first_alike: BTreeMap::new(),
        conditions: BTreeMap::new(),
        bonuses: Vec::new(),
        visiting: BTreeSet::new(),
        variant,
        attributes: Vec::new(),
        used_attributes: BTreeSet::new(),
        depth: 0,
        deepest: 0,
        heights: Vec::new(),
        size: 0,
        lexicon_depth: 0,
        deepest_lexicon: 0,
        lexicons: BTreeMap::new(),
        looked_for: 0,
        folded: HashMap::new(),
        program: Checked::default(),
    };
    checker.module_cycles();
    checker.locales();
    checker.declare_attributes();
    checker.declare_events();
    checker.declarations();
    checker.finish()
}

/// The state of one check.
pub(crate) struct Checker<'a> {
    modules: &'a [LoadedModule],
    sources: &'a SourceSet,
    scopes: Scopes,
    findings: Vec<Diagnostic>,
    packs: Vec<Option<&'static LocalePack>>,
    used: BTreeSet<Declared>,
    used_values: BTreeSet<Span>,
    moments: BTreeMap<Declared, Option<usize>>,
    criteria: BTreeMap<Instance, Option<usize>>,
    /// Of criteria that are another with the same values under another label: the first of these.
    first_alike: BTreeMap<usize, usize>,
    /// Conditions of sections, by what they mean.
    conditions: BTreeMap<String, usize>,
    /// The places of the lines of bonus, scorecard by scorecard.
    bonuses: Vec<Vec<Span>>,
    visiting: BTreeSet<Declared>,
    /// The locale of the calls, where it is not that of the files.
    variant: Option<&'a str>,
    attributes: attributes::Declarations,
    /// Attributes that conditions ask for, by the module that declares them.
    used_attributes: BTreeSet<(usize, String)>,
    depth: usize,
    deepest: usize,
    /// How many levels and parts each named moment of the program has.
    heights: Vec<(usize, usize)>,
    size: usize,
    lexicon_depth: usize,
    deepest_lexicon: usize,
    /// Lexicons read, by the places of their names, and how many stand inside each other in them.
    lexicons: BTreeMap<Span, (Option<PatternPart>, usize)>,
    looked_for: usize,
    /// The tokens of words that were seen before, by language: criteria say the same words again and again.
    folded: HashMap<String, HashMap<String, Vec<String>>>,
    program: Checked,
}

/// Where an expression stands: its module, the constants in scope, and whether there is an `it`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    pub(crate) module: usize,
    pub(crate) parameters: BTreeMap<String, Quantity>,
    pub(crate) occasion: bool,
    /// Optional attributes that are known to be there.
    pub(crate) known: BTreeSet<String>,
    /// Whose words `it` is, if it is words.
    pub(crate) spoken: Option<spoken::Roles>,
    /// The kinds of events that `it` can be; none where it can be something else.
    pub(crate) occasion_events: Option<Vec<EventName>>,
}

impl<'a> Checker<'a> {
    pub(crate) fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    pub(crate) fn words(&self, span: Span) -> &'a str {
        self.sources.slice(span)
    }

    pub(crate) fn pack(&self, module: usize) -> Option<&'static LocalePack> {
        self.packs.get(module).copied().flatten()
    }

    pub(crate) fn item(&self, declared: Declared) -> Option<&'a Item> {
        self.modules.get(declared.module)?.ast.items.get(declared.item)
    }

    /// What a path stands for; reports where it stands for nothing.
    pub(crate) fn resolve(&mut self, path: &Path, cx: &Context) -> Option<Declared> {
        match self.scopes.resolve(self.modules, cx.module, path) {
            Ok(declared) => {
                self.used.insert(declared);
                Some(declared)
            }
            Err(finding) => {
                self.report(finding);
                None
            }
        }
    }

    fn locales(&mut self) {
        for module in self.modules {
            let pack = match &module.ast.locale {
                Some(tag) => {
                    let pack = LocalePack::for_tag(&tag.text);
                    if pack.is_none() {
                        self.findings.push(messages::unknown_locale(&tag.text, LocalePack::tags(), tag.span));
                    }
                    pack
                }
                None => {
                    if let Some(span) = needs_locale(module) {
                        self.findings.push(messages::no_locale(span));
                    }
                    None
                }
            };
            self.packs.push(pack);
        }
        let first = self.modules.iter().filter_map(|m| m.ast.locale.as_ref()).next();
        self.program.locale = first.map(|tag| tag.text.clone()).unwrap_or_default();
        self.one_language();
        if let Some(tag) = self.variant {
            self.program.locale = tag.to_owned();
            self.packs.iter_mut().for_each(|pack| *pack = LocalePack::for_tag(tag));
        }
    }

    /// Every file of a program speaks of calls in one language.
    fn one_language(&mut self) {
        let tagged: Vec<_> = self
            .modules
            .iter()
            .zip(&self.packs)
            .filter_map(|(m, p)| Some((m.ast.locale.as_ref()?, (*p)?.language())))
            .collect();
        let Some((_, language)) = tagged.first().copied() else { return };
        let others: Vec<_> = tagged.iter().filter(|(_, other)| *other != language).collect();
        for (tag, other) in others {
            let help = "score calls of each language with files of their own";
            let what = format!("a locale in `{other}`");
            self.findings.push(messages::wrong_kind(&tag.text, &what, &format!("one in `{language}`"), help, tag.span));
        }
    }

    fn declarations(&mut self) {
        let modules = self.modules;
        for (module, loaded) in modules.iter().enumerate() {
            for (item, declaration) in loaded.ast.items.iter().enumerate() {
                self.declaration(module, item, declaration, loaded.is_root);
            }
        }
        if self.variant.is_some() {
            return;
        }
        for (module, loaded) in modules.iter().enumerate().filter(|(_, m)| m.is_root) {
            for item in &loaded.ast.items {
                if let Item::Test(test) = item {
                    self.test(test, module);
                }
            }
        }
    }

    fn declaration(&mut self, module: usize, item: usize, declaration: &'a Item, is_root: bool) {
        let declared = |kind| Declared { kind, module, item };
        self.size = 0;
        match declaration {
            Item::Lexicon(lexicon) => self.lexicon_alone(lexicon, module),
            Item::Moment(_) | Item::Phase(_) => {
                self.named_moment(declared(Kind::Moment));
            }
            Item::Criterion(_) if is_root => {
                self.named_criterion(declared(Kind::Criterion), &[]);
            }
            Item::Scorecard(scorecard) if is_root => self.scorecard(scorecard, module),
            Item::Use(_)
            | Item::Attributes(_)
            | Item::Event(_)
            | Item::Criterion(_)
            | Item::Scorecard(_)
            | Item::Test(_) => {}
        }
    }

    /// What can be seen of the whole program.
    fn lints(&mut self, plan: &Plan) {
        let roots: BTreeSet<_> = self.modules.iter().filter(|m| m.is_root).map(|m| m.file).collect();
        let source = Source {
            is_looked_at: &|file| roots.contains(&file),
            words: &|span| self.words(span).split_whitespace().collect::<Vec<_>>().join(" "),
            bonuses: &self.bonuses,
        };
        let found = crate::lint::findings(plan, &source);
        self.findings.extend(found);
    }

    fn unused(&mut self) {
        for (index, module) in self.modules.iter().enumerate() {
            let decides = |item: &Item| matches!(item, Item::Criterion(_) | Item::Scorecard(_));
            if !module.is_root || !module.ast.items.iter().any(decides) {
                continue;
            }
            for (item, declaration) in module.ast.items.iter().enumerate() {
                if let Item::Use(line) = declaration
                    && let Some(target) = module.uses.get(&line.alias.text)
                    && !self.used.iter().any(|used| used.module == *target)
                {
                    self.findings.push(messages::unused("module", &line.alias.text, line.span));
                }
                if let Item::Attributes(attributes) = declaration {
                    let used = |name: &str| self.used_attributes.contains(&(index, name.to_owned()));
                    let unused = attributes.declared.iter().filter(|line| !used(&line.name.text));
                    self.findings.extend(unused.map(|l| messages::unused("attribute", &l.name.text, l.name.span)));
                }
                let Some((kind, name)) = names::declared(declaration) else { continue };
                if let Item::Criterion(criterion) = declaration {
                    let values = criterion.parameters.iter().filter_map(|p| Some((&p.name, p.default.as_ref()?.span)));
                    let unused = values.filter(|(_, value)| !self.used_values.contains(value));
                    self.findings.extend(unused.map(|(name, _)| messages::unused("parameter", &name.text, name.span)));
                }
                let what = match kind {
                    Kind::Lexicon => "lexicon",
                    Kind::Event => "event",
                    Kind::Moment if matches!(declaration, Item::Phase(_)) => "phase",
                    Kind::Moment => "moment",
                    Kind::Criterion | Kind::Scorecard => continue,
                };
                if !self.used.contains(&Declared { kind, module: index, item }) {
                    self.findings.push(messages::unused(what, &name.text, name.span));
                }
            }
        }
    }

    /// Criteria of first files of which no test of the file expects anything.
    fn untested(&mut self) {
        let tested = self.program.tested();
        for (index, module) in self.modules.iter().enumerate().filter(|(_, m)| m.is_root) {
            let untested = module.ast.items.iter().enumerate().filter_map(|(item, declaration)| {
                let (kind, name) = names::declared(declaration)?;
                let declared = Declared { kind, module: index, item };
                let mut known = self.instances_of(declared).filter_map(|(_, index)| index);
                let untested = kind == Kind::Criterion && !known.any(|index| tested.contains(&index));
                untested.then_some(name)
            });
            let untested: Vec<_> = untested.collect();
            let names: Vec<String> = untested.iter().map(|n| n.text.clone()).collect();
            if let Some(first) = untested.first() {
                self.findings.push(messages::untested(&names, first.span));
            }
        }
    }

    /// What follows from a part that could not be read is no finding of its own: that its declaration lacks it, or that
    /// nothing has the name of a declaration that is there and unread.
    fn drop_echoes(&mut self) {
        let (sources, modules) = (self.sources, self.modules);
        let unread_names: BTreeSet<&str> =
            modules.iter().flat_map(|m| &m.ast.unread).map(|name| name.text.as_str()).collect();
        self.findings.retain(|f| f.code.as_str() != "E0201" || !unread_names.contains(sources.slice(f.span())));
        let unread: Vec<Span> = self.findings.iter().filter(|f| is_syntax(f)).map(Diagnostic::span).collect();
        let items = self.modules.iter().flat_map(|m| &m.ast.items).filter_map(declaration_span);
        let broken: Vec<Span> = items.filter(|item| unread.iter().any(|span| holds(*item, *span))).collect();
        let tags: Vec<Span> =
            self.findings.iter().filter(|f| f.code.as_str() == "E0705").map(Diagnostic::span).collect();
        self.findings.retain(|f| f.code.as_str() == "E0705" || !tags.iter().any(|tag| holds(*tag, f.span())));
        self.findings.retain(|f| !(speaks_of_absence(f.code) && broken.iter().any(|item| holds(*item, f.span()))));
    }

    fn finish(mut self) -> Outcome {
        self.drop_echoes();
        let failed = |findings: &[Diagnostic]| findings.iter().any(|f| f.severity == Severity::Error);
        let mut plan = None;
        if !failed(&self.findings) && self.variant.is_none() {
            self.unused();
            self.untested();
            plan = lower(&self.program).ok();
            if let Some(plan) = &plan {
                self.lints(plan);
            }
        }
        self.findings.sort_by_key(|f| (f.span(), f.code));
        self.findings.dedup();
        self.program.lexicons = self.own_lexicons();
        self.keep_used_in_force();
        let program = (!failed(&self.findings)).then_some(self.program);
        Outcome { plan: plan.filter(|_| program.is_some()), program, diagnostics: self.findings }
    }
}

/// The first place that needs to know what language is spoken.
fn needs_locale(module: &LoadedModule) -> Option<Span> {
    module.ast.items.iter().find_map(|item| match item {
        Item::Lexicon(lexicon) => Some(lexicon.name.span),
        Item::Moment(moment) => Some(moment.name.span),
        Item::Phase(phase) => Some(phase.name.span),
        Item::Criterion(criterion) => Some(criterion.name.span),
        Item::Scorecard(scorecard) => Some(scorecard.name.span),
        Item::Use(_) | Item::Attributes(_) | Item::Event(_) | Item::Test(_) => None,
    })
}

fn is_syntax(finding: &Diagnostic) -> bool {
    finding.code.as_str().starts_with("E01")
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// Codes that say that something is missing from a declaration.
fn speaks_of_absence(code: grille_grammar::diagnostic::Code) -> bool {
    matches!(code.as_str(), "E0307" | "E0308" | "E0601" | "E0602" | "E0603" | "E0605" | "E0607" | "E0608" | "W0103")
}

fn declaration_span(item: &Item) -> Option<Span> {
    match item {
        Item::Lexicon(lexicon) => Some(lexicon.span),
        Item::Moment(moment) => Some(moment.span),
        Item::Phase(phase) => Some(phase.span),
        Item::Criterion(criterion) => Some(criterion.span),
        Item::Scorecard(scorecard) => Some(scorecard.span),
        Item::Use(_) | Item::Attributes(_) | Item::Event(_) | Item::Test(_) => None,
    }
}
