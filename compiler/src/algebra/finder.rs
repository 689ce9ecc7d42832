//! Moments by a number of theirs, found without a look at the rest: in a tree whose nodes know the greatest of two measures
//! below them. Costs what it finds, and a little for each.

use super::work;
use grille_evidence::moment::Moment;

const NONE: (i32, i32) = (i32::MIN, i32::MIN);

/// Places of moments in some list, by a key.
pub struct Finder {
    sorted: Vec<(i32, usize)>,
    leaves: usize,
    greatest: Vec<(i32, i32)>,
}

impl Finder {
    /// Of moments with their places.
    #[must_use]
    pub fn of<'a>(
        moments: impl Iterator<Item = (usize, &'a Moment)>,
        key: fn(&Moment) -> i32,
        measures: fn(&Moment) -> (i32, i32),
    ) -> Finder {
        let mut keyed: Vec<(i32, usize, (i32, i32))> = moments.map(|(place, m)| (key(m), place, measures(m))).collect();
        keyed.sort_by_key(|(key, ..)| *key);
        let leaves = keyed.len().next_power_of_two();
        let mut greatest = vec![NONE; leaves];
        greatest.extend(keyed.iter().map(|(.., measures)| *measures));
        greatest.resize(2 * leaves, NONE);
        let sorted = keyed.into_iter().map(|(key, place, _)| (key, place)).collect();
        let mut tree = Finder { sorted, leaves, greatest };
        for node in (1..leaves).rev() {
            let (left, right) = (tree.at(2 * node), tree.at(2 * node + 1));
            if let Some(slot) = tree.greatest.get_mut(node) {
                *slot = (left.0.max(right.0), left.1.max(right.1));
            }
        }
        tree
    }

    fn at(&self, node: usize) -> (i32, i32) {
        self.greatest.get(node).copied().unwrap_or(NONE)
    }

    /// The places of those with a key in `[from, to]` and both measures above these, in the order of their keys.
    #[must_use]
    pub fn find(&self, from: i32, to: i32, above: (i32, i32)) -> Vec<usize> {
        let from = self.sorted.partition_point(|(key, _)| *key < from);
        let to = self.sorted.partition_point(|(key, _)| *key <= to);
        let mut found = Vec::new();
        let mut open = vec![(1, 0, self.leaves)];
        while let Some((node, start, size)) = open.pop() {
            work::step();
            let measures = self.at(node);
            if start >= to || start + size <= from || measures.0 <= above.0 || measures.1 <= above.1 {
                continue;
            }
            if size == 1 {
                found.extend(self.sorted.get(start).map(|(_, place)| *place));
            } else {
                let half = size / 2;
                open.push((2 * node + 1, start + half, half));
                open.push((2 * node, start, half));
            }
        }
        found
    }
}
