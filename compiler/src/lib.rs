//! Syntax tree to checked program to plan to interpreter or Cranelift code.
