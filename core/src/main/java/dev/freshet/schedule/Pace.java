package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import dev.freshet.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

/// When the loop goes round again: at the latest after the poll interval, sooner for renewals, for the leases of
/// others that it observes, for the next due time, and when something ended; jittered, and never in a rush.
/// Confined to the loop's thread.
final class Pace {
    private static final Duration GAP = Duration.ofMillis(250);
    private static final Duration SOON = Duration.ofMillis(500);

    private final Host host;
    private final Duration poll;
    private Duration leases;
    private long began;
    private long earliest;
    private long latest;

    Pace(Host host, Duration poll) {
        this.host = host;
        this.poll = poll;
        this.leases = poll;
        this.began = host.nanos();
        this.earliest = began;
        this.latest = began;
    }

    boolean isTime(AtomicBoolean awake) {
        long now = host.nanos();
        return now - latest >= 0 || (awake.get() && now - earliest >= 0);
    }

    /// Now a round begins.
    void begin() {
        began = host.nanos();
    }

    /// A round that failed saw no leases, and those that it would have seen run out nevertheless.
    void failed() {
        set(shorter(jittered(poll), leases));
    }

    /// @param claiming whether the schedules of the lake are served here
    /// @param more whether somebody here waits for a task, or one is due and there is a place for it
    void next(Collection<TaskRow> rows, boolean claiming, Hands hands, boolean more) {
        Duration rest = jittered(poll);
        leases = poll;
        for (Running run : hands.all()) {
            leases = shorter(leases, run.lease().length().dividedBy(4));
            rest = shorter(rest, run.lease().length().dividedBy(4).minusNanos(sinceSent(run)));
        }
        Instant now = host.now();
        Instant due = Instant.MAX;
        for (TaskRow row : rows) {
            if (row.isProcessing() && row.lease() != null) {
                leases = shorter(leases, row.lease().dividedBy(4));
            } else if (claiming
                    && row.enabled()
                    && row.readyAt().isBefore(due)
                    && !row.readyAt().isBefore(now)) {
                due = row.readyAt();
            }
        }
        if (due.isBefore(now.plus(poll))) {
            rest = shorter(rest, spread(Duration.between(now, due)));
        }
        rest = shorter(rest, leases);
        set(more ? shorter(rest, jittered(longer(SOON, took().multipliedBy(2)))) : rest);
    }

    private long sinceSent(Running run) {
        return host.nanos() - run.lease().sentNanos();
    }

    /// Processes that wait for the same due time do not all come at once.
    private Duration spread(Duration untilDue) {
        Duration most = shorter(poll.dividedBy(10), Duration.ofSeconds(1));
        return untilDue.plusNanos(host.random().nextLong(1, most.toNanos() + 2));
    }

    private Duration jittered(Duration duration) {
        return Duration.ofNanos(Math.round(duration.toNanos() * host.random().nextDouble(0.9, 1.1)));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /// The round so far, most of which is the commit: the more it costs, the less often there is one, or many
    /// processes on a slow store would get nothing done but conflicts.
    private Duration took() {
        return shorter(poll, Duration.ofNanos(host.nanos() - began));
    }

    private void set(Duration rest) {
        long now = host.nanos();
        earliest = now + longer(GAP, took()).toNanos();
        latest = now + longer(GAP, rest).toNanos();
    }
}
