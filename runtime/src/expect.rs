//! Tests in the language, held against what happens. Must not know how they are written.

pub mod deciding;
pub mod margins;
mod scores;

use crate::assess::{Failure, assess, trace};
use deciding::{Deciding, deciding};
use grille_evidence::call::Call;
use grille_evidence::executable::Executable;
use grille_evidence::expectation::{Because, Expectation, Margin, TestCase};
use grille_evidence::trace::{Amount, AmountUnit, CriterionTrace, Node, Reason, ReasonCode, Trace};
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

/// Does a test hold? Looks no further than the first miss, and derives only where a reason or a margin is expected.
///
/// # Errors
/// A [`Failure`] where the call cannot be evaluated.
pub fn holds(program: &dyn Executable, case: &TestCase, call: &Call) -> Result<bool, Failure> {
    let mut verdicts = None;
    for expectation in &case.expectations {
        let Expectation::Verdict { criterion, verdict, because: None, margin: None } = expectation else {
            if one(program, call, expectation)?.is_some() {
                return Ok(false);
            }
            continue;
        };
        if verdicts.is_none() {
            verdicts = Some(assess(program, call, None)?.evaluation);
        }
        let found = verdicts.as_ref().and_then(|evaluation| evaluation.criteria.get(*criterion));
        let expected = verdict.map_or("cannot tell", |v| v.words());
        if found.is_none_or(|outcome| outcome.verdicts.words() != expected) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What decided: of a verdict, what stood in its way; of a score, what keeps each criterion from being met.
fn decided(expectation: &Expectation, trace: &Trace) -> Vec<Deciding> {
    if let Expectation::Verdict { verdict, .. } = expectation {
        return trace.criteria.iter().flat_map(|criterion| deciding(criterion, *verdict)).collect();
    }
    let short = trace.criteria.iter().filter(|c| c.verdicts.told() != Some(Verdict::Met));
    short.flat_map(|criterion| deciding(criterion, Some(Verdict::Met))).collect()
}

fn one(program: &dyn Executable, call: &Call, expectation: &Expectation) -> Result<Option<(String, Trace)>, Failure> {
    let scorecard = expectation.scorecard();
    let assessment = assess(program, call, scorecard)?;
    let criteria: Vec<usize> = match expectation {
        Expectation::Verdict { criterion, .. } => vec![*criterion],
        _ => counted(program, scorecard),
    };
    let trace = trace(program, call, &assessment, &criteria)?;
    let what = match (expectation, &assessment.score) {
        (Expectation::Verdict { verdict, because, margin, .. }, _) => {
            let expected = verdict.map_or("cannot tell", |v| v.words());
            trace.criteria.first().and_then(|criterion| {
                verdict_missed(expected, criterion)
                    .or_else(|| reason_missed(expected, because.as_ref()?, criterion))
                    .or_else(|| margin_missed(expected, margin.as_ref()?, criterion))
            })
        }
        (expectation, Some(score)) => {
            let grades = scorecard.and_then(|i| program.scorecards().get(i)).map_or(&[][..], |s| &s.grades);
            scores::missed(expectation, score, grades)
        }
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

fn verdict_missed(expected: &str, criterion: &CriterionTrace) -> Option<String> {
    let wrong = criterion.verdicts.words() != expected;
    wrong.then(|| format!("`{}` should be {expected}, and is {}", criterion.criterion, possible(criterion.verdicts)))
}

fn reason_missed(expected: &str, because: &Because, criterion: &CriterionTrace) -> Option<String> {
    let mut found = Vec::new();
    criterion.clauses.iter().for_each(|c| reasons(&c.node, &mut found));
    if found.iter().any(|r| fits(r, because)) {
        return None;
    }
    let mut others: Vec<String> = Vec::new();
    for words in found.iter().map(|r| parts(r.about.as_deref(), r.code, r.by)) {
        if !others.contains(&words) {
            others.push(words);
        }
    }
    let given = if others.is_empty() { "no reason is given".to_owned() } else { others.join("; ") };
    let wanted = parts(because.about.as_deref(), because.code, because.by);
    Some(format!("`{}` is {expected}, but not because {wanted}; reasons given: {given}", criterion.criterion))
}

fn margin_missed(expected: &str, margin: &Margin, criterion: &CriterionTrace) -> Option<String> {
    let name = &criterion.criterion;
    let of = margin.about.as_ref().map(|about| format!(" of {about}")).unwrap_or_default();
    let shown = |value| amount(Amount { value, unit: margin.unit });
    let Some(found) = margins::margin(criterion, margin.about.as_deref(), margin.unit) else {
        return Some(format!("`{name}` is {expected}, but nothing{of} that decided it has such a margin"));
    };
    let (few, much) = (margin.least.filter(|least| found < *least), margin.most.filter(|most| found > *most));
    let wanted = match (few, much, margin.least == margin.most) {
        (None, None, _) => return None,
        (Some(exactly), _, true) | (_, Some(exactly), true) => shown(exactly),
        (Some(least), _, _) => format!("at least {}", shown(least)),
        (_, Some(most), _) => format!("at most {}", shown(most)),
    };
    Some(format!("`{name}` is {expected}, but the margin{of} should be {wanted}, and is {}", shown(found)))
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
        && because.by.is_none_or(|by| reason.by.is_some_and(|found| same(found, by)))
}

/// Days and words may be expected as plain numbers.
fn same(found: Amount, expected: Amount) -> bool {
    let plain = matches!(found.unit, AmountUnit::Days | AmountUnit::Words) && expected.unit == AmountUnit::Count;
    found.value == expected.value && (plain || found.unit == expected.unit)
}

/// A reason as a test writes it.
fn parts(about: Option<&str>, code: ReasonCode, by: Option<Amount>) -> String {
    let about = about.map(|a| format!("{a} ")).unwrap_or_default();
    let by = by.map(|by| format!(" by {}", amount(by))).unwrap_or_default();
    format!("{about}{}{by}", code.words())
}

/// An amount as a test writes it.
fn amount(amount: Amount) -> String {
    match amount.unit {
        AmountUnit::Milliseconds if amount.value.abs() < 1000 => format!("{} ms", amount.value),
        AmountUnit::Milliseconds => format!("{} s", scores::thousandths(amount.value)),
        AmountUnit::Count | AmountUnit::Days => amount.value.to_string(),
        AmountUnit::Words => format!("{} words", amount.value),
        AmountUnit::MilliPercent => format!("{} %", scores::thousandths(amount.value)),
        AmountUnit::MilliDecibels => format!("{} dB", scores::thousandths(amount.value)),
        AmountUnit::MilliHertz => format!("{} Hz", scores::thousandths(amount.value)),
        AmountUnit::MilliSemitones => format!("{} semitones", scores::thousandths(amount.value)),
        AmountUnit::MilliWordsPerMinute => format!("{} words/min", scores::thousandths(amount.value)),
        AmountUnit::MilliSyllablesPerSecond => format!("{} syllables/s", scores::thousandths(amount.value)),
        AmountUnit::MilliPerMinute => format!("{} per min", scores::thousandths(amount.value)),
    }
}
