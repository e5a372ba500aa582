package dev.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.RandomRows;
import dev.freshet.batch.Schema;
import dev.freshet.store.LocalStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DuckDB reads what we write, with equal values and types.
class DuckFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42})
    void duckDbReadsWhatWasWritten(long seed) throws SQLException {
        RandomRows random = new RandomRows(seed);
        Schema schema = random.schema(12);
        @Nullable Object[][] rows = random.rows(schema, 2500);
        LocalStore store = LocalStore.open(folder);
        Files.write(store, "f.parquet", schema, rows, Files.small(seed));
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            expected.add(Plain.row(row));
        }
        assertThat(DuckFiles.read(folder.resolve("f.parquet"), schema)).isEqualTo(expected);
    }

    @Test
    void aDictionaryThatEndsInTheMiddleOfAChunkIsReadOnByDuckDb() throws SQLException {
        Schema schema = Schema.of(new Column("s", ColumnType.STRING, true), new Column("d", ColumnType.DOUBLE, true));
        Object[][] rows = new Object[60_000][];
        for (int i = 0; i < rows.length; i++) {
            long scattered = ((i / 1000 * 250 + i % 250) * 0x9E3779B97F4A7C15L) >>> 24;
            rows[i] = new Object[] {Long.toString(scattered, 36), (double) scattered};
        }
        LocalStore store = LocalStore.open(folder);
        Files.write(
                store,
                "f.parquet",
                schema,
                rows,
                WriteOptions.defaults().withPageBytes(8000).withRowGroups(1 << 20, 1_000_000));
        assertThat(GroupFiles.blocks(store, "f.parquet").getFirst().getColumns())
                .extracting(
                        column -> column.getEncodingStats().getDataEncodings().size())
                .containsExactly(2, 2);
        List<List<@Nullable Object>> expected =
                Arrays.stream(rows).map(Plain::row).toList();
        assertThat(DuckFiles.read(folder.resolve("f.parquet"), schema)).isEqualTo(expected);
    }

    @Test
    void duckDbSeesTheTypesOfTheSchema() throws SQLException {
        Schema schema = Schema.of(
                new Column("a", ColumnType.BYTE, true),
                new Column("b", ColumnType.SHORT, true),
                new Column("c", ColumnType.parse("decimal(38,5)"), true),
                new Column("d", ColumnType.TIMESTAMP, true),
                new Column("e", ColumnType.TIMESTAMP_NTZ, true),
                new Column("f", ColumnType.DATE, true),
                new Column("g", new Array(ColumnType.STRING), true),
                new Column("h", ColumnType.BINARY, true));
        Files.write(LocalStore.open(folder), "f.parquet", schema, new Object[0][], WriteOptions.defaults());
        List<String> types = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet row = duck.createStatement()
                        .executeQuery("DESCRIBE " + DuckFiles.select(folder.resolve("f.parquet")))) {
            while (row.next()) {
                types.add(row.getString("column_type"));
            }
        }
        assertThat(types)
                .containsExactly(
                        "TINYINT",
                        "SMALLINT",
                        "DECIMAL(38,5)",
                        "TIMESTAMP WITH TIME ZONE",
                        "TIMESTAMP",
                        "DATE",
                        "VARCHAR[]",
                        "BLOB");
    }
}
