package dev.freshet.schedule;

import dev.freshet.control.Lease;
import dev.freshet.control.TaskRow;
import dev.freshet.error.FreshetException;
import dev.freshet.table.FencedWrite;
import dev.freshet.table.RaiseOutcome;
import dev.freshet.table.Settled;
import dev.freshet.table.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What one worker does under one lease, in this order: settle what a dead holder left, work, which commits the
/// data, append the records, say how to release. Every step may be repeated by somebody else without harm. Where
/// the outcome of a step is not known it stops, and the lease is left to expire. Used once, by one thread.
final class Attempt {
    private final Surroundings around;
    private final Job job;
    private final RunSession session;
    private final Books books;

    Attempt(Surroundings around, Job job, RunSession session, Books books) {
        this.around = around;
        this.job = job;
        this.session = session;
        this.books = books;
    }

    Ending run() {
        try {
            around.host().reach("after-claim");
            return settledThenWorked();
        } catch (FreshetException e) {
            return new Ending.Abandon(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            around.listener().failed(session.runId(), job.task(), e);
            return new Ending.Abandon(
                    "a fault of Freshet's own, " + e.getClass().getName());
        }
    }

    private Ending settledThenWorked() {
        if (!mustRaise(session.lease())) {
            return worked(session.table().latest());
        }
        return switch (raise()) {
            case RaiseOutcome.Raised(var snapshot, var left) -> raised(Optional.of(snapshot), left);
            case RaiseOutcome.NoTable _ -> raised(Optional.empty(), Optional.empty());
            case RaiseOutcome.Fenced(var theirs) -> new Ending.Abandon("another holder has the fence " + theirs);
            case RaiseOutcome.Conflict(var reason) -> new Ending.Abandon(reason);
            case RaiseOutcome.Unknown(var reason) -> new Ending.Abandon(reason);
        };
    }

    private RaiseOutcome raise() {
        FencedWrite writes = new FencedWrite(around.host());
        String role = job.target().role();
        return session.lease().reclaimed() && job.target().made()
                ? writes.raiseOrCreate(session.table(), role, session.fence(), job.task())
                : writes.raise(session.table(), role, session.fence(), job.task());
    }

    /// A former holder may still be at work: one whose lease expired, or one that a lost control table knew of.
    private static boolean mustRaise(Lease lease) {
        return lease.reclaimed() || lease.former().map(TaskRow::token).isEmpty();
    }

    private Ending raised(Optional<Snapshot> target, Optional<Settled> left) {
        return new Former(around, job, books).settle(session.lease(), left).orElseGet(() -> worked(target));
    }

    private Ending worked(Optional<Snapshot> target) {
        TaskRow claimed = session.lease().row();
        if (!Claims.hasWork(claimed)) {
            return passedOver(claimed);
        }
        session.begin(target);
        fired(claimed);
        around.listener().started(session.runId(), job.task(), Math.max(1, claimed.attempt()));
        TaskResult result = null;
        Throwable thrown = null;
        try {
            result = job.newTask().run(session);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            thrown = e;
        }
        boolean _ = Thread.interrupted();
        return new Conclusion(around, job, session, books).of(claimed, result, thrown);
    }

    private void fired(TaskRow claimed) {
        Instant due = Claims.dueInProgress(claimed);
        if (due != null && claimed.scheduleId() != null && claimed.attempt() <= 1) {
            around.listener().fired(session.runId(), job.task(), claimed.scheduleId(), due);
        }
    }

    /// The claim found only due times that nobody runs any more.
    private Ending passedOver(TaskRow claimed) {
        Instant now = DueTimes.notBefore(around.now(), claimed.missedTo());
        List<RunRecord> ranges = books.claimed(claimed, RunRecord.of(claimed), now);
        books.record(ranges);
        UnaryOperator<TaskRow> change = RowAfter.passedOver(now, job.trigger(), ranges);
        boolean deleted = job.work() == null && !claimed.enabled();
        return new Ending.Release(deleted ? row -> Withdrawal.freed(change.apply(row)) : change, null);
    }
}
