//! Filters, and the primary moments: says, events, turns, interruptions.

use super::super::grammar::Rule;
use super::expr::Node;
use super::measure::voiced;
use super::{Builder, has, parts};
use crate::ast::{
    Bound, EventKind, Expr, ExprKind, FieldTest, FieldValue, Filter, FilterKind, Length, Place, Role, TurnsEdge, Verb,
    Written,
};
use pest::iterators::Pair;

impl Builder<'_> {
    /// The filter, and how deep its right side is.
    pub(super) fn filter(&self, pair: &Pair<'_, Rule>) -> Option<(Filter, usize)> {
        let first = pair.clone().into_inner().next()?;
        if matches!(first.as_rule(), Rule::k_where | Rule::k_by | Rule::k_to) {
            return Some((Filter { kind: self.event_test(&first, pair)?, span: self.span(pair) }, 0));
        }
        let words: Vec<Rule> = pair.clone().into_inner().map(|word| word.as_rule()).collect();
        let says = |word: Rule| words.contains(&word);
        let (mut within, mut right): (Option<Bound>, Option<Node>) = (None, None);
        for part in parts(pair) {
            match part.as_rule() {
                _ if says(Rule::k_answered) || says(Rule::k_unanswered) || says(Rule::k_open) => {
                    return Some((Filter { kind: self.dialogue(pair, &words)?, span: self.span(pair) }, 0));
                }
                Rule::turns => return Some((Filter { kind: self.turns(&part, &words)?, span: self.span(pair) }, 0)),
                Rule::bound => within = Some(self.bound(&part)?),
                _ => right = Some(self.primary(&part)?),
            }
        }
        let depth = right.as_ref().map_or(0, |node| node.depth);
        let right = right.map(|node| Box::new(node.expr));
        let negated = says(Rule::k_not);
        let kind = if says(Rule::k_unless) {
            FilterKind::UnlessNegated
        } else if let Some(place) = place_of(&words) {
            FilterKind::Placed { place, right: right? }
        } else if says(Rule::k_after) || says(Rule::k_preceded) {
            FilterKind::After { within, right: right?, negated }
        } else if says(Rule::k_before) || says(Rule::k_followed) {
            FilterKind::Before { within, right: right?, negated }
        } else if says(Rule::k_of) {
            FilterKind::WordsOf { within: within?, right: right? }
        } else if says(Rule::k_starting) {
            FilterKind::StartingWithinFirst(within?)
        } else if says(Rule::k_first) {
            FilterKind::WithinFirst(within?)
        } else if says(Rule::k_last) {
            FilterKind::WithinLast(within?)
        } else {
            let length = match words.first()? {
                Rule::k_lasting => Length::AtLeast,
                Rule::k_longer => Length::LongerThan,
                _ => Length::ShorterThan,
            };
            FilterKind::Lasting { length, bound: within? }
        };
        Some((Filter { kind, span: self.span(pair) }, depth))
    }

    /// What asks who speaks next.
    fn dialogue(&self, pair: &Pair<'_, Rule>, words: &[Rule]) -> Option<FilterKind> {
        let mut inner = parts(pair);
        let within = self.bound(&inner.next()?)?;
        if words.contains(&Rule::k_unanswered) {
            return Some(FilterKind::Unanswered(within));
        }
        if words.contains(&Rule::k_open) {
            return Some(FilterKind::LeftOpen(within));
        }
        let with = match inner.next() {
            Some(phrase) => Some(self.phrase(&phrase)?),
            None => None,
        };
        Some(FilterKind::Answered { within, with })
    }

    /// `2 turns of agent`, behind the words of its window.
    fn turns(&self, pair: &Pair<'_, Rule>, window: &[Rule]) -> Option<FilterKind> {
        let (mut count, mut role) = (None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::role => role = role_of(&part),
                _ => count = Some(self.bound_of_turns(&part)?),
            }
        }
        let edge = if window.contains(&Rule::k_starting) {
            TurnsEdge::StartingFirst
        } else if window.contains(&Rule::k_last) {
            TurnsEdge::Last
        } else {
            TurnsEdge::First
        };
        Some(FilterKind::WithinTurns { edge, count, role: role? })
    }

    /// `where …`, `by …` and `to …`, by the keyword they begin with.
    fn event_test(&self, keyword: &Pair<'_, Rule>, pair: &Pair<'_, Rule>) -> Option<FilterKind> {
        let mut inner = parts(pair);
        let next = inner.next()?;
        let negated = has(pair, Rule::k_not);
        let (field, test) = match keyword.as_rule() {
            Rule::k_where => (self.ident(&next), self.field_test(pair)?),
            Rule::k_by => {
                let text = role_of(&next)?.keyword().to_owned();
                (self.ident(keyword), FieldTest::Is(vec![Written::Word(FieldValue { text, span: self.span(&next) })]))
            }
            _ => (self.ident(keyword), FieldTest::Is(vec![self.written(&next)?])),
        };
        Some(FilterKind::Where { field, test, negated })
    }

    /// A word or a text in quotes.
    pub(super) fn field_value(&self, pair: &Pair<'_, Rule>) -> FieldValue {
        let span = self.span(pair);
        let text = match parts(pair).next() {
            Some(quoted) if quoted.as_rule() == Rule::quoted => self.quoted(&quoted).text,
            Some(word) => self.ident(&word).text,
            None => String::new(),
        };
        FieldValue { text, span }
    }

    pub(super) fn primary(&self, pair: &Pair<'_, Rule>) -> Option<Node> {
        let kind = match pair.as_rule() {
            Rule::paren => {
                let at = self.start(&parts(pair).next()?);
                let inner = self.built.borrow_mut().remove(&at)??;
                return self.grown(ExprKind::Paren(Box::new(inner.expr)), self.span(pair), inner.depth + 1);
            }
            Rule::in_order => {
                let mut members = Vec::new();
                for member in parts(pair).filter(|part| part.as_rule() == Rule::member) {
                    let at = self.start(&member);
                    members.push(self.built.borrow_mut().remove(&at)??);
                }
                let depth = members.iter().map(|member| member.depth).max().unwrap_or(0) + 1;
                let members = members.into_iter().map(|member| member.expr).collect();
                return self.grown(ExprKind::InOrder(members), self.span(pair), depth);
            }
            Rule::attribute | Rule::attribute_value => self.attribute(pair)?,
            Rule::occasion => ExprKind::It,
            Rule::silence => ExprKind::Silence,
            Rule::overlap => ExprKind::Overlap,
            Rule::event => ExprKind::Event(event_of(pair)?),
            Rule::question_of => ExprKind::QuestionOf(role_of(&parts(pair).next()?)?),
            Rule::turn_of => ExprKind::TurnOf(role_of(&parts(pair).next()?)?),
            Rule::response_gap => ExprKind::ResponseGapOf(role_of(&parts(pair).next()?)?),
            Rule::quantity | Rule::negative => ExprKind::Quantity(self.quantity(pair)?),
            Rule::whole_call => ExprKind::Conversation,
            Rule::voiced => voiced(pair)?,
            Rule::truth | Rule::date | Rule::quoted => ExprKind::Literal(self.literal(pair)?),
            Rule::path => ExprKind::Name(self.path(pair)),
            Rule::acts => self.acts(pair)?,
            _ => return None,
        };
        Some(Node { expr: Expr { kind, span: self.span(pair) }, depth: 1 })
    }

    fn acts(&self, pair: &Pair<'_, Rule>) -> Option<ExprKind> {
        let mut inner = parts(pair);
        let role = role_of(&inner.next()?)?;
        let what = inner.next()?;
        let bound = match inner.next().and_then(|more| parts(&more).next()) {
            Some(bound) => Some(self.bound(&bound)?),
            None => None,
        };
        if has(pair, Rule::k_interrupts) {
            return Some(ExprKind::Interrupts { interrupter: role, interrupted: role_of(&what)?, for_at_least: bound });
        }
        let verb = if has(pair, Rule::k_asks) { Verb::Asks } else { Verb::Says };
        Some(ExprKind::Says { role, verb, phrase: self.phrase(&what)?, pauses: bound })
    }
}

fn place_of(words: &[Rule]) -> Option<Place> {
    words.iter().find_map(|word| match word {
        Rule::k_during => Some(Place::During),
        Rule::k_outside => Some(Place::Outside),
        Rule::k_overlapping => Some(Place::Overlapping),
        _ => None,
    })
}

pub(super) fn role_of(pair: &Pair<'_, Rule>) -> Option<Role> {
    Some(match pair.clone().into_inner().next()?.as_rule() {
        Rule::k_agent => Role::Agent,
        Rule::k_colleague => Role::Colleague,
        Rule::k_customer => Role::Customer,
        Rule::k_supervisor => Role::Supervisor,
        Rule::k_bot => Role::Bot,
        Rule::k_other => Role::Other,
        _ => return None,
    })
}

pub(super) fn event_of(pair: &Pair<'_, Rule>) -> Option<EventKind> {
    Some(match pair.clone().into_inner().next()?.as_rule() {
        Rule::k_hold => EventKind::Hold,
        Rule::k_transfer => EventKind::Transfer,
        Rule::k_recording => EventKind::RecordingPaused,
        Rule::k_dtmf => EventKind::Dtmf,
        Rule::k_answered => EventKind::Answered,
        Rule::k_hung => EventKind::HungUp,
        _ => return None,
    })
}
