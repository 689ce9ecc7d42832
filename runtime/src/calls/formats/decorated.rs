//! Punctuation from a text beside words that have none. Knows no fields of the format.

/// Which phrases had a text with punctuation beside their words.
#[derive(Debug, Default)]
pub struct Decorated {
    with: usize,
    without: usize,
}

impl Decorated {
    /// What stands after each word in the text that is punctuated. Where text and words part (`twenty dollars`, `$20.`),
    /// what follows the stretch of text follows the last of its words.
    pub fn marks<'t>(&mut self, words: &[&str], text: Option<&'t str>) -> Vec<&'t str> {
        let mut marks = vec![""; words.len()];
        let Some(text) = text else {
            self.without += 1;
            return marks;
        };
        self.with += 1;
        let tokens: Vec<(String, &str)> = text.split_whitespace().map(|token| (bare(token), after(token))).collect();
        let mut word = 0;
        let mut pending = "";
        for (token, mark) in &tokens {
            let rest = words.get(word..).unwrap_or_default();
            let reach = rest.len().min(WINDOW);
            match rest.iter().take(reach).position(|word| !token.is_empty() && bare(word) == *token) {
                Some(skipped) => {
                    if skipped > 0 {
                        put(&mut marks, word + skipped - 1, pending);
                    }
                    word += skipped + 1;
                    put(&mut marks, word - 1, mark);
                    pending = "";
                }
                None => pending = mark,
            }
        }
        if let Some(last) = words.len().checked_sub(1) {
            put(&mut marks, last, pending);
        }
        marks
    }

    /// Is there punctuation? None if no phrase had words beside a text.
    pub fn told(&self) -> Option<bool> {
        (self.with + self.without > 0).then_some(self.without == 0)
    }
}

/// How many words ahead a word of the text is looked for.
const WINDOW: usize = 12;

fn put<'t>(marks: &mut [&'t str], at: usize, mark: &'t str) {
    if let Some(place) = marks.get_mut(at)
        && !mark.is_empty()
    {
        *place = mark;
    }
}

/// Letters and digits alone, small.
fn bare(token: &str) -> String {
    token.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What follows the last letter or digit.
fn after(token: &str) -> &str {
    let word = token.trim_end_matches(|c: char| !c.is_alphanumeric());
    token.strip_prefix(word).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Decorated;

    #[test]
    fn marks_stand_after_the_words_that_they_followed() {
        let marks = |words: &[&str], text| Decorated::default().marks(words, Some(text)).join("|");
        assert_eq!(marks(&["hi", "is", "that", "it"], "Hi, is that it?"), ",|||?");
        assert_eq!(marks(&["twenty", "dollars", "ok"], "$20. OK?"), "|.|?");
        assert_eq!(marks(&["it", "is", "twenty", "dollars"], "It is $20?"), "|||?");
        assert_eq!(marks(&["i'm", "sure"], "I'm sure !"), "|!");
        assert_eq!(marks(&[], "Hm."), "");
    }

    #[test]
    fn a_text_beside_each_phrase_is_punctuation() {
        let mut all = Decorated::default();
        assert_eq!(all.told(), None);
        all.marks(&["a"], Some("A."));
        assert_eq!(all.told(), Some(true));
        all.marks(&["b"], None);
        assert_eq!(all.told(), Some(false));
    }
}
