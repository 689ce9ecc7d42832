//! Labels of what an expression is drawn from: words or the voice itself, and whose voice. They are joined by union
//! through every operator; the guard-rails of the language (section 10) rest on them.

use grille_evidence::call::Role;

/// A set of labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Labels(u8);

impl Labels {
    /// Nothing of anybody: a constant.
    pub const NONE: Labels = Labels(0);
    /// Drawn from words and from when they were said.
    pub const WORDS: Labels = Labels(1);
    /// Drawn from how a voice sounds, or how fast it speaks.
    pub const VOICE: Labels = Labels(2);
    /// Of somebody who works here: agent, colleague, supervisor.
    pub const AGENT: Labels = Labels(4);
    /// Of the customer, or of another who does not work here.
    pub const CUSTOMER: Labels = Labels(8);
    /// Of a channel on which voices are not told apart.
    pub const BOTH: Labels = Labels(16);
    /// How loud a voice is.
    pub const LEVEL: Labels = Labels(32);
    /// How high a voice is.
    pub const PITCH: Labels = Labels(64);

    /// All labels of the one and of the other.
    #[must_use]
    pub fn with(self, other: Labels) -> Labels {
        Labels(self.0 | other.0)
    }

    /// Are all of these among them?
    #[must_use]
    pub fn has(self, others: Labels) -> bool {
        self.0 & others.0 == others.0
    }

    /// The label of a role.
    #[must_use]
    pub fn of(role: Role) -> Labels {
        match role {
            Role::Agent | Role::Colleague | Role::Supervisor => Labels::AGENT,
            Role::Customer | Role::Other => Labels::CUSTOMER,
            Role::Bot => Labels::NONE,
        }
    }

    /// Is it drawn from the voice of somebody who works here, or may it be?
    #[must_use]
    pub fn is_employees_voice(self) -> bool {
        self.has(Labels::VOICE) && (self.has(Labels::AGENT) || self.has(Labels::BOTH))
    }
}

impl FromIterator<Labels> for Labels {
    fn from_iter<I: IntoIterator<Item = Labels>>(all: I) -> Labels {
        all.into_iter().fold(Labels::NONE, Labels::with)
    }
}
