//! Of what was not heard a call has several readings; the facts hold them all. A full call is heard in part, words made
//! doubtful, wrong or unreadable: what is then sure is so in the full call, and what is in the full call is listed.

use super::derive;
use super::laws::any_call;
use grille_evidence::call::{Call, Word, WordKind, WordOrigin};
use grille_evidence::facts::{CallFacts, Hearing, STRETCH_START, flag};
use grille_evidence::locale::LocalePack;
use grille_evidence::moment::Moment;
use proptest::prelude::*;

/// Words of one token each, so that both calls have as many tokens.
const TEXTS: [&str; 10] = ["oui", "mm", "voilà", "bonjour", "vous", "que", "pas", "pouvez", "tout", "code"];
const STRICT: Hearing = Hearing { word_threshold: 500, stretch_threshold: 1000, trust_unrated_words: false };

/// What is done to a word: nothing, made doubtful and perhaps wrong, or unreadable; and its two texts.
type Blur = (u8, usize, usize);

fn words(call: &mut Call) -> impl Iterator<Item = &mut Word> {
    call.segments.iter_mut().flat_map(|s| &mut s.words)
}

fn full(mut call: Call, blurs: &[Blur]) -> Call {
    (call.source.words, call.source.confidences) = (WordOrigin::Recognised, true);
    for (word, blur) in words(&mut call).zip(blurs.iter().cycle()) {
        (word.kind, word.confidence_thousandths) = (WordKind::Plain, Some(1000));
        word.text = TEXTS[blur.1].to_owned();
    }
    call
}

fn heard_in_part(mut call: Call, blurs: &[Blur]) -> Call {
    for (word, blur) in words(&mut call).zip(blurs.iter().cycle()) {
        match blur.0 {
            0 => (word.text, word.confidence_thousandths) = (TEXTS[blur.2].to_owned(), Some(200)),
            1 => word.kind = WordKind::Unknown,
            _ => {}
        }
    }
    call
}

/// Can the listed moment be this one?
fn is_read_as(listed: &Moment, m: &Moment) -> bool {
    listed.origin == m.origin
        && (listed.first_lo..=listed.first).contains(&m.first)
        && (listed.last..=listed.last_hi).contains(&m.last)
        && (listed.start_lo..=listed.start_hi).contains(&m.start)
        && (listed.end_lo..=listed.end_hi).contains(&m.end)
}

fn hold_each_other(what: &str, listed: &[Moment], full: &[Moment]) {
    for m in full {
        assert!(listed.iter().any(|l| is_read_as(l, m)), "{what}: not listed {m:?} in {listed:#?}");
    }
    for l in listed.iter().filter(|l| l.is_sure()) {
        assert!(full.iter().any(|m| is_read_as(l, m)), "{what}: not there {l:?} in {full:#?}");
    }
}

fn tokens_hold_each_other(part: &CallFacts, full: &CallFacts, punctuation: bool) {
    let asks = |flags: u16| flags & (flag::QUESTION | flag::MAYBE_QUESTION);
    for token in 0..full.tokens.text.len() {
        let (seen, real) = (part.tokens.flags[token], full.tokens.flags[token]);
        let begins = |facts: &CallFacts| facts.tokens.pause_before[token] == STRETCH_START;
        assert!(begins(full) || !begins(part), "token {token} begins a stretch");
        assert!(begins(part) || seen & flag::DARK_BEFORE != 0 || !begins(full), "token {token} begins none");
        assert!(seen & flag::QUESTION == 0 || real & flag::QUESTION != 0, "token {token} is in a question");
        assert!(asks(seen) != 0 || asks(real) == 0, "token {token} is in no question");
        let start = flag::QUESTION_START;
        let kept = !punctuation || seen & start == 0 || asks(real) == 0 || real & start != 0 || asks(seen) == 32;
        assert!(kept, "token {token} begins a question");
    }
}

fn all_hold(world: &Call, blurs: &[Blur]) {
    let pack = LocalePack::for_tag("fr").unwrap();
    let part = derive(&heard_in_part(world.clone(), blurs), pack, STRICT);
    let full = derive(world, pack, STRICT);
    hold_each_other("turns", &part.turns, &full.turns);
    hold_each_other("back-channels", &part.back_channels, &full.back_channels);
    hold_each_other("stretches", &part.stretches, &full.stretches);
    hold_each_other("response gaps", &part.response_gaps, &full.response_gaps);
    hold_each_other("questions", &part.questions, &full.questions);
    assert_eq!(part.silences, full.silences);
    assert_eq!(part.overlaps, full.overlaps);
    tokens_hold_each_other(&part, &full, world.source.punctuation);
}

proptest! {
    #[test]
    fn what_was_heard_in_part_holds_what_was_said(
        call in any_call(),
        blurs in prop::collection::vec((0u8..6, 0usize..10, 0usize..10), 1..40),
    ) {
        all_hold(&full(call, &blurs), &blurs);
    }
}
