//! The example of the first page is read whole, also when it was typed on another machine.

use super::{PAGE_ONE, items, read};
use crate::ast::*;

fn criterion<'m>(module: &'m Module, name: &str) -> &'m Criterion {
    let found = module.items.iter().find_map(|item| match item {
        Item::Criterion(criterion) if criterion.name.text == name => Some(criterion),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn is_read_without_findings() {
    let parse = read(PAGE_ONE);
    assert_eq!(parse.diagnostics, []);
    assert_eq!(parse.module.items.len(), 11);
    assert_eq!(parse.module.comments.len(), 6);
    assert_eq!(parse.module.edition.unwrap().keywords, KeywordLanguage::En);
    assert_eq!(parse.module.locale.unwrap().text, "fr-FR");
}

#[test]
fn clauses_are_told_apart() {
    let module = read(PAGE_ONE).module;
    let kinds = &criterion(&module, "annonce_chaque_attente").clauses;
    assert!(matches!(kinds[0].kind, ClauseKind::Whenever { .. }));
    let ClauseKind::PartlyMetOfThem { worth: None, share } = &kinds[1].kind else { panic!("{:?}", kinds[1]) };
    assert_eq!((share.thousandths, share.unit), (50_000, Unit::Percent));
    let salue = criterion(&module, "salue_et_se_présente");
    assert!(
        matches!(&salue.clauses[0].kind, ClauseKind::MetWhen(Expr { kind: ExprKind::And(all), .. }) if all.len() == 2)
    );
    assert_eq!(salue.parameters[0].ty.text, "duration");
    assert_eq!(salue.parameters[0].default.as_ref().unwrap().thousandths, 10_000);
    assert!(matches!(salue.clauses[2].kind, ClauseKind::Coaching(_)));
}

#[test]
fn places_cover_the_words_and_no_blanks_or_comments() {
    let file = super::file(PAGE_ONE);
    let module = read(PAGE_ONE).module;
    let salue = criterion(&module, "salue_et_se_présente");
    let ClauseKind::PartlyMetWhen { condition, .. } = &salue.clauses[1].kind else { panic!() };
    assert_eq!(file.slice(condition.span), "agent says accueil.salutation within first 30 s");
    let Some(Item::Test(test)) = module.items.last() else { panic!() };
    let line = &test.call.lines()[2];
    assert_eq!(file.slice(line.span), "0:31-0:32   agent    \"je m'appelle Sophie\"");
    assert_eq!(file.slice(test.expectations[2].span), "expect accueil_3900 score 60 %");
    let because = test.expectations[0].kind.clone();
    let ExpectationKind::Verdict { verdict: VerdictWord::PartlyMet, because: Some(because), .. } = because else {
        panic!()
    };
    assert_eq!((because.reason, because.by.unwrap().thousandths), (ReasonWord::Late, 10_000));
    assert_eq!(because.about.unwrap().text(), "accueil.présentation");
    for item in &module.items {
        let Item::Scorecard(card) = item else { continue };
        assert_eq!(file.slice(card.version.as_ref().unwrap().span), "2.1.0");
        assert_eq!(card.sections[1].entries.len(), 2);
        assert_eq!(card.grades.len(), 3);
        assert!(matches!(card.grades[2].bound, GradeBound::Below(_)));
        assert_eq!(card.criticals[0].score.unit, Unit::None);
    }
}

#[test]
fn line_ends_and_blanks_of_other_machines_change_nothing() {
    let crlf = PAGE_ONE.replace('\n', "\r\n");
    let narrow = PAGE_ONE.replace(" %", "\u{202F}%").replace(" s", "\u{A0}s");
    for text in [crlf, narrow] {
        let parse = read(&text);
        assert_eq!(parse.diagnostics, []);
        assert_eq!(parse.module.items.len(), 11);
        assert!(parse.module.comments.iter().all(|comment| !comment.text.ends_with('\r')));
    }
}

#[test]
fn names_are_stored_composed() {
    let parse = items("moment de\u{301}lai = hold\n");
    let Some(Item::Moment(moment)) = parse.module.items.first() else { panic!() };
    assert_eq!(moment.name.text, "d\u{e9}lai");
}
