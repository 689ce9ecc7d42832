//! Many questions asked of many points at once: of those with a key past this, a place in here and another owner, how
//! high is the highest? Answered in O(n log n) by one pass over the keys and a tree over the places. Knows no moments.

use super::work;

/// A thing that is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// What questions are past of.
    pub key: i64,
    /// Where it is.
    pub place: i64,
    /// How high it is.
    pub height: i64,
    /// Whose it is; [`NOBODY`] if it is for everybody.
    pub owner: u64,
}

/// The owner of points that no question leaves out.
pub const NOBODY: u64 = u64::MAX;

/// A question.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// Points must have a key past this.
    pub past: i64,
    /// Points must not be placed before this.
    pub from: i64,
    /// Points must not be placed after this.
    pub to: i64,
    /// Points of this owner are left out; [`NOBODY`] leaves none out.
    pub not_of: u64,
}

/// For each question, the height of the highest point; none where no point fits.
#[must_use]
pub fn highest(points: &[Point], questions: &[Question]) -> Vec<Option<i64>> {
    let mut answers = vec![None; questions.len()];
    if questions.is_empty() {
        return answers;
    }
    let mut places: Vec<i64> = points.iter().map(|p| p.place).collect();
    places.sort_unstable();
    places.dedup();
    let mut by_key: Vec<&Point> = points.iter().collect();
    by_key.sort_by_key(|p| std::cmp::Reverse(p.key));
    let mut by_past: Vec<(usize, &Question)> = questions.iter().enumerate().collect();
    by_past.sort_by_key(|(_, q)| std::cmp::Reverse(q.past));
    let mut tree = Tree::over(places.len());
    let mut waiting = by_key.into_iter().peekable();
    for (index, question) in by_past {
        while let Some(point) = waiting.next_if(|p| p.key > question.past) {
            let place = places.partition_point(|p| *p < point.place);
            tree.put(place, Top::of(point.height, point.owner));
        }
        let from = places.partition_point(|p| *p < question.from);
        let to = places.partition_point(|p| *p <= question.to);
        if let Some(answer) = answers.get_mut(index) {
            *answer = tree.top(from, to).without(question.not_of);
        }
    }
    answers
}

/// The same, where points have a rank, too, that must be past a question's. Answered in O(n log² n): of points in the order
/// of their ranks, those that a question asks about are the last so many, and these are put together of few halves.
#[must_use]
pub fn highest_past(mut points: Vec<(i64, Point)>, questions: &[(i64, Question)]) -> Vec<Option<i64>> {
    let mut answers = vec![None; questions.len()];
    points.sort_by_key(|(rank, _)| *rank);
    let asked = questions.iter().enumerate();
    let asked = asked.map(|(index, (past, question))| Asked {
        index,
        from: points.partition_point(|(rank, _)| rank <= past),
        question: *question,
    });
    let asked: Vec<Asked> = asked.collect();
    let points: Vec<Point> = points.into_iter().map(|(_, point)| point).collect();
    of_half(&points, 0, asked, &mut answers);
    answers
}

/// A question by its place, of the points from some place on.
struct Asked {
    index: usize,
    from: usize,
    question: Question,
}

/// The answers as far as these points give them, which begin at a place.
fn of_half(points: &[Point], start: usize, asked: Vec<Asked>, answers: &mut [Option<i64>]) {
    let asked = asked.into_iter().filter(|a| a.from < start + points.len());
    let (whole, parted): (Vec<Asked>, Vec<Asked>) = asked.partition(|a| a.from <= start);
    let told = highest(points, &whole.iter().map(|a| a.question).collect::<Vec<_>>());
    for (asked, told) in whole.iter().zip(told) {
        if let Some(answer) = answers.get_mut(asked.index) {
            *answer = told.max(*answer);
        }
    }
    if !parted.is_empty() {
        let (left, right) = points.split_at(points.len() / 2);
        let again = parted.iter().map(|a| Asked { ..*a }).collect();
        of_half(left, start, again, answers);
        of_half(right, start + left.len(), parted, answers);
    }
}

/// The highest, and the highest of another owner.
#[derive(Debug, Clone, Copy, Default)]
struct Top {
    best: Option<(i64, u64)>,
    other: Option<i64>,
}

impl Top {
    fn of(height: i64, owner: u64) -> Top {
        Top { best: Some((height, owner)), other: None }
    }

    fn with(self, more: Top) -> Top {
        let (high, low) = if more.best.map(|b| b.0) > self.best.map(|b| b.0) { (more, self) } else { (self, more) };
        let Some((_, owner)) = high.best else { return high };
        Top { best: high.best, other: high.other.max(low.without(owner)) }
    }

    fn without(self, owner: u64) -> Option<i64> {
        match self.best {
            Some((_, of)) if of == owner && owner != NOBODY => self.other,
            best => best.map(|(height, _)| height),
        }
    }
}

/// A tree over places in which the top of any stretch of them is found in a logarithm of steps.
struct Tree {
    leaves: usize,
    tops: Vec<Top>,
}

impl Tree {
    fn over(places: usize) -> Tree {
        let leaves = places.next_power_of_two();
        Tree { leaves, tops: vec![Top::default(); 2 * leaves] }
    }

    fn at(&self, node: usize) -> Top {
        work::step();
        self.tops.get(node).copied().unwrap_or_default()
    }

    fn put(&mut self, place: usize, top: Top) {
        let mut node = self.leaves + place;
        while node > 0 {
            let joined = self.at(node).with(top);
            if let Some(slot) = self.tops.get_mut(node) {
                *slot = joined;
            }
            node /= 2;
        }
    }

    /// Over the places `from..to`.
    fn top(&self, from: usize, to: usize) -> Top {
        let (mut left, mut right) = (self.leaves + from, self.leaves + to.max(from));
        let mut found = Top::default();
        while left < right {
            if left % 2 == 1 {
                found = found.with(self.at(left));
                left += 1;
            }
            if right % 2 == 1 {
                right -= 1;
                found = found.with(self.at(right));
            }
            left /= 2;
            right /= 2;
        }
        found
    }
}
