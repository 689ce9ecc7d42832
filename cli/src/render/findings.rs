//! Findings for programs to read: JSON, SARIF 2.1.0, and annotations of GitHub. Knows places as people count them (lines
//! and characters from 1), and nothing of what a finding means.

use grille_grammar::diagnostic::{Code, Diagnostic, Fix, FixSafety, Severity};
use grille_grammar::source::{SourceSet, Span};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// One finding with its places told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    code: &'static str,
    is_error: bool,
    message: String,
    places: Vec<(Place, String)>,
    help: Option<String>,
    fix: Option<(Place, String, &'static str)>,
}

/// A stretch of a file: lines and characters from 1, the end behind the last character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    file: String,
    start: (usize, usize),
    end: (usize, usize),
}

impl Place {
    fn of(span: Span, sources: &SourceSet) -> Place {
        let Some(file) = sources.get(span.file) else {
            return Place { file: String::new(), start: (1, 1), end: (1, 1) };
        };
        Place { file: file.name.clone(), start: file.line_column(span.start), end: file.line_column(span.end) }
    }

    fn json(&self) -> Value {
        json!({
            "file": self.file,
            "line": self.start.0, "column": self.start.1,
            "end_line": self.end.0, "end_column": self.end.1,
        })
    }

    fn region(&self) -> Value {
        json!({
            "startLine": self.start.0, "startColumn": self.start.1,
            "endLine": self.end.0, "endColumn": self.end.1,
        })
    }

    fn physical(&self) -> Value {
        json!({ "artifactLocation": { "uri": uri(&self.file) }, "region": self.region() })
    }
}

/// Findings of one run, each once: a file that several others use is told of once.
#[derive(Debug, Default)]
pub struct Findings {
    told: BTreeSet<(Vec<Place>, Told)>,
}

impl Findings {
    /// Adds findings of these sources.
    pub fn add(&mut self, findings: &[Diagnostic], sources: &SourceSet) {
        for finding in findings {
            let told = told(finding, sources);
            let first = told.places.iter().take(1).map(|(place, _)| place.clone()).collect();
            self.told.insert((first, told));
        }
    }

    fn each(&self) -> impl Iterator<Item = &Told> {
        self.told.iter().map(|(_, told)| told)
    }

    /// One JSON object.
    pub fn json(&self) -> Value {
        let findings: Vec<Value> = self.each().map(Told::json).collect();
        json!({ "findings": findings })
    }

    /// A log in the format SARIF 2.1.0.
    pub fn sarif(&self) -> Value {
        let rules: Vec<Value> = Code::ALL
            .iter()
            .map(|code| {
                let level = if code.severity() == Severity::Error { "error" } else { "warning" };
                json!({
                    "id": code.as_str(),
                    "shortDescription": { "text": code.title() },
                    "defaultConfiguration": { "level": level },
                })
            })
            .collect();
        let results: Vec<Value> = self.each().map(Told::result).collect();
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "grille", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        })
    }

    /// One workflow command of GitHub Actions a line.
    pub fn github(&self) -> String {
        self.each().map(Told::annotation).collect()
    }
}

fn told(finding: &Diagnostic, sources: &SourceSet) -> Told {
    let fix = |fix: &Fix| {
        let safety = match fix.safety {
            FixSafety::Safe => "safe",
            FixSafety::Suggested => "suggested",
        };
        (Place::of(fix.span, sources), fix.replacement.clone(), safety)
    };
    Told {
        code: finding.code.as_str(),
        is_error: finding.severity == Severity::Error,
        message: finding.message.clone(),
        places: finding.labels.iter().map(|label| (Place::of(label.span, sources), label.text.clone())).collect(),
        help: finding.help.clone(),
        fix: finding.fix.as_ref().map(fix),
    }
}

impl Told {
    fn level(&self) -> &'static str {
        if self.is_error { "error" } else { "warning" }
    }

    fn json(&self) -> Value {
        let label = |(place, text): &(Place, String)| {
            let mut label = place.json();
            if let Some(fields) = label.as_object_mut() {
                fields.insert("text".to_owned(), Value::String(text.clone()));
            }
            label
        };
        let fix = self.fix.as_ref().map(|(place, replacement, safety)| {
            json!({ "place": place.json(), "replacement": replacement, "safety": safety })
        });
        json!({
            "code": self.code,
            "severity": self.level(),
            "message": self.message,
            "labels": self.places.iter().map(label).collect::<Vec<_>>(),
            "help": self.help,
            "fix": fix,
        })
    }

    fn text(&self) -> String {
        self.help.as_ref().map_or_else(|| self.message.clone(), |help| format!("{}\n{help}", self.message))
    }

    fn result(&self) -> Value {
        let locations: Vec<Value> =
            self.places.iter().take(1).map(|(place, _)| json!({ "physicalLocation": place.physical() })).collect();
        let related: Vec<Value> = self
            .places
            .iter()
            .skip(1)
            .map(|(place, text)| json!({ "physicalLocation": place.physical(), "message": { "text": text } }))
            .collect();
        let mut result = json!({
            "ruleId": self.code,
            "level": self.level(),
            "message": { "text": self.text() },
            "locations": locations,
        });
        let Some(fields) = result.as_object_mut() else { return result };
        if !related.is_empty() {
            fields.insert("relatedLocations".to_owned(), Value::Array(related));
        }
        if let Some((place, replacement, safety)) = &self.fix {
            let change = json!({
                "artifactLocation": { "uri": uri(&place.file) },
                "replacements": [{ "deletedRegion": place.region(), "insertedContent": { "text": replacement } }],
            });
            let fix = json!({ "description": { "text": format!("a {safety} mend") }, "artifactChanges": [change] });
            fields.insert("fixes".to_owned(), Value::Array(vec![fix]));
        }
        result
    }

    fn annotation(&self) -> String {
        let mut command = self.level().to_owned();
        if let Some((place, _)) = self.places.first() {
            let file = property(&place.file);
            command.push_str(&format!(" file={file},line={},endLine={}", place.start.0, place.end.0));
            if place.start.0 == place.end.0 {
                command.push_str(&format!(",col={},endColumn={}", place.start.1, place.end.1));
            }
            command.push_str(&format!(",title={}", self.code));
        }
        format!("::{command}::{}\n", escaped(&self.text()))
    }
}

/// What GitHub reads as the data of a command.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What it reads as one of its properties.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

/// A path as the reference of a URI (RFC 3986): what is no unreserved character or slash is escaped.
fn uri(path: &str) -> String {
    let keeps = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
    path.bytes().map(|byte| if keeps(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
