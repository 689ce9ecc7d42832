//! The contract: call facts in, verdicts and traces out; locale packs and normalisation.
