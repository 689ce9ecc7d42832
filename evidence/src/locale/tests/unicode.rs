//! Unicode's own cases (extracts of the files of Unicode 15.0, vendored beside this with their licence). What our tailoring
//! makes differ is named in the tests, with the reason.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::locale::LocalePack;
use crate::locale::fold::fold;

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// Code points in hex, blanks between.
fn text(codes: &str) -> String {
    let codes = codes.split_whitespace().map(|code| u32::from_str_radix(code, 16).expect("hex"));
    codes.map(|code| char::from_u32(code).expect("a character")).collect()
}

fn is_settled(text: &str) {
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "folding again changes {text:?}");
    assert!(folded.nfc().eq(folded.chars()), "{text:?} is not in NFC once folded");
}

#[test]
fn what_case_folding_joins_is_one() {
    let mut count = 0;
    for line in lines(include_str!("unicode/CaseFolding.txt")) {
        let (from, to) = line.split_once(';').expect("two columns");
        assert_eq!(fold(&text(from)), fold(&text(to)), "{line}");
        is_settled(&text(from));
        count += 1;
    }
    assert!(count > 1400, "{count}");
}

/// Columns 1 to 3 are canonically equivalent, so are 4 and 5. Compatibility (1 with 4) is not ours: `²` is not `2`.
#[test]
fn canonical_equivalents_meet() {
    let mut count = 0;
    for line in lines(include_str!("unicode/NormalizationTest.txt")) {
        let columns: Vec<String> = line.split(';').map(text).collect();
        let [source, nfc, nfd, nfkc, nfkd] = columns.as_slice() else { panic!("five columns: {line}") };
        assert_eq!(fold(source), fold(nfc), "{line}");
        assert_eq!(fold(source), fold(nfd), "{line}");
        assert_eq!(fold(nfkc), fold(nfkd), "{line}");
        columns.iter().for_each(|column| is_settled(column));
        count += 1;
    }
    assert!(count > 800, "{count}");
}

/// Where our tailoring parts words that UAX #29 holds together, or the other way round: full stops and colons between letters,
/// low lines and their kin (ExtendNumLet), dashes of other scripts, apostrophes of every kind made one, and invisible
/// characters taken out, so that what is on both sides of one may join.
fn is_tailored(segment: &str) -> bool {
    let folded = fold(segment);
    segment.contains([
        '.', ':', '_', '\u{2018}', '\u{2019}', '\'', '\u{5F3}', '\u{5F4}', '"', '\u{202F}', '\u{AD}', '\u{200D}',
        '\u{2060}',
    ]) || folded.chars().count() != segment.nfc().count()
}

#[test]
fn words_are_cut_where_unicode_cuts_them() {
    let english = LocalePack::for_tag("en").expect("an English pack");
    let (mut alike, mut tailored) = (0, 0);
    for line in lines(include_str!("unicode/WordBreakTest.txt")) {
        let pieces: Vec<String> = line.split('÷').map(|piece| text(&piece.replace('×', " "))).collect();
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).filter(|piece| !piece.is_empty()).collect();
        let whole = pieces.concat();
        let tokens = english.tokens(&whole);
        assert_eq!(english.tokens(&tokens.join(" ")), tokens, "{line}");
        if is_tailored(&whole) {
            tailored += 1;
            continue;
        }
        assert_eq!(whole.split_word_bounds().collect::<Vec<_>>(), pieces, "the tables in use: {line}");
        let words = pieces.iter().filter(|piece| piece.chars().any(char::is_alphanumeric)).map(|piece| fold(piece));
        assert_eq!(tokens, words.collect::<Vec<_>>(), "{line}");
        alike += 1;
    }
    assert!(alike > 100 && tailored > 100, "{alike} alike, {tailored} tailored");
}
