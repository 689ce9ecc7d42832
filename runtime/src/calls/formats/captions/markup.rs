//! Tags, characters written as names (`&amp;`), and times inside the text of a caption. Knows no file and no speaker's role.
//!
//! As the WebVTT standard reads them, with one difference: text is never lost. What stands between a `<` that no `>`
//! closes and the end of the line is text, and so is what stands between `<` and `>` if it cannot be a tag. A voice lasts
//! until its end tag, or else to the end of the caption. A time parts the caption: what follows it was shown from then on.

use super::times;
use std::borrow::Cow;
use std::rc::Rc;

/// The longest tag that sets a style in a SubRip file, in bytes.
const LONGEST_STYLE: usize = 64;

/// A part of a caption's line: in one voice and between two times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The line on which it stands, counted from 1.
    pub line: u32,
    /// Does it begin its line?
    pub opens_line: bool,
    /// Whom the voice tag around it names.
    pub voice: Option<Rc<str>>,
    /// When it is shown, in milliseconds.
    pub times: (i32, i32),
    /// Its text, without tags.
    pub text: String,
}

/// Which tags a format has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// All of WebVTT's.
    WebVtt,
    /// What players of SubRip files understand: `<i>`, `<font …>`, `{\an8}`.
    SubRip,
}

/// What was met that is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Oddities {
    /// Tags that no `>` closes.
    pub unclosed: u32,
    /// Times that do not lie between those before them and the caption's end.
    pub misplaced: u32,
}

/// The pieces of a caption's lines, in order; those without text are left out.
pub fn pieces<'a>(
    lines: impl Iterator<Item = (u32, &'a str)>,
    times: (i32, i32),
    dialect: Dialect,
) -> (Vec<Piece>, Oddities) {
    let mut reader = Reader { dialect, times, open: Vec::new(), pieces: Vec::new(), oddities: Oddities::default() };
    for (number, line) in lines {
        reader.line(number, line);
    }
    (reader.pieces, reader.oddities)
}

/// A tag that was opened, and the voice inside it.
struct Open {
    name: Box<str>,
    voice: Option<Rc<str>>,
}

struct Reader {
    dialect: Dialect,
    /// From when what comes next is shown, and to when at the latest.
    times: (i32, i32),
    open: Vec<Open>,
    pieces: Vec<Piece>,
    oddities: Oddities,
}

impl Reader {
    fn line(&mut self, number: u32, line: &str) {
        let mut opens_line = true;
        let mut text = String::new();
        let mut rest = line;
        while let Some(at) = rest.find(['<', '{']) {
            let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
            text.push_str(&unescaped(before));
            let (change, after) = self.tag(from);
            match change {
                Change::Text(kept) => text.push_str(kept),
                Change::None => {}
                change => {
                    self.push(number, &mut opens_line, &mut text);
                    self.change(change);
                }
            }
            rest = after;
        }
        text.push_str(&unescaped(rest));
        self.push(number, &mut opens_line, &mut text);
    }

    /// What was read so far becomes a piece.
    fn push(&mut self, line: u32, opens_line: &mut bool, text: &mut String) {
        let text = std::mem::take(text);
        if text.trim().is_empty() {
            return;
        }
        let voice = self.voice();
        let opens_line = std::mem::take(opens_line);
        self.pieces.push(Piece { line, opens_line, voice, times: self.times, text });
    }

    /// Who speaks now.
    fn voice(&self) -> Option<Rc<str>> {
        self.open.last().and_then(|open| open.voice.clone())
    }

    /// What a `<` or `{` begins, and what follows it.
    fn tag<'t>(&mut self, from: &'t str) -> (Change<'t>, &'t str) {
        let (sign, inside) = from.split_at_checked(1).unwrap_or((from, ""));
        if sign == "{" {
            return match style(inside).filter(|_| self.dialect == Dialect::SubRip) {
                Some(after) => (Change::None, after),
                None => (Change::Text(sign), inside),
            };
        }
        let end = inside.find(['<', '>']).and_then(|end| inside.split_at_checked(end));
        match end.and_then(|(tag, rest)| Some((tag, rest.strip_prefix('>')?))) {
            Some((tag, after)) => match self.meaning(tag, after) {
                Some(change) => (change, after),
                None => (Change::Text(sign), inside),
            },
            None => self.unclosed(sign, inside),
        }
    }

    /// A tag that no `>` closes: its name is passed over and what follows is text; all is text if that is no tag's name.
    fn unclosed<'t>(&mut self, sign: &'t str, inside: &'t str) -> (Change<'t>, &'t str) {
        let end = inside.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(inside.len());
        let (name, rest) = inside.split_at_checked(end).unwrap_or((inside, ""));
        let bare = name.strip_prefix('/').unwrap_or(name).split('.').next().unwrap_or_default();
        if self.dialect == Dialect::WebVtt && (is_known(bare) || times::whole(name).is_some()) {
            self.oddities.unclosed = self.oddities.unclosed.saturating_add(1);
            return (Change::None, rest);
        }
        (Change::Text(sign), inside)
    }

    /// What a closed tag does, before what follows it; none if it can be no tag and is text.
    fn meaning<'t>(&self, tag: &'t str, after: &str) -> Option<Change<'t>> {
        if self.dialect == Dialect::SubRip {
            let bare = tag.strip_prefix('/').unwrap_or(tag);
            let name = bare.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
            let styles = ["i", "b", "u", "s", "font", "br"];
            return styles.iter().any(|style| name.eq_ignore_ascii_case(style)).then_some(Change::None);
        }
        if let Some(time) = times::whole(tag.trim()) {
            return Some(Change::Time(time));
        }
        if let Some(name) = tag.strip_prefix('/') {
            return Some(Change::Close(name.trim()));
        }
        let (head, annotation) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let name = head.split('.').next().unwrap_or_default();
        if is_known(name) {
            let spoken_by = unescaped(annotation).split_whitespace().collect::<Vec<_>>().join(" ");
            let named = name == "v" && !spoken_by.is_empty();
            let voice = if named { Some(Rc::from(spoken_by)) } else { self.voice() };
            return Some(Change::Open(Open { name: name.into(), voice }));
        }
        // As in the standard: a tag that nobody knows is passed over. A word such as `<unk>` encloses nothing.
        let encloses = tag.contains('=') || after.starts_with(char::is_alphanumeric);
        (name.starts_with(char::is_alphabetic) && encloses).then_some(Change::None)
    }

    fn change(&mut self, change: Change<'_>) {
        match change {
            Change::None | Change::Text(_) => {}
            Change::Open(open) => self.open.push(open),
            Change::Close(name) => {
                let ruby = name == "ruby" && self.open.last().is_some_and(|open| &*open.name == "rt");
                if ruby {
                    self.open.pop();
                }
                self.open.pop_if(|open| *open.name == *name);
            }
            Change::Time(time) if time > self.times.0 && time < self.times.1 => {
                for piece in self.pieces.iter_mut().rev().take_while(|piece| piece.times == self.times) {
                    piece.times.1 = time;
                }
                self.times.0 = time;
            }
            Change::Time(time) if time == self.times.0 || time == self.times.1 => {}
            Change::Time(_) => self.oddities.misplaced = self.oddities.misplaced.saturating_add(1),
        }
    }
}

/// What a `<` or `{` does to what follows.
enum Change<'t> {
    None,
    Text(&'t str),
    Open(Open),
    Close(&'t str),
    Time(i32),
}

/// What follows a style such as `{\an8}`, of which this is the part behind the bracket.
fn style(inside: &str) -> Option<&str> {
    let near = inside.as_bytes().get(..LONGEST_STYLE.min(inside.len()))?;
    let end = near.iter().position(|byte| *byte == b'}').filter(|_| inside.starts_with('\\'))?;
    inside.get(end + 1..)
}

/// Is it the name of a tag that WebVTT has?
fn is_known(name: &str) -> bool {
    matches!(name, "c" | "i" | "b" | "u" | "v" | "ruby" | "rt" | "lang")
}

/// A text with the characters that names stand for. A name needs its semicolon.
fn unescaped(text: &str) -> Cow<'_, str> {
    const NAMES: [(&str, &str); 8] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", "\u{a0}"),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(NAMES.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign)))
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Oddities, Piece, pieces};

    fn read(text: &str) -> (Vec<Piece>, Oddities) {
        pieces(text.lines().zip(7..).map(|(line, number)| (number, line)), (0, 2000), Dialect::WebVtt)
    }

    fn texts(text: &str, dialect: Dialect) -> String {
        let (pieces, _) = pieces(text.lines().zip(1..).map(|(line, number)| (number, line)), (0, 2000), dialect);
        pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn voices_last_to_their_end_tag_or_to_the_end_of_the_caption() {
        let told = |text: &str| {
            let (pieces, _) = read(text);
            let one = |piece: &Piece| format!("{}:{}", piece.voice.as_deref().unwrap_or("?"), piece.text.trim());
            pieces.iter().map(one).collect::<Vec<_>>()
        };
        assert_eq!(told("<v Mary>No way!"), ["Mary:No way!"]);
        assert_eq!(told("<v.first.loud Joe  Doe>That's</v> it"), ["Joe Doe:That's", "?:it"]);
        assert_eq!(told("<v A>one\ntwo</v>\n<v B>three"), ["A:one", "A:two", "B:three"]);
        assert_eq!(told("<v A><i>one</v> two</i> three"), ["A:one", "A:two", "A:three"]);
        assert_eq!(told("<v>one"), ["?:one"]);
        assert_eq!(told("<v A &amp; B>one"), ["A & B:one"]);
        assert_eq!(told("<v A>one <v B>two</v> three"), ["A:one", "B:two", "A:three"]);
    }

    #[test]
    fn times_part_the_caption() {
        let (pieces, oddities) = read("one <00:00.500>two\nthree<00:01.000><c> four</c> five");
        let told: Vec<_> = pieces.iter().map(|p| (p.line, p.opens_line, p.times, p.text.trim())).collect();
        let expected = [
            (7, true, (0, 500), "one"),
            (7, false, (500, 1000), "two"),
            (8, true, (500, 1000), "three"),
            (8, false, (1000, 2000), "four"),
            (8, false, (1000, 2000), "five"),
        ];
        assert_eq!(told, expected);
        assert_eq!(oddities, Oddities::default());
    }

    #[test]
    fn times_that_do_not_fit_are_counted_and_nothing_is_parted() {
        let (pieces, oddities) = read("<00:01.500>one <00:01.000>two <00:03.000>three");
        let told: Vec<_> = pieces.iter().map(|p| (p.times, p.text.trim())).collect();
        assert_eq!(told, [((1500, 2000), "one"), ((1500, 2000), "two"), ((1500, 2000), "three")]);
        assert_eq!(oddities, Oddities { unclosed: 0, misplaced: 2 });
    }

    #[test]
    fn no_text_is_lost_to_a_broken_tag() {
        for (text, kept) in [
            ("<c It's a tree", " It's a tree"),
            ("<c.first That's</c>", " That's"),
            ("<c>This is </c awesome", "This is  awesome"),
            ("a < b and c > d", "a < b and c > d"),
            ("I <3 you", "I <3 you"),
            ("<00:01.000 Hee", " Hee"),
            ("<bad>good</bad>", "good"),
            ("<font color=red>good</font>", "good"),
            ("I said <unk> to him", "I said <unk> to him"),
            ("a <b>c</b> d", "a |c| d"),
            ("<", "<"),
            ("x <", "x <"),
            ("{\\an8}x", "{\\an8}x"),
        ] {
            assert_eq!(texts(text, Dialect::WebVtt), kept, "{text}");
        }
    }

    #[test]
    fn characters_are_read_by_their_names() {
        assert_eq!(texts("a &amp; b &lt;c&gt; &lt &am; x&nbsp;y", Dialect::WebVtt), "a & b <c> &lt &am; x\u{a0}y");
        assert_eq!(texts("&amp;lt;", Dialect::WebVtt), "&lt;");
    }

    #[test]
    fn tags_of_subrip_files_are_fewer() {
        for (text, kept) in [
            ("{\\an8}<i>one</i> <font color=\"#fff\">two</font>", "one two"),
            ("<v Mary>x", "<v Mary>x"),
            ("{one} {\\b1}two", "{one} two"),
            ("5 <b 6", "5 <b 6"),
        ] {
            assert_eq!(texts(text, Dialect::SubRip), kept, "{text}");
        }
    }
}
