//! Whatever stands in a file or a call: an answer, or an error that says the limit; on a small stack, and soon.

use grille_compiler::check::check;
use grille_compiler::engine::{Engine, Program};
use grille_evidence::executable::Executable;
use grille_evidence::expectation::TestCall;
use grille_evidence::facts::Hearing;
use grille_evidence::locale::LocalePack;
use grille_grammar::diagnostic::{Code, Severity};
use grille_runtime::facts::derive;
use grille_tests::bodies::loaded;
use grille_tests::layout;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A criterion, and a test of it, whose call everything is evaluated on.
const AT_HAND: &str = "criterion at_hand { met when no hold }\n\
    test \"t\" { call { 0:00-0:02 agent \"bonjour un mot deux\" hold 0:03-0:05 } expect at_hand not met }\n";

/// Parses, checks, lowers, evaluates on both engines, explains and lays out, all on 512 KiB of stack. Tells the codes of the
/// errors, and how many criteria came through.
fn through(items: String) -> (Vec<Code>, usize) {
    let work = move || {
        let text = format!("grille 1 en\nlocale fr-FR\n{items}\n{AT_HAND}");
        let laid = layout::laid_out("limits.grille", &text);
        let modules = loaded(&text);
        let outcome = check(&modules);
        let errors = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        for error in errors.clone().filter(|e| matches!(e.code, Code::E0105 | Code::E0125 | Code::E0305)) {
            let said = error.labels.iter().map(|label| label.text.as_str()).chain([error.message.as_str()]);
            assert!(said.clone().any(|text| text.contains(char::is_numeric)), "no limit in {error:?}");
        }
        let codes: Vec<Code> = errors.map(|error| error.code).collect();
        let Some(checked) = outcome.program else { return (codes, 0) };
        assert!(laid.is_some(), "laid out");
        let sources = Arc::new(modules.sources.clone());
        let engines = [Engine::Interpreter, Engine::Machine];
        let programs = engines.map(|e| Program::new(&checked, Arc::clone(&sources), e).expect("a program"));
        let TestCall::Written(call) = &checked.tests[0].case.call else { panic!("an inline call") };
        let facts = derive(call, LocalePack::for_tag("fr-FR").expect("French"), Hearing::default());
        let evaluations = programs.each_ref().map(|p| p.evaluate(&facts).expect("an evaluation"));
        assert_eq!(evaluations[0], evaluations[1], "the engines disagree");
        for index in 0..checked.criteria.len().min(3) {
            programs[0].explain(&facts, index).expect("an explanation");
        }
        (codes, checked.criteria.len() - 1)
    };
    std::thread::Builder::new().stack_size(512 * 1024).spawn(work).expect("a thread").join().expect("no panic")
}

fn criterion(condition: &str) -> String {
    format!("criterion c {{ met when {condition} }}")
}

fn nested(open: &str, inside: &str, close: &str, depth: usize) -> String {
    format!("{}{inside}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn what_is_nested_to_the_limit_runs() {
    for (open, close) in [
        ("(", ")"),
        ("not (", ")"),
        ("(hold or ", ")"),
        ("(any hold and ", ")"),
        ("(hold then within 5 s ", " within first 1 min)"),
        ("(hold except ", ")"),
        ("(first ", " lasting at least 5 s)"),
        ("(hold not followed within 5 s by ", ")"),
    ] {
        // The brace of the criterion is the first bracket.
        let (codes, criteria) = through(criterion(&nested(open, "hold", close, 63)));
        assert_eq!((codes.as_slice(), criteria), (&[][..], 1), "{open}");
        let (codes, _) = through(criterion(&nested(open, "hold", close, 64)));
        assert_eq!(codes, [Code::E0105], "{open}");
    }
}

#[test]
fn moments_named_in_each_other_are_bounded() {
    for upwards in [true, false] {
        for (depth, sound) in [(90, true), (1000, false), (4000, false)] {
            let one = |n: usize| format!("moment m{} = m{n} within first 1 h\n", n + 1);
            let mut lines: Vec<String> = (0..depth).map(one).collect();
            lines.insert(0, "moment m0 = hold\n".to_owned());
            if !upwards {
                lines.reverse();
            }
            let (codes, criteria) = through(format!("{}{}", lines.concat(), criterion(&format!("any m{depth}"))));
            assert_eq!(codes.is_empty(), sound, "{depth} {upwards}: {codes:?}");
            assert!(codes.iter().all(|code| *code == Code::E0105), "{codes:?}");
            assert_eq!(criteria, usize::from(sound));
        }
    }
}

#[test]
fn moments_that_double_are_bounded() {
    for joint in [" or ", " except ", " then within 5 s ", " within 5 s after "] {
        let one = |n: usize| format!("moment m{} = (m{n}{joint}m{n})\n", n + 1);
        let lines: String = (0..40).map(one).collect();
        let (codes, _) = through(format!("moment m0 = hold\n{lines}"));
        assert_eq!(codes, [Code::E0125], "{joint}");
        let lines: String = (0..9).map(one).collect();
        let (codes, criteria) = through(format!("moment m0 = hold\n{lines}{}", criterion("any m9")));
        assert_eq!((codes.as_slice(), criteria), (&[][..], 1), "{joint}");
    }
}

#[test]
fn lexicons_inside_each_other_are_bounded() {
    for upwards in [true, false] {
        for (entry, most) in [("\"{l#}\"", 60), ("l#", 60), ("\"(deux|{l#})\"", 30)] {
            for (depth, sound) in [(most, true), (200, false), (2000, false)] {
                let one = |n: usize| format!("lexicon l{} {{ {} }}\n", n + 1, entry.replace('#', &n.to_string()));
                let mut lines: Vec<String> = (0..depth).map(one).collect();
                lines.insert(0, "lexicon l0 { \"un\" }\n".to_owned());
                if !upwards {
                    lines.reverse();
                }
                let (codes, _) =
                    through(format!("{}{}", lines.concat(), criterion(&format!("any agent says l{depth}"))));
                assert_eq!(codes.is_empty(), sound, "{entry} {depth} {upwards}: {codes:?}");
                assert!(codes.iter().all(|code| *code == Code::E0105), "{codes:?}");
            }
        }
    }
}

#[test]
fn lexicons_that_double_are_bounded() {
    for (entry, depth) in [("\"{l#}\"\n\"{l#} a\"", 40), ("l#\nl#", 40), ("\"({l#}|{l#})\"", 40), ("\"{l#} {l#}\"", 40)]
    {
        let one = |n: usize| format!("lexicon l{} {{\n{} }}\n", n + 1, entry.replace('#', &n.to_string()));
        let lines: String = (0..depth).map(one).collect();
        let (codes, _) = through(format!("lexicon l0 {{ \"un\" }}\n{lines}"));
        assert!(codes.iter().all(|code| matches!(code, Code::E0125 | Code::E0305)), "{entry}: {codes:?}");
        assert!(!codes.is_empty(), "{entry}");
    }
}

#[test]
fn long_conditions_run() {
    for joint in [" and ", " or "] {
        let term = "any (agent says \"bonjour\" within first 10 s)";
        let (codes, criteria) = through(criterion(&vec![term; 10_000].join(joint)));
        assert_eq!((codes.as_slice(), criteria), (&[][..], 1));
    }
    let (codes, criteria) = through(criterion(&format!("any ({})", vec!["hold"; 10_000].join(" or "))));
    assert_eq!((codes.as_slice(), criteria), (&[][..], 1));
}

/// A call in which the agent says “un” so often, then “deux” as often.
fn counting_call(times: usize) -> String {
    let said = |word: &str, minute: usize| {
        let words = vec![word; times].join(" ");
        format!("        {minute}:00-{}:00 agent \"{words}\"\n", minute + 1)
    };
    format!("    call {{\n{}{}    }}\n", said("un", 0), said("deux", 2))
}

#[test]
fn a_pattern_with_too_many_moments_cannot_be_told_and_says_why() {
    let criteria = "criterion pairs { met when agent says \"un\" then agent says \"deux\" }\n\
                    criterion inside { met when (agent says \"un\" then agent says \"deux\") within first 10 min }\n\
                    criterion near_pairs { met when agent says \"un\" then within 1 s agent says \"deux\" }\n";
    for (times, too_many) in [(255, false), (256, false), (257, true), (1200, true)] {
        let text = format!(
            "grille 1 en\nlocale fr-FR\n{criteria}test \"t\" {{\n{}    expect near_pairs not met\n}}\n",
            counting_call(times)
        );
        let modules = loaded(&text);
        let checked = check(&modules).program.expect("a program");
        let TestCall::Written(call) = &checked.tests[0].case.call else { panic!("a written call") };
        let facts = derive(call, LocalePack::for_tag("fr-FR").expect("French"), Hearing::default());
        let sources = Arc::new(modules.sources.clone());
        let engines = [Engine::Interpreter, Engine::Machine];
        let programs = engines.map(|e| Program::new(&checked, Arc::clone(&sources), e).expect("a program"));
        let evaluations = programs.each_ref().map(|p| p.evaluate(&facts).expect("an evaluation"));
        assert_eq!(evaluations[0], evaluations[1], "{times}");
        for index in 0..2 {
            let trace = programs[1].explain(&facts, index).expect("an explanation");
            assert_eq!(trace.verdicts.told().is_none(), too_many, "{times}");
            let written = serde_json::to_string(&trace).expect("JSON");
            assert_eq!(written.contains("too-many-to-list"), too_many, "{times}: {written}");
        }
    }
}

#[test]
fn phrases_keep_their_limits() {
    let says = |phrase: &str| through(criterion(&format!("any agent says \"{phrase}\"")));
    assert_eq!(says(&vec!["mot"; 64].join(" ")).0, []);
    assert_eq!(says(&vec!["mot"; 65].join(" ")).0, [Code::E0305]);
    assert_eq!(says("un ..126 deux").0, []);
    assert_eq!(says("un ..127 deux").0, [Code::E0305]);
    assert_eq!(says(&nested("(", "mot", ")", 64)).0, []);
    assert!(says(&nested("(", "mot", ")", 65)).0.contains(&Code::E0105));
    assert_eq!(says(&nested("(mot|", "deux", ")", 64)).0, []);
    assert_eq!(says(&format!("mot {}", vec!["mot?"; 63].join(" "))).0, []);
    assert_eq!(says(&format!("mot {}", vec!["(un|deux|trois)?"; 63].join(" "))).0, []);
}

#[test]
#[ignore = "for a release build"]
fn four_mebibytes_end_soon() {
    const SIZE: usize = 4 * 1024 * 1024 - 1024;
    let began = Instant::now();
    let fill = |piece: &str| piece.repeat(SIZE / piece.len());
    for items in [
        criterion(&format!("any hold {}", fill(" and any hold"))),
        criterion(&format!("any (hold {})", fill(" or hold"))),
        format!("lexicon l {{\n{}}}", fill("\"bonjour madame\"\n")),
        (0..SIZE / 60).map(|n| format!("moment m{n} = hold lasting at least {n} ms\n")).collect(),
        (0..SIZE / 60).map(|n| format!("criterion c{n} {{ met when agent says \"mot{n}\" }}\n")).collect(),
    ] {
        let text = format!("grille 1 en\nlocale fr-FR\n{items}\n");
        let work = move || {
            let modules = loaded(&text);
            let _ = check(&modules);
            let _ = layout::laid_out("long.grille", &text);
        };
        let thread = std::thread::Builder::new().stack_size(512 * 1024);
        let one = Instant::now();
        thread.spawn(work).expect("a thread").join().expect("no panic");
        println!("{:?}", one.elapsed());
    }
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 300 } else { 20 });
    assert!(began.elapsed() < limit, "{:?}", began.elapsed());
}
