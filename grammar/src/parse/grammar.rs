//! The pest grammar made code. Nothing outside `parse` may see it.
#![allow(missing_docs)]

/// Generated from `grille.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "grille.pest"]
pub(crate) struct Grammar;

/// Is it the rule of a keyword? Their names spell the words.
pub(crate) fn is_keyword(rule: Rule) -> bool {
    rule >= Rule::k_after
}

/// The word of a keyword's rule.
pub(crate) fn keyword_of(rule: Rule) -> Option<String> {
    if is_keyword(rule) { format!("{rule:?}").strip_prefix("k_").map(str::to_owned) } else { None }
}
