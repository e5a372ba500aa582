package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a row that somebody claimed says about the work in progress, and what rows say when they are claimed.
final class Claims {
    private Claims() {}

    /// The due time that the claim works on. One that waits to be retried, while a one-shot uses the task, is not
    /// it.
    static @Nullable Instant dueInProgress(TaskRow claimed) {
        return claimed.retryAt() == null ? claimed.dueAt() : null;
    }

    /// Whether the claim serves a request that was never offered to other processes. A request that was offered,
    /// and then followed by a newer one, looks the same and is treated alike: settled, and the newer one is claimed
    /// next.
    static boolean isOneShot(TaskRow claimed) {
        return claimed.servingRequest() != null
                && !claimed.servingRequest().equals(claimed.requestedAt())
                && dueInProgress(claimed) == null;
    }

    /// Whether the claim found something to work on, not only due times to pass over.
    static boolean hasWork(TaskRow claimed) {
        return dueInProgress(claimed) != null || claimed.servingRequest() != null;
    }

    /// A row as its next holder takes it from a dead one: the same work, one attempt later.
    static TaskRow reclaimed(TaskRow former) {
        return isOneShot(former)
                ? former.with().servingRequest(null).build()
                : former.with()
                        .attempt(former.attempt() + 1)
                        .servingRequest(former.requestedAt())
                        .build();
    }

    /// A row as it is taken from a holder only to settle what that one did: the same work, served by nobody now.
    static TaskRow evicted(TaskRow former) {
        return former.with().attempt(former.attempt() + 1).build();
    }

    /// A row taken for one-shot work. Whatever its schedule is waiting for stays as it is.
    static TaskRow oneShot(Optional<TaskRow> newest, String task, Instant now) {
        TaskRow row = newest.orElseGet(
                () -> TaskRow.idle(task, now).with().enabled(false).build());
        return row.with().servingRequest(row.newRequest(now)).build();
    }
}
