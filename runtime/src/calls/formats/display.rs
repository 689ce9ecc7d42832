//! A text as it is shown, laid over the words that were heard: “$30 each” over “thirty dollars each”. Knows no format and
//! no language.

/// A word as it was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heard<'a> {
    /// Without punctuation, numbers as words.
    pub text: &'a str,
    /// In milliseconds, if it has times.
    pub times: Option<(i32, i32)>,
    /// In thousandths, if it has one.
    pub confidence: Option<u16>,
}

/// A word as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown<'a> {
    /// With its punctuation, numbers in digits.
    pub text: &'a str,
    /// From the start of the first word heard in it to the end of the last.
    pub times: Option<(i32, i32)>,
    /// That of the least sure word heard in it.
    pub confidence: Option<u16>,
}

/// How many words of either side may stand between two that are alike.
const FARTHEST: usize = 24;

/// The words of a text with the times of what was heard in them; none if it cannot be told which are which. What was
/// heard and is not shown is kept as it was heard. Words that are shown in another way are taken to be those between
/// their neighbours that are alike: one for all of them, or one for each.
pub(super) fn laid_over<'a>(display: &'a str, heard: &[Heard<'a>]) -> Option<Vec<Shown<'a>>> {
    let mut shown = Vec::new();
    let tokens: Vec<&str> = display.split_whitespace().collect();
    let (mut tokens, mut heard) = (tokens.as_slice(), heard);
    loop {
        let (some_tokens, some_heard) = until_alike(tokens, heard);
        let (group, rest_of_tokens) = tokens.split_at_checked(some_tokens)?;
        let (under, rest_of_heard) = heard.split_at_checked(some_heard)?;
        join(group, under, &mut shown)?;
        let (Some((token, more)), Some((word, beyond))) = (rest_of_tokens.split_first(), rest_of_heard.split_first())
        else {
            return Some(shown);
        };
        shown.push(over(token, std::slice::from_ref(word)));
        (tokens, heard) = (more, beyond);
    }
}

/// How many of both stand before the nearest two that are alike; all, if there are none near.
fn until_alike(tokens: &[&str], heard: &[Heard<'_>]) -> (usize, usize) {
    let near = |sum: usize| (0..=sum).map(move |at| (at, sum - at));
    let alike = |(at, under): &(usize, usize)| match (tokens.get(*at), heard.get(*under)) {
        (Some(token), Some(word)) => same(token, word.text),
        _ => false,
    };
    let found = (0..=FARTHEST.min(tokens.len() + heard.len())).flat_map(near).find(alike);
    found.unwrap_or((tokens.len(), heard.len()))
}

/// Are they the same but for case and punctuation?
fn same(shown: &str, heard: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let shown = letters(shown);
    !shown.is_empty() && shown == letters(heard)
}

/// Words between two that are alike.
fn join<'a>(group: &[&'a str], under: &[Heard<'a>], shown: &mut Vec<Shown<'a>>) -> Option<()> {
    match (group, under) {
        ([], _) => shown.extend(under.iter().map(|word| over(word.text, std::slice::from_ref(word)))),
        // A dash, a sign, a word that was put in: nothing was heard under it.
        (_, []) => shown.extend(group.iter().map(|text| Shown { text, times: None, confidence: None })),
        ([token], _) => shown.push(over(token, under)),
        _ if group.len() == under.len() => {
            shown.extend(group.iter().zip(under).map(|(token, word)| over(token, std::slice::from_ref(word))));
        }
        _ => return None,
    }
    Some(())
}

fn over<'a>(text: &'a str, under: &[Heard<'_>]) -> Shown<'a> {
    let first = under.first().and_then(|word| word.times);
    let last = under.last().and_then(|word| word.times);
    let times = first.zip(last).map(|(first, last)| (first.0, last.1.max(first.0)));
    Shown { text, times, confidence: under.iter().filter_map(|word| word.confidence).min() }
}

#[cfg(test)]
mod tests {
    use super::{Heard, laid_over};

    /// Words of 100 ms each, the first less sure by a thousandth than the next.
    fn heard(text: &str) -> Vec<Heard<'_>> {
        let word = |(number, text): (i32, _)| Heard {
            text,
            times: Some((number * 100, number * 100 + 100)),
            confidence: u16::try_from(900 + number).ok(),
        };
        (0..).zip(text.split_whitespace()).map(word).collect()
    }

    fn told(display: &str, text: &str) -> Option<String> {
        let word = |word: &super::Shown<'_>| match (word.times, word.confidence) {
            (Some((start, end)), Some(sure)) => format!("{}:{start}-{end}:{sure}", word.text),
            _ => format!("{}:-", word.text),
        };
        let heard = heard(text);
        laid_over(display, &heard).map(|shown| shown.iter().map(word).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn words_that_are_alike_meet() {
        assert_eq!(told("Hi, you.", "hi you").unwrap(), "Hi,:0-100:900 you.:100-200:901");
        assert_eq!(told("", "").unwrap(), "");
    }

    #[test]
    fn a_number_stands_for_all_the_words_in_it_and_is_as_sure_as_the_least_of_them() {
        let shown = told("Pay $30 each.", "pay thirty dollars each").unwrap();
        assert_eq!(shown, "Pay:0-100:900 $30:100-300:901 each.:300-400:903");
        assert_eq!(told("At 10:00 AM.", "at ten am").unwrap(), "At:0-100:900 10:00:100-200:901 AM.:200-300:902");
        assert_eq!(told("$30.", "thirty dollars").unwrap(), "$30.:0-200:900");
        assert_eq!(told("OK then", "okay then").unwrap(), "OK:0-100:900 then:100-200:901");
    }

    #[test]
    fn what_is_not_shown_is_kept_as_it_was_heard() {
        assert_eq!(told("So yes.", "so uh yes").unwrap(), "So:0-100:900 uh:100-200:901 yes.:200-300:902");
        assert_eq!(told("", "uh").unwrap(), "uh:0-100:900");
    }

    #[test]
    fn what_was_not_heard_has_no_time() {
        assert_eq!(told("Yes – no", "yes no").unwrap(), "Yes:0-100:900 –:- no:100-200:901");
        assert_eq!(told("really good", "good").unwrap(), "really:- good:0-100:900");
    }

    #[test]
    fn what_cannot_be_told_apart_is_not_guessed() {
        assert_eq!(told("call 20 30", "call twenty thirty now"), None);
        assert_eq!(told("one two three", "x y"), None);
    }
}
