//! `grille test --mutate`: criteria changed in one small place at a time, and whether a test notices. The interpreter alone
//! runs them; tests that expect nothing of what changed are not run.

use super::results::{Place, place};
use super::{Suite, Tested};
use crate::exit::Failure;
use crate::render::ink;
use grille_compiler::mutate::{Built, Mutant, Mutants, Skipped};
use grille_runtime::expect;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What came of a file's changes.
#[derive(Serialize)]
pub struct Tried {
    file: String,
    /// Changes that mean something else than the file does.
    tried: usize,
    /// Of these, noticed by a test.
    noticed: usize,
    /// Changes left out because of `--limit`.
    left_out: usize,
    /// What is used and was not changed, and why.
    not_changed: Vec<String>,
    /// Those that no test notices.
    pub unnoticed: Vec<Unnoticed>,
}

/// A change that no test notices.
#[derive(Serialize)]
pub struct Unnoticed {
    place: Place,
    was: String,
    now: String,
    idea: String,
    #[serde(skip)]
    line: String,
}

impl Tried {
    /// Tries the changes of a file on the calls of its tests.
    pub fn of(suite: &Suite, tested: &Tested, limit: Option<usize>) -> Result<Tried, Failure> {
        let mut mutants = Mutants::of(&suite.loaded, &suite.checked)?;
        let chosen = spread(mutants.count(), limit);
        let left_out = mutants.count() - chosen.len();
        let not_changed = mutants.skipped().iter().map(told).collect();
        let (file, unnoticed) = (suite.file.clone(), Vec::new());
        let mut tried = Tried { file, tried: 0, noticed: 0, left_out, not_changed, unnoticed };
        let mut unnoticed_groups = BTreeSet::new();
        let bar = progress(chosen.len());
        for number in chosen {
            bar.inc(1);
            let Some(mutant) = mutants.mutant(number).cloned() else { continue };
            if unnoticed_groups.contains(&mutant.group) {
                continue;
            }
            let Built::Changed(program, tests) = mutants.build(number)? else { continue };
            tried.tried += 1;
            let mut noticed = false;
            for test in tests {
                let Some(call) = tested.get(&test.index) else { continue };
                noticed = !expect::holds(program.as_ref(), &test.case, call).map_err(|f| Failure(f.to_string()))?;
                if noticed {
                    break;
                }
            }
            if noticed {
                tried.noticed += 1;
            } else {
                unnoticed_groups.insert(mutant.group);
                tried.unnoticed.push(Unnoticed::of(&mutant, suite));
            }
        }
        bar.finish_and_clear();
        Ok(tried)
    }

    /// For people.
    pub fn shown(&self) -> String {
        let (tried, noticed, missed) = (self.tried, self.noticed, self.unnoticed.len());
        let mut text = format!("\n  {tried} changes tried, {noticed} noticed, {missed} not");
        if self.left_out > 0 {
            let _ = write!(text, " ({} left out)", self.left_out);
        }
        text.push('\n');
        for module in &self.not_changed {
            let _ = writeln!(text, "  not changed: {module}");
        }
        for Unnoticed { place, was, now, idea, line } in &self.unnoticed {
            let Place { file, line: number, column, text: _ } = place;
            let what = if now.is_empty() {
                format!("no test notices if `{}` were left out", shortened(was))
            } else {
                format!("no test notices if `{}` were `{}`", shortened(was), shortened(now))
            };
            let _ = writeln!(text, "\n  {}: {what}", ink::faint(&format!("{file}:{number}:{column}")));
            let _ = writeln!(text, "    {line}\n    → {idea}");
        }
        text
    }
}

impl Unnoticed {
    fn of(mutant: &Mutant, suite: &Suite) -> Unnoticed {
        let Mutant { place: span, was, now, idea, group: _ } = mutant.clone();
        let place = place(span, &suite.sources);
        let source = suite.sources.get(span.file).map_or("", |file| file.text.as_str());
        let line = source.lines().nth(place.line.saturating_sub(1)).unwrap_or("").trim().to_owned();
        Unnoticed { place, was, now, idea, line }
    }
}

/// What is used and not changed, and why.
fn told(skipped: &Skipped) -> String {
    match skipped {
        Skipped::Library(name) => format!("{name}, which is part of the library"),
        Skipped::Tested(file) => format!("{file}, which has tests of its own"),
    }
}

/// At most so many of these, evenly spread.
fn spread(count: usize, limit: Option<usize>) -> Vec<usize> {
    match limit {
        Some(limit) if limit < count => (0..limit).map(|nth| nth * count / limit.max(1)).collect(),
        _ => (0..count).collect(),
    }
}

fn shortened(text: &str) -> String {
    const WIDTH: usize = 60;
    if text.chars().count() <= WIDTH {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(WIDTH - 1).collect::<String>())
}

/// Shown on a terminal only.
fn progress(count: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(count).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("  {pos}/{len} changes {wide_bar}");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn a_limit_takes_changes_from_all_over_the_file() {
        assert_eq!(spread(10, Some(4)), [0, 2, 5, 7]);
        assert_eq!(spread(3, Some(10)), [0, 1, 2]);
        assert_eq!(spread(3, None), [0, 1, 2]);
        assert!(spread(3, Some(0)).is_empty());
    }
}
