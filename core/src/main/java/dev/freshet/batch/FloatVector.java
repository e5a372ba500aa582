package dev.freshet.batch;

import java.util.Arrays;

/// Floats. See [Vector].
public final class FloatVector implements Vector {
    private final Validity validity = new Validity();
    private final int room;
    private float[] values = {};
    private int size;

    FloatVector() {
        this(0);
    }

    private FloatVector(int room) {
        this.room = room;
    }

    @Override
    public FloatVector another() {
        return new FloatVector(Growth.room(size, room));
    }

    public void append(float value) {
        ensure();
        values[size++] = value;
    }

    @Override
    public void appendNull() {
        validity.setNull(size);
        append(0);
    }

    public float get(int row) {
        return values[row];
    }

    /// The values themselves, for tight loops: only the first [#size()] elements count, and only until the next
    /// append.
    public float[] values() {
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
        return (long) values.length * Float.BYTES + validity.bytes();
    }

    @Override
    public long usedBytes() {
        return (long) size * Float.BYTES;
    }

    @Override
    public void clear() {
        if (Growth.wasteful(values.length, size)) {
            values = new float[Growth.shrunk(size)];
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
