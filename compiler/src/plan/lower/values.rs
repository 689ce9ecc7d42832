//! Lowers values: operands before what is made of them.

use super::{Lowering, next};
use crate::checked::Moments;
use crate::checked::value::{self, Value, ValueKind};
use crate::plan::measure::{Measure, MeasureOp, Sample};
use crate::plan::{MeasureId, NodeId, Site};
use grille_evidence::executable::Defect;

impl Lowering<'_> {
    pub(super) fn value(&mut self, value: &Value) -> Result<MeasureId, Defect> {
        let op = match &value.kind {
            ValueKind::Constant(constant) => MeasureOp::Constant(constant.clone()),
            ValueKind::Attribute(id) => MeasureOp::Attribute(*id),
            ValueKind::Count(base) => MeasureOp::Count(self.moments(base, None)?),
            ValueKind::Total(base) => MeasureOp::Total(self.moments(base, None)?),
            ValueKind::PerMinute(of) => MeasureOp::PerMinute(self.value(of)?),
            ValueKind::Share(part, whole) => {
                MeasureOp::Share { part: self.moments(part, None)?, whole: self.moments(whole, None)? }
            }
            ValueKind::TalkShare(role) => MeasureOp::TalkShare(*role),
            ValueKind::SpeechRate(role, within) => {
                MeasureOp::SpeechRate { role: *role, within: self.place(within.as_ref())? }
            }
            ValueKind::Aggregate(which, of) => MeasureOp::Aggregate { which: *which, of: self.sample(of)? },
            ValueKind::PercentOf(share, of) => MeasureOp::PercentOf { share: *share, of: self.value(of)? },
            ValueKind::Relative(value, baseline) => {
                MeasureOp::Relative { value: self.value(value)?, baseline: self.value(baseline)? }
            }
        };
        let id = MeasureId(next(self.plan.measures.len()));
        let site = Site { span: value.span, name: None };
        self.plan.measures.push(Measure { op, dimension: value.dimension, site });
        Ok(id)
    }

    fn sample(&mut self, sample: &value::Sample) -> Result<Sample, Defect> {
        Ok(match sample {
            value::Sample::Lengths(base) => Sample::Lengths(self.moments(base, None)?),
            value::Sample::Levels(voice, within) => Sample::Levels(*voice, self.place(within.as_ref())?),
            value::Sample::Pitches(voice, within) => Sample::Pitches(*voice, self.place(within.as_ref())?),
        })
    }

    fn place(&mut self, within: Option<&Moments>) -> Result<Option<NodeId>, Defect> {
        within.map(|w| self.moments(w, None)).transpose()
    }
}
