//! Expressions changed: filters and operands left out, roles and operators swapped, numbers moved. Every kind of expression
//! and of filter is named.

use super::ideas;
use super::walk::Walk;
use grille_grammar::ast::{
    AttributeTest, Comparison, Expr, ExprKind, FieldTest, Filter, FilterKind, Ordinal, Place, Role, Verb, Written,
};
use grille_grammar::source::Span;

impl Walk<'_> {
    pub(super) fn expr(&mut self, expr: &mut Expr) {
        if self.left_out(expr) {
            return;
        }
        let place = expr.span;
        match &mut expr.kind {
            ExprKind::Name(_)
            | ExprKind::It
            | ExprKind::Event(_)
            | ExprKind::Silence
            | ExprKind::Overlap
            | ExprKind::Conversation
            | ExprKind::SpeechActivityOf(_) => {}
            ExprKind::Literal(literal) => self.literal(literal, place),
            ExprKind::Attribute { name: _, test } => self.attribute_test(test, place),
            ExprKind::Measure(measure) => self.measure(measure, place),
            ExprKind::Between { value, limits } => {
                self.expr(value);
                self.limits(limits, place);
            }
            ExprKind::Quantity(quantity) => self.quantity(quantity, ideas::COUNT),
            ExprKind::Paren(inner)
            | ExprKind::Any(inner)
            | ExprKind::No(inner)
            | ExprKind::CountOf(inner)
            | ExprKind::Not(inner) => self.expr(inner),
            ExprKind::Says { role, verb, phrase, pauses } => {
                self.role(role, place);
                self.verb(verb, place);
                self.phrase(phrase);
                self.optional_bound(pauses.as_mut(), ideas::EDGE);
            }
            ExprKind::TurnOf(role) | ExprKind::QuestionOf(role) | ExprKind::ResponseGapOf(role) => {
                self.role(role, place)
            }
            ExprKind::Interrupts { interrupter, interrupted, for_at_least } => {
                self.swapped(interrupter, interrupted, place);
                self.optional_bound(for_at_least.as_mut(), ideas::EDGE);
            }
            _ => self.combination(expr),
        }
    }

    /// Expressions that are made of others. What calls say of themselves is looked at whole.
    fn combination(&mut self, expr: &mut Expr) {
        match &mut expr.kind {
            ExprKind::Filter { base, filter } => {
                self.expr(base);
                self.filter(filter);
            }
            ExprKind::Ordinal { which, base } => {
                self.ordinal(which, expr.span);
                self.expr(base);
            }
            ExprKind::Then { left, within, right } => {
                self.expr(left);
                self.optional_bound(within.as_mut(), ideas::EDGE);
                self.expr(right);
            }
            ExprKind::Except { left, right }
            | ExprKind::Minus { left, right }
            | ExprKind::OnlyAfter { left, right } => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::Every { base, filter } => {
                self.expr(base);
                filter.iter_mut().for_each(|filter| self.filter(filter));
            }
            ExprKind::AtLeast { count, base } | ExprKind::AtMost { count, base } => {
                self.bound(count, ideas::COUNT);
                self.expr(base);
            }
            ExprKind::Compare { operator, left, right } => {
                self.comparison(operator, expr.span);
                self.expr(left);
                self.expr(right);
            }
            ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter_mut().for_each(|part| self.expr(part)),
            ExprKind::InOrder(steps) => self.in_order(steps),
            ExprKind::Attribute { .. }
            | ExprKind::Name(_)
            | ExprKind::It
            | ExprKind::Event(_)
            | ExprKind::Silence
            | ExprKind::Overlap
            | ExprKind::Conversation
            | ExprKind::SpeechActivityOf(_)
            | ExprKind::Literal(_)
            | ExprKind::Measure(_)
            | ExprKind::Between { .. }
            | ExprKind::Quantity(_)
            | ExprKind::Paren(_)
            | ExprKind::Any(_)
            | ExprKind::No(_)
            | ExprKind::CountOf(_)
            | ExprKind::Not(_)
            | ExprKind::Says { .. }
            | ExprKind::TurnOf(_)
            | ExprKind::QuestionOf(_)
            | ExprKind::ResponseGapOf(_)
            | ExprKind::Interrupts { .. } => {}
        }
    }

    /// What is asked of an attribute turned round, and values of a list left out.
    fn attribute_test(&mut self, test: &mut AttributeTest, place: Span) {
        let negated = match test {
            AttributeTest::Bare => return,
            AttributeTest::Known { negated } => negated,
            AttributeTest::Is { values, negated } => {
                if self.value_left_out(values) {
                    return;
                }
                negated
            }
        };
        let (was, now) = if *negated { ("is not", "is") } else { ("is", "is not") };
        if self.alone(place, was, now, ideas::CONDITION) {
            *negated = !*negated;
        }
    }

    /// One of several values left out; true if it was.
    fn value_left_out(&mut self, values: &mut Vec<Written>) -> bool {
        let mut at = 0;
        while values.len() > 1
            && let Some(value) = values.get(at).map(Written::span)
        {
            if self.without(value, ideas::ALTERNATIVE_VALUE) {
                values.remove(at);
                return true;
            }
            at += 1;
        }
        false
    }

    /// The interrupter for the interrupted.
    fn swapped(&mut self, one: &mut Role, other: &mut Role, place: Span) {
        let (was, now) = (one.keyword(), other.keyword());
        if was != now && self.alone(place, was, now, ideas::ROLE) {
            std::mem::swap(one, other);
        }
    }

    /// Leaves a part out, or turns `and` and `or` into each other; true if it did.
    fn left_out(&mut self, expr: &mut Expr) -> bool {
        let place = expr.span;
        let kept = match &mut expr.kind {
            ExprKind::Filter { base, filter } => {
                let idea = if filter.kind == FilterKind::UnlessNegated { ideas::NEGATION } else { ideas::FILTER };
                self.without(filter.span, idea).then(|| base.as_ref().clone())
            }
            ExprKind::Except { left, right } | ExprKind::Minus { left, right } => {
                self.without(right.span, ideas::EXCEPTION).then(|| left.as_ref().clone())
            }
            ExprKind::Not(inner) => self.alone(place, "not", "", ideas::CONDITION).then(|| inner.as_ref().clone()),
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                let mut at = 0;
                while let Some(part) = parts.get(at).map(|part| part.span) {
                    if self.without(part, ideas::CONDITION) {
                        parts.remove(at);
                        if let [only] = parts.as_slice() {
                            *expr = only.clone();
                        }
                        return true;
                    }
                    at += 1;
                }
                return self.all_or_one(expr);
            }
            _ => None,
        };
        match kept {
            Some(kept) => {
                *expr = kept;
                true
            }
            None => false,
        }
    }

    /// Steps left out, and each changed.
    fn in_order(&mut self, steps: &mut Vec<Expr>) {
        let mut at = 0;
        while let Some(step) = steps.get(at).map(|step| step.span) {
            if steps.len() > 1 && self.without(step, ideas::CONDITION) {
                steps.remove(at);
                return;
            }
            if let Some(step) = steps.get_mut(at) {
                self.expr(step);
            }
            at += 1;
        }
    }

    fn all_or_one(&mut self, expr: &mut Expr) -> bool {
        let (was, now) = if matches!(expr.kind, ExprKind::And(_)) { ("and", "or") } else { ("or", "and") };
        if !self.alone(expr.span, was, now, ideas::ALL_OR_ONE) {
            return false;
        }
        match &mut expr.kind {
            ExprKind::And(parts) => expr.kind = ExprKind::Or(std::mem::take(parts)),
            ExprKind::Or(parts) => expr.kind = ExprKind::And(std::mem::take(parts)),
            _ => {}
        }
        true
    }

    pub(super) fn role(&mut self, role: &mut Role, place: Span) {
        let other = if *role == Role::Customer { Role::Agent } else { Role::Customer };
        if self.alone(place, role.keyword(), other.keyword(), ideas::ROLE) {
            *role = other;
        }
    }

    fn verb(&mut self, verb: &mut Verb, place: Span) {
        let (was, now, other) = match verb {
            Verb::Says => ("says", "asks", Verb::Asks),
            Verb::Asks => ("asks", "says", Verb::Says),
        };
        if self.alone(place, was, now, ideas::VERB) {
            *verb = other;
        }
    }

    fn ordinal(&mut self, which: &mut Ordinal, place: Span) {
        let (was, now, other) = match which {
            Ordinal::First(Some(count)) | Ordinal::Last(Some(count)) => return self.quantity(count, ideas::COUNT),
            Ordinal::First(None) => ("first", "last", Ordinal::Last(None)),
            Ordinal::Last(None) => ("last", "first", Ordinal::First(None)),
            Ordinal::Second => ("second", "first", Ordinal::First(None)),
            Ordinal::Third => ("third", "second", Ordinal::Second),
        };
        if self.alone(place, was, now, ideas::ORDER) {
            *which = other;
        }
    }

    fn comparison(&mut self, operator: &mut Comparison, place: Span) {
        let (was, now, other) = match operator {
            Comparison::Less => ("<", "<=", Comparison::LessOrEqual),
            Comparison::LessOrEqual => ("<=", "<", Comparison::Less),
            Comparison::Greater => (">", ">=", Comparison::GreaterOrEqual),
            Comparison::GreaterOrEqual => (">=", ">", Comparison::Greater),
            Comparison::Equal => ("is", "is not", Comparison::NotEqual),
            Comparison::NotEqual => ("is not", "is", Comparison::Equal),
        };
        if self.alone(place, was, now, ideas::BOUND) {
            *operator = other;
        }
    }

    fn filter(&mut self, filter: &mut Filter) {
        let place = filter.span;
        match &mut filter.kind {
            FilterKind::WithinFirst(bound) | FilterKind::WithinLast(bound) | FilterKind::StartingWithinFirst(bound) => {
                self.bound(bound, ideas::EDGE);
            }
            FilterKind::WithinTurns { edge: _, count, role } => {
                self.optional_bound(count.as_mut(), ideas::COUNT);
                self.role(role, place);
            }
            FilterKind::Lasting { length: _, bound } => self.bound(bound, ideas::EDGE),
            FilterKind::UnlessNegated => {}
            FilterKind::Where { field: _, test: FieldTest::Order(operator, value), negated: _ } => {
                self.comparison(operator, place);
                if let Written::Quantity(quantity) = value {
                    self.quantity(quantity, ideas::EDGE);
                }
            }
            FilterKind::Where { field: _, test, negated } => {
                if let FieldTest::Is(values) = test
                    && self.value_left_out(values)
                {
                    return;
                }
                let (was, now) = if *negated { ("is not", "is") } else { ("is", "is not") };
                if self.alone(place, was, now, ideas::CONDITION) {
                    *negated = !*negated;
                }
            }
            FilterKind::After { within, right, negated: _ } | FilterKind::Before { within, right, negated: _ } => {
                self.optional_bound(within.as_mut(), ideas::EDGE);
                self.expr(right);
                self.side(filter);
            }
            FilterKind::Placed { place: how, right } => {
                let (was, now, other) = match how {
                    Place::During => ("during", "overlapping", Place::Overlapping),
                    Place::Outside => ("outside", "overlapping", Place::Overlapping),
                    Place::Overlapping => ("overlapping", "during", Place::During),
                };
                if self.alone(place, was, now, ideas::SIDE) {
                    *how = other;
                }
                self.expr(right);
            }
            FilterKind::Answered { within, with } => {
                self.bound(within, ideas::EDGE);
                with.iter_mut().for_each(|phrase| self.phrase(phrase));
            }
            FilterKind::Unanswered(within) | FilterKind::LeftOpen(within) => self.bound(within, ideas::EDGE),
            FilterKind::WordsOf { within, right } => {
                self.bound(within, ideas::COUNT);
                self.expr(right);
            }
        }
    }

    /// Before for after, and the reverse.
    fn side(&mut self, filter: &mut Filter) {
        let after = matches!(filter.kind, FilterKind::After { .. });
        let (was, now) = if after { ("after", "before") } else { ("before", "after") };
        if !self.alone(filter.span, was, now, ideas::SIDE) {
            return;
        }
        filter.kind = match filter.kind.clone() {
            FilterKind::After { within, right, negated } => FilterKind::Before { within, right, negated },
            FilterKind::Before { within, right, negated } => FilterKind::After { within, right, negated },
            other => other,
        };
    }
}
