//! Transcripts to call facts; evaluation; scores; explanation; batch.
