//! The `grille` command.
fn main() {}
