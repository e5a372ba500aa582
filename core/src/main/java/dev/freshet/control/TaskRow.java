package dev.freshet.control;

import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One row of the control table, with the table's columns in the table's order; a component is null when its column
/// is. It has no constructor to call: start from [#idle] or change a row [#with] its builder. Times have
/// microseconds, as in the table, so that a row read back equals the row written. Immutable.
///
/// @param task name of the task, free text
/// @param podId who claimed it last, for people
/// @param completedAt null while it runs
/// @param nextRunAt the next due time; unchanged while it runs
/// @param token the last claim's id, which is also its run's
/// @param heartbeat counts the renewals of the claim
/// @param fence of the last claim
/// @param lease its length; null in rows of foreign writers
/// @param instanceId the process that claimed it last
/// @param attempt which try of `dueAt` this is, from 1; 0 when nothing is in progress
/// @param dueAt the due time in progress or being retried
/// @param retryAt when it may be tried again
/// @param requestedAt a request that is pending
/// @param servingRequest the request that the claim serves
/// @param missedFrom first of the due times that the claim passed over
/// @param missedTo last of them
/// @param scheduleId the schedule that owns the task's dataset
/// @param enabled false: only requests run it
/// @param definitionVersion the version of the schedule that `nextRunAt` was computed from
/// @param lastError redacted
/// @param runCount successes
/// @param settledUntil the last due time that was run, skipped or missed: no due time up to here comes again
/// @param formerScheduleId the owner that `nextRunAt` and `definitionVersion` are of, until what it left is settled;
///     null when that is the owner of now
/// @param lastRequest the newest of all requests that there ever were, served or not: the next one is later
public record TaskRow(
        String task,
        TaskStatus status,
        String podId,
        Instant claimedAt,
        @Nullable Instant completedAt,
        Instant nextRunAt,
        @Nullable String token,
        long heartbeat,
        @Nullable Fence fence,
        @Nullable Duration lease,
        @Nullable String instanceId,
        int attempt,
        @Nullable Instant dueAt,
        @Nullable Instant retryAt,
        @Nullable Instant requestedAt,
        @Nullable Instant servingRequest,
        @Nullable Instant missedFrom,
        @Nullable Instant missedTo,
        @Nullable String scheduleId,
        boolean enabled,
        @Nullable Long definitionVersion,
        @Nullable Instant lastRunAt,
        @Nullable String lastOutcome,
        @Nullable String lastError,
        @Nullable Long lastRows,
        @Nullable Long lastBytes,
        long runCount,
        long failureCount,
        long missedCount,
        long skippedCount,
        @Nullable Instant settledUntil,
        @Nullable String formerScheduleId,
        @Nullable Instant lastRequest) {
    private static final Duration FOREIGN_LEASE = Duration.ofMinutes(30);

    public TaskRow {
        if (task.isEmpty()) {
            throw new IllegalArgumentException("a task needs a name");
        }
        claimedAt = micros(claimedAt);
        completedAt = microsOrNull(completedAt);
        nextRunAt = micros(nextRunAt);
        dueAt = microsOrNull(dueAt);
        retryAt = microsOrNull(retryAt);
        requestedAt = microsOrNull(requestedAt);
        servingRequest = microsOrNull(servingRequest);
        missedFrom = microsOrNull(missedFrom);
        missedTo = microsOrNull(missedTo);
        lastRunAt = microsOrNull(lastRunAt);
        settledUntil = microsOrNull(settledUntil);
        lastRequest = later(microsOrNull(lastRequest), later(requestedAt, servingRequest));
    }

    /// A task that was never claimed and is due at once.
    public static TaskRow idle(String task, Instant now) {
        return new TaskRowBuilder(task, now).build();
    }

    /// A builder that begins with this row's values.
    public TaskRowBuilder with() {
        return new TaskRowBuilder(this);
    }

    public boolean isProcessing() {
        return status == TaskStatus.PROCESSING;
    }

    /// The schedule that the next due time was computed from.
    public @Nullable String definedBy() {
        return formerScheduleId == null ? scheduleId : formerScheduleId;
    }

    public boolean hasRequest() {
        return requestedAt != null;
    }

    /// The time of a request that is made now: later than all before. A request is known by its time, and whoever made
    /// the last one may have another clock.
    public Instant newRequest(Instant now) {
        Instant request = micros(now);
        return lastRequest == null || request.isAfter(lastRequest) ? request : lastRequest.plus(1, ChronoUnit.MICROS);
    }

    /// When an idle task may run next without a request: the retry if one is set, else the due time.
    public Instant readyAt() {
        return Objects.requireNonNullElse(retryAt, nextRunAt);
    }

    /// How long the holder's claim lasts without a renewal; half an hour for a writer that says nothing about it.
    public Duration leaseLength() {
        return Objects.requireNonNullElse(lease, FOREIGN_LEASE);
    }

    /// Whether this row is in the hands of the claim with that token.
    public boolean isHeldBy(String token) {
        return isProcessing() && token.equals(this.token);
    }

    private static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /// The later one of those that are not null.
    static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }

    private static @Nullable Instant microsOrNull(@Nullable Instant time) {
        return time == null ? null : micros(time);
    }
}
