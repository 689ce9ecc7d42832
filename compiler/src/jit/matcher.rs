//! Cranelift code for one group of phrases: `fn(call, start, end, out)` runs the group from the token `start`, never
//! to `end`, and hands every match to the intrinsic `found(out, start, last, value)`.
//!
//! Three state words run side by side: matches that hold at least if negation is put aside, at least maybe, and
//! surely. A group that is not looked for `unless negated` needs only the last two. What may be passed over is in
//! `passing.rs`.

use super::layout::{FLAGS, PAUSES, SKIPS, STARTS, SYMBOLS, TEXT};
use super::lookup::{ENTRY_SHIFT, Lookup, MASK, SYMBOL};
use super::masks::Group;
use super::passing::Skipped;
use crate::phrases::{IN_QUESTION, Manner};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, Block, BlockArg, FuncRef, InstBuilder, MemFlagsData, Value, types};
use cranelift_frontend::FunctionBuilder;
use grille_evidence::facts::flag;
use grille_evidence::truth::Truth;

/// Writes the body of a matcher; the entry block has its four parameters.
pub struct MatcherBody<'a, 'b> {
    /// The function under construction.
    pub builder: &'a mut FunctionBuilder<'b>,
    /// The group.
    pub group: &'a Group,
    /// Its symbols' table; the code holds its address.
    pub lookup: &'a Lookup,
    /// How it is looked for.
    pub manner: Manner,
    /// The intrinsic that takes a match.
    pub found: FuncRef,
}

/// Base addresses of the call's columns.
pub(super) struct Columns {
    text: Value,
    starts: Value,
    symbols: Value,
    flags: Value,
    pauses: Value,
    pub(super) skips: Value,
}

/// Where the code stands, and where it goes from there.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) start: Value,
    end: Value,
    out: Value,
    pub(super) token: Value,
    head: Block,
    pub(super) exit: Block,
}

/// State words: all levels, or without the first where negation is not looked at.
pub(super) type Levels = Vec<Value>;

pub(super) fn plain() -> MemFlagsData {
    MemFlagsData::trusted()
}

impl MatcherBody<'_, '_> {
    /// Writes it all and seals every block.
    pub fn write(mut self) {
        let entry = self.builder.create_block();
        self.builder.append_block_params_for_function_params(entry);
        self.builder.switch_to_block(entry);
        let &[call, start, end, out] = self.builder.block_params(entry) else { return };
        let columns = self.columns(call);
        let (head, exit) = (self.builder.create_block(), self.builder.create_block());
        let levels = if self.manner.unless_negated { 3 } else { 2 };
        let kept = self.history(levels);
        for _ in 0..=2 * levels {
            self.builder.append_block_param(head, types::I64);
        }
        let (first, zero) = (self.mask(self.group.first), self.zero());
        let states = std::iter::repeat_n(first, levels).chain(std::iter::repeat_n(zero, levels));
        let arguments: Vec<BlockArg> = std::iter::once(start).chain(states).map(BlockArg::from).collect();
        self.builder.ins().jump(head, &arguments);
        self.builder.switch_to_block(head);
        let parameters = self.builder.block_params(head).to_vec();
        let Some((token, states)) = parameters.split_first() else { return };
        let Some((reachable, before)) = states.split_at_checked(levels) else { return };
        let place = Place { start, end, out, token: *token, head, exit };
        self.token(&columns, place, reachable, before, kept);
        self.builder.switch_to_block(exit);
        self.builder.ins().return_(&[]);
        self.builder.seal_all_blocks();
    }

    fn columns(&mut self, call: Value) -> Columns {
        let mut at = |place: i32| self.builder.ins().load(types::I64, plain(), call, place);
        Columns {
            text: at(TEXT),
            starts: at(STARTS),
            symbols: at(SYMBOLS),
            flags: at(FLAGS),
            pauses: at(PAUSES),
            skips: at(SKIPS),
        }
    }

    pub(super) fn mask(&mut self, mask: u64) -> Value {
        self.builder.ins().iconst(types::I64, mask.cast_signed())
    }

    pub(super) fn zero(&mut self) -> Value {
        self.mask(0)
    }

    /// One token: what is accepted, what ends here, what may be passed over, and on to the next.
    fn token(
        &mut self,
        columns: &Columns,
        place: Place,
        reachable: &[Value],
        before: &[Value],
        kept: Option<ir::StackSlot>,
    ) {
        let flags = self.flags(columns, place.token);
        let skip = kept.map(|_| self.skip_of(columns, place.token));
        let accepted = self.accepted(columns, &place, flags, skip);
        let taken: Levels =
            reachable.iter().zip(&accepted).map(|(state, mask)| self.builder.ins().band(*state, *mask)).collect();
        self.report(&taken, &place);
        let levels = match (kept, skip) {
            (Some(slot), Some(skip)) => {
                let levels = self.passed_over(&place, slot, Skipped { skip, flags }, &taken, before);
                self.go_on(&place, slot, skip, &levels);
                levels
            }
            _ => {
                let alive = self.builder.create_block();
                let Some(widest) = taken.first().copied() else { return };
                self.builder.ins().brif(widest, alive, &[], place.exit, &[]);
                self.builder.switch_to_block(alive);
                taken
            }
        };
        self.advance(columns, &place, &levels);
    }

    /// For each level, the positions that take this token.
    fn accepted(&mut self, columns: &Columns, place: &Place, flags: Value, skip: Option<Value>) -> Levels {
        let symbols = self.symbols_of(columns, place.token, flags);
        let group = self.group;
        let (any_word, gaps) = (self.any_word(flags, skip), self.mask(group.gaps));
        let words = self.builder.ins().bor(symbols, any_word);
        let all = self.builder.ins().bor(words, gaps);
        let zero = self.zero();
        let heard = self.bit(flags, flag::HEARD);
        let unknown = self.bit(flags, flag::UNKNOWN);
        let sure_words = self.builder.ins().select(heard, words, zero);
        let sure_gaps = self.builder.ins().select(unknown, zero, gaps);
        let mut sure = self.builder.ins().bor(sure_words, sure_gaps);
        let dark = self.bit(flags, flag::DARK_BEFORE);
        let later = self.builder.ins().icmp(IntCC::NotEqual, place.token, place.start);
        let later = self.builder.ins().uextend(types::I64, later);
        let dark = self.builder.ins().band(dark, later);
        sure = self.builder.ins().select(dark, zero, sure);
        if !self.manner.unless_negated {
            return vec![all, sure];
        }
        let negator = self.bit(flags, flag::NEGATOR);
        let kept = self.mask(!group.gaps);
        let everything = self.mask(u64::MAX);
        let not_sure = self.builder.ins().select(negator, kept, everything);
        let sure = self.builder.ins().band(sure, not_sure);
        let maybe_negator = self.bit(flags, flag::MAYBE_NEGATOR);
        let surely_negator = self.builder.ins().band(negator, heard);
        let surely_negator = self.builder.ins().band_not(surely_negator, maybe_negator);
        let not_maybe = self.builder.ins().select(surely_negator, kept, everything);
        let maybe = self.builder.ins().band(all, not_maybe);
        vec![all, maybe, sure]
    }

    /// The token's flags.
    fn flags(&mut self, columns: &Columns, token: Value) -> Value {
        let offset = self.builder.ins().ishl_imm_u(token, 1);
        let address = self.builder.ins().iadd(columns.flags, offset);
        self.builder.ins().uload16(types::I64, plain(), address, 0)
    }

    /// 1 if the flag is set, else 0.
    pub(super) fn bit(&mut self, flags: Value, flag: u16) -> Value {
        let shifted = self.builder.ins().ushr_imm_u(flags, i64::from(flag.trailing_zeros()));
        self.builder.ins().band_imm_u(shifted, 1)
    }

    /// The positions that the token's symbols stand for: a loop over its symbols, a look into the table in it.
    fn symbols_of(&mut self, columns: &Columns, token: Value, flags: Value) -> Value {
        let (look, head, body, done) = (
            self.builder.create_block(),
            self.builder.create_block(),
            self.builder.create_block(),
            self.builder.create_block(),
        );
        let result = self.builder.append_block_param(done, types::I64);
        let zero = self.zero();
        let unknown = self.bit(flags, flag::UNKNOWN);
        self.builder.ins().brif(unknown, done, &[zero.into()], look, &[]);
        self.builder.switch_to_block(look);
        let text = self.indexed(columns.text, token);
        let text = self.builder.ins().uextend(types::I64, text);
        let from = self.indexed(columns.starts, text);
        let after = self.builder.ins().iadd_imm_s(text, 1);
        let to = self.indexed(columns.starts, after);
        let (index, mask) =
            (self.builder.append_block_param(head, types::I32), self.builder.append_block_param(head, types::I64));
        self.builder.ins().jump(head, &[from.into(), zero.into()]);
        self.builder.switch_to_block(head);
        let more = self.builder.ins().icmp(IntCC::UnsignedLessThan, index, to);
        self.builder.ins().brif(more, body, &[], done, &[mask.into()]);
        self.builder.switch_to_block(body);
        let wide = self.builder.ins().uextend(types::I64, index);
        let symbol = self.indexed(columns.symbols, wide);
        let own = self.positions_of(symbol);
        let mask = self.builder.ins().bor(mask, own);
        let index = self.builder.ins().iadd_imm_s(index, 1);
        self.builder.ins().jump(head, &[index.into(), mask.into()]);
        self.builder.switch_to_block(done);
        result
    }

    /// The positions that one symbol stands for.
    fn positions_of(&mut self, symbol: Value) -> Value {
        let multiplier = self.builder.ins().iconst(types::I32, i64::from(self.lookup.multiplier));
        let product = self.builder.ins().imul(symbol, multiplier);
        let place = self.builder.ins().ushr_imm_u(product, i64::from(self.lookup.shift));
        let place = self.builder.ins().uextend(types::I64, place);
        let offset = self.builder.ins().ishl_imm_u(place, ENTRY_SHIFT);
        let address = i64::try_from(self.lookup.entries.as_ptr().addr()).unwrap_or_default();
        let table = self.builder.ins().iconst(types::I64, address);
        let entry = self.builder.ins().iadd(table, offset);
        let known = self.builder.ins().load(types::I32, plain(), entry, SYMBOL);
        let mask = self.builder.ins().load(types::I64, plain(), entry, MASK);
        let same = self.builder.ins().icmp(IntCC::Equal, known, symbol);
        let zero = self.zero();
        self.builder.ins().select(same, mask, zero)
    }

    /// The `u32` at an index of a column.
    fn indexed(&mut self, column: Value, index: Value) -> Value {
        let offset = self.builder.ins().ishl_imm_u(index, 2);
        let address = self.builder.ins().iadd(column, offset);
        self.builder.ins().load(types::I32, plain(), address, 0)
    }

    /// Hands a match that ends here to the intrinsic, with the highest level that it reaches.
    fn report(&mut self, levels: &[Value], place: &Place) {
        let Some(widest) = levels.first().copied() else { return };
        let last = self.mask(self.group.last);
        let ends = self.builder.ins().band(widest, last);
        let (tell, on) = (self.builder.create_block(), self.builder.create_block());
        self.builder.ins().brif(ends, tell, &[], on, &[]);
        self.builder.switch_to_block(tell);
        let lowest = if self.manner.unless_negated { Truth::No } else { Truth::CannotTell };
        let mut value = self.builder.ins().iconst(types::I32, i64::from(lowest as u8));
        for (level, truth) in levels.iter().skip(1).zip((lowest as u8 + 1)..) {
            let reached = self.builder.ins().band(*level, last);
            let own = self.builder.ins().iconst(types::I32, i64::from(truth));
            value = self.builder.ins().select(reached, own, value);
        }
        self.builder.ins().call(self.found, &[place.out, place.start, place.token, value]);
        self.builder.ins().jump(on, &[]);
        self.builder.switch_to_block(on);
    }

    fn advance(&mut self, columns: &Columns, place: &Place, levels: &[Value]) {
        let token = self.builder.ins().iadd_imm_s(place.token, 1);
        let (inside, go_on) = (self.builder.create_block(), self.builder.create_block());
        let more = self.builder.ins().icmp(IntCC::UnsignedLessThan, token, place.end);
        self.builder.ins().brif(more, inside, &[], place.exit, &[]);
        self.builder.switch_to_block(inside);
        let pause = self.indexed(columns.pauses, token);
        let longest = i64::from(self.manner.max_pause.min(i32::MAX - 1));
        let near = self.builder.ins().icmp_imm_s(IntCC::SignedLessThanOrEqual, pause, longest);
        let near = if self.manner.asks { self.still_asked(columns, token, near) } else { near };
        self.builder.ins().brif(near, go_on, &[], place.exit, &[]);
        self.builder.switch_to_block(go_on);
        let reachable: Levels = levels.iter().map(|level| self.follow(*level)).collect();
        let states = reachable.iter().chain(levels).copied();
        let arguments: Vec<BlockArg> = std::iter::once(token).chain(states).map(BlockArg::from).collect();
        self.builder.ins().jump(place.head, &arguments);
    }

    /// And the token stands in the same question.
    fn still_asked(&mut self, columns: &Columns, token: Value, near: Value) -> Value {
        let flags = self.flags(columns, token);
        let relevant = self.builder.ins().band_imm_u(flags, i64::from(IN_QUESTION | flag::QUESTION_START));
        let inside = self.builder.ins().icmp_imm_s(IntCC::NotEqual, relevant, 0);
        let no_start =
            self.builder.ins().icmp_imm_s(IntCC::UnsignedLessThan, relevant, i64::from(flag::QUESTION_START));
        let asked = self.builder.ins().band(inside, no_start);
        self.builder.ins().band(near, asked)
    }

    /// Positions that may come after any of these.
    fn follow(&mut self, state: Value) -> Value {
        let chain = self.mask(self.group.chain);
        let moved = self.builder.ins().band(state, chain);
        let mut next = self.builder.ins().ishl_imm_u(moved, 1);
        for (from, to) in self.group.jumps.clone() {
            let (from, to) = (self.mask(from), self.mask(to));
            let zero = self.zero();
            let stands = self.builder.ins().band(state, from);
            let jump = self.builder.ins().select(stands, to, zero);
            next = self.builder.ins().bor(next, jump);
        }
        next
    }
}
