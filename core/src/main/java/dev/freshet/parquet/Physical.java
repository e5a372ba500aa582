package dev.freshet.parquet;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;

/// Parquet's types, with the number that the format has for each, and the order of their values in plain encoding.
enum Physical {
    BOOLEAN(0, Arrays::compareUnsigned),
    INT32(1, (one, other) -> Integer.compare(getInt(one), getInt(other))),
    INT64(2, (one, other) -> Long.compare(getLong(one), getLong(other))),
    FLOAT(4, (one, other) -> Float.compare(Float.intBitsToFloat(getInt(one)), Float.intBitsToFloat(getInt(other)))),
    DOUBLE(
            5,
            (one, other) ->
                    Double.compare(Double.longBitsToDouble(getLong(one)), Double.longBitsToDouble(getLong(other)))),
    BYTE_ARRAY(6, Arrays::compareUnsigned),
    /// Only decimals: whole numbers of one length, the highest byte first.
    FIXED_LEN_BYTE_ARRAY(7, Physical::compareSigned);

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int number;
    private final Comparator<byte[]> order;

    Physical(int number, Comparator<byte[]> order) {
        this.number = number;
        this.order = order;
    }

    /// Of the elements, if it is an array.
    static Physical of(ColumnType type) {
        return switch (type) {
            case Simple simple ->
                switch (simple) {
                    case BOOLEAN -> BOOLEAN;
                    case BYTE, SHORT, INT, DATE -> INT32;
                    case LONG, TIMESTAMP, TIMESTAMP_NTZ -> INT64;
                    case FLOAT -> FLOAT;
                    case DOUBLE -> DOUBLE;
                    case STRING, BINARY -> BYTE_ARRAY;
                };
            case Decimal decimal when decimal.wide() -> FIXED_LEN_BYTE_ARRAY;
            case Decimal decimal -> ParquetTypes.fitsInt(decimal) ? INT32 : INT64;
            case Array array -> of(array.element());
        };
    }

    int number() {
        return number;
    }

    int compare(byte[] one, byte[] other) {
        return order.compare(one, other);
    }

    static byte[] bytes(int value) {
        byte[] bytes = new byte[Integer.BYTES];
        INT.set(bytes, 0, value);
        return bytes;
    }

    static byte[] bytes(long value) {
        byte[] bytes = new byte[Long.BYTES];
        LONG.set(bytes, 0, value);
        return bytes;
    }

    private static int getInt(byte[] bytes) {
        return (int) INT.get(bytes, 0);
    }

    private static long getLong(byte[] bytes) {
        return (long) LONG.get(bytes, 0);
    }

    private static int compareSigned(byte[] one, byte[] other) {
        int signs = Integer.compare(Integer.signum(one[0] >> 7), Integer.signum(other[0] >> 7));
        return signs == 0 ? Arrays.compareUnsigned(one, other) : signs;
    }
}
