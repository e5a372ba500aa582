package dev.freshet.parquet;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.LongVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/// Longs and times of foreign files.
final class LongConversions {
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int EPOCH_JULIAN_DAY = 2_440_588;

    private LongConversions() {}

    static Optional<Conversion> toLong(PrimitiveType from) {
        int bits = Conversions.signedBits(from);
        if (bits == 0 || bits > Long.SIZE) {
            return Optional.empty();
        }
        if (from.getPrimitiveTypeName() == PrimitiveTypeName.INT64) {
            return Optional.of((in, out) -> ((LongVector) out).append(in.getLong()));
        }
        boolean unsigned =
                from.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation number && !number.isSigned();
        return Optional.of(
                unsigned
                        ? (in, out) -> ((LongVector) out).append(Integer.toUnsignedLong(in.getInteger()))
                        : (in, out) -> ((LongVector) out).append(in.getInteger()));
    }

    static Optional<Conversion> toMicros(PrimitiveType from, ColumnType to) {
        LogicalTypeAnnotation logical = from.getLogicalTypeAnnotation();
        if (from.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            return Optional.of((in, out) -> ((LongVector) out).append(int96(in)));
        }
        if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            return Optional.of(ofUnit(timestamp));
        }
        if (logical instanceof DateLogicalTypeAnnotation && to.equals(ColumnType.TIMESTAMP_NTZ)) {
            return Optional.of((in, out) -> ((LongVector) out).append(in.getInteger() * DAY_MICROS));
        }
        return Optional.empty();
    }

    private static Conversion ofUnit(TimestampLogicalTypeAnnotation timestamp) {
        return switch (timestamp.getUnit()) {
            case MILLIS -> (in, out) -> ((LongVector) out).append(Math.multiplyExact(in.getLong(), 1000L));
            case MICROS -> (in, out) -> ((LongVector) out).append(in.getLong());
            case NANOS -> (in, out) -> ((LongVector) out).append(wholeMicros(in.getLong()));
        };
    }

    /// Eight bytes of nanoseconds in the day, four of the Julian day: what Impala and old Sparks write.
    private static long int96(ColumnReader in) {
        ByteBuffer bytes = in.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong(bytes.position());
        long day = bytes.getInt(bytes.position() + Long.BYTES);
        return Math.addExact(Math.multiplyExact(day - EPOCH_JULIAN_DAY, DAY_MICROS), wholeMicros(nanos));
    }

    private static long wholeMicros(long nanos) {
        if (nanos % 1000 != 0) {
            throw new ArithmeticException("a time has nanoseconds (" + nanos + "), which no Delta type holds");
        }
        return nanos / 1000;
    }
}
