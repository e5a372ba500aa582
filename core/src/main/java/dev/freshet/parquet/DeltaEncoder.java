package dev.freshet.parquet;

import java.util.Arrays;

/// Whole numbers by their differences, `DELTA_BINARY_PACKED` of the Parquet format: blocks of 128 differences above
/// their least one, in four bit-packed parts of which each has the width that it needs. Differences of values of 32
/// bits wrap around at 32 bits, so that no reader needs more.
final class DeltaEncoder {
    private static final int BLOCK = 128;
    private static final int PARTS = 4;
    private static final int PART = BLOCK / PARTS;

    /// The upper bits of a difference that are only its sign.
    private final int signBits;
    private final long[] differences = new long[BLOCK];
    private final byte[] widths = new byte[PARTS];

    /// @param wide values of 64 bits, not 32
    DeltaEncoder(boolean wide) {
        this.signBits = wide ? 0 : Integer.SIZE;
    }

    /// Appends the first so many values, of which there may be none.
    void encode(long[] values, int count, PageBuffer out) {
        out.putVarint(BLOCK);
        out.putVarint(PARTS);
        out.putVarint(count);
        out.putZigZag(count == 0 ? 0 : values[0]);
        for (int from = 1; from < count; from += BLOCK) {
            putBlock(values, from, Math.min(count, from + BLOCK), out);
        }
    }

    private void putBlock(long[] values, int from, int to, PageBuffer out) {
        int count = to - from;
        long least = subtract(values, from, count);
        if (count < BLOCK) {
            Arrays.fill(differences, count, BLOCK, least);
        }
        for (int part = 0; part < PARTS; part++) {
            widths[part] = (byte) lower(part * PART, least);
        }
        out.putZigZag(least);
        out.putBytes(widths, 0, PARTS);
        for (int part = 0; part * PART < count; part++) {
            BitPacking.pack(differences, part * PART, (part + 1) * PART, widths[part], out);
        }
    }

    /// Fills the differences and returns the least of them.
    private long subtract(long[] values, int from, int count) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            long difference = (values[from + i] - values[from + i - 1]) << signBits >> signBits;
            differences[i] = difference;
            least = Math.min(least, difference);
        }
        return least;
    }

    /// Takes the least one from each difference of a part and returns how many bits the largest then has.
    private int lower(int start, long least) {
        long bits = 0;
        for (int i = start; i < start + PART; i++) {
            differences[i] -= least;
            bits |= differences[i];
        }
        return BitPacking.width(bits);
    }
}
