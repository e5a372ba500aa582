package dev.freshet.control;

import static dev.freshet.batch.ColumnType.BOOLEAN;
import static dev.freshet.batch.ColumnType.INT;
import static dev.freshet.batch.ColumnType.LONG;
import static dev.freshet.batch.ColumnType.STRING;
import static dev.freshet.batch.ColumnType.TIMESTAMP;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.table.Fence;
import java.time.Duration;

/// The control table's columns, in order, and how a row fills them.
final class RowSchema {
    static final Schema SCHEMA = Schema.of(
            required("task_name", STRING),
            required("status", STRING),
            required("pod_id", STRING),
            required("claimed_at", TIMESTAMP),
            optional("completed_at", TIMESTAMP),
            required("next_run_at", TIMESTAMP),
            optional("token", STRING),
            optional("heartbeat", LONG),
            optional("fence_epoch", LONG),
            optional("fence_version", LONG),
            optional("lease_ms", LONG),
            optional("instance_id", STRING),
            optional("attempt", INT),
            optional("due_at", TIMESTAMP),
            optional("retry_at", TIMESTAMP),
            optional("requested_at", TIMESTAMP),
            optional("serving_request", TIMESTAMP),
            optional("missed_from", TIMESTAMP),
            optional("missed_to", TIMESTAMP),
            optional("schedule_id", STRING),
            optional("enabled", BOOLEAN),
            optional("definition_version", LONG),
            optional("last_run_at", TIMESTAMP),
            optional("last_outcome", STRING),
            optional("last_error", STRING),
            optional("last_rows", LONG),
            optional("last_bytes", LONG),
            optional("run_count", LONG),
            optional("failure_count", LONG),
            optional("missed_count", LONG),
            optional("skipped_count", LONG));

    private RowSchema() {}

    static void append(Batch batch, TaskRow row) {
        Fence fence = row.fence();
        Duration lease = row.lease();
        batch.appendRow(
                row.task(),
                row.status().text(),
                row.podId(),
                row.claimedAt(),
                row.completedAt(),
                row.nextRunAt(),
                row.token(),
                row.heartbeat(),
                fence == null ? null : fence.epoch(),
                fence == null ? null : fence.version(),
                lease == null ? null : lease.toMillis(),
                row.instanceId(),
                row.attempt(),
                row.dueAt(),
                row.retryAt(),
                row.requestedAt(),
                row.servingRequest(),
                row.missedFrom(),
                row.missedTo(),
                row.scheduleId(),
                row.enabled(),
                row.definitionVersion(),
                row.lastRunAt(),
                row.lastOutcome(),
                row.lastError(),
                row.lastRows(),
                row.lastBytes(),
                row.runCount(),
                row.failureCount(),
                row.missedCount(),
                row.skippedCount());
    }

    static TaskRow row(Batch batch, int index) {
        RowCells cells = new RowCells(batch, index);
        return new TaskRow(
                cells.text(),
                TaskStatus.parse(cells.text()),
                cells.text(),
                cells.time(),
                cells.timeOrNull(),
                cells.time(),
                cells.textOrNull(),
                cells.number(),
                cells.fenceOrNull(),
                cells.durationOrNull(),
                cells.textOrNull(),
                cells.smallNumber(),
                cells.timeOrNull(),
                cells.timeOrNull(),
                cells.timeOrNull(),
                cells.timeOrNull(),
                cells.timeOrNull(),
                cells.timeOrNull(),
                cells.textOrNull(),
                cells.flag(),
                cells.numberOrNull(),
                cells.timeOrNull(),
                cells.textOrNull(),
                cells.textOrNull(),
                cells.numberOrNull(),
                cells.numberOrNull(),
                cells.number(),
                cells.number(),
                cells.number(),
                cells.number());
    }

    private static Column required(String name, ColumnType type) {
        return new Column(name, type, false);
    }

    private static Column optional(String name, ColumnType type) {
        return new Column(name, type, true);
    }
}
