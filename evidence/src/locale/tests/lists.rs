//! The lists: tidy files, honest headings, and what the packs answer from them.

use crate::locale::sequences::STEPS;
use crate::locale::{LocalePack, data, words};
use crate::truth::Truth;

fn french() -> &'static LocalePack {
    LocalePack::for_tag("fr").expect("a French pack")
}

fn english() -> &'static LocalePack {
    LocalePack::for_tag("en").expect("an English pack")
}

fn cut(pack: &LocalePack, text: &str) -> Vec<String> {
    pack.tokens(text)
}

fn is_back_channel(pack: &LocalePack, text: &str) -> bool {
    let tokens = cut(pack, text);
    pack.is_back_channel(&tokens.iter().map(String::as_str).collect::<Vec<_>>())
}

fn negators(pack: &LocalePack, text: &str) -> Vec<String> {
    let tokens = cut(pack, text);
    let found = pack.negators_in(&tokens.iter().map(|token| Some(token.as_str())).collect::<Vec<_>>());
    found.into_iter().map(|(at, told)| (tokens[at].clone(), told)).map(surely).collect()
}

/// Nothing is left open where every word is told.
fn surely((token, told): (String, Truth)) -> String {
    assert_eq!(told, Truth::Yes, "{token}");
    token
}

fn asks(pack: &LocalePack, text: &str) -> bool {
    let tokens = cut(pack, text);
    !pack.question_forms_in(&tokens.iter().map(String::as_str).collect::<Vec<_>>()).is_empty()
}

#[test]
fn the_language_subtag_decides() {
    for tag in ["fr", "fr-FR", "fr-CA", "FR", "fr_BE", "Fr-Latn-CH"] {
        assert_eq!(LocalePack::for_tag(tag).map(LocalePack::language), Some("fr"), "{tag}");
    }
    for tag in ["en", "en-US", "EN-gb"] {
        assert_eq!(LocalePack::for_tag(tag).map(LocalePack::language), Some("en"), "{tag}");
    }
    for tag in ["", "de", "fra", "french", "e", "-fr", "frr"] {
        assert!(LocalePack::for_tag(tag).is_none(), "{tag}");
    }
    let packs = LocalePack::tags().iter().map(|tag| LocalePack::for_tag(tag).map(LocalePack::language));
    assert!(packs.eq(LocalePack::tags().iter().map(|tag| Some(*tag))));
}

#[test]
fn files_are_sorted_without_duplicates_and_name_their_source() {
    for (language, lists) in [("fr", &data::FRENCH), ("en", &data::ENGLISH)] {
        for (name, text) in lists {
            let entries: Vec<&str> = data::entries(lists, name).collect();
            assert!(entries.is_sorted_by(|a, b| a < b), "{language}/{name}: {entries:?}");
            assert!(text.lines().any(|line| line.starts_with("# SOURCE: ")), "{language}/{name}");
            assert!(text.lines().all(|line| line == line.trim() && !line.is_empty()), "{language}/{name}");
            assert!(text.ends_with('\n'), "{language}/{name}");
        }
    }
}

#[test]
fn every_entry_survives_normalisation_and_no_two_become_one() {
    for (pack, lists) in [(french(), &data::FRENCH), (english(), &data::ENGLISH)] {
        for (name, _) in
            lists.iter().filter(|(name, _)| !name.starts_with("elision") && !["inflections", "sounds"].contains(name))
        {
            let mut seen = std::collections::BTreeSet::new();
            for entry in data::entries(lists, name) {
                let tokens = words::tokens(entry, &pack.elision);
                assert!(!tokens.is_empty(), "{name}: {entry}");
                let single = ["negators", "clause-words", "fillers"].contains(name);
                assert!(!single || tokens.len() == 1, "{name}: {entry} is {tokens:?}");
                assert!(seen.insert(tokens), "{name}: {entry} twice");
            }
        }
    }
}

#[test]
fn an_idle_negation_holds_a_negator_and_an_idle_question_a_form() {
    for pack in [french(), english()] {
        for entry in pack.idle_negations() {
            assert!(entry.iter().any(|token| pack.is_negator(token)), "{entry:?}");
        }
        for entry in pack.idle_questions() {
            let tokens: Vec<&str> = entry.iter().map(String::as_str).collect();
            assert!(!pack.question_forms.occurrences(&tokens).is_empty(), "{entry:?}");
        }
    }
}

#[test]
fn back_channels_are_whole_runs_of_entries() {
    for text in
        ["oui", "D’accord", "ah d'accord", "oui oui oui", "très bien", "ok. parfait !", "hum hum", "Tout à fait"]
    {
        assert!(is_back_channel(french(), text), "{text}");
    }
    for text in ["", "d'", "accord", "oui bonjour", "non", "oui mais", "tout à", "très", "c'est"] {
        assert!(!is_back_channel(french(), text), "{text}");
    }
    for text in ["yeah", "Uh-huh.", "oh I see", "mm-hmm right", "OK, got it", "that's right"] {
        assert!(is_back_channel(english(), text), "{text}");
    }
    for text in ["", "no", "i", "see", "yes but", "right now", "hello"] {
        assert!(!is_back_channel(english(), text), "{text}");
    }
}

#[test]
fn negators_negate_and_idle_negations_do_not() {
    assert_eq!(negators(french(), "je n'ai jamais demandé votre code"), ["n'", "jamais"]);
    assert_eq!(negators(french(), "sans votre accord, ni le mien"), ["sans", "ni"]);
    assert!(negators(french(), "ne quittez pas je vous mets en attente").is_empty());
    assert!(negators(french(), "pas de souci, n'hésitez pas, c'est bien ça n'est-ce pas").is_empty());
    assert_eq!(negators(french(), "je ne quitte jamais, ne quittez pas"), ["ne", "jamais"]);
    assert!(negators(french(), "la personne vous rappelle en plus").is_empty());
    assert_eq!(negators(english(), "I don’t need it, we will NEVER ask"), ["don't", "never"]);
    assert!(negators(english(), "no problem don't worry it's your card isn't it").is_empty());
    assert!(english().is_negator("cannot") && english().is_negator("can't") && english().is_negator("won't"));
}

#[test]
fn clause_words_and_fillers_are_single_tokens() {
    assert!(["mais", "donc", "puisqu'"].iter().all(|token| french().is_clause_word(token)));
    assert!(["et", "que", "maison"].iter().all(|token| !french().is_clause_word(token)));
    assert!(["euh", "heu", "hein"].iter().all(|token| french().is_filler(token)));
    assert!(["bon", "eu", "alors"].iter().all(|token| !french().is_filler(token)));
    assert!(["but", "because"].iter().all(|token| english().is_clause_word(token)));
    assert!(["uh", "um", "erm"].iter().all(|token| english().is_filler(token)));
    assert!(["like", "well", "a"].iter().all(|token| !english().is_filler(token)));
}

#[test]
fn question_forms_ask_and_idle_questions_do_not() {
    for text in
        ["est-ce qu'il respire", "Qu’est-ce qui se passe", "combien de temps", "pouvez-vous répéter", "puis-je avoir"]
    {
        assert!(asks(french(), text), "{text}");
    }
    for text in [
        "vous pouvez vous connecter",
        "c'est ce que je disais",
        "quel que soit le jour",
        "et puis je vous passe",
        "il est il est là",
        "qui va",
    ] {
        assert!(!asks(french(), text), "{text}");
    }
    for text in ["can I have your name", "what's your date of birth", "thank you could you spell it", "how long"] {
        assert!(asks(english(), text), "{text}");
    }
    for text in ["what i'll do is call you", "that's why", "so do you", "should you need us", "the reason is that"] {
        assert!(!asks(english(), text), "{text}");
    }
}

/// Regular verbs in -er, -ger, -cer, -ir and -dre: every form of the present, the imperfect, the future and the participles is
/// joined to the infinitive by its stem, or is the form that the table of endings adds.
#[test]
fn an_infinitive_joins_its_regular_forms() {
    let french = french();
    let endings = [
        ("er", "e es ons ez ent ais ait ions iez aient erai era erons erez eront é ée és ées ant"),
        ("ir", "is it issons issez issent issais issait issions issaient irai ira irons irez iront issant"),
        ("dre", "dons dez dent dais dait dions diez daient drai dra drons drez dront dant"),
    ];
    let verbs = [
        "annuler",
        "confirmer",
        "rappeler",
        "vérifier",
        "rembourser",
        "résilier",
        "écouter",
        "proposer",
        "aider",
        "activer",
    ];
    let verbs = verbs.iter().chain(&[
        "changer",
        "échanger",
        "avancer",
        "annoncer",
        "finir",
        "choisir",
        "attendre",
        "répondre",
        "entendre",
    ]);
    let mut apart = Vec::new();
    for verb in verbs {
        let (ending, forms) = endings.iter().find(|(ending, _)| verb.ends_with(ending)).expect("a model");
        let base = verb.strip_suffix(ending).expect("its base");
        for form in forms.split(' ') {
            let soft = form.starts_with(['a', 'o']);
            let base = match (base.strip_suffix('c'), base.ends_with('g')) {
                (Some(base), _) if soft => format!("{base}ç"),
                (_, true) if soft => format!("{base}e"),
                _ => base.to_owned(),
            };
            let form = format!("{base}{form}");
            let joined = french.stem(&form) == french.stem(verb) || french.more_forms(verb).contains(&form);
            if !joined {
                apart.push(format!("{verb}: {form}"));
            }
        }
    }
    assert_eq!(apart, [] as [&str; 0]);
    assert_eq!(french.more_forms("annulez"), ["annulent", "annulons"]);
    assert_eq!(french.more_forms("mais"), [] as [&str; 0]);
    assert!(english().more_forms("cancel").is_empty());
}

#[test]
fn hashes_differ_and_are_blake3_in_hex() {
    let (fr, en) = (french().hash(), english().hash());
    assert_ne!(fr, en);
    assert!([fr, en].iter().all(|hash| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())));
}

#[test]
fn a_comment_does_not_change_the_hash_and_an_entry_does() {
    let hash = |text| data::hash("fr", "v", &[("negators", text)]);
    assert_eq!(hash("# a\npas\n"), hash("# b\npas\n"));
    assert_ne!(hash("pas\n"), hash("pas\nrien\n"));
}

#[test]
fn the_lock_file_holds_the_versions_that_the_hash_names() {
    let lock = include_str!("../../../../Cargo.lock").replace("\r\n", "\n");
    for (name, version) in [("rust-stemmers", "1.2.0"), ("caseless", "0.2.2")] {
        assert!(crate::locale::ALGORITHMS.contains(&format!("{name} {version}")));
        assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"")), "{name}: raise ALGORITHMS");
    }
}

/// Steps taken by some work.
fn steps(work: impl FnOnce()) -> u64 {
    let before = STEPS.with(std::cell::Cell::get);
    work();
    STEPS.with(std::cell::Cell::get) - before
}

#[test]
fn the_work_on_one_long_turn_grows_as_n_log_n() {
    let pack = LocalePack::for_tag("fr").unwrap();
    let of = |count: usize, texts: [&'static str; 4]| {
        let tokens: Vec<&str> = texts.into_iter().cycle().take(count).collect();
        // Now and then there is a word that nobody can tell.
        let told: Vec<Option<&str>> = (1..).zip(&tokens).map(|(at, text)| (at % 50 != 0).then_some(*text)).collect();
        steps(|| drop((pack.negators_in(&told), pack.question_forms_in(&tokens))))
    };
    for texts in [["ne", "quittez", "pas", "ne"], ["vous", "pouvez", "vous", "pouvez"]] {
        let (once, four_times) = (of(8000, texts), of(32_000, texts));
        assert!(once > 8000, "{once} steps: nothing is counted");
        assert!(four_times * 10 < once * 55, "{once} steps for 8,000 tokens, {four_times} for 32,000");
    }
}
