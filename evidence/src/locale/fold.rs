//! Folding: two writings of the same characters become one.
//! Must not know words, nor which language the text is in.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// Full Unicode case folding, then NFC, with apostrophes, joiners and ligatures unified. Idempotent: passes are
/// repeated until one changes nothing, since composing may bring about what folding would have changed.
pub(super) fn fold(text: &str) -> String {
    let mut folded = pass(text);
    for _ in 0..4 {
        let again = pass(&folded);
        if again == folded {
            break;
        }
        folded = again;
    }
    folded
}

/// One pass. NFD goes first because folding is only stable under canonical equivalence when it does
/// (Unicode Standard, 3.13, D145: U+0345 and the characters that decompose to it).
fn pass(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut after_digit = false;
    for c in text.chars().filter(|c| !is_invisible(*c)).nfd().default_case_fold() {
        match c {
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            c if is_apostrophe(c) => plain.push('\''),
            c if is_dash(c) || is_joiner(c) || (is_stop(c) && !after_digit) => plain.push(' '),
            c => plain.push(c),
        }
        after_digit = c.is_numeric();
    }
    plain.nfc().collect()
}

/// Characters that show nothing and separate nothing: soft hyphen, zero-width space and joiners, direction marks,
/// byte order mark, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0001}' | '\u{E0020}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Characters that are typed for an apostrophe: quotation marks, primes, modifier letters, spacing accents.
fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{B4}'
            | '\u{2B9}'
            | '\u{2BB}'
            | '\u{2BC}'
            | '\u{2BD}'
            | '\u{2C8}'
            | '\u{2CA}'
            | '\u{2CB}'
            | '\u{55A}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201B}'
            | '\u{2032}'
            | '\u{2035}'
            | '\u{A78C}'
            | '\u{FF07}'
            | '\u{FF40}'
    )
}

/// The hyphens and dashes of Unicode's property `Dash`, swung dash and minus signs included: they separate words. (Most
/// would by UAX #29 as well; the Armenian hyphen would not.)
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{58A}' | '\u{5BE}' | '\u{1400}' | '\u{1806}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2053}'
                | '\u{207B}'
                | '\u{208B}'
                | '\u{2212}'
                | '\u{2E17}'
                | '\u{2E1A}'
                | '\u{2E3A}'
                | '\u{2E3B}'
                | '\u{2E40}'
                | '\u{2E5D}'
                | '\u{301C}'
                | '\u{3030}'
                | '\u{30A0}'
                | '\u{FE31}'
                | '\u{FE32}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
                | '\u{10EAD}'
    )
}

/// What UAX #29 calls ExtendNumLet: it glues words together, and here it must not. Low lines, and the narrow
/// no-break space that French typography puts before `!` and inside numbers.
fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '_' | '\u{202F}' | '\u{203F}' | '\u{2040}' | '\u{2054}' | '\u{FE33}' | '\u{FE34}' | '\u{FE4D}'
            ..='\u{FE4F}' | '\u{FF3F}'
    )
}

/// Full stops, colons and middle dots, which UAX #29 keeps inside a word between two letters: a space forgotten after
/// a sentence must not hide both its neighbours.
fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | ':' | '\u{B7}' | '\u{2024}' | '\u{2027}' | '\u{FE13}' | '\u{FE52}' | '\u{FE55}' | '\u{FF0E}' | '\u{FF1A}'
    )
}
