//! A call while an importer fills it: who speaks, their turns word by word, timed or not; and the checked shape that all
//! importers share. Knows no format, and gives nobody a role of itself.

mod bounds;
mod order;
mod pace;
mod wording;

use crate::calls::formats::Format;
use crate::calls::notes::{self, Effect, Notes};
use crate::calls::reading::Reading;
use crate::calls::text;
use crate::calls::validate::MOST_SPEAKERS;
use crate::fault::Fault;
use grille_evidence::attribute::Attributes;
use grille_evidence::call::{
    CALL_FORMAT, Call, Role, Segment, Source, Speaker, TimeOrigin, Word, WordKind, WordOrigin,
};
use grille_evidence::event::{CarriedFields, OwnKinds};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;

/// The speaker of what nobody is named for.
pub(crate) const NOBODY: &str = "unknown";

/// A speaker of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party(usize);

/// A word as a file gives it. `..Spoken::default()` for what it does not say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spoken<'a> {
    /// As written; blanks at its edges and punctuation after it are taken off and kept as punctuation.
    pub text: &'a str,
    /// Start and end in milliseconds, the end not before the start; none if the word has no times of its own.
    pub times: Option<(i32, i32)>,
    /// In thousandths; not kept of a word that cannot be read.
    pub confidence: Option<u16>,
    /// Who says it, if the word itself says so; else the speaker of the turn. A change of speaker parts the turn.
    pub by: Option<Party>,
    /// Redacted or unknown, if the file says so; else it is told from the text.
    pub kind: Option<WordKind>,
}

/// Some words of one speaker in a row.
#[derive(Debug)]
struct Piece {
    party: Party,
    /// As stated, if it is.
    start: Option<i32>,
    end: Option<i32>,
    words: Vec<Word>,
    /// Where the turn stands in the file, and how many words of it stand before this piece.
    place: String,
    before: usize,
    /// Only text was given for it.
    text_only: bool,
    /// Another piece of the same turn comes before it, or after it.
    follows: bool,
    goes_on: bool,
}

/// A call that is being read. What a source can tell follows from what is put in, unless it is set here.
#[derive(Debug)]
pub struct Draft {
    /// What is spoken, as a BCP 47 tag.
    pub locale: Option<String>,
    /// The end of the recording, if the file says it; moved to the end of the last word if that is later.
    pub end_ms: Option<i32>,
    /// Can two people be shown speaking at once? False unless set.
    pub overlap: bool,
    /// Are sentences and questions closed by punctuation? Unless set: if a word is followed by `.`, `?` or `!`.
    pub punctuation: Option<bool>,
    /// What is said of word times if no word has its own: `Spread` unless set.
    pub untimed: TimeOrigin,
    /// What should be known of how it was read.
    pub notes: Notes,
    words: WordOrigin,
    speakers: Vec<Speaker>,
    known: HashMap<String, Party>,
    channels: BTreeMap<String, u32>,
    pieces: Vec<Piece>,
}

impl Draft {
    /// An empty one; whether a person or a machine wrote its words.
    #[must_use]
    pub fn new(words: WordOrigin) -> Draft {
        Draft {
            locale: None,
            end_ms: None,
            overlap: false,
            punctuation: None,
            untimed: TimeOrigin::Spread,
            notes: Notes::default(),
            words,
            speakers: Vec::new(),
            known: HashMap::new(),
            channels: BTreeMap::new(),
            pieces: Vec::new(),
        }
    }

    /// The speaker of this id, as the source calls them; new if not met before.
    pub fn party(&mut self, id: &str) -> Party {
        if let Some(party) = self.known.get(id) {
            return *party;
        }
        let party = Party(self.speakers.len());
        self.speakers.push(Speaker { id: id.to_owned(), role: None });
        self.known.insert(id.to_owned(), party);
        party
    }

    /// The speaker of what nobody is named for, whose role is not known.
    pub fn nobody(&mut self) -> Party {
        self.party(NOBODY)
    }

    /// The file itself says who this is, by a label: it is taken, and noted.
    pub fn role(&mut self, party: Party, role: Role, label: &str) {
        // A call with more speakers is refused: nothing needs to be noted of them.
        if let Some(speaker) = self.speakers.get_mut(party.0).filter(|_| party.0 < MOST_SPEAKERS)
            && speaker.role != Some(role)
        {
            speaker.role = Some(role);
            let label = text::shown(label, 40);
            self.notes.tell(
                Effect::Remarked,
                format!("the file's own label `{label}` is taken for the role {}", role.words()),
            );
        }
    }

    /// The channel of the recording on which this speaker is heard, as the file counts them.
    pub fn channel(&mut self, party: Party, channel: u32) {
        if let Some(speaker) = self.speakers.get(party.0) {
            self.channels.insert(speaker.id.clone(), channel);
        }
    }

    /// Begins a turn. Its bounds, where they are stated, matter for words without times only. `place` is where the turn
    /// stands in the file, as a JSON path or a line. A turn without words leaves no trace.
    pub fn turn(&mut self, party: Party, start: Option<i32>, end: Option<i32>, place: impl Display) -> Turn<'_> {
        let place = place.to_string();
        let open = Piece {
            party,
            start,
            end,
            words: Vec::new(),
            place,
            before: 0,
            text_only: false,
            follows: false,
            goes_on: false,
        };
        Turn { draft: self, open }
    }

    /// The call, with its id unless the reader gives another.
    ///
    /// # Errors
    /// A [`Fault`] if there are no words in it, or words of which nothing says when they were said.
    pub fn finish(mut self, format: &'static Format, id: impl Into<String>) -> Result<Reading, Fault> {
        if self.pieces.is_empty() {
            let fault = Fault::new("there are no words in it");
            return Err(
                fault.mend("check that the transcription has finished and that somebody speaks in the recording")
            );
        }
        let measured = self.pieces.iter().flat_map(|piece| &piece.words).any(|word| word.start_ms.is_some());
        if measured || self.untimed != TimeOrigin::Turns {
            pace::check(&self.pieces)?;
        }
        if measured {
            self.note_untimed();
        }
        self.note_unparted();
        for piece in &mut self.pieces {
            order::keep(piece, &mut self.notes);
        }
        let segments = bounds::close(&self.pieces, self.end_ms, &mut self.notes)?;
        let segments: Vec<Segment> = self
            .pieces
            .drain(..)
            .zip(segments)
            .filter_map(|(piece, (start_ms, end_ms))| {
                let speaker = self.speakers.get(piece.party.0)?.id.clone();
                Some(Segment { speaker, start_ms, end_ms, words: piece.words })
            })
            .collect();
        let last = segments.iter().map(|segment| segment.end_ms).max().unwrap_or(0);
        // Looked up for somebody who says nothing after all.
        self.speakers
            .retain(|speaker| speaker.id != NOBODY || segments.iter().any(|segment| segment.speaker == speaker.id));
        let times = if measured { TimeOrigin::Measured } else { self.untimed };
        let call = Call {
            grille_call: CALL_FORMAT,
            id: id.into(),
            locale: self.locale,
            source: Source {
                overlap: self.overlap,
                punctuation: self.punctuation.unwrap_or_else(|| words_of(&segments).any(closes_a_sentence)),
                ..source(format, self.words, times, &segments)
            },
            speakers: self.speakers,
            subject: None,
            end_ms: self.end_ms.map(|end| end.max(last)),
            segments,
            events: Vec::new(),
            own_events: Vec::new(),
            attributes: Attributes::new(),
        };
        Ok(Reading { call, format, notes: self.notes, channels: self.channels })
    }

    /// Notes that nobody is told apart.
    fn note_unparted(&mut self) {
        if let [only] = self.speakers.as_slice()
            && only.id == NOBODY
        {
            let told = "the file does not say who speaks: all of it is given to one speaker, `unknown`, who may be several people";
            self.notes.tell(Effect::Assumed, told);
        }
    }

    /// Notes the words without times of a source that measures times.
    fn note_untimed(&mut self) {
        for piece in &self.pieces {
            if piece.text_only {
                self.notes.count(&notes::TEXT_ONLY, &piece.place);
                continue;
            }
            for (number, word) in piece.words.iter().enumerate() {
                if word.start_ms.is_none() {
                    let number = piece.before + number + 1;
                    self.notes.count(&notes::UNTIMED, format_args!("{}, word {number}", piece.place));
                }
            }
        }
    }
}

fn words_of(segments: &[Segment]) -> impl Iterator<Item = &Word> {
    segments.iter().flat_map(|segment| &segment.words)
}

fn closes_a_sentence(word: &Word) -> bool {
    word.after.contains(['.', '?', '!'])
}

/// What a source can tell, as far as its words show it.
fn source(format: &Format, words: WordOrigin, times: TimeOrigin, segments: &[Segment]) -> Source {
    Source {
        format: format.name.to_owned(),
        words,
        confidences: words_of(segments).any(|word| word.confidence_thousandths.is_some()),
        times,
        overlap: false,
        punctuation: false,
        events: Vec::new(),
        fields: CarriedFields::new(),
        own_events: OwnKinds::new(),
        attributes: Vec::new(),
    }
}

/// A turn that is being read; it ends where it is dropped.
pub struct Turn<'d> {
    draft: &'d mut Draft,
    open: Piece,
}

impl Turn<'_> {
    /// The draft, to name parties or to note something in between.
    pub fn draft(&mut self) -> &mut Draft {
        self.draft
    }

    /// The next word. `place` is where it stands in the file.
    pub fn word(&mut self, spoken: Spoken<'_>, place: impl Display) {
        let (text, after) = wording::parted(spoken.text);
        if text.is_empty() {
            return self.mark(after);
        }
        if let Some(by) = spoken.by
            && by != self.open.party
        {
            self.hand_over(by);
        }
        let Some(kind) = spoken.kind.or_else(|| wording::kind(text)) else {
            self.draft.notes.count(&notes::SOUND, place);
            return self.mark(after);
        };
        if text.contains(char::REPLACEMENT_CHARACTER) {
            self.draft.notes.count(&notes::BROKEN, &place);
        }
        let times = spoken.times.map(|(start, end)| {
            if end <= start {
                self.draft.notes.count(&notes::WIDENED, &place);
            }
            (start, end.max(start.saturating_add(1)))
        });
        self.open.words.push(Word {
            text: text.to_owned(),
            start_ms: times.map(|times| times.0),
            end_ms: times.map(|times| times.1),
            confidence_thousandths: spoken.confidence.filter(|_| kind.is_plain()),
            kind,
            after: after.to_owned(),
        });
    }

    /// Punctuation after the word before it; blanks are left out, and so is what stands before the first word.
    pub fn mark(&mut self, mark: &str) {
        if let Some(last) = self.open.words.last_mut() {
            last.after.extend(mark.chars().filter(|c| !wording::is_blank(*c)));
        }
    }

    /// Text of which the file does not time the words: parted at blanks; `confidence` is that of each word.
    pub fn text(&mut self, text: &str, confidence: Option<u16>) {
        self.open.text_only |= self.open.words.is_empty();
        let place = self.open.place.clone();
        for word in wording::words(text) {
            self.word(Spoken { text: word, confidence, ..Spoken::default() }, &place);
        }
    }

    /// Somebody spoke, and nothing was written down.
    pub fn unheard(&mut self) {
        let place = self.open.place.clone();
        self.word(Spoken { text: "<unk>", kind: Some(WordKind::Unknown), ..Spoken::default() }, place);
    }

    /// Has nothing been said in it so far?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.open.words.is_empty()
    }

    /// The turn goes on, and somebody else speaks.
    fn hand_over(&mut self, by: Party) {
        if self.open.words.is_empty() {
            self.open.party = by;
            return;
        }
        let next = Piece {
            party: by,
            start: None,
            end: self.open.end,
            words: Vec::new(),
            place: self.open.place.clone(),
            before: self.open.before + self.open.words.len(),
            text_only: false,
            follows: true,
            goes_on: false,
        };
        let mut done = std::mem::replace(&mut self.open, next);
        done.goes_on = true;
        self.draft.pieces.push(done);
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !self.open.words.is_empty() {
            let closed = Piece {
                party: self.open.party,
                start: self.open.start,
                end: self.open.end,
                words: std::mem::take(&mut self.open.words),
                place: std::mem::take(&mut self.open.place),
                ..self.open
            };
            self.draft.pieces.push(closed);
        }
    }
}
