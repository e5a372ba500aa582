package dev.freshet.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.parquet.ColumnStatistics;
import dev.freshet.parquet.FileSummary;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a file's statistics in the format of the Delta protocol, "Per-file Statistics".
final class StatisticsJson {
    /// As many leading columns as other writers index by default; more would only make the log heavy.
    private static final int MOST_COLUMNS = 32;

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS");

    private StatisticsJson() {}

    static String of(FileSummary summary) {
        ObjectNode node = Json.object();
        node.put("numRecords", summary.rows());
        ObjectNode min = node.putObject("minValues");
        ObjectNode max = node.putObject("maxValues");
        ObjectNode nulls = node.putObject("nullCount");
        indexed(summary.columns()).forEach(column -> {
            put(min, column.name(), lower(column.min()));
            put(max, column.name(), upper(column.max()));
            nulls.put(column.name(), column.nulls());
        });
        node.put("tightBounds", true);
        return Json.text(node);
    }

    private static List<ColumnStatistics> indexed(List<ColumnStatistics> columns) {
        return columns.size() <= MOST_COLUMNS ? columns : columns.subList(0, MOST_COLUMNS);
    }

    private static void put(ObjectNode node, String column, @Nullable Object value) {
        if (value != null) {
            node.set(column, Json.of(value));
        }
    }

    private static @Nullable Object lower(@Nullable Object value) {
        return switch (value) {
            case Instant time -> utc(time.truncatedTo(ChronoUnit.MILLIS));
            case LocalDateTime time -> local(time.truncatedTo(ChronoUnit.MILLIS));
            case null, default -> plain(value);
        };
    }

    /// A time within a millisecond is rounded up, or a reader would skip the file that holds it.
    private static @Nullable Object upper(@Nullable Object value) {
        return switch (value) {
            case Instant time -> utc(time.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS));
            case LocalDateTime time -> local(time.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS));
            case null, default -> plain(value);
        };
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Byte _, Short _, Integer _, Long _, BigDecimal _, String _ -> value;
            case Float number -> Float.isFinite(number) ? number : null;
            case Double number -> Double.isFinite(number) ? number : null;
            case LocalDate date -> hasFourDigits(date) ? date.toString() : null;
            case null, default -> null;
        };
    }

    private static @Nullable String utc(Instant time) {
        String local = local(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        return local == null ? null : local + "Z";
    }

    private static @Nullable String local(LocalDateTime time) {
        return hasFourDigits(time.toLocalDate()) ? MILLIS.format(time) : null;
    }

    /// Some readers take no other years, and fail; without a bound they only skip less.
    private static boolean hasFourDigits(LocalDate date) {
        return date.getYear() >= 1 && date.getYear() <= 9999;
    }
}
