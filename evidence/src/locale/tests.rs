//! What every locale pack promises. Knows the packs and nothing else.

mod classes;
mod lists;
mod normalisation;
mod unicode;
