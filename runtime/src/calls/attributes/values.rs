//! A cell as the value that criteria declare: `12.5 s`, `oui`, `2026-01-15`. Must not know where cells come from.

use crate::calls::decimal::Decimal;
use crate::calls::place::clock;
use grille_evidence::attribute::{AttributeType, AttributeValue};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    /// As written, without blanks at its edges; not empty.
    Text(String),
    /// Of a type of its own.
    Typed(AttributeValue),
}

impl Given {
    /// As a text.
    pub fn text(&self) -> String {
        match self {
            Given::Text(text) => text.clone(),
            Given::Typed(AttributeValue::Text(text)) => text.clone(),
            Given::Typed(AttributeValue::Boolean(value)) => value.to_string(),
            Given::Typed(AttributeValue::Count(value)) => value.to_string(),
            Given::Typed(AttributeValue::Duration { duration_ms }) => format!("{duration_ms} ms"),
            Given::Typed(AttributeValue::Share { share_thousandths }) => {
                format!("{share_thousandths} thousandths of a per cent")
            }
        }
    }
}

/// A column: the attribute that it gives, and how its cells are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub name: String,
    unit: Option<String>,
    declared: Option<AttributeType>,
}

/// The name and the unit of a column: `Wait time (s)` is `wait_time` in `s`.
pub(super) fn name_of(written: &str) -> (String, Option<String>) {
    let (name, unit) = match written.trim().strip_suffix([')', ']']).and_then(|text| text.rsplit_once(['(', '['])) {
        Some((name, unit)) => (name, Some(unit.trim().to_lowercase())),
        None => (written, None),
    };
    let words: Vec<String> = name.split(|c: char| c.is_whitespace() || c == '-').map(str::to_lowercase).collect();
    (words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_"), unit)
}

impl Column {
    /// What a column of this name gives; none if criteria are known and do not declare it.
    pub fn of(written: &str, declared: Option<&[(String, AttributeType)]>) -> Option<Column> {
        let (name, unit) = name_of(written);
        let Some(declared) = declared else {
            let name = if unit.is_some() { name } else { written.to_owned() };
            return Some(Column { name, unit, declared: None }).filter(|column| !column.name.is_empty());
        };
        let (name, ty) = declared.iter().find(|(known, _)| known == written || *known == name)?;
        Some(Column { name: name.clone(), unit, declared: Some(ty.clone()) })
    }

    /// Is the value of the declared type?
    pub fn fits(&self, value: &AttributeValue) -> bool {
        self.declared.as_ref().is_none_or(|ty| ty.read(value).is_some())
    }

    /// What it should be, and how that is written.
    pub fn wanted(&self) -> &'static str {
        match &self.declared {
            Some(AttributeType::Boolean) => "yes or no: write `true` or `false`",
            Some(AttributeType::Count) => "a whole number: write `3`",
            Some(AttributeType::Duration) => "a duration: write `12.5 s`, or name the unit in the header, `wait (s)`",
            Some(AttributeType::Share) => "a share: write `12.5 %`, or name the unit in the header, `discount (%)`",
            Some(AttributeType::Date) => "a date: write year, month and day, `2026-01-15`",
            Some(AttributeType::OneOf(_)) => "one of the names that the criteria list",
            Some(AttributeType::Text) | None => "a text",
        }
    }

    /// A cell as a value; as a text where it is nothing else.
    pub fn value(&self, given: &Given) -> AttributeValue {
        let text = match (given, &self.declared) {
            (Given::Typed(AttributeValue::Count(count)), Some(AttributeType::Duration | AttributeType::Share)) => {
                count.to_string()
            }
            (Given::Typed(AttributeValue::Count(count)), None) if self.unit.is_some() => count.to_string(),
            (Given::Typed(value), Some(AttributeType::Text | AttributeType::OneOf(_)))
                if !matches!(value, AttributeValue::Duration { .. }) =>
            {
                given.text()
            }
            (Given::Typed(value), _) => return value.clone(),
            (Given::Text(text), _) => text.clone(),
        };
        let read = match &self.declared {
            Some(AttributeType::Boolean) => boolean(&text),
            Some(AttributeType::Count) => count(&text),
            Some(AttributeType::Duration) => self.duration(&text),
            Some(AttributeType::Share) => self.share(&text),
            Some(AttributeType::Text | AttributeType::OneOf(_) | AttributeType::Date) => None,
            None => {
                plainly(&text).or_else(|| self.duration(&text)).or_else(|| self.share(&text)).or_else(|| number(&text))
            }
        };
        read.unwrap_or(AttributeValue::Text(text))
    }

    fn duration(&self, text: &str) -> Option<AttributeValue> {
        let (number, unit) = amount(text, self.unit.as_deref());
        let (places, factor) = match unit {
            "ms" => (0, 1),
            "s" | "sec" => (3, 1),
            "min" => (3, 60),
            "h" => (3, 3600),
            "" if text.contains(':') => {
                return clock(text, "").ok().map(|ms| AttributeValue::Duration { duration_ms: i64::from(ms) });
            }
            _ => return None,
        };
        let duration_ms = Decimal::parse(&number)?.scaled(places)?.checked_mul(factor).filter(|ms| *ms >= 0)?;
        Some(AttributeValue::Duration { duration_ms })
    }

    fn share(&self, text: &str) -> Option<AttributeValue> {
        let (number, unit) = amount(text, self.unit.as_deref());
        let share_thousandths = Decimal::parse(&number).filter(|_| unit == "%")?.scaled(3)?;
        Some(AttributeValue::Share { share_thousandths })
    }
}

/// A number with a point, and its unit: that written behind it, else that of the column.
fn amount<'a>(text: &'a str, column: Option<&'a str>) -> (String, &'a str) {
    let end = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (number, unit) = text.split_at_checked(end).unwrap_or((text, ""));
    let unit = if unit.trim().is_empty() { column.unwrap_or("") } else { unit.trim() };
    (number.replace(',', "."), unit)
}

/// `true`, `false`: what is surely yes or no without a declaration.
fn plainly(text: &str) -> Option<AttributeValue> {
    match text.to_lowercase().as_str() {
        "true" => Some(AttributeValue::Boolean(true)),
        "false" => Some(AttributeValue::Boolean(false)),
        _ => None,
    }
}

fn boolean(text: &str) -> Option<AttributeValue> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "oui" | "vrai" | "o" => Some(AttributeValue::Boolean(true)),
        "false" | "no" | "n" | "0" | "non" | "faux" => Some(AttributeValue::Boolean(false)),
        _ => None,
    }
}

fn count(text: &str) -> Option<AttributeValue> {
    let number = Decimal::parse(text).filter(|number| !number.text().contains(['.', 'e', 'E']))?;
    number.scaled(0).map(AttributeValue::Count)
}

/// A whole number; one with zeros in front is a name made of digits.
fn number(text: &str) -> Option<AttributeValue> {
    let padded = text.len() > 1 && text.starts_with('0');
    count(text).filter(|_| !padded)
}
