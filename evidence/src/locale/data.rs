//! The data files of the locale packs, compiled in, read line by line, and hashed.
//! Must not know what the lists are used for.

/// The name of a list and the text of its file: one entry a line, `#` starts a line that is a comment.
pub(super) type ListText = (&'static str, &'static str);

macro_rules! lists {
    ($language:literal: $($name:literal),+ $(,)?) => {
        [
            $(($name, include_str!(concat!("../../locales/", $language, "/", $name, ".txt"))),)+
            ("masks", include_str!("../../locales/masks.txt")),
        ]
    };
}

pub(super) static FRENCH: [ListText; 24] = lists!(
    "fr": "back-channels", "cents", "clause-words", "currencies", "elision-exceptions", "elisions", "fillers",
    "idle-negations", "idle-questions", "letter-words", "months", "naming", "negators", "numbers", "ordinals",
    "question-forms", "spelling-links", "spelling-words", "titles", "units", "weekdays", "inflections", "sounds",
);

pub(super) static ENGLISH: [ListText; 24] = lists!(
    "en": "back-channels", "cents", "clause-words", "currencies", "elision-exceptions", "elisions", "fillers",
    "idle-negations", "idle-questions", "letter-words", "months", "naming", "negators", "numbers", "ordinals",
    "question-forms", "spelling-links", "spelling-words", "titles", "units", "weekdays", "inflections", "sounds",
);

/// The entries of the named list, in the order of the file; none if there is no such list.
pub(super) fn entries<'a>(lists: &'a [ListText], name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let text = lists.iter().find(|(listed, _)| *listed == name).map_or("", |(_, text)| *text);
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// BLAKE3 over the language, the algorithms, the versions of the Unicode tables in use, and the entries of every list.
/// One item a line, a tab before entries, so that no two different packs are the same bytes.
pub(super) fn hash(language: &str, algorithms: &str, lists: &[ListText]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut line = |text: &str| {
        hasher.update(text.as_bytes());
        hasher.update(b"\n");
    };
    line(language);
    line(algorithms);
    line(&unicode_versions());
    for (name, _) in lists {
        line(name);
        entries(lists, name).for_each(|entry| line(&format!("\t{entry}")));
    }
    hasher.finalize().to_hex().to_string()
}

/// The versions of the Unicode tables behind folding, normalisation, word boundaries and “is a letter or digit”.
fn unicode_versions() -> String {
    format!(
        "fold {:?}; nfc {:?}; words {:?}; letters {:?}",
        caseless::UNICODE_VERSION,
        unicode_normalization::UNICODE_VERSION,
        unicode_segmentation::UNICODE_VERSION,
        char::UNICODE_VERSION
    )
}
