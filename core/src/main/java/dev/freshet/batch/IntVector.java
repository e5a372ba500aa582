package dev.freshet.batch;

import java.util.Arrays;

/// Numbers of up to 32 bits: booleans as 0 and 1, bytes, shorts, ints, and dates as days since 1970-01-01. See
/// [Vector].
public final class IntVector implements Vector {
    private final Validity validity = new Validity();
    private final int room;
    private int[] values = {};
    private int size;

    IntVector() {
        this(0);
    }

    private IntVector(int room) {
        this.room = room;
    }

    @Override
    public IntVector another() {
        return new IntVector(Growth.room(size, room));
    }

    public void append(int value) {
        ensure();
        values[size++] = value;
    }

    @Override
    public void appendNull() {
        validity.setNull(size);
        append(0);
    }

    public int get(int row) {
        return values[row];
    }

    /// The values themselves, for tight loops: only the first [#size()] elements count, and only until the next
    /// append.
    public int[] values() {
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
        return (long) values.length * Integer.BYTES + validity.bytes();
    }

    @Override
    public long usedBytes() {
        return (long) size * Integer.BYTES;
    }

    @Override
    public void clear() {
        if (Growth.wasteful(values.length, size)) {
            values = new int[Growth.shrunk(size)];
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
