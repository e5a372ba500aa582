package dev.freshet.batch;

import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values of vectors as Java objects.
final class JavaValues {
    private static final long MICROS = 1_000_000;

    private JavaValues() {}

    static @Nullable Object get(ColumnType type, Vector vector, int row) {
        return vector.isNull(row) ? null : present(type, vector, row);
    }

    private static Object present(ColumnType type, Vector vector, int row) {
        return switch (vector) {
            case IntVector ints -> fromInt(type, ints.get(row));
            case LongVector longs -> fromLong(type, longs.get(row));
            case WideDecimalVector wide -> new BigDecimal(wide.get(row), ((Decimal) type).scale());
            case FloatVector floats -> floats.get(row);
            case DoubleVector doubles -> doubles.get(row);
            case BytesVector bytes -> type.equals(ColumnType.STRING) ? bytes.text(row) : bytes.get(row);
            case ListVector lists -> list(((Array) type).element(), lists, row);
        };
    }

    private static Object fromInt(ColumnType type, int value) {
        if (!(type instanceof Simple simple)) {
            throw new AssertionError(type);
        }
        return switch (simple) {
            case BOOLEAN -> value != 0;
            case BYTE -> (byte) value;
            case SHORT -> (short) value;
            case DATE -> LocalDate.ofEpochDay(value);
            default -> value;
        };
    }

    private static Object fromLong(ColumnType type, long value) {
        if (type instanceof Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.scale());
        }
        if (type.equals(ColumnType.TIMESTAMP)) {
            return Instant.EPOCH.plus(value, ChronoUnit.MICROS);
        }
        if (type.equals(ColumnType.TIMESTAMP_NTZ)) {
            return LocalDateTime.ofEpochSecond(
                    Math.floorDiv(value, MICROS), (int) Math.floorMod(value, MICROS) * 1000, ZoneOffset.UTC);
        }
        return value;
    }

    private static List<@Nullable Object> list(ColumnType element, ListVector lists, int row) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = lists.start(row); i < lists.end(row); i++) {
            list.add(get(element, lists.elements(), i));
        }
        return Collections.unmodifiableList(list);
    }

    static void append(Column column, Vector vector, @Nullable Object value) {
        if (value == null && !column.nullable()) {
            throw new IllegalArgumentException("null in column '" + column.name() + "', which has no nulls");
        }
        try {
            append(column.type(), vector, value);
        } catch (ClassCastException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "a value of column '%s' is not a %s".formatted(column.name(), column.type()), e);
        }
    }

    private static void append(ColumnType type, Vector vector, @Nullable Object value) {
        if (value == null) {
            vector.appendNull();
            return;
        }
        switch (vector) {
            case IntVector ints -> ints.append(toInt(type, value));
            case LongVector longs -> longs.append(toLong(type, value));
            case WideDecimalVector wide -> wide.append(unscaled((Decimal) type, (BigDecimal) value));
            case FloatVector floats -> floats.append((Float) value);
            case DoubleVector doubles -> doubles.append((Double) value);
            case BytesVector bytes -> appendBytes(type, bytes, value);
            case ListVector lists -> {
                for (Object element : (List<?>) value) {
                    append(((Array) type).element(), lists.elements(), element);
                }
                lists.endList();
            }
        }
    }

    private static void appendBytes(ColumnType type, BytesVector bytes, Object value) {
        if (type.equals(ColumnType.STRING)) {
            bytes.append((String) value);
        } else {
            bytes.append((byte[]) value);
        }
    }

    private static int toInt(ColumnType type, Object value) {
        if (!(type instanceof Simple simple)) {
            throw new AssertionError(type);
        }
        return switch (simple) {
            case BOOLEAN -> (Boolean) value ? 1 : 0;
            case BYTE -> (Byte) value;
            case SHORT -> (Short) value;
            case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
            default -> (Integer) value;
        };
    }

    private static long toLong(ColumnType type, Object value) {
        if (type instanceof Decimal decimal) {
            return unscaled(decimal, (BigDecimal) value).longValueExact();
        }
        if (type.equals(ColumnType.TIMESTAMP)) {
            Instant instant = (Instant) value;
            return micros(instant.getEpochSecond(), instant.getNano());
        }
        if (type.equals(ColumnType.TIMESTAMP_NTZ)) {
            LocalDateTime local = (LocalDateTime) value;
            return micros(local.toEpochSecond(ZoneOffset.UTC), local.getNano());
        }
        return (Long) value;
    }

    private static long micros(long seconds, int nanos) {
        return Math.addExact(Math.multiplyExact(seconds, MICROS), nanos / 1000);
    }

    private static BigInteger unscaled(Decimal type, BigDecimal value) {
        BigDecimal scaled = value.setScale(type.scale());
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException(value + " has more digits than " + type);
        }
        return scaled.unscaledValue();
    }
}
