//! A source file as miette shows it: the lines around a place, and of a line that is too long for a screen, the part
//! around the place.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// A line longer than this is cut, in bytes.
const LONGEST_LINE: usize = 300;
/// So much of it stays on either side of the place.
const AROUND: usize = 80;

/// A file by name and text.
pub struct Excerpt {
    /// As a person knows it.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = self.text.as_str().read_span(span, lines_before, lines_after)?;
        let (offset, length) = (whole.span().offset(), whole.span().len());
        let too_long = whole.data().split(|byte| *byte == b'\n').any(|line| line.len() > LONGEST_LINE);
        let (from, to) = if too_long { self.window(span, offset, offset + length) } else { (offset, offset + length) };
        let before = self.text.get(..from).unwrap_or_default();
        let data = self.text.get(from..to).unwrap_or_default();
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            data.as_bytes(),
            (from, to - from).into(),
            line,
            column,
            data.lines().count(),
        )))
    }
}

impl Excerpt {
    /// A little on either side of the place, cut between characters.
    fn window(&self, span: &SourceSpan, from: usize, to: usize) -> (usize, usize) {
        let start = span.offset().saturating_sub(AROUND).max(from);
        let end = (span.offset() + span.len().min(AROUND) + AROUND).min(to);
        let outward = |mut at: usize| {
            while at > from && !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        (outward(start), outward(end).max(span.offset() + span.len().min(AROUND)))
    }
}
