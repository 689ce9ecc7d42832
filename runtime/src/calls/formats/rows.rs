//! JSON that comes as one document, as a list of them, or as one after the other, as streams are stored. Knows no format.

use crate::fault::Fault;
use serde::Deserialize;

/// All documents of a text: the one, those in the list, or those in the row.
///
/// # Errors
/// A [`Fault`] where the text is no JSON, or a document is of another shape.
pub(super) fn rows<'a, T: Deserialize<'a>>(text: &'a str) -> Result<Vec<T>, Fault> {
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(|error| crate::calls::json_fault(&error));
    }
    let documents = serde_json::Deserializer::from_str(text).into_iter();
    documents.collect::<Result<Vec<T>, _>>().map_err(|error| crate::calls::json_fault(&error))
}
