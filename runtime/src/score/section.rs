//! What can come of a section with a condition or criticals: its criteria together, each way of the one with each way of
//! the others, so that a critical takes down what is earned in just the cases in which it strikes.
//!
//! Sums of points are listed one by one, equal ones once. Where they become too many, of those with the same points
//! possible only the least and the greatest earned are kept: for the same points possible a score grows with what is
//! earned, so the ends of the interval are still reached. The checker sees to it that the sums of a section with a critical
//! that takes it to a share stay few. In any other section what counts is linear in earned and possible, so that, should
//! there still be too many, those inside the convex hull can go, too.

use super::choices::{Choice, Choices, Fall, Tally, cap, lower, tally};
use super::grades::LISTED_SUMS;
use super::worlds::Falling;
use grille_evidence::scorecard::{MOST_SUMS, SectionSpec};
use grille_evidence::truth::Verdict;
use std::collections::{BTreeMap, BTreeSet};

/// What some of the criteria come to together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct State {
    /// The lowest critical of the whole that strikes in doubt.
    whole: Option<i64>,
    /// The lowest critical of the section that strikes.
    section: Option<i64>,
    tally: Tally,
}

/// The ways in which the section can fall.
pub fn choices(falling: &Falling<'_>, section: &SectionSpec) -> Choices {
    let own: BTreeSet<usize> = section.criteria().filter(|c| section.applies != Some(*c)).collect();
    let mut states = BTreeSet::from([State::default()]);
    for criterion in own {
        let ways: BTreeSet<State> =
            falling.ways(criterion).into_iter().map(|fall| of_one(falling, section, criterion, fall)).collect();
        let with = |state: &State| ways.iter().map(move |way| together(*state, *way)).collect::<Vec<_>>();
        states = fewer(states.iter().flat_map(with).collect(), section);
    }
    let told = |state: &State| {
        let tally = state.section.map_or(state.tally, |share| state.tally.at_most(share));
        Choice { tally, cap: state.whole }
    };
    let counted = states.iter().map(told);
    let left_out = states.iter().map(|state| Choice { tally: Tally::default(), cap: state.whole });
    match section.applies.map(|condition| falling.ways(condition)) {
        None => counted.collect(),
        Some(ways) => {
            let counts = |fall: &&Fall| fall.verdict != Verdict::NotApplicable;
            let (yes, no) = (ways.iter().any(|f| counts(&f)), ways.iter().any(|f| !counts(&f)));
            counted.filter(|_| yes).chain(left_out.filter(|_| no)).collect()
        }
    }
}

fn of_one(falling: &Falling<'_>, section: &SectionSpec, criterion: usize, fall: Fall) -> State {
    let entries = section.entries.iter().filter(|entry| entry.criterion == criterion);
    State {
        whole: falling.cap_inside(criterion, fall),
        section: cap(&section.criticals, criterion, fall),
        tally: entries.map(|entry| tally(entry, fall)).fold(Tally::default(), Tally::plus),
    }
}

fn together(one: State, other: State) -> State {
    State {
        whole: lower(one.whole, other.whole),
        section: lower(one.section, other.section),
        tally: one.tally.plus(other.tally),
    }
}

/// The states themselves, or where they are too many, those that can still be an end of the interval.
fn fewer(states: BTreeSet<State>, section: &SectionSpec) -> BTreeSet<State> {
    if states.len() <= LISTED_SUMS {
        return states;
    }
    let mut ends: BTreeMap<State, (i128, i128)> = BTreeMap::new();
    for state in &states {
        let earned = state.tally.earned;
        let key = State { tally: Tally { earned: 0, ..state.tally }, ..*state };
        let slot = ends.entry(key).or_insert((earned, earned));
        *slot = (slot.0.min(earned), slot.1.max(earned));
    }
    let at = |key: &State, earned: i128| State { tally: Tally { earned, ..key.tally }, ..*key };
    let kept: BTreeSet<State> =
        ends.iter().flat_map(|(key, (least, most))| [at(key, *least), at(key, *most)]).collect();
    let linear = section.criticals.iter().all(|critical| critical.score.0 <= 0 || critical.score.0 >= 100_000);
    if kept.len() > 4 * MOST_SUMS && linear { hull(&kept) } else { kept }
}

/// Those on the upper and the lower convex hull, for each pair of criticals and with and without points possible.
fn hull(states: &BTreeSet<State>) -> BTreeSet<State> {
    let mut classes: BTreeMap<(Option<i64>, Option<i64>, bool), Vec<State>> = BTreeMap::new();
    for state in states {
        classes.entry((state.whole, state.section, state.tally.possible > 0)).or_default().push(*state);
    }
    let mut kept = BTreeSet::new();
    for class in classes.into_values() {
        for upper in [false, true] {
            let mut chain: Vec<State> = Vec::new();
            for state in &class {
                while let [.., a, b] = chain.as_slice()
                    && is_inside(a.tally, b.tally, state.tally, upper)
                {
                    chain.pop();
                }
                chain.push(*state);
            }
            kept.extend(chain);
        }
    }
    kept
}

/// Does `b` lie on the inner side of the line from `a` to `c`, or on it?
fn is_inside(a: Tally, b: Tally, c: Tally, upper: bool) -> bool {
    let turn = (b.possible - a.possible) * (c.earned - a.earned) - (b.earned - a.earned) * (c.possible - a.possible);
    if upper { turn >= 0 } else { turn <= 0 }
}
