//! WebVTT and SubRip: what is said when, by whom if the text says it, and what is refused because words would be lost.

use super::faults::fault;
use super::{noted, plainly, roles, times, told};
use grille_evidence::call::{Role, TimeOrigin, WordKind, WordOrigin};

pub const WEBVTT: &str = include_str!("../fixtures/webvtt.vtt");
pub const SUBRIP: &str = include_str!("../fixtures/subrip.srt");

/// Captions of one second each.
fn captions(texts: &[&str]) -> String {
    let cue = |(at, text): (usize, &&str)| format!("00:{at:02}.000 --> 00:{:02}.000\n{text}\n\n", at + 1);
    "WEBVTT\n\n".to_owned() + &texts.iter().enumerate().map(cue).collect::<String>()
}

/// Who says what, without times.
fn said(text: &str) -> Vec<String> {
    told(&plainly(text)).iter().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect()
}

#[test]
fn webvtt_gives_stretches_of_words_by_voice_and_by_the_times_in_the_text() {
    let call = plainly(WEBVTT);
    let expected = [
        "1000-2000 Agent: Good morning,",
        "2000-3500 Agent: this is the bank.",
        "3200-5000 Mrs Doe: Hello? I've & lost my card.",
        "3200-5000 unknown: (sighs)",
    ];
    assert_eq!(told(&call), expected);
    assert_eq!(call.locale.as_deref(), Some("en-GB"));
    assert_eq!(roles(&call), [("Agent", Some(Role::Agent)), ("Mrs Doe", None), ("unknown", None)]);
    let source = &call.source;
    assert_eq!((source.words, source.times), (WordOrigin::Recognised, TimeOrigin::Spread));
    assert!(source.punctuation && !source.confidences && source.format == "webvtt");
    assert!(times(&call).iter().all(|times| *times == (None, None)));
}

#[test]
fn subrip_is_read_whatever_its_numbers_and_what_follows_the_times() {
    let call = plainly(SUBRIP);
    let expected = [
        "1000-3000 Agent: Good morning, this is the bank.",
        "3000-5500 Customer: Hello? I've lost my card.",
        "6000-7000 Agent: Oh dear.",
    ];
    assert_eq!(told(&call), expected);
    assert_eq!(roles(&call), [("Agent", Some(Role::Agent)), ("Customer", Some(Role::Customer))]);
    assert!(!call.source.overlap && call.source.format == "srt");
    let names = "what stands before a colon or in brackets at the start of lines is taken for who speaks";
    assert!(noted(SUBRIP).iter().any(|note| note == names));
}

#[test]
fn a_header_or_a_number_may_be_missing_and_lines_may_end_in_every_way() {
    let plain = "00:00:01.000 --> 00:00:02.000\nhello\n\n00:00:02.000 --> 00:00:03.000\nyou\n";
    assert_eq!(said(plain), ["unknown: hello", "unknown: you"]);
    for text in [
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nhello\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nyou",
        "0\r\r\n00:00:01,000 --> 00:00:02,000\r\r\nhello\r\r\n\r\r\n1\r\r\n00:00:02,000 --> 00:00:03,000\r\r\nyou",
        "\u{feff}1\n00:00:01,000 --> 00:00:02,000\nhello\n2\n00:00:02,000 --> 00:00:03,000\nyou",
        "1\n\n00:00:01,000 --> 00:00:02,000 X1:1 X2:2\nhello\n\n\n\n2\n00:00:02.000-->00:00:03.000\nyou\n\n3\n00:00:03,000 --> 00:00:04,000\n\n",
        "WEBVTT\rKind: captions\r\r1\r00:01.000 --> 00:02.000\rhello\r\r00:02.000 --> 00:03.000\ryou",
        "\n WEBVTT\n00:01.000 --> 00:02.000\nhello\n00:02.000 --> 00:03.000\nyou\n",
        "WEBVTT\n\nNOTE a\nb\n\nREGION\nid:x\n\n-->\n00:01.000 --> 00:02.000\nhello\n\n00:02.000 --> 00:03.000line:4\nyou",
    ] {
        assert_eq!(said(text), ["unknown: hello", "unknown: you"], "{text:?}");
    }
}

#[test]
fn text_without_times_and_times_that_cannot_be_read_are_refused_with_their_line() {
    for (text, what, line) in [
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\n\nb\n", "`b` has no times, so nothing says when it was said", 6),
        ("WEBVTT\n\n00:01.000 --> 00:0d.000\na\n", "`00:0d.000` is no time", 3),
        (
            "WEBVTT\n\n00:01.000 - -> 00:02.000\na\n",
            "`00:01.000 - -> 00:02.000` has no times, so nothing says when it was said",
            3,
        ),
        ("WEBVTT\n\n00:03.000 --> 00:02.000\na\n", "it ends at 2000 ms, before it starts at 3000 ms", 3),
        ("WEBVTT\n\n00:01.0 --> 00:02.0\na\n", "`00:01.0` is no time", 3),
        ("WEBVTT\n", "the file ends without a caption", 2),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>\n", "no caption has any text", 5),
        ("1\n00:00:01,000 --> 00:00:02,000\na\n\n2\nb\n", "`2` has no times, so nothing says when it was said", 5),
        (
            "1\n00:00:01,000 --> 00:00:02,000\na\n\nb\n\n2\n00:00:02,000 --> 00:00:03,000\nc\n",
            "`b` has no times, so nothing says when it was said",
            5,
        ),
        ("1\n00:00:01,000 --> 00:00:02,000\na\n\n2", "`2` has no times, so nothing says when it was said", 5),
        ("garbage\n", "the format is not known: the text begins with `garbage`", 1),
        (
            "0:00:00.378,0:00:11.378\na\n",
            "these are captions of YouTube (SBV), which are not read: save them as WebVTT or SubRip",
            1,
        ),
    ] {
        let fault = fault(text);
        assert_eq!((fault.what.as_str(), fault.place), (what, Some(format!("line {line}"))), "{text}");
        assert!(fault.mend.is_some());
    }
}

#[test]
fn names_before_colons_are_decided_for_the_whole_file() {
    // Every caption begins with one.
    assert_eq!(said(&captions(&["Agent: hi", "Paul Doe: Agent: no"])), ["Agent: hi", "Paul Doe: Agent: no"]);
    // Two come back, and a third of the captions begin so; who says nothing of themselves goes on.
    let changes = ["Agent: hi", "there", "Attention: wet", "Paul: oh", "well", "Agent: yes", "Paul: no", "bye"];
    let expected = [
        "Agent: hi",
        "Agent: there",
        "Agent: Attention: wet",
        "Paul: oh",
        "Paul: well",
        "Agent: yes",
        "Paul: no",
        "Paul: bye",
    ];
    assert_eq!(said(&captions(&changes)), expected);
    assert!(noted(&captions(&changes)).iter().any(|note| note.starts_with("4 lines without a name")));
    // One word comes back; it is what was said.
    let warned = ["Attention: wet", "mind the gap", "Attention: hot", "at 12:30", "or later"];
    assert_eq!(said(&captions(&warned))[0], "unknown: Attention: wet");
    assert!(noted(&captions(&warned)).iter().any(|note| note.starts_with("`Attention:` begins several captions")));
    // Nine in ten begin with a name: one that comes once is one too.
    let mut many = ["A: x", "B: y"].repeat(5);
    many.extend(["Chef: z", "so"]);
    assert_eq!(said(&captions(&many)).last().unwrap(), "Chef: so");
}

#[test]
fn what_is_no_name_stays_text() {
    for text in ["12:30 it is", "http://example.org", "Well, so: yes", "no name at all here for sure: yes"] {
        assert_eq!(said(&captions(&[text, text])).len(), 2, "{text}");
        assert!(said(&captions(&[text, text]))[0].starts_with("unknown: "), "{text}");
    }
}

#[test]
fn labels_of_programs_and_marks_of_change() {
    let labelled =
        captions(&["[SPEAKER_00]: hi", "(speaker 1) hello", "[Music]", "(speaker ?) what", "[SPEAKER_00] so"]);
    assert_eq!(said(&labelled), ["SPEAKER_00: hi", "speaker 1: hello", "unknown: what", "SPEAKER_00: so"]);
    let marked = captions(&["- hi\n- hello", "-- so", ">> Paul: and", ">> yes", "-5 it is", "— bon"]);
    assert_eq!(
        said(&marked),
        ["unknown: hi hello", "unknown: so", "unknown: Paul: and", "unknown: yes", "unknown: -5 it is", "unknown: bon"]
    );
    assert!(noted(&marked)[0].starts_with("dashes or arrows at the start of lines"));
}

#[test]
fn lines_that_are_shown_again_were_said_once() {
    let cue = |at: usize, text: &str| format!("00:{at:02}.000 --> 00:{:02}.000\n{text}\n\n", at + 1);
    let rolling = ["one", "one\ntwo", "two\n<c>three</c>", "three\nfour"];
    let text: String = rolling.iter().enumerate().map(|(at, text)| cue(at, text)).collect();
    assert_eq!(said(&format!("WEBVTT\n\n{text}")), ["unknown: one", "unknown: two", "unknown: three", "unknown: four"]);
    // Who says yes twice says it twice.
    assert_eq!(said(&captions(&["yes", "yes", "no"])), ["unknown: yes", "unknown: yes", "unknown: no"]);
}

#[test]
fn captions_of_two_speakers_that_overlap_show_that_the_file_can_hold_it() {
    let text = |second: &str| format!("WEBVTT\n\n00:01.000 --> 00:03.000\n<v A>one\n\n{second}\n<v B>two\n");
    assert!(plainly(&text("00:02.000 --> 00:04.000")).source.overlap);
    assert!(!plainly(&text("00:03.000 --> 00:04.000")).source.overlap);
    assert!(!plainly("WEBVTT\n\n00:01.000 --> 00:03.000\n<v A>one</v> <v B>two\n").source.overlap);
}

#[test]
fn masks_and_unknown_words_are_kept_and_sounds_left_out() {
    let text = captions(&["my name is [NAME] <unk>", "[laughter]", "so < and > <b"]);
    assert_eq!(said(&text), ["unknown: my name is [NAME] <unk>", "unknown: so < and>"]);
    let call = plainly(&text);
    let kinds: Vec<WordKind> = call.segments[0].words[3..].iter().map(|word| word.kind).collect();
    assert_eq!(kinds, [WordKind::Redacted, WordKind::Unknown]);
    assert!(noted(&text).iter().any(|note| note.starts_with("1 tag that no `>` closes")));
    // Somebody spoke, and the text is missing.
    let missing = plainly(&captions(&["NA", "NA NA", "na"]));
    assert_eq!(missing.segments[0].words[0].kind, WordKind::Unknown);
    assert_eq!(told(&missing)[1..], ["1000-2000 unknown: NA NA", "2000-3000 unknown: na"]);
}

#[test]
fn a_language_that_is_no_tag_leaves_it_open() {
    for (header, locale) in
        [("Language: fr-fr", Some("fr-FR")), ("Language: English", Some("en")), ("Language: ???", None)]
    {
        let text = format!("WEBVTT\n{header}\n\n00:01.000 --> 00:02.000\n<v A>hello\n");
        assert_eq!(plainly(&text).locale.as_deref(), locale, "{header}");
    }
}
