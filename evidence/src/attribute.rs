//! What is known of a call as a whole (its queue, its waiting time): values as a call file writes them, the types that
//! criteria declare, and how a value is read as one of them. Knows neither criteria nor how values came into the file.

use crate::date::Date;
use crate::value::Dimension;
use schemars::JsonSchema;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The most attributes that a call can have, and a program declare.
pub const MOST_ATTRIBUTES: usize = 256;

/// Attributes by name.
pub type Attributes = BTreeMap<String, AttributeValue>;

/// A value as a call file writes it: `true`, `3`, `"support"`, `{"duration_ms": 12500}`, `{"share_thousandths": 12500}`
/// (thousandths of a per cent). A date is a text, `"2026-07-14"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum AttributeValue {
    /// Yes or no.
    Boolean(bool),
    /// A whole number.
    Count(i64),
    /// A text, one of a list, or a date.
    Text(String),
    /// A duration.
    #[schemars(extend("additionalProperties" = false))]
    Duration {
        /// In milliseconds, at least 0.
        duration_ms: i64,
    },
    /// A share.
    #[schemars(extend("additionalProperties" = false))]
    Share {
        /// In thousandths of a per cent.
        share_thousandths: i64,
    },
}

/// What a file of criteria declares an attribute to be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AttributeType {
    /// `boolean`.
    Boolean,
    /// `text`.
    Text,
    /// `date`.
    Date,
    /// `duration`.
    Duration,
    /// `count`.
    Count,
    /// `share`.
    Share,
    /// `one of (…)`: the names in the order written, each as [`plain`] gives it.
    OneOf(Vec<String>),
}

/// A value read as its declared type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reading {
    /// Of a boolean.
    Boolean(bool),
    /// Milliseconds, a count, thousandths of a per cent, or a date as a number of days.
    Number(i64),
    /// A text as [`plain`] gives it.
    Text(String),
    /// Which of a list, counted from 0.
    OneOf(usize),
}

impl AttributeType {
    /// The value as this type; none where it does not fit.
    #[must_use]
    pub fn read(&self, value: &AttributeValue) -> Option<Reading> {
        match (self, value) {
            (AttributeType::Boolean, AttributeValue::Boolean(value)) => Some(Reading::Boolean(*value)),
            (AttributeType::Count, AttributeValue::Count(value)) => Some(Reading::Number(*value)),
            (AttributeType::Duration, AttributeValue::Duration { duration_ms }) => Some(Reading::Number(*duration_ms)),
            (AttributeType::Share, AttributeValue::Share { share_thousandths }) => {
                Some(Reading::Number(*share_thousandths))
            }
            (AttributeType::Text, AttributeValue::Text(text)) => Some(Reading::Text(plain(text))),
            (AttributeType::Date, AttributeValue::Text(text)) => {
                Date::read(text).map(|date| Reading::Number(i64::from(date.days())))
            }
            (AttributeType::OneOf(names), AttributeValue::Text(text)) => {
                let wanted = plain(text);
                names.iter().position(|name| *name == wanted).map(Reading::OneOf)
            }
            _ => None,
        }
    }

    /// The dimension of its values, where they stand beside others.
    #[must_use]
    pub fn dimension(&self) -> Dimension {
        match self {
            AttributeType::Boolean => Dimension::Boolean,
            AttributeType::Text | AttributeType::OneOf(_) => Dimension::Text,
            AttributeType::Date => Dimension::Date,
            AttributeType::Duration => Dimension::Duration,
            AttributeType::Count => Dimension::Count,
            AttributeType::Share => Dimension::Share,
        }
    }

    /// With its article, for messages.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            AttributeType::Boolean => "a boolean",
            AttributeType::Text => "a text",
            AttributeType::Date => "a date",
            AttributeType::Duration => "a duration",
            AttributeType::Count => "a count",
            AttributeType::Share => "a share",
            AttributeType::OneOf(_) => "one of a list",
        }
    }
}

/// A text as texts are compared: folded as what is said is (case, apostrophes, hyphens; accents are kept), blanks at
/// its ends dropped and others made one.
#[must_use]
pub fn plain(text: &str) -> String {
    crate::locale::folded(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

impl<'de> Deserialize<'de> for AttributeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

/// The members of a value that is an object.
const MEMBERS: &[&str] = &["duration_ms", "share_thousandths"];

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = AttributeValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false, a whole number, a text, {\"duration_ms\": …} or {\"share_thousandths\": …}")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<AttributeValue, E> {
        Ok(AttributeValue::Boolean(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<AttributeValue, E> {
        Ok(AttributeValue::Count(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<AttributeValue, E> {
        i64::try_from(value)
            .map(AttributeValue::Count)
            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<AttributeValue, E> {
        Ok(AttributeValue::Text(value.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AttributeValue, A::Error> {
        let Some((member, amount)) = map.next_entry::<String, i64>()? else {
            return Err(de::Error::invalid_value(de::Unexpected::Map, &self));
        };
        if map.next_key::<String>()?.is_some() {
            return Err(de::Error::invalid_value(de::Unexpected::Map, &self));
        }
        match member.as_str() {
            "duration_ms" => Ok(AttributeValue::Duration { duration_ms: amount }),
            "share_thousandths" => Ok(AttributeValue::Share { share_thousandths: amount }),
            other => Err(de::Error::unknown_field(other, MEMBERS)),
        }
    }
}

/// Reads attributes, each name once.
pub(crate) fn read_attributes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Attributes, D::Error> {
    struct Map;
    impl<'de> Visitor<'de> for Map {
        type Value = Attributes;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object of attributes")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Attributes, A::Error> {
            let mut attributes = Attributes::new();
            while let Some((name, value)) = map.next_entry::<String, AttributeValue>()? {
                if attributes.contains_key(&name) {
                    return Err(de::Error::custom(format!("the attribute `{name}` is given twice")));
                }
                attributes.insert(name, value);
            }
            Ok(attributes)
        }
    }
    deserializer.deserialize_map(Map)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<AttributeValue, String> {
        serde_json::from_str(json).map_err(|e| e.to_string())
    }

    #[test]
    fn values_are_read_as_they_are_written() {
        for json in ["true", "3", "-3", "\"support\"", "{\"duration_ms\":12500}", "{\"share_thousandths\":500}"] {
            let value = read(json).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
        }
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for json in ["null", "1.5", "[]", "{}", "{\"ms\":1}", "{\"duration_ms\":1,\"share_thousandths\":1}", "1e3"] {
            assert!(read(json).is_err(), "{json}");
        }
        let error = read("{\"minutes\": 3}").unwrap_err();
        assert!(error.contains("duration_ms"), "{error}");
    }

    #[test]
    fn a_name_stands_once() {
        #[derive(Debug, Deserialize)]
        struct Holder {
            #[serde(deserialize_with = "read_attributes")]
            attributes: Attributes,
        }
        let read = |json: &str| serde_json::from_str::<Holder>(json).map(|h| h.attributes.len());
        assert_eq!(read("{\"attributes\": {\"a\": 1, \"b\": 1}}").unwrap(), 2);
        assert!(read("{\"attributes\": {\"a\": 1, \"a\": 1}}").unwrap_err().to_string().contains("`a` is given twice"));
    }

    #[test]
    fn a_value_is_read_only_as_its_own_type() {
        let queues = AttributeType::OneOf(vec!["support".to_owned(), "facturation été".to_owned()]);
        let text = |text: &str| AttributeValue::Text(text.to_owned());
        assert_eq!(queues.read(&text(" Facturation  ÉTÉ ")), Some(Reading::OneOf(1)));
        assert_eq!(queues.read(&text("sales")), None);
        assert_eq!(AttributeType::Date.read(&text("1970-01-02")), Some(Reading::Number(1)));
        assert_eq!(AttributeType::Date.read(&text("1970-02-30")), None);
        assert_eq!(AttributeType::Duration.read(&AttributeValue::Count(3)), None);
        assert_eq!(AttributeType::Count.read(&AttributeValue::Duration { duration_ms: 3 }), None);
        assert_eq!(AttributeType::Boolean.read(&text("true")), None);
        assert_eq!(AttributeType::Text.read(&text("FR")), Some(Reading::Text("fr".to_owned())));
    }
}
