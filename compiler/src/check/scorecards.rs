//! Scorecards: purpose, version, points, criticals and grades.

use super::names::Kind;
use super::units::half_even;
use super::{Checker, Context, messages};
use grille_evidence::scorecard::{
    CriticalSpec, EntrySpec, GradeSpec, Points, Purpose, ScorecardSpec, SectionSpec, Share,
};
use grille_grammar::ast::{Critical, Entry, GradeBound, Path, Quantity, Scorecard, Unit};
use grille_grammar::source::Span;
use std::collections::BTreeMap;

impl Checker<'_> {
    pub(crate) fn scorecard(&mut self, scorecard: &Scorecard, module: usize) {
        let name = &scorecard.name;
        self.guard_name(&name.text, name.span);
        if let Some(title) = &scorecard.title {
            self.guard_name(&title.text, title.span);
        }
        let purpose = self.purpose(scorecard);
        if scorecard.version.is_none() {
            self.report(messages::no_version(&name.text, name.span));
        }
        let cx = Context { module, ..Context::default() };
        let mut counted = BTreeMap::new();
        let sections = scorecard.sections.iter().map(|s| SectionSpec {
            title: s.title.text.clone(),
            entries: s.entries.iter().filter_map(|e| self.entry_of(e, &mut counted, &cx)).collect(),
        });
        let sections: Vec<SectionSpec> = sections.collect();
        let criticals: Vec<CriticalSpec> = scorecard.criticals.iter().filter_map(|c| self.critical(c, &cx)).collect();
        if scorecard.sections.iter().all(|s| s.entries.is_empty()) {
            self.report(messages::counts_nothing(&name.text, name.span));
        }
        let grades = self.grades(scorecard);
        let (Some(purpose), Some(version)) = (purpose, &scorecard.version) else { return };
        self.program.scorecards.push(ScorecardSpec {
            name: name.text.clone(),
            title: scorecard.title.as_ref().map_or_else(|| name.text.clone(), |t| t.text.clone()),
            version: version.text.clone(),
            purpose,
            sections,
            criticals,
            grades,
            hash: String::new(),
        });
    }

    fn purpose(&mut self, scorecard: &Scorecard) -> Option<Purpose> {
        let written = scorecard.used_for.as_ref();
        let found = written.and_then(|w| Purpose::ALL.into_iter().find(|p| p.keyword() == w.text));
        if found.is_none() {
            let known = Purpose::ALL.map(Purpose::keyword);
            let span = written.map_or(scorecard.name.span, |w| w.span);
            self.report(messages::unfit_use(written.map(|w| w.text.as_str()), &known, span));
        }
        found
    }

    fn counted_criterion(&mut self, path: &Path, cx: &Context) -> Option<usize> {
        let declared = self.resolve(path, cx)?;
        if declared.kind != Kind::Criterion {
            let help = "a scorecard counts criteria; make a criterion of it first";
            self.report(messages::wrong_kind(&path.text(), declared.kind.words(), "a criterion", help, path.span));
            return None;
        }
        self.named_criterion(declared)
    }

    fn entry_of(&mut self, entry: &Entry, counted: &mut BTreeMap<usize, Span>, cx: &Context) -> Option<EntrySpec> {
        let index = self.counted_criterion(&entry.criterion, cx)?;
        let name = entry.criterion.text();
        if let Some(first) = counted.insert(index, entry.criterion.span) {
            self.report(messages::counted_twice(&name, first, entry.criterion.span));
        }
        let points = self.points(&entry.points)?;
        if points.0 == 0 {
            let help = "give it points, or take the line out";
            self.report(messages::unfit_points(&format!("`{name}` counts for nothing"), help, entry.points.span));
        }
        let partly = self.partly_points(entry, index, points)?;
        Some(EntrySpec { criterion: index, points, partly })
    }

    /// What partly met is worth: the scorecard's points win, else the clause's share.
    #[allow(clippy::option_option)]
    fn partly_points(&mut self, entry: &Entry, index: usize, points: Points) -> Option<Option<Points>> {
        let criterion = self.program.criteria.get(index)?;
        let (can_be_partly, worth) = (criterion.partly.is_some(), criterion.partly_worth);
        let name = entry.criterion.text();
        match (&entry.partly, can_be_partly) {
            (None, false) => Some(None),
            (None, true) => {
                let Some(share) = worth else {
                    self.report(messages::worthless_partly(&name, entry.span));
                    return None;
                };
                Some(Some(Points(half_even(points.0.saturating_mul(share), 100_000))))
            }
            (Some(quantity), false) => {
                let what = format!("`{name}` can never be partly met");
                self.report(messages::unfit_points(
                    &what,
                    "take `partly` out, or add `partly met when …` to the criterion",
                    quantity.span,
                ));
                None
            }
            (Some(quantity), true) => {
                let partly = self.points(quantity)?;
                if partly > points {
                    let help = "give it at most the points of the whole";
                    self.report(messages::unfit_points("partly met is worth more than met", help, quantity.span));
                }
                Some(Some(partly))
            }
        }
    }

    fn points(&mut self, quantity: &Quantity) -> Option<Points> {
        if !matches!(quantity.unit, Unit::Point | Unit::None) {
            self.unfit_unit(quantity, "a number of points", "write for instance `10 points`");
            return None;
        }
        if !(0..=1_000_000_000).contains(&quantity.thousandths) {
            let help = "points are between 0 and 1 000 000";
            self.report(messages::unfit_points("these points are out of all measure", help, quantity.span));
            return None;
        }
        Some(Points(quantity.thousandths))
    }

    fn critical(&mut self, critical: &Critical, cx: &Context) -> Option<CriticalSpec> {
        let criterion = self.counted_criterion(&critical.criterion, cx)?;
        let score = self.grade_bound(&critical.score, true)?;
        Some(CriticalSpec { criterion, score })
    }

    /// A place on the scale from 0 to 100 %.
    fn grade_bound(&mut self, quantity: &Quantity, zero_alone: bool) -> Option<Share> {
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

    fn grades(&mut self, scorecard: &Scorecard) -> Vec<GradeSpec> {
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
