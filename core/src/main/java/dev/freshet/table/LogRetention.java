package dev.freshet.table;

import java.time.Duration;

/// How long a table's log is kept, and its files. All times are the store's own, compared with its newest file of the
/// log; no clock of any process is asked. Immutable.
///
/// @param floor nothing younger is ever removed: a process may be paused for so long and still find what it knew
/// @param kept how far back the table's commits can be read; at least the floor
/// @param every how many versions lie between two cleanings
/// @param files how far back the rows of the table's versions can be read, and how old a data file is that vacuum
///     deletes although no version ever named it; whoever commits names no file that is older than half of that
public record LogRetention(Duration floor, Duration kept, long every, Duration files) {
    private static final int LEASES = 10;

    /// An hour, thirty days, every 200 versions; files for seven days.
    public static final LogRetention DEFAULT = new LogRetention(Duration.ofHours(1), Duration.ofDays(30), 200);

    public LogRetention(Duration floor, Duration kept, long every) {
        this(floor, kept, every, FencedWrite.VACUUM_AGE);
    }

    public LogRetention {
        if (floor.isNegative() || every < 1) {
            throw new IllegalArgumentException("a log is cleaned every so many versions, down to a floor");
        }
        if (!files.isPositive()) {
            throw new IllegalArgumentException("files are kept for a while");
        }
        kept = kept.compareTo(floor) < 0 ? floor : kept;
    }

    public LogRetention withKept(Duration newKept) {
        return new LogRetention(floor, newKept, every, files);
    }

    public LogRetention withFiles(Duration newFiles) {
        return new LogRetention(floor, kept, every, newFiles);
    }

    public LogRetention withFloor(Duration newFloor) {
        return new LogRetention(newFloor, kept, every, files);
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
