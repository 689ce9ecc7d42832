//! That the text form is lossless, says on which line it cannot be read, and never panics.

mod measures;
mod plans;

use super::{Unreadable, read, write};
use plans::{any_plan, sample};
use proptest::prelude::*;
use proptest::sample::Index;

const SAMPLE: &str = r#"plan 1
locale fr-FR

attribute a0 "file" one-of "support" optional

symbol s0 = "bonjour"
symbol s1 ^"rembours"
symbol s2 ~"appel"

pattern p0 "accueil.salutation"
  part
    phrase exactly s0                ; "bonjour"
    phrase s0 . _ s1                 ; "bonjour" . _ ^"rembours"
      first 0 last 3 longest 4 follow 1,2 2 3 -
    but not exactly s0 s2            ; "bonjour" ~"appel"

m0 = says agent p0 pause 2000 ms unless-negated  @0:120-160 "salutation"
m1 = filter m0 within-first 10000 ms  @0:120-190
m2 = it uses-it  @0:195-197
m3 = filter m1 not-after m2 within 500 ms uses-it  @0:120-197
m4 = event recording-paused  @1:3-9

v0 = aggregate rank 90 lengths m4 as duration  @0:241-249
v1 = number 3/2 as duration  @0:252-258

c0 = any m1  @0:200-220
c1 = no m3 uses-it  @0:221-230
c2 = count m4 at-least 1 at-most 3 outside  @0:231-240
c3 = and c0 c2  @0:200-240
c4 = compare v0 is-not v1 over m4  @0:241-258

criterion k0 "accueil"  @0:80-300 "accueil"
  title "Dire « bonjour »\nd'abord"
  hash "ab12"
  parameter "délai" "8 s"
  applies c3
  whenever m1 once-per 30000 ms expect c1
  partly of-them 87.5 %
  partly c3
  leaves c0 c2 c1

scorecard "qualité"
  version "2026-1"
  purpose service_quality
  section "Début" applies k0
    entry k0 points 2 partly 0.5 0.25
    section-critical k0 becomes 50 %
  bonus k0 points 2 partly 0.5 0.25
  critical k0 becomes 0 %
  grade "A" from 90 %
  grade "B" from 0 %
"#;

fn why(text: &str) -> Unreadable {
    read(text).expect_err("this is no plan")
}

#[test]
fn a_plan_is_pleasant_to_read() {
    assert_eq!(write(&sample()), SAMPLE);
}

#[test]
fn what_is_written_is_read() {
    assert_eq!(read(SAMPLE), Ok(sample()));
}

#[test]
fn layout_and_remarks_mean_nothing() {
    let other = SAMPLE.replace("  ", "\t ").replace("\n\n", "\r\n  ; a remark\n").replace("plan 1", "\n\nplan   1 ; x");
    assert_eq!(read(&other), Ok(sample()));
}

#[test]
fn escapes_are_those_of_rust() {
    let read = read("plan 1\nlocale \"\\n\\r\\t\\0\\\\\\\"\\'\\u{1F600}é;\"").expect("readable");
    assert_eq!(read.locale, "\n\r\t\0\\\"'😀é;");
}

#[test]
fn findings_name_the_line_and_what_is_wrong() {
    let cases = [
        ("", 0, "the text ends where `plan` is expected"),
        ("plan 2\nlocale fr", 1, "this is version 2 of the form; this program reads version 1"),
        ("plan 1\n\nlocale", 3, "the line ends where a locale is expected"),
        ("plan 1\nlocale fr ; x\nsymbol s1 = \"a\"", 3, "`s1` stands where `s0` is expected"),
        ("plan 1\nlocale fr\nsymbol s0 = \"a", 3, "a text has no closing quote"),
        ("plan 1\nlocale fr\nsymbol s0 = \"\\u{d800}\"", 3, "a text has an unknown escape"),
        ("plan 1\nlocale fr\nm0 = dances  @0:1-2", 3, "`dances` stands where an operation on moments is expected"),
        ("plan 1\nlocale fr\nm0 = turn \"x\"", 3, "\"x\" stands where a role is expected"),
        ("plan 1\nlocale fr\nm0 = filter m0 after 3", 3, "`3` stands where a number such as `m0` is expected"),
        ("plan 1\nlocale fr\nm0 = it  @0:1-2 \"n\" more", 3, "`more` stands where the end of the line is expected"),
        (
            "plan 1\nlocale fr\nc0 = any m99999999999 @0:1-2",
            3,
            "`m99999999999` stands where a number such as `m0` is expected",
        ),
        ("plan 1\nlocale fr\nc0 = any m0 @0:1", 3, "`@0:1` stands where a place such as `@0:120-160` is expected"),
    ];
    for (text, line, what) in cases {
        assert_eq!(why(text), Unreadable { line, what: what.to_owned() }, "{text}");
    }
}

#[test]
fn sections_and_clauses_keep_their_order() {
    let late = format!("{SAMPLE}symbol s3 = \"a\"\n");
    assert!(why(&late).what.starts_with("`symbol` stands where a line of the section above"));
    let twice = SAMPLE.replace("  hash \"ab12\"\n", "  hash \"ab12\"\n  hash \"ab12\"\n");
    assert!(why(&twice).what.starts_with("`hash` stands where"));
}

#[test]
fn numbers_that_do_not_fit_are_findings() {
    for (from, to) in [("87.5 %", "9223372036854775.808 %"), ("87.5 %", "0.1234 %"), ("2000 ms", "2147483648 ms")] {
        let why = why(&SAMPLE.replace(from, to));
        assert!(why.what.contains("a number"), "{why}");
    }
}

#[test]
fn every_beginning_of_a_plan_is_read_without_panic() {
    let mut beginning = String::new();
    for next in SAMPLE.chars() {
        let _ = read(&beginning);
        beginning.push(next);
    }
}

#[test]
fn a_line_less_is_read_without_panic() {
    let lines: Vec<&str> = SAMPLE.lines().collect();
    for without in 0..lines.len() {
        let text: Vec<&str> = lines.iter().enumerate().filter(|(k, _)| *k != without).map(|(_, l)| *l).collect();
        let _ = read(&text.join("\n"));
    }
}

/// One way to spoil a text: what is put in place of how many characters, and where.
fn any_harm() -> impl Strategy<Value = (Index, usize, String)> {
    let piece = prop_oneof![
        Just(String::new()),
        any::<char>().prop_map(String::from),
        "[a-z0-9@:;,.\"\\\\{}^=~_ %\n-]{0,6}",
        prop::sample::select(SAMPLE.split_whitespace().collect::<Vec<_>>()).prop_map(|word| format!(" {word} ")),
        prop::sample::select(SAMPLE.lines().collect::<Vec<_>>()).prop_map(|line| format!("\n{line}\n")),
    ];
    (any::<Index>(), 0..40usize, piece)
}

fn spoil(text: &str, (at, length, piece): &(Index, usize, String)) -> String {
    let chars: Vec<char> = text.chars().collect();
    let start = at.index(chars.len() + 1);
    let end = (start + length).min(chars.len());
    chars[..start].iter().copied().chain(piece.chars()).chain(chars[end..].iter().copied()).collect()
}

proptest! {
    #[test]
    fn every_plan_comes_back(plan in any_plan()) {
        let text = write(&plan);
        prop_assert_eq!(read(&text), Ok(plan), "{}", text);
    }

    #[test]
    fn what_is_read_of_a_spoiled_text_is_a_plan_or_a_finding(harms in prop::collection::vec(any_harm(), 1..6)) {
        let text = harms.iter().fold(SAMPLE.to_owned(), |text, harm| spoil(&text, harm));
        match read(&text) {
            Ok(plan) => prop_assert_eq!(read(&write(&plan)), Ok(plan)),
            Err(why) => prop_assert!(why.line <= text.lines().count()),
        }
    }

    #[test]
    fn no_text_at_all_panics(text in any::<String>(), lines in "([a-z]{1,9}|[a-z][0-9]| |\n|\"|@0:1-2|=){0,60}") {
        let _ = read(&text);
        let _ = read(&format!("plan 1\nlocale fr\n{lines}"));
    }
}
