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
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.parquet.column.Encoding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written is read back: by our reader and by parquet-java's own record reader.
class RoundTripTest {
    private final MemoryStore store = new MemoryStore();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void randomRowsOfRandomSchemasSurviveAFile(long seed) {
        RandomRows random = new RandomRows(seed);
        Schema schema = random.schema(1 + (int) (seed % 14));
        @Nullable Object[][] rows = random.rows(schema, 3000);
        FileSummary summary = Files.write(store, "f", schema, rows, Files.small(seed));
        assertThat(summary.rows()).isEqualTo(3000);
        assertThat(summary.bytes()).isEqualTo(store.read("f").length);
        assertSame(Files.read(store, "f", schema), rows);
        assertSame(GroupFiles.read(store, "f", schema), rows);
    }

    private static void assertSame(@Nullable Object[][] actual, @Nullable Object[][] expected) {
        assertThat(actual.length).isEqualTo(expected.length);
        for (int row = 0; row < expected.length; row++) {
            assertThat(Plain.row(actual[row])).as("row %d", row).isEqualTo(Plain.row(expected[row]));
        }
    }

    @Test
    void aFileWithoutRowsHasItsSchemaAndNoRows() {
        Schema schema = new RandomRows(5).schema(10);
        FileSummary summary = Files.write(store, "f", schema, new Object[0][], WriteOptions.defaults());
        assertThat(summary.rows()).isZero();
        assertThat(Files.read(store, "f", schema)).isEmpty();
        assertThat(GroupFiles.schema(store, "f")).isEqualTo(ParquetTypes.message(schema));
    }

    @Test
    void listsWithinListsKeepNullsAndEmptyOnesApart() {
        Schema schema = Schema.of(new Column("l", new Array(new Array(ColumnType.INT)), true));
        @Nullable
        Object[][] rows = {
            {null},
            {List.of()},
            {Arrays.asList((Object) null)},
            {List.of(List.of())},
            {Arrays.asList(null, List.of(), Arrays.asList(1, null), Arrays.asList((Object) null), List.of(2, 3))},
            {List.of(List.of(4), List.of(5))}
        };
        Files.write(store, "f", schema, rows, WriteOptions.defaults());
        assertSame(Files.read(store, "f", schema), rows);
        assertSame(GroupFiles.read(store, "f", schema), rows);
    }

    @Test
    void oneValueOf100MegabytesPassesBetweenSmallOnes() {
        Schema schema = Schema.of(new Column("id", ColumnType.INT, false), new Column("doc", ColumnType.BINARY, true));
        byte[] huge = new byte[100 << 20];
        Arrays.fill(huge, 77, huge.length - 5, (byte) 9);
        @Nullable Object[][] rows = {{1, new byte[] {1}}, {2, huge}, {3, null}, {4, new byte[] {4}}};
        Files.write(store, "f", schema, rows, WriteOptions.defaults());
        assertSame(Files.read(store, "f", schema), rows);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {1, 7, 8, 9, 31, 32, 33, 128, 129, 504, 505, 512, 65_535, 65_536, 65_537, 131_073})
    void anyNumberOfRowsFillsItsPagesAndRowGroups(int count) {
        Schema schema = Schema.of(
                new Column("key", ColumnType.LONG, false),
                new Column("few", ColumnType.INT, true),
                new Column("text", ColumnType.STRING, true),
                new Column("flag", ColumnType.BOOLEAN, true),
                new Column("list", new Array(ColumnType.INT), true));
        @Nullable Object[][] rows = new Object[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = new @Nullable Object[] {
                i * 5L,
                i % 9 == 0 ? null : i / 100 % 3,
                i % 13 == 0 ? null : "t" + i,
                i % 2 == 0,
                Arrays.asList(i, null)
            };
        }
        for (int group : count > 1000 ? new int[] {count} : new int[] {count - 1, count, count + 1}) {
            String key = "rows-" + group;
            Files.write(store, key, schema, rows, WriteOptions.defaults().withRowGroups(64 << 20, Math.max(1, group)));
            assertThat(GroupFiles.blocks(store, key)).hasSize(group == count - 1 && count > 1 ? 2 : 1);
            assertSame(Files.read(store, key, schema), rows);
            assertSame(GroupFiles.read(store, key, schema), rows);
        }
    }

    @Test
    void eachColumnIsWrittenInTheWayThatMakesItSmall() {
        Schema schema = Schema.of(
                new Column("key", ColumnType.LONG, false),
                new Column("fourfold", ColumnType.INT, false),
                new Column("few", ColumnType.STRING, false),
                new Column("money", new Decimal(38, 3), true),
                new Column("noise", ColumnType.LONG, false),
                new Column("reading", ColumnType.DOUBLE, false),
                new Column("text", ColumnType.STRING, true));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        Object[][] rows = new Object[150_000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Object[] {
                i * 31L,
                i / 4,
                "value " + i % 7,
                BigDecimal.valueOf(i % 50, 3),
                random.nextLong(),
                random.nextGaussian(),
                Long.toString(random.nextLong(), 36).substring(random.nextInt(8))
            };
        }
        for (Codec codec : Codec.values()) {
            String key = codec.name();
            FileSummary summary = Files.write(
                    store, key, schema, rows, WriteOptions.defaults().withCodec(codec, 1));
            assertThat(GroupFiles.encodings(store, key))
                    .containsExactly(
                            Encoding.DELTA_BINARY_PACKED,
                            Encoding.DELTA_BINARY_PACKED,
                            Encoding.RLE_DICTIONARY,
                            Encoding.RLE_DICTIONARY,
                            Encoding.PLAIN,
                            Encoding.PLAIN,
                            Encoding.DELTA_LENGTH_BYTE_ARRAY);
            assertThat(summary.bytes()).isLessThan(150_000L * (2 + 1 + 1 + 1 + 8 + 8 + 24));
            assertSame(Files.read(store, key, schema), rows);
            assertSame(GroupFiles.read(store, key, schema), rows);
        }
    }

    @Test
    void aPageOfNullsDecidesNothing() {
        Schema schema = Schema.of(new Column("n", ColumnType.LONG, true), new Column("s", ColumnType.STRING, true));
        @Nullable Object[][] rows = new Object[200_000][2];
        for (int i = 100_000; i < rows.length; i++) {
            rows[i] = new Object[] {i * 10L, "city " + i % 9};
        }
        Files.write(store, "f", schema, rows, WriteOptions.defaults());
        assertThat(GroupFiles.encodings(store, "f"))
                .containsExactly(Encoding.DELTA_BINARY_PACKED, Encoding.RLE_DICTIONARY);
        assertSame(GroupFiles.read(store, "f", schema), rows);
    }

    @Test
    void aDictionaryThatGrowsTooLargeEndsInTheMiddleOfAChunk() {
        Schema schema = Schema.of(new Column("s", ColumnType.STRING, true), new Column("n", ColumnType.DOUBLE, true));
        Object[][] rows = new Object[400_000][];
        for (int i = 0; i < rows.length; i++) {
            int key = i / 3;
            rows[i] = new Object[] {"key number " + key, (double) key};
        }
        Files.write(store, "f", schema, rows, WriteOptions.defaults());
        assertThat(GroupFiles.hasDictionary(store, "f")).contains(true);
        assertSame(Files.read(store, "f", schema), rows);
        assertSame(GroupFiles.read(store, "f", schema), rows);
    }
}
