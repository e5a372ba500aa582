package dev.freshet.parquet;

import static org.apache.parquet.filter2.predicate.FilterApi.and;
import static org.apache.parquet.filter2.predicate.FilterApi.binaryColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.doubleColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.gtEq;
import static org.apache.parquet.filter2.predicate.FilterApi.intColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.longColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.ltEq;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.Schema;
import dev.freshet.store.MemoryStore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever skips pages by their index reads fewer rows, and every row that it looks for.
class PageIndexTest {
    private static final int ROWS = 20_000;
    private static final Schema SCHEMA = Schema.of(
            new Column("id", ColumnType.LONG, false),
            new Column("day", ColumnType.DATE, true),
            new Column("name", ColumnType.STRING, true),
            new Column("cents", new Decimal(9, 2), true),
            new Column("ratio", ColumnType.DOUBLE, true),
            new Column("tags", new Array(ColumnType.STRING), true));

    private final MemoryStore store = new MemoryStore();
    private @Nullable Object[][] rows = {};

    @BeforeEach
    void write() {
        rows = new Object[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            String name = "x".repeat(70) + "%07d".formatted(i) + "y".repeat(i % 90);
            rows[i] = new @Nullable Object[] {
                i * 3L,
                i % 11 == 0 ? null : LocalDate.ofEpochDay(i / 10),
                i % 7 == 0 ? null : name.substring(i / (ROWS / 60)),
                BigDecimal.valueOf(i - 5000, 2),
                i / 7.0,
                i % 3 == 0 ? null : List.of("a", "b" + i)
            };
        }
        Files.write(
                store,
                "f",
                SCHEMA,
                rows,
                WriteOptions.defaults().withPageBytes(4000).withRowGroups(64 << 20, 9000));
    }

    @Test
    void rowsFoundThroughThePageIndexAreThoseOfAFullScan() {
        assertFound(
                and(gtEq(longColumn("id"), 29_000L), ltEq(longColumn("id"), 31_000L)),
                row -> (Long) row[0] >= 29_000L && (Long) row[0] <= 31_000L);
        assertFound(
                and(gtEq(intColumn("day"), 100), ltEq(intColumn("day"), 104)),
                row -> row[1] instanceof LocalDate day && day.toEpochDay() >= 100 && day.toEpochDay() <= 104);
        assertFound(
                and(gtEq(intColumn("cents"), -4100), ltEq(intColumn("cents"), -3990)),
                row -> row[3] instanceof BigDecimal cents
                        && cents.unscaledValue().intValue() >= -4100
                        && cents.unscaledValue().intValue() <= -3990);
        assertFound(
                and(gtEq(doubleColumn("ratio"), 1000.0), ltEq(doubleColumn("ratio"), 1001.0)),
                row -> (Double) row[4] >= 1000.0 && (Double) row[4] <= 1001.0);
    }

    @Test
    void textThatIsCutInTheIndexIsFoundAllTheSame() {
        for (int i = 1; i < ROWS; i += 1500) {
            String name = (String) rows[i][2];
            if (name != null) {
                FilterPredicate same = and(
                        gtEq(binaryColumn("name"), Binary.fromString(name)),
                        ltEq(binaryColumn("name"), Binary.fromString(name)));
                assertThat(found(same)).contains(Plain.row(rows[i]));
            }
        }
    }

    private void assertFound(FilterPredicate filter, Predicate<@Nullable Object[]> wanted) {
        List<List<@Nullable Object>> found = found(filter);
        List<List<@Nullable Object>> expected =
                Arrays.stream(rows).filter(wanted).map(Plain::row).toList();
        assertThat(expected).isNotEmpty();
        assertThat(found).containsAll(expected);
        assertThat(found.size()).as("rows that were read for " + filter).isBetween(expected.size(), ROWS / 4);
    }

    private List<List<@Nullable Object>> found(FilterPredicate filter) {
        return Arrays.stream(GroupFiles.filtered(store, "f", SCHEMA, filter))
                .map(Plain::row)
                .toList();
    }
}
