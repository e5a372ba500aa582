package dev.freshet.batch;

import java.math.BigInteger;
import java.util.Arrays;

/// Decimals of 19 to 38 digits as unscaled values in two's complement, 64 high and 64 low bits. See [Vector].
public final class WideDecimalVector implements Vector {
    private static final int WIDTH = 2 * Long.BYTES;

    private final Validity validity = new Validity();
    private final int room;
    /// High and low halves of each value, one after the other.
    private long[] halves = {};
    private int size;

    WideDecimalVector() {
        this(0);
    }

    private WideDecimalVector(int room) {
        this.room = room;
    }

    @Override
    public WideDecimalVector another() {
        return new WideDecimalVector(Growth.room(2 * size, room));
    }

    public void append(long high, long low) {
        if (2 * size + 2 > halves.length) {
            halves = Arrays.copyOf(
                    halves, Growth.next(halves.length, Math.addExact(Math.multiplyExact(2, size), 2), room) & ~1);
        }
        halves[2 * size] = high;
        halves[2 * size + 1] = low;
        size++;
    }

    /// @throws ArithmeticException if the value needs more than 128 bits
    public void append(BigInteger unscaled) {
        if (unscaled.bitLength() > 127) {
            throw new ArithmeticException("a decimal's unscaled value has more than 128 bits");
        }
        append(unscaled.shiftRight(Long.SIZE).longValue(), unscaled.longValue());
    }

    @Override
    public void appendNull() {
        validity.setNull(size);
        append(0, 0);
    }

    public long high(int row) {
        return halves[2 * row];
    }

    public long low(int row) {
        return halves[2 * row + 1];
    }

    public BigInteger get(int row) {
        byte[] bytes = new byte[WIDTH];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (high(row) >>> (56 - 8 * i));
            bytes[Long.BYTES + i] = (byte) (low(row) >>> (56 - 8 * i));
        }
        return new BigInteger(bytes);
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
        return (long) halves.length * Long.BYTES + validity.bytes();
    }

    @Override
    public long usedBytes() {
        return (long) size * WIDTH;
    }

    @Override
    public void clear() {
        if (Growth.wasteful(halves.length, 2 * size)) {
            halves = new long[Growth.shrunk(2 * size)];
        }
        size = 0;
        validity.clear();
    }
}
