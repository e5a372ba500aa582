package dev.freshet.parquet;

import java.util.Arrays;

/// Whole numbers by their differences, `DELTA_BINARY_PACKED` of the Parquet format: blocks of 128 differences above
/// their least one, in four bit-packed parts of which each has the width that it needs. Differences of values of 32
/// bits wrap around at 32 bits, so that no reader needs more.
final class DeltaEncoder {
    private static final int BLOCK = 128;
    private static final int PARTS = 4;
    private static final int PART = BLOCK / PARTS;

    private final boolean wide;
    private final long[] differences = new long[BLOCK];
    private final byte[] widths = new byte[PARTS];

    /// @param wide values of 64 bits, not 32
    DeltaEncoder(boolean wide) {
        this.wide = wide;
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
        for (int i = 0; i < count; i++) {
            differences[i] -= least;
        }
        Arrays.fill(differences, count, BLOCK, 0);
        out.putZigZag(least);
        for (int part = 0; part < PARTS; part++) {
            widths[part] = (byte) width(part);
        }
        out.putBytes(widths, 0, PARTS);
        for (int part = 0; part * PART < count; part++) {
            BitPacking.pack(differences, part * PART, (part + 1) * PART, widths[part], out);
        }
    }

    /// Fills the differences and returns the least of them.
    private long subtract(long[] values, int from, int count) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            long difference = values[from + i] - values[from + i - 1];
            difference = wide ? difference : (int) difference;
            differences[i] = difference;
            least = Math.min(least, difference);
        }
        return least;
    }

    private int width(int part) {
        long bits = 0;
        for (int i = part * PART; i < (part + 1) * PART; i++) {
            bits |= differences[i];
        }
        return BitPacking.width(bits);
    }
}
