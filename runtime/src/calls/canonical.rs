//! A call as bytes, the same on every machine: what its hash is taken of; and the format as a JSON Schema. Judges nothing.

use grille_evidence::call::Call;

/// The call as compact JSON, fields in the order of the format. Equal calls give equal bytes.
#[must_use]
pub fn canonical_bytes(call: &Call) -> Vec<u8> {
    // A call is strings, integers and lists of these: nothing that JSON cannot hold.
    serde_json::to_vec(call).unwrap_or_default()
}

/// BLAKE3 of [`canonical_bytes`], in hex.
#[must_use]
pub fn hash(call: &Call) -> String {
    blake3::hash(&canonical_bytes(call)).to_hex().to_string()
}

/// The call format as a JSON Schema, pretty, with a line break at its end; published as `docs/call.schema.json`.
#[must_use]
pub fn schema() -> String {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(Call)).unwrap_or_default();
    text.push('\n');
    text
}
