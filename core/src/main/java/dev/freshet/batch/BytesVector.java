package dev.freshet.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Strings as UTF-8, or binary values: all bytes in one array, with the offset where each row begins. See [Vector].
public final class BytesVector implements Vector {
    private final Validity validity = new Validity();
    private final int dataRoom;
    private final int rowsRoom;
    private byte[] data = {};
    /// Row r is data[offsets[r]] up to data[offsets[r + 1]].
    private int[] offsets = new int[1];
    private int size;

    BytesVector() {
        this(0, 0);
    }

    private BytesVector(int dataRoom, int rowsRoom) {
        this.dataRoom = dataRoom;
        this.rowsRoom = rowsRoom;
    }

    @Override
    public BytesVector another() {
        return new BytesVector(Growth.room(offsets[size], dataRoom), Growth.room(size, rowsRoom));
    }

    public void append(byte[] source, int offset, int length) {
        int start = appendSpace(length);
        System.arraycopy(source, offset, data, start, length);
    }

    public void append(byte[] value) {
        append(value, 0, value.length);
    }

    public void append(String value) {
        append(value.getBytes(StandardCharsets.UTF_8));
    }

    /// Appends a value of so many bytes and returns where in [#data()] it begins, for the caller to fill.
    public int appendSpace(int length) {
        int start = offsets[size];
        int end = start + length;
        if (end > data.length || end < start) {
            data = Arrays.copyOf(data, Growth.next(data.length, end, dataRoom));
        }
        if (size + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, Growth.next(offsets.length, size + 2, rowsRoom));
        }
        offsets[++size] = end;
        return start;
    }

    @Override
    public void appendNull() {
        validity.setNull(size);
        appendSpace(0);
    }

    /// The bytes of all rows, for tight loops: valid until the next append.
    public byte[] data() {
        return data;
    }

    public int start(int row) {
        return offsets[row];
    }

    public int end(int row) {
        return offsets[row + 1];
    }

    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /// A copy of a row's bytes.
    public byte[] get(int row) {
        return Arrays.copyOfRange(data, start(row), end(row));
    }

    /// A row's bytes read as UTF-8.
    public String text(int row) {
        return new String(data, start(row), length(row), StandardCharsets.UTF_8);
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
        return data.length + (long) offsets.length * Integer.BYTES + validity.bytes();
    }

    @Override
    public long usedBytes() {
        return offsets[size] + (long) size * Integer.BYTES;
    }

    @Override
    public void clear() {
        if (Growth.wasteful(data.length, offsets[size])) {
            data = new byte[Growth.shrunk(offsets[size])];
        }
        if (Growth.wasteful(offsets.length, size)) {
            offsets = new int[Growth.shrunk(size)];
        }
        size = 0;
        validity.clear();
    }
}
