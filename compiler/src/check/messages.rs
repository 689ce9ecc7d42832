//! Every finding of checking, one constructor a code. Texts are for QA designers: the user's words in backticks,
//! lower case, no full stop, how to mend it. Knows nothing of how findings are come by.

mod guard_rails;

pub use guard_rails::*;

use grille_grammar::diagnostic::{Code, Diagnostic, FixSafety};
use grille_grammar::source::Span;

pub(super) fn listed(names: &[String]) -> String {
    names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
}

fn did_you_mean(near: Option<&str>) -> Option<String> {
    near.map(|name| format!("did you mean `{name}`?"))
}

fn with_help(diagnostic: Diagnostic, help: Option<String>) -> Diagnostic {
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// A name that nothing has.
#[must_use]
pub fn unknown_name(name: &str, near: Option<&str>, span: Span) -> Diagnostic {
    let found = Diagnostic::new(Code::E0201, format!("nothing here is called `{name}`"), span, "not known");
    let found = match near {
        Some(near) => found.fix(span, near, FixSafety::Suggested),
        None => found,
    };
    let missing = || "declare it in this file, or add a `use` line for the module that has it".to_owned();
    with_help(found, Some(did_you_mean(near).unwrap_or_else(missing)))
}

/// Two declarations of one name.
#[must_use]
pub fn declared_twice(name: &str, first: Span, second: Span) -> Diagnostic {
    twice(format!("`{name}` is declared twice"), first, second, "give one of them another name")
}

/// Entries of a lexicon for one locale, in two places.
#[must_use]
pub fn variant_twice(tag: &str, first: Span, second: Span) -> Diagnostic {
    twice(format!("this lexicon has two parts for `{tag}`"), first, second, "put their lines into one")
}

fn twice(what: String, first: Span, second: Span, help: &str) -> Diagnostic {
    Diagnostic::new(Code::E0202, what, second, "declared again here").and_label(first, "declared here first").help(help)
}

/// A module that is not there.
#[must_use]
pub fn no_such_module(name: &str, why: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0203, format!("cannot use `{name}`: {why}"), span, "this module")
        .help("a library module is written `use std.name`; a file is written `use \"folder/file.grille\" as name`, from the folder of this file")
}

/// Modules that use each other.
#[must_use]
pub fn module_cycle(names: &[String], span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0204,
        format!("these files use each other in a circle: {}", listed(names)),
        span,
        "closes the circle",
    )
    .help("move what both need into a third file, and let both use that")
}

/// A declaration that is defined by itself.
#[must_use]
pub fn defined_by_itself(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0205, format!("`{name}` is defined by itself"), span, "needs itself to be known")
        .help("say it with words or events, not with its own name")
}

/// A name of the wrong kind.
#[must_use]
pub fn wrong_kind(name: &str, is: &str, wanted: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0206, format!("`{name}` is {is}, and {wanted} is wanted here"), span, is).help(help)
}

/// A locale that has no pack.
#[must_use]
pub fn unknown_locale(tag: &str, known: &[&str], span: Span) -> Diagnostic {
    let known: Vec<String> = known.iter().map(|k| (*k).to_owned()).collect();
    Diagnostic::new(Code::E0207, format!("there is no locale `{tag}` yet"), span, "not known")
        .help(format!("known languages are {}; a country may follow: `fr-FR`, `en-GB`", listed(&known)))
}

/// No locale is given.
#[must_use]
pub fn no_locale(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0208, "the file does not say what language is spoken on the calls", span, "phrases need it")
        .help("add a second line such as `locale fr-FR` or `locale en-US`")
}

/// `it` where there is no occasion.
#[must_use]
pub fn it_outside_expect(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0209, "`it` means the occasion of a `whenever`, and there is none here", span, "which one?")
        .help("use `it` only in `expect`, below a `whenever`; elsewhere name what you mean")
}

/// A field that an event does not have.
#[must_use]
pub fn unknown_field(name: &str, event: &str, known: &[&str], near: Option<&str>, span: Span) -> Diagnostic {
    let found = Diagnostic::new(Code::E0210, format!("`{event}` does not say `{name}` of itself"), span, "not known");
    let known: Vec<String> = known.iter().map(|field| (*field).to_owned()).collect();
    let help = match known.as_slice() {
        [] => format!(
            "nothing of the kind can be asked of it; a kind of your own says what it is declared to say: `event … {{ {name}: text }}`"
        ),
        some => format!("what can be asked of it is {}", listed(some)),
    };
    match near {
        Some(near) => found.help(format!("did you mean `{near}`? {help}")).fix(span, near, FixSafety::Suggested),
        None => found.help(help),
    }
}

/// A value that is none of a closed list.
#[must_use]
pub fn unknown_choice(value: &str, near: Option<&str>, help: &str, span: Span) -> Diagnostic {
    let found = Diagnostic::new(Code::E0211, format!("`{value}` cannot stand here"), span, "not on the list");
    match near {
        Some(near) => found.help(format!("did you mean `{near}`? {help}")).fix(span, near, FixSafety::Suggested),
        None => found.help(help),
    }
}

/// An attribute that no file declares.
#[must_use]
pub fn unknown_attribute(name: &str, near: Option<&str>, span: Span) -> Diagnostic {
    let what = format!("no attribute `{name}` of calls is declared");
    let found = Diagnostic::new(Code::E0212, what, span, "not declared");
    match near {
        Some(near) => found.help(format!("did you mean `call.{near}`?")).fix(span, near, FixSafety::Suggested),
        None => found.help(format!("declare it in this file or in one that it uses: `attributes {{ {name}: text }}`")),
    }
}

/// An attribute declared in two ways, or given twice.
#[must_use]
pub fn attribute_twice(what: &str, first: Option<Span>, second: Span) -> Diagnostic {
    let found = Diagnostic::new(Code::E0214, what, second, "and here again");
    let found = match first {
        Some(first) => found.and_label(first, "here first"),
        None => found,
    };
    found.help("a call has one attribute of a name, of one type and with one value: keep one of the two lines, or make them alike")
}

/// A declaration of an attribute that cannot be.
#[must_use]
pub fn unfit_attribute(what: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0343, what, span, "this attribute").help(help)
}

/// An attribute that may be unknown, asked where it may be so.
#[must_use]
pub fn unguarded(name: &str, written: &str, span: Span) -> Diagnostic {
    let start = Span { end: span.start, ..span };
    Diagnostic::new(
        Code::E0341,
        format!("`call.{name}` may be unknown, and nothing says that it is known here"),
        span,
        "perhaps unknown",
    )
    .help(format!(
        "write `call.{name} is known and {written}`, or give the criterion `applies when call.{name} is known`"
    ))
    .fix(start, format!("call.{name} is known and "), FixSafety::Suggested)
}

/// Whether something is known that every call must have.
#[must_use]
pub fn always_known(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0342,
        format!("`call.{name}` is declared as always known: a call without it cannot be told"),
        span,
        "always known",
    )
    .help(format!("take this out, or declare it as one that may be unknown: `{name}: … or unknown`"))
}

/// An attribute asked for what its type has not.
#[must_use]
pub fn unlike_attribute(what: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0344, what, span, "does not fit its type").help(help)
}

/// People of a test's call who cannot be who they are said to be.
#[must_use]
pub fn who_is_who(what: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0213, what, span, "who is this?").help(help)
}

/// What events say of themselves, asked of something else.
#[must_use]
pub fn no_event(filter: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0340, format!("`{filter}` is asked of something that is no event"), span, "of what event?")
        .help("only `hold`, `transfer`, `recording paused`, `dtmf`, `answered` and `hung up` say more of themselves: `hung up by customer`, `transfer to billing`, `hold where reason is \"lunch\"`")
}

/// A call that a test names and that cannot be used.
#[must_use]
pub fn call_not_usable(path: &str, why: &str, mend: Option<&str>, span: Span) -> Diagnostic {
    let usual = "a call file is written `call from \"folder/call.json\"`, from the folder of this file";
    Diagnostic::new(Code::E0215, format!("cannot use the call `{path}`: {why}"), span, "this call")
        .help(mend.unwrap_or(usual))
}

/// A file of `test each` that cannot be read.
#[must_use]
pub fn table_not_read(path: &str, why: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0216, format!("cannot read the table `{path}`: {why}"), span, "this table").help(
        "a table is a CSV file as spreadsheets save it (“CSV UTF-8”), named from the folder of this file: `with from \"cases.csv\"`",
    )
}

/// Moments where a condition is wanted, or the reverse.
#[must_use]
pub fn wrong_type(found: &str, wanted: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0301, format!("this is {found}, and {wanted} is wanted here"), span, found).help(help)
}

/// `every` without `is`.
#[must_use]
pub fn every_without_is(base: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0302, "`every` must say what each one is", span, "every one of these is what?")
        .help(format!("for instance `every {base} is preceded within 15 s by …`, or `any {base}` if one is enough"))
}

/// A comparison of unlike things, and what was meant, where it can be guessed.
#[must_use]
pub fn unlike_comparison(left: &str, right: &str, meant: Option<&str>, span: Span) -> Diagnostic {
    let help = match meant {
        Some(meant) => format!("write `{meant}`"),
        None => {
            "compare a measure with a number, such as `count of (agent says \"merci\") >= 2` or `longest hold <= 60 s`"
                .to_owned()
        }
    };
    Diagnostic::new(Code::E0303, format!("{left} cannot be compared with {right}"), span, "unlike things").help(help)
}

/// A phrase that could match nothing, or begins or ends in a gap.
#[must_use]
pub fn empty_phrase(what: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0304, what, span, "this phrase").help(help)
}

/// A phrase that is too long.
#[must_use]
pub fn long_phrase(what: &str, limit: u32, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0305, format!("this phrase is too long: {what}, and the limit is {limit}"), span, "too long")
        .help("cut it into shorter phrases, joined by `then within …`")
}

/// What cannot be told by its sound.
#[must_use]
pub fn no_sound(what: &str, span: Span) -> Diagnostic {
    let help = "a word needs three sounds, and those of four to six may differ by one; write short words, and parts such as `..3`, in a phrase without `sounding like`";
    Diagnostic::new(Code::E0320, what, span, "not by its sound").help(help)
}

/// A filter that this pattern cannot have.
#[must_use]
pub fn unfit_filter(filter: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0306, format!("`{filter}` cannot stand after this"), span, "does not fit").help(help)
}

/// A lexicon without entries.
#[must_use]
pub fn empty_lexicon(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0307, format!("the lexicon `{name}` has no phrase that counts"), span, "empty")
        .help("write one phrase a line, each in quotes")
}

/// A criterion without a clause that decides.
#[must_use]
pub fn nothing_decides(name: &str, what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0308, format!("`{name}` {what}"), span, "this criterion")
        .help("add `met when …`, `not met when …`, or `whenever …` with `expect …`")
}

/// A parameter without a value, or of an unknown type.
#[must_use]
pub fn unfit_parameter(name: &str, what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0309, format!("the parameter `{name}` {what}"), span, "this parameter")
        .help("write its type and its value: `délai: duration = 10 s`, `part: share = 50 %`, `nombre: count = 2`")
}

/// `in order` of one thing.
#[must_use]
pub fn order_of_one(member: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0310, "`in order` needs two things or more, separated by commas", span, "only one thing")
        .help(format!("write what comes after it, for instance `in order: {member}, hold`, or `any {member}` if it is enough that it is there"))
}

/// Many values where one is wanted.
#[must_use]
pub fn many_values(words: &str, span: Span) -> Diagnostic {
    let message = format!("`{words}` is many values, one each time, and one is wanted here");
    Diagnostic::new(Code::E0330, message, span, "which of them?")
        .help(format!("say which: `mean {words}`, `median {words}`, `p90 {words}`, `min {words}` or `max {words}`"))
}

/// `mean` and the like over what is not many values.
#[must_use]
pub fn nothing_to_aggregate(which: &str, words: &str, is_value: bool, span: Span) -> Diagnostic {
    let (message, help) = if is_value {
        let help = format!("take `{which}` away, or take it over many: `{which} response time of agent`");
        (format!("`{which}` has one value here, and wants many"), help)
    } else {
        let help = format!("say what of them is measured: `{which} length of {words}`");
        (format!("`{which}` does not say what is measured of `{words}`"), help)
    };
    Diagnostic::new(Code::E0331, message, span, "of which values?").help(help)
}

/// An operator that a value cannot have.
#[must_use]
pub fn unfit_operator(operator: &str, found: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0332, format!("`{operator}` cannot stand with {found}"), span, "does not fit").help(help)
}

/// `share of` without its whole.
#[must_use]
pub fn share_of_what(part: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0333, "`share of` does not say in what", span, "a share of what?")
        .help(format!("write `share of {part} in conversation`, or another moment in the place of `conversation`"))
        .fix(Span { start: span.end, ..span }, " in conversation", FixSafety::Suggested)
}

/// `in` behind what takes no place.
#[must_use]
pub fn stray_in(left: &str, right: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0334, format!("`{left}` is not measured `in` something"), span, "`in` does not fit here")
        .help(format!("`in` stands in `share of … in …` and behind a speech rate, a level or a pitch; to keep only what lies there, write `{left} during {right}`"))
}

/// Words counted on a channel that holds two voices.
#[must_use]
pub fn words_of_both(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0335, "words are somebody's, not those of `both`", span, "whose words?")
        .help("name one: `speech rate of agent`, `speech rate of customer`")
}

/// Values of two dimensions compared.
#[must_use]
pub fn two_dimensions(left: &str, right: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0403, format!("{left} cannot be compared with {right}"), span, "two kinds of values")
        .help(help)
}

/// An order of values that have none.
#[must_use]
pub fn no_order(what: &str, sign: &str, mended: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0404, format!("`{sign}` asks for an order, and {what} has none"), span, "not more, not less")
        .help(format!("ask whether it is so: `{mended}`, or `is not`"))
}

/// A date that does not exist.
#[must_use]
pub fn no_such_date(written: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0405, format!("there is no day `{written}`"), span, "no such day")
        .help("a date is year, month and day: `2026-07-01`")
}

/// A number without its unit.
#[must_use]
pub fn no_unit(number: &str, wanted: &str, example: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0401, format!("`{number}` has no unit, and {wanted} is wanted here"), span, "of what?")
        .help(format!("say which: `{example}`"))
        .fix(span, example, FixSafety::Suggested)
}

/// A unit that does not fit.
#[must_use]
pub fn wrong_unit(found: &str, wanted: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0402, format!("`{found}` is not {wanted}"), span, format!("{wanted} is wanted here"))
        .help(help)
}

/// A window that can never hold anything.
#[must_use]
pub fn empty_window(what: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0501, what, span, "never holds").help(help)
}

/// No declared use, or one that is not on the list.
#[must_use]
pub fn unfit_use(found: Option<&str>, known: &[&str], span: Span) -> Diagnostic {
    let known: Vec<String> = known.iter().map(|k| (*k).to_owned()).collect();
    let message = match found {
        Some(word) => format!("scores cannot be used for `{word}`"),
        None => "the scorecard does not say what its scores are used for".to_owned(),
    };
    let help = format!(
        "write `used for` and one of {}; there is no default, and discipline, pay and ranking are not on the list: whoever is scored must know the purpose (GDPR art. 5(1)(b))",
        listed(&known)
    );
    Diagnostic::new(Code::E0601, message, span, "for what?").help(help)
}

/// No version.
#[must_use]
pub fn no_version(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0602, format!("the scorecard `{name}` has no version"), span, "which version?")
        .help("add a line such as `version 1.0.0`, so that a score can name the version it was made with")
}

/// Grades with a gap or an overlap.
#[must_use]
pub fn unfit_grades(what: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0603, what, span, "these grades").help(help)
}

/// Partly met, and nothing says what it is worth.
#[must_use]
pub fn worthless_partly(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0604,
        format!("`{name}` can be partly met, and nothing says what that is worth"),
        span,
        "worth how much?",
    )
    .help("write it here: `10 points, partly 5`; or in the criterion: `partly met 50 % when …`")
}

/// Points that cannot be.
#[must_use]
pub fn unfit_points(what: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0605, what, span, "these points").help(help)
}

/// A criterion counted twice.
#[must_use]
pub fn counted_twice(name: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(Code::E0606, format!("`{name}` is counted twice in this scorecard"), second, "counted again here")
        .and_label(first, "counted here first")
        .help("take one of the two lines out")
}

/// A scorecard that counts nothing.
#[must_use]
pub fn counts_nothing(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0607, format!("the scorecard `{name}` counts no criterion"), span, "counts nothing")
        .help("add a section: `section \"Accueil\" { salue 10 points }`")
}

/// Steps of partly met that say no worth, or do not fall.
#[must_use]
pub fn unfit_steps(what: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0608, what, span, "this step").help(help)
}

/// Points of an entry that do not fit the steps of its criterion.
#[must_use]
pub fn unfit_step_points(what: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0609, what, span, "these points").help(help)
}

/// A value for a parameter that the criterion does not have.
#[must_use]
pub fn unfit_value(name: &str, criterion: &str, known: &[&str], span: Span) -> Diagnostic {
    let help = if known.is_empty() {
        format!("`{criterion}` has no parameters: take the parentheses out, or add `({name}: duration = …)` to it")
    } else {
        let known: Vec<String> = known.iter().map(|k| (*k).to_owned()).collect();
        format!("it has {}", listed(&known))
    };
    let what = format!("`{criterion}` has no parameter `{name}`");
    bad_value(what, span, "not one of its parameters").help(help)
}

fn bad_value(what: String, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(Code::E0610, what, span, label)
}

/// A parameter that is given two values.
#[must_use]
pub fn value_twice(name: &str, first: Span, second: Span) -> Diagnostic {
    bad_value(format!("`{name}` is given two values"), second, "the second one")
        .and_label(first, "the first one")
        .help("keep one")
}

/// Other values of a criterion, and no label to tell it from the criterion itself.
#[must_use]
pub fn unlabelled(name: &str, span: Span) -> Diagnostic {
    let end = Span { start: span.end, ..span };
    Diagnostic::new(
        Code::E0611,
        format!("`{name}` is counted with values of its own here, and has no label"),
        span,
        "what is it called in reports?",
    )
    .help("two lines of one title could not be told apart; add `as \"…\"` behind the values")
    .fix(end, " as \"…\"", FixSafety::Suggested)
}

/// A limit on scorecards, so that scores stay exact and quick.
#[must_use]
pub fn entangled(what: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0612, what, span, "past the limit").help(help)
}

/// Two lines that reports would show under one name.
#[must_use]
pub fn one_name(title: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(Code::E0613, format!("two lines are called “{title}” in reports"), second, "called so, too")
        .and_label(first, "called so here")
        .help("give one of them a label of its own: `as \"…\"`")
}

/// A prohibition without `unless negated`.
#[must_use]
pub fn prohibition_without_negation(span: Span, end: Span) -> Diagnostic {
    Diagnostic::new(
        Code::W0101,
        "this also finds the words when they are denied",
        span,
        "also where somebody says that it is not so",
    )
    .help("add `unless negated` after the phrase, unless denying it is forbidden as well")
    .fix(end, " unless negated", FixSafety::Suggested)
}

/// A declaration that nothing uses.
#[must_use]
pub fn unused(what: &str, name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::W0102, format!("nothing uses the {what} `{name}`"), span, "not used in this file")
        .help("take it out, or use it in a criterion")
}

/// Criteria without a test.
#[must_use]
pub fn untested(names: &[String], span: Span) -> Diagnostic {
    let (have, each) = if names.len() == 1 { ("has", "it") } else { ("have", "each") };
    Diagnostic::new(Code::W0103, format!("{} {have} no test in this file", listed(names)), span, "not tested")
        .help(format!("add a test with a call of a few lines, and what is expected of {each}"))
}
