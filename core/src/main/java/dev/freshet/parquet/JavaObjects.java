package dev.freshet.parquet;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Numbers as the Java objects that they stand for.
final class JavaObjects {
    private JavaObjects() {}

    static Object of(ColumnType type, long value) {
        if (type instanceof Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.scale());
        }
        if (!(type instanceof Simple simple)) {
            throw new IllegalArgumentException(type + " is no number");
        }
        return switch (simple) {
            case BYTE -> (byte) value;
            case SHORT -> (short) value;
            case INT -> (int) value;
            case DATE -> LocalDate.ofEpochDay(value);
            case TIMESTAMP -> Instant.EPOCH.plus(value, ChronoUnit.MICROS);
            case TIMESTAMP_NTZ -> LocalDateTime.ofInstant(Instant.EPOCH.plus(value, ChronoUnit.MICROS), ZoneOffset.UTC);
            default -> value;
        };
    }
}
