//! The lines of a text, numbered from 1, whichever way they end. Knows no format.

/// Ways in which a line ends; the first that fits. Some programs write the first one.
const ENDS: [&str; 4] = ["\r\r\n", "\r\n", "\n", "\r"];

/// Lines, and how many came before.
#[derive(Clone)]
pub struct Lines<'a> {
    rest: Option<&'a str>,
    next: u32,
}

/// The lines of a text.
#[must_use]
pub fn of(text: &str) -> Lines<'_> {
    Lines { rest: Some(text), next: 1 }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (u32, &'a str);

    fn next(&mut self) -> Option<(u32, &'a str)> {
        let rest = self.rest?;
        let number = self.next;
        self.next = self.next.saturating_add(1);
        let Some(end) = rest.find(['\r', '\n']) else {
            self.rest = None;
            return Some((number, rest));
        };
        let (line, rest) = rest.split_at_checked(end)?;
        self.rest = ENDS.iter().find_map(|end| rest.strip_prefix(end));
        Some((number, line))
    }
}

/// Does a line hold nothing?
#[must_use]
pub fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_end_in_every_way() {
        let read = |text| super::of(text).collect::<Vec<_>>();
        assert_eq!(
            read("a\nb\r\nc\rd\r\r\ne\n\nf"),
            [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e"), (6, ""), (7, "f")]
        );
        assert_eq!(read("a\r\rb"), [(1, "a"), (2, ""), (3, "b")]);
        assert_eq!(read(""), [(1, "")]);
        assert_eq!(read("a\n"), [(1, "a"), (2, "")]);
    }
}
