package dev.freshet.batch;

import java.util.Arrays;

/// Numbers of 64 bits: longs, microseconds, and decimals of up to 18 digits as unscaled values. See [Vector].
public final class LongVector implements Vector {
    private final Validity validity = new Validity();
    private final int room;
    private long[] values = {};
    private int size;

    LongVector() {
        this(0);
    }

    private LongVector(int room) {
        this.room = room;
    }

    @Override
    public LongVector another() {
        return new LongVector(Growth.room(size, room));
    }

    public void append(long value) {
        ensure();
        values[size++] = value;
    }

    @Override
    public void appendNull() {
        validity.setNull(size);
        append(0);
    }

    public long get(int row) {
        return values[row];
    }

    /// The values themselves, for tight loops: only the first [#size()] elements count, and only until the next
    /// append.
    public long[] values() {
        return values;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isNull(int row) {
        return validity.isNull(row);
    }

    @Override
    public boolean hasNulls() {
        return validity.any();
    }

    @Override
    public long bytes() {
        return (long) values.length * Long.BYTES + validity.bytes();
    }

    @Override
    public long usedBytes() {
        return (long) size * Long.BYTES;
    }

    @Override
    public void clear() {
        if (Growth.wasteful(values.length, size)) {
            values = new long[Growth.shrunk(size)];
        }
        size = 0;
        validity.clear();
    }

    private void ensure() {
        if (size == values.length) {
            values = Arrays.copyOf(values, Growth.next(values.length, size + 1, room));
        }
    }
}
