//! Whatever stands in a file, the parser ends soon, keeps its stack, and says where it is.

use super::{PAGE_ONE, items, only, read};
use crate::ast::Item;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::FINDINGS_SHOWN;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(512 * 1024).spawn(work).unwrap().join().unwrap();
}

fn nested(depth: usize) -> String {
    format!("moment m = {}hold{}\n", "(".repeat(depth), ")".repeat(depth))
}

#[test]
fn sixty_four_parentheses_are_read_and_one_more_is_refused() {
    on_small_stack(|| {
        assert_eq!(items(&nested(64)).diagnostics, []);
        assert_eq!(only(&nested(65)).code, Code::E0105);
        let said = format!("moment m = agent says {}\"a\"{}\n", "(".repeat(64), ")".repeat(64));
        assert_eq!(items(&said).diagnostics, []);
        for (open, close) in [
            ("(a or b and c = ", ")"),
            ("(a before ", ")"),
            ("(not any ", ")"),
            ("(a then within 5 s ", " unless negated)"),
            ("(agent says \"a\" only after ", ") > b"),
        ] {
            let dense = format!("moment m = {}(hold){}\n", open.repeat(60), close.repeat(60));
            let found = items(&dense).diagnostics;
            assert!(found.iter().all(|finding| finding.code == Code::E0105), "{open}: {found:#?}");
        }
        let prefixes = format!("moment m = {}hold{}\n", format!("{}(", "not ".repeat(60)).repeat(64), ")".repeat(64));
        assert_eq!(only(&prefixes).code, Code::E0105);
    });
}

#[test]
fn long_flat_chains_are_read() {
    on_small_stack(|| {
        for joint in [" or ", " and "] {
            let chain = vec!["hold"; 20_000].join(joint);
            assert_eq!(items(&format!("moment m = {chain}\n")).diagnostics, []);
        }
    });
}

#[test]
fn chains_that_nest_are_bounded() {
    on_small_stack(|| {
        for chain in [
            format!("{}hold", "not ".repeat(50_000)),
            format!("{}hold", "first ".repeat(50_000)),
            vec!["hold"; 50_000].join(" then "),
            vec!["hold"; 50_000].join(" except "),
            format!("hold{}", " unless negated".repeat(50_000)),
        ] {
            assert_eq!(only(&format!("moment m = {chain}\n")).code, Code::E0105);
        }
        for joint in [" then not ", " only after any ", " = not ", " then first every "] {
            assert_eq!(only(&format!("moment m = {}\n", vec!["hold"; 20_000].join(joint))).code, Code::E0101);
        }
        let relations = format!("hold{}", " before hold".repeat(50_000));
        assert_eq!(only(&format!("moment m = {relations}\n")).code, Code::E0111);
    });
}

#[test]
fn phrases_nest_no_deeper_than_the_rest() {
    on_small_stack(|| {
        let phrase = |depth: usize| format!("moment m = agent says \"{}a{}\"\n", "(".repeat(depth), ")".repeat(depth));
        assert_eq!(items(&phrase(64)).diagnostics, []);
        assert_eq!(only(&phrase(65)).code, Code::E0105);
        assert_eq!(only(&phrase(100_000)).code, Code::E0105);
    });
}

#[test]
fn four_mebibytes_of_anything_end_soon() {
    const SIZE: usize = 4 * 1024 * 1024;
    let began = Instant::now();
    for piece in [
        "(",
        "{",
        "(}",
        "\"\n",
        "a ",
        ";",
        "moment x = \n",
        "moment m = (((\n",
        "}\n",
        "criterion c {\n",
        "moment m = a ( ",
    ] {
        let text = piece.repeat(SIZE / piece.len());
        let parse = read(&text);
        assert!(!parse.diagnostics.is_empty() && parse.diagnostics.len() <= FINDINGS_SHOWN, "{piece}");
    }
    assert!(
        began.elapsed() < Duration::from_secs(if cfg!(debug_assertions) { 300 } else { 22 }),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn too_many_findings_are_cut_short_and_counted() {
    let parse = items(&"moment x =\n".repeat(250));
    assert_eq!(parse.diagnostics.len(), FINDINGS_SHOWN);
    assert!(parse.diagnostics[99].help.as_ref().unwrap().contains("150 more findings"));
}

fn sound_places(text: &str, found: &[Diagnostic]) {
    let mut last = 0;
    for finding in found {
        assert!(finding.span().start >= last);
        last = finding.span().start;
        assert!(!finding.labels.is_empty());
        let labels = finding.labels.iter().map(|label| label.span);
        for place in labels.chain(finding.fix.as_ref().map(|fix| fix.span)) {
            assert!(
                place.start <= place.end && text.get(place.start as usize..place.end as usize).is_some(),
                "{finding:?}"
            );
        }
    }
}

fn sound_items(text: &str, items: &[Item]) {
    for item in items {
        let place = match item {
            Item::Use(item) => item.span,
            Item::Attributes(item) => item.span,
            Item::Event(item) => item.span,
            Item::Lexicon(item) => item.span,
            Item::Moment(item) => item.value.span,
            Item::Phase(item) => item.span,
            Item::Criterion(item) => item.span,
            Item::Scorecard(item) => item.span,
            Item::Test(item) => item.call.span(),
        };
        assert!(text.get(place.start as usize..place.end as usize).is_some_and(|words| !words.is_empty()), "{item:?}");
    }
}

fn check(text: &str) {
    let parse = read(text);
    sound_places(text, &parse.diagnostics);
    sound_items(text, &parse.module.items);
}

/// Pieces that the grammar knows, for text that gets further than random letters do.
fn piece() -> impl Strategy<Value = String> {
    let words = crate::keywords::words().collect::<Vec<_>>();
    let signs = vec![
        "(",
        ")",
        "{",
        "}",
        "\"",
        "«",
        "»",
        "“",
        "”",
        "'",
        "\n",
        "\r\n",
        " ",
        "#",
        ":",
        ",",
        "=",
        "==",
        "<=",
        "%",
        "..3",
        "?",
        "|",
        "~",
        "*",
        "10 s",
        "0:02",
        "\"a (b|c)? ..3 d\"",
        "é",
        "NEAR/5",
        "\u{FEFF}",
        "a.b",
        "\nmoment m = ",
        "\ncriterion c { met when ",
    ];
    prop_oneof![prop::sample::select(words), prop::sample::select(signs)].prop_map(|word| format!("{word} "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn random_pieces(pieces in prop::collection::vec(piece(), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn page_one_with_a_part_replaced(from in 0usize..4000, length in 0usize..60, put in piece()) {
        let from = PAGE_ONE.floor_char_boundary(from.min(PAGE_ONE.len()));
        let to = PAGE_ONE.floor_char_boundary((from + length).min(PAGE_ONE.len()));
        let mut text = PAGE_ONE.to_owned();
        text.replace_range(from.min(to)..to, &put);
        check(&text);
    }

    #[test]
    fn page_one_with_a_word_misspelt(at in 0usize..4000) {
        let at = PAGE_ONE.floor_char_boundary(at.min(PAGE_ONE.len() - 1));
        let mut text = PAGE_ONE.to_owned();
        text.remove(at);
        check(&text);
    }
}
