package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Other engines read what maintenance made of a table, and it goes on with what they made of it.
class MaintainedTablesTest {
    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void duckDbAndSparkReadJoinedFilesAndATableThatSparkOptimizedIsMaintainedOn()
            throws IOException, InterruptedException {
        var _ = stage.set("FRESHET_EVENTS_OWN_LIFE", "false");
        record("a", "b", "c", "d");
        stage.ok("maintain", "events.deploys");

        assertThat(table().files(Long.MAX_VALUE)).hasSize(1);
        assertThat(table().commits().getLast().changesData()).isFalse();
        assertThat(table().select("type, payload", "ORDER BY type")).isEqualTo(rows("a", "b", "c", "d"));
        assertThat(spark("SELECT type, payload FROM %s ORDER BY type")).isEqualTo(json("a", "b", "c", "d"));

        record("e", "f");
        List<String> _ = spark("OPTIMIZE %s");
        assertThat(table().files(Long.MAX_VALUE)).as("Spark joined them").hasSize(1);
        record("g", "h");
        stage.ok("maintain", "events.deploys");

        assertThat(table().commits().getLast().domain("freshet.maintain")).isPresent();
        assertThat(table().select("type, payload", "ORDER BY type"))
                .isEqualTo(rows("a", "b", "c", "d", "e", "f", "g", "h"));
        assertThat(spark("SELECT type, payload FROM %s ORDER BY type"))
                .isEqualTo(json("a", "b", "c", "d", "e", "f", "g", "h"));
    }

    private void record(String... types) {
        for (String type : types) {
            stage.ok("record", "deploys", type, "{\"is\":\"" + type + "\"}", "--durable");
        }
    }

    private DeltaFolder table() {
        return new DeltaFolder(stage.root().resolve("events/deploys"));
    }

    private List<String> spark(String sql) throws IOException, InterruptedException {
        return Spark.query(sql.formatted("delta.`" + table().folder() + "`"));
    }

    private static List<List<String>> rows(String... types) {
        return List.of(types).stream()
                .map(type -> List.of(type, "{\"is\":\"" + type + "\"}"))
                .toList();
    }

    private static List<String> json(String... types) {
        return List.of(types).stream()
                .map(type -> "{\"type\":\"%1$s\",\"payload\":\"{\\\"is\\\":\\\"%1$s\\\"}\"}".formatted(type))
                .toList();
    }
}
