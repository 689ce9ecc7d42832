//! Layouts, each as it was typed and as it is written.

use super::format;
use crate::source::{FileId, SourceFile};

fn file(text: &str) -> SourceFile {
    SourceFile { id: FileId(0), name: "essai.grille".to_owned(), text: text.to_owned() }
}

/// The items below a good first line, laid out; laid out again they stay.
fn laid_out(items: &str) -> String {
    let text = format(&file(&format!("grille 1 en\nlocale fr-FR\n\n{items}"))).unwrap();
    assert_eq!(format(&file(&text)).unwrap(), text);
    text.strip_prefix("grille 1 en\nlocale fr-FR\n\n").unwrap().to_owned()
}

#[test]
fn clauses_stand_in_the_order_in_which_they_are_decided_and_their_comments_with_them() {
    let typed = "criterion c \"C\" {\n  coaching \"Faites.\"\n  # why met\n  met   when hold # held\n  # why partly\n\
                 partly met 50% when silence\n  applies when any overlap\n  # nothing below\n}\n";
    let wanted = "criterion c \"C\" {\n    applies when         any overlap\n    # why met\n    met when             hold  # held\n\
                  \x20   # why partly\n    partly met 50 % when silence\n    coaching \"Faites.\"\n    # nothing below\n}\n";
    assert_eq!(laid_out(typed), wanted);
}

#[test]
fn a_long_condition_is_broken_at_its_loosest_operator() {
    let typed = "criterion c { met when agent says \"bonjour madame ou monsieur\" within first 10 s and agent says \
                 \"je suis votre conseiller\" within first 20 s }";
    let wanted = "criterion c {\n    met when agent says \"bonjour madame ou monsieur\" within first 10 s\n         \
                  and agent says \"je suis votre conseiller\" within first 20 s\n}\n";
    assert_eq!(laid_out(typed), wanted);
}

#[test]
fn parentheses_that_are_too_long_are_opened() {
    let typed = "moment m = agent asks (\"votre date de naissance\" or \"le code postal de votre adresse\" or \
                 \"votre numéro de client ou de contrat\") unless negated";
    let wanted = "moment m =\n    agent asks (\n        \"votre date de naissance\"\n        or \"le code postal de votre adresse\"\n\
                  \x20       or \"votre numéro de client ou de contrat\"\n    ) unless negated\n";
    assert_eq!(laid_out(typed), wanted);
}

#[test]
fn what_is_said_in_several_ways_is_written_in_one() {
    let typed = "moment m = hold lasting at least 1.50 seconds\ncriterion c { met when count of m ≥ 2 and any agent says « bonjour »\n\
                 and agent says “oui” within first 10\u{a0}% }\n";
    let wanted = "moment m = hold lasting at least 1,50 s\n\
                  criterion c { met when count of m >= 2 and any agent says \"bonjour\" and agent says \"oui\" within first 10 % }\n";
    assert_eq!(laid_out(typed), wanted);
}

#[test]
fn a_quote_inside_other_quotes_stays() {
    assert!(
        laid_out("criterion c \"C\" {\n met when hold\n coaching «  dites \"oui\" »\n}")
            .contains("coaching « dites \"oui\" »\n")
    );
    assert!(
        laid_out("criterion c \"C\" {\n met when hold\n coaching “dites \"oui\"”\n}")
            .contains("coaching “dites \"oui\"”\n")
    );
}

#[test]
fn points_and_times_stand_in_columns() {
    let typed = "scorecard card { version 1.0.0 used for training section \"A\" { a 10 points, partly 5\n long_name 5 point }\n\
                 grades { good from 50%, bad below 50 %, } }\ntest \"t\" { call { 0:00-0:01,5 agent \"a\" hold 0:02\n\
                 0:03–0:04 customer \"b\" } expect a met }";
    let wanted = "scorecard card {\n    version  1.0.0\n    used for training\n    section \"A\" {\n        a         10 points, partly 5\n\
                  \x20       long_name  5 points\n    }\n    grades { good from 50 %, bad below 50 % }\n}\n\ntest \"t\" {\n    call {\n\
                  \x20       0:00-0:01.5 agent    \"a\"\n        hold 0:02\n        0:03-0:04   customer \"b\"\n    }\n    expect a met\n}\n";
    assert_eq!(laid_out(typed), wanted);
}

#[test]
fn comments_anywhere_are_kept() {
    let typed = "lexicon l { # of what\n\"a\" # first\n\n\n# second\n\"b\" }\n# last\n";
    let wanted = "lexicon l {  # of what\n    \"a\"  # first\n\n    # second\n    \"b\"\n}\n# last\n";
    assert_eq!(laid_out(typed), wanted);
    let typed = "criterion c {\n met when hold # one\n # two\n and # three\n silence\n}";
    let wanted =
        "criterion c {\n    met when hold  # one\n         # two\n         and  # three\n             silence\n}\n";
    assert_eq!(laid_out(typed), wanted);
}

#[test]
fn lines_end_as_the_first_one_does() {
    let typed = "grille 1 en\r\nlocale   en-GB\r\nmoment m = hold lasting at least 1,5 s\n";
    assert_eq!(
        format(&file(typed)).unwrap(),
        "grille 1 en\r\nlocale en-GB\r\n\r\nmoment m = hold lasting at least 1.5 s\r\n"
    );
}

#[test]
fn what_cannot_be_read_is_not_laid_out() {
    let findings = format(&file("grille 1 en\nmoment m = hold   lasting\n")).unwrap_err();
    assert_eq!(findings.len(), 1);
}
