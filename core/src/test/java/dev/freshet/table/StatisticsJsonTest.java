package dev.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.batch.ColumnType;
import dev.freshet.parquet.ColumnStatistics;
import dev.freshet.parquet.FileSummary;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatisticsJsonTest {
    @Test
    void timesHaveMillisecondsAndTheUpperBoundIsNeverBelowTheValue() {
        Instant time = Instant.parse("2026-01-01T00:00:00.000001Z");
        assertThat(bounds(ColumnType.TIMESTAMP, time, time))
                .containsExactly("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z");
        LocalDateTime local = LocalDateTime.parse("1969-12-31T23:59:59.999999");
        assertThat(bounds(ColumnType.TIMESTAMP_NTZ, local, local))
                .containsExactly("1969-12-31T23:59:59.999", "1970-01-01T00:00:00.000");
        Instant whole = Instant.parse("2026-01-01T00:00:00.123Z");
        assertThat(bounds(ColumnType.TIMESTAMP, whole, whole)).containsOnly("2026-01-01T00:00:00.123Z");
    }

    @Test
    void numbersAreNumbersWithTheirDigits() {
        assertThat(json(column(new ColumnType.Decimal(38, 2), new BigDecimal("-0.10"), new BigDecimal("1E+3"))))
                .contains("\"minValues\":{\"c\":-0.10}", "\"maxValues\":{\"c\":1000}");
        assertThat(json(column(ColumnType.LONG, Long.MIN_VALUE, Long.MAX_VALUE)))
                .contains("-9223372036854775808", "9223372036854775807");
        assertThat(json(column(ColumnType.DATE, LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 3))))
                .contains("{\"c\":\"2026-01-02\"}", "{\"c\":\"2026-01-03\"}");
    }

    @Test
    void whatJsonCannotSayIsLeftOut() {
        assertThat(json(column(ColumnType.DOUBLE, Double.NEGATIVE_INFINITY, 1.5)))
                .contains("\"minValues\":{}", "\"maxValues\":{\"c\":1.5}");
        assertThat(json(column(new ColumnType.Array(ColumnType.INT), null, null)))
                .contains("\"minValues\":{}", "\"maxValues\":{}", "\"nullCount\":{\"c\":3}");
    }

    @Test
    void yearsThatSomeReadersDoNotKnowAreLeftOut() {
        assertThat(json(column(ColumnType.DATE, LocalDate.of(-43, 3, 15), LocalDate.of(2026, 1, 3))))
                .contains("\"minValues\":{}", "\"maxValues\":{\"c\":\"2026-01-03\"}");
        assertThat(json(column(
                        ColumnType.TIMESTAMP,
                        Instant.parse("-0001-01-01T00:00:00Z"),
                        Instant.parse("+10000-01-01T00:00:00Z"))))
                .contains("\"minValues\":{}", "\"maxValues\":{}");
        LocalDateTime last = LocalDateTime.parse("9999-12-31T23:59:59.999999");
        assertThat(json(column(ColumnType.TIMESTAMP_NTZ, last, last)))
                .contains("\"minValues\":{\"c\":\"9999-12-31T23:59:59.999\"}", "\"maxValues\":{}");
    }

    @Test
    void rowsAndTightnessAreSaid() {
        assertThat(json(column(ColumnType.INT, 1, 2))).contains("\"numRecords\":7", "\"tightBounds\":true");
        assertThat(FileStatistics.of(new FileSummary(7, 1, List.of())).rows()).hasValue(7);
        assertThat(FileStatistics.none().rows()).isEmpty();
    }

    @Test
    void onlyTheFirstColumnsAreIndexed() {
        List<ColumnStatistics> columns = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            columns.add(new ColumnStatistics("c" + i, ColumnType.INT, i, i, 0, true));
        }
        assertThat(StatisticsJson.of(new FileSummary(1, 1, columns)))
                .contains("\"c31\"")
                .doesNotContain("\"c32\"");
    }

    @Test
    void aFileIsSkippedOnlyWhenItsBoundsExcludeTheText() {
        FileStatistics statistics = new FileStatistics(
                "{\"minValues\":{\"task\":\"b\\uFFFD\"},\"maxValues\":{\"task\":\"d\\uD83D\\uDE00\"}}");
        assertThat(statistics.mayHold("task", "c")).isTrue();
        assertThat(statistics.mayHold("task", "b")).isFalse();
        assertThat(statistics.mayHold("task", "d\uFFFD")).isTrue();
        assertThat(statistics.mayHold("task", "e")).isFalse();
        assertThat(statistics.mayHold("other", "e")).isTrue();
        assertThat(FileStatistics.none().mayHold("task", "e")).isTrue();
    }

    @Test
    void aFileIsSkippedOnlyWhenItsBoundsExcludeTheTimeHoweverTheyAreCut() {
        FileStatistics statistics = new FileStatistics("""
                {"minValues":{"due_at":"2026-05-01T12:00:00.123Z","day":"2026-05-01"},
                 "maxValues":{"due_at":"2026-05-01T14:00:00.125+02:00","day":"2026-05-01"}}
                """);
        Instant noon = Instant.parse("2026-05-01T12:00:00Z");
        assertThat(statistics.mayHold("due_at", noon.plusNanos(122_999_999))).isFalse();
        assertThat(statistics.mayHold("due_at", noon.plusNanos(123_456_000))).isTrue();
        assertThat(statistics.mayHold("due_at", noon.plusNanos(125_999_000))).isTrue();
        assertThat(statistics.mayHold("due_at", noon.plusNanos(126_001_000))).isFalse();
        assertThat(statistics.mayHold("day", noon)).isTrue();
        assertThat(FileStatistics.none().mayHold("due_at", noon)).isTrue();
    }

    private static ColumnStatistics column(ColumnType type, @Nullable Object min, @Nullable Object max) {
        return new ColumnStatistics("c", type, min, max, 3, true);
    }

    private static String json(ColumnStatistics column) {
        return StatisticsJson.of(new FileSummary(7, 1, List.of(column)));
    }

    private static List<String> bounds(ColumnType type, Object min, Object max) {
        JsonNode tree = Json.parse(json(column(type, min, max)));
        return List.of(tree.at("/minValues/c").asText(), tree.at("/maxValues/c").asText());
    }
}
