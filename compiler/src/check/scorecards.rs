//! Scorecards: purpose, version, points, criticals and grades.

use super::criteria::bare;
use super::names::Kind;
use super::units::half_even;
use super::{Checker, Context, messages, variants};
use crate::lint::weights;
use crate::plan::lower::condition_meaning;
use grille_evidence::executable::CriterionKind;
use grille_evidence::scorecard::{CriticalSpec, EntrySpec, Points, Purpose, ScorecardSpec, SectionSpec};
use grille_grammar::ast::{Counted, Critical, Entry, Expr, Quantity, Scorecard, Section, Unit};
use grille_grammar::diagnostic::Severity;
use grille_grammar::source::Span;
use std::collections::BTreeMap;

/// Lines of a scorecard that give points: what they count, and what they are called.
#[derive(Default)]
struct Lines {
    counted: BTreeMap<usize, Span>,
    titles: BTreeMap<String, Span>,
}

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
        let mut lines = Lines::default();
        let sections: Vec<SectionSpec> = scorecard.sections.iter().map(|s| self.section(s, &mut lines, &cx)).collect();
        let bonus: Vec<EntrySpec> = scorecard.bonus.iter().filter_map(|e| self.entry_of(e, &mut lines, &cx)).collect();
        let criticals: Vec<CriticalSpec> = scorecard.criticals.iter().filter_map(|c| self.critical(c, &cx)).collect();
        if scorecard.sections.iter().all(|s| s.entries.is_empty()) {
            self.report(messages::counts_nothing(&name.text, name.span));
        }
        let grades = self.grades(scorecard);
        let (Some(purpose), Some(version)) = (purpose, &scorecard.version) else { return };
        let spec = ScorecardSpec {
            name: name.text.clone(),
            title: scorecard.title.as_ref().map_or_else(|| name.text.clone(), |t| t.text.clone()),
            version: version.text.clone(),
            purpose,
            sections,
            bonus,
            criticals,
            grades,
            hash: String::new(),
        };
        self.limits(scorecard, &spec);
        let sound = self.findings.iter().all(|f| f.severity != Severity::Error);
        if sound {
            self.findings.extend(weights::findings(scorecard, &spec));
        }
        self.bonuses.push(scorecard.bonus.iter().map(|entry| entry.span).collect());
        self.program.scorecards.push(spec);
    }

    fn section(&mut self, section: &Section, lines: &mut Lines, cx: &Context) -> SectionSpec {
        let applies = section.applies.as_ref().and_then(|c| self.section_condition(c, &section.title.text, cx));
        SectionSpec {
            title: section.title.text.clone(),
            applies,
            entries: section.entries.iter().filter_map(|e| self.entry_of(e, lines, cx)).collect(),
            criticals: section.criticals.iter().filter_map(|c| self.critical(c, cx)).collect(),
        }
    }

    /// The condition of a section, as a criterion that is met where it holds and not applicable where it does not.
    /// Sections whose conditions mean the same share it, so that they come and go together; where lexicons have entries for
    /// other locales, those that are written the same, since a program and its variants must have the same criteria.
    fn section_condition(&mut self, condition: &Expr, title: &str, cx: &Context) -> Option<usize> {
        let written = self.words(condition.span).split_whitespace().collect::<Vec<_>>().join(" ");
        self.size = 0;
        let applies = self.condition(condition, cx)?;
        let has_variants = !variants::tags(self.modules).is_empty();
        let meaning = (!has_variants).then(|| condition_meaning(&self.program, &applies).ok()).flatten();
        let meaning = meaning.unwrap_or_else(|| format!("{} {written}", cx.module));
        if let Some(index) = self.conditions.get(&meaning).copied() {
            if let Some(criterion) = self.program.criteria.get_mut(index) {
                criterion.title.push_str(&format!(", “{title}”"));
            }
            return Some(index);
        }
        let mut criterion = bare(format!("applies when {written}"), format!("section “{title}”"), condition.span);
        criterion.kind = CriterionKind::SectionCondition;
        criterion.applies = Some(applies);
        self.program.criteria.push(criterion);
        let index = self.program.criteria.len() - 1;
        self.conditions.insert(meaning, index);
        Some(index)
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

    fn counted_criterion(&mut self, counted: &Counted, has_points: bool, cx: &Context) -> Option<usize> {
        let path = &counted.criterion;
        let declared = self.resolve(path, cx)?;
        if declared.kind != Kind::Criterion {
            let help = "a scorecard counts criteria; make a criterion of it first";
            self.report(messages::wrong_kind(&path.text(), declared.kind.words(), "a criterion", help, path.span));
            return None;
        }
        self.counted_as(declared, counted, has_points)
    }

    fn entry_of(&mut self, entry: &Entry, lines: &mut Lines, cx: &Context) -> Option<EntrySpec> {
        let index = self.counted_criterion(&entry.counted, true, cx)?;
        let (name, span) = (entry.counted.criterion.text(), entry.counted.span);
        if let Some(first) = lines.counted.insert(self.same_meaning(index), span) {
            self.report(messages::counted_twice(&name, first, span));
        } else if (entry.counted.values.is_empty() || entry.counted.label.is_some())
            && let Some(title) = self.program.criteria.get(index).map(|c| c.title.clone())
            && let Some(first) = lines.titles.insert(title.clone(), span)
        {
            self.report(messages::one_name(&title, first, span));
        }
        let points = self.points(&entry.points)?;
        if points.0 == 0 {
            let help = "give it points, or take the line out";
            self.report(messages::unfit_points(&format!("`{name}` counts for nothing"), help, entry.points.span));
        }
        let partly = self.partly_points(entry, index, points)?;
        Some(EntrySpec { criterion: index, points, partly })
    }

    /// What each step of partly met is worth: the scorecard's points win, else the clause's share.
    fn partly_points(&mut self, entry: &Entry, index: usize, points: Points) -> Option<Vec<Points>> {
        let steps: Vec<Option<i64>> = self.program.criteria.get(index)?.partly.iter().map(|s| s.worth).collect();
        let name = entry.counted.criterion.text();
        match (entry.partly.as_slice(), steps.len()) {
            ([], _) => {
                let of =
                    |worth: &Option<i64>| worth.map(|share| Points(half_even(points.0.saturating_mul(share), 100_000)));
                let worth: Option<Vec<Points>> = steps.iter().map(of).collect();
                if worth.is_none() {
                    self.report(messages::worthless_partly(&name, entry.span));
                }
                worth
            }
            ([first, ..], 0) => {
                let what = format!("`{name}` can never be partly met");
                self.report(messages::unfit_points(
                    &what,
                    "take `partly` out, or add `partly met when …` to the criterion",
                    first.span,
                ));
                None
            }
            ([only], steps) => self.step_points(only, points).map(|worth| vec![worth; steps]),
            (several, steps) if several.len() == steps => self.falling_points(several, points),
            ([first, .., last], steps) => {
                let counted = if steps == 1 { "one step".to_owned() } else { format!("{steps} steps") };
                let what = format!("`{name}` has {counted} of partly met, and {} are given points", entry.partly.len());
                let help = "give points to each step, or one number for all of them";
                self.report(messages::unfit_step_points(&what, help, first.span.to(last.span)));
                None
            }
        }
    }

    fn step_points(&mut self, quantity: &Quantity, points: Points) -> Option<Points> {
        let partly = self.points(quantity)?;
        if partly > points {
            let help = "give it at most the points of the whole";
            self.report(messages::unfit_points("partly met is worth more than met", help, quantity.span));
        }
        Some(partly)
    }

    fn falling_points(&mut self, several: &[Quantity], points: Points) -> Option<Vec<Points>> {
        let worth: Vec<Points> = several.iter().map(|q| self.step_points(q, points)).collect::<Option<_>>()?;
        for ((before, after), quantity) in worth.iter().zip(worth.iter().skip(1)).zip(several.iter().skip(1)) {
            if after >= before {
                let what = "this step is worth no less than the one before it";
                let help = "the steps stand in the order of the criterion, and each is worth less than the one before";
                self.report(messages::unfit_step_points(what, help, quantity.span));
            }
        }
        Some(worth)
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
        let criterion = self.counted_criterion(&critical.counted, false, cx)?;
        let score = self.grade_bound(&critical.score, true)?;
        Some(CriticalSpec { criterion, score })
    }
}
