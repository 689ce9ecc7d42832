//! What an author can mend, as plain data: code, message, labelled places, help. Rendering is elsewhere.

pub mod code;
pub mod syntax;

pub use code::Code;

use crate::source::Span;
use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The criteria cannot be used.
    Error,
    /// They can, but probably do not mean what was meant.
    Warning,
}

/// A place with a word on what is there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there; may be empty.
    pub text: String,
}

/// May a tool apply the mend by itself?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FixSafety {
    /// The meaning is surely the one intended.
    Safe,
    /// A person should look.
    Suggested,
}

/// A replacement that mends the finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: String,
    /// How sure it is.
    pub safety: FixSafety,
}

/// One finding. The first label is its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// Lower case, no full stop, the user's words in backticks.
    pub message: String,
    /// Places; never empty.
    pub labels: Vec<Label>,
    /// How to mend it.
    pub help: Option<String>,
    /// A mend that a tool can apply.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding at one place; severity follows the code (`W…` warns, `E…` is an error).
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>, span: Span, label: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            labels: vec![Label { span, text: label.into() }],
            help: None,
            fix: None,
        }
    }

    /// Adds another place.
    #[must_use]
    pub fn and_label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers a replacement.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>, safety: FixSafety) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into(), safety });
        self
    }

    /// The first place.
    #[must_use]
    pub fn span(&self) -> Span {
        self.labels.first().map(|label| label.span).unwrap_or_default()
    }
}
