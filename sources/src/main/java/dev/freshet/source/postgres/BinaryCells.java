package dev.freshet.source.postgres;

import dev.freshet.batch.BytesVector;
import dev.freshet.batch.DoubleVector;
import dev.freshet.batch.FloatVector;
import dev.freshet.batch.IntVector;
import dev.freshet.batch.LongVector;
import dev.freshet.ingest.Cell;
import dev.freshet.ingest.Misfit;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Cells for values in PostgreSQL's binary formats, as its `*send` functions write them.
final class BinaryCells {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// PostgreSQL counts from 2000-01-01.
    private static final int EPOCH_DAY = 10_957;

    private static final long MICROS_A_SECOND = 1_000_000;
    private static final long EPOCH_SECOND = EPOCH_DAY * 86_400L;

    static final Cell BOOLEAN =
            (data, offset, length, into) -> ((IntVector) into).append(data[exact(1, offset, length)]);
    static final Cell INT2 =
            (data, offset, length, into) -> ((IntVector) into).append(int2(data, exact(2, offset, length)));
    static final Cell INT4 =
            (data, offset, length, into) -> ((IntVector) into).append(int4(data, exact(4, offset, length)));
    static final Cell INT8 =
            (data, offset, length, into) -> ((LongVector) into).append(int8(data, exact(8, offset, length)));
    static final Cell OID = (data, offset, length, into) ->
            ((LongVector) into).append(Integer.toUnsignedLong(int4(data, exact(4, offset, length))));
    static final Cell FLOAT4 = (data, offset, length, into) ->
            ((FloatVector) into).append(Float.intBitsToFloat(int4(data, exact(4, offset, length))));
    static final Cell FLOAT8 = (data, offset, length, into) ->
            ((DoubleVector) into).append(Double.longBitsToDouble(int8(data, exact(8, offset, length))));
    static final Cell BYTES = (data, offset, length, into) -> ((BytesVector) into).append(data, offset, length);
    static final Cell DATE =
            (data, offset, length, into) -> ((IntVector) into).append(date(int4(data, exact(4, offset, length))));
    static final Cell TIMESTAMP =
            (data, offset, length, into) -> ((LongVector) into).append(timestamp(int8(data, exact(8, offset, length))));
    static final Cell UUID = (data, offset, length, into) -> uuid(data, exact(16, offset, length), (BytesVector) into);
    static final Cell JSONB = (data, offset, length, into) -> jsonb(data, offset, length, (BytesVector) into);

    private BinaryCells() {}

    /// The offset of a value that must have so many bytes.
    static int exact(int wanted, int offset, int length) {
        if (length != wanted) {
            throw new Misfit("a value of " + length + " bytes", "it should have " + wanted);
        }
        return offset;
    }

    static int int2(byte[] data, int offset) {
        return (short) SHORTS.get(data, offset);
    }

    static int int4(byte[] data, int offset) {
        return (int) INTS.get(data, offset);
    }

    static long int8(byte[] data, int offset) {
        return (long) LONGS.get(data, offset);
    }

    static void putInt4(byte[] data, int offset, int value) {
        INTS.set(data, offset, value);
    }

    private static int date(int days) {
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            throw new Misfit(days > 0 ? "infinity" : "-infinity");
        }
        return days + EPOCH_DAY;
    }

    private static long timestamp(long micros) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            throw new Misfit(micros > 0 ? "infinity" : "-infinity");
        }
        long sum = micros + EPOCH_SECOND * MICROS_A_SECOND;
        if (sum < micros) {
            long second = Math.floorDiv(micros, MICROS_A_SECOND) + EPOCH_SECOND;
            throw new Misfit(
                    LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).toString(), "too far in the future");
        }
        return sum;
    }

    private static void uuid(byte[] data, int offset, BytesVector into) {
        int at = into.appendSpace(36);
        byte[] target = into.data();
        for (int i = 0; i < 16; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                target[at++] = '-';
            }
            target[at++] = HEX[(data[offset + i] >> 4) & 15];
            target[at++] = HEX[data[offset + i] & 15];
        }
    }

    private static void jsonb(byte[] data, int offset, int length, BytesVector into) {
        if (length == 0 || data[offset] != 1) {
            throw new Misfit("jsonb of a version that is not 1");
        }
        into.append(data, offset + 1, length - 1);
    }
}
