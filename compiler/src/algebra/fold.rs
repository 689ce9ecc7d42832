//! From moments to conditions: `any`, counts, `every`, `only after`, and shares of occasions.

use super::filter;
use super::relation::Relation;
use crate::plan::{CountBounds, Side};
use grille_evidence::moment::{Moment, MomentSet, Origin};
use grille_evidence::truth::Truth;
use std::collections::BTreeMap;

/// Yes if one is surely there, no if none is listed and none can hide.
#[must_use]
pub fn any(set: &MomentSet) -> Truth {
    if set.sure().next().is_some() {
        Truth::Yes
    } else if set.moments.is_empty() && set.dark.is_empty() {
        Truth::No
    } else {
        Truth::CannotTell
    }
}

/// The greatest number of moments no two of which overlap (of one speaker or kind; words and stretches of time of one
/// speaker are two kinds, so that the count never falls when more is heard).
#[must_use]
pub fn count<'a>(moments: impl Iterator<Item = &'a Moment>) -> u32 {
    let mut sorted: Vec<&Moment> = moments.collect();
    sorted.sort_by_key(|m| {
        (m.origin, m.words().is_some(), m.words().map_or((m.end, m.start), |(f, l)| (signed(l), signed(f))))
    });
    let mut taken: Option<&Moment> = None;
    let mut total = 0;
    for m in sorted {
        if taken.is_none_or(|last| apart(last, m)) {
            taken = Some(m);
            total += 1;
        }
    }
    total
}

fn signed(word: u32) -> i32 {
    i32::try_from(word).unwrap_or(i32::MAX)
}

fn apart(last: &Moment, m: &Moment) -> bool {
    if last.origin != m.origin {
        return true;
    }
    match (last.words(), m.words()) {
        (Some((_, last_word)), Some((first_word, _))) => first_word > last_word,
        (None, None) => m.start >= last.end,
        _ => true,
    }
}

/// The least and the greatest count; no greatest where more may hide.
#[must_use]
pub fn count_range(set: &MomentSet) -> (u32, Option<u32>) {
    let most = set.dark.is_empty().then(|| count(set.moments.iter()));
    (count(set.sure()), most)
}

/// Does a count inside this range lie inside the bounds?
#[must_use]
pub fn count_within(range: (u32, Option<u32>), bounds: CountBounds) -> Truth {
    let (least, most) = range;
    let reaches = if least >= bounds.least {
        Truth::Yes
    } else if most.is_some_and(|m| m < bounds.least) {
        Truth::No
    } else {
        Truth::CannotTell
    };
    let stays = match bounds.most {
        None => Truth::Yes,
        Some(bound) if least > bound => Truth::No,
        Some(bound) if most.is_some_and(|m| m <= bound) => Truth::Yes,
        Some(_) => Truth::CannotTell,
    };
    let inside = reaches.and(stays);
    if bounds.outside { inside.negate() } else { inside }
}

/// `every`: the least value over all moments, `values` standing beside them. Another reading of the same act may
/// satisfy; a hidden one might.
#[must_use]
pub fn every(set: &MomentSet, values: &[Truth]) -> Truth {
    let start = if set.dark.is_empty() { Truth::Yes } else { Truth::CannotTell };
    set.moments.iter().zip(every_values(set, values)).fold(start, |all, (m, value)| {
        all.and(if m.is_sure() || value == Truth::Yes { value } else { Truth::CannotTell })
    })
}

/// What each moment comes to once other readings of the same act are heard.
#[must_use]
pub fn every_values(set: &MomentSet, values: &[Truth]) -> Vec<Truth> {
    let mut settled: Vec<Truth> = values.to_vec();
    if set.moments.is_empty() {
        return settled;
    }
    let mut acts: BTreeMap<Origin, Vec<usize>> = BTreeMap::new();
    for (place, m) in set.moments.iter().enumerate() {
        acts.entry(m.origin).or_default().push(place);
    }
    for places in acts.values().filter(|places| places.len() > 1) {
        let readings: Vec<(usize, &Moment, Truth)> = places
            .iter()
            .filter_map(|place| Some((*place, set.moments.get(*place)?, values.get(*place).copied()?)))
            .collect();
        let asked: Vec<&Moment> = readings.iter().map(|(_, m, _)| *m).collect();
        for worth in [Truth::CannotTell, Truth::Yes] {
            let worthy = readings.iter().filter(|(_, m, value)| vouched(m, *value) >= worth);
            let shares = Relation::Sharing.surely_among(&asked, &worthy.map(|(_, m, _)| *m).collect::<Vec<_>>());
            for ((place, ..), shares) in readings.iter().zip(shares) {
                if let Some(value) = settled.get_mut(*place).filter(|_| shares) {
                    *value = value.or(worth);
                }
            }
        }
    }
    for (value, a) in settled.iter_mut().zip(&set.moments) {
        if *value == Truth::No && Relation::Meeting.may_hide(a, &set.dark) {
            *value = Truth::CannotTell;
        }
    }
    settled
}

/// What a reading's value is worth to another: a yes of a reading that may not be there is maybe.
fn vouched(m: &Moment, value: Truth) -> Truth {
    if m.is_sure() || value == Truth::No { value } else { Truth::CannotTell }
}

/// Has some `b` ended before `a` starts?
#[must_use]
pub fn preceded_by_one_ended(a: &Moment, right: &MomentSet) -> Truth {
    Relation::Ended.one(a, right)
}

/// `A only after B`: no A: yes; A and no B: no.
#[must_use]
pub fn only_after(left: &MomentSet, right: &MomentSet) -> Truth {
    every(left, &Relation::Ended.all(&left.moments, right))
}

/// How far a chain can be followed: of each set those that one reached before them precedes, of the first all.
#[must_use]
pub fn followed(sets: &[&MomentSet]) -> Vec<MomentSet> {
    let preceded = Relation::Beside(Side::After, None);
    let mut reached: Vec<MomentSet> = Vec::with_capacity(sets.len());
    for set in sets {
        reached.push(match reached.last() {
            Some(before) => filter::keep(preceded, false, set, before),
            None => (*set).clone(),
        });
    }
    reached
}

/// `in order`: one of each, each preceding the next.
#[must_use]
pub fn in_order(sets: &[&MomentSet]) -> Truth {
    followed(sets).last().map_or(Truth::No, any)
}

/// On how many occasions the expectation surely holds, on how many it may, and of how many (least, greatest).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Surely holds.
    pub held: u32,
    /// May hold.
    pub may: u32,
    /// Occasions that are surely there.
    pub least: u32,
    /// Occasions at most; none where more may hide.
    pub most: Option<u32>,
}

/// Counts occasions by what the expectation comes to on each.
#[must_use]
pub fn held(set: &MomentSet, values: &[Truth]) -> Held {
    let pairs: Vec<(&Moment, Truth)> = set.moments.iter().zip(every_values(set, values)).collect();
    let those =
        |keep: &dyn Fn(&Moment, Truth) -> bool| count(pairs.iter().filter(|(m, v)| keep(m, *v)).map(|(m, _)| *m));
    let (least, most) = count_range(set);
    Held { held: those(&|m, v| m.is_sure() && v == Truth::Yes), may: those(&|_, v| v != Truth::No), least, most }
}

/// Does the expectation hold on at least this share (thousandths of a per cent) of the occasions?
/// Judged over every number of occasions still possible.
#[must_use]
pub fn share_held(held: Held, share: i64) -> Truth {
    let Some(most) = held.most else { return Truth::CannotTell };
    let reached = |of_held: u32, of: u32| i64::from(of_held) * 100_000 >= share * i64::from(of);
    if reached(held.held, most.max(held.held)) {
        Truth::Yes
    } else if !reached(held.may, held.least.max(held.may)) {
        Truth::No
    } else {
        Truth::CannotTell
    }
}
