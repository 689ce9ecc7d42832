//! How an atom is always written. Changes no meaning and no word of a text in quotes.

use crate::parse::grammar::Rule;
use unicode_normalization::UnicodeNormalization;

/// Does one write `1,5 s` where this locale is spoken?
pub(super) fn writes_commas(locale: &str) -> bool {
    locale.split(['-', '_']).next().is_some_and(|language| language.eq_ignore_ascii_case("fr"))
}

/// What a leaf of pest's tree, or a sign (`rule` is none), is written as. `number` is the number before a unit.
pub(super) fn spelled(written: &str, rule: Option<Rule>, number: &str, comma: bool) -> String {
    match rule {
        Some(Rule::quoted) => quotes(written),
        Some(Rule::name | Rule::path | Rule::any_word) => written.nfc().collect(),
        Some(Rule::number) if comma => written.replace('.', ","),
        Some(Rule::below_zero) => below_zero(written, comma),
        Some(Rule::number | Rule::clock) => written.replace(',', "."),
        Some(Rule::unit) => unit(written, number).to_owned(),
        Some(Rule::compare) | None => sign(written).to_owned(),
        _ => written.to_owned(),
    }
}

/// A number below zero, its sign right before it.
fn below_zero(written: &str, comma: bool) -> String {
    let digits = written.trim_start_matches(['-', '\u{2212}']).trim_start();
    format!("-{}", if comma { digits.replace('.', ",") } else { digits.replace(',', ".") })
}

/// Straight quotes, unless one stands in the text. Blanks inside `« »` are not part of it.
fn quotes(written: &str) -> String {
    let mut letters = written.chars();
    let (open, _) = (letters.next(), letters.next_back());
    let inside = letters.as_str();
    let inside = if open == Some('«') { inside.trim() } else { inside };
    match open {
        Some('«') if inside.contains('"') => format!("« {inside} »"),
        Some('“') if inside.contains('"') => written.to_owned(),
        _ => format!("\"{inside}\""),
    }
}

/// `words` and `turns` stay as they are: `1 turn of agent` would be read in another way than `1 turns of agent`.
fn unit<'t>(written: &'t str, number: &str) -> &'t str {
    match written {
        "second" | "seconds" => "s",
        "minute" | "minutes" => "min",
        "hour" | "hours" => "h",
        "point" | "points" if number == "1" => "point",
        "point" => "points",
        "semitone" => "semitones",
        "cent" => "cents",
        other => other,
    }
}

fn sign(written: &str) -> &str {
    match written {
        "≤" => "<=",
        "≥" => ">=",
        "\u{2010}" | "\u{2011}" | "\u{2013}" | "\u{2014}" => "-",
        other => other,
    }
}
