//! Whether each of many moments has another that lies to it in some relation: what comparing all pairs would tell, told by a
//! few sweeps. A relation of lying is said twice here: of one pair, which defines it, and as sweeps, which must agree.

use super::relation::Relation;
use super::sweep::{NOBODY, Point, Question, highest};
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
        if asked.iter().chain(others).any(Moment::is_open) {
            return self.among_open(asked, others);
        }
        self.among_known(asked, others)
    }

    /// Where it is not known how far some reach, these are compared one by one: they are few.
    fn among_open(self, asked: &[Moment], others: &[Moment]) -> Vec<Truth> {
        let (open, known): (Vec<Moment>, Vec<Moment>) = others.iter().partition(|b| b.is_open());
        let told = asked.iter().zip(self.among_known(asked, &known));
        told.map(|(a, found)| if a.is_open() { self.among_few(a, others) } else { found.or(self.among_few(a, &open)) })
            .collect()
    }

    fn among_known(self, asked: &[Moment], others: &[Moment]) -> Vec<Truth> {
        if asked.len().min(others.len()) < FEW {
            let others = Others::of(others);
            return asked.iter().map(|a| self.among_few(a, others.candidates(self, a))).collect();
        }
        let sure: Vec<View> = others.iter().filter(|b| b.is_sure()).map(View::of).collect();
        let all: Vec<View> = others.iter().map(|b| View::of(b).at_most()).collect();
        let asked: Vec<View> = asked.iter().map(View::of).collect();
        let loosely: Vec<View> = asked.iter().map(|a| a.at_most()).collect();
        let (surely, perhaps) = (self.swept(&asked, &sure), self.swept(&loosely, &all));
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
        let open = asked.iter().chain(others).any(|m| m.is_open());
        if open || asked.len().min(others.len()) < FEW {
            return asked.iter().map(|a| others.iter().any(|b| self.told(a, b) == Truth::Yes)).collect();
        }
        let views = |moments: &[&Moment]| moments.iter().map(|m| View::of(m)).collect::<Vec<_>>();
        self.swept(&views(asked), &views(others))
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

    fn swept(self, asked: &[View], others: &[View]) -> Vec<bool> {
        if let Relation::Beside(Side::After, within) = self {
            let mirrored = |views: &[View]| views.iter().map(|v| v.mirrored()).collect::<Vec<_>>();
            return Relation::Beside(Side::Before, within).swept(&mirrored(asked), &mirrored(others));
        }
        let mut found = vec![false; asked.len()];
        for sweep in self.sweeps() {
            sweep.run(self, asked, others, &mut found);
        }
        found
    }

    fn sweeps(self) -> Vec<Sweep> {
        let timed = |asks, answers, of| Sweep { asks, answers, of, by: By::Time };
        let worded = |asks, answers, by| Sweep { asks, answers, of: Of::Own, by };
        match self {
            Relation::Beside(..) => vec![
                timed(Kind::Any, Kind::Any, Of::Strangers),
                worded(Kind::Exact, Kind::Exact, By::Both),
                worded(Kind::Exact, Kind::Inexact, By::Words),
                worded(Kind::Inexact, Kind::Any, By::Words),
            ],
            Relation::Around | Relation::Meeting | Relation::Ended => vec![
                timed(Kind::Exact, Kind::Exact, Of::All),
                timed(Kind::Exact, Kind::Inexact, Of::Strangers),
                timed(Kind::Inexact, Kind::Any, Of::Strangers),
                worded(Kind::Exact, Kind::Inexact, By::Words),
                worded(Kind::Inexact, Kind::Any, By::Words),
            ],
            Relation::Interrupted(_) => vec![timed(Kind::Any, Kind::Any, Of::Foreigners)],
            Relation::Sharing => vec![
                timed(Kind::Worded, Kind::Wordless, Of::All),
                timed(Kind::Wordless, Kind::Any, Of::All),
                worded(Kind::Worded, Kind::Worded, By::Words),
            ],
        }
    }
}

/// A moment as one reading of its times has it: of bounds `(least, greatest)`, a sweep that looks for what surely holds
/// takes the worst, and one that looks for what may hold gets them the other relation round.
#[derive(Debug, Clone, Copy)]
struct View {
    start: (i64, i64),
    end: (i64, i64),
    words: Option<(i64, i64)>,
    origin: u64,
    exact: bool,
}

impl View {
    fn of(m: &Moment) -> View {
        View {
            start: (i64::from(m.start_lo), i64::from(m.start_hi)),
            end: (i64::from(m.end_lo), i64::from(m.end_hi)),
            words: m.words().map(|(first, last)| (i64::from(first), i64::from(last))),
            origin: u64::from(m.origin.0),
            exact: m.start_lo == m.start_hi && m.end_lo == m.end_hi,
        }
    }

    /// The most that its times allow.
    fn at_most(self) -> View {
        View { start: (self.start.1, self.start.0), end: (self.end.1, self.end.0), ..self }
    }

    /// With time running backwards.
    fn mirrored(self) -> View {
        let turned = |(lo, hi): (i64, i64)| (-hi, -lo);
        View { start: turned(self.end), end: turned(self.start), words: self.words.map(turned), ..self }
    }

    fn is(&self, kind: Kind) -> bool {
        match kind {
            Kind::Any => true,
            Kind::Exact => self.exact,
            Kind::Inexact => !self.exact,
            Kind::Worded => self.words.is_some(),
            Kind::Wordless => self.words.is_none(),
        }
    }
}

/// Which moments take part.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Any,
    Exact,
    Inexact,
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
    Both,
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
                for (index, a) in asks().filter(|(_, a)| a.words.is_some()) {
                    groups.entry(a.origin).or_default().0.push((index, a));
                }
                for b in answers().filter(|b| b.words.is_some()) {
                    groups.entry(b.origin).or_default().1.push(b);
                }
                groups.values().for_each(|(asks, answers)| self.ask(relation, asks, answers, found));
            }
        }
    }

    fn ask(self, relation: Relation, asks: &[(usize, &View)], answers: &[&View], found: &mut [bool]) {
        let points: Vec<Point> = answers.iter().filter_map(|b| self.point(relation, b)).collect();
        if points.is_empty() {
            return;
        }
        let questions: Vec<(usize, Asked)> =
            asks.iter().filter_map(|(index, a)| Some((*index, self.question(relation, a)?))).collect();
        let heights = highest(&points, &questions.iter().map(|(_, (question, _))| *question).collect::<Vec<_>>());
        for ((index, (_, above)), height) in questions.iter().zip(heights) {
            if let Some(slot) = found.get_mut(*index).filter(|_| height.is_some_and(|h| h > *above)) {
                *slot = true;
            }
        }
    }

    fn owner(self, view: &View) -> u64 {
        match self.of {
            Of::Strangers if view.words.is_some() => view.origin,
            Of::Foreigners => view.origin,
            _ => NOBODY,
        }
    }

    fn point(self, relation: Relation, b: &View) -> Option<Point> {
        let (first, last) = b.words.unwrap_or_default();
        let (key, place, height) = match (relation, self.by) {
            (Relation::Beside(..), By::Time) => (b.start.0, b.start.1, b.end.0),
            (Relation::Beside(..), By::Both) => (first, b.start.1, b.end.0),
            (Relation::Beside(..), By::Words) => (first, b.start.1, 0),
            (Relation::Meeting | Relation::Sharing, By::Time) if b.start.1 >= b.end.0 => return None,
            (Relation::Interrupted(_), _) => (0, b.start.1, b.end.0),
            (Relation::Around | Relation::Meeting | Relation::Sharing, By::Time) => (0, b.start.1, b.end.0),
            (Relation::Ended, By::Time) => (0, b.end.1, 0),
            (Relation::Ended, _) => (0, last, 0),
            (Relation::Around | Relation::Meeting | Relation::Sharing, _) => (0, first, last),
        };
        Some(Point { key, place, height, owner: self.owner(b) })
    }

    fn question(self, relation: Relation, a: &View) -> Option<Asked> {
        let (first, last) = a.words.unwrap_or_default();
        let within = match relation {
            Relation::Beside(_, Some(within)) => i64::from(within),
            _ => i64::from(u32::MAX),
        };
        let latest = a.end.0 + within;
        let (past, (from, to), above) = match (relation, self.by) {
            (Relation::Beside(..), By::Time) => (a.start.1, (i64::MIN, latest), a.end.1),
            (Relation::Beside(..), By::Both) => (last, (a.start.1 + 1, latest), a.end.1),
            (Relation::Beside(..), By::Words) => (last, (i64::MIN, latest), -1),
            (Relation::Around, By::Time) => (-1, (i64::MIN, a.start.0), a.end.1 - 1),
            (Relation::Around, _) => (-1, (i64::MIN, first), last - 1),
            (Relation::Meeting | Relation::Sharing, By::Time) if a.start.1 >= a.end.0 => return None,
            (Relation::Meeting | Relation::Sharing, By::Time) => (-1, (i64::MIN, a.end.0 - 1), a.start.1),
            (Relation::Meeting | Relation::Sharing, _) => (-1, (i64::MIN, last), first - 1),
            (Relation::Interrupted(least), _) if a.end.0 - a.start.1 < i64::from(least) => return None,
            (Relation::Interrupted(least), _) => {
                (-1, (i64::MIN, a.start.0 - 1), a.start.1 + i64::from(least.max(1)) - 1)
            }
            (Relation::Ended, By::Time) => (-1, (i64::MIN, a.start.0), -1),
            (Relation::Ended, _) => (-1, (i64::MIN, first - 1), -1),
        };
        Some((Question { past, from, to, not_of: self.owner(a) }, above))
    }
}
