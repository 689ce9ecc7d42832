//! How much work the algebra does: steps, counted in tests alone, so that a test can hold how they grow.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// One step: a pair of moments compared, a node of a tree looked at.
#[inline]
pub(crate) fn step() {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + 1));
}

/// The steps that something takes.
#[cfg(test)]
pub(crate) fn steps<T>(of: impl FnOnce() -> T) -> (u64, T) {
    STEPS.with(|steps| steps.set(0));
    let result = of();
    (STEPS.with(std::cell::Cell::get), result)
}
