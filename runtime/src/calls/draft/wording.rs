//! Texts to words: blanks, punctuation after words, masks, and sounds that are no words. Knows no format and no language.

use grille_evidence::call::WordKind;

/// White space, and characters without width that stand at the edges of words.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Punctuation that may stand after a word.
fn closes(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | '…' | '"' | '”' | '»' | ')' | '。' | '，' | '？' | '！' | '、')
}

/// A word without the blanks at its edges, and the punctuation after it. A text of punctuation alone has no word.
pub(super) fn parted(text: &str) -> (&str, &str) {
    let text = text.trim_matches(is_blank);
    if !text
        .chars()
        .any(|c| c.is_alphanumeric() || matches!(c, '<' | '[' | '*' | '#' | '%' | '$' | '€' | '£' | '&' | '+' | '@'))
    {
        return ("", text);
    }
    let bracketed = text.starts_with('(');
    let word = text.trim_end_matches(|c| closes(c) && !(bracketed && c == ')') || is_blank(c));
    (word, text.strip_prefix(word).unwrap_or_default())
}

/// What a word is by its text; none if it is a sound.
pub(super) fn kind(text: &str) -> Option<WordKind> {
    if enclosed(text, '(', ')').is_some_and(|inside| is_unheard(&name(inside))) {
        return Some(WordKind::Unknown);
    }
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Some(WordKind::Unknown);
    }
    if is_masked(text) {
        return Some(WordKind::Redacted);
    }
    let Some(inside) = enclosed(text, '[', ']').or_else(|| enclosed(text, '<', '>')) else {
        return Some(if holds_mask(text) { WordKind::Redacted } else { WordKind::Plain });
    };
    let name = name(inside);
    if is_unheard(&name) {
        return Some(WordKind::Unknown);
    }
    is_mask(inside, &name).then_some(WordKind::Redacted)
}

/// What stands between brackets, in small letters, parted by blanks, without numbers at its edges.
fn name(inside: &str) -> String {
    let name = inside.to_lowercase().replace(['_', '-'], " ");
    name.trim_matches(|c: char| !c.is_alphabetic()).to_owned()
}

/// `NAME`, `CREDIT_CARD`, `PHONE NUMBER`, `name_1`; not `MUSIC PLAYING`: of several words parted by blanks the last one
/// says that something was taken out.
fn is_mask(inside: &str, name: &str) -> bool {
    const TAKEN_OUT: [&str; 12] =
        ["account", "address", "card", "code", "cvv", "date", "email", "name", "number", "redacted", "removed", "ssn"];
    let large = inside.chars().any(char::is_alphabetic) && !inside.chars().any(char::is_lowercase);
    let taken_out = || name.rsplit(' ').next().is_some_and(|last| TAKEN_OUT.contains(&last));
    let mask = large && (!inside.trim().contains(' ') || taken_out()) || is_numbered(inside);
    mask && !is_sound(name)
}

/// `[NAME_1]'s`, `([PII])`: a mask with something around it.
fn holds_mask(text: &str) -> bool {
    text.char_indices().filter(|(_, c)| matches!(c, '[' | '<')).any(|(at, _)| {
        let rest = text.get(at..).unwrap_or_default();
        let inside = mask_end(rest).and_then(|end| rest.get(1..end));
        inside.is_some_and(|inside| {
            let name = name(inside);
            !is_unheard(&name) && is_mask(inside, &name)
        })
    })
}

/// `credit_card_1`: sounds have no numbers, masks that are told apart have, small letters or not.
fn is_numbered(inside: &str) -> bool {
    let parts = inside.rsplit_once(['_', '-']).unwrap_or_default();
    !parts.0.is_empty() && !parts.1.is_empty() && parts.1.bytes().all(|byte| byte.is_ascii_digit())
}

/// `****`, `###-####`, `f***`: characters stand in the place of what was said.
fn is_masked(text: &str) -> bool {
    ["**", "##"].iter().any(|run| text.contains(run)) && !text.contains(|c: char| c.is_ascii_digit())
}

fn enclosed(text: &str, open: char, close: char) -> Option<&str> {
    text.strip_prefix(open)?.strip_suffix(close)
}

/// Something was said that nobody understood, in English or French: `inaudible`, `passage incompréhensible`.
fn is_unheard(name: &str) -> bool {
    const WHOLE: [&str; 5] = ["unknown", "crosstalk", "foreign language", "inconnu", "langue étrangère"];
    const ANY_WORD: [&str; 13] = [
        "unk",
        "inaudible",
        "inaudibles",
        "unintelligible",
        "indiscernible",
        "incomprehensible",
        "incompréhensible",
        "incompréhensibles",
        "inintelligible",
        "inintelligibles",
        "indistinct",
        "indistincte",
        "indistinctes",
    ];
    WHOLE.contains(&name) || name.split(' ').any(|word| ANY_WORD.contains(&word))
}

fn is_sound(name: &str) -> bool {
    const SOUNDS: [&str; 46] = [
        "applaudissements",
        "applause",
        "background noise",
        "beep",
        "beeping",
        "beeps",
        "bip",
        "blank audio",
        "breath",
        "breathing",
        "bruit",
        "buzzing",
        "chuckles",
        "clicking",
        "cough",
        "coughing",
        "coughs",
        "crying",
        "dial tone",
        "exhales",
        "gasps",
        "groans",
        "hold music",
        "humming",
        "inhales",
        "laugh",
        "laughing",
        "laughs",
        "laughter",
        "music",
        "musique",
        "noise",
        "pause",
        "rire",
        "rires",
        "ringing",
        "sigh",
        "sighs",
        "silence",
        "sneezes",
        "sniffs",
        "sonnerie",
        "sound",
        "soupir",
        "static",
        "typing",
    ];
    SOUNDS.contains(&name)
}

/// How many bytes may stand between brackets that belong together.
const LONGEST_MASK: usize = 60;

/// Where the bracket that a text begins with is closed: near, and something stands in it.
fn mask_end(text: &str) -> Option<usize> {
    let (open, close) = [('[', ']'), ('<', '>')].into_iter().find(|(open, _)| text.starts_with(*open))?;
    let inside = text.strip_prefix(open)?;
    let mut near = inside.char_indices().take_while(|(at, _)| *at < LONGEST_MASK);
    (!inside.starts_with(is_blank)).then(|| near.find(|(_, c)| *c == close)).flatten().map(|(at, _)| at + 1)
}

/// The words of a text, parted at blanks; what stands between brackets stays together.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(is_blank);
        let from = mask_end(rest).unwrap_or(0);
        let length = rest.get(from..)?.find(is_blank).map_or(rest.len(), |at| from + at);
        let (word, after) = rest.split_at_checked(length)?;
        rest = after;
        Some(word).filter(|word| !word.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::{WordKind, kind, parted, words};

    #[test]
    fn punctuation_stands_after_words() {
        for (text, word, after) in [
            (" Hello,", "Hello", ","),
            ("bonjour ?", "bonjour", " ?"),
            ("1,200.50", "1,200.50", ""),
            ("j'", "j'", ""),
            ("?", "", "?"),
            (" \u{200b}", "", ""),
            ("[PII].", "[PII]", "."),
            ("$5.", "$5", "."),
            ("–", "", "–"),
            ("bonj-", "bonj-", ""),
        ] {
            assert_eq!(parted(text), (word, after), "{text}");
        }
    }

    #[test]
    fn masks_unknown_words_and_sounds_are_told_apart() {
        for text in [
            "[PII]",
            "[NAME]",
            "[CREDIT_CARD]",
            "[PHONE-1]",
            "<PERSON_2>",
            "****",
            "####",
            "###-####",
            "f**k",
            "[PHONE NUMBER]",
            "[NAME_1]'s",
            "([PII]",
            "[credit_card_1]",
        ] {
            assert_eq!(kind(text), Some(WordKind::Redacted), "{text}");
        }
        for text in [
            "<unk>",
            "[inaudible]",
            "[UNINTELLIGIBLE]",
            "(inaudible)",
            "[incompréhensible]",
            "[Passage inaudible]",
            "(inintelligible)",
            "[langue étrangère]",
        ] {
            assert_eq!(kind(text), Some(WordKind::Unknown), "{text}");
        }
        for text in ["[noise]", "[MUSIC PLAYING]", "[baby crying]", "[BLANK_AUDIO]", "[Music]", "[]"] {
            assert_eq!(kind(text), None, "{text}");
        }
        for text in ["hello", "*", "#", "C#", "[sic"] {
            assert_eq!(kind(text), Some(WordKind::Plain), "{text}");
        }
    }

    #[test]
    fn texts_are_parted_at_blanks_outside_brackets() {
        assert_eq!(words("a < b and c > d").count(), 7);
        let parted: Vec<&str> = words("  I said [baby crying] no, [PII]. \u{200b} ok [open").collect();
        assert_eq!(parted, ["I", "said", "[baby crying]", "no,", "[PII].", "ok", "[open"]);
        assert_eq!(words("(see you) a<b > c").collect::<Vec<_>>(), ["(see", "you)", "a<b", ">", "c"]);
    }
}
