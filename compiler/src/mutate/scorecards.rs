//! Scorecards changed: points, shares, edges of grades; entries and criticals left out. Every field is named.

use super::ideas;
use super::walk::Walk;
use grille_grammar::ast::{Counted, Critical, Entry, Grade, GradeBound, Scorecard, Section, Value};

impl Walk<'_> {
    pub(super) fn scorecard(&mut self, card: &mut Scorecard) {
        let Scorecard { name: _, title: _, version: _, used_for: _, sections, bonus, criticals, grades, span: _ } =
            card;
        for Section { title: _, applies, entries, criticals, span: _ } in sections {
            if let Some(condition) = applies {
                self.expr(condition);
            }
            self.entries(entries);
            self.criticals(criticals);
        }
        self.entries(bonus);
        self.criticals(criticals);
        for Grade { name: _, bound, span: _ } in grades {
            match bound {
                GradeBound::From(share) | GradeBound::Below(share) => self.quantity(share, ideas::SCORE),
            }
        }
    }

    fn entries(&mut self, entries: &mut Vec<Entry>) {
        let mut at = 0;
        while let Some(place) = entries.get(at).map(|entry| entry.span) {
            if self.without(place, ideas::SCORE) {
                entries.remove(at);
                return;
            }
            if let Some(Entry { counted, points, partly, span: _ }) = entries.get_mut(at) {
                self.counted(counted);
                self.quantity(points, ideas::SCORE);
                partly.iter_mut().for_each(|points| self.quantity(points, ideas::SCORE));
            }
            at += 1;
        }
    }

    fn criticals(&mut self, criticals: &mut Vec<Critical>) {
        let mut at = 0;
        while let Some(place) = criticals.get(at).map(|critical| critical.span) {
            if self.without(place, ideas::SCORE) {
                criticals.remove(at);
                return;
            }
            if let Some(Critical { counted, score, span: _ }) = criticals.get_mut(at) {
                self.counted(counted);
                self.quantity(score, ideas::SCORE);
            }
            at += 1;
        }
    }

    fn counted(&mut self, counted: &mut Counted) {
        let Counted { criterion: _, values, label: _, span: _ } = counted;
        for Value { name: _, value, span: _ } in values {
            self.quantity(value, ideas::EDGE);
        }
    }
}
