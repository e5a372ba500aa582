package dev.freshet.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers in as few bits as the widest needs, the first one in the lowest bits, as the Parquet format packs them.
final class BitPacking {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private BitPacking() {}

    /// Appends values of `width` bits, each at most 32; the last byte is filled up with zeros.
    static void pack(int[] values, int from, int to, int width, PageBuffer out) {
        int target = out.extend(length(to - from, width));
        // Stretches are whole bytes in any width.
        for (int at = from; at < to; at += LeafValues.STRETCH) {
            int end = Math.min(to, at + LeafValues.STRETCH);
            pack(values, at, end, width, out.array(), target + (int) ((long) (at - from) * width / Byte.SIZE));
        }
    }

    private static void pack(int[] values, int from, int to, int width, byte[] bytes, int target) {
        int at = target;
        long packed = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            packed |= (values[i] & 0xFFFFFFFFL) << bits;
            bits += width;
            if (bits >= Integer.SIZE) {
                INT.set(bytes, at, (int) packed);
                at += Integer.BYTES;
                packed >>>= Integer.SIZE;
                bits -= Integer.SIZE;
            }
        }
        putRest(packed, bits, bytes, at);
    }

    /// Appends values of `width` bits, each at most 64; the last byte is filled up with zeros.
    static void pack(long[] values, int from, int to, int width, PageBuffer out) {
        int at = out.extend(length(to - from, width));
        byte[] bytes = out.array();
        long packed = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            long value = values[i];
            packed |= value << bits;
            bits += width;
            if (bits >= Long.SIZE) {
                LONG.set(bytes, at, packed);
                at += Long.BYTES;
                bits -= Long.SIZE;
                // In two steps: all 64 bits at once would be none.
                packed = value >>> 1 >>> (width - bits - 1);
            }
        }
        putRest(packed, bits, bytes, at);
    }

    private static void putRest(long packed, int bits, byte[] bytes, int target) {
        long rest = packed;
        int at = target;
        for (int left = bits; left > 0; left -= Byte.SIZE) {
            bytes[at++] = (byte) rest;
            rest >>>= Byte.SIZE;
        }
    }

    private static int length(int count, int width) {
        return (int) (((long) count * width + Byte.SIZE - 1) / Byte.SIZE);
    }

    /// The fewest bits that hold a number without sign.
    static int width(long highest) {
        return Long.SIZE - Long.numberOfLeadingZeros(highest);
    }
}
