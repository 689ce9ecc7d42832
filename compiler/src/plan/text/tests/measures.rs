//! Any values at all, well made or not, for the text form.

use super::plans::{any_site, any_text, node_id, role};
use crate::plan::measure::{Aggregate, Comparison, Constant, Measure, MeasureOp, Sample, Voice};
use crate::plan::{ConditionOp, MeasureId, NodeOp};
use grille_evidence::rational::Rational;
use grille_evidence::value::Dimension;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

fn measure_id() -> impl Strategy<Value = MeasureId> {
    any::<u32>().prop_map(MeasureId)
}

fn any_ratio() -> impl Strategy<Value = Rational> {
    (any::<i64>(), 1..=i64::MAX).prop_map(|(a, b)| Rational::of(a.into(), b.into()).expect("it fits"))
}

fn any_voice() -> impl Strategy<Value = Voice> {
    prop_oneof![Just(Voice::Both), role().prop_map(Voice::Of)]
}

fn any_sample() -> impl Strategy<Value = Sample> {
    prop_oneof![
        node_id().prop_map(Sample::Lengths),
        (any_voice(), of(node_id())).prop_map(|(voice, node)| Sample::Levels(voice, node)),
        (any_voice(), of(node_id())).prop_map(|(voice, node)| Sample::Pitches(voice, node)),
    ]
}

fn any_constant() -> impl Strategy<Value = Constant> {
    prop_oneof![
        any_ratio().prop_map(Constant::Number),
        any_text().prop_map(Constant::Text),
        any::<bool>().prop_map(Constant::Truth),
    ]
}

fn any_operation() -> impl Strategy<Value = MeasureOp> {
    let which = prop_oneof![
        Just(Aggregate::Mean),
        any::<u8>().prop_map(Aggregate::Rank),
        Just(Aggregate::Least),
        Just(Aggregate::Greatest),
    ];
    prop_oneof![
        any_constant().prop_map(MeasureOp::Constant),
        node_id().prop_map(MeasureOp::Count),
        node_id().prop_map(MeasureOp::Total),
        measure_id().prop_map(MeasureOp::PerMinute),
        (node_id(), node_id()).prop_map(|(part, whole)| MeasureOp::Share { part, whole }),
        role().prop_map(MeasureOp::TalkShare),
        (role(), of(node_id())).prop_map(|(role, within)| MeasureOp::SpeechRate { role, within }),
        (which, any_sample()).prop_map(|(which, of)| MeasureOp::Aggregate { which, of }),
        (any_ratio(), measure_id()).prop_map(|(share, of)| MeasureOp::PercentOf { share, of }),
        (measure_id(), measure_id()).prop_map(|(value, baseline)| MeasureOp::Relative { value, baseline }),
    ]
}

/// A value.
pub(super) fn any_measure() -> impl Strategy<Value = Measure> {
    (any_operation(), select(Dimension::ALL.to_vec()), any_site()).prop_map(|(op, dimension, site)| Measure {
        op,
        dimension,
        site,
    })
}

/// A comparison.
pub(super) fn any_comparison() -> impl Strategy<Value = ConditionOp> {
    (measure_id(), select(Comparison::ALL.to_vec()), measure_id(), vec(node_id(), 0..4))
        .prop_map(|(left, operator, right, over)| ConditionOp::Compare { left, operator, right, over })
}

/// Moments that values brought with them.
pub(super) fn any_source() -> impl Strategy<Value = NodeOp> {
    prop_oneof![Just(NodeOp::Conversation), any_voice().prop_map(NodeOp::SpeechActivity)]
}
