//! W0104: a window that can never hold what it is about. Knows lengths and parts of the conversation, and no calls.

use super::{View, lengths};
use crate::plan::{ConditionOp, Edge, Extent, FilterOp, NodeId, NodeOp};
use grille_grammar::diagnostic::{Code, Diagnostic};
use grille_grammar::source::{FileId, Span};

/// The findings on every pattern that stands in a file looked at.
#[must_use]
pub fn findings(view: &View<'_>, is_looked_at: &dyn Fn(FileId) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for node in view.plan.nodes.iter().filter(|n| is_looked_at(n.site.span.file)) {
        if let NodeOp::Filter { base, filter } = &node.op {
            found.extend(finding(view, *base, filter, node.site.span));
        }
    }
    for condition in view.plan.conditions.iter().filter(|c| is_looked_at(c.site.span.file)) {
        if let ConditionOp::Every { base, filter } = &condition.op {
            found.extend(finding(view, *base, filter, condition.site.span));
        }
    }
    found
}

/// Only where this filter makes it impossible: what already was is told there.
fn finding(view: &View<'_>, base: NodeId, filter: &FilterOp, span: Span) -> Option<Diagnostic> {
    let before = lengths::of(view, base);
    let after = lengths::filtered(view, before, filter);
    let is_empty = |(least, most): (i64, Option<i64>)| most.is_some_and(|most| least > most);
    if is_empty(after) && !is_empty(before) {
        let (least, most) = (after.0, after.1.unwrap_or(0));
        let why =
            format!("what is looked for lasts at least {}, and only {} are left for it", words(least), words(most));
        return Some(never_holds(&why, span));
    }
    apart(view, base, filter).then(|| {
        let why = "the two parts of the conversation share nothing, and a moment must lie inside both";
        never_holds(why, span)
    })
}

/// The first p % and the last q % share something only if there are more than 100 % of them.
fn apart(view: &View<'_>, base: NodeId, filter: &FilterOp) -> bool {
    let Some((edge, share)) = share_of(filter) else { return false };
    let mut id = base;
    while let Some(NodeOp::Filter { base, filter }) = view.plan.node(id).map(|n| &n.op) {
        if let Some((other, more)) = share_of(filter)
            && (edge == Edge::Last) != (other == Edge::Last)
            && share + more <= 100_000
        {
            return true;
        }
        id = *base;
    }
    false
}

fn share_of(filter: &FilterOp) -> Option<(Edge, i64)> {
    match filter {
        FilterOp::Window { edge, extent: Extent::Share(share) } => Some((*edge, *share)),
        _ => None,
    }
}

fn words(millis: i64) -> String {
    let (whole, rest) = (millis / 1000, millis % 1000);
    if rest == 0 { format!("{whole} s") } else { format!("{millis} ms") }
}

fn never_holds(why: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::W0104, format!("this can never hold: {why}"), span, "never holds")
        .help("make the window longer, or ask for something shorter")
}
