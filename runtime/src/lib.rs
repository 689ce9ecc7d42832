//! Transcripts to call facts; evaluation; scores; explanation; batch. Must not know how criteria are parsed or run,
//! and reads no file: bytes come in, values go out.

pub mod assess;
pub mod calls;
pub mod expect;
pub mod facts;
pub mod fault;
pub mod score;
pub mod survey;
