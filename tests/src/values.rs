//! Random comparisons of values as source text, both sides of one dimension.

use crate::choices::Choices;
use crate::criteria::{ROLES, moments};

const AGGREGATES: &[&str] = &["mean", "median", "p90", "min", "max"];
const OPERATORS: &[&str] = &["<", "<=", ">", ">=", "is", "is not"];

/// Dimensions, each with constants of it.
const DIMENSIONS: &[(&str, &[&str])] = &[
    ("time", &["1 ms", "300 ms", "1 s", "1,5 s", "3 s", "10 s"]),
    ("time", &["200 ms", "500 ms", "900 ms", "2 s"]),
    ("share", &["0 %", "10 %", "33,3 %", "50 %", "100 %"]),
    ("rate", &["40 words/min", "120 words/min", "3 words/s"]),
    ("often", &["2 per min", "20 per min"]),
];

/// A comparison; `it` may stand in it if there is an occasion.
pub fn comparison(choices: &mut Choices<'_>, it: bool) -> String {
    let (dimension, constants) = *choices.pick(DIMENSIONS);
    let left = value(choices, dimension, it);
    let constant = *choices.pick(constants);
    if choices.chance(15) {
        return format!("{left} {}between {constant} and {}", choices.pick(&["", "is not "]), choices.pick(constants));
    }
    let operator = *choices.pick(OPERATORS);
    let given = match dimension {
        "time" => "call.délai",
        "share" => "call.remise",
        _ => left.as_str(),
    };
    match choices.below(6) {
        4 => format!("{left} {operator} {given}"),
        5 => format!("{given} {operator} 130 % of ({left})"),
        0 => format!("{left} {operator} {}", value(choices, dimension, it)),
        1 => {
            let share = *choices.pick(&["50", "100", "130"]);
            format!("{left} {operator} {share} % of ({})", value(choices, dimension, it))
        }
        2 => format!("{constant} {operator} {left}"),
        _ => format!("{left} {operator} {constant}"),
    }
}

fn value(choices: &mut Choices<'_>, dimension: &str, it: bool) -> String {
    let role = *choices.pick(ROLES);
    let set = |choices: &mut Choices<'_>| format!("({})", moments(choices, 2, it));
    match dimension {
        "time" => match choices.below(5) {
            0 => format!("total {}", set(choices)),
            1 => format!("{} {}", choices.pick(&["longest", "shortest"]), set(choices)),
            2 => format!("{} response time of {role}", choices.pick(AGGREGATES)),
            _ => format!("{} length of {}", choices.pick(AGGREGATES), set(choices)),
        },
        "share" => match choices.below(4) {
            0 => format!("talk share of {role}"),
            1 => format!("speech rate of {role} in {} relative to own baseline", set(choices)),
            2 => format!("share of {} in conversation", set(choices)),
            _ => format!("share of {} in {}", set(choices), set(choices)),
        },
        "rate" if choices.chance(40) => format!("speech rate of {role}"),
        "rate" => format!("speech rate of {role} in {}", set(choices)),
        _ => format!("count of {} per min", set(choices)),
    }
}
