//! The part of a matcher's code that passes over what does not count: a filler leaves the state words as they were before
//! it, a repeat as they were before the repeat. For this the state words after each token are kept in a stack slot.

use super::matcher::{Columns, Levels, MatcherBody, Place, plain};
use crate::plan::automaton::LONGEST_MATCH;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, BlockArg, InstBuilder, StackSlot, StackSlotData, StackSlotKind, Value, types};
use grille_evidence::facts::flag;
use grille_evidence::facts::skip::{FILLER, GOES_ON, LONGEST_REPEAT, MOST, REACH_SHIFT, REPEAT_BITS, SURE};

/// What is known of a token that may be passed over.
#[derive(Clone, Copy)]
pub(super) struct Skipped {
    /// See [`grille_evidence::facts::skip::Skip`].
    pub(super) skip: Value,
    /// The token's flags.
    pub(super) flags: Value,
}

/// Bytes of a state word, as a power of two.
const WORD_SHIFT: u8 = 3;

impl MatcherBody<'_, '_> {
    /// Room for the state words of every token; none where no phrase of the group passes anything over.
    pub(super) fn history(&mut self, levels: usize) -> Option<StackSlot> {
        let words = LONGEST_MATCH * u32::try_from(levels).unwrap_or(1);
        let data = StackSlotData::new(StackSlotKind::ExplicitSlot, words << WORD_SHIFT, WORD_SHIFT);
        (self.group.lenient != 0).then(|| self.builder.create_sized_stack_slot(data))
    }

    /// What of a token does not count.
    pub(super) fn skip_of(&mut self, columns: &Columns, token: Value) -> Value {
        let offset = self.builder.ins().ishl_imm_u(token, i64::from(WORD_SHIFT));
        let address = self.builder.ins().iadd(columns.skips, offset);
        self.builder.ins().load(types::I64, plain(), address, 0)
    }

    /// The positions of `_`: a filler that is heard is no word to them, unless the phrase is meant exactly.
    pub(super) fn any_word(&mut self, flags: Value, skip: Option<Value>) -> Value {
        let all = self.mask(self.group.any_word);
        let Some(skip) = skip.filter(|_| self.group.any_word & self.group.lenient != 0) else { return all };
        let exact = self.mask(self.group.any_word & !self.group.lenient);
        let heard = self.bit(flags, flag::HEARD);
        let filler = self.builder.ins().band_imm_u(skip, FILLER.cast_signed());
        let is_filler = self.builder.ins().icmp_imm_s(IntCC::NotEqual, filler, 0);
        let is_filler = self.builder.ins().uextend(types::I64, is_filler);
        let passed = self.builder.ins().band(heard, is_filler);
        self.builder.ins().select(passed, exact, all)
    }

    /// The state words after a token, those included that stay because it does not count.
    pub(super) fn passed_over(
        &mut self,
        place: &Place,
        slot: StackSlot,
        skipped: Skipped,
        taken: &[Value],
        before: &[Value],
    ) -> Levels {
        let (slow, done) = (self.builder.create_block(), self.builder.create_block());
        let levels: Levels = taken.iter().map(|_| self.builder.append_block_param(done, types::I64)).collect();
        self.builder.ins().brif(skipped.skip, slow, &[], done, &arguments(taken));
        self.builder.switch_to_block(slow);
        let mut now = self.over_filler(skipped, taken, before);
        for size in (0..).take(LONGEST_REPEAT) {
            now = self.over_repeat(place, slot, skipped.skip, size, &now);
        }
        self.builder.ins().jump(done, &arguments(&now));
        self.builder.switch_to_block(done);
        levels
    }

    fn over_filler(&mut self, Skipped { skip, flags }: Skipped, taken: &[Value], before: &[Value]) -> Levels {
        let (zero, lenient) = (self.zero(), self.mask(self.group.lenient));
        let filler = self.builder.ins().band_imm_u(skip, FILLER.cast_signed());
        let stays = self.builder.ins().select(filler, lenient, zero);
        let relevant = self.builder.ins().band_imm_u(flags, i64::from(flag::HEARD | flag::DARK_BEFORE));
        let clear = self.builder.ins().icmp_imm_s(IntCC::Equal, relevant, i64::from(flag::HEARD));
        let surely = self.builder.ins().select(clear, stays, zero);
        self.joined(taken, before, stays, surely)
    }

    /// Adds what stays of earlier state words: of the last level only what surely stays.
    fn joined(&mut self, now: &[Value], before: &[Value], stays: Value, surely: Value) -> Levels {
        let last = now.len().saturating_sub(1);
        let mut levels = Levels::with_capacity(now.len());
        for (level, (now, before)) in now.iter().zip(before).enumerate() {
            let kept = self.builder.ins().band(*before, if level == last { surely } else { stays });
            levels.push(self.builder.ins().bor(*now, kept));
        }
        levels
    }

    /// The repeat of `size + 1` tokens that ends here, if there is one whose original stands inside the match.
    fn over_repeat(&mut self, place: &Place, slot: StackSlot, skip: Value, size: u32, now: &[Value]) -> Levels {
        let (far, inside, done) = self.three_blocks();
        let levels: Levels = now.iter().map(|_| self.builder.append_block_param(done, types::I64)).collect();
        let bits = self.builder.ins().ushr_imm_u(skip, i64::from((size + 1) * REPEAT_BITS));
        let length = self.builder.ins().band_imm_u(bits, i64::from(MOST));
        self.builder.ins().brif(length, far, &[], done, &arguments(now));
        self.builder.switch_to_block(far);
        let reach = self.builder.ins().ushr_imm_u(bits, i64::from(REACH_SHIFT));
        let reach = self.builder.ins().band_imm_u(reach, i64::from(MOST));
        let passed = self.builder.ins().isub(place.token, place.start);
        let reached = self.builder.ins().icmp(IntCC::UnsignedLessThanOrEqual, reach, passed);
        self.builder.ins().brif(reached, inside, &[], done, &arguments(now));
        self.builder.switch_to_block(inside);
        let (zero, lenient) = (self.zero(), self.mask(self.group.lenient));
        let sure = self.builder.ins().band_imm_u(bits, SURE.cast_signed());
        let surely = self.builder.ins().select(sure, lenient, zero);
        let back = self.builder.ins().isub(passed, length);
        let address = self.kept_at(slot, back, now.len());
        let before: Levels = (0..).step_by(1 << WORD_SHIFT).take(now.len()).map(|at| self.word(address, at)).collect();
        let joined = self.joined(now, &before, lenient, surely);
        self.builder.ins().jump(done, &arguments(&joined));
        self.builder.switch_to_block(done);
        levels
    }

    fn three_blocks(&mut self) -> (Block, Block, Block) {
        (self.builder.create_block(), self.builder.create_block(), self.builder.create_block())
    }

    fn word(&mut self, address: Value, offset: i32) -> Value {
        self.builder.ins().load(types::I64, plain(), address, offset)
    }

    /// The address of the state words of a token, counted from the start of the match.
    fn kept_at(&mut self, slot: StackSlot, passed: Value, levels: usize) -> Value {
        let stride = i64::try_from(levels << WORD_SHIFT).unwrap_or_default();
        let offset = self.builder.ins().imul_imm_s(passed, stride);
        let base = self.builder.ins().stack_addr(types::I64, slot, 0);
        self.builder.ins().iadd(base, offset)
    }

    /// Keeps the state words, and ends where nothing is left and no repeat goes on.
    pub(super) fn go_on(&mut self, place: &Place, slot: StackSlot, skip: Value, levels: &[Value]) {
        let alive = self.builder.create_block();
        let Some(widest) = levels.first().copied() else { return };
        let goes_on = self.builder.ins().band_imm_u(skip, GOES_ON.cast_signed());
        let alive_or_on = self.builder.ins().bor(widest, goes_on);
        self.builder.ins().brif(alive_or_on, alive, &[], place.exit, &[]);
        self.builder.switch_to_block(alive);
        let passed = self.builder.ins().isub(place.token, place.start);
        let address = self.kept_at(slot, passed, levels.len());
        for (level, offset) in levels.iter().zip((0..).step_by(1 << WORD_SHIFT)) {
            self.builder.ins().store(plain(), *level, address, offset);
        }
    }
}

fn arguments(values: &[Value]) -> Vec<BlockArg> {
    values.iter().copied().map(BlockArg::from).collect()
}
