//! Tests in the language: the call they make up, and what they expect of it.

use super::names::{Declared, Kind, shown};
use super::{Checker, Context, messages};
use crate::checked::Test;
use grille_evidence::expectation::{Because, CallFile, Expectation, TestCall, TestCase};
use grille_evidence::trace::ReasonCode;
use grille_evidence::truth::Verdict;
use grille_grammar::ast::{self, Item, Path, ReasonWord, Unit, VerdictWord};

impl Checker<'_> {
    pub(crate) fn test(&mut self, test: &ast::Test, module: usize) {
        let cx = Context { module, ..Context::default() };
        let call = match &test.call {
            ast::TestCall::Written(call) => {
                self.inline_call(&test.name.text, call, module).map(Box::new).map(TestCall::Written)
            }
            ast::TestCall::File(file) => self.call_file(file, module).map(TestCall::File),
        };
        let expected = test.expectations.iter().filter_map(|e| Some((e.span, self.expectation(e, &cx)?)));
        let (spans, expectations) = expected.unzip();
        let Some(call) = call else { return };
        let case = TestCase { name: test.name.text.clone(), call, expectations };
        let call = test.call.span();
        self.program.tests.push(Test { case, span: test.span, call, expectations: spans });
    }

    /// A file by its place. Which formats there are is not known here, nor whether the file is there.
    fn call_file(&self, file: &ast::CallFile, module: usize) -> Option<CallFile> {
        let located = self.modules.get(module).and_then(|m| m.located.get(&file.path.text));
        let window = match file.window {
            Some((from, to)) => Some((i32::try_from(from.millis).ok()?, i32::try_from(to.millis).ok()?)),
            None => None,
        };
        Some(CallFile { path: located.unwrap_or(&file.path.text).clone(), window })
    }

    fn expectation(&mut self, expectation: &ast::Expectation, cx: &Context) -> Option<Expectation> {
        let declared = self.resolve(&expectation.target, cx)?;
        let target = &expectation.target;
        Some(match &expectation.kind {
            ast::ExpectationKind::Verdict { verdict, because } => {
                let because = match because {
                    Some(because) => Some(self.because(because, cx)?),
                    None => None,
                };
                let criterion = self.expected_criterion(declared, expectation)?;
                Expectation::Verdict { criterion, verdict: verdict_of(*verdict), because }
            }
            ast::ExpectationKind::Score(score) => {
                let scorecard = self.expected_scorecard(declared, target)?;
                let share = self.score(score)?;
                Expectation::Score { scorecard, least: share, greatest: share }
            }
            ast::ExpectationKind::ScoreBetween(least, greatest) => {
                let scorecard = self.expected_scorecard(declared, target)?;
                let (least, greatest) = (self.score(least), self.score(greatest));
                Expectation::Score { scorecard, least: least?, greatest: greatest? }
            }
            ast::ExpectationKind::NoScore => Expectation::NoScore(self.expected_scorecard(declared, target)?),
            ast::ExpectationKind::Grade(grade) => {
                let scorecard = self.expected_scorecard(declared, target)?;
                let grades = self.program.scorecards.get(scorecard).map(|s| s.grades.clone()).unwrap_or_default();
                if !grades.iter().any(|g| g.name == grade.text) {
                    let near = super::names::nearest(&grade.text, grades.iter().map(|g| g.name.as_str()));
                    self.report(messages::unknown_name(&grade.text, near, grade.span));
                    return None;
                }
                Expectation::Grade(scorecard, grade.text.clone())
            }
        })
    }

    fn score(&mut self, quantity: &ast::Quantity) -> Option<i64> {
        if quantity.unit == Unit::Percent {
            return Some(quantity.thousandths);
        }
        self.unfit_unit(quantity, "a score", "write it in per cent, for instance `60 %`");
        None
    }

    fn expected_criterion(&mut self, declared: Declared, expectation: &ast::Expectation) -> Option<usize> {
        if declared.kind == Kind::Criterion {
            return self.named_criterion(declared, &expectation.values);
        }
        let path = &expectation.target;
        let help = "verdicts are those of criteria; a scorecard has a `score` or a `grade`";
        self.report(messages::wrong_kind(&path.text(), declared.kind.words(), "a criterion", help, path.span));
        None
    }

    fn expected_scorecard(&mut self, declared: Declared, path: &Path) -> Option<usize> {
        let name = match self.item(declared) {
            Some(Item::Scorecard(scorecard)) => Some(scorecard.name.text.clone()),
            _ => None,
        };
        let found = name.and_then(|n| self.program.scorecards.iter().position(|s| s.name == n));
        if found.is_none() && declared.kind != Kind::Scorecard {
            let help = "scores and grades are those of scorecards; a criterion is `met`, `not met` and so on";
            self.report(messages::wrong_kind(&path.text(), declared.kind.words(), "a scorecard", help, path.span));
        }
        found
    }

    /// A margin in the unit of traces.
    fn margin(&mut self, quantity: &ast::Quantity) -> Option<i64> {
        Some(match quantity.unit {
            Unit::None | Unit::Word => quantity.thousandths / 1000,
            Unit::Percent
            | Unit::Decibel
            | Unit::Hertz
            | Unit::Semitone
            | Unit::WordsPerMinute
            | Unit::SyllablesPerSecond
            | Unit::PerMinute => quantity.thousandths,
            _ => i64::from(self.millis(quantity)?),
        })
    }

    fn because(&mut self, because: &ast::Because, cx: &Context) -> Option<Because> {
        let about = match &because.about {
            Some(path) if path.segments.first().is_some_and(|s| s.text == "call") => Some(path.text()),
            Some(path) => {
                let declared = self.resolve(path, cx)?;
                let name = self.item(declared).and_then(super::names::declared).map(|(_, name)| name.text.clone())?;
                Some(shown(self.modules, declared.module, &name))
            }
            None => None,
        };
        let by = match &because.by {
            Some(quantity) => Some(self.margin(quantity)?),
            None => None,
        };
        Some(Because { about, code: code_of(because.reason), by })
    }
}

fn verdict_of(word: VerdictWord) -> Option<Verdict> {
    match word {
        VerdictWord::Met => Some(Verdict::Met),
        VerdictWord::PartlyMet => Some(Verdict::PartlyMet),
        VerdictWord::NotMet => Some(Verdict::NotMet),
        VerdictWord::NotApplicable => Some(Verdict::NotApplicable),
        VerdictWord::CannotTell => None,
    }
}

fn code_of(word: ReasonWord) -> ReasonCode {
    match word {
        ReasonWord::NeverSaid => ReasonCode::NeverSaid,
        ReasonWord::NeverHappened => ReasonCode::NeverHappened,
        ReasonWord::Late => ReasonCode::Late,
        ReasonWord::Early => ReasonCode::Early,
        ReasonWord::TooShort => ReasonCode::TooShort,
        ReasonWord::TooLong => ReasonCode::TooLong,
        ReasonWord::TooFar => ReasonCode::TooFar,
        ReasonWord::TooFew => ReasonCode::TooFew,
        ReasonWord::TooMany => ReasonCode::TooMany,
        ReasonWord::TooMuch => ReasonCode::TooMuch,
        ReasonWord::TooLittle => ReasonCode::TooLittle,
        ReasonWord::NothingToMeasure => ReasonCode::NothingToMeasure,
        ReasonWord::NoTrack => ReasonCode::NoTrack,
        ReasonWord::Negated => ReasonCode::Negated,
        ReasonWord::Excluded => ReasonCode::Excluded,
        ReasonWord::SaidByAnother => ReasonCode::SaidByAnother,
        ReasonWord::NotHeard => ReasonCode::NotHeard,
        ReasonWord::NotCarried => ReasonCode::NotCarried,
        ReasonWord::Differs => ReasonCode::Differs,
        ReasonWord::Unfit => ReasonCode::Unfit,
        ReasonWord::Missing => ReasonCode::Missing,
        ReasonWord::RolesUnknown => ReasonCode::RolesUnknown,
        ReasonWord::TimesUnsure => ReasonCode::TimesUnsure,
        ReasonWord::Said => ReasonCode::Said,
        ReasonWord::Happened => ReasonCode::Happened,
    }
}
