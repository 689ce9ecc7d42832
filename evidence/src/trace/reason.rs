//! Reasons: a closed list of codes, stable across versions. Knows nothing of how they are found.

use super::{Amount, Evidence};
use crate::call::WordKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A reason: a stable code, what it is about, how far, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The code.
    pub code: ReasonCode,
    /// The declared name that it is about, if any: `accueil.présentation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// By how much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Amount>,
    /// Of a phrase: how many of how many words were there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<(u32, u32)>,
    /// What shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Of what was not heard: where it could hide, and which words nobody can be sure of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<Hidden>,
}

/// What could hide, where, and behind which words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hidden {
    /// What could hide there.
    pub what: HiddenWhat,
    /// The words of this source have no confidences: nothing tells what was said beside them, anywhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unrated: bool,
    /// Where, in order; the first of many.
    pub zones: Vec<HiddenZone>,
    /// How many more places there are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u32,
}

/// What could hide where words were not heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HiddenWhat {
    /// What was looked for.
    Match,
    /// Something that would except what was found: `but not`, `except`.
    Exception,
    /// A negation of what was found.
    Negation,
}

/// A stretch in which something could lie, with the words that nobody can be sure of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HiddenZone {
    /// First millisecond.
    pub start_ms: i32,
    /// One past the last.
    pub end_ms: i32,
    /// The words; the first of many.
    pub words: Vec<UnclearWord>,
    /// How many more words there are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u32,
}

/// A word that nobody can be sure of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnclearWord {
    /// The speaker's name in the call.
    pub speaker: String,
    /// Its number in the call, counting every word from 0.
    pub word: u32,
    /// First millisecond.
    pub start_ms: i32,
    /// One past the last.
    pub end_ms: i32,
    /// Its confidence in thousandths, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u32>,
    /// Can it be read?
    pub kind: WordKind,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// Reason codes; stable across versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    /// Nothing matched where it was looked for.
    NeverSaid,
    /// The same of anything that is not words.
    NeverHappened,
    /// It was said.
    Said,
    /// It happened.
    Happened,
    /// Nobody answered it in time.
    NeverAnswered,
    /// Somebody answered it in time.
    Answered,
    /// The first who answered did not say what was wanted.
    AnsweredOtherwise,
    /// The same speaker went on first.
    Resumed,
    /// Past the end of its window, or too long after.
    Late,
    /// Before the start of its window, or too long before.
    Early,
    /// Shorter than asked.
    TooShort,
    /// Longer than asked.
    TooLong,
    /// More words between than asked.
    TooFar,
    /// Fewer than asked.
    TooFew,
    /// More than allowed.
    TooMany,
    /// A measure over its bound.
    TooMuch,
    /// A measure under its bound.
    TooLittle,
    /// Dropped by `unless negated`.
    Negated,
    /// Dropped by `but not` or `except`.
    Excluded,
    /// Said, but by somebody else.
    SaidByAnother,
    /// Part of the phrase was said.
    PartlySaid,
    /// Cannot tell: words that nobody can be sure of.
    NotHeard,
    /// Cannot tell: the source does not hold such facts.
    NotCarried,
    /// Cannot tell: who has which role is not known.
    RolesUnknown,
    /// Cannot tell: the edge lies inside the uncertainty of the times.
    TimesUnsure,
    /// It is there, and it is something else.
    Differs,
    /// Cannot tell: what the call gives is not of the declared type.
    Unfit,
    /// This call does not give it, though its source can.
    Missing,
    /// Cannot tell: none of what is measured is there.
    NothingToMeasure,
    /// Cannot tell: the call holds no track of the sound.
    NoTrack,
    /// Cannot tell: more moments than the limit, none of them is listed.
    TooManyToList,
    /// The window reached past the end of the conversation and was decided there.
    CutByEnd,
}

impl ReasonCode {
    /// Does it say why something cannot be told?
    #[must_use]
    pub fn is_doubt(self) -> bool {
        matches!(
            self,
            ReasonCode::NotHeard
                | ReasonCode::NotCarried
                | ReasonCode::RolesUnknown
                | ReasonCode::TimesUnsure
                | ReasonCode::TooManyToList
        )
    }

    /// Every code.
    pub const ALL: [ReasonCode; 32] = [
        ReasonCode::NeverSaid,
        ReasonCode::NeverHappened,
        ReasonCode::Said,
        ReasonCode::Happened,
        ReasonCode::NeverAnswered,
        ReasonCode::Answered,
        ReasonCode::AnsweredOtherwise,
        ReasonCode::Resumed,
        ReasonCode::Late,
        ReasonCode::Early,
        ReasonCode::TooShort,
        ReasonCode::TooLong,
        ReasonCode::TooFew,
        ReasonCode::TooMany,
        ReasonCode::TooManyToList,
        ReasonCode::TooMuch,
        ReasonCode::TooLittle,
        ReasonCode::TooFar,
        ReasonCode::Differs,
        ReasonCode::Missing,
        ReasonCode::Unfit,
        ReasonCode::NothingToMeasure,
        ReasonCode::NoTrack,
        ReasonCode::Negated,
        ReasonCode::Excluded,
        ReasonCode::SaidByAnother,
        ReasonCode::PartlySaid,
        ReasonCode::NotHeard,
        ReasonCode::NotCarried,
        ReasonCode::RolesUnknown,
        ReasonCode::TimesUnsure,
        ReasonCode::CutByEnd,
    ];

    /// As a test writes it: `because late`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            ReasonCode::NeverSaid => "never said",
            ReasonCode::NeverHappened => "never happened",
            ReasonCode::Said => "said",
            ReasonCode::Happened => "happened",
            ReasonCode::NeverAnswered => "never answered",
            ReasonCode::Answered => "answered",
            ReasonCode::AnsweredOtherwise => "answered otherwise",
            ReasonCode::Resumed => "resumed",
            ReasonCode::Late => "late",
            ReasonCode::Early => "early",
            ReasonCode::TooShort => "too short",
            ReasonCode::TooLong => "too long",
            ReasonCode::TooFew => "too few",
            ReasonCode::TooMany => "too many",
            ReasonCode::TooManyToList => "too many of them",
            ReasonCode::TooFar => "too far",
            ReasonCode::TooMuch => "too much",
            ReasonCode::TooLittle => "too little",
            ReasonCode::Differs => "differs",
            ReasonCode::Missing => "missing",
            ReasonCode::Unfit => "unfit",
            ReasonCode::NothingToMeasure => "nothing to measure",
            ReasonCode::NoTrack => "no track",
            ReasonCode::Negated => "negated",
            ReasonCode::Excluded => "excluded",
            ReasonCode::SaidByAnother => "said by another",
            ReasonCode::PartlySaid => "partly said",
            ReasonCode::NotHeard => "not heard",
            ReasonCode::NotCarried => "not carried",
            ReasonCode::RolesUnknown => "roles unknown",
            ReasonCode::TimesUnsure => "times unsure",
            ReasonCode::CutByEnd => "cut short",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ReasonCode;
    use std::collections::BTreeSet;

    /// The schema names every code, since it is made from the type.
    #[test]
    fn all_are_all() {
        let schema = serde_json::to_value(schemars::schema_for!(ReasonCode)).unwrap();
        let described = schema["oneOf"].as_array().into_iter().flatten();
        let consts = described.clone().filter_map(|one| one["const"].as_str());
        let lists = described.chain([&schema]).filter_map(|one| one["enum"].as_array()).flatten();
        let named: BTreeSet<String> = consts.chain(lists.filter_map(|one| one.as_str())).map(str::to_owned).collect();
        let all = ReasonCode::ALL.map(|code| serde_json::to_value(code).unwrap().as_str().unwrap().to_owned());
        assert_eq!(named, BTreeSet::from(all));
    }
}
