package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import java.time.Instant;
import java.util.Optional;

/// Due times that came while their schedule was enabled, but that nobody had run when it was disabled or deleted.
/// They are claimed like any others, only to be recorded as skipped.
final class Withdrawal {
    private Withdrawal() {}

    /// Whether there is such a due time, a retry included.
    static boolean isPending(TaskRow row, Instant now) {
        return row.enabled()
                && !row.isProcessing()
                && (row.dueAt() != null || !row.nextRunAt().isAfter(now));
    }

    /// The row claimed for that; a pending request stays pending. What an earlier claim passed over, that
    /// landed late and that nobody worked on, goes with it.
    static Optional<TaskRow> claim(TaskRow row, Trigger trigger, Instant now) {
        if (!isPending(row, now)) {
            return Optional.empty();
        }
        Instant from = row.dueAt() == null ? row.nextRunAt() : row.dueAt();
        Instant first = row.missedFrom();
        DueRange range = trigger.passed(from, now).all();
        return Optional.of(row.with()
                .enabled(false)
                .dueAt(null)
                .retryAt(null)
                .attempt(0)
                .servingRequest(null)
                .missedFrom(first == null ? range.from() : first)
                .missedTo(range.to())
                .build());
    }

    /// The row once its schedule is gone: free for another one.
    static TaskRow freed(TaskRow row) {
        return row.with()
                .enabled(false)
                .scheduleId(null)
                .formerScheduleId(null)
                .definitionVersion(null)
                .build();
    }
}
