//! The terminal view of a trace: a tree with ticks and crosses, evidence quoted from the call.

use super::measured::{inside, measured};
use super::quote::Quotes;
use super::{header, ink, reasons, scores};
use grille_evidence::call::Call;
use grille_evidence::rational::Rational;
use grille_evidence::scorecard::GradeSpec;
use grille_evidence::trace::{ClauseRole, CriterionTrace, Node, Observed, Operation, ReasonCode, Trace};
use grille_evidence::truth::{Truth, Verdict};
use grille_evidence::value::Measured;
use std::fmt::Write;

/// As many pieces of evidence are quoted for a node.
const MOST_QUOTED: usize = 3;

/// The whole trace.
pub fn render(trace: &Trace, call: &Call, grades: &[GradeSpec]) -> String {
    let quotes = Quotes::new(call);
    let mut text = String::new();
    header::render(trace, &mut text);
    if let Some(score) = &trace.score {
        scores::render(score, grades, &mut text);
    }
    for criterion in &trace.criteria {
        text.push('\n');
        self::criterion(criterion, trace, &quotes, &mut text);
    }
    text
}

fn criterion(criterion: &CriterionTrace, trace: &Trace, quotes: &Quotes<'_>, text: &mut String) {
    let points = trace.score.as_ref().and_then(|s| scores::points_of(s, &criterion.criterion));
    let points = points.map(|p| format!("   {p}")).unwrap_or_default();
    let title = ink::strong(&criterion.title);
    let sign = ink::sign(criterion.verdicts);
    let _ = writeln!(text, "{sign} {title} — {}{points}", said(criterion));
    let named = Some(criterion.criterion.clone()).filter(|name| *name != criterion.title);
    let parameters = criterion.parameters.iter().map(|p| format!("{} = {}", p.name, p.value));
    let known: Vec<String> = named.into_iter().chain(parameters).collect();
    if !known.is_empty() {
        let _ = writeln!(text, "  {}", ink::faint(&known.join(" · ")));
    }
    for clause in &criterion.clauses {
        let line = clause_line(clause.clause, &clause.node);
        let _ = writeln!(text, "  {} {line}", ink::truth(clause.value));
        details(&clause.node, quotes, "      ", text);
        branches(&clause.node, quotes, "    ", text);
    }
    if let Some(advice) = &criterion.coaching {
        let _ = writeln!(text, "  → {advice}");
    }
}

/// The verdict in words, with the step of partly met where there are several.
fn said(criterion: &CriterionTrace) -> String {
    if criterion.section_condition {
        return match criterion.verdicts.told() {
            Some(Verdict::NotApplicable) => "does not count".to_owned(),
            Some(_) => "counts".to_owned(),
            None => "cannot tell (counts or does not count)".to_owned(),
        };
    }
    let steps: Vec<String> = criterion.steps.iter().map(u8::to_string).collect();
    let step = if steps.is_empty() { String::new() } else { format!(", step {}", steps.join(" or ")) };
    format!("{}{step}", ink::verdict(criterion.verdicts))
}

fn clause_line(clause: ClauseRole, node: &Node) -> String {
    let observed = observed(node, None).map(|o| format!("   {}", ink::faint(&o))).unwrap_or_default();
    format!("{} {}{observed}", ink::faint(clause.words()), label(node))
}

fn label(node: &Node) -> String {
    let asked = shortened(&node.asked.text);
    match &node.asked.name {
        Some(name) if !asked.contains(name.as_str()) => format!("{name} = {asked}"),
        _ => asked,
    }
}

fn shortened(text: &str) -> String {
    const WIDTH: usize = 110;
    if text.chars().count() <= WIDTH {
        return text.to_owned();
    }
    let kept: String = text.chars().take(WIDTH - 1).collect();
    format!("{kept}…")
}

/// Children that say more than the node itself.
fn shown_children(node: &Node) -> Vec<&Node> {
    let last = merged(node).last().copied().unwrap_or(node);
    last.children.iter().filter(|child| child.operation != Operation::It).collect()
}

/// Does the one child only say a part of the node again?
fn says_again(node: &Node, child: &Node) -> bool {
    let same_place = node.asked.start == child.asked.start && node.asked.end == child.asked.end;
    let wrapped = child.children.is_empty() && child.asked.name.as_ref().is_none_or(|n| node.asked.text.contains(n));
    node.asked.module == child.asked.module
        && (same_place || (wrapped && node.asked.text.contains(child.asked.text.as_str())))
}

fn branches(node: &Node, quotes: &Quotes<'_>, indent: &str, text: &mut String) {
    let children = shown_children(node);
    for (place, child) in children.iter().enumerate() {
        let last = place + 1 == children.len();
        let (corner, rail) = if last { ("└ ", "  ") } else { ("├ ", "│ ") };
        let observed = observed(child, Some(node)).map(|o| format!("   {}", ink::faint(&o))).unwrap_or_default();
        let _ = writeln!(text, "{indent}{corner}{} {}{observed}", ink::truth(child.value), heading(child, quotes));
        let below = format!("{indent}{rail}");
        details(child, quotes, &format!("{below}  "), text);
        branches(child, quotes, &below, text);
    }
}

fn heading(node: &Node, quotes: &Quotes<'_>) -> String {
    match (node.operation, node.evidence.first()) {
        (Operation::Occasion, Some(occasion)) => format!("for the one at {}", quotes.cite(occasion)),
        _ => label(node),
    }
}

/// Evidence, margin, reasons, and where it was looked for.
fn details(node: &Node, quotes: &Quotes<'_>, indent: &str, text: &mut String) {
    let merged = merged(node);
    let mut lines: Vec<String> = Vec::new();
    if node.operation != Operation::Occasion {
        evidence(&merged, quotes, &mut lines);
    }
    lines.extend(merged.iter().find_map(|n| quotes.attribute(n.observed.as_ref()?)));
    if let Some(margin) = merged.iter().find_map(|n| n.margin) {
        lines.extend(inside(margin));
    }
    let cited = !lines.is_empty();
    for reason in merged.iter().flat_map(|n| &n.reasons) {
        if !(cited && matches!(reason.code, ReasonCode::Said | ReasonCode::Happened)) {
            let sentence = reasons::sentence(reason, node.operation, quotes);
            // What a part says again, it says of more places than count here.
            if !lines.contains(&sentence) {
                lines.push(sentence);
                lines.extend(reasons::places(reason, quotes));
            }
        }
    }
    let searched = merged.iter().find_map(|n| n.searched.as_ref().filter(|_| n.value != Truth::Yes));
    lines.extend(searched.map(|s| ink::faint(&reasons::searched(s))));
    let mut told: Vec<String> = Vec::with_capacity(lines.len());
    for line in lines {
        if !told.contains(&line) {
            let _ = writeln!(text, "{indent}{line}");
            told.push(line);
        }
    }
}

/// The evidence of a node; where it has none and its reasons show something, that is enough.
fn evidence(merged: &[&Node], quotes: &Quotes<'_>, lines: &mut Vec<String>) {
    let shown_by_reason = merged.iter().flat_map(|n| &n.reasons).any(|r| r.evidence.is_some());
    let own = merged.first().map(|n| &n.evidence).filter(|e| !e.is_empty());
    let Some(pieces) = own.or_else(|| merged.iter().map(|n| &n.evidence).find(|e| !e.is_empty() && !shown_by_reason))
    else {
        return;
    };
    // Each member of `in order` is a condition of its own.
    let each = merged.first().is_some_and(|n| n.operation == Operation::InOrder);
    let most = if each { pieces.len() } else { MOST_QUOTED };
    lines.extend(pieces.iter().take(most).map(|piece| quotes.cite(piece)));
    if pieces.len() > most {
        lines.push(format!("and {} more", pieces.len() - most));
    }
}

/// The node, and below it those that only say a part of it again.
fn merged(node: &Node) -> Vec<&Node> {
    let mut all = vec![node];
    let mut current = node;
    while let Some(only) = only_part(current).filter(|part| says_again(current, part)) {
        all.push(only);
        current = only;
    }
    all
}

/// What a node is made of, if that is one thing. Of `between`, two comparisons of the same words: the one that decides.
fn only_part(node: &Node) -> Option<&Node> {
    match node.children.as_slice() {
        [only] => Some(only),
        [least, most] if [least, most].iter().all(|side| is_side(node, side)) => {
            let lacks = |side: &&Node| (side.value, side.margin.map(|margin| margin.value));
            [least, most].into_iter().min_by_key(lacks)
        }
        _ => None,
    }
}

/// Is it one of the two comparisons that a `between` is made of?
fn is_side(between: &Node, side: &Node) -> bool {
    between.operation == Operation::And
        && side.operation == Operation::Compare
        && (side.asked.start, side.asked.end) == (between.asked.start, between.asked.end)
}

/// What a node came to; a value with its digits by what it is compared with, in the node or the one above.
fn observed(node: &Node, above: Option<&Node>) -> Option<String> {
    let nodes = merged(node);
    let compared = above.into_iter().flat_map(merged).chain(nodes.iter().copied());
    let edges: Vec<Rational> = compared.flat_map(edges).flatten().collect();
    nodes.into_iter().find_map(|n| observed_here(n, &edges))
}

/// Both ends of both sides of a comparison.
fn edges(node: &Node) -> [Option<Rational>; 4] {
    let Some(Observed::Compared(compared)) = &node.observed else { return [None; 4] };
    let ends = |side: &Option<Measured>| side.as_ref().map_or((None, None), |s| (s.least, s.greatest));
    let ((a, b), (c, d)) = (ends(&compared.left), ends(&compared.right));
    [a, b, c, d]
}

fn observed_here(node: &Node, edges: &[Rational]) -> Option<String> {
    match (&node.observed, node.operation) {
        (Some(Observed::Reached { surely, perhaps, of }), _) if surely == perhaps => {
            Some(format!("{surely} of {of} in this order"))
        }
        (Some(Observed::Reached { surely, perhaps, of }), _) => {
            Some(format!("{surely} of {of} in this order, perhaps {perhaps}"))
        }
        // The asked line holds the bound, the child what was measured.
        (Some(Observed::Compared(_)), _) => None,
        (Some(Observed::Measured(found)), _) => Some(measured(found, edges)),
        (Some(Observed::Held { held, may, of }), _) if held == may => Some(format!("{held} of {of}")),
        (Some(Observed::Held { held, may, of }), _) => Some(format!("{held} to {may} of {of}")),
        (Some(Observed::Count { least, most: Some(most) }), Operation::Count) if least == most => {
            Some(format!("{least} found"))
        }
        (Some(Observed::Count { least, most: Some(most) }), Operation::Count) => {
            Some(format!("{least} to {most} found"))
        }
        (Some(Observed::Count { least, most: None }), Operation::Count) => Some(format!("{least} found, perhaps more")),
        _ => None,
    }
}
