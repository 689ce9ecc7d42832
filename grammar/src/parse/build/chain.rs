//! What must hold of a flat sequence of operators before it gets its shape. Knows the order of the operators only.

use super::super::grammar::Rule;
use super::{Builder, has, parts};
use crate::diagnostic::syntax;
use crate::source::Span;
use pest::iterators::Pair;

/// What stands on the left of a filter: where it began, and the relation it ends in, if it does.
struct Operand<'i> {
    start: Span,
    /// The whole postfix (with its `is`, if any) and the filter in it.
    last: Option<(Pair<'i, Rule>, Pair<'i, Rule>)>,
}

impl Builder<'_> {
    /// Tells what is wrong; none where the sequence cannot be given a shape.
    pub(super) fn check_chain(&self, pair: &Pair<'_, Rule>) -> Option<()> {
        let mut before: Option<Pair<'_, Rule>> = None;
        let mut prefixes = 0;
        let mut operand: Option<Operand<'_>> = None;
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::filter | Rule::is_filter => self.check_filter(operand.as_mut()?, &part)?,
                Rule::between | Rule::per_minute | Rule::to_baseline => {}
                rule => match level(rule) {
                    Some((true, own)) => {
                        prefixes += 1;
                        self.check_prefix(before.as_ref(), &part, own, prefixes)?;
                        before = Some(part);
                    }
                    Some((false, _)) => before = Some(part),
                    None => {
                        prefixes = 0;
                        before = None;
                        operand = Some(Operand { start: self.span(&part), last: None });
                    }
                },
            }
        }
        Some(())
    }

    /// A prefix may not be looser than what stands right before it: the shape would not be the one seen.
    fn check_prefix(
        &self,
        before: Option<&Pair<'_, Rule>>,
        part: &Pair<'_, Rule>,
        own: u8,
        count: usize,
    ) -> Option<()> {
        if count > syntax::NESTING_LIMIT {
            let what = format!("`{}` and the like", self.words(self.span(part)));
            self.report(syntax::too_deep(&what, syntax::NESTING_LIMIT, self.span(part)));
            return None;
        }
        let Some(before) = before else { return Some(()) };
        let Some((is_prefix, other)) = level(before.as_rule()) else { return Some(()) };
        if own > other || (is_prefix && own == other) {
            return Some(());
        }
        let (words, first) = (self.words(self.span(part)), self.words(self.span(before)));
        let finding = syntax::unexpected(
            format!("`{words}` cannot stand right after `{first}`"),
            self.span(part),
            "needs parentheses",
        );
        self.report(finding.help(format!("put what `{words}` begins in parentheses: `{first} ({words} …)`")));
        None
    }

    fn check_filter<'i>(&self, operand: &mut Operand<'i>, part: &Pair<'i, Rule>) -> Option<()> {
        let is = part.as_rule() == Rule::is_filter;
        let filter = if is { parts(part).next()? } else { part.clone() };
        if let Some((whole, relation)) = operand.last.as_ref() {
            self.second_filter(operand.start, whole, relation, part);
            return None;
        }
        if is || is_relation(&filter) {
            operand.last = Some((part.clone(), filter));
        }
        Some(())
    }

    fn second_filter(&self, start: Span, whole: &Pair<'_, Rule>, relation: &Pair<'_, Rule>, part: &Pair<'_, Rule>) {
        let (place, place_whole) = (self.span(part), self.span(whole));
        let added = self.words(place);
        let left = self.words(Span { end: place_whole.start, ..start });
        let first = self.words(place_whole);
        let right = parts(relation).filter(|inner| inner.as_rule() != Rule::bound).last();
        let Some(right) = right.filter(|_| part.as_rule() == Rule::filter) else {
            let message = format!("`{added}` cannot stand after `{first}`");
            let help =
                format!("only one filter stands after `is`; write `every ({left} {added}) {first}`, or two conditions");
            self.report(syntax::unexpected(message, place, "one filter too many").help(help));
            return;
        };
        let right = self.span(&right);
        let until = self.words(Span { start: place_whole.start, end: right.start, ..start });
        let (every, one) = match whole.as_rule() {
            Rule::is_filter => ("every ", format!("every ({left} {added}) {first}")),
            _ => ("", format!("({left} {first}) {added}")),
        };
        let other = format!("{every}{left} {until} ({} {added})", self.words(right));
        self.report(syntax::two_readings(&added, place, place_whole, &one, &other));
    }
}

/// Is it a prefix, and how tightly does it bind? Tells the same order as `expr::PRECEDENCE`.
fn level(rule: Rule) -> Option<(bool, u8)> {
    Some(match rule {
        Rule::k_or => (false, 1),
        Rule::k_and => (false, 2),
        Rule::k_not => (true, 3),
        Rule::compare => (false, 4),
        Rule::k_any | Rule::k_no | Rule::k_every | Rule::at_least | Rule::at_most | Rule::count_of => (true, 6),
        Rule::share_of | Rule::aggregate | Rule::percent_of => (true, 6),
        Rule::only_after => (false, 6),
        Rule::k_in => (false, 7),
        Rule::then | Rule::k_except | Rule::k_minus => (false, 8),
        Rule::first | Rule::last | Rule::k_second | Rule::k_third => (true, 9),
        _ => return None,
    })
}

fn is_relation(filter: &Pair<'_, Rule>) -> bool {
    const WORDS: [Rule; 8] = [
        Rule::k_after,
        Rule::k_before,
        Rule::k_preceded,
        Rule::k_followed,
        Rule::k_during,
        Rule::k_outside,
        Rule::k_overlapping,
        Rule::k_of,
    ];
    WORDS.iter().any(|word| has(filter, *word))
}
