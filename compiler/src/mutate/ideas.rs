//! What a test would have to hold to notice a change, for the author of the test.

/// A window or a bound on time moved.
pub(super) const EDGE: &str = "add a call in which it lies where the two differ";
/// A count moved.
pub(super) const COUNT: &str = "add a call with exactly so many";
/// A share moved.
pub(super) const SHARE: &str = "add a call whose share lies where the two differ";
/// Points or a grade's edge moved.
pub(super) const SCORE: &str = "expect a score, points or a grade that rest on it";
/// Words of a phrase.
pub(super) const WORDS: &str = "add a call in which everything else of the phrase is said, and this is not";
/// A way to say it.
pub(super) const ALTERNATIVE: &str = "add a call in which it is said in just this way";
/// One of several values.
pub(super) const ALTERNATIVE_VALUE: &str = "add a call that has just this value";
/// An exception.
pub(super) const EXCEPTION: &str = "add a call in which just this exception is said";
/// An inflection or a beginning of a word.
pub(super) const INFLECTION: &str = "add a call with another form of the word";
/// Who speaks.
pub(super) const ROLE: &str = "add a call in which the other one says or does it";
/// Said or asked.
pub(super) const VERB: &str = "add a call in which it is said and not asked, or asked where saying is enough";
/// Negation.
pub(super) const NEGATION: &str = "add a call in which it is denied: “never …”";
/// A filter.
pub(super) const FILTER: &str = "add a call in which it is there and does not pass this";
/// One of several conditions.
pub(super) const CONDITION: &str = "add a call in which only this one decides";
/// All or one.
pub(super) const ALL_OR_ONE: &str = "add a call in which one of them holds and another does not";
/// A clause.
pub(super) const CLAUSE: &str = "add a call in which this clause decides the verdict";
/// Which one of several.
pub(super) const ORDER: &str = "add a call in which there are several, and the other one differs";
/// Before or after.
pub(super) const SIDE: &str = "add a call in which it comes on the other side";
/// Where a comparison is just met.
pub(super) const BOUND: &str = "add a call in which the two are equal";
/// Words that sound alike.
pub(super) const SOUND: &str = "add a call in which it was heard a little differently";
