//! What Amazon says of the talk times, words per minute and interruptions of its own example call, beside what Grille
//! measures. The two define these differently; `docs/calls/amazon-call-analytics.md` says how, and prints the table below.

use grille_compiler::check::check;
use grille_compiler::engine::{Engine, Program};
use grille_evidence::call::Call;
use grille_evidence::executable::Executable;
use grille_evidence::facts::{CallFacts, Hearing};
use grille_evidence::locale::LocalePack;
use grille_evidence::trace::{Node, Observed};
use grille_evidence::value::Measured;
use grille_runtime::calls::{ReadOptions, read};
use grille_runtime::facts::derive;
use grille_tests::bodies::loaded;
use serde_json::Value;
use std::sync::Arc;

const FILE: &str = include_str!("../vendor/amazon-call-analytics/example-call.json");

const CRITERIA: &str = r#"grille 1 en
locale en-US

criterion talk_of_agent { met when talk share of agent <= 100 % }
criterion talk_of_customer { met when talk share of customer <= 100 % }
criterion rate_of_agent { met when speech rate of agent <= 999 words/min }
criterion rate_of_customer { met when speech rate of customer <= 999 words/min }
criterion breaks_in { met when count of (agent interrupts customer) <= 99 }
criterion breaks_in_for_long { met when count of (agent interrupts customer for at least 500 ms) <= 99 }
criterion is_broken_into { met when count of (customer interrupts agent) <= 99 }
criterion says_nothing { met when count of (silence longer than 3 s) <= 99 }
criterion longest_silence { met when longest silence <= 99 s }
"#;

/// The call, and the criteria evaluated on it.
struct Ours {
    call: Call,
    program: Program,
    facts: CallFacts,
}

impl Ours {
    fn new() -> Ours {
        let call = read("example-call.json", FILE.as_bytes(), &ReadOptions::default()).unwrap().remove(0).call;
        let loaded = loaded(CRITERIA);
        let checked = check(&loaded).program.expect("criteria without errors");
        let program = Program::new(&checked, Arc::new(loaded.sources.clone()), Engine::Machine).unwrap();
        let facts = derive(&call, LocalePack::for_tag("en-US").unwrap(), Hearing::default());
        Ours { call, program, facts }
    }

    fn node(&self, criterion: &str) -> Node {
        let at = self.program.criteria().iter().position(|c| c.name == criterion).unwrap();
        self.program.explain(&self.facts, at).unwrap().clauses.remove(0).node
    }

    fn measured(&self, criterion: &str) -> Measured {
        fn find(node: &Node) -> Option<Measured> {
            match &node.observed {
                Some(Observed::Measured(measured)) => Some(measured.clone()),
                _ => node.children.iter().find_map(find),
            }
        }
        find(&self.node(criterion)).expect("a measured value")
    }

    /// What somebody talked, and both together, in milliseconds.
    fn talk(&self, criterion: &str) -> (i64, i64) {
        let (part, whole) = self.measured(criterion).quotient.unwrap();
        (part.value, whole.value)
    }

    /// Words per minute: at least, and at most.
    fn rate(&self, criterion: &str) -> (i64, i64) {
        let measured = self.measured(criterion);
        let whole = |n: grille_evidence::rational::Rational| n.numerator / n.denominator;
        (whole(measured.least.unwrap()), whole(measured.greatest.unwrap()))
    }

    /// The moments that were counted.
    fn moments(&self, criterion: &str) -> Vec<(i32, i32)> {
        let node = self.node(criterion);
        match node.observed {
            Some(Observed::Count { most: Some(0), .. }) => Vec::new(),
            _ => node.evidence.iter().map(|e| (e.start_ms, e.end_ms)).collect(),
        }
    }
}

/// What Amazon says, by its path in the file.
fn amazon(path: &str) -> i64 {
    let file: Value = serde_json::from_str(FILE).unwrap();
    file.pointer(&format!("/ConversationCharacteristics/{path}")).and_then(Value::as_i64).expect(path)
}

fn seconds(ms: i64) -> String {
    format!("{}.{:03} s", ms / 1000, ms % 1000)
}

fn times(moments: &[(i32, i32)]) -> String {
    let one = |(start, end): &(i32, i32)| format!("{}–{}", seconds(i64::from(*start)), seconds(i64::from(*end)));
    if moments.is_empty() { "none".to_owned() } else { moments.iter().map(one).collect::<Vec<_>>().join(", ") }
}

fn amazons_interruptions() -> Vec<(i32, i32)> {
    let at = |number: usize, end: &str| {
        let path = format!("Interruptions/InterruptionsByInterrupter/AGENT/{number}/{end}");
        i32::try_from(amazon(&path)).unwrap()
    };
    (0..2).map(|number| (at(number, "BeginOffsetMillis"), at(number, "EndOffsetMillis"))).collect()
}

fn table(ours: &Ours) -> String {
    let mut rows = vec![
        "| | Amazon | Grille |".to_owned(),
        "|---|---|---|".to_owned(),
        format!(
            "| end of the call | {} | {} |",
            seconds(amazon("TotalConversationDurationMillis")),
            seconds(ours.call.end_ms.unwrap().into())
        ),
    ];
    for (who, name) in [("agent", "AGENT"), ("customer", "CUSTOMER")] {
        let theirs = amazon(&format!("TalkTime/DetailsByParticipant/{name}/TotalTimeMillis"));
        let (talk, both) = ours.talk(&format!("talk_of_{who}"));
        let share = |part: i64, whole: i64| format!("{}.{} %", part * 1000 / whole / 10, part * 1000 / whole % 10);
        rows.push(format!("| talk time of the {who} | {} | {} |", seconds(theirs), seconds(talk)));
        let their_share = share(theirs, amazon("TalkTime/TotalTimeMillis"));
        rows.push(format!("| talk share of the {who} | {their_share} | {} |", share(talk, both)));
        let theirs = amazon(&format!("TalkSpeed/DetailsByParticipant/{name}/AverageWordsPerMinute"));
        let (least, most) = ours.rate(&format!("rate_of_{who}"));
        rows.push(format!("| words per minute of the {who} | {theirs} | {least} to {most} |"));
    }
    let theirs = times(&amazons_interruptions());
    rows.push(format!("| the agent interrupts | {theirs} | {} |", times(&ours.moments("breaks_in"))));
    rows.push(format!("| … for at least 500 ms | | {} |", times(&ours.moments("breaks_in_for_long"))));
    rows.push(format!("| the customer interrupts | none | {} |", times(&ours.moments("is_broken_into"))));
    let silent = amazon("NonTalkTime/TotalTimeMillis");
    rows.push(format!("| silences over 3 s | {} | {} |", seconds(silent), times(&ours.moments("says_nothing"))));
    rows.join("\n") + "\n"
}

#[test]
fn our_numbers_stand_beside_amazons_as_the_book_prints_them() {
    let table = table(&Ours::new());
    let page = std::fs::read_to_string(grille_tests::programs::root().join("docs/calls/amazon-call-analytics.md"));
    assert!(page.unwrap().contains(&table), "the page does not hold this table:\n{table}");
}

#[test]
fn where_the_definitions_meet_the_numbers_do() {
    let ours = Ours::new();
    assert_eq!(i64::from(ours.call.end_ms.unwrap()), amazon("TotalConversationDurationMillis"));
    for (who, name) in [("agent", "AGENT"), ("customer", "CUSTOMER")] {
        let theirs = amazon(&format!("TalkTime/DetailsByParticipant/{name}/TotalTimeMillis"));
        let (talk, both) = ours.talk(&format!("talk_of_{who}"));
        // Amazon counts longer pauses as talking: never less, and here at most a fifth more.
        assert!(talk <= theirs && theirs * 4 <= talk * 5, "{who}: {talk} and {theirs} ms");
        let (share, their_share) = (talk * 1000 / both, theirs * 1000 / amazon("TalkTime/TotalTimeMillis"));
        assert!((share - their_share).abs() <= 20, "{who}: {share} and {their_share} thousandths");
        // Words over less time: never slower; the bounds are those of masked words.
        let rate = amazon(&format!("TalkSpeed/DetailsByParticipant/{name}/AverageWordsPerMinute"));
        let (least, most) = ours.rate(&format!("rate_of_{who}"));
        assert!(rate <= least && least * 100 <= rate * 110 && least <= most, "{who}: {least} to {most}, and {rate}");
    }
    // One interruption is one for both: it begins in the other's words and lasts.
    let [first, second] = amazons_interruptions()[..] else { panic!("two") };
    let mine = ours.moments("breaks_in");
    assert!(mine.iter().any(|(start, _)| *start == first.0), "{mine:?}");
    assert_eq!(ours.moments("breaks_in_for_long").len(), 1);
    // The other begins in a pause of the customer's, which Amazon counts as their turn.
    let customer = ours.call.segments.iter().filter(|s| s.speaker == "CUSTOMER").flat_map(|s| &s.words);
    let speaks =
        customer.filter_map(|w| w.start_ms.zip(w.end_ms)).any(|(start, end)| start <= second.0 && second.0 < end);
    assert!(!speaks, "the customer says a word at {} ms", second.0);
    assert_eq!(amazon("NonTalkTime/TotalTimeMillis"), 0);
    assert!(ours.moments("says_nothing").is_empty());
}
