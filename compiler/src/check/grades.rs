//! Grades, and other places on the scale from 0 to 100 %. Knows nothing of what is counted.

use super::{Checker, messages};
use grille_evidence::scorecard::{GradeSpec, Share};
use grille_grammar::ast::{GradeBound, Quantity, Scorecard, Unit};
use grille_grammar::source::Span;

impl Checker<'_> {
    /// A place on the scale from 0 to 100 %.
    pub(crate) fn grade_bound(&mut self, quantity: &Quantity, zero_alone: bool) -> Option<Share> {
        let zero = zero_alone && quantity.thousandths == 0 && quantity.unit == Unit::None;
        let fits = quantity.unit == Unit::Percent && (0..=100_000).contains(&quantity.thousandths);
        if zero || fits {
            return Some(Share(quantity.thousandths));
        }
        if quantity.unit == Unit::None {
            let number = self.words(quantity.span).to_owned();
            self.report(messages::no_unit(&number, "a score", &format!("{number} %"), quantity.span));
        } else {
            self.unfit_unit(quantity, "a score between 0 % and 100 %", "write for instance `90 %`");
        }
        None
    }

    pub(crate) fn grades(&mut self, scorecard: &Scorecard) -> Vec<GradeSpec> {
        let mut from: Vec<GradeSpec> = Vec::new();
        let mut below: Option<(String, Share, Span)> = None;
        for grade in &scorecard.grades {
            match &grade.bound {
                GradeBound::From(quantity) => {
                    let Some(share) = self.grade_bound(quantity, true) else { continue };
                    if from.iter().any(|g| g.from == share || g.name == grade.name.text) {
                        self.report(messages::unfit_grades(
                            "two grades are the same or begin at the same score",
                            "give each its own name and its own beginning",
                            grade.span,
                        ));
                    }
                    from.push(GradeSpec { name: grade.name.text.clone(), from: share });
                }
                GradeBound::Below(quantity) => {
                    let Some(share) = self.grade_bound(quantity, false) else { continue };
                    if below.replace((grade.name.text.clone(), share, grade.span)).is_some() {
                        self.report(messages::unfit_grades(
                            "two grades reach down to 0 %",
                            "keep one `below`; the others begin `from` a score",
                            grade.span,
                        ));
                    }
                }
            }
        }
        from.sort_by_key(|g| std::cmp::Reverse(g.from));
        self.lowest_grade(scorecard, &mut from, below);
        from
    }

    fn lowest_grade(&mut self, scorecard: &Scorecard, from: &mut Vec<GradeSpec>, below: Option<(String, Share, Span)>) {
        let Some(first) = scorecard.grades.first() else { return };
        let lowest = from.last().map(|g| g.from);
        match (below, lowest) {
            (Some((name, share, span)), Some(lowest)) if share == lowest => {
                let _ = span;
                from.push(GradeSpec { name, from: Share(0) });
            }
            (Some((_, share, span)), Some(lowest)) => {
                let what = if share < lowest { "there is a gap between these grades" } else { "these grades overlap" };
                let help =
                    format!("the last grade must be `below {}`, where the one above it begins", per_cent(lowest));
                self.report(messages::unfit_grades(what, &help, span));
            }
            (Some((name, _, _)), None) => from.push(GradeSpec { name, from: Share(0) }),
            (None, Some(Share(0))) => {}
            (None, _) => {
                let help = "add a last grade `below` the lowest beginning, or let one begin `from 0 %`";
                self.report(messages::unfit_grades("some scores have no grade", help, first.span));
            }
        }
    }
}

fn per_cent(share: Share) -> String {
    let (whole, rest) = (share.0 / 1000, share.0 % 1000);
    if rest == 0 { format!("{whole} %") } else { format!("{whole}.{rest:03} %").replace("0 %", " %") }
}
