package dev.freshet.parquet;

import dev.freshet.batch.BytesVector;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import dev.freshet.batch.DoubleVector;
import dev.freshet.batch.FloatVector;
import dev.freshet.batch.IntVector;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/// How a Parquet column becomes a column of ours: as it is, or widened as Delta's type widening allows.
final class Conversions {
    private Conversions() {}

    /// Empty if the type does not become the other without loss.
    static Optional<Conversion> of(PrimitiveType from, ColumnType to) {
        return switch (to) {
            case Simple simple ->
                switch (simple) {
                    case BOOLEAN -> toBoolean(from);
                    case BYTE -> toInt(from, Byte.SIZE);
                    case SHORT -> toInt(from, Short.SIZE);
                    case INT -> toInt(from, Integer.SIZE);
                    case LONG -> LongConversions.toLong(from);
                    case FLOAT -> toFloat(from);
                    case DOUBLE -> toDouble(from);
                    case STRING, BINARY -> toBytes(from);
                    case DATE -> toDate(from);
                    case TIMESTAMP, TIMESTAMP_NTZ -> LongConversions.toMicros(from, to);
                };
            case Decimal decimal -> DecimalConversions.toDecimal(from, decimal);
            case Array array -> throw new IllegalArgumentException(array + " is not a leaf");
        };
    }

    /// Bits that a column of whole numbers needs with a sign, so one more where it has none; zero for other
    /// columns.
    static int signedBits(PrimitiveType from) {
        boolean isInt = from.getPrimitiveTypeName() == PrimitiveTypeName.INT32;
        if (!isInt && from.getPrimitiveTypeName() != PrimitiveTypeName.INT64) {
            return 0;
        }
        return switch (from.getLogicalTypeAnnotation()) {
            case null -> isInt ? Integer.SIZE : Long.SIZE;
            case IntLogicalTypeAnnotation number -> number.getBitWidth() + (number.isSigned() ? 0 : 1);
            default -> 0;
        };
    }

    private static Optional<Conversion> toBoolean(PrimitiveType from) {
        return when(
                from.getPrimitiveTypeName() == PrimitiveTypeName.BOOLEAN,
                (in, out) -> ((IntVector) out).append(in.getBoolean() ? 1 : 0));
    }

    private static Optional<Conversion> toInt(PrimitiveType from, int bits) {
        int has = signedBits(from);
        return when(has > 0 && has <= bits, (in, out) -> ((IntVector) out).append(in.getInteger()));
    }

    private static Optional<Conversion> toFloat(PrimitiveType from) {
        return when(
                from.getPrimitiveTypeName() == PrimitiveTypeName.FLOAT,
                (in, out) -> ((FloatVector) out).append(in.getFloat()));
    }

    private static Optional<Conversion> toDouble(PrimitiveType from) {
        if (from.getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE) {
            return Optional.of((in, out) -> ((DoubleVector) out).append(in.getDouble()));
        }
        if (from.getPrimitiveTypeName() == PrimitiveTypeName.FLOAT) {
            return Optional.of((in, out) -> ((DoubleVector) out).append(in.getFloat()));
        }
        int has = signedBits(from);
        return when(has > 0 && has <= Integer.SIZE, (in, out) -> ((DoubleVector) out).append(in.getInteger()));
    }

    private static Optional<Conversion> toBytes(PrimitiveType from) {
        boolean bytes = from.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                || from.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        boolean number = from.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation;
        return when(
                bytes && !number,
                (in, out) -> ((BytesVector) out).append(in.getBinary().getBytesUnsafe()));
    }

    private static Optional<Conversion> toDate(PrimitiveType from) {
        return when(
                from.getPrimitiveTypeName() == PrimitiveTypeName.INT32
                        && from.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation,
                (in, out) -> ((IntVector) out).append(in.getInteger()));
    }

    private static Optional<Conversion> when(boolean possible, Conversion conversion) {
        return possible ? Optional.of(conversion) : Optional.empty();
    }
}
