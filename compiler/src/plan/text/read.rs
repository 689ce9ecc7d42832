//! Reads the sections of a plan's text, in their order. Judges nothing but its form.

use super::line::{Line, Read};
use super::{PLAN_FORMAT, Unreadable, measures, operations, write};
use crate::plan::attribute::Attribute;
use crate::plan::automaton::{Automaton, Position};
use crate::plan::{ClassTest, CriterionPlan, PartlyPlan, Pattern, PatternPart, Plan, Symbol, SymbolId, WheneverPlan};
use grille_evidence::executable::{CriterionInfo, CriterionKind};
use grille_evidence::locale::classes::Class;
use grille_evidence::scorecard::{
    CriticalSpec, EntrySpec, GradeSpec, Points, Purpose, ScorecardSpec, SectionSpec, Share,
};
use grille_evidence::trace::ParameterValue;
use std::collections::VecDeque;

/// The whole plan.
pub(super) fn plan(text: &str) -> Read<Plan> {
    let mut lines = Lines::cut(text)?;
    lines.version()?;
    let plan = Plan {
        locale: lines.locale()?,
        attributes: lines.all(|line| line.head() == Some("attribute"), Lines::attribute)?,
        symbols: lines.all(|line| line.head() == Some("symbol"), Lines::symbol)?,
        patterns: lines.all(|line| line.head() == Some("pattern"), Lines::pattern)?,
        nodes: lines.all(|line| line.is_at('m'), |lines, id| lines.numbered('m', id, operations::node))?,
        measures: lines.all(|line| line.is_at('v'), |lines, id| lines.numbered('v', id, measures::measure))?,
        conditions: lines.all(|line| line.is_at('c'), |lines, id| lines.numbered('c', id, operations::condition))?,
        criteria: lines.all(|line| line.head() == Some("criterion"), Lines::criterion)?,
        scorecards: lines.all(|line| line.head() == Some("scorecard"), |lines, _| lines.scorecard())?,
    };
    match lines.left.front() {
        Some(line) => line.expected("a line of the section above, or of one that may follow it"),
        None => Ok(plan),
    }
}

/// The lines that are left, none of them empty.
struct Lines {
    left: VecDeque<Line>,
    count: usize,
}

impl Lines {
    fn cut(text: &str) -> Read<Lines> {
        let mut lines = Lines { left: VecDeque::new(), count: 0 };
        for (number, line) in (1..).zip(text.lines()) {
            let line = Line::cut(number, line)?;
            if !line.is_empty() {
                lines.left.push_back(line);
            }
            lines.count = number;
        }
        Ok(lines)
    }

    /// The line that begins with this word, without it.
    fn line(&mut self, word: &str) -> Read<Line> {
        let Some(mut line) = self.left.pop_front() else {
            return Err(Unreadable { line: self.count, what: format!("the text ends where `{word}` is expected") });
        };
        line.keyword(word)?;
        Ok(line)
    }

    /// Reads the whole line that begins with this word.
    fn whole<T>(&mut self, word: &str, read: impl FnOnce(&mut Line) -> Read<T>) -> Read<T> {
        let mut line = self.line(word)?;
        let value = read(&mut line)?;
        line.end()?;
        Ok(value)
    }

    fn begins(&self, word: &str) -> bool {
        self.left.front().is_some_and(|line| line.head() == Some(word))
    }

    /// Reads the whole line that begins with this word, if it is next.
    fn clause<T>(&mut self, word: &str, read: impl FnOnce(&mut Line) -> Read<T>) -> Read<Option<T>> {
        if self.begins(word) { self.whole(word, read).map(Some) } else { Ok(None) }
    }

    /// Reads things for as long as they begin like this.
    fn all<T>(&mut self, begins: impl Fn(&Line) -> bool, read: impl Fn(&mut Lines, usize) -> Read<T>) -> Read<Vec<T>> {
        let mut things = Vec::new();
        while self.left.front().is_some_and(&begins) {
            things.push(read(self, things.len())?);
        }
        Ok(things)
    }

    fn numbered<T>(&mut self, letter: char, id: usize, read: impl FnOnce(&mut Line) -> Read<T>) -> Read<T> {
        self.whole(&format!("{letter}{id}"), |line| {
            line.keyword("=")?;
            read(line)
        })
    }

    fn version(&mut self) -> Read<()> {
        let mut line = self.line("plan")?;
        let at = line.clone();
        let version: u32 = line.number()?;
        line.end()?;
        if version == PLAN_FORMAT {
            return Ok(());
        }
        Err(at.unreadable(format!("this is version {version} of the form; this program reads version {PLAN_FORMAT}")))
    }

    fn locale(&mut self) -> Read<String> {
        self.whole("locale", |line| match line.quoted_if_any() {
            Some(tag) => Ok(tag),
            None => line.made("a locale", |word| Some(word.to_owned())),
        })
    }

    fn attribute(&mut self, id: usize) -> Read<Attribute> {
        self.whole("attribute", |line| {
            line.own_id('a', id)?;
            operations::attribute(line)
        })
    }

    fn symbol(&mut self, id: usize) -> Read<Symbol> {
        self.whole("symbol", |line| {
            line.own_id('s', id)?;
            if line.take("=") {
                line.quoted().map(Symbol::Exact)
            } else if line.take("^") {
                line.quoted().map(Symbol::Prefix)
            } else if line.take("~") {
                line.quoted().map(Symbol::Stem)
            } else if line.take("sound") {
                line.quoted().map(Symbol::Sound)
            } else if line.take("class") {
                let class = line.one_of("a class", &Class::ALL, Class::words)?;
                let digits = if line.is_empty() { None } else { Some((line.number()?, line.number()?)) };
                Ok(Symbol::Class(ClassTest { class, digits }))
            } else {
                line.expected("`=`, `^`, `~`, `sound` or `class`")
            }
        })
    }

    fn pattern(&mut self, id: usize) -> Read<Pattern> {
        let name = self.whole("pattern", |line| {
            line.own_id('p', id)?;
            Ok(line.quoted_if_any())
        })?;
        let parts = self.all(|line| line.head() == Some("part"), |lines, _| lines.part())?;
        Ok(Pattern { name, parts })
    }

    fn part(&mut self) -> Read<PatternPart> {
        self.whole("part", |_| Ok(()))?;
        let phrases = self.all(
            |line| line.head() == Some("phrase"),
            |lines, _| {
                let (exactly, positions) = lines.whole("phrase", spelled)?;
                lines.automaton(exactly, positions)
            },
        )?;
        let but_not = self.all(
            |line| line.head() == Some("but"),
            |lines, _| {
                let (exactly, positions) = lines.whole("but", |line| {
                    line.keyword("not")?;
                    spelled(line)
                })?;
                lines.automaton(exactly, positions)
            },
        )?;
        Ok(PatternPart { phrases, but_not })
    }

    fn automaton(&mut self, exactly: bool, positions: Vec<Position>) -> Read<Automaton> {
        let plain = Automaton { exactly, ..write::chain(positions) };
        let ways = self.clause("first", |line| {
            let first = line.places()?;
            line.keyword("last")?;
            let last = line.places()?;
            line.keyword("longest")?;
            let longest = line.number()?;
            line.keyword("follow")?;
            let follow = std::iter::from_fn(|| (!line.is_empty()).then(|| line.places())).collect::<Read<_>>()?;
            Ok((first, last, longest, follow))
        })?;
        Ok(match ways {
            Some((first, last, longest, follow)) => Automaton { first, last, longest, follow, ..plain },
            None => plain,
        })
    }

    fn criterion(&mut self, id: usize) -> Read<CriterionPlan> {
        let (name, site) = self.whole("criterion", |line| {
            line.own_id('k', id)?;
            Ok((line.quoted()?, line.site()?))
        })?;
        let mut info = CriterionInfo {
            title: self.clause("title", Line::quoted)?.unwrap_or_else(|| name.clone()),
            coaching: self.clause("coaching", Line::quoted)?,
            hash: self.clause("hash", Line::quoted)?.unwrap_or_default(),
            kind: self.clause("section-condition", |_| Ok(CriterionKind::SectionCondition))?.unwrap_or_default(),
            parameters: self.all(
                |line| line.head() == Some("parameter"),
                |lines, _| {
                    lines.whole("parameter", |line| Ok(ParameterValue { name: line.quoted()?, value: line.quoted()? }))
                },
            )?,
            steps: 0,
            name,
        };
        let applies = self.clause("applies", Line::condition)?;
        let whenever = self.clause("whenever", whenever)?;
        let not_met = self.clause("not-met", Line::condition)?;
        let met = self.clause("met", Line::condition)?;
        let partly = self.all(|line| line.head() == Some("partly"), |lines, _| lines.whole("partly", partly))?;
        info.steps = partly.len();
        let excused = self.clause("excused", Line::condition)?;
        let leaves = self.clause("leaves", Line::conditions)?.unwrap_or_default();
        Ok(CriterionPlan { info, site, applies, whenever, not_met, met, partly, excused, leaves })
    }

    fn scorecard(&mut self) -> Read<ScorecardSpec> {
        let name = self.whole("scorecard", Line::quoted)?;
        Ok(ScorecardSpec {
            title: self.clause("title", Line::quoted)?.unwrap_or_else(|| name.clone()),
            name,
            version: self.whole("version", Line::quoted)?,
            purpose: self.whole("purpose", |line| line.one_of("a purpose", &Purpose::ALL, Purpose::keyword))?,
            hash: self.clause("hash", Line::quoted)?.unwrap_or_default(),
            sections: self.all(|line| line.head() == Some("section"), |lines, _| lines.section())?,
            bonus: self.all(|line| line.head() == Some("bonus"), |lines, _| lines.whole("bonus", entry))?,
            criticals: self
                .all(|line| line.head() == Some("critical"), |lines, _| lines.whole("critical", critical))?,
            grades: self.all(|line| line.head() == Some("grade"), |lines, _| lines.whole("grade", grade))?,
        })
    }

    fn section(&mut self) -> Read<SectionSpec> {
        let (title, applies) = self.whole("section", |line| {
            let title = line.quoted()?;
            let applies = if line.take("applies") { Some(line.criterion()?) } else { None };
            Ok((title, applies))
        })?;
        let entries = self.all(|line| line.head() == Some("entry"), |lines, _| lines.whole("entry", entry))?;
        let criticals = self.all(
            |line| line.head() == Some("section-critical"),
            |lines, _| lines.whole("section-critical", critical),
        )?;
        Ok(SectionSpec { title, applies, entries, criticals })
    }
}

/// Is it meant exactly, and of what is it made?
fn spelled(line: &mut Line) -> Read<(bool, Vec<Position>)> {
    Ok((line.take("exactly"), positions(line)?))
}

fn positions(line: &mut Line) -> Read<Vec<Position>> {
    let mut positions = Vec::new();
    while !line.is_empty() {
        positions.push(if line.take("_") {
            Position::AnyWord
        } else if line.take(".") {
            Position::Gap
        } else if line.head().is_some_and(|head| head.starts_with('<')) {
            let id = |word: &str| word.strip_prefix('<')?.strip_suffix('>')?.parse().ok();
            line.made("a class such as `<3>`", id).map(|id| Position::Span(SymbolId(id)))?
        } else {
            Position::Symbol(line.symbol()?)
        });
    }
    Ok(positions)
}

fn whenever(line: &mut Line) -> Read<WheneverPlan> {
    let trigger = line.node()?;
    let once_per = if line.take("once-per") { Some(line.millis()?) } else { None };
    line.keyword("expect")?;
    Ok(WheneverPlan { trigger, once_per, expect: line.condition()? })
}

fn partly(line: &mut Line) -> Read<PartlyPlan> {
    let shares = line.take("of-them");
    if shares { line.share().map(PartlyPlan::OfThem) } else { line.condition().map(PartlyPlan::When) }
}

fn entry(line: &mut Line) -> Read<EntrySpec> {
    let criterion = line.criterion()?;
    line.keyword("points")?;
    let points = Points(line.thousandths()?);
    let mut partly = Vec::new();
    if line.take("partly") {
        while !line.is_empty() {
            partly.push(Points(line.thousandths()?));
        }
    }
    Ok(EntrySpec { criterion, points, partly })
}

fn critical(line: &mut Line) -> Read<CriticalSpec> {
    let criterion = line.criterion()?;
    line.keyword("becomes")?;
    Ok(CriticalSpec { criterion, score: Share(line.share()?) })
}

fn grade(line: &mut Line) -> Read<GradeSpec> {
    let name = line.quoted()?;
    line.keyword("from")?;
    Ok(GradeSpec { name, from: Share(line.share()?) })
}
