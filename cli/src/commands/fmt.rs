//! `grille fmt`: criteria files in their one canonical layout. Knows how files are read and written, not how they are laid out.

use crate::arguments::FmtArguments;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::render::{diagnostics, say};
use grille_grammar::diagnostic::Diagnostic;
use grille_grammar::source::{FileId, SourceSet};
use grille_grammar::{decode, format};
use similar::TextDiff;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How the files are, or would be, after all.
#[derive(Default)]
struct Tally {
    kept: usize,
    changed: usize,
    refused: usize,
}

/// Lays out each file.
pub fn run(arguments: &FmtArguments) -> Result<Exit, Failure> {
    if arguments.files == [PathBuf::from("-")] {
        return standard_input(arguments.check);
    }
    let mut tally = Tally::default();
    let mut exit = Exit::Done;
    for path in files::criteria_files(&arguments.files)? {
        let name = files::shown(&path);
        let bytes = match files::read(&path) {
            Ok(bytes) => bytes,
            Err(why) => {
                say::error(&format!("{name}: {why}"));
                exit = exit.max(Exit::Fault);
                continue;
            }
        };
        let Some(text) = laid_out(&name, &bytes) else {
            tally.refused += 1;
            continue;
        };
        if text.as_bytes() == bytes {
            tally.kept += 1;
            continue;
        }
        tally.changed += 1;
        if arguments.check {
            difference(&name, &bytes, &text)?;
        } else {
            write(&path, &name, &text)?;
        }
    }
    summary(&tally, arguments.check)?;
    let found = tally.refused > 0 || (arguments.check && tally.changed > 0);
    Ok(if found { exit.max(Exit::Findings) } else { exit })
}

fn standard_input(check: bool) -> Result<Exit, Failure> {
    let name = "(standard input)";
    let mut bytes = Vec::new();
    let limit = grille_grammar::diagnostic::syntax::SIZE_LIMIT as u64 + 1;
    let read = std::io::stdin().take(limit).read_to_end(&mut bytes);
    read.map_err(|error| Failure(format!("{name}: it cannot be read: {error}")))?;
    let Some(text) = laid_out(name, &bytes) else { return Ok(Exit::Findings) };
    if !check {
        say::result(&text)?;
        return Ok(Exit::Done);
    }
    if text.as_bytes() == bytes {
        return Ok(Exit::Done);
    }
    difference(name, &bytes, &text)?;
    Ok(Exit::Findings)
}

/// The file in its canonical layout; what cannot be read is told of, and stays as it is.
fn laid_out(name: &str, bytes: &[u8]) -> Option<String> {
    let mut sources = SourceSet::default();
    let decoded = decode(FileId(0), bytes.to_vec());
    let (id, refused) = match decoded {
        Ok(text) => (sources.add(name, text), None),
        Err(finding) => (sources.add(name, String::new()), Some(vec![finding])),
    };
    let findings: Vec<Diagnostic> = match (refused, sources.get(id)) {
        (Some(findings), _) => findings,
        (None, Some(file)) => match format(file) {
            Ok(text) => return Some(text),
            Err(findings) => findings,
        },
        (None, None) => Vec::new(),
    };
    diagnostics::show(&findings, &sources);
    say::error(&format!("{name}: not touched, because it cannot be read; mend what is said above first"));
    None
}

fn write(path: &Path, name: &str, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure(format!("{name}: it cannot be written: {error}")))?;
    Ok(say::result(&format!("{name}: laid out anew\n"))?)
}

/// What would change, line by line.
fn difference(name: &str, bytes: &[u8], text: &str) -> Result<(), Failure> {
    let before = String::from_utf8_lossy(bytes);
    let same_lines = before.trim_start_matches('\u{FEFF}') == text;
    if same_lines {
        return Ok(say::result(&format!("{name}: the byte order mark at its start would be taken off\n"))?);
    }
    let diff = TextDiff::from_lines(before.as_ref(), text);
    let shown = diff.unified_diff().context_radius(2).header(name, &format!("{name}, laid out")).to_string();
    Ok(say::result(&shown)?)
}

fn summary(tally: &Tally, check: bool) -> Result<(), Failure> {
    let kept = match tally.kept {
        1 => "1 file as it should be".to_owned(),
        count => format!("{count} files as they should be"),
    };
    let changed = if check { "would be laid out anew" } else { "laid out anew" };
    let mut said = vec![kept, format!("{} {changed}", tally.changed)];
    if tally.refused > 0 {
        said.push(format!("{} not touched", tally.refused));
    }
    Ok(say::result(&format!("{}\n", said.join(", ")))?)
}
