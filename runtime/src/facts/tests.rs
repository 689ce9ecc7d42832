//! What facts are made of small calls, definition by definition, at their edges.

use super::samples::{Telling, call, flagged, spans};
use grille_evidence::call::{EventKind, Role, Speaker, WordOrigin};
use grille_evidence::facts::{DarkStretch, EndBasis, STRETCH_START, StartBasis, UNKNOWN_TOKEN, flag};
use grille_evidence::moment::{Moment, Origin};

fn bounds(moments: &[Moment]) -> Vec<(i32, i32, bool)> {
    moments.iter().map(|m| (m.start, m.end, m.is_sure())).collect()
}

mod roles {
    use super::*;

    fn two_agents() -> grille_evidence::call::Call {
        let mut call = call();
        let second = Speaker { id: "b".to_owned(), role: Some(Role::Agent) };
        call.speakers.push(second);
        call
    }

    fn roles(call: &grille_evidence::call::Call) -> Vec<Option<Role>> {
        call.facts().speakers.iter().map(|s| s.role).collect()
    }

    #[test]
    fn one_agent_needs_no_subject() {
        assert_eq!(roles(&call()), [Some(Role::Agent), Some(Role::Customer)]);
    }

    #[test]
    fn two_agents_without_a_subject_have_no_role() {
        assert_eq!(roles(&two_agents()), [None, Some(Role::Customer), None]);
    }

    #[test]
    fn the_subject_is_the_agent_and_the_other_a_colleague() {
        let mut call = two_agents();
        call.subject = Some("b".to_owned());
        assert_eq!(roles(&call), [Some(Role::Colleague), Some(Role::Customer), Some(Role::Agent)]);
    }

    #[test]
    fn a_subject_who_is_not_there_is_none() {
        let mut call = two_agents();
        call.subject = Some("z".to_owned());
        assert_eq!(roles(&call), [None, Some(Role::Customer), None]);
    }
}

mod times {
    use super::*;

    #[test]
    fn words_without_times_are_spread_evenly_and_bounded() {
        let facts = call().spreads("a", 1000, 2000, "un deux trois").facts();
        let nominal: Vec<_> = facts.words.iter().map(|w| (w.start, w.end)).collect();
        assert_eq!(nominal, [(1000, 1333), (1333, 1666), (1666, 2000)]);
        let starts: Vec<_> = facts.words.iter().map(|w| (w.start_lo, w.start_hi)).collect();
        assert_eq!(starts, [(1000, 1000), (1001, 1998), (1002, 1999)]);
        let ends: Vec<_> = facts.words.iter().map(|w| (w.end_lo, w.end_hi)).collect();
        assert_eq!(ends, [(1001, 1998), (1002, 1999), (2000, 2000)]);
    }

    #[test]
    fn more_words_than_milliseconds_share_them() {
        let facts = call().spreads("a", 1000, 1002, "un deux trois").facts();
        let nominal: Vec<_> = facts.words.iter().map(|w| (w.start, w.end)).collect();
        assert_eq!(nominal, [(1000, 1001), (1000, 1001), (1001, 1002)]);
        assert_eq!(facts.words.iter().map(|w| w.number).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn a_word_without_times_lies_between_its_neighbours() {
        let mut call = call().spreads("a", 0, 1000, "un deux trois");
        for (word, times) in call.segments[0].words.iter_mut().zip([Some((0, 300)), None, Some((600, 1000))]) {
            (word.start_ms, word.end_ms) = times.unzip();
        }
        let facts = call.facts();
        let between = facts.words[1];
        assert_eq!((between.start, between.end), (300, 600));
        assert_eq!([between.start_lo, between.start_hi, between.end_lo, between.end_hi], [300, 599, 301, 600]);
        assert_eq!(facts.silences.dark, [(300, 600)]);
    }

    #[test]
    fn a_word_between_touching_neighbours_keeps_its_place() {
        let mut call = call().spreads("a", 0, 1000, "un deux trois quatre");
        for (word, times) in call.segments[0].words.iter_mut().zip([Some((0, 600)), None, Some((600, 1000)), None]) {
            (word.start_ms, word.end_ms) = times.unzip();
        }
        assert_eq!(call.facts().words.iter().map(|w| w.number).collect::<Vec<_>>(), [0, 1, 2, 3]);
    }

    #[test]
    fn times_beyond_the_clock_are_clamped() {
        let call = call().says("a", &[(i32::MIN, i32::MAX, "allô"), (i32::MAX, i32::MIN, "bonjour")]);
        let facts = call.at(EventKind::Hold, i32::MAX).facts();
        assert!(facts.words.iter().all(|w| 0 <= w.start && w.start < w.end));
    }
}

mod conversation {
    use super::*;

    #[test]
    fn begins_with_the_first_word_of_anyone_but_a_bot() {
        let mut call = call().says("b", &[(0, 500, "bienvenue")]).says("c", &[(900, 1300, "allô")]);
        call.speakers.push(Speaker { id: "b".to_owned(), role: Some(Role::Bot) });
        call.end_ms = Some(5000);
        let facts = call.facts();
        assert_eq!(facts.whole(), (900, 5000));
        assert_eq!(facts.conversation.start_basis, StartBasis::FirstWord);
        assert_eq!(facts.conversation.end_basis, EndBasis::LatestEnd);
        assert_eq!(facts.words.iter().map(|w| w.number).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn events_bound_it_and_words_across_the_edge_are_left_out() {
        let call = call().says("a", &[(0, 600, "allô"), (500, 900, "bonjour"), (1000, 1600, "madame")]);
        let call = call.at(EventKind::Answered, 500).at(EventKind::Answered, 700).at(EventKind::HungUp, 1200);
        let facts = call.during(EventKind::Hold, 0, 600).during(EventKind::Transfer, 1300, 1400).facts();
        assert_eq!(facts.whole(), (500, 1201));
        assert_eq!(facts.conversation.start_basis, StartBasis::Answered);
        assert_eq!(facts.conversation.end_basis, EndBasis::HungUp);
        assert_eq!(facts.words.iter().map(|w| w.number).collect::<Vec<_>>(), [1]);
        let events: Vec<_> = facts.events.iter().map(|m| (m.start, m.end, m.origin)).collect();
        let event = Origin::event;
        let answered = [(500, 501, event(EventKind::Answered)), (500, 600, event(EventKind::Hold))];
        let hung_up = [(700, 701, event(EventKind::Answered)), (1200, 1201, event(EventKind::HungUp))];
        assert_eq!(events, [answered, hung_up].concat());
    }

    #[test]
    fn the_bounds_of_spread_words_are_clipped_to_it() {
        let facts = call().spreads("a", 0, 900, "un deux trois").at(EventKind::Answered, 400).facts();
        let words: Vec<_> = facts.words.iter().map(|w| [w.start, w.start_lo, w.start_hi, w.end_lo, w.end_hi]).collect();
        assert_eq!(words, [[600, 400, 899, 900, 900]]);
    }

    #[test]
    fn an_empty_call_has_one() {
        let facts = call().facts();
        assert_eq!(facts.whole(), (0, 1));
        assert_eq!(facts.conversation.start_basis, StartBasis::Recording);
    }
}

mod turns {
    use super::*;

    /// The agent's turns, the customer speaking inside a pause of the agent from 400 ms on.
    fn agent_turns(pause: i32, customer: &str) -> Vec<(i32, i32, u32)> {
        let after = 400 + pause;
        let call = call().says("a", &[(0, 400, "bonjour"), (after, after + 400, "madame")]);
        let facts = call.says("c", &[(400, 700, customer)]).facts();
        spans(&facts.turns).into_iter().filter(|t| t.2 == 0).collect()
    }

    #[test]
    fn a_pause_of_500_ms_ends_none() {
        assert_eq!(agent_turns(500, "attendez"), [(0, 1300, 0)]);
    }

    #[test]
    fn a_longer_one_with_another_s_word_does() {
        assert_eq!(agent_turns(501, "attendez"), [(0, 400, 0), (901, 1301, 0)]);
    }

    #[test]
    fn a_longer_one_with_a_back_channel_does_not() {
        assert_eq!(agent_turns(501, "oui"), [(0, 1301, 0)]);
    }

    #[test]
    fn a_word_that_starts_with_the_next_ends_none() {
        let call = call().says("a", &[(0, 400, "bonjour"), (1000, 1400, "madame")]);
        assert_eq!(spans(&call.says("c", &[(1000, 1300, "attendez")]).facts().turns).len(), 2);
    }

    #[test]
    fn five_seconds_alone_end_none_and_more_do() {
        let two = |pause: i32| call().says("a", &[(0, 400, "bonjour"), (400 + pause, 6000, "madame")]);
        assert_eq!(spans(&two(5000).facts().turns), [(0, 6000, 0)]);
        assert_eq!(spans(&two(5001).facts().turns), [(0, 400, 0), (5401, 6000, 0)]);
    }

    #[test]
    fn a_back_channel_is_shorter_than_two_seconds() {
        let oui = |end: i32| call().says("c", &[(0, 300, "oui"), (700, end, "oui")]).facts();
        assert_eq!(spans(&oui(1999).back_channels), [(0, 1999, 1)]);
        assert_eq!(spans(&oui(1999).turns), []);
        assert_eq!(spans(&oui(2000).back_channels), []);
        assert_eq!(spans(&oui(2000).turns), [(0, 2000, 1)]);
    }

    #[test]
    fn a_run_with_a_word_that_cannot_be_read_may_be_either() {
        let facts = call().says("c", &[(0, 300, "oui"), (300, 500, "[…]")]).facts();
        assert_eq!(bounds(&facts.back_channels), [(0, 500, false)]);
        assert_eq!(bounds(&facts.turns), [(0, 500, false)]);
        assert_eq!(bounds(&facts.stretches), [(0, 500, true)]);
    }

    #[test]
    fn unless_a_word_of_it_is_on_no_list_or_it_is_too_long() {
        for (text, end) in [("madame", 500), ("oui", 2000)] {
            let facts = call().says("c", &[(0, 300, text), (300, end, "[…]")]).facts();
            assert_eq!(bounds(&facts.turns), [(0, end, true)]);
            assert_eq!(spans(&facts.back_channels), []);
        }
    }

    #[test]
    fn a_turn_that_a_doubtful_word_may_end_reaches_perhaps_further() {
        let call = call().says("a", &[(0, 400, "bonjour"), (1000, 1400, "madame")]).says("c", &[(500, 700, "[…]")]);
        let facts = call.facts();
        let agent: Vec<_> = facts.turns.iter().filter(|t| t.origin == Origin::speaker(0)).collect();
        assert_eq!(
            agent.iter().map(|t| (t.start, t.end, t.end_hi)).collect::<Vec<_>>(),
            [(0, 400, 1400), (1000, 1400, 1400)]
        );
        assert_eq!(agent.iter().map(|t| t.is_sure()).collect::<Vec<_>>(), [true, false]);
        assert_eq!(facts.tokens.pause_before[1], 600);
        assert_eq!(flagged(&facts, flag::DARK_BEFORE), ["madame"]);
    }

    #[test]
    fn yes_inside_one_s_own_turn_belongs_to_it() {
        let call = call().says("a", &[(0, 400, "donc"), (1000, 1300, "oui"), (2000, 2400, "voilà")]);
        let facts = call.says("a", &[(2400, 2900, "madame")]).facts();
        assert_eq!(spans(&facts.turns), [(0, 2900, 0)]);
        assert_eq!(spans(&facts.back_channels), []);
        assert_eq!(facts.tokens.pause_before, [STRETCH_START, 600, 700, 0]);
    }

    #[test]
    fn yes_beside_one_s_own_turn_does_not() {
        let facts = call().says("a", &[(0, 400, "oui"), (1000, 1400, "je"), (1400, 1800, "regarde")]).facts();
        assert_eq!(spans(&facts.turns), [(1000, 1800, 0)]);
        assert_eq!(spans(&facts.back_channels), [(0, 400, 0)]);
        assert_eq!(facts.tokens.pause_before, [STRETCH_START, STRETCH_START, 0]);
    }
}

mod tokens {
    use super::*;

    #[test]
    fn tokens_of_one_word_and_of_one_segment_have_no_pause_between() {
        let facts = call().spreads("a", 0, 900, "bonjour - j'attends").says("a", &[(1000, 1200, "bonjour")]).facts();
        assert_eq!(facts.tokens.text, [0, 1, 2, 0]);
        assert_eq!(facts.tokens.word, [0, 2, 2, 3]);
        assert_eq!(facts.tokens.pause_before, [STRETCH_START, 0, 0, 100]);
        assert_eq!(facts.tokens.vocabulary.iter().map(|t| &**t).collect::<Vec<_>>(), ["bonjour", "j'", "attends"]);
        assert_eq!(facts.speakers[0].tokens, 0..4);
        assert_eq!(facts.speakers[0].words, 0..4);
        assert_eq!(facts.speakers[1].tokens, 4..4);
    }

    #[test]
    fn a_dash_does_not_shorten_a_pause() {
        let facts = call().says("a", &[(0, 400, "bonjour"), (800, 900, "-"), (950, 1200, "madame")]).facts();
        assert_eq!(facts.tokens.pause_before, [STRETCH_START, 400]);
    }

    #[test]
    fn negators_and_clause_words_are_flagged() {
        let facts = call().spreads("a", 0, 900, "je ne peux pas mais ne quittez pas").facts();
        assert_eq!(flagged(&facts, flag::NEGATOR), ["ne", "pas"]);
        assert_eq!(flagged(&facts, flag::CLAUSE), ["mais"]);
    }
}

mod disfluencies {
    use super::*;
    use grille_evidence::facts::CallFacts;

    /// The tokens that do not count by themselves, and (token, length, reach, sure) of every repeat.
    type Skips = (Vec<usize>, Vec<(usize, u32, u32, bool)>);

    fn skips(facts: &CallFacts) -> Skips {
        let skips = || facts.tokens.skips.iter().enumerate();
        let repeats = skips().flat_map(|(at, skip)| skip.repeats().map(move |r| (at, r.length, r.reach, r.sure)));
        (skips().filter(|(_, skip)| skip.is_filler()).map(|(at, _)| at).collect(), repeats.collect())
    }

    fn of(words: &str) -> Skips {
        skips(&call().spreads("a", 0, 9000, words).facts())
    }

    #[test]
    fn fillers_and_cut_words_do_not_count() {
        assert_eq!(of("je euh vous bon- bonj\u{2011} b-. - att"), (vec![1, 3, 4, 5], vec![]));
        assert_eq!(of("06- est-ce rendez-vous -jour"), (vec![], vec![]));
        let facts = call().spreads("a", 0, 900, "bon bon- ne-").facts();
        assert_eq!(facts.tokens.vocabulary.iter().map(|t| &**t).collect::<Vec<_>>(), ["bon", "bon-", "ne-"]);
        assert!(flagged(&facts, flag::NEGATOR).is_empty());
    }

    #[test]
    fn an_open_word_is_cut_if_the_next_begins_anew() {
        assert_eq!(of("bonj… bonjour bonj— bonj-- bonjour").0, [0, 3]);
        assert_eq!(of("bonj… madame bonjour… bonjour").0, [] as [usize; 0]);
        let unheard = call().says("a", &[(0, 100, "bonj…"), (100, 200, "bonjour")]).heard(&[900, 100]).facts();
        assert!(skips(&unheard).0.is_empty());
    }

    #[test]
    fn repeats_are_of_one_to_three_tokens_with_fillers_between() {
        assert_eq!(of("a a a").1, [(1, 1, 1, true), (2, 1, 1, true)]);
        assert_eq!(of("a b euh a euh b c").1, [(5, 3, 5, true)]);
        assert_eq!(of("a b c a b c").1, [(5, 3, 5, true)]);
        assert_eq!(of("a b c d a b c d").1, []);
        assert_eq!(of("[x] [x] j'ai j'ai").1, [(5, 2, 3, true)]);
    }

    #[test]
    fn a_repeat_is_sure_if_all_of_it_is_heard() {
        let words = [(0, 100, "a"), (100, 200, "euh"), (200, 300, "a")];
        for (confidences, sure) in [([900, 900, 900], true), ([900, 100, 900], false), ([100, 900, 900], false)] {
            let facts = call().says("a", &words).heard(&confidences).facts();
            assert_eq!(skips(&facts).1, [(2, 1, 2, sure)]);
        }
    }

    #[test]
    fn nothing_is_repeated_across_turns() {
        let facts = call().says("a", &[(0, 100, "mot"), (6000, 6100, "mot")]).facts();
        assert_eq!(skips(&facts).1, []);
    }
}

mod hearing {
    use super::*;
    use grille_evidence::call::Call;
    use grille_evidence::call::{Word, WordKind};
    use grille_evidence::facts::Hearing;
    use grille_evidence::locale::LocalePack;

    fn ten(confidences: &[u16; 10]) -> Call {
        let words: Vec<_> = (0..10).map(|k| (k * 100, k * 100 + 100, "mot")).collect();
        call().says("a", &words).heard(confidences)
    }

    fn dark(call: &Call) -> Vec<(i32, i32, u32, u32)> {
        let facts = call.facts();
        facts.speakers[0].dark.iter().map(|d| (d.start, d.end, d.from_token, d.to_token)).collect()
    }

    #[test]
    fn eight_of_ten_are_enough_and_seven_are_not() {
        assert_eq!(dark(&ten(&[900, 499, 900, 900, 500, 900, 499, 900, 900, 900])), []);
        let seven = ten(&[900, 499, 900, 900, 499, 900, 499, 900, 900, 900]);
        assert_eq!(dark(&seven), [(100, 700, 1, 7)]);
        assert_eq!(seven.facts().speakers[0].heard, (7, 10));
        assert_eq!(flagged(&seven.facts(), flag::HEARD).len(), 7);
    }

    #[test]
    fn fewer_than_ten_are_one_window() {
        let call = call().says("a", &[(0, 100, "un"), (100, 200, "deux"), (200, 300, "trois")]);
        assert_eq!(dark(&call.heard(&[900, 100, 900])), [(100, 200, 1, 2)]);
    }

    #[test]
    fn windows_are_united() {
        let words: Vec<_> = (0..14).map(|k| (k * 100, k * 100 + 100, "mot")).collect();
        let mut confidences = [900; 14];
        for unheard in [0, 4, 8, 12] {
            confidences[unheard] = 0;
        }
        assert_eq!(dark(&call().says("a", &words).heard(&confidences)), [(0, 1300, 0, 13)]);
    }

    #[test]
    fn unreadable_words_count_among_the_ten() {
        let confidences = [900, 499, 900, 900, 900, 900, 900, 499, 900, 900];
        let mut call = ten(&confidences);
        assert_eq!(dark(&call), []);
        call.segments[4].words[0] = Word { kind: WordKind::Unknown, ..call.segments[4].words[0].clone() };
        assert_eq!(dark(&call), [(100, 800, 1, 8)]);
    }

    #[test]
    fn an_unreadable_word_is_dark_by_itself() {
        let call = call().says("a", &[(0, 100, "un"), (100, 200, "[bruit]"), (200, 300, "trois")]);
        assert_eq!(dark(&call), [(100, 200, 1, 2)]);
        let facts = call.facts();
        assert_eq!(facts.tokens.text, [0, UNKNOWN_TOKEN, 1]);
        assert_eq!(facts.tokens.flags.iter().map(|f| f & 3).collect::<Vec<_>>(), [1, 2, 1]);
        assert_eq!(facts.speakers[0].heard, (2, 3));
        assert_eq!(facts.words.iter().map(|w| w.confidence).collect::<Vec<_>>(), [1000, u32::MAX, 1000]);
    }

    #[test]
    fn unrated_words_are_heard_and_their_absence_is_told_only_on_trust() {
        let mut call = call().says("a", &[(0, 100, "un")]).says("c", &[(200, 300, "deux")]);
        call.source.words = WordOrigin::Recognised;
        assert_eq!(dark(&call), [(0, 300, 0, 1)]);
        let facts = call.facts();
        let customer = DarkStretch { start: 0, end: 300, from_token: 1, to_token: 2, unrated: true };
        assert_eq!(facts.speakers[1].dark, [customer]);
        assert_eq!(flagged(&facts, flag::HEARD), ["un", "deux"]);
        let trusting = Hearing { trust_unrated_words: true, ..Hearing::default() };
        let trusted = super::super::derive(&call, LocalePack::for_tag("fr").unwrap(), trusting);
        assert!(trusted.speakers.iter().all(|s| s.dark.is_empty()));
    }
}

mod some_words_lack_what_others_have {
    use super::*;
    use grille_evidence::facts::Hearing;
    use grille_evidence::locale::LocalePack;

    #[test]
    fn of_a_source_that_rates_words_one_without_a_confidence_is_not_heard() {
        let mut call = call().says("a", &[(0, 100, "un"), (100, 200, "soixante"), (200, 300, "trois")]);
        call = call.heard(&[900, 900, 900]);
        call.source.words = WordOrigin::Recognised;
        call.segments[1].words[0].confidence_thousandths = None;
        let facts = call.facts();
        assert_eq!(flagged(&facts, flag::HEARD), ["un", "trois"]);
        let dark = DarkStretch { start: 100, end: 200, from_token: 1, to_token: 2, unrated: false };
        assert_eq!(facts.speakers[0].dark, [dark], "two of three words are less than 80 %");
        let trusting = Hearing { trust_unrated_words: true, ..Hearing::default() };
        let trusted = super::super::derive(&call, LocalePack::for_tag("fr").unwrap(), trusting);
        assert!(trusted.speakers[0].dark.is_empty());
    }

    #[test]
    fn of_a_source_that_measures_times_a_word_without_lies_between_its_neighbours() {
        let mut call = call().says("a", &[(0, 100, "un"), (100, 200, "soixante"), (700, 800, "trois")]);
        let words = call.segments.drain(1..).flat_map(|segment| segment.words).collect::<Vec<_>>();
        call.segments[0].words.extend(words);
        call.segments[0].end_ms = 800;
        (call.segments[0].words[1].start_ms, call.segments[0].words[1].end_ms) = (None, None);
        let word = call.facts().words[1];
        assert_eq!((word.start_lo, word.start_hi, word.end_lo, word.end_hi), (100, 699, 101, 700));
    }
}

mod questions {
    use super::*;

    #[test]
    fn punctuation_closes_them() {
        let facts = call().spreads("a", 0, 3000, "Bonjour. Vous allez bien? Oui? Très bien.").facts();
        assert_eq!(flagged(&facts, flag::QUESTION), ["vous", "allez", "bien", "oui"]);
        assert_eq!(flagged(&facts, flag::QUESTION_START), ["vous", "oui"]);
        assert_eq!(flagged(&facts, flag::MAYBE_QUESTION), Vec::<&str>::new());
    }

    #[test]
    fn they_begin_with_their_turn() {
        let call = call().says("a", &[(0, 400, "bonjour"), (5500, 5900, "vous"), (5900, 6200, "êtes?")]);
        assert_eq!(flagged(&call.facts(), flag::QUESTION_START), ["vous"]);
    }

    #[test]
    fn without_punctuation_a_form_makes_one() {
        let mut call =
            call().spreads("a", 0, 2000, "est-ce que vous êtes là").spreads("a", 2600, 4000, "je vous écoute");
        call.source.punctuation = false;
        let facts = call.facts();
        assert_eq!(facts.turns.len(), 1);
        assert_eq!(flagged(&facts, flag::QUESTION).join(" "), "est ce que vous êtes là");
        assert_eq!(flagged(&facts, flag::MAYBE_QUESTION).join(" "), "je vous écoute");
        assert_eq!(flagged(&facts, flag::QUESTION_START), ["est", "je"]);
    }

    #[test]
    fn a_form_that_was_not_heard_makes_none() {
        let mut call = call().spreads("a", 0, 2000, "est-ce que vous êtes là").heard(&[200, 900, 900, 900, 900]);
        call.source.punctuation = false;
        assert_eq!(flagged(&call.facts(), flag::QUESTION), Vec::<&str>::new());
        assert_eq!(flagged(&call.facts(), flag::MAYBE_QUESTION).len(), 6);
    }
}

mod speech {
    use super::*;

    #[test]
    fn silences_last_200_ms() {
        let call = call().says("a", &[(0, 400, "bonjour"), (599, 800, "madame")]).says("c", &[(1000, 1100, "allô")]);
        let mut call = call.at(EventKind::Answered, 0);
        call.end_ms = Some(1300);
        let facts = call.facts();
        assert_eq!(bounds(&facts.silences.moments), [(800, 1000, true), (1100, 1300, true)]);
        assert_eq!(facts.silences.dark, []);
    }

    #[test]
    fn silences_may_hide_between_spread_words() {
        let facts = call().spreads("a", 0, 1000, "un deux").spreads("a", 1500, 2000, "trois").facts();
        assert_eq!(bounds(&facts.silences.moments), [(1000, 1500, true)]);
        assert_eq!(facts.silences.dark, [(0, 1000)]);
    }

    #[test]
    fn words_across_the_edge_break_the_silence() {
        let call = call().says("c", &[(0, 600, "allô"), (1000, 1300, "bonjour")]).at(EventKind::Answered, 300);
        assert_eq!(bounds(&call.facts().silences.moments), [(600, 1000, true)]);
    }

    #[test]
    fn overlaps_last_200_ms() {
        let call = call().says("a", &[(0, 400, "un"), (400, 800, "deux"), (2000, 2300, "trois")]);
        let facts = call.says("c", &[(300, 600, "quatre"), (2101, 2400, "cinq")]).facts();
        assert_eq!(bounds(&facts.overlaps.moments), [(300, 600, true)]);
        assert_eq!(facts.overlaps.dark, []);
    }

    #[test]
    fn one_s_own_words_do_not_overlap() {
        assert_eq!(call().says("a", &[(0, 900, "un"), (100, 800, "deux")]).facts().overlaps.moments, []);
    }

    #[test]
    fn overlaps_of_spread_words_are_maybe() {
        let call = call().spreads("a", 0, 1000, "un deux").spreads("c", 500, 2000, "trois");
        let facts = call.spreads("a", 1600, 3000, "quatre").facts();
        assert_eq!(bounds(&facts.overlaps.moments), [(500, 1000, false), (1600, 2000, true)]);
        assert_eq!(facts.overlaps.dark, [(500, 1000)]);
    }

    #[test]
    fn a_source_that_cannot_hold_them_cannot_tell() {
        let mut call = call().says("a", &[(0, 900, "un")]).says("c", &[(100, 800, "deux")]);
        call.source.overlap = false;
        assert_eq!(call.facts().overlaps.moments, []);
        assert_eq!(call.facts().overlaps.dark, [(0, 900)]);
    }
}

mod responses {
    use super::*;

    fn gaps(call: &grille_evidence::call::Call) -> Vec<(i32, i32, u32, bool)> {
        call.facts().response_gaps.iter().map(|m| (m.start, m.end, m.origin.0, m.is_sure())).collect()
    }

    #[test]
    fn from_the_end_of_a_turn_to_the_next_one_s_start() {
        let call = call().says("a", &[(0, 400, "bonjour")]).says("c", &[(401, 800, "madame")]);
        assert_eq!(
            gaps(&call.says("a", &[(1500, 1900, "voilà"), (1900, 2000, "madame")])),
            [(400, 401, 1, true), (800, 1500, 0, true)]
        );
    }

    #[test]
    fn none_where_turns_touch_or_overlap() {
        let call = call().says("a", &[(0, 400, "bonjour")]).says("c", &[(400, 800, "madame")]);
        assert_eq!(gaps(&call.says("a", &[(700, 1200, "attendez")])), []);
    }

    #[test]
    fn none_where_a_back_channel_lies_between_or_one_goes_on() {
        let call = call().says("a", &[(0, 400, "bonjour"), (7000, 7400, "madame")]);
        assert_eq!(gaps(&call), []);
        let call = call.says("c", &[(500, 600, "oui"), (8000, 8400, "attendez")]);
        assert_eq!(gaps(&call), [(7400, 8000, 1, true)]);
    }

    #[test]
    fn exact_between_spread_segments() {
        let call = call().spreads("a", 0, 1000, "un deux trois").spreads("c", 1300, 2000, "quatre cinq six");
        assert_eq!(gaps(&call), [(1000, 1300, 1, true)]);
        let facts = call.facts();
        let gap = facts.response_gaps[0];
        assert_eq!(gap, Moment::exact(1000, 1300, Origin::speaker(1)));
    }
}
