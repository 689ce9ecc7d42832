//! Laws of scores, held against every choice tried one by one.

use super::score;
use super::tests::{card, critical, entry};
use grille_evidence::outcome::{CriterionOutcome, Evaluation};
use grille_evidence::scorecard::{EntrySpec, ScorecardSpec};
use grille_evidence::trace::{Percent, ScoreResult};
use grille_evidence::truth::{Verdict, VerdictSet};
use num_rational::Ratio;
use proptest::prelude::*;
use std::collections::BTreeSet;

type Score = Ratio<i128>;

fn any_card() -> impl Strategy<Value = ScorecardSpec> {
    let an_entry = (0usize..5, 0i64..12, 0i64..12).prop_map(|(c, points, partly)| entry(c, points, partly.min(points)));
    let a_critical =
        (0usize..5, prop::sample::select(vec![0, 30, 50, 80])).prop_map(|(c, percent)| critical(c, percent));
    (prop::collection::vec(an_entry, 0..6), prop::collection::vec(a_critical, 0..3)).prop_map(|(e, c)| card(e, c))
}

fn any_evaluation() -> impl Strategy<Value = Evaluation> {
    let set = prop::sample::subsequence(Verdict::ALL.to_vec(), 1..=4);
    let outcome = set.prop_map(|set| CriterionOutcome { verdicts: set.into_iter().collect(), leaves: vec![] });
    prop::collection::vec(outcome, 5).prop_map(|criteria| Evaluation { criteria })
}

fn points(entry: &EntrySpec, verdict: Verdict) -> (i128, i128) {
    let full = i128::from(entry.points.0);
    match verdict {
        Verdict::Met => (full, full),
        Verdict::PartlyMet => (i128::from(entry.partly.unwrap().0), full),
        Verdict::NotMet => (0, full),
        Verdict::NotApplicable => (0, 0),
    }
}

/// The score of one choice of verdicts, and whether a critical struck in it.
fn of_choice(spec: &ScorecardSpec, choice: &[Verdict]) -> (Option<Score>, bool) {
    let entries = spec.sections.iter().flat_map(|section| &section.entries);
    let (earned, possible) =
        entries.map(|e| points(e, choice[e.criterion])).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let strikes = spec.criticals.iter().filter(|critical| choice[critical.criterion] == Verdict::NotMet);
    let caps: Vec<Score> = strikes.map(|critical| Score::new(i128::from(critical.score.0), 1000)).collect();
    let score = (possible > 0).then(|| caps.iter().fold(Score::new(100 * earned, possible), |s, cap| s.min(*cap)));
    (score, !caps.is_empty())
}

fn every_choice(evaluation: &Evaluation) -> Vec<Vec<Verdict>> {
    evaluation.criteria.iter().fold(vec![vec![]], |choices, outcome| {
        let with = |choice: &Vec<Verdict>, verdict| [choice.as_slice(), &[verdict]].concat();
        choices.iter().flat_map(|choice| outcome.verdicts.iter().map(move |verdict| with(choice, verdict))).collect()
    })
}

fn exact(percent: Percent) -> Score {
    Score::new(i128::from(percent.numerator), i128::from(percent.denominator))
}

fn told(verdicts: &[Verdict]) -> Evaluation {
    let outcome = |verdict: &Verdict| CriterionOutcome { verdicts: VerdictSet::EMPTY.with(*verdict), leaves: vec![] };
    Evaluation { criteria: verdicts.iter().map(outcome).collect() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_result_holds_every_reachable_score_and_its_ends_are_reached(spec in any_card(), evaluation in any_evaluation()) {
        let outcomes: Vec<(Option<Score>, bool)> = every_choice(&evaluation).iter().map(|c| of_choice(&spec, c)).collect();
        let scores: BTreeSet<Score> = outcomes.iter().filter_map(|(score, _)| *score).collect();
        let none = outcomes.iter().any(|(score, _)| score.is_none());
        match score(&spec, &[], &evaluation, false).result {
            ScoreResult::NoScore => prop_assert!(scores.is_empty()),
            ScoreResult::Exact(percent) => {
                prop_assert!(!none);
                prop_assert_eq!(scores, BTreeSet::from([exact(percent)]));
            }
            ScoreResult::Between { least, greatest, if_critical, maybe_no_score } => {
                let (least, greatest, apart) = (exact(least), exact(greatest), if_critical.map(exact));
                prop_assert_eq!(maybe_no_score, none);
                prop_assert!(scores.contains(&least) && scores.contains(&greatest) && least <= greatest);
                prop_assert!(apart.is_none_or(|apart| scores.contains(&apart)));
                prop_assert!(scores.iter().all(|s| least <= *s && *s <= greatest || apart == Some(*s)));
            }
        }
    }

    #[test]
    fn without_criticals_the_interval_is_that_of_all_choices(spec in any_card(), evaluation in any_evaluation()) {
        let spec = ScorecardSpec { criticals: vec![], ..spec };
        let scores: BTreeSet<Score> = every_choice(&evaluation).iter().filter_map(|c| of_choice(&spec, c).0).collect();
        let (least, greatest) = match score(&spec, &[], &evaluation, false).result {
            ScoreResult::NoScore => (None, None),
            ScoreResult::Exact(percent) => (Some(exact(percent)), Some(exact(percent))),
            ScoreResult::Between { least, greatest, .. } => (Some(exact(least)), Some(exact(greatest))),
        };
        prop_assert_eq!((least, greatest), (scores.first().copied(), scores.last().copied()));
    }

    #[test]
    fn grades_are_exactly_those_that_a_choice_reaches(spec in any_card(), evaluation in any_evaluation()) {
        let grade = |score: Score| spec.grades.iter().find(|g| score >= Score::new(i128::from(g.from.0), 1000)).unwrap();
        let reached: BTreeSet<&str> = every_choice(&evaluation).iter()
            .filter_map(|c| of_choice(&spec, c).0).map(|score| grade(score).name.as_str()).collect();
        let named = score(&spec, &[], &evaluation, false).grades;
        let expected: Vec<&str> = spec.grades.iter().map(|g| g.name.as_str()).filter(|n| reached.contains(n)).collect();
        prop_assert_eq!(named, expected);
    }

    #[test]
    fn verdicts_that_are_told_give_one_score(spec in any_card(), verdicts in prop::collection::vec(prop::sample::select(Verdict::ALL.to_vec()), 5)) {
        let result = score(&spec, &[], &told(&verdicts), false).result;
        match of_choice(&spec, &verdicts).0 {
            None => prop_assert_eq!(result, ScoreResult::NoScore),
            Some(score) => {
                let ScoreResult::Exact(percent) = result else { return Err(TestCaseError::fail("not exact")) };
                prop_assert_eq!(exact(percent), score);
            }
        }
    }

    #[test]
    fn a_critical_that_alone_is_in_doubt_leaves_the_scores_without_it(spec in any_card(), evaluation in any_evaluation()) {
        let choices = every_choice(&evaluation);
        let outcomes: Vec<_> = choices.iter().map(|c| of_choice(&spec, c)).collect();
        let free: BTreeSet<Score> = outcomes.iter().filter(|(_, struck)| !struck).filter_map(|(s, _)| *s).collect();
        let struck: BTreeSet<Score> = outcomes.iter().filter(|(_, struck)| *struck).filter_map(|(s, _)| *s).collect();
        if let (Some(only), 1, Some(first), Some(last)) = (struck.first(), struck.len(), free.first(), free.last()) {
            match score(&spec, &[], &evaluation, false).result {
                ScoreResult::Between { least, greatest, if_critical, .. } => {
                    prop_assert_eq!((exact(least), exact(greatest)), (*first, *last));
                    prop_assert!(if_critical.map_or(first == last && only == first, |apart| exact(apart) == *only));
                }
                ScoreResult::Exact(percent) => prop_assert!(exact(percent) == *only && first == last && only == first),
                ScoreResult::NoScore => prop_assert!(false),
            }
        }
    }
}
