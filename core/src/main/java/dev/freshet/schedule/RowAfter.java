package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import dev.freshet.control.TaskRowBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a task's row says once its lease is released. Each change is made to the row as the release finds it: idle,
/// with the served request cleared.
final class RowAfter {
    private RowAfter() {}

    /// The run settled its due time or request: the next due time follows.
    static UnaryOperator<TaskRow> settled(RunRecord run, Optional<Trigger> trigger, List<RunRecord> ranges) {
        return row -> {
            TaskRowBuilder next = ended(row, run, ranges);
            if (Claims.dueInProgress(row) != null) {
                next.dueAt(null);
            }
            if (row.dueAt() == null || run.dueAt() != null) {
                next.attempt(0);
            }
            trigger.flatMap(known -> nextRun(row, known, run.dueAt(), run.finishedAt()))
                    .ifPresent(next::nextRunAt);
            return next.build();
        };
    }

    /// The run failed and will be tried again.
    static UnaryOperator<TaskRow> retry(RunRecord run, Instant retryAt, List<RunRecord> ranges) {
        return row ->
                ended(row, run, ranges).attempt(run.attempt()).retryAt(retryAt).build();
    }

    /// Nothing was run, only due times were passed over.
    static UnaryOperator<TaskRow> passedOver(Instant now, Optional<Trigger> trigger, List<RunRecord> ranges) {
        return row -> {
            TaskRowBuilder next =
                    counted(row, ranges).claimedAt(now).completedAt(now).attempt(0);
            trigger.flatMap(known -> nextRun(row, known, null, now)).ifPresent(next::nextRunAt);
            return next.build();
        };
    }

    /// The work is not done and no attempt was used up: anybody may claim it at once.
    ///
    /// @param attempts used up so far
    /// @param request the request that the claim served and that is pending again; null if there was none
    static UnaryOperator<TaskRow> handedBack(
            Instant now, int attempts, @Nullable Instant request, List<RunRecord> ranges) {
        return row -> {
            TaskRowBuilder next = counted(row, ranges).attempt(attempts);
            if (Claims.dueInProgress(row) != null) {
                next.retryAt(now);
            }
            return next.requestedAt(row.requestedAt() == null ? request : row.requestedAt())
                    .build();
        };
    }

    /// The attempt was taken from its holder before its time: anybody may claim the same work at once.
    ///
    /// @param request the request that the attempt served and that is pending again; null if there was none
    static UnaryOperator<TaskRow> evicted(RunRecord run, @Nullable Instant request, List<RunRecord> ranges) {
        return row -> handedBack(run.finishedAt(), run.attempt(), request, ranges)
                .apply(row)
                .with()
                .lastRunAt(run.startedAt())
                .lastOutcome(run.outcome().text())
                .lastError(run.error())
                .build();
    }

    /// The claim settled a dead holder's run and did nothing more: a request that came after that run is still
    /// pending.
    static UnaryOperator<TaskRow> keepingRequest(UnaryOperator<TaskRow> change, TaskRow dead, TaskRow claimed) {
        Instant request = claimed.servingRequest();
        if (request == null || request.equals(dead.servingRequest())) {
            return change;
        }
        return row -> {
            TaskRow next = change.apply(row);
            return next.hasRequest() ? next : next.with().requestedAt(request).build();
        };
    }

    /// The claim landed although nobody works on it: as if it had not been made.
    static UnaryOperator<TaskRow> undone(TaskRow claimed, Instant now) {
        boolean offered = claimed.servingRequest() != null && !Claims.isOneShot(claimed);
        return row -> {
            TaskRowBuilder next = row.with()
                    .servingRequest(null)
                    .attempt(Math.max(0, row.attempt() - 1))
                    .requestedAt(row.requestedAt() == null && offered ? claimed.servingRequest() : row.requestedAt());
            return row.dueAt() == null
                    ? next.missedFrom(null).missedTo(null).build()
                    : next.retryAt(row.retryAt() == null ? now : row.retryAt()).build();
        };
    }

    /// The due time that comes after what the claim settled; empty when it settled none and the next one stays.
    private static Optional<Instant> nextRun(
            TaskRow row, Trigger trigger, @Nullable Instant dueAt, Instant finishedAt) {
        Instant settled = dueAt == null ? row.missedTo() : dueAt;
        if (settled != null) {
            return Optional.of(DueTimes.next(trigger, settled, finishedAt));
        }
        boolean sinceCompletion =
                trigger instanceof Interval interval && interval.strategy() == Strategy.SINCE_COMPLETION;
        return sinceCompletion && row.enabled() && row.nextRunAt().isAfter(finishedAt)
                ? Optional.of(trigger.next(finishedAt, finishedAt))
                : Optional.empty();
    }

    private static TaskRowBuilder ended(TaskRow row, RunRecord run, List<RunRecord> ranges) {
        boolean succeeded = run.outcome() == Outcome.SUCCEEDED || run.outcome() == Outcome.UNCHANGED;
        return counted(row, ranges)
                .claimedAt(run.finishedAt())
                .completedAt(run.finishedAt())
                .lastRunAt(run.startedAt())
                .lastOutcome(run.outcome().text())
                .lastError(run.error())
                .lastRows(run.rows())
                .lastBytes(run.bytes())
                .runCount(row.runCount() + (succeeded ? 1 : 0))
                .failureCount(row.failureCount() + (succeeded ? 0 : 1));
    }

    private static TaskRowBuilder counted(TaskRow row, List<RunRecord> ranges) {
        return row.with()
                .servingRequest(null)
                .missedFrom(null)
                .missedTo(null)
                .missedCount(row.missedCount() + count(ranges, Outcome.MISSED))
                .skippedCount(row.skippedCount() + count(ranges, Outcome.SKIPPED))
                .settledUntil(until(row, ranges));
    }

    private static @Nullable Instant until(TaskRow row, List<RunRecord> ranges) {
        Instant until = row.settledUntil();
        for (RunRecord range : ranges) {
            Instant last = range.missedTo();
            until = last == null ? until : DueTimes.notBefore(last, until);
        }
        return until;
    }

    private static long count(List<RunRecord> ranges, Outcome outcome) {
        return ranges.stream()
                .filter(range -> range.outcome() == outcome)
                .mapToLong(RunRecord::count)
                .sum();
    }
}
