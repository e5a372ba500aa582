package dev.freshet.parquet;

import dev.freshet.batch.Vector;
import org.apache.parquet.bytes.BytesInput;

/// The repetition or definition levels of a page; nothing at all where the highest level is zero.
final class Levels {
    private final int highest;
    private final HybridEncoder encoder;

    Levels(int highest) {
        this.highest = highest;
        this.encoder = new HybridEncoder(BitPacking.width(highest));
    }

    void add(int level) {
        if (highest > 0) {
            encoder.add(level);
        }
    }

    /// Adds a level for each row, one or, where it is null, zero, and returns how many are null.
    int addFlat(Vector vector, int from, int to) {
        if (!vector.hasNulls()) {
            encoder.add(1, to - from);
            return 0;
        }
        int nulls = 0;
        for (int at = from; at < to; at += LeafValues.STRETCH) {
            nulls += addSome(vector, at, Math.min(to, at + LeafValues.STRETCH));
        }
        return nulls;
    }

    private int addSome(Vector vector, int from, int to) {
        int nulls = 0;
        for (int row = from; row < to; row++) {
            boolean absent = vector.isNull(row);
            encoder.add(absent ? 0 : 1);
            nulls += absent ? 1 : 0;
        }
        return nulls;
    }

    /// The levels behind their length, valid until [#clear()].
    BytesInput encode() {
        if (highest == 0) {
            return BytesInput.empty();
        }
        BytesInput levels = encoder.toBytes();
        return BytesInput.concat(BytesInput.fromInt((int) levels.size()), levels);
    }

    void clear() {
        encoder.clear();
    }

    long bytes() {
        return encoder.bytes();
    }
}
