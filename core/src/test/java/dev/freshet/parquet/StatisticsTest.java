package dev.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.RandomRows;
import dev.freshet.batch.Schema;
import dev.freshet.store.MemoryStore;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsTest {
    private final MemoryStore store = new MemoryStore();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void boundsAndNullCountsAreThoseOfTheValues(long seed) {
        RandomRows random = new RandomRows(seed);
        Schema schema = random.schema(14);
        @Nullable Object[][] rows = random.rows(schema, 2000);
        FileSummary summary = Files.write(store, "f", schema, rows, Files.small(seed));
        for (int i = 0; i < schema.size(); i++) {
            int column = i;
            List<@Nullable Object> values =
                    Arrays.stream(rows).map(row -> row[column]).toList();
            check(summary.columns().get(i), schema.column(i), values);
        }
    }

    static void check(ColumnStatistics statistics, Column column, List<@Nullable Object> values) {
        assertThat(statistics.name()).isEqualTo(column.name());
        assertThat(statistics.nulls())
                .isEqualTo(values.stream().filter(Objects::isNull).count());
        List<Object> present = new ArrayList<>(values);
        present.removeIf(Objects::isNull);
        if (present.isEmpty() || !hasBounds(column.type())) {
            assertThat(statistics.min()).isNull();
            assertThat(statistics.max()).isNull();
            return;
        }
        Comparator<Object> order = StatisticsTest::compare;
        Object min = present.stream().min(order).orElseThrow();
        Object max = present.stream().max(order).orElseThrow();
        if (column.type().equals(ColumnType.STRING)) {
            checkText(statistics, (String) min, (String) max);
        } else {
            assertThat(statistics.min()).isEqualTo(min);
            assertThat(statistics.max()).isEqualTo(max);
            assertThat(statistics.exact()).isTrue();
        }
    }

    private static void checkText(ColumnStatistics statistics, String min, String max) {
        String low = (String) statistics.min();
        String high = (String) statistics.max();
        boolean cut = characters(min) > 32 || characters(max) > 32;
        if (low == null || high == null) {
            assertThat(max).startsWith(Character.toString(0x10FFFF).repeat(32));
            return;
        }
        assertThat(min).startsWith(low);
        assertThat(characters(low)).isEqualTo(Math.min(32, characters(min)));
        assertThat(compare(high, max)).isGreaterThanOrEqualTo(0);
        assertThat(characters(high)).isLessThanOrEqualTo(32);
        assertThat(statistics.exact()).isEqualTo(!cut);
        if (characters(max) <= 32) {
            assertThat(high).isEqualTo(max);
        }
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean hasBounds(ColumnType type) {
        return !(type instanceof Array) && !type.equals(ColumnType.BINARY) && !type.equals(ColumnType.BOOLEAN);
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object a, Object b) {
        if (a instanceof String left && b instanceof String right) {
            return Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        }
        return ((Comparable<Object>) a).compareTo(b);
    }

    @Test
    void aNaNTakesTheBoundsAway() {
        ColumnStatistics doubles = only(ColumnType.DOUBLE, 1.0, Double.NaN, 3.0);
        assertThat(doubles.min()).isNull();
        assertThat(doubles.max()).isNull();
        ColumnStatistics floats = only(ColumnType.FLOAT, Float.NaN);
        assertThat(floats.min()).isNull();
    }

    @Test
    void negativeZeroIsBelowZero() {
        ColumnStatistics statistics = only(ColumnType.DOUBLE, 0.0, -0.0);
        assertThat(statistics.min()).isEqualTo(-0.0);
        assertThat(statistics.max()).isEqualTo(0.0);
    }

    @Test
    void aLongTextIsCutBetweenCharactersAndItsUpperBoundIsRaised() {
        String smiles = "😀".repeat(33);
        ColumnStatistics statistics = only(ColumnType.STRING, smiles);
        assertThat(statistics.min()).isEqualTo("😀".repeat(32));
        assertThat(statistics.max()).isEqualTo("😀".repeat(31) + "😁");
        assertThat(statistics.exact()).isFalse();
    }

    @Test
    void aTextOf32CharactersIsKeptWhole() {
        ColumnStatistics statistics = only(ColumnType.STRING, "é".repeat(32));
        assertThat(statistics.max()).isEqualTo("é".repeat(32));
        assertThat(statistics.exact()).isTrue();
    }

    @Test
    void aCharacterBeforeTheSurrogatesIsRaisedBeyondThem() {
        assertThat(TextBounds.above("a\uD7FF")).hasValue("a\uE000");
        assertThat(TextBounds.above("a" + Character.toString(0x10FFFF))).hasValue("b");
        assertThat(TextBounds.above(Character.toString(0x10FFFF))).isEmpty();
    }

    @Test
    void textThatNothingIsAboveHasNoBounds() {
        ColumnStatistics statistics =
                only(ColumnType.STRING, "a", Character.toString(0x10FFFF).repeat(33));
        assertThat(statistics.min()).isNull();
        assertThat(statistics.max()).isNull();
    }

    @Test
    void anEmptyTextIsALowerBound() {
        ColumnStatistics statistics = only(ColumnType.STRING, "", "b", "\u0000");
        assertThat(statistics.min()).isEqualTo("");
        assertThat(statistics.max()).isEqualTo("b");
    }

    @Test
    void wideDecimalsAreExact() {
        BigDecimal big = new BigDecimal("99999999999999999999999999999999999.999");
        ColumnStatistics statistics = only(new Decimal(38, 3), big, big.negate(), new BigDecimal("0.001"));
        assertThat(statistics.min()).isEqualTo(big.negate());
        assertThat(statistics.max()).isEqualTo(big);
    }

    private ColumnStatistics only(ColumnType type, Object... values) {
        Schema schema = Schema.of(new Column("c", type, true));
        Object[][] rows = Arrays.stream(values).map(v -> new Object[] {v}).toArray(Object[][]::new);
        store.delete("f");
        return Files.write(store, "f", schema, rows, WriteOptions.defaults())
                .columns()
                .getFirst();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void boundsInTheFooterHoldForEveryValueOfTheirRowGroup(long seed) {
        RandomRows random = new RandomRows(seed);
        Schema schema = random.schema(14);
        @Nullable Object[][] rows = random.rows(schema, 2000);
        Files.write(store, "f", schema, rows, Files.small(seed));
        int from = 0;
        for (BlockMetaData block : GroupFiles.blocks(store, "f")) {
            int to = from + (int) block.getRowCount();
            for (int i = 0; i < schema.size(); i++) {
                checkFooter(block.getColumns().get(i), schema.column(i).type(), i, Arrays.copyOfRange(rows, from, to));
            }
            from = to;
        }
        assertThat(from).isEqualTo(2000);
    }

    private static void checkFooter(ColumnChunkMetaData chunk, ColumnType type, int column, @Nullable Object[][] rows) {
        Statistics<?> statistics = chunk.getStatistics();
        if (type instanceof Array || type instanceof Decimal) {
            return;
        }
        assertThat(statistics.getNumNulls())
                .isEqualTo(
                        Arrays.stream(rows).filter(row -> row[column] == null).count());
        for (@Nullable Object[] row : rows) {
            if (type.equals(ColumnType.STRING) && row[column] instanceof String text) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                assertThat(Arrays.compareUnsigned(bytes, statistics.getMinBytes()))
                        .isGreaterThanOrEqualTo(0);
                assertThat(Arrays.compareUnsigned(bytes, statistics.getMaxBytes()))
                        .isLessThanOrEqualTo(0);
            }
            if (type.equals(ColumnType.BINARY) && row[column] instanceof byte[] bytes) {
                assertThat(Arrays.compareUnsigned(bytes, statistics.getMinBytes()))
                        .isGreaterThanOrEqualTo(0);
                assertThat(Arrays.compareUnsigned(bytes, statistics.getMaxBytes()))
                        .isLessThanOrEqualTo(0);
            }
            if (type.equals(ColumnType.LONG) && row[column] instanceof Long value) {
                assertThat(value).isBetween((Long) statistics.genericGetMin(), (Long) statistics.genericGetMax());
            }
        }
    }

    @Test
    void aBinaryUpperBoundOfOnlyHighBytesStillHolds() {
        byte[] high = new byte[300];
        Arrays.fill(high, (byte) 0xFF);
        Schema schema = Schema.of(new Column("b", ColumnType.BINARY, true));
        Files.write(store, "f", schema, new Object[][] {{high}, {new byte[] {1}}}, WriteOptions.defaults());
        byte[] bound = GroupFiles.blocks(store, "f")
                .getFirst()
                .getColumns()
                .getFirst()
                .getStatistics()
                .getMaxBytes();
        assertThat(Arrays.compareUnsigned(bound, high)).isGreaterThanOrEqualTo(0);
    }
}
