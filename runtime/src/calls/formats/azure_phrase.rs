//! What Azure's recogniser says of one phrase: the text as it is shown, the words as they were heard, and their times in
//! ticks, milliseconds or ISO lengths. Knows that, and not the files in which it stands.

use super::display::{Heard, Shown, laid_over};
use super::label::Label;
use super::languages::Languages;
use super::voices::{Voice, Voices};
use crate::calls::decimal::Decimal;
use crate::calls::draft::{Draft, Spoken, Turn};
use crate::calls::notes::{Effect, Remark};
use crate::calls::place::{Unit, confidence, from_length, iso_duration};
use crate::fault::Fault;
use serde::Deserialize;

static NOTHING: Remark = Remark {
    effect: Effect::Remarked,
    one: "phrase in which nothing was recognised",
    many: "phrases in which nothing was recognised",
    done: "left out",
};
static NO_MATCH: Remark = Remark {
    effect: Effect::Remarked,
    one: "phrase in which somebody speaks and no word was recognised (`NoMatch`)",
    many: "phrases in which somebody speaks and no word was recognised (`NoMatch`)",
    done: "kept as a word that nobody understood",
};

/// One phrase, in a file of a batch (`recognizedPhrases`) or of a stream.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Phrase<'a> {
    #[serde(alias = "RecognitionStatus")]
    recognition_status: Option<String>,
    #[serde(alias = "Channel")]
    channel: Option<u32>,
    #[serde(borrow, alias = "SpeakerId", alias = "speakerId")]
    speaker: Option<Label<'a>>,
    locale: Option<String>,
    #[serde(rename = "PrimaryLanguage")]
    primary_language: Option<Language>,
    #[serde(borrow)]
    offset_milliseconds: Option<Decimal<'a>>,
    #[serde(borrow)]
    duration_milliseconds: Option<Decimal<'a>>,
    #[serde(borrow, alias = "offsetTicks", alias = "Offset")]
    offset_in_ticks: Option<Decimal<'a>>,
    #[serde(borrow, alias = "durationTicks", alias = "Duration")]
    duration_in_ticks: Option<Decimal<'a>>,
    offset: Option<String>,
    duration: Option<String>,
    #[serde(borrow, alias = "NBest")]
    n_best: Option<Vec<Guess<'a>>>,
    #[serde(rename = "DisplayText")]
    display_text: Option<String>,
}

#[derive(Deserialize)]
struct Language {
    #[serde(rename = "Language")]
    language: Option<String>,
}

/// Reads all phrases of a call; `place` says where the list stands. They are said in its order.
pub(super) fn read_phrases(draft: &mut Draft, phrases: &[Phrase<'_>], place: &str) -> Result<(), Fault> {
    let voices = Voices::of(phrases.iter().map(Phrase::voice));
    draft.overlap = voices.overlap();
    let mut languages = Languages::default();
    let mut shown = true;
    for (number, phrase) in phrases.iter().enumerate() {
        languages.add(phrase.language());
        shown &= phrase.read(draft, &voices, &format!("{place}[{number}]"))? != Said::Heard;
    }
    languages.settle(draft);
    draft.punctuation = Some(shown);
    Ok(())
}

impl Phrase<'_> {
    fn voice(&self) -> Voice<'_> {
        (self.channel, self.speaker.as_ref().and_then(Label::text))
    }

    fn language(&self) -> Option<&str> {
        self.locale.as_deref().or_else(|| self.primary_language.as_ref()?.language.as_deref())
    }

    fn read(&self, draft: &mut Draft, voices: &Voices, place: &str) -> Result<Said, Fault> {
        let status = self.recognition_status.as_deref().unwrap_or("Success");
        let best = self.n_best.as_deref().unwrap_or_default().first();
        let text = best.map_or(self.display_text.as_deref().unwrap_or_default(), Guess::text).trim();
        let unheard = status == "NoMatch";
        if !unheard && (status != "Success" || text.is_empty()) {
            draft.notes.count(&NOTHING, place);
            return Ok(Said::Nothing);
        }
        let when = When {
            ticks: (self.offset_in_ticks, self.duration_in_ticks),
            milliseconds: (self.offset_milliseconds, self.duration_milliseconds),
            iso: (self.offset.as_deref(), self.duration.as_deref()),
        };
        let (start, end) = when.times(place)?.unzip();
        let party = voices.party(draft, self.voice(), place);
        let mut turn = draft.turn(party, start, end, place);
        match best {
            _ if unheard => {
                turn.draft().notes.count(&NO_MATCH, place);
                turn.unheard();
                Ok(Said::Nothing)
            }
            Some(best) => best.say(&mut turn, &format!("{place}.nBest[0]")),
            None => {
                turn.text(text, None);
                Ok(Said::Shown)
            }
        }
    }
}

/// One guess at what a phrase says; services put the one that they chose first.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Guess<'a> {
    #[serde(alias = "Lexical")]
    lexical: Option<String>,
    #[serde(alias = "Display")]
    display: Option<String>,
    #[serde(borrow, alias = "Words")]
    words: Option<Vec<Piece<'a>>>,
    #[serde(borrow, alias = "DisplayWords")]
    display_words: Option<Vec<Piece<'a>>>,
}

/// A word as heard (`words`) or as shown (`displayWords`).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Piece<'a> {
    #[serde(alias = "Word", alias = "displayText", alias = "DisplayText")]
    word: String,
    #[serde(borrow, alias = "Confidence")]
    confidence: Option<Decimal<'a>>,
    #[serde(borrow)]
    offset_milliseconds: Option<Decimal<'a>>,
    #[serde(borrow)]
    duration_milliseconds: Option<Decimal<'a>>,
    #[serde(borrow, alias = "offsetTicks", alias = "Offset")]
    offset_in_ticks: Option<Decimal<'a>>,
    #[serde(borrow, alias = "durationTicks", alias = "Duration")]
    duration_in_ticks: Option<Decimal<'a>>,
    offset: Option<String>,
    duration: Option<String>,
}

/// When something is, in the units that files give; the first that is whole is taken.
#[derive(Clone, Copy)]
pub(super) struct When<'f, 'a> {
    pub ticks: (Option<Decimal<'a>>, Option<Decimal<'a>>),
    pub milliseconds: (Option<Decimal<'a>>, Option<Decimal<'a>>),
    pub iso: (Option<&'f str>, Option<&'f str>),
}

impl When<'_, '_> {
    /// Start and end in milliseconds, if they are there.
    pub(super) fn times(self, place: &str) -> Result<Option<(i32, i32)>, Fault> {
        if let (Some(start), Some(length)) = self.ticks {
            return from_length(start, length, Unit::Ticks, place).map(Some);
        }
        if let (Some(start), Some(length)) = self.milliseconds {
            return from_length(start, length, Unit::Milliseconds, place).map(Some);
        }
        let (Some(start), Some(length)) = self.iso else { return Ok(None) };
        let (start, length) = (iso_duration(start, place)?, iso_duration(length, place)?);
        Ok(Some((start, start.saturating_add(length))))
    }
}

impl Piece<'_> {
    fn times(&self, place: &str) -> Result<Option<(i32, i32)>, Fault> {
        let when = When {
            ticks: (self.offset_in_ticks, self.duration_in_ticks),
            milliseconds: (self.offset_milliseconds, self.duration_milliseconds),
            iso: (self.offset.as_deref(), self.duration.as_deref()),
        };
        when.times(place)
    }
}

/// How a phrase could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// As it is shown, with its punctuation.
    Shown,
    /// As it was heard: nothing shows where its sentences end.
    Heard,
    /// Nothing stands in it.
    Nothing,
}

impl Guess<'_> {
    /// What it says, as shown if it is.
    fn text(&self) -> &str {
        let shown = self.display.as_deref().filter(|text| !text.trim().is_empty());
        shown.or(self.lexical.as_deref()).unwrap_or_default()
    }

    /// Says the phrase in a turn: as it is shown, each word with the times and the least confidence of what was heard in it.
    fn say(&self, turn: &mut Turn<'_>, place: &str) -> Result<Said, Fault> {
        let heard = heard(self.words.as_deref().unwrap_or_default(), &format!("{place}.words"))?;
        let display = self.display.as_deref().unwrap_or_default().trim();
        if let Some(words) = self.display_words.as_deref().filter(|words| !words.is_empty()) {
            shown(words, &heard, turn, &format!("{place}.displayWords"))?;
            return Ok(Said::Shown);
        }
        if heard.is_empty() {
            turn.text(self.text(), None);
            return Ok(if display.is_empty() { Said::Heard } else { Said::Shown });
        }
        Ok(say_over(turn, display, &heard, place))
    }
}

/// Says words as they are shown if that can be laid over what was heard, else as they were heard.
pub(super) fn say_over(turn: &mut Turn<'_>, display: &str, heard: &[Heard<'_>], place: &str) -> Said {
    if let Some(words) = laid_over(display, heard) {
        words.iter().for_each(|word| say(turn, word, place));
        return Said::Shown;
    }
    for word in heard {
        say(turn, &Shown { text: word.text, times: word.times, confidence: word.confidence }, place);
    }
    Said::Heard
}

fn say(turn: &mut Turn<'_>, word: &Shown<'_>, place: &str) {
    let Shown { text, times, confidence } = *word;
    turn.word(Spoken { text, times, confidence, ..Spoken::default() }, place);
}

fn heard<'f>(words: &'f [Piece<'_>], place: &str) -> Result<Vec<Heard<'f>>, Fault> {
    let read = |(number, word): (usize, &'f Piece<'_>)| {
        let place = format!("{place}[{number}]");
        let confidence = word.confidence.map(|number| confidence(number, &place)).transpose()?;
        Ok(Heard { text: &word.word, times: word.times(&place)?, confidence })
    };
    words.iter().enumerate().map(read).collect()
}

/// Words as shown, which have times of their own and no confidence: that of the least sure word heard in their time.
fn shown(words: &[Piece<'_>], heard: &[Heard<'_>], turn: &mut Turn<'_>, place: &str) -> Result<(), Fault> {
    let mut rest = heard.iter().peekable();
    for (number, word) in words.iter().enumerate() {
        let place = format!("{place}[{number}]");
        let times = word.times(&place)?;
        let mut least = None::<u16>;
        if let Some((start, end)) = times {
            while let Some(word) = rest.next_if(|word| word.times.is_none_or(|times| times.0 < end)) {
                let inside = word.times.is_some_and(|times| start <= times.0);
                least = least.into_iter().chain(word.confidence.filter(|_| inside)).min();
            }
        }
        say(turn, &Shown { text: &word.word, times, confidence: least }, &place);
    }
    Ok(())
}
