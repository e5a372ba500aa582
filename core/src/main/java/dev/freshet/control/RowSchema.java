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
            optional("skipped_count", LONG),
            optional("settled_until", TIMESTAMP),
            optional("former_schedule_id", STRING),
            optional("last_request", TIMESTAMP));

    private RowSchema() {}

    static void append(Batch batch, TaskRow row) {
        new CellWriter(batch)
                .text(row.task())
                .text(row.status().text())
                .text(row.podId())
                .time(row.claimedAt())
                .time(row.completedAt())
                .time(row.nextRunAt())
                .text(row.token())
                .number(row.heartbeat())
                .fence(row.fence())
                .duration(row.lease())
                .text(row.instanceId())
                .smallNumber(row.attempt())
                .time(row.dueAt())
                .time(row.retryAt())
                .time(row.requestedAt())
                .time(row.servingRequest())
                .time(row.missedFrom())
                .time(row.missedTo())
                .text(row.scheduleId())
                .flag(row.enabled())
                .numberOrNull(row.definitionVersion())
                .time(row.lastRunAt())
                .text(row.lastOutcome())
                .text(row.lastError())
                .numberOrNull(row.lastRows())
                .numberOrNull(row.lastBytes())
                .number(row.runCount())
                .number(row.failureCount())
                .number(row.missedCount())
                .number(row.skippedCount())
                .time(row.settledUntil())
                .text(row.formerScheduleId())
                .time(row.lastRequest());
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
                cells.number(),
                cells.timeOrNull(),
                cells.textOrNull(),
                cells.timeOrNull());
    }

    private static Column required(String name, ColumnType type) {
        return new Column(name, type, false);
    }

    private static Column optional(String name, ColumnType type) {
        return new Column(name, type, true);
    }
}
