//! Findings, rendered by miette: the place in the source, what is wrong, how to mend it.

use super::excerpt::Excerpt;
use grille_grammar::diagnostic::{Diagnostic, Severity};
use grille_grammar::source::SourceSet;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use std::fmt;
use std::io::IsTerminal;

struct Rendered<'a> {
    finding: &'a Diagnostic,
    source: Excerpt,
    elsewhere: Vec<String>,
}

impl fmt::Debug for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.finding.message)
    }
}

impl fmt::Display for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.finding.message)
    }
}

impl std::error::Error for Rendered<'_> {}

impl miette::Diagnostic for Rendered<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(self.finding.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let lines = self.finding.help.iter().cloned().chain(self.elsewhere.iter().cloned());
        let lines: Vec<String> = lines.collect();
        if lines.is_empty() { None } else { Some(Box::new(lines.join("\n"))) }
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let file = self.finding.span().file;
        let here = self.finding.labels.iter().filter(move |l| l.span.file == file);
        Some(Box::new(here.map(|label| {
            let text = (!label.text.is_empty()).then(|| label.text.clone());
            // A file that cannot be read as text has no text to point into.
            let end = self.source.text.len().min(label.span.end as usize);
            let start = end.min(label.span.start as usize);
            LabeledSpan::new(text, start, end - start)
        })))
    }
}

/// One finding as text.
pub fn render(finding: &Diagnostic, sources: &SourceSet, colours: bool) -> String {
    let file = sources.get(finding.span().file);
    let (name, text) = file.map_or((String::new(), String::new()), |f| (f.name.clone(), f.text.clone()));
    let others = finding.labels.iter().filter(|l| l.span.file != finding.span().file);
    let elsewhere = others.filter_map(|label| {
        let file = sources.get(label.span.file)?;
        let (line, column) = file.line_column(label.span.start);
        Some(format!("{}:{line}:{column}: {}", file.name, label.text))
    });
    let rendered = Rendered { finding, source: Excerpt { name, text }, elsewhere: elsewhere.collect() };
    let theme = if colours { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let mut out = String::new();
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100).with_links(false);
    if handler.render_report(&mut out, &rendered).is_err() {
        out = format!("{}: {}\n", finding.code, finding.message);
    }
    out
}

/// Shows findings on standard error.
pub fn show(findings: &[Diagnostic], sources: &SourceSet) {
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for finding in findings {
        super::say::remark(&render(finding, sources, colours));
    }
}
