//! Which outcomes the leaves of a criterion had on a call: what tests have seen of it. By the reference interpreter. Knows
//! no tests.

use crate::algebra::fold;
use crate::engine::Program;
use crate::interpret::Interpreter;
use crate::interpret::conditions::Leaves;
use grille_evidence::executable::Defect;
use grille_evidence::facts::CallFacts;
use grille_evidence::truth::Truth;
use grille_grammar::source::Span;

/// How often a leaf held, did not hold, and could not be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// It held.
    pub yes: u32,
    /// It did not.
    pub no: u32,
    /// Nobody can tell.
    pub cannot_tell: u32,
}

impl Seen {
    /// One outcome.
    #[must_use]
    pub fn of(value: Truth) -> Seen {
        let mut seen = Seen::default();
        seen.add(value);
        seen
    }

    /// One more outcome.
    pub fn add(&mut self, value: Truth) {
        let count = match value {
            Truth::Yes => &mut self.yes,
            Truth::No => &mut self.no,
            Truth::CannotTell => &mut self.cannot_tell,
        };
        *count = count.saturating_add(1);
    }

    /// Those of another call, too.
    pub fn join(&mut self, other: Seen) {
        self.yes = self.yes.saturating_add(other.yes);
        self.no = self.no.saturating_add(other.no);
        self.cannot_tell = self.cannot_tell.saturating_add(other.cannot_tell);
    }
}

/// A condition without conditions inside, or the occasions of a `whenever`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeafSeen {
    /// Where it stands.
    pub place: Span,
    /// What came of it: inside `expect`, on each occasion.
    pub seen: Seen,
}

impl Program {
    /// The places of a criterion's leaves, in the order of [`Program::coverage`].
    #[must_use]
    pub fn leaves(&self, criterion: usize) -> Vec<Span> {
        let plan = self.plan();
        let Some(found) = plan.criteria.get(criterion) else { return Vec::new() };
        let trigger = found.whenever.as_ref().and_then(|whenever| plan.node(whenever.trigger));
        let leaves = found.leaves.iter().filter_map(|id| plan.condition(*id)).map(|condition| condition.site.span);
        trigger.map(|node| node.site.span).into_iter().chain(leaves).collect()
    }

    /// What came of each leaf of a criterion on one call.
    ///
    /// # Errors
    /// A [`Defect`] where an invariant of the program is broken.
    pub fn coverage(&self, facts: &CallFacts, criterion: usize) -> Result<Vec<LeafSeen>, Defect> {
        let program = self.in_force(facts);
        let plan = program.plan();
        let Some(found) = plan.criteria.get(criterion) else { return Ok(Vec::new()) };
        let mut interpreter = Interpreter::new(plan, program.symboliser(), facts);
        let mut leaves = Leaves::new();
        interpreter.clauses(found, &mut leaves)?;
        let mut all = Vec::new();
        if let Some(whenever) = &found.whenever {
            let seen = Seen::of(fold::any(&interpreter.moments(whenever.trigger)?));
            all.extend(plan.node(whenever.trigger).map(|node| LeafSeen { place: node.site.span, seen }));
        }
        for id in &found.leaves {
            let seen = leaves.seen(*id);
            all.extend(plan.condition(*id).map(|condition| LeafSeen { place: condition.site.span, seen }));
        }
        Ok(all)
    }
}
