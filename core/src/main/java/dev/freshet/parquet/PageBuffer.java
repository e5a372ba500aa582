package dev.freshet.parquet;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/// Bytes of a page under construction: a growing array, little-endian as Parquet wants it.
final class PageBuffer extends OutputStream {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SMALLEST = 64;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private byte[] bytes = {};
    private int size;

    PageBuffer() {}

    /// A buffer for so many bytes.
    PageBuffer(int room) {
        this.bytes = new byte[room];
    }

    void putInt(int value) {
        ensure(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    /// The first so many.
    void putLongs(long[] values, int count) {
        int length = Math.multiplyExact(count, Long.BYTES);
        int at = extend(length);
        ByteBuffer.wrap(bytes, at, length)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .put(values, 0, count);
    }

    /// The lower halves of the first so many.
    void putInts(long[] values, int count) {
        int start = extend(Math.multiplyExact(count, Integer.BYTES));
        for (int at = 0; at < count; at += LeafValues.STRETCH) {
            setInts(start, values, at, Math.min(count, at + LeafValues.STRETCH));
        }
    }

    private void setInts(int start, long[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            INT.set(bytes, start + i * Integer.BYTES, (int) values[i]);
        }
    }

    void putBytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /// Seven bits a byte, the lowest first (LEB128).
    void putVarint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            write((int) rest | 0x80);
            rest >>>= 7;
        }
        write((int) rest);
    }

    /// A number near zero, of either sign, in few bytes.
    void putZigZag(long value) {
        putVarint(value << 1 ^ value >> 63);
    }

    @Override
    public void write(int b) {
        ensure(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        putBytes(source, offset, length);
    }

    /// Makes room for so many bytes, for the caller to fill in [#array], and returns where they begin.
    int extend(int length) {
        ensure(length);
        int start = size;
        size += length;
        return start;
    }

    int getInt(int at) {
        return (int) INT.get(bytes, at);
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    int capacity() {
        return bytes.length;
    }

    /// The bytes so far, valid until the buffer is used again.
    BytesInput toBytes() {
        return BytesInput.from(bytes, 0, size);
    }

    /// The bytes so far, in an array of their own.
    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    /// Empties the buffer, and gives its array back if that is longer than `kept`.
    void clear(int kept) {
        size = 0;
        if (bytes.length > kept) {
            bytes = new byte[0];
        }
    }

    private void ensure(int more) {
        if (more > bytes.length - size) {
            long needed = (long) size + more;
            if (needed > LARGEST) {
                throw new IllegalStateException("a page holds at most 2 GB");
            }
            long half = Math.max(SMALLEST, bytes.length + ((long) bytes.length >> 1));
            bytes = Arrays.copyOf(bytes, Math.clamp(half, (int) needed, LARGEST));
        }
    }
}
