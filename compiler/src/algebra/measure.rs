//! What each value is in one call, or what it can be, and how two are compared. Knows no phrase and no engine: the
//! moments that it looks at are handed in.

use super::cover::{self, Cover};
use super::{aggregate, attribute, filter, fold, sound, talk};
use crate::plan::measure::{Comparison, Constant, MeasureOp, Sample};
use crate::plan::{MeasureId, NodeId, Plan};
use grille_evidence::facts::CallFacts;
use grille_evidence::moment::MomentSet;
use grille_evidence::rational::Rational;
use grille_evidence::trace::ReasonCode;
use grille_evidence::truth::Truth;
use grille_evidence::value::{Dimension, Range, Value};

/// A plan, a call, and the moments of the nodes that values look at.
pub struct Measuring<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The call.
    pub facts: &'a CallFacts,
    /// The moments of a node.
    pub moments: &'a dyn Fn(NodeId) -> &'a MomentSet,
}

impl Measuring<'_> {
    /// How two values compare.
    #[must_use]
    pub fn compare(&self, left: MeasureId, operator: Comparison, right: MeasureId) -> Truth {
        compare(&self.value(left), operator, &self.value(right))
    }

    /// What a value is, or can be.
    #[must_use]
    pub fn value(&self, id: MeasureId) -> Value {
        let Some(measure) = self.plan.measure(id) else { return Value::Untold(ReasonCode::NothingToMeasure) };
        match &measure.op {
            MeasureOp::Constant(Constant::Number(number)) => Value::Number(Range::exactly(*number)),
            MeasureOp::Constant(Constant::Text(text)) => Value::Text(text.clone()),
            MeasureOp::Constant(Constant::Truth(told)) => Value::Truth(*told),
            MeasureOp::Attribute(id) => match self.plan.attributes.get(id.0 as usize) {
                Some(known) => attribute::value(known, self.facts),
                None => Value::Untold(ReasonCode::NotCarried),
            },
            MeasureOp::Count(node) => counted((self.moments)(*node)),
            MeasureOp::Total(node) => {
                let (least, greatest) = Cover::of((self.moments)(*node)).length();
                let whole = |ms: i64| Some(Rational::whole(ms));
                Value::Number(Range { least: whole(least), greatest: whole(greatest) })
            }
            MeasureOp::PerMinute(of) => self.per_minute(self.value(*of)),
            MeasureOp::Share { part, whole } => {
                share(&Cover::of((self.moments)(*part)), (self.moments)(*whole), self.facts)
            }
            MeasureOp::TalkShare(role) => talk::share(self.facts, *role),
            MeasureOp::SpeechRate { role, within } => {
                let within = within.map_or_else(|| talk::everywhere(self.facts), |n| Cover::of((self.moments)(n)));
                talk::rate(self.facts, *role, &within)
            }
            MeasureOp::Aggregate { which, of: Sample::Lengths(node) } => {
                let longest = filter::hidden(self.plan, *node, self.facts)
                    .map_or(i32::MAX, |hidden| hidden.iter().map(|(_, longest)| *longest).max().unwrap_or(0));
                aggregate::lengths(*which, (self.moments)(*node), longest)
            }
            MeasureOp::Aggregate { of: Sample::Levels(..), .. } => sound::level(self.facts),
            MeasureOp::Aggregate { of: Sample::Pitches(..), .. } => sound::pitch(self.facts),
            MeasureOp::PercentOf { share, of } => scaled(self.value(*of), *share),
            MeasureOp::Relative { value, baseline } => {
                relative(measure.dimension, &self.value(*value), &self.value(*baseline))
            }
        }
    }

    fn per_minute(&self, count: Value) -> Value {
        let (start, end) = self.facts.whole();
        match Rational::of(60_000, i128::from(end) - i128::from(start)) {
            Some(a_minute) => scaled(count, a_minute),
            None => Value::Untold(ReasonCode::NothingToMeasure),
        }
    }
}

fn counted(set: &MomentSet) -> Value {
    let (least, most) = fold::count_range(set);
    let whole = |n: u32| Rational::whole(i64::from(n));
    Value::Number(Range { least: Some(whole(least)), greatest: most.map(whole) })
}

/// What of the whole lies in the part.
fn share(part: &Cover, whole_set: &MomentSet, facts: &CallFacts) -> Value {
    let whole = Cover::of(whole_set);
    if whole_set.sure().next().is_none() {
        let nothing = whole_set.moments.is_empty() && whole_set.dark.is_empty();
        return Value::Untold(if nothing { ReasonCode::NothingToMeasure } else { talk::doubt(facts) });
    }
    let inside = part.and(&whole).length();
    let outside = (cover::without(&whole.surely, &part.perhaps), cover::without(&whole.perhaps, &part.surely));
    match talk::part_of(inside, outside, facts) {
        // Nothing is sure but that there is something: it is some part of it.
        Value::Untold(_) => Value::Number(Range { least: Some(Rational::ZERO), greatest: Some(Rational::ONE) }),
        told => told,
    }
}

/// So many times as much; nothing is known where that does not fit.
fn scaled(value: Value, by: Rational) -> Value {
    match value {
        Value::Number(range) => {
            let times = |bound: Option<Rational>| bound.and_then(|b| b.times(by));
            let (least, greatest) = (times(range.least), times(range.greatest));
            let turned = by < Rational::ZERO;
            Value::Number(if turned { Range { least: greatest, greatest: least } } else { Range { least, greatest } })
        }
        other => other,
    }
}

/// Levels and pitches are told apart by their difference, rates by their ratio; none of these is below nothing.
fn relative(dimension: Dimension, value: &Value, baseline: &Value) -> Value {
    let (Value::Number(own), Value::Number(base)) = (value, baseline) else {
        let untold = [value, baseline].into_iter().find(|v| matches!(v, Value::Untold(_)));
        return untold.cloned().unwrap_or(Value::Untold(ReasonCode::NothingToMeasure));
    };
    let by_ratio = !matches!(dimension, Dimension::LevelDifference | Dimension::PitchDifference);
    if by_ratio && base.least.is_none_or(|least| least <= Rational::ZERO) {
        let nothing = base.told() == Some(Rational::ZERO);
        return Value::Untold(if nothing { ReasonCode::NothingToMeasure } else { ReasonCode::NotHeard });
    }
    let with = |one: Option<Rational>, other: Option<Rational>| {
        if by_ratio { one?.by(other?) } else { one?.less(other?) }
    };
    Value::Number(Range { least: with(own.least, base.greatest), greatest: with(own.greatest, base.least) })
}

/// Compares what two values can be.
#[must_use]
pub fn compare(left: &Value, operator: Comparison, right: &Value) -> Truth {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => numbers(*left, operator, *right),
        (Value::Text(left), Value::Text(right)) => equality(left == right, operator),
        (Value::Truth(left), Value::Truth(right)) => equality(left == right, operator),
        _ => Truth::CannotTell,
    }
}

fn equality(equal: bool, operator: Comparison) -> Truth {
    match operator {
        Comparison::Equal => Truth::of(equal),
        Comparison::NotEqual => Truth::of(!equal),
        _ => Truth::CannotTell,
    }
}

fn numbers(left: Range, operator: Comparison, right: Range) -> Truth {
    match operator {
        Comparison::LessOrEqual => at_most(left, right),
        Comparison::Greater => at_most(left, right).negate(),
        Comparison::GreaterOrEqual => at_most(right, left),
        Comparison::Less => at_most(right, left).negate(),
        Comparison::Equal => equal(left, right),
        Comparison::NotEqual => equal(left, right).negate(),
    }
}

/// Is the one at most the other, whichever they are?
fn at_most(one: Range, other: Range) -> Truth {
    match (one.greatest.zip(other.least), one.least.zip(other.greatest)) {
        (Some((high, low)), _) if high <= low => Truth::Yes,
        (_, Some((low, high))) if low > high => Truth::No,
        _ => Truth::CannotTell,
    }
}

fn equal(one: Range, other: Range) -> Truth {
    match (one.told(), other.told()) {
        (Some(a), Some(b)) => Truth::of(a == b),
        _ if at_most(one, other) == Truth::No || at_most(other, one) == Truth::No => Truth::No,
        _ => Truth::CannotTell,
    }
}
