package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The demo, as a stranger meets it.
class DemoTest {
    private static final int TABLES = 5;
    private static final long ROWS = 200_000;

    @RegisterExtension
    final Stage stage = new Stage();

    private String said = "";

    @Test
    void eachDemoBringsTheWholeShopEvenAfterEverythingWasKilled() {
        Map<String, Long> first = once();
        assertThat(first).hasSizeGreaterThanOrEqualTo(TABLES);
        assertThat(first.values().stream().mapToLong(Long::longValue).sum()).isGreaterThanOrEqualTo(ROWS);
        assertLakeHolds(first);
        assertTheBackfillLeftCheckpoints();

        List<String> life = stage.json("events").findValuesAsText("type");
        assertThat(life).contains("configuration.changed", "lease.granted", "schedule.fired", "run.started");
        assertThat(life).filteredOn("dataset.committed"::equals).hasSize(copies());

        Map<String, Long> second = once();
        assertThat(second).containsOnlyKeys(first.keySet()).isNotEqualTo(first);
        assertLakeHolds(second);

        FreshetProcess demo = stage.start("demo");
        Eventually.that("the demo is running", () -> demo.err().contains("the scheduler runs"));
        Eventually.that("it has copied something", () -> demo.err().contains(" rows"));
        demo.kill();
        Stage.killWhatNames(stage.root());

        Map<String, Long> third = once();
        assertThat(third).containsOnlyKeys(first.keySet());
        assertLakeHolds(third);
    }

    /// The demo shows them, and names the command that lists the same.
    private void assertTheBackfillLeftCheckpoints() {
        String rollup = "rollup:task_usage_hourly";
        JsonNode checkpoints = stage.json("checkpoint", "list", rollup);
        assertThat(checkpoints.findValuesAsText("steps")).containsExactly("12", "13");
        assertThat(said).contains("13 slices from ", "(freshet checkpoint list " + rollup + ")");
        assertThat(checkpoints)
                .allSatisfy(checkpoint -> assertThat(said)
                        .contains("checkpoint %s: %d slices done, %s, "
                                .formatted(
                                        checkpoint.path("uuid").asText(),
                                        checkpoint.path("steps").asInt(),
                                        checkpoint.path("identifier").asText())));
    }

    /// How many versions of datasets the ledger knows of; the shop is copied again once it has changed.
    private int copies() {
        int copies = 0;
        for (JsonNode run : stage.json("get", "runs")) {
            boolean copied = run.path("task").asText().startsWith("ingest:")
                    && run.path("outcome").asText().equals("succeeded");
            copies += copied ? 1 : 0;
        }
        assertThat(copies).isGreaterThan(TABLES);
        return copies;
    }

    /// The rows of each dataset, as `demo --once` prints them; it leaves nothing running. What it says is kept.
    private Map<String, Long> once() {
        Map<String, Long> rows = new TreeMap<>();
        FreshetProcess demo = stage.run("demo", "--once", "-o", "json");
        assertThat(demo.exit()).as(demo.toString()).isZero();
        said = demo.err();
        for (JsonNode dataset : DeltaFolder.parse(demo.out())) {
            assertThat(dataset.path("outcome").asText()).isEqualTo("succeeded");
            rows.put(dataset.path("dataset").asText(), dataset.path("rows").asLong());
        }
        return rows;
    }

    private void assertLakeHolds(Map<String, Long> rows) {
        rows.forEach(
                (dataset, count) -> assertThat(stage.lake().dataset(dataset).select("count(*)", ""))
                        .as(dataset)
                        .containsExactly(List.of(count.toString())));
        assertThat(stage.json("query", "SELECT count(*) AS n FROM orders")
                        .get(0)
                        .path("n")
                        .asLong())
                .isEqualTo(rows.get("orders"));
    }
}
