//! Criteria: their constants and clauses.

use super::super::grammar::Rule;
use super::{Builder, parts};
use crate::ast::{Clause, ClauseKind, Criterion, Expr, Parameter, Quantity};
use crate::diagnostic::syntax;
use crate::source::Span;
use pest::iterators::Pair;

impl Builder<'_> {
    pub(super) fn criterion(&self, pair: &Pair<'_, Rule>) -> Option<Criterion> {
        let mut inner = parts(pair);
        let name = self.ident(&inner.next()?);
        let span = self.span(pair);
        let mut criterion = Criterion { name, parameters: Vec::new(), title: None, clauses: Vec::new(), span };
        for part in inner {
            match part.as_rule() {
                Rule::parameters => {
                    criterion.parameters = parts(&part).map(|one| self.parameter(&one)).collect::<Option<_>>()?;
                }
                Rule::quoted => criterion.title = Some(self.quoted(&part)),
                Rule::EOI => {}
                _ => criterion.clauses.push(self.clause(&part)?),
            }
        }
        self.check_clauses(&criterion.clauses);
        Some(criterion)
    }

    fn parameter(&self, pair: &Pair<'_, Rule>) -> Option<Parameter> {
        let mut inner = parts(pair);
        let name = self.ident(&inner.next()?);
        let ty = self.ident(&inner.next()?);
        let default = inner.next().and_then(|value| self.quantity(&value));
        Some(Parameter { name, ty, default, span: self.span(pair) })
    }

    fn clause(&self, pair: &Pair<'_, Rule>) -> Option<Clause> {
        let mut inner = parts(pair);
        let first = inner.next()?;
        let kind = match pair.as_rule() {
            Rule::applies => ClauseKind::AppliesWhen(self.expr(&first)?),
            Rule::excused => ClauseKind::ExcusedWhen(self.expr(&first)?),
            Rule::not_met => ClauseKind::NotMetWhen(self.expr(&first)?),
            Rule::met => ClauseKind::MetWhen(self.expr(&first)?),
            Rule::coaching => ClauseKind::Coaching(self.quoted(&first)),
            Rule::whenever => {
                let second = inner.next()?;
                let (once_per, expect) = if second.as_rule() == Rule::once_per {
                    (Some(self.bound(&parts(&second).next()?)?), inner.next()?)
                } else {
                    (None, second)
                };
                ClauseKind::Whenever { trigger: self.expr(&first)?, once_per, expect: self.expr(&expect)? }
            }
            Rule::partly if first.as_rule() == Rule::quantity => {
                self.partly(Some(self.quantity(&first)?), &inner.next()?)?
            }
            Rule::partly => self.partly(None, &first)?,
            _ => return None,
        };
        Some(Clause { kind, span: self.span(pair) })
    }

    fn partly(&self, worth: Option<Quantity>, pair: &Pair<'_, Rule>) -> Option<ClauseKind> {
        if pair.as_rule() == Rule::of_them {
            let share = self.quantity(&parts(pair).next()?)?;
            return Some(ClauseKind::PartlyMetOfThem { worth, share });
        }
        let condition: Expr = self.expr(pair)?;
        Some(ClauseKind::PartlyMetWhen { worth, condition })
    }

    fn check_clauses(&self, clauses: &[Clause]) {
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for clause in clauses {
            let Some(words) = single(&clause.kind) else { continue };
            match seen.iter().find(|(known, _)| *known == words) {
                Some((_, first)) => self.report(
                    syntax::misplaced(format!("`{words}` is given twice"), clause.span, "the second one")
                        .and_label(*first, "the first one")
                        .help("keep one; two conditions are joined with `and` or `or`"),
                ),
                None => seen.push((words, clause.span)),
            }
        }
        let occasions = seen.iter().any(|(words, _)| *words == "whenever");
        for clause in clauses {
            if !occasions && matches!(clause.kind, ClauseKind::PartlyMetOfThem { .. }) {
                let message = "`of them` needs a `whenever` above it, whose occasions it counts";
                self.report(syntax::misplaced(message, clause.span, "of what?"));
            }
        }
    }
}

/// The words of a clause that may stand only once.
fn single(kind: &ClauseKind) -> Option<&'static str> {
    Some(match kind {
        ClauseKind::AppliesWhen(_) => "applies when",
        ClauseKind::ExcusedWhen(_) => "excused when",
        ClauseKind::NotMetWhen(_) => "not met when",
        ClauseKind::MetWhen(_) => "met when",
        ClauseKind::Whenever { .. } => "whenever",
        ClauseKind::Coaching(_) => "coaching",
        ClauseKind::PartlyMetWhen { .. } | ClauseKind::PartlyMetOfThem { .. } => return None,
    })
}
