package dev.freshet.ingest;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/// The least and the greatest value that a type is to hold, as text. Dates and times end with the years that every
/// reader of tables knows.
record Bounds(String least, String most, int scale) {
    private static final Pattern FAR = Pattern.compile("\\+?[0-9]{5,}-.*");

    /// Beyond that many digits a number is not looked at; no database prints as many.
    private static final long MOST_DIGITS = 200_000;

    static Bounds of(ColumnType type) {
        return switch (type) {
            case Decimal decimal -> decimal(decimal);
            case Simple simple -> simple(simple);
            case ColumnType.Array array -> throw new IllegalArgumentException("an array has no bounds: " + array);
        };
    }

    private static Bounds decimal(Decimal type) {
        BigDecimal most =
                BigDecimal.TEN.pow(type.precision()).subtract(BigDecimal.ONE).movePointLeft(type.scale());
        return new Bounds(most.negate().toPlainString(), most.toPlainString(), type.scale());
    }

    private static Bounds simple(Simple type) {
        return switch (type) {
            case BYTE -> whole(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> whole(Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> whole(Long.MIN_VALUE, Long.MAX_VALUE);
            case DATE -> new Bounds("0001-01-01", "9999-12-31", 0);
            case TIMESTAMP -> new Bounds("0001-01-01 00:00:00Z", "9999-12-31 23:59:59.999999Z", 0);
            case TIMESTAMP_NTZ -> new Bounds("0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", 0);
            case STRING, BINARY, BOOLEAN, FLOAT, DOUBLE ->
                throw new IllegalArgumentException("it has no bounds: " + type);
        };
    }

    private static Bounds whole(long least, long most) {
        return new Bounds(Long.toString(least), Long.toString(most), 0);
    }

    /// The number with no more digits behind the point than there may be; empty if the text is no finite number.
    Optional<String> rounded(String text) {
        return number(text)
                .map(value -> value.setScale(scale, RoundingMode.HALF_UP).toPlainString());
    }

    /// The bound that the value is beyond; empty if it is beyond none.
    Optional<String> clamped(String text) {
        return switch (text) {
            case "infinity", "Infinity" -> Optional.of(most);
            case "-infinity", "-Infinity" -> Optional.of(least);
            default -> isTime() ? clampedTime(text) : number(text).flatMap(this::clamped);
        };
    }

    private Optional<String> clamped(BigDecimal value) {
        if (value.compareTo(new BigDecimal(most)) > 0) {
            return Optional.of(most);
        }
        return value.compareTo(new BigDecimal(least)) < 0 ? Optional.of(least) : Optional.empty();
    }

    private Optional<String> clampedTime(String text) {
        if (text.endsWith(" BC") || text.startsWith("-")) {
            return Optional.of(least);
        }
        return FAR.matcher(text).matches() ? Optional.of(most) : Optional.empty();
    }

    private boolean isTime() {
        return most.startsWith("9999-");
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            boolean sane = Math.abs((long) value.scale()) + value.precision() <= MOST_DIGITS;
            return sane ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
