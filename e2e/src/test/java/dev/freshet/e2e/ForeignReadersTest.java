package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What other engines read equals what the source holds: every documented type, nulls, an empty table, names and
/// texts in any script.
class ForeignReadersTest {
    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void duckDbAndSparkReadWhatPostgresHolds() throws IOException, InterruptedException {
        List<Sample> samples = ingested(postgres());

        assertEqual(ForeignReader.DUCKDB, samples);
        assertEqual(ForeignReader.SPARK, samples);
        assertTypes(TypeDocs.postgres());
    }

    @Test
    void duckDbAndSparkReadWhatMariaDbHolds() throws IOException, InterruptedException {
        List<Sample> samples = ingested(mariaDb());

        assertEqual(ForeignReader.DUCKDB, samples);
        assertEqual(ForeignReader.SPARK, samples);
        assertTypes(TypeDocs.mariaDb());
    }

    @Test
    void deltaRsReadsWhatPostgresHolds() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                System.getenv(ForeignReader.PYTHON) != null, ForeignReader.PYTHON + " names no Python with deltalake");

        assertEqual(ForeignReader.DELTA_RS, ingested(postgres()));
    }

    @Test
    void whatSparkFindsByStatisticsIndexesAndFiltersIsWhatAFullScanFinds() throws IOException, InterruptedException {
        var _ = stage.set("FRESHET_PARQUET_ROW_GROUP_ROWS", "500");
        var _ = stage.set("FRESHET_PARQUET_BLOOM_FILTERS", "noise, word");
        ingested(List.of(Sample.many(Postgres.newDatabase())));
        List<String> conditions = List.of(
                "n BETWEEN 700 AND 703",
                "n = 4000",
                "n > 4000",
                "amount = 1234567890123456789000.0000001000",
                "label = '" + "k".repeat(3) + "'",
                "label IS NULL",
                "label > 'x'",
                "ratio < 1",
                "day >= date '2000-12-01'",
                "cents = 530.00",
                "price BETWEEN 98765432 AND 987654321",
                "moment < timestamp_ntz '1990-01-01 01:00:00'",
                "word = ''",
                "word = substring(md5('17'), 1, 17 * 7919 % 33)",
                "word = 'no such word'",
                "noise = 7777777777 % 1000003 * 9000000000000",
                "noise = 1");

        List<String> found = sparkCounts(conditions);

        assertThat(found)
                .isEqualTo(sparkCounts(conditions.stream()
                        .map(condition -> condition.replaceFirst("(\\w+)", "if(rand() < 2, $1, NULL)"))
                        .toList()));
        assertThat(found)
                .hasSameSizeAs(conditions)
                .contains(
                        "{\"condition\":1,\"rows\":1,\"sum\":4000}",
                        "{\"condition\":2,\"rows\":0,\"sum\":0}",
                        "{\"condition\":9,\"rows\":1,\"sum\":1000}",
                        "{\"condition\":15,\"rows\":1,\"sum\":1}");
    }

    /// How many rows of the table each condition is true of, and the sum of their numbers.
    private List<String> sparkCounts(List<String> conditions) throws IOException, InterruptedException {
        String table = "delta.`" + table("many").folder() + "`";
        return Spark.query(IntStream.range(0, conditions.size())
                .mapToObj(i -> "SELECT %d AS condition, count(*) AS rows, coalesce(sum(n), 0) AS sum FROM %s WHERE %s"
                        .formatted(i, table, conditions.get(i)))
                .collect(Collectors.joining(" UNION ALL ", "SELECT * FROM (", ") ORDER BY condition")));
    }

    private static List<Sample> postgres() throws IOException {
        Database database = Postgres.newDatabase();
        database.run(
                "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                "CREATE DOMAIN price AS numeric(10,2)",
                "CREATE TYPE pair AS (a integer, b text)");
        return samples(database, TypeDocs.postgres());
    }

    private static List<Sample> mariaDb() throws IOException {
        return samples(MariaDb.newDatabase(), TypeDocs.mariaDb());
    }

    private static List<Sample> samples(Database database, List<TypeDocs> documented) {
        return List.of(
                Sample.typed(database, documented),
                Sample.empty(database, "no_rows", documented),
                Sample.unicode(database),
                Sample.many(database));
    }

    /// The samples, once all of them are in the lake.
    private List<Sample> ingested(List<Sample> samples) {
        stage.apply(samples.stream().map(Sample::definition).toArray(Definition[]::new));
        FreshetProcess pod = stage.serve("a");
        Eventually.that("every sample is in the lake", () -> stage.lake().runs().size() >= samples.size());
        pod.terminate();
        assertThat(pod.exit()).isZero();
        assertThat(stage.lake().runs())
                .allSatisfy(run -> assertThat(run.path("outcome").asText()).isEqualTo("succeeded"));
        return samples;
    }

    private void assertEqual(ForeignReader reader, List<Sample> samples) throws IOException, InterruptedException {
        Map<String, DeltaFolder> tables =
                samples.stream().collect(Collectors.toMap(Sample::dataset, sample -> table(sample.dataset())));
        Map<String, List<List<String>>> read = reader.read(tables);
        for (Sample sample : samples) {
            List<DeltaFolder.Column> columns = tables.get(sample.dataset()).columns();

            assertThat(canonical(columns, read.get(sample.dataset())))
                    .as(sample.dataset() + " read by " + reader)
                    .isEqualTo(canonical(columns, sample.rows(columns)));
        }
    }

    /// The columns are those that the document promises, behind the one that numbers the rows.
    private void assertTypes(List<TypeDocs> documented) {
        assertThat(table("typed").columns().stream().skip(1).map(DeltaFolder.Column::type))
                .isEqualTo(documented.stream().map(TypeDocs::delta).toList());
    }

    private DeltaFolder table(String dataset) {
        return stage.lake().dataset(dataset);
    }

    private static List<List<String>> canonical(List<DeltaFolder.Column> columns, List<List<String>> rows) {
        Function<List<String>, Integer> number = row -> Integer.valueOf(row.getFirst());
        return rows.stream()
                .sorted(Comparator.comparing(number))
                .map(row -> Canonical.row(columns, row))
                .toList();
    }
}
