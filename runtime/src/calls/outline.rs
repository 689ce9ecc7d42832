//! A cheap outline of a JSON document: keys, short texts and kinds of values down to a few levels, enough to tell formats
//! apart. Must not know what any format means.

use crate::calls::text;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

/// How many objects and lists deep an outline looks.
const DEEPEST: usize = 10;
/// How many items of a list are looked at.
const ITEMS: usize = 8;
/// How many keys of an object are looked at.
const KEYS: usize = 256;
/// How many characters of a text are kept.
const LONGEST_TEXT: usize = 80;

/// What stands at a place in a JSON document, without most of what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outline {
    /// An object, with what stands under its keys.
    Object(BTreeMap<String, Outline>),
    /// A list; its first items, laid over each other: the keys of all of them. None if it is empty.
    List(Option<Box<Outline>>),
    /// A text, cut after 80 characters.
    Text(String),
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Null.
    Null,
    /// Deeper than outlines look.
    Beyond,
}

impl Outline {
    /// What stands at a path such as `results.channels[].alternatives[].words` or `[].offset_ms`: keys parted by points,
    /// `[]` for the items of a list. None if there is nothing.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Outline> {
        path.split('.').try_fold(self, |outline, step| {
            let key = step.trim_end_matches("[]");
            let lists = (step.len() - key.len()) / 2;
            let value = if key.is_empty() { Some(outline) } else { outline.key(key) };
            (0..lists).try_fold(value?, |outline, _| match outline {
                Outline::List(items) => items.as_deref(),
                _ => None,
            })
        })
    }

    fn key(&self, key: &str) -> Option<&Outline> {
        match self {
            Outline::Object(keys) => keys.get(key),
            _ => None,
        }
    }

    /// Does something other than null stand at each of these paths? See [`Outline::at`].
    #[must_use]
    pub fn has(&self, paths: &[&str]) -> bool {
        paths.iter().all(|path| self.at(path).is_some_and(|found| *found != Outline::Null))
    }

    /// The text at a path, if there is one; cut after 80 characters.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.at(path)? {
            Outline::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Is the thing at the path a list, be it empty?
    #[must_use]
    pub fn is_list(&self, path: &str) -> bool {
        matches!(self.at(path), Some(Outline::List(_)))
    }

    /// Up to five keys at the top, or of the first items of a list, for a message.
    #[must_use]
    pub fn shown(&self) -> String {
        let (whole, keys) = match self {
            Outline::Object(keys) => ("an object that holds", Some(keys)),
            Outline::List(Some(items)) => match &**items {
                Outline::Object(keys) => ("a list whose items hold", Some(keys)),
                _ => ("a list of no objects", None),
            },
            Outline::List(None) => ("an empty list", None),
            _ => ("no object and no list", None),
        };
        let Some(keys) = keys else { return whole.to_owned() };
        let shown = |key: &String| format!("`{}`", text::shown(key, 40));
        let keys: Vec<String> = keys.keys().take(5).map(shown).collect();
        if keys.is_empty() { "an object that holds nothing".to_owned() } else { format!("{whole} {}", keys.join(", ")) }
    }

    /// That of one document, or of a list of several that follow each other.
    #[must_use]
    pub fn of_row(mut documents: Vec<Outline>) -> Outline {
        match documents.pop() {
            Some(only) if documents.is_empty() => only,
            last => {
                let items = documents.into_iter().chain(last).take(ITEMS).reduce(Outline::over);
                Outline::List(items.map(Box::new))
            }
        }
    }

    /// Both laid over each other: all keys of two objects, the items of two lists, else the first that is not null.
    fn over(self, other: Outline) -> Outline {
        match (self, other) {
            (Outline::Object(mut keys), Outline::Object(more)) => {
                for (key, value) in more {
                    match keys.entry(key) {
                        Entry::Vacant(free) => drop(free.insert(value)),
                        Entry::Occupied(mut taken) => {
                            let known = std::mem::replace(taken.get_mut(), Outline::Null);
                            taken.insert(known.over(value));
                        }
                    }
                }
                Outline::Object(keys)
            }
            (Outline::List(Some(items)), Outline::List(Some(more))) => Outline::List(Some(Box::new(items.over(*more)))),
            (Outline::List(None), list @ Outline::List(_)) => list,
            (Outline::Null, other) => other,
            (known, _) => known,
        }
    }
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Level(DEEPEST).deserialize(deserializer)
    }
}

/// So many objects and lists more may be gone down.
#[derive(Clone, Copy)]
struct Level(usize);

impl Level {
    fn deeper(self) -> Option<Level> {
        self.0.checked_sub(1).map(Level)
    }
}

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Outline;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outline, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Outline;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline, A::Error> {
        let mut keys = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            match self.deeper().filter(|_| keys.len() < KEYS) {
                Some(deeper) => drop(keys.insert(key, map.next_value_seed(deeper)?)),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(if self.deeper().is_some() { Outline::Object(keys) } else { Outline::Beyond })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Outline, A::Error> {
        let mut items: Option<Outline> = None;
        if let Some(deeper) = self.deeper() {
            for _ in 0..ITEMS {
                let Some(item) = list.next_element_seed(deeper)? else { break };
                items = Some(match items {
                    Some(known) => known.over(item),
                    None => item,
                });
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Outline::List(items.map(Box::new)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Outline, E> {
        Ok(Outline::Text(text.chars().take(LONGEST_TEXT).collect()))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Outline, E> {
        Ok(Outline::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Outline, E> {
        Ok(Outline::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Outline, E> {
        Ok(Outline::Number)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Outline, E> {
        Ok(Outline::Boolean)
    }

    fn visit_unit<E>(self) -> Result<Outline, E> {
        Ok(Outline::Null)
    }
}
