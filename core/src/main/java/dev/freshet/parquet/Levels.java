package dev.freshet.parquet;

import dev.freshet.batch.Vector;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/// The repetition or definition levels of a page; nothing at all where the highest level is zero.
final class Levels {
    private static final int FIRST_SLAB = 256;
    private static final int LARGEST_SLAB = 64 << 10;

    private final int highest;
    private final RunLengthBitPackingHybridEncoder encoder;

    Levels(int highest) {
        this.highest = highest;
        this.encoder = new RunLengthBitPackingHybridEncoder(
                BytesUtils.getWidthFromMaxInt(highest),
                FIRST_SLAB,
                LARGEST_SLAB,
                HeapByteBufferAllocator.getInstance());
    }

    void add(int level) throws IOException {
        if (highest > 0) {
            encoder.writeInt(level);
        }
    }

    /// Adds a level for each row, one or, where it is null, zero, and returns how many are null.
    int addFlat(Vector vector, int from, int to) throws IOException {
        int nulls = 0;
        boolean any = vector.hasNulls();
        for (int row = from; row < to; row++) {
            boolean absent = any && vector.isNull(row);
            encoder.writeInt(absent ? 0 : 1);
            nulls += absent ? 1 : 0;
        }
        return nulls;
    }

    /// The levels behind their length, valid until [#clear()].
    BytesInput encode() throws IOException {
        if (highest == 0) {
            return BytesInput.empty();
        }
        BytesInput levels = encoder.toBytes();
        return BytesInput.concat(BytesInput.fromInt((int) levels.size()), levels);
    }

    void clear() {
        encoder.reset();
    }

    long bytes() {
        return encoder.getAllocatedSize();
    }
}
