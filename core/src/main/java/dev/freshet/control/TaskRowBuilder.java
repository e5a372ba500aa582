package dev.freshet.control;

import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes a [TaskRow] out of another one. One setter for each column but the task's name and the last
/// request, which the row knows itself. Confined to one thread.
public final class TaskRowBuilder {
    private final String task;
    private TaskStatus status = TaskStatus.IDLE;
    private String podId = "";
    private Instant claimedAt;
    private @Nullable Instant completedAt;
    private Instant nextRunAt;
    private @Nullable String token;
    private long heartbeat;
    private @Nullable Fence fence;
    private @Nullable Duration lease;
    private @Nullable String instanceId;
    private int attempt;
    private @Nullable Instant dueAt;
    private @Nullable Instant retryAt;
    private @Nullable Instant requestedAt;
    private @Nullable Instant servingRequest;
    private @Nullable Instant missedFrom;
    private @Nullable Instant missedTo;
    private @Nullable String scheduleId;
    private boolean enabled = true;
    private @Nullable Long definitionVersion;
    private @Nullable Instant lastRunAt;
    private @Nullable String lastOutcome;
    private @Nullable String lastError;
    private @Nullable Long lastRows;
    private @Nullable Long lastBytes;
    private long runCount;
    private long failureCount;
    private long missedCount;
    private long skippedCount;
    private @Nullable Instant settledUntil;
    private @Nullable String formerScheduleId;
    private @Nullable Instant lastRequest;

    TaskRowBuilder(String task, Instant now) {
        this.task = task;
        this.claimedAt = now;
        this.nextRunAt = now;
    }

    TaskRowBuilder(TaskRow row) {
        this.task = row.task();
        this.status = row.status();
        this.podId = row.podId();
        this.claimedAt = row.claimedAt();
        this.completedAt = row.completedAt();
        this.nextRunAt = row.nextRunAt();
        this.token = row.token();
        this.heartbeat = row.heartbeat();
        this.fence = row.fence();
        this.lease = row.lease();
        this.instanceId = row.instanceId();
        this.attempt = row.attempt();
        this.dueAt = row.dueAt();
        this.retryAt = row.retryAt();
        this.requestedAt = row.requestedAt();
        this.servingRequest = row.servingRequest();
        this.missedFrom = row.missedFrom();
        this.missedTo = row.missedTo();
        this.scheduleId = row.scheduleId();
        this.enabled = row.enabled();
        this.definitionVersion = row.definitionVersion();
        this.lastRunAt = row.lastRunAt();
        this.lastOutcome = row.lastOutcome();
        this.lastError = row.lastError();
        this.lastRows = row.lastRows();
        this.lastBytes = row.lastBytes();
        this.runCount = row.runCount();
        this.failureCount = row.failureCount();
        this.missedCount = row.missedCount();
        this.skippedCount = row.skippedCount();
        this.settledUntil = row.settledUntil();
        this.formerScheduleId = row.formerScheduleId();
        this.lastRequest = row.lastRequest();
    }

    public TaskRowBuilder status(TaskStatus value) {
        status = value;
        return this;
    }

    public TaskRowBuilder podId(String value) {
        podId = value;
        return this;
    }

    public TaskRowBuilder claimedAt(Instant value) {
        claimedAt = value;
        return this;
    }

    public TaskRowBuilder completedAt(@Nullable Instant value) {
        completedAt = value;
        return this;
    }

    public TaskRowBuilder nextRunAt(Instant value) {
        nextRunAt = value;
        return this;
    }

    public TaskRowBuilder token(@Nullable String value) {
        token = value;
        return this;
    }

    public TaskRowBuilder heartbeat(long value) {
        heartbeat = value;
        return this;
    }

    public TaskRowBuilder fence(@Nullable Fence value) {
        fence = value;
        return this;
    }

    public TaskRowBuilder lease(@Nullable Duration value) {
        lease = value;
        return this;
    }

    public TaskRowBuilder instanceId(@Nullable String value) {
        instanceId = value;
        return this;
    }

    public TaskRowBuilder attempt(int value) {
        attempt = value;
        return this;
    }

    public TaskRowBuilder dueAt(@Nullable Instant value) {
        dueAt = value;
        return this;
    }

    public TaskRowBuilder retryAt(@Nullable Instant value) {
        retryAt = value;
        return this;
    }

    public TaskRowBuilder requestedAt(@Nullable Instant value) {
        requestedAt = value;
        return this;
    }

    public TaskRowBuilder servingRequest(@Nullable Instant value) {
        servingRequest = value;
        return this;
    }

    public TaskRowBuilder missedFrom(@Nullable Instant value) {
        missedFrom = value;
        return this;
    }

    public TaskRowBuilder missedTo(@Nullable Instant value) {
        missedTo = value;
        return this;
    }

    public TaskRowBuilder scheduleId(@Nullable String value) {
        scheduleId = value;
        return this;
    }

    public TaskRowBuilder enabled(boolean value) {
        enabled = value;
        return this;
    }

    public TaskRowBuilder definitionVersion(@Nullable Long value) {
        definitionVersion = value;
        return this;
    }

    public TaskRowBuilder lastRunAt(@Nullable Instant value) {
        lastRunAt = value;
        return this;
    }

    public TaskRowBuilder lastOutcome(@Nullable String value) {
        lastOutcome = value;
        return this;
    }

    public TaskRowBuilder lastError(@Nullable String value) {
        lastError = value;
        return this;
    }

    public TaskRowBuilder lastRows(@Nullable Long value) {
        lastRows = value;
        return this;
    }

    public TaskRowBuilder lastBytes(@Nullable Long value) {
        lastBytes = value;
        return this;
    }

    public TaskRowBuilder runCount(long value) {
        runCount = value;
        return this;
    }

    public TaskRowBuilder failureCount(long value) {
        failureCount = value;
        return this;
    }

    public TaskRowBuilder missedCount(long value) {
        missedCount = value;
        return this;
    }

    public TaskRowBuilder skippedCount(long value) {
        skippedCount = value;
        return this;
    }

    public TaskRowBuilder settledUntil(@Nullable Instant value) {
        settledUntil = value;
        return this;
    }

    public TaskRowBuilder formerScheduleId(@Nullable String value) {
        formerScheduleId = value;
        return this;
    }

    public TaskRow build() {
        return new TaskRow(
                task,
                status,
                podId,
                claimedAt,
                completedAt,
                nextRunAt,
                token,
                heartbeat,
                fence,
                lease,
                instanceId,
                attempt,
                dueAt,
                retryAt,
                requestedAt,
                servingRequest,
                missedFrom,
                missedTo,
                scheduleId,
                enabled,
                definitionVersion,
                lastRunAt,
                lastOutcome,
                lastError,
                lastRows,
                lastBytes,
                runCount,
                failureCount,
                missedCount,
                skippedCount,
                settledUntil,
                formerScheduleId,
                lastRequest);
    }
}
