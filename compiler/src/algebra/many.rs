//! Whether each of many moments has another that lies to it in some relation: what comparing all pairs would tell, told by a
//! few sweeps. A relation of lying is said twice here: of one pair, which defines it, and as sweeps, which must agree.

use super::order::is_exact;
use super::relation::Relation;
use super::sweep::{NOBODY, Point, Question, highest, highest_past};
use super::window::Others;
use crate::plan::Side;
use grille_evidence::moment::Moment;
use grille_evidence::truth::Truth;
use std::collections::BTreeMap;

/// Fewer than this on one side, and all pairs are compared.
const FEW: usize = 16;

impl Relation {
    /// Is there one among `others` that lies so, of each of `asked`? One that may not be there is maybe.
    #[must_use]
    pub fn among(self, asked: &[Moment], others: &[Moment]) -> Vec<Truth> {
        if asked.len().min(others.len()) < FEW {
            if asked.iter().chain(others).any(Moment::is_open) {
                return asked.iter().map(|a| self.among_few(a, others)).collect();
            }
            let others = Others::of(others);
            return asked.iter().map(|a| self.among_few(a, others.candidates(self, a))).collect();
        }
        let sure: Vec<View> = others.iter().filter(|b| b.is_sure()).map(View::of).collect();
        let all: Vec<View> = others.iter().map(|b| View::of(b).at_most()).collect();
        let asked: Vec<View> = asked.iter().map(View::of).collect();
        let loosely: Vec<View> = asked.iter().map(|a| a.at_most()).collect();
        let surely = self.swept(&asked, &sure, Told::Surely);
        let perhaps = self.swept(&loosely, &all, Told::Perhaps);
        let told = surely.into_iter().zip(perhaps);
        told.map(|found| match found {
            (true, _) => Truth::Yes,
            (false, true) => Truth::CannotTell,
            (false, false) => Truth::No,
        })
        .collect()
    }

    /// Has each of `asked` one among `others` that surely lies so, were all of these there?
    #[must_use]
    pub fn surely_among(self, asked: &[&Moment], others: &[&Moment]) -> Vec<bool> {
        if asked.len().min(others.len()) < FEW {
            return asked.iter().map(|a| others.iter().any(|b| self.told(a, b) == Truth::Yes)).collect();
        }
        let views = |moments: &[&Moment]| moments.iter().map(|m| View::of(m)).collect::<Vec<_>>();
        self.swept(&views(asked), &views(others), Told::Surely)
    }

    /// Is there one among `others` that lies so to `a`?
    #[must_use]
    pub fn among_few(self, a: &Moment, others: &[Moment]) -> Truth {
        let mut found = Truth::No;
        for b in others {
            found = found.or(self.told(a, b).and(if b.is_sure() { Truth::Yes } else { Truth::CannotTell }));
            if found == Truth::Yes {
                break;
            }
        }
        found
    }

    fn swept(self, asked: &[View], others: &[View], told: Told) -> Vec<bool> {
        if let Relation::Beside(Side::After, within) = self {
            let mirrored = |views: &[View]| views.iter().map(|v| v.mirrored()).collect::<Vec<_>>();
            return Relation::Beside(Side::Before, within).swept(&mirrored(asked), &mirrored(others), told);
        }
        let mut found = vec![false; asked.len()];
        for sweep in self.sweeps(told) {
            sweep.run(self, asked, others, &mut found);
        }
        found
    }

    fn sweeps(self, told: Told) -> Vec<Sweep> {
        let timed = |asks, answers, of| Sweep { asks, answers, of, by: By::Time };
        let worded = |asks, answers, by| Sweep { asks, answers, of: Of::Own, by };
        let open = [(Kind::Open, Kind::Any), (Kind::Known, Kind::Open)];
        let open_own = |by| open.map(|(asks, answers)| Sweep { asks, answers, of: Of::Own, by }).to_vec();
        match self {
            Relation::Beside(..) => {
                let mut sweeps = vec![
                    timed(Kind::Any, Kind::Any, Of::Strangers),
                    worded(Kind::Exact, Kind::Exact, By::Both),
                    worded(Kind::Exact, Kind::Inexact, By::Words),
                    worded(Kind::Inexact, Kind::Known, By::Words),
                ];
                // Of which it is surely not told by its words, it may be told by its times.
                sweeps.extend(open_own(if told == Told::Surely { By::Agreed } else { By::Words }));
                sweeps
            }
            Relation::Around | Relation::Holding | Relation::Meeting | Relation::Ended => {
                let mut sweeps = vec![
                    timed(Kind::Exact, Kind::Exact, Of::All),
                    timed(Kind::Exact, Kind::Inexact, Of::Strangers),
                    timed(Kind::Inexact, Kind::Known, Of::Strangers),
                    worded(Kind::Exact, Kind::Inexact, By::Words),
                    worded(Kind::Inexact, Kind::Known, By::Words),
                ];
                sweeps.extend(open.map(|(asks, answers)| timed(asks, answers, Of::Strangers)));
                match told {
                    Told::Surely => sweeps.extend(open_own(By::Agreed)),
                    Told::Perhaps => sweeps.extend([By::Words, By::Time].into_iter().flat_map(open_own)),
                }
                sweeps
            }
            Relation::Interrupted(_) => vec![timed(Kind::Any, Kind::Any, Of::Foreigners)],
            Relation::Sharing => vec![
                timed(Kind::Worded, Kind::Wordless, Of::All),
                timed(Kind::Wordless, Kind::Any, Of::All),
                worded(Kind::Worded, Kind::Worded, By::Words),
            ],
        }
    }
}

/// What is looked for: what surely holds, or what may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Surely,
    Perhaps,
}

/// A moment as one reading of its times and of its reach has it: of bounds `(least, greatest)`, a sweep that looks for what
/// surely holds takes the worst, and one that looks for what may hold gets them the other way round.
#[derive(Debug, Clone, Copy)]
struct View {
    start: (i64, i64),
    end: (i64, i64),
    first: (i64, i64),
    last: (i64, i64),
    worded: bool,
    origin: u64,
    exact: bool,
    open: bool,
}

impl View {
    fn of(m: &Moment) -> View {
        View {
            start: (i64::from(m.start_lo), i64::from(m.start_hi)),
            end: (i64::from(m.end_lo), i64::from(m.end_hi)),
            first: (i64::from(m.first_lo), i64::from(m.first)),
            last: (i64::from(m.last), i64::from(m.last_hi)),
            worded: m.words().is_some(),
            origin: u64::from(m.origin.0),
            exact: is_exact(m),
            open: m.is_open(),
        }
    }

    /// The most that its times and its reach allow.
    fn at_most(self) -> View {
        let swapped = |(lo, hi): (i64, i64)| (hi, lo);
        View {
            start: swapped(self.start),
            end: swapped(self.end),
            first: swapped(self.first),
            last: swapped(self.last),
            ..self
        }
    }

    /// With time running backwards.
    fn mirrored(self) -> View {
        let turned = |(lo, hi): (i64, i64)| (-hi, -lo);
        View {
            start: turned(self.end),
            end: turned(self.start),
            first: turned(self.last),
            last: turned(self.first),
            ..self
        }
    }

    fn is(&self, kind: Kind) -> bool {
        match kind {
            Kind::Any => true,
            Kind::Exact => self.exact,
            Kind::Inexact => !self.exact && !self.open,
            Kind::Known => !self.open,
            Kind::Open => self.open,
            Kind::Worded => self.worded,
            Kind::Wordless => !self.worded,
        }
    }
}

/// Which moments take part.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Any,
    /// It is known how far they reach, and their times are exact.
    Exact,
    /// It is known how far they reach, and their times are not exact.
    Inexact,
    /// It is known how far they reach.
    Known,
    /// It is not known how far they reach.
    Open,
    Worded,
    Wordless,
}

/// Which others count.
#[derive(Debug, Clone, Copy)]
enum Of {
    All,
    /// All but words of the same speaker.
    Strangers,
    /// All of others.
    Foreigners,
    /// Words of the same speaker.
    Own,
}

/// What tells.
#[derive(Debug, Clone, Copy)]
enum By {
    Time,
    Words,
    /// Words, and times that are exact.
    Both,
    /// Words and times, each for itself.
    Agreed,
}

#[derive(Debug, Clone, Copy)]
struct Sweep {
    asks: Kind,
    answers: Kind,
    of: Of,
    by: By,
}

/// Those of one speaker who ask, with their places, and those who answer.
type Group<'a> = (Vec<(usize, &'a View)>, Vec<&'a View>);

/// The place of one who asks, and what the answer must be greater than.
type Asker = (usize, i64);

/// A question, and what the answer must be greater than.
type Asked = (Question, i64);

impl Sweep {
    fn run(self, relation: Relation, asked: &[View], others: &[View], found: &mut [bool]) {
        let asks = || asked.iter().enumerate().filter(|(_, a)| a.is(self.asks));
        let answers = || others.iter().filter(|b| b.is(self.answers));
        match self.of {
            Of::All | Of::Strangers | Of::Foreigners => {
                self.ask(relation, &asks().collect::<Vec<_>>(), &answers().collect::<Vec<_>>(), found)
            }
            Of::Own => {
                let mut groups: BTreeMap<u64, Group<'_>> = BTreeMap::new();
                for (index, a) in asks().filter(|(_, a)| a.worded) {
                    groups.entry(a.origin).or_default().0.push((index, a));
                }
                for b in answers().filter(|b| b.worded) {
                    groups.entry(b.origin).or_default().1.push(b);
                }
                groups.values().for_each(|(asks, answers)| self.ask(relation, asks, answers, found));
            }
        }
    }

    fn ask(self, relation: Relation, asks: &[(usize, &View)], answers: &[&View], found: &mut [bool]) {
        let ranked = |b: &&View| Some((self.rank(relation, b), self.point(relation, b)?));
        let points: Vec<(i64, Point)> = answers.iter().filter_map(ranked).collect();
        if points.is_empty() {
            return;
        }
        let asked = asks.iter().filter_map(|(index, a)| {
            let (question, above) = self.question(relation, a)?;
            Some(((*index, above), (self.past_rank(relation, a), question)))
        });
        let (askers, questions): (Vec<Asker>, Vec<(i64, Question)>) = asked.unzip();
        let heights = match self.by {
            By::Agreed => highest_past(points, &questions),
            By::Time | By::Words | By::Both => {
                let points: Vec<Point> = points.into_iter().map(|(_, point)| point).collect();
                highest(&points, &questions.into_iter().map(|(_, question)| question).collect::<Vec<_>>())
            }
        };
        for ((index, above), height) in askers.into_iter().zip(heights) {
            if let Some(slot) = found.get_mut(index).filter(|_| height.is_some_and(|h| h > above)) {
                *slot = true;
            }
        }
    }

    fn owner(self, view: &View) -> u64 {
        match self.of {
            Of::Strangers if view.worded => view.origin,
            Of::Foreigners => view.origin,
            _ => NOBODY,
        }
    }

    fn point(self, relation: Relation, b: &View) -> Option<Point> {
        let (start, end, first, last) = (b.start, b.end, b.first, b.last);
        let (key, place, height) = match (relation, self.by) {
            (Relation::Beside(..), By::Time | By::Agreed) => (start.0, start.1, end.0),
            (Relation::Beside(..), By::Both) => (first.0, start.1, end.0),
            (Relation::Beside(..), By::Words) => (first.0, start.1, 0),
            (Relation::Meeting | Relation::Sharing, By::Time | By::Agreed) if start.1 >= end.0 => return None,
            (Relation::Around | Relation::Meeting | Relation::Sharing, By::Agreed) => (-first.1, start.1, end.0),
            (Relation::Around | Relation::Meeting | Relation::Sharing, By::Time) => (0, start.1, end.0),
            (Relation::Around | Relation::Meeting | Relation::Sharing, _) => (0, first.1, last.0),
            (Relation::Holding, By::Agreed) => (first.0, start.0, -end.1),
            (Relation::Holding, By::Time) => (0, start.0, -end.1),
            (Relation::Holding, _) => (0, first.0, -last.1),
            (Relation::Interrupted(_), _) => (0, start.1, end.0),
            (Relation::Ended, By::Agreed) => (-last.1, end.1, 0),
            (Relation::Ended, By::Time) => (0, end.1, 0),
            (Relation::Ended, _) => (0, last.1, 0),
        };
        Some(Point { key, place, height, owner: self.owner(b) })
    }

    fn question(self, relation: Relation, a: &View) -> Option<Asked> {
        let (start, end, first, last) = (a.start, a.end, a.first, a.last);
        let within = match relation {
            Relation::Beside(_, Some(within)) => i64::from(within),
            _ => i64::from(u32::MAX),
        };
        let (always, latest) = (i64::MIN, end.0 + within);
        let (past, (from, to), above) = match (relation, self.by) {
            (Relation::Beside(..), By::Time | By::Agreed) => (start.1, (always, latest), end.1),
            (Relation::Beside(..), By::Both) => (last.1, (start.1 + 1, latest), end.1),
            (Relation::Beside(..), By::Words) => (last.1, (always, latest), -1),
            (Relation::Around, By::Agreed) => (-first.0 - 1, (always, start.0), end.1 - 1),
            (Relation::Around, By::Time) => (-1, (always, start.0), end.1 - 1),
            (Relation::Around, _) => (-1, (always, first.0), last.1 - 1),
            (Relation::Holding, By::Agreed) => (first.1 - 1, (start.1, i64::MAX), -end.0 - 1),
            (Relation::Holding, By::Time) => (-1, (start.1, i64::MAX), -end.0 - 1),
            (Relation::Holding, _) => (-1, (first.1, i64::MAX), -last.0 - 1),
            (Relation::Meeting | Relation::Sharing, By::Time | By::Agreed) if start.1 >= end.0 => return None,
            (Relation::Meeting | Relation::Sharing, By::Agreed) => (-last.0 - 1, (always, end.0 - 1), start.1),
            (Relation::Meeting | Relation::Sharing, By::Time) => (-1, (always, end.0 - 1), start.1),
            (Relation::Meeting | Relation::Sharing, _) => (-1, (always, last.0), first.1 - 1),
            (Relation::Interrupted(least), _) if end.0 - start.1 < i64::from(least) => return None,
            (Relation::Interrupted(least), _) => (-1, (always, start.0 - 1), start.1 + i64::from(least.max(1)) - 1),
            (Relation::Ended, By::Agreed) => (-first.0, (always, start.0), -1),
            (Relation::Ended, By::Time) => (-1, (always, start.0), -1),
            (Relation::Ended, _) => (-1, (always, first.0 - 1), -1),
        };
        Some((Question { past, from, to, not_of: self.owner(a) }, above))
    }

    /// Where words and times must agree, three numbers do not say all: a fourth of the one who answers.
    fn rank(self, relation: Relation, b: &View) -> i64 {
        match relation {
            Relation::Beside(..) => b.first.0,
            Relation::Around | Relation::Meeting => b.last.0,
            Relation::Holding => -b.last.1,
            Relation::Ended | Relation::Sharing | Relation::Interrupted(_) => 0,
        }
    }

    /// What that must be greater than.
    fn past_rank(self, relation: Relation, a: &View) -> i64 {
        match relation {
            Relation::Beside(..) => a.last.1,
            Relation::Around => a.last.1 - 1,
            Relation::Meeting => a.first.1 - 1,
            Relation::Holding => -a.last.0 - 1,
            Relation::Ended | Relation::Sharing | Relation::Interrupted(_) => -1,
        }
    }
}
