package dev.freshet.table;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;

/// What others still need of a table before its past may go. Cleaning and vacuum ask this first, and do nothing when
/// it throws. Implementations are safe for use by many threads.
public interface StillNeeded {
    /// Nobody holds a table's past up for longer than this.
    Duration CAP = Duration.ofDays(7);

    /// The oldest version of the table that somebody will read, or read the changes after; empty if nobody will.
    ///
    /// @param table the table's key, such as `datasets/orders`
    OptionalLong oldestVersion(String table);

    /// The longest lease of any task; ten times as long nothing is cleaned, whoever holds it.
    Duration longestLease();

    /// The keys of data files of the table that somebody needs although no version may name them.
    Set<String> files(String table);

    /// Nobody needs anything.
    static StillNeeded nothing() {
        return new StillNeeded() {
            @Override
            public OptionalLong oldestVersion(String table) {
                return OptionalLong.empty();
            }

            @Override
            public Duration longestLease() {
                return Duration.ZERO;
            }

            @Override
            public Set<String> files(String table) {
                return Set.of();
            }
        };
    }
}
