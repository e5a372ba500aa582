package dev.freshet.rollup;

/// What keeps a rollup from the weaknesses of a plain one. Only a test takes one away, to see that the loss is noticed.
enum Safeguard {
    /// What is new is rolled up before a migration's hook stamps the rollup as up to date.
    GAP_IS_ROLLED_UP,
    /// Only the versions that were looked at count as processed.
    ONLY_WHAT_WAS_CAPTURED,
    /// The versions of the facts' table tell what is new, not the facts' times.
    VERSIONS_DECIDE,
    /// A backfill stands for the version that it began with.
    STAMPED_AS_OF_START,
    /// An error is written into the state, which its run cannot take along when it fails.
    ERRORS_ARE_KEPT,
    /// Whoever waited for the lease looks at the state again.
    STATE_IS_READ_AGAIN,
    /// A count of distinct values is computed from all facts of its hour.
    DISTINCT_IS_COUNTED_ANEW,
    /// What retention removed stays in the rollup.
    RETENTION_MOVES_THE_FLOOR
}
