//! The `grille` command: arguments, files, progress, terminal rendering, exit codes. Decides nothing about criteria
//! or calls; everything that it says of them it was told.

mod arguments;
mod commands;
mod exit;
mod files;
mod intake;
mod programs;
mod render;

use arguments::{Arguments, Command};
use clap::Parser;
use exit::Exit;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let exit = match arguments.command {
        Command::Check(check) => commands::check::run(&check),
        Command::Inspect(inspect) => commands::inspect::run(&inspect),
        Command::Score(score) => commands::score::run(&score),
        Command::Explain(explain) => commands::explain::run(&explain),
        Command::Test(test) => commands::test::run(&test),
        Command::Fmt(fmt) => commands::fmt::run(&fmt),
        Command::Dump(dump) => commands::dump::run(&dump),
    };
    exit.unwrap_or_else(|failure| {
        render::say::error(&failure.to_string());
        Exit::Fault
    })
    .into()
}
