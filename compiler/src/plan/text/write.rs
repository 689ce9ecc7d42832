//! Writes a plan as text. Knows the plan and nothing of how its text is read.

use super::{PLAN_FORMAT, measures, words};
use crate::plan::attribute::{Attribute, AttributeTest, WantedValue};
use crate::plan::automaton::{Automaton, Position};
use crate::plan::event::{EventName, FieldName, FieldTest, Wanted};
use crate::plan::{
    ClassTest, ConditionId, ConditionOp, CountBounds, CriterionPlan, Extent, FilterOp, LengthBound, NodeId, NodeOp,
    PartlyPlan, Pattern, Pick, Plan, Site, Symbol, WheneverPlan,
};
use grille_evidence::attribute::{AttributeType, Reading};
use grille_evidence::executable::CriterionKind;
use grille_evidence::scorecard::{CriticalSpec, EntrySpec, ScorecardSpec};
use std::fmt::Display;

/// The whole plan.
pub(super) fn plan(plan: &Plan) -> String {
    let locale = if words::is_bare(&plan.locale) { plan.locale.clone() } else { format!("{:?}", plan.locale) };
    let mut text = format!("plan {PLAN_FORMAT}\nlocale {locale}\n");
    section(&mut text, &plan.attributes, |id, attribute| format!("attribute a{id} {}\n", declared(attribute)));
    section(&mut text, &plan.symbols, |id, symbol| format!("symbol s{id} {}\n", test(symbol)));
    section(&mut text, &plan.patterns, |id, found| pattern(plan, id, found));
    section(&mut text, &plan.nodes, |id, node| {
        format!("m{id} = {}{}{}\n", moments(&node.op), occasion(node.uses_it), site(&node.site))
    });
    section(&mut text, &plan.measures, |id, measure| {
        format!("v{id} = {}{}\n", measures::written(measure), site(&measure.site))
    });
    section(&mut text, &plan.conditions, |id, found| {
        format!("c{id} = {}{}{}\n", condition(&found.op), occasion(found.uses_it), site(&found.site))
    });
    section(&mut text, &plan.criteria, criterion);
    section(&mut text, &plan.scorecards, |_, card| scorecard(card));
    text
}

fn section<T>(text: &mut String, things: &[T], shown: impl Fn(usize, &T) -> String) {
    if !things.is_empty() {
        text.push('\n');
    }
    for (id, thing) in things.iter().enumerate() {
        text.push_str(&shown(id, thing));
    }
}

fn occasion(uses_it: bool) -> &'static str {
    if uses_it { " uses-it" } else { "" }
}

fn site(site: &Site) -> String {
    let place = format!("  @{}:{}-{}", site.span.file.0, site.span.start, site.span.end);
    place + &quoted(site.name.as_deref())
}

fn quoted(name: Option<&str>) -> String {
    name.map(|n| format!(" {n:?}")).unwrap_or_default()
}

fn test(symbol: &Symbol) -> String {
    match symbol {
        Symbol::Exact(token) => format!("= {token:?}"),
        Symbol::Prefix(token) => format!("^{token:?}"),
        Symbol::Stem(token) => format!("~{token:?}"),
        Symbol::Sound(token) => format!("sound {token:?}"),
        Symbol::Class(ClassTest { class, digits }) => {
            format!("class {}{}", class.words(), digits.map(|(l, m)| format!(" {l} {m}")).unwrap_or_default())
        }
    }
}

fn pattern(plan: &Plan, id: usize, pattern: &Pattern) -> String {
    let mut text = format!("pattern p{id}{}\n", quoted(pattern.name.as_deref()));
    for part in &pattern.parts {
        text.push_str("  part\n");
        part.phrases.iter().for_each(|a| text.push_str(&phrase(plan, "phrase", a)));
        part.but_not.iter().for_each(|a| text.push_str(&phrase(plan, "but not", a)));
    }
    text
}

fn phrase(plan: &Plan, heading: &str, automaton: &Automaton) -> String {
    let exactly = if automaton.exactly { " exactly" } else { "" };
    let line = automaton.positions.iter().fold(format!("    {heading}{exactly}"), |line, p| match p {
        Position::Symbol(id) => format!("{line} s{}", id.0),
        Position::AnyWord => format!("{line} _"),
        Position::Span(id) => format!("{line} <{}>", id.0),
        Position::Gap => format!("{line} ."),
    });
    let remark = automaton.positions.iter().fold(String::new(), |remark, p| match p {
        Position::Symbol(id) => match plan.symbols.get(id.0 as usize) {
            Some(Symbol::Exact(token)) => format!("{remark} {token:?}"),
            Some(other) => format!("{remark} {}", test(other)),
            None => format!("{remark} ?"),
        },
        Position::AnyWord => format!("{remark} _"),
        Position::Span(id) => match plan.symbols.get(id.0 as usize) {
            Some(symbol) => format!("{remark} {}", test(symbol)),
            None => format!("{remark} ?"),
        },
        Position::Gap => format!("{remark} ."),
    });
    let text = format!("{line:<36} ;{remark}\n");
    let plain = Automaton { exactly: automaton.exactly, ..chain(automaton.positions.clone()) };
    if *automaton == plain { text } else { text + &ways(automaton) }
}

/// The automaton of positions that simply follow one another: what a phrase is that says no more.
pub(super) fn chain(positions: Vec<Position>) -> Automaton {
    let count = positions.len();
    let at = |index: usize| u16::try_from(index).into_iter().collect::<Vec<u16>>();
    let last = count.checked_sub(1).map(at).unwrap_or_default();
    Automaton {
        first: if count == 0 { Vec::new() } else { at(0) },
        follow: (1..=count).map(|next| if next == count { Vec::new() } else { at(next) }).collect(),
        last,
        longest: u32::try_from(count).unwrap_or(u32::MAX),
        exactly: false,
        positions,
    }
}

fn ways(automaton: &Automaton) -> String {
    let follow: String = automaton.follow.iter().map(|next| format!(" {}", places(next))).collect();
    let (first, last) = (places(&automaton.first), places(&automaton.last));
    format!("      first {first} last {last} longest {} follow{follow}\n", automaton.longest)
}

fn places(positions: &[u16]) -> String {
    if positions.is_empty() {
        return "-".to_owned();
    }
    positions.iter().map(u16::to_string).collect::<Vec<_>>().join(",")
}

fn moments(op: &NodeOp) -> String {
    match op {
        NodeOp::Says { role, asks, pattern, max_pause, unless_negated } => {
            let verb = if *asks { "asks" } else { "says" };
            let negated = if *unless_negated { " unless-negated" } else { "" };
            format!("{verb} {} p{} pause {max_pause} ms{negated}", role.words(), pattern.0)
        }
        NodeOp::Event(EventName::Known(kind)) => format!("event {}", words::event(*kind)),
        NodeOp::Event(EventName::Own(name)) => format!("own-event {name:?}"),
        NodeOp::Turn(role) => format!("turn {}", role.words()),
        NodeOp::Question(role) => format!("question {}", role.words()),
        NodeOp::Silence => "silence".to_owned(),
        NodeOp::Overlap => "overlap".to_owned(),
        NodeOp::Conversation => "conversation".to_owned(),
        NodeOp::SpeechActivity(voice) => format!("speech-activity {}", measures::voice(*voice)),
        NodeOp::ResponseGap(role) => format!("response-gap {}", role.words()),
        NodeOp::Interrupts { interrupter, interrupted, least } => {
            format!("interrupts {} {} at-least {least} ms", interrupter.words(), interrupted.words())
        }
        NodeOp::It => "it".to_owned(),
        NodeOp::Filter { base, filter } => format!("filter m{} {}", base.0, filter_text(filter)),
        NodeOp::Union(parts) => format!("union{}", nodes(parts)),
        NodeOp::Except(left, right) => format!("except{}", nodes(&[*left, *right])),
        NodeOp::Minus(left, right) => format!("minus{}", nodes(&[*left, *right])),
        NodeOp::Phase { from, to, or_end } => {
            format!("phase{}{}", nodes(&[*from, *to]), if *or_end { " or-end" } else { "" })
        }
        NodeOp::Ordinal { pick, base } => match pick {
            Pick::First(count) => format!("first {count} m{}", base.0),
            Pick::Last(count) => format!("last {count} m{}", base.0),
            Pick::Nth(count) => format!("nth {count} m{}", base.0),
        },
        NodeOp::Then { left, within, right } => format!("then{}{}", nodes(&[*left, *right]), gap(*within)),
    }
}

fn nodes(ids: &[NodeId]) -> String {
    ids.iter().map(|id| format!(" m{}", id.0)).collect()
}

fn gap(within: Option<i32>) -> String {
    within.map(|millis| format!(" within {millis} ms")).unwrap_or_default()
}

fn filter_text(filter: &FilterOp) -> String {
    match filter {
        FilterOp::Window { edge, extent: Extent::Millis(millis) } => format!("{} {millis} ms", words::edge(*edge)),
        FilterOp::Window { edge, extent: Extent::Share(share) } => {
            format!("{} {} %", words::edge(*edge), thousandths(*share))
        }
        FilterOp::Window { edge, extent: Extent::Turns { count, role } } => {
            format!("{} {count} turns {}", words::edge(*edge), role.words())
        }
        FilterOp::Answered { within, with, negated } => {
            let with = with.map(|node| format!(" with m{}", node.0)).unwrap_or_default();
            format!("{} {within} ms{with}", if *negated { "unanswered" } else { "answered" })
        }
        FilterOp::LeftOpen { millis } => format!("left-open {millis} ms"),
        FilterOp::Words { most, right } => format!("words m{} at-most {most}", right.0),
        FilterOp::Field(test) => field_test(test),
        FilterOp::Length { bound: LengthBound::AtLeast(millis) } => format!("at-least {millis} ms"),
        FilterOp::Length { bound: LengthBound::LongerThan(millis) } => format!("longer-than {millis} ms"),
        FilterOp::Length { bound: LengthBound::ShorterThan(millis) } => format!("shorter-than {millis} ms"),
        FilterOp::Relation { side, within, right, negated } => {
            format!("{} m{}{}", words::side((*side, *negated)), right.0, gap(*within))
        }
        FilterOp::Placed { place, right } => format!("{} m{}", words::place(*place), right.0),
    }
}

fn declared(attribute: &Attribute) -> String {
    format!("{:?} {}{}", attribute.name, type_text(&attribute.ty), if attribute.optional { " optional" } else { "" })
}

fn type_text(ty: &AttributeType) -> String {
    match ty {
        AttributeType::OneOf(names) => names.iter().fold("one-of".to_owned(), |text, name| format!("{text} {name:?}")),
        other => words::attribute_type(other).to_owned(),
    }
}

fn readings(values: &[Reading]) -> String {
    values.iter().fold("one-of".to_owned(), |text, value| match value {
        Reading::Boolean(value) => format!("{text} {}", if *value { "true" } else { "false" }),
        Reading::Number(value) => format!("{text} {value}"),
        Reading::Text(value) => format!("{text} {value:?}"),
        Reading::OneOf(place) => format!("{text} nth-{place}"),
    })
}

fn attribute_test(test: &AttributeTest) -> String {
    let wanted = match &test.wanted {
        WantedValue::Known => "known".to_owned(),
        WantedValue::OneOf(values) => readings(values),
    };
    format!("{} {wanted}", if test.negated { "is-not" } else { "is" })
}

fn field_test(test: &FieldTest) -> String {
    let wanted = match &test.wanted {
        Wanted::Given => "given".to_owned(),
        Wanted::Role(role) => format!("role {}", role.words()),
        Wanted::Kind(kind) => format!("kind {}", kind.words()),
        Wanted::Text(text) => format!("text {text:?}"),
        Wanted::OneOf(values) => readings(values),
        Wanted::Between(least, most) => {
            let bound = |word: &str, bound: &Option<i64>| bound.map(|b| format!(" {word} {b}")).unwrap_or_default();
            format!("between{}{}", bound("at-least", least), bound("at-most", most))
        }
    };
    let field = match &test.field {
        FieldName::Known(field) => field.words().to_owned(),
        FieldName::Own(name, ty) => format!("own {name:?} as {}", type_text(ty)),
    };
    format!("where {field} {} {wanted}", if test.negated { "is-not" } else { "is" })
}

fn condition(op: &ConditionOp) -> String {
    match op {
        ConditionOp::Any(node) => format!("any m{}", node.0),
        ConditionOp::No(node) => format!("no m{}", node.0),
        ConditionOp::Every { base, filter } => format!("every m{} {}", base.0, filter_text(filter)),
        ConditionOp::Count { base, bounds } => format!("count m{} {}", base.0, count(bounds)),
        ConditionOp::OnlyAfter { left, right } => format!("only-after{}", nodes(&[*left, *right])),
        ConditionOp::InOrder(members) => format!("in-order{}", nodes(members)),
        ConditionOp::Compare { left, operator, right, over } => measures::compared(*left, *operator, *right, over),
        ConditionOp::Attribute(id, test) => format!("attribute a{} {}", id.0, attribute_test(test)),
        ConditionOp::And(parts) => format!("and{}", conditions(parts)),
        ConditionOp::Or(parts) => format!("or{}", conditions(parts)),
        ConditionOp::Not(inner) => format!("not c{}", inner.0),
    }
}

fn conditions(ids: &[ConditionId]) -> String {
    ids.iter().map(|id| format!(" c{}", id.0)).collect()
}

fn count(bounds: &CountBounds) -> String {
    let most = bounds.most.map(|most| format!(" at-most {most}")).unwrap_or_default();
    format!("at-least {}{most}{}", bounds.least, if bounds.outside { " outside" } else { "" })
}

fn criterion(id: usize, criterion: &CriterionPlan) -> String {
    let info = &criterion.info;
    let mut text = format!("criterion k{id} {:?}{}\n", info.name, site(&criterion.site));
    let mut clause = |heading: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("  {heading} {value}\n"));
        }
    };
    let one = |id: Option<ConditionId>| id.map(|id| format!("c{}", id.0));
    clause("title", (info.title != info.name).then(|| format!("{:?}", info.title)));
    clause("coaching", info.coaching.as_ref().map(|c| format!("{c:?}")));
    clause("hash", (!info.hash.is_empty()).then(|| format!("{:?}", info.hash)));
    clause("section-condition", (info.kind == CriterionKind::SectionCondition).then(String::new));
    for parameter in &info.parameters {
        clause("parameter", Some(format!("{:?} {:?}", parameter.name, parameter.value)));
    }
    clause("applies", one(criterion.applies));
    clause("whenever", criterion.whenever.map(whenever));
    clause("not-met", one(criterion.not_met));
    clause("met", one(criterion.met));
    for partly in &criterion.partly {
        clause(
            "partly",
            Some(match partly {
                PartlyPlan::When(id) => format!("c{}", id.0),
                PartlyPlan::OfThem(share) => format!("of-them {} %", thousandths(*share)),
            }),
        );
    }
    clause("excused", one(criterion.excused));
    let leaves = conditions(&criterion.leaves);
    clause("leaves", (!leaves.is_empty()).then(|| leaves.trim_start().to_owned()));
    text
}

fn whenever(whenever: WheneverPlan) -> String {
    let once = whenever.once_per.map(|period| format!(" once-per {period} ms")).unwrap_or_default();
    format!("m{}{once} expect c{}", whenever.trigger.0, whenever.expect.0)
}

fn entry(entry: &EntrySpec) -> String {
    let partly: String = entry.partly.iter().map(|p| format!(" {}", thousandths(p.0))).collect();
    let partly = if partly.is_empty() { partly } else { format!(" partly{partly}") };
    format!("k{} points {}{partly}", entry.criterion, thousandths(entry.points.0))
}

fn critical(critical: &CriticalSpec) -> String {
    format!("critical k{} becomes {} %", critical.criterion, thousandths(critical.score.0))
}

fn scorecard(card: &ScorecardSpec) -> String {
    let mut text = format!("scorecard {:?}\n", card.name);
    let mut line = |shown: &dyn Display| text.push_str(&format!("  {shown}\n"));
    if card.title != card.name {
        line(&format_args!("title {:?}", card.title));
    }
    line(&format_args!("version {:?}", card.version));
    line(&format_args!("purpose {}", card.purpose.keyword()));
    if !card.hash.is_empty() {
        line(&format_args!("hash {:?}", card.hash));
    }
    for section in &card.sections {
        let applies = section.applies.map(|k| format!(" applies k{k}")).unwrap_or_default();
        line(&format_args!("section {:?}{applies}", section.title));
        section.entries.iter().for_each(|e| line(&format_args!("  entry {}", entry(e))));
        section.criticals.iter().for_each(|c| line(&format_args!("  section-{}", critical(c))));
    }
    card.bonus.iter().for_each(|e| line(&format_args!("bonus {}", entry(e))));
    card.criticals.iter().for_each(|c| line(&critical(c)));
    for grade in &card.grades {
        line(&format_args!("grade {:?} from {} %", grade.name, thousandths(grade.from.0)));
    }
    text
}

/// A number in thousandths as a person writes it: 12 500 is `12.5`.
fn thousandths(value: i64) -> String {
    let (whole, rest) = (value.unsigned_abs() / 1000, value.unsigned_abs() % 1000);
    let sign = if value < 0 { "-" } else { "" };
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{}", format!("{rest:03}").trim_end_matches('0'))
}
