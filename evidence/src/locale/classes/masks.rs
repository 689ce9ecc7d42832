//! Masks: what stands in the place of a word that was taken out. Must not know why it was.

use super::Class;
use super::words::ClassWords;

/// The class of a mask such as `[CARD]` or `<PHONE_1>`, with how many digits it may have; none if the list does not hold it.
pub(super) fn class_of(words: &ClassWords, mask: &str) -> Option<(Class, (u8, u8))> {
    let bare = mask.trim_matches(|c: char| !c.is_alphabetic());
    let name: String =
        bare.chars().map(|c| if matches!(c, '-' | ' ') { '_' } else { c.to_ascii_uppercase() }).collect();
    words.masks.iter().find_map(|line| {
        let mut parts = line.split(' ');
        let (listed, class) = (parts.next()?, parts.next()?);
        let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
        let digits = (number(), number());
        let class = Class::ALL.into_iter().find(|c| c.words() == class)?;
        (listed == name).then_some((class, digits))
    })
}
