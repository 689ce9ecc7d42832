//! One row a call: score, grade, and a sign for each criterion, with a key below.

use super::ink;
use grille_compiler::cost::Cost;
use grille_evidence::executable::CriterionInfo;
use grille_evidence::outcome::Evaluation;

/// A row.
pub struct Row {
    /// The call.
    pub call: String,
    /// Its score, as shown.
    pub score: String,
    /// Its grade, or those still possible.
    pub grade: String,
    /// Its verdicts.
    pub evaluation: Evaluation,
}

/// The table.
pub fn render(rows: &[Row], criteria: &[CriterionInfo], columns: &[usize], scored: bool) -> String {
    let numbers = columns.len();
    let call = width(rows.iter().map(|r| r.call.as_str()), "call");
    let score = width(rows.iter().map(|r| r.score.as_str()), "score");
    let grade = width(rows.iter().map(|r| r.grade.as_str()), "grade");
    let heads: Vec<String> = (1..=numbers).map(|n| format!("{n:>2}")).collect();
    let mut text = match scored {
        true => {
            format!("{}  {}  {}  {}\n", pad("call", call), pad("score", score), pad("grade", grade), heads.join(" "))
        }
        false => format!("{}  {}\n", pad("call", call), heads.join(" ")),
    };
    for row in rows {
        let verdicts = columns.iter().filter_map(|i| row.evaluation.criteria.get(*i));
        let signs: Vec<String> = verdicts.map(|c| format!(" {}", ink::sign(c.verdicts))).collect();
        text.push_str(&pad(&row.call, call));
        if scored {
            text.push_str(&format!("  {}  {}", pad(&row.score, score), pad(&row.grade, grade)));
        }
        text.push_str(&format!("  {}\n", signs.join(" ")));
    }
    text.push_str(&key(rows, criteria, columns));
    text
}

/// What each column is, and how often it came to what.
fn key(rows: &[Row], criteria: &[CriterionInfo], columns: &[usize]) -> String {
    let mut text =
        String::from("\n      ✓   ◐   ✗   –   ?   (met, partly met, not met, not applicable, cannot tell)\n");
    for (number, index) in (1..).zip(columns) {
        let signs = rows.iter().filter_map(|r| r.evaluation.criteria.get(*index)).map(|c| ink::plain_sign(c.verdicts));
        let signs: Vec<char> = signs.collect();
        let counts: Vec<String> =
            "✓◐✗–?".chars().map(|s| format!("{:>3}", signs.iter().filter(|x| **x == s).count())).collect();
        let title = criteria.get(*index).map_or("", |c| c.title.as_str());
        text.push_str(&format!("{number:>2}  {}   {title}\n", counts.join(" ")));
    }
    text
}

/// What criteria cost at most, one row each, and how to read it.
pub fn costs(costs: &[Cost]) -> String {
    let name = width(costs.iter().map(|c| c.criterion.as_str()), "criterion");
    let mut text = format!("\n{}  phrases  tries  sets  joins  at most\n", pad("criterion", name));
    for cost in costs {
        let (phrases, tries, sets, joins) = (cost.phrases, cost.tries, cost.sets, cost.joins + cost.wide_joins);
        let numbers = format!("{phrases:>7}  {tries:>5}  {sets:>4}  {joins:>5}");
        text.push_str(&format!("{}  {numbers}  {}\n", pad(&cost.criterion, name), cost.bound()));
    }
    text.push_str("\nw: words of the call, m: moments found in it, o: occasions of a `whenever`,\n");
    text.push_str("n: moments near an occasion, counted for each occasion that they are near\n");
    text
}

fn width<'a>(cells: impl Iterator<Item = &'a str>, head: &'a str) -> usize {
    cells.chain([head]).map(|c| c.chars().count()).max().unwrap_or(0)
}

/// A text with blanks behind it, up to a width in characters.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())))
}

/// Rows with their cells under each other; no blanks at the ends of lines.
pub fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let widest = |column: usize| width(rows.iter().filter_map(|row| row.get(column)).map(String::as_str), "");
    let widths: Vec<usize> = (0..N).map(widest).collect();
    let line = |row: &[String; N]| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| pad(cell, *width)).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

/// `1 call`, `3 calls`.
pub fn number_of(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
