//! The algebra does what comparing all pairs would, and its work grows no faster than n log n: random sets of moments,
//! with words and without, exact and spread, sure and maybe, with dark zones; and sets that would be worst.

use super::relation::Relation;
use super::{combine, filter, fold, minus, nearby, order, phase, ranks, then, work};
use crate::plan::{Pick, Side};
use grille_evidence::moment::{Edges, Moment, MomentSet, NO_WORD, Origin, Zone, merge_zones};
use grille_evidence::truth::Truth;
use proptest::prelude::*;

const WHOLE: Zone = (0, 1_000_000);

/// Numbers that look random (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: i32) -> i32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i32::try_from((z ^ (z >> 31)) % u64::from(bound.unsigned_abs().max(1))).unwrap()
    }
}

/// Words of one speaker, ordered by their given starts: start, end and the bounds of both.
fn words(chance: &mut Chance, count: i32) -> Vec<[i32; 6]> {
    let mut at = chance.below(20);
    let mut words = Vec::new();
    while words.len() < count as usize {
        let spread = chance.below(3) == 0;
        let length = if spread { 4 + chance.below(12) } else { 1 + chance.below(6) };
        if spread {
            let half = length / 2;
            words.push([at, at + half, at, at, at + 1, at + length - 1]);
            words.push([at + half, at + length, at + 1, at + length - 1, at + length, at + length]);
        } else {
            words.push([at, at + length, at, at, at + length, at + length]);
        }
        let started = if spread { length / 2 } else { 0 };
        at += [started, length, length + chance.below(9)][chance.below(3) as usize];
    }
    words
}

/// Two sets of one call.
fn sets(chance: &mut Chance, counts: [i32; 2]) -> [MomentSet; 2] {
    let speakers = [words(chance, 40), words(chance, 40)];
    counts.map(|count| set(chance, &speakers, count))
}

fn set(chance: &mut Chance, speakers: &[Vec<[i32; 6]>; 2], count: i32) -> MomentSet {
    let mut moments = Vec::new();
    for _ in 0..count {
        let speaker = chance.below(2) as usize;
        let own = &speakers[speaker];
        let first = chance.below(i32::try_from(own.len()).unwrap()) as usize;
        let last = (first + chance.below(4) as usize).min(own.len() - 1);
        let (a, b) = (own[first], own[last]);
        let worded = chance.below(3) > 0 && a[0] < b[1];
        let open = chance.below(6) == 0;
        let lowest = if open { first.saturating_sub(chance.below(2) as usize) } else { first };
        let highest = if open { (last + chance.below(3) as usize).min(own.len() - 1) } else { last };
        let (start, length) = (chance.below(300), 1 + chance.below(40));
        let slack = if chance.below(2) == 0 { 0 } else { chance.below(length) };
        moments.push(Moment {
            start: if worded { a[0] } else { start },
            end: if worded { b[1] } else { start + length },
            origin: if worded || chance.below(2) == 0 { Origin::speaker(speaker) } else { Origin::SILENCE },
            first: if worded { first as u32 } else { NO_WORD },
            last: if worded { last as u32 } else { NO_WORD },
            first_lo: if worded { lowest as u32 } else { NO_WORD },
            last_hi: if worded { highest as u32 } else { NO_WORD },
            start_lo: if worded { own[lowest][2].min(a[2]) } else { start - slack / 2 },
            start_hi: if worded { a[3] } else { start + slack / 3 },
            end_lo: if worded { b[4] } else { start + length - slack / 3 },
            end_hi: if worded { b[5].max(own[highest][5]) } else { start + length + slack / 2 },
            sure: u32::from(chance.below(3) > 0),
            edges: Edges::default(),
        });
    }
    let dark = (0..chance.below(12)).map(|_| {
        let start = chance.below(300);
        (start, start + 1 + chance.below(15))
    });
    MomentSet::new(moments, dark.collect())
}

fn relations(chance: &mut Chance) -> Vec<Relation> {
    let within = [Some(0), Some(5), Some(40), None][chance.below(4) as usize];
    vec![
        Relation::Beside(Side::After, within),
        Relation::Beside(Side::Before, within),
        Relation::Around,
        Relation::Holding,
        Relation::Meeting,
        Relation::Sharing,
        Relation::Ended,
        Relation::Interrupted(1 + chance.below(10)),
    ]
}

fn hidden_one(relation: Relation, a: &Moment, zone: Zone) -> bool {
    let reach = |within: Option<i32>| within.map_or(i64::from(i32::MAX), i64::from);
    let touches = zone.0 < a.end_hi && a.start_lo < zone.1;
    match relation {
        Relation::Beside(Side::After, d) => {
            zone.0 < a.start_hi && i64::from(zone.1) >= i64::from(a.start_lo) - reach(d)
        }
        Relation::Beside(Side::Before, d) => zone.1 > a.end_lo && i64::from(zone.0) <= i64::from(a.end_hi) + reach(d),
        Relation::Around => zone.0 <= a.start_hi && a.end_lo <= zone.1,
        Relation::Holding | Relation::Meeting | Relation::Sharing => touches,
        Relation::Ended => zone.0 < a.start_hi,
        Relation::Interrupted(_) => false,
    }
}

fn hidden_both(relation: Relation, hidden: Zone, other: Zone) -> bool {
    let reach = |within: Option<i32>| within.map_or(i64::from(i32::MAX), i64::from);
    match relation {
        Relation::Beside(Side::After, d) => other.0 < hidden.1 && i64::from(other.1) + reach(d) >= i64::from(hidden.0),
        Relation::Beside(Side::Before, d) => other.1 > hidden.0 && i64::from(other.0) <= i64::from(hidden.1) + reach(d),
        _ => other.0 < hidden.1 && hidden.0 < other.1,
    }
}

fn places(set: &MomentSet) -> Vec<Zone> {
    set.moments.iter().map(|b| (b.start_lo, b.end_hi)).chain(set.dark.iter().copied()).collect()
}

fn then_by_pairs(left: &MomentSet, right: &MomentSet, within: Option<i32>) -> MomentSet {
    let reach = within.map_or(i64::from(i32::MAX), i64::from);
    let mut moments = Vec::new();
    for (a, b) in left.moments.iter().flat_map(|a| right.moments.iter().map(move |b| (a, b))) {
        let told = order::precedes(a, b, within);
        if told != Truth::No {
            let joined = Moment { end: b.end, end_lo: b.end_lo, end_hi: b.end_hi, sure: a.sure & b.sure, ..*a };
            let [first, last, first_lo, last_hi] = [NO_WORD; 4];
            let joined = Moment { origin: Origin::SEQUENCE, first, last, first_lo, last_hi, ..joined };
            moments.push(joined.sure_if(told == Truth::Yes));
        }
    }
    let reachable = places(right);
    let mut dark: Vec<Zone> = Vec::new();
    for zone in &left.dark {
        let fits = |p: &&Zone| p.1 > zone.0 && i64::from(p.0) <= i64::from(zone.1) + reach;
        dark.push((zone.0, reachable.iter().filter(fits).map(|p| p.1).max().unwrap_or(zone.0)));
    }
    for zone in &right.dark {
        let fits = |a: &&Moment| a.end_lo < zone.1 && i64::from(a.end_hi) + reach >= i64::from(zone.0);
        let start = left.moments.iter().filter(fits).map(|a| a.start_lo).min();
        dark.push((start.map_or(zone.1, |start| start.min(zone.1)), zone.1));
    }
    MomentSet::new(moments, dark)
}

fn settled_by_pairs(set: &MomentSet, values: &[Truth]) -> Vec<Truth> {
    let worth =
        |place: usize| values[place].min(if set.moments[place].is_sure() { Truth::Yes } else { Truth::CannotTell });
    let settle = |place: usize, a: &Moment| {
        let mut value = values[place];
        for (other, b) in set.moments.iter().enumerate().filter(|(other, _)| *other != place) {
            if b.origin == a.origin && order::share(a, b) == Truth::Yes {
                value = value.or(worth(other));
            }
        }
        let hidden = value == Truth::No && set.dark.iter().any(|zone| order::touches(a, *zone));
        if hidden { Truth::CannotTell } else { value }
    };
    set.moments.iter().enumerate().map(|(place, a)| settle(place, a)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn relations_are_those_of_all_pairs(seed in any::<u64>()) {
        let mut chance = Chance(seed);
        let few = [40, 40, 40, 5][chance.below(4) as usize];
        let [left, right] = sets(&mut chance, [few, 40]);
        for relation in relations(&mut chance) {
            let swept = relation.all(&left.moments, &right);
            for (a, told) in left.moments.iter().zip(swept) {
                let pairs = right.moments.iter().map(|b| relation.told(a, b).min(if b.is_sure() { Truth::Yes } else { Truth::CannotTell }));
                let hidden = right.dark.iter().any(|zone| hidden_one(relation, a, *zone));
                let pairs = pairs.max().unwrap_or(Truth::No).or(if hidden { Truth::CannotTell } else { Truth::No });
                prop_assert_eq!(told, pairs, "{:?} {:?} {:?}", relation, a, right);
            }
            if !matches!(relation, Relation::Around) {
                let kept = left.dark.iter().filter(|hidden| places(&right).iter().any(|p| hidden_both(relation, **hidden, *p)));
                prop_assert_eq!(relation.dark(&left.dark, &right), kept.copied().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn asked_the_other_way_round_the_same_is_told(seed in any::<u64>()) {
        let mut chance = Chance(seed);
        let [asked, others] = sets(&mut chance, [20, 20]);
        for relation in relations(&mut chance) {
            let Some(reversed) = relation.reversed() else { continue };
            for b in &others.moments {
                for a in &asked.moments {
                    prop_assert_eq!(relation.told(a, b), reversed.told(b, a), "{:?}", relation);
                }
                let one = MomentSet { moments: vec![*b], dark: Vec::new() };
                let reached = !relation.dark(&asked.dark, &one).is_empty();
                let kept = nearby::Nearby::of(&asked).kept(&asked, relation, b);
                let told = asked.moments.iter().map(|a| relation.among_few(a, &one.moments)).collect();
                prop_assert_eq!(kept.moments, filter::kept(&asked.moments, told), "{:?} {:?}", relation, b);
                prop_assert_eq!(kept.dark, relation.dark(&asked.dark, &one), "{:?} {:?}", relation, b);
                prop_assert_eq!(relation.may_reach(&asked.dark, b), reached, "{:?} {:?} {:?}", relation, asked.dark, b);
            }
        }
    }

    #[test]
    fn chains_and_readings_are_those_of_all_pairs(seed in any::<u64>()) {
        let mut chance = Chance(seed);
        let [left, right] = sets(&mut chance, [30, 30]);
        for within in [None, Some(0), Some(25)] {
            prop_assert_eq!(then::then(&left, &right, within), then_by_pairs(&left, &right, within));
        }
        let values: Vec<Truth> = left.moments.iter().map(|_| Truth::from_code(chance.below(3) as u8).unwrap()).collect();
        prop_assert_eq!(fold::every_values(&left, &values), settled_by_pairs(&left, &values));
    }

    #[test]
    fn ranks_are_counted_right(seed in any::<u64>()) {
        let [set, _] = sets(&mut Chance(seed), [40, 0]);
        let ranks = ranks::Ranks::of(&set);
        for (place, m) in set.moments.iter().enumerate() {
            let others = || set.moments.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, x)| x);
            let ahead = others().filter(|x| x.is_sure() && order::surely_before(x, m)).count();
            let perhaps = others().filter(|x| !order::surely_before(m, x)).count();
            prop_assert_eq!(ranks.ahead(place, m), (ahead, perhaps));
            let behind = others().filter(|x| x.is_sure() && order::surely_before(m, x)).count();
            let perhaps = others().filter(|x| !order::surely_before(x, m)).count();
            prop_assert_eq!(ranks.behind(place, m), (behind, perhaps));
        }
    }

    /// What is surely there lies where it should, and what is not listed is hidden: of exact, sure sets.
    #[test]
    fn minus_covers_what_it_should(seed in any::<u64>()) {
        let mut chance = Chance(seed);
        let exact = |set: MomentSet| {
            let exact = |m: &Moment| Moment { sure: 1, ..Moment::exact(m.start, m.end.max(m.start + 1), m.origin) };
            MomentSet::new(set.moments.iter().map(exact).collect(), Vec::new())
        };
        let [left, right] = sets(&mut chance, [6, 8]).map(exact);
        let parts = minus::minus(&left, &right);
        prop_assert!(parts.dark.is_empty() && parts.moments.iter().all(Moment::is_sure));
        for origin in [Origin::speaker(0), Origin::speaker(1), Origin::SILENCE] {
            let covers = |set: &MomentSet, t: i32| set.moments.iter().any(|m| m.origin == origin && m.start <= t && t < m.end);
            for t in 0..400 {
                let cut = right.moments.iter().any(|m| m.start <= t && t < m.end);
                prop_assert_eq!(covers(&parts, t), covers(&left, t) && !cut);
            }
        }
    }
}

/// A speaker's one-word moments, none of them sure, every one of them anywhere in its minute, and as many dark zones.
fn worst(count: i32) -> MomentSet {
    let moment = |k: i32| Moment {
        start: 10 * k,
        end: 10 * k + 5,
        origin: Origin::speaker(usize::try_from(k % 3).unwrap()),
        first: k as u32,
        last: k as u32,
        first_lo: k as u32,
        last_hi: k as u32,
        start_lo: 10 * k - k % 7 * 500,
        start_hi: 10 * k + k % 5 * 500,
        end_lo: 10 * k + 5 - k % 7 * 500,
        end_hi: 10 * k + 5 + k % 5 * 500,
        sure: 0,
        edges: Edges::default(),
    };
    let dark = (0..count).map(|k| (20 * k, 20 * k + 3)).collect();
    MomentSet { moments: (0..count).map(moment).collect(), dark: merge_zones(dark) }
}

/// The same, and of none is it known how far it reaches.
fn worst_open(count: i32) -> MomentSet {
    let open = |m: Moment| Moment { first_lo: m.first.saturating_sub(3), last_hi: m.last + 6, sure: 1, ..m };
    let set = worst(count);
    MomentSet { moments: set.moments.into_iter().map(open).collect(), dark: set.dark }
}

/// Steps of all operations but `then`, whose pairs are listed.
fn work_of(left: &MomentSet, right: &MomentSet) -> u64 {
    let values = vec![Truth::No; left.moments.len()];
    let (steps, ()) = work::steps(|| {
        for relation in relations(&mut Chance(3)) {
            let _ = (relation.all(&left.moments, right), relation.dark(&left.dark, right));
        }
        for pick in [Pick::First(3), Pick::Last(2), Pick::Nth(2)] {
            let _ = combine::pick(pick, left);
        }
        let _ = (combine::except(left, right), fold::every_values(left, &values), fold::only_after(left, right));
        let _ = (fold::in_order(&[left, right, left]), phase::phase(left, right, true, WHOLE));
        let _ = minus::minus(left, right);
    });
    steps
}

#[test]
fn work_grows_no_faster_than_n_log_n() {
    let counts = [500, 1000, 2000, 4000];
    let steps = counts.map(|count| work_of(&worst(count), &worst(count)));
    for (pair, counts) in steps.windows(2).zip(counts.windows(2)) {
        assert!(pair[1] * 10 < pair[0] * 25, "{counts:?} moments took {pair:?} steps");
    }
}

/// As n log² n, twice as many are 2.4 times the work here.
#[test]
fn of_moments_of_unknown_reach_it_grows_no_faster_than_n_log_squared() {
    let counts = [1000, 2000, 4000, 8000];
    let steps = counts.map(|count| work_of(&worst_open(count), &worst_open(count)));
    for (pair, counts) in steps.windows(2).zip(counts.windows(2)) {
        assert!(pair[1] * 10 < pair[0] * 25, "{counts:?} moments took {pair:?} steps");
    }
}

#[test]
fn a_chain_costs_what_it_lists() {
    let short = |count: i32| {
        let moment = |k: i32| Moment::exact(100 * k, 100 * k + 10, Origin::SILENCE);
        let long = |k: i32| Moment::exact(100 * k, 100 * k + 150_000, Origin::OVERLAP);
        let left = MomentSet::new((0..count).map(moment).collect(), worst(count).dark);
        let right = MomentSet::new((0..count).map(moment).chain((0..count).map(long)).collect(), worst(count).dark);
        let (steps, found) = work::steps(|| then::then(&left, &right, Some(100)));
        assert!(found.moments.len() >= count as usize - 1 && found.moments.len() <= 3 * count as usize);
        steps
    };
    let steps = [500, 1000, 2000, 4000].map(short);
    for pair in steps.windows(2) {
        assert!(pair[1] * 10 < pair[0] * 25, "{steps:?}");
    }
}
