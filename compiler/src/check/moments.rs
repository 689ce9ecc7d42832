//! Expressions that stand for moments.

use super::names::{Declared, Kind, declared as declared_name, shown};
use super::{Checker, Context, messages};
use crate::checked::{EventName, Filter, MomentDef, Moments, MomentsKind, Says};
use crate::plan::{Edge, Extent, LengthBound, Pick, Place, Side};
use grille_evidence::call::{EventKind, Role};
use grille_grammar::ast::{
    self, Bound, Expr, ExprKind, FilterKind, Item, Length, Literal, Measure, Ordinal, Path, PhraseExpr, Quantity,
    TurnsEdge, Unit, Verb,
};
use grille_grammar::source::Span;

/// The longest pause inside a phrase, in milliseconds, unless the author says otherwise.
pub const PAUSE_IN_PHRASE: i32 = 2000;
/// Silences and overlaps are at least so long, in milliseconds.
pub const LEAST_STRETCH: i32 = 200;

impl Checker<'_> {
    /// A named moment: index into the program's; checked once.
    pub(crate) fn named_moment(&mut self, declared: Declared) -> Option<usize> {
        let item = self.item(declared)?;
        let (_, given) = declared_name(item)?;
        if let Some(known) = self.moments.get(&declared) {
            return (*known).filter(|index| self.opens(*index, given.span));
        }
        if !self.visiting.insert(declared) {
            self.report(messages::defined_by_itself(&given.text, given.span));
            return None;
        }
        self.guard_name(&given.text, given.span);
        let cx = Context { module: declared.module, ..Context::default() };
        let (value, height) = self.measured(|checker| match item {
            Item::Moment(definition) => checker.moments(&definition.value, &cx),
            Item::Phase(definition) => checker.phase(definition, &cx),
            _ => None,
        });
        self.visiting.remove(&declared);
        let index = value.map(|value| {
            let name = shown(self.modules, declared.module, &given.text);
            let labels = self.labels(&value);
            self.heights.push(height);
            self.program.moments.push(MomentDef { name, value, labels });
            self.program.moments.len() - 1
        });
        self.moments.insert(declared, index);
        index
    }

    fn phase(&mut self, phase: &ast::PhaseDef, cx: &Context) -> Option<Moments> {
        let (from, to) = (self.moments(&phase.from, cx), self.moments(&phase.to, cx));
        let kind = MomentsKind::Phase(Box::new(from?), Box::new(to?), phase.or_end);
        Some(Moments { kind, span: phase.span })
    }

    /// An expression where moments are wanted.
    pub(crate) fn moments(&mut self, expr: &Expr, cx: &Context) -> Option<Moments> {
        self.deeper(expr.span, |checker| checker.moments_of(expr, cx))
    }

    fn moments_of(&mut self, expr: &Expr, cx: &Context) -> Option<Moments> {
        let kind = match &expr.kind {
            ExprKind::Paren(inner) => return self.moments(inner, cx),
            ExprKind::Name(path) => self.name(path, cx)?,
            ExprKind::It => self.it(expr.span, cx)?,
            ExprKind::Says { role, verb, phrase, pauses } => {
                let pattern = self.pattern(phrase, cx);
                let max_pause = match pauses {
                    Some(bound) => self.positive_duration(bound, "a pause", cx)?,
                    None => PAUSE_IN_PHRASE,
                };
                let asks = *verb == Verb::Asks;
                let role = role_of(*role);
                MomentsKind::Says(Box::new(Says { role, asks, pattern: pattern?, max_pause, unless_negated: false }))
            }
            ExprKind::Event(kind) => MomentsKind::Event(EventName::Known(event_of(*kind))),
            ExprKind::TurnOf(role) => MomentsKind::Turn(role_of(*role)),
            ExprKind::QuestionOf(role) => MomentsKind::Question(role_of(*role)),
            ExprKind::Silence => MomentsKind::Silence,
            ExprKind::Overlap => MomentsKind::Overlap,
            ExprKind::Conversation => MomentsKind::Conversation,
            ExprKind::SpeechActivityOf(voice) => MomentsKind::SpeechActivity(super::values::voice_of(*voice).0),
            ExprKind::ResponseGapOf(role) => MomentsKind::ResponseGap(role_of(*role)),
            ExprKind::Interrupts { interrupter, interrupted, for_at_least } => {
                let least = match for_at_least {
                    Some(bound) => self.positive_duration(bound, "an overlap", cx)?,
                    None => 1,
                };
                MomentsKind::Interrupts(role_of(*interrupter), role_of(*interrupted), least)
            }
            ExprKind::Filter { base, filter } => return self.filtered(base, filter, expr.span, cx),
            ExprKind::Ordinal { which, base } => {
                let pick = self.pick(which, cx);
                let base = self.moments(base, cx)?;
                MomentsKind::Ordinal(pick?, Box::new(base))
            }
            ExprKind::Then { left, within, right } => {
                let (left, right) = (self.moments(left, cx), self.moments(right, cx));
                let within = self.optional_duration(within.as_ref(), cx)?;
                MomentsKind::Then(Box::new(left?), within, Box::new(right?))
            }
            ExprKind::Except { left, right } => {
                let (left, right) = (self.moments(left, cx), self.moments(right, cx));
                MomentsKind::Except(Box::new(left?), Box::new(right?))
            }
            ExprKind::Minus { left, right } => {
                let (left, right) = (self.moments(left, cx), self.moments(right, cx));
                MomentsKind::Minus(Box::new(left?), Box::new(right?))
            }
            ExprKind::Or(parts) => {
                let parts: Vec<Option<Moments>> = parts.iter().map(|p| self.moments(p, cx)).collect();
                MomentsKind::Union(parts.into_iter().collect::<Option<_>>()?)
            }
            other => return self.not_moments(other, expr.span),
        };
        Some(Moments { kind, span: expr.span })
    }

    fn not_moments(&mut self, kind: &ExprKind, span: Span) -> Option<Moments> {
        if let ExprKind::Measure(Measure::In(left, right)) = kind {
            let (left, right) = (self.words(left.span).to_owned(), self.words(right.span).to_owned());
            self.report(messages::stray_in(&left, &right, span));
            return None;
        }
        if let ExprKind::Literal(Literal::Text(_)) = kind {
            let words = self.words(span);
            let help = format!(
                "say who says it: `agent says {words}`; alternatives of one speaker stand in parentheses: `agent says (\"…\" or {words})`"
            );
            self.report(messages::wrong_type("a text", "something that happens", &help, span));
            return None;
        }
        let (found, help) = match kind {
            ExprKind::Attribute { .. } => (
                "something known of the call as a whole",
                "it happens at no time; write it where a condition is wanted, for instance in `applies when`",
            ),
            ExprKind::Quantity(Quantity {
                unit: Unit::Millisecond | Unit::Second | Unit::Minute | Unit::Hour, ..
            }) => (
                "a duration",
                "for a limit in time write `within first …` or `within last …`; after `before` and `after` say what happens",
            ),
            ExprKind::Quantity(_) => ("a number", "say what happens: words, an event, a silence"),
            ExprKind::Measure(_) | ExprKind::Literal(_) => ("a value", "say what happens: words, an event, a silence"),
            ExprKind::CountOf(_) => ("a count", "take `count of` away, or compare it where a condition is wanted"),
            ExprKind::And(_) => (
                "a condition",
                "`and` joins conditions; for one thing near another write `… within 10 s before …` or `… then within 10 s …`",
            ),
            _ => (
                "a condition",
                "moments are things that happen, such as `agent says \"bonjour\"` or `hold`; `any`, `no`, `every` and `not` say whether they do",
            ),
        };
        self.report(messages::wrong_type(found, "something that happens", help, span));
        None
    }

    fn it(&mut self, span: Span, cx: &Context) -> Option<MomentsKind> {
        if !cx.occasion {
            self.report(messages::it_outside_expect(span));
            return None;
        }
        Some(MomentsKind::It)
    }

    fn name(&mut self, path: &Path, cx: &Context) -> Option<MomentsKind> {
        if cx.parameters.contains_key(&path.text()) {
            let help = "a parameter is a number; use it after `within`, `at least` and the like";
            self.report(messages::wrong_kind(&path.text(), "a parameter", "something that happens", help, path.span));
            return None;
        }
        let declared = self.resolve(path, cx)?;
        match declared.kind {
            Kind::Moment => self.named_moment(declared).map(MomentsKind::Named),
            Kind::Event => self.own_event(declared).map(MomentsKind::Event),
            Kind::Lexicon => {
                let help = format!("say who says it: `agent says {}`", path.text());
                self.report(messages::wrong_kind(
                    &path.text(),
                    "a lexicon",
                    "something that happens",
                    &help,
                    path.span,
                ));
                None
            }
            kind @ (Kind::Criterion | Kind::Scorecard) => {
                let help = "a criterion speaks of moments, not of other criteria";
                self.report(messages::wrong_kind(
                    &path.text(),
                    kind.words(),
                    "something that happens",
                    help,
                    path.span,
                ));
                None
            }
        }
    }

    fn pick(&mut self, which: &Ordinal, cx: &Context) -> Option<Pick> {
        match which {
            Ordinal::First(count) => self.how_many("first", count.as_ref(), cx).map(Pick::First),
            Ordinal::Last(count) => self.how_many("last", count.as_ref(), cx).map(Pick::Last),
            Ordinal::Second => Some(Pick::Nth(2)),
            Ordinal::Third => Some(Pick::Nth(3)),
        }
    }

    /// The count after `first` or `last`; one where none is given.
    fn how_many(&mut self, word: &str, count: Option<&Quantity>, cx: &Context) -> Option<u32> {
        let Some(quantity) = count else { return Some(1) };
        let count = self.count(&Bound::Literal(quantity.clone()), cx)?;
        if count == 0 {
            let (what, help) =
                (format!("the {word} 0 of something are never there"), format!("write `{word}` or `{word} 2`"));
            self.report(messages::empty_window(&what, &help, quantity.span));
            return None;
        }
        Some(count)
    }

    fn filtered(&mut self, base: &Expr, filter: &ast::Filter, span: Span, cx: &Context) -> Option<Moments> {
        let checked_base = self.moments(base, cx);
        if matches!(filter.kind, FilterKind::UnlessNegated) {
            let base = checked_base?;
            return self.unless_negated(base, filter.span, span);
        }
        let checked = self.filter(filter, checked_base.as_ref(), cx);
        let (base, checked) = (checked_base?, checked?);
        self.suits(&base, &checked, filter.span, cx.spoken)?;
        self.impossible(&base, &checked, filter.span);
        Some(Moments { kind: MomentsKind::Filter(Box::new(base), checked), span })
    }

    /// Negation is looked for around words, so it goes down to the `says` that it stands behind.
    fn unless_negated(&mut self, base: Moments, at: Span, span: Span) -> Option<Moments> {
        let kind = match base.kind {
            MomentsKind::Says(says) => MomentsKind::Says(Box::new(Says { unless_negated: true, ..*says })),
            MomentsKind::Filter(inner, filter) => {
                let inner_span = inner.span;
                MomentsKind::Filter(Box::new(self.unless_negated(*inner, at, inner_span)?), filter)
            }
            MomentsKind::Union(parts) => {
                let parts: Vec<Option<Moments>> = parts
                    .into_iter()
                    .map(|p| {
                        let part_span = p.span;
                        self.unless_negated(p, at, part_span)
                    })
                    .collect();
                MomentsKind::Union(parts.into_iter().collect::<Option<_>>()?)
            }
            MomentsKind::Named(_) => {
                let help = "write it where the moment is defined, right after its phrase";
                self.report(messages::unfit_filter("unless negated", help, at));
                return None;
            }
            _ => {
                let help = "only words can be negated: write it right after `says` or `asks` and its phrase";
                self.report(messages::unfit_filter("unless negated", help, at));
                return None;
            }
        };
        Some(Moments { kind, span })
    }

    /// A filter on `base`, checked.
    pub(crate) fn filter(&mut self, filter: &ast::Filter, base: Option<&Moments>, cx: &Context) -> Option<Filter> {
        Some(match &filter.kind {
            FilterKind::WithinFirst(bound) => Filter::Window(Edge::First, self.extent(bound, cx)?),
            FilterKind::WithinLast(bound) => Filter::Window(Edge::Last, self.extent(bound, cx)?),
            FilterKind::StartingWithinFirst(bound) => Filter::Window(Edge::StartingFirst, self.extent(bound, cx)?),
            FilterKind::WithinTurns { edge, count, role } => {
                let edge = match edge {
                    TurnsEdge::First => Edge::First,
                    TurnsEdge::Last => Edge::Last,
                    TurnsEdge::StartingFirst => Edge::StartingFirst,
                };
                Filter::Window(edge, Extent::Turns { count: self.turns(count.as_ref(), cx)?, role: role_of(*role) })
            }
            FilterKind::Answered { within, with } => {
                let wanted = with.as_ref().map(|phrase| self.said_by_anybody(phrase, cx));
                let within = self.duration(within, cx)?;
                let with = match wanted {
                    Some(wanted) => Some(Box::new(wanted?)),
                    None => None,
                };
                Filter::Answered { within, with, negated: false }
            }
            FilterKind::Unanswered(within) => {
                Filter::Answered { within: self.duration(within, cx)?, with: None, negated: true }
            }
            FilterKind::LeftOpen(bound) => Filter::LeftOpen(self.positive_duration(bound, "a time", cx)?),
            FilterKind::WordsOf { within, right } => {
                let right = self.moments(right, cx);
                let most = self.number_of_words(within, cx)?;
                Filter::Words { most, right: Box::new(right?) }
            }
            FilterKind::Lasting { length: Length::AtLeast, bound } => {
                Filter::Length(LengthBound::AtLeast(self.positive_duration(bound, "a length", cx)?))
            }
            FilterKind::Lasting { length: Length::LongerThan, bound } => {
                Filter::Length(LengthBound::LongerThan(self.duration(bound, cx)?))
            }
            FilterKind::Lasting { length: Length::ShorterThan, bound } => {
                Filter::Length(LengthBound::ShorterThan(self.positive_duration(bound, "a length", cx)?))
            }
            FilterKind::UnlessNegated => {
                let help = "in `every … is`, write it before `is`, right after the phrase";
                self.report(messages::unfit_filter("unless negated", help, filter.span));
                return None;
            }
            FilterKind::Where { field, test, negated } => {
                self.field_filter((field, test, *negated), base?, filter.span, cx)?
            }
            FilterKind::After { within, right, negated } => {
                self.relation(Side::After, within.as_ref(), right, *negated, cx)?
            }
            FilterKind::Before { within, right, negated } => {
                self.relation(Side::Before, within.as_ref(), right, *negated, cx)?
            }
            FilterKind::Placed { place, right } => Filter::Placed(place_of(*place), Box::new(self.moments(right, cx)?)),
        })
    }

    /// A phrase, whoever says it.
    fn said_by_anybody(&mut self, phrase: &PhraseExpr, cx: &Context) -> Option<Moments> {
        let (pattern, span) = (self.pattern(phrase, cx)?, phrase.span());
        let says = |role| Says {
            role,
            asks: false,
            pattern: pattern.clone(),
            max_pause: PAUSE_IN_PHRASE,
            unless_negated: false,
        };
        let parts = Role::ALL.map(|role| Moments { kind: MomentsKind::Says(Box::new(says(role))), span });
        Some(Moments { kind: MomentsKind::Union(parts.to_vec()), span })
    }

    fn relation(
        &mut self,
        side: Side,
        within: Option<&Bound>,
        right: &Expr,
        negated: bool,
        cx: &Context,
    ) -> Option<Filter> {
        let right = self.moments(right, cx);
        let within = self.optional_duration(within, cx)?;
        Some(Filter::Relation { side, within, right: Box::new(right?), negated })
    }

    /// None for no bound; nothing at all where the bound is wrong.
    #[allow(clippy::option_option)]
    fn optional_duration(&mut self, bound: Option<&Bound>, cx: &Context) -> Option<Option<i32>> {
        match bound {
            None => Some(None),
            Some(bound) => self.duration(bound, cx).map(Some),
        }
    }

    fn impossible(&mut self, base: &Moments, filter: &Filter, span: Span) {
        let bounded = matches!(base.kind, MomentsKind::Silence | MomentsKind::Overlap);
        if let Filter::Length(LengthBound::ShorterThan(length)) = filter
            && bounded
            && *length <= LEAST_STRETCH
        {
            let what = format!("silences and overlaps are at least {LEAST_STRETCH} ms long, so none is shorter");
            self.report(messages::empty_window(&what, "give a longer time, or take the line out", span));
        }
    }
}

fn place_of(place: ast::Place) -> Place {
    match place {
        ast::Place::During => Place::During,
        ast::Place::Outside => Place::Outside,
        ast::Place::Overlapping => Place::Overlapping,
    }
}

/// The contract's role for a tree's.
pub(crate) fn role_of(role: ast::Role) -> Role {
    match role {
        ast::Role::Agent => Role::Agent,
        ast::Role::Colleague => Role::Colleague,
        ast::Role::Customer => Role::Customer,
        ast::Role::Supervisor => Role::Supervisor,
        ast::Role::Bot => Role::Bot,
        ast::Role::Other => Role::Other,
    }
}

/// The contract's event for a tree's.
pub(crate) fn event_of(kind: ast::EventKind) -> EventKind {
    match kind {
        ast::EventKind::Hold => EventKind::Hold,
        ast::EventKind::Transfer => EventKind::Transfer,
        ast::EventKind::RecordingPaused => EventKind::RecordingPaused,
        ast::EventKind::Dtmf => EventKind::Dtmf,
        ast::EventKind::Answered => EventKind::Answered,
        ast::EventKind::HungUp => EventKind::HungUp,
    }
}
