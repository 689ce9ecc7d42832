//! Bodies of the fuzz targets; property tests run them too. Each panics where a promise is broken.

use crate::choices::Choices;
use crate::programs::{self, Text};
use crate::{calls, criteria, files, layout, shapes};
use grille_compiler::check::check;
use grille_compiler::engine::{Engine, Program};
use grille_compiler::lint::{View, reach};
use grille_compiler::load::Loaded;
use grille_compiler::plan::Plan;
use grille_compiler::plan::lower::lower;
use grille_compiler::plan::text;
use grille_evidence::executable::Executable;
use grille_evidence::facts::Hearing;
use grille_evidence::locale::LocalePack;
use grille_evidence::outcome::Evaluation;
use grille_evidence::trace::{Node, Operation};
use grille_evidence::truth::Truth;
use grille_grammar::decode::decode;
use grille_grammar::diagnostic::Severity;
use grille_grammar::parse::parse;
use grille_grammar::source::{FileId, SourceFile};
use grille_runtime::calls::{
    self as importing, FORMATS, HarperValleyTranscript, ReadOptions, canonical_bytes, validate,
};
use grille_runtime::facts::derive;
use std::path::PathBuf;
use std::sync::Arc;

/// Any bytes: reading them never fails as a whole, and every place that a finding names is in the text.
pub fn parser(bytes: &[u8]) {
    let Ok(text) = decode(FileId(0), bytes.to_vec()) else { return };
    let file = SourceFile { id: FileId(0), name: "fuzz.grille".to_owned(), text };
    let parsed = parse(&file);
    assert!(parsed.diagnostics.len() <= 101, "too many findings: {}", parsed.diagnostics.len());
    for label in parsed.diagnostics.iter().flat_map(|d| &d.labels) {
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        assert!(file.text.get(start..end).is_some(), "{start}..{end} is no place of the text");
    }
}

/// Any bytes: what can be laid out keeps its tree and its comments, and laid out again stays as it is.
pub fn formatter(bytes: &[u8]) {
    let Ok(text) = decode(FileId(0), bytes.to_vec()) else { return };
    layout::keeps_everything("fuzz.grille", &text);
}

/// Random criteria, badly laid out: the same layout as before, and the same meaning.
pub fn layout(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let source = criteria::file(&mut choices);
    layout::survives_mangling("random.grille", &source, &mut choices);
}

/// Loads a text as a program's only file.
#[must_use]
pub fn loaded(text: &str) -> Loaded {
    programs::loaded(&Text { name: "random.grille", text, folder: PathBuf::new() })
}

/// Any bytes, as a text and as choices of one that is nearly criteria: checking never fails as a whole, every place that a
/// finding names is in its file, and there is a program where nothing forbids it.
pub fn checker(bytes: &[u8]) {
    if let Ok(text) = decode(FileId(0), bytes.to_vec()) {
        checks(&text);
    }
    checks(&shapes::nearly_criteria(&mut Choices::new(bytes)));
}

fn checks(text: &str) {
    let loaded = loaded(text);
    let outcome = check(&loaded);
    for label in outcome.diagnostics.iter().flat_map(|d| &d.labels) {
        let file = loaded.sources.get(label.span.file).expect("a file of the program");
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        assert!(file.text.get(start..end).is_some(), "{start}..{end} is no place of the text\n{text}");
    }
    let forbidden = outcome.diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert_eq!(outcome.program.is_none(), forbidden, "{:?}\n{text}", outcome.diagnostics);
    if let Some(checked) = &outcome.program {
        assert_eq!(outcome.plan, lower(checked).ok(), "another plan than the program's\n{text}");
        let sources = Arc::new(loaded.sources.clone());
        let program = Program::of(outcome, sources, Engine::Interpreter).expect("a sound plan");
        assert!(program.is_some());
    }
}

/// Random criteria on random calls: both engines give the same bytes, every derivation agrees with what was
/// recorded, and the plan survives its text form. Tells the evaluations; none where the criteria have errors.
pub fn engines(bytes: &[u8]) -> Option<Vec<Evaluation>> {
    let mut choices = Choices::new(bytes);
    let source = criteria::file(&mut choices);
    let loaded = loaded(&source);
    let outcome = check(&loaded);
    let Some(checked) = outcome.program else {
        let errors = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        assert!(errors.count() > 0, "no program and no error:\n{source}");
        return None;
    };
    let sources = Arc::new(loaded.sources.clone());
    let interpreter = Program::new(&checked, Arc::clone(&sources), Engine::Interpreter).expect("a sound plan");
    let machine = Program::new(&checked, sources, Engine::Machine).expect("code for a sound plan");
    let written = text::write(interpreter.plan());
    assert_eq!(text::read(&written).as_ref(), Ok(interpreter.plan()), "{source}");
    let calls: Vec<_> = (0..4).map(|_| calls::call(&mut choices)).collect();
    let evaluations: Vec<_> =
        calls.iter().map(|call| agree(&source, call, &interpreter, &machine, &mut choices)).collect();
    evaluations.iter().for_each(|evaluation| foreseen(&source, interpreter.plan(), evaluation));
    Some(evaluations)
}

/// What static findings rest on: no verdict that is told is one that a criterion is said never to come to.
fn foreseen(source: &str, plan: &Plan, evaluation: &Evaluation) {
    let view = View::of(plan);
    for (criterion, outcome) in plan.criteria.iter().zip(&evaluation.criteria) {
        let Some(ways) = reach::ways(&view, criterion) else { continue };
        let (verdicts, steps) = reach::verdicts(&ways);
        let told = outcome.verdicts.told().is_none_or(|verdict| verdicts.contains(verdict));
        let step = outcome.steps.told().is_none_or(|step| steps.contains(step) || outcome.verdicts.told().is_none());
        assert!(told && step, "{} was said never to come to {outcome:?}\n{source}", criterion.info.name);
    }
}

fn agree(
    source: &str,
    call: &grille_evidence::call::Call,
    interpreter: &Program,
    machine: &Program,
    choices: &mut Choices<'_>,
) -> Evaluation {
    let pack = LocalePack::for_tag("fr-FR").expect("French");
    let hearing = Hearing { trust_unrated_words: choices.chance(50), ..Hearing::default() };
    let facts = derive(call, pack, hearing);
    let by_interpreter = interpreter.evaluate(&facts).expect("the interpreter evaluates");
    let by_machine = machine.evaluate(&facts).expect("machine code evaluates");
    assert_eq!(by_interpreter, by_machine, "the engines disagree\n{source}\n{call:#?}");
    assert_eq!(by_interpreter.to_bytes(), by_machine.to_bytes());
    for (index, outcome) in by_interpreter.criteria.iter().enumerate() {
        let trace = machine.explain(&facts, index).expect("a derivation");
        assert_eq!(trace.verdicts, outcome.verdicts, "the derivation disagrees\n{source}\n{call:#?}");
        trace.clauses.iter().for_each(|clause| told_of_each(&clause.node, source));
    }
    by_interpreter
}

/// All occasions are judged at once; derived one by one, each comes to the same.
fn told_of_each(node: &Node, source: &str) {
    for occasion in node.children.iter().filter(|child| child.operation == Operation::Occasion) {
        let alone = occasion.children.first().map(|child| child.value);
        assert_eq!(alone, Some(occasion.value), "an occasion by itself comes to something else\n{source}\n{node:#?}");
    }
}

/// How often leaves came to no, cannot tell and yes.
#[must_use]
pub fn tally(evaluations: &[Evaluation]) -> [usize; 3] {
    let mut tally = [0; 3];
    let leaves = evaluations.iter().flat_map(|e| &e.criteria).flat_map(|c| &c.leaves);
    for value in leaves.filter_map(|l| l.value) {
        tally[match value {
            Truth::No => 0,
            Truth::CannotTell => 1,
            Truth::Yes => 2,
        }] += 1;
    }
    tally
}

/// Any bytes, and a file of each format changed by them: what is read is a valid call, the same each time, of which facts
/// can be derived and which is read back from our own format as it is; what is not read is a fault that says what is wrong
/// and how to mend it. Tells which of the two the changed file was.
pub fn importers(bytes: &[u8]) -> bool {
    let mut choices = Choices::new(bytes);
    read_or_told(bytes, &ReadOptions::default());
    let fixture = choices.pick(files::fixtures());
    let changed = files::changed(fixture, &mut choices);
    read_or_told(&changed, &options(&mut choices))
}

/// What a reader may decide; mostly nothing.
fn options(choices: &mut Choices<'_>) -> ReadOptions {
    let mut options = ReadOptions::default();
    if choices.chance(30) {
        options.harper_valley = HarperValleyTranscript::Machine;
    }
    if choices.chance(10) {
        options.from = Some(*choices.pick(FORMATS));
    }
    if choices.chance(10) {
        let encoding = *choices.pick(&["utf-16le", "windows-1252", "gb2312"]);
        options.encoding = importing::encoding(encoding).ok();
    }
    options.roles.swap = choices.chance(5);
    options
}

fn read_or_told(bytes: &[u8], options: &ReadOptions) -> bool {
    let read = importing::read("a.json", bytes, options);
    let again = importing::read("a.json", bytes, options);
    assert_eq!(read, again, "the same file is read in two ways");
    match read {
        Ok(readings) => {
            assert!(!readings.is_empty(), "a file was read and there is no call");
            for reading in &readings {
                validate(&reading.call).expect("what was read is valid");
                let own = importing::read("a.json", &canonical_bytes(&reading.call), &ReadOptions::default());
                assert_eq!(own.expect("our own format is read")[0].call, reading.call);
                let pack = LocalePack::for_tag("fr-FR").expect("French");
                let facts = derive(&reading.call, pack, Hearing::default());
                assert_eq!(facts.speakers.len(), reading.call.speakers.len());
            }
            true
        }
        Err(fault) => {
            assert!(!fault.what.is_empty() && fault.mend.is_some() && fault.subject == "a.json", "{fault}");
            false
        }
    }
}
