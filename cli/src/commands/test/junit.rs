//! Results in the XML that continuous integration reads (JUnit, as Jenkins, GitLab and GitHub's reporters take it).
//! No times: the same tests give the same bytes.

use super::results::{Failed, TestResult};
use std::fmt::Write;

/// The whole document.
pub fn document(results: &[TestResult]) -> String {
    let mut files: Vec<&str> = results.iter().map(|r| r.file.as_str()).collect();
    files.dedup();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<testsuites name=\"grille\" {}>", counts(results.iter()));
    for file in files {
        let of_file = || results.iter().filter(|r| r.file == file);
        let _ = writeln!(xml, "  <testsuite name=\"{}\" {}>", escaped(file), counts(of_file()));
        of_file().for_each(|result| case(result, &mut xml));
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn counts<'a>(results: impl Iterator<Item = &'a TestResult>) -> String {
    let (mut tests, mut failures) = (0, 0);
    for result in results {
        tests += 1;
        failures += usize::from(!result.passed);
    }
    format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\"")
}

fn case(result: &TestResult, xml: &mut String) {
    let (file, name) = (escaped(&result.file), escaped(&result.name));
    let _ = write!(xml, "    <testcase classname=\"{file}\" name=\"{name}\" file=\"{file}\" line=\"{}\"", result.line);
    if result.passed {
        xml.push_str("/>\n");
        return;
    }
    let what: Vec<&str> = result.failures.iter().map(|f: &Failed| f.what.as_str()).collect();
    let (what, shown) = (escaped(&what.join("; ")), escaped(&result.shown));
    let _ =
        writeln!(xml, ">\n      <failure message=\"{what}\" type=\"expectation\">{shown}</failure>\n    </testcase>");
}

/// Text that stands in XML, in quotes or between tags; what XML cannot hold is replaced.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' => safe.push_str("&#10;"),
            '\t' => safe.push_str("&#9;"),
            '\r' => safe.push_str("&#13;"),
            c if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') => safe.push('\u{FFFD}'),
            c => safe.push(c),
        }
    }
    safe
}
