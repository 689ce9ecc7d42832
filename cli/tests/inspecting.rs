//! `grille inspect`, and batches that hold all sorts of files: what people see, and what programs get.

#![cfg(test)]

#[path = "running/grille.rs"]
mod running;

use running::{root, text};
use std::path::Path;

fn fixture(name: &str) -> String {
    std::fs::read_to_string(root().join("runtime/src/calls/fixtures").join(name)).unwrap()
}

/// What `grille` prints in a folder, results first, and how it ends.
fn grille_in(folder: &Path, arguments: &[&str]) -> String {
    let output = running::grille_in(folder, arguments);
    let code = output.status.code().unwrap_or(-1);
    format!("{}{}(exit {code})\n", text(&output.stdout), text(&output.stderr))
}

fn grille(arguments: &[&str]) -> String {
    grille_in(&root(), arguments)
}

/// A folder in which calls, and what stands beside them, lie.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    write("calls/a.json", fixture("simsamu.json").as_bytes());
    write("calls/b.json", fixture("amazon.json").replacen("400,", "39,", 1).replacen("900,", "38,", 1).as_bytes());
    write("calls/old/a.json", fixture("harper_valley.json").as_bytes());
    write("calls/cut.json", b"{\"grille_call\": 1, \"id\": \"x\", ");
    write("calls/empty.vtt", b"");
    write("calls/unknown.json", b"{\"grid\": []}");
    write("calls/unknown-too.json", b"{\"grid\": []}");
    write("calls/latin.srt", b"1\n00:00:01,000 --> 00:00:02,000\nd\xe9sol\xe9\n");
    write("calls/LICENSE", b"MIT");
    write("calls/.hidden", b"x");
    write("calls/call.wav", b"RIFF\0\0\0\0WAVEfmt ");
    write("calls/meta.json", b"{\"agent\": 1, \"caller\": 1, \"tasks\": []}");
    folder
}

#[test]
fn a_call_is_shown_on_one_screen() {
    insta::assert_snapshot!("screen", grille(&["inspect", "runtime/src/calls/fixtures/amazon.json"]));
}

#[test]
fn criteria_say_what_cannot_be_told_of_a_call() {
    let arguments = ["inspect", "-c", "examples/secours.grille", "runtime/src/calls/fixtures/simsamu.json"];
    insta::assert_snapshot!("screen-with-criteria", grille(&arguments));
}

#[test]
fn many_calls_are_a_table_and_a_report() {
    let folder = folder();
    let said = grille_in(folder.path(), &["inspect", "calls"]);
    let (before, rest) = said.split_once("formats that are read: ").unwrap();
    let (formats, after) = rest.split_once('\n').unwrap();
    assert!(formats.contains("SIMSAMU") && formats.contains("WebVTT"), "{formats}");
    insta::assert_snapshot!("folder", format!("{before}formats that are read: …\n{after}"));
}

#[test]
fn programs_get_the_same_with_every_file_named() {
    let folder = folder();
    let said = grille_in(folder.path(), &["inspect", "--format", "json", "calls"]);
    let (json, _) = said.rsplit_once("(exit 3)").unwrap();
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(value["calls"].as_array().unwrap().len(), 3);
    assert_eq!(value["calls"][0]["survey"]["speakers"][0]["first_words"], "le quinze bonjour?");
    let report = &value["report"];
    assert_eq!((&report["files"], &report["calls"]), (&11.into(), &3.into()));
    let counted = |key: &str| report[key].as_array().unwrap().len();
    assert_eq!(["partly_read", "refused", "passed_over", "ids_of_several"].map(counted), [1, 5, 3, 1]);
    assert_eq!(said, grille_in(folder.path(), &["inspect", "--format", "json", "calls"]), "not the same bytes twice");
}

#[test]
fn scoring_goes_on_past_bad_files_and_ends_with_the_same_report() {
    let folder = folder();
    let criteria = root().join("examples/secours.grille");
    let said = grille_in(folder.path(), &["score", "-c", criteria.to_str().unwrap(), "calls"]);
    for text in ["refused (", "grid", "passed over (3)", "a recording: not read yet", "--encoding windows-1252"] {
        assert!(said.contains(text), "no `{text}` in: {said}");
    }
    assert!(said.ends_with("(exit 3)\n"), "{said}");
    let one = grille_in(folder.path(), &["score", "-c", criteria.to_str().unwrap(), "calls/a.json"]);
    assert!(one.ends_with("(exit 0)\n") && !one.contains("refused"), "{one}");
}

#[test]
fn of_a_folder_with_calls_in_several_formats_one_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let call = std::fs::read(root().join("examples/appel.json")).unwrap();
    std::fs::write(folder.path().join("a.json"), call).unwrap();
    std::fs::write(folder.path().join("a.srt"), "1\n00:00:01,000 --> 00:00:02,000\nbonjour\n").unwrap();
    let criteria = root().join("examples/accueil.grille");
    let score = ["score", "-c", criteria.to_str().unwrap(), "--from", "grille", "."];
    let said = grille_in(folder.path(), &score);
    assert!(said.contains("another format than `--from`") && said.ends_with("(exit 0)\n"), "{said}");
}

#[test]
fn a_file_that_is_named_is_never_passed_over() {
    let folder = folder();
    let said = grille_in(folder.path(), &["inspect", "calls/call.wav", "calls/meta.json"]);
    assert!(said.contains("refused (2)") && said.ends_with("(exit 3)\n"), "{said}");
}

#[test]
fn an_encoding_that_is_named_is_read() {
    let folder = folder();
    let said = grille_in(folder.path(), &["inspect", "--encoding", "windows-1252", "calls/latin.srt"]);
    assert!(said.contains("désolé") && said.ends_with("(exit 0)\n"), "{said}");
    let said = grille_in(folder.path(), &["inspect", "--encoding", "klingon", "calls/latin.srt"]);
    assert!(said.contains("`klingon` is no encoding") && said.ends_with("(exit 2)\n"), "{said}");
}

#[test]
fn roles_are_exchanged_given_by_channel_and_by_a_mapping() {
    let folder = folder();
    std::fs::write(
        folder.path().join("roles.json"),
        r#"{ "calls": [{ "call": "a", "roles": { "ambulance": "bot" } }] }"#,
    )
    .unwrap();
    let inspect = |arguments: &[&str]| grille_in(folder.path(), &[&["inspect"], arguments].concat());
    assert!(inspect(&["--swap-roles", "calls/a.json"]).contains("medecin: customer, "));
    assert!(inspect(&["--role", "channel:1=colleague", "calls/old/a.json"]).contains("caller: colleague, channel 1"));
    assert!(inspect(&["--role-map", "roles.json", "calls/a.json"]).contains("ambulance: bot, "));
    let said = inspect(&["--role", "channel:4=agent", "calls/old/a.json"]);
    assert!(said.contains("on which nobody of this call is heard") && said.ends_with("(exit 3)\n"), "{said}");
}

#[test]
fn attributes_come_from_a_table_and_the_report_says_what_did_not_meet() {
    let folder = folder();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("calls.csv", "call,queue,wait,shift\na,support,12,early\nzz,support,9 s,late\n");
    write(
        "queue.grille",
        "grille 1 en\nlocale fr-FR\nattributes {\n queue: one of (support, sales)\n wait: duration\n}\n\
         criterion right_queue \"Came to the right queue\" { met when call.queue is support }\n\
         criterion short_wait \"Was not kept waiting\" { met when call.wait < 30 s }\n",
    );
    let scored =
        grille_in(folder.path(), &["score", "-c", "queue.grille", "--attributes", "calls.csv", "calls/a.json"]);
    insta::assert_snapshot!("attributes", scored);
    let said = grille_in(folder.path(), &["inspect", "--attributes", "calls.csv", "calls/a.json"]);
    assert!(said.contains("queue “support”, shift “early”, wait 12"), "{said}");
}

/// A source that measures times, and a word without one: what hangs on where it lies is for its times to tell, and the
/// words around it lose nothing.
#[test]
fn a_word_without_a_time_of_its_own_is_not_told_where_that_matters() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "x.json",
        r#"{ "segments": [{ "start": 1.0, "end": 9.0, "text": "we have sixty left", "speaker": "a", "words": [
             { "word": "we", "start": 1.0, "end": 1.2, "score": 0.9 }, { "word": "have", "start": 1.2, "end": 1.5, "score": 0.9 },
             { "word": "sixty" }, { "word": "left", "start": 8.0, "end": 9.0, "score": 0.9 }] }], "language": "en" }"#,
    );
    let criterion = |name: &str, text: &str, seconds: u32| {
        format!("criterion {name} {{ met when agent says \"{text}\" within first {seconds} s }}\n")
    };
    let criteria = [("clear", "have", 2), ("doubtful", "sixty", 3), ("surely", "sixty", 20)];
    let criteria: String = criteria.map(|(name, text, seconds)| criterion(name, text, seconds)).concat();
    let scorecard = r#"scorecard sheet "Sheet" { version 1.0.0 used for training
        section "Start" { clear 1 point doubtful 1 point surely 1 point } }"#;
    write("c.grille", &format!("grille 1 en\nlocale en-GB\n{criteria}{scorecard}\n"));
    let said = grille_in(folder.path(), &["explain", "-c", "c.grille", "--role", "a=agent", "x.json"]);
    insta::assert_snapshot!("word-without-a-time", said);
}

/// What is piped in can be read once: nothing of it may be lost to a look at its head.
#[cfg(unix)]
#[test]
fn a_call_that_is_piped_in_is_read_whole() {
    let said = |way: &str| {
        let script = format!("{way} | \"$GRILLE\" inspect /dev/stdin");
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &script]).env("GRILLE", env!("CARGO_BIN_EXE_grille")).current_dir(root());
        text(&command.output().unwrap().stdout)
    };
    let caption = "1\\n00:00:01,000 --> 00:00:02,000\\nbonjour à vous madame et merci\\n\\n2\\n00:00:03,000 --> 00:00:04,000\\nau revoir\\n";
    let srt = said(&format!("printf '{caption}'"));
    assert!(srt.contains("words        8,"), "{srt}");
    assert!(said("cat examples/appel.json").contains("`grille`"));
}

/// A pipe in a folder would be waited for, and a link back up be followed for ever.
#[cfg(unix)]
#[test]
fn links_to_folders_and_pipes_below_a_folder_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("a")).unwrap();
    std::fs::write(folder.path().join("a/x.json"), fixture("simsamu.json")).unwrap();
    std::os::unix::fs::symlink("..", folder.path().join("a/up")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("a/pipe")).status().unwrap();
    assert!(made.success());
    let said = grille_in(folder.path(), &["inspect", "."]);
    assert!(said.starts_with("x   ./a/x.json") && !said.contains("a/up"), "{said}");
}

#[test]
fn a_scorecard_for_training_trusts_words_without_confidences_here_too() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "c.vtt",
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Agent>good morning\n\n00:04.000 --> 00:06.000\n<v Customer>hello\n",
    );
    let sheet = "grille 1 en\nlocale en-GB\ncriterion greets { met when agent says \"good evening\" }\n";
    let card = |name: &str, used: &str| {
        format!("scorecard {name} \"{name}\" {{ version 1.0.0 used for {used} section \"A\" {{ greets 1 point }} }}\n")
    };
    write("c.grille", &format!("{sheet}{}{}", card("learning", "training"), card("judging", "evaluation")));
    let said = |card: &str| grille_in(folder.path(), &["inspect", "-c", "c.grille", "--scorecard", card, "c.vtt"]);
    assert!(said("judging").contains("? greets: cannot tell"), "{}", said("judging"));
    assert!(!said("learning").contains("? greets"), "{}", said("learning"));
    let none = grille_in(folder.path(), &["inspect", "-c", "c.grille", "c.vtt"]);
    assert!(none.contains("choose one with --scorecard") && none.ends_with("(exit 2)\n"), "{none}");
}

#[test]
fn nobody_is_made_the_agent_of_words_that_are_not_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("c.srt", "1\n00:00:01,000 --> 00:00:02,000\nbonjour\n");
    let said = grille_in(folder.path(), &["inspect", "c.srt"]);
    assert!(said.contains("the file tells nobody apart") && !said.contains("--role unknown"), "{said}");
    write("c.rttm", "SPEAKER x 1 0.0 2.0 <NA> <NA> a <NA> <NA>\n");
    let said = grille_in(folder.path(), &["inspect", "c.rttm"]);
    assert!(said.contains("no word of it was written down") && !said.contains("<unk>"), "{said}");
}
