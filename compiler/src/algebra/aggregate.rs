//! One of many lengths: mean, rank, least, greatest, over every set of moments that is still possible.
//!
//! Sure moments are in each of these sets; maybes may be in or not; where more may hide, any number of any length up to
//! the longest dark stretch. The bounds are exact over sure and maybe moments, and hold whatever hides.

use crate::plan::measure::Aggregate;
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::rational::Rational;
use grille_evidence::trace::ReasonCode;
use grille_evidence::value::{Range, Value};

/// The value over the lengths of moments. `longest`: no unlisted moment is longer, in milliseconds.
#[must_use]
pub fn lengths(which: Aggregate, set: &MomentSet, longest: i32) -> Value {
    let told =
        |sure: bool| -> Vec<(i64, i64)> { set.moments.iter().filter(|m| m.is_sure() == sure).map(length).collect() };
    let (sure, maybe) = (told(true), told(false));
    if sure.is_empty() {
        let nothing = maybe.is_empty() && set.dark.is_empty();
        return Value::Untold(if nothing { ReasonCode::NothingToMeasure } else { ReasonCode::NotHeard });
    }
    let hidden = set.dark.iter().map(|z| (i64::from(z.1) - i64::from(z.0)).min(i64::from(longest))).max();
    let low = |all: &[(i64, i64)]| sorted(all.iter().map(|l| l.0));
    let high = |all: &[(i64, i64)]| sorted(all.iter().map(|l| l.1));
    let least = extreme(which, &low(&sure), &low(&maybe), false);
    let greatest = extreme(which, &high(&sure), &high(&maybe), true);
    let least = least.map(|l| if hidden.is_some() { l.min(Rational::ONE) } else { l });
    let greatest = greatest.map(|g| hidden.map_or(g, |h| g.max(Rational::whole(h))));
    Value::Number(match which {
        // A hidden one makes the greatest no smaller, and the least no greater.
        Aggregate::Greatest => Range { least: extreme(which, &low(&sure), &[], false), greatest },
        Aggregate::Least => Range { least, greatest: extreme(which, &high(&sure), &[], true) },
        Aggregate::Mean | Aggregate::Rank(_) => Range { least, greatest },
    })
}

/// The least and the greatest length of one moment, in milliseconds.
#[must_use]
pub fn length(m: &Moment) -> (i64, i64) {
    let least = (i64::from(m.end_lo) - i64::from(m.start_hi)).max(1);
    (least, (i64::from(m.end_hi) - i64::from(m.start_lo)).max(least))
}

fn sorted(lengths: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut all: Vec<i64> = lengths.collect();
    all.sort_unstable();
    all
}

/// The least (or greatest) that it comes to over every choice of the maybes. Both lists are in order.
fn extreme(which: Aggregate, sure: &[i64], maybe: &[i64], greatest: bool) -> Option<Rational> {
    match which {
        Aggregate::Mean => mean(sure, maybe, greatest),
        Aggregate::Least => pick(sure.first(), maybe.first(), greatest, false),
        Aggregate::Greatest => pick(sure.last(), maybe.last(), greatest, true),
        Aggregate::Rank(percent) => rank(percent, sure, maybe, greatest),
    }
}

/// The least or greatest element: of all, where maybes push it outwards; else of the sure ones.
fn pick(sure: Option<&i64>, maybe: Option<&i64>, greatest: bool, of_greatest: bool) -> Option<Rational> {
    let sure = *sure?;
    let all = maybe.map_or(sure, |m| if of_greatest { sure.max(*m) } else { sure.min(*m) });
    Some(Rational::whole(if greatest == of_greatest { all } else { sure }))
}

/// Maybes are taken in for as long as they move the mean outwards.
fn mean(sure: &[i64], maybe: &[i64], greatest: bool) -> Option<Rational> {
    let (mut sum, mut count) = (sure.iter().map(|l| i128::from(*l)).sum::<i128>(), sure.len() as i128);
    let mut take = |length: &i64| {
        let outward = (i128::from(*length) * count).cmp(&sum);
        let wanted = if greatest { std::cmp::Ordering::Greater } else { std::cmp::Ordering::Less };
        if outward == wanted {
            sum += i128::from(*length);
            count += 1;
        }
    };
    if greatest {
        maybe.iter().rev().for_each(&mut take)
    } else {
        maybe.iter().for_each(&mut take)
    }
    Rational::of(sum, count)
}

/// Which maybes are taken in does not matter but for how many of the outermost: each number is tried.
fn rank(percent: u8, sure: &[i64], maybe: &[i64], greatest: bool) -> Option<Rational> {
    let tried = (0..=maybe.len()).filter_map(|taken| {
        let part = if greatest { maybe.get(maybe.len() - taken..) } else { maybe.get(..taken) };
        let count = sure.len() + taken;
        nth(sure, part?, (count * usize::from(percent)).div_ceil(100).max(1))
    });
    let found = if greatest { tried.max() } else { tried.min() };
    found.map(Rational::whole)
}

/// The n-th (from 1) of two ordered lists together.
fn nth(one: &[i64], other: &[i64], n: usize) -> Option<i64> {
    let at = |list: &[i64], place: Option<usize>| place.and_then(|p| list.get(p)).copied();
    let (mut low, mut high) = (n.saturating_sub(other.len()), n.min(one.len()));
    while low < high {
        let from_one = low + (high - low) / 2;
        // Too few of `one` if its next is smaller than the last taken of `other`.
        let last_of_other = at(other, (n - from_one).checked_sub(1));
        if at(one, Some(from_one)) < last_of_other { low = from_one + 1 } else { high = from_one }
    }
    at(one, low.checked_sub(1)).max(at(other, (n - low).checked_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::{extreme, lengths, nth};
    use crate::plan::measure::Aggregate;
    use grille_evidence::moment::{Moment, MomentSet, Origin};
    use grille_evidence::rational::Rational;
    use grille_evidence::value::{Range, Value};
    use proptest::prelude::*;

    const ALL: [Aggregate; 5] =
        [Aggregate::Mean, Aggregate::Rank(50), Aggregate::Rank(90), Aggregate::Least, Aggregate::Greatest];

    /// As it is defined.
    fn plainly(which: Aggregate, mut all: Vec<i64>) -> Rational {
        all.sort_unstable();
        let count = all.len();
        match which {
            Aggregate::Mean => Rational::of(all.iter().map(|l| i128::from(*l)).sum(), count as i128).unwrap(),
            Aggregate::Rank(p) => Rational::whole(all[(count * usize::from(p)).div_ceil(100).max(1) - 1]),
            Aggregate::Least => Rational::whole(all[0]),
            Aggregate::Greatest => Rational::whole(all[count - 1]),
        }
    }

    fn subsets(of: &[i64]) -> Vec<Vec<i64>> {
        let chosen = |bits: usize| of.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, l)| *l).collect();
        (0..1usize << of.len()).map(chosen).collect()
    }

    fn set(sure: &[i64], maybe: &[i64], dark: &[(i32, i32)]) -> MomentSet {
        let moment = |length: i64, sure: u32, at: i32| {
            let m = Moment::exact(at, at + i32::try_from(length).unwrap(), Origin::SILENCE);
            Moment { sure, ..m }
        };
        let listed = sure.iter().map(|l| (*l, 1)).chain(maybe.iter().map(|l| (*l, 0)));
        let moments = listed.zip(0..).map(|((l, s), at)| moment(l, s, at * 100)).collect();
        MomentSet::new(moments, dark.to_vec())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn bounds_are_the_extremes_over_every_choice(
            sure in prop::collection::vec(1i64..30, 1..6),
            maybe in prop::collection::vec(1i64..30, 0..6),
        ) {
            let in_order = |list: &[i64]| { let mut l = list.to_vec(); l.sort_unstable(); l };
            for which in ALL {
                let every: Vec<Rational> =
                    subsets(&maybe).into_iter().map(|more| plainly(which, [sure.clone(), more].concat())).collect();
                let (s, m) = (in_order(&sure), in_order(&maybe));
                prop_assert_eq!(extreme(which, &s, &m, false), every.iter().min().copied(), "least {:?}", which);
                prop_assert_eq!(extreme(which, &s, &m, true), every.iter().max().copied(), "greatest {:?}", which);
            }
        }

        #[test]
        fn bounds_hold_whatever_hides(
            sure in prop::collection::vec(1i64..30, 1..5),
            maybe in prop::collection::vec(1i64..30, 0..4),
            hidden in prop::collection::vec(1i64..=20, 0..5),
        ) {
            let set = set(&sure, &maybe, &[(5000, 5020)]);
            for which in ALL {
                let Value::Number(Range { least: Some(least), greatest: Some(greatest) }) = lengths(which, &set, i32::MAX) else {
                    panic!("no bounds")
                };
                for more in subsets(&maybe) {
                    let value = plainly(which, [sure.clone(), more, hidden.clone()].concat());
                    prop_assert!(least <= value && value <= greatest, "{:?} {:?}", which, value);
                }
            }
        }

        #[test]
        fn the_nth_of_two_lists(a in prop::collection::vec(0i64..9, 0..9), b in prop::collection::vec(0i64..9, 0..9)) {
            let (mut one, mut other) = (a.clone(), b.clone());
            one.sort_unstable();
            other.sort_unstable();
            let mut all = [a, b].concat();
            all.sort_unstable();
            for n in 1..=all.len() {
                prop_assert_eq!(nth(&one, &other, n), Some(all[n - 1]));
            }
        }
    }
}
