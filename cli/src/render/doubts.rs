//! How often each criterion cannot be told over a batch, and what stood in the way. Knows nothing of single calls' rows.

use super::measured::per_cent;
use super::reasons;
use grille_evidence::executable::{CriterionInfo, Defect, Executable};
use grille_evidence::facts::CallFacts;
use grille_evidence::outcome::Evaluation;
use grille_evidence::trace::{CriterionTrace, Node, ReasonCode};
use grille_evidence::truth::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// Derivations cost more than verdicts: past so many calls of a criterion that cannot be told, causes are not looked for.
const MOST_EXPLAINED: u32 = 200;

/// One criterion over the batch.
#[derive(Debug, Clone, Default)]
struct Tally {
    calls: u32,
    untold: u32,
    explained: u32,
    causes: BTreeMap<ReasonCode, u32>,
}

/// All criteria over the batch.
#[derive(Debug, Clone)]
pub struct Doubts {
    tallies: Vec<Tally>,
}

impl Doubts {
    /// Nothing counted yet.
    pub fn of(criteria: usize) -> Doubts {
        Doubts { tallies: vec![Tally::default(); criteria] }
    }

    /// Counts one call.
    ///
    /// # Errors
    /// A [`Defect`] where a derivation meets a broken invariant.
    pub fn count(
        &mut self,
        program: &dyn Executable,
        facts: &CallFacts,
        evaluation: &Evaluation,
    ) -> Result<(), Defect> {
        for (index, (tally, outcome)) in self.tallies.iter_mut().zip(&evaluation.criteria).enumerate() {
            tally.calls += 1;
            if outcome.verdicts.told().is_some() {
                continue;
            }
            tally.untold += 1;
            if tally.explained < MOST_EXPLAINED {
                tally.explained += 1;
                for cause in causes(&program.explain(facts, index)?).into_keys() {
                    *tally.causes.entry(cause).or_insert(0) += 1;
                }
            }
        }
        Ok(())
    }

    /// A line a criterion that could not always be told: the share, and the causes, the most frequent first.
    /// `columns` are those shown in the table, numbered alike; the others come last, without a number.
    pub fn render(&self, criteria: &[CriterionInfo], columns: &[usize]) -> String {
        let mut text = String::new();
        let others = (0..self.tallies.len()).filter(|index| !columns.contains(index)).map(|index| (None, index));
        let numbered = (1..).map(Some).zip(columns.iter().copied());
        for (number, index) in numbered.chain(others) {
            let Some((tally, info)) = self.tallies.get(index).zip(criteria.get(index)).filter(|(t, _)| t.untold > 0)
            else {
                continue;
            };
            let number: String = number.map(|n: usize| n.to_string()).unwrap_or_default();
            if text.is_empty() {
                text.push_str("\ncannot tell\n");
            }
            let share = format!("{} of {} ({})", tally.untold, tally.calls, per_cent(tally.untold, tally.calls));
            text.push_str(&format!("{number:>2}  {share:<18}  {}\n", info.title));
            text.push_str(&tally.lines());
        }
        text
    }
}

impl Tally {
    fn lines(&self) -> String {
        let mut sorted: Vec<(&ReasonCode, &u32)> = self.causes.iter().collect();
        sorted.sort_by_key(|(code, calls)| (std::cmp::Reverse(**calls), **code));
        let told = |(code, calls): (&ReasonCode, &u32)| format!("      {calls:>4}: {}\n", reasons::cause(*code));
        sorted.into_iter().map(told).collect()
    }
}

/// Why a criterion cannot be told: each cause, and the words of the criteria that it stands in the way of.
pub fn causes(trace: &CriterionTrace) -> BTreeMap<ReasonCode, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    trace.clauses.iter().for_each(|clause| collect(&clause.node, &mut found));
    found
}

fn collect(node: &Node, found: &mut BTreeMap<ReasonCode, BTreeSet<String>>) {
    if node.value == Truth::CannotTell {
        let codes = node.reasons.iter().map(|reason| reason.code).filter(|code| reasons::stands_in_the_way(*code));
        codes.for_each(|code| found.entry(code).or_default().extend([node.asked.text.clone()]));
    }
    node.children.iter().for_each(|child| collect(child, found));
}
