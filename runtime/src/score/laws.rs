//! Laws of scores, held against every choice tried one by one.

use super::score;
use super::tests::{card, critical, entry, section};
use grille_evidence::outcome::{CriterionOutcome, Evaluation};
use grille_evidence::scorecard::{EntrySpec, Points, ScorecardSpec, SectionSpec};
use grille_evidence::trace::{Percent, ScoreResult};
use grille_evidence::truth::{StepSet, Verdict, VerdictSet};
use num_rational::Ratio;
use proptest::prelude::*;
use std::collections::BTreeSet;

type Score = Ratio<i128>;
/// A verdict, and of partly met the step.
type Fall = (Verdict, usize);

/// Criteria 0 to 4 are counted, 5 and 6 are conditions of sections.
const COUNTED: usize = 5;
const ALL: usize = 7;
/// As many choices are tried one by one.
const MOST_CHOICES: usize = 300;

fn any_entry() -> impl Strategy<Value = EntrySpec> {
    (0..COUNTED, 0i64..12, 0i64..12, 0i64..12).prop_map(|(criterion, points, one, other)| {
        let worth = |partly: i64| Points(partly.min(points) * 1000);
        EntrySpec { partly: vec![worth(one.max(other)), worth(one.min(other))], ..entry(criterion, points, 0) }
    })
}

fn any_section() -> impl Strategy<Value = SectionSpec> {
    let a_critical =
        (0..COUNTED, prop::sample::select(vec![0, 30, 50, 100])).prop_map(|(c, percent)| critical(c, percent));
    let applies = prop::option::weighted(0.4, COUNTED..ALL);
    (applies, prop::collection::vec(any_entry(), 0..4), prop::collection::vec(a_critical, 0..2))
        .prop_map(|(applies, entries, criticals)| SectionSpec { applies, criticals, ..section("Tout", entries) })
}

fn any_card() -> impl Strategy<Value = ScorecardSpec> {
    let a_critical =
        (0..COUNTED, prop::sample::select(vec![0, 30, 50, 80])).prop_map(|(c, percent)| critical(c, percent));
    let sections = prop::collection::vec(any_section(), 1..4);
    let bonus = prop::collection::vec(any_entry(), 0..2);
    (sections, bonus, prop::collection::vec(a_critical, 0..3)).prop_map(|(sections, bonus, c)| ScorecardSpec {
        sections,
        bonus,
        ..card(vec![], c)
    })
}

fn any_evaluation() -> impl Strategy<Value = Evaluation> {
    let set = prop_oneof![
        2 => prop::sample::subsequence(Verdict::ALL.to_vec(), 1),
        3 => prop::sample::subsequence(Verdict::ALL.to_vec(), 1..=4),
    ];
    let counted =
        (set, prop::sample::subsequence(vec![0usize, 1], 1..=2)).prop_map(|(set, steps)| outcome(&set, &steps));
    let condition =
        prop::sample::subsequence(vec![Verdict::Met, Verdict::NotApplicable], 1..=2).prop_map(|set| outcome(&set, &[]));
    (prop::collection::vec(counted, COUNTED), prop::collection::vec(condition, ALL - COUNTED))
        .prop_map(|(counted, conditions)| Evaluation { criteria: [counted, conditions].concat() })
        .prop_filter("too many choices", |evaluation| {
            evaluation.criteria.iter().map(|o| falls(o).len()).product::<usize>() <= MOST_CHOICES
        })
}

fn outcome(set: &[Verdict], steps: &[usize]) -> CriterionOutcome {
    let steps = if set.contains(&Verdict::PartlyMet) { steps } else { &[] };
    CriterionOutcome { verdicts: set.iter().copied().collect(), steps: steps.iter().copied().collect(), leaves: vec![] }
}

fn falls(outcome: &CriterionOutcome) -> Vec<Fall> {
    let of = |verdict: Verdict| match verdict {
        Verdict::PartlyMet => outcome.steps.iter().map(|step| (verdict, step)).collect(),
        _ => vec![(verdict, 0)],
    };
    outcome.verdicts.iter().flat_map(of).collect()
}

/// Earned and possible, in points.
fn points(entry: &EntrySpec, fall: Fall) -> (Score, Score) {
    let whole = |points: Points| Score::new(i128::from(points.0), 1000);
    let full = whole(entry.points);
    match fall.0 {
        Verdict::Met => (full, full),
        Verdict::PartlyMet => (whole(entry.partly[fall.1]), full),
        Verdict::NotMet => (Score::from(0), full),
        Verdict::NotApplicable => (Score::from(0), Score::from(0)),
    }
}

fn shares(criticals: &[grille_evidence::scorecard::CriticalSpec], choice: &[Fall]) -> Vec<Score> {
    let strikes = criticals.iter().filter(|critical| choice[critical.criterion].0 == Verdict::NotMet);
    strikes.map(|critical| Score::new(i128::from(critical.score.0), 100_000)).collect()
}

/// Earned and possible of a section.
fn of_section(section: &SectionSpec, choice: &[Fall]) -> (Score, Score) {
    if section.applies.is_some_and(|condition| choice[condition].0 == Verdict::NotApplicable) {
        return (Score::from(0), Score::from(0));
    }
    let all = section.entries.iter().map(|e| points(e, choice[e.criterion]));
    let (earned, possible) = all.fold((Score::from(0), Score::from(0)), |a, b| (a.0 + b.0, a.1 + b.1));
    let earned = shares(&section.criticals, choice).iter().fold(earned, |earned, share| earned.min(possible * share));
    (earned, possible)
}

/// The score of one choice, in per cent, and whether a critical of the whole struck in it.
fn of_choice(spec: &ScorecardSpec, choice: &[Fall]) -> (Option<Score>, bool) {
    let sections = spec.sections.iter().map(|section| of_section(section, choice));
    let (earned, possible) = sections.fold((Score::from(0), Score::from(0)), |a, b| (a.0 + b.0, a.1 + b.1));
    let bonus: Score = spec.bonus.iter().map(|e| points(e, choice[e.criterion]).0).sum();
    let caps = shares(&spec.criticals, choice);
    let hundred = Score::from(100);
    let score = (possible > Score::from(0)).then(|| {
        let before = (hundred * (earned + bonus) / possible).min(hundred);
        caps.iter().fold(before, |score, cap| score.min(hundred * cap))
    });
    (score, !caps.is_empty())
}

fn every_choice(evaluation: &Evaluation) -> Vec<Vec<Fall>> {
    evaluation.criteria.iter().fold(vec![vec![]], |choices, outcome| {
        let with = |choice: &Vec<Fall>, fall| [choice.as_slice(), &[fall]].concat();
        choices.iter().flat_map(|choice| falls(outcome).into_iter().map(move |fall| with(choice, fall))).collect()
    })
}

fn exact(percent: Percent) -> Score {
    Score::new(i128::from(percent.numerator), i128::from(percent.denominator))
}

fn told(falls: &[Fall]) -> Evaluation {
    let outcome = |(verdict, step): &Fall| CriterionOutcome {
        verdicts: VerdictSet::EMPTY.with(*verdict),
        steps: if *verdict == Verdict::PartlyMet { StepSet::EMPTY.with(*step) } else { StepSet::EMPTY },
        leaves: vec![],
    };
    Evaluation { criteria: falls.iter().map(outcome).collect() }
}

fn ends(result: ScoreResult) -> Option<(Score, Score)> {
    match result {
        ScoreResult::NoScore => None,
        ScoreResult::Exact(percent) => Some((exact(percent), exact(percent))),
        ScoreResult::Between { least, greatest, if_critical, .. } => {
            let apart = if_critical.map(exact);
            let (least, greatest) = (exact(least), exact(greatest));
            Some((apart.map_or(least, |a| a.min(least)), apart.map_or(greatest, |a| a.max(greatest))))
        }
    }
}

fn any_falls() -> impl Strategy<Value = Vec<Fall>> {
    let counted = (prop::sample::select(Verdict::ALL.to_vec()), 0usize..2)
        .prop_map(|(verdict, step)| (verdict, if verdict == Verdict::PartlyMet { step } else { 0 }));
    let condition = prop::sample::select(vec![(Verdict::Met, 0), (Verdict::NotApplicable, 0)]);
    (prop::collection::vec(counted, COUNTED), prop::collection::vec(condition, ALL - COUNTED))
        .prop_map(|(counted, conditions)| [counted, conditions].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

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
        let (least, greatest) = ends(score(&spec, &[], &evaluation, false).result).unzip();
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
    fn verdicts_that_are_told_give_one_score(spec in any_card(), falls in any_falls()) {
        let result = score(&spec, &[], &told(&falls), false).result;
        match of_choice(&spec, &falls).0 {
            None => prop_assert_eq!(result, ScoreResult::NoScore),
            Some(score) => {
                let ScoreResult::Exact(percent) = result else { return Err(TestCaseError::fail("not exact")) };
                prop_assert_eq!(exact(percent), score);
            }
        }
    }

    #[test]
    fn a_better_verdict_never_lowers_a_score(spec in any_card(), falls in any_falls(), at in 0..COUNTED, to in 0usize..3) {
        let rank = |fall: Fall| match fall { (Verdict::NotMet, _) => 0, (Verdict::PartlyMet, s) => 2 - s, _ => 3 };
        let better = [(Verdict::PartlyMet, 1), (Verdict::PartlyMet, 0), (Verdict::Met, 0)][to];
        let mut raised = falls.clone();
        if falls[at].0 != Verdict::NotApplicable && rank(better) > rank(falls[at]) {
            raised[at] = better;
        }
        let of = |falls: &[Fall]| ends(score(&spec, &[], &told(falls), false).result);
        prop_assert!(of(&raised) >= of(&falls));
    }

    #[test]
    fn what_is_not_applicable_changes_nothing(spec in any_card(), evaluation in any_evaluation(), more in any_entry()) {
        let mut with = spec.clone();
        with.sections[0].entries.push(EntrySpec { criterion: ALL, ..more.clone() });
        with.bonus.push(EntrySpec { criterion: ALL, ..more });
        with.criticals.push(critical(ALL, 0));
        let mut evaluated = evaluation.clone();
        evaluated.criteria.push(outcome(&[Verdict::NotApplicable], &[]));
        let of = |spec: &ScorecardSpec, evaluation: &Evaluation| score(spec, &[], evaluation, false).result;
        prop_assert_eq!(of(&with, &evaluated), of(&spec, &evaluation));
    }

    #[test]
    fn the_order_of_sections_and_lines_changes_nothing(spec in any_card(), evaluation in any_evaluation()) {
        let mut turned = spec.clone();
        turned.sections.reverse();
        turned.sections.iter_mut().for_each(|section| section.entries.reverse());
        turned.criticals.reverse();
        let of = |spec: &ScorecardSpec| score(spec, &[], &evaluation, false).result;
        prop_assert_eq!(of(&turned), of(&spec));
    }

    #[test]
    fn telling_more_never_widens_a_score(spec in any_card(), evaluation in any_evaluation(), at in 0..ALL, pick in 0usize..8) {
        let mut clearer = evaluation.clone();
        let ways = falls(&evaluation.criteria[at]);
        let (verdict, step) = ways[pick % ways.len()];
        clearer.criteria[at] = outcome(&[verdict], &[step]);
        let of = |evaluation: &Evaluation| ends(score(&spec, &[], evaluation, false).result);
        if let Some((least, greatest)) = of(&clearer) {
            let (low, high) = of(&evaluation).unwrap();
            prop_assert!(low <= least && greatest <= high);
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
