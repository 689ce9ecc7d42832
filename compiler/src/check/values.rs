//! Expressions that stand for one value, each of one dimension. No conversion and no operator is implicit.

use super::{Checker, Context, messages};
use crate::checked::labels::Labels;
use crate::checked::value::{Sample, Value, ValueKind};
use crate::checked::{Moments, MomentsKind};
use crate::plan::measure::{Aggregate, Constant, Voice};
use grille_evidence::call::Role;
use grille_evidence::date::Date;
use grille_evidence::rational::Rational;
use grille_evidence::value::Dimension;
use grille_grammar::ast::{self, Expr, ExprKind, Literal, Measure, Path, Quantity, Sounding, Unit};
use grille_grammar::source::Span;

/// What an expression where a value is wanted turned out to be.
#[allow(clippy::large_enum_variant)]
pub(crate) enum Valued {
    /// A value.
    One(Value),
    /// It has no value: moments, or a condition.
    None,
    /// Something is wrong in it, and told.
    Wrong,
}

impl Checker<'_> {
    /// The value that an expression stands for.
    pub(crate) fn value(&mut self, expr: &Expr, cx: &Context) -> Valued {
        let found = match &expr.kind {
            ExprKind::Paren(inner) => return self.value(inner, cx),
            ExprKind::Quantity(quantity) => self.number(quantity),
            ExprKind::Literal(literal) => self.literal(literal, expr.span),
            ExprKind::Name(path) => return self.named_value(path, cx),
            ExprKind::CountOf(base) => self.over(base, cx, Dimension::Count, ValueKind::Count, expr.span),
            ExprKind::Measure(measure) => self.measure(measure, expr.span, cx),
            ExprKind::Attribute { name, test: ast::AttributeTest::Bare } => self.attribute_value(name, expr.span, cx),
            _ => return Valued::None,
        };
        found.map_or(Valued::Wrong, Valued::One)
    }

    fn named_value(&mut self, path: &Path, cx: &Context) -> Valued {
        let Some(constant) = cx.parameters.get(&path.text()) else { return Valued::None };
        self.used_values.insert(constant.span);
        let quantity = Quantity { span: path.span, ..constant.clone() };
        self.number(&quantity).map_or(Valued::Wrong, Valued::One)
    }

    /// A value, or what stands there instead is told of.
    fn wanted_value(&mut self, expr: &Expr, cx: &Context, help: &str) -> Option<Value> {
        match self.value(expr, cx) {
            Valued::One(value) => Some(value),
            Valued::Wrong => None,
            Valued::None => {
                self.report(messages::wrong_type("no value", "a value", help, expr.span));
                None
            }
        }
    }

    /// A number with its unit.
    pub(crate) fn number(&mut self, quantity: &Quantity) -> Option<Value> {
        let thousandths = i128::from(quantity.thousandths);
        let (dimension, number) = match quantity.unit {
            Unit::Millisecond => (Dimension::Duration, Rational::of(thousandths, 1000)),
            Unit::Second => (Dimension::Duration, Rational::of(thousandths, 1)),
            Unit::Minute => (Dimension::Duration, Rational::of(thousandths * 60, 1)),
            Unit::Hour => (Dimension::Duration, Rational::of(thousandths * 3600, 1)),
            Unit::Percent => (Dimension::Share, Rational::of(thousandths, 100_000)),
            Unit::None => (Dimension::Count, Rational::of(thousandths, 1000)),
            Unit::Decibel => (Dimension::LevelDifference, Rational::of(thousandths, 1000)),
            Unit::DecibelFullScale => (Dimension::Level, Rational::of(thousandths, 1000)),
            Unit::Hertz => (Dimension::Frequency, Rational::of(thousandths, 1000)),
            Unit::Semitone => (Dimension::PitchDifference, Rational::of(thousandths, 1000)),
            Unit::Cent => (Dimension::PitchDifference, Rational::of(thousandths, 100_000)),
            Unit::WordsPerMinute => (Dimension::WordRate, Rational::of(thousandths, 1000)),
            Unit::WordsPerSecond => (Dimension::WordRate, Rational::of(thousandths * 60, 1000)),
            Unit::SyllablesPerSecond => (Dimension::SyllableRate, Rational::of(thousandths, 1000)),
            Unit::SyllablesPerMinute => (Dimension::SyllableRate, Rational::of(thousandths, 60_000)),
            Unit::PerMinute => (Dimension::PerMinute, Rational::of(thousandths, 1000)),
            Unit::Point | Unit::Word | Unit::Turn => {
                let help = "compare durations, shares, numbers, levels and rates";
                self.unfit_unit(quantity, "something that is measured", help);
                return None;
            }
        };
        let Some(number) = number else {
            self.unfit_unit(quantity, "a number that fits", "no call needs such a number");
            return None;
        };
        let kind = ValueKind::Constant(Constant::Number(number));
        Some(Value { kind, dimension, labels: Labels::NONE, span: quantity.span })
    }

    fn literal(&mut self, literal: &Literal, span: Span) -> Option<Value> {
        let (dimension, constant) = match literal {
            Literal::Text(text) => (Dimension::Text, Constant::Text(text.text.clone())),
            Literal::Truth(told) => (Dimension::Boolean, Constant::Truth(*told)),
            Literal::Date(date) => {
                let written = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
                let Some(date) = Date::read(&written) else {
                    self.report(messages::no_such_date(&written, span));
                    return None;
                };
                (Dimension::Date, Constant::Number(Rational::whole(i64::from(date.days()))))
            }
        };
        Some(Value { kind: ValueKind::Constant(constant), dimension, labels: Labels::NONE, span })
    }

    fn over(
        &mut self,
        base: &Expr,
        cx: &Context,
        dimension: Dimension,
        kind: fn(Moments) -> ValueKind,
        span: Span,
    ) -> Option<Value> {
        let base = self.moments(base, cx)?;
        let labels = self.labels(&base);
        Some(Value { kind: kind(base), dimension, labels, span })
    }

    fn measure(&mut self, measure: &Measure, span: Span, cx: &Context) -> Option<Value> {
        match measure {
            Measure::Total(base) => self.over(base, cx, Dimension::Duration, ValueKind::Total, span),
            Measure::Longest(base) => self.over(base, cx, Dimension::Duration, longest, span),
            Measure::Shortest(base) => self.over(base, cx, Dimension::Duration, shortest, span),
            Measure::Aggregate { which, of } => self.aggregate(*which, of, span, cx),
            Measure::ShareOf { part, whole } => self.share_of(part, whole.as_deref(), span, cx),
            Measure::TalkShareOf(role) => {
                let role = super::moments::role_of(*role);
                let labels = Labels::WORDS.with(Labels::of(role));
                Some(Value { kind: ValueKind::TalkShare(role), dimension: Dimension::Share, labels, span })
            }
            Measure::Sounding { what: Sounding::SpeechRate, voice, within } => {
                self.speech_rate(*voice, within.as_deref(), span, cx)
            }
            Measure::LengthOf(_) | Measure::ResponseTimeOf(_) | Measure::Sounding { .. } => {
                let words = self.words(span).to_owned();
                self.report(messages::many_values(&words, span));
                None
            }
            Measure::PercentOf { share, of } => self.percent_of(share, of, span, cx),
            Measure::PerMinute(of) => self.per_minute(of, span, cx),
            Measure::RelativeToBaseline(of) => self.relative(of, span, cx),
            Measure::In(left, right) => {
                let (left, right) = (self.words(left.span).to_owned(), self.words(right.span).to_owned());
                self.report(messages::stray_in(&left, &right, span));
                None
            }
        }
    }

    fn aggregate(&mut self, which: ast::Aggregate, of: &Expr, span: Span, cx: &Context) -> Option<Value> {
        let (sample, dimension, labels) = match &of.inside().kind {
            ExprKind::Measure(Measure::LengthOf(base)) => {
                let base = self.moments(base, cx)?;
                let labels = self.labels(&base);
                (Sample::Lengths(base), Dimension::Duration, labels)
            }
            ExprKind::Measure(Measure::ResponseTimeOf(role)) => {
                let role = super::moments::role_of(*role);
                let gaps = Moments { kind: MomentsKind::ResponseGap(role), span: of.span };
                let labels = self.labels(&gaps);
                (Sample::Lengths(gaps), Dimension::Duration, labels)
            }
            ExprKind::Measure(Measure::Sounding { what, voice, within }) if *what != Sounding::SpeechRate => {
                self.sounding(*what, *voice, within.as_deref(), of.span, cx)?
            }
            _ => {
                let words = self.words(of.span).to_owned();
                let is_value = !matches!(self.value(of, cx), Valued::None);
                self.report(messages::nothing_to_aggregate(which.keyword(), &words, is_value, span));
                return None;
            }
        };
        let which = match which {
            ast::Aggregate::Mean => Aggregate::Mean,
            ast::Aggregate::Median => Aggregate::Rank(50),
            ast::Aggregate::P90 => Aggregate::Rank(90),
            ast::Aggregate::Min => Aggregate::Least,
            ast::Aggregate::Max => Aggregate::Greatest,
        };
        Some(Value { kind: ValueKind::Aggregate(which, sample), dimension, labels, span })
    }

    fn share_of(&mut self, part: &Expr, whole: Option<&Expr>, span: Span, cx: &Context) -> Option<Value> {
        let Some(whole) = whole else {
            let part = self.words(part.span).to_owned();
            self.report(messages::share_of_what(&part, span));
            return None;
        };
        let (part, whole) = (self.moments(part, cx), self.moments(whole, cx));
        let (part, whole) = (part?, whole?);
        let labels = self.labels(&part).with(self.labels(&whole));
        Some(Value { kind: ValueKind::Share(part, whole), dimension: Dimension::Share, labels, span })
    }

    fn speech_rate(&mut self, voice: ast::Voice, within: Option<&Expr>, span: Span, cx: &Context) -> Option<Value> {
        let ast::Voice::Of(role) = voice else {
            self.report(messages::words_of_both(span));
            return None;
        };
        let role = super::moments::role_of(role);
        let within = self.place(within, cx)?;
        let place = within.as_ref().map_or(Labels::NONE, |w| self.labels(w));
        let labels = Labels::VOICE.with(Labels::of(role)).with(place);
        Some(Value { kind: ValueKind::SpeechRate(role, within), dimension: Dimension::WordRate, labels, span })
    }

    /// None where there is no place; nothing at all where it is wrong.
    #[allow(clippy::option_option)]
    fn place(&mut self, within: Option<&Expr>, cx: &Context) -> Option<Option<Moments>> {
        match within {
            None => Some(None),
            Some(within) => self.moments(within, cx).map(Some),
        }
    }

    fn sounding(
        &mut self,
        what: Sounding,
        voice: ast::Voice,
        within: Option<&Expr>,
        span: Span,
        cx: &Context,
    ) -> Option<(Sample, Dimension, Labels)> {
        let within = self.place(within, cx)?;
        let place = within.as_ref().map_or(Labels::NONE, |w| self.labels(w));
        let (voice, own) = voice_of(voice);
        let sound = if what == Sounding::Level { Labels::LEVEL } else { Labels::PITCH };
        let labels = Labels::VOICE.with(own).with(sound).with(place);
        self.guard_voice(what, own, place, span)?;
        Some(match what {
            Sounding::Level => (Sample::Levels(voice, within), Dimension::Level, labels),
            _ => (Sample::Pitches(voice, within), Dimension::Frequency, labels),
        })
    }

    fn percent_of(&mut self, share: &Quantity, of: &Expr, span: Span, cx: &Context) -> Option<Value> {
        if share.unit != Unit::Percent {
            self.unfit_unit(share, "a share", "write it in per cent: `130 % of speech rate of agent`");
            return None;
        }
        let of = self.wanted_value(of, cx, "say of which value: `130 % of speech rate of agent`")?;
        let number = Rational::of(i128::from(share.thousandths), 100_000)?;
        if !is_ratio(of.dimension) {
            let help = "a level or a date has no per cents; compare it with a number";
            self.report(messages::unfit_operator("% of", of.dimension.words(), help, span));
            return None;
        }
        let (dimension, labels) = (of.dimension, of.labels);
        Some(Value { kind: ValueKind::PercentOf(number, Box::new(of)), dimension, labels, span })
    }

    fn per_minute(&mut self, of: &Expr, span: Span, cx: &Context) -> Option<Value> {
        let of = self.wanted_value(of, cx, "count something: `count of hold per min`")?;
        if !matches!(of.kind, ValueKind::Count(_)) {
            let help = "only a count is taken by the minute: `count of hold per min <= 2 per min`";
            self.report(messages::unfit_operator("per min", of.dimension.words(), help, span));
            return None;
        }
        let labels = of.labels;
        Some(Value { kind: ValueKind::PerMinute(Box::new(of)), dimension: Dimension::PerMinute, labels, span })
    }

    /// `x in A relative to own baseline` is `x in A` beside `x`.
    fn relative(&mut self, of: &Expr, span: Span, cx: &Context) -> Option<Value> {
        let of = self.wanted_value(of, cx, "say what: `speech rate of agent in reading relative to own baseline`")?;
        let whole = match &of.kind {
            ValueKind::SpeechRate(role, Some(_)) => Some(ValueKind::SpeechRate(*role, None)),
            ValueKind::Aggregate(which, Sample::Levels(voice, Some(_))) => {
                Some(ValueKind::Aggregate(*which, Sample::Levels(*voice, None)))
            }
            ValueKind::Aggregate(which, Sample::Pitches(voice, Some(_))) => {
                Some(ValueKind::Aggregate(*which, Sample::Pitches(*voice, None)))
            }
            _ => None,
        };
        let Some(whole) = whole else {
            let help = "it takes a speech rate, a level or a pitch `in` something: `speech rate of agent in reading relative to own baseline`";
            self.report(messages::unfit_operator("relative to own baseline", of.dimension.words(), help, span));
            return None;
        };
        let dimension = match of.dimension {
            Dimension::Level => Dimension::LevelDifference,
            Dimension::Frequency => Dimension::PitchDifference,
            _ => Dimension::Share,
        };
        let labels = of.labels;
        let baseline = Value { kind: whole, dimension: of.dimension, labels, span };
        Some(Value { kind: ValueKind::Relative(Box::new(of), Box::new(baseline)), dimension, labels, span })
    }
}

fn longest(base: Moments) -> ValueKind {
    ValueKind::Aggregate(Aggregate::Greatest, Sample::Lengths(base))
}

fn shortest(base: Moments) -> ValueKind {
    ValueKind::Aggregate(Aggregate::Least, Sample::Lengths(base))
}

/// Has half of it, or twice as much, a meaning?
fn is_ratio(dimension: Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Duration | Dimension::Share | Dimension::Count | Dimension::WordRate | Dimension::PerMinute
    )
}

/// The plan's voice for a tree's, and its label.
pub(crate) fn voice_of(voice: ast::Voice) -> (Voice, Labels) {
    match voice {
        ast::Voice::Both => (Voice::Both, Labels::BOTH),
        ast::Voice::Of(role) => {
            let role: Role = super::moments::role_of(role);
            (Voice::Of(role), Labels::of(role))
        }
    }
}
