package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import dev.freshet.control.TaskRowBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Brings a task's row in line with the newest definition of the schedule that owns it. The row names the
/// definition that its next due time was computed from; only a newer one changes it, so that no process can turn it
/// back.
///
/// @param task the task of the definition
/// @param owns whether the schedule with that id still exists and still is for that task
/// @param lastKnown the definition that a row's next due time was computed from
record RowAlignment(
        String task,
        Definition definition,
        BiPredicate<String, String> owns,
        Function<TaskRow, Optional<Schedule>> lastKnown) {
    /// The row as it should be, perhaps unchanged; empty when another schedule owns the task.
    Optional<TaskRow> align(Optional<TaskRow> newest, Instant now) {
        TaskRow row = newest.orElseGet(() -> TaskRow.idle(task, now));
        Schedule schedule = definition.schedule();
        String owner = row.scheduleId();
        if (owner != null && !owner.equals(schedule.id()) && owns.test(owner, task)) {
            return Optional.empty();
        }
        if (row.isProcessing()) {
            return Optional.of(row);
        }
        if (withdrawnFrom(row, now).isPresent()) {
            return Optional.of(row);
        }
        if (!isOwn(row) || row.definitionVersion() == null) {
            return Optional.of(takenOver(row, now));
        }
        return Optional.of(row.definitionVersion() < schedule.version() ? changed(row, now) : row);
    }

    /// The definition that nobody runs the waiting due times of any more, which are to be settled first: the schedule
    /// was disabled since, or took the dataset over from one that is gone.
    Optional<Schedule> withdrawnFrom(TaskRow row, Instant now) {
        Schedule schedule = definition.schedule();
        if (row.definitionVersion() == null || !Withdrawal.isPending(row, now)) {
            return Optional.empty();
        }
        if (!isOwn(row)) {
            return lastKnown.apply(row);
        }
        return row.definitionVersion() < schedule.version() && !schedule.enabled()
                ? Optional.of(schedule)
                : Optional.empty();
    }

    private boolean isOwn(TaskRow row) {
        return definition.schedule().id().equals(row.definedBy());
    }

    /// A new owner begins anew: due at once, after everything that was settled before.
    private TaskRow takenOver(TaskRow row, Instant now) {
        TaskRowBuilder next = named(row)
                .nextRunAt(after(row, now))
                .dueAt(null)
                .retryAt(null)
                .attempt(0)
                .missedFrom(null)
                .missedTo(null);
        ImportedStatus status = definition.status();
        return status == null || row.token() != null
                ? next.build()
                : imported(next, status).build();
    }

    private static TaskRowBuilder imported(TaskRowBuilder row, ImportedStatus status) {
        if (status.nextRunAt() != null) {
            row.nextRunAt(status.nextRunAt());
        }
        if (status.lastSucceeded() != null) {
            row.lastOutcome((status.lastSucceeded() ? Outcome.SUCCEEDED : Outcome.FAILED).text());
            row.lastError(status.lastSucceeded() ? null : status.lastMessage());
        }
        return row.lastRunAt(status.lastRunAt())
                .lastRows(status.lastRows())
                .runCount(status.runs())
                .failureCount(status.failures());
    }

    /// Due times that have come already, and those being retried, stay what they are.
    private TaskRow changed(TaskRow row, Instant now) {
        return Withdrawal.isPending(row, now)
                ? named(row).build()
                : named(row).nextRunAt(recomputed(row, now)).build();
    }

    private Instant recomputed(TaskRow row, Instant now) {
        Instant completed = row.completedAt();
        if (completed == null) {
            return after(row, now);
        }
        Instant candidate = switch (definition.schedule().trigger()) {
            case Interval interval -> completed.plus(interval.every());
            case Cron cron -> cron.after(completed.isAfter(now) ? completed : now);
        };
        return after(row, candidate.isBefore(now) ? now : candidate);
    }

    private TaskRowBuilder named(TaskRow row) {
        Schedule schedule = definition.schedule();
        return row.with()
                .scheduleId(schedule.id())
                .formerScheduleId(null)
                .definitionVersion(schedule.version())
                .enabled(schedule.enabled());
    }

    /// Strictly after everything that was settled, whatever the clocks of those who settled it said.
    private static Instant after(TaskRow row, Instant candidate) {
        Instant later = candidate;
        for (@Nullable Instant floor : new @Nullable Instant[] {row.completedAt(), row.settledUntil()}) {
            later = floor == null ? later : DueTimes.later(later, floor);
        }
        return later;
    }
}
