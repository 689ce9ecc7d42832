//! What stands in a body: JSON as it is, text in quotes, or bytes in base64url. Knows no transcript.

use super::container::{Analysis, word};
use crate::calls::outline::Outline;
use crate::calls::text;
use crate::fault::Fault;
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// base64url as vCons use it, with the signs that may end it or without.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The text of an analysis.
///
/// # Errors
/// A [`Fault`] if it has none here, or none that can be read.
pub fn of_analysis<'a>(analysis: &Analysis<'a>) -> Result<Cow<'a, str>, Fault> {
    match (analysis.body, analysis.url) {
        (Some(body), _) => of_body(body, analysis.encoding),
        (None, Some(_)) => {
            let fault = Fault::new("the transcript is at a URL, which is never fetched");
            Err(fault.mend("put what is there into `body`, or give that file itself"))
        }
        (None, None) => Err(Fault::new("the transcript has no `body`").mend("put it into `body`")),
    }
}

/// The text of a body.
///
/// # Errors
/// A [`Fault`] if it is none.
pub fn of_body<'a>(body: &'a RawValue, encoding: Option<&'a RawValue>) -> Result<Cow<'a, str>, Fault> {
    if body.get().starts_with(['{', '[']) {
        return Ok(Cow::Borrowed(body.get()));
    }
    let Some(written) = word(body) else {
        return Err(Fault::new("`body` is neither a text nor JSON").mend("put the transcript there"));
    };
    let encoding = encoding.and_then(word).unwrap_or_default().to_lowercase();
    if !encoding.starts_with("base64") {
        return Ok(Cow::Owned(written));
    }
    let safe: String = written.chars().filter(|c| !c.is_whitespace()).map(url_safe).collect();
    let bytes = BASE64URL.decode(safe).map_err(|_| {
        Fault::new("`body` is not written in base64url, as `encoding` says").mend("correct `encoding`, or the body")
    })?;
    text::decode(&bytes, None).map(|text| Cow::Owned(text.into_owned()))
}

/// The sign of base64url for that of plain base64.
fn url_safe(sign: char) -> char {
    match sign {
        '+' => '-',
        '/' => '_',
        other => other,
    }
}

/// Refuses a transcript in which nothing says when anything was said.
///
/// # Errors
/// A [`Fault`] for it.
pub fn timed(body: &str) -> Result<(), Fault> {
    let Ok(outline) = serde_json::from_str::<Outline>(body) else { return Ok(()) };
    let turns = outline.has(&["[].speaker", "[].message"]) && outline.at("[].start").is_none();
    let text =
        outline.text("transcript").is_some() && outline.at("segments").is_none() && outline.at("words").is_none();
    if turns || text {
        let fault = Fault::new("the transcript says what was said, and not when");
        return Err(fault.mend("give a transcript with times, at least of each turn"));
    }
    Ok(())
}
