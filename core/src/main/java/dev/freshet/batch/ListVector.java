package dev.freshet.batch;

import java.util.Arrays;

/// Arrays: the elements of all rows in one vector, with the offset where each row begins. To append a row, append
/// its elements to [#elements()], then call [#endList()]. See [Vector].
public final class ListVector implements Vector {
    private final Validity validity = new Validity();
    private final Vector elements;
    private final int room;
    /// Row r is elements offsets[r] up to offsets[r + 1].
    private int[] offsets = new int[1];
    private int size;

    ListVector(Vector elements) {
        this(elements, 0);
    }

    private ListVector(Vector elements, int room) {
        this.elements = elements;
        this.room = room;
    }

    @Override
    public ListVector another() {
        return new ListVector(elements.another(), Growth.room(size, room));
    }

    public Vector elements() {
        return elements;
    }

    /// Ends a row that consists of the elements appended since the last row ended.
    public void endList() {
        if (size + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, Growth.next(offsets.length, size + 2, room));
        }
        offsets[++size] = elements.size();
    }

    @Override
    public void appendNull() {
        if (elements.size() != offsets[size]) {
            throw new IllegalStateException("a null list has no elements");
        }
        validity.setNull(size);
        endList();
    }

    public int start(int row) {
        return offsets[row];
    }

    public int end(int row) {
        return offsets[row + 1];
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
        return (long) offsets.length * Integer.BYTES + validity.bytes() + elements.bytes();
    }

    @Override
    public long usedBytes() {
        return (long) size * Integer.BYTES + elements.usedBytes();
    }

    @Override
    public void clear() {
        if (Growth.wasteful(offsets.length, size)) {
            offsets = new int[Growth.shrunk(size)];
        }
        elements.clear();
        size = 0;
        validity.clear();
    }
}
