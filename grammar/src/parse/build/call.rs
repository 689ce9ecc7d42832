//! Tests: the call, and what is expected of it.

use super::super::grammar::Rule;
use super::filter::{event_of, role_of};
use super::{Builder, has, parts};
use crate::ast::{
    Because, CallFile, CallLine, CallLineKind, ClockTime, Expectation, ExpectationKind, GivenField, Ident, InlineCall,
    Margin, MarginBound, NotCarried, ReasonWord, ScoreCase, Speaker, Test, TestCall, TimesWord, Unit, VerdictWord,
    Written,
};
use crate::diagnostic::syntax;
use pest::iterators::Pair;

impl Builder<'_> {
    pub(super) fn test(&self, pair: &Pair<'_, Rule>) -> Option<Test> {
        let mut inner = parts(pair);
        let name = self.quoted(&inner.next()?);
        let call = inner.next()?;
        let call = match call.as_rule() {
            Rule::call_file => TestCall::File(self.call_file(&call)?),
            _ => {
                let lines = parts(&call).map(|line| self.call_line(&line)).collect::<Option<_>>()?;
                TestCall::Written(InlineCall { lines, span: self.span(&call) })
            }
        };
        let wanted = inner.filter(|part| part.as_rule() == Rule::expectation);
        let expectations = wanted.map(|one| self.expectation(&one)).collect::<Option<_>>()?;
        Some(Test { name, call, expectations, row: None, span: self.span(pair) })
    }

    fn call_file(&self, pair: &Pair<'_, Rule>) -> Option<CallFile> {
        let mut inner = parts(pair).peekable();
        let path = self.quoted(&inner.next()?);
        let window = match inner.peek() {
            Some(_) => {
                let (from, to) = self.times(&mut inner)?;
                Some((from, to?))
            }
            None => None,
        };
        Some(CallFile { path, window, span: self.span(pair) })
    }

    fn call_line(&self, pair: &Pair<'_, Rule>) -> Option<CallLine> {
        let mut inner = parts(pair).peekable();
        let kind = match pair.as_rule() {
            Rule::turn_line => {
                let (start, end) = self.times(&mut inner)?;
                let speaker = self.speaker(&inner.next()?)?;
                let words = self.quoted(&inner.next()?);
                let heard = match inner.next() {
                    Some(heard) => Some(self.quantity(&parts(&heard).next()?)?),
                    None => None,
                };
                CallLineKind::Turn { start, end, speaker, words, heard }
            }
            Rule::event_line => {
                let event = event_of(&inner.next()?)?;
                let (start, end) = self.times(&mut inner)?;
                let fields = inner.map(|field| self.given_field(&field)).collect::<Option<_>>()?;
                CallLineKind::Event { event, start, end, fields }
            }
            Rule::own_event_line => {
                let event = self.path(&inner.next()?);
                let (start, end) = self.times(&mut inner)?;
                let fields = inner.map(|field| self.own_field(&field)).collect::<Option<_>>()?;
                CallLineKind::OwnEvent { event, start, end, fields }
            }
            Rule::unknown_line => CallLineKind::Unknown(self.not_carried(pair)?),
            Rule::recognised_line => CallLineKind::Recognised,
            Rule::times_line if has(pair, Rule::k_spread) => CallLineKind::Times(TimesWord::Spread),
            Rule::times_line => CallLineKind::Times(TimesWord::ByTurn),
            Rule::attribute_line => self.attribute_line(pair)?,
            Rule::spoken_line => CallLineKind::SpokenIn(self.ident(&inner.next()?)),
            Rule::subject_line => CallLineKind::Subject(self.ident(&inner.next()?)),
            _ => return None,
        };
        Some(CallLine { kind, span: self.span(pair) })
    }

    fn speaker(&self, pair: &Pair<'_, Rule>) -> Option<Speaker> {
        let mut speaker = Speaker { role: None, name: None, span: self.span(pair) };
        for part in parts(pair) {
            match part.as_rule() {
                Rule::role => speaker.role = Some(role_of(&part)?),
                _ => speaker.name = Some(self.ident(&part)),
            }
        }
        Some(speaker)
    }

    fn given_field(&self, pair: &Pair<'_, Rule>) -> Option<GivenField> {
        let first = pair.clone().into_inner().next()?;
        let mut inner = parts(pair);
        let next = inner.next()?;
        Some(match first.as_rule() {
            Rule::k_by => GivenField::By(self.speaker(&next)?),
            Rule::k_to => GivenField::Text { field: self.ident(&first), value: self.field_value(&next) },
            _ => GivenField::Text { field: self.ident(&next), value: self.field_value(&inner.next()?) },
        })
    }

    fn own_field(&self, pair: &Pair<'_, Rule>) -> Option<(Ident, Written)> {
        let mut inner = parts(pair);
        Some((self.ident(&inner.next()?), self.written(&inner.next()?)?))
    }

    fn not_carried(&self, pair: &Pair<'_, Rule>) -> Option<NotCarried> {
        let mut inner = parts(pair);
        let Some(event) = inner.next() else {
            return Some(if has(pair, Rule::k_overlap) { NotCarried::Overlap } else { NotCarried::Punctuation });
        };
        if event.as_rule() == Rule::call_name {
            return Some(NotCarried::Attribute(self.call_name(&event)?));
        }
        if event.as_rule() == Rule::path {
            let event = self.path(&event);
            return Some(match inner.next() {
                Some(field) => NotCarried::OwnField(event, self.ident(&field)),
                None => NotCarried::OwnEvent(event),
            });
        }
        let event = event_of(&event)?;
        Some(match inner.next() {
            Some(field) => NotCarried::Field(event, self.ident(&field)),
            None => NotCarried::Event(event),
        })
    }

    fn times<'i>(
        &self,
        inner: &mut std::iter::Peekable<impl Iterator<Item = Pair<'i, Rule>>>,
    ) -> Option<(ClockTime, Option<ClockTime>)> {
        let found = self.findings.borrow().counted;
        let start = self.clock(&inner.next()?);
        let end = inner.next_if(|next| next.as_rule() == Rule::clock).map(|end| self.clock(&end));
        if let Some(end) = end.filter(|end| end.millis <= start.millis && self.findings.borrow().counted == found) {
            let message = format!("`{}` is not after `{}`", self.words(end.span), self.words(start.span));
            self.report(
                syntax::bad_time(message, end.span)
                    .and_label(start.span, "begins here")
                    .help("a turn or an event ends after it begins"),
            );
        }
        Some((start, end))
    }

    fn expectation(&self, pair: &Pair<'_, Rule>) -> Option<Expectation> {
        let mut inner = parts(pair);
        let target = self.path(&inner.next()?);
        let mut wanted = inner.next()?;
        let values = if wanted.as_rule() == Rule::values { self.values(&wanted)? } else { Vec::new() };
        if wanted.as_rule() == Rule::values {
            wanted = inner.next()?;
        }
        let kind = match wanted.as_rule() {
            Rule::verdict => {
                let (mut because, mut margin) = (None, None);
                for more in inner {
                    match more.as_rule() {
                        Rule::because => because = Some(self.because(&more)?),
                        _ => margin = Some(self.margin(&more)?),
                    }
                }
                ExpectationKind::Verdict { verdict: verdict_of(&wanted), because, margin }
            }
            Rule::expected_score => {
                let mut cases = self.score_cases(&wanted)?.into_iter();
                ExpectationKind::Score { case: cases.next()?, or: cases.next() }
            }
            Rule::no_score => ExpectationKind::NoScore { or: self.score_cases(&wanted)?.into_iter().next() },
            Rule::expected_grade => ExpectationKind::Grade(parts(&wanted).map(|name| self.ident(&name)).collect()),
            Rule::expected_points => {
                let mut points = parts(&wanted);
                let (earned, possible) = (self.quantity(&points.next()?)?, self.quantity(&points.next()?)?);
                ExpectationKind::Points { earned, possible }
            }
            _ => return None,
        };
        Some(Expectation { target, values, kind, span: self.span(pair) })
    }

    /// The scores of an expectation; in `71–83 %`, the unit stands once.
    fn score_cases(&self, pair: &Pair<'_, Rule>) -> Option<Vec<ScoreCase>> {
        parts(pair)
            .map(|case| {
                let mut bounds = parts(&case);
                let mut least = self.quantity(&bounds.next()?)?;
                let greatest = match bounds.next() {
                    Some(greatest) => self.quantity(&greatest)?,
                    None => least.clone(),
                };
                if least.unit == Unit::None {
                    least.unit = greatest.unit;
                }
                Some(ScoreCase { least, greatest })
            })
            .collect()
    }

    fn margin(&self, pair: &Pair<'_, Rule>) -> Option<Margin> {
        let (mut about, mut found) = (None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::path => about = Some(self.path(&part)),
                Rule::quantity => found = Some((MarginBound::Exactly, self.quantity(&part)?)),
                Rule::at_least_margin => {
                    found = Some((MarginBound::AtLeast, self.quantity(&parts(&part).next()?)?));
                }
                _ => found = Some((MarginBound::AtMost, self.quantity(&parts(&part).next()?)?)),
            }
        }
        let (bound, amount) = found?;
        Some(Margin { about, bound, amount, span: self.span(pair) })
    }

    fn because(&self, pair: &Pair<'_, Rule>) -> Option<Because> {
        let mut because = Because { about: None, reason: ReasonWord::Said, by: None, span: self.span(pair) };
        for part in parts(pair) {
            match part.as_rule() {
                Rule::path | Rule::call_name => because.about = Some(self.path(&part)),
                Rule::quantity => because.by = Some(self.quantity(&part)?),
                _ => because.reason = reason_of(&part)?,
            }
        }
        Some(because)
    }
}

fn verdict_of(pair: &Pair<'_, Rule>) -> VerdictWord {
    if has(pair, Rule::k_applicable) {
        VerdictWord::NotApplicable
    } else if has(pair, Rule::k_cannot) {
        VerdictWord::CannotTell
    } else if has(pair, Rule::k_not) {
        VerdictWord::NotMet
    } else if has(pair, Rule::k_partly) {
        VerdictWord::PartlyMet
    } else {
        VerdictWord::Met
    }
}

fn reason_of(pair: &Pair<'_, Rule>) -> Option<ReasonWord> {
    let words: Vec<Rule> = pair.clone().into_inner().map(|word| word.as_rule()).collect();
    Some(match words.as_slice() {
        [Rule::k_never, Rule::k_said] => ReasonWord::NeverSaid,
        [Rule::k_never, Rule::k_happened] => ReasonWord::NeverHappened,
        [Rule::k_never, Rule::k_answered] => ReasonWord::NeverAnswered,
        [Rule::k_answered, Rule::k_otherwise] => ReasonWord::AnsweredOtherwise,
        [Rule::k_answered] => ReasonWord::Answered,
        [Rule::k_resumed] => ReasonWord::Resumed,
        [Rule::k_late] => ReasonWord::Late,
        [Rule::k_early] => ReasonWord::Early,
        [Rule::k_too, Rule::k_short] => ReasonWord::TooShort,
        [Rule::k_too, Rule::k_long] => ReasonWord::TooLong,
        [Rule::k_too, Rule::k_far] => ReasonWord::TooFar,
        [Rule::k_too, Rule::k_few] => ReasonWord::TooFew,
        [Rule::k_too, Rule::k_many] => ReasonWord::TooMany,
        [Rule::k_too, Rule::k_much] => ReasonWord::TooMuch,
        [Rule::k_too, Rule::k_little] => ReasonWord::TooLittle,
        [Rule::k_nothing, Rule::k_to, Rule::k_measure] => ReasonWord::NothingToMeasure,
        [Rule::k_no, Rule::k_track] => ReasonWord::NoTrack,
        [Rule::k_too, Rule::k_many, Rule::k_of, Rule::k_them] => ReasonWord::TooManyToList,
        [Rule::k_negated] => ReasonWord::Negated,
        [Rule::k_excluded] => ReasonWord::Excluded,
        [Rule::k_said] => ReasonWord::Said,
        [Rule::k_said, Rule::k_by, Rule::k_another] => ReasonWord::SaidByAnother,
        [Rule::k_happened] => ReasonWord::Happened,
        [Rule::k_partly, Rule::k_said] => ReasonWord::PartlySaid,
        [Rule::k_cut, Rule::k_short] => ReasonWord::CutShort,
        [Rule::k_not, Rule::k_heard] => ReasonWord::NotHeard,
        [Rule::k_not, Rule::k_carried] => ReasonWord::NotCarried,
        [Rule::k_differs] => ReasonWord::Differs,
        [Rule::k_unfit] => ReasonWord::Unfit,
        [Rule::k_missing] => ReasonWord::Missing,
        [Rule::k_roles, Rule::k_unknown] => ReasonWord::RolesUnknown,
        [Rule::k_times, Rule::k_unsure] => ReasonWord::TimesUnsure,
        _ => return None,
    })
}
