//! Expressions and phrases get the shape that the precedences promise.

use super::{items, moment};
use crate::ast::*;

/// The expression in prefix form, short.
fn shape(expr: &Expr) -> String {
    let list = |all: &[Expr]| all.iter().map(shape).collect::<Vec<_>>().join(" ");
    match &expr.kind {
        ExprKind::Name(path) => path.text(),
        ExprKind::It => "it".into(),
        ExprKind::Quantity(q) => format!("{}", q.thousandths / 1000),
        ExprKind::Paren(inner) => format!("[{}]", shape(inner)),
        ExprKind::Says { role, .. } => role.keyword().into(),
        ExprKind::Event(event) => event.keyword().into(),
        ExprKind::TurnOf(role) => format!("turn-{}", role.keyword()),
        ExprKind::QuestionOf(role) => format!("question-{}", role.keyword()),
        ExprKind::Silence | ExprKind::Overlap => format!("{:?}", expr.kind).to_lowercase(),
        ExprKind::ResponseGapOf(role) => format!("gap-{}", role.keyword()),
        ExprKind::Interrupts { interrupter, interrupted, for_at_least } => {
            format!("int-{}-{}-{}", interrupter.keyword(), interrupted.keyword(), for_at_least.is_some())
        }
        ExprKind::Filter { base, filter } => format!("(F {} {})", shape(base), filter_shape(filter)),
        ExprKind::Ordinal { which, base } => format!("({} {})", ordinal_shape(which), shape(base)),
        ExprKind::Attribute { name, test } => format!("call.{}{}", name.text, attribute_shape(test)),
        ExprKind::Then { left, within, right } => {
            format!("(then{} {} {})", u8::from(within.is_some()), shape(left), shape(right))
        }
        ExprKind::Except { left, right } => format!("(except {} {})", shape(left), shape(right)),
        ExprKind::Minus { left, right } => format!("(minus {} {})", shape(left), shape(right)),
        ExprKind::InOrder(all) => format!("(order {})", list(all)),
        ExprKind::Any(base) => format!("(any {})", shape(base)),
        ExprKind::No(base) => format!("(no {})", shape(base)),
        ExprKind::Every { base, filter } => {
            format!("(every {} {})", shape(base), filter.as_ref().map_or("-".into(), filter_shape))
        }
        ExprKind::AtLeast { base, .. } => format!("(atleast {})", shape(base)),
        ExprKind::AtMost { base, .. } => format!("(atmost {})", shape(base)),
        ExprKind::CountOf(base) => format!("(count {})", shape(base)),
        ExprKind::OnlyAfter { left, right } => format!("(only {} {})", shape(left), shape(right)),
        ExprKind::Compare { operator, left, right } => format!("({operator:?} {} {})", shape(left), shape(right)),
        ExprKind::Literal(literal) => match literal {
            Literal::Text(text) => format!("\"{}\"", text.text),
            Literal::Truth(told) => told.to_string(),
            Literal::Date(date) => format!("{}/{}/{}", date.year, date.month, date.day),
        },
        ExprKind::Measure(measure) => measure_shape(measure),
        ExprKind::Between { value, limits } => format!(
            "({}between {} {} {})",
            if limits.negated { "not-" } else { "" },
            shape(value),
            shape(&limits.least),
            shape(&limits.greatest)
        ),
        ExprKind::Conversation => "conversation".into(),
        ExprKind::SpeechActivityOf(voice) => format!("activity-{}", voice.keyword()),
        ExprKind::Not(base) => format!("(not {})", shape(base)),
        ExprKind::And(all) => format!("(and {})", list(all)),
        ExprKind::Or(all) => format!("(or {})", list(all)),
    }
}

fn measure_shape(measure: &Measure) -> String {
    match measure {
        Measure::Total(of) => format!("(total {})", shape(of)),
        Measure::Longest(of) => format!("(longest {})", shape(of)),
        Measure::Shortest(of) => format!("(shortest {})", shape(of)),
        Measure::LengthOf(of) => format!("(length {})", shape(of)),
        Measure::ResponseTimeOf(role) => format!("response-{}", role.keyword()),
        Measure::Aggregate { which, of } => format!("({} {})", which.keyword(), shape(of)),
        Measure::ShareOf { part, whole } => {
            format!("(share {} {})", shape(part), whole.as_ref().map_or("-".into(), |whole| shape(whole)))
        }
        Measure::TalkShareOf(role) => format!("talk-{}", role.keyword()),
        Measure::Sounding { what, voice, within } => {
            let place = within.as_ref().map_or(String::new(), |within| format!(" {}", shape(within)));
            format!("({} {}{place})", what.keywords(), voice.keyword())
        }
        Measure::PercentOf { share, of } => format!("({}% {})", share.thousandths / 1000, shape(of)),
        Measure::PerMinute(of) => format!("(per-min {})", shape(of)),
        Measure::RelativeToBaseline(of) => format!("(relative {})", shape(of)),
        Measure::In(left, right) => format!("(in {} {})", shape(left), shape(right)),
    }
}

fn ordinal_shape(which: &Ordinal) -> String {
    let count = |n: &Option<Quantity>| n.as_ref().map_or(0, |n| n.thousandths / 1000);
    match which {
        Ordinal::First(n) => format!("first{}", count(n)),
        Ordinal::Last(n) => format!("last{}", count(n)),
        other => format!("{other:?}"),
    }
}

fn written(value: &Written) -> String {
    match value {
        Written::Word(value) | Written::Day(value) => value.text.clone(),
        Written::Text(value) => format!("'{}'", value.text),
        Written::Quantity(quantity) => format!("{}", quantity.thousandths / 1000),
    }
}

fn attribute_shape(test: &AttributeTest) -> String {
    match test {
        AttributeTest::Bare => String::new(),
        AttributeTest::Known { negated } => format!("{}known", if *negated { "!" } else { "=" }),
        AttributeTest::Is { values, negated } => {
            let values: Vec<String> = values.iter().map(written).collect();
            format!("{}{}", if *negated { "!" } else { "=" }, values.join("/"))
        }
    }
}

fn filter_shape(filter: &Filter) -> String {
    match &filter.kind {
        FilterKind::WithinFirst(_) => "first".into(),
        FilterKind::WithinLast(_) => "last".into(),
        FilterKind::StartingWithinFirst(_) => "start".into(),
        FilterKind::WithinTurns { edge, count, role } => {
            format!("{edge:?}-turns{}-{}", u8::from(count.is_some()), role.keyword())
        }
        FilterKind::WordsOf { right, .. } => format!("words {}", shape(right)),
        FilterKind::Lasting { length, .. } => format!("{length:?}"),
        FilterKind::Answered { with, .. } => format!("answered{}", u8::from(with.is_some())),
        FilterKind::Unanswered(_) => "unanswered".into(),
        FilterKind::LeftOpen(_) => "open".into(),
        FilterKind::UnlessNegated => "unless".into(),
        FilterKind::Where { field, test, negated } => {
            let wanted = match test {
                FieldTest::Given => "given".to_owned(),
                FieldTest::Is(values) => values.iter().map(written).collect::<Vec<_>>().join("/"),
                FieldTest::Order(operator, value) => format!("{operator:?} {}", written(value)),
            };
            format!("{}{}={wanted}", if *negated { "not-" } else { "" }, field.text)
        }
        FilterKind::After { within, right, negated } => {
            format!("{}after{} {}", if *negated { "not-" } else { "" }, u8::from(within.is_some()), shape(right))
        }
        FilterKind::Before { within, right, negated } => {
            format!("{}before{} {}", if *negated { "not-" } else { "" }, u8::from(within.is_some()), shape(right))
        }
        FilterKind::Placed { place, right } => format!("{place:?} {}", shape(right)),
    }
}

const ORDERED: &str = "(and (Third a) (not (order a (first0 (F b after1 c)) (then0 c d))) e)";

#[test]
fn precedence() {
    for (written, wanted) in [
        ("a or b and not c", "(or a (and b (not c)))"),
        ("a or b or c", "(or a b c)"),
        ("a or (b or c)", "(or a [(or b c)])"),
        ("not a and b", "(and (not a) b)"),
        ("count of (a or b) >= 2 and c", "(and (GreaterOrEqual (count [(or a b)]) 2) c)"),
        ("count of a ≤ 2", "(LessOrEqual (count a) 2)"),
        ("a is not b", "(NotEqual a b)"),
        ("a within first 2 turns of agent", "(F a First-turns1-agent)"),
        ("a within first turn of customer", "(F a First-turns0-customer)"),
        (
            "a starting within first n turns of agent within last 3 turns of bot",
            "(F (F a StartingFirst-turns1-agent) Last-turns1-bot)",
        ),
        (
            "question of customer answered within 5 s with (\"oui\" or p) within first 10 s",
            "(F (F question-customer answered1) first)",
        ),
        ("no a unanswered within 5 s or b left open for 2 s", "(or (no (F a unanswered)) (F b open))"),
        ("first a within 1 word of b", "(first0 (F a words b))"),
        ("first a within first 10 s", "(first0 (F a first))"),
        ("first 3 a then within 5 s b", "(then1 (first3 a) b)"),
        ("a then b then within 5 s c", "(then1 (then0 a b) c)"),
        ("call.vip and not call.queue is support", "(and call.vip (not call.queue=support))"),
        ("call.wait is known and call.wait <= 30 s or a", "(or (and call.wait=known (LessOrEqual call.wait 30)) a)"),
        ("call.opened before 2026-01-01", "(Less call.opened 2026/1/1)"),
        ("call.opened after 2026-01-01 or call.wait > d", "(or (Greater call.opened 2026/1/1) (Greater call.wait d))"),
        ("call.queue is not one of (a, \"b c\", hold)", "call.queue!a/'b c'/hold"),
        ("call.wait is not known", "call.wait!known"),
        ("call.opened before call.closed", "(Less call.opened call.closed)"),
        ("longest hold <= 130 % of call.usual", "(LessOrEqual (longest hold) (130% call.usual))"),
        ("call.wait is longest hold", "(Equal call.wait (longest hold))"),
        ("call.wait is not call.usual and a", "(and (NotEqual call.wait call.usual) a)"),
        ("call.wait is délai", "call.wait=délai"),
        ("call.queue is shared", "call.queue=shared"),
        ("hung up by customer or a", "(or (F hung up by=customer) a)"),
        ("transfer to billing where kind is not warm and a", "(and (F (F transfer to=billing) not-kind=warm) a)"),
        ("note where length >= 30 s and a", "(and (F note length=GreaterOrEqual 30) a)"),
        ("note where category is not one of (a, b)", "(F note not-category=a/b)"),
        ("note where day before 2026-01-01", "(F note day=Less 2026-01-01)"),
        ("hold where reason is given before a", "(F (F hold reason=given) before0 a)"),
        ("every hold is where reason is \"x y\"", "(every hold reason='x y')"),
    ] {
        assert_eq!(shape(&moment(written)), wanted, "{written}");
    }
}

#[test]
fn precedence_of_chains_and_filters() {
    for (written, wanted) in [
        ("a except b except c", "(except (except a b) c)"),
        ("any a then b", "(any (then0 a b))"),
        ("at least 2 a unless negated and no b", "(and (atleast (F a unless)) (no b))"),
        ("every a is preceded within 15 s by b", "(every a after1 b)"),
        ("every a is not followed within 15 s by (b or c)", "(every a not-before1 [(or b c)])"),
        ("every a then b is longer than 3 s", "(every (then0 a b) LongerThan)"),
        ("a within first 10 s during b", "(F (F a first) During b)"),
        ("turn of agent outside (a or b)", "(F turn-agent Outside [(or a b)])"),
        ("every a is overlapping hold", "(every a Overlapping hold)"),
        ("a minus b minus c", "(minus (minus a b) c)"),
        ("any last 3 a minus (b then c)", "(any (minus (last3 a) [(then0 b c)]))"),
        ("third a and not in order: a, first b within 5 s after c, c then d and e", ORDERED),
        ("(in order: a, (b or c)) or in order: a", "(or [(order a [(or b c)])] (order a))"),
        ("a only after b", "(only a b)"),
        ("a within 15 s before it", "(F a before1 it)"),
        ("a unless negated within last 30 s after b", "(F (F (F a unless) last) after0 b)"),
        ("hold lasting at least 3 s not preceded within d by a", "(F (F hold AtLeast) not-after1 a)"),
        ("hung up then within 1 h recording paused", "(then1 hung up recording paused)"),
        ("response gap of agent longer than 1,5 s", "(F gap-agent LongerThan)"),
        ("turn of customer shorter than limite", "(F turn-customer ShorterThan)"),
        (
            "agent interrupts customer or agent interrupts bot for at least 1 s",
            "(or int-agent-customer-false int-agent-bot-true)",
        ),
        ("agent says \"a\" with pauses up to 3 s starting within first 10 %", "(F agent start)"),
        ("last a or second b", "(or (last0 a) (Second b))"),
        ("at least 3 turn of agent", "(atleast turn-agent)"),
    ] {
        assert_eq!(shape(&moment(written)), wanted, "{written}");
    }
}

#[test]
fn measures_and_comparisons() {
    for (written, wanted) in [
        ("total hold <= 30 s", "(LessOrEqual (total hold) 30)"),
        ("longest hold longer than 1 s < 2 min and a", "(and (Less (longest (F hold LongerThan)) 2) a)"),
        ("share of a then within 5 s b in conversation > 5 %", "(Greater (share (then1 a b) conversation) 5)"),
        ("share of first a in last b >= 5 %", "(GreaterOrEqual (share (first0 a) (last0 b)) 5)"),
        ("share of a >= 5 %", "(GreaterOrEqual (share a -) 5)"),
        ("count of hold per min <= 2 per min", "(LessOrEqual (per-min (count hold)) 2)"),
        ("mean response time of agent <= 2 s", "(LessOrEqual (mean response-agent) 2)"),
        ("p90 length of hold is not between 1 s and 20 s", "(not-between (p90 (length hold)) 1 20)"),
        ("max length of hold between 1 s and limite or b", "(or (between (max (length hold)) 1 limite) b)"),
        ("min length of hold = 5 min", "(Equal (min (length hold)) 5)"),
        (
            "speech rate of agent in a <= 130 % of speech rate of agent",
            "(LessOrEqual (speech rate agent a) (130% (speech rate agent)))",
        ),
        ("level of both in a >= -10 dBFS", "(GreaterOrEqual (level both a) -10)"),
        (
            "mean level of customer in a relative to own baseline > 6 dB",
            "(Greater (relative (mean (level customer a))) 6)",
        ),
        ("pitch of customer <= −2 semitones", "(LessOrEqual (pitch customer) -2)"),
        ("speech activity of agent before hold", "(F activity-agent before0 hold)"),
        ("talk share of agent <= 60 %", "(LessOrEqual talk-agent 60)"),
        (
            "a is \"x\" or b is not true or c >= 2026-07-01",
            "(or (Equal a \"x\") (NotEqual b true) (GreaterOrEqual c 2026/7/1))",
        ),
    ] {
        assert_eq!(shape(&moment(written)), wanted, "{written}");
    }
}

#[test]
fn numbers_are_exact() {
    let value = |written: &str| match moment(written).kind {
        ExprKind::Quantity(quantity) => (quantity.thousandths, quantity.unit),
        other => panic!("{other:?}"),
    };
    assert_eq!(value("1,5 s"), (1500, Unit::Second));
    assert_eq!(value("1.0005 s"), (1000, Unit::Second));
    assert_eq!(value("1.0015 s"), (1002, Unit::Second));
    assert_eq!(value("1.00050001 min"), (1001, Unit::Minute));
    assert_eq!(value("10\u{A0}%"), (10_000, Unit::Percent));
    assert_eq!(value("10\u{202F}%"), (10_000, Unit::Percent));
    assert_eq!(value("800ms"), (800_000, Unit::Millisecond));
    assert_eq!(value("12"), (12_000, Unit::None));
    assert_eq!(value("3 turns"), (3000, Unit::Turn));
}

fn parts(phrase: &str) -> Vec<PhrasePartKind> {
    match moment(&format!("agent says {phrase}")).kind {
        ExprKind::Says { phrase: PhraseExpr::Quoted(phrase), .. } => {
            phrase.parts.into_iter().map(|part| part.kind).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn word(text: &str) -> PhrasePartKind {
    PhrasePartKind::Word(text.to_owned())
}

#[test]
fn phrases() {
    let wanted = [word("s'il"), word("vous"), word("plaît"), PhrasePartKind::Gap(3), word("e-mail"), word("3,5")];
    assert_eq!(parts("\"s'il vous plaît, ..3 e-mail ; 3,5 !\""), wanted);
    assert_eq!(parts("«\u{A0}bonjour madame »"), [word("bonjour"), word("madame")]);
    assert_eq!(parts("“aujourd’hui”"), [word("aujourd’hui")]);
    assert_eq!(
        parts("\"rembours* ~payer\""),
        [PhrasePartKind::Prefix("rembours".into()), PhrasePartKind::Inflected("payer".into())]
    );
    let [PhrasePartKind::Optional(group), PhrasePartKind::Optional(one), PhrasePartKind::Lexicon(path)] =
        &parts("\"(a|b c)? d? {std.x}\"")[..]
    else {
        panic!()
    };
    assert!(matches!(&group.kind, PhrasePartKind::OneOf(all) if all.len() == 2 && all[1].len() == 2));
    assert_eq!(one.kind, word("d"));
    assert_eq!(path.text(), "std.x");
}

#[test]
fn phrase_places_are_bytes_of_the_file() {
    let text = "grille 1 en\nmoment m = agent says « é (à|b) {l} »\n";
    let file = super::file(text);
    let parse = super::read(text);
    let Some(Item::Moment(MomentDef { value: Expr { kind: ExprKind::Says { phrase, .. }, .. }, .. })) =
        parse.module.items.first()
    else {
        panic!()
    };
    let PhraseExpr::Quoted(phrase) = phrase else { panic!() };
    let words: Vec<&str> = phrase.parts.iter().map(|part| file.slice(part.span)).collect();
    assert_eq!(words, ["é", "(à|b)", "{l}"]);
    assert_eq!((phrase.text.text.as_str(), file.slice(phrase.text.span)), ("é (à|b) {l}", "« é (à|b) {l} »"));
    let PhrasePartKind::Lexicon(path) = &phrase.parts[2].kind else { panic!() };
    assert_eq!(file.slice(path.span), "l");
}

#[test]
fn calls_and_expectations() {
    let parse = items(
        "test \"t\" {\n call {\n  0:02 agent \"ça va ? (oui|non)\"\n  1:02:03,250-1:02:04 customer \"b\"\n  unknown hold\n  \
         hung up 75:30\n }\n expect a not met because said by another\n expect b cannot tell because times unsure\n \
         expect c score between 40 % and 60 %\n expect d no score\n expect e grade bon\n expect f not applicable\n \
         expect g met because m too many by 2\n}\n",
    );
    assert_eq!(parse.diagnostics, []);
    let Some(Item::Test(test)) = parse.module.items.first() else { panic!() };
    let CallLineKind::Turn { start, end: None, speaker, words, heard: None } = &test.call.lines()[0].kind else {
        panic!()
    };
    assert_eq!((speaker.role, speaker.name.as_ref()), (Some(Role::Agent), None));
    assert_eq!((start.millis, words.text.as_str()), (2000, "ça va ? (oui|non)"));
    let CallLineKind::Turn { start, end: Some(end), .. } = &test.call.lines()[1].kind else { panic!() };
    assert_eq!((start.millis, end.millis), (3_723_250, 3_724_000));
    assert!(matches!(test.call.lines()[2].kind, CallLineKind::Unknown(NotCarried::Event(EventKind::Hold))));
    assert!(matches!(test.call.lines()[3].kind, CallLineKind::Event { event: EventKind::HungUp, end: None, .. }));
    let kinds: Vec<&ExpectationKind> = test.expectations.iter().map(|one| &one.kind).collect();
    let because = |kind: &ExpectationKind| match kind {
        ExpectationKind::Verdict { because: Some(because), .. } => because.reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(because(kinds[0]), ReasonWord::SaidByAnother);
    assert_eq!(because(kinds[1]), ReasonWord::TimesUnsure);
    assert!(matches!(kinds[2], ExpectationKind::Score { or: None, .. }));
    assert!(matches!(kinds[3], ExpectationKind::NoScore { or: None }));
    assert!(matches!(kinds[4], ExpectationKind::Grade(_)));
    assert!(matches!(kinds[5], ExpectationKind::Verdict { verdict: VerdictWord::NotApplicable, because: None, .. }));
    assert_eq!(because(kinds[6]), ReasonWord::TooMany);
}

#[test]
fn lines_of_a_call_say_what_its_source_can_tell() {
    let parse = items(
        "test \"t\" {\n call {\n 0:02 colleague Paul \"a\" heard 40 %\n 0:03 unknown \"b\"\n 0:04 unknown S1 \"b\"\n \
         hung up 0:05 by customer\n transfer 0:06 to billing where kind is warm\n dtmf 0:07 where digits is \"1#\"\n \
         unknown overlap unknown punctuation unknown transfer to\n unknown transfer\n words recognised times by turn\n \
         times spread\n subject Paul\n }\n expect a cannot tell because roles unknown\n}\n",
    );
    assert_eq!(parse.diagnostics, []);
    let Some(Item::Test(test)) = parse.module.items.first() else { panic!() };
    let kinds: Vec<&CallLineKind> = test.call.lines().iter().map(|line| &line.kind).collect();
    let CallLineKind::Turn { speaker, heard: Some(heard), .. } = kinds[0] else { panic!() };
    assert_eq!((speaker.role, heard.thousandths, heard.unit), (Some(Role::Colleague), 40_000, Unit::Percent));
    assert_eq!(speaker.name.as_ref().map(|name| name.text.as_str()), Some("Paul"));
    let CallLineKind::Turn { speaker, .. } = kinds[2] else { panic!() };
    assert_eq!((speaker.role, speaker.name.as_ref().map(|name| name.text.as_str())), (None, Some("S1")));
    let CallLineKind::Event { fields, .. } = kinds[3] else { panic!() };
    assert!(matches!(fields.as_slice(), [GivenField::By(by)] if by.role == Some(Role::Customer)));
    let CallLineKind::Event { fields, .. } = kinds[4] else { panic!() };
    assert_eq!(fields.len(), 2);
    let not_carried: Vec<&NotCarried> = kinds
        .iter()
        .filter_map(|kind| match kind {
            CallLineKind::Unknown(what) => Some(what),
            _ => None,
        })
        .collect();
    assert!(matches!(
        not_carried.as_slice(),
        [NotCarried::Overlap, NotCarried::Punctuation, NotCarried::Field(EventKind::Transfer, field), NotCarried::Event(_)]
            if field.text == "to"
    ));
    assert!(matches!(
        kinds[10..],
        [
            CallLineKind::Recognised,
            CallLineKind::Times(TimesWord::ByTurn),
            CallLineKind::Times(TimesWord::Spread),
            CallLineKind::Subject(_)
        ]
    ));
}

#[test]
fn several_entries_stand_on_one_line_and_grades_on_several() {
    let parse = items(
        "scorecard c {\n section \"x\" { a 10 points, partly 5  b 3 }\n grades {\n bon from 80 %\n mauvais below 80 %\n }\n}\n",
    );
    assert_eq!(parse.diagnostics, []);
    let Some(Item::Scorecard(card)) = parse.module.items.first() else { panic!() };
    assert_eq!((card.sections[0].entries.len(), card.grades.len()), (2, 2));
}
