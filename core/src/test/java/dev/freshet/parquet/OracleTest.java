package dev.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.RandomRows;
import dev.freshet.batch.Schema;
import dev.freshet.store.LocalStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows of random schemas, written with random options by our encoder and by parquet-java's, are the same to two
/// readers that share no code with us; and so are the statistics that go into the Delta log.
class OracleTest {
    private static final int SEEDS = Integer.getInteger("freshet.oracle.seeds", 500);

    @TempDir
    Path folder;

    @Test
    void randomSchemasAndRowsAreTheSameToParquetJavaAndDuckDb() throws SQLException {
        LocalStore store = LocalStore.open(folder);
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                check(seed, store, duck);
            }
        }
    }

    private void check(int seed, LocalStore store, Connection duck) throws SQLException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RandomRows values = new RandomRows(seed);
        Schema schema = values.schema(1 + random.nextInt(8));
        @Nullable Object[][] rows = values.rows(schema, random.nextInt(400));
        List<List<@Nullable Object>> expected =
                Arrays.stream(rows).map(Plain::row).toList();
        WriteOptions options = options(random);
        String ours = seed + ".parquet";
        String theirs = seed + ".java.parquet";

        FileSummary summary = Files.write(store, ours, schema, rows, options);
        FileSummary oracle = Files.write(store, theirs, schema, rows, options.withEncoder(Encoder.PARQUET_JAVA));

        for (String key : List.of(ours, theirs)) {
            assertThat(Arrays.stream(GroupFiles.read(store, key, schema)).map(Plain::row))
                    .as("%s, read by parquet-java", key)
                    .containsExactlyElementsOf(expected);
            assertThat(DuckFiles.read(duck, folder.resolve(key), schema))
                    .as("%s, read by DuckDB", key)
                    .isEqualTo(expected);
            assertThat(Arrays.stream(Files.read(store, key, schema)).map(Plain::row))
                    .as("%s, read by us", key)
                    .containsExactlyElementsOf(expected);
            store.delete(key);
        }
        assertThat(summary.rows()).isEqualTo(oracle.rows()).isEqualTo(rows.length);
        assertThat(summary.columns()).as("seed %d", seed).isEqualTo(oracle.columns());
        for (int i = 0; i < schema.size(); i++) {
            int column = i;
            StatisticsTest.check(
                    summary.columns().get(i),
                    schema.column(i),
                    Arrays.stream(rows).map(row -> row[column]).toList());
        }
    }

    private static WriteOptions options(RandomGenerator random) {
        Codec codec = Codec.values()[random.nextInt(Codec.values().length)];
        return WriteOptions.defaults()
                .withCodec(codec, 1 + random.nextInt(3))
                .withPageBytes(1 << random.nextInt(21))
                .withRowGroups(1 << (12 + random.nextInt(14)), 1 + random.nextInt(random.nextBoolean() ? 50 : 5000))
                .withBloomFilters(random.nextInt(4) == 0 ? List.of("c0", "C1") : List.of())
                .withThreads(1 + random.nextInt(3));
    }
}
