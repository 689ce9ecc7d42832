//! Plans to write and read: one that a person might meet, and any at all, well made or not.

use super::measures::{any_comparison, any_measure};
use crate::plan::attribute::{Attribute, AttributeId, AttributeTest, WantedValue};
use crate::plan::automaton::{Automaton, Position};
use crate::plan::event::{EventName, FieldName, FieldTest, Wanted};
use crate::plan::measure::{Aggregate, Comparison, Constant, Measure, MeasureOp, Sample};
use crate::plan::text::words::{EDGES, PLACES, ROLES, SIDES};
use crate::plan::{
    ClassTest, Condition, ConditionId, ConditionOp, CountBounds, CriterionPlan, Edge, Extent, FilterOp, LengthBound,
    MeasureId, Node, NodeId, NodeOp, PartlyPlan, Pattern, PatternId, PatternPart, Pick, Plan, Side, Site, Symbol,
    SymbolId, WheneverPlan,
};
use grille_evidence::attribute::{AttributeType, Reading};
use grille_evidence::call::{EventKind, Role};
use grille_evidence::event::{EventField, TransferKind};
use grille_evidence::executable::{CriterionInfo, CriterionKind};
use grille_evidence::locale::classes::Class;
use grille_evidence::rational::Rational;
use grille_evidence::scorecard::{
    CriticalSpec, EntrySpec, GradeSpec, Points, Purpose, ScorecardSpec, SectionSpec, Share,
};
use grille_evidence::trace::ParameterValue;
use grille_evidence::value::Dimension;
use grille_grammar::source::{FileId, Span};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

fn site(file: u32, start: u32, end: u32, name: Option<&str>) -> Site {
    Site { span: Span { file: FileId(file), start, end }, name: name.map(str::to_owned) }
}

/// The plan of the text that the tests show.
pub(super) fn sample() -> Plan {
    Plan {
        locale: "fr-FR".to_owned(),
        attributes: vec![Attribute {
            name: "file".to_owned(),
            ty: AttributeType::OneOf(vec!["support".to_owned()]),
            optional: true,
        }],
        symbols: vec![
            Symbol::Exact("bonjour".to_owned()),
            Symbol::Prefix("rembours".to_owned()),
            Symbol::Stem("appel".to_owned()),
        ],
        patterns: vec![Pattern { name: Some("accueil.salutation".to_owned()), parts: vec![sample_part()] }],
        nodes: sample_nodes(),
        measures: sample_measures(),
        conditions: sample_conditions(),
        criteria: vec![sample_criterion()],
        scorecards: vec![sample_scorecard()],
    }
}

fn sample_part() -> PatternPart {
    let symbol = |id| Position::Symbol(SymbolId(id));
    let single = Automaton {
        positions: vec![symbol(0)],
        first: vec![0],
        last: vec![0],
        follow: vec![vec![]],
        longest: 1,
        exactly: true,
    };
    let ways = Automaton {
        positions: vec![symbol(0), Position::Gap, Position::AnyWord, symbol(1)],
        first: vec![0],
        last: vec![3],
        follow: vec![vec![1, 2], vec![2], vec![3], vec![]],
        longest: 4,
        exactly: false,
    };
    let pair = Automaton {
        positions: vec![symbol(0), symbol(2)],
        first: vec![0],
        last: vec![1],
        follow: vec![vec![1], vec![]],
        longest: 2,
        exactly: true,
    };
    PatternPart { phrases: vec![single, ways], but_not: vec![pair] }
}

fn sample_nodes() -> Vec<Node> {
    let window = FilterOp::Window { edge: Edge::First, extent: Extent::Millis(10_000) };
    let relation = FilterOp::Relation { side: Side::After, within: Some(500), right: NodeId(2), negated: true };
    let says =
        NodeOp::Says { role: Role::Agent, asks: false, pattern: PatternId(0), max_pause: 2000, unless_negated: true };
    let filter = |base, filter| NodeOp::Filter { base: NodeId(base), filter };
    vec![
        Node { op: says, uses_it: false, site: site(0, 120, 160, Some("salutation")) },
        Node { op: filter(0, window), uses_it: false, site: site(0, 120, 190, None) },
        Node { op: NodeOp::It, uses_it: true, site: site(0, 195, 197, None) },
        Node { op: filter(1, relation), uses_it: true, site: site(0, 120, 197, None) },
        Node {
            op: NodeOp::Event(EventName::Known(EventKind::RecordingPaused)),
            uses_it: false,
            site: site(1, 3, 9, None),
        },
    ]
}

fn sample_measures() -> Vec<Measure> {
    let number = Rational::of(3, 2).expect("it fits");
    vec![
        Measure {
            op: MeasureOp::Aggregate { which: Aggregate::Rank(90), of: Sample::Lengths(NodeId(4)) },
            dimension: Dimension::Duration,
            site: site(0, 241, 249, None),
        },
        Measure {
            op: MeasureOp::Constant(Constant::Number(number)),
            dimension: Dimension::Duration,
            site: site(0, 252, 258, None),
        },
    ]
}

fn sample_conditions() -> Vec<Condition> {
    let count = ConditionOp::Count { base: NodeId(4), bounds: CountBounds { least: 1, most: Some(3), outside: true } };
    let (left, right) = (MeasureId(0), MeasureId(1));
    let compare = ConditionOp::Compare { left, operator: Comparison::NotEqual, right, over: vec![NodeId(4)] };
    let and = ConditionOp::And(vec![ConditionId(0), ConditionId(2)]);
    vec![
        Condition { op: ConditionOp::Any(NodeId(1)), uses_it: false, site: site(0, 200, 220, None) },
        Condition { op: ConditionOp::No(NodeId(3)), uses_it: true, site: site(0, 221, 230, None) },
        Condition { op: count, uses_it: false, site: site(0, 231, 240, None) },
        Condition { op: and, uses_it: false, site: site(0, 200, 240, None) },
        Condition { op: compare, uses_it: false, site: site(0, 241, 258, None) },
    ]
}

fn sample_criterion() -> CriterionPlan {
    CriterionPlan {
        info: CriterionInfo {
            name: "accueil".to_owned(),
            title: "Dire « bonjour »\nd'abord".to_owned(),
            coaching: None,
            hash: "ab12".to_owned(),
            kind: CriterionKind::Declared,
            parameters: vec![ParameterValue { name: "délai".to_owned(), value: "8 s".to_owned() }],
            steps: 2,
        },
        site: site(0, 80, 300, Some("accueil")),
        applies: Some(ConditionId(3)),
        whenever: Some(WheneverPlan { trigger: NodeId(1), once_per: Some(30_000), expect: ConditionId(1) }),
        not_met: None,
        met: None,
        partly: vec![PartlyPlan::OfThem(87_500), PartlyPlan::When(ConditionId(3))],
        excused: None,
        leaves: vec![ConditionId(0), ConditionId(2), ConditionId(1)],
    }
}

fn sample_scorecard() -> ScorecardSpec {
    let entry = EntrySpec { criterion: 0, points: Points(2000), partly: vec![Points(500), Points(250)] };
    ScorecardSpec {
        name: "qualité".to_owned(),
        title: "qualité".to_owned(),
        version: "2026-1".to_owned(),
        purpose: Purpose::ServiceQuality,
        sections: vec![SectionSpec {
            title: "Début".to_owned(),
            applies: Some(0),
            entries: vec![entry.clone()],
            criticals: vec![CriticalSpec { criterion: 0, score: Share(50_000) }],
        }],
        bonus: vec![entry],
        criticals: vec![CriticalSpec { criterion: 0, score: Share(0) }],
        grades: vec![
            GradeSpec { name: "A".to_owned(), from: Share(90_000) },
            GradeSpec { name: "B".to_owned(), from: Share(0) },
        ],
        hash: String::new(),
    }
}

pub(super) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z.-]{0,8}", any::<String>(), "[\"\\\\;\n\r\t\0{}' \u{85}\u{a0}\u{301}\u{2028}\u{feff}]{0,6}"]
}

pub(super) fn any_site() -> impl Strategy<Value = Site> {
    (any::<(u32, u32, u32)>(), of(any_text()))
        .prop_map(|((file, start, end), name)| Site { span: Span { file: FileId(file), start, end }, name })
}

fn any_symbol() -> impl Strategy<Value = Symbol> {
    let class = (select(Class::ALL.to_vec()), of(any::<(u8, u8)>()));
    (0..5, any_text(), class).prop_map(|(kind, text, (class, digits))| match kind {
        0 => Symbol::Exact(text),
        4 => Symbol::Sound(text),
        3 => Symbol::Class(ClassTest { class, digits }),
        1 => Symbol::Prefix(text),
        _ => Symbol::Stem(text),
    })
}

fn any_automaton() -> impl Strategy<Value = Automaton> {
    let position = prop_oneof![
        (0..6u32).prop_map(|id| Position::Symbol(SymbolId(id))),
        (0..6u32).prop_map(|id| Position::Span(SymbolId(id))),
        Just(Position::AnyWord),
        Just(Position::Gap),
    ];
    let places = || vec(any::<u16>(), 0..3);
    let loose = (vec(position.clone(), 0..5), places(), places(), vec(places(), 0..5), any::<(u32, bool)>()).prop_map(
        |(positions, first, last, follow, (longest, exactly))| Automaton {
            positions,
            first,
            last,
            follow,
            longest,
            exactly,
        },
    );
    prop_oneof![loose, vec(position, 0..5).prop_map(crate::plan::text::write::chain)]
}

fn any_pattern() -> impl Strategy<Value = Pattern> {
    let automata = || vec(any_automaton(), 0..3);
    let part = (automata(), automata()).prop_map(|(phrases, but_not)| PatternPart { phrases, but_not });
    (of(any_text()), vec(part, 0..3)).prop_map(|(name, parts)| Pattern { name, parts })
}

pub(super) fn node_id() -> impl Strategy<Value = NodeId> {
    any::<u32>().prop_map(NodeId)
}

fn condition_id() -> impl Strategy<Value = ConditionId> {
    any::<u32>().prop_map(ConditionId)
}

pub(super) fn role() -> impl Strategy<Value = Role> {
    select(ROLES.to_vec())
}

fn any_filter() -> impl Strategy<Value = FilterOp> {
    let turns = (any::<u32>(), select(ROLES.to_vec())).prop_map(|(count, role)| Extent::Turns { count, role });
    let extent = prop_oneof![any::<i32>().prop_map(Extent::Millis), any::<i64>().prop_map(Extent::Share), turns];
    let window = (select(EDGES.to_vec()), extent).prop_map(|(edge, extent)| FilterOp::Window { edge, extent });
    let bound = (0..3, any::<i32>()).prop_map(|(kind, millis)| match kind {
        0 => LengthBound::AtLeast(millis),
        1 => LengthBound::LongerThan(millis),
        _ => LengthBound::ShorterThan(millis),
    });
    let relation = (select(SIDES.to_vec()), of(any::<i32>()), node_id())
        .prop_map(|((side, negated), within, right)| FilterOp::Relation { side, within, right, negated });
    let placed = (select(PLACES.to_vec()), node_id()).prop_map(|(place, right)| FilterOp::Placed { place, right });
    let answered = (any::<i32>(), of(node_id()), any::<bool>())
        .prop_map(|(within, with, negated)| FilterOp::Answered { within, with, negated });
    let dialogue = prop_oneof![answered, any::<i32>().prop_map(|millis| FilterOp::LeftOpen { millis })];
    let words = (any::<u32>(), node_id()).prop_map(|(most, right)| FilterOp::Words { most, right });
    prop_oneof![
        window,
        bound.prop_map(|bound| FilterOp::Length { bound }),
        relation,
        placed,
        words,
        dialogue,
        any_field_test().prop_map(FilterOp::Field)
    ]
}

fn any_field_test() -> impl Strategy<Value = FieldTest> {
    let wanted = prop_oneof![
        Just(Wanted::Given),
        role().prop_map(Wanted::Role),
        select(TransferKind::ALL.to_vec()).prop_map(Wanted::Kind),
        any_text().prop_map(Wanted::Text),
        vec(any_reading(), 0..3).prop_map(Wanted::OneOf),
        any::<(Option<i64>, Option<i64>)>().prop_map(|(least, most)| Wanted::Between(least, most)),
    ];
    let field = prop_oneof![
        select(EventField::ALL.to_vec()).prop_map(FieldName::Known),
        (any_text(), any_type()).prop_map(|(name, ty)| FieldName::Own(name, ty)),
    ];
    (field, wanted, any::<bool>()).prop_map(|(field, wanted, negated)| FieldTest { field, wanted, negated })
}

fn any_source() -> impl Strategy<Value = NodeOp> {
    let says =
        (role(), any::<(bool, u32, i32, bool)>()).prop_map(|(role, (asks, pattern, max_pause, unless_negated))| {
            NodeOp::Says { role, asks, pattern: PatternId(pattern), max_pause, unless_negated }
        });
    let interrupts = (role(), role(), any::<i32>()).prop_map(|(interrupter, interrupted, least)| NodeOp::Interrupts {
        interrupter,
        interrupted,
        least,
    });
    prop_oneof![
        says,
        select(EventKind::ALL.to_vec()).prop_map(|kind| NodeOp::Event(EventName::Known(kind))),
        any_text().prop_map(|name| NodeOp::Event(EventName::Own(name))),
        role().prop_map(NodeOp::Turn),
        role().prop_map(NodeOp::Question),
        select(ROLES.to_vec()).prop_map(NodeOp::Question),
        Just(NodeOp::Silence),
        Just(NodeOp::Overlap),
        role().prop_map(NodeOp::ResponseGap),
        interrupts,
        Just(NodeOp::It),
        super::measures::any_source(),
    ]
}

fn any_moments() -> impl Strategy<Value = NodeOp> {
    let pick = prop_oneof![
        any::<u32>().prop_map(Pick::First),
        any::<u32>().prop_map(Pick::Last),
        any::<u32>().prop_map(Pick::Nth)
    ];
    prop_oneof![
        any_source(),
        (node_id(), any_filter()).prop_map(|(base, filter)| NodeOp::Filter { base, filter }),
        vec(node_id(), 0..4).prop_map(NodeOp::Union),
        (node_id(), node_id()).prop_map(|(left, right)| NodeOp::Except(left, right)),
        (node_id(), node_id()).prop_map(|(left, right)| NodeOp::Minus(left, right)),
        (node_id(), node_id(), any::<bool>()).prop_map(|(from, to, or_end)| NodeOp::Phase { from, to, or_end }),
        (pick, node_id()).prop_map(|(pick, base)| NodeOp::Ordinal { pick, base }),
        (node_id(), of(any::<i32>()), node_id()).prop_map(|(left, within, right)| NodeOp::Then { left, within, right }),
    ]
}

fn any_type() -> impl Strategy<Value = AttributeType> {
    prop_oneof![
        select(vec![
            AttributeType::Boolean,
            AttributeType::Text,
            AttributeType::Date,
            AttributeType::Duration,
            AttributeType::Count,
            AttributeType::Share,
        ]),
        vec(any_text(), 0..3).prop_map(AttributeType::OneOf),
    ]
}

fn any_reading() -> impl Strategy<Value = Reading> {
    prop_oneof![
        any::<bool>().prop_map(Reading::Boolean),
        any::<i64>().prop_map(Reading::Number),
        any_text().prop_map(Reading::Text),
        any::<usize>().prop_map(Reading::OneOf),
    ]
}

fn any_attribute() -> impl Strategy<Value = Attribute> {
    (any_text(), any_type(), any::<bool>()).prop_map(|(name, ty, optional)| Attribute { name, ty, optional })
}

fn any_attribute_test() -> impl Strategy<Value = AttributeTest> {
    let wanted = prop_oneof![Just(WantedValue::Known), vec(any_reading(), 0..3).prop_map(WantedValue::OneOf)];
    (wanted, any::<bool>()).prop_map(|(wanted, negated)| AttributeTest { wanted, negated })
}

fn any_condition() -> impl Strategy<Value = ConditionOp> {
    let count = (node_id(), any::<(u32, Option<u32>, bool)>()).prop_map(|(base, (least, most, outside))| {
        ConditionOp::Count { base, bounds: CountBounds { least, most, outside } }
    });
    prop_oneof![
        node_id().prop_map(ConditionOp::Any),
        node_id().prop_map(ConditionOp::No),
        (node_id(), any_filter()).prop_map(|(base, filter)| ConditionOp::Every { base, filter }),
        count,
        any_comparison(),
        (node_id(), node_id()).prop_map(|(left, right)| ConditionOp::OnlyAfter { left, right }),
        vec(node_id(), 0..4).prop_map(ConditionOp::InOrder),
        (any::<u32>(), any_attribute_test()).prop_map(|(id, test)| ConditionOp::Attribute(AttributeId(id), test)),
        vec(condition_id(), 0..4).prop_map(ConditionOp::And),
        vec(condition_id(), 0..4).prop_map(ConditionOp::Or),
        condition_id().prop_map(ConditionOp::Not),
    ]
}

fn any_criterion() -> impl Strategy<Value = CriterionPlan> {
    let partly = prop_oneof![condition_id().prop_map(PartlyPlan::When), any::<i64>().prop_map(PartlyPlan::OfThem)];
    let kind = select(vec![CriterionKind::Declared, CriterionKind::SectionCondition]);
    let parameter = (any_text(), any_text()).prop_map(|(name, value)| ParameterValue { name, value });
    let known = (any_text(), of(any_text()), of(any_text()), any_text(), kind, vec(parameter, 0..3));
    let info = known.prop_map(|(name, title, coaching, hash, kind, parameters)| CriterionInfo {
        title: title.unwrap_or_else(|| name.clone()),
        name,
        coaching,
        hash,
        kind,
        parameters,
        steps: 0,
    });
    let clauses = [(); 4].map(|()| of(condition_id()));
    let whenever = (node_id(), of(any::<i32>()), condition_id()).prop_map(|(trigger, once_per, expect)| WheneverPlan {
        trigger,
        once_per,
        expect,
    });
    (info, any_site(), clauses, of(whenever), vec(partly, 0..4), vec(condition_id(), 0..4)).prop_map(
        |(info, site, [applies, not_met, met, excused], whenever, partly, leaves)| CriterionPlan {
            info: CriterionInfo { steps: partly.len(), ..info },
            site,
            applies,
            whenever,
            not_met,
            met,
            partly,
            excused,
            leaves,
        },
    )
}

fn any_scorecard() -> impl Strategy<Value = ScorecardSpec> {
    let entry = || {
        (any::<(usize, i64)>(), vec(any::<i64>(), 0..3)).prop_map(|((criterion, points), partly)| EntrySpec {
            criterion,
            points: Points(points),
            partly: partly.into_iter().map(Points).collect(),
        })
    };
    let critical =
        || any::<(usize, i64)>().prop_map(|(criterion, score)| CriticalSpec { criterion, score: Share(score) });
    let section = (any_text(), of(any::<usize>()), vec(entry(), 0..3), vec(critical(), 0..2))
        .prop_map(|(title, applies, entries, criticals)| SectionSpec { title, applies, entries, criticals });
    let grade = (any_text(), any::<i64>()).prop_map(|(name, from)| GradeSpec { name, from: Share(from) });
    let head = (any_text(), of(any_text()), any_text(), select(Purpose::ALL.to_vec()), any_text());
    (head, vec(section, 0..3), vec(entry(), 0..2), vec(critical(), 0..3), vec(grade, 0..3)).prop_map(
        |((name, title, version, purpose, hash), sections, bonus, criticals, grades)| ScorecardSpec {
            title: title.unwrap_or_else(|| name.clone()),
            name,
            version,
            purpose,
            sections,
            bonus,
            criticals,
            grades,
            hash,
        },
    )
}

/// Any plan at all; its numbers need not name anything.
pub(super) fn any_plan() -> impl Strategy<Value = Plan> {
    let nodes = (any_moments(), any::<bool>(), any_site()).prop_map(|(op, uses_it, site)| Node { op, uses_it, site });
    let conditions =
        (any_condition(), any::<bool>(), any_site()).prop_map(|(op, uses_it, site)| Condition { op, uses_it, site });
    let phrases = (vec(any_attribute(), 0..3), vec(any_symbol(), 0..5), vec(any_pattern(), 0..3));
    let trees = (vec(nodes, 0..6), vec(any_measure(), 0..6), vec(conditions, 0..6));
    (any_text(), phrases, trees, vec(any_criterion(), 0..3), vec(any_scorecard(), 0..3)).prop_map(
        |(locale, (attributes, symbols, patterns), (nodes, measures, conditions), criteria, scorecards)| Plan {
            locale,
            attributes,
            symbols,
            patterns,
            nodes,
            measures,
            conditions,
            criteria,
            scorecards,
        },
    )
}
