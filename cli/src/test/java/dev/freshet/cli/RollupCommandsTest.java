package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.Decision;
import dev.freshet.table.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rollups of events, so that no database is needed.
@Timeout(300)
class RollupCommandsTest {
    private static final String HOURLY = """
            rollup: deploys_hourly
            source: events.deploys
            time: timestamp
            dimensions: [type]
            measures: {n: count}
            """;

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder).with("FRESHET_EVENTS_OWN_LIFE", "false");
    }

    @Test
    void aRollupFollowsItsFactsAndIsShownWithThem() throws IOException {
        record("released");
        apply(HOURLY);
        assertThat(tick().out()).contains("\"outcome\":\"succeeded\"").containsPattern("\"rows\":1,\"bytes\":[1-9]");
        assertThat(shell.run("get", "rollups", "-o", "json").out())
                .contains("\"name\":\"deploys_hourly\"", "\"source\":\"events.deploys\"", "\"state\":\"fresh\"")
                .contains("\"lag_versions\":0", "\"rows\":1", "\"last_error\":null");
        assertThat(query("select n from rollups.deploys_hourly")).contains("{\"n\":1}");
        assertThat(query("select n from deploys_hourly")).contains("{\"n\":1}");

        record("released");
        assertThat(shell.run("get", "rollups", "deploys_hourly", "-o", "json").out())
                .contains("\"state\":\"stale\"", "\"lag_versions\":1", "\"stale_since\":\"2");
        assertThat(tick().exit()).isZero();
        assertThat(query("select sum(n)::int as n from deploys_hourly")).contains("{\"n\":2}");
        assertThat(tick().out()).contains("\"outcome\":\"unchanged\"");
    }

    @Test
    void verifyExitsWithOneAndShowsTheDifferencesWhenRowsAreWrong() throws IOException {
        record("released");
        apply(HOURLY);
        assertThat(tick().exit()).isZero();
        assertThat(shell.run("rollup", "verify", "deploys_hourly").exit()).isZero();

        DeltaTable table =
                new DeltaTable(LocalStore.open(folder.resolve("lake")), "rollups/deploys_hourly", Host.system());
        assertThat(table.commit(_ -> new Decision.Write(Change.of("DELETE").removeAll())))
                .isInstanceOf(CommitOutcome.Committed.class);
        Shell.Result wrong = shell.run("rollup", "verify", "deploys_hourly", "-o", "json");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.out()).contains("\"equal\":false", "\"missing\":1");
        assertThat(wrong.err()).contains("released");
    }

    @Test
    void aBackfillSaysWhatItWouldDoAndDoesIt() throws IOException {
        record("released");
        apply(HOURLY);
        Shell.Result plan = shell.run("rollup", "backfill", "deploys_hourly", "--dry-run", "-o", "json");
        assertThat(plan.exit()).isZero();
        assertThat(plan.out())
                .contains("{\"slice\":1,\"from\":\"", "\"resumes\":false}")
                .hasLineCount(3);
        assertThat(shell.run("get", "rollups", "-o", "json").out()).contains("\"version\":null");

        Shell.Result done = shell.run("rollup", "backfill", "deploys_hourly", "--pause", "1s", "-o", "json");
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.out()).contains("\"outcome\":\"succeeded\"");
        assertThat(shell.run("rollup", "verify", "deploys_hourly").exit()).isZero();
        assertThat(shell.run("rollup", "backfill", "deploys_hourly", "--pause", "soon")
                        .err())
                .contains("'soon' is no length of time such as 30s");
        assertThat(shell.run("rollup", "backfill", "deploys_hourly", "--pause", "10m"))
                .returns(2, Shell.Result::exit)
                .extracting(Shell.Result::err)
                .asString()
                .contains("a pause of 600 s would be taken for a stall; stall_limit_secs is 600");
    }

    @Test
    void aRollupOfATableThatIsNotThereYetIsAcceptedWithAWarning() throws IOException {
        Shell.Result result = apply(HOURLY);
        assertThat(result.exit()).isZero();
        assertThat(result.err())
                .isEqualTo("warning: rollup 'deploys_hourly': there is no table events/deploys yet; the rollup waits"
                        + " for it\n");
        assertThat(shell.run("get", "rollups", "-o", "json").out()).contains("\"state\":\"waiting\"");
        assertThat(tick().out()).contains("\"outcome\":\"unchanged\"");
        record("released");
        assertThat(tick().out()).contains("\"outcome\":\"succeeded\"");
    }

    @Test
    void aRollupOfColumnsThatItsSourceDoesNotHaveIsAcceptedWithAWarning() throws IOException {
        record("released");
        Shell.Result result = apply(HOURLY.replace("[type]", "[typ]"));
        assertThat(result.exit()).isZero();
        assertThat(result.err())
                .startsWith("warning: rollup 'deploys_hourly': 'dimensions' names 'typ', which version 0 of"
                        + " events.deploys does not have; its columns are type, payload,");
        assertThat(tick().err()).contains("'dimensions' names 'typ'");
        assertThat(apply(HOURLY).err()).isEmpty();
    }

    @Test
    void schedulesAndRollupsMayStandInOneFile() throws IOException {
        Shell.Result result = apply(HOURLY + """
                ---
                id: orders
                kind: {type: postgres, dsn: "postgres://u:${env:PW}@h/db", table: orders}
                trigger: {type: interval, secs: 60}
                enabled: true
                ---
                rollup: wrong
                source: events.deploys
                tiem: timestamp
                measures: {n: count}
                """);
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out())
                .containsPattern("rollup:deploys_hourly +created")
                .containsPattern("orders +created");
        assertThat(result.err()).contains("(document 3): rollup 'wrong': unknown key 'tiem'; did you mean 'time'?");
        assertThat(apply(HOURLY).out()).containsPattern("rollup:deploys_hourly +unchanged");
        assertThat(shell.run("get", "schedules", "-o", "json").out())
                .contains("\"orders\"")
                .doesNotContain("deploys_hourly");
    }

    @Test
    void aRollupIsDisabledPausedAndDeletedLikeASchedule() throws IOException {
        apply(HOURLY);
        assertThat(shell.run("disable", "rollup:deploys_hourly").err()).isEqualTo("rollup 'deploys_hourly' disabled\n");
        assertThat(shell.run("get", "rollups", "-o", "json").out()).contains("\"enabled\":false");
        assertThat(shell.run("tasks", "resume", "rollup:deploys_hourly").exit()).isZero();
        assertThat(shell.run("get", "rollups", "-o", "json").out()).contains("\"enabled\":true");
        assertThat(shell.run("get", "schedules", "rollup:deploys_hourly", "--history", "-o", "json")
                        .out())
                .contains("{\"version\":2,", "\"rollup\":\"deploys_hourly\"");
        assertThat(shell.run("delete", "rollup:deploys_hourly").err())
                .isEqualTo("rollup 'deploys_hourly' deleted; its table stays\n");
        assertThat(shell.run("rollup", "tick", "deploys_hourly").err())
                .isEqualTo("error[UNKNOWN_ID]: rollup 'deploys_hourly' not registered\n");
        assertThat(shell.run("get", "rollups", "deploys_hourly").exit()).isEqualTo(2);
    }

    private void record(String type) {
        assertThat(shell.run("record", "deploys", type, "--durable").exit()).isZero();
    }

    private Shell.Result tick() {
        return shell.run("rollup", "tick", "deploys_hourly", "-o", "json");
    }

    private String query(String sql) {
        return shell.run("query", sql, "-o", "json").out();
    }

    private Shell.Result apply(String definitions) throws IOException {
        Files.writeString(folder.resolve("rollups.yaml"), definitions);
        return shell.run("apply", "-f", "rollups.yaml");
    }
}
