package dev.freshet.table;

import java.time.Duration;

/// How long a table's log is kept. All times are the store's own, compared with its newest file of the log; no clock
/// of any process is asked. Immutable.
///
/// @param floor nothing younger is ever removed: a process may be paused for so long and still find what it knew
/// @param kept how far back the table's versions can be read; at least the floor
/// @param every how many versions lie between two cleanings
public record LogRetention(Duration floor, Duration kept, long every) {
    private static final int LEASES = 10;

    /// An hour, thirty days, every 200 versions.
    public static final LogRetention DEFAULT = new LogRetention(Duration.ofHours(1), Duration.ofDays(30), 200);

    public LogRetention {
        if (floor.isNegative() || every < 1) {
            throw new IllegalArgumentException("a log is cleaned every so many versions, down to a floor");
        }
        kept = kept.compareTo(floor) < 0 ? floor : kept;
    }

    public LogRetention withKept(Duration newKept) {
        return new LogRetention(floor, newKept, every);
    }

    public LogRetention withFloor(Duration newFloor) {
        return new LogRetention(newFloor, kept, every);
    }

    /// The same with a floor that outlasts a lease of this length ten times.
    public LogRetention outlasting(Duration lease) {
        Duration least = lease.multipliedBy(LEASES);
        return least.compareTo(floor) > 0 ? withFloor(least) : this;
    }

    boolean isDueAt(long version) {
        return version > 0 && version % every == 0;
    }
}
