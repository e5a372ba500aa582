package dev.freshet.event;

import dev.freshet.host.Host;
import java.time.Duration;

/// How long a lane waits between two commits, so that all processes together make about one and a half a second to a
/// table: as many times two thirds of a second as there were commits from its last but one to its last. Safe for use by
/// many threads; its lock protects all fields.
final class CommitPace {
    private static final long NANOS_PER_COMMIT =
            Duration.ofSeconds(2).dividedBy(3).toNanos();
    private static final long LONGEST = Duration.ofMinutes(1).toNanos();

    private final Host host;
    private long version = -1;
    private long interval;
    private long earliest = Long.MIN_VALUE;

    CommitPace(Host host) {
        this.host = host;
    }

    synchronized void committed(long newVersion) {
        long commits = version < 0 ? 1 : Math.max(1, newVersion - version);
        version = newVersion;
        long wanted = Math.min(LONGEST, commits * NANOS_PER_COMMIT);
        interval = interval == 0 ? wanted : (interval + wanted) / 2;
        earliest = host.nanos() + interval - interval / 8 + host.random().nextLong(interval / 4);
    }

    synchronized boolean allows(long nanos) {
        return earliest == Long.MIN_VALUE || nanos - earliest >= 0;
    }

    synchronized Duration interval() {
        return Duration.ofNanos(interval);
    }
}
