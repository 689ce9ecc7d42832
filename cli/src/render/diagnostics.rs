//! Findings, rendered by miette: the place in the source, what is wrong, how to mend it.

use super::excerpt::Excerpt;
use grille_grammar::diagnostic::{Code, Diagnostic, Severity};
use grille_grammar::source::{FileId, SourceSet, Span};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use std::fmt;
use std::io::IsTerminal;

/// What miette shows: findings, and whatever else points into criteria.
pub struct Report {
    /// What is the matter.
    pub message: String,
    /// A code, of findings.
    pub code: Option<Code>,
    /// How grave it is; none for a remark.
    pub severity: Option<miette::Severity>,
    /// Places with their words; the first decides which file is shown.
    pub labels: Vec<(Span, String)>,
    /// Lines of advice.
    pub help: Vec<String>,
}

struct Rendered<'a> {
    report: &'a Report,
    source: Excerpt,
    elsewhere: Vec<String>,
}

impl Rendered<'_> {
    fn file(&self) -> Option<FileId> {
        self.report.labels.first().map(|(span, _)| span.file)
    }
}

impl fmt::Debug for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report.message)
    }
}

impl fmt::Display for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report.message)
    }
}

impl std::error::Error for Rendered<'_> {}

impl miette::Diagnostic for Rendered<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.report.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.report.severity.unwrap_or(miette::Severity::Advice))
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let lines: Vec<&str> = self.report.help.iter().chain(&self.elsewhere).map(String::as_str).collect();
        if lines.is_empty() { None } else { Some(Box::new(lines.join("\n"))) }
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let here = self.report.labels.iter().filter(|(span, _)| Some(span.file) == self.file());
        Some(Box::new(here.map(|(span, text)| {
            let text = (!text.is_empty()).then(|| text.clone());
            // A file that cannot be read as text has no text to point into.
            let end = self.source.text.len().min(span.end as usize);
            let start = end.min(span.start as usize);
            LabeledSpan::new(text, start, end - start)
        })))
    }
}

/// One report as text.
pub fn report(report: &Report, sources: &SourceSet, colours: bool) -> String {
    let file = report.labels.first().and_then(|(span, _)| sources.get(span.file));
    let (name, text) = file.map_or((String::new(), String::new()), |f| (f.name.clone(), f.text.clone()));
    let others = report.labels.iter().filter(|(span, _)| Some(span.file) != file.map(|f| f.id));
    let elsewhere = others.filter_map(|(span, text)| {
        let file = sources.get(span.file)?;
        let (line, column) = file.line_column(span.start);
        Some(format!("{}:{line}:{column}: {text}", file.name))
    });
    let rendered = Rendered { report, source: Excerpt { name, text }, elsewhere: elsewhere.collect() };
    let theme = if colours { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let mut out = String::new();
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100).with_links(false);
    if handler.render_report(&mut out, &rendered).is_err() {
        let code = report.code.map(|code| format!("{code}: ")).unwrap_or_default();
        out = format!("{code}{}\n", report.message);
    }
    out
}

/// One finding as text.
pub fn render(finding: &Diagnostic, sources: &SourceSet, colours: bool) -> String {
    let severity = match finding.severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
    };
    let labels = finding.labels.iter().map(|label| (label.span, label.text.clone()));
    let (labels, help) = (labels.collect(), finding.help.iter().cloned().collect());
    let (message, code) = (finding.message.clone(), Some(finding.code));
    report(&Report { message, code, severity: Some(severity), labels, help }, sources, colours)
}

/// Shows findings on standard error.
pub fn show(findings: &[Diagnostic], sources: &SourceSet) {
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for finding in findings {
        super::say::remark(&render(finding, sources, colours));
    }
}
