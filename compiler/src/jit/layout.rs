//! The memory that machine code reads and writes. Every field's place is a constant beside it, held by a test.

use grille_evidence::facts::skip::Skip;

/// What a matcher reads of a call: base addresses of columns, all indexed by token or vocabulary entry.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct CallView {
    /// `u32` a token: vocabulary entry.
    pub text: *const u32,
    /// `u32` an entry and one more: where its symbols start.
    pub starts: *const u32,
    /// `u32` each: symbols.
    pub symbols: *const u32,
    /// `u16` a token: flags.
    pub flags: *const u16,
    /// `i32` a token: the pause before it.
    pub pauses: *const i32,
    /// Eight bytes a token: what does not count.
    pub skips: *const Skip,
}

/// Place of [`CallView::text`].
pub const TEXT: i32 = 0;
/// Place of [`CallView::starts`].
pub const STARTS: i32 = 8;
/// Place of [`CallView::symbols`].
pub const SYMBOLS: i32 = 16;
/// Place of [`CallView::flags`].
pub const FLAGS: i32 = 24;
/// Place of [`CallView::pauses`].
pub const PAUSES: i32 = 32;
/// Place of [`CallView::skips`].
pub const SKIPS: i32 = 40;

/// What a criterion's code reads and writes: base addresses of one byte each a pattern and role, node, condition
/// and clause.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct FlowView {
    /// A byte a pattern: can it begin anywhere in this call?
    pub live: *const u8,
    /// A byte a role: may it have said something unheard?
    pub dark: *const u8,
    /// A byte a node: see [`SURE`], [`LISTED`], [`HIDDEN`].
    pub summaries: *const u8,
    /// A byte a condition: its value.
    pub values: *mut u8,
    /// Eight bytes a criterion: values of its clauses, [`NO_CLAUSE`] where it has none.
    pub clauses: *mut u8,
}

/// Place of [`FlowView::live`].
pub const LIVE: i32 = 0;
/// Place of [`FlowView::dark`].
pub const DARK: i32 = 8;
/// Place of [`FlowView::summaries`].
pub const SUMMARIES: i32 = 16;
/// Place of [`FlowView::values`].
pub const VALUES: i32 = 24;
/// Place of [`FlowView::clauses`].
pub const CLAUSES: i32 = 32;

/// Summary bit: a moment is surely there.
pub const SURE: u8 = 1;
/// Summary bit: a moment is listed.
pub const LISTED: u8 = 2;
/// Summary bit: a moment may be hidden.
pub const HIDDEN: u8 = 4;

/// Bytes a criterion in [`FlowView::clauses`].
pub const CLAUSE_STRIDE: usize = 16;
/// Stands for a clause that a criterion does not have.
pub const NO_CLAUSE: u8 = 3;

/// Places of clauses in a criterion's bytes.
pub mod clause {
    /// `applies when`.
    pub const APPLIES: usize = 0;
    /// Is there an occasion?
    pub const OCCASIONS: usize = 1;
    /// `not met when`.
    pub const NOT_MET: usize = 2;
    /// `met when`.
    pub const MET: usize = 3;
    /// `expect`.
    pub const EXPECT: usize = 4;
    /// `excused when`.
    pub const EXCUSED: usize = 5;
    /// The first step of `partly met when`; the others follow.
    pub const PARTLY: usize = 8;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::mem::offset_of;

    #[test]
    fn places_are_where_they_are_said_to_be() {
        let call = [
            (offset_of!(CallView, text), TEXT),
            (offset_of!(CallView, starts), STARTS),
            (offset_of!(CallView, symbols), SYMBOLS),
            (offset_of!(CallView, flags), FLAGS),
            (offset_of!(CallView, pauses), PAUSES),
            (offset_of!(CallView, skips), SKIPS),
        ];
        let flow = [
            (offset_of!(FlowView, live), LIVE),
            (offset_of!(FlowView, dark), DARK),
            (offset_of!(FlowView, summaries), SUMMARIES),
            (offset_of!(FlowView, values), VALUES),
            (offset_of!(FlowView, clauses), CLAUSES),
        ];
        for (real, said) in call.into_iter().chain(flow) {
            assert_eq!(real, said as usize);
        }
    }
}
