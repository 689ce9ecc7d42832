//! `minus`: what of some moments no other covers. Knows time only: a part is a stretch of it, of whom the whole was,
//! without words, since a cut may go through one.

use super::is_past_limit;
use grille_evidence::moment::{Edges, Moment, MomentSet, NO_WORD, Zone, merge_zones};

/// The maximal parts of the moments of `left` that none of `right` covers. A part is sure if its whole is, its edges
/// are known to be there, and nothing that may or may not be there could cut it; where something could, smaller
/// parts may hide in it. Past the limit the rest is not listed.
#[must_use]
pub fn minus(left: &MomentSet, right: &MomentSet) -> MomentSet {
    let knives = Knives::of(right);
    let mut moments = Vec::new();
    let mut dark: Vec<Zone> = left.dark.iter().flat_map(|zone| knives.uncovered(*zone)).collect();
    for a in &left.moments {
        for piece in knives.uncovered((a.start_lo, a.end_hi)) {
            match part(a, piece) {
                Some(part) if knives.may_cut(piece) => {
                    moments.push(part.sure_if(false));
                    dark.push(piece);
                }
                Some(part) => moments.push(part),
                None => dark.push(piece),
            }
        }
        if is_past_limit(&mut moments) {
            break;
        }
    }
    MomentSet::new(moments, dark)
}

/// What of `a` lies in a piece; none where it may be nothing.
fn part(a: &Moment, piece: Zone) -> Option<Moment> {
    let start = |time: i32| time.max(piece.0);
    let end = |time: i32| time.min(piece.1);
    let part = Moment {
        start: start(a.start),
        end: end(a.end),
        start_lo: start(a.start_lo),
        start_hi: start(a.start_hi),
        end_lo: end(a.end_lo),
        end_hi: end(a.end_hi),
        first: NO_WORD,
        last: NO_WORD,
        edges: Edges::default(),
        ..*a
    };
    (part.start_hi < part.end_lo).then_some(part)
}

/// What cuts.
struct Knives {
    /// What is surely covered, ordered, none touching another.
    covered: Vec<Zone>,
    /// What may be covered, ordered and disjoint.
    doubtful: Vec<Zone>,
}

impl Knives {
    fn of(right: &MomentSet) -> Knives {
        let is_exact = |b: &Moment| b.is_sure() && b.start_lo == b.start_hi && b.end_lo == b.end_hi;
        let doubtful = right.moments.iter().filter(|b| !is_exact(b)).map(|b| (b.start_lo, b.end_hi));
        let doubtful = merge_zones(doubtful.chain(right.dark.iter().copied()).collect());
        let mut covered: Vec<Zone> = Vec::new();
        for zone in merge_zones(right.sure().map(|b| (b.start_hi, b.end_lo)).collect()) {
            match covered.last_mut() {
                Some(last) if last.1 == zone.0 => last.1 = zone.1,
                _ => covered.push(zone),
            }
        }
        Knives { covered, doubtful }
    }

    /// The maximal parts of a zone that are not surely covered.
    fn uncovered(&self, zone: Zone) -> impl Iterator<Item = Zone> {
        let from = self.covered.partition_point(|c| c.1 <= zone.0);
        let to = self.covered.partition_point(|c| c.0 < zone.1);
        let inside = self.covered.get(from..to).unwrap_or_default();
        let starts = std::iter::once(zone.0).chain(inside.iter().map(|c| c.1));
        let ends = inside.iter().map(|c| c.0).chain(std::iter::once(zone.1));
        starts.zip(ends).filter(|piece| piece.0 < piece.1)
    }

    fn may_cut(&self, piece: Zone) -> bool {
        let next = self.doubtful.partition_point(|d| d.1 <= piece.0);
        self.doubtful.get(next).is_some_and(|d| d.0 < piece.1)
    }
}
