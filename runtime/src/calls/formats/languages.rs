//! The language of a call of which each part says its own. Knows no format.

use super::language;
use crate::calls::draft::Draft;
use crate::calls::notes::Effect;

/// Languages in the order in which they were met, and how often each was.
#[derive(Debug, Default)]
pub(super) struct Languages(Vec<(String, usize)>);

impl Languages {
    /// One part more.
    pub(super) fn add(&mut self, language: Option<&str>) {
        let Some(language) = language.and_then(language::tag) else { return };
        match self.0.iter_mut().find(|(known, _)| *known == language) {
            Some((_, times)) => *times += 1,
            None => self.0.push((language, 1)),
        }
    }

    /// The call is in the language of most parts, of several the first; the others are noted.
    pub(super) fn settle(self, draft: &mut Draft) {
        let most = self.0.iter().map(|(_, times)| *times).max();
        let Some((language, _)) = self.0.iter().find(|(_, times)| Some(*times) == most) else { return };
        let others: Vec<String> =
            self.0.iter().filter(|(other, _)| other != language).map(|(other, _)| format!("`{other}`")).collect();
        if !others.is_empty() {
            let what = format!("parts of it are in {}; the call is taken to be in `{language}`", others.join(", "));
            draft.notes.tell(Effect::Assumed, what);
        }
        draft.locale = Some(language.clone());
    }
}
