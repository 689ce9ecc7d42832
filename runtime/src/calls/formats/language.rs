//! Names that services give to languages, as BCP 47 tags. Knows no format.

/// Names that OpenAI's service writes out, of the languages that are most met.
const NAMED: [(&str, &str); 8] = [
    ("dutch", "nl"),
    ("english", "en"),
    ("french", "fr"),
    ("german", "de"),
    ("italian", "it"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("spanish", "es"),
];

/// `en_us`, `en-US`, `EN`, `english` as `en-US`, `en`; none for what is no tag, such as `auto` or an empty text.
pub(super) fn tag(name: &str) -> Option<String> {
    let name = name.trim().to_ascii_lowercase();
    if let Some((_, tag)) = NAMED.iter().find(|(named, _)| *named == name) {
        return Some((*tag).to_owned());
    }
    let mut parts = name.split(['-', '_']);
    let language = parts.next().filter(|part| matches!(part.len(), 2 | 3) && letters(part))?;
    let mut tag = language.to_owned();
    for part in parts {
        if !part.bytes().all(|b| b.is_ascii_alphanumeric()) || !(2..=8).contains(&part.len()) {
            return None;
        }
        tag.push('-');
        if part.len() == 2 && letters(part) { tag.push_str(&part.to_ascii_uppercase()) } else { tag.push_str(part) }
    }
    Some(tag)
}

fn letters(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[test]
    fn languages_become_tags() {
        for (name, expected) in [
            ("en_us", "en-US"),
            ("fr", "fr"),
            ("EN-gb", "en-GB"),
            ("French", "fr"),
            ("cmn", "cmn"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(tag(name).as_deref(), Some(expected), "{name}");
        }
        for name in ["", "auto", "multi", "x", "en-", "klingon", "e n"] {
            assert_eq!(tag(name), None, "{name}");
        }
    }
}
