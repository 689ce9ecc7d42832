//! What was dropped, assumed, mended or placed between neighbours when a file was read: so that nothing is lost in
//! silence. Must not know any format.

use std::fmt;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Something that was said, or when, is not in the call.
    Dropped,
    /// A wrong value was set right.
    Mended,
    /// A time was not there; only its bounds are known.
    Interpolated,
    /// The file does not say it and the reader did not; it was taken so.
    Assumed,
    /// Nothing is lost or uncertain by it, but it should be known.
    Remarked,
}

impl Effect {
    /// Is the call less than its file, or less sure?
    #[must_use]
    pub fn is_partial(self) -> bool {
        matches!(self, Effect::Dropped | Effect::Mended | Effect::Interpolated)
    }
}

/// A kind of note: what was met, and what was done about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Remark {
    /// What was done.
    pub effect: Effect,
    /// What was met, once: `word without times`.
    pub one: &'static str,
    /// What was met, several times: `words without times`.
    pub many: &'static str,
    /// What was done about it: `placed between their neighbours`.
    pub done: &'static str,
}

/// Words without times in a source that measures them.
pub static UNTIMED: Remark = Remark {
    effect: Effect::Interpolated,
    one: "word without times",
    many: "words without times",
    done: "placed between neighbours, and known to lie there only",
};
/// Words of length 0.
pub static WIDENED: Remark = Remark {
    effect: Effect::Remarked,
    one: "word that lasts 0 ms",
    many: "words that last 0 ms",
    done: "taken to last 1 ms, the least that anything lasts",
};
/// Words that start before a word that stands before them.
pub static DISORDERED: Remark = Remark {
    effect: Effect::Mended,
    one: "word that starts before one that stands before it",
    many: "words that start before one that stands before them",
    done: "kept in the order of the text, without the times",
};
/// Sounds that are no words.
pub static SOUND: Remark = Remark {
    effect: Effect::Remarked,
    one: "sound that is no word, such as `[noise]`",
    many: "sounds that are no words, such as `[noise]`",
    done: "left out",
};
/// Turns of which only the text was there.
pub static TEXT_ONLY: Remark = Remark {
    effect: Effect::Interpolated,
    one: "turn with text and no words of its own",
    many: "turns with text and no words of their own",
    done: "its words were parted at blanks, and are known to lie in the turn only",
};
/// Turns whose end was not there.
pub static ENDLESS: Remark = Remark {
    effect: Effect::Interpolated,
    one: "turn without an end",
    many: "turns without an end",
    done: "taken to last until the next one starts",
};

/// Words whose end lies before their start.
pub static BACKWARDS: Remark = Remark {
    effect: Effect::Mended,
    one: "word that ends before it starts",
    many: "words that end before they start",
    done: "kept in the order of the text, without the times",
};
/// Words with bytes that are no character.
pub static BROKEN: Remark = Remark {
    effect: Effect::Mended,
    one: "word with a character that is broken",
    many: "words with characters that are broken",
    done: "taken for a word that nobody could write down",
};
/// What was sent before it was final.
pub static NOT_FINAL: Remark = Remark {
    effect: Effect::Remarked,
    one: "message that was not final yet",
    many: "messages that were not final yet",
    done: "left out; the final ones say the same",
};
/// Places where somebody else begins to speak, of which it is not said who.
pub static CHANGE: Remark = Remark {
    effect: Effect::Dropped,
    one: "mark of a change of speaker",
    many: "marks of a change of speaker",
    done: "left out: they do not say who speaks",
};

/// A last turn whose end was not there, nor that of the recording.
pub static LAST_ENDLESS: Remark = Remark {
    effect: Effect::Interpolated,
    one: "last turn without an end",
    many: "last turns without an end",
    done: "taken to last 300 ms a word",
};

/// Something that should be known of how a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What was done.
    pub effect: Effect,
    /// How often.
    pub count: u32,
    text: Text,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Text {
    Counted { remark: &'static Remark, first: String },
    Told(String),
}

impl Note {
    /// What notes of several calls have in common: the same without count and place.
    #[must_use]
    pub fn kind(&self) -> String {
        match &self.text {
            Text::Told(text) => text.clone(),
            Text::Counted { remark, .. } => format!("{}: {}", remark.many, remark.done),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Text::Told(text) => f.write_str(text),
            Text::Counted { remark, first } if self.count == 1 => {
                write!(f, "1 {}, at {first}: {}", remark.one, remark.done)
            }
            Text::Counted { remark, first } => {
                write!(f, "{} {}, first at {first}: {}", self.count, remark.many, remark.done)
            }
        }
    }
}

/// The notes of one call, in the order in which they first came up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes(Vec<Note>);

impl Notes {
    /// One more of a kind; the place of the first is kept.
    pub fn count(&mut self, remark: &'static Remark, place: impl fmt::Display) {
        let known =
            self.0.iter_mut().find(|note| matches!(&note.text, Text::Counted { remark: r, .. } if *r == remark));
        match known {
            Some(note) => note.count = note.count.saturating_add(1),
            None => {
                let text = Text::Counted { remark, first: place.to_string() };
                self.0.push(Note { effect: remark.effect, count: 1, text });
            }
        }
    }

    /// A note in words of its own: lower case, no full stop, what was met and what was done. Said once, however often.
    pub fn tell(&mut self, effect: Effect, text: impl Into<String>) {
        let note = Note { effect, count: 1, text: Text::Told(text.into()) };
        if !self.0.contains(&note) {
            self.0.push(note);
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Note> {
        self.0.iter()
    }

    /// Is the call less than its file, or less sure?
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.0.iter().any(|note| note.effect.is_partial())
    }
}
