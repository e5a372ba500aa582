package dev.freshet.control;

import dev.freshet.batch.Batch;
import dev.freshet.batch.BytesVector;
import dev.freshet.batch.IntVector;
import dev.freshet.batch.LongVector;
import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Appends one row's values from left to right, without an object for each: a commit writes thousands of rows.
final class CellWriter {
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

    private final Batch batch;
    private int column;

    CellWriter(Batch batch) {
        this.batch = batch;
    }

    CellWriter text(@Nullable String value) {
        BytesVector texts = batch.texts(column++);
        if (value == null) {
            texts.appendNull();
        } else {
            texts.append(value);
        }
        return this;
    }

    CellWriter time(@Nullable Instant value) {
        return value == null
                ? noNumber()
                : number(Math.addExact(
                        Math.multiplyExact(value.getEpochSecond(), MICROS_PER_SECOND),
                        value.getNano() / NANOS_PER_MICRO));
    }

    CellWriter number(long value) {
        batch.longs(column++).append(value);
        return this;
    }

    CellWriter numberOrNull(@Nullable Long value) {
        return value == null ? noNumber() : number(value);
    }

    CellWriter smallNumber(int value) {
        batch.ints(column++).append(value);
        return this;
    }

    CellWriter flag(boolean value) {
        IntVector flags = batch.ints(column++);
        flags.append(value ? 1 : 0);
        return this;
    }

    CellWriter fence(@Nullable Fence value) {
        return value == null ? noNumber().noNumber() : number(value.epoch()).number(value.version());
    }

    CellWriter duration(@Nullable Duration value) {
        return value == null ? noNumber() : number(value.toMillis());
    }

    private CellWriter noNumber() {
        LongVector numbers = batch.longs(column++);
        numbers.appendNull();
        return this;
    }
}
