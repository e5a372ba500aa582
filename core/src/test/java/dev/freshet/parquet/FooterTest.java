package dev.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.RandomRows;
import dev.freshet.batch.Schema;
import dev.freshet.store.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.VersionParser;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.BoundaryOrder;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is around the pages, as the reference reads it.
class FooterTest {
    private static final String KEY = "f";

    private final MemoryStore store = new MemoryStore();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyPageIsWhereTheIndexesSayAndHoldsWhatTheySay(long seed) throws IOException {
        RandomRows random = new RandomRows(seed);
        Schema schema = random.schema(14);
        Files.write(store, KEY, schema, random.rows(schema, 2000), Files.small(seed));
        try (ParquetFileReader file = open()) {
            assertThat(file.getFileMetaData().getSchema()).isEqualTo(ParquetTypes.message(schema));
            long start = 4;
            for (BlockMetaData group : file.getRowGroups()) {
                assertThat(group.getStartingPos()).isEqualTo(start);
                for (ColumnChunkMetaData chunk : group.getColumns()) {
                    assertThat(chunk.getStartingPos()).isEqualTo(start);
                    checkPlaces(chunk, file.readOffsetIndex(chunk), group.getRowCount());
                    checkBounds(chunk, file.readColumnIndex(chunk));
                    start += chunk.getTotalSize();
                }
            }
        }
    }

    private static void checkPlaces(ColumnChunkMetaData chunk, OffsetIndex places, long rows) {
        long offset = chunk.getFirstDataPageOffset();
        long row = 0;
        for (int i = 0; i < places.getPageCount(); i++) {
            assertThat(places.getOffset(i)).isEqualTo(offset);
            assertThat(places.getFirstRowIndex(i)).isEqualTo(row);
            offset += places.getCompressedPageSize(i);
            row = places.getLastRowIndex(i, rows) + 1;
        }
        assertThat(row).isEqualTo(rows);
        assertThat(offset).isEqualTo(chunk.getStartingPos() + chunk.getTotalSize());
        assertThat(chunk.getEncodingStats().hasDictionaryPages()).isEqualTo(chunk.hasDictionaryPage());
        assertThat(chunk.getEncodingStats().hasDictionaryEncodedPages()).isEqualTo(chunk.hasDictionaryPage());
    }

    private static void checkBounds(ColumnChunkMetaData chunk, @Nullable ColumnIndex index) {
        if (index == null) {
            assertThat(chunk.getStatistics().hasNonNullValue()).as("a NaN").isFalse();
            return;
        }
        assertThat(index.getNullCounts().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(chunk.getStatistics().getNumNulls());
        List<Object> mins = bounds(index.getMinValues(), index.getNullPages(), chunk.getPrimitiveType());
        List<Object> maxs = bounds(index.getMaxValues(), index.getNullPages(), chunk.getPrimitiveType());
        Comparator<Object> order = chunk.getPrimitiveType().comparator();
        assertThat(index.getBoundaryOrder()).isEqualTo(order(mins, maxs, order));
        if (!mins.isEmpty()) {
            assertThat((Object) chunk.getStatistics().genericGetMin()).isEqualTo(Collections.min(mins, order));
            assertThat((Object) chunk.getStatistics().genericGetMax()).isEqualTo(Collections.max(maxs, order));
        }
    }

    private static BoundaryOrder order(List<Object> mins, List<Object> maxs, Comparator<Object> order) {
        if (isSorted(mins, order) && isSorted(maxs, order)) {
            return BoundaryOrder.ASCENDING;
        }
        boolean falls = isSorted(mins, order.reversed()) && isSorted(maxs, order.reversed());
        return falls ? BoundaryOrder.DESCENDING : BoundaryOrder.UNORDERED;
    }

    private static boolean isSorted(List<Object> values, Comparator<Object> order) {
        return IntStream.range(1, values.size()).allMatch(i -> order.compare(values.get(i - 1), values.get(i)) <= 0);
    }

    private static List<Object> bounds(List<ByteBuffer> values, List<Boolean> absent, PrimitiveType type) {
        List<Object> bounds = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (!absent.get(i)) {
                bounds.add(value(values.get(i).duplicate().order(ByteOrder.LITTLE_ENDIAN), type));
            }
        }
        return bounds;
    }

    private static Object value(ByteBuffer bytes, PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> bytes.get() != 0;
            case INT32 -> bytes.getInt();
            case INT64 -> bytes.getLong();
            case FLOAT -> bytes.getFloat();
            case DOUBLE -> bytes.getDouble();
            case BINARY, FIXED_LEN_BYTE_ARRAY -> Binary.fromConstantByteBuffer(bytes);
            case INT96 -> throw new AssertionError("never written");
        };
    }

    @Test
    void pagesThatRiseFallOrDoNeitherAreCalledSo() throws IOException {
        Schema schema = Schema.of(
                new Column("rises", ColumnType.LONG, true),
                new Column("falls", ColumnType.STRING, false),
                new Column("neither", ColumnType.DOUBLE, false),
                new Column("absent", ColumnType.INT, true));
        @Nullable
        Object[][] rows = IntStream.range(0, 3000)
                .mapToObj(i -> new @Nullable Object[] {
                    i < 1000 ? null : (long) i, "%05d".formatted(9999 - i), Math.sin(i), null
                })
                .toArray(Object[][]::new);
        Files.write(store, KEY, schema, rows, WriteOptions.defaults().withPageBytes(2000));
        try (ParquetFileReader file = open()) {
            List<BoundaryOrder> orders = new ArrayList<>();
            for (ColumnChunkMetaData chunk : file.getRowGroups().getFirst().getColumns()) {
                orders.add(file.readColumnIndex(chunk).getBoundaryOrder());
            }
            assertThat(orders)
                    .containsExactly(
                            BoundaryOrder.ASCENDING,
                            BoundaryOrder.DESCENDING,
                            BoundaryOrder.UNORDERED,
                            BoundaryOrder.ASCENDING);
        }
    }

    @Test
    void zerosOfBothSignsAreFoundByBoth() throws IOException {
        Schema schema = Schema.of(new Column("zero", ColumnType.FLOAT, false));
        Files.write(store, KEY, schema, new Object[][] {{0f}, {-0f}}, WriteOptions.defaults());
        try (ParquetFileReader file = open()) {
            ColumnChunkMetaData chunk =
                    file.getRowGroups().getFirst().getColumns().getFirst();
            assertThat((Object) chunk.getStatistics().genericGetMin()).isEqualTo(-0f);
            assertThat((Object) chunk.getStatistics().genericGetMax()).isEqualTo(0f);
        }
    }

    /// Readers mistrust what some writers say of texts; they know them by this.
    @Test
    void theWriterIsNamedAsReadersExpectIt() throws Exception {
        Schema schema = Schema.of(new Column("c", ColumnType.STRING, false));
        Files.write(store, KEY, schema, new Object[][] {{"a"}}, WriteOptions.defaults());
        try (ParquetFileReader file = open()) {
            var version = VersionParser.parse(file.getFileMetaData().getCreatedBy());
            assertThat(version.application).isEqualTo("freshet");
            assertThat(version.hasSemanticVersion()).isTrue();
        }
    }

    @Test
    void aFileWithoutRowsHasItsSchema() throws IOException {
        Schema schema = new RandomRows(3).schema(20);
        Files.write(store, KEY, schema, new Object[][] {}, WriteOptions.defaults());
        try (ParquetFileReader file = open()) {
            assertThat(file.getFileMetaData().getSchema()).isEqualTo(ParquetTypes.message(schema));
            assertThat(file.getRowGroups()).isEmpty();
        }
    }

    private ParquetFileReader open() throws IOException {
        return ParquetFileReader.open(new StoreFile(store, KEY, store.read(KEY).length));
    }
}
