//! scratch
#![allow(clippy::all, clippy::print_stdout, missing_docs)]
use grille_grammar::{parse, source::*};
fn f(t: String) -> SourceFile { SourceFile { id: FileId(0), name: String::new(), text: t } }
fn main() {
    let n = 4 << 20;
    let page = std::fs::read_to_string("src/parse/tests/page_one.grille").unwrap();
    let body = page.split_once('\n').unwrap().1.replace("locale fr-FR", "");
    let mut v: Vec<String> = ["(", "{", "(}", "\"\n", "a ", ";", "moment x = \n", "moment m = (((\n", "}\n", "criterion c {\n", "moment m = a ( ", "é", "lexicon a { \"(\" }\n", "moment m = hold AND\n", "#\n", "\"a\" ", "moment m = a \"b\" \"c\"\n", "localx a\n", "moments ", "( ) "].iter().map(|p| p.repeat(n / p.len())).collect();
    v.push(format!("grille 1 en\n{}", body.repeat(n / body.len() - 1)));
    v.push(format!("grille 1 en\nmoment m = {}", "a or ".repeat(n / 5 - 10)));
    v.push(format!("grille 1 en\nmoment m = {}a", "a or ".repeat(n / 5 - 10)));
    v.push(format!("grille 1 en\nmoment m = {}a", "a then ".repeat(n / 7 - 10)));
    v.push(format!("grille 1 en\nmoment m = {}a", "(a) or ".repeat(n / 7 - 10)));
    v.push(format!("grille 1 en\nmoment m = agent says \"{}a\"", "(a|b) ".repeat(n / 6 - 10)));
    v.push(format!("grille 1 en\nmoment m = agent says \"{}a\"", "{ ".repeat(n / 2 - 30)));
    v.push(format!("grille 1 en\nmoment m = agent says \"{}a\"", "< ".repeat(n / 2 - 30)));
    v.push(format!("grille 1 en\nmoment m = agent says \"{}a\"", "? ".repeat(n / 2 - 30)));
    v.push(format!("grille 1 en\nmoment m = a{}", " unless negated".repeat(n / 15 - 10)));
    v.push(format!("grille 1 en\nlexicon l {{\n{}}}", "12\n".repeat(n / 3 - 10)));
    v.push(format!("grille 1 en\nlexicon l {{\n{}}}", "\"a\"\n".repeat(n / 4 - 10)));
    v.push(format!("grille 1 en\nlexicon l {{\n{}}}", "12\n".repeat(80000)));
    v.push(format!("grille 1 en\nmoment m = agent says {}", "'".repeat(n - 50)));
    v.push(format!("grille 1 en\nmoment m = agent says {}", "' ".repeat(n/2 - 50)));
    v.push(format!("grille 1 en\nmoment m = {}", "& ".repeat(n/2 - 50)));
    v.push(format!("grille 1 en\nmoment m = {}", "x".repeat(n - 50)));
    v.push(format!("grille 1 en\nmoment {}", "1".repeat(n - 50)));
    v.push(format!("grille 1 en\ncriterion c {{ {} }}", "met when a ".repeat(n/11 - 50)));
    v.push(format!("grille 1 en\ncriterion c {{ {} }}", "partly met when a ".repeat(n/18 - 50)));
    v.push(format!("grille 1 en\ncriterion c {{ {} }}", "foo ".repeat(n/4 - 50)));
    v.push(format!("grille 1 en\ntest \"t\" {{ call {{ {} }} }}", "0:01 ".repeat(n/5 - 50)));
    v.push(format!("grille 1 en\nmoment m = x {}", "a. ".repeat(n/3 - 50)));
    for t in v {
        let head: String = t.chars().take(60).collect();
        let s = f(t);
        let b = std::time::Instant::now();
        let p = parse(&s);
        println!("{:>8?} {} diags {} items {:?}", b.elapsed(), p.diagnostics.len(), p.module.items.len(), head);
    }
}
