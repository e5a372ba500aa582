package dev.freshet.table;

import static dev.freshet.table.Samples.always;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.MemoryStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Rows come back as they were written, whole tables and partitions.
class TableScanTest {
    private static final Schema SCHEMA = Schema.of(
            new Column("id", ColumnType.LONG, false),
            new Column("name", ColumnType.STRING, true),
            new Column("tags", new ColumnType.Array(ColumnType.STRING), true));

    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);

    @Test
    void rowsOfEveryFileAreRead() throws Exception {
        DeltaTable table = new DeltaTable(store, "t", host);
        DataFile first =
                write("t", "one.parquet", SCHEMA, Map.of(), List.of(row(1L, "a", List.of("x")), row(2L, null, null)));
        DataFile second = write("t", "two.parquet", SCHEMA, Map.of(), List.of(row(3L, "ü", List.of())));
        table.commit(always(Change.of("WRITE").schema(SCHEMA).add(List.of(first, second))));
        Snapshot snapshot = table.latest().orElseThrow();
        assertThat(rows(snapshot))
                .containsExactly(row(1L, "a", List.of("x")), row(2L, null, null), row(3L, "ü", List.of()));
        assertThat(snapshot.rows()).hasValue(3);
        assertThat(snapshot.bytes()).isEqualTo(first.bytes() + second.bytes());
    }

    @Test
    void filesThatCannotHoldTheValueAreNotRead() throws Exception {
        DeltaTable table = new DeltaTable(store, "t", host);
        DataFile a = write("t", "a.parquet", SCHEMA, Map.of(), List.of(row(1L, "apple", null)));
        DataFile b = write("t", "b.parquet", SCHEMA, Map.of(), List.of(row(2L, "pear", null)));
        table.commit(always(Change.of("WRITE").schema(SCHEMA).add(List.of(a, b))));
        store.delete("t/b.parquet");
        try (TableScan scan = new TableScan(
                store, table.latest().orElseThrow(), file -> file.statistics().mayHold("name", "apple"))) {
            assertThat(all(scan)).containsExactly(row(1L, "apple", null));
        }
    }

    @Test
    void aDataFileThatIsGoneIsNamedWithTableAndVersion() throws Exception {
        DeltaTable table = new DeltaTable(store, "t", host);
        DataFile file = write("t", "a.parquet", SCHEMA, Map.of(), List.of(row(1L, "apple", null)));
        table.commit(always(Change.replace(SCHEMA, List.of(file))));
        store.delete("t/a.parquet");
        assertThatThrownBy(() -> rows(table.latest().orElseThrow()))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_UNREADABLE))
                .hasMessageContainingAll("table t", "version 0", "a.parquet");
    }

    @Test
    void partitionColumnsAreFilledFromTheLog() throws Exception {
        List<Column> values = List.of(
                new Column("b", ColumnType.BOOLEAN, true),
                new Column("i", ColumnType.INT, true),
                new Column("day", ColumnType.DATE, true),
                new Column("at", ColumnType.TIMESTAMP, true),
                new Column("local", ColumnType.TIMESTAMP_NTZ, true),
                new Column("price", new ColumnType.Decimal(10, 2), true),
                new Column("wide", new ColumnType.Decimal(30, 3), true),
                new Column("f", ColumnType.FLOAT, true),
                new Column("s", ColumnType.STRING, true));
        List<Column> columns = new ArrayList<>(values);
        columns.addFirst(new Column("id", ColumnType.LONG, false));
        Schema schema = new Schema(columns);
        Schema written = Schema.of(columns.getFirst());
        Map<String, String> partition = Map.of(
                "b",
                "true",
                "i",
                "-7",
                "day",
                "2026-01-02",
                "at",
                "2026-01-02T03:04:05.000006Z",
                "local",
                "2026-01-02 03:04:05",
                "price",
                "12.3",
                "wide",
                "-0.001",
                "f",
                "1.5",
                "s",
                "a/b ü%");
        List<String> names = values.stream().map(Column::name).toList();
        DeltaTable table = new DeltaTable(store, "p", host);
        String folder = PartitionFolder.of(names, partition);
        DataFile full = write("p", folder + "x.parquet", written, partition, List.of(row(1L), row(2L)));
        DataFile empty =
                write("p", PartitionFolder.of(names, Map.of()) + "y.parquet", written, Map.of(), List.of(row(3L)));
        table.commit(always(Change.of("WRITE")
                .shape(new TableShape(schema, names, Map.of()))
                .add(List.of(full, empty))));

        Snapshot snapshot = new DeltaTable(store, "p", host).latest().orElseThrow();
        assertThat(snapshot.files()).extracting(DataFile::path).contains(folder + "x.parquet");
        List<@Nullable Object> first = row(
                1L,
                true,
                -7,
                LocalDate.of(2026, 1, 2),
                Instant.parse("2026-01-02T03:04:05.000006Z"),
                LocalDateTime.parse("2026-01-02T03:04:05"),
                new BigDecimal("12.30"),
                new BigDecimal("-0.001"),
                1.5f,
                "a/b ü%");
        List<@Nullable Object> second = new ArrayList<>(first);
        second.set(0, 2L);
        assertThat(rows(snapshot))
                .containsExactlyInAnyOrder(
                        first, second, row(3L, null, null, null, null, null, null, null, null, null));
    }

    private DataFile write(
            String table, String path, Schema schema, Map<String, String> partition, List<List<@Nullable Object>> rows)
            throws Exception {
        Batch batch = new Batch(schema);
        rows.forEach(row -> batch.appendRow(row.toArray()));
        try (DataFileWriter writer =
                new DataFileWriter(schema, store.upload(table + "/" + path), WriteOptions.defaults())) {
            writer.write(batch);
            return DataFile.of(path, writer.finish(), partition, host.now());
        }
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private List<List<@Nullable Object>> rows(Snapshot snapshot) {
        try (TableScan scan = new TableScan(store, snapshot)) {
            return all(scan);
        }
    }

    private static List<List<@Nullable Object>> all(TableScan scan) {
        Batch batch = new Batch(scan.schema());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (scan.read(batch)) {
            for (int row = 0; row < batch.rows(); row++) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int column = 0; column < batch.schema().size(); column++) {
                    values.add(batch.value(column, row));
                }
                rows.add(values);
            }
        }
        return rows;
    }
}
