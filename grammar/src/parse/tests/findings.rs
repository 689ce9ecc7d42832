//! What an author is told, finding by finding.

use super::{PAGE_ONE, file, items, mended, only, read};
use crate::ast::{Item, KeywordLanguage};
use crate::diagnostic::{Code, Diagnostic};

/// Reads, expects one finding of this code, mends it and expects none.
fn mends(code: Code, text: &str, wanted: &str) -> Diagnostic {
    let finding = only(text);
    assert_eq!(finding.code, code, "{finding:#?}");
    let text = mended(text, &finding);
    assert_eq!(text, wanted);
    assert_eq!(items(&text).diagnostics, [], "{text}");
    finding
}

fn refused(code: Code, text: &str, message: &str) -> Diagnostic {
    let finding = only(text);
    assert_eq!(finding.code, code, "{finding:#?}");
    assert!(finding.message.contains(message), "{}", finding.message);
    finding
}

/// The text under the first label.
fn place(text: &str, finding: &Diagnostic) -> String {
    file(&format!("grille 1 en\n{text}")).slice(finding.span()).to_owned()
}

#[test]
fn operators_of_other_products() {
    use Code::E0109;
    mends(E0109, "moment m = agent says \"a\" NEAR/5 \"b\"", "moment m = agent says \"a ..5 b\"");
    mends(E0109, "moment m = agent says \"carte NEAR/4 code\"", "moment m = agent says \"carte ..4 code\"");
    mends(E0109, "moment m = hold AND silence", "moment m = hold and silence");
    mends(E0109, "moment m = hold OR silence", "moment m = hold or silence");
    mends(E0109, "moment m = NOT hold", "moment m = not hold");
    mends(E0109, "moment m = count of hold == 2", "moment m = count of hold = 2");
    mends(E0109, "moment m = count of hold =< 2", "moment m = count of hold <= 2");
    mends(E0109, "moment m = count of hold != 2", "moment m = count of hold ≠ 2");
    mends(E0109, "moment m = hold && silence", "moment m = hold and silence");
    mends(E0109, "moment m = hold || silence", "moment m = hold or silence");
    mends(E0109, "moment m = ! hold", "moment m = not hold");
    mends(E0109, "moment m = silence longer then 5 s", "moment m = silence longer than 5 s");
    mends(E0109, "moment m = hold than within 5 s silence", "moment m = hold then within 5 s silence");
    let near = refused(E0109, "moment m = agent says \"a\" NEAR/5 agent says \"b\"", "NEAR/5");
    assert!(near.help.unwrap().contains("within 5 s after"));
    refused(E0109, "moment m = agent says \"a OR b\"", "OR");
    let kept = items("moment m = hold AND silence\n");
    assert_eq!(kept.module.items.len(), 1, "a mend of the same length lets the item be read");
}

#[test]
fn two_phrases_side_by_side() {
    let text = "moment m = agent says \"a\" \"b\"";
    let finding = mends(Code::E0110, text, "moment m = agent says (\"a\" or \"b\")");
    assert!(finding.help.as_ref().unwrap().contains("`\"a ..3 b\"`"));
    assert_eq!(place(text, &finding), "\"b\"");
    mends(Code::E0110, "lexicon l { \"a\" \"b\" }", "lexicon l { \"a\"\n    \"b\" }");
    assert_eq!(items("lexicon l {\n \"a\"\n \"b\"\n}\n").diagnostics, []);
    mends(Code::E0101, "lexicon l {\n \"a\",\n \"b\"\n}", "lexicon l {\n \"a\"\n \"b\"\n}");
}

#[test]
fn misspelt_and_missing_words() {
    use Code::E0101;
    mends(E0101, "criterium c { met when hold }", "criterion c { met when hold }");
    mends(E0101, "critère c { met when hold }", "criterion c { met when hold }");
    mends(E0101, "Critere c { met when hold }", "criterion c { met when hold }");
    mends(E0101, "scorcard c { version 1 }", "scorecard c { version 1 }");
    mends(E0101, "criterion c { met wen hold }", "criterion c { met when hold }");
    mends(E0101, "criterion c { met hold }", "criterion c { met when hold }");
    mends(E0101, "criterion c { mett when hold }", "criterion c { met when hold }");
    mends(E0101, "moment m = agnt says \"a\"", "moment m = agent says \"a\"");
    mends(E0101, "moment m = agent sais \"a\"", "moment m = agent says \"a\"");
    mends(E0101, "moment m = client says \"a\"", "moment m = customer says \"a\"");
    mends(E0101, "moment m = hold witin first 5 s", "moment m = hold within first 5 s");
    mends(E0101, "moment m = hold inside silence", "moment m = hold during silence");
    mends(E0101, "phase p = from hold till silence", "phase p = from hold until silence");
    mends(E0101, "moment m = hold without silence", "moment m = hold minus silence");
    mends(E0101, "moment m = hold within first 5 sec", "moment m = hold within first 5 s");
    mends(E0101, "moment m = agent says 'bonjour'", "moment m = agent says \"bonjour\"");
    mends(E0101, "moment m = agent says ‘l’ami’", "moment m = agent says \"l’ami\"");
    refused(E0101, "moment hold = silence", "`hold` is a keyword");
    refused(E0101, "criterion c { whenever hold silence }", "expected `expect`");
    refused(E0101, "criterion c { whenever hold expect a partly met when at least % of them }", "`%` stands alone");
    refused(E0101, "moment m = hold }", "no open `{`");
    assert!(refused(E0101, "use \"a.grille\"", "expected `as`").help.unwrap().contains("as name"));
    refused(E0101, "bla bla", "expected a declaration");
    refused(E0101, "moment m =", "nothing more stands here");
    refused(E0101, "moment m = hold is longer than 3 s", "needs `every`");
    refused(E0101, "moment m = 1 < count of hold < 3", "second comparison");
    refused(E0101, "moment m = hold then no silence", "cannot stand right after `then`");
    refused(E0101, "locale fr FR", "not a locale");
}

#[test]
fn findings_speak_of_no_rule_of_the_grammar() {
    for at in 0..PAGE_ONE.len() {
        let Some((before, after)) = PAGE_ONE.split_at_checked(at) else { continue };
        let text = format!("{before}§{after}");
        for finding in read(&text).diagnostics {
            let told = format!("{}{}{:?}", finding.message, finding.labels[0].text, finding.help);
            assert!(
                !["k_", "item_", "EOI", "Rule", "_brace", "of_them"].iter().any(|name| told.contains(name)),
                "{told}"
            );
            assert!(!finding.message.ends_with('.') && !told.contains("defect"), "{told}");
        }
    }
}

#[test]
fn the_first_line() {
    let missing = read("# note\nmoment m = hold\n");
    assert_eq!((missing.diagnostics.len(), missing.diagnostics[0].code), (1, Code::E0102));
    assert_eq!(missing.diagnostics[0].fix.as_ref().unwrap().replacement, "grille 1 en\n");
    assert_eq!(missing.module.items.len(), 1, "read on as English");
    assert_eq!(read("# note\n\ngrille 1 en # note\nmoment m = hold\n").diagnostics, []);
    assert_eq!(read("gril 1 en\nmoment m = hold\n").diagnostics[0].code, Code::E0102);
    assert_eq!(read("grille 1\nmoment m = hold\n").diagnostics[0].code, Code::E0102);
    assert_eq!(only("grille 1 en\n").code, Code::E0102);
    for line in ["grille 2 en\n", "grille 1 de\n"] {
        assert_eq!(read(line).diagnostics[0].code, Code::E0103);
    }
    let french = read("grille 1 fr\ncritère c { atteint quand attente }\n");
    assert_eq!((french.diagnostics.len(), french.diagnostics[0].code), (1, Code::E0103));
    assert!(french.diagnostics[0].message.contains("reserved, not available yet"));
    assert_eq!(french.module.edition.unwrap().keywords, KeywordLanguage::Fr);
}

#[test]
fn what_is_not_closed_swallows_nothing() {
    let text = "moment m = agent says \"bonjour\nmoment n = hold\n";
    let finding = refused(Code::E0104, text, "`\"` is not closed");
    assert_eq!(place(text, &finding), "\"");
    assert_eq!(items(text).module.items.len(), 1);
    let text = "criterion c { met when (hold or silence }\nmoment n = hold\n";
    assert_eq!(place(text, &refused(Code::E0104, text, "`(` is not closed")), "(");
    let text = "criterion c { met when hold\ncriterion d { met when hold }\n";
    refused(Code::E0104, text, "`{` is not closed");
    assert_eq!(items(text).module.items.len(), 1);
}

#[test]
fn two_readings_are_written_out() {
    let text = "moment m = agent says \"a\" within 5 s after hold within first 10 s";
    let finding = refused(Code::E0111, text, "two ways");
    assert_eq!(place(text, &finding), "within first 10 s");
    let help = finding.help.unwrap();
    for reading in [
        "(agent says \"a\" within 5 s after hold) within first 10 s",
        "agent says \"a\" within 5 s after (hold within first 10 s)",
    ] {
        assert!(help.contains(reading), "{help}");
        assert_eq!(items(&format!("moment m = {reading}\n")).diagnostics, []);
    }
    let text = "moment m = every hold is preceded within 5 s by silence within first 10 s";
    assert!(
        refused(Code::E0111, text, "two ways").help.unwrap().contains("every hold is preceded within 5 s by (silence")
    );
    let mixed = refused(Code::E0114, "moment m = hold then silence except overlap", "mixed");
    assert!(mixed.help.unwrap().contains("`hold then (silence except overlap)`"));
    refused(Code::E0114, "moment m = hold except silence then overlap", "mixed");
    assert_eq!(items("moment m = (hold then silence) except overlap").diagnostics, []);
}

#[test]
fn phrases_that_are_not_well_formed() {
    mends(Code::E0112, "moment m = agent says \"ça va ?\"", "moment m = agent says \"ça va\"");
    for (phrase, message) in [
        ("", "no word"),
        ("a|b", "`|`"),
        ("(a|) b", "without words"),
        ("(a b", "`(` is not closed"),
        ("a ... b", "is not a gap"),
        ("a .. b", "is not a gap"),
        ("a ~ b", "`~`"),
        ("* b", "`*`"),
        ("{} b", "lexicon"),
        ("a ..3? b", "cannot follow a gap"),
        ("<card>", "`<card>` is no class"),
        ("<number", "`<` is not closed"),
        ("<digits 0>", "`0` is no number of digits"),
        ("<digits 5..4>", "`5..4`"),
        ("<digits 4..41>", "`4..41`"),
        ("<number 4>", "`<number 4>` says too much"),
        ("a > b", "`>`"),
        ("a [b", "`[`"),
    ] {
        refused(Code::E0112, &format!("moment m = agent says \"{phrase}\""), message);
    }
}

#[test]
fn times_of_calls() {
    for time in ["0:2", "0:75", "12", "0:02:", "1:2:03", "1:75:00", "0:02.5.5", "0:02x", "1:1:1:01"] {
        refused(Code::E0113, &format!("test \"t\" {{ call {{ {time} agent \"a\" }} expect c met }}"), "");
    }
    refused(Code::E0113, "test \"t\" { call { hold 0:05-0:03 } expect c met }", "not after");
    refused(Code::E0113, "test \"t\" { call { hold 0:05-0:05 } expect c met }", "not after");
}

#[test]
fn clauses_given_twice() {
    for clause in ["met when hold", "not met when hold", "applies when hold", "excused when hold", "coaching \"a\""] {
        refused(Code::E0115, &format!("criterion c {{ {clause} {clause} }}"), "given twice");
    }
    refused(Code::E0115, "criterion c { whenever a expect b whenever a expect b }", "`whenever` is given twice");
    refused(Code::E0115, "criterion c { met when a partly met when at least 50 % of them }", "needs a `whenever`");
    refused(Code::E0115, "scorecard c { version 1 version 2 }", "`version`");
    refused(Code::E0115, "scorecard c { used for training used for training }", "`used for`");
    refused(Code::E0115, "scorecard c { grades { a from 1 % } grades { b from 2 % } }", "`grades`");
    refused(Code::E0115, "scorecard c { section \"s\" { applies when a applies when b } }", "`applies when`");
    refused(Code::E0115, "scorecard c { section \"s\" { critical a: score 0 } }", "names the whole score");
    refused(Code::E0115, "scorecard c { critical a: section 0 }", "stands in none");
    refused(Code::E0115, "locale fr-FR\nlocale en-GB", "`locale`");
    assert_eq!(
        items("criterion c { met when a partly met 50 % when b partly met 20 % when at least 2 c }").diagnostics,
        []
    );
}

#[test]
fn numbers_that_are_too_large() {
    refused(Code::E0116, "moment m = hold within first 99999999999999999999 s", "too large");
    refused(Code::E0116, "moment m = agent says \"a ..99999999999 b\"", "too large");
}

#[test]
fn one_item_can_have_several_findings_and_keeps_the_rest() {
    let parse = items(
        "criterion c {\n met wen hold\n not met when agent sais \"a\"\n partly met when hold foo\n coaching \"y\"\n}\n\
         moment m = hold\nscorecard s1 {\n section \"x\" {\n  a ten points\n  b 10 points\n }\n versoin 1\n}\n",
    );
    let messages: Vec<&str> = parse.diagnostics.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages.len(), 5, "{messages:#?}");
    assert_eq!(parse.module.items.len(), 3);
    let Some(Item::Criterion(criterion)) = parse.module.items.first() else { panic!() };
    assert_eq!(criterion.clauses.len(), 1);
    let Some(Item::Scorecard(card)) = parse.module.items.last() else { panic!() };
    assert_eq!(card.sections[0].entries.len(), 1);
}

#[test]
fn findings_are_in_the_order_of_the_file() {
    let parse = items("moment a = hold &&\nmoment b = (\nmoment c = \"x\" \"\nlocale\n");
    let starts: Vec<u32> = parse.diagnostics.iter().map(|finding| finding.span().start).collect();
    assert!(starts.len() >= 4 && starts.is_sorted(), "{:#?}", parse.diagnostics);
}

#[test]
fn bytes_that_are_no_file() {
    let id = file("").id;
    let code = |bytes: &[u8]| crate::decode(id, bytes.to_vec()).map_err(|finding| finding.code);
    assert_eq!(code(b"\xEF\xBB\xBFgrille 1 en\r\n"), Ok("grille 1 en\r\n".to_owned()));
    assert_eq!(code(b""), Err(Code::E0108));
    assert_eq!(code(b"\xEF\xBB\xBF \r\n"), Err(Code::E0108));
    assert_eq!(code(&vec![b'a'; 4 * 1024 * 1024 + 1]), Err(Code::E0106));
    assert!(code(&vec![b'a'; 4 * 1024 * 1024]).is_ok());
    let finding = crate::decode(id, b"grille 1 en\nlocale \xE9".to_vec()).unwrap_err();
    assert_eq!((finding.code, finding.span().start), (Code::E0107, 19));
    assert!(finding.message.contains("line 2, byte 8"), "{}", finding.message);
    assert!(crate::decode(id, b"\xFF\xFEg\0".to_vec()).unwrap_err().help.unwrap().contains("UTF-16"));
    assert_eq!(read(" \n").diagnostics[0].code, Code::E0108);
    assert_eq!(read(&"a".repeat(4 * 1024 * 1024 + 1)).diagnostics[0].code, Code::E0106);
}

#[test]
fn the_table_of_keywords_is_one_to_one_and_is_what_the_grammar_reserves() {
    use crate::keywords::{KEYWORDS, UNITS, is_reserved, words};
    for (at, (english, french)) in KEYWORDS.iter().enumerate() {
        assert!(KEYWORDS[..at].iter().all(|(en, fr)| en < english && fr != french), "{english} {french}");
    }
    for word in words().chain(UNITS.iter().copied()) {
        assert!(!items(&format!("moment {word} = hold")).diagnostics.is_empty(), "{word}");
    }
    let grammar = include_str!("../../grille.pest");
    for line in grammar.lines().filter(|line| line.starts_with("k_")) {
        let word = line.split('"').nth(1).unwrap();
        assert!(is_reserved(word), "{word}");
        assert_eq!(line, format!("k_{word} = @{{ \"{word}\" ~ end_of_word }}"));
    }
}
