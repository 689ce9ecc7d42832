//! Lexicons as service calls would need them, for benches: many, over a small vocabulary.

use crate::choices::Choices;

/// What service calls are full of.
pub const VOCABULARY: &str = "je vous met un une de du et est pas que pour oui non ça va bien alors donc voilà très merci \
    bonjour madame monsieur service client contrat facture attente instant minute rappel numéro adresse confirmer \
    vérifier revoir journée aide box internet ligne problème technicien rendez offre forfait prix mois \
    remboursement dossier document pièce signature délai paiement carte banque compte livraison commande colis";

/// The first lines of a file and so many lexicons of five phrases each: `lexique_0` and so on.
#[must_use]
pub fn lexicons(choices: &mut Choices<'_>, count: usize) -> String {
    let words: Vec<&str> = VOCABULARY.split_whitespace().collect();
    let mut text = String::from("grille 1 en\nlocale fr-FR\n\n");
    for number in 0..count {
        text.push_str(&format!("lexicon lexique_{number} {{\n"));
        for _ in 0..5 {
            text.push_str(&format!("    \"{}\"\n", phrase(choices, &words)));
        }
        text.push_str("}\n\n");
    }
    text
}

fn phrase(choices: &mut Choices<'_>, words: &[&str]) -> String {
    let length = 3 + choices.below(3);
    let mut parts: Vec<String> = (0..length).map(|_| (*choices.pick(words)).to_owned()).collect();
    if choices.chance(30) {
        parts[0] = format!("({}|{})", parts[0], choices.pick(words));
    }
    if choices.chance(20) {
        parts.insert(1, format!("..{}", 1 + choices.below(3)));
    }
    if choices.chance(15) {
        parts.push(format!("{}*", choices.pick(words)));
    }
    parts.join(" ")
}
