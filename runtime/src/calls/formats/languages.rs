//! The language of a call of which each part says its own. Knows no format.

use super::language;
use crate::calls::draft::Draft;
use crate::calls::notes::Effect;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many languages a note names.
const MOST_NAMED: usize = 5;

/// How often each language was met, and the number of the part in which it first was.
#[derive(Debug, Default)]
pub(super) struct Languages {
    parts: usize,
    met: BTreeMap<String, (usize, usize)>,
}

impl Languages {
    /// One part more.
    pub(super) fn add(&mut self, language: Option<&str>) {
        self.parts += 1;
        if let Some(language) = language.and_then(language::tag) {
            self.met.entry(language).or_insert((0, self.parts)).0 += 1;
        }
    }

    /// The call is in the language of most parts, of several the first; the others are noted.
    pub(super) fn settle(self, draft: &mut Draft) {
        let most = self.met.iter().max_by_key(|(_, (times, first))| (*times, Reverse(*first)));
        let Some((language, _)) = most else { return };
        let others = self.met.keys().filter(|other| *other != language);
        let named: Vec<String> = others.take(MOST_NAMED).map(|other| format!("`{other}`")).collect();
        if !named.is_empty() {
            let what = format!("parts of it are in {}; the call is taken to be in `{language}`", named.join(", "));
            draft.notes.tell(Effect::Assumed, what);
        }
        draft.locale = Some(language.clone());
    }
}
