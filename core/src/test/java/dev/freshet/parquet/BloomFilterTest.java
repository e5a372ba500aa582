package dev.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.Schema;
import dev.freshet.store.MemoryStore;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BloomFilterTest {
    private static final Schema SCHEMA = Schema.of(
            new Column("id", ColumnType.LONG, false),
            new Column("day", ColumnType.DATE, true),
            new Column("Name", ColumnType.STRING, true),
            new Column("amount", new Decimal(9, 2), true),
            new Column("tags", new Array(ColumnType.STRING), true),
            new Column("flag", ColumnType.BOOLEAN, true),
            new Column("other", ColumnType.LONG, true));

    private final MemoryStore store = new MemoryStore();

    @ParameterizedTest
    @EnumSource(Encoder.class)
    void aFilterPassesEveryValueAndFewOthers(Encoder encoder) {
        Object[][] rows = IntStream.range(0, 30_000)
                .mapToObj(i -> new Object[] {
                    i * 7L, null, "name " + i, java.math.BigDecimal.valueOf(i, 2), List.of("a"), i % 2 == 0, (long) i
                })
                .toArray(Object[][]::new);
        WriteOptions options = WriteOptions.defaults()
                .withEncoder(encoder)
                .withRowGroups(32 << 20, 20_000)
                .withBloomFilters(List.of("ID", "name", "amount", "tags", "flag", "missing"));
        Files.write(store, "f", SCHEMA, rows, options);

        List<List<BloomFilter>> groups = GroupFiles.bloomFilters(store, "f");
        assertThat(groups).hasSize(2);
        assertThat(groups.getFirst())
                .extracting(java.util.Objects::nonNull)
                .containsExactly(true, false, true, true, false, false, false);
        for (int i = 0; i < rows.length; i++) {
            List<BloomFilter> filters = groups.get(i / 20_000);
            assertThat(filters.get(0).findHash(filters.get(0).hash(i * 7L))).isTrue();
            assertThat(filters.get(2).findHash(filters.get(2).hash(Binary.fromString("name " + i))))
                    .isTrue();
            assertThat(filters.get(3).findHash(filters.get(3).hash(i))).isTrue();
        }
        BloomFilter ids = groups.getFirst().getFirst();
        long passed = IntStream.range(0, 100_000)
                .filter(i -> ids.findHash(ids.hash(i * 7L + 1)))
                .count();
        assertThat(passed).isLessThan(2000);
    }

    @ParameterizedTest
    @EnumSource(Encoder.class)
    void whereADictionaryHoldsAllValuesThereIsNoFilter(Encoder encoder) {
        Schema schema = Schema.of(new Column("few", ColumnType.STRING, false));
        Object[][] rows = IntStream.range(0, 1000)
                .mapToObj(i -> new Object[] {"value " + i % 5})
                .toArray(Object[][]::new);
        Files.write(
                store,
                "f",
                schema,
                rows,
                WriteOptions.defaults().withEncoder(encoder).withBloomFilters(List.of("few")));
        assertThat(GroupFiles.hasDictionary(store, "f")).containsExactly(true);
        assertThat(GroupFiles.bloomFilters(store, "f").getFirst()).containsOnlyNulls();
    }

    @Test
    void aFilterIsFoldedAsFarAsItsValuesAllowAndThenBegunAnew() {
        BloomBits bits = new BloomBits(1 << 20);
        for (int count : new int[] {10, 1000, 50_000, 0}) {
            long[] values = LongStream.range(0, count).map(i -> i * 31).toArray();
            bits.addAll(values, count, Long.BYTES);
            BloomFilter filter = new BlockSplitBloomFilter(bits.endChunk());
            assertThat(filter.getBitsetSize()).isBetween(32, Math.max(64, count * 4));
            assertThat(LongStream.of(values)).allMatch(value -> filter.findHash(filter.hash(value)));
            long passed = IntStream.range(0, 10_000)
                    .filter(i -> filter.findHash(filter.hash(i * 31L + 1)))
                    .count();
            assertThat(passed).isLessThan(200);
        }
    }
}
