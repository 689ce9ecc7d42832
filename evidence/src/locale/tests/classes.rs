//! Classes: what is one, what is none, where it ends, in digits and words alike.

use crate::locale::LocalePack;
use crate::locale::classes::{Class, ClassSpan, Lexeme, Written, is_money};

/// The stretches of a class, as the words that they cover; `?` after those that only may be one.
fn found(language: &str, class: Class, text: &str) -> Vec<String> {
    let pack = LocalePack::for_tag(language).expect("a pack");
    let (lexemes, texts) = lexemes(pack, text);
    let told = |span: ClassSpan| {
        let words = texts[span.first as usize..=span.last as usize].join(" ");
        if span.sure { words } else { words + "?" }
    };
    let lexemes: Vec<Lexeme<'_>> = lexemes.iter().zip(&texts).map(|(l, text)| Lexeme { text, ..*l }).collect();
    let spans = pack.classes_in(&lexemes, true);
    spans.into_iter().filter(|span| span.class == class).map(told).collect()
}

/// The lexemes of a text without their own texts, and these: words between blanks, punctuation at their ends.
fn lexemes(pack: &LocalePack, text: &str) -> (Vec<Lexeme<'static>>, Vec<String>) {
    let (mut lexemes, mut texts): (Vec<Lexeme<'static>>, Vec<String>) = (Vec::new(), Vec::new());
    for word in text.split_whitespace() {
        let tokens = pack.tokens(word);
        if tokens.is_empty() && is_money(word) {
            lexemes.last_mut().expect("a word before").written.money = true;
        }
        let count = tokens.len();
        for (place, token) in tokens.into_iter().enumerate() {
            let mut written = Written::of(word, "");
            if place + 1 < count {
                written.stop = crate::locale::classes::Stop::None;
            }
            let number = u32::try_from(texts.len()).unwrap();
            lexemes.push(Lexeme { text: "", token: number, glued: place > 0, written });
            texts.push(token);
        }
    }
    (lexemes, texts)
}

fn is(language: &str, class: Class, texts: &[&str]) {
    for text in texts {
        let whole = LocalePack::for_tag(language).unwrap().tokens(text).join(" ");
        assert_eq!(found(language, class, text), [whole], "{text}");
    }
}

fn none(language: &str, class: Class, texts: &[&str]) {
    for text in texts {
        assert_eq!(found(language, class, text), [] as [&str; 0], "{text}");
    }
}

#[test]
fn french_numbers() {
    let numbers = [
        "zéro",
        "23",
        "vingt-trois",
        "vingt et un",
        "soixante et onze",
        "soixante-dix-huit",
        "quatre-vingt-dix-sept",
        "quatre-vingts",
        "nonante-neuf",
        "cent",
        "deux cents",
        "trois cent quarante-deux",
        "mille",
        "deux mille vingt-six",
        "3 millions",
        "dix-neuf",
        "12,5",
        "douze virgule cinq",
        "10 000",
        "neuf cent mille trois cent un",
    ];
    is("fr", Class::Number, &numbers);
    none("fr", Class::Number, &["bonjour madame", "cinquième", "virgule", "10h30", "et"]);
    assert_eq!(found("fr", Class::Number, "deux trois"), ["deux", "trois"]);
    assert_eq!(found("fr", Class::Number, "vingt, trois"), ["vingt", "trois"]);
    assert_eq!(found("fr", Class::Number, "trente un"), ["trente", "un?"]);
    assert_eq!(found("fr", Class::Number, "un client a vingt et un ans"), ["un?", "vingt et un"]);
    assert_eq!(
        found("fr", Class::Number, "quatre-vingt-quinze mille cent mille"),
        ["quatre vingt quinze mille cent", "mille"]
    );
}

#[test]
fn english_numbers() {
    let numbers = [
        "zero",
        "23",
        "twenty-three",
        "two hundred and six",
        "a hundred".trim_start_matches("a "),
        "two thousand and six",
        "one million two hundred thousand",
        "ninety nine",
        "twelve point five",
        "12.5",
        "10 000",
    ];
    is("en", Class::Number, &numbers[..4]);
    is("en", Class::Number, &numbers[5..]);
    none("en", Class::Number, &["good morning", "oh", "and", "twentieth"]);
    assert_eq!(found("en", Class::Number, "two three"), ["two", "three"]);
    assert_eq!(found("en", Class::Number, "one hundred hundred"), ["one hundred"]);
    assert_eq!(found("en", Class::Number, "this one or twenty one"), ["one?", "twenty one"]);
}

#[test]
fn amounts() {
    let french = [
        "douze euros",
        "12,50 €",
        "12,50€",
        "douze euros cinquante",
        "douze euros et cinquante centimes",
        "1 200 euros",
        "cinquante centimes",
        "un euro",
        "deux mille euros",
        "12 euros 50",
    ];
    is("fr", Class::Amount, &french);
    none("fr", Class::Amount, &["douze", "euros", "douze. euros", "quelques euros"]);
    assert_eq!(found("fr", Class::Amount, "douze euros trois mois"), ["douze euros"]);
    assert_eq!(found("fr", Class::Amount, "douze euros vingt minutes"), ["douze euros"]);
    assert_eq!(found("fr", Class::Amount, "dix euros vingt euros"), ["dix euros", "vingt euros"]);
    let english = [
        "twelve pounds",
        "twelve pounds fifty",
        "£12.50",
        "$ 12".trim_start_matches("$ "),
        "fifty pence",
        "two hundred dollars and five cents",
    ];
    is("en", Class::Amount, &english[..3]);
    is("en", Class::Amount, &english[4..]);
    none("en", Class::Amount, &["twelve", "pounds", "the pound"]);
}

#[test]
fn dates() {
    let french = [
        "3 mai 2026",
        "trois mai",
        "premier mai",
        "1er mai",
        "lundi 3 mai",
        "03/05/2026",
        "3-5-2026",
        "2026-05-03",
        "vingt-trois mai deux mille vingt-six",
        "douze avril mille neuf cent quatre-vingt-deux",
        "12 avril 82",
        "trois mai dix-neuf cent quatre-vingt-deux",
    ];
    is("fr", Class::Date, &french);
    none("fr", Class::Date, &["mai", "trois", "32 mai", "le mois de mai", "06-12-34", "lundi", "3/5", "mai 2026"]);
    assert_eq!(found("fr", Class::Date, "le 3 mai à 10 heures"), ["3 mai"]);
    assert_eq!(found("fr", Class::Date, "le trois. mai"), [] as [&str; 0]);
    let english = [
        "twenty-third of May",
        "May 3, 2026",
        "May the third",
        "3rd May 2026",
        "Monday 3 May",
        "third of may nineteen eighty five",
        "May 3 twenty twenty six",
        "may third two thousand and six",
        "fourth of july nineteen oh five",
        "03/05/2026",
    ];
    is("en", Class::Date, &english);
    none("en", Class::Date, &["may", "you may", "third", "thirty-second of may"]);
}

fn digits(language: &str, text: &str) -> Vec<(u8, u8)> {
    let pack = LocalePack::for_tag(language).unwrap();
    let (lexemes, texts) = lexemes(pack, text);
    let lexemes: Vec<Lexeme<'_>> = lexemes.iter().zip(&texts).map(|(l, text)| Lexeme { text, ..*l }).collect();
    let spans = pack.classes_in(&lexemes, true).into_iter();
    spans.filter(|span| span.class == Class::Digits).map(|span| span.digits).collect()
}

#[test]
fn digits_are_counted_however_they_are_said() {
    for text in [
        "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
        "06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "06, 12, 34, 56, 78",
        "zéro six 12 trente-quatre cinquante-six soixante-dix-huit",
    ] {
        assert_eq!(digits("fr", text), [(10, 10)], "{text}");
    }
    assert_eq!(digits("fr", "deux trois"), [(2, 2)]);
    assert_eq!(digits("fr", "cent vingt-trois"), [(3, 3)]);
    assert_eq!(digits("fr", "mon code est 4 2 7 1 merci"), [(4, 4)]);
    assert_eq!(digits("fr", "1200 euros"), []);
    assert_eq!(digits("fr", "le 3 mai 2026"), []);
    assert_eq!(digits("fr", "deux mille"), []);
    assert_eq!(digits("fr", "un deux. trois"), [(2, 2), (1, 1)]);
    assert_eq!(digits("en", "four double two seven oh one"), [(6, 6)]);
    assert_eq!(digits("en", "oh yes"), []);
    assert_eq!(digits("en", "double trouble"), []);
}

#[test]
fn spelled_words() {
    is("fr", Class::Spelled, &["D U P O N T", "d-u-p-o-n-t", "d comme david u p", "m a r i e", "d u p deux n"]);
    none("fr", Class::Spelled, &["il y a", "y a à", "j'ai", "S.A.M.U.", "a b", "d comme toujours"]);
    is("en", Class::Spelled, &["s m i t h", "d for david r", "d as in david a y"]);
    none("en", Class::Spelled, &["so i a o u", "d for", "a b"]);
    assert_eq!(found("fr", Class::Spelled, "c'est D U P O N T voilà"), ["d u p o n t"]);
}

#[test]
fn names() {
    assert_eq!(found("fr", Class::Name, "je m'appelle Sophie Martin et vous"), ["sophie martin"]);
    assert_eq!(found("fr", Class::Name, "bonjour madame Dupont"), ["dupont"]);
    assert_eq!(found("fr", Class::Name, "Je m'appelle Jean de La Fontaine."), ["jean de la fontaine"]);
    assert_eq!(found("fr", Class::Name, "je m'appelle sophie"), ["sophie?"]);
    assert_eq!(found("fr", Class::Name, "Bonjour. Oui. Je vois avec Orange."), ["orange?"]);
    assert_eq!(found("fr", Class::Name, "bonjour madame. Oui"), [] as [&str; 0]);
    assert_eq!(found("en", Class::Name, "hello my name is John Smith"), ["john smith"]);
    assert_eq!(found("en", Class::Name, "well I think I'm on Monday"), [] as [&str; 0]);
    let pack = LocalePack::for_tag("fr").unwrap();
    let (lexemes, texts) = lexemes(pack, "je m'appelle Sophie");
    let lexemes: Vec<Lexeme<'_>> = lexemes.iter().zip(&texts).map(|(l, text)| Lexeme { text, ..*l }).collect();
    assert!(pack.classes_in(&lexemes, false).iter().all(|span| !span.sure), "no capitals to trust");
}

#[test]
fn masks_say_what_they_stand_for() {
    let pack = LocalePack::for_tag("en").unwrap();
    assert_eq!(pack.class_of_mask("[CARD]"), Some((Class::Digits, (13, 16))));
    assert_eq!(pack.class_of_mask("<phone-number_2>"), Some((Class::Digits, (7, 15))));
    assert_eq!(pack.class_of_mask("[NAME]"), Some((Class::Name, (0, 0))));
    assert_eq!(pack.class_of_mask("[CREDIT_CARD_NUMBER]"), Some((Class::Digits, (13, 16))));
    assert_eq!(pack.class_of_mask("[NAME_GIVEN_1]"), Some((Class::Name, (0, 0))));
    assert_eq!(pack.class_of_mask("[PII]"), None);
    assert_eq!(pack.class_of_mask(""), None);
}
