package dev.freshet.parquet;

import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.LongVector;
import dev.freshet.batch.Vector;
import dev.freshet.batch.WideDecimalVector;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/// Decimals, whichever of Parquet's four ways they are stored in, and whole numbers widened to decimals.
final class DecimalConversions {
    private static final int INT_DIGITS = 10;
    private static final int LONG_DIGITS = 20;

    private DecimalConversions() {}

    static Optional<Conversion> toDecimal(PrimitiveType from, Decimal to) {
        Decimal stored = stored(from);
        if (stored == null || stored.scale() > to.scale() || digits(stored) > digits(to)) {
            return Optional.empty();
        }
        if (!to.wide() && stored.scale() == to.scale()) {
            return Optional.of(unscaledLong(from.getPrimitiveTypeName()));
        }
        BigInteger factor = BigInteger.TEN.pow(to.scale() - stored.scale());
        Function<ColumnReader, BigInteger> unscaled = unscaled(from.getPrimitiveTypeName());
        return Optional.of((in, out) -> append(out, unscaled.apply(in).multiply(factor)));
    }

    /// What the file's column holds: a decimal, or whole numbers of so many digits.
    private static @Nullable Decimal stored(PrimitiveType from) {
        if (from.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
            return new Decimal(decimal.getPrecision(), decimal.getScale());
        }
        int bits = Conversions.signedBits(from);
        boolean signed = bits % Byte.SIZE == 0;
        if (bits == 0 || !signed) {
            return null;
        }
        return new Decimal(bits <= Integer.SIZE ? INT_DIGITS : LONG_DIGITS, 0);
    }

    private static int digits(Decimal decimal) {
        return decimal.precision() - decimal.scale();
    }

    private static Conversion unscaledLong(PrimitiveTypeName physical) {
        return switch (physical) {
            case INT32 -> (in, out) -> ((LongVector) out).append(in.getInteger());
            case INT64 -> (in, out) -> ((LongVector) out).append(in.getLong());
            default ->
                (in, out) ->
                        ((LongVector) out).append(new BigInteger(in.getBinary().getBytes()).longValueExact());
        };
    }

    private static Function<ColumnReader, BigInteger> unscaled(PrimitiveTypeName physical) {
        return switch (physical) {
            case INT32 -> in -> BigInteger.valueOf(in.getInteger());
            case INT64 -> in -> BigInteger.valueOf(in.getLong());
            default -> in -> new BigInteger(in.getBinary().getBytes());
        };
    }

    private static void append(Vector out, BigInteger unscaled) {
        if (out instanceof LongVector longs) {
            longs.append(unscaled.longValueExact());
        } else {
            ((WideDecimalVector) out).append(unscaled);
        }
    }
}
