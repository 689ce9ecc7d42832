//! What tests expect: criteria, scorecards, reasons and amounts resolved. Knows no call.

use super::names::{Declared, Kind, shown};
use super::{Checker, Context, messages};
use grille_evidence::expectation::{Because, Expectation, ExpectedScore, Margin};
use grille_evidence::trace::{Amount, AmountUnit, ReasonCode};
use grille_evidence::truth::Verdict;
use grille_grammar::ast::{self, ExpectationKind, Item, MarginBound, Path, ReasonWord, Unit, VerdictWord};

impl Checker<'_> {
    pub(crate) fn expectation(&mut self, expectation: &ast::Expectation, cx: &Context) -> Option<Expectation> {
        let declared = self.resolve(&expectation.target, cx)?;
        let target = &expectation.target;
        Some(match &expectation.kind {
            ExpectationKind::Verdict { verdict, because, margin } => {
                let because = match because {
                    Some(because) => Some(self.because(because, cx)?),
                    None => None,
                };
                let margin = match margin {
                    Some(margin) => Some(self.margin(margin, cx)?),
                    None => None,
                };
                let criterion = self.expected_criterion(declared, expectation)?;
                Expectation::Verdict { criterion, verdict: verdict_of(*verdict), because, margin }
            }
            ExpectationKind::Score { case, or } => {
                let scorecard = self.expected_scorecard(declared, target)?;
                Expectation::Score { scorecard, score: self.expected_score(Some(case), or.as_ref(), false)? }
            }
            ExpectationKind::NoScore { or } => {
                let scorecard = self.expected_scorecard(declared, target)?;
                Expectation::Score { scorecard, score: self.expected_score(or.as_ref(), None, true)? }
            }
            ExpectationKind::Grade(wanted) => {
                let scorecard = self.expected_scorecard(declared, target)?;
                Expectation::Grade(scorecard, self.expected_grades(scorecard, wanted)?)
            }
            ExpectationKind::Points { earned, possible } => {
                let scorecard = self.expected_scorecard(declared, target)?;
                let (earned, possible) = (self.expected_points(earned), self.expected_points(possible));
                Expectation::Points { scorecard, earned: earned?, possible: possible? }
            }
        })
    }

    /// Of two scores, the lower is what a critical in doubt takes it down to.
    fn expected_score(
        &mut self,
        case: Option<&ast::ScoreCase>,
        or: Option<&ast::ScoreCase>,
        maybe_none: bool,
    ) -> Option<ExpectedScore> {
        let (mut between, mut if_critical) = (None, None);
        if let Some(case) = case {
            between = Some(self.score_case(case)?);
        }
        if let (Some(or), Some(first)) = (or, between) {
            let other = self.score_case(or)?;
            let (low, high) = if other.0 < first.0 { (other, first) } else { (first, other) };
            (between, if_critical) = (Some(high), Some(low.0));
        }
        Some(ExpectedScore { between, if_critical, maybe_none })
    }

    fn expected_grades(&mut self, scorecard: usize, wanted: &[ast::Ident]) -> Option<Vec<String>> {
        let grades = self.program.scorecards.get(scorecard).map(|s| s.grades.clone()).unwrap_or_default();
        for grade in wanted {
            if !grades.iter().any(|g| g.name == grade.text) {
                let near = super::names::nearest(&grade.text, grades.iter().map(|g| g.name.as_str()));
                self.report(messages::unknown_name(&grade.text, near, grade.span));
                return None;
            }
        }
        Some(wanted.iter().map(|grade| grade.text.clone()).collect())
    }

    /// In thousandths of a point.
    fn expected_points(&mut self, quantity: &ast::Quantity) -> Option<i64> {
        if matches!(quantity.unit, Unit::Point | Unit::None) {
            return Some(quantity.thousandths);
        }
        self.unfit_unit(quantity, "points", "write for instance `15 of 25 points`");
        None
    }

    fn score_case(&mut self, case: &ast::ScoreCase) -> Option<(i64, i64)> {
        let (least, greatest) = (self.score(&case.least), self.score(&case.greatest));
        let (least, greatest) = (least?, greatest?);
        Some((least.min(greatest), least.max(greatest)))
    }

    fn score(&mut self, quantity: &ast::Quantity) -> Option<i64> {
        if quantity.unit == Unit::Percent {
            return Some(quantity.thousandths);
        }
        self.unfit_unit(quantity, "a score", "write it in per cent, for instance `60 %`");
        None
    }

    /// An amount as traces give it.
    fn expected_amount(&mut self, quantity: &ast::Quantity) -> Option<Amount> {
        let (thousandths, whole) = (quantity.thousandths, quantity.thousandths / 1000);
        let (value, unit) = match quantity.unit {
            Unit::None => (whole, AmountUnit::Count),
            Unit::Word => (whole, AmountUnit::Words),
            Unit::Percent => (thousandths, AmountUnit::MilliPercent),
            Unit::Decibel => (thousandths, AmountUnit::MilliDecibels),
            Unit::Hertz => (thousandths, AmountUnit::MilliHertz),
            Unit::Semitone => (thousandths, AmountUnit::MilliSemitones),
            Unit::WordsPerMinute => (thousandths, AmountUnit::MilliWordsPerMinute),
            Unit::SyllablesPerSecond => (thousandths, AmountUnit::MilliSyllablesPerSecond),
            Unit::PerMinute => (thousandths, AmountUnit::MilliPerMinute),
            _ => (i64::from(self.millis(quantity)?), AmountUnit::Milliseconds),
        };
        Some(Amount { value, unit })
    }

    fn margin(&mut self, margin: &ast::Margin, cx: &Context) -> Option<Margin> {
        let about = self.about(margin.about.as_ref(), cx)?;
        let Amount { value, unit } = self.expected_amount(&margin.amount)?;
        let (least, most) = match margin.bound {
            MarginBound::Exactly => (Some(value), Some(value)),
            MarginBound::AtLeast => (Some(value), None),
            MarginBound::AtMost => (None, Some(value)),
        };
        Some(Margin { about, least, most, unit })
    }

    /// The shown name of what a reason or a margin is about.
    #[allow(clippy::option_option)]
    fn about(&mut self, path: Option<&Path>, cx: &Context) -> Option<Option<String>> {
        let Some(path) = path else { return Some(None) };
        if path.segments.first().is_some_and(|first| first.text == "call") {
            return Some(Some(path.text()));
        }
        let declared = self.resolve(path, cx)?;
        let name = self.item(declared).and_then(super::names::declared).map(|(_, name)| name.text.clone())?;
        Some(Some(shown(self.modules, declared.module, &name)))
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

    fn because(&mut self, because: &ast::Because, cx: &Context) -> Option<Because> {
        let about = self.about(because.about.as_ref(), cx)?;
        let by = match &because.by {
            Some(quantity) => Some(self.expected_amount(quantity)?),
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
        ReasonWord::NeverAnswered => ReasonCode::NeverAnswered,
        ReasonWord::Answered => ReasonCode::Answered,
        ReasonWord::AnsweredOtherwise => ReasonCode::AnsweredOtherwise,
        ReasonWord::Resumed => ReasonCode::Resumed,
        ReasonWord::TooFar => ReasonCode::TooFar,
        ReasonWord::TooFew => ReasonCode::TooFew,
        ReasonWord::TooMany => ReasonCode::TooMany,
        ReasonWord::TooManyToList => ReasonCode::TooManyToList,
        ReasonWord::TooMuch => ReasonCode::TooMuch,
        ReasonWord::TooLittle => ReasonCode::TooLittle,
        ReasonWord::NothingToMeasure => ReasonCode::NothingToMeasure,
        ReasonWord::NoTrack => ReasonCode::NoTrack,
        ReasonWord::Differs => ReasonCode::Differs,
        ReasonWord::Missing => ReasonCode::Missing,
        ReasonWord::Unfit => ReasonCode::Unfit,
        ReasonWord::Negated => ReasonCode::Negated,
        ReasonWord::Excluded => ReasonCode::Excluded,
        ReasonWord::SaidByAnother => ReasonCode::SaidByAnother,
        ReasonWord::NotHeard => ReasonCode::NotHeard,
        ReasonWord::NotCarried => ReasonCode::NotCarried,
        ReasonWord::TimesUnsure => ReasonCode::TimesUnsure,
        ReasonWord::Said => ReasonCode::Said,
        ReasonWord::Happened => ReasonCode::Happened,
        ReasonWord::PartlySaid => ReasonCode::PartlySaid,
        ReasonWord::RolesUnknown => ReasonCode::RolesUnknown,
        ReasonWord::CutShort => ReasonCode::CutByEnd,
    }
}
