package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DataFile;
import dev.freshet.table.Decision;
import dev.freshet.table.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class MigrateCommandTest {
    private static final String DAILY = "rollups/task_usage_daily";
    private static final String HOURLY = """
            {"rollup": "task_usage_hourly", "source": "events.usage", "time": "timestamp", "measures": {"n": "count"}}
            """;

    @TempDir
    Path folder;

    private Shell shell;
    private Path layout;

    @BeforeEach
    void aLakeOfTheFirstLayout() throws IOException {
        shell = new Shell(folder).with("FRESHET_EVENTS_OWN_LIFE", "false");
        layout = Files.createDirectories(folder.resolve("lake/_freshet/layout"));
        Files.writeString(layout.resolve("0.json"), "{\"layout\":1,\"epoch\":0}");
    }

    @Test
    void aMigrationIsShownThenAppliedThenDoneWith() {
        assertThat(shell.run("doctor").out()).contains("layout 1 of 2");
        assertThat(shell.run("migrate", "--dry-run", "-o", "json").out()).contains("\"state\":\"pending\"");
        assertThat(shell.run("migrate", "-o", "json").out())
                .contains("\"layout\":2", "\"state\":\"applied\"", "\"applied_at\":\"2");
        assertThat(layout.resolve("2.json")).content().contains("\"layout\":2", "drop-daily-rollups: nothing to drop");
        assertThat(shell.run("migrate").exit()).isZero();
        assertThat(layout).isDirectoryNotContaining("glob:**/3.json");
    }

    @Test
    void dailyRollupsStayUntilTheHourlyOneHoldsWhatTheyHold() throws IOException {
        dailyRollup();
        Shell.Result undefined = shell.run("migrate");
        assertThat(undefined.exit()).isEqualTo(1);
        assertThat(undefined.err())
                .contains("error[NOT_ROLLED_UP]: migrate: refusing to drop legacy daily rollups: no rollup");

        shell.run("record", "usage", "call", "--durable");
        Files.writeString(folder.resolve("hourly.json"), HOURLY);
        assertThat(shell.run("apply", "-f", "hourly.json").exit()).isZero();
        Shell.Result empty = shell.run("migrate", "-o", "json");
        assertThat(empty.exit()).isEqualTo(1);
        assertThat(empty.err()).contains("refusing to drop legacy daily rollups", "freshet rollup backfill");
        assertThat(empty.out()).contains("\"state\":\"pending\"");
        assertThat(filesOfTheDailyRollup()).isEqualTo(1);

        assertThat(shell.run("rollup", "tick", "task_usage_hourly").exit()).isZero();
        Shell.Result done = shell.run("migrate", "-o", "json");
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.out()).contains("\"state\":\"applied\"");
        assertThat(filesOfTheDailyRollup()).isZero();
        assertThat(shell.run("rollup", "verify", "task_usage_hourly").exit()).isZero();
    }

    @Test
    void aLakeOfANewerLayoutIsRefused() throws IOException {
        Files.writeString(layout.resolve("1.json"), "{\"layout\":3,\"epoch\":0}");
        for (String command : List.of("migrate", "doctor")) {
            Shell.Result refused = shell.run(command);
            assertThat(refused.exit()).as(command).isEqualTo(1);
            assertThat(refused.err() + refused.out())
                    .contains("the lake has layout 3, this Freshet knows layouts up to 2: use a newer Freshet");
        }
        assertThat(shell.run("migrate", "--dry-run").err()).contains("use a newer Freshet");
    }

    private Store store() {
        return LocalStore.open(folder.resolve("lake"));
    }

    private long filesOfTheDailyRollup() {
        return new DeltaTable(store(), DAILY, Host.system())
                .latest()
                .orElseThrow()
                .files()
                .size();
    }

    /// One file, without rows.
    private void dailyRollup() throws IOException {
        Schema schema = Schema.of(new Column("day", ColumnType.STRING, false));
        String name = "day.parquet";
        try (DataFileWriter writer =
                new DataFileWriter(schema, store().upload(DAILY + "/" + name), WriteOptions.defaults())) {
            DataFile file = DataFile.of(name, writer.finish(), Instant.now());
            CommitOutcome made = new DeltaTable(store(), DAILY, Host.system())
                    .commit(_ ->
                            new Decision.Write(Change.of("WRITE").schema(schema).add(List.of(file))));
            assertThat(made).isInstanceOf(CommitOutcome.Committed.class);
        }
    }
}
