//! Which criteria a call cannot tell, and what stands in the way of each. Asks the program; decides nothing itself.

use super::{doubts, ink, reasons};
use grille_compiler::engine::Program;
use grille_evidence::call::{Source, TimeOrigin, WordOrigin};
use grille_evidence::executable::{CriterionKind, Defect, Executable};
use grille_evidence::trace::ReasonCode;
use grille_runtime::assess::Assessment;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// So many places of a criterion are quoted for one cause.
const MOST_QUOTED: usize = 3;

/// A criterion that cannot be told.
struct Untold<'p> {
    name: &'p str,
    title: &'p str,
    verdict: String,
    causes: BTreeMap<ReasonCode, BTreeSet<String>>,
}

/// Those that cannot be told, and how many there are in all.
fn untold<'p>(program: &'p Program, assessment: &Assessment) -> Result<(Vec<Untold<'p>>, usize), Defect> {
    let mut found = Vec::new();
    let mut all = 0;
    for (index, (info, outcome)) in program.criteria().iter().zip(&assessment.evaluation.criteria).enumerate() {
        if info.kind != CriterionKind::Declared {
            continue;
        }
        all += 1;
        if outcome.verdicts.told().is_none() {
            let causes = doubts::causes(&program.explain(&assessment.facts, index)?);
            found.push(Untold {
                name: &info.name,
                title: &info.title,
                verdict: ink::verdict(outcome.verdicts),
                causes,
            });
        }
    }
    Ok((found, all))
}

/// The lines below a call: first what its source can never tell, then what was not heard or not known in this one.
///
/// # Errors
/// A [`Defect`] where a derivation meets a broken invariant.
pub fn render(program: &Program, assessment: &Assessment) -> Result<String, Defect> {
    let (found, all) = untold(program, assessment)?;
    if found.is_empty() {
        return Ok(format!("  {}\n", ink::strong(&format!("each of the {all} criteria can be told of it"))));
    }
    let by_source = |one: &Untold<'_>| one.causes.keys().any(|code| is_of_source(*code, &assessment.facts.source));
    let (source, call): (Vec<_>, Vec<_>) = found.into_iter().partition(by_source);
    let mut text = String::new();
    for (list, why) in [(source, "because of its source"), (call, "because of what was not heard or given in it")] {
        if !list.is_empty() {
            let heading = format!("criteria that cannot be told of it {why} ({} of {all})", list.len());
            text.push_str(&format!("  {}\n", ink::strong(&heading)));
            list.iter().for_each(|one| one.lines(&mut text));
        }
    }
    Ok(text)
}

impl Untold<'_> {
    fn lines(&self, text: &mut String) {
        text.push_str(&format!("    ? {}: {}\n", self.title, self.verdict));
        for (code, asked) in &self.causes {
            let quoted = asked.iter().take(MOST_QUOTED).map(|asked| format!("`{}`", on_one_line(asked)));
            let quoted: Vec<String> = quoted.collect();
            let more = if asked.len() > MOST_QUOTED { ", …" } else { "" };
            text.push_str(&format!("        {}: {}{more}\n", reasons::cause(*code), quoted.join(", ")));
        }
    }
}

/// Would it be the same in every call of this source?
fn is_of_source(code: ReasonCode, source: &Source) -> bool {
    match code {
        ReasonCode::NotCarried | ReasonCode::RolesUnknown | ReasonCode::NoTrack => true,
        ReasonCode::TimesUnsure => source.times != TimeOrigin::Measured,
        ReasonCode::NotHeard => source.words == WordOrigin::Recognised && !source.confidences,
        _ => false,
    }
}

/// The same for programs.
///
/// # Errors
/// A [`Defect`] where a derivation meets a broken invariant.
pub fn json(program: &Program, assessment: &Assessment) -> Result<Value, Defect> {
    let (found, all) = untold(program, assessment)?;
    let told = found.iter().map(|one| {
        let causes = one.causes.iter().map(|(code, asked)| {
            let of_source = is_of_source(*code, &assessment.facts.source);
            json!({ "code": code, "cause": reasons::cause(*code), "of_source": of_source, "asked": asked })
        });
        json!({ "criterion": one.name, "verdict": one.verdict, "causes": causes.collect::<Vec<_>>() })
    });
    Ok(json!({ "all": all, "untold": told.collect::<Vec<_>>() }))
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
