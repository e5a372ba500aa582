package dev.freshet.simulation;

import java.util.Locale;

/// What a story is measured by: one in which nothing happens proves nothing.
enum Count {
    /// Commits that were decided and put, to any log.
    DECISIONS,
    RUNS,
    RECLAIMS,
    UNKNOWN_RESOLVED,
    FENCED,
    ADOPTED,
    CONFLICTS,
    LOST,
    EVICTIONS,
    KILLS,
    PAUSES,
    JUMPS,
    CLEANED;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
