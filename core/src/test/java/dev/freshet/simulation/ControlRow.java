package dev.freshet.simulation;

import dev.freshet.batch.Batch;
import dev.freshet.control.ControlTable;
import dev.freshet.parquet.DataFileReader;
import dev.freshet.store.Store;
import dev.freshet.table.Fence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the checks want to know of a row of the control table.
record ControlRow(
        String task,
        boolean processing,
        @Nullable String token,
        long heartbeat,
        @Nullable Fence fence,
        Instant nextRunAt,
        @Nullable Instant dueAt,
        @Nullable Instant retryAt,
        @Nullable Instant requestedAt,
        @Nullable Instant servingRequest,
        @Nullable Instant missedFrom,
        @Nullable Instant missedTo,
        @Nullable Long definitionVersion) {

    static List<ControlRow> read(Store store, String key) {
        List<ControlRow> rows = new ArrayList<>();
        Batch batch = new Batch(ControlTable.SCHEMA);
        try (DataFileReader reader = new DataFileReader(store, key, ControlTable.SCHEMA)) {
            while (reader.read(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(of(batch, row));
                }
            }
        }
        return rows;
    }

    private static ControlRow of(Batch batch, int row) {
        Long epoch = (Long) value(batch, row, "fence_epoch");
        Long version = (Long) value(batch, row, "fence_version");
        Long heartbeat = (Long) value(batch, row, "heartbeat");
        return new ControlRow(
                String.valueOf(value(batch, row, "task_name")),
                "processing".equals(value(batch, row, "status")),
                (String) value(batch, row, "token"),
                heartbeat == null ? 0 : heartbeat,
                epoch == null || version == null ? null : new Fence(epoch, version),
                (Instant) value(batch, row, "next_run_at"),
                (Instant) value(batch, row, "due_at"),
                (Instant) value(batch, row, "retry_at"),
                (Instant) value(batch, row, "requested_at"),
                (Instant) value(batch, row, "serving_request"),
                (Instant) value(batch, row, "missed_from"),
                (Instant) value(batch, row, "missed_to"),
                (Long) value(batch, row, "definition_version"));
    }

    private static @Nullable Object value(Batch batch, int row, String column) {
        return batch.value(batch.schema().indexOf(column).orElseThrow(), row);
    }

    /// The due time that the claim works on; one that waits to be retried is not it.
    @Nullable
    Instant dueInProgress() {
        return retryAt == null ? dueAt : null;
    }

    boolean hasWork() {
        return dueInProgress() != null || servingRequest != null;
    }
}
