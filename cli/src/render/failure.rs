//! A failed expectation: what was expected where, and which part of the criteria decided, with its place.

use super::diagnostics::{self, Report};
use super::measured::inside;
use super::quote::Quotes;
use super::reasons;
use grille_evidence::call::Call;
use grille_evidence::trace::{Node, Observed};
use grille_evidence::truth::Truth;
use grille_grammar::source::{SourceSet, Span};
use grille_runtime::expect::Miss;
use grille_runtime::expect::deciding::Deciding;

/// A missed expectation whose place in the test is this.
pub fn render(miss: &Miss, expected: Span, call: &Call, sources: &SourceSet, colours: bool) -> String {
    let mut text = diagnostics::report(
        &Report {
            message: miss.what.clone(),
            code: None,
            severity: Some(miette::Severity::Error),
            labels: vec![(expected, "expected here".to_owned())],
            help: Vec::new(),
        },
        sources,
        colours,
    );
    for deciding in &miss.deciding {
        text.push_str(&one(deciding, call, sources, colours));
    }
    text
}

fn one(deciding: &Deciding, call: &Call, sources: &SourceSet, colours: bool) -> String {
    let clause = deciding.clause.words();
    let message = format!("what decided, in `{clause}` of `{}`:", deciding.criterion);
    let observed = observed(&deciding.node, call);
    match place(&deciding.node, sources) {
        Some(span) => {
            let labels = vec![(span, observed)];
            let report = Report { message, code: None, severity: None, labels, help: Vec::new() };
            diagnostics::report(&report, sources, colours)
        }
        None => format!("{message} {}: {observed}\n", deciding.node.asked.text),
    }
}

/// What came of the expression: its reasons, else what it rests on.
pub fn observed(node: &Node, call: &Call) -> String {
    let quotes = Quotes::new(call);
    let mut told: Vec<String> =
        node.reasons.iter().map(|reason| reasons::sentence(reason, node.operation, &quotes)).collect();
    if let Some(Observed::Held { held, of, .. }) = node.observed {
        told.push(format!("so for {held} of {of}"));
    }
    if told.is_empty() {
        told.extend(node.evidence.iter().take(2).map(|piece| quotes.cite(piece)));
    }
    told.extend(node.margin.and_then(inside));
    let sign = match node.value {
        Truth::Yes => "so",
        Truth::No => "not so",
        Truth::CannotTell => "cannot be told",
    };
    if told.is_empty() { sign.to_owned() } else { told.join("; ") }
}

/// Where the expression stands. A trace names a module without its folder: the words there tell which is meant.
pub fn place(node: &Node, sources: &SourceSet) -> Option<Span> {
    let asked = &node.asked;
    let named = |name: &str| name.rsplit('/').next().unwrap_or(name) == asked.module;
    let spans = sources.files().iter().filter(|f| named(&f.name)).map(|f| Span {
        file: f.id,
        start: asked.start,
        end: asked.end,
    });
    let words = |span: &Span| sources.slice(*span).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut spans: Vec<Span> = spans.collect();
    if let Some(same) = spans.iter().position(|span| words(span) == asked.text) {
        return Some(spans.swap_remove(same));
    }
    spans.into_iter().next()
}
