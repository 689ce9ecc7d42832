//! The closed list of codes. A code never changes its meaning; each has one constructor, one page, one case.

use super::Severity;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($code:ident $title:literal),* $(,)?) => {
        /// A stable code: `E01` syntax, `E02` names, `E03` types, `E04` units, `E05` time windows,
        /// `E06` scorecards, `E07` guard-rails, `W` lints.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $(#[doc = $title] $code,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$code),*];

            /// `E0101` and the like.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$code => stringify!($code)),* }
            }

            /// What it is about, in a few words.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Code::$code => $title),* }
            }
        }
    };
}

codes! {
    // syntax: constructed in grammar
    E0101 "something stands where the language expects something else",
    E0102 "the first line does not say the edition and the keyword language",
    E0103 "an edition or keyword language that does not exist yet",
    E0104 "a bracket, brace or quote is not closed",
    E0105 "nested too deeply",
    E0106 "the file is too large",
    E0107 "the file is not UTF-8 text",
    E0108 "the file is empty",
    E0109 "an operator of another product",
    E0110 "two phrases side by side",
    E0111 "a filter after a relation can be read in two ways",
    E0112 "a phrase is not well formed",
    E0113 "a time on the call's clock is not well formed",
    E0114 "`then`, `except` and `minus` mixed without parentheses",
    E0115 "a clause is given twice or in the wrong place",
    E0116 "a number is too large",
    E0120 "the table of a `test each` is not well formed",
    E0121 "a column that the table does not have",
    E0125 "more of something than the limit",
    // names: constructed in compiler
    E0201 "a name that nothing has",
    E0202 "two declarations of one name",
    E0203 "a module that does not exist",
    E0204 "modules that use each other in a circle",
    E0205 "a declaration that is defined by itself",
    E0206 "a name of the wrong kind",
    E0207 "a locale that has no pack",
    E0208 "no locale is given",
    E0209 "`it` outside `expect`",
    E0210 "a field that such an event does not have",
    E0211 "a value that is not on the list",
    E0212 "an attribute that no file declares",
    E0213 "somebody in a test's call who cannot be who they are said to be",
    E0214 "an attribute declared in two ways, or given twice",
    E0215 "a call of a test that cannot be used",
    E0216 "a table of tests that cannot be read",
    // types
    E0301 "moments where a condition is wanted, or the reverse",
    E0302 "`every` without `is`",
    E0303 "a comparison of unlike things",
    E0304 "a phrase that could match nothing, or begins or ends in a gap",
    E0305 "a phrase that is too long",
    E0306 "a filter that this pattern cannot have",
    E0307 "a lexicon without entries",
    E0308 "a criterion without a clause that decides",
    E0309 "a parameter without a value",
    E0310 "`in order` of one thing",
    E0320 "what cannot be told by its sound",
    E0330 "many values where one is wanted",
    E0331 "`mean` and the like over what is not many values",
    E0332 "an operator that a value cannot have",
    E0333 "`share of` without its whole",
    E0334 "`in` behind what takes no place",
    E0335 "words counted on a channel that holds two voices",
    E0340 "what events say of themselves, asked of something that is no event",
    E0341 "an attribute that may be unknown, asked where it may be so",
    E0342 "whether an attribute is known that every call must have",
    E0343 "an attribute or a field of an event that cannot be declared so",
    E0344 "an attribute asked for what its type does not have",
    // units
    E0401 "a number without its unit",
    E0402 "a unit that does not fit",
    E0403 "values of two dimensions compared",
    E0404 "an order of values that have none",
    E0405 "a date that does not exist",
    // windows
    E0501 "a window that can never hold anything",
    // scorecards
    E0601 "no declared use, or one that is not on the list",
    E0602 "no version",
    E0603 "grades with a gap or an overlap",
    E0604 "partly met, and nothing says what it is worth",
    E0605 "points that cannot be",
    E0606 "a criterion counted twice",
    E0607 "a scorecard that counts nothing",
    E0608 "steps of partly met that do not fall",
    E0609 "points that do not fit the steps of partly met",
    E0610 "a value for a parameter that cannot have it",
    E0611 "a criterion with other values and without a label",
    E0612 "a scorecard too entangled to tell its scores exactly",
    E0613 "two lines of a scorecard that go by one name",
    // guard-rails
    E0701 "emotion, mood, personality or intention",
    E0702 "emotion, mood, personality or intention drawn from the agent's voice",
    E0703 "the agent's pitch or voice quality",
    E0704 "an unsplit channel taken for one person's voice",
    E0705 "a mood that a recogniser claims to have heard",
    // lints
    W0101 "a prohibition without `unless negated`",
    W0102 "a declaration that nothing uses",
    W0103 "a criterion without a test",
    W0104 "a window that no moment fits",
    W0105 "a line of a lexicon that adds nothing",
    W0106 "a number of a scorecard that cannot matter",
    W0107 "a criterion that can never be met",
    W0108 "a criterion that can never be not met",
    W0109 "`applies when` that contradicts `met when`",
    W0110 "a measure without its guard",
    W0111 "a clause that can never decide",
    W0112 "`no (A before B)` where B may never come",
    W0113 "an `every` or `only after` without a trigger",
    W0120 "a comparison that is so on every call, or on none",
}

impl Code {
    /// `W…` warns, everything else is an error.
    #[must_use]
    pub fn severity(self) -> Severity {
        if self.as_str().starts_with('W') { Severity::Warning } else { Severity::Error }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
