package dev.freshet.rollup;

import static dev.freshet.rollup.UsageLake.made;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunRecord;
import dev.freshet.table.Change;
import dev.freshet.table.Decision;
import dev.freshet.table.LogRetention;
import dev.freshet.table.Snapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rollup whose rows stay the same for longer than its log is kept.
class IdleRollupTest {
    private static final LogRetention SHORT = new LogRetention(Duration.ZERO, Duration.ZERO, 1);

    @TempDir
    Path folder;

    private UsageLake lake;

    @BeforeEach
    void open() {
        lake = new UsageLake(folder);
        lake.facts.insert(Fact.at("2025-12-01T00:10:00Z", 1, "t1"));
        assertThat(lake.process().tick().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void itGoesOnWithTheNextFact() {
        idle();
        clean();
        lake.facts.insert(Fact.at("2025-12-01T00:20:00Z", 2, "t2"));
        RunRecord run = lake.process().tick();
        assertThat(run.outcome()).as(String.valueOf(run.error())).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts())).hasSize(1);
    }

    @Test
    void rowsThatSomebodyElseTookAreRefusedHoweverMuchOfItsLogIsCleaned() {
        idle();
        spark();
        vacuumMarkers();
        clean();
        lake.facts.insert(Fact.at("2025-12-01T00:20:00Z", 2, "t2"));
        RunRecord run = lake.process().tick();
        assertThat(run.errorCode()).isEqualTo("FOREIGN_COMMIT");
        assertThat(run.error()).contains("DELETE by Apache-Spark/4.2.0");
        assertThat(lake.process().backfill().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts())).hasSize(1);
    }

    /// The facts have new versions, of which none changes a row.
    private void idle() {
        for (int i = 0; i < 20; i++) {
            lake.facts.create();
            assertThat(lake.process().tick().outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    private void vacuumMarkers() {
        for (int i = 0; i < 20; i++) {
            var _ = lake.rows.commit(
                    newest -> new Decision.Write(Change.of("VACUUM START").withoutDataChange()));
        }
    }

    private void spark() {
        Snapshot newest = lake.table().orElseThrow();
        String file = newest.files().getFirst().path();
        String commit = """
                {"commitInfo":{"timestamp":1767225600000,"operation":"DELETE","operationParameters":{},\
                "engineInfo":"Apache-Spark/4.2.0","txnId":"spark-1"}}
                {"remove":{"path":"%s","deletionTimestamp":1767225600000,"dataChange":true}}
                """.formatted(file);
        lake.store.putIfAbsent(
                "rollups/task_usage_hourly/_delta_log/%020d.json".formatted(newest.version() + 1),
                commit.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes a checkpoint and removes all that lies below it.
    private void clean() {
        lake.rows.upkeep(lake.table().orElseThrow().version() / 20 * 20, SHORT);
        assertThat(lake.store.list("rollups/task_usage_hourly/_delta_log", "0"))
                .as("the commit that made the rows is gone")
                .noneMatch(file -> file.name().compareTo("%020d".formatted(20)) < 0);
    }
}
