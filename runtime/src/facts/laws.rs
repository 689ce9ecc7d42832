//! What holds of the facts of every call, valid or not.

use super::derive;
use super::samples::{Telling, call, word};
use grille_evidence::call::{Call, Event, EventKind, Role, Segment, TimeOrigin, Word, WordKind, WordOrigin};
use grille_evidence::facts::{CallFacts, Hearing, STRETCH_START, UNKNOWN_TOKEN, WordFacts, flag};
use grille_evidence::locale::LocalePack;
use grille_evidence::moment::{Moment, MomentSet, Origin};
use proptest::prelude::*;

const TEXTS: [&str; 14] = [
    "oui",
    "bonjour.",
    "est-ce",
    "que",
    "vous?",
    "pas",
    "mais",
    "d'accord",
    "j'attends",
    "-",
    "[…]",
    "mm",
    "ne",
    "là!",
];

/// Durations around the edges of the definitions.
fn duration() -> impl Strategy<Value = i32> {
    prop_oneof![Just(0), Just(1), Just(199), Just(200), Just(500), Just(501), Just(5000), Just(5001), 0..2500]
}

fn one_word() -> impl Strategy<Value = Timed> {
    let confidence = prop_oneof![2 => Just(None), 1 => (0u16..=1000).prop_map(Some)];
    let kind = prop_oneof![9 => Just(WordKind::Plain), 1 => Just(WordKind::Redacted)];
    let text = prop::sample::select(TEXTS.to_vec());
    (text, confidence, kind, duration(), 1..700, any::<bool>()).prop_map(
        |(text, confidence, kind, pause, length, own)| {
            let written = word(text);
            let kind = if written.kind.is_plain() { kind } else { written.kind };
            (Word { confidence_thousandths: confidence, kind, ..written }, pause, length, own)
        },
    )
}

/// A word, the pause before it, its length, and whether it has times of its own.
type Timed = (Word, i32, i32, bool);

/// A segment after the last one's start; each of its words follows the one before, with times of its own or without.
fn segment(timed: bool) -> impl Strategy<Value = (usize, i32, Vec<Timed>)> {
    (0usize..3, duration(), prop::collection::vec(one_word(), 0..8)).prop_map(move |(speaker, lead, mut words)| {
        words.iter_mut().for_each(|w| w.3 &= timed);
        (speaker, lead, words)
    })
}

fn event() -> impl Strategy<Value = Event> {
    let kind = prop::sample::select(EventKind::ALL.to_vec());
    let length = prop_oneof![Just(None), (1..3000).prop_map(Some)];
    let times = (kind, 0..9000, length);
    times.prop_map(|(kind, start_ms, length)| Event::bare(kind, start_ms, length.map(|l| start_ms + l)))
}

/// Any valid call: three speakers, one of them without a role or a bot.
pub(super) fn any_call() -> impl Strategy<Value = Call> {
    let segments = any::<bool>().prop_flat_map(|timed| prop::collection::vec(segment(timed), 0..10));
    let events = prop::collection::vec(event(), 0..3);
    let third = prop::sample::select(vec![None, Some(Role::Bot), Some(Role::Agent)]);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (segments, events, third, flags).prop_map(|(segments, events, role, (checked, overlap, punctuation, subject))| {
        let mut call = call();
        call.speakers.push(grille_evidence::call::Speaker { id: "x".to_owned(), role });
        call.source.words = if checked { WordOrigin::Checked } else { WordOrigin::Recognised };
        (call.source.overlap, call.source.punctuation) = (overlap, punctuation);
        call.source.times = TimeOrigin::Spread;
        call.subject = subject.then(|| "a".to_owned());
        call.events = events;
        let mut at = 0;
        for (speaker, lead, words) in segments {
            at += lead;
            call.segments.push(lay(&["a", "c", "x"][speaker..], at, words));
        }
        call
    })
}

fn lay(speaker: &[&str], start: i32, words: Vec<Timed>) -> Segment {
    let mut at = start;
    let mut laid = Vec::new();
    for (mut word, pause, length, own) in words {
        let from = if laid.is_empty() { at } else { at + pause };
        at = from + length;
        (word.start_ms, word.end_ms) = own.then_some((from, at)).unzip();
        laid.push(word);
    }
    Segment { speaker: speaker[0].to_owned(), start_ms: start, end_ms: at.max(start + 1), words: laid }
}

/// A call whose times, speakers and subject make no sense.
fn broken_call() -> impl Strategy<Value = Call> {
    let time = || prop_oneof![Just(i32::MIN), Just(i32::MAX), Just(0), any::<i32>(), -5..5000];
    let times = prop::collection::vec((time(), time(), time(), time(), any::<bool>()), 0..40);
    (any_call(), times).prop_map(move |(mut call, times)| {
        call.subject = Some("nobody".to_owned());
        for (segment, times) in call.segments.iter_mut().zip(&times) {
            (segment.start_ms, segment.end_ms) = (times.0, times.1);
            if times.4 {
                segment.speaker = "nobody".to_owned();
            }
        }
        let words = call.segments.iter_mut().flat_map(|s| &mut s.words);
        for (word, times) in words.zip(&times) {
            (word.start_ms, word.end_ms) = (Some(times.2), times.4.then_some(times.3));
        }
        for (event, times) in call.events.iter_mut().zip(&times) {
            (event.start_ms, event.end_ms) = (times.2, Some(times.3));
        }
        call
    })
}

fn columns_fit(facts: &CallFacts) {
    let tokens = &facts.tokens;
    let lengths = [tokens.word.len(), tokens.flags.len(), tokens.pause_before.len()];
    assert_eq!(lengths, [tokens.text.len(); 3]);
    assert!(tokens.word.is_sorted());
    assert!(tokens.text.iter().all(|t| *t == UNKNOWN_TOKEN || (*t as usize) < tokens.vocabulary.len()));
    let (mut word, mut token) = (0, 0);
    for (number, speaker) in facts.speakers.iter().enumerate() {
        assert_eq!((speaker.words.start, speaker.tokens.start), (word, token));
        (word, token) = (speaker.words.end, speaker.tokens.end);
        let own = &facts.words[speaker.words.start as usize..word as usize];
        assert!(own.iter().all(|w| w.speaker as usize == number));
        assert!(own.is_sorted_by_key(|w| (w.start, w.end, w.number)));
        let tokens = &facts.tokens.word[speaker.tokens.start as usize..token as usize];
        assert!(tokens.iter().all(|w| speaker.words.contains(w)));
    }
    assert_eq!((word as usize, token as usize), (facts.words.len(), facts.tokens.text.len()));
}

fn words_are_bounded(facts: &CallFacts) {
    let (from, to) = facts.whole();
    assert!(from < to);
    for w in &facts.words {
        assert!(w.start < w.end);
        assert!(from <= w.start_lo && w.start_lo <= w.start && w.start <= w.start_hi && w.start_hi < to, "{w:?}");
        assert!(from < w.end_lo && w.end_lo <= w.end && w.end <= w.end_hi && w.end_hi <= to, "{w:?}");
    }
}

fn every_word_is_in_one_stretch(facts: &CallFacts) {
    let mut covered = vec![0; facts.words.len()];
    for stretch in &facts.stretches {
        let words = stretch.first as usize..=stretch.last as usize;
        covered[words.clone()].iter_mut().for_each(|c| *c += 1);
        let own = &facts.words[words];
        assert!(own.iter().all(|w| Origin(w.speaker) == stretch.origin));
        assert_eq!(own.iter().map(|w| w.start).min(), Some(stretch.start));
        assert_eq!(own.iter().map(|w| w.end).max(), Some(stretch.end));
    }
    assert!(covered.iter().all(|c| *c == 1));
    let starts = facts.tokens.pause_before.iter().filter(|p| **p == STRETCH_START).count();
    assert!(starts <= facts.stretches.iter().filter(|s| s.is_sure()).count());
    assert!(facts.tokens.pause_before.iter().all(|p| *p >= 0));
    let told = facts.turns.iter().chain(&facts.back_channels).all(|m| m.is_sure() && !m.is_open());
    let mut both: Vec<Moment> = facts.turns.iter().chain(&facts.back_channels).copied().collect();
    both.sort_by_key(Moment::key);
    assert!(!told || both == facts.stretches);
}

fn moments_lie_inside(facts: &CallFacts) {
    let (from, to) = facts.whole();
    let inside = |m: &Moment| from <= m.start && m.start < m.end && m.end <= to;
    let bounded = |m: &Moment| m.start_lo <= m.start && m.start <= m.start_hi && m.end_lo <= m.end && m.end <= m.end_hi;
    let sets = [&facts.silences, &facts.overlaps];
    let all = sets.iter().flat_map(|s| &s.moments).chain(&facts.response_gaps).chain(&facts.events);
    assert!(all.clone().all(inside) && all.clone().all(bounded));
    for set in sets {
        assert!(set.dark.iter().all(|z| from <= z.0 && z.0 < z.1 && z.1 <= to));
        assert!(set.moments.iter().all(|m| m.end - m.start >= 200));
        assert_eq!(set, &MomentSet::new(set.moments.clone(), set.dark.clone()));
    }
    assert!(facts.response_gaps.is_sorted_by_key(Moment::key) && facts.events.is_sorted_by_key(Moment::key));
}

/// No word lies in a silence or sure response gap; a gap lies between the turns of two.
fn moments_mean_what_they_say(facts: &CallFacts) {
    let meets = |m: &Moment| facts.words.iter().any(|w| w.start < m.end && m.start < w.end);
    assert!(!facts.silences.moments.iter().any(meets));
    assert!(!facts.response_gaps.iter().filter(|m| m.is_sure()).any(meets));
    for m in &facts.response_gaps {
        let turns = || facts.turns.iter().filter(|t| t.is_sure() || !m.is_sure());
        let begins = |t: &Moment| t.start_lo <= m.end && m.end <= t.start_hi;
        let ends = |t: &Moment| t.end_lo <= m.start && m.start <= t.end_hi;
        assert!(turns().any(|t| begins(t) && t.origin == m.origin));
        assert!(turns().any(|t| ends(t) && t.origin != m.origin));
    }
}

/// Which words stand in a run that may be a back-channel, found run by run.
fn candidates(facts: &CallFacts, pack: &LocalePack) -> Vec<bool> {
    let mut candidates = Vec::new();
    let apart = |end: i32, a: &WordFacts, b: &WordFacts| a.speaker != b.speaker || b.start - end > 500;
    while let Some(first) = facts.words.get(candidates.len()) {
        let mut end = first.end;
        let from = candidates.len();
        let mut to = from + 1;
        while to < facts.words.len() && !apart(end, first, &facts.words[to]) {
            end = end.max(facts.words[to].end);
            to += 1;
        }
        let own =
            facts.tokens.word.iter().zip(&facts.tokens.text).filter(|(w, _)| (from..to).contains(&(**w as usize)));
        let texts: Option<Vec<&str>> =
            own.map(|(_, t)| facts.tokens.vocabulary.get(*t as usize).map(|t| &**t)).collect();
        let listed = texts.is_some_and(|texts| pack.is_back_channel(&texts));
        candidates.resize(to, listed && end - first.start < 2000);
    }
    candidates
}

/// Between two words of a turn, candidates left out, no pause ends it; between two turns of a speaker one does.
fn turns_follow_their_definition(facts: &CallFacts, pack: &LocalePack) {
    if facts.stretches.iter().any(|s| !s.is_sure()) || facts.turns.iter().any(|t| !t.is_sure()) {
        return;
    }
    let candidates = candidates(facts, pack);
    let floor: Vec<(usize, &WordFacts)> = facts.words.iter().enumerate().filter(|(at, _)| !candidates[*at]).collect();
    let turn = |at: usize| facts.turns.iter().position(|t| (t.first as usize..=t.last as usize).contains(&at));
    let mut latest = 0;
    for (at, pair) in floor.windows(2).enumerate() {
        let ((a, before), (b, after)) = (pair[0], pair[1]);
        if before.speaker != after.speaker {
            assert_ne!(turn(a), turn(b));
            continue;
        }
        let is_first = at == 0 || floor[at - 1].1.speaker != before.speaker;
        latest = if is_first { before.end } else { before.end.max(latest) };
        let holds = |w: &WordFacts| w.speaker != after.speaker && latest <= w.start && w.start < after.start;
        let pause = after.start - latest;
        let ends = pause > 5000 || (pause > 500 && floor.iter().any(|(_, w)| holds(w)));
        assert_eq!(ends, turn(a) != turn(b), "{before:?} {after:?}");
    }
    for (at, is_candidate) in candidates.iter().enumerate() {
        assert!(*is_candidate || turn(at).is_some());
    }
}

fn dark_covers_what_was_not_heard(facts: &CallFacts) {
    for speaker in &facts.speakers {
        assert!(speaker.dark.windows(2).all(|d| d[0].to_token < d[1].from_token));
        let own = speaker.tokens.clone();
        for d in &speaker.dark {
            assert!(own.start <= d.from_token && d.from_token <= d.to_token && d.to_token <= own.end);
            assert!(facts.conversation.start_ms <= d.start && d.start < d.end && d.end <= facts.conversation.end_ms);
        }
        for token in own {
            let is_dark = speaker.dark.iter().any(|d| d.from_token <= token && token < d.to_token);
            let flags = facts.tokens.flags[token as usize];
            assert!(flags & flag::UNKNOWN == 0 || is_dark);
            assert!(flags & (flag::UNKNOWN | flag::HEARD) != flag::UNKNOWN | flag::HEARD);
        }
        assert!(speaker.heard.0 <= speaker.heard.1 && speaker.heard.1 as usize == speaker.words.len());
    }
}

fn questions_begin(facts: &CallFacts) {
    let asks = flag::QUESTION | flag::MAYBE_QUESTION;
    let mut before = 0;
    for flags in &facts.tokens.flags {
        let begins = flags & flag::QUESTION_START != 0;
        assert!(flags & asks != asks, "a question, or maybe one");
        assert!(!begins || flags & asks != 0);
        let surer = flags & flag::DARK_BEFORE != 0 && before & asks == flag::MAYBE_QUESTION;
        assert!(begins || surer || flags & asks == 0 || flags & asks == before & asks);
        before = *flags;
    }
}

fn holds(facts: &CallFacts, pack: &LocalePack) {
    columns_fit(facts);
    words_are_bounded(facts);
    every_word_is_in_one_stretch(facts);
    moments_lie_inside(facts);
    moments_mean_what_they_say(facts);
    dark_covers_what_was_not_heard(facts);
    questions_begin(facts);
    turns_follow_their_definition(facts, pack);
}

fn french() -> &'static LocalePack {
    LocalePack::for_tag("fr").unwrap()
}

proptest! {
    #[test]
    fn facts_of_valid_calls_keep_the_invariants(call in any_call()) {
        holds(&call.facts(), french());
    }

    #[test]
    fn facts_of_broken_calls_keep_them_too(call in broken_call()) {
        holds(&call.facts(), french());
    }

    #[test]
    fn the_same_call_gives_the_same_facts(call in any_call()) {
        prop_assert_eq!(call.facts(), call.clone().facts());
    }

    #[test]
    fn more_confidence_is_never_less_heard(call in any_call()) {
        let mut sure = call.clone();
        let words = sure.segments.iter_mut().flat_map(|s| &mut s.words);
        words.filter(|w| w.confidence_thousandths.is_some()).for_each(|w| w.confidence_thousandths = Some(1000));
        let (doubted, sure) = (call.facts(), sure.facts());
        for (a, b) in doubted.speakers.iter().zip(&sure.speakers) {
            prop_assert!(a.heard.0 <= b.heard.0);
            let dark = |s: &grille_evidence::facts::SpeakerFacts, t: u32| {
                s.dark.iter().any(|d| d.from_token <= t && t < d.to_token)
            };
            prop_assert!(b.tokens.clone().all(|t| !dark(b, t) || dark(a, t)));
        }
    }

    #[test]
    fn the_thresholds_of_hearing_can_be_anything(call in any_call(), word_threshold: u16, stretch_threshold: u16) {
        for trust_unrated_words in [false, true] {
            let hearing = Hearing { word_threshold, stretch_threshold, trust_unrated_words };
            let english = LocalePack::for_tag("en").unwrap();
            holds(&derive(&call, english, hearing), english);
        }
    }
}
