package dev.freshet.batch;

import java.util.Arrays;

/// Doubles. See [Vector].
public final class DoubleVector implements Vector {
    private final Validity validity = new Validity();
    private final int room;
    private double[] values = {};
    private int size;

    DoubleVector() {
        this(0);
    }

    private DoubleVector(int room) {
        this.room = room;
    }

    @Override
    public DoubleVector another() {
        return new DoubleVector(Growth.room(size, room));
    }

    public void append(double value) {
        ensure();
        values[size++] = value;
    }

    @Override
    public void appendNull() {
        validity.setNull(size);
        append(0);
    }

    public double get(int row) {
        return values[row];
    }

    /// The values themselves, for tight loops: only the first [#size()] elements count, and only until the next
    /// append.
    public double[] values() {
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
        return (long) values.length * Double.BYTES + validity.bytes();
    }

    @Override
    public long usedBytes() {
        return (long) size * Double.BYTES;
    }

    @Override
    public void clear() {
        if (Growth.wasteful(values.length, size)) {
            values = new double[Growth.shrunk(size)];
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
