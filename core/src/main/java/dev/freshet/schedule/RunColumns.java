package dev.freshet.schedule;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.table.Fence;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The columns of the run ledger, and the way between them and a [RunRecord].
final class RunColumns {
    static final Schema SCHEMA = Schema.of(
            required("run_id", ColumnType.STRING),
            required("task", ColumnType.STRING),
            optional("schedule", ColumnType.STRING),
            optional("due_at", ColumnType.TIMESTAMP),
            optional("requested_at", ColumnType.TIMESTAMP),
            required("attempt", ColumnType.INT),
            required("started_at", ColumnType.TIMESTAMP),
            required("finished_at", ColumnType.TIMESTAMP),
            required("outcome", ColumnType.STRING),
            required("settled", ColumnType.BOOLEAN),
            optional("reason", ColumnType.STRING),
            required("adopted", ColumnType.BOOLEAN),
            optional("rows", ColumnType.LONG),
            optional("bytes", ColumnType.LONG),
            optional("version", ColumnType.LONG),
            required("pod_id", ColumnType.STRING),
            required("instance_id", ColumnType.STRING),
            required("fence", new ColumnType.Array(ColumnType.LONG)),
            optional("error", ColumnType.STRING),
            optional("error_code", ColumnType.STRING),
            optional("missed_from", ColumnType.TIMESTAMP),
            optional("missed_to", ColumnType.TIMESTAMP),
            required("count", ColumnType.LONG));

    private RunColumns() {}

    private static Column required(String name, ColumnType type) {
        return new Column(name, type, false);
    }

    private static Column optional(String name, ColumnType type) {
        return new Column(name, type, true);
    }

    static void append(Batch batch, RunRecord run) {
        batch.appendRow(
                run.runId(),
                run.task(),
                run.schedule(),
                run.dueAt(),
                run.requestedAt(),
                run.attempt(),
                run.startedAt(),
                run.finishedAt(),
                run.outcome().text(),
                run.settled(),
                run.reason(),
                run.adopted(),
                run.rows(),
                run.bytes(),
                run.version(),
                run.podId(),
                run.instanceId(),
                List.of(run.fence().epoch(), run.fence().version()),
                run.error(),
                run.errorCode(),
                run.missedFrom(),
                run.missedTo(),
                run.count());
    }

    static RunRecord read(Batch batch, int row) {
        Row in = new Row(batch, row);
        return new RunRecord(
                in.text("run_id"),
                in.text("task"),
                in.optionalText("schedule"),
                in.time("due_at"),
                in.time("requested_at"),
                ((Number) in.value("attempt")).intValue(),
                (Instant) in.value("started_at"),
                (Instant) in.value("finished_at"),
                Outcome.parse(in.text("outcome")),
                (Boolean) in.value("settled"),
                in.optionalText("reason"),
                (Boolean) in.value("adopted"),
                in.count("rows"),
                in.count("bytes"),
                in.count("version"),
                in.text("pod_id"),
                in.text("instance_id"),
                in.fence(),
                in.optionalText("error"),
                in.optionalText("error_code"),
                in.time("missed_from"),
                in.time("missed_to"),
                (Long) in.value("count"));
    }

    /// One row, its columns looked up by name.
    private record Row(Batch batch, int row) {
        @Nullable
        Object orNull(String column) {
            return batch.value(batch.schema().indexOf(column).orElseThrow(), row);
        }

        Object value(String column) {
            return Objects.requireNonNull(orNull(column), column);
        }

        String text(String column) {
            return (String) value(column);
        }

        @Nullable
        String optionalText(String column) {
            return (String) orNull(column);
        }

        @Nullable
        Instant time(String column) {
            return (Instant) orNull(column);
        }

        @Nullable
        Long count(String column) {
            return (Long) orNull(column);
        }

        Fence fence() {
            List<?> parts = (List<?>) value("fence");
            return new Fence((Long) parts.get(0), (Long) parts.get(1));
        }
    }
}
