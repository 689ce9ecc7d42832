//! The hash of what a declaration means: free of layout, comments, order and names of what it reaches, covering all
//! it reaches, locale pack included.

use super::automaton::{Automaton, Position};
use super::measure::{MeasureOp, Sample};
use super::{
    ConditionId, ConditionOp, CriterionPlan, FilterOp, MeasureId, NodeId, NodeOp, PartlyPlan, PatternId, Plan, Symbol,
    lower,
};
use crate::checked::Checked;
use grille_evidence::executable::{CriterionKind, Defect};
use grille_evidence::locale::LocalePack;
use grille_evidence::scorecard::{CriticalSpec, EntrySpec};
use std::fmt::Write;

/// Writes the hashes of all criteria and scorecards into the plan. They cover what each means under the variants of lexicons,
/// too, where that is something else.
pub fn seal(plan: &mut Plan, variants: &[Plan]) {
    let plans: Vec<&Plan> = std::iter::once(&*plan).chain(variants).collect();
    let text = |plan: &Plan, index: usize| plan.criteria.get(index).map(|c| criterion(plan, c));
    let hashes: Vec<String> = (0..plan.criteria.len())
        .map(|index| in_all(&plans, |which| plans.get(which).and_then(|plan| text(plan, index))))
        .collect();
    for (criterion, hash) in plan.criteria.iter_mut().zip(&hashes) {
        criterion.info.hash.clone_from(hash);
    }
    let of = |index: usize| hashes.get(index).map_or("", String::as_str);
    for card in &mut plan.scorecards {
        let mut text = format!("scorecard {} {}", card.version, card.purpose.keyword());
        for section in &card.sections {
            let _ = write!(text, " section {:?} {:?}", section.title, section.applies.map(of));
            section.entries.iter().for_each(|entry| entry_text(entry, of(entry.criterion), &mut text));
            section.criticals.iter().for_each(|critical| critical_text(critical, of(critical.criterion), &mut text));
        }
        for entry in &card.bonus {
            text.push_str(" bonus");
            entry_text(entry, of(entry.criterion), &mut text);
        }
        text.push_str(" whole");
        card.criticals.iter().for_each(|critical| critical_text(critical, of(critical.criterion), &mut text));
        for grade in &card.grades {
            let _ = write!(text, " grade {:?} {}", grade.name, grade.from.0);
        }
        card.hash = hash(&text);
    }
}

/// The hash of what a part of a program means: in the program itself, the first of the plans, and in those variants in which
/// it means something else.
fn in_all(plans: &[&Plan], text: impl Fn(usize) -> Option<String>) -> String {
    let own = text(0).unwrap_or_default();
    let mut all = plans.first().map(|plan| edition(plan)).unwrap_or_default() + &own;
    for (which, plan) in plans.iter().enumerate().skip(1) {
        if let Some(other) = text(which).filter(|other| *other != own) {
            let _ = write!(all, " in {} {}{other}", plan.locale, edition(plan));
        }
    }
    hash(&all)
}

/// A declaration and the hash of what it means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meaning {
    /// `lexicon`, `moment`, `criterion`, `scorecard`.
    pub kind: &'static str,
    /// The name that it is shown under.
    pub name: String,
    /// The hash.
    pub hash: String,
}

/// The hash of every declaration of a program: its own lexicons, named moments, criteria and scorecards.
///
/// # Errors
/// A [`Defect`] where the program breaks what checking promises.
pub fn declarations(program: &Checked) -> Result<Vec<Meaning>, Defect> {
    let sealed = lower::lower(program)?;
    let named = std::iter::once(program).chain(&program.variants).map(lower::named).collect::<Result<Vec<_>, _>>()?;
    let plans: Vec<&Plan> = named.iter().map(|one| &one.plan).collect();
    let names = |of: &dyn Fn(&lower::Named) -> Vec<String>| named.first().map(of).unwrap_or_default();
    let mut all = Vec::new();
    for (at, name) in names(&|n| n.lexicons.iter().map(|l| l.0.clone()).collect()).into_iter().enumerate() {
        let text = |which: usize| {
            let named = named.get(which)?;
            let mut text = String::from(" lexicon ");
            pattern_text(&named.plan, named.lexicons.get(at)?.1, &mut text);
            Some(text)
        };
        all.push(Meaning { kind: "lexicon", name, hash: in_all(&plans, text) });
    }
    for (at, name) in names(&|n| n.moments.iter().map(|m| m.0.clone()).collect()).into_iter().enumerate() {
        let text = |which: usize| {
            let named = named.get(which)?;
            let mut text = String::from(" moment ");
            moments(&named.plan, named.moments.get(at)?.1, &mut text);
            Some(text)
        };
        all.push(Meaning { kind: "moment", name, hash: in_all(&plans, text) });
    }
    let declared = sealed.criteria.iter().filter(|c| c.info.kind == CriterionKind::Declared);
    let meaning = |kind, name: &String, hash: &String| Meaning { kind, name: name.clone(), hash: hash.clone() };
    all.extend(declared.map(|c| meaning("criterion", &c.info.name, &c.info.hash)));
    all.extend(sealed.scorecards.iter().map(|c| meaning("scorecard", &c.name, &c.hash)));
    Ok(all)
}

/// What every meaning rests on: the edition and the locale pack.
fn edition(plan: &Plan) -> String {
    let pack = LocalePack::for_tag(&plan.locale).map_or("", |p| p.hash());
    format!("grille 1 locale {pack}")
}

fn entry_text(entry: &EntrySpec, criterion: &str, text: &mut String) {
    let partly: Vec<i64> = entry.partly.iter().map(|p| p.0).collect();
    let _ = write!(text, " {criterion} {} {partly:?}", entry.points.0);
}

fn critical_text(critical: &CriticalSpec, criterion: &str, text: &mut String) {
    let _ = write!(text, " critical {criterion} {}", critical.score.0);
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

fn criterion(plan: &Plan, criterion: &CriterionPlan) -> String {
    let mut text = String::new();
    let mut clause = |name: &str, id: Option<ConditionId>| {
        if let Some(id) = id {
            let _ = write!(text, " {name} ");
            condition(plan, id, &mut text);
        }
    };
    clause("applies", criterion.applies);
    clause("not-met", criterion.not_met);
    clause("met", criterion.met);
    clause("excused", criterion.excused);
    clause("expect", criterion.whenever.map(|w| w.expect));
    if let Some(whenever) = criterion.whenever {
        let _ = write!(text, " whenever {:?} ", whenever.once_per);
        moments(plan, whenever.trigger, &mut text);
    }
    for step in &criterion.partly {
        match step {
            PartlyPlan::When(id) => {
                text.push_str(" partly ");
                condition(plan, *id, &mut text);
            }
            PartlyPlan::OfThem(share) => {
                let _ = write!(text, " partly-of-them {share}");
            }
        }
    }
    text
}

fn condition(plan: &Plan, id: ConditionId, text: &mut String) {
    let Some(found) = plan.condition(id) else { return };
    text.push('(');
    match &found.op {
        ConditionOp::Any(node) => named(plan, "any", &[*node], text),
        ConditionOp::No(node) => named(plan, "no", &[*node], text),
        ConditionOp::Every { base, filter } => {
            named(plan, "every", &[*base], text);
            filter_text(plan, filter, text);
        }
        ConditionOp::Count { base, bounds } => {
            let _ = write!(text, "count {} {:?} {}", bounds.least, bounds.most, bounds.outside);
            moments(plan, *base, text);
        }
        ConditionOp::OnlyAfter { left, right } => named(plan, "only-after", &[*left, *right], text),
        ConditionOp::InOrder(members) => named(plan, "in-order", members, text),
        ConditionOp::Compare { left, operator, right, .. } => {
            let _ = write!(text, "compare {operator:?}");
            measure(plan, *left, text);
            measure(plan, *right, text);
        }
        ConditionOp::Attribute(id, test) => {
            let _ = write!(text, "attribute {:?} {test:?}", plan.attributes.get(id.0 as usize));
        }
        ConditionOp::And(parts) => joined(plan, "and", parts, text),
        ConditionOp::Or(parts) => joined(plan, "or", parts, text),
        ConditionOp::Not(inner) => joined(plan, "not", &[*inner], text),
    }
    text.push(')');
}

fn measure(plan: &Plan, id: MeasureId, text: &mut String) {
    let Some(found) = plan.measure(id) else { return };
    let _ = write!(text, "({:?} ", found.dimension);
    match &found.op {
        MeasureOp::Constant(constant) => drop(write!(text, "{constant:?}")),
        MeasureOp::Attribute(id) => drop(write!(text, "attribute {:?}", plan.attributes.get(id.0 as usize))),
        MeasureOp::Count(_) => text.push_str("count"),
        MeasureOp::Total(_) => text.push_str("total"),
        MeasureOp::PerMinute(_) => text.push_str("per-minute"),
        MeasureOp::Share { .. } => text.push_str("share"),
        MeasureOp::TalkShare(role) => drop(write!(text, "talk-share {}", role.words())),
        MeasureOp::SpeechRate { role, .. } => drop(write!(text, "speech-rate {}", role.words())),
        MeasureOp::Aggregate { which, of } => drop(write!(text, "{which:?} {}", sample(*of))),
        MeasureOp::PercentOf { share, .. } => drop(write!(text, "percent-of {share:?}")),
        MeasureOp::Relative { .. } => text.push_str("relative"),
    }
    found.op.nodes().iter().for_each(|node| moments(plan, *node, text));
    found.op.children().iter().for_each(|child| measure(plan, *child, text));
    text.push(')');
}

fn sample(of: Sample) -> String {
    match of {
        Sample::Lengths(_) => "lengths".to_owned(),
        Sample::Levels(voice, _) => format!("levels {voice:?}"),
        Sample::Pitches(voice, _) => format!("pitches {voice:?}"),
    }
}

fn joined(plan: &Plan, name: &str, parts: &[ConditionId], text: &mut String) {
    text.push_str(name);
    parts.iter().for_each(|p| condition(plan, *p, text));
}

fn named(plan: &Plan, name: &str, nodes: &[NodeId], text: &mut String) {
    text.push_str(name);
    nodes.iter().for_each(|n| moments(plan, *n, text));
}

/// What the moments of a node mean, written out: equal for two nodes that mean the same.
#[must_use]
pub fn of_moments(plan: &Plan, id: NodeId) -> String {
    let mut text = String::new();
    moments(plan, id, &mut text);
    text
}

/// What a condition means, written out.
#[must_use]
pub fn of_condition(plan: &Plan, id: ConditionId) -> String {
    let mut text = String::new();
    condition(plan, id, &mut text);
    text
}

fn moments(plan: &Plan, id: NodeId, text: &mut String) {
    let Some(node) = plan.node(id) else { return };
    text.push('(');
    match &node.op {
        NodeOp::Says { role, asks, pattern, max_pause, unless_negated } => {
            let _ = write!(text, "says {} {asks} {max_pause} {unless_negated}", role.words());
            pattern_text(plan, *pattern, text);
        }
        NodeOp::Filter { base, filter } => {
            named(plan, "filter", &[*base], text);
            filter_text(plan, filter, text);
        }
        NodeOp::Union(parts) => named(plan, "union", parts, text),
        NodeOp::Except(left, right) => named(plan, "except", &[*left, *right], text),
        NodeOp::Minus(left, right) => named(plan, "minus", &[*left, *right], text),
        NodeOp::Phase { from, to, or_end } => named(plan, &format!("phase {or_end}"), &[*from, *to], text),
        NodeOp::Ordinal { pick, base } => named(plan, &format!("pick {pick:?}"), &[*base], text),
        NodeOp::Then { left, within, right } => named(plan, &format!("then {within:?}"), &[*left, *right], text),
        leaf => {
            let _ = write!(text, "{leaf:?}");
        }
    }
    text.push(')');
}

fn filter_text(plan: &Plan, filter: &FilterOp, text: &mut String) {
    match filter {
        FilterOp::Relation { side, within, right, negated } => {
            let _ = write!(text, "{side:?} {within:?} {negated}");
            moments(plan, *right, text);
        }
        FilterOp::Field(test) => {
            let _ = write!(text, "{test:?}");
        }
        FilterOp::Placed { place, right } => {
            let _ = write!(text, "{place:?}");
            moments(plan, *right, text);
        }
        FilterOp::Answered { within, with: Some(with), negated } => {
            let _ = write!(text, "answered {within} {negated} with");
            moments(plan, *with, text);
        }
        FilterOp::Words { most, right } => {
            let _ = write!(text, "words {most}");
            moments(plan, *right, text);
        }
        other => {
            let _ = write!(text, "{other:?}");
        }
    }
}

fn pattern_text(plan: &Plan, id: PatternId, text: &mut String) {
    let Some(pattern) = plan.pattern(id) else { return };
    let mut parts: Vec<String> = pattern
        .parts
        .iter()
        .map(|part| format!("[{} but {}]", phrases(plan, &part.phrases), phrases(plan, &part.but_not)))
        .collect();
    parts.sort_unstable();
    text.push_str(&parts.concat());
}

/// The order of a lexicon's lines means nothing, nor does saying one twice.
fn phrases(plan: &Plan, automata: &[Automaton]) -> String {
    let mut lines: Vec<String> = automata.iter().map(|a| phrase(plan, a)).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.join("|")
}

fn phrase(plan: &Plan, automaton: &Automaton) -> String {
    let mut text = String::from(if automaton.exactly { "exactly" } else { "" });
    for (position, follow) in automaton.positions.iter().zip(&automaton.follow) {
        match position {
            Position::Symbol(id) => match plan.symbols.get(id.0 as usize) {
                Some(Symbol::Exact(token)) => drop(write!(text, "={token:?}")),
                Some(Symbol::Prefix(token)) => drop(write!(text, "^{token:?}")),
                Some(Symbol::Stem(token)) => drop(write!(text, "~{token:?}")),
                Some(Symbol::Sound(token)) => drop(write!(text, "sound {token:?}")),
                Some(Symbol::Class(_)) | None => {}
            },
            Position::AnyWord => text.push('_'),
            Position::Span(id) => {
                if let Some(Symbol::Class(test)) = plan.symbols.get(id.0 as usize) {
                    let _ = write!(text, "<{} {:?}>", test.class.words(), test.digits);
                }
            }
            Position::Gap => text.push('.'),
        }
        let _ = write!(text, "{follow:?}");
    }
    let _ = write!(text, "{:?}{:?}", automaton.first, automaton.last);
    text
}
