package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import dev.freshet.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// When the loop goes round again: at the latest after the poll interval, sooner for renewals, for the leases of
/// others that it observes, for the next due time, and when something ended; jittered, and never in a rush.
/// Confined to the loop's thread.
final class Pace {
    private static final Duration GAP = Duration.ofMillis(250);
    private static final Duration WISH = Duration.ofMillis(500);

    private final Host host;
    private final Duration poll;
    private long earliest;
    private long latest;

    Pace(Host host, Duration poll) {
        this.host = host;
        this.poll = poll;
        this.earliest = host.nanos();
        this.latest = host.nanos();
    }

    boolean isTime(AtomicBoolean awake) {
        long now = host.nanos();
        return now - latest >= 0 || (awake.get() && now - earliest >= 0);
    }

    void failed() {
        set(jittered(poll));
    }

    void next(Collection<TaskRow> rows, List<Definition> definitions, Hands hands, boolean wishes) {
        Duration rest = jittered(poll);
        for (Running run : hands.all()) {
            rest = shorter(rest, run.lease().length().dividedBy(4).minusNanos(sinceSent(run)));
        }
        for (TaskRow row : rows) {
            if (row.isProcessing() && row.lease() != null) {
                rest = shorter(rest, row.lease().dividedBy(4));
            } else if (!definitions.isEmpty() && row.enabled()) {
                rest = shorter(rest, untilDue(row));
            }
        }
        set(wishes ? shorter(rest, WISH) : rest);
    }

    private long sinceSent(Running run) {
        return host.nanos() - run.lease().sentNanos();
    }

    /// Processes that wait for the same due time do not all come at once.
    private Duration untilDue(TaskRow row) {
        Instant now = host.now();
        Duration until = Duration.between(now, row.readyAt());
        Duration spread = shorter(poll.dividedBy(10), Duration.ofSeconds(1));
        return until.isNegative()
                ? jittered(poll)
                : until.plusNanos(host.random().nextLong(1, spread.toNanos() + 2));
    }

    private Duration jittered(Duration duration) {
        return Duration.ofNanos(Math.round(duration.toNanos() * host.random().nextDouble(0.9, 1.1)));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void set(Duration rest) {
        long now = host.nanos();
        earliest = now + GAP.toNanos();
        latest = now + Math.max(GAP.toNanos(), rest.toNanos());
    }
}
