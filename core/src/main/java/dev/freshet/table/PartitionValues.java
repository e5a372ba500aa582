package dev.freshet.table;

import dev.freshet.batch.BytesVector;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.DoubleVector;
import dev.freshet.batch.FloatVector;
import dev.freshet.batch.IntVector;
import dev.freshet.batch.ListVector;
import dev.freshet.batch.LongVector;
import dev.freshet.batch.Vector;
import dev.freshet.batch.WideDecimalVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Partition values, which the log keeps as text (Delta protocol, "Partition Value Serialization"), as columns.
final class PartitionValues {
    private PartitionValues() {}

    /// Replaces what the vector holds by so many rows of one value.
    static void fill(Vector vector, ColumnType type, @Nullable String text, int rows) {
        vector.clear();
        Runnable append = text == null ? vector::appendNull : appender(vector, type, text);
        for (int i = 0; i < rows; i++) {
            append.run();
        }
    }

    private static Runnable appender(Vector vector, ColumnType type, String text) {
        return switch (vector) {
            case IntVector ints -> {
                int value = integer(type, text);
                yield () -> ints.append(value);
            }
            case LongVector longs -> {
                long value = number(type, text);
                yield () -> longs.append(value);
            }
            case WideDecimalVector decimals -> {
                BigInteger value = unscaled((Decimal) type, text);
                yield () -> decimals.append(value);
            }
            case FloatVector floats -> {
                float value = Float.parseFloat(text);
                yield () -> floats.append(value);
            }
            case DoubleVector doubles -> {
                double value = Double.parseDouble(text);
                yield () -> doubles.append(value);
            }
            case BytesVector bytes -> () -> bytes.append(text);
            case ListVector _ -> throw new IllegalArgumentException("no table is partitioned by an array");
        };
    }

    private static int integer(ColumnType type, String text) {
        if (type.equals(ColumnType.BOOLEAN)) {
            return Boolean.parseBoolean(text) ? 1 : 0;
        }
        return type.equals(ColumnType.DATE)
                ? Math.toIntExact(LocalDate.parse(text).toEpochDay())
                : Integer.parseInt(text);
    }

    private static long number(ColumnType type, String text) {
        return switch (type) {
            case Decimal decimal -> unscaled(decimal, text).longValueExact();
            case ColumnType.Simple simple when simple != ColumnType.Simple.LONG -> micros(text);
            default -> Long.parseLong(text);
        };
    }

    private static BigInteger unscaled(Decimal type, String text) {
        return new BigDecimal(text).setScale(type.scale()).unscaledValue();
    }

    /// A time without a zone counts as UTC.
    private static long micros(String text) {
        String iso = text.replace(' ', 'T');
        Instant time = iso.endsWith("Z")
                ? Instant.parse(iso)
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
