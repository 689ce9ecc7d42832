//! `grille dump`: what the compiler makes of a file, phase by phase. For engineers.

use crate::arguments::{DumpArguments, EngineChoice, Phase};
use crate::exit::{Exit, Failure};
use crate::programs;
use crate::render::say;
use grille_compiler::checked::Checked;
use grille_compiler::jit::program::Listing;
use grille_compiler::plan::{meaning, text};

/// Shows one phase.
pub fn run(arguments: &DumpArguments) -> Result<Exit, Failure> {
    let file = std::slice::from_ref(&arguments.file);
    let shown = match arguments.phase {
        Phase::Ast => match programs::checked(file) {
            Ok((loaded, _)) => loaded.modules.first().map(|m| format!("{:#?}\n", m.ast)).unwrap_or_default(),
            Err(exit) => return Ok(exit),
        },
        Phase::Checked | Phase::Hashes => match programs::checked(file) {
            Ok((loaded, outcome)) => match outcome.program {
                Some(program) if arguments.phase == Phase::Hashes => hashes(&program)?,
                Some(program) => format!("{program:#?}\n"),
                None => {
                    crate::render::diagnostics::show(&outcome.diagnostics, &loaded.sources);
                    return Ok(Exit::Findings);
                }
            },
            Err(exit) => return Ok(exit),
        },
        Phase::Plan | Phase::Clif | Phase::Asm => {
            match programs::program(&arguments.file, EngineChoice::Interpreter)? {
                Ok((program, _)) => match arguments.phase {
                    Phase::Clif => program.listing(Listing::Clif)?,
                    Phase::Asm => program.listing(Listing::Assembly)?,
                    _ => text::write(program.plan()),
                },
                Err(exit) => return Ok(exit),
            }
        }
    };
    say::result(&shown)?;
    Ok(Exit::Done)
}

/// A declaration a line: kind, name, hash.
fn hashes(program: &Checked) -> Result<String, Failure> {
    let lines = meaning::declarations(program)?;
    Ok(lines.iter().map(|line| format!("{:<9} {} {}\n", line.kind, line.hash, line.name)).collect())
}
