//! How the work grows with occasions and moments: as n log n where a leaf is told of all at once, with what is near an
//! occasion where it is not.

use super::near::Near;
use super::{Evaluator, on_each, shape};
use crate::algebra::work;
use crate::interpret::conditions::Leaves;
use crate::plan::{
    Condition, ConditionId, ConditionOp, CountBounds, FilterOp, Node, NodeId, NodeOp, Place, Plan, Side, Site,
};
use grille_evidence::executable::Defect;
use grille_evidence::facts::CallFacts;
use grille_evidence::moment::{Moment, MomentSet, Origin};
use grille_evidence::outcome::LeafOutcome;
use grille_evidence::truth::Truth;

const SILENCE: NodeId = NodeId(0);
const IT: NodeId = NodeId(1);
const NEAR_IT: NodeId = NodeId(2);

/// `silence`, `it`, and those of the first that lie so to the second.
fn plan(filter: FilterOp, leaf: ConditionOp) -> Plan {
    let node = |op: NodeOp, uses_it: bool| Node { op, uses_it, site: Site::default() };
    Plan {
        locale: "fr-FR".to_owned(),
        attributes: Vec::new(),
        symbols: Vec::new(),
        patterns: Vec::new(),
        nodes: vec![
            node(NodeOp::Silence, false),
            node(NodeOp::It, true),
            node(NodeOp::Filter { base: SILENCE, filter }, true),
        ],
        measures: Vec::new(),
        conditions: vec![Condition { op: leaf, uses_it: true, site: Site::default() }],
        criteria: Vec::new(),
        scorecards: Vec::new(),
    }
}

/// Knows the silences, and nothing of single occasions.
struct Silences {
    plan: Plan,
    set: MomentSet,
    asked: usize,
}

impl Evaluator for Silences {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn facts(&self) -> &CallFacts {
        panic!("nobody asks for the call")
    }

    fn prepare(&mut self, id: NodeId) -> Result<(), Defect> {
        assert_eq!(id, SILENCE);
        Ok(())
    }

    fn known(&self, id: NodeId) -> &MomentSet {
        assert_eq!(id, SILENCE);
        &self.set
    }

    fn leaf_on(&mut self, _: ConditionId, _: Option<Moment>) -> Result<LeafOutcome, Defect> {
        self.asked += 1;
        Ok(LeafOutcome { value: Some(Truth::No), evidence: None })
    }
}

/// So many moments in a row, each of which is long and shares time with the next thousand.
fn dense(count: i32, origin: Origin) -> MomentSet {
    let moments = (0..count).map(|k| Moment::exact(10 * k, 10 * k + 10_000, origin)).collect();
    MomentSet::new(moments, vec![(5, 7)])
}

fn relations() -> Vec<FilterOp> {
    let beside = |side, within| FilterOp::Relation { side, within, right: IT, negated: false };
    let placed = |place| FilterOp::Placed { place, right: IT };
    let mut all = vec![placed(Place::During), placed(Place::Overlapping)];
    for side in [Side::After, Side::Before] {
        all.extend([Some(0), Some(15_000), None].map(|within| beside(side, within)));
    }
    all
}

#[test]
fn all_occasions_are_told_in_n_log_n() {
    for filter in relations() {
        for leaf in [ConditionOp::Any(NEAR_IT), ConditionOp::No(NEAR_IT), ConditionOp::InOrder(vec![IT, SILENCE])] {
            let steps = [500, 1000, 2000, 4000].map(|count| {
                let plan = plan(filter.clone(), leaf.clone());
                let mut engine = Silences { plan, set: dense(count, Origin::SILENCE), asked: 0 };
                let occasions = dense(count, Origin::OVERLAP);
                let (steps, told) =
                    work::steps(|| on_each(&mut engine, ConditionId(0), &occasions, &mut Leaves::new()));
                assert_eq!(told.map(|told| told.len()), Ok(occasions.moments.len()));
                assert_eq!(engine.asked, 1, "only what is shown is looked at by itself");
                steps
            });
            for pair in steps.windows(2) {
                assert!(pair[0] > 500 && pair[1] * 10 < pair[0] * 25, "{filter:?} {leaf:?}: {steps:?}");
            }
        }
    }
}

#[test]
fn one_by_one_costs_what_is_near() {
    let filter = FilterOp::Relation { side: Side::After, within: Some(50), right: IT, negated: false };
    let bounds = CountBounds { least: 2, most: None, outside: false };
    let leaf = ConditionOp::Count { base: NEAR_IT, bounds };
    let plan = plan(filter.clone(), leaf.clone());
    assert!(!shape::is_told_at_once(&plan, &leaf) && shape::looks_near(&plan, &leaf));
    let short = |count: i32, at: i32| {
        let moments = (0..count).map(|k| Moment::exact(100 * k + at, 100 * k + at + 40, Origin::SILENCE)).collect();
        MomentSet::new(moments, Vec::new())
    };
    let steps = [500, 1000, 2000, 4000].map(|count| {
        let (set, occasions) = (short(count, 50), short(count, 0));
        let mut near = Near::default();
        let (steps, ()) = work::steps(|| {
            for occasion in &occasions.moments {
                let one = MomentSet { moments: vec![*occasion], dark: Vec::new() };
                let found = near.filtered(SILENCE, &set, &filter, &one).expect("one occasion");
                assert_eq!(found.moments.len(), 1);
            }
        });
        steps
    });
    for pair in steps.windows(2) {
        assert!(pair[0] > 500 && pair[1] * 10 < pair[0] * 25, "{steps:?}");
    }
}
