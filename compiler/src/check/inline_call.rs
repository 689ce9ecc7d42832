//! The call that a test writes out. What it does not write did not happen; its words are checked and heard, spaced
//! evenly over the turn and taken as measured, unless it says otherwise (language, section 8). Knows no expectation.

use super::moments::{event_of, role_of};
use super::{Checker, messages};
use crate::checked::OwnKind;
use crate::plan::event::Wanted;
use grille_evidence::attribute::Attributes;
use grille_evidence::call::{
    CALL_FORMAT, Call, Event, EventKind, Role, Segment, Source, Speaker, TimeOrigin, Word, WordKind, WordOrigin,
};
use grille_evidence::event::{EventField, EventFields, OwnKinds};
use grille_evidence::locale::LocalePack;
use grille_grammar::ast::{
    self, CallLine, CallLineKind, ClockTime, GivenField, InlineCall, NotCarried, Quantity, Text, TimesWord, Unit,
};

/// How long a word lasts where a turn has no end, in milliseconds.
pub const MILLIS_A_WORD: i32 = 300;
/// The confidence of words of which a recogniser was sure, in thousandths.
const CERTAIN: u16 = 1000;
/// A word that nobody understood: how a test writes it, and how a call holds it.
const NOT_UNDERSTOOD: (&str, &str) = ("[?]", "<unk>");

impl Checker<'_> {
    pub(crate) fn inline_call(&mut self, name: &str, inline: &InlineCall, module: usize) -> Option<Call> {
        let locale = self.modules.get(module).and_then(|m| m.ast.locale.as_ref()).map(|l| l.text.clone());
        let mut call = empty_call(name, locale);
        call.source.attributes = self.program.attributes.iter().map(|attribute| attribute.name.clone()).collect();
        let kinds = self.program.event_kinds.iter();
        let fields = |kind: &OwnKind| kind.fields.iter().map(|(name, _)| name.clone()).collect();
        call.source.own_events = kinds.map(|kind| (kind.name.clone(), fields(kind))).collect();
        let mut sound = true;
        for line in &inline.lines {
            sound &= self.call_line(line, &mut call, module).is_some();
        }
        for line in &inline.lines {
            if let CallLineKind::Subject(name) = &line.kind {
                sound &= self.subject(name, &mut call).is_some();
            }
        }
        if !call.speakers.iter().any(|s| s.role == Some(Role::Agent)) {
            call.speakers.insert(0, Speaker { id: Role::Agent.words().to_owned(), role: Some(Role::Agent) });
        }
        finish(&mut call);
        sound.then_some(call)
    }

    fn call_line(&mut self, line: &CallLine, call: &mut Call, module: usize) -> Option<()> {
        match &line.kind {
            CallLineKind::Turn { start, end, speaker, words, heard } => {
                let speaker = self.speaker(speaker, call);
                let mut segment = self.segment(*start, *end, words)?;
                if let Some(heard) = heard {
                    let confidence = self.confidence(heard)?;
                    segment.words.iter_mut().for_each(|word| word.confidence_thousandths = Some(confidence));
                    call.source.confidences = true;
                }
                segment.speaker = speaker?;
                call.segments.push(segment);
            }
            CallLineKind::Event { event, start, end, fields } => {
                let (start_ms, end_ms) = self.bounds_of(*start, *end)?;
                let kind = event_of(*event);
                let fields = self.given_fields(kind, fields, call)?;
                call.events.push(Event { kind, start_ms, end_ms, fields });
            }
            CallLineKind::OwnEvent { event, start, end, fields } => {
                let bounds = self.bounds_of(*start, *end)?;
                self.given_own_event(event, bounds, fields, call, module)?;
            }
            CallLineKind::Unknown(what) => self.not_carried(what, call, module)?,
            CallLineKind::Recognised => call.source.words = WordOrigin::Recognised,
            CallLineKind::Times(TimesWord::Spread) => call.source.times = TimeOrigin::Spread,
            CallLineKind::Times(TimesWord::ByTurn) => call.source.times = TimeOrigin::Turns,
            CallLineKind::Attribute { name, value, negated } => {
                let given = self.given_attribute(name, value.as_ref(), *negated, module)?;
                if call.attributes.insert(name.text.clone(), given).is_some() {
                    self.report(messages::attribute_twice(
                        &format!("`call.{}` is given twice", name.text),
                        None,
                        name.span,
                    ));
                    return None;
                }
            }
            CallLineKind::SpokenIn(tag) => self.spoken_in(tag, call)?,
            CallLineKind::Subject(_) => {}
        }
        Some(())
    }

    /// What is spoken, where it is not the file's locale: something that the criteria speak of.
    fn spoken_in(&mut self, tag: &ast::Ident, call: &mut Call) -> Option<()> {
        let Some(pack) = LocalePack::for_tag(&tag.text) else {
            self.report(messages::unknown_locale(&tag.text, LocalePack::tags(), tag.span));
            return None;
        };
        let own = LocalePack::for_tag(&self.program.locale).map(LocalePack::language);
        let varied = super::variants::tags(self.modules);
        if own != Some(pack.language()) && !varied.iter().any(|known| LocalePack::covers(known, &tag.text)) {
            let help = "score calls of each language with files of their own, or give a lexicon entries for this one: `in … { … }`";
            let wanted = format!("a locale of which the criteria speak, such as `{}`", self.program.locale);
            self.report(messages::wrong_kind(&tag.text, "another language", &wanted, help, tag.span));
            return None;
        }
        call.locale = Some(tag.text.clone());
        Some(())
    }

    /// Who speaks, by their id in the call; one id has one role.
    fn speaker(&mut self, speaker: &ast::Speaker, call: &mut Call) -> Option<String> {
        let role = speaker.role.map(role_of);
        let id = match &speaker.name {
            Some(name) => name.text.clone(),
            None => role.map_or("unknown", Role::words).to_owned(),
        };
        match call.speakers.iter().find(|known| known.id == id) {
            Some(known) if known.role != role => {
                let of = |role: Option<Role>| role.map_or("somebody of whom no role is known", Role::words);
                let what = format!("`{id}` is {} here, and {} before", of(role), of(known.role));
                self.report(messages::who_is_who(&what, "give each person one role, or another name", speaker.span));
                return None;
            }
            Some(_) => {}
            None => call.speakers.push(Speaker { id: id.clone(), role }),
        }
        Some(id)
    }

    fn subject(&mut self, name: &ast::Ident, call: &mut Call) -> Option<()> {
        match call.speakers.iter().find(|speaker| speaker.id == name.text) {
            Some(Speaker { role: None | Some(Role::Agent), .. }) => {
                call.subject = Some(name.text.clone());
                Some(())
            }
            Some(speaker) => {
                let role = speaker.role.map_or("", Role::words);
                let what = format!("the call cannot be scored for `{}`, who is {role}", name.text);
                self.report(messages::who_is_who(&what, "the subject is an `agent` of this call", name.span));
                None
            }
            None => {
                let near = super::names::nearest(&name.text, call.speakers.iter().map(|s| s.id.as_str()));
                self.report(messages::unknown_name(&name.text, near, name.span));
                None
            }
        }
    }

    fn confidence(&mut self, heard: &Quantity) -> Option<u16> {
        if heard.unit == Unit::Percent && heard.thousandths <= 100_000 {
            return u16::try_from(super::units::half_even(heard.thousandths, 100)).ok();
        }
        self.unfit_unit(heard, "a share between 0 % and 100 %", "write how sure the recogniser was: `heard 40 %`");
        None
    }

    fn given_fields(&mut self, kind: EventKind, given: &[GivenField], call: &mut Call) -> Option<EventFields> {
        let mut fields = EventFields::default();
        for one in given {
            match one {
                GivenField::By(speaker) => fields.by = Some(self.speaker(speaker, call)?),
                GivenField::Text { field, value } => {
                    let field = self.field_of(&[kind], field)?;
                    match self.wanted(field, value)? {
                        Wanted::Kind(kind) => fields.kind = Some(kind),
                        Wanted::Role(_) => {
                            let help = "write who it was: `hung up 2:00 by customer`";
                            self.report(messages::unknown_choice(&value.text, None, help, value.span));
                            return None;
                        }
                        Wanted::Text(_) | Wanted::Given | Wanted::OneOf(_) | Wanted::Between(..) => {
                            let text = Some(value.text.clone());
                            match field {
                                EventField::To => fields.to = text,
                                EventField::Digits => fields.digits = text,
                                _ => fields.reason = text,
                            }
                        }
                    }
                }
            }
        }
        Some(fields)
    }

    fn not_carried(&mut self, what: &NotCarried, call: &mut Call, module: usize) -> Option<()> {
        match what {
            NotCarried::Event(event) => call.source.events.retain(|kind| *kind != event_of(*event)),
            NotCarried::Field(event, name) => {
                let kind = event_of(*event);
                let field = self.field_of(&[kind], name)?;
                call.source.fields.entry(kind).or_default().retain(|carried| *carried != field);
            }
            NotCarried::OwnEvent(event) => {
                let kind = self.own_kind_named(event, module)?;
                call.source.own_events.remove(&kind);
            }
            NotCarried::OwnField(event, field) => {
                let kind = self.own_kind_named(event, module)?;
                self.own_field_not_carried(&kind, field, call)?;
            }
            NotCarried::Attribute(name) => {
                self.attribute_named(name, module)?;
                call.source.attributes.retain(|carried| *carried != name.text);
            }
            NotCarried::Overlap => call.source.overlap = false,
            NotCarried::Punctuation => call.source.punctuation = false,
        }
        Some(())
    }

    fn bounds_of(&mut self, start: ClockTime, end: Option<ClockTime>) -> Option<(i32, Option<i32>)> {
        let start_ms = i32::try_from(start.millis).ok()?;
        let Some(end) = end else { return Some((start_ms, None)) };
        if end.millis <= start.millis {
            let help = "write the earlier time first";
            self.report(messages::empty_window("this ends before it begins", help, start.span.to(end.span)));
            return None;
        }
        Some((start_ms, i32::try_from(end.millis).ok()))
    }

    /// A turn, its words spaced evenly; whose it is is said later.
    fn segment(&mut self, start: ClockTime, end: Option<ClockTime>, text: &Text) -> Option<Segment> {
        let (start_ms, end_ms) = self.bounds_of(start, end)?;
        let mut words = words_of(&text.text);
        if words.is_empty() {
            let help = "write what is said, or take the line out: what is not written did not happen";
            self.report(messages::empty_phrase("nobody says anything in this turn", help, text.span));
            return None;
        }
        let count = i32::try_from(words.len()).unwrap_or(i32::MAX);
        let end_ms = end_ms.unwrap_or_else(|| start_ms.saturating_add(count.saturating_mul(MILLIS_A_WORD)));
        let length = i64::from(end_ms) - i64::from(start_ms);
        let at = |k: i64| i32::try_from(i64::from(start_ms) + length * k / i64::from(count)).unwrap_or(end_ms);
        for (k, word) in (0..).zip(&mut words) {
            let start = at(k);
            word.start_ms = Some(start);
            word.end_ms = Some(at(k + 1).max(start.saturating_add(1)));
        }
        let end_ms = words.last().and_then(|w| w.end_ms).unwrap_or(end_ms);
        Some(Segment { speaker: String::new(), start_ms, end_ms, words })
    }
}

/// Makes the words what the source says of them, wherever in the test it says so.
fn finish(call: &mut Call) {
    if call.source.confidences {
        call.source.words = WordOrigin::Recognised;
    }
    for word in call.segments.iter_mut().flat_map(|segment| &mut segment.words) {
        if call.source.confidences && word.kind.is_plain() {
            word.confidence_thousandths.get_or_insert(CERTAIN);
        }
        if call.source.times != TimeOrigin::Measured {
            (word.start_ms, word.end_ms) = (None, None);
        }
    }
    call.source.fields.retain(|kind, fields| call.source.events.contains(kind) && !fields.is_empty());
}

fn empty_call(name: &str, locale: Option<String>) -> Call {
    Call {
        grille_call: CALL_FORMAT,
        id: name.to_owned(),
        locale,
        source: Source {
            format: "grille test".to_owned(),
            words: WordOrigin::Checked,
            confidences: false,
            times: TimeOrigin::Measured,
            overlap: true,
            punctuation: true,
            events: EventKind::ALL.to_vec(),
            fields: EventField::all_carried(),
            own_events: OwnKinds::new(),
            attributes: Vec::new(),
        },
        speakers: Vec::new(),
        subject: None,
        end_ms: None,
        segments: Vec::new(),
        events: Vec::new(),
        own_events: Vec::new(),
        attributes: Attributes::new(),
    }
}

/// Words of a written turn; punctuation goes to the word before it. `[?]` is a word that nobody understood, any other
/// word in brackets one that was taken out.
fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for piece in text.split_whitespace() {
        let body = piece.trim_matches(|c: char| "?!.,;:…«»“”\"()".contains(c));
        let after: String =
            piece.chars().rev().take_while(|c| "?!.,;:…".contains(*c)).collect::<Vec<_>>().into_iter().rev().collect();
        if body.is_empty() {
            if let Some(last) = words.last_mut() {
                last.after.push_str(&after);
            }
            continue;
        }
        let masked = body.starts_with('[') && body.ends_with(']');
        let (text, kind) = match body {
            _ if body == NOT_UNDERSTOOD.0 => (NOT_UNDERSTOOD.1, WordKind::Unknown),
            _ if masked => (body, WordKind::Redacted),
            _ => (body, WordKind::Plain),
        };
        words.push(Word {
            text: text.to_owned(),
            start_ms: None,
            end_ms: None,
            confidence_thousandths: None,
            kind,
            after,
        });
    }
    words
}
