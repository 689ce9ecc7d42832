//! Reads what stands after `m3 =` and `c0 =`: operations on moments, tests on one of them, and conditions.

use super::line::{Line, Read};
use super::{measures, words};
use crate::plan::attribute::{Attribute, AttributeTest, WantedValue};
use crate::plan::event::{EventName, FieldName, FieldTest, Wanted};
use crate::plan::{Condition, ConditionOp, CountBounds, Extent, FilterOp, LengthBound, Node, NodeOp, Pick};
use grille_evidence::attribute::{AttributeType, Reading};
use grille_evidence::call::{EventKind, Role};
use grille_evidence::event::{EventField, TransferKind};

/// A node, without its number.
pub(super) fn node(line: &mut Line) -> Read<Node> {
    let op = moments(line)?;
    Ok(Node { op, uses_it: line.take("uses-it"), site: line.site()? })
}

/// A condition, without its number.
pub(super) fn condition(line: &mut Line) -> Read<Condition> {
    let op = condition_op(line)?;
    Ok(Condition { op, uses_it: line.take("uses-it"), site: line.site()? })
}

fn verb(line: &mut Line, what: &str) -> Read<String> {
    line.made(what, |word| Some(word.to_owned()))
}

fn moments(line: &mut Line) -> Read<NodeOp> {
    let before = line.clone();
    Ok(match verb(line, "an operation on moments")?.as_str() {
        "says" => says(line, false)?,
        "asks" => says(line, true)?,
        "event" => NodeOp::Event(EventName::Known(line.one_of("a kind of event", &EventKind::ALL, words::event)?)),
        "own-event" => NodeOp::Event(EventName::Own(line.quoted()?)),
        "turn" => NodeOp::Turn(role(line)?),
        "question" => NodeOp::Question(role(line)?),
        "silence" => NodeOp::Silence,
        "overlap" => NodeOp::Overlap,
        "conversation" => NodeOp::Conversation,
        "speech-activity" => measures::speech_activity(line)?,
        "response-gap" => NodeOp::ResponseGap(role(line)?),
        "interrupts" => {
            let (interrupter, interrupted) = (role(line)?, role(line)?);
            line.keyword("at-least")?;
            NodeOp::Interrupts { interrupter, interrupted, least: line.millis()? }
        }
        "it" => NodeOp::It,
        "filter" => NodeOp::Filter { base: line.node()?, filter: filter(line)? },
        "union" => NodeOp::Union(line.nodes()?),
        "except" => NodeOp::Except(line.node()?, line.node()?),
        "minus" => NodeOp::Minus(line.node()?, line.node()?),
        "phase" => {
            let (from, to) = (line.node()?, line.node()?);
            NodeOp::Phase { from, to, or_end: line.take("or-end") }
        }
        "first" => NodeOp::Ordinal { pick: Pick::First(line.number()?), base: line.node()? },
        "last" => NodeOp::Ordinal { pick: Pick::Last(line.number()?), base: line.node()? },
        "nth" => NodeOp::Ordinal { pick: Pick::Nth(line.number()?), base: line.node()? },
        "then" => {
            let (left, right) = (line.node()?, line.node()?);
            NodeOp::Then { left, within: within(line)?, right }
        }
        _ => return before.expected("an operation on moments"),
    })
}

fn role(line: &mut Line) -> Read<Role> {
    line.one_of("a role", &words::ROLES, Role::words)
}

fn says(line: &mut Line, asks: bool) -> Read<NodeOp> {
    let (role, pattern) = (role(line)?, line.pattern()?);
    line.keyword("pause")?;
    let max_pause = line.millis()?;
    Ok(NodeOp::Says { role, asks, pattern, max_pause, unless_negated: line.take("unless-negated") })
}

fn within(line: &mut Line) -> Read<Option<i32>> {
    if line.take("within") { line.millis().map(Some) } else { Ok(None) }
}

fn filter(line: &mut Line) -> Read<FilterOp> {
    if let Some(edge) = line.one_of_if_any(&words::EDGES, words::edge) {
        return Ok(FilterOp::Window { edge, extent: extent(line)? });
    }
    if let Some((side, negated)) = line.one_of_if_any(&words::SIDES, words::side) {
        let right = line.node()?;
        return Ok(FilterOp::Relation { side, within: within(line)?, right, negated });
    }
    if let Some(place) = line.one_of_if_any(&words::PLACES, words::place) {
        return Ok(FilterOp::Placed { place, right: line.node()? });
    }
    for (word, negated) in [("answered", false), ("unanswered", true)] {
        if line.take(word) {
            let within = line.millis()?;
            let with = if line.take("with") { Some(line.node()?) } else { None };
            return Ok(FilterOp::Answered { within, with, negated });
        }
    }
    if line.take("left-open") {
        return Ok(FilterOp::LeftOpen { millis: line.millis()? });
    }
    if line.take("words") {
        let right = line.node()?;
        line.keyword("at-most")?;
        return Ok(FilterOp::Words { most: line.number()?, right });
    }
    if line.take("where") {
        return Ok(FilterOp::Field(field_test(line)?));
    }
    let bound = if line.take("at-least") {
        LengthBound::AtLeast(line.millis()?)
    } else if line.take("longer-than") {
        LengthBound::LongerThan(line.millis()?)
    } else if line.take("shorter-than") {
        LengthBound::ShorterThan(line.millis()?)
    } else {
        return line.expected("a test on a moment");
    };
    Ok(FilterOp::Length { bound })
}

fn attribute_type(line: &mut Line) -> Read<AttributeType> {
    const NAMED: [AttributeType; 6] = [
        AttributeType::Boolean,
        AttributeType::Text,
        AttributeType::Date,
        AttributeType::Duration,
        AttributeType::Count,
        AttributeType::Share,
    ];
    if line.take("one-of") {
        return Ok(AttributeType::OneOf(std::iter::from_fn(|| line.quoted_if_any()).collect()));
    }
    line.made("a type", |word| NAMED.into_iter().find(|ty| words::attribute_type(ty) == word))
}

/// A declaration of an attribute, without its number.
pub(super) fn attribute(line: &mut Line) -> Read<Attribute> {
    let name = line.quoted()?;
    let ty = attribute_type(line)?;
    Ok(Attribute { name, ty, optional: line.take("optional") })
}

fn attribute_test(line: &mut Line) -> Read<AttributeTest> {
    let negated = line.take("is-not");
    if !negated {
        line.keyword("is")?;
    }
    let wanted = if line.take("known") {
        WantedValue::Known
    } else {
        line.keyword("one-of")?;
        WantedValue::OneOf(readings(line))
    };
    Ok(AttributeTest { wanted, negated })
}

fn readings(line: &mut Line) -> Vec<Reading> {
    std::iter::from_fn(|| reading(line)).collect()
}

fn reading(line: &mut Line) -> Option<Reading> {
    if let Some(text) = line.quoted_if_any() {
        return Some(Reading::Text(text));
    }
    let value = match line.head()? {
        "true" => Reading::Boolean(true),
        "false" => Reading::Boolean(false),
        word => match word.strip_prefix("nth-") {
            Some(place) => Reading::OneOf(place.parse().ok()?),
            None => Reading::Number(word.parse().ok()?),
        },
    };
    line.made("a value", |_| Some(value)).ok()
}

fn field_test(line: &mut Line) -> Read<FieldTest> {
    let field = if line.take("own") {
        let name = line.quoted()?;
        line.keyword("as")?;
        FieldName::Own(name, attribute_type(line)?)
    } else {
        FieldName::Known(line.one_of("a field", &EventField::ALL, EventField::words)?)
    };
    let negated = line.take("is-not");
    if !negated {
        line.keyword("is")?;
    }
    let wanted = if line.take("given") {
        Wanted::Given
    } else if line.take("role") {
        Wanted::Role(role(line)?)
    } else if line.take("kind") {
        Wanted::Kind(line.one_of("a kind of transfer", &TransferKind::ALL, TransferKind::words)?)
    } else if line.take("one-of") {
        Wanted::OneOf(readings(line))
    } else if line.take("between") {
        let least = if line.take("at-least") { Some(line.number()?) } else { None };
        Wanted::Between(least, if line.take("at-most") { Some(line.number()?) } else { None })
    } else {
        line.keyword("text")?;
        Wanted::Text(line.quoted()?)
    };
    Ok(FieldTest { field, wanted, negated })
}

fn extent(line: &mut Line) -> Read<Extent> {
    let mut ahead = line.clone();
    if let Ok(share) = ahead.share() {
        *line = ahead;
        return Ok(Extent::Share(share));
    }
    let mut ahead = line.clone();
    if let Ok(count) = ahead.number()
        && ahead.take("turns")
    {
        *line = ahead;
        return Ok(Extent::Turns { count, role: role(line)? });
    }
    line.millis().map(Extent::Millis)
}

fn condition_op(line: &mut Line) -> Read<ConditionOp> {
    let before = line.clone();
    Ok(match verb(line, "a condition")?.as_str() {
        "any" => ConditionOp::Any(line.node()?),
        "no" => ConditionOp::No(line.node()?),
        "every" => ConditionOp::Every { base: line.node()?, filter: filter(line)? },
        "count" => ConditionOp::Count { base: line.node()?, bounds: bounds(line)? },
        "only-after" => ConditionOp::OnlyAfter { left: line.node()?, right: line.node()? },
        "in-order" => ConditionOp::InOrder(line.nodes()?),
        "compare" => measures::compare(line)?,
        "attribute" => {
            let id = line.attribute()?;
            ConditionOp::Attribute(id, attribute_test(line)?)
        }
        "and" => ConditionOp::And(line.conditions()?),
        "or" => ConditionOp::Or(line.conditions()?),
        "not" => ConditionOp::Not(line.condition()?),
        _ => return before.expected("a condition"),
    })
}

fn bounds(line: &mut Line) -> Read<CountBounds> {
    line.keyword("at-least")?;
    let least = line.number()?;
    let most = if line.take("at-most") { Some(line.number()?) } else { None };
    Ok(CountBounds { least, most, outside: line.take("outside") })
}
