package dev.freshet.control;

import dev.freshet.batch.Batch;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One row's values from left to right. What a writer that knows fewer columns left null counts as nothing yet.
final class RowCells {
    private final Batch batch;
    private final int row;
    private int column;

    RowCells(Batch batch, int row) {
        this.batch = batch;
        this.row = row;
    }

    String text() {
        return required(textOrNull());
    }

    @Nullable
    String textOrNull() {
        return (String) next();
    }

    Instant time() {
        return required(timeOrNull());
    }

    @Nullable
    Instant timeOrNull() {
        return (Instant) next();
    }

    long number() {
        Long value = numberOrNull();
        return value == null ? 0 : value;
    }

    @Nullable
    Long numberOrNull() {
        return (Long) next();
    }

    int smallNumber() {
        Integer value = (Integer) next();
        return value == null ? 0 : value;
    }

    /// True unless the row says otherwise.
    boolean flag() {
        return !Boolean.FALSE.equals(next());
    }

    @Nullable
    Fence fenceOrNull() {
        Long epoch = numberOrNull();
        Long version = numberOrNull();
        return epoch == null || version == null ? null : new Fence(epoch, version);
    }

    @Nullable
    Duration durationOrNull() {
        Long millis = numberOrNull();
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private @Nullable Object next() {
        return batch.value(column++, row);
    }

    private <T> T required(@Nullable T value) {
        if (value == null) {
            throw new FreshetException(
                    ErrorCode.TABLE_UNREADABLE,
                    "table %s: row %d has no %s"
                            .formatted(
                                    ControlTable.PATH,
                                    row,
                                    RowSchema.SCHEMA.column(column - 1).name()));
        }
        return value;
    }
}
