//! Expressions: the flat sequence that pest read gets its shape from the precedences. Checks the shape, never the types.

use super::super::grammar::Rule;
use super::{Builder, has, measure, parts};
use crate::ast::{Comparison, Expr, ExprKind, Ordinal};
use crate::diagnostic::syntax;
use crate::source::Span;
use pest::iterators::Pair;
use pest::pratt_parser::{Assoc, Op, PrattParser};
use std::sync::LazyLock;

/// How deep the tree of one expression may be, operators included.
const DEPTH_LIMIT: usize = 3 * syntax::NESTING_LIMIT;

/// Loosest first; `chain::level` must tell the same order.
static PRECEDENCE: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    PrattParser::new()
        .op(Op::infix(Rule::k_or, Assoc::Left))
        .op(Op::infix(Rule::k_and, Assoc::Left))
        .op(Op::prefix(Rule::k_not))
        .op(Op::infix(Rule::compare, Assoc::Left) | Op::postfix(Rule::between))
        .op(Op::postfix(Rule::is_filter) | Op::postfix(Rule::per_minute) | Op::postfix(Rule::to_baseline))
        .op(Op::prefix(Rule::k_any)
            | Op::prefix(Rule::k_no)
            | Op::prefix(Rule::k_every)
            | Op::prefix(Rule::at_least)
            | Op::prefix(Rule::at_most)
            | Op::prefix(Rule::count_of)
            | Op::prefix(Rule::share_of)
            | Op::prefix(Rule::aggregate)
            | Op::prefix(Rule::percent_of)
            | Op::infix(Rule::only_after, Assoc::Left))
        .op(Op::infix(Rule::k_in, Assoc::Left))
        .op(Op::infix(Rule::then, Assoc::Left)
            | Op::infix(Rule::k_except, Assoc::Left)
            | Op::infix(Rule::k_minus, Assoc::Left))
        .op(Op::prefix(Rule::first) | Op::prefix(Rule::last) | Op::prefix(Rule::k_second) | Op::prefix(Rule::k_third))
        .op(Op::postfix(Rule::filter))
});

/// An expression and how deep it is.
pub(super) struct Node {
    /// The expression.
    pub expr: Expr,
    /// Levels of it.
    pub depth: usize,
}

impl Builder<'_> {
    /// The expression that a pair of the rule `expr` is.
    pub(super) fn expr(&self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        self.node(pair).map(|node| node.expr)
    }

    /// Inner expressions first, so that parentheses cost no stack.
    fn node(&self, pair: &Pair<'_, Rule>) -> Option<Node> {
        let inner =
            pair.clone().into_inner().flatten().filter(|inner| matches!(inner.as_rule(), Rule::expr | Rule::member));
        let inner: Vec<Pair<'_, Rule>> = inner.collect();
        for expr in inner.iter().rev() {
            let node = self.chain(expr);
            self.built.borrow_mut().insert(self.start(expr), node);
        }
        self.chain(pair)
    }

    /// One flat sequence; what stands in its parentheses was built before.
    fn chain(&self, pair: &Pair<'_, Rule>) -> Option<Node> {
        self.check_chain(pair)?;
        PRECEDENCE
            .map_primary(|primary| self.primary(&primary))
            .map_prefix(|operator, operand| self.prefix(&operator, operand?))
            .map_postfix(|operand, operator| self.postfix(operand?, &operator))
            .map_infix(|left, operator, right| self.infix(left?, &operator, right?))
            .parse(pair.clone().into_inner())
    }

    pub(super) fn grown(&self, kind: ExprKind, span: Span, depth: usize) -> Option<Node> {
        if depth <= DEPTH_LIMIT {
            return Some(Node { expr: Expr { kind, span }, depth });
        }
        if !self.too_deep.replace(true) {
            self.report(syntax::too_deep("operators", DEPTH_LIMIT, span));
        }
        None
    }

    fn prefix(&self, operator: &Pair<'_, Rule>, operand: Node) -> Option<Node> {
        let span = self.span(operator).to(operand.expr.span);
        let base = Box::new(operand.expr);
        let bound = || self.bound(&parts(operator).next()?);
        let kind = match operator.as_rule() {
            Rule::k_not => ExprKind::Not(base),
            Rule::k_any => ExprKind::Any(base),
            Rule::k_no => ExprKind::No(base),
            Rule::k_every => ExprKind::Every { base, filter: None },
            Rule::at_least => ExprKind::AtLeast { count: bound()?, base },
            Rule::at_most => ExprKind::AtMost { count: bound()?, base },
            Rule::count_of => ExprKind::CountOf(base),
            Rule::share_of => measure::share_of(base),
            Rule::aggregate => measure::aggregate(operator, base)?,
            Rule::percent_of => self.percent_of(operator, base)?,
            rule => ExprKind::Ordinal { which: self.ordinal(rule, operator), base },
        };
        self.grown(kind, span, operand.depth + 1)
    }

    fn ordinal(&self, rule: Rule, operator: &Pair<'_, Rule>) -> Ordinal {
        let count = || parts(operator).next().and_then(|count| self.quantity(&count));
        match rule {
            Rule::k_second => Ordinal::Second,
            Rule::k_third => Ordinal::Third,
            Rule::last => Ordinal::Last(count()),
            _ => Ordinal::First(count()),
        }
    }

    fn postfix(&self, operand: Node, operator: &Pair<'_, Rule>) -> Option<Node> {
        let span = operand.expr.span.to(self.span(operator));
        if operator.as_rule() == Rule::filter {
            let (filter, depth) = self.filter(operator)?;
            let kind = ExprKind::Filter { base: Box::new(operand.expr), filter };
            return self.grown(kind, span, operand.depth.max(depth) + 1);
        }
        if operator.as_rule() != Rule::is_filter {
            return self.measured(operand, operator, span);
        }
        let (filter, depth) = self.filter(&parts(operator).next()?)?;
        let depth = operand.depth.max(depth + 1);
        match operand.expr.kind {
            ExprKind::Every { base, filter: None } => {
                self.grown(ExprKind::Every { base, filter: Some(filter) }, span, depth)
            }
            _ => {
                let words = self.words(self.span(operator));
                let message = format!("`{words}` needs `every` before what it speaks of");
                let help = "write `every … is …`, or take `is` away to keep only those that fit";
                self.report(syntax::unexpected(message, self.span(operator), "`is` without `every`").help(help));
                None
            }
        }
    }

    fn infix(&self, left: Node, operator: &Pair<'_, Rule>, right: Node) -> Option<Node> {
        let span = left.expr.span.to(right.expr.span);
        let depth = left.depth.max(right.depth) + 1;
        let rule = operator.as_rule();
        let kind = match rule {
            Rule::k_and | Rule::k_or => {
                let depth = flat_depth(rule, &left, right.depth);
                return self.grown(joined(rule, left, right.expr), span, depth);
            }
            Rule::compare => {
                if matches!(left.expr.kind, ExprKind::Compare { .. } | ExprKind::Between { .. }) {
                    let message = format!("a second comparison `{}` in a row", self.words(self.span(operator)));
                    let help = "write two comparisons joined by `and`";
                    self.report(
                        syntax::unexpected(message, self.span(operator), "one comparison stands alone").help(help),
                    );
                    return None;
                }
                let (left, right) = (Box::new(left.expr), Box::new(right.expr));
                ExprKind::Compare { operator: comparison_of(operator), left, right }
            }
            Rule::k_in => measure::inside(left.expr, right.expr),
            Rule::only_after => ExprKind::OnlyAfter { left: Box::new(left.expr), right: Box::new(right.expr) },
            Rule::k_except | Rule::k_minus => {
                self.check_mixed(&left.expr, operator, &right.expr);
                let (left, right) = (Box::new(left.expr), Box::new(right.expr));
                if rule == Rule::k_minus { ExprKind::Minus { left, right } } else { ExprKind::Except { left, right } }
            }
            _ => {
                self.check_mixed(&left.expr, operator, &right.expr);
                let within = match parts(operator).next() {
                    Some(bound) => Some(self.bound(&bound)?),
                    None => None,
                };
                ExprKind::Then { left: Box::new(left.expr), within, right: Box::new(right.expr) }
            }
        };
        self.grown(kind, span, depth)
    }

    /// Two of `then`, `except` and `minus` without parentheses.
    fn check_mixed(&self, left: &Expr, operator: &Pair<'_, Rule>, right: &Expr) {
        let rule = operator.as_rule();
        let (inner_left, inner_right) = match &left.kind {
            ExprKind::Then { left, right, .. } if rule != Rule::then => (left.span, right.span),
            ExprKind::Except { left, right } if rule != Rule::k_except => (left.span, right.span),
            ExprKind::Minus { left, right } if rule != Rule::k_minus => (left.span, right.span),
            _ => return,
        };
        let place = self.span(operator);
        let (words, last) = (self.words(place), self.words(right.span));
        let one = format!("({}) {words} {last}", self.words(left.span));
        let before = self.words(Span { end: inner_right.start, ..left.span });
        let other = format!("{before} ({} {words} {last})", self.words(inner_right));
        let first = Span { start: inner_left.end, end: inner_right.start, ..place };
        let first = self.trimmed(first);
        self.report(syntax::mixed_chain([first_word(&left.kind), name_of(rule)], [first, place], [&one, &other]));
    }

    /// The place without the blanks around it.
    fn trimmed(&self, place: Span) -> Span {
        let text = self.text.get(place.start as usize..place.end as usize).unwrap_or("");
        let start = self.text.len().min(place.start as usize + text.len() - text.trim_start().len());
        self.place(start, start + text.trim().len())
    }
}

/// The word of a chain's operator.
fn name_of(rule: Rule) -> &'static str {
    match rule {
        Rule::k_except => "except",
        Rule::k_minus => "minus",
        _ => "then",
    }
}

fn first_word(kind: &ExprKind) -> &'static str {
    match kind {
        ExprKind::Except { .. } => "except",
        ExprKind::Minus { .. } => "minus",
        _ => "then",
    }
}

/// A list grows no deeper by one more member.
fn flat_depth(rule: Rule, left: &Node, right: usize) -> usize {
    let known = match left.expr.kind {
        ExprKind::Or(_) if rule == Rule::k_or => left.depth,
        ExprKind::And(_) if rule == Rule::k_and => left.depth,
        _ => left.depth + 1,
    };
    known.max(right + 1)
}

fn joined(rule: Rule, left: Node, right: Expr) -> ExprKind {
    match (rule, left.expr.kind) {
        (Rule::k_or, ExprKind::Or(mut all)) => {
            all.push(right);
            ExprKind::Or(all)
        }
        (Rule::k_and, ExprKind::And(mut all)) => {
            all.push(right);
            ExprKind::And(all)
        }
        (_, kind) => {
            let all = vec![Expr { kind, span: left.expr.span }, right];
            if rule == Rule::k_or { ExprKind::Or(all) } else { ExprKind::And(all) }
        }
    }
}

fn comparison_of(pair: &Pair<'_, Rule>) -> Comparison {
    if has(pair, Rule::k_not) {
        return Comparison::NotEqual;
    }
    match pair.as_str() {
        "<" => Comparison::Less,
        "<=" | "≤" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        ">=" | "≥" => Comparison::GreaterOrEqual,
        "≠" => Comparison::NotEqual,
        _ => Comparison::Equal,
    }
}
