//! Criteria and lexicons written in the language, each documented and tested in it. Text only: it must know neither how
//! that text is read nor what it comes to, and imports no other crate of ours.

/// Every module of the library: the path that `use` names, and its source. In alphabetical order.
const MODULES: &[(&str, &str)] = &[
    ("std.accueil", include_str!("../modules/accueil.grille")),
    ("std.openings", include_str!("../modules/openings.grille")),
];

/// The source of the module that `use` names by this path (`std.accueil`), if the library has it.
#[must_use]
pub fn module(path: &str) -> Option<&'static str> {
    MODULES.iter().find(|(name, _)| *name == path).map(|(_, source)| *source)
}

/// Every module: path and source, in alphabetical order of the paths.
#[must_use]
pub fn modules() -> &'static [(&'static str, &'static str)] {
    MODULES
}

#[cfg(test)]
mod tests {
    use super::{module, modules};

    #[test]
    fn a_module_is_found_by_the_path_that_use_names() {
        assert!(module("std.accueil").is_some_and(|source| source.contains("lexicon présentation")));
        assert_eq!(module("std.nothing"), None);
        assert_eq!(module("accueil"), None);
    }

    #[test]
    fn modules_are_in_order_and_named_once() {
        assert!(modules().windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn every_module_says_its_edition_and_its_locale() {
        for (path, source) in modules() {
            assert!(source.starts_with("grille 1 en"), "{path}: no edition line");
            assert!(source.lines().any(|line| line.starts_with("locale ")), "{path}: no locale");
        }
    }

    #[test]
    fn every_declaration_is_documented_and_every_criterion_tested() {
        for (path, source) in modules() {
            let lines: Vec<&str> = source.lines().collect();
            for (at, line) in lines.iter().enumerate() {
                let mut words = line.split([' ', '(']);
                let (keyword, name) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
                if !["lexicon", "moment", "criterion"].contains(&keyword) {
                    continue;
                }
                assert!(at > 0 && lines[at - 1].starts_with('#'), "{path}: `{name}` has no comment above it");
                let expected = format!("expect {name} ");
                assert!(keyword != "criterion" || source.contains(&expected), "{path}: `{name}` has no test");
            }
        }
    }
}
