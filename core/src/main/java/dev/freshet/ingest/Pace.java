package dev.freshet.ingest;

import dev.freshet.host.Host;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// Keeps the readers of a run from reading more than so many rows a second, all together. Safe for use by many
/// threads: its own monitor protects the count, and nothing is waited for under it.
final class Pace {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long LOOK = Duration.ofMillis(100).toNanos();

    private final Host host;
    private final OptionalLong rowsPerSecond;
    private final long start;
    private long rows;

    Pace(Host host, OptionalLong rowsPerSecond) {
        this.host = host;
        this.rowsPerSecond = rowsPerSecond;
        this.start = host.nanos();
    }

    /// Rows to hand over at once: few enough that one reader alone never waits longer than a second.
    int atMost(int rows) {
        return (int) Math.min(rows, rowsPerSecond.orElse(rows));
    }

    /// Waits until these further rows are due, or until somebody does not want them any more.
    void wait(int more, BooleanSupplier unwanted) throws InterruptedException {
        if (rowsPerSecond.isPresent()) {
            double due = (double) counted(more) / rowsPerSecond.getAsLong() * SECOND;
            for (long early = early(due); early > 0 && !unwanted.getAsBoolean(); early = early(due)) {
                host.sleep(Duration.ofNanos(Math.min(early, LOOK)));
            }
        }
    }

    private long early(double due) {
        return (long) due - (host.nanos() - start);
    }

    private synchronized long counted(int more) {
        rows += more;
        return rows;
    }
}
