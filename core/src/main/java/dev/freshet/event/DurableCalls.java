package dev.freshet.event;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Callers that wait until their entry is in the lake. Those that come while a batch is under way share the next one.
final class DurableCalls {
    private static final Duration LOOK_FOR_ROOM = Duration.ofMillis(5);
    private static final Duration LEAST_LOOK = Duration.ofMillis(1);

    private final Host host;
    private final Counters counters;
    private final Duration timeout;
    private final BooleanSupplier closing;
    private final BooleanSupplier ended;

    /// @param closing whether the recorder takes no more
    /// @param ended whether its lanes do not work any more
    DurableCalls(Host host, Counters counters, Duration timeout, BooleanSupplier closing, BooleanSupplier ended) {
        this.host = host;
        this.counters = counters;
        this.timeout = timeout;
        this.closing = closing;
        this.ended = ended;
    }

    /// Returns when the entry is stored.
    void store(Lane lane, Waiting entry, Receipt receipt) throws InterruptedException {
        long deadline = host.nanos() + timeout.toNanos();
        offer(lane, entry, deadline);
        await(lane, receipt, deadline);
    }

    private void offer(Lane lane, Waiting entry, long deadline) throws InterruptedException {
        for (boolean taken = false; !taken; ) {
            if (closing.getAsBoolean()) {
                counters.dropped.increment();
                throw new FreshetException(ErrorCode.CANCELLED, "the event is not recorded: the recorder is closed");
            }
            lane.requireAlive();
            taken = lane.offer(entry);
            if (!taken) {
                awaitRoom(lane, deadline);
            }
        }
        counters.recorded.increment();
        lane.wake();
    }

    private void awaitRoom(Lane lane, long deadline) throws InterruptedException {
        if (host.nanos() - deadline >= 0) {
            counters.dropped.increment();
            throw new FreshetException(
                    ErrorCode.CONFLICT, "the event is not recorded: too many wait for table " + lane.table());
        }
        host.sleep(LOOK_FOR_ROOM);
    }

    /// The batch before takes its time, and then the entry's own.
    private void await(Lane lane, Receipt receipt, long deadline) throws InterruptedException {
        Duration next = lane.usual().multipliedBy(3).dividedBy(4);
        while (!receipt.isStored()) {
            if (receipt.isRefused()) {
                throw refused(receipt);
            }
            lane.requireAlive();
            long left = deadline - host.nanos();
            if (left <= 0 || ended.getAsBoolean()) {
                throw unknown(receipt);
            }
            host.sleep(longest(LEAST_LOOK, Duration.ofNanos(Math.min(left, next.toNanos()))));
            next = lane.usual().dividedBy(8);
        }
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static FreshetException refused(Receipt receipt) {
        Throwable why = receipt.failure();
        return new FreshetException(
                ErrorCode.VALUE_MISFIT,
                "the event is not recorded: " + (why == null ? "it was refused" : why.getMessage()),
                why);
    }

    private static FreshetException unknown(Receipt receipt) {
        Throwable last = receipt.failure();
        return new FreshetException(
                ErrorCode.OUTCOME_UNKNOWN,
                "it is not certain in time that the event is in the lake"
                        + (last == null ? "" : "; the last attempt failed: " + last.getMessage()),
                last);
    }
}
