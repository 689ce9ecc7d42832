//! The text form of a plan: what `grille dump --phase plan` shows, and what [`read`] takes back without loss. A line a
//! thing, sections in the order of [`Plan`]'s fields; knows neither syntax nor engines, and judges no plan: that a
//! number names something is for [`verify`](super::verify) to see.
//!
//! ```text
//! plan 1
//! locale fr-FR
//!
//! symbol s0 = "bonjour"
//! symbol s1 ^"rembours"
//!
//! pattern p0 "accueil.salutation"
//!   part
//!     phrase s0                        ; "bonjour"
//!     phrase s0 . s1                   ; "bonjour" . ^"rembours"
//!       first 0 last 2 longest 3 follow 1,2 2 -
//!   but not …
//!
//! m0 = says agent p0 pause 2000 ms  @0:120-160 "salutation"
//! m1 = filter m0 within-first 10000 ms  @0:120-190
//!
//! v0 = total m1 as duration  @0:200-210
//! v1 = number 30000/1 as duration  @0:214-218
//!
//! c0 = any m1  @0:200-220
//! c1 = compare v0 <= v1 over m1  @0:200-218
//!
//! criterion k0 "accueil"  @0:80-300 "accueil"
//!   met c0
//!   leaves c0
//! ```
//!
//! - `=` is a token, `^` its beginning, `~` its stem; in a phrase `_` is any one word and `.` a slot of a gap.
//! - A phrase whose words simply follow one another says no more; any other gives where a match begins and ends, its
//!   length, and what may follow each position (`-`: nothing).
//! - `@file:from-to` is a place in bytes; the text after it is the declared name.
//! - A title that is the name, and an empty list or hash, are left out. From `;` on a line is a remark.

mod line;
mod measures;
mod operations;
mod read;
mod words;
mod write;

#[cfg(test)]
mod tests;

use super::Plan;

/// The version of the text form that this program writes and reads.
pub const PLAN_FORMAT: u32 = 1;

/// Why a text is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it, in plain words.
    pub what: String,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for Unreadable {}

/// Writes a plan; [`read`] gives it back as it was.
#[must_use]
pub fn write(plan: &Plan) -> String {
    write::plan(plan)
}

/// Reads what [`write`](self::write()) wrote.
///
/// # Errors
/// [`Unreadable`] at the first line that is not of the form.
pub fn read(text: &str) -> Result<Plan, Unreadable> {
    read::plan(text)
}
