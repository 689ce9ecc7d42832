//! What is wrong with a file, said so that its owner can mend it. Must not know formats, criteria or scores.

use std::fmt;

/// A file that cannot be used: which one, where, what is wrong, and how to mend it. One bad file never sinks a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, or the call, by the name that was given for it.
    pub subject: String,
    /// Where in it: a JSON path (`segments[3].words[2]`), or line and column, both counted from 1.
    pub place: Option<String>,
    /// What is wrong, in plain words.
    pub what: String,
    /// How to mend it.
    pub mend: Option<String>,
}

impl Fault {
    /// A fault of a subject that is named later, by [`Fault::of`].
    #[must_use]
    pub fn new(what: impl Into<String>) -> Fault {
        Fault { subject: String::new(), place: None, what: what.into(), mend: None }
    }

    /// The same, at a place: a JSON path, or line and column.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Fault {
        self.place = Some(place.into());
        self
    }

    /// The same, with advice.
    #[must_use]
    pub fn mend(mut self, mend: impl Into<String>) -> Fault {
        self.mend = Some(mend.into());
        self
    }

    /// The same, of this file.
    #[must_use]
    pub fn of(mut self, subject: impl Into<String>) -> Fault {
        self.subject = subject.into();
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.subject.is_empty() {
            write!(f, "{}: ", self.subject)?;
        }
        if let Some(place) = &self.place {
            write!(f, "at {place}: ")?;
        }
        write!(f, "{}", self.what)?;
        match &self.mend {
            Some(mend) => write!(f, "; {mend}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn a_fault_says_file_place_what_and_mend() {
        let fault = Fault::new("a word ends before it starts").at("segments[0]").mend("swap them").of("a.json");
        assert_eq!(fault.to_string(), "a.json: at segments[0]: a word ends before it starts; swap them");
        assert_eq!(Fault::new("it is empty").to_string(), "it is empty");
    }
}
