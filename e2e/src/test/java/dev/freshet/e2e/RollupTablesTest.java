package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Rollups as strangers see them: plain Delta tables, before and after they followed a change of their facts.
class RollupTablesTest {
    private static final List<String> COLUMNS =
            List.of("hour", "product", "kind", "amount", "tasks", "uses", "highest");

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void duckDbAndSparkReadWhatTheDatabaseCounts() throws IOException, InterruptedException {
        Usage usage = Usage.on(stage);
        stage.ok("rollup", "tick", Usage.NAME);
        assertThat(usage.rollup().columns())
                .extracting(DeltaFolder.Column::name, DeltaFolder.Column::type)
                .containsExactly(
                        tuple("hour", "timestamp"),
                        tuple("product", "string"),
                        tuple("kind", "date"),
                        tuple("amount", "long"),
                        tuple("tasks", "long"),
                        tuple("uses", "long"),
                        tuple("highest", "decimal(12,3)"));
        assertThat(usage.rows()).isEqualTo(usage.expected());

        usage.database()
                .run(
                        "DELETE FROM uses WHERE at < timestamptz '2025-01-05 00:00Z'",
                        "UPDATE uses SET amount = NULL, price = 999999999.999 WHERE id % 100 = 0",
                        "INSERT INTO uses VALUES (9999, '2027-01-01 00:30Z', NULL, NULL, 't', 5, NULL)");
        stage.ok("run", "uses");
        stage.ok("rollup", "tick", Usage.NAME);

        assertThat(usage.rows()).isEqualTo(usage.expected());
        assertThat(spark(usage)).isEqualTo(usage.expected());
    }

    private static List<List<String>> spark(Usage usage) throws IOException, InterruptedException {
        return Spark.query("SELECT concat(date_format(hour, 'yyyy-MM-dd HH:mm:ss'), '+00') AS hour, product,"
                        + " CAST(kind AS STRING) AS kind, amount, tasks, uses, CAST(highest AS STRING) AS highest"
                        + " FROM delta.`" + usage.rollup().folder() + "` t"
                        + " ORDER BY t.hour, t.product NULLS FIRST, t.kind NULLS FIRST")
                .stream()
                .map(DeltaFolder::parse)
                .map(RollupTablesTest::cells)
                .toList();
    }

    private static List<String> cells(JsonNode row) {
        Stream<String> cells = COLUMNS.stream().map(column -> row.path(column).asText(null));
        return Arrays.asList(cells.toArray(String[]::new));
    }
}
