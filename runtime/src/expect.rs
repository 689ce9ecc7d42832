//! Tests in the language, held against what happens. Must not know how they are written.

pub mod deciding;

use crate::assess::{Failure, assess, trace};
use crate::score::show;
use deciding::{Deciding, deciding};
use grille_evidence::call::Call;
use grille_evidence::executable::Executable;
use grille_evidence::expectation::{Because, Expectation, TestCase};
use grille_evidence::trace::{Node, Percent, Reason, ScoreResult, ScoreTrace, Trace};
use grille_evidence::truth::{Verdict, VerdictSet};

/// An expectation that was missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Which, by its place in the test.
    pub expectation: usize,
    /// What was expected and what came, in plain words.
    pub what: String,
    /// The trace of the criterion that it is about, or of all that the score counts.
    pub trace: Trace,
    /// What decided: the sub-expressions of the criteria that it rests on.
    pub deciding: Vec<Deciding>,
}

/// Runs a test on its call.
///
/// # Errors
/// A [`Failure`] where the call cannot be evaluated.
pub fn run(program: &dyn Executable, case: &TestCase, call: &Call) -> Result<Vec<Miss>, Failure> {
    let mut misses = Vec::new();
    for (index, expectation) in case.expectations.iter().enumerate() {
        if let Some((what, trace)) = one(program, call, expectation)? {
            let deciding = decided(expectation, &trace);
            misses.push(Miss { expectation: index, what, trace, deciding });
        }
    }
    Ok(misses)
}

/// What decided: of a verdict, what stood in its way; of a score, what keeps each criterion from being met.
fn decided(expectation: &Expectation, trace: &Trace) -> Vec<Deciding> {
    let expected = match expectation {
        Expectation::Verdict { verdict, .. } => *verdict,
        Expectation::Score { .. } | Expectation::NoScore(_) | Expectation::Grade(..) => Some(Verdict::Met),
    };
    let is_verdict = matches!(expectation, Expectation::Verdict { .. });
    let counted = trace.criteria.iter().filter(|c| is_verdict || c.verdicts.told() != expected);
    counted.flat_map(|criterion| deciding(criterion, expected)).collect()
}

fn one(program: &dyn Executable, call: &Call, expectation: &Expectation) -> Result<Option<(String, Trace)>, Failure> {
    let scorecard = match expectation {
        Expectation::Verdict { .. } => None,
        Expectation::Score { scorecard, .. } => Some(*scorecard),
        Expectation::NoScore(scorecard) | Expectation::Grade(scorecard, _) => Some(*scorecard),
    };
    let assessment = assess(program, call, scorecard)?;
    let criteria: Vec<usize> = match expectation {
        Expectation::Verdict { criterion, .. } => vec![*criterion],
        _ => counted(program, scorecard),
    };
    let trace = trace(program, call, &assessment, &criteria)?;
    let what = match (expectation, &assessment.score) {
        (Expectation::Verdict { verdict, because, .. }, _) => {
            let expected = verdict.map_or("cannot tell", |v| v.words());
            verdict_missed(expected, because.as_ref(), &trace)
        }
        (expectation, Some(score)) => score_missed(program, scorecard, expectation, score),
        (_, None) => Some("there is no such scorecard".to_owned()),
    };
    Ok(what.map(|what| (what, trace)))
}

fn counted(program: &dyn Executable, scorecard: Option<usize>) -> Vec<usize> {
    let card = scorecard.and_then(|i| program.scorecards().get(i));
    let mut all: Vec<usize> = card.into_iter().flat_map(grille_evidence::scorecard::ScorecardSpec::criteria).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn verdict_missed(expected: &str, because: Option<&Because>, trace: &Trace) -> Option<String> {
    let criterion = trace.criteria.first()?;
    let name = &criterion.criterion;
    if criterion.verdicts.words() != expected {
        return Some(format!("`{name}` should be {expected}, and is {}", possible(criterion.verdicts)));
    }
    let because = because?;
    let mut found = Vec::new();
    criterion.clauses.iter().for_each(|c| reasons(&c.node, &mut found));
    if found.iter().any(|r| fits(r, because)) {
        return None;
    }
    let others: Vec<String> = found.iter().map(|r| reason_words(r)).collect();
    let given = if others.is_empty() { "no reason is given".to_owned() } else { others.join("; ") };
    Some(format!("`{name}` is {expected}, but not because {}; reasons given: {given}", because_words(because)))
}

fn possible(verdicts: VerdictSet) -> String {
    match verdicts.told() {
        Some(verdict) => verdict.words().to_owned(),
        None => format!("cannot tell ({})", verdicts.iter().map(|v| v.words()).collect::<Vec<_>>().join(" or ")),
    }
}

fn reasons<'a>(node: &'a Node, found: &mut Vec<&'a Reason>) {
    found.extend(&node.reasons);
    node.children.iter().for_each(|child| reasons(child, found));
}

fn fits(reason: &Reason, because: &Because) -> bool {
    reason.code == because.code
        && because.about.as_ref().is_none_or(|about| reason.about.as_ref() == Some(about))
        && because.by.is_none_or(|by| reason.by.map(|b| b.value) == Some(by))
}

fn because_words(because: &Because) -> String {
    parts(because.about.as_deref(), &format!("{:?}", because.code), because.by)
}

fn reason_words(reason: &Reason) -> String {
    parts(reason.about.as_deref(), &format!("{:?}", reason.code), reason.by.map(|b| b.value))
}

fn parts(about: Option<&str>, code: &str, by: Option<i64>) -> String {
    let about = about.map(|a| format!("{a} ")).unwrap_or_default();
    let by = by.map(|b| format!(" by {b}")).unwrap_or_default();
    let mut words = String::new();
    for letter in code.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    format!("{about}{words}{by}")
}

fn score_missed(
    program: &dyn Executable,
    scorecard: Option<usize>,
    expectation: &Expectation,
    score: &ScoreTrace,
) -> Option<String> {
    let grades = scorecard.and_then(|i| program.scorecards().get(i)).map_or(&[][..], |s| &s.grades);
    let (name, shown) = (&score.scorecard, show(&score.result, grades));
    let (kept, expected) = match expectation {
        Expectation::Score { least, greatest, .. } => {
            let bounds = bounds(&score.result);
            let kept = bounds.is_some_and(|(a, b)| is(a, *least) && is(b, *greatest));
            let between = if least == greatest { String::new() } else { format!("between {} and ", per_cent(*least)) };
            (kept, format!("score {between}{}", per_cent(*greatest)))
        }
        Expectation::NoScore(_) => (score.result == ScoreResult::NoScore, "have no score".to_owned()),
        Expectation::Grade(_, grade) => {
            let kept = score.grades.as_slice() == std::slice::from_ref(grade);
            return (!kept)
                .then(|| format!("`{name}` should have the grade {grade}, and has {}", score.grades.join(" or ")));
        }
        Expectation::Verdict { .. } => return None,
    };
    (!kept).then(|| format!("`{name}` should {expected}, and it is {shown}"))
}

fn bounds(result: &ScoreResult) -> Option<(Percent, Percent)> {
    match result {
        ScoreResult::Exact(percent) => Some((*percent, *percent)),
        ScoreResult::Between { least, greatest, if_critical, .. } => Some((if_critical.unwrap_or(*least), *greatest)),
        ScoreResult::NoScore => None,
    }
}

/// Is the ratio exactly this many thousandths of a per cent?
fn is(percent: Percent, thousandths: i64) -> bool {
    i128::from(percent.numerator) * 1000 == i128::from(thousandths) * i128::from(percent.denominator)
}

fn per_cent(thousandths: i64) -> String {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if rest == 0 { format!("{whole} %") } else { format!("{} %", format!("{whole}.{rest:03}").trim_end_matches('0')) }
}
