//! Kleene's three values and the sets of verdicts still possible. Knows nothing of criteria.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A condition's value on one call (Kleene's strong logic of three values, 1952).
/// The numbers are those that machine code computes with: `and` is the least, `or` the greatest, `not` is 2 − x.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Truth {
    /// Surely not.
    #[default]
    No = 0,
    /// This call does not let it be told.
    CannotTell = 1,
    /// Surely.
    Yes = 2,
}

impl Truth {
    /// Yes if every one is; no if one is not.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// Yes if one is; no if none is.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// The other side; cannot tell stays.
    #[must_use]
    pub fn negate(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::CannotTell => Truth::CannotTell,
            Truth::Yes => Truth::No,
        }
    }

    /// Yes for true, no for false.
    #[must_use]
    pub fn of(told: bool) -> Truth {
        if told { Truth::Yes } else { Truth::No }
    }

    /// From the number that machine code computed.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Truth> {
        match code {
            0 => Some(Truth::No),
            1 => Some(Truth::CannotTell),
            2 => Some(Truth::Yes),
            _ => None,
        }
    }
}

/// What a criterion says of a call, when it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// As it should be.
    Met,
    /// In part.
    PartlyMet,
    /// Not as it should be.
    NotMet,
    /// The occasion never came, or there was an excuse.
    NotApplicable,
}

impl Verdict {
    /// Every verdict, in the order in which sets list them.
    pub const ALL: [Verdict; 4] = [Verdict::Met, Verdict::PartlyMet, Verdict::NotMet, Verdict::NotApplicable];

    fn bit(self) -> u8 {
        match self {
            Verdict::Met => 1,
            Verdict::PartlyMet => 2,
            Verdict::NotMet => 4,
            Verdict::NotApplicable => 8,
        }
    }

    /// In plain words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::PartlyMet => "partly met",
            Verdict::NotMet => "not met",
            Verdict::NotApplicable => "not applicable",
        }
    }
}

/// The verdicts that are still possible: one, and it is told; several, and it cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct VerdictSet(u8);

impl VerdictSet {
    /// None yet.
    pub const EMPTY: VerdictSet = VerdictSet(0);

    /// With one more.
    #[must_use]
    pub fn with(self, verdict: Verdict) -> VerdictSet {
        VerdictSet(self.0 | verdict.bit())
    }

    /// Is it possible?
    #[must_use]
    pub fn contains(self, verdict: Verdict) -> bool {
        self.0 & verdict.bit() != 0
    }

    /// The verdict, if only one is possible.
    #[must_use]
    pub fn told(self) -> Option<Verdict> {
        let mut possible = self.iter();
        match (possible.next(), possible.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// Those possible, in the order of [`Verdict::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Verdict> {
        Verdict::ALL.into_iter().filter(move |v| self.contains(*v))
    }

    /// `met`, or `cannot tell`.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.told().map_or("cannot tell", Verdict::words)
    }
}

/// The most steps of partly met that a criterion may have.
pub const MOST_STEPS: usize = 8;

/// The steps of partly met that are still possible, numbered from 0 in the order in which they are decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct StepSet(u8);

impl StepSet {
    /// None.
    pub const EMPTY: StepSet = StepSet(0);

    /// With one more; a number past [`MOST_STEPS`] is none.
    #[must_use]
    pub fn with(self, step: usize) -> StepSet {
        let bit = u32::try_from(step).ok().and_then(|step| 1u8.checked_shl(step)).unwrap_or(0);
        StepSet(self.0 | bit)
    }

    /// Is it possible?
    #[must_use]
    pub fn contains(self, step: usize) -> bool {
        StepSet::EMPTY.with(step).0 & self.0 != 0
    }

    /// The step, if only one is possible.
    #[must_use]
    pub fn told(self) -> Option<usize> {
        let mut possible = self.iter();
        match (possible.next(), possible.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// Those possible, in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..MOST_STEPS).filter(move |step| self.contains(*step))
    }

    /// As a byte, a bit a step.
    #[must_use]
    pub fn bits(self) -> u8 {
        self.0
    }
}

impl FromIterator<usize> for StepSet {
    fn from_iter<I: IntoIterator<Item = usize>>(steps: I) -> Self {
        steps.into_iter().fold(StepSet::EMPTY, StepSet::with)
    }
}

impl FromIterator<Verdict> for VerdictSet {
    fn from_iter<I: IntoIterator<Item = Verdict>>(verdicts: I) -> Self {
        verdicts.into_iter().fold(VerdictSet::EMPTY, VerdictSet::with)
    }
}

impl Serialize for VerdictSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.iter().collect::<Vec<_>>().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for VerdictSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Verdict>::deserialize(deserializer)?.into_iter().collect())
    }
}

impl JsonSchema for VerdictSet {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "VerdictSet".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<Verdict>::json_schema(generator)
    }
}
