//! What the grammar waits for, in the words of an author. Knows the rules' names so that nobody else has to.

use super::grammar::{Rule, keyword_of};

/// How many things are named; more would not be read.
const NAMED: usize = 5;

/// Keywords that are told together: where all of the first are wanted, all of the second are one thing.
const TOGETHER: &[(&[Rule], &[Rule], &str)] = &[
    (&[Rule::k_within, Rule::k_unless], FILTERS, "a filter such as `within first 10 s`"),
    (&[Rule::k_then, Rule::k_except], OPERATORS, "an operator such as `then`"),
    (&[Rule::k_applies, Rule::k_met], CLAUSES, "a clause such as `met when`"),
    (&[Rule::k_version, Rule::k_section], CARD, "`version`, `used for`, `section`, `bonus`, `critical` or `grades`"),
    (&[Rule::k_agent, Rule::k_customer], ROLES, "a role such as `agent` or `customer`"),
    (&[Rule::k_hold, Rule::k_dtmf], EVENTS, "an event such as `hold`"),
    (&[Rule::k_met, Rule::k_cannot], VERDICTS, "a verdict such as `met` or `partly met`"),
    (&[Rule::k_late, Rule::k_early], REASONS, "a reason such as `never said` or `late`"),
];

const FILTERS: &[Rule] = &[
    Rule::k_within,
    Rule::k_starting,
    Rule::k_lasting,
    Rule::k_longer,
    Rule::k_shorter,
    Rule::k_unless,
    Rule::k_unanswered,
    Rule::k_left,
    Rule::k_not,
    Rule::k_preceded,
    Rule::k_followed,
    Rule::k_by,
    Rule::k_to,
    Rule::k_where,
    Rule::k_before,
    Rule::k_after,
    Rule::k_during,
    Rule::k_outside,
    Rule::k_overlapping,
];
const OPERATORS: &[Rule] = &[Rule::k_then, Rule::k_except, Rule::k_minus, Rule::k_only, Rule::k_is, Rule::compare];
const CLAUSES: &[Rule] =
    &[Rule::k_applies, Rule::k_excused, Rule::k_met, Rule::k_not, Rule::k_partly, Rule::k_whenever, Rule::k_coaching];
const CARD: &[Rule] =
    &[Rule::k_version, Rule::k_used, Rule::k_section, Rule::k_bonus, Rule::k_critical, Rule::k_grades];
const ROLES: &[Rule] =
    &[Rule::k_agent, Rule::k_colleague, Rule::k_customer, Rule::k_supervisor, Rule::k_bot, Rule::k_other];
const EVENTS: &[Rule] =
    &[Rule::k_hold, Rule::k_transfer, Rule::k_recording, Rule::k_dtmf, Rule::k_answered, Rule::k_hung];
const VERDICTS: &[Rule] = &[Rule::k_met, Rule::k_partly, Rule::k_not, Rule::k_cannot];
const REASONS: &[Rule] = &[
    Rule::k_never,
    Rule::k_resumed,
    Rule::k_late,
    Rule::k_early,
    Rule::k_too,
    Rule::k_negated,
    Rule::k_excluded,
    Rule::k_said,
    Rule::k_happened,
    Rule::k_not,
    Rule::k_times,
    Rule::k_partly,
    Rule::k_cut,
    Rule::k_roles,
    Rule::k_differs,
    Rule::k_missing,
    Rule::k_unfit,
];

/// The rules that would have fitted, in words: "`a`, `b` or a name".
pub(super) fn in_words(wanted: &[Rule]) -> String {
    let mut rules = wanted.to_vec();
    let mut found: Vec<(u8, String)> = Vec::new();
    for (marks, taken, words) in TOGETHER {
        if marks.iter().all(|mark| rules.contains(mark)) {
            rules.retain(|rule| !taken.contains(rule));
            found.push((4, (*words).to_owned()));
        }
    }
    found.extend(rules.iter().filter_map(|rule| friendly(*rule)));
    found.sort();
    found.dedup();
    let more = found.len() > NAMED;
    let words: Vec<String> = found.into_iter().take(NAMED).map(|(_, words)| words).collect();
    match words.split_last() {
        None => "something else".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) if more => format!("{}, {last} and others", rest.join(", ")),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// The keywords among them, and those that their constructs begin with.
pub(super) fn keywords(rules: &[Rule]) -> Vec<String> {
    let mut found: Vec<String> = rules.iter().filter_map(|rule| keyword_of(*rule)).collect();
    for rule in rules {
        found.extend(first_words(*rule).iter().map(|word| (*word).to_owned()));
    }
    found
}

fn first_words(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::filter | Rule::is_filter => &[
            "within",
            "starting",
            "lasting",
            "longer",
            "shorter",
            "unless",
            "answered",
            "unanswered",
            "left",
            "preceded",
            "followed",
            "before",
            "after",
            "during",
            "outside",
            "overlapping",
        ],
        Rule::then => &["then"],
        Rule::only_after => &["only"],
        Rule::compare => &["is"],
        Rule::applies => &["applies"],
        Rule::excused => &["excused"],
        Rule::met => &["met"],
        Rule::not_met => &["not"],
        Rule::partly => &["partly"],
        Rule::whenever => &["whenever"],
        Rule::coaching => &["coaching"],
        Rule::version => &["version"],
        Rule::used_for => &["used"],
        Rule::section => &["section"],
        Rule::critical => &["critical"],
        Rule::bonus => &["bonus"],
        Rule::once_per => &["once"],
        Rule::grades => &["grades"],
        Rule::role | Rule::acts => &["agent", "customer", "colleague", "supervisor", "bot", "other"],
        Rule::event => &["hold", "transfer", "recording", "dtmf", "answered", "hung"],
        Rule::unit => &["points", "seconds", "minutes", "minute", "hours", "words", "turns", "semitones"],
        Rule::but_not => &["but"],
        Rule::at_least | Rule::at_most => &["at"],
        Rule::count_of => &["count"],
        Rule::first => &["first"],
        Rule::last => &["last"],
        Rule::in_order => &["in"],
        Rule::turn_of => &["turn"],
        Rule::question_of => &["question"],
        Rule::response_gap => &["response"],
        Rule::pauses => &["with"],
        Rule::exactly => &["exactly"],
        Rule::sounding => &["sounding"],
        other => first_words_in_tests(other),
    }
}

/// The same of what stands in tests and around attributes.
fn first_words_in_tests(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::expectation => &["expect"],
        Rule::call => &["call"],
        Rule::unknown_line => &["unknown"],
        Rule::recognised_line => &["words"],
        Rule::times_line => &["times"],
        Rule::subject_line => &["subject"],
        Rule::variant | Rule::spoken_line => &["in"],
        Rule::event_field | Rule::own_field => &["where"],
        Rule::optional => &["or"],
        Rule::one_of => &["one"],
        Rule::attribute_test => &["is", "before", "after"],
        Rule::heard => &["heard"],
        Rule::verdict => &["met", "partly", "not", "cannot"],
        Rule::because => &["because"],
        Rule::margin => &["with"],
        Rule::call_file => &["call"],
        Rule::reason => &[
            "never", "late", "early", "negated", "excluded", "said", "happened", "times", "roles", "differs",
            "missing", "unfit", "cut",
        ],
        other => measure_words(other),
    }
}

fn friendly(rule: Rule) -> Option<(u8, String)> {
    let (rank, words) = match rule {
        Rule::EOI | Rule::COMMENT | Rule::WHITESPACE | Rule::in_order => return None,
        Rule::k_expect => (0, "`expect`"),
        Rule::k_and | Rule::k_or => (3, "`and`, `or`"),
        Rule::open_brace => (1, "`{`"),
        Rule::close_paren => (1, "`)`"),
        Rule::colon => (1, "`:`"),
        Rule::equals => (1, "`=`"),
        Rule::close_brace => (9, "`}`"),
        Rule::comma => (8, "`,`"),
        Rule::name => (2, "a name"),
        Rule::any_word => (2, "a word"),
        Rule::path => (3, "a name"),
        Rule::quoted => (2, "a text in quotes"),
        Rule::phrase_group => (4, "`(`"),
        Rule::quantity | Rule::number | Rule::negative | Rule::score_case | Rule::below_zero => (2, "a number"),
        Rule::limit | Rule::bound => (2, "a number with its unit, such as `10 s`"),
        Rule::unit => (6, "a unit such as `s` or `%`"),
        Rule::role => (2, "a role such as `agent` or `customer`"),
        Rule::event | Rule::k_hold => (3, "an event such as `hold`"),
        Rule::filter | Rule::is_filter => (5, "a filter such as `within first 10 s`"),
        Rule::then | Rule::only_after | Rule::compare | Rule::k_except | Rule::k_minus => {
            (6, "an operator such as `then`")
        }
        Rule::expr | Rule::member | Rule::paren | Rule::acts | Rule::turn_of | Rule::response_gap | Rule::occasion => {
            (2, "a moment or a condition such as `agent says \"…\"`")
        }
        Rule::silence | Rule::overlap | Rule::k_any | Rule::k_no | Rule::k_every | Rule::at_least => return None,
        Rule::at_most
        | Rule::at_least_margin
        | Rule::at_most_margin
        | Rule::count_of
        | Rule::first
        | Rule::last
        | Rule::k_second
        | Rule::k_third => return None,
        Rule::applies | Rule::excused | Rule::not_met | Rule::met | Rule::partly | Rule::whenever => {
            (4, "a clause such as `met when`")
        }
        Rule::coaching => (7, "`coaching`"),
        Rule::version | Rule::used_for | Rule::section | Rule::bonus | Rule::critical | Rule::grades => {
            (4, "`version`, `used for`, `section`, `bonus`, `critical` or `grades`")
        }
        Rule::entry | Rule::counted => (3, "a criterion with its points"),
        Rule::grade => (3, "a grade such as `good from 80 %`"),
        Rule::or_end => (5, "`or end`"),
        Rule::parameters | Rule::parameter => (4, "parameters in parentheses"),
        Rule::values | Rule::value => (4, "values in parentheses such as `(délai: 8 s)`"),
        Rule::once_per => (5, "`once per`"),
        Rule::pauses => (7, "`with pauses up to`"),
        Rule::for_at_least => (4, "`for at least`"),
        Rule::but_not => (5, "`but not`"),
        Rule::exactly | Rule::sounding => (8, "`exactly`"),
        other if is_measure(other) => return None,
        other => return of_tests(other),
    };
    Some((rank, words.to_owned()))
}

/// What stands in tests, and the rest.
fn of_tests(rule: Rule) -> Option<(u8, String)> {
    let (rank, words) = match rule {
        Rule::locale_tag => (2, "a locale such as `fr-CA`"),
        Rule::variant => (6, "`in fr-CA { … }`"),
        Rule::version_text => (2, "a version such as `1.0.0`"),
        Rule::of_them => (4, "`at least … of them`"),
        Rule::call => (1, "`call {`"),
        Rule::clock => (2, "a time such as `0:02`"),
        Rule::speaker => (2, "a role such as `agent` or `customer`"),
        Rule::call_name | Rule::attribute | Rule::attribute_value => (5, "an attribute such as `call.queue`"),
        Rule::attribute_test => (7, "`is …`"),
        Rule::declared => (2, "an attribute such as `queue: text`"),
        Rule::order => (6, "`<=`"),
        Rule::one_of => (3, "`one of (…)`"),
        Rule::optional => (7, "`or unknown`"),
        Rule::written | Rule::value_word => (2, "a word, a text in quotes, a number or a day"),
        Rule::where_field | Rule::unknown_field => (2, "a field such as `reason`"),
        Rule::field_value => (2, "a word or a text in quotes"),
        Rule::verdict => (2, "a verdict such as `met` or `partly met`"),
        Rule::reason => (2, "a reason such as `never said` or `late`"),
        Rule::expectation => (3, "`expect`"),
        Rule::turn_line
        | Rule::event_line
        | Rule::unknown_line
        | Rule::recognised_line
        | Rule::times_line
        | Rule::subject_line
        | Rule::spoken_line
        | Rule::own_event_line
        | Rule::attribute_line => (3, "a line of the call such as `0:02-0:04 agent \"…\"`"),
        Rule::expected_score | Rule::no_score | Rule::expected_grade | Rule::expected_points => {
            (4, "`score` or `grade`")
        }
        Rule::because => (5, "`because`"),
        Rule::margin => (6, "`with margin`"),
        Rule::call_file => (1, "`from`"),
        Rule::event_field | Rule::own_field => (7, "`where …`"),
        Rule::heard => (7, "`heard`"),
        other => return keyword_of(other).map(|word| (3, format!("`{word}`"))),
    };
    Some((rank, words.to_owned()))
}

fn measure_words(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::share_of => &["share"],
        Rule::aggregate => &["total", "longest", "shortest", "length", "mean", "median", "p90", "min", "max"],
        Rule::voiced => &["talk", "response", "speech", "level", "pitch"],
        Rule::whole_call => &["conversation"],
        Rule::truth => &["true", "false"],
        Rule::between => &["between"],
        Rule::per_minute => &["per"],
        Rule::to_baseline => &["relative"],
        _ => &[],
    }
}

/// Begins or follows a measure: too many to be listed where anything may stand.
fn is_measure(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::share_of
            | Rule::aggregate
            | Rule::percent_of
            | Rule::voiced
            | Rule::whole_call
            | Rule::truth
            | Rule::date
            | Rule::between
            | Rule::per_minute
            | Rule::each_minute
            | Rule::to_baseline
            | Rule::k_in
            | Rule::k_per
            | Rule::k_relative
            | Rule::k_between
    )
}
