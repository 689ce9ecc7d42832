//! The parts of a scorecard that fall independently of each other. A criterion by itself is a part, and so is a section
//! with a condition or criticals: what its criteria earn together is not the sum of what each earns. Criteria that bear
//! on several parts are settled first: each way in which they can fall together is a *world*, and in a world all parts
//! are independent. Knows no arithmetic of scores.

use super::choices::{Choice, Choices, Fall, Tally, bonus, cap, falls, lower, struck, tally, verdicts};
use super::section;
use grille_evidence::outcome::Evaluation;
use grille_evidence::scorecard::{MOST_JOINT_WAYS, ScorecardSpec, SectionSpec};
use grille_evidence::truth::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// Looks up how criteria can still fall.
pub struct Falling<'a> {
    spec: &'a ScorecardSpec,
    evaluation: &'a Evaluation,
    shared: BTreeSet<usize>,
    settled: BTreeMap<usize, Fall>,
}

/// One way in which criteria that bear on several parts can fall, and what then can come of each part.
pub struct World {
    /// The parts; they fall independently.
    pub parts: Vec<Choices>,
    /// What can come of each section, criticals of the whole not looked at.
    pub sections: Vec<Choices>,
}

/// Every world of a scorecard; never none.
pub fn all(spec: &ScorecardSpec, evaluation: &Evaluation) -> Vec<World> {
    let shared = spec.shared();
    let mut settled: Vec<BTreeMap<usize, Fall>> = vec![BTreeMap::new()];
    let mut settling: BTreeSet<usize> = BTreeSet::new();
    for criterion in shared {
        let ways = falls(evaluation, criterion);
        if settled.len().saturating_mul(ways.len()) > MOST_JOINT_WAYS {
            continue;
        }
        settling.insert(criterion);
        let with = |world: &BTreeMap<usize, Fall>, fall: &Fall| {
            world.iter().map(|(c, f)| (*c, *f)).chain([(criterion, *fall)]).collect()
        };
        settled = settled.iter().flat_map(|world| ways.iter().map(move |fall| with(world, fall))).collect();
    }
    let world = |settled| Falling { spec, evaluation, shared: settling.clone(), settled }.world();
    settled.into_iter().map(world).collect()
}

impl Falling<'_> {
    /// The ways in which a criterion can fall in this world.
    pub fn ways(&self, criterion: usize) -> Vec<Fall> {
        match self.settled.get(&criterion) {
            Some(fall) => vec![*fall],
            None => falls(self.evaluation, criterion),
        }
    }

    /// The critical of the whole that strikes in doubt, if a criterion falls so.
    fn cap(&self, criterion: usize, fall: Fall) -> Option<i64> {
        let doubtful = struck(verdicts(self.evaluation, criterion)) == Truth::CannotTell;
        cap(&self.spec.criticals, criterion, fall).filter(|_| doubtful)
    }

    /// The same, for a criterion inside a section: one that also bears on something outside strikes there.
    pub fn cap_inside(&self, criterion: usize, fall: Fall) -> Option<i64> {
        self.cap(criterion, fall).filter(|_| !self.shared.contains(&criterion))
    }

    fn world(&self) -> World {
        let of_section = |section: &SectionSpec| {
            if section.is_plain() { self.plain(section) } else { section::choices(self, section) }
        };
        let sections: Vec<Choices> = self.spec.sections.iter().map(of_section).collect();
        let bound = self.spec.sections.iter().zip(&sections).filter(|(section, _)| !section.is_plain());
        let mut parts: Vec<Choices> = bound.map(|(_, choices)| choices.clone()).collect();
        parts.extend(self.alone().into_iter().map(|criterion| self.by_itself(criterion)));
        let without_caps = |choices: &Choices| choices.iter().map(|c| Choice { cap: None, ..*c }).collect();
        World { parts, sections: sections.iter().map(without_caps).collect() }
    }

    /// Criteria that bear on more than one section with a condition or criticals, or on something else.
    fn alone(&self) -> BTreeSet<usize> {
        let bound: BTreeSet<usize> =
            self.spec.sections.iter().filter(|s| !s.is_plain()).flat_map(SectionSpec::criteria).collect();
        let plain = self.spec.sections.iter().filter(|s| s.is_plain()).flat_map(SectionSpec::criteria);
        let bonus = self.spec.bonus.iter().map(|entry| entry.criterion);
        let criticals = self.spec.criticals.iter().map(|critical| critical.criterion).filter(|c| !bound.contains(c));
        plain.chain(bonus).chain(criticals).chain(self.shared.iter().copied()).collect()
    }

    /// What a criterion contributes outside of sections with a condition or criticals.
    fn by_itself(&self, criterion: usize) -> Choices {
        let own = |entry: &&grille_evidence::scorecard::EntrySpec| entry.criterion == criterion;
        let plain = self.spec.sections.iter().filter(|section| section.is_plain());
        let entries: Vec<_> = plain.flat_map(|section| &section.entries).filter(own).collect();
        let over: Vec<_> = self.spec.bonus.iter().filter(own).collect();
        let bound = self.spec.sections.iter().any(|s| !s.is_plain() && s.criteria().any(|c| c == criterion));
        let choice = |fall: Fall| {
            let points = entries.iter().map(|entry| tally(entry, fall)).chain(over.iter().map(|e| bonus(e, fall)));
            let strikes = !bound || self.shared.contains(&criterion);
            Choice {
                tally: points.fold(Tally::default(), Tally::plus),
                cap: self.cap(criterion, fall).filter(|_| strikes),
            }
        };
        self.ways(criterion).into_iter().map(choice).collect()
    }

    /// The least and the greatest of a section whose entries count each for itself: two choices that need not be reached
    /// together. For the trace; the score is computed from the entries.
    fn plain(&self, section: &SectionSpec) -> Choices {
        let mut ends = [Tally::default(); 2];
        for entry in &section.entries {
            let tallies: Vec<Tally> = self.ways(entry.criterion).iter().map(|fall| tally(entry, *fall)).collect();
            let earned = || tallies.iter().map(|t| t.earned);
            let possible = || tallies.iter().map(|t| t.possible);
            let least = Tally { earned: earned().min().unwrap_or(0), possible: possible().min().unwrap_or(0) };
            let most = Tally { earned: earned().max().unwrap_or(0), possible: possible().max().unwrap_or(0) };
            ends = [ends[0].plus(least), ends[1].plus(most)];
        }
        ends.into_iter().map(|tally| Choice { tally, cap: None }).collect()
    }
}

/// The lowest caps of choices that fall together.
pub fn together(one: Choice, other: Choice) -> Choice {
    Choice { tally: one.tally.plus(other.tally), cap: lower(one.cap, other.cap) }
}
