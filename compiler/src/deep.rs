//! Recursion over an expression, on whatever stack the caller's thread has. How deep an expression may be is bounded in
//! [`crate::check::depth`]; that so many levels fit is seen to here. Knows nothing of expressions.

/// Bytes that must be left on the stack before one more level; every level of any recursion here takes far less.
const LEFT: usize = 128 * 1024;
/// Bytes of stack added at once where they are not.
const MORE: usize = 1024 * 1024;

/// Does the work of one level, on more stack where little is left.
pub fn deep<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(LEFT, MORE, work)
}
