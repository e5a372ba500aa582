package dev.freshet.parquet;

/// Numbers in as few bits as the widest needs, the first one in the lowest bits, as the Parquet format packs them.
final class BitPacking {
    private BitPacking() {}

    /// Appends values of `width` bits, each at most 32; the last byte is filled up with zeros.
    static void pack(int[] values, int from, int to, int width, PageBuffer out) {
        long packed = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            packed |= (values[i] & 0xFFFFFFFFL) << bits;
            bits += width;
            if (bits >= Integer.SIZE) {
                out.putInt((int) packed);
                packed >>>= Integer.SIZE;
                bits -= Integer.SIZE;
            }
        }
        putRest(packed, bits, out);
    }

    /// Appends values of `width` bits, each at most 64; the last byte is filled up with zeros.
    static void pack(long[] values, int from, int to, int width, PageBuffer out) {
        long packed = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            long value = values[i];
            packed |= value << bits;
            bits += width;
            if (bits >= Long.SIZE) {
                out.putLong(packed);
                bits -= Long.SIZE;
                packed = bits == 0 ? 0 : value >>> (width - bits);
            }
        }
        putRest(packed, bits, out);
    }

    private static void putRest(long packed, int bits, PageBuffer out) {
        long rest = packed;
        for (int left = bits; left > 0; left -= Byte.SIZE) {
            out.write((int) rest);
            rest >>>= Byte.SIZE;
        }
    }

    /// The fewest bits that hold a number without sign.
    static int width(long highest) {
        return Long.SIZE - Long.numberOfLeadingZeros(highest);
    }
}
