//! One call under one program: facts derived, criteria evaluated, score added up, and the trace on demand. Must not
//! know which engine evaluates.

use crate::calls;
use crate::facts::derive;
use crate::fault::Fault;
use crate::score::score;
use grille_evidence::call::{Call, WordOrigin};
use grille_evidence::executable::{Defect, Executable};
use grille_evidence::facts::{CallFacts, Hearing};
use grille_evidence::locale::LocalePack;
use grille_evidence::outcome::Evaluation;
use grille_evidence::scorecard::Purpose;
use grille_evidence::trace::{CallRef, HeardRef, ScoreTrace, TRACE_FORMAT, Trace};

/// What one call came to.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// What evaluation saw.
    pub facts: CallFacts,
    /// What it came to.
    pub evaluation: Evaluation,
    /// The score, if a scorecard was asked for.
    pub score: Option<ScoreTrace>,
}

/// Why a call has no assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The call's owner can mend it.
    Fault(Fault),
    /// A broken invariant of this program.
    Defect(Defect),
}

impl From<Defect> for Failure {
    fn from(defect: Defect) -> Failure {
        Failure::Defect(defect)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Fault(fault) => fault.fmt(f),
            Failure::Defect(defect) => defect.fmt(f),
        }
    }
}

/// Evaluates a call and scores it by the scorecard at this index, if one is asked for.
///
/// # Errors
/// A [`Failure`] where the call is in another language than the criteria, or an invariant is broken.
pub fn assess(program: &dyn Executable, call: &Call, scorecard: Option<usize>) -> Result<Assessment, Failure> {
    let pack = pack_for(program, call)?;
    let spec = scorecard.and_then(|index| program.scorecards().get(index));
    let trusted = spec.is_some_and(|s| s.purpose == Purpose::Training);
    let hearing = Hearing { trust_unrated_words: trusted, ..Hearing::default() };
    let facts = derive(call, pack, hearing);
    let evaluation = program.evaluate(&facts)?;
    let counted = trusted && has_unrated_words(call);
    let score = spec.map(|spec| score(spec, program.criteria(), &evaluation, counted));
    Ok(Assessment { facts, evaluation, score })
}

/// The trace of a call: every criterion named by index, with its derivation. Holds no word of the call.
///
/// # Errors
/// A [`Defect`] where the derivation does not agree with what was recorded, or an invariant is broken.
pub fn trace(
    program: &dyn Executable,
    call: &Call,
    assessment: &Assessment,
    criteria: &[usize],
) -> Result<Trace, Defect> {
    let facts = &assessment.facts;
    let mut derivations = Vec::with_capacity(criteria.len());
    for index in criteria {
        let derivation = program.explain(facts, *index)?;
        let recorded = assessment.evaluation.criteria.get(*index).map(|c| c.verdicts);
        if recorded != Some(derivation.verdicts) {
            let name = &derivation.criterion;
            return Err(Defect(format!("the derivation of `{name}` does not agree with what was recorded")));
        }
        derivations.push(derivation);
    }
    let spoken = call.locale.as_deref();
    let locale = program.locale_for(spoken).unwrap_or_else(|| program.locale());
    Ok(Trace {
        grille_trace: TRACE_FORMAT,
        call: call_ref(call, facts),
        locale: locale.to_owned(),
        locale_pack: LocalePack::for_tag(locale).map_or("", |p| p.hash()).to_owned(),
        lexicons: program.lexicons_for(spoken).to_vec(),
        hearing: facts.hearing,
        score: assessment.score.clone(),
        criteria: derivations,
    })
}

fn pack_for(program: &dyn Executable, call: &Call) -> Result<&'static LocalePack, Failure> {
    let spoken = call.locale.as_deref();
    let Some(tag) = program.locale_for(spoken) else {
        let (spoken, tag) = (spoken.unwrap_or_default(), program.locale());
        let what = format!("the call is in `{spoken}`, and the criteria speak of calls in `{tag}`");
        let mend = "score it with criteria for its language, or give their lexicons entries for it: `in … { … }`";
        return Err(Failure::Fault(Fault::new(what).mend(mend).of(call.id.clone())));
    };
    LocalePack::for_tag(tag).ok_or_else(|| Defect(format!("no locale pack for {tag}")).into())
}

fn has_unrated_words(call: &Call) -> bool {
    let mut words = call.segments.iter().flat_map(|s| &s.words);
    call.source.words == WordOrigin::Recognised
        && words.any(|w| w.kind.is_plain() && w.confidence_thousandths.is_none())
}

fn call_ref(call: &Call, facts: &CallFacts) -> CallRef {
    let heard = facts.speakers.iter().map(|s| HeardRef {
        speaker: s.id.clone(),
        role: s.role,
        heard: s.heard.0,
        words: s.heard.1,
    });
    CallRef {
        id: call.id.clone(),
        hash: calls::hash(call),
        source: facts.source.clone(),
        conversation: facts.conversation,
        heard: heard.collect(),
    }
}

/// The published JSON Schema of the trace.
#[must_use]
pub fn trace_schema() -> String {
    let schema = schemars::schema_for!(Trace);
    serde_json::to_string_pretty(&schema).map(|text| text + "\n").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    /// `UPDATE_SCHEMA=1 cargo test --workspace schema` writes the published schema anew.
    #[test]
    fn the_published_schema_is_that_of_the_trace() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/trace.schema.json");
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(path, super::trace_schema()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), super::trace_schema());
    }
}
