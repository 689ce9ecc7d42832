//! The least and the greatest share of points over every choice still possible, exactly, by Dinkelbach's iteration
//! (*On Nonlinear Fractional Programming*, Management Science 13, 1967): the denominator moves with the choice, so
//! that each criterion's own worst and best do not add up. Knows no criticals and no grades.

use crate::score::choices::{Choice, Tally};
use num_rational::Ratio;

/// A share of points as a fraction of 1, or a score in per cent; exact.
pub type Exact = Ratio<i128>;

/// From the least to the greatest, both reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The least.
    pub least: Exact,
    /// The greatest.
    pub greatest: Exact,
}

impl Interval {
    /// The least interval that holds both.
    #[must_use]
    pub fn hull(self, other: Interval) -> Interval {
        Interval { least: self.least.min(other.least), greatest: self.greatest.max(other.greatest) }
    }

    /// What is left of it under a cap.
    #[must_use]
    pub fn capped(self, cap: Exact) -> Interval {
        Interval { least: self.least.min(cap), greatest: self.greatest.min(cap) }
    }
}

/// The scores in per cent, at most 100, that are reached where each part falls in one of its ways; none if in every
/// case no points are left to count.
pub fn percents(parts: &[Vec<Choice>]) -> Option<Interval> {
    let least = extreme(parts, Side::Least)?;
    let greatest = if has_free_points(parts) { with_points(parts) } else { extreme(parts, Side::Greatest) }?;
    let percent = |share: Exact| share * Exact::from_integer(100);
    let scores = Interval { least: percent(least), greatest: percent(greatest) };
    Some(scores.capped(Exact::from_integer(100)))
}

/// Can points be earned where none are possible? A bonus can.
fn has_free_points(parts: &[Vec<Choice>]) -> bool {
    parts.iter().flatten().any(|choice| choice.tally.possible == 0 && choice.tally.earned > 0)
}

/// The greatest share where a bonus makes it tempting to leave nothing possible at all, which is no score: one part after
/// the other is made to leave something.
fn with_points(parts: &[Vec<Choice>]) -> Option<Exact> {
    let of_one = |number: usize| {
        let forced = parts.iter().enumerate().map(|(at, choices)| {
            choices.iter().copied().filter(|choice| at != number || choice.tally.possible > 0).collect::<Vec<_>>()
        });
        let forced: Vec<Vec<Choice>> = forced.collect();
        if forced.get(number).is_none_or(Vec::is_empty) { None } else { extreme(&forced, Side::Greatest) }
    };
    (0..parts.len()).filter_map(of_one).max()
}

/// Can it be that no points are left to count?
pub fn can_be_empty(criteria: &[Vec<Choice>]) -> bool {
    criteria.iter().all(|choices| choices.iter().any(|choice| choice.tally.possible == 0))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Least,
    Greatest,
}

/// Starts from the choice with the most points possible; then, as long as the share improves, takes of each part
/// the choice that gains most against the present share. Each step is strictly better and there are finitely many
/// shares, so it ends.
fn extreme(criteria: &[Vec<Choice>], side: Side) -> Option<Exact> {
    let fullest = |choices: &Vec<Choice>| choices.iter().map(|choice| choice.tally).max_by_key(|t| t.possible);
    let mut share = share_of(sum(criteria, fullest))?;
    loop {
        let best = |choices: &Vec<Choice>| {
            let tallies = choices.iter().map(|choice| choice.tally);
            match side {
                Side::Least => tallies.min_by_key(|t| (gain(*t, share), t.possible)),
                Side::Greatest => tallies.max_by_key(|t| (gain(*t, share), -t.possible)),
            }
        };
        let Some(next) = share_of(sum(criteria, best)) else { return Some(share) };
        let better = match side {
            Side::Least => next < share,
            Side::Greatest => next > share,
        };
        if !better {
            return Some(share);
        }
        share = next;
    }
}

/// What a tally earns beyond the share of what it makes possible, times the share's denominator.
fn gain(tally: Tally, share: Exact) -> i128 {
    tally.earned * *share.denom() - tally.possible * *share.numer()
}

fn sum(criteria: &[Vec<Choice>], pick: impl Fn(&Vec<Choice>) -> Option<Tally>) -> Tally {
    criteria.iter().filter_map(pick).fold(Tally::default(), Tally::plus)
}

fn share_of(tally: Tally) -> Option<Exact> {
    (tally.possible > 0).then(|| Exact::new(tally.earned, tally.possible))
}
