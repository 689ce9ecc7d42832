//! Score arithmetic, line by line.

use super::ink;
use grille_evidence::scorecard::GradeSpec;
use grille_evidence::trace::{EntryLine, ScoreTrace};
use grille_evidence::truth::Truth;
use grille_runtime::score::show;
use std::fmt::Write;

/// The score, its grade, and each step.
pub fn render(score: &ScoreTrace, grades: &[GradeSpec], text: &mut String) {
    let _ = writeln!(text, "\n{} {} · used for {}", ink::strong(&score.title), score.version, score.purpose.keyword());
    for section in &score.sections {
        let _ = writeln!(text, "  {}", section.title);
        for entry in &section.entries {
            let verdict = ink::verdict(entry.verdicts);
            let _ = writeln!(
                text,
                "    {} {:<40} {:<18} {verdict}",
                ink::sign(entry.verdicts),
                entry.criterion,
                points(entry)
            );
        }
    }
    for critical in &score.criticals {
        let effect = match critical.struck {
            Truth::Yes => format!("the score becomes {}", per_cent(critical.score)),
            Truth::No => "does not strike".to_owned(),
            Truth::CannotTell => format!("if not met, the score becomes {}", per_cent(critical.score)),
        };
        let _ = writeln!(text, "  critical {}: {} — {effect}", critical.criterion, ink::verdict(critical.verdicts));
    }
    if score.trusted_unrated_words {
        let _ = writeln!(text, "  recognised words without confidences were counted as heard: the purpose is training");
    }
    let sum = sum(score).map(|s| format!(" = {s}")).unwrap_or_default();
    let _ = writeln!(text, "  {}{sum}{}", ink::strong(&show(&score.result, grades)), graded(score));
}

/// `· conforme`, or the grades still possible.
fn graded(score: &ScoreTrace) -> String {
    if score.grades.is_empty() { String::new() } else { format!(" · {}", score.grades.join(" or ")) }
}

/// `15 of 25 points`, where every verdict is told.
fn sum(score: &ScoreTrace) -> Option<String> {
    let entries = || score.sections.iter().flat_map(|s| &s.entries);
    if entries().any(|e| e.points.len() != 1) || score.criticals.iter().any(|c| c.struck != Truth::No) {
        return None;
    }
    let all = entries().flat_map(|e| &e.points).fold((0, 0), |sum, p| (sum.0 + p.0, sum.1 + p.1));
    Some(format!("{} of {} points", number(all.0), number(all.1)))
}

/// What a criterion earned, if the scorecard counts it.
pub fn points_of(score: &ScoreTrace, criterion: &str) -> Option<String> {
    let entry = score.sections.iter().flat_map(|s| &s.entries).find(|e| e.criterion == criterion)?;
    Some(points(entry))
}

fn points(entry: &EntryLine) -> String {
    match entry.points.as_slice() {
        [(_, 0)] => "does not count".to_owned(),
        [(earned, possible)] => format!("{} of {}", number(*earned), number(*possible)),
        open => {
            let least = open.iter().map(|p| p.0).min().unwrap_or(0);
            let most = open.iter().map(|p| p.0).max().unwrap_or(0);
            let possible = open.iter().map(|p| p.1).max().unwrap_or(0);
            format!("{} to {} of {}", number(least), number(most), number(possible))
        }
    }
}

fn per_cent(thousandths: i64) -> String {
    format!("{} %", number(thousandths))
}

fn number(thousandths: i64) -> String {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}").trim_end_matches('0').to_owned() }
}
