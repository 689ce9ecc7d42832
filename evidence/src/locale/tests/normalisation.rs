//! Normalisation: the published examples, Unicode's own cases, and laws over random text.

use caseless::Caseless;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::locale::LocalePack;
use crate::locale::fold::fold;

fn fr(text: &str) -> Vec<String> {
    LocalePack::for_tag("fr").expect("a French pack").tokens(text)
}

fn en(text: &str) -> Vec<String> {
    LocalePack::for_tag("en").expect("an English pack").tokens(text)
}

#[test]
fn elided_words_are_tokens_that_keep_their_apostrophe() {
    assert_eq!(fr("j'attends"), ["j'", "attends"]);
    assert_eq!(fr("D'accord, qu’est-ce qu’il y a"), ["d'", "accord", "qu'", "est", "ce", "qu'", "il", "y", "a"]);
    assert_eq!(fr("jusqu'à lorsqu'on puisqu'il"), ["jusqu'", "à", "lorsqu'", "on", "puisqu'", "il"]);
    assert_eq!(fr("l'11 l'«autre» j't'attends"), ["l'", "11", "l'", "autre", "j'", "t'", "attends"]);
    assert_eq!(fr("y'a un chef-d'œuvre"), fr("Y a un chef d' oeuvre"));
    assert_eq!(fr("va-t'en, a-t-il dit"), ["va", "t'", "en", "a", "t", "il", "dit"]);
    assert_eq!(fr("c'"), ["c'"]);
}

#[test]
fn words_with_an_apostrophe_of_their_own_stay_whole() {
    assert_eq!(fr("Aujourd’hui quelqu'un"), ["aujourd'hui", "quelqu'un"]);
    assert_eq!(fr("aujourd' hui quelqu' un"), ["aujourd'hui", "quelqu'un"]);
    assert_eq!(fr("aujourd'hier quelqu'autre"), ["aujourd'", "hier", "quelqu'", "autre"]);
    assert_eq!(fr("O'Brien p'tit entr'ouvert"), ["o'brien", "p'tit", "entr'ouvert"]);
}

#[test]
fn apostrophes_and_spaces_about_them_make_no_difference() {
    for apostrophe in ["'", "’", "‘", "ʼ", "＇", "‛", "′", "´", "`", "' ", "’ ", "'\u{A0}", "’\u{200B}", "'\u{202F}"]
    {
        assert_eq!(fr(&format!("j{apostrophe}attends")), ["j'", "attends"], "{apostrophe:?}");
    }
    assert_eq!(fr("‘bonjour’ 'oui'"), ["bonjour", "oui"]);
}

#[test]
fn every_dash_separates_words() {
    let dashes = "-\u{58A}\u{5BE}\u{1400}\u{1806}‐‑‒–—―⁓⁻₋−⸗⸚⸺⸻〜〰゠︱︲﹘﹣－";
    for dash in dashes.chars() {
        assert_eq!(fr(&format!("rendez{dash}vous")), ["rendez", "vous"], "{:x}", u32::from(dash));
        assert_eq!(en(&format!("para{dash}")), ["para"]);
    }
}

#[test]
fn english_contractions_and_possessives_are_one_token() {
    assert_eq!(en("I’m sure they DON'T"), ["i'm", "sure", "they", "don't"]);
    assert_eq!(en("the customer's o'clock customers'"), ["the", "customer's", "o'clock", "customers"]);
    assert_eq!(en("uh-huh e-mail"), ["uh", "huh", "e", "mail"]);
}

#[test]
fn numbers_keep_their_separators_and_words_do_not() {
    assert_eq!(fr("12,5 3.14 1'000"), ["12,5", "3.14", "1'000"]);
    assert_eq!(fr("10:30 10h30 50 % 50€"), ["10", "30", "10h30", "50", "50"]);
    assert_eq!(fr("10 000 10\u{A0}000 10\u{202F}000"), ["10", "000", "10", "000", "10", "000"]);
    assert_eq!(fr("d'accord.Au revoir"), ["d'", "accord", "au", "revoir"]);
    assert_eq!(fr("S.A.M.U. c'est:oui"), ["s", "a", "m", "u", "c'", "est", "oui"]);
    assert_eq!(fr("bonjour\u{202F}! «\u{202F}oui\u{202F}» un_deux"), ["bonjour", "oui", "un", "deux"]);
}

#[test]
fn what_holds_no_letter_and_no_digit_is_no_token() {
    assert!(fr("… — ?! ' ’’ € 🙂 \u{301} _ \u{200B}").is_empty());
}

#[test]
fn invisible_characters_are_dropped() {
    assert_eq!(fr("\u{FEFF}\u{200B}d-  co\u{AD}opé\u{200D}rer\u{2060}"), ["d", "coopérer"]);
}

#[test]
fn unicode_cases() {
    assert_eq!(fr("Straße STRASSE"), ["strasse", "strasse"]);
    assert_eq!(fr("ﬁn FIN"), ["fin", "fin"]);
    assert_eq!(fr("Cœur CŒUR coeur ex æquo"), ["coeur", "coeur", "coeur", "ex", "aequo"]);
    assert_eq!(fr("\u{C5}ngström A\u{30A}ngström \u{212B}ngström"), vec!["ångström"; 3]);
    assert_eq!(fr("ΣΊΣΥΦΟΣ Σίσυφος"), vec!["σίσυφοσ"; 2]);
    assert_eq!(fr("İ I"), ["i\u{307}", "i"]);
    assert_eq!(fr("ŉ"), ["n"], "folds to an apostrophe and n");
}

#[test]
fn decomposed_and_capital_accents_are_the_same_word() {
    assert_eq!(fr("re\u{301}pe\u{301}tez"), fr("RÉPÉTEZ"));
    assert_eq!(fr("ou\u{300} A\u{300}"), ["où", "à"]);
    assert_ne!(fr("a ou"), fr("à où"));
}

#[test]
fn folding_is_idempotent_on_every_character_and_nothing_is_left_to_fold() {
    for c in ('\0'..=char::MAX).filter(|c| !c.is_control()) {
        let once = fold(&c.to_string());
        assert_eq!(fold(&once), once, "{:x}", u32::from(c));
        assert_eq!(once.chars().default_case_fold().nfc().collect::<String>(), once, "{:x}", u32::from(c));
        assert!(unicode_normalization::is_nfc(&once), "{:x}", u32::from(c));
    }
}

#[test]
fn stems_join_the_forms_of_a_word() {
    let (fr, en) = (LocalePack::for_tag("fr").expect("fr"), LocalePack::for_tag("en").expect("en"));
    assert_eq!(fr.stem("rappelle"), fr.stem("rappelles"));
    assert_eq!(fr.stem("confirmer"), fr.stem("confirmez"));
    assert_ne!(fr.stem("confirmer"), fr.stem("conformer"));
    assert_eq!(en.stem("confirming"), en.stem("confirmed"));
    assert_eq!(en.stem("customer's"), en.stem("customers"));
}

/// Text rich in what normalisation must decide: apostrophes, dashes, marks, joiners, digits, many scripts.
fn hard_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "j", "l", "qu", "y", "quelqu", "un", "aujourd", "hui", "presqu", "d", "accord", "attends", "é", "E\u{301}",
            "'", "’", "ʼ", "'", " ", " ", "-", "–", ".", ":", ",", "_", "\u{202F}", "\u{A0}", "1", "23", "\"", "\u{200B}",
            "\u{301}", "\u{345}", "\u{93E}", "\u{FF9E}", "א", "ב", "カ", "İ", "ŉ", "ß", "œ", "ᾼ", "🙂", "\u{1F3FB}", "٣",
            "\r", "\u{58A}", "\n", "€", "²", "\u{1F1EB}", "ก", "\u{E33}", "क", "\u{94D}", "\u{1100}", "\u{1161}",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_are_idempotent(text in hard_text()) {
        for tokens_of in [fr, en] {
            let tokens = tokens_of(&text);
            prop_assert_eq!(tokens_of(&tokens.join(" ")), tokens);
        }
    }

    #[test]
    fn a_token_alone_is_itself(text in hard_text()) {
        for tokens_of in [fr, en] {
            for token in tokens_of(&text) {
                prop_assert_eq!(tokens_of(&token), vec![token]);
            }
        }
    }

    #[test]
    fn tokens_hold_a_letter_or_digit_and_no_space(text in hard_text()) {
        for token in fr(&text).into_iter().chain(en(&text)) {
            prop_assert!(token.chars().any(char::is_alphanumeric), "{token:?}");
            prop_assert!(!token.chars().any(char::is_whitespace), "{token:?}");
        }
    }

    #[test]
    fn canonical_equivalents_give_the_same_tokens(text in hard_text()) {
        prop_assert_eq!(fr(&text.nfd().collect::<String>()), fr(&text));
        prop_assert_eq!(fr(&text.nfc().collect::<String>()), fr(&text));
    }

    #[test]
    fn case_makes_no_difference(text in "[a-zà-öø-ÿœ' ’.,0-9-]{0,40}") {
        prop_assert_eq!(fr(&text.to_uppercase()), fr(&text));
        prop_assert_eq!(en(&text.to_uppercase()), en(&text));
    }

    #[test]
    fn dashes_and_apostrophes_are_one_each(text in "[a-zé' -]{0,40}") {
        prop_assert_eq!(fr(&text.replace('\'', "’").replace('-', "‑")), fr(&text));
        prop_assert_eq!(en(&text.replace('\'', "ʼ").replace('-', " ")), en(&text));
    }

    #[test]
    fn stemming_takes_any_text(text in hard_text()) {
        for pack in LocalePack::tags().iter().filter_map(|tag| LocalePack::for_tag(tag)) {
            pack.tokens(&text).iter().for_each(|token| drop(pack.stem(token)));
            pack.stem(&text);
        }
    }
}
