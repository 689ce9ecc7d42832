//! Derivations of values and of what compares them: operands, what they came to, and how far that is from the bound.

use super::Explainer;
use crate::algebra::measure::Measuring;
use crate::algebra::{aggregate, cover, fold, talk};
use crate::interpret::conditions::NOTHING;
use crate::plan::attribute::AttributeId;
use crate::plan::measure::{Aggregate, Comparison, Measure, MeasureOp, Sample};
use crate::plan::{MeasureId, NodeId};
use grille_evidence::attribute::AttributeType;
use grille_evidence::executable::Defect;
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::rational::Rational;
use grille_evidence::trace::{Amount, AmountUnit, Evidence, Node, Observed, Operation, Reason, ReasonCode};
use grille_evidence::truth::Truth;
use grille_evidence::value::{Compared, Dimension, Measured, Range, Value};

impl Explainer<'_> {
    /// A comparison and all below it.
    pub(crate) fn compared(
        &mut self,
        left: MeasureId,
        operator: Comparison,
        right: MeasureId,
        node: &mut Node,
    ) -> Result<(), Defect> {
        let (one, other) = (self.value(left)?, self.value(right)?);
        let dimension = self.found(left)?.dimension;
        if let (Value::Number(one), Value::Number(other)) = (&one, &other)
            && let (Some(one), Some(other)) = (one.told(), other.told())
        {
            node.margin = margin(dimension, one, operator, other);
        }
        let side = |id, value: &Value| Ok::<_, Defect>(self.shown(self.found(id)?, value));
        let (shown_left, shown_right) = (side(left, &one)?, side(right, &other)?);
        let compared = Compared { left: shown_left, operator, right: shown_right };
        node.observed = Some(Observed::Compared(Box::new(compared)));
        match node.value {
            Truth::No => node.reasons.extend(self.why_not(dimension, (&one, operator, &other), left, node.margin)),
            Truth::CannotTell => {
                let untold = [(left, &one), (right, &other)].into_iter().find(|(_, value)| !is_told(value));
                if let Some((id, value)) = untold {
                    node.reasons.push(self.why_untold(id, value)?);
                }
            }
            Truth::Yes => {}
        }
        for id in [left, right] {
            if !matches!(self.found(id)?.op, MeasureOp::Constant(_)) {
                node.children.push(self.measure(id)?);
            }
        }
        Ok(())
    }

    fn found(&self, id: MeasureId) -> Result<&Measure, Defect> {
        self.plan.measure(id).ok_or_else(|| Defect(format!("no value v{}", id.0)))
    }

    fn value(&mut self, id: MeasureId) -> Result<Value, Defect> {
        let known = self.interpreter.sets(&self.plan.measured_nodes(id))?;
        let moments = |node: NodeId| known.get(&node).unwrap_or(&NOTHING);
        Ok(Measuring { plan: self.plan, facts: self.facts, moments: &moments }.value(id))
    }

    /// A value and all below it.
    fn measure(&mut self, id: MeasureId) -> Result<Node, Defect> {
        let measure = self.found(id)?.clone();
        let value = self.value(id)?;
        let told = match &value {
            Value::Untold(ReasonCode::NothingToMeasure) => Truth::No,
            value if is_told(value) => Truth::Yes,
            _ => Truth::CannotTell,
        };
        let mut node = self.bare(&measure.site, operation(&measure.op), told);
        node.observed = match measure.op {
            MeasureOp::Attribute(id) => Some(self.attribute_seen(id)?),
            _ => self.shown(&measure, &value).map(|measured| {
                let quotient = self.quotient(&measure).unwrap_or(None);
                Observed::Measured(Measured { quotient, ..measured })
            }),
        };
        if matches!(value, Value::Untold(_)) {
            node.reasons.push(self.why_untold(id, &value)?);
        }
        node.evidence = self.stands_on(&measure.op)?;
        for child in measure.op.children() {
            node.children.push(self.measure(child)?);
        }
        for moments in measure.op.nodes() {
            node.children.push(self.moments(moments)?);
        }
        Ok(node)
    }

    /// What was divided by what, where both are known exactly.
    fn quotient(&mut self, measure: &Measure) -> Result<Option<(Amount, Amount)>, Defect> {
        let millis = |value: i64| Amount { value, unit: AmountUnit::Milliseconds };
        Ok(match &measure.op {
            MeasureOp::TalkShare(role) => {
                let talk::Talking { own, others } = talk::talking(self.facts, *role);
                exactly(own).zip(exactly(others)).map(|(own, others)| (millis(own), millis(own + others)))
            }
            MeasureOp::Share { part, whole } => {
                let whole = cover::Cover::of(&self.interpreter.moments(*whole)?);
                let part = cover::Cover::of(&self.interpreter.moments(*part)?).and(&whole);
                exactly(part.length()).zip(exactly(whole.length())).map(|(p, w)| (millis(p), millis(w)))
            }
            MeasureOp::SpeechRate { role, within } => {
                let within = match within {
                    Some(node) => cover::Cover::of(&self.interpreter.moments(*node)?),
                    None => talk::everywhere(self.facts),
                };
                let (words, time) = talk::spoken(self.facts, *role, &within);
                let words = exactly(words).map(|value| Amount { value, unit: AmountUnit::Words });
                words.zip(exactly(time).map(millis))
            }
            MeasureOp::Aggregate { which: Aggregate::Mean, of: Sample::Lengths(node) } => {
                let set = self.interpreter.moments(*node)?;
                let lengths: Vec<(i64, i64)> = set.moments.iter().map(aggregate::length).collect();
                let sure = set.dark.is_empty() && set.moments.iter().all(Moment::is_sure);
                let sum = lengths.iter().map(|l| exactly(*l)).sum::<Option<i64>>();
                let count = i64::try_from(lengths.len()).ok().filter(|_| sure);
                sum.zip(count).map(|(s, value)| (millis(s), Amount { value, unit: AmountUnit::Count }))
            }
            _ => None,
        })
    }

    /// The moments that decide it: the longest, the shortest, the one at a rank, or all.
    fn stands_on(&mut self, op: &MeasureOp) -> Result<Vec<Evidence>, Defect> {
        let (node, which) = match op {
            MeasureOp::Count(node) | MeasureOp::Total(node) => (*node, None),
            MeasureOp::Aggregate { which, of: Sample::Lengths(node) } => (*node, Some(*which)),
            _ => return Ok(Vec::new()),
        };
        let set = self.interpreter.moments(node)?;
        let length = |m: &&Moment| i64::from(m.end) - i64::from(m.start);
        let one = match which {
            Some(Aggregate::Greatest) => set.sure().max_by_key(|m| (length(m), std::cmp::Reverse(m.key()))),
            Some(Aggregate::Least) => set.sure().min_by_key(|m| (length(m), m.key())),
            Some(Aggregate::Rank(percent)) => at_rank(percent, &set),
            _ => return Ok(self.cite(&set)),
        };
        Ok(one.map(|m| self.evidence(m)).into_iter().collect())
    }

    fn why_not(
        &self,
        dimension: Dimension,
        (one, operator, other): (&Value, Comparison, &Value),
        left: MeasureId,
        margin: Option<Amount>,
    ) -> Option<Reason> {
        let about = self.about(left);
        let (Value::Number(one), Value::Number(other)) = (one, other) else {
            return Some(Reason {
                code: ReasonCode::Differs,
                about,
                by: None,
                matched: None,
                evidence: None,
                hidden: None,
            });
        };
        if operator == Comparison::NotEqual {
            return None;
        }
        // At the bound itself, what should be less is too much.
        let at_most = matches!(operator, Comparison::Less | Comparison::LessOrEqual);
        let more = one.least.zip(other.greatest).is_some_and(|(a, b)| a > b || (a == b && at_most));
        let code = match (dimension, more) {
            (Dimension::Duration, true) => ReasonCode::TooLong,
            (Dimension::Duration, false) => ReasonCode::TooShort,
            (Dimension::Count, true) => ReasonCode::TooMany,
            (Dimension::Count, false) => ReasonCode::TooFew,
            (Dimension::Date, true) => ReasonCode::Late,
            (Dimension::Date, false) => ReasonCode::Early,
            (_, true) => ReasonCode::TooMuch,
            (_, false) => ReasonCode::TooLittle,
        };
        let by = margin.map(|m| Amount { value: m.value.saturating_abs(), ..m }).filter(|by| by.value != 0);
        Some(Reason { code, about, by, matched: None, evidence: None, hidden: None })
    }

    /// What a value speaks of: an attribute that it is made of, or the name of what it is measured over.
    fn about(&self, id: MeasureId) -> Option<String> {
        let op = &self.found(id).ok()?.op;
        if let MeasureOp::Attribute(id) = op {
            return self.attribute_name(*id).ok();
        }
        let over = op.nodes().first().and_then(|node| self.name_of(*node));
        over.or_else(|| op.children().first().and_then(|child| self.about(*child)))
    }

    /// What a side of a comparison is. A free text stays in the call.
    fn shown(&self, measure: &Measure, value: &Value) -> Option<Measured> {
        let free =
            |id: AttributeId| self.plan.attributes.get(id.0 as usize).is_some_and(|a| a.ty == AttributeType::Text);
        match (&measure.op, observed(measure, value)) {
            (MeasureOp::Attribute(id), Some(shown)) if free(*id) => Some(Measured { text: None, ..shown }),
            (_, shown) => shown,
        }
    }

    /// Why a value cannot be told: what it says itself, else what of its moments is in doubt.
    fn why_untold(&mut self, id: MeasureId, value: &Value) -> Result<Reason, Defect> {
        let nodes = self.plan.measured_nodes(id);
        let about = self.about(id);
        let reason =
            |code, evidence| Reason { code, about: about.clone(), by: None, matched: None, evidence, hidden: None };
        if let Value::Untold(code @ (ReasonCode::NothingToMeasure | ReasonCode::NoTrack)) = value {
            return Ok(reason(*code, None));
        }
        for node in nodes {
            let set = self.interpreter.moments(node)?;
            let in_doubt = fold::any(&set) == Truth::CannotTell || !set.dark.is_empty();
            if (in_doubt || set.moments.iter().any(|m| !m.is_sure()))
                && let Some(doubt) = self.doubt(node, &set)
            {
                return Ok(Reason { about, ..doubt });
            }
        }
        let code = match value {
            Value::Untold(code) => *code,
            _ if self.facts.speakers_without_role().next().is_some() => ReasonCode::RolesUnknown,
            _ if self.facts.speakers.iter().any(|s| !s.dark.is_empty()) => ReasonCode::NotHeard,
            _ => ReasonCode::TimesUnsure,
        };
        Ok(reason(code, None))
    }
}

/// The sure moment at a rank by length (nearest rank), the first of equals by order.
fn at_rank(percent: u8, set: &MomentSet) -> Option<&Moment> {
    let mut sure: Vec<&Moment> = set.sure().collect();
    sure.sort_by_key(|m| (i64::from(m.end) - i64::from(m.start), m.key()));
    let rank = (sure.len() * usize::from(percent)).div_ceil(100).max(1);
    sure.get(rank - 1).copied()
}

fn exactly(bounds: (i64, i64)) -> Option<i64> {
    (bounds.0 == bounds.1).then_some(bounds.0)
}

fn is_told(value: &Value) -> bool {
    match value {
        Value::Number(range) => range.told().is_some(),
        Value::Text(_) | Value::Truth(_) => true,
        Value::Untold(_) => false,
    }
}

fn observed(measure: &Measure, value: &Value) -> Option<Measured> {
    let dimension = measure.dimension;
    let bare = Measured { dimension, least: None, greatest: None, quotient: None, text: None };
    match value {
        Value::Number(Range { least, greatest }) => Some(Measured { least: *least, greatest: *greatest, ..bare }),
        Value::Text(text) => Some(Measured { text: Some(text.clone()), ..bare }),
        Value::Truth(told) => Some(Measured { text: Some(told.to_string()), ..bare }),
        Value::Untold(_) => None,
    }
}

/// How far inside the bound; negative outside. What must be less or more is outside at the bound itself: by one of what is
/// counted in whole numbers, by a millisecond of time.
fn margin(dimension: Dimension, one: Rational, operator: Comparison, other: Rational) -> Option<Amount> {
    let difference = match operator {
        Comparison::Less | Comparison::LessOrEqual => other.less(one)?,
        Comparison::Greater | Comparison::GreaterOrEqual => one.less(other)?,
        Comparison::Equal => one.min(other).less(one.max(other))?,
        Comparison::NotEqual => one.max(other).less(one.min(other))?,
    };
    let strict = matches!(operator, Comparison::Less | Comparison::Greater);
    let whole = matches!(dimension, Dimension::Count | Dimension::Date)
        || (dimension == Dimension::Duration && difference == Rational::ZERO);
    let difference = if strict && whole { difference.less(Rational::ONE)? } else { difference };
    amount(dimension, difference)
}

/// A number of a dimension as an amount, half to even; what is not zero stays so.
fn amount(dimension: Dimension, number: Rational) -> Option<Amount> {
    let (value, unit) = match dimension {
        Dimension::Duration => (off_zero(number, number.rounded()), AmountUnit::Milliseconds),
        Dimension::Share => {
            (off_zero(number, number.times(Rational::whole(100))?.rounded_thousandths()), AmountUnit::MilliPercent)
        }
        Dimension::Count => (number.truncated(), AmountUnit::Count),
        Dimension::Level | Dimension::LevelDifference => {
            (off_zero(number, number.rounded_thousandths()), AmountUnit::MilliDecibels)
        }
        Dimension::Frequency => (off_zero(number, number.rounded_thousandths()), AmountUnit::MilliHertz),
        Dimension::PitchDifference => (off_zero(number, number.rounded_thousandths()), AmountUnit::MilliSemitones),
        Dimension::WordRate => (off_zero(number, number.rounded_thousandths()), AmountUnit::MilliWordsPerMinute),
        Dimension::SyllableRate => {
            (off_zero(number, number.rounded_thousandths()), AmountUnit::MilliSyllablesPerSecond)
        }
        Dimension::PerMinute => (off_zero(number, number.rounded_thousandths()), AmountUnit::MilliPerMinute),
        Dimension::Date => (number.truncated(), AmountUnit::Days),
        Dimension::Text | Dimension::Boolean => return None,
    };
    Some(Amount { value, unit })
}

/// What is a little more or less than nothing is told as the least amount.
fn off_zero(exact: Rational, rounded: i64) -> i64 {
    if rounded == 0 { i64::from(exact > Rational::ZERO) - i64::from(exact < Rational::ZERO) } else { rounded }
}

fn operation(op: &MeasureOp) -> Operation {
    match op {
        MeasureOp::Constant(_) => Operation::Constant,
        MeasureOp::Attribute(_) => Operation::Attribute,
        MeasureOp::Count(_) => Operation::CountOf,
        MeasureOp::Total(_) => Operation::Total,
        MeasureOp::PerMinute(_) => Operation::PerMinute,
        MeasureOp::Share { .. } => Operation::ShareOf,
        MeasureOp::TalkShare(_) => Operation::TalkShare,
        MeasureOp::SpeechRate { .. } => Operation::SpeechRate,
        MeasureOp::Aggregate { of: Sample::Lengths(_), .. } => Operation::Aggregate,
        MeasureOp::Aggregate { of: Sample::Levels(..), .. } => Operation::Level,
        MeasureOp::Aggregate { of: Sample::Pitches(..), .. } => Operation::Pitch,
        MeasureOp::PercentOf { .. } => Operation::PercentOf,
        MeasureOp::Relative { .. } => Operation::RelativeToBaseline,
    }
}
