//! A list of token sequences, and where they occur in a run of tokens.
//! Must not know what the list is for.

use std::ops::Range;

/// Token sequences, sorted, without duplicates and without empty ones.
pub(super) struct Sequences {
    entries: Vec<Vec<String>>,
    /// The length of the longest.
    longest: usize,
}

#[cfg(test)]
thread_local! {
    /// Comparisons made by this thread, for the tests of how the work grows.
    pub(super) static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

fn step() {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + 1));
}

/// How far occurrences reach: found by halving whether one of them holds a place, however many there are.
pub(super) struct Reach {
    /// By start: the start, and the greatest end of all that start there or before.
    ends: Vec<(usize, usize)>,
}

impl Reach {
    /// Of occurrences in the order of their starts.
    pub(super) fn of(occurrences: Vec<Range<usize>>) -> Self {
        let ends = occurrences.into_iter().scan(0, |greatest, range| {
            *greatest = range.end.max(*greatest);
            Some((range.start, *greatest))
        });
        Reach { ends: ends.collect() }
    }

    /// Does one of them hold all of this?
    pub(super) fn holds(&self, place: &Range<usize>) -> bool {
        let after = self.ends.partition_point(|(start, _)| {
            step();
            *start <= place.start
        });
        let before = after.checked_sub(1).and_then(|at| self.ends.get(at));
        before.is_some_and(|(_, end)| place.end <= *end)
    }
}

impl Sequences {
    pub(super) fn new(entries: impl Iterator<Item = Vec<String>>) -> Self {
        let mut entries: Vec<Vec<String>> = entries.filter(|entry| !entry.is_empty()).collect();
        entries.sort();
        entries.dedup();
        let longest = entries.iter().map(Vec::len).max().unwrap_or(0);
        Sequences { entries, longest }
    }

    pub(super) fn entries(&self) -> &[Vec<String>] {
        &self.entries
    }

    /// Every occurrence of every entry, by start, then end.
    pub(super) fn occurrences(&self, tokens: &[&str]) -> Vec<Range<usize>> {
        (0..tokens.len()).flat_map(|start| self.ends(tokens, start).map(move |end| start..end)).collect()
    }

    /// Could an entry hold the token at this place, where `None` stands for any number of tokens that may be anything?
    pub(super) fn may_hold(&self, tokens: &[Option<&str>], at: usize) -> bool {
        let Some((before, [held, after @ ..])) = tokens.split_at_checked(at) else { return false };
        let near_before = before.iter().rev().take(self.longest);
        if !near_before.chain(after.iter().take(self.longest)).any(Option::is_none) {
            return false;
        }
        self.entries.iter().any(|entry| {
            step();
            entry.iter().enumerate().any(|(place, token)| {
                let (first, last) = entry.split_at(place);
                *held == Some(token.as_str())
                    && may_be(first.iter().rev(), before.iter().rev())
                    && may_be(last.iter().skip(1), after.iter())
            })
        })
    }

    /// Can the whole run be cut into entries? True of the empty run.
    pub(super) fn tile(&self, tokens: &[&str]) -> bool {
        let mut reached = vec![false; tokens.len().saturating_add(1)];
        if let Some(first) = reached.first_mut() {
            *first = true;
        }
        for start in 0..tokens.len() {
            if reached.get(start) != Some(&true) {
                continue;
            }
            for end in self.ends(tokens, start) {
                if let Some(at_end) = reached.get_mut(end) {
                    *at_end = true;
                }
            }
        }
        reached.last() == Some(&true)
    }

    /// The ends of the entries that begin at `start`, ascending: an entry sorts before those it is the beginning of.
    fn ends<'a>(&'a self, tokens: &'a [&'a str], start: usize) -> impl Iterator<Item = usize> + 'a {
        let rest = tokens.get(start..).unwrap_or_default();
        let first = rest.first().copied().unwrap_or_default();
        let from = self.entries.partition_point(|entry| entry.first().is_some_and(|token| token.as_str() < first));
        let candidates = self.entries.get(from..).unwrap_or_default().iter();
        candidates
            .take_while(move |entry| entry.first().is_some_and(|token| token == first))
            .inspect(|_| step())
            .filter(move |entry| entry.len() <= rest.len() && entry.iter().zip(rest).all(|(a, b)| a == b))
            .map(move |entry| start.saturating_add(entry.len()))
    }
}

/// May these tokens begin with what is wanted? Past one that nobody can tell, anything may follow.
fn may_be<'a>(
    mut wanted: impl Iterator<Item = &'a String>,
    mut tokens: impl Iterator<Item = &'a Option<&'a str>>,
) -> bool {
    loop {
        match (wanted.next(), tokens.next()) {
            (None, _) | (_, Some(None)) => return true,
            (Some(wanted), Some(Some(token))) if wanted == token => {}
            _ => return false,
        }
    }
}
