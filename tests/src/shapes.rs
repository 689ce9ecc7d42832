//! Text that is nearly criteria: a random file of them, broken in a few places, or nested past every limit. Most of it has
//! errors; none of it may do harm.

use crate::choices::Choices;
use crate::criteria;
use grille_grammar::keywords::words;

/// Pieces that keywords are mixed with.
const PIECES: &[&str] = &[
    "(",
    ")",
    "{",
    "}",
    ",",
    ":",
    ".",
    "=",
    "<=",
    "-",
    "0",
    "1",
    "3 s",
    "50 %",
    "-10 dBFS",
    "2 points",
    "0:01",
    "0:02-0:03",
    "2026-02-30",
    "\"bonjour\"",
    "\"(a|b)? ..3 <digits 4..16>\"",
    "\"",
    "lexique",
    "instant",
    "étape",
    "c0",
    "call.file",
    "call.",
    "_",
    "é",
    "\n",
    "#",
];

/// Constructs that can stand inside themselves: what opens one, what is inside all, what closes one.
const NESTS: &[(&str, &str, &str)] = &[
    ("(", "hold", ")"),
    ("not (", "any hold", ")"),
    ("(hold or ", "hold", ")"),
    ("(hold then within 5 s ", "hold", ")"),
    ("(first ", "hold", " lasting at least 5 s)"),
    ("(any hold and ", "any hold", ")"),
    ("130 % of (", "total hold", ")"),
];

/// A text.
pub fn nearly_criteria(choices: &mut Choices<'_>) -> String {
    let mut text = criteria::file(choices);
    if choices.chance(50) {
        let (open, inside, close) = *choices.pick(NESTS);
        let depth = choices.below(200);
        let nested = format!("{}{inside}{}", open.repeat(depth), close.repeat(depth));
        text.push_str(&format!("criterion nested {{ met when {nested} }}\n"));
    }
    text.push_str(&scorecard(choices));
    let keywords: Vec<&str> = words().collect();
    for _ in 0..choices.below(6) {
        let piece = if choices.chance(60) { *choices.pick(&keywords) } else { *choices.pick(PIECES) };
        let (from, to) = (place(&text, choices), place(&text, choices));
        let put_in = match choices.below(4) {
            0 => String::new(),
            1 => format!(" {piece} "),
            2 => text[from.min(to)..from.max(to)].chars().take(80).collect(),
            _ => format!(" {piece} {} ", choices.pick(&keywords)),
        };
        let end = if choices.chance(50) { from } else { after_word(&text, from) };
        text.replace_range(from..end, &put_in);
    }
    text
}

/// A scorecard and a test of it, not always sound.
fn scorecard(choices: &mut Choices<'_>) -> String {
    let points = *choices.pick(&["0", "1", "10", "2.5", "1000001"]);
    let share = *choices.pick(&["0", "50 %", "100 %", "-1 %"]);
    let verdict = *choices.pick(&["met", "not met", "partly met because late by 1 s", "cannot tell"]);
    format!(
        "scorecard fiche {{\n    version 1.0.0\n    used for {}\n    section \"Tout\" {{ c0 {points} points }}\n    \
         critical c0: score {share}\n    grades {{ a from {}, b below {} }}\n}}\n\n\
         test \"t\" {{\n    call {{ 0:00-0:01 agent \"bonjour\" hold 0:02-0:0{} }}\n    expect c0 {verdict}\n}}\n",
        choices.pick(&["training", "evaluation", "ranking"]),
        choices.pick(&["50 %", "120 %"]),
        choices.pick(&["50 %", "40 %"]),
        choices.below(9),
    )
}

fn place(text: &str, choices: &mut Choices<'_>) -> usize {
    text.floor_char_boundary(choices.below(text.len() + 1))
}

fn after_word(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let blank = rest.len() - rest.trim_start().len();
    rest[blank..].find(char::is_whitespace).map_or(text.len(), |end| from + blank + end)
}
