//! Captions of any kind as calls: each caption is a stretch of somebody's words that lie anywhere in it. Must not know how a
//! file writes its captions.

mod lines;
mod markup;
mod names;
mod rolling;
pub(super) mod subrip;
mod times;
pub(super) mod webvtt;

use super::label::named;
use super::{Format, Input};
use crate::calls::draft::Draft;
use crate::calls::notes::{Effect, Notes, Remark};
use crate::calls::reading::Reading;
use crate::calls::text;
use crate::fault::Fault;
use grille_evidence::call::WordOrigin;
use markup::Dialect;
use std::rc::Rc;

/// Captions of which nothing says who speaks.
static UNNAMED: Remark = Remark {
    effect: Effect::Assumed,
    one: "caption that does not say who speaks",
    many: "captions that do not say who speaks",
    done: "given to a speaker of their own, whose role is not known",
};
/// Captions that go on without a name.
static CARRIED: Remark = Remark {
    effect: Effect::Assumed,
    one: "line without a name",
    many: "lines without a name",
    done: "given to whoever spoke before",
};
/// Captions of length 0.
static POINTS: Remark = Remark {
    effect: Effect::Remarked,
    one: "caption that lasts 0 ms",
    many: "captions that last 0 ms",
    done: "taken to last 1 ms, the least that anything lasts",
};
/// Tags that are not closed.
static UNCLOSED: Remark = Remark {
    effect: Effect::Mended,
    one: "tag that no `>` closes",
    many: "tags that no `>` closes",
    done: "its name was passed over and the rest of the line kept as text",
};
/// Times in the text that cannot be so.
static MISPLACED: Remark = Remark {
    effect: Effect::Mended,
    one: "time in the text that does not lie between the one before it and the end of its caption",
    many: "times in the text that do not lie between the one before them and the end of their caption",
    done: "passed over",
};

/// What programs for tables write where a text is missing, as SIMSAMU's captions do.
const MISSING: &str = "NA";

/// The captions of a file.
#[derive(Debug)]
struct Captions<'a> {
    /// The number of the file's last line.
    last_line: u32,
    /// The language that the file names, as a BCP 47 tag.
    language: Option<String>,
    cues: Vec<Cue<'a>>,
}

/// A caption.
#[derive(Debug)]
struct Cue<'a> {
    /// The line of its times, counted from 1.
    line: u32,
    /// Start and end in milliseconds, the end not before the start.
    times: (i32, i32),
    /// Its lines as written, with their numbers.
    lines: Vec<(u32, &'a str)>,
}

/// A stretch of text on one line of a caption, in one voice.
#[derive(Debug)]
struct Line {
    cue: usize,
    number: u32,
    opens_line: bool,
    /// Does a tag say who speaks?
    voiced: bool,
    speaker: Option<Rc<str>>,
    times: (i32, i32),
    text: String,
}

/// Is it the first line of YouTube's SBV: two times with a comma between them?
pub(super) fn is_sbv(line: &str) -> bool {
    line.trim().split_once(',').is_some_and(|(start, end)| times::whole(start).is_some() && times::whole(end).is_some())
}

/// Text without times: what was said in it would be lost.
fn stray(number: u32, line: &str, or: &str) -> Fault {
    let shown = text::shown(line, 60);
    let fault = Fault::new(format!("`{}` has no times, so nothing says when it was said", shown.trim()));
    fault
        .at(format!("line {number}"))
        .mend(format!("write a line with its times before it, such as `00:01.000 --> 00:02.500`, {or}"))
}

/// The call that these captions hold.
fn call(
    captions: Captions<'_>,
    dialect: Dialect,
    format: &'static Format,
    input: &Input<'_>,
) -> Result<Reading, Fault> {
    let Captions { last_line, language, mut cues } = captions;
    let mut draft = Draft::new(WordOrigin::Recognised);
    draft.locale = language;
    let again = rolling::unroll(&mut cues, dialect);
    if again > 0 {
        draft
            .notes
            .tell(Effect::Remarked, format!("the captions roll up: {again} lines that are shown again were read once"));
    }
    let mut lines = lines_of(&cues, dialect, &mut draft);
    let found = names::assign(&mut lines, |line| draft.notes.count(&CARRIED, format_args!("line {line}")));
    note(&found, &mut draft.notes);
    draft.overlap = overlap(&lines);
    let some_named = lines.iter().any(|line| line.speaker.is_some());
    for stretch in lines.chunk_by(|a, b| (a.cue, a.times, &a.speaker) == (b.cue, b.times, &b.speaker)) {
        put(stretch, some_named, &mut draft);
    }
    if lines.is_empty() {
        let what = if cues.is_empty() { "the file ends without a caption" } else { "no caption has any text" };
        let fault = Fault::new(what).at(format!("line {last_line}"));
        return Err(fault.mend("check that the transcription has finished and that somebody speaks in the recording"));
    }
    draft.finish(format, input.stem)
}

fn lines_of(cues: &[Cue<'_>], dialect: Dialect, draft: &mut Draft) -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, cue) in cues.iter().enumerate() {
        let (pieces, oddities) = markup::pieces(cue.lines.iter().copied(), cue.times, dialect);
        let place = format!("line {}", cue.line);
        for (remark, times) in [(&UNCLOSED, oddities.unclosed), (&MISPLACED, oddities.misplaced)] {
            (0..times).for_each(|_| draft.notes.count(remark, &place));
        }
        if cue.times.0 == cue.times.1 && !pieces.is_empty() {
            draft.notes.count(&POINTS, &place);
        }
        lines.extend(pieces.into_iter().map(|piece| Line {
            cue: number,
            number: piece.line,
            opens_line: piece.opens_line,
            voiced: piece.voice.is_some(),
            speaker: piece.voice,
            times: piece.times,
            text: piece.text,
        }));
    }
    lines
}

/// Words of one speaker in one stretch of time.
fn put(stretch: &[Line], others_named: bool, draft: &mut Draft) {
    let Some(first) = stretch.first() else { return };
    let place = format!("line {}", first.number);
    let party = match &first.speaker {
        Some(name) => named(draft, name),
        None => {
            if others_named {
                draft.notes.count(&UNNAMED, &place);
            }
            draft.nobody()
        }
    };
    let mut turn = draft.turn(party, Some(first.times.0), Some(first.times.1), place);
    if stretch.len() == 1 && first.text.trim() == MISSING {
        return turn.unheard();
    }
    for line in stretch {
        turn.text(&line.text, None);
    }
}

/// What was decided about names.
fn note(found: &names::Found, notes: &mut Notes) {
    if found.named > 0 {
        notes.tell(
            Effect::Assumed,
            "what stands before a colon or in brackets at the start of lines is taken for who speaks",
        );
    }
    if found.marked > 0 {
        notes.tell(
            Effect::Remarked,
            "dashes or arrows at the start of lines tell that somebody else speaks, and not who",
        );
    }
    if let Some(text) = &found.doubted {
        notes.tell(
            Effect::Assumed,
            format!("`{text}:` begins several captions and is read as said, since too few others begin so"),
        );
    }
}

/// Does the file show two speakers at once? Captions with two voices do not: they share the caption's times.
fn overlap(lines: &[Line]) -> bool {
    let mut spoken: Vec<((i32, i32), &str)> = lines
        .chunk_by(|a, b| a.cue == b.cue)
        .filter_map(|caption| {
            let first = caption.first()?;
            let alone = caption.iter().all(|line| line.speaker == first.speaker);
            let times = (first.times.0, caption.last()?.times.1);
            Some((times, first.speaker.as_deref().filter(|_| alone)?))
        })
        .collect();
    spoken.sort_unstable();
    // Whoever speaks now, and until when; whoever spoke before had ended by then.
    let mut now: Option<(&str, i32)> = None;
    spoken.into_iter().any(|((start, end), speaker)| {
        let others = now.filter(|(whose, _)| *whose != speaker);
        let own = now.filter(|(whose, _)| *whose == speaker).map_or(end, |(_, last)| last.max(end));
        now = Some((speaker, own));
        others.is_some_and(|(_, last)| start < last)
    })
}
