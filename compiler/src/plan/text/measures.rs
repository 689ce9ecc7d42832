//! Values in the text form: writes them and reads them back.

use super::line::{Line, Read};
use super::words;
use crate::plan::measure::{Aggregate, Comparison, Constant, Measure, MeasureOp, Sample, Voice};
use crate::plan::{ConditionOp, MeasureId, NodeId, NodeOp};
use grille_evidence::call::Role;
use grille_evidence::rational::Rational;
use grille_evidence::value::Dimension;

/// The words of a value, without its number and its site.
pub(super) fn written(measure: &Measure) -> String {
    let op = match &measure.op {
        MeasureOp::Constant(Constant::Number(number)) => format!("number {}", ratio(*number)),
        MeasureOp::Constant(Constant::Text(text)) => format!("text {text:?}"),
        MeasureOp::Constant(Constant::Truth(told)) => format!("truth {told}"),
        MeasureOp::Attribute(id) => format!("attribute a{}", id.0),
        MeasureOp::Count(node) => format!("count m{}", node.0),
        MeasureOp::Total(node) => format!("total m{}", node.0),
        MeasureOp::PerMinute(of) => format!("per-minute v{}", of.0),
        MeasureOp::Share { part, whole } => format!("share m{} m{}", part.0, whole.0),
        MeasureOp::TalkShare(role) => format!("talk-share {}", role.words()),
        MeasureOp::SpeechRate { role, within } => format!("speech-rate {}{}", role.words(), place(*within)),
        MeasureOp::Aggregate { which, of } => format!("aggregate {} {}", aggregate(*which), sample(*of)),
        MeasureOp::PercentOf { share, of } => format!("percent-of {} v{}", ratio(*share), of.0),
        MeasureOp::Relative { value, baseline } => format!("relative v{} v{}", value.0, baseline.0),
    };
    format!("{op} as {}", dimension(measure.dimension))
}

fn ratio(number: Rational) -> String {
    format!("{}/{}", number.numerator, number.denominator)
}

fn place(within: Option<NodeId>) -> String {
    within.map(|node| format!(" in m{}", node.0)).unwrap_or_default()
}

fn aggregate(which: Aggregate) -> String {
    match which {
        Aggregate::Mean => "mean".to_owned(),
        Aggregate::Rank(rank) => format!("rank {rank}"),
        Aggregate::Least => "least".to_owned(),
        Aggregate::Greatest => "greatest".to_owned(),
    }
}

fn sample(sample: Sample) -> String {
    match sample {
        Sample::Lengths(node) => format!("lengths m{}", node.0),
        Sample::Levels(whose, within) => format!("levels {}{}", voice(whose), place(within)),
        Sample::Pitches(whose, within) => format!("pitches {}{}", voice(whose), place(within)),
    }
}

/// Whose voice.
pub(super) fn voice(voice: Voice) -> &'static str {
    match voice {
        Voice::Both => "both",
        Voice::Of(role) => role.words(),
    }
}

/// A dimension in one word.
fn dimension(dimension: Dimension) -> String {
    let mut word = String::new();
    for letter in format!("{dimension:?}").chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

/// A comparison, as a condition.
pub(super) fn compared(left: MeasureId, operator: Comparison, right: MeasureId, over: &[NodeId]) -> String {
    let nodes: String = over.iter().map(|node| format!(" m{}", node.0)).collect();
    format!("compare v{} {} v{} over{nodes}", left.0, operator.sign(), right.0)
}

/// Reads a comparison, its first word taken.
pub(super) fn compare(line: &mut Line) -> Read<ConditionOp> {
    let left = line.measure()?;
    let operator = line.one_of("a comparison", &Comparison::ALL, Comparison::sign)?;
    let right = line.measure()?;
    line.keyword("over")?;
    Ok(ConditionOp::Compare { left, operator, right, over: line.nodes()? })
}

/// Reads a voice's activity, its first word taken.
pub(super) fn speech_activity(line: &mut Line) -> Read<NodeOp> {
    read_voice(line).map(NodeOp::SpeechActivity)
}

/// A value, without its number.
pub(super) fn measure(line: &mut Line) -> Read<Measure> {
    let before = line.clone();
    let verb = line.made("a value", |word| Some(word.to_owned()))?;
    let op = match verb.as_str() {
        "number" => MeasureOp::Constant(Constant::Number(read_ratio(line)?)),
        "text" => MeasureOp::Constant(Constant::Text(line.quoted()?)),
        "truth" => MeasureOp::Constant(Constant::Truth(line.made("true or false", |word| word.parse().ok())?)),
        "attribute" => MeasureOp::Attribute(line.attribute()?),
        "count" => MeasureOp::Count(line.node()?),
        "total" => MeasureOp::Total(line.node()?),
        "per-minute" => MeasureOp::PerMinute(line.measure()?),
        "share" => MeasureOp::Share { part: line.node()?, whole: line.node()? },
        "talk-share" => MeasureOp::TalkShare(read_role(line)?),
        "speech-rate" => MeasureOp::SpeechRate { role: read_role(line)?, within: read_place(line)? },
        "aggregate" => MeasureOp::Aggregate { which: read_aggregate(line)?, of: read_sample(line)? },
        "percent-of" => MeasureOp::PercentOf { share: read_ratio(line)?, of: line.measure()? },
        "relative" => MeasureOp::Relative { value: line.measure()?, baseline: line.measure()? },
        _ => return before.expected("a value"),
    };
    line.keyword("as")?;
    let dimension = line.one_of("a dimension", &Dimension::ALL, dimension)?;
    Ok(Measure { op, dimension, site: line.site()? })
}

fn read_ratio(line: &mut Line) -> Read<Rational> {
    line.made("a ratio such as `3/2`", |word| {
        let (numerator, denominator) = word.split_once('/')?;
        Rational::of(numerator.parse().ok()?, denominator.parse().ok()?)
    })
}

fn read_role(line: &mut Line) -> Read<Role> {
    line.one_of("a role", &words::ROLES, Role::words)
}

fn read_voice(line: &mut Line) -> Read<Voice> {
    if line.take("both") { Ok(Voice::Both) } else { read_role(line).map(Voice::Of) }
}

fn read_place(line: &mut Line) -> Read<Option<NodeId>> {
    if line.take("in") { line.node().map(Some) } else { Ok(None) }
}

fn read_aggregate(line: &mut Line) -> Read<Aggregate> {
    Ok(if line.take("mean") {
        Aggregate::Mean
    } else if line.take("rank") {
        Aggregate::Rank(line.number()?)
    } else if line.take("least") {
        Aggregate::Least
    } else if line.take("greatest") {
        Aggregate::Greatest
    } else {
        return line.expected("`mean`, `rank`, `least` or `greatest`");
    })
}

fn read_sample(line: &mut Line) -> Read<Sample> {
    Ok(if line.take("lengths") {
        Sample::Lengths(line.node()?)
    } else if line.take("levels") {
        Sample::Levels(read_voice(line)?, read_place(line)?)
    } else if line.take("pitches") {
        Sample::Pitches(read_voice(line)?, read_place(line)?)
    } else {
        return line.expected("`lengths`, `levels` or `pitches`");
    })
}
