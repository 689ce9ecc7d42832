//! Turns and back-channels, in every reading of the call at once, and the pauses inside them. Must not know roles,
//! questions or criteria.
//!
//! Of one speaker's runs, those that speak make turns: two that follow one another are of one turn unless the pause
//! between them (runs that only listen left out) is over 5 s, or holds the start of a word of another speaker in a run
//! that speaks. A run that only listens belongs to the turn that it stands in; outside any, it is a *back-channel*. So
//! each word is in exactly one turn or back-channel, a *stretch*.
//!
//! Of some runs nobody can tell whether they speak, so a call has several readings. In a shorter pause less is heard of
//! others, so two runs that are of one turn in a reading are so, too, where a run between them speaks. This is why it
//! is enough to look at two readings, in which all doubtful runs speak and in which none does.
//!
//! A turn is listed by the first of its runs that surely speaks; one of doubtful runs only, by its first. It may begin
//! and end further out than listed; it is sure if it is there in every reading. So each turn of a reading is listed
//! once, and no two sure ones are ever one. A stretch is listed by the run that it begins with.

use super::Said;
use super::runs::Run;
use super::steps::step;
use grille_evidence::facts::{STRETCH_START, Tokens, flag};
use grille_evidence::moment::{Edges, Moment, MomentSet, Origin};
use grille_evidence::truth::Truth;
use std::ops::Range;

/// A longer pause ends a turn, in milliseconds.
const LONG_PAUSE: i32 = 5000;

/// What a call's words fall into.
#[derive(Default)]
pub(super) struct Stretches {
    /// Turns, in the order of moments.
    pub turns: Vec<Moment>,
    /// Back-channels, in the order of moments.
    pub back_channels: Vec<Moment>,
    /// Turns and back-channels alike, in the order of moments.
    pub all: Vec<Moment>,
    /// The runs in the order of the words.
    pub runs: Vec<Placed>,
}

/// A run and how it lies in turns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub run: Run,
    /// Is it in one stretch with the run of its speaker before?
    pub joined: Truth,
    /// Does it belong to a turn?
    pub in_turn: Truth,
    /// Does a turn begin with it?
    pub begins: Truth,
    /// Does a turn end with it?
    pub ends: Truth,
}

/// Finds turns and back-channels.
pub(super) fn find(said: &[Said<'_>], runs: &[Run]) -> Stretches {
    let starts = Starts::of(said, runs);
    let mut found = Stretches::default();
    for own in runs.chunk_by(|a, b| a.speaker == b.speaker) {
        let line = Line::new(own, &starts);
        line.list(&mut found);
    }
    let in_order = |moments| MomentSet::new(moments, Vec::new()).moments;
    found.turns = in_order(std::mem::take(&mut found.turns));
    found.back_channels = in_order(std::mem::take(&mut found.back_channels));
    found.all = in_order(std::mem::take(&mut found.all));
    found
}

impl Stretches {
    /// The words of runs that are surely of one stretch, from first to last.
    pub(super) fn surely_together(&self) -> impl Iterator<Item = (u32, u32)> {
        let groups = self.runs.chunk_by(|_, next| next.joined == Truth::Yes);
        groups.filter_map(|group| Some((group.first()?.run.first, group.last()?.run.last)))
    }
}

/// The starts of the words of runs that speak, and of those that may, ascending.
struct Starts {
    sure: Vec<i32>,
    maybe: Vec<i32>,
    /// Those that may, with their speakers.
    own: Vec<(u32, i32)>,
}

impl Starts {
    fn of(said: &[Said<'_>], runs: &[Run]) -> Starts {
        let words = |speaks: Truth| {
            let runs = runs.iter().filter(move |run| run.speaks == speaks);
            let words = runs.flat_map(|run| super::runs::words_of(said, run.first, run.last));
            words.map(|word| (word.placed.facts.speaker, word.placed.facts.start))
        };
        let mut starts = Starts {
            sure: words(Truth::Yes).map(|w| w.1).collect(),
            maybe: words(Truth::CannotTell).map(|w| w.1).collect(),
            own: words(Truth::CannotTell).collect(),
        };
        starts.sure.sort_unstable();
        starts.maybe.sort_unstable();
        starts.own.sort_unstable();
        starts
    }

    /// Are two runs of one speaker of one turn, if both speak and none of the speaker's own between them does?
    fn join(&self, before: &Run, after: &Run) -> Truth {
        let (from, to) = (before.end, after.start);
        if to - from > LONG_PAUSE {
            return Truth::No;
        }
        let until = |starts: &[i32], time: i32| {
            starts.partition_point(|s| {
                step();
                *s < time
            })
        };
        let within = |starts: &[i32]| until(starts, to) - until(starts, from);
        if within(&self.sure) > 0 {
            return Truth::No;
        }
        let own = |time: i32| self.own.partition_point(|s| *s < (before.speaker, time));
        if within(&self.maybe) > own(to) - own(from) { Truth::CannotTell } else { Truth::Yes }
    }
}

/// One speaker's runs, with what is next to each.
struct Line<'a> {
    runs: &'a [Run],
    starts: &'a Starts,
    /// The last run before each that surely speaks, and that may.
    before: Vec<Beside>,
    /// The first run after each that surely speaks, and that may.
    after: Vec<Beside>,
}

/// The nearest runs on one side.
#[derive(Debug, Clone, Copy, Default)]
struct Beside {
    sure: Option<usize>,
    any: Option<usize>,
}

impl Beside {
    fn passing(self, at: usize, speaks: Truth) -> Beside {
        match speaks {
            Truth::Yes => Beside { sure: Some(at), any: Some(at) },
            Truth::CannotTell => Beside { any: Some(at), ..self },
            Truth::No => self,
        }
    }
}

impl<'a> Line<'a> {
    fn new(runs: &'a [Run], starts: &'a Starts) -> Line<'a> {
        let scan = |beside: &mut Beside, (at, run): (usize, &Run)| {
            let here = *beside;
            *beside = beside.passing(at, run.speaks);
            Some(here)
        };
        let before = runs.iter().enumerate().scan(Beside::default(), scan).collect();
        let mut after: Vec<Beside> = runs.iter().enumerate().rev().scan(Beside::default(), scan).collect();
        after.reverse();
        Line { runs, starts, before, after }
    }

    fn beside(list: &[Beside], at: usize) -> Beside {
        list.get(at).copied().unwrap_or_default()
    }

    /// Are these of one turn? Not if one of them is missing.
    fn join(&self, before: Option<usize>, after: Option<usize>) -> Truth {
        match (before.and_then(|at| self.runs.get(at)), after.and_then(|at| self.runs.get(at))) {
            (Some(before), Some(after)) => self.starts.join(before, after),
            _ => Truth::No,
        }
    }

    /// Across a place between runs on whose sides these speak: of one turn in every reading, in some, or in none?
    fn across(&self, before: Beside, after: Beside) -> Truth {
        if self.join(before.sure, after.sure) == Truth::Yes {
            Truth::Yes
        } else {
            self.join(before.any, after.any).min(Truth::CannotTell)
        }
    }

    /// Is the run in one stretch with the one before?
    fn joined(&self, at: usize, run: &Run) -> Truth {
        let after = Self::beside(&self.after, at).passing(at, run.speaks);
        self.across(Self::beside(&self.before, at), after)
    }

    /// Would the run stand in a turn if it only listened?
    fn surrounded(&self, at: usize) -> Truth {
        self.across(Self::beside(&self.before, at), Self::beside(&self.after, at))
    }

    fn begins(&self, at: usize, run: &Run) -> Truth {
        let before = Self::beside(&self.before, at);
        let alone = self.join(before.any, Some(at)) == Truth::No;
        edge(run.speaks, alone, self.join(before.sure, Some(at)))
    }

    fn ends(&self, at: usize, run: &Run) -> Truth {
        let after = Self::beside(&self.after, at);
        let alone = self.join(Some(at), after.any) == Truth::No;
        edge(run.speaks, alone, self.join(Some(at), after.sure))
    }

    fn place(&self, at: usize, run: &Run) -> Placed {
        let in_turn = match (run.speaks, self.surrounded(at)) {
            (Truth::Yes, _) | (_, Truth::Yes) => Truth::Yes,
            (Truth::No, surrounded) => surrounded,
            (Truth::CannotTell, _) => Truth::CannotTell,
        };
        let (begins, ends) = (self.begins(at, run), self.ends(at, run));
        Placed { run: *run, joined: self.joined(at, run), in_turn, begins, ends }
    }

    /// Adds the speaker's turns, back-channels, stretches and runs.
    fn list(&self, found: &mut Stretches) {
        let placed: Vec<Placed> = self.runs.iter().enumerate().map(|(at, run)| self.place(at, run)).collect();
        self.turns(&placed, &mut found.turns);
        for (at, run) in self.runs.iter().enumerate() {
            let surrounded = self.surrounded(at);
            if run.speaks != Truth::Yes && surrounded != Truth::Yes {
                let sure = run.speaks == Truth::No && surrounded == Truth::No;
                found.back_channels.push(Extent::one(run).moment(sure));
            }
        }
        let least = chain_ends(&placed, |next| next.joined == Truth::Yes);
        let most = chain_ends(&placed, |next| next.joined != Truth::No);
        for ((first, last), most) in placed.iter().zip(least).zip(most) {
            if first.joined != Truth::Yes {
                let extent = Extent { low: &first.run, first: &first.run, last, most };
                found.all.push(extent.moment(first.joined == Truth::No));
            }
        }
        found.runs.extend(placed);
    }

    fn turns(&self, placed: &[Placed], turns: &mut Vec<Moment>) {
        let ends = TurnEnds::of(self);
        let mut low: Option<usize> = None;
        let mut broken = true;
        for (at, place) in placed.iter().enumerate().filter(|(_, p)| p.run.speaks != Truth::No) {
            let (run, before) = (&place.run, Self::beside(&self.before, at));
            let linked = self.join(before.any, Some(at)) != Truth::No;
            broken |= !linked;
            let from = low.filter(|_| linked && before.any != before.sure);
            let earliest = from.or((place.begins != Truth::No).then_some(at));
            if run.speaks == Truth::Yes {
                if self.join(before.sure, Some(at)) != Truth::Yes {
                    turns.extend(self.turn(at, earliest.unwrap_or(at), &ends).map(|extent| extent.moment(broken)));
                }
                broken = false;
            } else if place.begins != Truth::No && self.join(Some(at), Self::beside(&self.after, at).sure) != Truth::Yes
            {
                let most = ends.most_doubtful.get(at).and_then(|most| self.runs.get(*most)).unwrap_or(run);
                turns.push(Extent { low: run, first: run, last: run, most }.moment(false));
            }
            low = earliest;
        }
    }

    /// The turn whose first surely speaking run is this, and that may begin at an earlier one.
    fn turn(&self, at: usize, low: usize, ends: &TurnEnds) -> Option<Extent<'a>> {
        let run = |at: Option<&usize>| at.and_then(|at| self.runs.get(*at));
        Some(Extent {
            low: self.runs.get(low)?,
            first: self.runs.get(at)?,
            last: run(ends.least.get(at))?,
            most: run(ends.most.get(at))?,
        })
    }
}

/// Is a run that may speak at the edge of its turn? `alone`: no run that may speak beside it can be of its turn;
/// `sure`: is the nearest that surely speaks?
fn edge(speaks: Truth, alone: bool, sure: Truth) -> Truth {
    match speaks {
        Truth::No => Truth::No,
        _ if sure == Truth::Yes => Truth::No,
        Truth::Yes if alone => Truth::Yes,
        _ => Truth::CannotTell,
    }
}

/// For each run the last of those that follow it without a break.
fn chain_ends(placed: &[Placed], goes_on: impl Fn(&Placed) -> bool) -> Vec<&Run> {
    let mut ends: Vec<&Run> = Vec::with_capacity(placed.len());
    let mut next: Option<&Placed> = None;
    for place in placed.iter().rev() {
        step();
        let end = match (next, ends.last()) {
            (Some(next), Some(end)) if goes_on(next) => end,
            _ => &place.run,
        };
        ends.push(end);
        next = Some(place);
    }
    ends.reverse();
    ends
}

/// For each run that speaks or may, where a turn that holds it ends.
struct TurnEnds {
    /// At the earliest; of runs that surely speak.
    least: Vec<usize>,
    /// At the latest.
    most: Vec<usize>,
    /// At the latest, if no run that surely speaks follows in it.
    most_doubtful: Vec<usize>,
}

impl TurnEnds {
    fn of(line: &Line<'_>) -> TurnEnds {
        let count = line.runs.len();
        let itself: Vec<usize> = (0..count).collect();
        let mut ends = TurnEnds { least: itself.clone(), most: itself.clone(), most_doubtful: itself };
        for at in (0..count).rev() {
            let after = Line::beside(&line.after, at);
            if line.join(Some(at), after.sure) == Truth::Yes {
                follow(&mut ends.least, at, after.sure);
            }
            if line.join(Some(at), after.any) != Truth::No {
                follow(&mut ends.most, at, after.any);
                if after.any != after.sure {
                    follow(&mut ends.most_doubtful, at, after.any);
                }
            }
        }
        ends
    }
}

fn follow(ends: &mut [usize], at: usize, next: Option<usize>) {
    let end = next.and_then(|next| ends.get(next).copied());
    if let (Some(end), Some(slot)) = (end, ends.get_mut(at)) {
        *slot = end;
    }
}

/// From which run to which something reaches, at the least and at the most.
struct Extent<'a> {
    low: &'a Run,
    first: &'a Run,
    last: &'a Run,
    most: &'a Run,
}

impl<'a> Extent<'a> {
    fn one(run: &'a Run) -> Extent<'a> {
        Extent { low: run, first: run, last: run, most: run }
    }

    fn moment(&self, sure: bool) -> Moment {
        Moment {
            start: self.first.start,
            end: self.last.end,
            origin: Origin(self.first.speaker),
            first: self.first.first,
            last: self.last.last,
            first_lo: self.low.first,
            last_hi: self.most.last,
            start_lo: self.low.start_lo,
            start_hi: self.first.start_hi,
            end_lo: self.last.end_lo,
            end_hi: self.most.end_hi,
            sure: u32::from(sure),
            edges: Edges::default(),
        }
    }
}

/// The tokens of words from first to last.
pub(super) fn tokens_of(said: &[Said<'_>], first: u32, last: u32) -> Range<usize> {
    let from = said.get(first as usize).map_or(0, |s| s.tokens.start);
    let to = said.get(last as usize).map_or(from, |s| s.tokens.end);
    from..to
}

/// Writes the pause before each token: [`STRETCH_START`] at the first of a turn or back-channel, 0 inside a word, else
/// from the end of the word before, but 0 at least. Words without tokens lie between as any other; the longest pause
/// counts. Where nobody can tell whether a stretch begins, what reaches across is doubtful.
pub(super) fn mark_pauses(said: &[Said<'_>], tokens: &mut Tokens, found: &Stretches) {
    let mut begins: Vec<Truth> = vec![Truth::Yes; said.len()];
    for place in &found.runs {
        if let Some(slot) = begins.get_mut(place.run.first as usize) {
            *slot = place.joined;
        }
    }
    let (mut pause, mut before, mut doubtful) = (0, 0, false);
    for (word, joined) in said.iter().zip(begins) {
        let own = if joined == Truth::No { STRETCH_START } else { word.placed.facts.start - before };
        pause = if joined == Truth::No { own } else { own.max(pause) };
        doubtful |= joined == Truth::CannotTell;
        before = word.placed.facts.end;
        for token in word.tokens.clone() {
            if let (Some(slot), Some(flags)) = (tokens.pause_before.get_mut(token), tokens.flags.get_mut(token)) {
                *slot = pause;
                *flags |= if doubtful && pause != STRETCH_START { flag::DARK_BEFORE } else { 0 };
            }
            (pause, doubtful) = (0, false);
        }
    }
}
