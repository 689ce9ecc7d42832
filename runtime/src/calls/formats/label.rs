//! Names that files give to speakers and channels, as texts or as numbers. Knows no format.

use super::role_words;
use crate::calls::draft::{Draft, Party};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A text or a number, as text: `"A"`, `"1"` and `1` are `A`, `1` and `1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label<'a>(Cow<'a, str>);

impl Label<'_> {
    /// The label, without blanks at its edges; none if nothing is left.
    pub(super) fn text(&self) -> Option<&str> {
        Some(self.0.trim()).filter(|text| !text.is_empty())
    }
}

/// The speaker of this name; a name that is a role, such as `Agent`, gives it.
pub(super) fn named(draft: &mut Draft, name: &str) -> Party {
    let party = draft.party(name);
    give_role(draft, party, Some(name));
    party
}

/// Gives a speaker the role that the file's label for them is, if it is one.
pub(super) fn give_role(draft: &mut Draft, party: Party, label: Option<&str>) {
    if let Some((role, label)) = label.and_then(|label| Some((role_words::role(label)?, label))) {
        draft.role(party, role, label);
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Label<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'de RawValue = Deserialize::deserialize(deserializer)?;
        let text = raw.get();
        match text.bytes().next() {
            Some(b'-' | b'0'..=b'9') => Ok(Label(Cow::Borrowed(text))),
            Some(b'"') if !text.contains('\\') => Ok(Label(Cow::Borrowed(text.trim_matches('"')))),
            Some(b'"') => serde_json::from_str(text).map(|text| Label(Cow::Owned(text))).map_err(D::Error::custom),
            _ => Err(D::Error::custom("expected a text or a number")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Label;

    #[test]
    fn texts_and_numbers_are_labels() {
        for (json, text) in
            [("\"A\"", Some("A")), ("1", Some("1")), ("\"\"", None), ("\" \"", None), ("\"\\u0041\\\"\"", Some("A\""))]
        {
            assert_eq!(serde_json::from_str::<Label>(json).unwrap().text(), text, "{json}");
        }
        for json in ["true", "[1]", "{}", "null"] {
            assert!(serde_json::from_str::<Label>(json).is_err(), "{json}");
        }
    }
}
