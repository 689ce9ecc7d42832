//! What was most likely meant where something that happens is compared with a number. Knows words, decides nothing.

use grille_evidence::value::Dimension;
use grille_grammar::ast::{Comparison, Expr, ExprKind};

/// How to write `left operator right` where `left` happens, or is a condition, and `right` is a number of this
/// dimension; both sides as they are written. None where it cannot be guessed.
pub(super) fn instead(left: (&Expr, &str), operator: Comparison, right: (Dimension, &str)) -> Option<String> {
    let ((left, happens), (dimension, number)) = (left, right);
    match (dimension, &left.inside().kind) {
        (Dimension::Duration, _) => longer_or_shorter(happens, operator, number),
        (Dimension::Count, ExprKind::Any(_) | ExprKind::No(_) | ExprKind::Every { .. } | ExprKind::Not(_)) => None,
        (Dimension::Count, _) => Some(format!("count of {} {} {number}", bracketed(happens), sign(operator))),
        _ => None,
    }
}

fn longer_or_shorter(happens: &str, operator: Comparison, number: &str) -> Option<String> {
    let filter = match operator {
        Comparison::Greater => "longer than",
        Comparison::GreaterOrEqual => "lasting at least",
        Comparison::Less => "shorter than",
        Comparison::LessOrEqual | Comparison::Equal | Comparison::NotEqual => return None,
    };
    Some(format!("{happens} {filter} {number}"))
}

fn bracketed(happens: &str) -> String {
    if happens.contains(' ') && !happens.starts_with('(') { format!("({happens})") } else { happens.to_owned() }
}

fn sign(operator: Comparison) -> &'static str {
    super::comparisons::operator_of(operator).written()
}
