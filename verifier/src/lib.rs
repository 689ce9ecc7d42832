//! Re-checks a trace against call and criteria; shares no logic with compiler or runtime.
