//! Score arithmetic, line by line.

use super::ink;
use grille_evidence::scorecard::GradeSpec;
use grille_evidence::trace::{CriticalLine, EntryLine, Fraction, PointsRange, ScoreResult, ScoreTrace, SectionLine};
use grille_evidence::truth::Truth;
use grille_runtime::score::show;
use std::fmt::Write;

/// Columns that the name of a line may take.
const WIDTH: usize = 42;

/// The score, its grade, and each step.
pub fn render(score: &ScoreTrace, grades: &[GradeSpec], text: &mut String) {
    let _ = writeln!(text, "\n{} {} · used for {}", ink::strong(&score.title), score.version, score.purpose.keyword());
    score.sections.iter().for_each(|section| self::section(section, text));
    if !score.bonus.is_empty() {
        let _ = writeln!(text, "  bonus, over and above the {}", of_points(&score.points));
        score.bonus.iter().for_each(|line| entry(line, text));
    }
    if let Some(before) = &score.before_criticals {
        let _ = writeln!(text, "  {:<WIDTH$} {}", "before criticals", show(before, grades));
    }
    score.criticals.iter().for_each(|line| critical(line, "  ", "the score", text));
    if score.trusted_unrated_words {
        let _ = writeln!(text, "  recognised words without confidences were counted as heard: the purpose is training");
    }
    let sum = sum(score).map(|s| format!(" = {s}")).unwrap_or_default();
    let _ = writeln!(text, "  {}{sum}{}", ink::strong(&show(&score.result, grades)), graded(score));
}

fn section(section: &SectionLine, text: &mut String) {
    let counts = section.applies.as_ref().map_or(Truth::Yes, |applies| applies.value);
    let points = match counts {
        Truth::No => "does not count".to_owned(),
        _ => range(&section.points),
    };
    let _ = writeln!(text, "  {:<WIDTH$} {points}", section.title);
    if let Some(applies) = &section.applies {
        let said = match applies.value {
            Truth::Yes => "counts: so it is",
            Truth::No => "does not count: it is not so",
            Truth::CannotTell => "cannot be told whether it counts",
        };
        let _ = writeln!(text, "    {} {} — {said}", ink::truth(applies.value), applies.criterion);
    }
    section.entries.iter().for_each(|line| entry_in(line, counts, text));
    section.criticals.iter().for_each(|line| critical(line, "    ", "the section", text));
}

fn entry(line: &EntryLine, text: &mut String) {
    entry_in(line, Truth::Yes, text);
}

/// A line of a section that counts, or does not.
fn entry_in(entry: &EntryLine, counts: Truth, text: &mut String) {
    let verdict = ink::verdict(entry.verdicts);
    let step = step(entry).map(|s| format!(" ({s})")).unwrap_or_default();
    let points = points(entry, counts);
    let _ = writeln!(text, "    {} {:<40} {points:<18} {verdict}{step}", ink::sign(entry.verdicts), entry.criterion);
}

/// Which step of partly met, where there are several.
fn step(entry: &EntryLine) -> Option<String> {
    let steps: Vec<String> = entry.ways.iter().filter_map(|way| way.step).map(|step| step.to_string()).collect();
    (!steps.is_empty()).then(|| format!("step {}", steps.join(" or ")))
}

fn critical(line: &CriticalLine, indent: &str, what: &str, text: &mut String) {
    let most = per_cent(line.score);
    let effect = match (line.struck, line.score) {
        (Truth::Yes, 0) => format!("{what} becomes 0 %"),
        (Truth::Yes, _) => format!("{what} becomes {most} at most"),
        (Truth::No, _) => "does not strike".to_owned(),
        (Truth::CannotTell, 0) => format!("if not met, {what} becomes 0 %"),
        (Truth::CannotTell, _) => format!("if not met, {what} becomes {most} at most"),
    };
    let _ = writeln!(text, "{indent}critical {}: {} — {effect}", line.criterion, ink::verdict(line.verdicts));
}

/// `· conforme`, or the grades still possible.
fn graded(score: &ScoreTrace) -> String {
    if score.grades.is_empty() { String::new() } else { format!(" · {}", score.grades.join(" or ")) }
}

/// `15 of 25 points`, where every verdict is told and no critical of the whole strikes.
fn sum(score: &ScoreTrace) -> Option<String> {
    let bonus = score.bonus.iter().map(|line| &line.ways);
    let over: Option<i64> = bonus.map(|ways| if let [way] = ways.as_slice() { Some(way.earned) } else { None }).sum();
    let (over, points) = (over?, &score.points);
    let told = points.earned.0 == points.earned.1 && points.possible.0 == points.possible.1;
    if !told || matches!(score.result, ScoreResult::Between { .. }) || score.before_criticals.is_some() {
        return None;
    }
    let over = if over == 0 { String::new() } else { format!(" + {}", number(over)) };
    Some(format!("{}{over} of {} points", fraction(points.earned.0), number(points.possible.0)))
}

fn of_points(points: &PointsRange) -> String {
    let (least, most) = points.possible;
    if least == most {
        format!("{} points", number(least))
    } else {
        format!("{} to {} points", number(least), number(most))
    }
}

/// `5 of 15`, `5 to 10 of 15`, `0 to 10 of 5 to 15`.
fn range(points: &PointsRange) -> String {
    let between = |low: String, high: String| if low == high { low } else { format!("{low} to {high}") };
    let earned = between(fraction(points.earned.0), fraction(points.earned.1));
    format!("{earned} of {}", between(number(points.possible.0), number(points.possible.1)))
}

/// Points in decimals: a share in thousandths of a per cent of thousandths of a point has at most eight.
fn fraction(points: Fraction) -> String {
    const DECIMALS: i128 = 100_000_000;
    let scaled = i128::from(points.numerator) * DECIMALS;
    let denominator = i128::from(points.denominator.max(1));
    if scaled % denominator != 0 {
        return format!("{}/{}", points.numerator, points.denominator);
    }
    let (whole, rest) = (scaled / denominator / DECIMALS, scaled / denominator % DECIMALS);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:08}").trim_end_matches('0').to_owned() }
}

/// What a criterion earned, if the scorecard counts it.
pub fn points_of(score: &ScoreTrace, criterion: &str) -> Option<String> {
    let counts = |section: &SectionLine| section.applies.as_ref().map_or(Truth::Yes, |applies| applies.value);
    let counted = score.sections.iter().flat_map(|s| s.entries.iter().map(move |entry| (entry, counts(s))));
    let mut all = counted.chain(score.bonus.iter().map(|entry| (entry, Truth::Yes)));
    all.find(|(entry, _)| entry.criterion == criterion).map(|(entry, counts)| points(entry, counts))
}

fn points(entry: &EntryLine, counts: Truth) -> String {
    if counts == Truth::No {
        return "does not count".to_owned();
    }
    let (least, most) = (entry.ways.iter().map(|w| w.earned).min(), entry.ways.iter().map(|w| w.earned).max());
    let (least, most) = (least.unwrap_or(0), most.unwrap_or(0));
    let possible = entry.ways.iter().map(|way| way.possible).max().unwrap_or(0);
    let counting = || entry.ways.iter().filter(|way| way.possible > 0);
    if possible > 0 && entry.ways.iter().any(|way| way.possible == 0) {
        let least = counting().map(|way| way.earned).min().unwrap_or(0);
        let earned = if least == most { number(most) } else { format!("{} to {}", number(least), number(most)) };
        return format!("{earned} of {}, or does not count", number(possible));
    }
    match entry.ways.as_slice() {
        [way] if way.earned == 0 && way.possible == 0 => "does not count".to_owned(),
        [way] if way.possible == 0 => format!("+{}", number(way.earned)),
        [way] => format!("{} of {}", number(way.earned), number(way.possible)),
        _ if possible == 0 => format!("+{} to {}", number(least), number(most)),
        _ if least == most => format!("{} of {}", number(least), number(possible)),
        _ => format!("{} to {} of {}", number(least), number(most), number(possible)),
    }
}

fn per_cent(thousandths: i64) -> String {
    format!("{} %", number(thousandths))
}

fn number(thousandths: i64) -> String {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}").trim_end_matches('0').to_owned() }
}
