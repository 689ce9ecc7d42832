//! Criteria and lexicons written in the language, each documented and tested in it.
