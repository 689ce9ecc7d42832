//! The closed table of keywords, English and French, one to one. Knows how no construct is made of them.
//!
//! French keywords are reserved: a file may say `grille 1 fr` one day; today that is `E0103`.

use std::sync::LazyLock;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// English and French, in alphabetical order of the English; several words where one language needs several.
pub const KEYWORDS: &[(&str, &str)] = &[
    ("after", "après"),
    ("agent", "conseiller"),
    ("and", "et"),
    ("another", "un autre"),
    ("answered", "décroché"),
    ("answered within", "répondu dans les"),
    ("any", "au moins un"),
    ("applicable", "applicable"),
    ("applies", "concerné"),
    ("as", "sous le nom"),
    ("asks", "demande"),
    ("at least", "au moins"),
    ("at most", "au plus"),
    ("attributes", "attributs"),
    ("baseline", "habitude"),
    ("because", "parce que"),
    ("before", "avant"),
    ("below", "sous"),
    ("between", "entre"),
    ("bonus", "bonus"),
    ("bot", "automate"),
    ("both", "les deux"),
    ("but not", "mais pas"),
    ("by", "par"),
    ("call", "appel"),
    ("cannot tell", "indécidable"),
    ("carried", "transmis"),
    ("coaching", "conseil"),
    ("colleague", "collègue"),
    ("conversation", "conversation"),
    ("count of", "nombre de"),
    ("criterion", "critère"),
    ("critical", "éliminatoire"),
    ("customer", "client"),
    ("cut", "coupé"),
    ("differs", "diffère"),
    ("dtmf", "touche"),
    ("during", "pendant"),
    ("each", "par ligne"),
    ("early", "en avance"),
    ("end", "fin"),
    ("event", "événement"),
    ("every", "chaque"),
    ("exactly", "exactement"),
    ("except", "sauf"),
    ("excluded", "écarté"),
    ("excused", "excusé"),
    ("expect", "attendre"),
    ("false", "faux"),
    ("far", "loin"),
    ("few", "peu"),
    ("first", "premier"),
    ("followed", "suivi"),
    ("for", "pour"),
    ("from", "dès"),
    ("given", "donné"),
    ("grade", "mention"),
    ("grades", "mentions"),
    ("grille", "grille"),
    ("happened", "arrivé"),
    ("heard", "entendu"),
    ("hold", "attente"),
    ("hung up", "raccroché"),
    ("in", "en proportion de"),
    ("in order", "dans l'ordre"),
    ("interrupts", "interrompt"),
    ("is", "est"),
    ("it", "lui"),
    ("known", "connu"),
    ("last", "dernier"),
    ("lasting", "durant"),
    ("late", "en retard"),
    ("left open for", "laissé ouvert pendant"),
    ("length of", "durée de"),
    ("level of", "niveau de"),
    ("lexicon", "lexique"),
    ("little", "bas"),
    ("locale", "locale"),
    ("long", "long"),
    ("longer than", "plus long que"),
    ("longest", "le plus long"),
    ("many", "nombreux"),
    ("max", "maximum"),
    ("mean", "moyenne"),
    ("median", "médiane"),
    ("met", "atteint"),
    ("min", "minimum"),
    ("minus", "moins"),
    ("missing", "manquant"),
    ("moment", "moment"),
    ("much", "élevé"),
    ("negated", "nié"),
    ("never", "jamais"),
    ("no", "aucun"),
    ("not", "pas"),
    ("nothing to measure", "rien à mesurer"),
    ("of", "de"),
    ("once per", "une fois par"),
    ("one of", "l'un des"),
    ("only after", "seulement après"),
    ("or", "ou"),
    ("other", "autre"),
    ("otherwise", "autrement"),
    ("outside", "hors de"),
    ("overlap", "chevauchement"),
    ("overlapping", "chevauchant"),
    ("p90", "p90"),
    ("partly", "partiellement"),
    ("per min", "par minute"),
    ("phase", "phase"),
    ("pitch of", "hauteur de voix de"),
    ("preceded", "précédé"),
    ("punctuation", "ponctuation"),
    ("question of", "question de"),
    ("recognised", "reconnus"),
    ("recording paused", "enregistrement suspendu"),
    ("relative to own", "par rapport à sa propre"),
    ("response gap", "délai de réponse"),
    ("response time", "temps de réponse"),
    ("resumed", "repris"),
    ("roles", "rôles"),
    ("said", "dit que"),
    ("says", "dit"),
    ("score", "note"),
    ("scorecard", "barème"),
    ("second", "deuxième"),
    ("section", "rubrique"),
    ("share of", "part de"),
    ("short", "court"),
    ("shorter than", "plus court que"),
    ("shortest", "le plus court"),
    ("silence", "silence"),
    ("sounding like", "sonnant comme"),
    ("speech activity", "activité vocale"),
    ("speech rate", "débit de parole"),
    ("spread", "répartis"),
    ("starting", "commençant"),
    ("subject", "sujet"),
    ("supervisor", "superviseur"),
    ("talk share", "part de parole"),
    ("test", "essai"),
    ("them", "eux"),
    ("then", "puis"),
    ("third", "troisième"),
    ("times", "instants"),
    ("to", "à"),
    ("too", "trop"),
    ("total", "total"),
    ("track", "piste"),
    ("transfer", "transfert"),
    ("true", "vrai"),
    ("turn", "tour"),
    ("unanswered within", "sans réponse dans les"),
    ("unfit", "inadapté"),
    ("unknown", "inconnu"),
    ("unless", "sauf si"),
    ("unsure", "incertains"),
    ("until", "jusque"),
    ("up to", "jusqu'à"),
    ("use", "utiliser"),
    ("used", "employé"),
    ("version", "version"),
    ("when", "quand"),
    ("whenever", "chaque fois que"),
    ("where", "dont"),
    ("with", "avec"),
    ("with margin", "avec une marge"),
    ("with pauses", "avec des pauses"),
    ("within", "dans les"),
];

/// Words that begin a declaration at the start of a line.
pub const DECLARATIONS: &[&str] =
    &["use", "attributes", "event", "lexicon", "moment", "phase", "criterion", "scorecard", "test", "locale", "grille"];

/// Words that stand after a number and so cannot be names either.
pub const UNITS: &[&str] = &[
    "ms",
    "s",
    "second",
    "seconds",
    "min",
    "minute",
    "minutes",
    "h",
    "hour",
    "hours",
    "point",
    "points",
    "word",
    "words",
    "turn",
    "turns",
    "dB",
    "dBFS",
    "Hz",
    "semitone",
    "semitones",
    "cent",
    "cents",
    "syllables",
];

/// Every English keyword, word by word.
pub fn words() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().flat_map(|(english, _)| english.split(' '))
}

/// Is this word an English keyword, or a unit?
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    UNITS.contains(&word) || words().any(|keyword| keyword == word)
}

/// The English for a French keyword of one word, with or without its accents and capitals.
#[must_use]
pub fn english_for(french: &str) -> Option<&'static str> {
    if french.len() > 40 {
        return None;
    }
    let wanted = plain(french);
    PLAIN.iter().find(|(english, fr)| *fr == wanted && *english != wanted).map(|(english, _)| *english)
}

/// The French without accents and capitals.
static PLAIN: LazyLock<Vec<(&str, String)>> =
    LazyLock::new(|| KEYWORDS.iter().map(|(english, french)| (*english, plain(french))).collect());

fn plain(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{UNITS, words};
    use std::collections::BTreeSet;

    /// The rule `reserved` of the grammar, which stands there by hand, for speed.
    fn reserved() -> BTreeSet<&'static str> {
        let grammar = include_str!("grille.pest");
        let (_, rule) = grammar.split_once("reserved = _{").expect("the rule");
        let (rule, _) = rule.split_once("~ end_of_word").expect("its end");
        let quoted = rule.lines().flat_map(|line| line.split('"').skip(1).step_by(2).zip(line.split('"')));
        quoted.filter(|(_, before)| !before.ends_with('&')).map(|(word, _)| word).collect()
    }

    #[test]
    fn what_cannot_be_a_name_is_every_keyword_and_every_unit() {
        let known: BTreeSet<&str> = words().chain(UNITS.iter().copied()).collect();
        let (reserved, known) = (reserved(), known);
        let missing: Vec<_> = known.difference(&reserved).collect();
        let needless: Vec<_> = reserved.difference(&known).collect();
        assert!(missing.is_empty() && needless.is_empty(), "not reserved: {missing:?}; needlessly: {needless:?}");
    }
}
