//! Circles: of modules that use each other.

use super::{Checker, messages};
use grille_grammar::ast::Item;
use std::collections::BTreeSet;

impl Checker<'_> {
    pub(crate) fn module_cycles(&mut self) {
        let mut done = BTreeSet::new();
        for start in 0..self.modules.len() {
            self.visit_module(start, &mut Vec::new(), &mut done);
        }
    }

    fn visit_module(&mut self, index: usize, path: &mut Vec<usize>, done: &mut BTreeSet<usize>) {
        if let Some(at) = path.iter().position(|p| *p == index) {
            let circle = path.get(at..).unwrap_or_default();
            self.report_circle(circle, index);
            return;
        }
        if !done.insert(index) {
            return;
        }
        path.push(index);
        let targets: Vec<usize> =
            self.modules.get(index).map(|m| m.uses.values().copied().collect()).unwrap_or_default();
        for target in targets {
            self.visit_module(target, path, done);
        }
        path.pop();
    }

    fn report_circle(&mut self, circle: &[usize], closes: usize) {
        let names: Vec<String> = circle.iter().filter_map(|i| self.modules.get(*i)).map(|m| m.key.shown()).collect();
        let last = circle.last().and_then(|i| self.modules.get(*i));
        let line = last.and_then(|m| {
            m.ast.items.iter().find_map(|item| match item {
                Item::Use(line) if m.uses.get(&line.alias.text) == Some(&closes) => Some(line.span),
                _ => None,
            })
        });
        if let Some(span) = line {
            self.report(messages::module_cycle(&names, span));
        }
    }
}
