//! Random criteria as source text, well typed by construction: every construct of the language over a small
//! vocabulary, so that matches are frequent.

use crate::choices::Choices;
use crate::values;

/// Words that criteria and calls are made of.
pub const WORDS: &[&str] = &[
    "bonjour",
    "madame",
    "oui",
    "d'accord",
    "ne",
    "pas",
    "jamais",
    "mais",
    "euh",
    "attente",
    "attend",
    "attendez",
    "code",
    "deux",
    "vingt",
    "mai",
    "euros",
    "12",
    "m'appelle",
    "B",
];
const CLASSES: &[&str] = &["<number>", "<amount>", "<date>", "<digits>", "<digits 2..4>", "<name>", "<spelled>"];
/// Whose words and turns there are.
pub const ROLES: &[&str] = &["agent", "customer", "colleague"];
const DURATIONS: &[&str] = &["200 ms", "500 ms", "1 s", "2 s", "5 s", "1 min"];

/// What random criteria read of the call as a whole.
pub const ATTRIBUTES: &str = "attributes {
    file: one of (code, attente)
    vip: boolean
    délai: duration
    ouvert: date or unknown
    essais: count or unknown
    langue: text
    remise: share
}

event note {
    sujet: one of (code, attente)
    durée: duration
    payé: boolean
}";

/// A file with a lexicon, a moment and some criteria.
pub fn file(choices: &mut Choices<'_>) -> String {
    let mut text = format!("grille 1 en\nlocale fr-FR\n\n{ATTRIBUTES}\n\nlexicon lexique {{\n");
    for _ in 0..=choices.below(3) {
        text.push_str(&format!("    {}\n", phrase(choices)));
    }
    if choices.chance(40) {
        text.push_str(&format!("    but not {}\n", phrase(choices)));
    }
    text.push_str(&format!(
        "}}\n\nmoment instant = {}\n",
        moments(choices, 1, false).replace("instant", "hold").replace("étape", "silence")
    ));
    text.push_str(&phase(choices));
    for number in 0..=choices.below(3) {
        text.push_str(&format!("criterion c{number} {{\n{}}}\n\n", clauses(choices)));
    }
    text
}

/// The clauses of a criterion.
pub fn clauses(choices: &mut Choices<'_>) -> String {
    let mut text = String::new();
    let mut clause = |choices: &mut Choices<'_>, words: &str, percent: usize| {
        if choices.chance(percent) {
            let condition = condition(choices, 2, false);
            text.push_str(&format!("    {words} {condition}\n"));
        }
    };
    clause(choices, "applies when", 30);
    clause(choices, "not met when", 30);
    clause(choices, "excused when", 20);
    if choices.chance(35) {
        let (trigger, expect) = (moments(choices, 2, false), condition(choices, 2, true));
        let once = if choices.chance(40) { format!(" once per {}", choices.pick(DURATIONS)) } else { String::new() };
        text.push_str(&format!("    whenever {trigger}{once}\n    expect {expect}\n"));
        steps(choices, true, &mut text);
    } else {
        text.push_str(&format!("    met when {}\n", condition(choices, 2, false)));
        steps(choices, false, &mut text);
    }
    text
}

/// None, one or several steps of partly met, each worth less than the one before.
fn steps(choices: &mut Choices<'_>, occasions: bool, text: &mut String) {
    for number in 0..*choices.pick(&[0, 0, 1, 1, 2, 3]) {
        let condition = if occasions && choices.chance(60) {
            format!("at least {} % of them", 1 + choices.below(100))
        } else {
            condition(choices, 1, false)
        };
        text.push_str(&format!("    partly met {} % when {condition}\n", 90 - 20 * number));
    }
}

/// The declaration of a phase under the name `étape`.
pub fn phase(choices: &mut Choices<'_>) -> String {
    let end = *choices.pick(&["", " or end"]);
    let mut bound = || moments(choices, 1, false).replace("étape", "hold");
    format!("phase étape = from {} until {}{end}\n\n", bound(), bound())
}

/// A condition; `it` may stand in it if there is an occasion.
pub fn condition(choices: &mut Choices<'_>, depth: usize, it: bool) -> String {
    if depth > 0 && choices.chance(40) {
        let left = condition(choices, depth - 1, it);
        return match choices.below(3) {
            0 => format!("({left}) and ({})", condition(choices, depth - 1, it)),
            1 => format!("({left}) or ({})", condition(choices, depth - 1, it)),
            _ => format!("not ({left})"),
        };
    }
    if choices.chance(30) {
        return values::comparison(choices, it);
    }
    if choices.chance(10) {
        return attribute(choices);
    }
    let set = moments(choices, 2, it);
    match choices.below(9) {
        8 => {
            let more: Vec<String> =
                (0..=choices.below(2)).map(|_| format!(", ({})", moments(choices, 1, it))).collect();
            format!("in order: ({set}){}", more.concat())
        }
        0 => format!("no ({set})"),
        1 => format!("at least {} ({set})", choices.below(4)),
        2 => format!("at most {} ({set})", choices.below(4)),
        3 => {
            let operator = *choices.pick(&["<=", ">=", "=", "≠", ">"]);
            format!("count of ({set}) {operator} {}", choices.below(4))
        }
        4 => format!("({set}) only after ({})", moments(choices, 1, it)),
        5 => format!("every ({set}) is {}", filter(choices, it)),
        _ => format!("any ({set})"),
    }
}

/// A condition on an attribute, guarded where it may be unknown.
fn attribute(choices: &mut Choices<'_>) -> String {
    let order = *choices.pick(&["<=", ">=", "<", ">", "is", "is not"]);
    match choices.below(9) {
        0 => format!("call.file {} code", choices.pick(&["is", "is not"])),
        1 => "call.file is not one of (attente, code)".to_owned(),
        2 => "call.vip".to_owned(),
        3 => format!("call.délai {order} {}", choices.pick(DURATIONS)),
        4 => format!("call.langue is \"{}\"", choices.pick(&["FR", "de"])),
        5 => format!("call.remise {order} 12.5 %"),
        6 => format!("call.ouvert is known and call.ouvert {} 2026-01-15", choices.pick(&["before", "after", "is"])),
        7 => format!("call.essais is not known or call.essais {order} 2"),
        _ => "call.essais is known".to_owned(),
    }
}

/// Words of one of the roles, each with words of any of them nearby.
fn near_in_words(choices: &mut Choices<'_>) -> String {
    let role = *choices.pick(ROLES);
    let said: Vec<String> = ROLES.iter().map(|role| format!("{role} says {}", phrase(choices))).collect();
    format!("({role} says {} within {} words of ({}))", phrase(choices), choices.below(4), said.join(" or "))
}

/// What somebody says, and who speaks next.
fn dialogue(choices: &mut Choices<'_>) -> String {
    let role = *choices.pick(ROLES);
    let base = match choices.below(4) {
        0 => format!("turn of {role}"),
        1 | 2 => format!("question of {role}"),
        _ => format!("{role} says {}", phrase(choices)),
    };
    let d = *choices.pick(DURATIONS);
    match choices.below(5) {
        0 => format!("({base} answered within {d})"),
        1 => format!("({base} answered within {d} with {})", phrase(choices)),
        2 => format!("({base} answered within {d} with ({} or lexique))", phrase(choices)),
        3 => format!("({base} unanswered within {d})"),
        _ => format!("({base} left open for {d})"),
    }
}

/// Moments, operators nested no deeper than `depth`.
pub fn moments(choices: &mut Choices<'_>, depth: usize, it: bool) -> String {
    if depth > 0 && choices.chance(8) {
        return near_in_words(choices);
    }
    if depth > 0 && choices.chance(10) {
        return dialogue(choices);
    }
    if depth == 0 || choices.chance(35) {
        return source(choices, it);
    }
    let base = moments(choices, depth - 1, it);
    match choices.below(9) {
        8 => format!("(({base}) minus ({}))", moments(choices, depth - 1, it)),
        0 => format!("(({base}) or ({}))", moments(choices, depth - 1, it)),
        1 => format!("(({base}) except ({}))", moments(choices, depth - 1, it)),
        2 => format!("(({base}) then within {} ({}))", choices.pick(DURATIONS), moments(choices, depth - 1, it)),
        3 => format!("({} ({base}))", choices.pick(&["first", "last", "second", "third", "first 2", "last 2"])),
        _ => format!("(({base}) {})", filter(choices, it)),
    }
}

fn filter(choices: &mut Choices<'_>, it: bool) -> String {
    let d = *choices.pick(DURATIONS);
    let other = |choices: &mut Choices<'_>| format!("({})", source(choices, it));
    match choices.below(15) {
        14 => {
            let edge = *choices.pick(&["within first", "within last", "starting within first"]);
            format!("{edge} {}turns of {}", choices.pick(&["1 ", "2 ", "3 "]), choices.pick(ROLES))
        }
        0 => format!("within first {d}"),
        1 => format!("within last {d}"),
        2 => format!("starting within first {d}"),
        3 => format!("within first {} %", 1 + choices.below(100)),
        4 => format!("lasting at least {d}"),
        5 => format!("shorter than {d}"),
        6 => format!("within {d} after {}", other(choices)),
        7 => format!("within {d} before {}", other(choices)),
        8 => format!("not followed within {d} by {}", other(choices)),
        9 => format!("not preceded within {d} by {}", other(choices)),
        10..=12 => format!("{} {}", choices.pick(&["during", "outside", "overlapping"]), other(choices)),
        _ => format!("{} {}", choices.pick(&["before", "after"]), other(choices)),
    }
}

fn source(choices: &mut Choices<'_>, it: bool) -> String {
    let role = *choices.pick(ROLES);
    match choices.below(if it { 16 } else { 14 }) {
        0 => event(choices),
        1 => "silence".to_owned(),
        2 => {
            let rare = ["overlap", "transfer", "instant", "étape", "conversation", "speech activity of agent"];
            (*choices.pick(&rare)).to_owned()
        }
        3 => format!("{} of {role}", choices.pick(&["turn", "question"])),
        4 => format!("response gap of {role}"),
        5 => format!("agent interrupts customer for at least {}", choices.pick(DURATIONS)),
        6 => format!("{role} says lexique"),
        7 => format!("{role} asks {}", phrase(choices)),
        8 | 9 => format!("{role} says {} unless negated", phrase(choices)),
        10 => format!("{role} says ({} or lexique)", phrase(choices)),
        11 => format!("{role} says {} with pauses up to {}", phrase(choices), choices.pick(DURATIONS)),
        12 => format!("{role} says {}", phrase(choices)),
        13 if choices.chance(40) => format!("{role} says sounding like \"attente\""),
        13 => format!("{role} says exactly {}", phrase(choices)),
        _ => "it".to_owned(),
    }
}

/// An event, perhaps with what it says of itself.
fn event(choices: &mut Choices<'_>) -> String {
    let is = *choices.pick(&["is", "is not"]);
    match choices.below(11) {
        7 => "note".to_owned(),
        8 => format!("note where sujet {is} {}", choices.pick(&["code", "attente", "given", "one of (code, attente)"])),
        9 => format!("note where durée {} {}", choices.pick(&["<=", ">=", "<", ">"]), choices.pick(DURATIONS)),
        10 => format!("note where payé {is} {}", choices.pick(&["true", "given"])),
        0 => format!("hold where reason {is} {}", choices.pick(&["code", "attente", "given"])),
        1 => format!("hung up by {}", choices.pick(ROLES)),
        2 => format!("transfer to {}", choices.pick(&["code", "attente"])),
        3 => format!("transfer where kind {is} {}", choices.pick(&["warm", "cold", "given"])),
        4 => format!("dtmf where digits {is} \"1\""),
        _ => "hold".to_owned(),
    }
}

fn phrase(choices: &mut Choices<'_>) -> String {
    let mut parts = vec![word(choices)];
    for _ in 0..choices.below(3) {
        match choices.below(6) {
            0 => parts.push(format!("..{}", 1 + choices.below(3))),
            1 => parts.push(format!("{}?", word(choices))),
            2 => parts.push(format!("({}|{} {})", word(choices), word(choices), word(choices))),
            3 => parts.push("_".to_owned()),
            _ => {}
        }
        parts.push(word(choices));
    }
    format!("\"{}\"", parts.join(" "))
}

fn word(choices: &mut Choices<'_>) -> String {
    match choices.below(11) {
        10 => (*choices.pick(CLASSES)).to_owned(),
        0 => "attend*".to_owned(),
        1 => "~attendre".to_owned(),
        _ => (*choices.pick(WORDS)).to_owned(),
    }
}
