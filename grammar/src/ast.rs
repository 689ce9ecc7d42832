//! The syntax tree: what stands in a file, with its places. Knows nothing of names resolved or of types.

pub mod attribute;
pub mod expr;
pub mod measure;
pub mod phrase;
pub mod test;

pub use attribute::*;
pub use expr::*;
pub use measure::*;
pub use phrase::*;
pub use test::*;

use crate::source::Span;

/// A name as written, in Unicode NFC.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ident {
    /// The name.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// `name` or `module.name`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    /// One or more names, outermost first.
    pub segments: Vec<Ident>,
    /// The whole.
    pub span: Span,
}

impl Path {
    /// As written, with dots.
    #[must_use]
    pub fn text(&self) -> String {
        self.segments.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(".")
    }
}

/// A piece of text in quotes, quotes taken off.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text {
    /// What stands between the quotes.
    pub text: String,
    /// With its quotes.
    pub span: Span,
}

/// A comment, kept for the formatter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Comment {
    /// With its `#`, without the line end.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// The language of the keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeywordLanguage {
    /// English.
    En,
    /// French (reserved: the table exists, files in it do not parse yet).
    Fr,
}

/// The first line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// `1`.
    pub number: u32,
    /// `en` or `fr`.
    pub keywords: KeywordLanguage,
    /// The line.
    pub span: Span,
}

/// A whole file. Items that could not be read are left out; a diagnostic tells of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Module {
    /// First line; none where it could not be read.
    pub edition: Option<Edition>,
    /// `locale fr-FR`.
    pub locale: Option<Ident>,
    /// Declarations in their order; the rows of `test each` as tests of their own.
    pub items: Vec<Item>,
    /// `test each` whose tables are in files of their own, not read yet.
    pub tables: Vec<TestEach>,
    /// Comments in their order.
    pub comments: Vec<Comment>,
    /// Names of declarations that could not be read; why, the findings tell.
    pub unread: Vec<Ident>,
}

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// `use …`.
    Use(Use),
    /// `attributes …`.
    Attributes(Attributes),
    /// `event …`.
    Event(EventDef),
    /// `lexicon …`.
    Lexicon(Lexicon),
    /// `moment …`.
    Moment(MomentDef),
    /// `phase …`.
    Phase(PhaseDef),
    /// `criterion …`.
    Criterion(Criterion),
    /// `scorecard …`.
    Scorecard(Scorecard),
    /// `test …`.
    Test(Test),
}

/// `use std.accueil`, `use "file.grille" as name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// What is used.
    pub target: UseTarget,
    /// The name it goes by here: `as name`, else the last segment of the library path. A file needs `as`.
    pub alias: Ident,
    /// The declaration.
    pub span: Span,
}

/// What a `use` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UseTarget {
    /// A module of the library: `std.accueil`.
    Library(Path),
    /// A file, relative to the file that uses it.
    File(Text),
}

/// `lexicon name { … }`: one phrase a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexicon {
    /// Its name.
    pub name: Ident,
    /// What counts.
    pub entries: Vec<PhraseExpr>,
    /// `but not "…"`: what does not, though an entry matches.
    pub but_not: Vec<PhraseExpr>,
    /// `in fr-CA { … }`: what counts in calls of a locale.
    pub variants: Vec<LexiconVariant>,
    /// The declaration.
    pub span: Span,
}

/// `in fr-CA { … }`: entries for calls of one locale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconVariant {
    /// The tag as written: a language, or a language and a country.
    pub locale: Ident,
    /// What counts there.
    pub entries: Vec<PhraseExpr>,
    /// What does not.
    pub but_not: Vec<PhraseExpr>,
    /// The whole.
    pub span: Span,
}

/// `moment name = expr`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MomentDef {
    /// Its name.
    pub name: Ident,
    /// What it stands for.
    pub value: Expr,
    /// The declaration.
    pub span: Span,
}

/// `phase name = from A until B [or end]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseDef {
    /// Its name.
    pub name: Ident,
    /// With the first of these it begins.
    pub from: Expr,
    /// With the first later one of these it ends.
    pub to: Expr,
    /// Where none is later: to the end of the conversation; else there is no phase.
    pub or_end: bool,
    /// The declaration.
    pub span: Span,
}

/// `délai: duration = 10 s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: Ident,
    /// `duration`, `share` or `count`, as written.
    pub ty: Ident,
    /// Its value unless a scorecard says otherwise.
    pub default: Option<Quantity>,
    /// The whole.
    pub span: Span,
}

/// `criterion name(parameters) "title" { clauses }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its name.
    pub name: Ident,
    /// Its constants.
    pub parameters: Vec<Parameter>,
    /// Its title, as managers and advisers read it.
    pub title: Option<Text>,
    /// Its clauses as written.
    pub clauses: Vec<Clause>,
    /// The declaration.
    pub span: Span,
}

/// One clause of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Which.
    pub kind: ClauseKind,
    /// The clause with its keyword.
    pub span: Span,
}

/// The clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseKind {
    /// `applies when c`.
    AppliesWhen(Expr),
    /// `excused when c`.
    ExcusedWhen(Expr),
    /// `not met when c`.
    NotMetWhen(Expr),
    /// `met when c`.
    MetWhen(Expr),
    /// `partly met [50 %] when c`.
    PartlyMetWhen {
        /// What it is worth, unless the scorecard says so.
        worth: Option<Quantity>,
        /// The condition.
        condition: Expr,
    },
    /// `partly met [50 %] when at least 60 % of them`; only beside `whenever`.
    PartlyMetOfThem {
        /// What it is worth, unless the scorecard says so.
        worth: Option<Quantity>,
        /// The least share of the occasions on which the expectation holds.
        share: Quantity,
    },
    /// `whenever t [once per d] expect c`.
    Whenever {
        /// The occasions.
        trigger: Expr,
        /// Those that start less than this after one that counts are one occasion with it.
        once_per: Option<Bound>,
        /// What is expected of each; `it` is the occasion.
        expect: Expr,
    },
    /// `coaching "…"`.
    Coaching(Text),
}

/// `scorecard name "title" { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    /// Its name.
    pub name: Ident,
    /// Its title.
    pub title: Option<Text>,
    /// `version 2.1.0`, as written.
    pub version: Option<Ident>,
    /// `used for training`, as written; whether it is on the list is checked later.
    pub used_for: Option<Ident>,
    /// Sections in their order.
    pub sections: Vec<Section>,
    /// `bonus name 5 points`.
    pub bonus: Vec<Entry>,
    /// `critical name: score 0`.
    pub criticals: Vec<Critical>,
    /// `grades { … }` in the order written.
    pub grades: Vec<Grade>,
    /// The declaration.
    pub span: Span,
}

/// `section "title" { [applies when c] entries and criticals }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: Text,
    /// `applies when c`: otherwise the section counts for nothing.
    pub applies: Option<Expr>,
    /// What it counts.
    pub entries: Vec<Entry>,
    /// `critical name: section 0`.
    pub criticals: Vec<Critical>,
    /// The whole.
    pub span: Span,
}

/// `name(délai: 8 s) as "label"`: a criterion as a scorecard counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The criterion.
    pub criterion: Path,
    /// Values of its parameters, where they are not its own.
    pub values: Vec<Value>,
    /// What it is called in reports.
    pub label: Option<Text>,
    /// The whole.
    pub span: Span,
}

/// `délai: 8 s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The parameter.
    pub name: Ident,
    /// Its value.
    pub value: Quantity,
    /// The whole.
    pub span: Span,
}

/// `name 10 points, partly 5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The criterion.
    pub counted: Counted,
    /// Points when met.
    pub points: Quantity,
    /// Points when partly met: for every step, or for one step each.
    pub partly: Vec<Quantity>,
    /// The whole.
    pub span: Span,
}

/// `critical name: score 0`: not met takes the whole score to this; `critical name: section 0`, its section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Critical {
    /// The criterion.
    pub counted: Counted,
    /// The score, in per cent of the whole or of the section; written `0` or `0 %`.
    pub score: Quantity,
    /// The whole.
    pub span: Span,
}

/// One grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// Its name.
    pub name: Ident,
    /// From where, or below what.
    pub bound: GradeBound,
    /// The whole.
    pub span: Span,
}

/// `from 90 %` or `below 70 %`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GradeBound {
    /// This share or more (up to the next grade above).
    From(Quantity),
    /// Less than this share.
    Below(Quantity),
}
