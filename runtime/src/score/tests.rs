//! Scores by hand: each test a scorecard, verdicts and what it comes to.

use super::{score, show};
use grille_evidence::executable::{CriterionInfo, CriterionKind};
use grille_evidence::outcome::{CriterionOutcome, Evaluation};
use grille_evidence::scorecard::{
    CriticalSpec, EntrySpec, GradeSpec, Points, Purpose, ScorecardSpec, SectionSpec, Share,
};
use grille_evidence::trace::{Percent, ScoreResult, ScoreTrace};
use grille_evidence::truth::Verdict::{self, Met, NotApplicable, NotMet, PartlyMet};
use grille_evidence::truth::{StepSet, Truth, VerdictSet};

pub(super) fn entry(criterion: usize, points: i64, partly: i64) -> EntrySpec {
    EntrySpec { criterion, points: Points(points * 1000), partly: vec![Points(partly * 1000)] }
}

pub(super) fn critical(criterion: usize, percent: i64) -> CriticalSpec {
    CriticalSpec { criterion, score: Share(percent * 1000) }
}

pub(super) fn section(title: &str, entries: Vec<EntrySpec>) -> SectionSpec {
    SectionSpec { title: title.to_string(), applies: None, entries, criticals: vec![] }
}

pub(super) fn card(entries: Vec<EntrySpec>, criticals: Vec<CriticalSpec>) -> ScorecardSpec {
    let grade = |name: &str, from: i64| GradeSpec { name: name.to_string(), from: Share(from * 1000) };
    ScorecardSpec {
        name: "accueil".to_string(),
        title: "Accueil".to_string(),
        version: "1".to_string(),
        purpose: Purpose::Training,
        sections: vec![section("Tout", entries)],
        bonus: vec![],
        criticals,
        grades: vec![grade("excellent", 90), grade("conforme", 70), grade("à reprendre", 0)],
        hash: "00".to_string(),
    }
}

pub(super) fn outcome(set: &[Verdict]) -> CriterionOutcome {
    let steps = if set.contains(&PartlyMet) { StepSet::EMPTY.with(0) } else { StepSet::EMPTY };
    CriterionOutcome { verdicts: set.iter().copied().collect(), steps, leaves: vec![] }
}

pub(super) fn evaluation(verdicts: &[&[Verdict]]) -> Evaluation {
    Evaluation { criteria: verdicts.iter().map(|set| outcome(set)).collect() }
}

fn info(number: usize) -> CriterionInfo {
    CriterionInfo {
        name: format!("c{number}"),
        title: String::new(),
        coaching: None,
        hash: String::new(),
        kind: CriterionKind::Declared,
        parameters: vec![],
        steps: 1,
    }
}

fn scored(spec: &ScorecardSpec, verdicts: &[&[Verdict]]) -> ScoreTrace {
    let infos: Vec<CriterionInfo> = (0..verdicts.len()).map(info).collect();
    score(spec, &infos, &evaluation(verdicts), false)
}

fn points(trace: &ScoreTrace, entry: usize) -> Vec<(i64, i64)> {
    trace.sections[0].entries[entry].ways.iter().map(|way| (way.earned, way.possible)).collect()
}

fn shown(spec: &ScorecardSpec, verdicts: &[&[Verdict]]) -> String {
    let trace = scored(spec, verdicts);
    format!("{}; {}", show(&trace.result, &spec.grades), trace.grades.join(", "))
}

#[test]
fn the_scorecard_of_the_first_page_gives_60_per_cent() {
    let spec = card(vec![entry(0, 10, 5), entry(1, 5, 2), entry(2, 10, 0), entry(3, 10, 0)], vec![critical(4, 0)]);
    let verdicts: &[&[Verdict]] = &[&[PartlyMet], &[NotMet], &[Met], &[NotApplicable], &[Met]];
    let trace = scored(&spec, verdicts);
    assert_eq!(trace.result, ScoreResult::Exact(Percent { numerator: 60, denominator: 1 }));
    assert_eq!(shown(&spec, verdicts), "60 %; à reprendre");
    assert_eq!(points(&trace, 0), [(5000, 10_000)]);
    assert_eq!(points(&trace, 3), [(0, 0)]);
    assert_eq!(trace.sections[0].entries[3].criterion, "c3");
    assert_eq!(trace.criticals[0].struck, Truth::No);
}

#[test]
fn points_are_added_over_sections_and_never_averaged() {
    let mut spec = card(vec![entry(0, 90, 0)], vec![]);
    spec.sections.push(section("Rest", vec![entry(1, 10, 0)]));
    assert_eq!(shown(&spec, &[&[Met], &[NotMet]]), "90 %; excellent");
}

#[test]
fn where_no_points_are_left_there_is_no_score_and_no_grade() {
    let spec = card(vec![entry(0, 10, 0)], vec![critical(1, 0)]);
    assert_eq!(shown(&spec, &[&[NotApplicable], &[Met]]), "no score; ");
    assert_eq!(shown(&spec, &[&[NotApplicable], &[NotMet]]), "no score; ");
    assert_eq!(shown(&spec, &[&[NotApplicable, Met], &[Met]]), "no score, or 100 %; excellent");
    assert_eq!(scored(&card(vec![], vec![]), &[]).result, ScoreResult::NoScore);
}

#[test]
fn the_denominator_moves_with_the_choice() {
    // Without applying: 8 of 10. Each criterion's own worst and best would give another interval.
    let spec = card(vec![entry(0, 10, 8), entry(1, 10, 5)], vec![]);
    assert_eq!(shown(&spec, &[&[PartlyMet], &[PartlyMet, NotApplicable]]), "65–80 %; conforme, à reprendre");
}

#[test]
fn a_critical_takes_the_score_down_and_never_up() {
    let spec = card(vec![entry(0, 10, 5)], vec![critical(1, 50)]);
    assert_eq!(shown(&spec, &[&[Met], &[NotMet]]), "50 %; à reprendre");
    assert_eq!(shown(&spec, &[&[NotMet], &[NotMet]]), "0 %; à reprendre");
    assert_eq!(shown(&spec, &[&[Met, NotMet], &[NotMet]]), "0–50 %; à reprendre");
    assert_eq!(shown(&spec, &[&[Met], &[NotApplicable]]), "100 %; excellent");
}

#[test]
fn a_critical_in_doubt_is_told_apart() {
    let spec = card(vec![entry(0, 71, 0), entry(1, 12, 0), entry(2, 17, 0)], vec![critical(3, 0)]);
    let verdicts: &[&[Verdict]] = &[&[Met], &[Met, NotMet], &[NotMet], &[Met, NotMet]];
    assert_eq!(shown(&spec, verdicts), "0 %, or 71–83 %; conforme, à reprendre");
    assert_eq!(scored(&spec, verdicts).criticals[0].struck, Truth::CannotTell);
    let sure = card(vec![entry(0, 1, 0)], vec![critical(1, 0), critical(2, 0)]);
    assert_eq!(shown(&sure, &[&[Met], &[NotMet], &[Met, NotMet]]), "0 %; à reprendre");
}

#[test]
fn an_entry_that_is_also_critical_falls_one_way_at_a_time() {
    let spec = card(vec![entry(0, 50, 0), entry(1, 50, 0)], vec![critical(1, 0)]);
    assert_eq!(shown(&spec, &[&[Met], &[Met, NotMet]]), "0 %, or 100 %; excellent, à reprendre");
    let high = card(vec![entry(0, 60, 0), entry(1, 40, 0)], vec![critical(1, 80)]);
    assert_eq!(shown(&high, &[&[Met], &[Met, NotMet]]), "60 %, or 100 %; excellent, à reprendre");
    let only = card(vec![entry(0, 10, 0)], vec![critical(0, 0)]);
    assert_eq!(shown(&only, &[&[NotApplicable, NotMet]]), "no score, or 0 %; à reprendre");
}

#[test]
fn several_criticals_in_doubt_keep_the_lowest_apart_and_the_others_in_the_interval() {
    let spec = card(vec![entry(0, 10, 0)], vec![critical(1, 0), critical(2, 50)]);
    assert_eq!(shown(&spec, &[&[Met], &[Met, NotMet], &[Met, NotMet]]), "0 %, or 50–100 %; excellent, à reprendre");
}

#[test]
fn several_criticals_in_doubt_that_give_one_score_leave_the_interval_alone() {
    let spec = card(vec![entry(0, 10, 0), entry(1, 10, 0)], vec![critical(1, 50), critical(2, 80)]);
    assert_eq!(shown(&spec, &[&[NotMet], &[Met, NotMet], &[Met]]), "0 %, or 50 %; à reprendre");
    let alike = card(vec![entry(0, 20, 0), entry(1, 80, 0)], vec![critical(2, 30), critical(3, 60)]);
    assert_eq!(shown(&alike, &[&[Met], &[NotMet], &[Met, NotMet], &[Met, NotMet]]), "20 %; à reprendre");
}

#[test]
fn a_critical_in_doubt_that_gives_several_scores_is_in_the_interval() {
    let spec = card(vec![entry(0, 80, 0), entry(1, 20, 0)], vec![critical(2, 50)]);
    assert_eq!(shown(&spec, &[&[Met, NotMet], &[Met], &[Met, NotMet]]), "20–100 %; excellent, à reprendre");
}

#[test]
fn grades_that_no_choice_reaches_are_not_named() {
    let spec = card(vec![entry(0, 60, 0), entry(1, 40, 0)], vec![]);
    assert_eq!(shown(&spec, &[&[Met], &[Met, NotMet]]), "60–100 %; excellent, à reprendre");
}

#[test]
fn where_sums_are_too_many_to_list_the_interval_tells_the_grades() {
    let entries: Vec<_> = (0..30).map(|n| entry(n, 1 << n, 0)).collect();
    let spec = card(entries, vec![critical(30, 95)]);
    let open: Vec<&[Verdict]> = (0..30).map(|_| [Met, NotMet].as_slice()).chain([[Met].as_slice()]).collect();
    assert_eq!(shown(&spec, &open), "0–100 %; excellent, conforme, à reprendre");
}

#[test]
fn a_criterion_that_was_not_evaluated_can_be_anything() {
    let trace = scored(&card(vec![entry(7, 10, 5)], vec![]), &[]);
    assert_eq!(trace.sections[0].entries[0].verdicts, Verdict::ALL.into_iter().collect::<VerdictSet>());
    assert_eq!(points(&trace, 0), [(10_000, 10_000), (5000, 10_000), (0, 10_000), (0, 0)]);
    assert_eq!(show(&trace.result, &[]), "no score, or 0–100 %");
}

#[test]
fn a_number_shows_one_decimal_unless_that_would_mislead() {
    let grades = card(vec![], vec![]).grades;
    let exact = |numerator, denominator| show(&ScoreResult::Exact(Percent { numerator, denominator }), &grades);
    assert_eq!(exact(500, 7), "71.4 %");
    assert_eq!(exact(60, 1), "60 %");
    assert_eq!(exact(121, 2), "60.5 %");
    assert_eq!(exact(6998, 100), "69.98 %");
    assert_eq!(exact(69_996, 1000), "69.996 %");
    assert_eq!(exact(6994, 100), "69.9 %");
    assert_eq!(exact(7004, 100), "70 %");
    assert_eq!(exact(899_999_999, 10_000_000), "89.9999999 %");
    assert_eq!(exact(99_996, 1000), "99.996 %");
    assert_eq!(exact(1, 1000), "0.001 %");
    assert_eq!(exact(i64::MAX, i64::MAX), "1 %");
}

#[test]
fn no_end_of_an_interval_is_carried_over_an_edge() {
    let grades = card(vec![], vec![]).grades;
    let percent = |numerator, denominator| Percent { numerator, denominator };
    let shown = |least, greatest, if_critical| {
        show(&ScoreResult::Between { least, greatest, if_critical, maybe_no_score: false }, &grades)
    };
    assert_eq!(shown(percent(6996, 100), percent(83, 1), None), "69.96–83 %");
    assert_eq!(shown(percent(71, 1), percent(89_999, 1000), None), "71–89.999 %");
    assert_eq!(shown(percent(70, 1), percent(90, 1), Some(percent(69_999, 1000))), "69.999 %, or 70–90 %");
    assert_eq!(shown(percent(1, 1000), percent(99_999, 1000), None), "0.001–99.999 %");
}

#[test]
fn a_section_that_may_not_count_stays_exact_however_its_points_are() {
    let mut spec = card((0..19).map(|n| entry(n, 1 << n, 0)).collect(), vec![]);
    spec.sections[0].applies = Some(20);
    spec.sections[0].entries.push(entry(19, 7, 0));
    spec.grades.clear();
    let mut open: Vec<&[Verdict]> = vec![&[Met, NotApplicable]; 19];
    open.push(&[NotMet]);
    open.push(&[Met, NotApplicable]);
    let all = (1i64 << 19) - 1;
    let ScoreResult::Between { least, greatest, maybe_no_score, .. } = scored(&spec, &open).result else {
        panic!("in doubt")
    };
    assert_eq!((least, maybe_no_score), (Percent { numerator: 0, denominator: 1 }, true));
    assert_eq!(
        i128::from(greatest.numerator) * i128::from(all + 7),
        100 * i128::from(all) * i128::from(greatest.denominator)
    );
}

#[test]
fn a_bonus_in_doubt_does_not_make_nothing_possible() {
    // Not met leaves 10 or 20 possible; without either there would be no score, however great the bonus.
    let mut spec = card(vec![entry(0, 10, 0), entry(1, 20, 0)], vec![]);
    spec.bonus = vec![entry(2, 5, 0)];
    let open: &[&[Verdict]] = &[&[NotMet, NotApplicable], &[NotMet, NotApplicable], &[Met]];
    let result = scored(&spec, open).result;
    let percent = |numerator, denominator| Percent { numerator, denominator };
    let expected = ScoreResult::Between {
        least: percent(50, 3),
        greatest: percent(50, 1),
        if_critical: None,
        maybe_no_score: true,
    };
    assert_eq!(result, expected);
}

#[test]
fn two_ends_of_an_interval_never_look_alike() {
    let percent = |numerator, denominator| Percent { numerator, denominator };
    let between = |least, greatest| {
        show(&ScoreResult::Between { least, greatest, if_critical: None, maybe_no_score: false }, &[])
    };
    assert_eq!(between(percent(7141, 100), percent(7143, 100)), "71.41–71.43 %");
    assert_eq!(between(percent(71, 1), percent(83, 1)), "71–83 %");
    assert_eq!(between(percent(500, 7), percent(250, 3)), "71.4–83.3 %");
}
