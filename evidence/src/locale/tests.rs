//! What every locale pack promises. Knows the packs and nothing else.

mod lists;
mod normalisation;
