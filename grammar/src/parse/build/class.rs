//! `<number>`, `<digits 4..16>`: classes inside a phrase. Knows no language.

use super::phrase::Reader;
use crate::ast::{PhrasePartKind, WordClass};

/// More digits than this are in no number that people say.
const MOST_DIGITS: u8 = 40;

impl Reader<'_, '_> {
    /// What stands between `<` and `>`.
    pub(super) fn class(&mut self) -> Option<PhrasePartKind> {
        let start = self.at();
        let Some(inside) = self.take_up_to('>') else {
            let help = "a class is written `<number>`, with its `>`";
            self.report_at(start, "`<` is not closed in this phrase", "the closing `>` is missing", help);
            return None;
        };
        let mut words = inside.get(1..).unwrap_or("").trim_end_matches('>').split_whitespace();
        let name = words.next().unwrap_or("");
        let Some(class) = WordClass::ALL.into_iter().find(|class| class.keyword() == name) else {
            let help = "the classes are `<number>`, `<amount>`, `<date>`, `<digits 4..16>`, `<name>` and `<spelled>`";
            self.report_at(start, format!("`{inside}` is no class"), "which class?", help);
            return None;
        };
        let rest: Vec<&str> = words.collect();
        match (rest.as_slice(), class) {
            ([], _) => Some(PhrasePartKind::Class { class, digits: None }),
            ([bounds], WordClass::Digits) => {
                let digits = bounds_of(bounds);
                if digits.is_none() {
                    let help = "write how many digits: `<digits 6>`, or `<digits 4..16>` for at least 4 and at most 16; at most 40";
                    self.report_at(start, format!("`{bounds}` is no number of digits"), "how many digits?", help);
                }
                digits.map(|digits| PhrasePartKind::Class { class, digits: Some(digits) })
            }
            _ => {
                let help = "only digits are counted: `<digits 4..16>`; to keep what was said is not possible yet";
                self.report_at(start, format!("`{inside}` says too much"), "the class alone", help);
                None
            }
        }
    }
}

/// `6`, `4..16`.
fn bounds_of(text: &str) -> Option<(u8, u8)> {
    let (least, most) = text.split_once("..").unwrap_or((text, text));
    let (least, most): (u8, u8) = (least.parse().ok()?, most.parse().ok()?);
    (1 <= least && least <= most && most <= MOST_DIGITS).then_some((least, most))
}
