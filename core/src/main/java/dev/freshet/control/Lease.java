package dev.freshet.control;

import dev.freshet.table.Fence;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The right to work on a task for a while. It saves work and protects nothing: the fence does that, in every
/// commit to the target. Its holder stops committing and cancels the work when [#mayCommit] says so. Immutable; a
/// renewal gives a new one.
///
/// @param token random for each claim; also the run's id
/// @param former the row before the claim; empty when the claim created it
/// @param reclaimed whether the task was taken from a holder: its attempt is to be settled first
/// @param row the row as the claim or the last renewal left it
/// @param sentNanos this process's ticker just before the claim or the last successful renewal was sent
/// @param eviction what took the task from a holder whose lease may run on; null if that had expired or there was none
public record Lease(
        String task,
        String token,
        Fence fence,
        Duration length,
        Optional<TaskRow> former,
        boolean reclaimed,
        TaskRow row,
        long sentNanos,
        @Nullable Eviction eviction) {

    Lease(
            String task,
            String token,
            Fence fence,
            Duration length,
            Optional<TaskRow> former,
            boolean reclaimed,
            TaskRow row,
            long sentNanos) {
        this(task, token, fence, length, former, reclaimed, row, sentNanos, null);
    }

    /// The lease of a row that bears this process's instance although nothing here works on it, as after a claim
    /// that landed late. It is good for a release only: it counts as sent a lease ago.
    public static Lease stray(TaskRow row, long nowNanos) {
        if (!row.isProcessing() || row.token() == null || row.fence() == null) {
            throw new IllegalArgumentException("nobody holds " + row.task());
        }
        Duration length = row.leaseLength();
        return new Lease(
                row.task(),
                row.token(),
                row.fence(),
                length,
                Optional.empty(),
                false,
                row,
                nowNanos - length.toNanos());
    }

    /// False once four fifths of the length have passed: others may soon take the task, so its commits must stop.
    public boolean mayCommit(long nanos) {
        return nanos - sentNanos < length.toNanos() / 5 * 4;
    }

    /// True when a quarter of the length has passed.
    public boolean isRenewalDue(long nanos) {
        return nanos - sentNanos >= length.toNanos() / 4;
    }

    Lease renewed(TaskRow newRow, long newSentNanos) {
        return new Lease(task, token, fence, length, former, reclaimed, newRow, newSentNanos, eviction);
    }
}
