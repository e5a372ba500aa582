package dev.freshet.host;

/// The rules without which processes that share nothing but a lake would damage it. Each is named where it is kept. A
/// test may take one away through [Host#keeps]; nothing else can.
public enum Guard {
    /// A commit becomes exactly the version after the one it was decided on, or is decided again.
    EXACT_VERSION,
    /// Only the claim whose token the row bears may renew or release it.
    TOKEN,
    /// A commit under a lower fence than the target's is refused.
    FENCE,
    /// Who takes a task from a silent holder raises the target's fence before anything else.
    RAISE,
    /// A due time that is settled in the target is not settled again.
    ADOPTION,
    /// A put without an answer is repeated until there is one.
    REPEATED_PUT,
    /// A commit counts only if the version below it is still the one that it was decided on.
    BASE_STANDS,
    /// A lease expires by the observer's own ticker.
    MONOTONIC_OBSERVER,
    /// A holder stops committing when four fifths of its lease have passed.
    EARLY_STOP,
    /// A row is replaced in one commit.
    SINGLE_COMMIT
}
