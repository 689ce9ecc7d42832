//! The algebra of moments: the operations of the language on finite sets of moments, with what is sure, what is
//! maybe and where more may hide. The interpreter is built of it, and machine code calls it where sets are not
//! empty. Knows nothing of plans' shapes beyond single operations, and nothing of phrases.

pub mod aggregate;
pub mod answers;
pub mod attribute;
pub mod boundary;
pub mod combine;
pub mod cover;
pub mod event;
pub mod filter;
pub mod finder;
pub mod floor;
pub mod fold;
pub mod many;
pub mod measure;
pub mod minus;
pub mod nearby;
pub mod occasions;
pub mod order;
pub mod phase;
pub mod ranks;
pub mod relation;
pub mod sound;
pub mod source;
pub mod sweep;
pub mod talk;
pub mod then;
pub mod window;
pub mod words;
pub(crate) mod work;
pub mod zones;

use grille_evidence::moment::{Moment, MomentSet, Zone};

/// More moments than this in one pattern and call, and the pattern is wholly dark.
pub const MOST_MOMENTS: usize = 65_536;

/// The set, or, where it lists more moments than the limit, one that lists none and hides some anywhere in the call.
#[must_use]
pub fn bounded(set: MomentSet, whole: Zone) -> MomentSet {
    if is_too_many(&set) { MomentSet { moments: Vec::new(), dark: vec![whole] } } else { set }
}

/// Does it list more moments than the limit?
#[must_use]
pub fn is_too_many(set: &MomentSet) -> bool {
    set.moments.len() > MOST_MOMENTS
}

/// Are so many moments listed that the rest need not be? Some may be listed twice.
fn is_past_limit(moments: &mut Vec<Moment>) -> bool {
    if moments.len() <= 2 * MOST_MOMENTS {
        return false;
    }
    moments.sort_by_key(|m| (m.key(), std::cmp::Reverse(m.sure)));
    moments.dedup_by_key(|m| m.key());
    moments.len() > MOST_MOMENTS
}

#[cfg(test)]
mod laws;
