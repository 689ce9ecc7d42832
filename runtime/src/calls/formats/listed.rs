//! A text beside the list of its words: does the list hold them all? Knows no format.

use crate::calls::draft::Draft;
use crate::calls::notes::{Effect, Remark};
use std::fmt::Display;

static UNLISTED: Remark = Remark {
    effect: Effect::Dropped,
    one: "text with more words than the list beside it",
    many: "texts with more words than the lists beside them",
    done: "only listed words are read, since only these have times",
};

/// Notes a text that says more than `listed` words, by more than a tenth: numbers and hyphens are written in several ways.
pub(super) fn check(draft: &mut Draft, text: Option<&str>, listed: usize, place: impl Display) {
    let words = text.unwrap_or_default().split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    if words > listed + listed / 10 {
        draft.notes.count(&UNLISTED, place);
    }
}
